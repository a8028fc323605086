"""Budgeted payroll: a structure's people for a year with every position filled and the plan just met.

Positions, pay and terms are those of each date: all is the mean year of the horizon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.expected.dated import spans, workload
from simulation.expected.office_time import office_time
from simulation.expected.result import Workload
from simulation.scenario.money import ContributionLaw
from simulation.scenario.pay import Commission
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import Positions
from simulation.scenario.shifts import positions as terms_of
from simulation.scenario.structures import Role
from simulation.scenario.timeline import timeline

PAYROLL_TOLERANCE = 0.03
"""Budgeted payrolls (full staffing, everybody on target) that differ by more are told: else one structure may
win because more is spent on its people, and not by how it is built."""

Terms = Sequence[tuple[float, Scenario, Workload | None]]
"""Parts of the horizon: share of its time, the scenario in force, flows where anything is paid on them."""


@dataclass(frozen=True)
class RolePay:
    """Pay of one role a year, money: base, commission, bonus and vacation pay on target, fees, contributions.

    `positions` is the mean number of positions over the horizon, `factor` what attainment makes of the commission
    before cap and draw, as the role first has positions.
    """

    positions: float = 0.0
    base: float = 0.0
    commission: float = 0.0
    bonus: float = 0.0
    vacation_pay: float = 0.0
    per_lead: float = 0.0
    contributions: float = 0.0
    factor: float = 1.0

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
    missed. A quota of each person is held against what he sells then: all sell alike, evenly over the year, and
    nobody is new. What is taken back of leaving customers is left out. Fees for leads are another firm's invoice and
    carry no contributions. Flows are asked for only where something is paid on them.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        flows: its workload, where it is known already.
    """
    dated = list(_shares(scenario, structure))
    names = scenario.structures[structure].roles
    terms: Terms = [(share, now, None) for share, now in dated]
    factor = 1.0
    if any(_moves(now.structures[structure].roles[name]) for _, now in dated for name in names):
        flows = flows if flows is not None else workload(scenario, structure)
        whole = sum(part.end - part.begin for part in flows.parts)
        terms = [((part.end - part.begin) / whole, part.scenario, part.flows) for part in flows.parts]
        factor = _to_plan(scenario, structure, flows, terms)
    return {name: _pay(scenario, structure, name, terms, factor) for name in names}


def budgeted_payroll(scenario: Scenario, structure: str, flows: Workload | None = None) -> float:
    """Payroll of a year at full staffing and on target, with contributions, money; see ``budgeted_pay``."""
    return sum(pay.total for pay in budgeted_pay(scenario, structure, flows).values())


def positions(scenario: Scenario, structure: str) -> dict[str, float]:
    """Mean positions of each role over the horizon."""
    dated = list(_shares(scenario, structure))
    return {
        name: sum(share * now.structures[structure].roles[name].headcount for share, now in dated)
        for name in scenario.structures[structure].roles
    }


def _shares(scenario: Scenario, structure: str) -> Iterator[tuple[float, Scenario]]:
    """Parts of the horizon: share of its time, the scenario in force."""
    time = office_time(scenario)
    for begin, end, now in spans(timeline(scenario, structure), time.begin, time.end):
        if begin >= time.begin:
            yield (end - begin) / (time.end - time.begin), now


def _moves(role: Role) -> bool:
    """Whether the role's pay moves with what is sold."""
    return bool(role.pay.commission.share or role.pay.per_lead)


