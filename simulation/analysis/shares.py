"""Shares: of trials, with an interval, and over time, when some leave before they are counted.

Sources: Wilson (1927) Probable inference, the law of succession, and statistical inference. J. Am. Stat.
Assoc. 22. Kaplan & Meier (1958) Nonparametric estimation from incomplete observations. J. Am. Stat. Assoc.
53.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.texts import Percent, Phrase, say

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of n trials with its confidence interval."""

    share: float
    low: float
    high: float
    n: int

    @property
    def rest(self) -> Proportion:
        """The share of those that it does not count."""
        return Proportion(1.0 - self.share, 1.0 - self.high, 1.0 - self.low, self.n)


def share_phrase(found: Proportion) -> Phrase:
    """'83 % (70 % to 92 %)': a share with its interval."""
    return say("share-interval", share=Percent(found.share), low=Percent(found.low), high=Percent(found.high))


def proportion_interval(successes: int, n: int, level: float = 0.95) -> Proportion:
    """A share with Wilson's score interval (Wilson 1927), which stays inside 0..1 and works at 0 and at n.

    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²))/(1 + z²/n). Without trials the share is NaN, the interval 0..1.
    Raises ValueError unless 0 ≤ successes ≤ n.
    """
    from scipy.special import ndtri  # slow to load

    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    z = float(ndtri(0.5 + _inside(level) / 2))
    if n == 0:
        return Proportion(math.nan, 0.0, 1.0, 0)
    p = successes / n
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    low = 0.0 if successes == 0 else centre - half  # exactly, where rounding would leave a trace below zero
    high = 1.0 if successes == n else centre + half
    return Proportion(p, low, high, n)


def kaplan_meier(durations: ArrayLike, observed: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share of leads not yet answered by each time, allowing for those that left unanswered.

    ``durations``: hours until the answer, or until the lead left or the year ended; ``observed``: whether
    it was answered then. Returns the distinct times of answers and the survival just after each (the
    product of 1 - d/n so far), with (0, 1) before them; at a common time the answer comes before the
    leaving. It estimates the response time that leads would see if none lost patience, as long as patience
    does not depend on how long the answer would take. Raises ValueError for negative, infinite or undefined
    durations and for unequal numbers.
    """
    times, answered = np.asarray(durations, dtype=float), np.asarray(observed, dtype=bool)
    if times.ndim != 1 or times.shape != answered.shape:
        raise ValueError(f"every duration has its flag, not {times.size} and {answered.size}")
    if not (np.isfinite(times) & (times >= 0)).all():
        raise ValueError("durations are hours from 0 up; a negative, infinite or undefined one has no meaning")
    moments, answers = np.unique(times[answered], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments, side="left")
    survival = np.cumprod(1.0 - answers / at_risk)
    return np.concatenate(([0.0], moments)), np.concatenate(([1.0], survival))


def survival_quantile(times: NDArray[np.float64], survival: NDArray[np.float64], probability: float) -> float:
    """The time by which this share is answered; infinity when that is never seen.

    ``times`` and ``survival`` as :func:`kaplan_meier` gives them. Raises ValueError for a probability
    outside (0, 1).
    """
    reached = np.flatnonzero(survival <= 1 - _inside(probability) + _ROUNDING)
    return float(times[reached[0]]) if len(reached) else math.inf


def _inside(probability: float) -> float:
    if not 0 < probability < 1:
        raise ValueError(f"a probability or a level is above 0 and below 1, not {probability:g}")
    return probability
