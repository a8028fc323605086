"""The page: what stands in it, in both languages, and what is never in it."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.report.page.write import page
from simulation.report.reading import Reading
from simulation.sense.loader import load_text
from simulation.study.lab import Lab
from simulation.study.transition.answer import transition
from simulation.texts import texts
from tests.cli.conftest import SMALL

PARTS = ("verdict", "structures", "why", "transition", "risk", "control", "inputs")


class Reader(HTMLParser):
    """Texts of a page by part, the tags that are in it and the addresses that it names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.part = ""
        self.texts: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.quiet = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.quiet += tag in ("style", "script")
        if tag == "section":
            self.part = found["id"] or ""

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.texts[self.part] = self.texts.get(self.part, "") + " " + data.strip()


@pytest.fixture(scope="module")
def english(page_in: Callable[[str], str]) -> Reader:
    return Reader(page_in("en"))


@pytest.fixture(scope="module")
def russian(page_in: Callable[[str], str]) -> Reader:
    return Reader(page_in("ru"))


def test_the_parts_stand_in_the_order_in_which_an_owner_asks(english: Reader, russian: Reader) -> None:
    for found in (english, russian):
        order = [attributes["id"] for tag, attributes in found.tags if tag == "section"]
        assert [key for key in order if key in PARTS] == list(PARTS)


def test_the_verdict_is_the_comparisons(comparison: Comparison, english: Reader) -> None:
    squeezed = re.sub(r"\s+", " ", english.texts["verdict"])
    assert re.sub(r"\s+", " ", comparison.verdict.pieces["finding"]) in squeezed
    assert "given these inputs" in squeezed
    for assumption in comparison.verdict.assumptions[:3]:
        assert assumption in squeezed


def test_the_page_needs_no_script_and_nothing_from_elsewhere(english: Reader) -> None:
    assert "script" not in {tag for tag, _ in english.tags}
    addresses = [v for _, found in english.tags for key, v in found.items() if key in ("src", "href") and v]
    assert addresses and all(address.startswith(("data:", "#")) for address in addresses)


def test_every_picture_says_what_it_shows(english: Reader) -> None:
    assert all(found.get("alt") for tag, found in english.tags if tag == "img")


def test_profit_stands_in_the_table_as_the_result_has_it(comparison: Comparison, english: Reader) -> None:
    (row,) = Reading(comparison, texts("en")).measures(["profit"])
    assert row.unit == "mln RUB"
    for name, cell in zip(comparison.structures, row.cells, strict=True):
        assert float(cell.text) == pytest.approx(comparison.summaries[name]["profit"].mean / 1e6, abs=0.006)
        assert f" {cell.text} {cell.note} " in english.texts["structures"]


def test_a_russian_page_is_russian(russian: Reader) -> None:
    assert "Структуры рядом" in russian.texts["structures"]
    assert "Хантер" in russian.texts["structures"] and "Hunter" not in russian.texts["structures"]
    assert "₽" in russian.texts["structures"]
    assert re.search(r"\d,\d", russian.texts["structures"]) and not re.search(r"\d\.\d", russian.texts["structures"])


def test_the_page_tells_how_to_make_it_again(english: Reader) -> None:
    assert "python run.py compare small.yaml" in english.texts["inputs"]
    assert "price list" in english.texts["inputs"]


def test_the_way_there_is_simulated_again(comparison: Comparison) -> None:
    """Begun with universals in the conveyor's roles the same years bring another profit, and the page says which."""
    found = transition(comparison, "functional", lab=Lab(jobs=1))
    assert found is not None and found.years == comparison.runs.finished
    mean = comparison.values.of("functional", "profit").mean()
    assert found.in_place == pytest.approx(mean)
    assert found.difference.mean == pytest.approx(found.begun_today - mean)
    assert found.positions["hunter"] == ("Hunter", 1, 0)
    assert transition(comparison, comparison.baseline) is None
    with pytest.raises(KeyError, match="nobody"):
        transition(comparison, "nobody")


@pytest.mark.usefixtures("unpainted")
def test_a_department_that_begins_as_today_has_the_way_in_its_figures() -> None:
    made = compare(load_text(SMALL, overrides={"experiment.begin": "today"}), replications=2, jobs=1)
    assert transition(made, "functional") is None
    assert "the way there is in all figures already" in page(made, "en")


@pytest.mark.usefixtures("unpainted")
def test_a_single_structure_has_a_page_without_a_verdict() -> None:
    found = Reader(page(simulate(load_text(SMALL), ["universal"], replications=1, jobs=1), "en"))
    assert "nothing to compare it with" in found.texts["verdict"]
    assert "years better" not in found.texts["structures"]


@pytest.mark.usefixtures("unpainted")
def test_text_from_a_scenario_stays_text() -> None:
    nasty = "<script>alert(1)</script>"
    text = SMALL.replace("title: Three sellers", f"title: '{nasty}'").replace("site:", f"'{nasty}':")
    made = load_text(text, overrides={"structures.functional.title": nasty, "description": '"><img src=x>'})
    html = page(compare(made, replications=2, jobs=1), "ru")
    assert nasty not in html and "&lt;script&gt;" in html and "<img src=x>" not in html
    assert "script" not in {tag for tag, _ in Reader(html).tags}


def test_an_unknown_language_is_refused(comparison: Comparison) -> None:
    with pytest.raises(ValueError, match="there are no texts in 'fr'; allowed: en, ru"):
        page(comparison, "fr", transitions={})
