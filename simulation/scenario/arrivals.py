"""When in the week and in the day leads come, and how unevenly the weeks bring them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.scenario.office_hours import CalendarSpec, public_holidays
from simulation.written.base import Block, key
from simulation.written.quantities import NonNegative, Share

HOURS = 24

_SETTLED = "fixed-arrivals"
Week = Annotated[tuple[NonNegative, ...], Field(min_length=7, max_length=7)]
Day = Annotated[tuple[NonNegative, ...], Field(min_length=HOURS, max_length=HOURS)]


class Rhythm(Block):
    """When in the week and in the day leads come: factors on the rate of their month."""

    weekdays: Week = key((1.0,) * 7, "Seven factors, Monday to Sunday, that average to one.", changes=_SETTLED)
    hours: Day = key((1.0,) * HOURS, "Twenty-four factors, from midnight on, that average to one.", changes=_SETTLED)
    holidays: NonNegative = key(
        1,
        "Factor on public holidays (`calendar.country`) and on `calendar.days_off`; what they bring less, the month "
        "brings less.",
        changes=_SETTLED,
    )

    @property
    def even(self) -> bool:
        """Whether leads come at any hour of any day alike."""
        return self.holidays == 1 and set(self.weekdays) == {1.0} and set(self.hours) == {1.0}

    def of_days(self, calendar: CalendarSpec, start: dt.date, days: int) -> NDArray[np.float64]:
        """Factors of the days from `start` on, shape (days,)."""
        factors = np.asarray(self.weekdays)[(start.weekday() + np.arange(days)) % 7]
        if self.holidays != 1:
            factors[[n for n in _free(calendar, start, days) if 0 <= n < days]] *= self.holidays
        return factors

    def at(self, calendar: CalendarSpec, start: dt.date, hours: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factors at moments, elapsed hours since midnight of `start`, not below 0; of the same shape."""
        days = (hours // HOURS).astype(np.int64)
        of_day = self.of_days(calendar, start, int(days.max(initial=0)) + 1)
        return np.asarray(of_day[days] * np.asarray(self.hours)[(hours % HOURS).astype(np.int64)])


class Bursts(Block):
    """Weeks that bring more leads than others by chance, and that follow one another: a gamma autoregression."""

    cv: NonNegative = key(
        0,
        "Coefficient of variation of a gamma factor on each week's rate; 0: weeks differ by chance alone.",
        changes=_SETTLED,
    )
    memory: Annotated[Share, Field(lt=1)] = key(
        0, "Correlation of a week's factor with that of the week before.", changes=_SETTLED, needs="cv"
    )
    common: Share = key(
        0,
        "Share of the factor's variance that all channels have in common: the correlation of two channels' factors "
        "where cv and memory are the same.",
        changes=_SETTLED,
        needs="cv",
    )


def _free(calendar: CalendarSpec, start: dt.date, days: int) -> list[int]:
    """Public holidays and further days off, in days since `start`."""
    dates = set(calendar.days_off)
    if calendar.country is not None:
        last = start + dt.timedelta(days=days)
        dates |= public_holidays(calendar.country, calendar.region, start.year, last.year)[0]
    return [(date - start).days for date in sorted(dates)]
