'use strict';
(() => {
  const at = document.getElementById('game-data');
  if (!at) return;
  const told = JSON.parse(at.textContent), slides = [...document.querySelectorAll('#game input[type=range]')];
  const amount = (value) => new Intl.NumberFormat(told.locale, { maximumSignificantDigits: 3 }).format(value) + (told.unit ? ' ' + told.unit : '');
  const show = () => {
    const [i, j] = slides.map((slide) => Number(slide.value)), means = told.means[i][j];
    slides.forEach((slide, n) => { const text = told.texts[n][Number(slide.value)]; document.getElementById(slide.id + '-now').textContent = text; slide.setAttribute('aria-valuetext', text); });
    const order = means.map((mean, n) => [mean, n]).filter(([mean]) => mean !== null).sort((a, b) => b[0] - a[0]);
    document.getElementById('game-says').textContent = order.length < 2 ? '–' : told.ahead.replace('{best}', told.titles[order[0][1]]).replace('{rival}', told.titles[order[1][1]]).replace('{amount}', amount(order[0][0] - order[1][0]));
    means.forEach((mean, n) => { document.getElementById('game-' + n).textContent = mean === null ? '–' : amount(mean); });
  };
  slides.forEach((slide) => slide.addEventListener('input', show));
  show();
})();
