"""Who was there when: hours with events by person, weekday and hour, full seats, and the office's working hours.

A list of names is not a staff: some left, some work two days a week, some close one deal a month. On a day on which a
person was at work m events of his are seen on average; with events at random none are on a share exp(-m) of his days.
m solves m / (1 - exp(-m)) = mean number of events on days with events (Poisson cut off at zero: Cohen 1960), and the
days at work are days with events / (1 - exp(-m)). The hours of his day are those that hold nine tenths of his events,
against the same of all people together. A full seat is what the upper half of the people who are there more than half
the time give, holidays and sickness as they are; nobody counts for more than one.
The working week has the weekdays with a quarter of the events of the busiest one and more, the working hours those with
a quarter of the median of the eight busiest; a dip below half of the hours around it between 11 and 16 is the lunch.

Figures: `names`, `heads` (full seats), `heads.ROLE`, `hours.begin`, `hours.end` (hour of the day), `days_per_week`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_DEALS, Estimate, Figure, Resampling
from simulation.calibration.records import UNKNOWN, Records
from simulation.scenario.office_hours import WEEKDAYS, clock_text
from simulation.texts import Amount, Phrase, worded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_QUIET, _DIP, _CORE = 0.25, 0.5, 0.9
_LEAST_DAYS = 10
"""Working days with events below which nothing is told of presence."""


@dataclass(frozen=True)
class Office:
    """When people work, hours of the day: the whole hours that the events tell."""

    week: tuple[int, ...]
    """Weekdays from 0, Monday."""
    begin: float
    end: float
    lunch: tuple[float, float] | None

    def worked(self, moments: Floats) -> Floats:
        """Working hours from the Monday of the epoch to moments (hours since it), without nights, lunch, days off."""
        days, hour = np.divmod(moments, 24.0)
        weeks, weekday = np.divmod(days, 7)
        inside = np.zeros(7)
        inside[list(self.week)] = 1.0
        whole = float(self._inside(np.array([24.0]))[0])
        before = np.concatenate([[0.0], np.cumsum(inside)])[weekday.astype(int)]
        today = inside[weekday.astype(int)] * self._inside(hour)
        return np.asarray(whole * (weeks * len(self.week) + before) + today)

    def _inside(self, hour: Floats) -> Floats:
        """Working hours of a day until an hour of it."""
        spent = np.clip(hour - self.begin, 0.0, self.end - self.begin)
        if self.lunch is not None:
            spent = spent - np.clip(hour - self.lunch[0], 0.0, self.lunch[1] - self.lunch[0])
        return np.asarray(spent)

    @property
    def hours_per_week(self) -> float:
        """Working hours of a week."""
        return float(self._inside(np.array([24.0]))[0]) * len(self.week)

    def calendar(self) -> dict[str, object]:
        """As the `calendar` of a scenario."""
        lunch = None if self.lunch is None else f"{clock_text(self.lunch[0])}-{clock_text(self.lunch[1])}"
        end = self.end if self.end <= 24 else self.end - 24
        week = [WEEKDAYS[day] for day in self.week]
        return {"week": week, "hours": f"{clock_text(self.begin)}-{clock_text(end)}", "lunch": lunch}


@dataclass(frozen=True)
class Presence:
    """What events tell of people and hours.

    Attributes:
        person: numbers of the people with events, rising; shape (people,).
        grid: share of the days with a weekday on which each has events in an hour; shape (people, 7, 24).
        seats: of a full seat, what each gives; shape (people,).
        office: the office's hours.
    """

    person: Ints
    grid: Floats
    seats: Floats
    office: Office


def events_of(records: Records) -> pd.DataFrame:
    """Moments with a person: work begun and ended, deals moved and closed by their owners; columns person, at.

    The entry with which a deal begins is the customer's: he asks at night and on Sundays, and nobody need be there.
    """
    activities, entries, deals = records.activities, records.entries, records.deals
    begun = deals.drop_duplicates("deal").set_index("deal")["created"]
    moved = entries["entered"].to_numpy() != begun.reindex(entries["deal"]).to_numpy()
    parts = [
        activities[["person", "started"]].rename(columns={"started": "at"}),
        activities[["person", "completed"]].rename(columns={"completed": "at"}),
        entries.loc[moved, ["owner", "entered"]].rename(columns={"owner": "person", "entered": "at"}),
        deals[["owner", "closed"]].rename(columns={"owner": "person", "closed": "at"}),
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[(rows["person"] != UNKNOWN) & rows["at"].notna()]
    inside = rows["at"] < pd.Timestamp(records.as_of)
    if records.since is not None:
        inside &= rows["at"] >= pd.Timestamp(records.since)
    rows = rows[inside]
    return rows.drop_duplicates().reset_index(drop=True)


def office_of(events: pd.DataFrame) -> Office | None:
    """The working hours that the events tell; None where fewer than `LEAST_DEALS` have a time of day."""
    timed = events[events["at"].dt.normalize() != events["at"]]  # a date alone tells no hour
    if len(timed) < LEAST_DEALS:
        return None
    by_day = np.bincount(timed["at"].dt.day_of_week, minlength=7).astype(float)
    week = tuple(int(day) for day in np.flatnonzero(by_day >= _QUIET * by_day.max()))
    by_hour = np.bincount(timed["at"].dt.hour, minlength=24).astype(float)
    usual = float(np.median(np.sort(by_hour)[-8:]))
    busy = np.flatnonzero(by_hour >= _QUIET * usual)
    begin, end = int(busy.min()), int(busy.max()) + 1
    lunch = None
    for hour in range(max(11, begin + 1), min(16, end - 1)):
        around = (by_hour[hour - 1] + by_hour[hour + 1]) / 2
        if by_hour[hour] < _DIP * around and (lunch is None or by_hour[hour] < by_hour[int(lunch[0])]):
            lunch = (float(hour), float(hour + 1))
    return Office(week, float(begin), float(end), lunch)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Full seats and working hours; the default stays where events are fewer than `LEAST_DEALS` or days than ten."""
    events = events_of(records)
    office = office_of(events)
    if office is None or events["at"].dt.normalize().nunique() < _LEAST_DAYS:
        few = worded("people-presence-few", events=len(events), least=LEAST_DEALS)
        keys = ("heads", "hours.begin", "hours.end", "days_per_week")
        return Estimate("presence", {key: Figure(key, math.nan, kept=few, cases=len(events)) for key in keys}, (few,))
    person, place = np.unique(events["person"].to_numpy(np.int64), return_inverse=True)
    day = np.asarray((events["at"].dt.normalize() - pd.Timestamp(0)).dt.days, np.int64)
    first = int(day.min())
    count = np.zeros((len(person), int(day.max()) - first + 1))
    np.add.at(count, (place, day - first), 1.0)
    working = np.isin((np.arange(count.shape[1]) + first + 3) % 7, office.week)  # the epoch began on a Thursday
    there = (count > 0).sum(axis=0)
    working &= there >= 0.3 * np.median(there[working & (there > 0)])  # days off of all
    long = _day_shares(events, place, len(person))
    seats = _seats(count[:, working], long)
    days = int(working.sum())
    drawn = []
    for draw in range(resampling.draws):
        weights = resampling.weights("days", count.shape[1], draw)[working].astype(float)
        drawn.append(_seats(count[:, working], long, weights))
    draws = np.array(drawn).reshape(-1, len(person))
    way = "people-method-presence"
    figures = {
        "names": Figure("names", float(len(person)), cases=len(events), method="people-method-count"),
        "heads": Figure("heads", float(seats.sum()), draws.sum(axis=1), days, way),
        "hours.begin": Figure("hours.begin", office.begin, cases=len(events), method=way, unit="hours"),
        "hours.end": Figure("hours.end", office.end, cases=len(events), method=way, unit="hours"),
        "days_per_week": Figure("days_per_week", float(len(office.week)), cases=len(events), method=way),
    }
    roles = roles_of(records, person)
    for role in sorted(set(roles) - {""}):
        own = np.array([each == role for each in roles])
        figures[f"heads.{role}"] = Figure(
            f"heads.{role}", float(seats[own].sum()), draws[:, own].sum(axis=1), int(own.sum()), way
        )
    model = Presence(person, _grid(events, place, len(person)), seats, office)
    return Estimate("presence", figures, tuple(_notes(seats, office)), model)


