"""Paired differences at values, asked for once: what a search for roots looks at."""

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
