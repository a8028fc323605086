"""Tables that a director reads: the numbers are those of the result, and no width breaks one."""

import math
import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, Group, RenderableType

from simulation.analysis.comparison import Comparison, Result, simulate
from simulation.department.record import Record
from simulation.report import assumption_table, result_tables, tables, terminal
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import percent, scale_of, sure
from simulation.report.reading import Reading
from simulation.scenario import describe
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.texts import texts
from simulation.world import World
from tests import records

TEN = Path(__file__).parents[2] / "scenarios" / "department_of_ten.yaml"


def printed(what: RenderableType, width: int = 300) -> str:
    """What a console of that width prints, without colours."""
    console = Console(file=StringIO(), width=width, highlight=False, markup=False)
    console.print(what)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.splitlines())


def reading(result: Result) -> Reading:
    """A result in English."""
    return Reading(result, texts("en"))


def shown(grid: Grid, width: int = 200) -> str:
    """What a console of that width prints of a table and its note."""
    return printed(Group(*terminal.printed(grid, width)), width)


def row(text: str, label: str) -> str:
    """The first line of a table that begins with a label."""
    return next(line for line in text.splitlines() if re.match(rf" *{re.escape(label)}  ", line))


def test_the_main_table_shows_mean_and_interval_in_one_scale(comparison: Comparison) -> None:
    line = row(shown(result_tables.measures_grid(reading(comparison))), "Profit")
    found = [comparison.summaries[name]["profit"] for name in comparison.structures]
    scale = scale_of("money", [each.mean for each in found], [(each.high - each.low) / 2 for each in found], "RUB")
    words = ["Profit", *scale.unit.split()]
    for each in found:
        words += [scale.text(each.mean), scale.text(each.low), "…", scale.text(each.high)]
    assert re.sub(r"(?<=\d)\N{NO-BREAK SPACE}(?=\d)", "~", line).split() == [
        re.sub(r"(?<=\d)\N{NO-BREAK SPACE}(?=\d)", "~", word) for word in words
    ]


def test_every_measure_that_the_director_asks_for_has_a_row(comparison: Comparison) -> None:
    text = shown(result_tables.measures_grid(reading(comparison)))
    for label in (
        *("Leads", "Leads answered", "Answered within 1 hour", "Answered within 1 day", "Qualified"),
        *("Win rate of arrived leads", "Share still open", "Value at the start", "End value"),
        *("Deals", "Win rate of decided leads", "Revenue", "Gross margin", "Payroll", "Other costs", "Profit"),
        *("Customers at the end", "Response time", "Sales cycle", "Utilisation", "Open pipeline"),
    ):
        assert row(text, label)
    assert "Plan attainment" not in text  # the small scenario has no plan


@pytest.mark.parametrize("width", [40, 80, 120, 300])
def test_no_width_breaks_a_number_and_no_structure_is_left_out(comparison: Comparison, width: int) -> None:
    found = terminal.tables(result_tables.measures_grid(reading(comparison)), width)
    text = "\n".join(printed(table, max(width, 60)) for table in found)
    assert all(title in text for title in comparison.titles.values())
    for name in comparison.structures:
        summary = comparison.summaries[name]["profit"]
        scale = reading(comparison).scale_of_all(["profit"])
        assert scale.interval(summary.low, summary.high) in text


def test_differences_show_the_interval_alone_and_together(comparison: Comparison) -> None:
    (grid,) = result_tables.difference_grids(reading(comparison))
    text = shown(grid)
    assert "Functional less Universal, in the same years" in text
    lines = text.splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("Profit  "))
    found = comparison.differences("profit").iloc[0]
    scale = scale_of("money", [found["mean"]], [(found["high"] - found["low"]) / 2], "RUB")
    assert scale.interval(found["low"], found["high"], signed=True) in lines[number]
    assert scale.interval(found["joint_low"], found["joint_high"], signed=True) in lines[number + 1]
    assert "read together" in lines[number + 1]
    # only the measures of the verdict are read together
    assert sum("read together" in line for line in lines) == len(comparison.verdict_measures)


