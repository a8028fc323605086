"""From an owner's twelve numbers to a scenario whose closed form gives these numbers again.

Most inputs of a scenario are no numbers that an owner knows, so they are derived: each knob has one number that it
answers for, and all knobs are turned together, a few dozen times, until the closed form (`workload`) agrees. In the
closed form nobody waits; `cli.numbers` aims higher by what waiting costs. Start reading at ``scenario_of``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from simulation.expected import Workload, months_to_proficiency, workload
from simulation.expected.office_time import office_time
from simulation.intake.short_form import ROLES, Numbers
from simulation.intake.short_form_text import BEFORE_PROPOSAL, STAGES, Derived, second_of, written
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import Phrase
from simulation.written.readers import DAY, MONTH

ROUNDS, LEARNING_ROUNDS, AGAIN = 40, 5, 16
"""Turns of all knobs before learning is looked at, how often that is, and the turns after it."""
PACES, NEAR = tuple(0.05 * 1.3**k for k in range(16)), (1.0, 0.92, 1.08, 0.98, 1.02)
"""Factors on the half-lives of learning that are tried at first, and later on the best one so far."""
NAME = "<numbers>"
BUSY, LEAST_BUSY, MOST_BUSY = 0.75, 0.4, 0.8
"""Planned load of the busiest role where no calls fill the rest of the time, and its bounds where they do."""
LEAST_WORK, MOST_WORK = 0.1, 12.0
"""Bounds of the factor on the default working times."""
MOST_CONVERTED = 0.99
"""Bound of a stage's conversion; beyond it fewer questions stay unanswered."""
CALL = 7.0
"""Minutes of a call, the default."""
HANDLING_DAYS = 4.0
"""Days of a sale that are no thinking: the work, the waits for it, the nights and weekends between."""
LOST_WITH_LEAVER = 0.132
"""Share of a leaver's clients who go when colleagues take over: .176 less the quarter that colleagues save (Shi et al.
2017, the defaults of `people.departure`)."""


@dataclass
class Aim:
    """Factors on what the closed form is to give: above 1 where some of it is lost later, by waiting for people."""

    qualified: float = 1.0
    deals: float = 1.0
    days: float = 1.0
    lost: float = 1.0
    orders: float = 1.0
    order_revenue: float = 1.0
    calls: float = 1.0


def scenario_of(numbers: Numbers) -> Phrase:
    """A commented scenario made from the numbers, as YAML; its closed form gives them again, roughly.

    Raises:
        ScenarioError: the scenario made from them would not load (a currency or name that is not allowed).
    """
    return text_of(numbers, derive(numbers))


def derive(
    numbers: Numbers, aim: Aim | None = None, begin: Derived | None = None, load: float | None = None
) -> Derived:
    """The inputs at which the closed form gives the numbers.

    Args:
        numbers: what the owner said.
        aim: factors on the numbers; the numbers themselves when None.
        begin: where to begin, such as the result for another aim.
        load: planned load of the busiest role, where something tells it; else what calls leave, or a guess.
    """
    aim, days = aim or Aim(), _days(numbers)
    derived = begin or _first(numbers, days)
    if load is not None:
        derived.load = load
    _fixed(numbers, derived, aim)
    for turn in range(LEARNING_ROUNDS if begin is None else 1):
        for _ in range(ROUNDS if turn == 0 and begin is None else AGAIN):
            scenario = _loaded(numbers, derived, days)
            _turn(numbers, derived, aim, scenario, days, load is not None)
        every = turn == 0 and begin is None
        _teach(numbers, derived, days, PACES if every else tuple(derived.learning * near for near in NEAR))
    return derived


def text_of(numbers: Numbers, derived: Derived) -> Phrase:
    """The scenario as YAML, with a structure to compare with."""
    days = _days(numbers)
    derived.second = _split(numbers, derived, days)
    return written(numbers, derived, days, numbers.customers_end)


def _loaded(numbers: Numbers, derived: Derived, days: float) -> Scenario:
    """The scenario as it was a year ago."""
    return load_text(written(numbers, derived, days, numbers.customers_start), NAME)


def _days(numbers: Numbers) -> float:
    """Working days of a mean month."""
    return office_time(load_text(written(numbers, Derived(), 20.0, 0), NAME)).days_per_month


def _fixed(n: Numbers, d: Derived, aim: Aim) -> None:
    """What follows from the numbers and the aim at once."""
    mean = (n.customers_start + n.customers_end) / 2
    own = n.customers_lost - d.turnover * mean * LOST_WITH_LEAVER
    d.churn = aim.lost * max(own, n.customers_lost / 2) / mean if mean else 0.24
    thinking = sum(days_of for _, _, days_of in STAGES)
    d.thinking = max(aim.days * n.days_to_deal - HANDLING_DAYS, 1.0) / thinking


def _first(n: Numbers, days: float) -> Derived:
    """What follows at once, and where the turning begins."""
    mean = (n.customers_start + n.customers_end) / 2
    turnover = n.leavers_in_two_years / 2 / n.sellers
    passed = n.qualified_per_quarter / 3 / n.leads
    return Derived(
        fit=min(max(passed, 0.001), 1.0),
        false_positive=min(0.1, 0.25 * passed * max(1 - n.deals / 4 / n.qualified_per_quarter, 0.0)),
        deal=n.average_deal,
        repeat=_repeat(n),
        order_every=12 * mean / n.orders if n.orders and mean else 1.0,
        find=n.leads_found_per_month / (n.calls_per_day * days) if n.calls_per_day else 0.02,
        turnover=turnover,
        load=BUSY,
    )


