"""Spans of time in which a person is there or away, and a part of the week."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from simulation.department.office import SHIFT_BREAK

if TYPE_CHECKING:
    from simulation.scenario.calendar import WorkingCalendar

Times = list[tuple[float, float]]


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
