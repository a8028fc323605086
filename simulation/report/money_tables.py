"""Tables of the money: plan, break-even, budget, control sheet 2Q1D, variation, growth, channels, weak links."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from simulation.analysis.break_even import BreakEven, break_even
from simulation.analysis.budget import BudgetReport, BudgetRow, PlanReport, Target, against_budget, against_plan
from simulation.analysis.business_catalogue import OF_CHANNEL, OF_PROCESS
from simulation.analysis.control import FUNCTIONS, control_2q1d
from simulation.analysis.quantiles import Quantiles
from simulation.report.grid import Cell, Grid, Row, with_interval
from simulation.report.numbers import NOTHING, Scale, between
from simulation.report.reading import Reading
from simulation.scenario.titles import channel_titles, product_titles
from simulation.study.weak_link.answer import Link
from simulation.texts.values import Unit


def plan_grid(reading: Reading) -> Grid:
    """How the years stand to the plan: the whole, the quarters, the further targets; no rows without a plan."""
    t = reading.texts
    reports = {name: against_plan(reading.result, name) for name in reading.structures}
    found = [report for report in reports.values() if report is not None]
    if not found:
        return Grid(t("page-risk-plan"), reading.header, ())
    first = found[0]
    unit: Unit = "number" if first.measure == "deals" else "money"
    amounts = [v for report in found for each in _targets(report) for v in (each.target, each.mean)]
    scale = reading.scale(unit, [each for each in amounts if math.isfinite(each)])
    rows = [Row(t(f"page-of-{first.measure}"))]

    def enter(label: str, cell: Callable[[PlanReport], Cell]) -> None:
        def of(structure: str) -> Cell:
            report = reports[structure]
            return Cell(NOTHING) if report is None else cell(report)

        rows.append(reading.row(label, of, scale.unit))

    def met(number: int, target: Target) -> None:
        whole = target.name == "plan"
        name = t("page-target-whole") if whole else t.title(target.name)

        def cell(report: PlanReport) -> Cell:
            own = _targets(report)[number]
            share = reading.share(own.met)
            note = with_interval(share)
            return Cell(scale.text(own.target), note, value=own.target, kind=unit, also=share)

        enter(t("table-target-met", name=name), cell)
        if whole:
            bad = target.bad
            enter(
                t("table-bad-tenth") if bad.known else t("table-worst-year", years=bad.years_needed),
                lambda report: _bad(report.whole, scale, unit),
            )
            enter(
                t("page-behind") if bad.known else t("page-behind-worst", years=bad.years_needed),
                lambda report: _behind(report.whole, scale, unit),
            )

    for number, target in enumerate(_targets(first)):
        met(number, target)
    if first.past or len(first.quarters) > 1:
        for key in first.remaining:
            name = t("page-target-whole") if key == "plan" else t.title(key)
            label = t("page-left" if first.past else "page-left-after", name=name)
            enter(label, lambda report, key=key: _left(reading, report.remaining[key], scale, unit))  # type: ignore[misc]
    return Grid(t("page-risk-plan"), reading.header, rows, t("page-risk-plan-note"))


def _targets(report: PlanReport) -> tuple[Target, ...]:
    return *report.quarters, report.whole, *report.targets


def _bad(target: Target, scale: Scale, unit: Unit) -> Cell:
    """What the worst tenth of the years reaches at most, with the interval of that."""
    bad = target.bad
    note = scale.interval(bad.low, bad.high)
    return Cell(scale.text(bad.value), note, value=bad.value, low=bad.low, high=bad.high, kind=unit)


def _behind(target: Target, scale: Scale, unit: Unit) -> Cell:
    """What the target lies above that, never below nothing."""
    low, high = (max(0.0, target.target - end) for end in (target.bad.high, target.bad.low))
    note = scale.interval(low, high)
    return Cell(scale.text(target.behind), note, value=target.behind, low=low, high=high, kind=unit)


def _left(reading: Reading, left: tuple[float, float], scale: Scale, unit: Unit) -> Cell:
    whole, quarter = left
    return reading.number(whole, scale, unit, note=reading.texts("page-a-quarter", amount=scale.text(quarter)))


def break_even_grid(reading: Reading) -> Grid:
    """Break-even by formula and as simulated."""
    t, number = reading.texts, reading.texts.style.number
    found = {name: break_even(reading.result, name) for name in reading.structures}
    money = reading.scale("money", [v for each in found.values() for v in (each.fixed, each.revenue)])
    which = "yes" if next(iter(found.values())).profit_months.p05.known else "no"

    def row(label: str, cell: Callable[[BreakEven], Cell], unit: str = "") -> Row:
        return reading.row(label, lambda name: cell(found[name]), unit)

    def points(share: float, signed: bool = False) -> Cell:
        return Cell(number(100 * share, 1, signed), value=share, kind="share")

    def months(each: Quantiles) -> Cell:
        return _months(reading, each)

    rows = [
        row(t("page-fixed"), lambda each: reading.number(each.fixed, money), money.unit),
        row(t("page-margin-ratio"), lambda each: points(each.margin_ratio), "%"),
        row(t("page-break-even-revenue"), lambda each: reading.number(each.revenue, money), money.unit),
        row(t("page-break-even-units"), lambda each: Cell(number(each.units), value=each.units)),
        row(t("page-safety"), lambda each: points(each.safety, signed=True), "%"),
        row(t("page-break-even-month"), lambda each: Cell(number(each.month, 1), value=each.month)),
        row(t("page-profit-month", known=which), lambda each: months(each.profit_months)),
        row(t("page-profit-share"), lambda each: reading.share(each.profit_share)),
        row(t("page-paid-back", known=which), lambda each: months(each.paid_back_months)),
        row(t("page-never-paid"), lambda each: reading.share(each.paid_back_share.rest)),
    ]
    return Grid(t("page-break-even"), reading.header, rows, t("page-break-even-note"))


def _months(reading: Reading, found: Quantiles) -> Cell:
    """Month of the middle year with its interval, and the months of the good and the bad year."""

    def month(value: float) -> str:
        return reading.texts("page-never") if math.isinf(value) else reading.texts.style.number(value)

    middle, low, high = found.p50, found.p05.value, found.p95.value
    if low == high:
        return Cell(month(middle.value), value=middle.value)
    interval = between(middle.low, middle.high, month)
    text = f"{month(middle.value)} ({interval})" if interval else month(middle.value)
    return Cell(text, f"{month(low)} … {month(high)}", value=middle.value, low=low, high=high)


def budget_reports(reading: Reading) -> dict[str, BudgetReport]:
    """The budget of each structure against its years; empty where nothing is planned."""
    reports = {name: against_budget(reading.result, name) for name in reading.structures}
    planned = any(row.planned for each in reports.values() for row in each.rows if row.table != "roles")
    return reports if planned else {}


def budget_lines(reading: Reading) -> dict[str, Grid]:
    """The budget of each structure with all that is known of its lines; a workbook adds up by formulas."""
    t = reading.texts
    reports = {name: against_budget(reading.result, name) for name in reading.structures}
    amounts: dict[tuple[str, str], list[float]] = {}
    for row in (row for report in reports.values() for row in (*report.rows, report.total)):
        amounts.setdefault((row.table, row.name), []).extend((row.planned, row.mean))
    scales = {line: reading.scale("money", found) for line, found in amounts.items()}
    header = [t(f"book-budget-{key}") for key in BUDGET_COLUMNS]
    return {
        name: Grid(
            t("book-budget", structure=reading.title(name)),
            header,
            [
                _budget_line(reading, row, scales[row.table, row.name], total=row is report.total)
                for row in (*report.rows, report.total)
            ],
            t.again(report.text),
        )
        for name, report in reports.items()
    }


BUDGET_COLUMNS = ("table", "line", "planned", "simulated", "sd", "variance", "over-by", "years-over")


def _budget_line(reading: Reading, row: BudgetRow, scale: Scale, total: bool) -> Row:
    t = reading.texts
    money = [reading.number(row.planned, scale), _spent(reading, row, scale)]
    name, table = line_title(reading, row.name), t(f"page-table-{row.table.replace(' ', '-') or 'all'}")
    if total:
        name, table = "", t("book-all")
        sums = [f"=SUM({column}{{first}}:{column}{{last}})" for column in "CD"]
        money = [replace(cell, formula=each) for cell, each in zip(money, sums, strict=True)]
    spread = [reading.number(value, scale) for value in (row.sd, row.sd**2, row.mean - row.planned)]
    spread[2] = replace(spread[2], formula="=D{row}-C{row}")
    cells = [Cell(name, words=True), *money, *spread, reading.share(row.over)]
    return Row(table, cells, scale.unit, total=total)


def budget_grid(reading: Reading) -> Grid:
    """The budget's lines beside each other: planned, and under each structure; nothing where nothing is planned."""
    t = reading.texts
    header = ["", t("page-planned"), *reading.header[1:]]
    found: list[dict[tuple[str, str], Row]] = []
    for grid in budget_lines(reading).values() if budget_reports(reading) else ():
        lines: dict[tuple[str, str], Row] = {}
        for row in grid.rows:
            line = (t("page-table-all"), t("page-all-lines")) if row.total else (row.label, row.cells[0].text)
            lines.setdefault(line, row)
        found.append(lines)
    rows: list[Row] = []
    before = None
    every = list(dict.fromkeys(line for lines in found for line in lines))
    for table, name in sorted(every, key=lambda line: line[0] == t("page-table-all")):
        there = [lines.get((table, name)) for lines in found]
        first = next(row for row in there if row is not None)
        if table != before:
            rows.append(Row(table))
            before = table
        cells = [row.cells[2] if row is not None else Cell(NOTHING) for row in there]
        rows.append(Row(name, [first.cells[1], *cells], first.unit))
    return Grid(t("page-budget"), header, rows, t("page-budget-note"))


