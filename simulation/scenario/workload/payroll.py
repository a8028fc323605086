"""Budgeted payroll: a structure's people for a year with every position filled and the plan just met."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Commission, Role, Structure
from simulation.scenario.workload.flows import workload
from simulation.scenario.workload.result import Workload


@dataclass(frozen=True)
class RolePay:
    """Pay of one role a year, money: base, commission, bonus and vacation pay on target, fees, contributions."""

    base: float = 0.0
    commission: float = 0.0
    bonus: float = 0.0
    vacation_pay: float = 0.0
    per_lead: float = 0.0
    contributions: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.own + self.per_lead + self.contributions

    @property
    def own(self) -> float:
        """What the own people get."""
        return self.base + self.commission + self.bonus + self.vacation_pay


def budgeted_pay(scenario: Scenario, structure: str, flows: Workload | None = None) -> dict[str, RolePay]:
    """Pay of each role a year at full staffing and on target.

    Commission follows the flows of the closed form, scaled to the plan where there is one: deals, revenue or
    profit of the year are then just what was planned, so nothing is accelerated, and a threshold above 1 is
    missed. Fees for leads are another firm's invoice and carry no contributions.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        flows: its workload, where it is known already.
    """
    spec = scenario.structures[structure]
    flows = flows if flows is not None else workload(scenario, structure)
    unscaled = {name: _pay(scenario, role, name, flows, 1.0) for name, role in spec.roles.items()}
    factor = _to_plan(scenario, spec, flows, unscaled)
    return {name: _pay(scenario, role, name, flows, factor) for name, role in spec.roles.items()}


def budgeted_payroll(scenario: Scenario, structure: str, flows: Workload | None = None) -> float:
    """Payroll of a year at full staffing and on target, with contributions, money; see ``budgeted_pay``."""
    return sum(pay.total for pay in budgeted_pay(scenario, structure, flows).values())


def _pay(scenario: Scenario, role: Role, name: str, flows: Workload, factor: float) -> RolePay:
    """Contributions are those of people who are there the whole year and share the role's pay evenly."""
    base = 12 * role.pay.base * role.headcount
    planned = scenario.plan is not None
    missed = planned and role.pay.commission.threshold > 1
    commission = 0.0 if missed else 12 * factor * _commission(role.pay.commission, name, flows)
    fees = 12 * factor * role.pay.per_lead * flows.passed.get(name, 0.0)
    terms = role.pay.bonus
    paid = planned and terms.attainment <= 1
    bonus = BONUSES_A_YEAR[terms.every] * terms.amount * role.headcount if paid else 0.0
    vacation = vacation_share(scenario, role) * (commission + bonus)
    own = base + commission + bonus + vacation
    people = max(role.headcount, 1)
    contributions = people * scenario.budget.law.of_year(own / people)
    return RolePay(base, commission, bonus, vacation, fees, contributions)


BONUSES_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
DAYS_OF_A_MONTH = 29.3
"""Mean days of a month that average earnings are divided by (Government of Russia, decree 922 of 2007)."""


def vacation_share(scenario: Scenario, role: Role) -> float:
    """What vacation pay adds to commission and bonus: days of vacation a year at their average a day."""
    if role.pay.vacation == "base":
        return 0.0
    return scenario.people.absence.vacation_days / (12 * DAYS_OF_A_MONTH)


def _commission(terms: Commission, name: str, flows: Workload) -> float:
    """Commission of a role a month on the flows."""
    if terms.share == 0 or name not in flows.paid_on:
        return 0.0
    amounts = flows.paid_on[name][terms.of]
    kinds = ("deals", "orders") if terms.on == "both" else (terms.on,)
    return terms.share * sum(max(0.0, amounts[kind]) for kind in kinds)


def _to_plan(scenario: Scenario, structure: Structure, flows: Workload, pay: dict[str, RolePay]) -> float:
    """By how much the flows must be scaled for the year's plan to be just met; 1 without a plan."""
    plan = scenario.plan
    if plan is None:
        return 1.0
    fixed = 0.0
    if plan.measure == "deals":
        made = 12 * flows.deals
    elif plan.measure == "revenue":
        made = 12 * flows.revenue
    else:
        made = 12 * (flows.margin - flows.given_away - _variable(scenario, flows))
        rate = scenario.budget.contribution_rate
        moving = {
            name: each.commission * (1 + vacation_share(scenario, structure.roles[name])) for name, each in pay.items()
        }
        made -= sum(moving[name] * (1 + rate) + each.per_lead for name, each in pay.items())
        fixed = _fixed(scenario, structure)
        fixed += sum(each.own + each.contributions - moving[name] * (1 + rate) for name, each in pay.items())
    return (plan.target + fixed) / made if made > 0 else 1.0


def _variable(scenario: Scenario, flows: Workload) -> float:
    """Cost of leads, attempts and deals a month."""
    cost = 0.0
    for name, flow in flows.channels.items():
        spec = scenario.market.channels[name].cost
        cost += spec.per_lead * flow.leads + spec.per_attempt * flow.attempts
    budget = scenario.budget
    leads = sum(flow.leads for flow in flows.channels.values())
    for table in (budget.direct, budget.indirect, budget.other):
        for line in table.lines:
            if line.per in ("lead", "deal") and not line.planned_only:
                cost += line.price * line.quantity * (leads if line.per == "lead" else flows.deals)
    return cost


def _fixed(scenario: Scenario, structure: Structure) -> float:
    """Fixed costs of a year besides pay: channels, material, budget lines; capital by its depreciation."""
    market, budget = scenario.market, scenario.budget
    active = (c for c in market.channels.values() if c.active)
    cost = 12 * (sum(channel.cost.fixed_per_month for channel in active) + market.material.cost_per_month)
    cost += market.material.cost + (12 * structure.loyalty.cost_per_month if structure.loyalty else 0.0)
    seats = sum(role.headcount for role in structure.roles.values() if not role.outsourced)
    for table in (budget.capital, budget.direct, budget.indirect, budget.other):
        for line in table.lines:
            if line.planned_only or line.per in ("lead", "deal", "hire"):
                continue
            amount = line.price * line.quantity * (seats if line.per == "seat" else 1)
            if table is budget.capital:
                amount *= min(1.0, 12 / budget.depreciation_months)
            elif line.when == "monthly":
                amount *= 12
            cost += amount
    return cost