def test_shares_differ_by_percentage_points(comparison: Comparison) -> None:
    (grid,) = result_tables.difference_grids(reading(comparison))
    assert "% points" in row(shown(grid), "Win rate of decided leads")


def test_leads_that_are_the_same_everywhere_are_called_equal(comparison: Comparison) -> None:
    """The market does not know the structure, so inbound leads are the same in every year."""
    (grid,) = result_tables.difference_grids(reading(comparison))
    assert row(shown(grid), "Leads").split() == ["Leads", "0", "0", "…", "0", "0", "%", "100", "%", "–"]


def test_a_confidence_is_never_quite_certain() -> None:
    assert sure(1.0) == "> 99.9 %"
    assert sure(0.0) == "< 0.1 %"
    assert sure(0.87) == "87 %"
    assert sure(0.9981) == "99.8 %"
    assert sure(0.0019) == "0.2 %"
    assert sure(math.nan) == "–"


def test_load_names_every_role_and_the_regime_in_words(comparison: Comparison) -> None:
    text = printed(Group(*tables.report(comparison, 200)), 10_000)
    for role in ("Universal manager", "Hunter", "Closer", "Farmer"):
        assert row(text, role)
    for regime in comparison.regimes.values():
        assert regime.text in text
    assert texts("en")("page-load-note") in text
    assert "demand over capacity" not in text


@pytest.mark.parametrize("width", [100, 120])
def test_load_shows_the_planned_share_and_the_simulated_ones_with_their_intervals(
    comparison: Comparison, width: int
) -> None:
    line = row(shown(result_tables.load_grid(reading(comparison)), width), "Closer")
    found = comparison.summaries["functional"]["load.closer"]
    planned = comparison.regimes["functional"].roles["Closer"].expected
    assert line.split()[:3] == ["Closer", "%", percent(planned).removesuffix(" %")]
    names = [name for name in comparison.measures if result_tables.is_load(name)]
    scale = reading(comparison).scale_of_all(names)
    assert found.sd > 0
    words = [scale.text(found.mean), scale.text(found.low), "…", scale.text(found.high)]
    assert line.split()[3:7] == words


def test_every_column_of_the_load_table_is_a_share_of_a_roles_time(comparison: Comparison) -> None:
    names = {name for name in comparison.measures if result_tables.is_load(name)}
    roles = ("universal", "hunter", "closer", "farmer")
    for role in roles:
        assert {f"load.{role}", f"utilisation.{role}", f"time.{role}.prospect"} <= names
    assert len(names) == 3 * len(roles)


@pytest.mark.parametrize("width", [60, 100, 120])
def test_lost_leads_show_each_reason_with_its_interval(comparison: Comparison, width: int) -> None:
    text = shown(result_tables.lost_grid(reading(comparison)), max(width, 60))
    scale = reading(comparison).scale_of_all(["lost.declined"])
    for name in comparison.structures:
        found = comparison.summaries[name]["lost.declined"]
        assert f"{scale.text(found.mean)}  {scale.interval(max(found.low, 0.0), found.high)}" in text


