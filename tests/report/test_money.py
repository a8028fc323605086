"""Tables and chart of the money: the numbers are those of the result."""

from io import StringIO

import numpy as np
import pytest
from rich.console import Console, Group

from simulation.analysis.break_even import break_even, by_year
from simulation.analysis.budget import against_budget, against_plan
from simulation.analysis.comparison import Comparison, compare
from simulation.report import terminal
from simulation.report.money_tables import break_even_grid, budget_grid, budget_lines, control_grid, plan_grid
from simulation.report.plot.money import break_even as break_even_chart
from simulation.report.plot.money import break_evens as break_even_charts
from simulation.report.tables import report
from simulation.sense.loader import load_text
from tests.cli.conftest import WITHOUT_BUDGET
from tests.report.test_tables import reading

MONEY = """plan: {target: 20 mln, targets: {double: 40 mln}}
budget:
  contributions: 30 %
  direct: {lines: [{name: rent, price: 50 k}]}
"""


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare(load_text(WITHOUT_BUDGET + MONEY, "small.yaml"), replications=5, months=6, jobs=1)


def printed(*parts: object, width: int = 160) -> str:
    console = Console(file=StringIO(), width=width, highlight=False, markup=False)
    console.print(Group(*parts))  # type: ignore[arg-type]
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def line(text: str, label: str) -> str:
    return next(each for each in text.splitlines() if each.strip().startswith(label))


def test_the_plan_shows_targets_and_the_share_of_years_that_meet_them(result: Comparison) -> None:
    text = printed(*terminal.printed(plan_grid(reading(result)), 160))
    for name in result.structures:
        report = against_plan(result, name)
        assert report is not None
        assert f"{100 * report.whole.met.share:.0f} %" in line(text, "Whole")
    assert "double" in text and "Q2" in text and "Q3" not in text  # six months have two quarters


def test_break_even_shows_the_formula_and_the_years(result: Comparison) -> None:
    text = printed(*terminal.printed(break_even_grid(reading(result)), 160))
    for name in result.structures:
        found = break_even(result, name)
        assert f"{100 * found.margin_ratio:.1f}" in line(text, "Margin ratio")
        assert f"{found.units:,.0f}".replace(",", "\N{NO-BREAK SPACE}") in line(text, "The same in sales")


def test_the_budget_shows_each_line_and_what_was_forgotten(result: Comparison) -> None:
    text = printed(*terminal.printed(budget_grid(reading(result)), 160))
    assert "rent" in text and "Spent, but in no line of the budget" in text and "Contributions" in text
    assert "over 100 %" in line(text, "Contributions")
    assert against_budget(result, "universal").text in printed(*report(result, 160), width=10_000)


def test_without_budget_and_plan_neither_is_shown() -> None:
    bare = compare(load_text(WITHOUT_BUDGET, "small.yaml"), replications=2, jobs=1)
    assert not budget_grid(reading(bare)).rows and not plan_grid(reading(bare)).rows
    assert "Break-even" in printed(*report(bare, 160))


def test_the_control_sheet_has_a_row_for_each_of_quantity_quality_and_direction(result: Comparison) -> None:
    text = printed(*terminal.printed(control_grid(reading(result)), 160))
    for words in ("Lead conversion", "First deals per person and month", "Quality: deals of leads", "Direction"):
        assert words in text


@pytest.mark.parametrize("width", [60, 100])
def test_a_narrow_window_breaks_no_number(result: Comparison, width: int) -> None:
    assert printed(*report(result, width), width=max(width, 90))


def test_the_chart_draws_every_year_and_the_lines_cross_at_the_break_even(result: Comparison) -> None:
    axes = break_even_chart(result, "functional")
    found = break_even(result, "functional")
    revenue, _, profit, _ = by_year(result, "functional")
    (dots,) = [each for each in axes.collections if len(each.get_offsets()) == 5]
    offsets = np.asarray(dots.get_offsets())
    factor = offsets[0, 0] / revenue.sum(axis=1)[0]
    assert offsets[:, 0] == pytest.approx(factor * revenue.sum(axis=1))
    assert offsets[:, 1] == pytest.approx(factor * (revenue - profit).sum(axis=1))
    sold, costs = axes.get_lines()[:2]
    at = factor * found.revenue
    xs, ys = (np.asarray(each, dtype=float) for each in (costs.get_xdata(), costs.get_ydata()))
    assert np.interp(at, xs, ys) == pytest.approx(at, rel=1e-6) or found.revenue > xs[-1] / factor
    assert np.asarray(sold.get_xdata()) == pytest.approx(np.asarray(sold.get_ydata()))


def test_every_structure_has_a_panel(result: Comparison) -> None:
    titles = [axes.get_title(loc="left") for axes in break_even_charts(result).axes if axes.get_title(loc="left")]
    assert [title.partition("\n")[0] for title in titles] == list(result.titles.values())
    assert all("break-even" in title for title in titles)


def test_the_page_s_budget_is_that_of_the_workbook_s_sheets_beside_each_other(result: Comparison) -> None:
    sheets = budget_lines(reading(result))
    shown = [row for row in budget_grid(reading(result)).rows if row.cells]
    for number, grid in enumerate(sheets.values(), 1):
        spent = {row.cells[0].text or "All lines": row.cells[2] for row in grid.rows}
        assert [row.cells[number] for row in shown if row.label in spent] == list(spent.values())
    assert [row.cells[0] for row in shown][: len(next(iter(sheets.values())).rows) - 1] == [
        row.cells[1] for row in next(iter(sheets.values())).rows if not row.total
    ]
