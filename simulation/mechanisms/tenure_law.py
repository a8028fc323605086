"""How long people stay: a hazard of quitting by tenure, fitted to leavers a year and to how many quit early.

A tenure ends by quitting (Weibull: shape 1 is a constant hazard, below 1 it falls with the tenure) or at the end of
probation, whichever comes first. In the long run a position that is always filled sees one leaver per mean tenure,
whatever the law (elementary renewal theorem): that fixes the scale. The share that quits early fixes the shape.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from simulation.mechanisms.probation import Probation
from simulation.texts import worded
from simulation.written.readers import MONTH, YEAR
from simulation.written.roots import root

EARLY_MONTHS = 3.0
"""Months that count as early in a tenure."""
LEAST_SHAPE, GREATEST_SHAPE = 0.2, 5.0
"""Beyond these nearly all of those who quit early do so within days, or nobody does."""


@dataclass(frozen=True)
class TenureLaw:
    """Weibull hazard of quitting.

    Attributes:
        shape: 1 for a constant hazard, below 1 for one that falls with the tenure.
        scale: hours.
    """

    shape: float
    scale: float

    def spent(self, tenure: float) -> float:
        """The hazard cumulated over a tenure, hours; 0 for a tenure below zero."""
        return float((tenure / self.scale) ** self.shape) if tenure > 0 else 0.0

    def tenure(self, spent: float) -> float:
        """The tenure, hours, at which the cumulated hazard is so much: the inverse of ``spent``."""
        return float(self.scale * spent ** (1 / self.shape)) if spent > 0 else 0.0

    @property
    def mean(self) -> float:
        """Mean tenure, hours, if nobody failed the probation."""
        return float(self.scale * math.gamma(1 + 1 / self.shape))


@lru_cache(maxsize=1024)
def tenure_law(per_year: float, early: float, probation: Probation | None) -> TenureLaw | None:
    """The law under which so many leave a year and so many quit early.

    Args:
        per_year: leavers of all kinds a year for each filled position in the long run: one over the mean tenure, years.
        early: probability that a newcomer quits within `EARLY_MONTHS`, as a multiple of that of a constant hazard with
            the same mean tenure (both without probation); 1 is a constant hazard.
        probation: trial time, or None.

    Returns:
        The law, or None where nobody leaves (`per_year` 0).

    Raises:
        ValueError: no law has so many early leavers at this turnover.
    """
    if per_year == 0:
        return None
    mean = YEAR / per_year
    if early == 1:
        return _with_mean(1.0, mean, probation)
    end = LEAST_SHAPE if early > 1 else GREATEST_SHAPE

    def excess(shape: float) -> float:
        return _early(_with_mean(shape, mean, probation)) - early

    if excess(1.0) * excess(end) > 0:
        low, high = (_early(_with_mean(shape, mean, probation)) for shape in (GREATEST_SHAPE, LEAST_SHAPE))
        raise ValueError(
            worded(
                "tenure-early",
                early=f"{early:g}",
                per_year=f"{per_year:g}",
                rounded_up=_rounded_up(min(low, 1.0)),
                floor=f"{math.floor(max(high, 1.0) * 100) / 100:g}",
            )
        )
    return _with_mean(root(excess, min(end, 1.0), max(end, 1.0)), mean, probation)


def mean_tenure(law: TenureLaw | None, probation: Probation | None) -> float:
    """Mean tenure that ends by quitting or at the end of probation, hours; infinite where nobody leaves."""
    if law is None:
        return math.inf
    if probation is None or probation.failure == 0:
        return law.mean
    end = probation.hours
    from scipy.special import gammainc  # slow to load

    within = law.mean * float(gammainc(1 / law.shape, (end / law.scale) ** law.shape))  # E[min(tenure, end)]
    return (1 - probation.failure) * law.mean + probation.failure * within


def staffed_share(law: TenureLaw | None, probation: Probation | None, vacancy_hours: float) -> float:
    """Share of the time that a position is filled in the long run (alternating renewal).

    Args:
        law: how people quit; None: nobody leaves.
        probation: trial time, or None.
        vacancy_hours: mean time from one leaving to the next one's first day, hours.
    """
    mean = mean_tenure(law, probation)
    return 1.0 if mean == math.inf else mean / (mean + vacancy_hours)


def _with_mean(shape: float, mean: float, probation: Probation | None) -> TenureLaw:
    """The law of a shape whose tenures, cut by probation, have a mean, hours."""
    factor = math.gamma(1 + 1 / shape)
    if probation is None or probation.failure == 0:
        return TenureLaw(shape, mean / factor)

    def excess(scale: float) -> float:
        return mean_tenure(TenureLaw(shape, scale), probation) - mean

    # Probation shortens the mean by no more than the share of those who fail.
    low, high = 0.999 * mean / factor, 1.001 * mean / factor / (1 - probation.failure)
    return TenureLaw(shape, root(excess, low, high))


def _early(law: TenureLaw) -> float:
    """Probability of quitting early as a multiple of that of a constant hazard with the same mean."""
    end = EARLY_MONTHS * MONTH
    return math.expm1(-law.spent(end)) / math.expm1(-end / law.mean)


def _rounded_up(value: float) -> str:
    return f"{math.ceil(value * 100) / 100:g}"
