// Sends the page's own forms without loading it anew, and puts what comes back, and what happens meanwhile, into it.
// Without this file every form works as forms do.
'use strict';
(() => {
  const body = document.body, draft = body.dataset.draft;
  document.documentElement.classList.add('js');
  const built = document.getElementById('s-built');
  if (built) {
    const roles = { universal: ['universal'], functional: ['hunter', 'closer', 'farmer'], hybrid: ['hunter', 'closer_farmer'] };
    const fit = () => document.querySelectorAll('.field.of').forEach((at) => { const name = at.querySelector('input').name; at.classList.toggle('hidden', name !== 'head' && !roles[built.value].includes(name)); });
    built.addEventListener('change', fit);
    fit();
  }
  if (!draft) return;
  const home = `/d/${draft}`;
  const byId = (id) => document.getElementById(id);
  let version = Number(body.dataset.version);
  let sending = Promise.resolve();

  const put = (id, html) => { const at = byId(id); if (at && html !== undefined) { const open = [...at.querySelectorAll('details')].map((d) => d.open); at.innerHTML = html; [...at.querySelectorAll('details')].forEach((d, n) => { d.open = open[n] || false; }); } };
  const post = (path, data) => fetch(path, { method: 'POST', body: data, headers: { 'x-live': '1' }, credentials: 'same-origin' });
  const form = (...pairs) => { const made = new URLSearchParams(); for (const [name, value] of pairs) made.append(name, value); return made; };

  // --- what comes back from a change
  const fieldOf = (path) => document.querySelector(`.field[data-path="${CSS.escape(path)}"]`);
  const fill = (path, told) => {
    const at = fieldOf(path);
    if (!at) return;
    const input = at.querySelector('input[name]'), slide = at.querySelector('input[type=range]'), badge = at.querySelector('.badge');
    if (told.message === '' || document.activeElement !== input) input.value = told.text;
    if (slide && slide !== dragged) slide.value = told.number;
    if (badge) { badge.textContent = told.badge_text; badge.className = `badge ${told.badge}`; badge.title = told.badge_title; }
    at.querySelector('.message').textContent = told.message;
    at.querySelector('.odd').textContent = told.odd;
    if (told.message) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
  };
  const took = (answer) => {
    if (answer.version < version) return;
    if (answer.reload) { sessionStorage.setItem(draft, String(scrollY)); location.assign(home + location.hash); return; }
    version = answer.version;
    for (const [id, html] of Object.entries(answer.parts)) {
      const focused = byId(id)?.contains(document.activeElement) && document.activeElement.value;
      put(id, html);
      if (focused) { const again = byId(id).querySelector(`[value="${CSS.escape(focused)}"]`); if (again && !again.disabled) again.focus(); }
    }
    const wrong = byId('wrong');
    if (wrong) wrong.hidden = !wrong.textContent;
    for (const [path, told] of Object.entries(answer.fields)) fill(path, told);
    marks();
  };
  const change = (...pairs) => {
    sending = sending.then(() => post(home, form(...pairs))).then((r) => (r.ok ? r.json().then(took) : location.reload())).catch(() => {});
  };

  // --- sliders: the closed form while they move, a change when they are let go
  let dragged = null, asked = 0, waiting = null, busy = false;
  const nice = (slide) => { const step = Number(slide.step), low = Number(slide.min), high = Number(slide.max); const value = Math.round(Number(slide.value) / step) * step; return String(Number(Math.min(high, Math.max(low, value)).toPrecision(12))); };
  const look = async () => {
    if (busy || !waiting) return;
    const [path, value] = waiting, mine = ++asked;
    waiting = null; busy = true;
    try {
      const answer = await (await post(`${home}/look`, form([`n:${path}`, value]))).json();
      if (mine === asked && dragged) { put('numbers', answer.numbers || undefined); const told = answer.text; const at = fieldOf(path)?.querySelector('input[name]'); if (told && at) at.value = told; }
    } catch { /* the next one may come through */ }
    busy = false;
    look();
  };
  let typing = 0;
  document.addEventListener('input', (event) => {
    const slide = event.target;
    if (slide.name?.startsWith('f:')) {
      clearTimeout(typing);
      typing = setTimeout(async () => {
        const text = slide.value;
        const answer = await (await post(`${home}/look`, form([slide.name, text]))).json().catch(() => ({}));
        const at = fieldOf(slide.name.slice(2))?.querySelector('.message');
        if (at && slide.value === text && answer.messages) at.textContent = Object.values(answer.messages)[0] || '';
      }, 250);
      return;
    }
    if (slide.type !== 'range') return;
    dragged = slide;
    waiting = [slide.dataset.path, nice(slide)];
    look();
  });
  document.addEventListener('change', (event) => {
    const at = event.target;
    if (at.type === 'range') { dragged = null; waiting = null; asked += 1; change([`n:${at.dataset.path}`, nice(at)]); }
    else if (at.name?.startsWith('f:') || at.name?.startsWith('t:')) change([at.name, at.value]);
  });
  document.addEventListener('submit', (event) => {
    const from = event.target, by = event.submitter;
    if (from.id === 'description') {
      event.preventDefault();
      const at = document.activeElement, pairs = [];
      if (at?.name?.startsWith('f:')) pairs.push([at.name, at.value]);
      if (by?.value === 'add-structure|') pairs.push(['preset', byId('preset').value]);
      if (by && by.value !== 'again' && !(at?.name?.startsWith('f:'))) pairs.push([by.name, by.value]);
      if (pairs.length) change(...pairs);
    } else if (from.dataset.live) {
      event.preventDefault();
      const data = new URLSearchParams(new FormData(from));
      if (by?.name) data.append(by.name, by.value);
      document.querySelectorAll(`[form="${from.id || '-'}"]`).forEach((at) => { if (!data.has(at.name)) data.append(at.name, at.value); });
      post(from.action, data).then((r) => r.json()).then((told) => put(from.dataset.live, told.html)).catch(() => {});
    }
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches('input:not([type=range]), textarea, select')) return;
    const key = event.key.toLowerCase();
    if (key === 'z' || key === 'y') { event.preventDefault(); change(['do', key === 'y' || event.shiftKey ? 'redo' : 'undo']); }
  });

  // --- the mark on a slider where the answer flips
  const marks = () => {
    document.querySelectorAll('.mark').forEach((svg) => svg.replaceChildren());
    document.querySelectorAll('#flips li[data-place]').forEach((li) => {
      const svg = fieldOf(li.dataset.path)?.querySelector('.mark');
      if (!svg) return;
      const made = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      const x = 2 + 0.96 * Number(li.dataset.place);
      made.setAttribute('d', `M${x} 0l1.6 8h-3.2z`);
      svg.append(made);
      svg.parentElement.title = li.textContent;
    });
  };

  // --- what happens meanwhile
  const listen = () => {
    const stream = new EventSource(`${home}/stream`);
    const heard = (kind, does) => stream.addEventListener(kind, (event) => { const told = JSON.parse(event.data); if (told.version >= version) does(told); });
    heard('years', (told) => { put('years', told.html); const line = byId('line')?.firstElementChild; if (line) line.textContent = told.line; });
    heard('flips', (told) => { put('flips', told.html); marks(); });
    heard('last-year', (told) => put('last-year', told.html));
    heard('jobs', (told) => put('jobs', told.html));
    heard('variants', (told) => { put('variants', told.html); const at = byId('against'); if (at) at.textContent = told.against; });
    window.addEventListener('pagehide', () => stream.close());
  };
  const at = sessionStorage.getItem(draft);
  if (at) { sessionStorage.removeItem(draft); scrollTo(0, Number(at)); }
  marks();
  listen();
})();