def roles_of(records: Records, person: Ints) -> list[str]:
    """The role of each person by the list of staff, the last one that he had; '' where it is not known."""
    last = records.staff.sort_values("hired").drop_duplicates("person", keep="last").set_index("person")["role"]
    return [str(each) for each in last.reindex(person).fillna("")]


def _seats(count: Floats, long: Floats, weights: Floats | None = None) -> Floats:
    """Of a full seat, what each person gives; days counted so often."""
    each = np.ones(count.shape[1]) if weights is None else weights
    with_events = (count > 0) @ each
    mean = (count @ each) / np.maximum(with_events, 1e-9)
    seen = -np.expm1(-_cut_at_zero(mean))
    share = np.minimum(with_events / np.maximum(seen, 1e-9) / max(each.sum(), 1.0), 1.0)
    given = share * long
    steady = np.sort(given[given > 0.5 * given.max(initial=0.0)])
    full = float(np.median(steady[len(steady) // 2 :])) if len(steady) else 1.0
    return np.asarray(np.minimum(given / max(full, 1e-9), 1.0))


def _cut_at_zero(mean: Floats) -> Floats:
    """Means m of the Poisson laws whose mean above zero is `mean`: m = mean (1 - exp(-m)), by iteration."""
    m = np.maximum(mean - 1, 1e-3)
    for _ in range(60):
        m = np.maximum(mean * -np.expm1(-m), 1e-3)
    return np.asarray(m)


def _day_shares(events: pd.DataFrame, place: Ints, people: int) -> Floats:
    """Hours of each person's day against the office's: those that hold nine tenths of the events; 1 at most."""
    hour = events["at"].dt.hour.to_numpy()
    by_hour = np.zeros((people, 24))
    np.add.at(by_hour, (place, hour), 1.0)

    def core(counts: Floats) -> float:
        ranked = np.sort(counts)[::-1].cumsum() / max(counts.sum(), 1.0)
        k = int(np.searchsorted(ranked, _CORE))
        before = ranked[k - 1] if k else 0.0
        return k + (_CORE - before) / max(ranked[k] - before, 1e-9)

    office = core(by_hour.sum(axis=0))
    # few events cover few hours, whoever has them: below thirty the day counts as whole
    return np.array([min(core(each) / office, 1.0) if each.sum() >= 30 else 1.0 for each in by_hour])


def _grid(events: pd.DataFrame, place: Ints, people: int) -> Floats:
    at = events["at"].dt
    day = np.asarray((at.normalize() - pd.Timestamp(0)).dt.days, np.int64)
    cells = np.unique(np.column_stack([place, at.day_of_week, at.hour, day]), axis=0)[:, :3]
    grid = np.zeros((people, 7, 24))
    np.add.at(grid, tuple(cells.T), 1.0)
    days = pd.Series(events["at"].dt.normalize().unique()).dt.day_of_week
    return np.asarray(grid / np.maximum(np.bincount(days, minlength=7), 1)[None, :, None])


def _notes(seats: Floats, office: Office) -> list[Phrase]:
    hours = {"begin": clock_text(office.begin), "end": clock_text(min(office.end, 24.0))}
    found = [worded("people-presence-office", days=len(office.week), **hours)]
    if seats.sum() < 0.9 * len(seats):
        found.append(worded("people-presence-names", names=len(seats), heads=Amount(float(seats.sum()))))
    return found
