"""The page: the answer first, what stands behind it, in both languages, and what is never in it."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import simulation
from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.report.answer import answer_of
from simulation.report.output_folder import LeftOut
from simulation.report.page.blocks import Bullets, Part, Words
from simulation.report.page.front import FIRST_ROOM, ROOM, SECTIONS, fitted, words_of
from simulation.report.page.write import Page, page, rendered
from simulation.report.reading import Reading
from simulation.sense.loader import load_text
from simulation.study.lab import Lab
from simulation.study.transition.answer import transition
from simulation.texts import texts
from simulation.written.errors import ScenarioError
from tests.cli.conftest import SMALL

SCENARIOS = Path(__file__).parents[2] / "scenarios"
APPENDIX = ("statistics", "structures", "why", "transition", "risk", "control", "inputs")
MOST_WORDS = 1_500
"""Words before the appendix."""
VOID = {"meta", "link", "path", "use", "rect", "img", "br"}


class Reader(HTMLParser):
    """Texts of a page by part, the tags that are in it and the addresses that it names.

    Parts of the appendix are named 'more-…' in addresses; here they go by their own names.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.parts = [""]
        self.texts: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.quiet = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.quiet += tag in ("style", "script", "svg", "template")
        if tag in ("section", "details"):
            self.parts.append(found.get("id") or self.parts[-1])
        elif found.get("class") == "inside":
            self.parts[-1] = (found["id"] or "").removeprefix("more-")

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("style", "script", "svg", "template")
        if tag in ("section", "details"):
            self.parts.pop()

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.texts[self.parts[-1]] = squeezed(self.texts.get(self.parts[-1], "") + " " + data)

    @property
    def sections(self) -> list[str]:
        """Addresses of the sections, in their order."""
        return [found["id"] or "" for tag, found in self.tags if tag == "section"]

    @property
    def front(self) -> str:
        """Everything that is read before the appendix; charts are looked at, not read."""
        before = self.html[self.html.index("<body>") : self.html.index('<section id="appendix">')]
        return squeezed(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", before, flags=re.DOTALL))


def squeezed(text: str) -> str:
    """A text with single spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def english(page_in: Callable[[str], str]) -> Reader:
    return Reader(page_in("en"))


@pytest.fixture(scope="module")
def russian(page_in: Callable[[str], str]) -> Reader:
    return Reader(page_in("ru"))


def test_the_answer_stands_first_then_five_sections_then_all_else_folded(english: Reader, russian: Reader) -> None:
    for found in (english, russian):
        order = found.sections
        assert order[0] == "answer" and order[-2:] == ["appendix", "glossary"]
        assert 1 <= len(order) - 3 <= SECTIONS
        named = [each["id"] or "" for _, each in found.tags if each.get("class") == "inside"]
        folded = [key.removeprefix("more-") for key in named]
        assert [key for key in folded if key in APPENDIX] == list(APPENDIX)
        assert not any("open" in each for tag, each in found.tags if tag == "details")


def test_fewer_than_1500_words_stand_before_the_appendix(english: Reader, russian: Reader) -> None:
    for found in (english, russian):
        assert 100 < len(found.front.split()) <= MOST_WORDS


@pytest.mark.parametrize("block", [Words("word " * 900, "lead"), Words("word " * 900), Bullets(["word " * 30] * 90)])
def test_however_much_there_is_to_say_there_is_no_more_room(comparison: Comparison, block: Words | Bullets) -> None:
    part = Part("long", "Long", [block, block])
    assert sum(map(words_of, fitted(part, ROOM).blocks)) <= ROOM + 1
    made = Page(part, [part] * SECTIONS, [])
    found = Reader(rendered([comparison.scenario], texts("en"), made, LeftOut()))
    assert len(found.front.split()) <= MOST_WORDS
    assert FIRST_ROOM + SECTIONS * ROOM < MOST_WORDS


def test_the_answer_is_that_of_the_terminal(comparison: Comparison, english: Reader) -> None:
    answer = answer_of(comparison)
    for said in (answer.headline, answer.sure, answer.next):
        assert squeezed(said).replace("`", "") in english.texts["answer"]


def test_the_statistics_stand_in_the_appendix(comparison: Comparison, english: Reader) -> None:
    said = english.texts["statistics"]
    assert squeezed(comparison.verdict.pieces["finding"]) in said
    assert "given these inputs" in said
    for assumption in comparison.verdict.assumptions[:3]:
        assert squeezed(assumption) in said


def test_the_page_needs_no_script_and_nothing_from_elsewhere(english: Reader) -> None:
    assert "script" not in {tag for tag, _ in english.tags}
    assert not any(name.startswith("on") for _, found in english.tags for name in found)
    addresses = [v for _, found in english.tags for key, v in found.items() if key in ("src", "href") and v]
    assert addresses and all(address.startswith(("data:", "#")) for address in addresses)


def test_every_picture_says_what_it_shows(english: Reader) -> None:
    pictures = [found for tag, found in english.tags if tag == "svg"]
    assert len(pictures) > 10
    assert all(found.get("aria-label") and found.get("role") == "img" for found in pictures)


def test_every_link_leads_somewhere_and_no_name_stands_twice(english: Reader, russian: Reader) -> None:
    for found in (english, russian):
        names = Counter(each["id"] for _, each in found.tags if "id" in each)
        assert [name for name, count in names.items() if count > 1] == []
        links = {
            (each.get("href") or "").removeprefix("#") for _, each in found.tags if (each.get("href") or "")[:1] == "#"
        }
        assert links <= set(names)
        referred = set(re.findall(r"url\(#([^)]+)\)", found.html))
        assert referred and referred <= set(names)


def test_a_term_is_marked_once_and_explained_at_the_end(english: Reader, russian: Reader) -> None:
    for found in (english, russian):
        marked = [each for tag, each in found.tags if tag == "a" and each.get("class") == "term"]
        assert len(marked) > 8 and all(each["title"] for each in marked)
        assert max(Counter(each["href"] for each in marked).values()) == 1
        explained = [each["id"] for tag, each in found.tags if tag == "dt"]
        assert sorted(f"#{name}" for name in explained) == sorted(each["href"] or "" for each in marked)


def test_a_page_with_all_charts_is_smaller_than_a_megabyte(english: Reader, russian: Reader) -> None:
    assert max(len(found.html.encode()) for found in (english, russian)) < 1_000_000


def test_profit_stands_in_the_table_as_the_result_has_it(comparison: Comparison, english: Reader) -> None:
    (row,) = Reading(comparison, texts("en")).measures(["profit"])
    assert row.unit == "mln RUB"
    for name, cell in zip(comparison.structures, row.cells, strict=True):
        assert float(cell.text) == pytest.approx(comparison.summaries[name]["profit"].mean / 1e6, abs=0.006)
        assert f" {cell.text} {cell.note} " in english.texts["structures"]


def test_a_russian_page_is_russian(russian: Reader) -> None:
    assert "Структуры рядом" in russian.texts["sides"]
    assert "Хантер" in russian.texts["structures"] and "Hunter" not in russian.texts["structures"]
    assert "₽" in russian.texts["structures"]
    assert re.search(r"\d,\d", russian.texts["structures"]) and not re.search(r"\d\.\d", russian.texts["structures"])


NAMES = {
    *(
        "CRM",
        "HBR",
        "CSO",
        "TOPO",
        "Bridge",
        "Group",
        "CustomerGauge",
        "Sales",
        "Benchmark",
        "Index",
        "Shi",
        "et",
        "al",
    ),
    *("Sirius", "DePaul", "Gartner", "Xactly", "RAIN", "InsideSales", "MIT", "HubSpot", "Salesforce", "Drift"),
    "Excel",
}
"""Latin words that a Russian page may have: names of what is called so everywhere, and of sources."""
LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"<code>.*?</code>|<style>.*?</style>|<template.*?</template>", re.DOTALL)
FILES = re.compile(r"\S+\.(?:yaml|csv|xlsx|html)(?::\d+)?|[\w.-]+\.(?:ru|pro|io|ai|com|org)\b")


def latin(html: str) -> set[str]:
    """Latin words that are read on a page or said by it, but for what is typed, names of files and addresses."""
    html = TYPED.sub(" ", html)
    said = re.findall(r"""\b(?:title|aria-label)=["']([^"']*)["']""", html)
    return set(LATIN.findall(FILES.sub(" ", unescape(" ".join([re.sub(r"<[^>]+>", " ", html), *said])))))


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
def test_no_english_word_and_no_raw_key_stands_on_the_russian_page_of_a_shipped_scenario(name: str) -> None:
    scenario = simulation.load(SCENARIOS / f"{name}.yaml")
    names = list(scenario.structures)[:3]
    two = {"replications": 2, "months": 2, "jobs": 1}
    made = compare(scenario, names, **two) if len(names) > 1 else simulate(scenario, names, **two)  # type: ignore[arg-type]
    assert latin(page(made, "ru", transitions={})) - NAMES == set()


def test_no_english_word_stands_in_the_charts_of_a_russian_page() -> None:
    scenario = simulation.load(SCENARIOS / "department_of_ten.yaml")
    assert latin(page(compare(scenario, replications=2, months=2, jobs=1), "ru", transitions={})) - NAMES == set()


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("name", ["department_of_ten", "crm_rollout", "late_shift"])
def test_the_program_opens_the_page_again(name: str, tmp_path: Path) -> None:
    scenario = simulation.load(SCENARIOS / f"{name}.yaml")
    file = tmp_path / "report.html"
    file.write_text(page(simulate(scenario, list(scenario.structures)[:1], replications=1, months=1, jobs=1)), "utf-8")
    again = simulation.load(file)
    assert again.replace({"experiment.replications": scenario.experiment.replications}) == scenario.replace(
        {"experiment.months": again.experiment.months}
    )
    assert {path: each.source for path, each in again.provenance.figures.items()} == {
        path: each.source for path, each in scenario.provenance.figures.items()
    }


@pytest.mark.usefixtures("unpainted")
def test_a_page_is_checked_as_any_other_file(tmp_path: Path) -> None:
    html = page(simulate(load_text(SMALL), ["universal"], replications=1, jobs=1))
    file = tmp_path / "report.html"
    line = next(n for n, text in enumerate(html.split("\n"), 1) if text.startswith("market:"))
    file.write_text(html.replace("\nmarket:", "\nmarkte:"), "utf-8")
    with pytest.raises(ScenarioError, match=rf"report\.html:{line}: markte: .*market"):
        simulation.load(file)
    file.write_text("<!doctype html><p>nothing</p>", "utf-8")
    with pytest.raises(ScenarioError, match="no scenario is in this page"):
        simulation.load(file)
    held = html[html.index("<template") : html.index("</template>") + len("</template>")]
    file.write_text(html.replace(held, held * 2), "utf-8")
    with pytest.raises(ScenarioError, match="holds 2 scenarios"):
        simulation.load(file)
    file.write_text("x" * 5_000_000, "utf-8")
    with pytest.raises(ScenarioError, match="larger than 4 MB"):
        simulation.load(file)


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
    assert "in the one year that was played" in found.texts["answer"] and "Verdict" not in found.front
    assert "nothing to compare it with" in found.texts["statistics"]
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
