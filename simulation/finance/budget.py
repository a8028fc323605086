"""What the budget plans to spend, line by line and month by month, without simulating anything.

The lines of the four tables, and the accounts that the rest of the scenario makes: pay, recruiting, advertising. What a
line covers (`covers`, `payroll`) is planned by it; an account that no line covers is planned at nothing
(`expected.spending` says what is expected there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.expected import Part, Workload, workload
from simulation.expected.spending import hires
from simulation.finance.lines import TABLES, budgeted_positions
from simulation.finance.spans import first_day, hours_of, share_of_months
from simulation.scenario.money import BudgetLine
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import turnover_per_year
from simulation.scenario.timeline import timeline
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PlannedLine:
    """A line of the budget, or an account that other parts of the scenario make.

    Attributes:
        table: 'capital', 'direct', 'indirect', 'other', or '' for an account that stands in no table.
        name: of the line; of an account its name in the chart of accounts.
        account: the account that it plans, or None where it is booked under its own name.
        by_month: planned spending, money, shape (months,).
    """

    table: str
    name: str
    account: str | None
    by_month: Floats

    @property
    def total(self) -> float:
        """Planned spending of the whole time, money."""
        return float(self.by_month.sum())


def planned_lines(scenario: Scenario, structure: str, flows: Workload | None = None) -> list[PlannedLine]:
    """Every line of the budget with its months, as the experiment counts them.

    Lines by position take the positions of each date; lines by lead, deal and newcomer what the closed form expects
    of the time until then.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        flows: its workload, where it is known already.
    """
    flows = flows if flows is not None else workload(scenario, structure)
    edges = month_edges(scenario)
    found = []
    for table in (*TABLES, "capital"):
        for line in getattr(scenario.budget, table).lines:
            account = "base_pay" if line.payroll and line.covers is None else line.covers
            found.append(PlannedLine(table, line.name, account, _by_month(scenario, structure, line, flows, edges)))
    return found


def month_edges(scenario: Scenario) -> Floats:
    """Edges of the counted months, hours since the start of the simulation, shape (months + 1,)."""
    experiment = scenario.experiment
    return np.array(experiment.month_edges[experiment.warm_up :], dtype=np.float64)


def _by_month(scenario: Scenario, structure: str, line: BudgetLine, flows: Workload, edges: Floats) -> Floats:
    start = first_day(scenario)
    since, until = hours_of(line.start, start, edges[0]), hours_of(line.until, start, np.inf)
    price = line.price * line.quantity
    months = np.diff(edges) / MONTH
    planned = np.zeros(len(months))

    def once(when: float, amount: float) -> None:
        month = int(np.searchsorted(edges, when, side="right")) - 1
        if 0 <= month < len(planned) and since <= when < until:
            planned[month] += amount

    if line.per in ("lead", "deal", "hire"):
        for part in flows.parts:
            share = share_of_months(edges, max(since, part.begin), min(until, part.end))
            planned += price * _monthly(line, part) * share * months
        if line.per == "hire":
            for at, _, count in hires(scenario, structure):
                once(at, price * count)
        return planned
    positions = budgeted_positions(timeline(scenario, structure), structure)
    if line.per != "seat":
        positions = [(-np.inf, np.inf, 1)]
    most = 0
    for begin, end, heads in positions:
        if line.when == "monthly":
            planned += price * heads * share_of_months(edges, max(since, begin), min(until, end))
        elif heads > most and end > since:  # what is bought once is bought again for new positions only
            once(max(since, begin), price * (heads - most))
            most = heads
    return planned


def _monthly(line: BudgetLine, part: Part) -> float:
    """How many of what a line counts come a month in a part of the horizon; newcomers: those for who leaves."""
    match line.per:
        case "lead":
            return sum(flow.leads for flow in part.flows.channels.values())
        case "deal":
            return part.flows.deals
        case _:
            people, roles = part.scenario.people, part.scenario.structures[part.flows.structure].roles.values()
            return sum(role.headcount * turnover_per_year(people, role) for role in roles) / 12
