"""Working hours: the doors that open for all, the week of those who give a part of it, and spans of time away."""

from __future__ import annotations

from math import inf

from simpy.events import ProcessGenerator

from simulation.department.employees import Seat
from simulation.department.office import SHIFT_BREAK, Office
from simulation.department.rules import Rules
from simulation.department.work import Crew, Worker
from simulation.department.workforce import Workforce
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.shifts import Terms, positions
from simulation.scenario.structures import Role
from simulation.world import World
from simulation.world.world import calendar_of

Times = list[tuple[float, float]]


class Hours:
    """Who works when, and what happens when the doors open."""

    def __init__(self, office: Office, world: World, rules: Rules, workforce: Workforce) -> None:
        self.office = office
        self.per_day = 24.0 if office.always_open else rules.first.calendar.hours_per_day
        self._world = world
        self._rules = rules
        self._crews = workforce.crews
        self._weeks: dict[float, tuple[Office, Times]] = {}  # of those who give a part of it, by share
        self._own: dict[str, Office] = {}  # of those with hours of their own, by what is written of them
        structure, calendar = rules.structure, rules.first.calendar
        self._positions = {name: positions(calendar, structure, name) for name in structure.roles}
        for each in self._positions.values():
            for terms in (*each.first, each.further):
                self._begin_own(terms)

    def terms(self, role: str, ordinal: int) -> Terms:
        """What holds for a position of a role, by its ordinal there."""
        return self._positions[role].of(ordinal)

    def _begin_own(self, terms: Terms) -> None:
        """Let the working time of positions with hours of their own begin, if it has not."""
        if terms.calendar is None:
            return
        written = terms.calendar.model_dump_json()
        if written not in self._own:
            office = self._own[written] = self.office.people(calendar_of(terms.calendar, self._world.calendar))
            office.begin(lambda: self._come_in(office))

    def moved(self, terms: Terms, to: str) -> Terms:
        """What holds for a position that comes to another role: that role's, where it has no name."""
        return terms if terms.name else self._positions[to].further

    def of(self, seat: Seat) -> tuple[Office, Times, float]:
        """Working time of a position, when it is off while the office works, and hours of a whole working day."""
        own = seat.terms.calendar
        if own is not None:
            return self._own[own.model_dump_json()], [], own.hours_per_day
        return *self._part_of_week(self._rules.role(seat.role)), self.per_day

    def _part_of_week(self, role: Role) -> tuple[Office, Times]:
        """Working time of people who give a part of the week to their role, and when they are off meanwhile.

        They work the first hours of each day. The end of that day is no absence: what is in hand goes on the next day,
        as a full-timer's does after the night.
        """
        if role.hours_per_week is None:
            return self.office, []
        share = self._rules.first.calendar.share_of_week(role.hours_per_week)
        if share >= 1.0:
            return self.office, []
        if share not in self._weeks:
            off = part_time(self._world.calendar, share, self._world.end)
            office = self.office.people(self._world.calendar.without(off))
            office.begin(lambda: self._come_in(office))
            self._weeks[share] = office, off
        return self._weeks[share]

    def first_moment(self) -> ProcessGenerator:
        """Around the clock no door opens; people begin at once."""
        yield self.office.env.timeout(0.0)
        if self.office.always_open:
            self.wake()

    def doors_opened(self) -> None:
        """Those who have nothing in hand look for work; those who prospect go on unless something better waits."""
        for crew in self._crews:
            if crew.protected:
                self._begin_day(crew, self.office)
                continue
            if crew.idle:
                for person in list(crew.idle):
                    person.look_for_work()
            if crew.prospecting:
                for person in list(crew.prospecting):
                    if person.something_better_waits():
                        person.quest_interrupted()

    def wake(self) -> None:
        """Let those who are idle look for work."""
        if self.office.at_work:
            for crew in self._crews:
                for person in list(crew.idle):
                    person.look_for_work()

    def _come_in(self, office: Office) -> None:
        """Those whose working time it is begin their day."""
        for crew in self._crews:
            self._begin_day(crew, office)

    def _begin_day(self, crew: Crew, office: Office) -> None:
        """The same for those who work these hours; what is protected now is not kept from them by earlier work."""
        people: list[Worker] = [person for person in crew.people if person.office is office]
        for person in people:
            if person.protected:
                person.begin_window(office.env.now)
        for person in people:
            if person in crew.idle:
                person.look_for_work()
            elif person in crew.prospecting and person.something_better_waits():
                person.quest_interrupted()


def merged(first: Times, second: Times) -> Times:
    """Both lists of spans as one, in order and without overlap."""
    out: Times = []
    for begin, end in sorted(first + second):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out


def overlap(spans: Times, begin: float, end: float) -> Times:
    """What of the spans lies in [begin, end)."""
    return [(max(a, begin), min(b, end)) for a, b in spans if a < end and b > begin]


def part_time(calendar: WorkingCalendar, share: float, end: float) -> Times:
    """When somebody who gives a share of each working day does not work: after its first hours, until the next day.

    Args:
        calendar: the office's.
        share: of the contractual week, 0..1; so holidays shorten it as they shorten a full week.
        end: hours; what begins later is left out.
    """
    if share >= 1.0:
        return []
    days: Times = []
    if calendar.opens[0] == 0.0 and calendar.closes[0] == inf:
        days = [(24.0 * day, 24.0 * (day + 1)) for day in range(int(end // 24) + 2)]
    else:
        for opens, closes in zip(calendar.opens, calendar.closes, strict=True):
            if opens >= end + 168.0 or opens == inf:
                break
            if days and opens - days[-1][1] < SHIFT_BREAK:
                days[-1] = (days[-1][0], closes)
            else:
                days.append((opens, closes))
    away: Times = []
    for number, (opens, closes) in enumerate(days):
        gone = calendar.finish(opens, share * calendar.working_between(opens, closes))
        back = days[number + 1][0] if number + 1 < len(days) else inf
        away.append((gone, back))
    return away
