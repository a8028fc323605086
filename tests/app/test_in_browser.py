"""The whole way of an owner in a real browser: from an empty start to a file that is sent, on a phone and on a desk."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
PHONE, TABLET, DESK = 390, 768, 1280
PATIENCE = 120_000
"""Milliseconds: of a slow machine."""
NUMBERS = {
    "title": "Furniture",
    "universal": "3",
    "revenue": "15 mln",
    "deals": "110",
    "average_deal": "60 k",
    "orders": "330",
    "gross_margin": "30 %",
    "customers_start": "60",
    "customers_end": "62",
    "customers_lost": "25",
    "leads_a_month": "45",
    "qualified_per_quarter": "55",
    "proposals_per_quarter": "40",
    "base_pay": "41 350",
    "advertising": "40 k",
    "rent": "50 k",
}
PAY = ("41 350", "41350", "41 350", "41\u202f350", "41,350")
HEADS = "structures.functional.roles.closer.headcount"
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        made = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


class Visitor:
    """Somebody at the page, who notes what goes wrong in it."""

    def __init__(self, browser: Any, server: Served, width: int, language: str, **more: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 844}, accept_downloads=True, **more)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.server, self.width, self.language = server, width, language
        self.page.goto(server.start)
        self.page.goto(f"{server.home}/?new&lang={language}")

    def fits(self) -> None:
        """Nothing is wider than the window, and no letter of the text is smaller than eleven pixels."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width
        small = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('svg') && [...e.childNodes].some("
            "n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length && "
            "parseFloat(getComputedStyle(e).fontSize) < 11).map(e => e.outerHTML.slice(0, 80))"
        )
        assert small == []

    def quiet(self) -> None:
        assert self.said == []
        assert [url for url in self.asked if not url.startswith((self.server.home, "data:", "file:", "blob:"))] == []


