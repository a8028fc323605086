"""Working time: the calendar of an office or of one person, and a clock that walks over it.

Time is elapsed hours since midnight of the start date. A working interval is ``[open, close)``: at ``close``
nobody starts anything, but work whose last minute falls on it ends there and not on the next morning. A day
has 24 hours (no daylight saving). Start reading at :class:`WorkingCalendar`; what a scenario may say about
working time is :class:`CalendarSpec`.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.office_hours import CalendarSpec, public_holidays, worked_days

__all__ = ["AlwaysOpenClock", "CalendarSpec", "Clock", "WorkingCalendar", "add_months", "public_holidays"]

Times = TypeVar("Times", float, NDArray[np.float64])

SLACK = 1e-9
"""Hours (3.6 µs). Work that overshoots the closing time by less than this ends at closing: it is rounding."""


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of a month that is too short for it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


class WorkingCalendar:
    """The working time of an office, or of one person, as open intervals on the axis of elapsed hours.

    Made by :meth:`build` and :meth:`without`; never changes afterwards. It knows the time up to
    ``covers_until`` (elapsed hours; infinite around the clock), well beyond the horizon. What would end later
    ends at infinity. ``opens`` and ``closes`` are lists of equal length whose last entry is infinite, so that
    a walk needs no test of its bounds. Before the start nobody works.
    """

    def __init__(
        self,
        start: dt.date,
        months: float,
        edges: list[float],
        opens: list[float],
        closes: list[float],
        until: float,
    ) -> None:
        self.start = start
        self.months = months
        self.covers_until = until
        self.opens = opens
        self.closes = closes
        self._edges = edges

    @classmethod
    def build(cls, spec: CalendarSpec, start: dt.date, months: float, margin_months: int = 12) -> WorkingCalendar:
        """The calendar of an experiment of so many months from a date, and of a margin of months after it.

        Raises ValueError for an unknown country or region, and for months that are not above 0.
        """
        if not 0 < months <= 1200:
            raise ValueError(f"a calendar covers more than 0 and at most 1200 months, not {months:g}")
        start = dt.date(start.year, start.month, start.day)
        ends = [add_months(start, n) for n in range(math.ceil(months) + margin_months + 1)]
        edges = [24.0 * (end - start).days for end in ends]
        if spec.around_the_clock:
            return cls(start, months, edges, [0.0, math.inf], [math.inf, math.inf], math.inf)
        opens, closes = [], []
        # one day early: a shift over midnight may have begun on the eve of the start
        for day in worked_days(spec, start - dt.timedelta(days=1), ends[-1]):
            midnight = 24.0 * (day - start).days
            for begin, end in spec.shifts:
                if midnight + end > 0 and midnight + begin < edges[-1]:
                    opens.append(max(0.0, midnight + begin))
                    closes.append(min(midnight + end, edges[-1]))
        return cls(start, months, edges, [*opens, math.inf], [*closes, math.inf], edges[-1])

    def without(self, absences: Sequence[tuple[float, float]]) -> WorkingCalendar:
        """A person's own calendar: this one with absences, pairs (from, to) of elapsed hours, cut out of it.

        Absences may overlap and come in any order; one that ends at infinity is a departure. Raises
        ValueError for an absence that ends before it begins.
        """
        opens, closes, i = list(self.opens), self.closes, 0
        new_opens: list[float] = []
        new_closes: list[float] = []
        for begin, end in sorted(absence for absence in absences if absence[0] != absence[1]):
            if not begin <= end:
                raise ValueError(f"an absence from {begin:g} h to {end:g} h ends before it begins")
            j = bisect_right(closes, begin, i)  # the first interval that is open after `begin`
            new_opens += opens[i:j]
            new_closes += closes[i:j]
            if j < len(opens) and opens[j] < begin:
                new_opens.append(opens[j])
                new_closes.append(begin)
            i = bisect_right(closes, end, j)
            if i < len(opens) and opens[i] < end:
                opens[i] = end
        new_opens += opens[i:]
        new_closes += closes[i:]
        if not new_opens or new_opens[-1] < math.inf:
            new_opens.append(math.inf)
            new_closes.append(math.inf)
        return WorkingCalendar(self.start, self.months, self._edges, new_opens, new_closes, self.covers_until)

    def is_open(self, t: float) -> bool:
        """Whether somebody works at t: true at an opening, false at a closing."""
        i = bisect_right(self.opens, t) - 1
        return i >= 0 and t < self.closes[i]

    def next_open(self, t: float) -> float:
        """The first working moment at or after t (t itself when open); infinity when there is none."""
        return max(t, self.opens[bisect_right(self.closes, t)]) if t < math.inf else t

    def finish(self, t: float, work: float) -> float:
        """The moment at which so many working hours, begun at t or at the next opening, are done."""
        i = bisect_right(self.closes, t) if t < math.inf else len(self.closes) - 1
        return _walk(self.opens, self.closes, i, max(t, self.opens[i]), work)

    def working_at(self, t: Times) -> Times:
        """Working hours from the start until t (a float or an array; 0 before the start, NaN stays).

        Raises ValueError beyond ``covers_until``.
        """
        if isinstance(t, np.ndarray):
            return self._working_at(t)
        return float(self._working_at(np.asarray(t, dtype=float)))

    def elapsed_at(self, work: Times) -> Times:
        """The inverse: the moment at which so many working hours since the start are done (float or array).

        At a closing time, the closing and not the next opening; at 0, the first opening; infinity beyond the
        calendar; NaN stays. Raises ValueError for negative hours.
        """
        if isinstance(work, np.ndarray):
            return self._elapsed_at(work)
        return float(self._elapsed_at(np.asarray(work, dtype=float)))

    def working_between(self, t0: Times, t1: Times) -> Times:
        """Working hours from t0 to t1 (floats, or arrays of one shape); negative when t1 is earlier."""
        return self.working_at(t1) - self.working_at(t0)

    def working_hours_total(self, t0: float = 0.0, t1: float | None = None) -> float:
        """Working hours of a span, by default of the whole horizon."""
        return self.working_between(t0, self.horizon if t1 is None else t1)

    def _working_at(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        if np.any(t > self.covers_until):
            raise ValueError(f"the calendar knows {self.covers_until:g} hours from {self.start}, not {np.nanmax(t):g}")
        opens, closes, before = self._arrays
        i = np.maximum(np.searchsorted(opens, t, side="right") - 1, 0)
        worked = before[i] + np.minimum(t - opens[i], closes[i] - opens[i])
        return np.where(t < opens[0], 0.0, worked)

    def _elapsed_at(self, work: NDArray[np.float64]) -> NDArray[np.float64]:
        if np.any(work < 0):
            raise ValueError(f"working hours are not negative: {np.nanmin(work):g}")
        opens, closes, before = self._arrays
        after = before + (closes - opens)
        i = np.searchsorted(after, work - SLACK, side="left")
        inside = np.minimum(i, len(after) - 1)
        moment = np.minimum(opens[inside] + (work - before[inside]), closes[inside])
        return np.where(i < len(after), moment, np.where(np.isnan(work), np.nan, np.inf))

    @cached_property
    def _arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Opens, closes, and the working hours before each interval, without the infinite one at the end."""
        last = len(self.opens) - 1 or 1  # somebody who never works keeps one empty interval
        opens, closes = np.array(self.opens[:last]), np.array(self.closes[:last])
        if math.isinf(opens[0]):
            opens, closes = np.zeros(1), np.zeros(1)
        before = list(accumulate(closes[:-1] - opens[:-1], initial=0.0))
        return opens, closes, np.array(before)

    @property
    def horizon(self) -> float:
        """Elapsed hours from the start to the same day ``months`` months later."""
        return self.month_edges(self.months)[-1]

    def month_edges(self, months: float) -> list[float]:
        """Elapsed hours of 0 and of the end of each month since the start date; the last may be a part.

        Raises ValueError beyond the months which the calendar covers.
        """
        whole = math.floor(months)
        if not 0 <= months <= len(self._edges) - 1:
            raise ValueError(f"the calendar covers 0 to {len(self._edges) - 1} months, not {months:g}")
        edges = self._edges[: whole + 1]
        if months > whole:
            edges.append(edges[-1] + (months - whole) * (self._edges[whole + 1] - edges[-1]))
        return edges

    def elapsed_of(self, when: dt.date) -> float:
        """Elapsed hours from the start to a date (its midnight) or a datetime; negative before the start."""
        moment = when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time())
        return (moment - dt.datetime.combine(self.start, dt.time())) / dt.timedelta(hours=1)

    def clock(self) -> Clock:
        """A new clock on this calendar, the trivial one where work never pauses."""
        never_pauses = self.opens[0] == 0.0 and self.closes[0] == math.inf
        return AlwaysOpenClock(self) if never_pauses else Clock(self)


