"""The page in a real browser: quiet, self-contained, narrow enough for a phone, legible for everybody."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
PHONE, TABLET, DESK = 390, 768, 1280
SCREEN = {PHONE: 844, TABLET: 1024, DESK: 900}
"""Height of a screen by its width, pixels."""
SMALLEST = 11.0
"""Pixels of the smallest letters."""


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as running:
        made = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


LANGUAGES = ["en", pytest.param("ru", marks=pytest.mark.slow)]
"""The page is made in the same way in both; that every word is there in both is tested without a browser."""


@pytest.fixture(scope="module", params=LANGUAGES)
def file(
    request: pytest.FixtureRequest, page_in: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page_in(request.param), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_it_opens_quietly_and_fits(browser: "playwright.Browser", file: Path, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": 844})
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    assert said == []
    assert [url for url in asked if not url.startswith(("data:", file.as_uri()))] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.evaluate("document.images.length") == 0
    assert opened.evaluate("document.querySelectorAll('svg:not([aria-label])').length") == 0
    opened.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_answer_is_one_screen_and_so_is_every_section(
    browser: "playwright.Browser", file: Path, width: int
) -> None:
    opened = browser.new_page(viewport={"width": width, "height": SCREEN[width]})
    opened.goto(file.as_uri())
    bottom = opened.evaluate("document.querySelector('#answer').getBoundingClientRect().bottom")
    heights = opened.evaluate(
        "Object.fromEntries([...document.querySelectorAll('section.screen')].map("
        "s => [s.id, s.getBoundingClientRect().height]))"
    )
    # a phone shows half as much: an answer with a caution above it, or a section with a table and a chart, takes two
    screens = 2 if width == PHONE else 1
    assert bottom <= screens * SCREEN[width]
    assert {name: height for name, height in heights.items() if height > screens * SCREEN[width]} == {}
    opened.close()


LETTERS = """() => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || parent.closest('template, style')) continue;
    let size = parseFloat(getComputedStyle(parent).fontSize);
    if (parent.ownerSVGElement) {
      const matrix = parent.getScreenCTM();
      size *= Math.hypot(matrix.a, matrix.b);
    }
    found.push([size, walk.currentNode.textContent.trim()]);
  }
  return found;
}"""


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_no_letters_are_too_small(browser: "playwright.Browser", file: Path, width: int) -> None:
    """Those in charts too, as they are shown at that width, with everything unfolded."""
    opened = browser.new_page(viewport={"width": width, "height": SCREEN[width]})
    opened.goto(file.as_uri())
    found = opened.evaluate(LETTERS)
    assert len(found) > 500
    assert [(size, text) for size, text in found if size < SMALLEST] == []
    opened.close()


OUTSIDE = """() => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const found = [];
  document.querySelectorAll('svg text').forEach(text => {
    const box = text.getBoundingClientRect(), chart = text.ownerSVGElement.getBoundingClientRect();
    if (box.right > chart.right + 6 || box.left < chart.left - 6) found.push(text.textContent);
  });
  return found;
}"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_letters_of_a_chart_stand_outside_of_it(browser: "playwright.Browser", file: Path, width: int) -> None:
    opened = browser.new_page(viewport={"width": width, "height": SCREEN[width]})
    opened.goto(file.as_uri())
    assert opened.evaluate(OUTSIDE) == []
    opened.close()


BROKEN = """() => {
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const found = [];
  document.querySelectorAll('th, td').forEach(cell => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const word of walk.currentNode.textContent.matchAll(/[\\p{L}\\p{N}.,+]+/gu)) {
        const range = document.createRange();
        range.setStart(walk.currentNode, word.index);
        range.setEnd(walk.currentNode, word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].filter(r => r.width > 0.5).map(r => Math.round(r.top)));
        if (tops.size > 1) found.push(word[0]);
      }
    }
  });
  return found;
}"""


def test_no_table_breaks_a_word_or_a_number_and_each_shows_that_it_can_be_moved(
    browser: "playwright.Browser", file: Path
) -> None:
    opened = browser.new_page(viewport={"width": PHONE, "height": SCREEN[PHONE]})
    opened.goto(file.as_uri())
    assert opened.evaluate(BROKEN) == []
    moved = opened.evaluate(
        "[...document.querySelectorAll('table')].map(t => t.parentElement).filter(p => p.scrollWidth > p.clientWidth)"
        ".map(p => [p.tabIndex, getComputedStyle(p).backgroundAttachment, p.getAttribute('aria-label') !== ''])"
    )
    assert moved  # some are wider than a phone
    assert {tuple(each) for each in moved} == {(0, "local, local, scroll, scroll", True)}
    opened.close()


def test_a_link_opens_what_is_folded_without_a_script(browser: "playwright.Browser", file: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": DESK, "height": SCREEN[DESK]})
    opened = context.new_page()
    opened.goto(file.as_uri())
    link = opened.locator("section.screen a[href^='#more-']").first
    address = link.get_attribute("href")
    assert address
    assert not opened.locator(f"{address} .scroll, {address} p").first.is_visible()
    link.focus()
    opened.keyboard.press("Enter")
    assert opened.locator(f"{address} .scroll, {address} p").first.is_visible()
    context.close()


def test_it_can_be_read_by_everybody(browser: "playwright.Browser", file: Path) -> None:
    """Rules of WCAG 2.1 A and AA, contrast of 4.5 to 1 among them, on a phone's width with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    opened = browser.new_page(viewport={"width": PHONE, "height": 844})
    opened.goto(file.as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    # the rows of a table are alike: the first ones are looked at, since each takes time
    opened.evaluate("document.querySelectorAll('tbody').forEach(b => [...b.rows].slice(8).forEach(r => r.remove()))")
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
    found = Axe().run(opened, options=options)
    assert "color-contrast" in {rule["id"] for rule in found.response["passes"]}
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
    opened.close()


def test_it_prints(browser: "playwright.Browser", file: Path) -> None:
    opened = browser.new_page()
    opened.goto(file.as_uri())
    whole = opened.pdf(format="A4")
    assert whole.startswith(b"%PDF")
    # what is folded is printed too: without it there are far fewer leaves
    opened.evaluate("document.querySelector('#appendix').remove()")
    assert whole.count(b"/Type /Page\n") > opened.pdf(format="A4").count(b"/Type /Page\n") + 5
    opened.close()
