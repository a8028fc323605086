"""The plan from the bottom up, in closed form: what a target takes, step by step, and whether it can be had.

Target -> orders that the base brings anyhow -> first deals -> stages -> qualified leads -> first contacts -> leads ->
attempts -> hours -> people per role -> payroll -> is it inside the budget. Nobody waits for a free person in it and
nothing varies: an optimistic plan, which the simulation then meets or not. A year is the mean year of the horizon with
all that changes in it: hires, ramps, pay, terms.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.expected import ChannelFlow, Workload, budgeted_pay, months_to_proficiency, workload
from simulation.expected.spending import expected_accounts
from simulation.finance.budget import planned_lines
from simulation.mechanisms.tenure_law import staffed_share, stay
from simulation.scenario.channels import Outbound
from simulation.scenario.money import Plan
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import onboarding_of, recruiting_of, tenures_of, turnover_per_year
from simulation.texts import Digits, Percent, Phrase, say
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]
YEAR = 12.0
RAMP_STEPS = 64
"""Points at which those who are still there on their ramp are counted."""
STAGE = "stage."
"""What the key of a stage's step begins with."""


@dataclass(frozen=True)
class Step:
    """One step of the funnel.

    Attributes:
        key: 'deals', 'qualified', 'answered', 'leads', 'found', 'attempts', 'orders', 'meetings', 'inside', or
            'stage.' and the name of a stage.
        needed: a year.
        present: what the people and the market that are there make of it a year.
    """

    key: str
    needed: float
    present: float


@dataclass(frozen=True)
class RoleNeed:
    """People that a role needs.

    Attributes:
        role: its name.
        hours: effective hours of work a month at the mean pace of the people who are there over the horizon.
        a_person: effective hours that a filled position has a month.
        effective: share of a position that the search for people for new ones, and turnover, leave: filled, trained and
            ramped.
        needed: positions, not rounded.
        present: positions, mean over the horizon.
        share: the role's part of the target: of what it closes and serves.
    """

    role: str
    hours: float
    a_person: float
    effective: float
    needed: float
    present: float
    share: float

    @property
    def short(self) -> bool:
        """Whether more positions are needed than there are."""
        return self.needed > self.present + 1e-6

    @property
    def heads(self) -> float:
        """Positions that are enough, whole ones; as many as there are where nobody knows."""
        if not math.isfinite(self.needed):
            return self.present
        whole = float(math.ceil(self.needed - 1e-6))
        return whole if self.short else min(whole, self.present)


