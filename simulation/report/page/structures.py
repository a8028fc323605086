"""The second part: the structures side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulation.analysis.budget import against_budget
from simulation.analysis.catalogue import describe
from simulation.analysis.plan import against_plan
from simulation.expected import budgeted_payroll
from simulation.report.numbers import NOTHING, sure
from simulation.report.page.blocks import Cell, Grid, Part, Row, Words
from simulation.report.page.reading import Reading

BRINGS = (
    "revenue",
    "gross_margin",
    "payroll",
    "costs",
    "profit",
    "profit_with_end_value",
    "deals",
    "orders",
    "customers_end",
    "win_rate",
    "open_share",
)


def side_by_side(reading: Reading) -> Part:
    """Who is in each structure, what it costs and what it brings."""
    t = reading.texts
    rows = [
        reading.row(t("page-who"), lambda name: Cell(_people(reading, name), words=True)),
        *_payroll(reading),
        *reading.measures(BRINGS),
        *_kept(reading),
    ]
    part = Part("structures", t("page-structures"))
    part.blocks.append(Grid(t("page-structures-table"), reading.header, rows, t("page-interval-note")))
    part.blocks += _differences(reading)
    return part


def _people(reading: Reading, structure: str) -> str:
    roles = reading.result.cases[structure].structure.roles
    return ", ".join(
        f"{role.headcount} × {reading.role(structure, name)}" for name, role in roles.items() if role.headcount
    )


def _payroll(reading: Reading) -> list[Row]:
    cases = reading.result.cases
    planned = {name: budgeted_payroll(cases[name].scenario, cases[name].key) for name in reading.structures}
    scale = reading.scale("money", list(planned.values()))
    return [reading.row(reading.texts("page-payroll-planned"), lambda name: scale.text(planned[name]), scale.unit)]


def _kept(reading: Reading) -> list[Row]:
    """Shares of years in which the plan is met and the budget is kept."""
    t, rows = reading.texts, []
    plans = {name: against_plan(reading.result, name) for name in reading.structures}
    if any(plans.values()):

        def met(name: str) -> Cell:
            plan = plans[name]
            if plan is None:
                return Cell(NOTHING)
            share = plan.whole.met
            return Cell(reading.percent(share.share), f"{reading.percent(share.low)} … {reading.percent(share.high)}")

        first = next(plan for plan in plans.values() if plan is not None)
        scale = reading.scale("number" if first.measure == "deals" else "money", [first.whole.target])
        label = t("page-plan-met", target=scale.with_unit(first.whole.target), measure=t(f"page-of-{first.measure}"))
        rows.append(reading.row(label, met))
    budgets = {name: against_budget(reading.result, name) for name in reading.structures}
    if any(row.planned for each in budgets.values() for row in each.rows if row.table != "roles"):

        def kept(name: str) -> Cell:
            return reading.share(budgets[name].total.over.rest)

        rows.append(reading.row(t("page-budget-kept"), kept))
    return rows


def _differences(reading: Reading) -> list[Grid | Words]:
    """Each structure against the baseline, in money and in years."""
    comparison = reading.comparison
    if comparison is None:
        return []
    t = reading.texts
    frame = comparison.differences()
    found = []
    others = [name for name in comparison.structures if name != comparison.baseline]
    names = tuple(dict.fromkeys((comparison.measure, "profit", "profit_with_end_value", "revenue", "deals")))
    for name in others:
        rows = []
        mine = {row["measure"]: row for row in frame[frame["structure"] == name].to_dict("records")}
        for measure in names:
            row = mine.get(measure)
            if row is None or not math.isfinite(row["mean"]):
                continue
            half = (row["high"] - row["low"]) / 2
            scale = reading.scale(describe(measure).unit, [row["mean"]], [half])
            low, high = (row["joint_low"], row["joint_high"]) if measure in names[:3] else (row["low"], row["high"])
            certain = low > 0 or high < 0
            cells = [
                Cell(scale.text(row["mean"], signed=True), strong=certain),
                Cell(scale.interval(low, high, signed=True)),
                *_better(reading, measure, row),
            ]
            rows.append(Row(reading.measure_title(measure), cells, scale.unit))
        title = t("page-less", one=reading.title(name), other=reading.title(comparison.baseline))
        level = reading.percent(comparison.level)
        years = [t("page-years"), t("page-years-equal"), t("page-mean-better")]
        header = ["", t("page-mean"), t("page-interval", level=level), *years]
        found.append(Grid(title, header, rows))
    return [*found, Words(t("page-differences-note"), "note")]


def _better(reading: Reading, measure: str, row: Mapping[Any, Any]) -> list[Cell]:
    """Years better, years equal, and how sure it is that the mean is better; no direction, nothing better."""
    equal = Cell(reading.percent(row["share_of_years_tied"]))
    if describe(measure).higher_is_better is None:
        return [Cell(NOTHING), equal, Cell(NOTHING)]
    return [reading.years(row), equal, Cell(sure(row["confidence_mean_better"], reading.texts.language))]
