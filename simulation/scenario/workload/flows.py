"""The solver: flows and loads of a structure that is practised and in which nobody waits for a free person.

Work is linear in what comes in, so each source (a channel, the customers there on the first day, the finds of
a role) is walked once; the time that is left for prospecting, and with it the finds, is the fixed point of
one equation per role.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from simulation.scenario.duties import LeadClass, product_shares, prospects, size_bands
from simulation.scenario.market import Arrivals, Distributor, Outbound
from simulation.scenario.people import ACTIVITIES, DISCRETIONARY, Activity, switching_group_of
from simulation.scenario.readers import MONTH, WEEK
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
from simulation.scenario.workload.customers import CustomerLoad
from simulation.scenario.workload.leads import LeadPath, band
from simulation.scenario.workload.office_time import OfficeTime, office_time, presence
from simulation.scenario.workload.proficiency import Masteries
from simulation.scenario.workload.rates import (
    arrivals_per_month,
    attempts_on_list,
    initial_channel,
    initial_product,
    mean_deal,
)
from simulation.scenario.workload.result import ChannelFlow, Monthly, RoleLoad, Workload
from simulation.scenario.workload.tally import Tally

_PASSES = 4
_ROUNDS = 200


def workload(scenario: Scenario, structure: str) -> Workload:
    """Expected flows and loads of a structure in closed form, for people who have practised it.

    Queues, late answers and unhappy customers are left out: nobody waits for a free person (only for open
    doors). Proficiency is the mean over the people's tenure in the middle of the horizon. New work goes as
    ``takers`` says.

    Raises:
        KeyError: there is no such structure.
        ValueError: unknown public holidays, an interval of zero, or product weights that are all zero.
    """
    spec = scenario.structures[structure]
    time = office_time(scenario)
    later = (time.begin + time.end) / 2 / MONTH
    monthly: Monthly | None = None
    cared = {name: 1.0 for name, role in spec.roles.items() if "care" in _order(role) and role.headcount > 0}
    for _ in range(_PASSES):
        masteries = Masteries(scenario.people, spec.roles, monthly, later)
        solver = _Solver(scenario, structure, spec, masteries, time, cared)
        result = solver.solve()
        monthly, cared = result.practice, solver.cared
    return result


def practice(scenario: Scenario, structure: str) -> Monthly:
    """Repetitions that one person makes a month in a practised structure, by role and activity.

    Attempts are the repetitions of `prospect`, stages those of `sell`. Raises as ``workload``.
    """
    return workload(scenario, structure).practice


class _Solver:
    def __init__(
        self,
        scenario: Scenario,
        name: str,
        structure: Structure,
        masteries: Masteries,
        time: OfficeTime,
        cared: Mapping[str, float],
    ) -> None:
        self.cared = dict(cared)  # share of the contacts sought that each role finds time for
        self._scenario, self._name, self._structure = scenario, name, structure
        self._masteries, self._time = masteries, time
        self._customers = CustomerLoad(scenario, structure, masteries, time, cared)
        self._leads = LeadPath(scenario, structure, masteries, time, self._customers)
        people = scenario.people
        self._group_of = dict(zip(ACTIVITIES, switching_group_of(people), strict=True))
        there = people.availability * presence(people.absence)
        self._per_head = time.hours_per_month * there
        self._roles = {n: role for n, role in structure.roles.items() if not role.support}
        self._fixed = self._without_prospecting()

    def solve(self) -> Workload:
        """The flows at which prospecting takes just the time that is left."""
        trips = {
            (role, channel): _Trip(spec, self._masteries(role, "prospect").pace, self._leads.of_lead(channel, role))
            for role, who in self._roles.items()
            for channel, spec in self._scenario.market.channels.items()
            if isinstance(spec, Outbound) and spec.active and who.headcount > 0 and prospects(who, channel)
        }
        hours = dict.fromkeys(trips, 0.0)
        for _ in range(_ROUNDS):
            total = self._total(trips, hours)
            moved = 0.0
            lists = {
                name: attempts_on_list(spec, self._time)
                for name, spec in self._scenario.market.channels.items()
                if isinstance(spec, Outbound)
            }
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
        return self._result(self._total(trips, hours))

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
        self._first_day(total)
        for role, who in self._roles.items():
            meetings = who.meetings * MONTH / WEEK * who.headcount * presence(self._scenario.people.absence)
            if meetings > 0:
                # meetings take their time whoever sits in them; in effective hours like all the rest
                pieces = meetings / who.meetings
                total.work(role, "meet", pieces, meetings * self._scenario.people.availability)
        return total

    def _distributed(self, total: Tally, name: str, channel: Distributor) -> None:
        market = self._scenario.market
        orders = arrivals_per_month(channel, self._time)
        for name_of, share in product_shares(market, name).items():
            product = market.products[name_of]
            listed = orders * share * mean_deal(market, name, name_of)
            revenue = listed * (1 - channel.discount)
            margin = listed * (1 - (1 - product.gross_margin) / product.price - channel.discount)
            total[("revenue", "distributor")] += revenue
            total[("margin", "distributor")] += margin
            total[("given_away",)] += revenue * channel.share_of_revenue + margin * channel.share_of_margin

    def _first_day(self, total: Tally) -> None:
        market = self._scenario.market
        channel, product = initial_channel(market), initial_product(market)
        if not market.initial.customers or not channel or not product:
            return
        for low, high in size_bands(self._structure):
            lead = LeadClass(channel, product, low, high)
            share, size = band(market, lead, market.initial.customer_size)
            if share > 0:
                total.add(self._customers.of_base(lead, size), share * market.initial.customers)

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
        capacity = self._capacity(who)
        care = self._care(total, role, who) if "care" in _before(who, "prospect") else 0.0
        switching = self._switching(total, role, who)
        protected = who.protected.get("prospect", 0.0) * self._time.days_per_month
        there = self._time.hours_per_month * self._share(who)
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
            left = max(0.0, self._capacity(who) - busy - self._switching(total, role, who))
            self.cared[role] = min(1.0, left / wanted)
        return self.cared[role] * wanted

    def _share(self, who: Role) -> float:
        """Share of the working time that each person gives to the role."""
        if who.hours_per_week is None:
            return 1.0
        return min(1.0, who.hours_per_week / self._scenario.calendar.hours_per_week)

    def _capacity(self, who: Role) -> float:
        """Effective hours of a role a month with every position filled."""
        return self._per_head * who.headcount * self._share(who)

    def _switching(self, total: Tally, role: str, who: Role) -> float:
        """Hours lost at changes from one group of activities to another.

        Work in any order changes the group with probability 1 - sum of squared shares. Who prospects in
        between changes twice for each piece of another group that finds nothing else waiting, a share of
        1 - load (as arrivals see it).
        """
        cost = self._scenario.people.switching * self._scenario.people.availability
        activities = [activity for activity in _order(who) if activity != "prospect"]
        counts = {activity: total.of("pieces", role, activity) for activity in activities}
        if "care" in counts:
            counts["care"] *= self.cared.get(role, 0.0)
        pieces = sum(counts.values())
        capacity = self._capacity(who)
        if cost == 0 or pieces == 0 or capacity == 0:
            return 0.0
        groups: dict[int, float] = {}
        for activity, count in counts.items():
            group = self._group_of[activity]
            groups[group] = groups.get(group, 0.0) + count
        mixed = 1 - sum((count / pieces) ** 2 for count in groups.values())
        if "prospect" not in _order(who):
            return cost * pieces * mixed
        hours = _asked(total, role, activities) + self.cared.get(role, 0.0) * total.of("hours", role, "care")
        busy = min(1.0, hours / capacity)
        others = pieces - groups.get(self._group_of["prospect"], 0.0)
        return cost * (pieces * busy * mixed + others * (1 - busy) * 2)

    def _result(self, total: Tally) -> Workload:
        market = self._scenario.market
        return Workload(
            structure=self._name,
            channels={
                name: ChannelFlow(*(total.of(flow, name) for flow in ChannelFlow.__dataclass_fields__))
                for name in market.channels
            },
            reach=np.array([total[("reach", stage)] for stage in range(len(market.stages))]),
            deals=total.sum("deals"),
            new_revenue=total.of("revenue", "deals"),
            new_margin=total.of("margin", "deals"),
            order_revenue=total.of("revenue", "orders"),
            order_margin=total.of("margin", "orders"),
            distributor_revenue=total.of("revenue", "distributor"),
            distributor_margin=total.of("margin", "distributor"),
            given_away=total.of("given_away"),
            customers=total.sum("customers"),
            orders=total.of("orders"),
            requests=total.of("requests"),
            upsells=total.of("upsells"),
            reminders=total.of("reminders"),
            paperwork=total.of("papers"),
            roles={name: self._role(total, name, role) for name, role in self._roles.items()},
            paid_on={
                name: {
                    of: {kind: total.of(f"{of}_by", name, kind) for kind in ("deals", "orders")}
                    for of in ("revenue", "margin")
                }
                for name in self._roles
            },
            passed={name: total.of("passed_by", name) for name in self._roles},
        )

    def _role(self, total: Tally, name: str, role: Role) -> RoleLoad:
        order = _order(role)
        hours: dict[str, float] = {activity: total.of("hours", name, activity) for activity in order}
        pieces: dict[str, float] = {activity: total.of("pieces", name, activity) for activity in order}
        if "care" in hours:
            hours["care"] = self._care(total, name, role)
            pieces["care"] *= self.cared.get(name, 0.0)
        return RoleLoad(
            headcount=role.headcount,
            capacity=self._capacity(role),
            hours=hours,
            pieces=pieces,
            switching=self._switching(total, name, role),
            proficiency={activity: self._masteries(name, activity).proficiency for activity in order},
            order=order,
            due=frozenset(activity for activity, hours in role.due.items() if hours < math.inf),
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
