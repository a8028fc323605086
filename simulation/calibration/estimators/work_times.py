"""How long pieces of work take, and on what each role's hours go, from an activity log.

A piece runs from its start to its completion, of which only the office's hours count: nights, lunch and days off are
cut. Nobody works on two things at once: while pieces of a person overlap, the one begun last is worked on and the
others wait. What then still has more than eight hours, and ten times the median of its activity, was left open, not
worked on, and is left out. Pieces that lie outside the office's hours altogether count as they are.

The mean and the variation around a person's own mean are those of the pieces, whatever their law. How people differ is
a random effect in the logarithms, log d = m + b + e, b of standard deviation s_b between people, e of s_e, by maximum
likelihood (one-way random effects, unbalanced: Searle, Casella and McCulloch 1992, ch. 3),

    l = -1/2 sum over people of (n - 1) log v + log(v + n s_b^2) + W / v + n (y - m)^2 / (v + n s_b^2),   v = s_e^2,

with n pieces of a person, their mean y and the sum W of squares around it. The effect stands only where a
likelihood-ratio test finds it (half a chi-squared law: s_b is at its bound; Self and Liang 1987).

Figures: `ACTIVITY.hours` (mean of a piece), `ACTIVITY.cv` (around the person's mean), `ACTIVITY.people_sd` (of the
logarithm, between people); `week.ROLE.ACTIVITY` (hours a week of all in the role), `week.ROLE` (all of them).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators.fitting import chance, most_likely, refitter
from simulation.calibration.estimators.persons import people_of, weights_of
from simulation.calibration.estimators.presence import Office, events_of, office_of, roles_of
from simulation.calibration.records import UNKNOWN, Records
from simulation.texts import Phrase, worded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LONGEST, TIMES = 8.0, 10.0
"""Working hours, and medians of its activity, above both of which a piece was left open."""
SHORTEST = 5 / 3600
"""Hours below which start and completion are one click."""
_FEW_PEOPLE = 8
"""People below whom resampling them tells little of the mean, and its standard error is used instead."""
ALL = "all"


@dataclass(frozen=True)
class Work:
    """The lognormal law of one activity's hours: standard deviations of the logarithm between and within people."""

    mean: float
    """Of the logarithm of hours."""
    between: float
    within: float
    log_likelihood: float


@dataclass(frozen=True)
class Pieces:
    """Pieces of work with known hours; shape (pieces,) each."""

    activity: NDArray[np.object_]
    person: Ints
    hours: Floats
    day: Ints
    """Days since the Monday before the epoch."""
    done: NDArray[np.datetime64]
    """When each was completed."""
    left_open: int
    """Pieces that were left out for taking longer than `LONGEST`."""
    instants: int
    """Pieces without a start or with one click for both."""


def pieces_of(records: Records, office: Office | None = None) -> Pieces:
    """The pieces of the log with their working hours; the office's hours are read from the events when None."""
    rows = records.activities
    rows = rows[rows["completed"].notna() & (rows["person"] != UNKNOWN)]
    office = office or office_of(events_of(records))
    raw = (rows["completed"] - rows["started"]).dt.total_seconds().to_numpy(float) / 3600
    known = raw >= SHORTEST  # NaN is not
    instants = int((~known).sum())
    start, end = (_hours(rows[name]) for name in ("started", "completed"))
    net = raw.copy()
    if office is not None and len(rows):
        begun, done = (office.worked(np.where(known, each, 0.0)) for each in (start, end))
        inside = known & (done - begun >= SHORTEST)
        net[inside] = one_at_a_time(rows["person"].to_numpy(np.int64)[inside], begun[inside], done[inside])
    known &= net >= SHORTEST
    median = pd.Series(net).where(known).groupby(rows["activity"].to_numpy(object)).transform("median").to_numpy(float)
    kept = known & ~(net > np.maximum(LONGEST, TIMES * median))
    day = np.floor(end / 24).astype(np.int64)
    return Pieces(
        rows["activity"].to_numpy(object)[kept],
        rows["person"].to_numpy(np.int64)[kept],
        net[kept],
        day[kept],
        rows["completed"].to_numpy("datetime64[s]")[kept],
        int((known & ~kept).sum()),
        instants,
    )


