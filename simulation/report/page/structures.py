"""The second part: the structures side by side."""

from __future__ import annotations

from simulation.analysis.budget import against_budget
from simulation.analysis.plan import against_plan
from simulation.expected import budgeted_payroll
from simulation.report.grid import NOTHING, Cell, Grid, Row
from simulation.report.page.blocks import Part, Words
from simulation.report.reading import Reading
from simulation.report.result_tables import difference_grids

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


DECIDE = ("profit", "profit_with_end_value", "revenue", "deals")
"""Measures of the differences beside the deciding one; the terminal and the workbook have more."""


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
            return reading.share(plan.whole.met)

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
    grids = difference_grids(reading, DECIDE)
    return [*grids, Words(reading.texts("page-differences-note"), "note")] if grids else []
