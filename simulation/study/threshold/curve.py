"""The difference as a curve of the value: where it is differing from nothing, and where it crosses.

Here too: paired differences at values, asked for once: what a search for roots looks at; a change of sign in a curve
of mean differences: where it is looked for, and what is known of it.

A curve of mean differences near the place where it changes its sign, and where it cannot be told from zero.

Each replication gives its difference at a few values. A polynomial through them gives it at every value between, and
the paired t interval of those, at each value by itself, says whether the mean difference is told from zero there. The
values at which it is not are the interval of the root: Fieller's inversion of a test (Fieller 1954, J. R. Stat. Soc. B
16(2)), which needs no slope to be told from zero and holds its level for curves of any shape that the polynomial fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.intervals import PairedDifference, paired_difference

Floats = NDArray[np.float64]

Curves = Callable[[Sequence[float], Sequence[int]], Floats]
"""Values and numbers of replications to differences, shape (numbers, values); NaN where a year failed.

The same number is the same possible year at every value, so that each replication gives a whole curve.
"""


@dataclass
class Looks:
    """What was looked at.

    Attributes:
        curves: gives differences.
        told: called with the value at which the sign seems to change, before each look; None when unknown.
    """

    curves: Curves
    told: Callable[[float | None], None] = lambda _: None
    guess: float | None = None
    _known: dict[float, Floats] = field(default_factory=dict, repr=False)

    def at(self, values: Sequence[float], n: int) -> Floats:
        """Differences of the first n replications at values, shape (n, values)."""
        self.told(self.guess)
        begins: dict[int, list[float]] = {}
        for value in dict.fromkeys(values):
            have = self.count(value)
            if have < n:
                begins.setdefault(have, []).append(value)
        for begin, group in begins.items():
            found = self.curves(group, range(begin, n))
            for k, value in enumerate(group):
                self._known[value] = np.concatenate([self._known.get(value, np.empty(0)), found[:, k]])
        return np.column_stack([self._known[value][:n] for value in values]) if values else np.empty((n, 0))

    def count(self, value: float) -> int:
        """Replications that there are at a value."""
        return len(self._known.get(value, ()))

    def all_at(self, value: float) -> Floats:
        """Differences of every replication that there is at a value."""
        return self._known[value]

    @property
    def values(self) -> list[float]:
        """Everywhere that was looked at, ascending."""
        return sorted(self._known)

    def difference(self, value: float, level: float, family: int = 1) -> PairedDifference:
        """The mean difference at a value, from every replication that there is."""
        known = self._known[value]
        return paired_difference(known, np.zeros(len(known)), level=level, family=family)

    def sign(self, value: float, level: float, family: int = 1) -> int:
        """1 or -1 where the mean difference is told from zero jointly with others, else 0."""
        found = self.difference(value, level, family)
        if not found.told_apart or math.isnan(found.mean):
            return 0
        return 1 if found.mean > 0 else -1


STEPS = 800
"""Steps over a span in which the ends of an interval are looked for; between two the curve counts as straight."""
TRACE = 1e-12
"""A spread below this share of the values is rounding."""


@dataclass(frozen=True)
class Stretch:
    """Values between which the mean difference cannot be told from zero.

    Attributes:
        low, high: its ends; the same where there is no spread.
    """

    low: float
    high: float


class LocalCurve:
    """Differences of the same replications at a few values, and a polynomial between them.

    Attributes:
        n: replications that count.
        years: replications, those that were dropped too.
        begin, end: of the span.
        size: the largest difference, whatever its sign.
        slack: what is added to the half-width at every value, because the polynomial is known to be off by so much.
    """

    def __init__(self, values: Sequence[float], differences: Floats, level: float, slack: float = 0.0) -> None:
        """Fits.

        Args:
            values: where the differences were taken, ascending, shape (m,), m from 2.
            differences: shape (replications, m); a replication with a NaN is dropped.
            level: of the intervals, two-sided.
            slack: as above.
        """
        from simulation.written.special import stdtrit

        kept = differences[~np.isnan(differences).any(axis=1)]
        self.n, self.years = len(kept), len(differences)
        self.slack = slack
        self.begin, self.end = float(values[0]), float(values[-1])
        self._powers = len(values)
        inverse = np.linalg.inv(self._basis(np.asarray(values, dtype=np.float64)))
        self._by_replication = differences @ inverse.T
        coefficients = kept @ inverse.T
        self._mean = coefficients.mean(axis=0) if self.n else np.full(self._powers, np.nan)
        self._spread = np.atleast_2d(np.cov(coefficients, rowvar=False)) if self.n > 1 else None
        self.size = float(np.abs(kept).max(initial=0.0))
        self._quantile = float(stdtrit(max(self.n - 1, 1), 0.5 + level / 2))

    @property
    def middle(self) -> float:
        """Of the span."""
        return (self.begin + self.end) / 2

    def _basis(self, at: Floats) -> Floats:
        """Powers of the place within the span, which goes from -1 to 1; shape (places, powers)."""
        half = (self.end - self.begin) / 2 or 1.0
        place = (at - (self.begin + self.end) / 2) / half
        return np.asarray(np.vander(place, self._powers, increasing=True), dtype=np.float64)

    def of_each(self, at: float) -> Floats:
        """The difference of each replication at a value, shape (replications,); NaN where one was dropped."""
        found: Floats = self._by_replication @ self._basis(np.array([at]))[0]
        return found

    def means(self, at: Floats) -> Floats:
        """Mean differences at values, shape as `at`."""
        found: Floats = self._basis(at) @ self._mean
        return found

    def half_widths(self, at: Floats) -> Floats:
        """Half-widths of the intervals of the means, slack among them; infinite with a single replication."""
        if self._spread is None:
            return np.full(len(at), math.inf)
        basis = self._basis(at)
        variance = np.maximum(np.einsum("ij,jk,ik->i", basis, self._spread, basis), 0.0)
        spread = np.sqrt(variance)
        spread[spread <= TRACE * self.size] = 0.0
        found: Floats = self._quantile * spread / math.sqrt(self.n) + self.slack
        return found

    def sign(self, at: float) -> int:
        """1 or -1 where the mean is told from zero, else 0."""
        where = np.array([at])
        mean, half = float(self.means(where)[0]), float(self.half_widths(where)[0])
        return 0 if abs(mean) <= half else int(math.copysign(1, mean))

    def open_stretches(self) -> list[Stretch]:
        """Where the mean cannot be told from zero, within the span, ascending."""
        at = np.linspace(self.begin, self.end, STEPS + 1)
        mean, half = self.means(at), self.half_widths(at)
        lower, upper = mean - half, mean + half
        state = np.where(lower > 0, 1, np.where(upper < 0, -1, 0))
        found: list[Stretch] = []
        begin = self.begin if state[0] == 0 else None
        for n in np.flatnonzero(state[1:] != state[:-1]):
            before, after = state[n], state[n + 1]
            ends = [_zero(at[n : n + 2], (lower if side > 0 else upper)[n : n + 2]) for side in (before, after) if side]
            if before:
                begin = ends[0]
            if after:
                found.append(Stretch(self.begin if begin is None else begin, max(ends[-1], begin or ends[-1])))
                begin = None
        if begin is not None:
            found.append(Stretch(begin, self.end))
        return found

    def roots(self) -> list[float]:
        """Where the mean itself changes its sign, within the span, ascending."""
        at = np.linspace(self.begin, self.end, STEPS + 1)
        return sign_changes(at, self.means(at))


def sign_changes(at: Floats, values: Floats) -> list[float]:
    """Where a line through points changes its sign or touches zero, ascending."""
    found: list[float] = []
    signs = np.sign(values)
    for n in np.flatnonzero((signs == 0) | (np.append(signs[1:], 0.0) * signs < 0)):
        found.append(float(at[n]) if signs[n] == 0 else _zero(at[n : n + 2], values[n : n + 2]))
    return found


def _zero(at: Floats, values: Floats) -> float:
    """Where a straight line through two points is zero; between them."""
    if not np.isfinite(values).all() or values[0] == values[1]:
        return float(at.mean())
    share = min(max(float(values[0] / (values[0] - values[1])), 0.0), 1.0)
    return float(at[0] + share * (at[1] - at[0]))


@dataclass(frozen=True)
class Place:
    """Values between which the sign changes or is open.

    Attributes:
        begin, end: the nearest values at which the sign is told, or an end of the range.
        before, after: the signs there; 0 at an end of the range where it is not told.
    """

    begin: float
    end: float
    before: int
    after: int

    @property
    def opposite(self) -> bool:
        """Whether the sign is told on both sides, and changes."""
        return self.before * self.after == -1


@dataclass(frozen=True)
class Crossing:
    """A place where the mean difference changes its sign, or where it cannot be told whether it does.

    Attributes:
        value: estimate; None where the mean itself stays on one side. Of whole numbers: half-way between two.
        low, high: interval. Of whole numbers: the last that is told before, the first that is told behind.
        open_low, open_high: whether the interval reaches that end of the range, so that the root may lie outside.
        before, after: sign of the difference below `low` and above `high`; 0 where it is not known.
        replications: that the interval rests on.
        precise: whether it is as narrow as was asked.
        widened: by how much its half-width at the root was widened, in units of the difference, for lack of fit.
    """

    value: float | None
    low: float
    high: float
    open_low: bool
    open_high: bool
    before: int
    after: int
    replications: int
    precise: bool
    widened: float = 0.0

    @property
    def certain(self) -> bool:
        """Whether the sign is told on both sides, and changes."""
        return self.before * self.after == -1

    @property
    def half_width(self) -> float:
        """Of the interval."""
        return (self.high - self.low) / 2


@dataclass
class Search:
    """What a search for roots is asked for.

    Attributes:
        looks: what was looked at.
        low, high: the range.
        level: of the interval of each root.
        precision: half-width at which replications stop.
        first: replications to begin with.
        most: replications at most.
    """

    looks: Looks
    low: float
    high: float
    level: float
    precision: float
    first: int
    most: int

    def local(self, begin: float, end: float, n: int, slack: float = 0.0) -> LocalCurve:
        """The curve over a span, from n replications at three values."""
        values = [begin, (begin + end) / 2, end]
        return LocalCurve(values, self.looks.at(values, n), self.level, slack)

    def next_size(self, n: int, half_width: float) -> int:
        """Replications to try after n gave this half-width, which falls with their root."""
        needed = 1.15 * n * (half_width / self.precision) ** 2 if self.precision > 0 else math.inf
        return min(self.most, 2 * n, max(math.ceil(min(needed, 2.0 * n)), math.ceil(1.3 * n)))
