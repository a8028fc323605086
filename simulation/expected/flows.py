"""The solver: flows and loads of a structure as it stands, in which nobody waits for a free person.

Work is linear in what comes in, so each source (a channel, the customers there on the first day, the finds of
a role) is walked once; the time that is left for prospecting, and with it the finds, is the fixed point of
one equation per role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulation.expected.attendance import days_there, share_there
from simulation.expected.customers import CustomerLoad
from simulation.expected.leads import LeadPath
from simulation.expected.office_time import OfficeTime
from simulation.expected.old_customers import listed_customers, listed_in
from simulation.expected.proficiency import Masteries
from simulation.expected.rates import (
    arrivals_per_month,
    band,
    initial_channel,
    initial_product,
    mean_deal,
    size_growth,
)
from simulation.expected.result import ChannelFlow, RoleLoad, Workload
from simulation.expected.tally import Tally
from simulation.mechanisms.order_of_work import dated
from simulation.mechanisms.prospecting import most_attempts
from simulation.mechanisms.switching import group_of, hours_lost
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.duties import LeadClass, beside, product_shares, prospects, size_bands
from simulation.scenario.people import ACTIVITIES, DISCRETIONARY, Activity
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
from simulation.written.readers import MONTH, WEEK

_ROUNDS = 200


def carers(structure: Structure) -> dict[str, float]:
    """Roles whose people call customers that asked for nothing, each with time for all such contacts."""
    return {name: 1.0 for name, role in structure.roles.items() if "care" in _order(role) and role.headcount > 0}


Held = Mapping[tuple[LeadClass, str, int], tuple[float, float]]
"""Customers by class, server and kind: number, and money of an order of first size of all of them."""


@dataclass(frozen=True)
class Situation:
    """With what a part of the run begins, where it is not the first day of a practised structure.

    Attributes:
        people: people at work by role, mean over the time.
        held: customers; None: those of the first day.
        contacts: attempts a month that the lists of outbound channels allow.
        since: when distributors began to sell, hours since the start of the run.
    """

    people: Mapping[str, float]
    held: Held | None
    contacts: Mapping[str, float]
    since: Mapping[str, float]


class Solver:
    """Flows and loads of a structure in one scenario."""

    def __init__(
        self,
        scenario: Scenario,
        name: str,
        masteries: Masteries,
        time: OfficeTime,
        cared: Mapping[str, float],
        situation: Situation | None = None,
    ) -> None:
        self.cared = dict(cared)  # share of the contacts sought that each role finds time for
        self.held: Held = {}  # at the end of the time, once it is solved
        structure = scenario.structures[name]
        self._scenario, self._name, self._structure = scenario, name, structure
        self._masteries, self._time, self._situation = masteries, time, situation
        self._customers = CustomerLoad(scenario, structure, masteries, time, cared)
        self._leads = LeadPath(scenario, structure, masteries, time, self._customers)
        people = scenario.people
        self._group_of = dict(zip(ACTIVITIES, group_of(people.switching_groups, ACTIVITIES), strict=True))
        there = people.availability * people.absence.presence
        self._per_head = time.hours_per_month * there
        self._roles = {n: role for n, role in structure.roles.items() if not role.support}
        self._people = {
            n: float(role.headcount) if situation is None else situation.people[n] for n, role in self._roles.items()
        }
        self._share = {n: share_there(scenario, structure, n, time) for n in self._roles}
        self._endless: set[str] = set()  # roles whose prospecting takes all the time that there is
        self._fixed = self._without_prospecting()

    def solve(self) -> Workload:
        """The flows at which prospecting takes just the time that is left."""
        trips = {
            (role, channel): _Trip(spec, self._masteries(role, "prospect").pace, self._leads.of_lead(channel, role))
            for role, who in self._roles.items()
            for channel, spec in self._scenario.market.channels.items()
            if isinstance(spec, Outbound)
            and spec.active
            and who.headcount > 0
            and prospects(who, channel, self._scenario.market)
        }
        hours = dict.fromkeys(trips, 0.0)
        for _ in range(_ROUNDS):
            total = self._total(trips, hours)
            moved = 0.0
            lists = self._lists()
            for role, who in self._roles.items():
                mine = [key for key in trips if key[0] == role]
                now = sum(hours[key] for key in mine)
                back = max((self._before_prospecting(trips[key].tally, role, who) for key in mine), default=0.0)
                wanted = now + (self._time_left(total, role, who) - now) / (1 + back) if mine else 0.0
                for key in mine:
                    trip = trips[key]
                    take = min(wanted, lists[key[1]] / trip.attempts)
                    lists[key[1]] -= take * trip.attempts
                    wanted -= take
                    moved = max(moved, abs(take - hours[key]))
                    hours[key] = take
            if moved <= 1e-9 * (1 + self._per_head):
                break
        self._endless = {role for role, channel in trips if lists[channel] > 0}
        total = self._total(trips, hours)
        self.held = {
            key[1:]: (count, total.of("held_volume", *key[1:])) for key, count in total.items() if key[0] == "held"
        }
        return self._result(total)

    def _lists(self) -> dict[str, float]:
        """Attempts a month that the lists of contacts allow."""
        if self._situation is not None:
            return dict(self._situation.contacts)
        channels = self._scenario.market.channels
        return {
            name: most_attempts(spec.contacts, self._time.end)
            for name, spec in channels.items()
            if isinstance(spec, Outbound)
        }

    def _without_prospecting(self) -> Tally:
        market, time = self._scenario.market, self._time
        total = Tally()
        for name, channel in market.channels.items():
            if isinstance(channel, Arrivals):
                rate = arrivals_per_month(channel, time)
                if rate > 0:
                    total.add(self._leads.of_lead(name), rate)
            elif isinstance(channel, Distributor):
                self._distributed(total, name, channel)
        first = Tally()
        self._there_at_first(first)
        self._old_customers = first.sum("customers")
        total.add(first)
        for role, who in self._roles.items():
            meetings = who.meetings * MONTH / WEEK * self._people[role] * self._scenario.people.absence.presence
            if meetings > 0:
                # meetings take their time whoever sits in them; in effective hours like all the rest
                pieces = meetings / who.meetings
                total.work(role, "meet", pieces, meetings * self._scenario.people.availability)
        return total

    def _distributed(self, total: Tally, name: str, channel: Distributor) -> None:
        market = self._scenario.market
        since = 0.0 if self._situation is None else self._situation.since.get(name, 0.0)
        orders = arrivals_per_month(channel, self._time, since)
        for name_of, share in product_shares(market, name).items():
            product = market.products[name_of]
            grown = size_growth(market, name, name_of, self._time, since)
            listed = orders * share * mean_deal(market, name, name_of) * grown * product.volume
            revenue = listed * (1 - channel.discount)
            margin = listed * (1 - (1 - product.gross_margin) / product.price - channel.discount)
            total[("revenue", "distributor")] += revenue
            total[("margin", "distributor")] += margin
            total[("given_away",)] += revenue * channel.share_of_revenue + margin * channel.share_of_margin

    def _there_at_first(self, total: Tally) -> None:
        """What the customers who are there when the time begins bring."""
        market = self._scenario.market
        if self._situation is not None and self._situation.held is not None:
            for (lead, server, kind), (count, volume) in self._situation.held.items():
                if count > 0:
                    mean = volume / count * market.products[lead.product].price  # kept at the list price
                    total.add(self._customers.of_held(self._in_band(lead, mean), server, mean, kind), count)
            return
        channel, product = initial_channel(market), initial_product(market)
        if not market.initial.customers or not channel or not product:
            return
        if isinstance(market.initial.customers, int):
            self._base(total, channel, product, market.initial.customers)
        for channel, product in listed_customers(market):
            for low, high in size_bands(self._structure):
                lead = LeadClass(channel, product, low, high, market.process_of(channel, product))
                _, there, sizes = listed_in(market, lead)
                if (count := float(there.sum())) > 0:
                    total.add(self._customers.of_base(lead, float(there @ sizes) / count), count)

    def _base(self, total: Tally, channel: str, product: str, count: float) -> None:
        """So many customers there on the first day of whom nothing more is known."""
        market = self._scenario.market
        for low, high in size_bands(self._structure):
            lead = LeadClass(channel, product, low, high, market.process_of(channel, product))
            share, size = band(market, lead, market.initial.customer_size)
            if share > 0:
                total.add(self._customers.of_base(lead, size), share * count)

    def _in_band(self, lead: LeadClass, size: float) -> LeadClass:
        """The class of customers of a mean size, where the duties tell other sizes apart than before."""
        bands = size_bands(self._structure)
        if (lead.low, lead.high) in bands:
            return lead
        low, high = next(band for band in bands if band[0] <= size < band[1])
        return replace(lead, low=low, high=high)

    def _total(self, trips: Mapping[tuple[str, str], _Trip], hours: Mapping[tuple[str, str], float]) -> Tally:
        total = Tally()
        total.add(self._fixed)
        for (role, channel), trip in trips.items():
            spent = hours[(role, channel)]
            total.add(trip.tally, spent)
            total.work(role, "prospect", spent * trip.attempts, spent)
            total[("attempts", channel)] += spent * trip.attempts
        return total

    def _before_prospecting(self, tally: Tally, role: str, who: Role) -> float:
        """Hours of the role's work that comes before prospecting and that somebody asked for."""
        order = _order(who)
        return _asked(tally, role, order[: order.index("prospect")])

    def _time_left(self, total: Tally, role: str, who: Role) -> float:
        capacity = self._capacity(role, who)
        care = self._care(total, role, who) if "care" in _before(who, "prospect") else 0.0
        switching = self._switching(total, role, who)
        protected = who.protected.get("prospect", 0.0) * days_there(self._scenario, self._structure, role, self._time)
        there = self._time.hours_per_month * self._share[role]
        kept = min(protected / there, 1.0) * capacity if there > 0 else 0.0
        return max(kept, capacity - self._before_prospecting(total, role, who) - switching - care)

    def _care(self, total: Tally, role: str, who: Role) -> float:
        """Hours of contacts that nobody asked for: all that are sought, or the time that is left for them."""
        wanted = total.of("hours", role, "care")
        if wanted <= 0:
            return 0.0
        order = _before(who, "care")
        busy = _asked(total, role, order) + (total.of("hours", role, "prospect") if "prospect" in order else 0.0)
        for _ in range(3):  # what is lost at changes depends on how many contacts there are
            left = max(0.0, self._capacity(role, who) - busy - self._switching(total, role, who))
            self.cared[role] = min(1.0, left / wanted)
        return self.cared[role] * wanted

    def _capacity(self, role: str, who: Role) -> float:
        """Effective hours of a role's people a month."""
        return self._per_head * self._people[role] * self._share[role]

    def _switching(self, total: Tally, role: str, who: Role) -> float:
        """Hours lost at changes from one group of activities to another."""
        people, capacity = self._scenario.people, self._capacity(role, who)
        if people.switching == 0 or capacity == 0:
            return 0.0
        activities = [activity for activity in _order(who) if activity != "prospect"]
        pieces: dict[int, float] = {}
        for activity in activities:
            count = total.of("pieces", role, activity) * (self.cared.get(role, 0.0) if activity == "care" else 1.0)
            count += total.of("tries", role, activity)
            pieces[self._group_of[activity]] = pieces.get(self._group_of[activity], 0.0) + count
        prospects = self._group_of["prospect"] if "prospect" in _order(who) else None
        hours = _asked(total, role, activities) + self.cared.get(role, 0.0) * total.of("hours", role, "care")
        return hours_lost(people.switching * people.availability, pieces, prospects, min(1.0, hours / capacity))

    def _result(self, total: Tally) -> Workload:
        market = self._scenario.market
        return Workload(
            structure=self._name,
            channels={
                name: ChannelFlow(*(total.of(flow, name) for flow in ChannelFlow.__dataclass_fields__))
                for name in market.channels
            },
            reach=np.array([total[("reach", stage)] for stage in range(len(market.sale))]),
            deals=total.sum("deals"),
            new_revenue=total.of("revenue", "deals"),
            new_margin=total.of("margin", "deals"),
            order_revenue=total.of("revenue", "orders"),
            order_margin=total.of("margin", "orders"),
            distributor_revenue=total.of("revenue", "distributor"),
            distributor_margin=total.of("margin", "distributor"),
            given_away=total.of("given_away"),
            customers=total.sum("customers"),
            old_customers=self._old_customers,
            orders=total.of("orders"),
            requests=total.of("requests"),
            upsells=total.of("upsells"),
            reminders=total.of("reminders"),
            paperwork=total.of("papers"),
            roles=self._loads(total),
            paid_on={
                name: {
                    of: {kind: total.of(f"{of}_by", name, kind) for kind in ("deals", "orders", "young")}
                    for of in ("revenue", "margin")
                }
                for name in self._roles
            },
            passed={name: total.of("passed_by", name) for name in self._roles},
        )

    def _loads(self, total: Tally) -> dict[str, RoleLoad]:
        missed = {name: self._not_reached(name, role) for name, role in self._roles.items()}
        reached = {
            activity
            for name, role in self._roles.items()
            if self._people[name] > 0
            for activity in _order(role)
            if activity not in missed[name]
        }
        loads = {name: self._role(total, name, role) for name, role in self._roles.items()}
        return {
            name: replace(
                load,
                unreached=tuple(a for a in missed[name] if load.pieces[a] > 0 and a not in reached),
            )
            for name, load in loads.items()
        }

    def _not_reached(self, name: str, role: Role) -> list[Activity]:
        """What a role would come to only after prospecting that has no end."""
        if name not in self._endless:
            return []
        order = _order(role)
        called = {*dated(role.due.items()), *role.protected}
        after = order[order.index("prospect") + 1 :]
        return [activity for activity in after if activity not in called and activity not in DISCRETIONARY]

    def _role(self, total: Tally, name: str, role: Role) -> RoleLoad:
        order = _order(role)
        hours: dict[str, float] = {activity: total.of("hours", name, activity) for activity in order}
        pieces: dict[str, float] = {activity: total.of("pieces", name, activity) for activity in order}
        if "care" in hours:
            hours["care"] = self._care(total, name, role)
            pieces["care"] *= self.cared.get(name, 0.0)
        return RoleLoad(
            headcount=role.headcount,
            people=self._people[name],
            capacity=self._capacity(name, role),
            hours=hours,
            pieces=pieces,
            switching=self._switching(total, name, role),
            proficiency={activity: self._masteries(name, activity).proficiency for activity in order},
            pace={activity: self._masteries(name, activity).pace for activity in order},
            order=order,
            beside=dict(beside(self._structure, name)),
            due=dated(role.due.items()),
        )


class _Trip:
    """An hour of a role's prospecting in a channel: attempts, and what the finds of that hour bring."""

    def __init__(self, channel: Outbound, pace: float, per_find: Tally) -> None:
        if channel.attempt <= 0:
            raise ValueError("an attempt that takes no time would find leads without end")
        self.attempts = pace / channel.attempt
        self.tally = Tally()
        self.tally.add(per_find, self.attempts * channel.find_probability)


def _order(role: Role) -> tuple[Activity, ...]:
    """The role's activities in order of preference, each once, at its first place."""
    return tuple(dict.fromkeys(duty.activity for duty in role.activities))


def _before(role: Role, activity: Activity) -> tuple[Activity, ...]:
    """What the role does before an activity, in order of preference; nothing where it does not do the activity."""
    order = _order(role)
    return order[: order.index(activity)] if activity in order else ()


def _asked(tally: Tally, role: str, activities: Iterable[Activity]) -> float:
    """Hours of a role's activities that somebody asked for."""
    return sum(tally.of("hours", role, activity) for activity in activities if activity not in DISCRETIONARY)
