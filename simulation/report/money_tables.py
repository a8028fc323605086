"""Tables of the money: plan, break-even, budget, control sheet 2Q1D, variation, growth, economics of the channels."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simulation.analysis.break_even import BreakEven, break_even
from simulation.analysis.budget import BudgetReport, BudgetRow, against_budget
from simulation.analysis.business_catalogue import OF_CHANNEL
from simulation.analysis.control import FUNCTIONS, control_2q1d
from simulation.analysis.plan import PlanReport, Target, against_plan
from simulation.analysis.quantiles import Quantiles, YearQuantile
from simulation.analysis.results import Result
from simulation.analysis.shares import Proportion
from simulation.report.cells import defined, section_tables
from simulation.report.grid import aligned, plain_table, settled, side_by_side
from simulation.report.numbers import NOTHING, Scale, between, plain, scale_of
from simulation.study.weak_link.answer import WeakLink

Row = tuple[str, tuple[str, str]]
Cells = dict[str, list[tuple[str, str]]]
BUDGET_NOTE = (
    "Planned is the first structure's; 'over' is the share of years that spend more than their own plan of the line. "
    "Capital counts when it is paid."
)
CONTROL_NOTE = (
    "2Q1D: quantity and quality of each function and their direction, second half of the run against the first. Per "
    "person: a month, over all whose role does the work. Month by month: control_2q1d.csv with --out."
)
CHANCE_NOTE = (
    "By chance alone: what independent sales of these sizes would give in months that are all alike; only what lies "
    "above it is season, growth or management."
)


def money_part(result: Result, width: int) -> list[RenderableType]:
    """Everything about the money beyond the main table."""
    parts: list[RenderableType] = [*plan_table(result, width), *break_even_table(result, width)]
    budget = budget_table(result, width)
    if budget:
        parts += [*budget, Text(BUDGET_NOTE)]
        parts += [Text(f"{result.titles[name]}: {against_budget(result, name).text}") for name in result.structures]
    parts += [*control_table(result, width), Text(CONTROL_NOTE)]
    parts += [*business_tables(result, width), Text(CHANCE_NOTE)]
    return parts


def plan_table(result: Result, width: int) -> list[Table]:
    """How the years stand to the plan: the whole, the quarters, the further targets."""
    reports = {name: against_plan(result, name) for name in result.structures}
    found = {name: report for name, report in reports.items() if report is not None}
    if not found:
        return []
    first = next(iter(found.values()))
    money = _scale(result, "number" if first.measure == "deals" else "money", _amounts(list(found.values())))
    rows: list[Row] = []
    cells: Cells = {name: [] for name in result.structures}

    def enter(label: str, unit: str, cell: Callable[[PlanReport], tuple[str, str]]) -> None:
        rows.append((f"Plan: {first.measure}", (label, unit)))
        for name in result.structures:
            report = found.get(name)
            cells[name].append((NOTHING, "") if report is None else cell(report))

    for number, quarter in enumerate(first.quarters):
        enter(
            f"{quarter.name}: target, years that meet it",
            money.unit,
            lambda report, number=number: _met(report.quarters[number], money),  # type: ignore[misc]
        )
    enter("Whole: target, years that meet it", money.unit, lambda report: _met(report.whole, money))
    bad = first.whole.bad
    ends = "Bad tenth of years ends at, behind by"
    if not bad.known:
        ends = f"Worst year ends at, behind by (fewer than {bad.years_needed} years tell no bad tenth)"
    enter(ends, money.unit, lambda report: _behind(report.whole, money))
    for number, target in enumerate(first.targets):
        enter(
            f"{target.name}: target, years that meet it",
            money.unit,
            lambda report, number=number: _met(report.targets[number], money),  # type: ignore[misc]
        )
    if len(first.quarters) > 1 or first.past:
        after = "in the year" if first.past else "after Q1"
        for target_name in first.remaining:
            enter(
                f"Left {after} for the {target_name}, a quarter",
                money.unit,
                lambda report, key=target_name: _left(report.remaining[key], money),  # type: ignore[misc]
            )
    return side_by_side(result.titles, rows, {name: aligned(column) for name, column in cells.items()}, width)


def _amounts(reports: Sequence[PlanReport]) -> list[float]:
    found: list[float] = []
    for report in reports:
        found += [report.whole.target, report.whole.mean, *(each.target for each in report.targets)]
    return found


def _met(target: Target, scale: Scale) -> tuple[str, str]:
    return scale.text(target.target), _with_interval(target.met)


def _behind(target: Target, scale: Scale) -> tuple[str, str]:
    return _bracketed(scale.text(target.bad.value), target.bad, scale.text), scale.text(target.behind)


def _left(left: tuple[float, float], scale: Scale) -> tuple[str, str]:
    return scale.text(left[0]), scale.text(left[1])


def break_even_table(result: Result, width: int) -> list[Table]:
    """Break-even by formula and as simulated."""
    found = {name: break_even(result, name) for name in result.structures}
    money = _scale(result, "money", [v for each in found.values() for v in (each.fixed, each.revenue)])
    rows: list[Row] = []
    cells: Cells = {name: [] for name in found}

    def enter(label: str, unit: str, cell: Callable[[BreakEven], tuple[str, str]]) -> None:
        rows.append(("Break-even", (label, unit)))
        for name, each in found.items():
            cells[name].append(cell(each))

    enter("Fixed costs", money.unit, lambda each: (money.text(each.fixed), ""))
    enter("Margin ratio after variable costs", "%", lambda each: (plain(100 * each.margin_ratio, 1), ""))
    enter("Revenue at which profit is nothing", money.unit, lambda each: (money.text(each.revenue), ""))
    enter("The same in sales", "", lambda each: (plain(each.units), ""))
    enter("Mean revenue lies above it by", "%", lambda each: (plain(100 * each.safety, 1, signed=True), ""))
    enter("Month in which revenue so far reaches it", "", lambda each: (plain(each.month, 1), ""))
    last = next(iter(found.values()))
    enter(f"In profit for good from month: {_years(last.profit_months)}", "", lambda each: _months(each.profit_months))
    enter("Years that end with a profit", "%", lambda each: _shared(each.profit_share))
    enter(f"Capital paid back in month: {_years(last.profit_months)}", "", lambda each: _months(each.paid_back_months))
    enter("Years in which it is not", "%", lambda each: _shared(each.paid_back_share.rest))
    return side_by_side(result.titles, rows, {name: aligned(column) for name, column in cells.items()}, width)


def _years(found: Quantiles) -> str:
    """Which years a row of months shows."""
    return "middle year, 5 to 95 %" if found.p05.known else "middle year, earliest to latest"


def _months(found: Quantiles) -> tuple[str, str]:
    """Month of the middle year with its interval, and the months of the good and the bad year."""
    spread = _range(found.p05.value, found.p95.value)
    interval = _interval(found.p50, _month)
    return _month(found.p50.value), ", ".join([f"({interval})"] * bool(interval) + [spread]) if spread else ""


def _interval(found: YearQuantile, text: Callable[[float], str]) -> str:
    return between(found.low, found.high, text)


def _bracketed(value: str, found: YearQuantile, text: Callable[[float], str]) -> str:
    """A quantile and its interval in brackets, where any year marks an end of it."""
    interval = _interval(found, text)
    return f"{value} ({interval})" if interval else value


def _month(month: float) -> str:
    return "never" if math.isinf(month) else plain(month)


def _range(low: float, high: float) -> str:
    return "" if low == high else f"{_month(low)} … {_month(high)}"


def budget_table(result: Result, width: int) -> list[Table]:
    """The budget's lines: planned, and simulated under each structure with the share of years that spend more."""
    reports = {name: against_budget(result, name) for name in result.structures}
    lines = list(dict.fromkeys((row.table, row.name) for report in reports.values() for row in report.rows))
    if not any(row.planned for report in reports.values() for row in report.rows if row.table != "roles"):
        return []
    every = [*lines, ("", "All")]
    first = next(iter(reports.values()))
    rows: list[Row] = []
    columns: Cells = {"": [], **{name: [] for name in reports}}
    for table, name in every:
        found = {key: _line(report, table, name) for key, report in reports.items()}
        numbers = [v for row in found.values() if row is not None for v in (row.planned, row.mean)]
        scale = _scale(result, "money", numbers)
        rows.append((f"Budget: {table}" if table else "Budget", (name, scale.unit)))
        own = _line(first, table, name) or next(row for row in found.values() if row is not None)
        columns[""].append((scale.text(own.planned), ""))
        for key, row in found.items():
            over = "" if row is None or row.over.share == 0 else f"over {_with_interval(row.over)}"
            columns[key].append((NOTHING, "") if row is None else (scale.text(row.mean), over))
    titles = {"": "Planned", **result.titles}
    return side_by_side(titles, rows, {name: aligned(column) for name, column in columns.items()}, width)


