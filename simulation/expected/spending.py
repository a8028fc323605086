"""What a year is expected to spend on the accounts that the scenario makes by itself, in closed form."""

from __future__ import annotations

from simulation.expected.dated import workload
from simulation.expected.office_time import office_time
from simulation.expected.payroll import budgeted_pay, positions
from simulation.expected.result import Workload
from simulation.expected.staff import opened
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import recruiting_of, turnover_per_year
from simulation.scenario.timeline import timeline
from simulation.written.readers import YEAR


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
    """What the closed form expects on the accounts that the scenario makes by itself, money a year.

    The mean year of the horizon, with all that changes in it.
    """
    flows = flows if flows is not None else workload(scenario, structure)
    pay = budgeted_pay(scenario, structure, flows)
    spec = scenario.structures[structure]
    people = scenario.people
    newcomers = newcomers_a_year(scenario, structure)
    whole = sum(part.end - part.begin for part in flows.parts)
    channels = licences = 0.0
    for part in flows.parts:
        share = (part.end - part.begin) / whole
        for name, channel in part.scenario.market.channels.items():
            if channel.active:
                flow = part.flows.channels[name]
                monthly = channel.cost.fixed_per_month + channel.cost.per_lead * flow.leads
                channels += share * 12 * (monthly + channel.cost.per_attempt * flow.attempts)
        roles = part.scenario.structures[structure].roles.values()
        heads = sum(role.headcount for role in roles if not role.outsourced)
        for change in timeline(scenario, structure).changes:
            if change.crm is not None:
                after = max(0.0, part.end - max(part.begin, change.at))
                licences += 12 * heads * change.crm.licence * after / whole
    return {
        "base_pay": sum(each.base for each in pay.values()),
        "commission": sum(each.commission for each in pay.values()),
        "bonus": sum(each.bonus for each in pay.values()),
        "vacation_pay": sum(each.vacation_pay for each in pay.values()),
        "contributions": sum(each.contributions for each in pay.values()),
        "recruiting": sum(number * recruiting_of(people, spec.roles[name]).cost for name, number in newcomers.items()),
        "training": sum(number * people.onboarding.cost for number in newcomers.values()),
        "crm": licences,
        "channel_cost": channels,
    }


def newcomers_a_year(scenario: Scenario, structure: str) -> dict[str, float]:
    """People hired a year by role: for those who leave, and for positions that are opened within the horizon."""
    roles, time = scenario.structures[structure].roles, office_time(scenario)
    heads = positions(scenario, structure)
    found = {name: heads[name] * turnover_per_year(scenario.people, role) for name, role in roles.items()}
    for at, name, count in hires(scenario, structure):
        if time.begin <= at < time.end:
            found[name] += count * YEAR / (time.end - time.begin)
    return found


def hires(scenario: Scenario, structure: str) -> list[tuple[float, str, int]]:
    """Newcomers to positions that are opened: hours since the start of the run (mean of the search), role, how many."""
    roles = scenario.structures[structure].roles
    return [
        (at + recruiting_of(scenario.people, roles[name]).time.mean, name, count)
        for at, name, count in opened(scenario, structure)
    ]
