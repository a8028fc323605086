"""The sixth part: the control sheet 2Q1D, the budget against what was simulated, break-even, channels, steadiness."""

from __future__ import annotations

import math
from typing import Any

from simulation.analysis.break_even import break_even
from simulation.analysis.budget import BudgetReport, BudgetRow, against_budget
from simulation.analysis.business_catalogue import OF_CHANNEL
from simulation.analysis.control import FUNCTIONS, control_2q1d
from simulation.analysis.quantiles import Quantiles
from simulation.report.numbers import NOTHING, between
from simulation.report.page.blocks import Bullets, Cell, Grid, Part, Row
from simulation.report.page.reading import Reading


def control(reading: Reading) -> Part:
    """What a director and an accountant hold the year against."""
    t = reading.texts
    part = Part("control", t("page-control"))
    part.blocks.append(Grid(t("page-2q1d"), reading.header, _sheet(reading), t("page-2q1d-note")))
    budget = _budget(reading)
    if budget:
        header = ["", t("page-planned"), *(reading.title(name) for name in reading.structures)]
        part.blocks.append(Grid(t("page-budget"), header, budget, t("page-budget-note")))
        reports = {name: against_budget(reading.result, name) for name in reading.structures}
        said = [f"{reading.title(name)}: {t.again(report.text)}" for name, report in reports.items()]
        part.blocks.append(Bullets(said))
    part.blocks.append(Grid(t("page-break-even"), reading.header, _break_even(reading), t("page-break-even-note")))
    channels = _channels(reading)
    if channels:
        part.blocks.append(Grid(t("page-channels"), reading.header, channels, t("page-channels-note")))
    part.blocks.append(Grid(t("page-steady"), reading.header, _steady(reading), t("page-steady-note")))
    return part


def _sheet(reading: Reading) -> list[Row]:
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
        for name, decimals in (("quantity", 0), ("per_person", 2)):

            def number(structure: str, name: str = name, decimals: int = decimals) -> str:
                return t.style.number(float(found[structure][name]), decimals)  # noqa: B023

            rows.append(reading.row(t(f"page-{name.replace('_', '-')}-{key}"), number))

        def quality(structure: str) -> str:
            return reading.percent(float(found[structure]["quality"]))  # noqa: B023

        def direction(structure: str) -> str:
            value = float(found[structure]["direction"])  # noqa: B023
            return NOTHING if math.isnan(value) else t.style.number(100 * value, 1, signed=True) + " %"

        rows.append(reading.row(t(f"page-quality-{key}"), quality))
        rows.append(reading.row(t("page-direction"), direction))
    return rows


def _budget(reading: Reading) -> list[Row]:
    """Every line: planned, simulated with its interval, years that spend more."""
    t = reading.texts
    reports = {name: against_budget(reading.result, name) for name in reading.structures}
    if not any(row.planned for each in reports.values() for row in each.rows if row.table != "roles"):
        return []
    lines = list(dict.fromkeys((row.table, row.name) for report in reports.values() for row in report.rows))
    first = next(iter(reports.values()))
    rows: list[Row] = []
    before = None
    for table, name in [*lines, ("", "")]:
        found = {key: _line(report, table, name) for key, report in reports.items()}
        there = [row for row in found.values() if row is not None]
        scale = reading.scale("money", [v for row in there for v in (row.planned, row.mean)])
        if table != before:
            rows.append(Row(t(f"page-table-{table.replace(' ', '-') or 'all'}")))
            before = table
        own = _line(first, table, name) or there[0]
        cells = [Cell(scale.text(own.planned))]
        for row in found.values():
            if row is None:
                cells.append(Cell(NOTHING))
                continue
            cell = reading.share(row.over)
            over = t("page-over", share=f"{cell.text} ({cell.note})") if row.over.share > 0 else ""
            cells.append(Cell(scale.text(row.mean), over))
        rows.append(Row(_line_title(reading, name), cells, scale.unit))
    return rows


def _line_title(reading: Reading, name: str) -> str:
    """A line's own name; titles of accounts in the language of the page."""
    if not name:
        return reading.texts("page-all-lines")
    account, bracket, rest = name.partition(" (")
    return f"{reading.texts.title(account)}{bracket}{rest}"


def _line(report: BudgetReport, table: str, name: str) -> BudgetRow | None:
    if not name:
        return report.total
    return next((row for row in report.rows if (row.table, row.name) == (table, name)), None)


def _break_even(reading: Reading) -> list[Row]:
    t = reading.texts
    found = {name: break_even(reading.result, name) for name in reading.structures}
    money = reading.scale(
        "money", [v for each in found.values() for v in (each.fixed, each.revenue) if math.isfinite(v)]
    )
    number = t.style.number

    def month(value: float) -> str:
        return NOTHING if math.isnan(value) else t("page-never") if math.isinf(value) else number(value)

    def months(each: Quantiles) -> Cell:
        low, high = each.p05.value, each.p95.value
        if low == high:
            return Cell(month(each.p50.value))
        interval = between(each.p50.low, each.p50.high, month)
        text = f"{month(each.p50.value)} ({interval})" if interval else month(each.p50.value)
        return Cell(text, f"{month(low)} … {month(high)}")

    def row(key: str, cell: Any, unit: str = "") -> Row:
        return reading.row(t(key), lambda name: cell(found[name]), unit)

    return [
        row("page-fixed", lambda each: money.text(each.fixed), money.unit),
        row("page-margin-ratio", lambda each: reading.percent(each.margin_ratio)),
        row("page-break-even-revenue", lambda each: money.text(each.revenue), money.unit),
        row("page-break-even-units", lambda each: number(each.units)),
        row("page-safety", lambda each: reading.percent(each.safety)),
        row("page-break-even-month", lambda each: number(each.month, 1)),
        row("page-profit-month", lambda each: months(each.profit_months)),
        row("page-profit-share", lambda each: reading.share(each.profit_share)),
        row("page-paid-back", lambda each: months(each.paid_back_months)),
        row("page-never-paid", lambda each: reading.share(each.paid_back_share.rest)),
    ]


def _channels(reading: Reading) -> list[Row]:
    t = reading.texts
    rows: list[Row] = []
    channels = dict.fromkeys(
        name.partition(".")[2] for name in reading.result.measures if name.startswith("acquisition_cost.")
    )
    for channel in channels:
        names = [f"{family}.{channel}" for family in OF_CHANNEL]
        titles = {name: t(f"page-{name.partition('.')[0].replace('_', '-')}") for name in names}
        found = reading.measures([name for name in names if name in reading.result.measures], titles)
        if found:
            rows += [Row(t.title(reading.result.channel_title(channel))), *found]
    return rows


def _steady(reading: Reading) -> list[Row]:
    """How much revenue varies from month to month, what chance alone gives, and how it grows and by what."""
    t = reading.texts
    rows = reading.measures(("revenue_cv", "revenue_cv_chance", "growth"))
    titles = {}
    for name in reading.result.measures:
        kind, _, rest = name.partition(".")
        if kind != "growth" or not rest:
            continue
        what, _, which = rest.partition(".")
        titles[name] = t(f"page-growth-{what}", name=t.title(which)) if which else t(f"page-growth-{what}-customers")
    return [*rows, *reading.measures(list(titles), titles)]
