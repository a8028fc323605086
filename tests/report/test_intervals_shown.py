"""Wherever a share or a quantile of years is shown, so is its interval, and what few years cannot tell is called so."""

from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from openpyxl import load_workbook
from rich.console import Group

from simulation import plot
from simulation.analysis.comparison import Comparison, Result, compare, simulate
from simulation.analysis.quantiles import proportion_interval, year_quantile
from simulation.report.book import write_book
from simulation.report.grid import Grid
from simulation.report.money_tables import break_even_grid, plan_grid
from simulation.report.numbers import percent
from simulation.report.page.blocks import Words
from simulation.report.page.parts import risk, side_by_side
from simulation.report.reading import Reading
from simulation.report.result_tables import difference_grids
from simulation.report.tables import report
from simulation.report.terminal import tables
from simulation.sense.loader import load_text
from simulation.study.explain.answer import explain
from simulation.study.lab import Lab
from simulation.study.sensitivity.answer import sensitivity
from simulation.study.sensitivity.tornado import Tornado
from simulation.texts import LANGUAGES, texts
from tests.cli.conftest import SMALL
from tests.report.test_tables import printed, reading, shown

PLANNED = {"plan": {"target": 9_000_000}, "experiment.months": 1}


@pytest.fixture(scope="module")
def few() -> Comparison:
    return compare(load_text(SMALL, "small.yaml", overrides=PLANNED), replications=6, jobs=1)


@pytest.fixture(scope="module")
def many() -> Result:
    return simulate(load_text(SMALL, "small.yaml", overrides=PLANNED), ["universal"], replications=20, jobs=1)


def grid(blocks: list[Any], number: int = 0) -> Grid:
    return [block for block in blocks if isinstance(block, Grid)][number]


def test_the_page_names_how_often_apart_from_how_sure(few: Comparison) -> None:
    shown = grid(side_by_side(Reading(few, texts("en"))).blocks, 1)
    assert shown.titles[-3:] == ["years better", "years equal", "mean better: how sure"]
    found = few.differences("profit").iloc[0]
    row = next(row for row in shown.rows if row.label == "profit" or row.label == "Profit")
    share = proportion_interval(round(6 * found["share_of_years_better"]), 6)
    assert row.cells[3].text == percent(share.share)
    assert row.cells[3].note == f"{percent(share.low)} … {percent(share.high)}"
    assert row.cells[4].text == percent(found["share_of_years_tied"])
    russian = grid(side_by_side(Reading(few, texts("ru"))).blocks, 1)
    assert russian.titles[-3:] == ["лет в пользу", "лет вровень", "среднее лучше: насколько это верно"]


def test_the_terminal_names_them_apart_too(few: Comparison) -> None:
    (table,) = tables(difference_grids(reading(few))[0], 200)
    headers = [str(column.header) for column in table.columns][-3:]
    assert headers == ["years better", "years equal", "mean better: how sure"]


def test_six_years_tell_no_bad_twentieth_and_the_page_says_so(few: Comparison) -> None:
    shown = grid(risk(Reading(few, texts("en"))).blocks)
    worst, middle = shown.rows[0].cells[0], shown.rows[2].cells[0]
    assert worst.note == "the worst year: fewer than 19 cannot tell"
    assert "cannot tell" in shown.rows[-1].cells[0].note  # the lowest cash of one year in ten
    assert " … " in middle.note  # of six years the first and the last hold the median with 96.9 %
    assert shown.rows[5].label == "Years with a loss" and " … " in shown.rows[5].cells[0].note


def test_twenty_years_tell_it_with_an_interval_that_is_open_below(many: Result) -> None:
    shown = grid(risk(Reading(many, texts("en"))).blocks)
    cell = shown.rows[0].cells[0]
    found = year_quantile(many.values.of("universal", "profit"), 0.05)
    assert found.known and cell.note.startswith("… ") and len(cell.note) > 2