def _pay(scenario: Scenario, structure: str, name: str, terms: Terms, factor: float) -> RolePay:
    """Contributions are those of people who sit in one position each and share what is paid on sales by their time."""
    heads = base = commission = fees = bonus = vacation = 0.0
    first: float | None = None
    planned = scenario.plan is not None
    for share, now, flows in terms:
        role = now.structures[structure].roles[name]
        heads += share * role.headcount
        seats = seats_of(now, structure, name)
        base += share * 12 * base_of_all(role, seats)
        sold = 0.0
        if flows is not None:
            month, judged = _commission(role, name, flows, planned, factor)
            sold = share * 12 * month
            first = judged if first is None and role.headcount else first
            fees += share * 12 * factor * role.pay.per_lead * flows.passed.get(name, 0.0)
        paid = planned and role.pay.bonus.attainment <= 1
        extra = (
            share * BONUSES_A_YEAR[role.pay.bonus.every] * role.pay.bonus.amount * _full(role, seats) if paid else 0.0
        )
        commission, bonus = commission + sold, bonus + extra
        vacation += vacation_share(now, role) * (sold + extra)
    contributions = _contributions(
        scenario.budget.law,
        [
            (share, [each.base_of(role.pay.base) for each in seats_of(now, structure, name).up_to(role.headcount)])
            for share, now, _ in terms
            for role in (now.structures[structure].roles[name],)
        ],
        commission + bonus + vacation,
    )
    return RolePay(heads, base, commission, bonus, vacation, fees, contributions, 1.0 if first is None else first)


def seats_of(scenario: Scenario, structure: str, name: str) -> Positions:
    """What holds for the positions of a role."""
    return terms_of(scenario.calendar, scenario.structures[structure], name)


def base_of_all(role: Role, seats: Positions) -> float:
    """Base pay of a role's positions a month."""
    if seats.alike:
        return role.pay.base * role.headcount
    return sum(each.base_of(role.pay.base) for each in seats.up_to(role.headcount))


def _full(role: Role, seats: Positions) -> float:
    """Positions by their share of the fullest week."""
    return role.headcount if seats.alike else sum(each.share for each in seats.up_to(role.headcount))


def _contributions(law: ContributionLaw, roles: Sequence[tuple[float, Sequence[float]]], besides: float) -> float:
    """Contributions of a year on base pay and what is paid besides; a position opened later has a part of the year.

    Args:
        law: the employer's contributions.
        roles: share of the year, and base pay of each position in it, a month.
        besides: what else is paid to all of them in a year.
    """
    most = max(len(pay) for _, pay in roles)
    there = [sum(share for share, pay in roles if len(pay) > seat) for seat in range(most)]
    if not there:
        return law.of_year(besides)
    whole = sum(there)
    total = 0.0
    for seat, time in enumerate(there):
        base = sum(share * 12 * pay[seat] for share, pay in roles if len(pay) > seat)
        total += law.of_year(base + besides * time / whole)
    return total


BONUSES_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
OUT_OF_REACH = 1e6
"""A plan so many times what the flows bring is nobody's target: pay is that of the flows then."""
MOST_PASSES = 200
"""A plan in profit is sought so often where commission does not go in proportion to sales."""
DAYS_OF_A_MONTH = 29.3
"""Mean days of a month that average earnings are divided by (Government of Russia, decree 922 of 2007)."""


def vacation_share(scenario: Scenario, role: Role) -> float:
    """What vacation pay adds to commission and bonus: days of vacation a year at their average a day."""
    if role.pay.vacation == "base":
        return 0.0
    return scenario.people.absence.vacation_days / (12 * DAYS_OF_A_MONTH)


def _commission(role: Role, name: str, flows: Workload, planned: bool, scale: float) -> tuple[float, float]:
    """Commission of a role a month on the flows so many times, and the factor of its attainment on it.

    On plan, or on what each sells of the quota; with cap and draw.
    """
    terms, heads = role.pay.commission, role.headcount
    if terms.share == 0:
        return 0.0, 1.0
    sold, reached = _counted(terms, flows, name), 1.0
    if terms.attainment_of == "person":
        assert terms.quota is not None
        reached = round(scale * sold / (terms.quota * heads), 9) if heads else 1.0  # a plan of all quotas reaches them
    factor = float(terms.factor(np.array([reached]))[0]) if planned or terms.attainment_of == "person" else 1.0
    earned = terms.share * sold * factor * scale
    if terms.cap is not None:
        earned = min(earned, terms.cap * heads)
    return max(earned, terms.draw * heads), factor