def one_at_a_time(person: Ints, begun: Floats, done: Floats) -> Floats:
    """Hours of each piece while it is the last begun of its person's; shape (pieces,).

    Args:
        person: of each piece.
        begun: hours of working time.
        done: the same, after `begun`.
    """
    n = len(begun)
    times, kinds, whose = np.concatenate([done, begun]), np.repeat([0, 1], n), np.tile(person, 2)
    order = np.lexsort((np.tile(-done, 2), kinds, times, whose))  # ends come before begins at one time
    found = [0.0] * n
    over = bytearray(n)
    stack: list[int] = []
    last_person, now = -2, 0.0
    for event, time, who in zip(order.tolist(), times[order].tolist(), whose[order].tolist(), strict=True):
        if who != last_person:
            stack, last_person, now = [], who, time
        while stack and over[stack[-1]]:
            stack.pop()
        if stack:
            found[stack[-1]] += time - now
        now = time
        if event < n:
            over[event] = 1
        else:
            stack.append(event - n)
    return np.array(found)


def _hours(moments: pd.Series) -> Floats:
    """Hours since the Monday before the epoch."""
    return np.asarray((moments - pd.Timestamp("1969-12-29")).dt.total_seconds(), np.float64) / 3600


@dataclass(frozen=True)
class Sums:
    """What the law needs of each person's pieces; shape (people,) each."""

    pieces: Floats
    hours: Floats
    spread: Floats
    """Sum of the squares of hours around the person's mean, over the square of that mean."""
    mean: Floats
    """Of the logarithms."""
    around: Floats
    """Sum of their squares around it."""

    @classmethod
    def of(cls, person: Ints, hours: Floats) -> Sums:
        """Those of pieces; people in rising order of their numbers."""
        _, place = np.unique(person, return_inverse=True)
        logs = np.log(hours)
        n = np.bincount(place).astype(float)
        total, squares, log, logs2 = (
            np.bincount(place, each).astype(float) for each in (hours, hours**2, logs, logs**2)
        )
        centre, middle = total / n, log / n
        spread = np.maximum(squares - n * centre**2, 0.0) / centre**2
        return cls(n, total, spread, middle, np.maximum(logs2 - n * middle**2, 0.0))

    def moments(self, each: Floats) -> tuple[float, float]:
        """Mean hours, and the coefficient of variation around people's own means, people counted so often."""
        free = float(each @ (self.pieces - 1))
        cv = math.sqrt(float(each @ self.spread) / free) if free > 0 else math.nan
        return float(each @ self.hours) / max(float(each @ self.pieces), 1e-9), cv

    def terms(self, theta: Floats) -> tuple[Floats, Floats]:
        """Log likelihood of each person's pieces at m, log s_b, log v, and its gradient."""
        wide, v = math.exp(2 * theta[1]), math.exp(theta[2])
        n, off = self.pieces, self.mean - theta[0]
        u = v + n * wide
        told = (n - 1) * math.log(v) + np.log(u) + self.around / v + n * off**2 / u
        by_u = 1 / u - n * off**2 / u**2
        by_v = (n - 1) / v - self.around / v**2 + by_u
        slope = np.column_stack([2 * n * off / u, -2 * n * wide * by_u, -v * by_v]) / 2
        return -0.5 * told, slope


_BOUNDS = [(-12.0, 8.0), (-7.0, 2.0), (-12.0, 5.0)]


