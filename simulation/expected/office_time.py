"""Working time of the horizon or of a part of the run: hours a month, and how long one who is due waits for open doors.

All flows of this package are per mean month.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.arrivals import Rhythm
from simulation.scenario.calendar import WorkingCalendar, add_months
from simulation.scenario.office_hours import CalendarSpec, worked_days
from simulation.scenario.scenario import Scenario
from simulation.written.distributions import Distribution
from simulation.written.readers import DAY, MONTH

Floats = NDArray[np.float64]

Doors = tuple[Floats, Floats]
"""When doors open and when they close, hours; the last entries are infinite."""

_POINTS = 4096
_QUANTILES = 512


class OfficeTime:
    """The office's working time over the counted horizon, or over a part of the run.

    Attributes:
        hours_per_month: working hours of a mean month (730.5 h of elapsed time) of this time.
        days_per_month: working days of a mean month.
        since: elapsed hours from the start of the run to that of the flows: what came before is known otherwise.
        begin: elapsed hours from the start of the run (of the warm-up) to the begin of this time.
        end: elapsed hours to its end.
        start: date of the start of the run.
        calendar: as the scenario states it.
    """

    def __init__(
        self,
        spec: CalendarSpec,
        first_day: dt.date,
        months: int,
        warm_up: int,
        part: tuple[float, float] | None = None,
    ) -> None:
        """`part`: begin and end, elapsed hours since the start of the run; the counted horizon where not given."""
        self.calendar = spec
        self._over = (first_day, months, warm_up, part)
        self.start = add_months(first_day, -warm_up)
        calendar = _calendar(spec, self.start, warm_up + months)
        self.since = 0.0 if part is None else part[0]
        after = add_months(first_day, months)
        self.begin, self.end = (calendar.elapsed_of(first_day), calendar.elapsed_of(after)) if part is None else part
        length = (self.end - self.begin) / MONTH
        self.hours_per_month = calendar.working_hours_total(self.begin, self.end) / length
        if spec.around_the_clock:
            self.days_per_month = MONTH / DAY
        elif part is None:
            days = worked_days(spec, first_day, after - dt.timedelta(days=1))
            self.days_per_month = sum(1 for _ in days) / length
        else:
            self.days_per_month = self.hours_per_month / spec.hours_per_day
        self._opens, self._closes = np.asarray(calendar.opens), np.asarray(calendar.closes)
        steps = (np.arange(_POINTS) + 0.5) / _POINTS
        self._any_time = self.begin + (self.end - self.begin) * steps
        worked = calendar.working_at(self.begin) + steps * calendar.working_hours_total(self.begin, self.end)
        self._office_time = np.asarray(calendar.elapsed_at(worked))
        self._known: dict[tuple[Distribution, float, bool], float] = {}

    @cached_property
    def days(self) -> Floats:
        """Middles of the days of this time, days since the start of the run. Do not write into it."""
        return np.asarray(np.arange(self.begin / DAY, self.end / DAY) + 0.5)

    @cached_property
    def months_of_days(self) -> NDArray[np.int64]:
        """Month of the year of each of the days, 0 to 11. Do not write into it."""
        dates = np.datetime64(self.start, "D") + self.days.astype(np.int64).astype("timedelta64[D]")
        return np.asarray(dates.astype("datetime64[M]").astype(np.int64) % 12)

    def of(self, spec: CalendarSpec) -> OfficeTime:
        """The working time of people with hours of their own, over the same time."""
        return _shared(spec, *self._over)

    @property
    def doors(self) -> Doors:
        """When the doors open and close."""
        return self._opens, self._closes

    def still_there(
        self,
        patience: Distribution,
        delay: float,
        in_office: bool,
        rhythm: Rhythm | None = None,
        doors: Doors | None = None,
    ) -> float:
        """Share of customers who have not given up when the doors are open and the delay is over.

        Nobody waits for a free person here: it is the most that any department can reach.

        Args:
            patience: the customers' patience, elapsed hours.
            delay: elapsed hours from the moment they are due to the earliest begin of the work (inf: never).
            in_office: whether they fall due in working time (at the end of a piece of work) or at any hour.
            doors: when whoever answers them is there; None: in the office's working time.
            rhythm: how often they fall due at which hour of which day, where that is at any hour; None: evenly.
        """
        if delay == np.inf:
            return 0.0
        if patience.mean == np.inf or (in_office and delay == 0 and doors is None):
            return 1.0
        if in_office or (rhythm is not None and rhythm.even):
            rhythm = None
        if doors is not None or rhythm is not None:
            return self._there(patience, delay, in_office, rhythm, doors)
        asked = (patience, delay, in_office)  # by every structure and split, of the same few stages
        if asked not in self._known:
            self._known[asked] = self._there(patience, delay, in_office, None, None)
        return self._known[asked]

    def _there(
        self, patience: Distribution, delay: float, in_office: bool, rhythm: Rhythm | None, doors: Doors | None
    ) -> float:
        due = self._office_time if in_office else self._any_time
        at = due + delay
        opens, closes = self.doors if doors is None else doors
        waits = np.maximum(at, opens[np.searchsorted(closes, at, side="right")]) - due
        limits = patience.quantile((np.arange(_QUANTILES) + 0.5) / _QUANTILES)
        if rhythm is None:
            return float(np.searchsorted(np.sort(waits), limits, side="right").mean() / _POINTS)
        order = np.argsort(waits)
        weights = rhythm.at(self.calendar, self.start, due)[order].cumsum()
        if weights[-1] <= 0:
            return 0.0
        there = np.searchsorted(waits[order], limits, side="right")
        return float(np.concatenate(([0.0], weights))[there].mean() / weights[-1])


def office_time(scenario: Scenario, part: tuple[float, float] | None = None) -> OfficeTime:
    """The working time of a scenario's horizon, or of a part of the run (elapsed hours since its start).

    Computed once for each calendar and time.
    """
    experiment = scenario.experiment
    return _shared(scenario.calendar, experiment.start, experiment.months, experiment.warm_up, part)


@lru_cache(maxsize=512)
def _shared(
    spec: CalendarSpec, first_day: dt.date, months: int, warm_up: int, part: tuple[float, float] | None
) -> OfficeTime:
    return OfficeTime(spec, first_day, months, warm_up, part)


@lru_cache(maxsize=8)
def _calendar(spec: CalendarSpec, start: dt.date, months: int) -> WorkingCalendar:
    return WorkingCalendar.build(spec, start, months, margin_months=1)
