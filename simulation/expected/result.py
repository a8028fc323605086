"""What the closed form says of a structure: flows by channel, load by role."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.expected.office_time import Floats
from simulation.mechanisms.order_of_work import sells_what_it_sorts, shares_done
from simulation.scenario.people import DISCRETIONARY

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

Monthly = dict[str, dict[str, float]]
"""Repetitions a month of one person by role and activity."""


@dataclass(frozen=True)
class RoleLoad:
    """One role's work a month. Hours are effective ones: paid working hours times `people.availability`.

    Attributes:
        headcount: positions, mean over the time.
        people: of them filled and at work (not being looked for, not in training), vacation and sickness aside.
        capacity: hours: calendar x availability x presence x people (of who is there part of the week: so much).
        hours: by activity, at the role's mean pace; `prospect` and `care` are the time that is left for them.
        pieces: pieces of work by activity (attempts for `prospect`, stages for `sell`).
        switching: hours lost at changes of activity, when work comes in any order.
        proficiency: mean proficiency by activity.
        pace: work time is divided by it, by activity.
        order: activities in order of preference.
        due: those of them that have a due time.
        unreached: asked for and never begun: what takes all the time that there is (prospecting without the end of a
            list) comes before, nobody else does it, and neither a due time nor protected time calls for it.
        beside: other roles with people that may do just the same work, by activity.
    """

    headcount: float
    people: float
    capacity: float
    hours: dict[str, float]
    pieces: dict[str, float]
    switching: float
    proficiency: dict[str, float]
    pace: dict[str, float]
    order: tuple[str, ...]
    due: frozenset[str] = frozenset()
    unreached: tuple[str, ...] = ()
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
    def sells_what_it_sorts(self) -> bool:
        """Whether its people sort leads and sell to them, so that of both the same share is done."""
        return sells_what_it_sorts(self.order, self.due)

    @property
    def done(self) -> dict[str, float]:
        """Pieces of work done: where time is short, what comes last in the order of work is left.

        Who does less changes between kinds of work less often.
        """
        asked = sum(self.hours.values())
        whole = self.switching + asked
        rest = self.capacity - self.switching if whole <= self.capacity else self.capacity * asked / whole
        shares = shares_done(self.hours, self.order, self.due, rest)
        return {activity: share * self.pieces.get(activity, 0.0) for activity, share in shares.items()}


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
        old_customers: those of them who were there when the time began, whoever won them.
        orders, requests, upsells, reminders, paperwork: pieces of work.
        roles: load by role (support roles left out).
        paid_on: by role: revenue and margin of the deals it closed and of the orders it served:
            {'revenue': {'deals': .., 'orders': .., 'young': ..}, 'margin': {..}}; young: those of the orders that came
            within `repeat_months` of the first deal, where the role's commission has such a limit.
        passed: by role: leads that it qualified and passed on.
        parts: the parts of the horizon between dated changes, of which all this is the mean by time; one where nothing
            changes.
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
    old_customers: float
    orders: float
    requests: float
    upsells: float
    reminders: float
    paperwork: float
    roles: dict[str, RoleLoad]
    paid_on: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    passed: dict[str, float] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    @property
    def revenue(self) -> float:
        """All revenue a month."""
        return self.new_revenue + self.order_revenue + self.distributor_revenue

    @property
    def margin(self) -> float:
        """All gross margin a month, before the shares given to channels."""
        return self.new_margin + self.order_margin + self.distributor_margin

    def pressure(self, role: str) -> float:
        """Load of a role when work that others may do as well goes to whoever has time for it.

        The load of what is its own work alone, or that of all who share work with it together, whichever is higher;
        never more than its planned load.
        """
        load = self.roles[role]
        own = sum(h for a, h in load.hours.items() if a not in DISCRETIONARY and not load.beside.get(a))
        group = [load, *(self.roles[name] for name in {name for names in load.beside.values() for name in names})]
        together = _ratio(sum(each.demand for each in group), sum(each.capacity for each in group))
        return min(load.load, max(_ratio(own, load.capacity), together))


@dataclass(frozen=True)
class Part:
    """A part of the horizon in which one scenario is in force.

    Attributes:
        begin, end: hours since the start of the run.
        scenario: what is in force.
        flows: expected flows in that time.
    """

    begin: float
    end: float
    scenario: Scenario
    flows: Workload


def mean_of(parts: Sequence[Part]) -> Workload:
    """The mean by time of flows in parts of the horizon."""
    if len(parts) == 1:
        return replace(parts[0].flows, parts=tuple(parts))
    weights = np.array([part.end - part.begin for part in parts])
    weights /= weights.sum()
    flows = [part.flows for part in parts]
    first = flows[0]

    def mean(values: Iterable[float]) -> float:
        return float(weights @ np.array(list(values)))

    return Workload(
        structure=first.structure,
        channels={
            name: ChannelFlow(
                *(mean(getattr(one.channels[name], key) for one in flows) for key in ChannelFlow.__dataclass_fields__)
            )
            for name in first.channels
        },
        reach=np.asarray(weights @ np.array([one.reach for one in flows])),
        **{name: mean(getattr(one, name) for one in flows) for name in _FLOWS},
        roles={name: _mean_load(weights, [one.roles[name] for one in flows]) for name in first.roles},
        paid_on={
            name: {
                of: {kind: mean(one.paid_on[name][of][kind] for one in flows) for kind in kinds}
                for of, kinds in paid.items()
            }
            for name, paid in first.paid_on.items()
        },
        passed={name: mean(one.passed[name] for one in flows) for name in first.passed},
        parts=tuple(parts),
    )


_FLOWS = tuple(
    each.name
    for each in fields(Workload)
    if each.name not in ("structure", "channels", "reach", "roles", "paid_on", "passed", "parts")
)


def _mean_load(weights: Floats, loads: Sequence[RoleLoad]) -> RoleLoad:
    """A role's load over parts of a time: what is asked for at the mean pace of the hours that there are."""
    order: tuple[str, ...] = tuple(dict.fromkeys(activity for load in reversed(loads) for activity in load.order))

    def mean(values: Iterable[float]) -> float:
        return float(weights @ np.array(list(values)))

    capacity = mean(load.capacity for load in loads)
    hours: dict[str, float] = {}
    pace: dict[str, float] = {}
    proficiency: dict[str, float] = {}
    for activity in order:
        paces = [load.pace.get(activity, 1.0) for load in loads]
        worth = [load.capacity * each for load, each in zip(loads, paces, strict=True)]
        pace[activity] = mean(worth) / capacity if capacity > 0 else mean(paces)
        levels = [load.proficiency.get(activity, 1.0) for load in loads]
        there = [load.capacity * each for load, each in zip(loads, levels, strict=True)]
        proficiency[activity] = mean(there) / capacity if capacity > 0 else mean(levels)
        spent = [load.hours.get(activity, 0.0) for load in loads]
        if activity in DISCRETIONARY:
            hours[activity] = mean(spent)
        else:
            hours[activity] = mean(h * p for h, p in zip(spent, paces, strict=True)) / pace[activity]
    return RoleLoad(
        headcount=mean(load.headcount for load in loads),
        people=mean(load.people for load in loads),
        capacity=capacity,
        hours=hours,
        pieces={activity: mean(load.pieces.get(activity, 0.0) for load in loads) for activity in order},
        switching=mean(load.switching for load in loads),
        proficiency=proficiency,
        pace=pace,
        order=order,
        due=frozenset().union(*(load.due for load in loads)),
        unreached=tuple(dict.fromkeys(activity for load in loads for activity in load.unreached)),
        beside={
            activity: tuple(dict.fromkeys(role for load in loads for role in load.beside.get(activity, ())))
            for activity in order
        },
    )


def _ratio(demand: float, capacity: float) -> float:
    if capacity > 0:
        return demand / capacity
    return math.inf if demand > 0 else 0.0