def axe(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = Axe().run(page, options=AXE)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []


WAYS = [
    (PHONE, "ru"),
    (DESK, "en"),
    *(
        pytest.param(*each, marks=(pytest.mark.slow, pytest.mark.nightly))
        for each in [(PHONE, "en"), (TABLET, "ru"), (TABLET, "en"), (DESK, "ru")]
    ),
]


@pytest.mark.parametrize(("width", "language"), WAYS)
def test_the_way_of_an_owner(browser: Any, server: Served, tmp_path: Path, width: int, language: str) -> None:
    visitor = Visitor(browser, server, width, language)
    page = visitor.page
    visitor.fits()
    # begins from the short form
    page.click('a[href^="/short"]')
    visitor.fits()
    for name, text in NUMBERS.items():
        page.fill(f"#s-{name}", text)
    page.click("main form button")
    page.wait_for_selector("#description")
    home = page.url
    # describes: fewer and shorter years, so that the test need not wait; each change says what was and what is
    for path, text in (("experiment.months", "2"), ("experiment.replications", "8")):
        page.fill(f'[name="f:{path}"]', text)
        page.press(f'[name="f:{path}"]', "Tab")
        page.locator("#changes li", has_text=f"→ {text}").first.wait_for()
    visitor.fits()
    # sees
    page.wait_for_selector(".look[data-last=yes]:not(.stale)")
    assert page.locator(".strip circle").count() == 8
    one_more(page)
    page.wait_for_selector(".look[data-last=yes]:not(.stale)")
    assert page.input_value(f'[name="f:{HEADS}"]') == "2"
    page.click('#changes button[value="undo"]')
    page.wait_for_selector('#changes button[value="redo"]:not([disabled])')
    assert page.input_value(f'[name="f:{HEADS}"]') == "1"
    # compares
    page.goto(f"{home}/compare")
    page.fill("#variant", "A")
    page.click("form.save button")
    page.goto(home)
    one_more(page)
    page.wait_for_selector("#against:not(:empty)")
    assert "A" in page.inner_text("#against")
    page.goto(f"{home}/compare")
    page.wait_for_selector(".beside .strong")
    assert "1" in page.inner_text(".beside") and "2" in page.inner_text(".beside")
    visitor.fits()
    # takes away what can be sent
    page.goto(f"{home}/take")
    visitor.fits()
    page.click("button[value=copy]")
    with page.expect_download() as download:
        page.click("#jobs a.button")
    copy = tmp_path / "copy.html"
    download.value.save_as(copy)
    text = copy.read_text(encoding="utf-8")
    assert not [amount for amount in PAY if amount in text]
    page.goto(copy.as_uri())
    before = page.inner_text("#game-0-slide-now")
    page.focus("#game-0-slide")
    page.keyboard.press("End")
    assert page.inner_text("#game-0-slide-now") != before
    assert page.inner_text("#game-says") not in ("", "–")
    visitor.fits()
    visitor.quiet()
    visitor.context.close()


def test_a_page_that_was_sent_opens_offline_and_in_the_program_again(
    browser: Any, server: Served, tmp_path: Path
) -> None:
    visitor = Visitor(browser, server, PHONE, "en")
    page = visitor.page
    home = small(visitor)
    one_more(page)
    page.goto(f"{home}/take")
    page.click("button[value=page]")
    with page.expect_download() as download:
        page.click("#jobs a.button")
    taken = tmp_path / "taken.html"
    download.value.save_as(taken)
    assert taken.stat().st_size < 1_000_000
    visitor.asked.clear()
    visitor.context.set_offline(True)
    page.goto(taken.as_uri())
    page.focus("#game-1-slide")
    page.keyboard.press("Home")
    assert page.inner_text("#game-says") not in ("", "–")
    assert all(url.startswith(("file:", "data:")) for url in visitor.asked)
    visitor.fits()
    visitor.context.set_offline(False)
    page.goto(f"{server.home}/?new")
    page.set_input_files("#file", taken)
    page.click("form.file button")
    page.wait_for_selector("#description")
    assert page.input_value(f'[name="f:{HEADS}"]') == "2"
    visitor.quiet()
    visitor.context.close()


def one_more(page: Any) -> None:
    """One closer more, until the page says so."""
    page.click(f'[data-path="{HEADS}"] button[value$="+1"]')
    page.locator("#changes li", has_text="1 → 2").first.wait_for()


def small(visitor: Visitor) -> str:
    """The small department, opened from its file; its address."""
    from tests.app.conftest import SMALL

    page = visitor.page
    page.set_input_files("#file", {"name": "small.yaml", "mimeType": "application/yaml", "buffer": SMALL.encode()})
    page.click("form.file button")
    page.wait_for_selector(".look[data-last=yes]:not(.stale)")
    return str(page.url)


def test_the_keyboard_alone_is_enough(browser: Any, server: Served) -> None:
    visitor = Visitor(browser, server, DESK, "en")
    page = visitor.page

    def tab_to(what: str, most: int = 80) -> None:
        for _ in range(most):
            if page.evaluate("sel => document.activeElement.matches(sel)", what):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{what} cannot be reached by the keyboard")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to('button[value="starter"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#description")
    home = page.url
    tab_to('button[value$="universal.headcount|+1"]')
    page.keyboard.press("Enter")
    page.locator("#changes li", has_text="8 → 9").wait_for()
    assert page.evaluate("document.activeElement.value").endswith("universal.headcount|+1")  # and stays where it was
    page.keyboard.press("Control+z")
    page.wait_for_selector('#changes button[value="redo"]:not([disabled])')
    tab_to('[name="f:market.channels.site.leads_per_month"]')
    page.keyboard.press("Control+a")
    page.keyboard.type("many")
    page.keyboard.press("Tab")
    page.wait_for_selector('[name="f:market.channels.site.leads_per_month"][aria-invalid]')
    numbers = page.inner_text("#numbers")
    page.keyboard.press("ArrowRight")  # the slider is next
    page.locator("#changes li", has_text="→ 41").wait_for()
    assert page.inner_text("#numbers") != numbers
    page.focus("a[href$='/take']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/take")
    tab_to("a[href$='/take/scenario']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".yaml")
    visitor.context.close()


def test_everybody_can_read_every_page(browser: Any, server: Served) -> None:
    """Rules of WCAG 2.1 A and AA on a phone's width, with everything unfolded."""
    visitor = Visitor(browser, server, PHONE, "ru")
    page = visitor.page
    axe(page)
    page.goto(f"{server.home}/short?lang=ru")
    axe(page)
    page.goto(f"{server.home}/?new&lang=ru")
    home = small(visitor)
    page.fill('[name="f:market.channels.site.fit"]', "25")
    page.press('[name="f:market.channels.site.fit"]', "Tab")
    page.wait_for_selector("[aria-invalid]")
    axe(page)
    for name in ("ask", "compare", "take"):
        page.goto(f"{home}/{name}")
        axe(page)
    visitor.context.close()


WORD = re.compile(r"[A-Za-z]{3,}")
OURS = {"YAML", "yaml", "xlsx", "html", "Excel", "English", "site", "service", "UTF", "VIP", "CRM", "csv", "ods"}
"""Words of the page that are no English, and names of the small department's own."""


def test_no_english_word_stands_on_a_russian_page(browser: Any, server: Served) -> None:
    visitor = Visitor(browser, server, DESK, "ru")
    page = visitor.page

    def english() -> set[str]:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        return set(WORD.findall(page.inner_text("body"))) - OURS

    assert english() == set()
    page.goto(f"{server.home}/short?lang=ru")
    assert english() == set()
    page.goto(f"{server.home}/?new&lang=ru")
    home = small(visitor)
    assert english() - {"Three", "sellers"} == set()
    for name in ("ask", "compare", "take"):
        page.goto(f"{home}/{name}")
        assert english() - {"Three", "sellers"} == set()
    visitor.context.close()


def test_everything_works_without_scripts(browser: Any, server: Served) -> None:
    visitor = Visitor(browser, server, PHONE, "en", java_script_enabled=False)
    page = visitor.page

    def press(button: str) -> None:
        """Press a button; wait for the page that the form leads to."""
        with page.expect_navigation():
            page.locator(button).click()

    press('button[value="starter"]')
    home = page.url
    press('button[value$="universal.headcount|+1"]')
    assert page.input_value('[name="f:structures.universal.roles.universal.headcount"]') == "9"
    page.fill('[name="f:market.channels.site.fit"]', "25")
    press("form#description .noscript button")
    assert "25 %" in page.inner_text('[data-path="market.channels.site.fit"] .message')
    page.fill('[name="f:experiment.replications"]', "4")
    press("form#description .noscript button")
    for _ in range(100):
        page.goto(home)
        if page.locator(".look[data-last=yes]:not(.stale)").count():
            break
        page.wait_for_timeout(500)
    assert page.locator(".strip circle").count() == 4
    page.goto(f"{home}/compare")
    press("form.save button")
    assert page.locator(".variants li").count() == 1
    visitor.context.close()


IMAGES = Path(__file__).parents[2] / "docs" / "images"
SCREENS = ("begin", "see", "compare", "take")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_owners_docs_show_every_screen(language: str) -> None:
    page = (IMAGES.parent / f"owner{'' if language == 'en' else '.ru'}.md").read_text(encoding="utf-8")
    for screen in SCREENS:
        name = f"owner-{screen}-{language}.png"
        assert f"images/{name}" in page and (IMAGES / name).is_file()


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_pictures_of_the_docs_are_those_of_the_page(
    browser: Any, server: Served, language: str, tmp_path: Path
) -> None:
    """The way of the docs; with SALES_SIM_PICTURES set the pictures of the docs are made anew."""
    folder = IMAGES if os.environ.get("SALES_SIM_PICTURES") else tmp_path
    visitor = Visitor(browser, server, DESK, language)
    page = visitor.page

    def picture(screen: str) -> None:
        page.screenshot(path=folder / f"owner-{screen}-{language}.png")

    picture("begin")
    page.click('button[value="department_of_ten"]')
    page.wait_for_selector(".look[data-last=yes]:not(.stale)")
    home = page.url
    page.goto(f"{home}/compare")
    page.click("form.save button")
    page.goto(home)
    page.click('[data-path="structures.functional.roles.closer.headcount"] button[value$="+1"]')
    page.locator("#changes li", has_text="3 → 4").first.wait_for()
    page.wait_for_selector("#against:not(:empty)")
    page.wait_for_selector(".look[data-last=yes]:not(.stale)")
    picture("see")
    page.goto(f"{home}/compare")
    page.wait_for_selector(".beside .strong")
    picture("compare")
    page.goto(f"{home}/take")
    picture("take")
    visitor.quiet()
    visitor.context.close()


def test_a_question_is_answered_with_its_charts(browser: Any, server: Served) -> None:
    visitor = Visitor(browser, server, PHONE, "ru")
    page = visitor.page
    home = small(visitor)
    page.goto(f"{home}/ask")
    page.select_option("#of", index=1)
    page.click("button[value=threshold]")
    page.wait_for_selector(".job[data-state=done]")
    pictures = "[...document.querySelectorAll('#jobs img')]"
    assert page.evaluate(f"{pictures}.length") > 0
    assert page.evaluate(f"{pictures}.filter(i => !i.alt || !i.complete || !i.naturalWidth).length") == 0
    visitor.fits()
    axe(page)
    visitor.quiet()
    visitor.context.close()
