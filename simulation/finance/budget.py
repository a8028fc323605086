"""What the budget plans to spend, line by line and month by month, without simulating anything.

The lines of the four tables, and the accounts that the rest of the scenario makes: pay, recruiting, advertising. What a
line covers (`covers`, `payroll`) is planned by it; an account that no line covers is planned at nothing, and the owner
is told what the closed form expects there (`forgotten`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.finance.lines import TABLES
from simulation.finance.spans import first_day, hours_of, share_of_months
from simulation.scenario.calendar import add_months
from simulation.scenario.money import BudgetLine
from simulation.scenario.readers import MONTH
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, recruiting_of, turnover_per_year
from simulation.scenario.workload import Workload, budgeted_pay, workload

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

    Lines by position take the positions of the start; lines by lead, deal and newcomer what the closed form expects.

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


def forgotten(scenario: Scenario, structure: str, flows: Workload | None = None) -> dict[str, float]:
    """What no line of the budget plans and the closed form expects to be spent in a year, money by account.

    Contributions, commission, bonus and vacation pay on target at full staffing; recruiting and training of those who
    replace leavers; the licence of a CRM; fixed cost and cost per lead of the channels. Empty for a scenario that has
    no budget lines at all: nothing was forgotten where nothing was planned.
    """
    budget = scenario.budget
    lines = [line for table in (*TABLES, "capital") for line in getattr(budget, table).lines]
    if not lines:
        return {}
    covered = {line.covers for line in lines} | ({"base_pay"} if any(line.payroll for line in lines) else set())
    expected = expected_accounts(scenario, structure, flows)
    return {name: amount for name, amount in expected.items() if amount > 0 and name not in covered}


def expected_accounts(scenario: Scenario, structure: str, flows: Workload | None = None) -> dict[str, float]:
    """What the closed form expects on the accounts that the scenario makes by itself, money a year."""
    flows = flows if flows is not None else workload(scenario, structure)
    pay = budgeted_pay(scenario, structure, flows)
    spec = scenario.structures[structure]
    people = scenario.people
    newcomers = {name: _newcomers(scenario, role) for name, role in spec.roles.items()}
    licences = [
        change.crm.licence
        for of in (*scenario.interventions, *spec.interventions)
        for change in (of, *of.changes)
        if change.crm is not None
    ]
    heads = sum(role.headcount for role in spec.roles.values() if not role.outsourced)
    channels = 0.0
    for name, channel in scenario.market.channels.items():
        if channel.active:
            flow = flows.channels[name]
            monthly = channel.cost.fixed_per_month + channel.cost.per_lead * flow.leads
            channels += 12 * (monthly + channel.cost.per_attempt * flow.attempts)
    return {
        "base_pay": sum(each.base for each in pay.values()),
        "commission": sum(each.commission for each in pay.values()),
        "bonus": sum(each.bonus for each in pay.values()),
        "vacation_pay": sum(each.vacation_pay for each in pay.values()),
        "contributions": sum(each.contributions for each in pay.values()),
        "recruiting": sum(number * recruiting_of(people, spec.roles[name]).cost for name, number in newcomers.items()),
        "training": sum(number * people.onboarding.cost for number in newcomers.values()),
        "crm": 12 * heads * max(licences, default=0.0),
        "channel_cost": channels,
    }


def month_edges(scenario: Scenario) -> Floats:
    """Edges of the counted months, hours since the start of the simulation, shape (months + 1,)."""
    begin, experiment = first_day(scenario), scenario.experiment
    days = [(add_months(experiment.start, n) - begin).days for n in range(experiment.months + 1)]
    return 24.0 * np.array(days, dtype=np.float64)


def _newcomers(scenario: Scenario, role: Role) -> float:
    """People hired a year for those who leave."""
    return role.headcount * turnover_per_year(scenario.people, role)


def _by_month(scenario: Scenario, structure: str, line: BudgetLine, flows: Workload, edges: Floats) -> Floats:
    start = first_day(scenario)
    since, until = hours_of(line.start, start, edges[0]), hours_of(line.until, start, np.inf)
    price = line.price * line.quantity
    roles = scenario.structures[structure].roles.values()
    share = share_of_months(edges, since, until)
    months = np.diff(edges) / MONTH
    match line.per:
        case "lead":
            return price * sum(flow.leads for flow in flows.channels.values()) * share * months
        case "deal":
            return price * flows.deals * share * months
        case "hire":
            return price * sum(_newcomers(scenario, role) for role in roles) / 12 * share * months
        case "seat":
            price *= sum(role.headcount for role in roles if not role.outsourced)
    if line.when == "monthly":
        return price * share
    month = int(np.searchsorted(edges, since, side="right")) - 1
    once = np.zeros(len(edges) - 1)
    if 0 <= month < len(once) and since < until:
        once[month] = price
    return once
