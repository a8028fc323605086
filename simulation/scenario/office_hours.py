"""The calendar block of a scenario: working week, hours, public holidays, days off, moved working days.

:class:`CalendarSpec` is what a person writes, :func:`worked_days` says which dates it makes working days.
``simulation.scenario.calendar`` turns both into working time.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, field_validator, model_validator

from simulation.texts import worded
from simulation.written.base import Block, key
from simulation.written.light import without_front
from simulation.written.spelling import QuantityError

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def _clock_span(text: str) -> tuple[float, float]:
    """'09:00-18:00' as hours of the day, (9.0, 18.0); a span over midnight ends above 24."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise QuantityError(worded("not-a-span", text=repr(text)), worded("allowed-span"))
    minutes = [int(part or 0) for part in match.groups()]
    begin, end = minutes[0] * 60 + minutes[1], minutes[2] * 60 + minutes[3]
    if max(minutes[1], minutes[3]) > 59 or begin >= 24 * 60 or end > 24 * 60:
        raise QuantityError(worded("no-such-time", text=repr(text)), worded("allowed-span"))
    if begin == end:
        raise QuantityError(worded("span-empty", text=repr(text)), worded("allowed-span"))
    return begin / 60, (end if end > begin else end + 24 * 60) / 60


def dotted_day(text: str) -> dt.date | str:
    """The date of '01.03.2026', the first of March, days first; any other text as it is."""
    match = _DOTTED.fullmatch(text.strip())
    if match is None:
        return text
    day, month, year = map(int, match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return text


def _date_like(value: Any) -> Any:
    # pydantic would read a number as seconds since 1970, and 20260504 is then a day of that year
    if isinstance(value, str):
        return dotted_day(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise QuantityError(worded("yaml-not-a-date", value=repr(value)), worded("allowed-date"))


Day = Annotated[dt.date, BeforeValidator(_date_like)]


def _written(value: str) -> str:
    begin, end = _clock_span(value)
    return f"{clock_text(begin)}-{clock_text(end if end <= 24 else end - 24)}"


def _named(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(day.strip().lower()[:3] if isinstance(day, str) else day for day in value)
    return value


def _in_order(value: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    if not value:
        raise QuantityError(worded("week-empty"), worded("allowed-week-days"))
    if len(set(value)) < len(value):
        raise QuantityError(worded("week-day-twice"), worded("allowed-week-days"))
    return tuple(sorted(value, key=WEEKDAYS.index))


Span = Annotated[str, AfterValidator(_written)]
"""Hours of a day, '09:00-18:00'; one over midnight belongs to the day on which it begins."""
Week = Annotated[tuple[Weekday, ...], BeforeValidator(_named), AfterValidator(_in_order)]
"""Days of a week, one at least, in their order."""


class CalendarSpec(Block):
    """The calendar block: working week, hours, public holidays, single days off and moved working days."""

    country: str | None = key(
        None, "Country whose public holidays are days off: ISO code as RU, US, DE; without it, no holidays."
    )
    region: str | None = key(None, "Region of the country with holidays of its own, as the holidays package names it.")
    week: Week = key(("mon", "tue", "wed", "thu", "fri"), "Days of the working week.")
    hours: Span = key("09:00-18:00", "Office hours; a span over midnight belongs to the day on which it begins.")
    lunch: Span | None = key("13:00-14:00", "Break inside the office hours which is not worked; null for none.")
    around_the_clock: bool = key(False, "Work day and night, every day; then no other key of this block matters.")
    days_off: tuple[Day, ...] = key((), "Further days on which nobody works.")
    working_days: tuple[Day, ...] = key((), "Days worked although the week or a holiday says otherwise.")

    @field_validator("country", mode="after")
    @classmethod
    def _upper(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z]{2,3}", value.strip()):
            raise ValueError(worded("not-a-country", value=repr(value)))
        return None if value is None else value.strip().upper()

    @model_validator(mode="after")
    def _sense(self) -> CalendarSpec:
        self.shifts  # noqa: B018 - raises when the lunch is outside the hours
        if both := sorted(set(self.days_off) & set(self.working_days)):
            raise ValueError(worded("day-off-and-on", both=both[0]))
        return self

    @property
    def shifts(self) -> tuple[tuple[float, float], ...]:
        """The worked spans of a working day, hours from its midnight; around the clock: ((0, 24),)."""
        if self.around_the_clock:
            return ((0.0, 24.0),)
        begin, end = _clock_span(self.hours)
        if self.lunch is None:
            return ((begin, end),)
        rest, back = _clock_span(self.lunch)
        if rest < begin:
            rest, back = rest + 24, back + 24
        if not begin < rest < back < end:
            raise ValueError(worded("lunch-outside", lunch=self.lunch, hours=self.hours))
        return ((begin, rest), (back, end))

    @property
    def hours_per_day(self) -> float:
        """Working hours of one working day."""
        return sum(close - begin for begin, close in self.shifts)

    @property
    def hours_per_week(self) -> float:
        """Working hours of a week without holidays, which is the contractual week of a full position."""
        return self.hours_per_day * (7 if self.around_the_clock else len(self.week))

    def own(self, hours: str | None, week: tuple[Weekday, ...] | None) -> CalendarSpec:
        """The working time of somebody with hours or days of his own; what is not given is the office's.

        Holidays, days off and moved working days are the office's, and so is the break where it lies inside the hours.
        """
        if hours is None and week is None:
            return self
        hours = hours or ("00:00-24:00" if self.around_the_clock else self.hours)
        week = week or (WEEKDAYS if self.around_the_clock else self.week)
        lunch = None if self.around_the_clock else self.lunch
        changed = {"hours": hours, "week": week, "lunch": lunch, "around_the_clock": False}
        spec = self.model_copy(update=changed)
        try:
            spec.shifts  # noqa: B018 - raises when the break is outside the hours
        except ValueError:
            spec = spec.model_copy(update={"lunch": None})
        return spec

    def share_of_week(self, hours: float | None) -> float:
        """Share of the contractual week of somebody who gives so many hours of it; None: all of them."""
        return 1.0 if hours is None else min(1.0, hours / self.hours_per_week)


def clock_text(hours: float) -> str:
    """An hour of the day as a clock shows it: 9.5 is 09:30."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _nearest_codes(country: str, known: Iterable[str]) -> list[str]:
    """Codes of the same length, those with the same first letter first, then by likeness."""
    alike = difflib.SequenceMatcher(b=country)

    def distance(code: str) -> tuple[bool, float, str]:
        alike.set_seq1(code)
        return code[0] != country[0], -alike.ratio(), code

    return sorted((code for code in known if len(code) == len(country)), key=distance)[:8]


@lru_cache(maxsize=64)
def public_holidays(
    country: str, region: str | None, first_year: int, last_year: int
) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Public holidays of a country, and the weekend days declared working days in exchange (as in Russia).

    Raises ValueError for a country or region that the ``holidays`` package does not know, with the nearest.
    """
    import holidays
    from holidays.registry import EntityLoader

    if country not in EntityLoader.get_country_codes():
        near = _nearest_codes(country, EntityLoader.get_country_codes())
        raise ValueError(worded("no-holidays", country=repr(country), near=", ".join(near)))
    with without_front("holidays.countries"):
        regions = list(getattr(holidays, country).subdivisions)
        if region is not None and region not in regions:
            near = difflib.get_close_matches(region, regions, n=4, cutoff=0.3) or regions
            if not near:
                raise ValueError(worded("no-regions", country=country, region=repr(region)))
            raise ValueError(worded("no-region", country=country, region=repr(region), near=", ".join(near)))
        found = holidays.country_holidays(country, subdiv=region, years=range(first_year, last_year + 1))
    return frozenset(found), frozenset(getattr(found, "weekend_workdays", ()))


def worked_days(spec: CalendarSpec, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The working days from first to last.

    A single day of the scenario comes before a holiday, a holiday before the week.
    """
    holidays: frozenset[dt.date] = frozenset()
    moved: frozenset[dt.date] = frozenset()
    if spec.country is not None:
        holidays, moved = public_holidays(spec.country, spec.region, first.year, last.year)
    week = {WEEKDAYS.index(day) for day in spec.week}
    off = (holidays - set(spec.working_days)) | set(spec.days_off)
    on = (moved | set(spec.working_days)) - off
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        if (day.weekday() in week and day not in off) or day in on:
            yield day