def _line(report: BudgetReport, table: str, name: str) -> BudgetRow | None:
    if not table:
        return report.total
    return next((row for row in report.rows if (row.table, row.name) == (table, name)), None)


def control_table(result: Result, width: int) -> list[Table]:
    """The control sheet 2Q1D of the whole time."""
    sheet = control_2q1d(result)
    whole = sheet[sheet["month"].isna()]
    rows: list[Row] = []
    cells: dict[str, list[str]] = {name: [] for name in result.structures}
    for key, function in FUNCTIONS.items():
        found = whole[whole["function"] == key].set_index("structure")
        if not (found["quantity"] > 0).any():
            continue
        for label, unit, column, decimals, factor in (
            (f"Quantity: {function.quantity[1]}", "", "quantity", 0, 1.0),
            ("the same per person and month", "", "per_person", 2, 1.0),
            (f"Quality: {function.quality[2]}", "%", "quality", 2, 100.0),
            ("Direction", "%", "direction", 1, 100.0),
        ):
            rows.append((f"Control 2Q1D: {function.title}", (label, unit)))
            for name in result.structures:
                value = float(found.loc[name, column])  # type: ignore[arg-type]
                cells[name].append(plain(factor * value, decimals, signed=column == "direction"))
    return side_by_side(result.titles, rows, cells, width)


