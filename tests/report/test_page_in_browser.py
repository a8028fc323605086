"""The page in a real browser: quiet, self-contained, narrow enough for a phone, legible for everybody."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
PHONE, DESK = 390, 1280


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


@pytest.mark.parametrize("width", [PHONE, DESK])
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
    assert opened.evaluate("[...document.images].filter(i => !i.alt || !i.complete || !i.naturalWidth).length") == 0
    opened.close()


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
    assert opened.pdf(format="A4").startswith(b"%PDF")
    opened.close()