def fit(person: Ints, hours: Floats) -> tuple[Work, Work]:
    """The most likely law with and without an effect of the person."""
    sums = Sums.of(person, hours)
    one = np.ones(len(sums.pieces))
    many = float(sums.pieces.sum())
    mean = float(sums.pieces @ sums.mean) / many
    whole = max(float((sums.around + sums.pieces * (sums.mean - mean) ** 2).sum()) / many, 1e-8)
    value = float(sums.terms(np.array([mean, -20.0, math.log(whole)]))[0].sum())
    alone = Work(mean, 0.0, math.sqrt(whole), value)
    if len(one) < 2:
        return alone, alone
    inner = max(float(sums.around.sum()) / max(many - len(one), 1.0), 1e-8)
    begins = [np.array([mean, begin, math.log(inner)]) for begin in (-1.0, -3.0)]
    theta, likely = most_likely(sums.terms, begins, _BOUNDS, one)
    mixed = Work(float(theta[0]), math.exp(theta[1]), math.exp(theta[2] / 2), likely)
    return (mixed, alone) if likely > value else (alone, alone)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Hours of a piece by activity and hours a week by role; activities below `LEAST_FOR_SHARE` keep the default."""
    pieces = pieces_of(records)
    if not len(pieces.hours):
        why = worded("people-work-no-starts" if pieces.instants else "people-work-no-log", pieces=pieces.instants)
        return Estimate("work_times", {"hours": Figure("hours", math.nan, kept=why)}, (why,))
    people = people_of(records)
    figures: dict[str, Figure] = {}
    laws: dict[str, Work] = {}
    for activity in sorted({str(each) for each in pieces.activity}):
        own = np.flatnonzero(pieces.activity == activity)
        if len(own) < LEAST_FOR_SHARE:
            few = worded("people-share-few", cases=len(own), least=LEAST_FOR_SHARE)
            figures[f"{activity}.hours"] = Figure(f"{activity}.hours", math.nan, cases=len(own), kept=few)
            continue
        person, hours = pieces.person[own], pieces.hours[own]
        weights = weights_of(people, np.unique(person), resampling)
        laws[activity] = _activity(figures, activity, person, hours, weights, resampling)
    figures |= _weeks(records, pieces, resampling)
    notes: list[Phrase] = []
    if pieces.left_open:
        notes.append(worded("people-work-left-open", pieces=pieces.left_open, hours=f"{LONGEST:g}"))
    if pieces.instants:
        notes.append(worded("people-work-instants", pieces=pieces.instants))
    return Estimate("work_times", figures, tuple(notes), laws)


def _activity(
    figures: dict[str, Figure], activity: str, person: Ints, hours: Floats, weights: Floats, resampling: Resampling
) -> Work:
    """Adds the figures of one activity, people weighted in each draw in the order of their numbers; the law found."""
    mixed, alone = fit(person, hours)
    differ = chance(1, 2 * (mixed.log_likelihood - alone.log_likelihood)) / 2 < 0.05
    law, sums = mixed if differ else alone, Sums.of(person, hours)
    people = len(sums.pieces)
    mean, cv = sums.moments(np.ones(people))
    drawn = np.full((len(weights), 3), law.between)
    if people >= _FEW_PEOPLE:
        drawn[:, :2] = [sums.moments(each) for each in weights]
        if differ:
            theta = np.array([law.mean, math.log(law.between), 2 * math.log(law.within)])
            refit = refitter(sums.terms, theta, _BOUNDS, np.ones(people))
            drawn[:, 2] = [math.exp(refit(each)[0][1]) for each in weights]
    else:
        n = sums.pieces
        error = math.sqrt(cv**2 / n.sum() + math.expm1(law.between**2) * float(n @ n) / float(n.sum()) ** 2)
        free = max(float(n.sum()) - people, 1.0)
        for r in range(len(weights)):
            rng = resampling.generator(f"work {activity}", r)
            drawn[r] = (
                mean * math.exp(rng.normal(-(error**2) / 2, error)),
                cv * math.sqrt(rng.chisquare(free) / free),
                law.between * math.sqrt(rng.chisquare(max(people - 1, 1)) / max(people - 1, 1)),
            )
    for key, value, k, unit in (("hours", mean, 0, "hours"), ("cv", cv, 1, "")):
        name = f"{activity}.{key}"
        figures[name] = Figure(name, value, drawn[:, k], len(hours), "people-method-mean-of-pieces", unit)
    key = f"{activity}.people_sd"
    if differ:
        figures[key] = Figure(key, law.between, drawn[:, 2], people, "people-method-work")
    else:
        figures[key] = Figure(key, math.nan, cases=people, kept=worded("people-work-alike"))
    return law


def _weeks(records: Records, pieces: Pieces, resampling: Resampling) -> dict[str, Figure]:
    """Hours a week of each role by activity; without a list of staff of all people together."""
    first, last = int(pieces.day.min()), int(pieces.day.max())
    days = last - first + 1
    person, place = np.unique(pieces.person, return_inverse=True)
    roles = np.array([role or ALL for role in roles_of(records, person)], object)[place]
    names = np.array([f"{role}\0{activity}" for role, activity in zip(roles, pieces.activity, strict=True)])
    cells, cell = np.unique(names, return_inverse=True)
    daily = np.zeros((len(cells), days))
    np.add.at(daily, (cell, pieces.day - first), pieces.hours)
    drawn = np.array([resampling.weights("days", days, r) for r in range(resampling.draws)], float).reshape(-1, days)
    a_week = drawn @ daily.T * (7 / days)
    found: dict[str, Figure] = {}
    way, unit = "people-method-hours", "hours a week"
    of_role = [name.split("\0")[0] for name in cells]
    for k, name in enumerate(cells):
        key = "week." + name.replace("\0", ".")
        found[key] = Figure(key, float(daily[k].sum()) * 7 / days, a_week[:, k], int((cell == k).sum()), way, unit)
    for role in dict.fromkeys(of_role):
        own = [k for k, each in enumerate(of_role) if each == role]
        key = f"week.{role}"
        total = float(daily[own].sum()) * 7 / days
        found[key] = Figure(key, total, a_week[:, own].sum(axis=1), int(np.isin(cell, own).sum()), way, unit)
    return found