def _spent(reading: Reading, row: BudgetRow, scale: Scale) -> Cell:
    note = reading.texts("page-over", share=with_interval(reading.share(row.over))) if row.over.share > 0 else ""
    return Cell(scale.text(row.mean), note, value=row.mean, low=row.low, high=row.high, kind="money")


def line_title(reading: Reading, name: str) -> str:
    """A line's own name; titles of accounts in the language of the report."""
    if not name:
        return reading.texts("page-all-lines")
    account, bracket, rest = name.partition(" (")
    lines = ", ".join(reading.texts.title(each) for each in rest.removesuffix(")").split(", "))
    return f"{reading.texts.title(account)}{bracket}{lines}{rest[len(rest.removesuffix(')')) :]}"


def control_grid(reading: Reading) -> Grid:
    """The control sheet 2Q1D of the whole time."""
    t = reading.texts
    sheet = control_2q1d(reading.result)
    whole = sheet[sheet["month"].isna()]
    rows: list[Row] = []
    for key in FUNCTIONS:
        found: dict[str, Any] = {
            str(row["structure"]): row for row in whole[whole["function"] == key].to_dict("records")
        }
        if not any(row["quantity"] > 0 for row in found.values()):
            continue
        rows.append(Row(t(f"page-function-{key}")))
        for label, unit, column, decimals in (
            (f"page-quantity-{key}", "", "quantity", 0),
            (f"page-per-person-{key}", "", "per_person", 2),
            (f"page-quality-{key}", "%", "quality", 2),
            ("page-direction", "%", "direction", 1),
        ):
            cells = {name: _plain(reading, float(row[column]), decimals, unit) for name, row in found.items()}
            rows.append(reading.row(t(label), cells.__getitem__, unit))
    return Grid(t("page-2q1d"), reading.header, rows, t("page-2q1d-note"))


