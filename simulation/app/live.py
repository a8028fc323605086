"""Numbers that move while a slider is dragged: the closed form, in which nobody waits and nothing is left to chance.

The server works them out itself, in some tens of milliseconds; it needs no year for them (`simulation.expected`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.expected import Workload, workload
from simulation.expected.output import output
from simulation.expected.spending import expected_accounts, newcomers_a_year
from simulation.scenario.money import BudgetLine
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.scenario.titles import role_titles, structure_titles
from simulation.sense.checks import sense
from simulation.sense.sense_warning import SenseWarning

YEAR = 12
PAY = ("base_pay", "commission", "bonus", "vacation_pay", "contributions")
"""Accounts of what people cost."""
BUSY, IDLE = 1.0, 0.6
"""Loads above which a role cannot do its work, and below which it has time for more."""


@dataclass(frozen=True)
class RoleLoad:
    """How loaded a role is.

    Attributes:
        title: of the role.
        heads: positions.
        load: work that is asked for as a share of the time that there is.
    """

    title: str
    heads: int
    load: float

    @property
    def tone(self) -> str:
        """'over', 'idle' or 'fine'."""
        return "over" if self.load > BUSY else "idle" if self.load < IDLE else "fine"


@dataclass(frozen=True)
class Expected:
    """What a structure lets expect; money is a year's unless it says otherwise.

    Attributes:
        name: of the structure.
        title: of it in sentences.
        roles: who sells and serves.
        revenue: in the time that people have.
        margin: gross margin of it after what channels take.
        costs: of people, channels and budget lines.
        break_even: revenue a month at which the margin carries the costs; infinite where it never does.
        plan: share of the plan that is reached; NaN without a plan.
        payroll: of the costs.
    """

    name: str
    title: str
    roles: tuple[RoleLoad, ...]
    revenue: float
    margin: float
    costs: float
    break_even: float
    plan: float
    payroll: float

    @property
    def profit(self) -> float:
        """Margin less costs."""
        return self.margin - self.costs


def expected(scenario: Scenario) -> list[Expected]:
    """What each structure lets expect."""
    titles = structure_titles(scenario)
    return [_of(scenario, name, titles[name]) for name in scenario.structures]


def _of(scenario: Scenario, name: str, title: str) -> Expected:
    structure = scenario.structures[name]
    flows = workload(scenario, name)
    made = output(flows)
    share = made.margin / flows.margin if flows.margin > 0 else 0.0
    revenue = YEAR * flows.revenue * min(max(share, 0.0), 1.0)
    margin = YEAR * made.margin
    accounts = expected_accounts(scenario, name, flows)
    payroll = sum(accounts.get(each, 0.0) for each in PAY)
    heads = sum(role.headcount for role in structure.roles.values() if not role.outsourced)
    costs = sum(accounts.values()) + sum(_yearly(line, scenario, flows, heads) for line in _lines(scenario))
    a_unit = margin / revenue if revenue > 0 else 0.0
    names = role_titles(structure)
    roles = tuple(
        RoleLoad(names[role], spec.headcount, flows.pressure(role))
        for role, spec in structure.roles.items()
        if is_counted(spec) and spec.headcount and role in flows.roles
    )
    return Expected(
        name=name,
        title=title,
        roles=roles,
        revenue=revenue,
        margin=margin,
        costs=costs,
        break_even=costs / YEAR / a_unit if a_unit > 0 else math.inf,
        plan=_reached(scenario, revenue, margin, costs, YEAR * flows.deals * min(max(share, 0.0), 1.0)),
        payroll=payroll,
    )


def _reached(scenario: Scenario, revenue: float, margin: float, costs: float, deals: float) -> float:
    plan = scenario.plan
    if plan is None or plan.target <= 0:
        return math.nan
    year = {"revenue": revenue, "profit": margin - costs, "deals": deals}
    return year[plan.measure] / plan.target


def _lines(scenario: Scenario) -> Sequence[BudgetLine]:
    budget = scenario.budget
    tables = (budget.capital, budget.direct, budget.indirect, budget.other)
    return [line for table in tables for line in table.lines if not line.planned_only]


def _yearly(line: BudgetLine, scenario: Scenario, flows: Workload, heads: int) -> float:
    """What a line costs a year; what is bought once is spread over the months of its depreciation."""
    amount = line.price * line.quantity
    if line.per == "seat":
        amount *= heads
    elif line.per == "lead":
        return YEAR * amount * sum(flow.leads for flow in flows.channels.values())
    elif line.per == "deal":
        return YEAR * amount * flows.deals
    elif line.per == "hire":
        return amount * sum(newcomers_a_year(scenario, flows.structure).values())
    if line.when == "once":
        return amount * min(1.0, YEAR / scenario.budget.depreciation_months)
    return YEAR * amount


def warnings(scenario: Scenario) -> list[SenseWarning]:
    """What `validate` would say of the scenario."""
    return sense(scenario)
