"""The one screen of a comparison: short, whole, in both languages, and the same sign everywhere."""

import re
from pathlib import Path

import pytest
from rich.console import Group

import simulation
from simulation.analysis.comparison import Comparison
from simulation.analysis.plain import plain
from simulation.report.answer import answer_of
from simulation.report.page.front import answer_part, sections
from simulation.report.plot.comparison import same_years
from simulation.report.reading import Reading
from simulation.report.summary import ROWS, summary
from simulation.texts import texts
from tests.report.test_tables import printed, row

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LINES = 40


def shown(comparison: Comparison, width: int = 100, language: str = "en") -> str:
    return printed(Group(*summary(comparison, width, language, [Path("mine.yaml")])), width)


def test_the_answer_stands_above_one_table(comparison: Comparison) -> None:
    text = shown(comparison, 1000)
    found = plain(comparison)
    lines = text.splitlines()
    assert f"Verdict: {found.headline}" in lines
    assert lines.index(str(found.next)) < next(n for n, line in enumerate(lines) if line.startswith("Profit "))
    assert len([line for line in lines if re.match(r"[A-Z].*  .*\d", line)]) <= len(ROWS) + 2


def test_the_difference_has_the_sign_of_the_headline(comparison: Comparison) -> None:
    verdict = comparison.verdict
    assert verdict.difference is not None and verdict.difference.mean > 0
    best, rival = (comparison.titles[name] for name in (verdict.best, verdict.rival))
    assert f"difference: {best} less {rival}" in shown(comparison, 1000)
    assert "+" in row(shown(comparison), "Profit")


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_width_breaks_a_number(comparison: Comparison, width: int, language: str) -> None:
    wide = shown(comparison, 1000, language)
    numbers = {cell for line in wide.splitlines() for cell in re.findall(r"\S*\d\S* … \S*\d\S*", line)}
    narrow = shown(comparison, width, language)
    assert numbers and all(cell in narrow for cell in numbers)
    assert max(map(len, narrow.splitlines())) <= width


@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.yaml")))
def test_every_shipped_comparison_fits_on_one_screen(name: str) -> None:
    scenario = simulation.load(SCENARIOS / f"{name}.yaml")
    if len(scenario.structures) < 2:
        pytest.skip("nothing to compare")
    found = simulation.compare(scenario, replications=2, months=1, jobs=1)
    for language in ("en", "ru"):
        assert len(shown(found, 100, language).splitlines()) <= LINES


@pytest.fixture(scope="module")
def of_two_files() -> Comparison:
    """The same structure in two files, of which one is called as the other one's title."""
    scenario = simulation.load(SCENARIOS / "department_of_ten.yaml")
    other = scenario.replace({"title": "Other", "market.channels.site.leads_per_month": 80})
    files = {"department_of_ten": scenario, "b": other}
    return simulation.compare(files, ["universal"], replications=3, months=1, jobs=1)


def test_a_comparison_of_two_files_names_both(of_two_files: Comparison) -> None:
    text = printed(Group(*summary(of_two_files, 1000, "ru", [Path("a.yaml"), Path("b c.yaml")])), 1000)
    assert text.splitlines()[0] == "Отдел из десяти человек; Other"
    assert "compare a.yaml 'b c.yaml' --details" in text
    best, rival = (
        of_two_files.titles[name].replace("Universal", "Универсальная")
        for name in (of_two_files.verdict.best, of_two_files.verdict.rival or "")
    )
    assert f"разница: «{best}» минус «{rival}»" in text


def test_no_search_is_named_for_what_it_does_not_ask_of_two_files(of_two_files: Comparison) -> None:
    reading = Reading(of_two_files, texts("en"))
    said = str([part.blocks for part in sections(reading, answer_of(of_two_files, None), reading)])
    said += str(answer_part(reading, answer_of(of_two_files, None), reading).blocks)
    assert "What-ifs are asked of structures in one file" in said
    assert "What to measure first is not asked of structures from two files" in said
    assert "--search quick" not in said


def test_who_is_better_on_each_side_of_the_same_years_does_not_meet_in_the_middle(of_two_files: Comparison) -> None:
    axes = same_years(of_two_files, lang="ru")
    figure = axes.figure
    figure.canvas.draw()
    left, right = sorted((text.get_window_extent() for text in axes.texts), key=lambda box: box.x0)
    assert left.x1 < right.x0
