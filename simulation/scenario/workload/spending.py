"""What a year is expected to spend on the accounts that the scenario makes by itself, in closed form."""

from __future__ import annotations

from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, recruiting_of, turnover_per_year
from simulation.scenario.workload.flows import workload
from simulation.scenario.workload.payroll import budgeted_pay
from simulation.scenario.workload.result import Workload


def forgotten(scenario: Scenario, structure: str, flows: Workload | None = None) -> dict[str, float]:
    """What no line of the budget plans and the closed form expects to be spent in a year, money by account.

    Contributions, commission, bonus and vacation pay on target at full staffing; recruiting and training of those who
    replace leavers; the licence of a CRM; fixed cost and cost per lead of the channels. Empty for a scenario that has
    no budget lines at all: nothing was forgotten where nothing was planned.
    """
    budget = scenario.budget
    lines = [line for table in ("direct", "indirect", "other", "capital") for line in getattr(budget, table).lines]
    if not lines:
        return {}
    covered = {line.covers for line in lines} | {"base_pay"}  # the roles themselves plan it
    expected = expected_accounts(scenario, structure, flows)
    return {name: amount for name, amount in expected.items() if amount > 0 and name not in covered}


def expected_accounts(scenario: Scenario, structure: str, flows: Workload | None = None) -> dict[str, float]:
    """What the closed form expects on the accounts that the scenario makes by itself, money a year."""
    flows = flows if flows is not None else workload(scenario, structure)
    pay = budgeted_pay(scenario, structure, flows)
    spec = scenario.structures[structure]
    people = scenario.people
    newcomers = {name: newcomers_a_year(scenario, role) for name, role in spec.roles.items()}
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


def newcomers_a_year(scenario: Scenario, role: Role) -> float:
    """People hired a year for those who leave."""
    return role.headcount * turnover_per_year(scenario.people, role)