def _repeat(n: Numbers) -> float:
    """Share of first deals whose buyer comes again; 1 where nearly all do."""
    kept = 0.97 if n.built != "universal" else 1.0  # one in thirty is lost in the hand-off
    share = n.customers_won / n.deals / kept
    return 1.0 if share > 0.95 else share


def _turn(n: Numbers, d: Derived, aim: Aim, scenario: Scenario, days: float, known: bool) -> None:
    """Turns each knob towards its number; `known`: the load is."""
    flows = workload(scenario, n.built)
    qualified = sum(flow.qualified for flow in flows.channels.values())
    d.fit = _bounded(d.fit * _ratio(aim.qualified * n.qualified_per_quarter / 3, qualified), 0.0005, 1.0)
    proposals, closed = float(flows.reach[BEFORE_PROPOSAL]), flows.deals
    offered = math.sqrt(aim.qualified * aim.deals) * n.proposals_per_quarter / 3  # half of what is lost on the way
    d.early = _bounded(d.early * _ratio(offered, proposals) ** 0.5, 0.05, MOST_CONVERTED)
    d.late = _bounded(d.late * _ratio(aim.deals * n.deals / 12, closed) ** (1 / 3), 0.02, MOST_CONVERTED)
    if d.fit == 1.0:  # nearly every lead is worth selling to
        d.true_positive = 1 - (1 - d.true_positive) / 2
    if MOST_CONVERTED in (d.early, d.late):
        d.question /= 2
    d.deal *= _ratio(n.average_deal, flows.new_revenue / closed if closed else 0.0)
    if n.orders and flows.orders > 0:
        d.order_every *= _ratio(flows.orders, aim.orders * n.orders / 12)
        rest = (n.year_revenue - n.deals * n.average_deal) / 12
        d.order_size *= _ratio(aim.order_revenue * rest, flows.order_revenue)
    _busy(n, d, aim, flows, days, known)
    thinking = [0.0, *(days_of * d.thinking * DAY for _, _, days_of in STAGES)]
    d.pipeline = float(sum(flows.reach * [(each + DAY) / MONTH for each in thinking])) / aim.qualified


def _busy(n: Numbers, d: Derived, aim: Aim, flows: Workload, days: float, known: bool) -> None:
    """Work and the length of a call: people are busy, and have the time for the calls that they made."""
    roles = [flows.roles[name] for name in ROLES[n.built]]
    wanted = aim.calls * n.calls_per_day * days
    caller = roles[0]
    if wanted and n.built == "universal" and not known:
        minutes = CALL / caller.proficiency.get("prospect", 1.0)
        d.load = _bounded(1 - wanted * minutes / 60 / caller.capacity, LEAST_BUSY, MOST_BUSY)
    busiest = max(role.load for role in roles)
    if math.isfinite(busiest) and busiest > 0:
        d.work = _bounded(d.work * (d.load / busiest) ** 0.7, LEAST_WORK, MOST_WORK)
    made = sum(flow.attempts for flow in flows.channels.values())
    if wanted and made > 0:
        d.attempt = _bounded(d.attempt * (made / wanted) ** 0.7, 1.0, 60.0)


def _teach(n: Numbers, d: Derived, days: float, factors: tuple[float, ...]) -> None:
    """Half-lives of learning: newcomers are up after so many months, mean of the roles.

    The months have a longest value: where learning is very slow, practised people are hardly better than newcomers.
    """

    def missed(factor: float) -> float:
        months = months_to_proficiency(_loaded(n, replace(d, learning=factor), days), n.built)
        known = {name: months[name] for name in ROLES[n.built] if math.isfinite(months[name])}
        total = sum(n.people[name] for name in known)
        if not total:
            return math.inf
        return abs(sum(month * n.people[name] for name, month in known.items()) / total - n.months_until_plan)

    d.learning = min(factors, key=missed)


def _split(n: Numbers, d: Derived, days: float) -> dict[str, int]:
    """Positions of the structure to compare with, shared by the hours of work that each role would have."""
    other = second_of(n)
    if not other:
        return {}
    roles = ROLES[other]
    if len(roles) == 1:
        return {roles[0]: n.sellers}
    even = {role: n.sellers // len(roles) + (k < n.sellers % len(roles)) for k, role in enumerate(roles)}
    d.second = even
    scenario = _loaded(n, d, days)
    flows = workload(scenario, other)
    hours = {role: flows.roles[role].demand for role in roles}
    calls = sum(flow.attempts for flow in workload(scenario, n.built).channels.values())
    hours[roles[0]] += calls * d.attempt / 60 / flows.roles[roles[0]].proficiency.get("prospect", 1.0)
    total = sum(hours.values())
    if total <= 0:
        return even
    free = n.sellers - len(roles)  # each role has one at least; the rest goes where the work is
    split = dict.fromkeys(roles, 1)
    for _ in range(free):
        most = max(roles, key=lambda role: hours[role] / split[role])
        split[most] += 1
    return split


def _ratio(wanted: float, now: float) -> float:
    """By how much to multiply, within bounds so that one turn never goes too far."""
    return _bounded(wanted / now, 0.5, 2.0) if now > 0 else 1.0


def _bounded(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