@dataclass(frozen=True)
class BottomUp:
    """What a target takes.

    Attributes:
        structure: its name.
        plan: the plan.
        reachable: what the present people and market make a year, in the unit of the plan.
        brought: what the customers of the first day and distributors bring of it a year.
        steps: the funnel from the target down, a year.
        roles: people by role.
        payroll: payroll of the people needed a year, money.
        payroll_budget: payroll that the budget plans a year (lines that cover pay and contributions; without any, the
            full staffing of the roles), money.
        shortages: what is short, in phrases; empty where the plan can be met.
    """

    structure: str
    plan: Plan
    reachable: float
    brought: float
    steps: tuple[Step, ...]
    roles: tuple[RoleNeed, ...]
    payroll: float
    payroll_budget: float
    shortages: tuple[Phrase, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing is short."""
        return not self.shortages


def bottom_up(scenario: Scenario, structure: str, plan: Plan) -> BottomUp:
    """What a plan takes under a structure.

    Orders of the customers who are there on the first day and of distributors come anyhow; first deals, and the orders
    of those they win, make the rest. A plan in profit is one in margin after what grows with sales, with fixed costs
    and pay on top. What the inbound channels cannot bring has to be found by prospecting.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        plan: target and measure.

    Raises:
        KeyError: there is no such structure.
    """
    flows = workload(scenario, structure)
    alone = workload(_without_customers(scenario), structure)
    unit = _of_a_deal(plan, alone)
    brought = _brought(plan, flows, alone, unit)
    fixed = _fixed(scenario, structure, flows) if plan.measure == "profit" else 0.0
    deals = max(0.0, (plan.target + fixed - brought) / unit) if unit > 0 else math.inf
    present = YEAR * flows.deals
    reachable = brought + unit * present - fixed
    steps = _steps(scenario, flows, alone, deals)
    roles = _roles(scenario, structure, flows, steps)
    payroll = _payroll(scenario, structure, flows, roles, deals / present if present > 0 else 0.0)
    budget = _payroll_budget(scenario, structure, flows)
    found = BottomUp(structure, plan, reachable, brought, steps, roles, payroll, budget, ())
    return replace(found, shortages=tuple(_shortages(scenario, structure, flows, found)))


def _without_customers(scenario: Scenario) -> Scenario:
    """The scenario without the customers of the first day."""
    initial = scenario.market.initial.model_copy(update={"customers": 0})
    return scenario.model_copy(update={"market": scenario.market.model_copy(update={"initial": initial})})


def _of_a_deal(plan: Plan, alone: Workload) -> float:
    """What one first deal brings towards the target with the orders that follow within the year."""
    if plan.measure == "deals":
        return 1.0
    if alone.deals <= 0:
        return 0.0
    if plan.measure == "revenue":
        return (alone.new_revenue + alone.order_revenue) / alone.deals
    return (alone.new_margin + alone.order_margin - alone.given_away) / alone.deals


def _brought(plan: Plan, flows: Workload, alone: Workload, unit: float) -> float:
    """What comes without a first deal a year: orders of the customers of the first day, distributors' orders."""
    match plan.measure:
        case "deals":
            return 0.0
        case "revenue":
            whole = flows.new_revenue + flows.order_revenue + flows.distributor_revenue
        case "profit":
            whole = flows.margin - flows.given_away
    return YEAR * max(0.0, whole - unit * flows.deals)


def _fixed(scenario: Scenario, structure: str, flows: Workload) -> float:
    """Costs of a year that a profit has to carry: all pay, the accounts of the scenario, budget lines, depreciation."""
    spent = sum(expected_accounts(scenario, structure, flows).values())
    for line in planned_lines(scenario, structure, flows):
        if line.account is None:
            months = len(line.by_month)
            spent += line.total * (YEAR / months)
            if line.table == "capital":
                spent -= line.total * (YEAR / months) - line.total * min(
                    1.0, YEAR / scenario.budget.depreciation_months
                )
    return spent


def _steps(scenario: Scenario, flows: Workload, alone: Workload, deals: float) -> tuple[Step, ...]:
    """The funnel: inbound leads as they come, the rest found by prospecting."""
    channels = scenario.market.channels
    inbound = {name: flow for name, flow in flows.channels.items() if not isinstance(channels[name], Outbound)}
    found = {
        name: flow for name, flow in flows.channels.items() if isinstance(channels[name], Outbound) and flow.deals > 0
    }
    from_inbound = YEAR * sum(flow.deals for flow in inbound.values())
    missing = max(0.0, deals - from_inbound)
    present_found = YEAR * sum(flow.deals for flow in found.values())
    scale = missing / present_found if present_found > 0 else 0.0
    # where fewer deals are needed than come, a part of the inbound leads is enough
    share = 1.0 if deals >= from_inbound or from_inbound <= 0 else deals / from_inbound

    def both(value: str) -> tuple[float, float]:
        own = YEAR * sum(getattr(flow, value) for flow in inbound.values())
        cold = YEAR * sum(getattr(flow, value) for flow in found.values())
        return own * share + cold * scale, own + cold

    steps = [Step("deals", deals, YEAR * flows.deals)]
    all_deals = YEAR * flows.deals
    for stage, reach in reversed(list(zip(scenario.market.sale, flows.reach, strict=True))):
        worked = YEAR * float(reach)
        steps.append(Step(f"{STAGE}{stage.name}", worked / all_deals * deals if all_deals else 0.0, worked))
    steps += [Step(key, *both(key)) for key in ("qualified", "answered", "leads")]
    steps.append(Step("found", YEAR * scale * _sum(found, "leads"), YEAR * _sum(found, "leads")))
    steps.append(Step("attempts", YEAR * scale * _sum(found, "attempts"), YEAR * _sum(found, "attempts")))
    after = (alone.orders + alone.upsells) / alone.deals if alone.deals > 0 else 0.0  # of the customers won
    orders = YEAR * (flows.orders + flows.upsells)
    steps.append(Step("orders", max(0.0, orders + after * (deals - all_deals)), orders))
    with_clients = YEAR * sum(
        stage.meetings * float(reach) for stage, reach in zip(scenario.market.sale, flows.reach, strict=True)
    )
    if with_clients:
        needed = with_clients / all_deals * deals if all_deals else 0.0
        steps.append(Step("meetings", needed, with_clients))
    inside = YEAR * sum(load.pieces.get("meet", 0.0) for load in flows.roles.values())
    if inside:
        steps.append(Step("inside", inside, inside))
    return tuple(steps)


def _sum(flows: Mapping[str, ChannelFlow], key: str) -> float:
    return float(sum(getattr(flow, key) for flow in flows.values()))


def _roles(scenario: Scenario, structure: str, flows: Workload, steps: Sequence[Step]) -> tuple[RoleNeed, ...]:
    by_key = {step.key: step for step in steps}

    def factor(key: str) -> float:
        step = by_key[key]
        return step.needed / step.present if step.present > 0 else 1.0

    factors = {
        "sell": factor("deals"),
        "qualify": factor("answered"),
        "prospect": factor("attempts") if by_key["attempts"].present > 0 else 0.0,
    }
    served = by_key["orders"]
    factors["serve"] = factors["upsell"] = factor("orders")
    sales = by_key["deals"].present + served.present
    factors["paperwork"] = factors["collect"] = (by_key["deals"].needed + served.needed) / sales if sales > 0 else 1.0
    ramps = months_to_proficiency(scenario, structure)
    credited = {name: _credit(flows, name) for name in flows.roles}
    whole = sum(credited.values())
    found = []
    for name, load in flows.roles.items():
        worked = {activity: hours * factors.get(activity, 1.0) for activity, hours in load.hours.items()}
        before = load.demand + load.hours.get("prospect", 0.0)
        switching = load.switching * (
            sum(worked.values()) / (before - load.switching) if before > load.switching else 1.0
        )
        hours = sum(worked.values()) + switching
        a_person = load.capacity / load.people if load.people else 0.0
        filled = load.people / load.headcount if load.headcount else 1.0
        effective = filled * _effective(scenario, structure, name, ramps.get(name, 0.0))
        needed = hours / (a_person * effective) if a_person > 0 else (math.inf if hours > 0 else 0.0)
        share = credited[name] / whole if whole > 0 else 0.0
        found.append(RoleNeed(name, hours, a_person, effective, needed, load.headcount, share))
    return tuple(found)


def _credit(flows: Workload, role: str) -> float:
    return sum(flows.paid_on[role]["revenue"][kind] for kind in ("deals", "orders")) if role in flows.paid_on else 0.0


def _effective(scenario: Scenario, structure: str, role: str, ramp: float) -> float:
    """Share of a position's work that is done: filled, out of training, and what newcomers fall short of.

    A newcomer is taken to rise in a straight line from the beginner's share to a practised colleague's over his ramp,
    as far as he stays so long.
    """
    people, spec = scenario.people, scenario.structures[structure].roles[role]
    rate = turnover_per_year(people, spec)
    if rate <= 0:
        return 1.0
    onboarding = onboarding_of(people, spec)
    probation, law = onboarding.probation, tenures_of(people, spec)
    assert law is not None
    filled = staffed_share(law, probation, recruiting_of(people, spec).vacancy(people.turnover.notice))
    ramp = ramp if math.isfinite(ramp) else YEAR
    steps = (np.arange(RAMP_STEPS) + 0.5) / RAMP_STEPS
    short = 1.0 - (0.5 + (0.9 - 0.5) * steps)
    lost = rate / YEAR * ramp * float(np.mean(short * stay(law, probation, ramp * steps * MONTH)))
    training = rate * onboarding.training_days / 250.0
    return float(filled * max(0.1, 1.0 - lost - training))


def _payroll(scenario: Scenario, structure: str, flows: Workload, roles: Sequence[RoleNeed], factor: float) -> float:
    """Payroll of the people needed (rounded up), commission in proportion to what is sold, money a year."""
    pay = budgeted_pay(scenario, structure, flows)
    needed = {need.role: need.heads for need in roles}
    total = 0.0
    for name, each in pay.items():
        heads = needed.get(name, each.positions)
        share = heads / each.positions if each.positions else 0.0
        own = (each.base + each.bonus) * share + (each.commission + each.vacation_pay) * factor
        total += own + (heads or 1) * scenario.budget.law.of_year(own / (heads or 1)) + each.per_lead * factor
    return total


def _payroll_budget(scenario: Scenario, structure: str, flows: Workload) -> float:
    pay = ("base_pay", "commission", "bonus", "vacation_pay", "contributions")
    lines = [line for line in planned_lines(scenario, structure, flows) if line.account in pay]
    if not any(line.account == "base_pay" for line in lines):
        return sum(each.total for each in budgeted_pay(scenario, structure, flows).values())
    months = scenario.experiment.months
    planned = sum(line.total for line in lines) * YEAR / months
    accounts = {line.account for line in lines}
    missing = expected_accounts(scenario, structure, flows)
    return planned + sum(missing[name] for name in pay if name not in accounts)


def _shortages(scenario: Scenario, structure: str, flows: Workload, found: BottomUp) -> list[Phrase]:
    said: list[Phrase] = []
    steps = {step.key: step for step in found.steps}
    cold = steps["found"]
    deals = steps["deals"]
    short = deals.needed - deals.present
    if short > 1e-6 * max(1.0, deals.present) and cold.present <= 0:
        leads = steps["leads"]
        each = leads.present / deals.present if deals.present > 0 else math.inf
        more = short * each / YEAR
        said.append(say("plan-short-leads", deals=f"{short:.0f}", leads=f"{more:.0f}"))
    for need in found.roles:
        hours = f"{need.hours:.0f}"
        if not math.isfinite(need.needed):
            said.append(say("plan-short-position", role=need.role, hours=hours))
        elif need.short:
            whole = need.present == round(need.present)
            there: str = (
                f"{need.present:.0f}"
                if whole
                else say("plan-there-on-average", positions=Digits(f"{need.present:.1f}"))
            )
            effective = Percent(round(need.effective, 2))
            said.append(
                say(
                    "plan-short-hours",
                    role=need.role,
                    hours=hours,
                    needed=Digits(f"{need.needed:.1f}"),
                    effective=effective,
                    there=there,
                )
            )
    for name, load in flows.roles.items():
        if load.unreached:
            said.append(say("plan-short-order", role=name, activities=", ".join(load.unreached)))
    if found.payroll > found.payroll_budget * (1 + 1e-9):
        over = found.payroll / found.payroll_budget - 1 if found.payroll_budget > 0 else math.inf
        said.append(say("plan-short-payroll", share=Percent(over)))
    return said