def rarely_lost(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """One lead in the first year waits too long, none in the others."""
    lost = {"arrived": 24.0, "state": "lost", "reason": "waited", "closed": 99.0}
    leads = [lost] if world.replication == 0 else []
    return records.record(made_for, structure, leads=leads, replication=world.replication)


def test_no_interval_of_a_count_goes_below_zero() -> None:
    result = simulate(records.scenario(), replications=4, jobs=1, engine=rarely_lost)
    assert result.summaries["pair"]["lost.waited"].low < 0  # Student's interval knows no bounds
    text = shown(result_tables.lost_grid(reading(result)))
    assert row(text, "waited too long between stages").split()[-4:] == ["0.25", "0.00", "…", "1.05"]
    text = shown(result_tables.measures_grid(reading(result)))
    assert row(text, "Leads").split() == ["Leads", "0.25", "0.00", "…", "1.05"]


def test_the_verdict_and_its_cautions_stand_last(comparison: Comparison) -> None:
    text = printed(Group(*tables.report(comparison, 200)), 10_000)
    assert f"Verdict: {comparison.verdict.text}" in text
    below = [each for each in comparison.cautions if not each.first]
    assert text.splitlines()[-1] == f"Caution: {below[-1].text}"


def test_a_single_structure_has_no_verdict_and_no_difference(comparison: Comparison) -> None:
    result = simulate(comparison.scenario, ["functional"], replications=2, jobs=1)
    text = printed(Group(*tables.report(result, 200)), 10_000)
    assert "Verdict" not in text
    assert "in the same years" not in text
    assert "Functional" in text


def test_one_replication_of_one_month_is_not_several() -> None:
    result = simulate(records.scenario(), replications=1, months=1, jobs=1, engine=rarely_lost)
    text = tables.heading(reading(result)).plain
    assert "1 month from" in text
    assert "1 replication (" in text


def test_figures_with_a_source_are_counted(comparison: Comparison) -> None:
    # one of the scenario, the others of presets: how many of each role leave a year, and when work is due
    assert "with a source: 18, with a range: 18" in printed(Group(*tables.report(comparison, 200)), 10_000)


def test_a_table_of_headings_alone_is_not_printed() -> None:
    assert terminal.tables(Grid("Title", ["", "one"], [Row("heading")]), 80) == []


def test_columns_that_do_not_fit_follow_in_a_second_table_without_the_units_of_the_first() -> None:
    rows = [Row("profit", [Cell("1.20", "0.90 … 1.50"), Cell("90 %", "60 % … 98 %")], "mln RUB")]
    first, second = terminal.tables(Grid("Title", ["", "mean", "years"], rows), 40)
    assert "mln RUB" in printed(first) and "Title" in printed(first)
    assert "mln RUB" not in printed(second) and "90 %  60 % … 98 %" in printed(second)


def test_the_terminal_speaks_the_language_asked_for(comparison: Comparison) -> None:
    text = printed(Group(*tables.report(comparison, 100, language="ru")), 10_000)
    assert "Вывод: " in text and "Внимание: " in text and "Конверсия решённых лидов в сделку" in text
    assert "Verdict" not in text and "interval" not in text


def assumed(language: str, comparison: Comparison) -> dict[str, list[str]]:
    """The shipped department's assumptions in a language: value, unit, range, source and origin by path."""
    scenario = load(TEN)
    grid = assumption_table.assumptions_grid(Reading(comparison, texts(language)), [scenario])
    return {each.cells[0].text: [cell.text for cell in each.cells[1:]] for each in grid.rows}


def test_assumptions_are_read_in_the_language_of_the_page(comparison: Comparison) -> None:
    english, russian = assumed("en", comparison), assumed("ru", comparison)
    shown_by_command = {each.path: each for each in describe.show(load(TEN))}
    for path, (value, unit, *_) in english.items():
        shown = shown_by_command[path]
        assert re.findall(r"\d[\d .]*", value) == re.findall(r"\d[\d .]*", shown.value) and unit == shown.unit, path
        assert value not in ("null", "true", "false") and "_" not in value, (path, value)
    for path, (value, unit, _, _, origin) in russian.items():
        assert not re.search("[A-Za-z]", unit), (path, unit)
        assert not re.search("[A-Za-z]{2}", value.replace("CRM", "")), (path, value)
        assert not re.search(r"^-?\d+\.\d", value), (path, value)
        assert not re.search(r"\d (working|hours?|days?|months?|years?|min|h)\b", value), (path, value)
        assert not re.match("default|override|preset", origin), (path, origin)
    assert russian["structures.universal.roles.universal.title"][0] == "Универсальный менеджер"
    assert any(each[4] == "по умолчанию" for each in russian.values())


def test_what_was_made_of_records_stands_in_no_file(comparison: Comparison) -> None:
    made = load_text(TEN.read_text(), describe.RECORDS)
    for language, said in (("en", "made of records"), ("ru", "отдел из учёта")):
        grid = assumption_table.assumptions_grid(Reading(comparison, texts(language)), [made])
        origins = {row.cells[-1].text for row in grid.rows}
        assert said in origins and not [each for each in origins if "<" in each]