def test_the_bad_tenth_of_the_plan_is_the_worst_year_where_few_were_played(few: Comparison, many: Result) -> None:
    assert "Worst year ends at (fewer than 9 years tell" in " ".join(shown(plan_grid(reading(few)), 300).split())
    assert "Bad tenth of years ends at" in shown(plan_grid(reading(many)), 300)
    labels = [row.label for row in grid(risk(Reading(few, texts("en"))).blocks, 2).rows]
    assert "The worst year ends behind by (fewer than 9 years tell no bad tenth)" in labels
    labels = [row.label for row in grid(risk(Reading(many, texts("en"))).blocks, 1).rows]
    assert "A bad tenth of years ends behind by" in labels


def test_months_of_the_break_even_are_of_the_years_that_there_are(few: Comparison, many: Result) -> None:
    text = shown(break_even_grid(reading(few)), 300)
    assert "middle year, earliest to latest" in text and "()" not in text
    assert "middle year, 5 to 95 %" in shown(break_even_grid(reading(many)), 300)


def words(figure: Figure) -> str:
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    return " ".join([*found, *(axes.get_title(loc="left") for axes in figure.axes)])


def test_bands_of_few_years_are_called_all_years(few: Comparison, many: Result) -> None:
    for result, band, bad in (
        (few, "band of all years", "worst year"),
        (many, "band of nine years in ten", "one in twenty"),
    ):
        assert band in words(plot.workload(result, lang="en"))
        assert band in words(plot.customers(result, lang="en"))
        drawn = plot.revenue_against_plan(result, "universal", lang="en").get_figure()
        assert isinstance(drawn, Figure)
        assert bad in words(drawn)
        met = words(drawn).replace("\N{NO-BREAK SPACE}", " ")
        assert "the plan is met in" in met and " % to " in met


def test_the_workbook_has_a_column_for_each(few: Comparison, tmp_path: Path) -> None:
    write_book(few, tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    rows = [[cell.value for cell in row] for row in book["Comparison"].iter_rows()]
    header = next(row for row in rows if "years better" in row)
    assert header[7:12] == ["years better", "low", "high", "years equal", "mean better: how sure"]
    profit = next(row for row in rows[rows.index(header) :] if row[0] == "Profit")
    assert profit[8] <= profit[7] <= profit[9] and profit[11].endswith("%")
    plan = [[cell.value for cell in row] for row in book["Plan"].iter_rows()]
    assert any("fewer than 9 years tell no bad tenth" in str(value) for row in plan for value in row)


def test_one_difference_over_the_same_years_has_one_interval_and_each_says_what_its_is_of(few: Comparison) -> None:
    lab, years = Lab(jobs=1), few.runs.finished
    why = explain(few.scenario, replications=years, measurements=False, lab=lab)
    hangs = sensitivity(few.scenario, inputs=["hand_off.lead.loss=5%:40%"], replications=years, lab=lab)
    row = few.differences("profit").iloc[0]
    stated = (row["mean"], row["low"], row["high"])
    assert isinstance(hangs, Tornado)
    for found in (why.whole, hangs.base):
        assert (found.mean, found.low, found.high) == pytest.approx(stated, abs=1e-3)
    assert few.pair(row["structure"], row["baseline"]).joint_low < row["low"]
    for language in LANGUAGES:
        t, seed = texts(language), str(few.scenario.experiment.seed)
        alone = t("interval-alone", years=years, seed=seed)
        assert all(alone in [t.again(each) for each in found.sentences] for found in (why, hangs))
        joint = t("interval-joint", years=years, seed=seed, count=2)
        read = Reading(few, t)
        assert joint in text_of(report(few, 200, language=language))
        assert any(joint in block.text for block in side_by_side(read).blocks if isinstance(block, Words))


def text_of(parts: list[Any]) -> str:
    return printed(Group(*parts), 10_000)
