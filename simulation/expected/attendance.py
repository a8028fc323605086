"""Who is there when, in closed form: hours of a role's people, doors behind which somebody answers, gaps in them.

Whoever gives a part of the week works the first hours of each day, the same share of every day (`department.hours`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from simulation.expected.office_time import Doors, OfficeTime
from simulation.scenario.channels import Arrivals
from simulation.scenario.office_hours import WEEKDAYS, CalendarSpec
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import Positions, in_shifts, positions
from simulation.scenario.structures import Structure

_ROUNDING = 1e-6
WEEK = 168.0

Spans = list[tuple[float, float]]


def share_there(scenario: Scenario, structure: Structure, role: str, time: OfficeTime) -> float:
    """Share of the office's working time that a person of a role works, mean over its positions.

    Above 1 where own hours are longer than the office's.
    """
    spec, seats = structure.roles[role], positions(scenario.calendar, structure, role)
    if _as_office(seats):
        return scenario.calendar.share_of_week(spec.hours_per_week)
    if time.hours_per_month <= 0:
        return 0.0
    weeks = _weeks(seats, spec.headcount)
    hours = sum(count * (time if week is None else time.of(week)).hours_per_month for week, count in weeks)
    return hours / sum(count for _, count in weeks) / time.hours_per_month


def days_there(scenario: Scenario, structure: Structure, role: str, time: OfficeTime) -> float:
    """Working days a month of a person of a role, mean over its positions."""
    spec, seats = structure.roles[role], positions(scenario.calendar, structure, role)
    if _as_office(seats):
        return time.days_per_month
    weeks = _weeks(seats, spec.headcount)
    days = sum(count * (time if week is None else time.of(week)).days_per_month for week, count in weeks)
    return days / sum(count for _, count in weeks)


def doors_of(scenario: Scenario, structure: Structure, roles: Iterable[str], time: OfficeTime) -> Doors | None:
    """When anybody of some roles is at work; None: in the office's working time."""
    found: Spans = []
    own = False
    for role in roles:
        for week, _ in _weeks(positions(scenario.calendar, structure, role), structure.roles[role].headcount):
            own = own or week is not None
            opens, closes = (time if week is None else time.of(week)).doors
            found += zip(opens.tolist(), closes.tolist(), strict=True)
    if not own:
        return None
    merged = _united(span for span in found if span[0] < np.inf)
    return np.array([*(a for a, _ in merged), np.inf]), np.array([*(b for _, b in merged), np.inf])


def _as_office(seats: Positions) -> bool:
    return seats.further.calendar is None and all(each.calendar is None for each in seats.first)


def _weeks(seats: Positions, headcount: int) -> list[tuple[CalendarSpec | None, int]]:
    """Working times of so many positions (of one where there is none), and of how many each is."""
    found: dict[str, CalendarSpec | None] = {}
    counts: Counter[str] = Counter()
    for each in seats.up_to(max(1, headcount)):
        written = "" if each.calendar is None else each.calendar.model_dump_json()
        found[written] = each.calendar
        counts[written] += 1
    return [(found[written], count) for written, count in counts.items()]


def _united(spans: Iterable[tuple[float, float]]) -> Spans:
    """The same times without overlap, in order."""
    out: Spans = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out


@dataclass(frozen=True)
class Gap:
    """Open hours without anybody who answers.

    Attributes:
        roles: those who answer, by name.
        share: share of the open hours.
        since: hour of the day from which nobody answers, on the first day of the week with such hours.
        hours_per_week: what the longest of them gives; NaN: some have hours of their own.
    """

    roles: tuple[str, ...]
    share: float
    since: float
    hours_per_week: float


def unanswered(scenario: Scenario, structure: str) -> Gap | None:
    """The open hours in which nobody of a structure, as it stands in a scenario, answers new leads; None where none."""
    market, calendar = scenario.market, scenario.calendar
    if not any(isinstance(channel, Arrivals) and channel.active for channel in market.channels.values()):
        return None
    first = "sell" if market.qualification is None else "qualify"
    spec = scenario.structures[structure]
    answer = {
        name: role
        for name, role in spec.roles.items()
        if role.headcount and any(duty.activity == first for duty in role.activities)
    }
    covered: Spans = []
    for name, role in answer.items():
        for week, _ in _weeks(positions(calendar, spec, name), role.headcount):
            covered += _of_week(week or calendar, calendar.share_of_week(role.hours_per_week))
    office = _united(_of_week(calendar, 1.0))
    left = list(_left(office, _united(covered)))
    whole, share = sum(b - a for a, b in office), sum(b - a for a, b in left)
    if not answer or share <= _ROUNDING * whole:
        return None
    given = [role.hours_per_week or np.inf for role in answer.values()]
    own = in_shifts(spec)
    return Gap(tuple(answer), share / whole, left[0][0] % 24, float("nan") if own else max(given))


def _of_week(calendar: CalendarSpec, share: float) -> Iterator[tuple[float, float]]:
    """Working hours of a week, from Monday's midnight on, in which the first share of each day is worked."""
    for day in WEEKDAYS if calendar.around_the_clock else calendar.week:
        left = share * calendar.hours_per_day
        for begin, close in calendar.shifts:
            length = min(left, close - begin)
            left -= length
            since = (24.0 * WEEKDAYS.index(day) + begin) % WEEK
            if length > 0:
                yield since, min(since + length, WEEK)
            if since + length > WEEK:
                yield 0.0, since + length - WEEK


def _left(spans: Spans, without: Spans) -> Iterator[tuple[float, float]]:
    """What of some times lies outside of others; both without overlap, in order."""
    for begin, end in spans:
        at = begin
        for since, until in without:
            if until > at and since < end:
                if since > at + _ROUNDING:
                    yield at, since
                at = max(at, until)
        if end > at + _ROUNDING:
            yield at, end
