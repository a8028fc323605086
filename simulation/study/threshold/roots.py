"""Where the mean of paired differences changes its sign, with an interval: stochastic root-finding.

The same possible years are replayed at every value, so each replication gives a whole curve of differences, and what
is random is mostly how high the curve lies, not its shape.

1. A coarse grid. The sign at each value is decided by intervals that hold together over all values and looks
   (Bonferroni). Where the signs on both sides of what is undecided are not opposite, its values get more replications.
   All told apart on one side: there is no root at the values looked at.
2. Around each place where the sign changes, or is still open, three values span the neighbourhood. The polynomial
   through them gives every replication's difference between them, and the values at which the paired t interval of the
   mean contains zero are the interval of the root (`curve`). The span moves when the interval touches its end,
   shrinks around an interval that is much narrower, and replications grow until the interval is as narrow as asked.
3. The curve is held against the other values inside the span that were looked at, at the end against its own root and
   the ends of the interval (lack of fit). Where it is off, the span is drawn closer; what is left of it then widens the
   interval.

The replications of the grid count for the final interval too. They chose where to look, but an interval that inverts a
test covers the root with its level wherever one looks: the test at the root itself is the same. What a selection could
bend is whether there is a root at all, and that is decided by joint intervals.

Sources: Fieller (1954) for the inversion; Chen & Schmeiser (2001) Stochastic root finding via retrospective
approximation, IIE Transactions 33, for roots of growing samples with common random numbers; Chow & Robbins (1965), Ann.
Math. Stat. 36, for stopping at a width; Cochran (1977) Sampling Techniques, ch. 12, for the curve (double sampling).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.study.threshold.curve import Crossing, Curves, LocalCurve, Looks, Place, Search
from simulation.study.threshold.narrowing import narrowed, whole_crossing
from simulation.texts import worded

Floats = NDArray[np.float64]

FIRST = 24
"""Replications of the coarse grid."""
POINTS = 5
"""Values of the coarse grid."""
MOST_WHOLE = 9
"""Whole numbers of a range that are all looked at; of a longer one, an even choice."""


@dataclass(frozen=True)
class Point:
    """The mean difference at a value, with its interval at that value alone.

    Attributes:
        value: where.
        mean, low, high: of the difference.
        replications: at this value.
    """

    value: float
    mean: float
    low: float
    high: float
    replications: int


@dataclass(frozen=True)
class Roots:
    """What was found.

    Attributes:
        outcome: 'none' (one side is better at every value looked at), 'flat' (nowhere told from zero), 'crossings'.
        crossings: ascending; empty unless there are any. One that is not `certain` is a doubt, not a root.
        sign: of the difference everywhere when there is none, else 0.
        confidence: that the sign is right at all values looked at, when there is none; else NaN.
        points: the curve, ascending.
        replications: the largest number that any value has.
    """

    outcome: Literal["none", "flat", "crossings"]
    crossings: tuple[Crossing, ...]
    sign: int
    confidence: float
    points: tuple[Point, ...]
    replications: int


def find_roots(
    curves: Curves,
    low: float,
    high: float,
    *,
    level: float = 0.95,
    precision: float,
    most: int,
    first: int = FIRST,
    points: int = POINTS,
    whole: bool = False,
    told: Callable[[float | None], None] = lambda _: None,
) -> Roots:
    """Looks for every place in a range at which the mean difference changes its sign.

    Args:
        curves: differences at values in replications.
        low: lower end of the range.
        high: upper end of the range.
        level: of the interval of each root.
        precision: half-width of it at which replications stop.
        most: replications at most; from 3.
        first: replications of the coarse grid.
        points: values of the coarse grid; two roots between neighbours of it are not seen.
        whole: whether only whole numbers make sense.
        told: called before each look with where the root seems to be, None when unknown.

    Raises:
        ValueError: the range is empty, or there are too few replications or points.
    """
    if not low < high or most < 3 or points < 2:
        raise ValueError(worded("roots-need"))
    looks = Looks(curves, told)
    grid = _grid(low, high, points, whole)
    first = min(first, most)
    family = len(grid) * (1 + max(0, math.ceil(math.log2(most / first))))
    signs = _decided(looks, grid, first, most, level, family)
    if not any(signs):
        return Roots("flat", (), 0, math.nan, _curve(looks, level, [], first), _longest(looks))
    search = Search(looks, low, high, level, precision, first, most)
    crossings: list[Crossing] = []
    curve: list[LocalCurve] = []
    places = _places(grid, signs)
    for n, place in enumerate(places):
        behind, ahead = (places[n - 1].end if n else low, places[n + 1].begin if n + 1 < len(places) else high)
        if whole:
            crossings += whole_crossing(search, place, int(behind), int(ahead))
        else:
            found, local = narrowed(search, place, behind, ahead)
            crossings += found
            curve += local
    settled = tuple(crossings)
    drawn = _curve(looks, level, curve, first)
    if settled:
        return Roots("crossings", settled, 0, math.nan, drawn, _longest(looks))
    sign = next(sign for sign in signs if sign)
    doubts = sum(1.0 - _confidence(looks, value, sign) for value in grid)
    return Roots("none", (), sign, max(0.0, 1.0 - doubts), drawn, _longest(looks))


def _grid(low: float, high: float, points: int, whole: bool) -> list[float]:
    if whole:
        count = min(int(high) - int(low) + 1, MOST_WHOLE)
        return [float(value) for value in np.unique(np.round(np.linspace(low, high, count)))]
    return [float(value) for value in np.linspace(low, high, points)]


def _decided(looks: Looks, grid: list[float], first: int, most: int, level: float, family: int) -> list[int]:
    """Signs on the grid; undecided values whose neighbours do not differ in sign have got replications up to the most.

    An undecided value between opposite signs is left: the root is there, and is narrowed next.
    """
    looks.at(grid, first)
    n = first
    while True:
        signs = [looks.sign(value, level, family) for value in grid]
        doubtful = [
            value
            for place in _places(grid, signs)
            if not place.opposite
            for value in grid
            if place.begin <= value <= place.end and signs[grid.index(value)] == 0
        ]
        if not doubtful or n >= most:
            return signs
        n = min(2 * n, most)
        looks.at(doubtful, n)


def _places(grid: list[float], signs: list[int]) -> list[Place]:
    """Where the sign changes or is open: between the nearest decided values, or the end of the range."""
    decided = [n for n, sign in enumerate(signs) if sign]
    if not decided:
        return [Place(grid[0], grid[-1], 0, 0)]
    found: list[Place] = []
    if decided[0] > 0:
        found.append(Place(grid[0], grid[decided[0]], 0, signs[decided[0]]))
    for one, two in zip(decided, decided[1:], strict=False):
        if two > one + 1 or signs[one] != signs[two]:
            found.append(Place(grid[one], grid[two], signs[one], signs[two]))
    if decided[-1] < len(grid) - 1:
        found.append(Place(grid[decided[-1]], grid[-1], signs[decided[-1]], 0))
    return found


def _confidence(looks: Looks, value: float, sign: int) -> float:
    better = looks.difference(value, 0.95).confidence_mean_better
    return better if sign > 0 else 1.0 - better


def _longest(looks: Looks) -> int:
    return max(looks.count(value) for value in looks.values)


def _curve(looks: Looks, level: float, local: list[LocalCurve], first: int) -> tuple[Point, ...]:
    """The mean difference wherever it was looked at in more than the few years of a check.

    Where there are fewer replications than at the nearest root, the mean is corrected by what the others say of the
    level there: a regression on the difference at the root, whose mean is known from more years (double sampling,
    Cochran 1977, 12.6). Without it the curve would have steps where the number of replications changes.
    """
    from simulation.written.special import stdtrit

    found = []
    for value in looks.values:
        if looks.count(value) < first:
            continue
        plain = looks.difference(value, level)
        made = Point(value, plain.mean, plain.low, plain.high, plain.n)
        nearest = min(local, key=lambda each: abs(each.middle - value), default=None)
        if nearest is not None and 4 <= plain.n < nearest.n:
            here = looks.all_at(value)
            control = nearest.of_each(nearest.middle)
            both = ~(np.isnan(here) | np.isnan(control[: len(here)]))
            x, y = control[: len(here)][both], here[both]
            every = control[~np.isnan(control)]
            scatter = float(np.var(x))
            if len(x) >= 4 and scatter > 0:
                slope = float(np.mean((x - x.mean()) * (y - y.mean()))) / scatter
                rest = y - y.mean() - slope * (x - x.mean())
                mean = float(y.mean() + slope * (every.mean() - x.mean()))
                error = math.sqrt(
                    float(rest @ rest) / (len(x) - 2) / len(x) + slope**2 * float(np.var(every, ddof=1)) / len(every)
                )
                half = float(stdtrit(len(x) - 2, 0.5 + level / 2)) * error
                made = Point(value, mean, mean - half, mean + half, plain.n)
        found.append(made)
    return tuple(found)