def _counted(terms: Commission, flows: Workload, name: str) -> float:
    """Money a month of what the share is of, for all people of a role: first deals, orders as long as they count."""
    if name not in flows.paid_on:
        return 0.0
    amounts = flows.paid_on[name][terms.of]
    orders = amounts["orders"] if terms.repeat_months is None else min(amounts["orders"], amounts["young"])
    of = {"deals": amounts["deals"], "orders": orders}
    return sum(max(0.0, of[kind]) for kind in (("deals", "orders") if terms.on == "both" else (terms.on,)))


def _bends(terms: Commission) -> bool:
    """Whether twice the sales bring something else than twice the commission."""
    return terms.share > 0 and (terms.cap is not None or terms.draw > 0 or terms.attainment_of == "person")


def _to_plan(scenario: Scenario, structure: str, flows: Workload, terms: Terms) -> float:
    """By how much the flows must be scaled for the year's plan to be just met; 1 without one in reach."""
    plan = scenario.plan
    if plan is None:
        return 1.0
    fixed = 0.0
    if plan.measure == "deals":
        made = 12 * flows.deals
    elif plan.measure == "revenue":
        made = 12 * flows.revenue
    else:
        roles = scenario.structures[structure].roles
        pay = {name: _pay(scenario, structure, name, terms, 1.0) for name in roles}
        variable = sum(share * _variable(now, part) for share, now, part in terms if part is not None)
        made = 12 * (flows.margin - flows.given_away - variable)
        rate = scenario.budget.contribution_rate

        def moving(pay: dict[str, RolePay]) -> dict[str, float]:
            """What goes with sales: commission, and what vacation pay adds to it."""
            return {name: each.commission * (1 + vacation_share(scenario, roles[name])) for name, each in pay.items()}

        moves = moving(pay)
        fixed = _fixed(scenario, structure, terms)
        fixed += sum(each.own + each.contributions - moves[name] * (1 + rate) for name, each in pay.items())
        if any(_bends(now.structures[structure].roles[name].pay.commission) for _, now, _ in terms for name in roles):
            made -= sum(each.per_lead for each in pay.values())
            factor = paid = 0.0
            for _ in range(MOST_PASSES):  # commission rises with what is sold: so does the factor, up to the one sought
                before, factor = factor, (plan.target + fixed + paid) / made if made > 0 else OUT_OF_REACH
                if factor >= OUT_OF_REACH or factor <= 0:
                    return 1.0
                if abs(factor - before) <= 1e-12 * factor:
                    break
                again = {name: _pay(scenario, structure, name, terms, factor) for name in roles}
                paid = (1 + rate) * sum(moving(again).values())
            return factor
        made -= sum(moves[name] * (1 + rate) + each.per_lead for name, each in pay.items())
    asked = plan.target + fixed
    return asked / made if made > max(0.0, asked / OUT_OF_REACH) else 1.0


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


def _fixed(scenario: Scenario, structure: str, terms: Terms) -> float:
    """Fixed costs of a year besides pay: channels, material, budget lines; capital by its depreciation."""
    budget, cost = scenario.budget, scenario.market.material.cost
    seats, most = 0.0, 0
    for share, now, _ in terms:
        market, spec = now.market, now.structures[structure]
        active = (c for c in market.channels.values() if c.active)
        cost += share * 12 * (sum(c.cost.fixed_per_month for c in active) + market.material.cost_per_month)
        cost += share * (12 * spec.loyalty.cost_per_month if spec.loyalty else 0.0)
        heads = sum(role.headcount for role in spec.roles.values() if not role.outsourced)
        seats, most = seats + share * heads, max(most, heads)
    for table in (budget.capital, budget.direct, budget.indirect, budget.other):
        for line in table.lines:
            if line.planned_only or line.per in ("lead", "deal", "hire"):
                continue
            monthly = line.when == "monthly" and table is not budget.capital
            amount = line.price * line.quantity * ((seats if monthly else most) if line.per == "seat" else 1)
            if table is budget.capital:
                amount *= min(1.0, 12 / budget.depreciation_months)
            elif line.when == "monthly":
                amount *= 12
            cost += amount
    return cost
