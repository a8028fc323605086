"""What the closed form says of a structure: flows by channel, load by role."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from simulation.scenario.people import DISCRETIONARY
from simulation.scenario.workload.office_time import Floats

Monthly = dict[str, dict[str, float]]
"""Repetitions a month of one person by role and activity."""


@dataclass(frozen=True)
class RoleLoad:
    """One role's work a month. Hours are effective ones: paid working hours times `people.availability`.

    Attributes:
        headcount: positions.
        capacity: hours: calendar x availability x presence x headcount (of who is there part of the week: so much).
        hours: by activity, at the role's mean pace; `prospect` and `care` are the time that is left for them.
        pieces: pieces of work by activity (attempts for `prospect`, stages for `sell`).
        switching: hours lost at changes of activity, when work comes in any order.
        proficiency: mean proficiency by activity.
        order: activities in order of preference.
        due: those of them that have a due time.
    """

    headcount: int
    capacity: float
    hours: dict[str, float]
    pieces: dict[str, float]
    switching: float
    proficiency: dict[str, float]
    order: tuple[str, ...]
    due: frozenset[str] = frozenset()

    @property
    def demand(self) -> float:
        """Hours of work that somebody asked for (no prospecting, no care), switching included."""
        return self.switching + sum(hours for name, hours in self.hours.items() if name not in DISCRETIONARY)

    @property
    def load(self) -> float:
        """Demand over capacity without prospecting; infinite where there is work and nobody to do it."""
        return _ratio(self.demand, self.capacity)

    @property
    def load_with_prospecting(self) -> float:
        """Demand, prospecting and care over capacity."""
        return _ratio(self.demand + sum(self.hours.get(name, 0.0) for name in DISCRETIONARY), self.capacity)

    @property
    def done(self) -> dict[str, float]:
        """Pieces of work done: where time is short, what comes last in the order of preference is left.

        What has a due time is then overdue and comes before all other, in equal shares. Whoever sorts leads and sells
        sells to those that are sorted: of both the same share is done.
        """
        rest = max(0.0, self.capacity - self.switching)
        result: dict[str, float] = {}
        both = {"qualify", "sell"} if "sell" in self.due and "qualify" in self.order else set()
        late = [activity for activity in self.order if activity in self.due and activity not in both]
        blocks = [late, *([a] for a in self.order if a not in late and a not in both)]
        if both:
            place = min(self.order.index(activity) for activity in both)
            after = sum(1 for activity in self.order[:place] if activity not in late)
            blocks.insert(1 + after, [activity for activity in self.order if activity in both])
        for block in blocks:
            hours = sum(self.hours.get(activity, 0.0) for activity in block)
            share = 1.0 if hours <= rest else rest / hours
            result |= {activity: share * self.pieces.get(activity, 0.0) for activity in block}
            rest = max(0.0, rest - share * hours)
        return {activity: result[activity] for activity in self.order}


@dataclass(frozen=True)
class ChannelFlow:
    """One channel's flows a month.

    Attributes:
        leads: leads that arrive or are found (a distributor's orders are not leads).
        attempts: attempts made (outbound).
        answered: leads whose patience lasts until the doors open.
        qualified: leads that pass qualification.
        qualified_fit: those of them that could buy.
        deals: first deals.
    """

    leads: float = 0.0
    attempts: float = 0.0
    answered: float = 0.0
    qualified: float = 0.0
    qualified_fit: float = 0.0
    deals: float = 0.0


@dataclass(frozen=True)
class Workload:
    """Expected flows of a structure a month (730.5 h), mean over the horizon; money in its currency.

    Attributes:
        structure: its name.
        channels: flows by channel.
        reach: leads that are worked at each stage, shape (stages,).
        deals: first deals.
        new_revenue, new_margin: revenue and gross margin of first deals.
        order_revenue, order_margin: of customers' orders.
        distributor_revenue, distributor_margin: of distributors' orders.
        given_away: shares of revenue and margin that go to channels.
        customers: mean number of customers over the horizon.
        orders, requests, upsells, reminders, paperwork: pieces of work.
        roles: load by role (support roles left out).
        paid_on: by role: revenue and margin of the deals it closed and of the orders it served:
            {'revenue': {'deals': .., 'orders': ..}, 'margin': {..}}.
        passed: by role: leads that it qualified and passed on.
    """

    structure: str
    channels: dict[str, ChannelFlow]
    reach: Floats
    deals: float
    new_revenue: float
    new_margin: float
    order_revenue: float
    order_margin: float
    distributor_revenue: float
    distributor_margin: float
    given_away: float
    customers: float
    orders: float
    requests: float
    upsells: float
    reminders: float
    paperwork: float
    roles: dict[str, RoleLoad]
    paid_on: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    passed: dict[str, float] = field(default_factory=dict)

    @property
    def revenue(self) -> float:
        """All revenue a month."""
        return self.new_revenue + self.order_revenue + self.distributor_revenue

    @property
    def margin(self) -> float:
        """All gross margin a month, before the shares given to channels."""
        return self.new_margin + self.order_margin + self.distributor_margin

    @property
    def practice(self) -> Monthly:
        """Repetitions a month of one person by role and activity."""
        return {
            name: {a: pieces / role.headcount if role.headcount else 0.0 for a, pieces in role.done.items()}
            for name, role in self.roles.items()
        }


def _ratio(demand: float, capacity: float) -> float:
    if capacity > 0:
        return demand / capacity
    return math.inf if demand > 0 else 0.0
