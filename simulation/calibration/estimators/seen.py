"""Laws that have the moments which the incidences show."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimators import laws
from simulation.calibration.estimators.counting import Counts
from simulation.calibration.estimators.incidence import aalen_johansen
from simulation.calibration.estimators.laws import Family
from simulation.calibration.estimators.mixture import Mixture

Floats = NDArray[np.float64]
LEAST_FOR_CLOCK = 10
"""Ends of one kind below which its clock's default stays."""
_FEW_AT_RISK = 5
"""Spells at risk below which the end of an incidence is the law's."""
_LITTLE, _MISFIT = 0.03, 0.3
"""A law whose coefficient of variation is so far (of its logarithm) from the one seen gets that, where but little is
not seen."""


def seen_ends(counts: Counts, end: str) -> bool:
    """Whether enough ends of a kind were seen for their mean."""
    return bool(getattr(counts, end)[:, 0].sum() >= LEAST_FOR_CLOCK)


def as_seen(counts: Counts, value: Mixture, draws: Mixture) -> tuple[Mixture, Mixture]:
    """Mixtures whose laws are stretched to the mean times that the incidences have, in the records and in each draw.

    No law of two parameters fits a clock that holds nights and week-ends; its form is the likelihood's, its mean that
    of Aalen–Johansen: up to the age at which few are still observed, beyond it as the law goes on. Where the form is
    far off, as of answers within minutes or after a night, its width is that of what was seen too.
    """
    if not len(counts.times):
        return value, draws
    found = aalen_johansen(counts.times, counts.yes, counts.no, counts.censored, counts.entered)
    last = _followed(counts, value.expires)
    if last < 0:
        return value, draws
    age, still = float(counts.times[last]), found.open[last]
    for end, incidence in (("yes", found.yes), ("no", found.no)):
        if not seen_ends(counts, end):
            continue
        steps = np.diff(incidence[: last + 1], axis=0, prepend=0.0)
        family = value.yes_law if end == "yes" else value.no_law
        seen = [
            _moments(mixture, end, counts.times[: last + 1], steps[:, which], still[which], age)
            for mixture, which in ((value, slice(0, 1)), (draws, slice(1, None)))
        ]
        fitted = float(laws.variation(family, getattr(value, f"{end}_width")))
        misfit = seen[0].beyond < _LITTLE and abs(math.log(max(float(seen[0].cv[0]), 1e-3) / fitted)) > _MISFIT
        value = _told(value, end, family, seen[0].mean[0], seen[0].cv[0] if misfit else None)
        draws = _told(draws, end, family, seen[1].mean, seen[1].cv if misfit else None)
    return value, draws


@dataclass(frozen=True)
class _Seen:
    """Moments of the times to an end, those at once left out, shape (draws,)."""

    mean: Floats
    cv: Floats
    beyond: float
    """Share of the ends that come after the age up to which they were seen."""


def _moments(mixture: Mixture, end: str, times: Floats, steps: Floats, still: Floats, age: float) -> _Seen:
    """Moments of the incidence up to an age, and of the law beyond it."""
    later, beyond = _beyond(mixture, end, age)
    rest = still * later
    after = times > 0
    mass = steps[after].sum(0) + rest
    first = (times[after] @ steps[after] + rest * beyond) / np.maximum(mass, 1e-12)
    second = (times[after] ** 2 @ steps[after] + rest * beyond**2) / np.maximum(mass, 1e-12)
    cv = np.sqrt(np.maximum(second / np.maximum(first, 1e-12) ** 2 - 1, 1e-4))
    return _Seen(first, cv, float((rest / np.maximum(mass, 1e-12))[0]) if len(mass) else 0.0)


def _told(mixture: Mixture, end: str, family: Family, mean: Floats, cv: Floats | None) -> Mixture:
    """The mixture with a law of one end that has this mean, and this coefficient of variation where one is given."""
    place, width = np.asarray(getattr(mixture, f"{end}_place")), np.asarray(getattr(mixture, f"{end}_width"))
    known = np.asarray(mean) > 0
    safe = np.where(known, mean, 1.0)
    if cv is None:
        moved = place + np.log(safe / laws.mean(family, place, width)), width
    else:
        moved = laws.with_moments(family, safe, cv)
    place, width = (np.where(known, new, old) for new, old in zip(moved, (place, width), strict=True))
    if end == "yes":
        return replace(mixture, yes_place=place, yes_width=width)
    return replace(mixture, no_place=place, no_width=width)


def _followed(counts: Counts, expires: float) -> int:
    """The last time up to which an incidence is to be trusted; -1: none.

    The last end where most of those who were there so long have ended; else where enough are still observed.
    """
    ends, censored, entered = ((each[:, 0]) for each in (counts.yes + counts.no, counts.censored, counts.entered))
    leaving = ends + censored
    risk = leaving.sum() - (np.cumsum(leaving) - leaving) - (entered.sum() - np.cumsum(entered))
    there = np.flatnonzero((risk >= max(_FEW_AT_RISK, 0.01 * leaving.sum())) & (counts.times < expires))
    if not len(there):
        return -1
    last = int(there[-1])
    if ends[last:].sum() >= 0.5 * leaving[last:].sum():
        ended = np.flatnonzero((ends > 0) & (counts.times < expires))
        return int(ended[-1]) if len(ended) else -1  # all end at the age at which deals expire
    return last


def _beyond(mixture: Mixture, end: str, age: float) -> tuple[Floats, Floats]:
    """Of those open at an age: which share ends so later, and at which mean age, as the laws go on."""
    family = mixture.yes_law if end == "yes" else mixture.no_law
    place, width = getattr(mixture, f"{end}_place"), getattr(mixture, f"{end}_width")
    if age <= 0:
        return np.ones_like(np.asarray(place)), np.asarray(laws.mean(family, place, width))
    ages = age * np.geomspace(1.0, 300.0, 200)[:, None]
    tail = laws.survival(family, place, width, ages)
    beyond = age + np.trapezoid(tail, ages, axis=0) / np.maximum(tail[0], 1e-12)
    yes, no = mixture.survivals(age)
    said = mixture.share * yes if end == "yes" else (1 - mixture.share) * (no - mixture.silent)
    open_then = np.maximum(mixture.share * yes + (1 - mixture.share) * no, 1e-12)
    return np.clip(said / open_then, 0.0, 1.0), np.where(tail[0] > 1e-9, beyond, age)