def _plain(reading: Reading, value: float, decimals: int, unit: str) -> Cell:
    """A number, or a share whose unit stands beside the label; a direction has its sign."""
    if not unit:
        return Cell(reading.texts.style.number(value, decimals), value=value)
    text = reading.texts.style.number(100 * value, decimals, signed=decimals == 1)
    return Cell(text, value=value, kind="share")


def steady_grid(reading: Reading) -> Grid:
    """How much revenue varies from month to month, what chance alone gives, and how it grows and by what."""
    t = reading.texts
    names = list(reading.result.measures)
    products = [name for name in names if name.startswith("revenue_cv") and "." in name]
    several = len({name.partition(".")[2] for name in products}) > 1
    varied = ["revenue_cv", "revenue_cv_chance", "revenue_cv_equal", *(products if several else ())]
    parts = [name for name in names if name.startswith("growth.")]
    kinds = [name.split(".")[1] for name in parts]
    shown = [name for name, kind in zip(parts, kinds, strict=True) if kinds.count(kind) > 1 or kind in ("new", "old")]
    rows: list[Row] = []
    for key, chosen in (("table-variation", varied), ("table-growth", ["growth", *shown])):
        found = reading.measures([n for n in chosen if n in names], {n: _title(reading, n) for n in chosen if "." in n})
        rows += [Row(t(key)), *found] if found else []
    return Grid(t("page-steady"), reading.header, rows, t("page-steady-note"))


