"""A predictive check: one observed number held against the same number drawn from what was fitted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimates import LEVEL

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Check:
    """An observed number and the band of what the fitted law gives.

    Attributes:
        key: of the text that says what is held against what.
        at: of which it is one: '3-5' repeats, '12' months.
    """

    key: str
    at: str
    observed: float
    expected: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether it lies in the band, ends included."""
        return self.low <= self.observed <= self.high


def band(key: str, at: str, observed: float, drawn: Floats) -> Check:
    """The check from draws of the number; the band holds `LEVEL` of them."""
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Check(key, at, observed, float(drawn.mean()), float(low), float(high))