def business_tables(result: Result, width: int) -> list[Table]:
    """Variation and growth of revenue, cost and worth of a buyer by channel."""
    products = [name for name in result.measures if name.startswith("revenue_cv") and "." in name]
    several = len({name.partition(".")[2] for name in products}) > 1
    steady = ["revenue_cv", "revenue_cv_chance", "revenue_cv_equal", *(products if several else ())]
    parts = [name for name in result.measures if name.startswith("growth.")]
    kinds = [name.split(".")[1] for name in parts]
    shown = [name for name, kind in zip(parts, kinds, strict=True) if kinds.count(kind) > 1 or kind in ("new", "old")]
    channels = [name for name in result.measures if "." in name and name.partition(".")[0] in OF_CHANNEL]
    channels.sort(key=lambda name: name.partition(".")[2])
    sections = {"Variation": steady, "Growth": ["growth", *shown], "Leads and buyers by channel": channels}
    there = {
        title: [name for name in names if any(defined(result, s, name) for s in result.structures)]
        for title, names in sections.items()
    }
    return section_tables(result, {title: names for title, names in there.items() if names}, width)


def weak_link_part(result: Result, links: Mapping[str, WeakLink]) -> list[RenderableType]:
    """What one more person of each role, and one more point at each stage, add to profit."""
    if not links:
        return []
    means = [link.difference.mean for each in links.values() for link in (*each.people, *each.conversions)]
    scale = _scale(result, "money", means)
    table = plain_table("Weak link: profit added", scale.unit, "95 % interval", "all read together", "years better")
    for name, each in links.items():
        table.add_row(Text(result.titles[name], style="bold"))
        for title, chosen in (("one more", each.people), ("one more point at", each.conversions)):
            for link in chosen:
                found = link.difference
                table.add_row(
                    f"  {title} {link.name}",
                    scale.text(found.mean, signed=True),
                    scale.interval(found.low, found.high, signed=True),
                    scale.interval(found.joint_low, found.joint_high, signed=True),
                    f"{_percent(found.share_of_years_better)} ({_percent(found.share_of_years_better_low)} … "
                    f"{_percent(found.share_of_years_better_high)})",
                )
    sentences = [Text(f"{result.titles[name]}: {each.text}") for name, each in links.items()]
    return [settled(table), *sentences]


def _shared(found: Proportion) -> tuple[str, str]:
    """A share in per cent, and its interval."""
    return plain(100 * found.share), f"{plain(100 * found.low)} … {plain(100 * found.high)}"


def _with_interval(found: Proportion) -> str:
    return f"{_percent(found.share)} ({_percent(found.low)} … {_percent(found.high)})"


def _percent(share: float) -> str:
    return NOTHING if math.isnan(share) else f"{100 * share:.0f} %"


def _scale(result: Result, unit: str, values: Sequence[float]) -> Scale:
    scenario = result.scenario
    finite = [value for value in values if math.isfinite(value)]
    return scale_of(unit, finite, (), scenario.currency, scenario.locale)  # type: ignore[arg-type]
