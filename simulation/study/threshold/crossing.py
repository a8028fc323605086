"""A change of sign in a curve of mean differences: where it is looked for, and what is known of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulation.study.threshold.differing import Looks
from simulation.study.threshold.local_curve import LocalCurve


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