class Clock:
    """A cursor over a calendar, for a person's day after day: constant time per question as time moves on.

    It remembers the interval of the last question. An earlier time is answered right too, only more slowly.
    """

    __slots__ = ("_closes", "_index", "_opens")

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._opens = calendar.opens
        self._closes = calendar.closes
        self._index = 0

    def start(self, t: float) -> float:
        """The first working moment at or after t; infinity when there is none."""
        i = self._index
        opened = self._opens[i]
        if opened <= t < self._closes[i]:
            return t
        i = self._index = self._seek(i, t)
        opened = self._opens[i]
        return max(t, opened)

    def finish(self, t: float, work: float) -> float:
        """The moment at which so many working hours, begun at t or at the next opening, are done.

        The cursor stays at t, because the work may be interrupted before.
        """
        i = self._index
        opened, close = self._opens[i], self._closes[i]
        if opened <= t < close and (end := t + work) <= close:
            return end
        i = self._index = self._seek(i, t)
        opened = self._opens[i]
        return _walk(self._opens, self._closes, i, max(t, opened), work)

    def _seek(self, i: int, t: float) -> int:
        closes = self._closes
        if t == math.inf:
            return len(closes) - 1
        while i and t < closes[i - 1]:
            i -= 1
        while t >= closes[i]:
            i += 1
        return i


class AlwaysOpenClock(Clock):
    """The clock of somebody who works around the clock: ``finish`` is exactly ``t + work``."""

    __slots__ = ()

    def start(self, t: float) -> float:
        """The time itself: it is always open."""
        return t

    def finish(self, t: float, work: float) -> float:
        """Exactly t + work."""
        return t + work


def _walk(opens: list[float], closes: list[float], i: int, t: float, work: float) -> float:
    """The end of work begun at t inside interval i; shared, so that clock and calendar agree in every bit."""
    while (end := t + work) > closes[i]:
        if end <= closes[i] + SLACK:
            return closes[i]
        work -= closes[i] - t
        i += 1
        t = opens[i]
    return end