def _title(reading: Reading, measure: str) -> str:
    """Title of a part of the growth, or of the variation of a product."""
    t = reading.texts
    kind, _, rest = measure.partition(".")
    if kind != "growth":
        return t("table-of-product", title=reading.measure_title(kind), name=_named(reading, "product", rest))
    what, _, which = rest.partition(".")
    return t(f"page-growth-{what}", name=_named(reading, what, which)) if which else t(f"page-growth-{what}-customers")


def _named(reading: Reading, what: str, key: str) -> str:
    """Title of a product or channel, as the first scenario that has it gives it."""
    titles = product_titles if what == "product" else channel_titles
    found = [titles(each.market).get(key, "") for each in reading.scenarios]
    return reading.texts.title(next(filter(None, found), key))


def channels_grid(reading: Reading) -> Grid:
    """Cost and worth of a buyer by channel."""
    t = reading.texts
    rows: list[Row] = []
    every = reading.result.measures
    for channel in dict.fromkeys(n.partition(".")[2] for n in every if n.startswith("acquisition_cost.")):
        names = [f"{family}.{channel}" for family in OF_CHANNEL]
        titles = {name: t(f"page-{name.partition('.')[0].replace('_', '-')}") for name in names}
        found = reading.measures([name for name in names if name in every], titles)
        rows += [Row(t.title(reading.result.channel_title(channel))), *found] if found else []
    return Grid(t("page-channels"), reading.header, rows, t("page-channels-note"))


def processes_grid(reading: Reading) -> Grid:
    """Leads, deals and customers by process, where leads go through several."""
    t, every = reading.texts, reading.result.measures
    rows: list[Row] = []
    for process in dict.fromkeys(n.partition(".")[2] for n in every if n.startswith("process_leads.")):
        names = [f"{family}.{process}" for family in OF_PROCESS]
        titles = {name: t(f"page-{name.partition('.')[0].replace('_', '-')}") for name in names}
        found = reading.measures([name for name in names if name in every], titles)
        rows += [Row(t.title(reading.result.process_title(process))), *found] if found else []
    return Grid(t("page-processes"), reading.header, rows)


def weak_link_grid(reading: Reading) -> Grid:
    """What one more person of each role, and one more point at each stage, add to profit."""
    t = reading.texts
    every = [link for each in reading.links.values() for link in (*each.people, *each.conversions)]
    scale = reading.scale("money", [link.difference.mean for link in every])
    rows: list[Row] = []
    for structure, each in reading.links.items():
        rows.append(Row(reading.title(structure)))
        for key, chosen in (("page-one-more", each.people), ("page-one-point", each.conversions)):
            rows += [Row(t(key, name=t.title(link.name)), _added(reading, link, scale), scale.unit) for link in chosen]
    level = reading.percent(reading.result.level)
    header = ["", t("page-adds"), t("page-interval", level=level), t("table-all-together"), t("page-years")]
    return Grid(t("page-weak-link"), header, rows, t("page-weak-link-note"))


def _added(reading: Reading, link: Link, scale: Scale) -> list[Cell]:
    found = link.difference
    ends = ((found.low, found.high), (found.joint_low, found.joint_high))
    intervals = [Cell(scale.interval(low, high, signed=True), low=low, high=high, kind="money") for low, high in ends]
    mean = Cell(scale.text(found.mean, signed=True), strong=found.joint_low > 0, value=found.mean, kind="money")
    return [mean, *intervals, reading.years(asdict(found))]
