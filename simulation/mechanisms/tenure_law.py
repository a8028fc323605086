"""How long people stay: a hazard of quitting by tenure.

In the long run a position that is always filled sees one leaver per mean tenure, whatever the law (elementary renewal
theorem): leavers a year fix the scale of every law. Its form is that of a Weibull law (shape 1 is a constant hazard,
below 1 it falls with the tenure), which the share that quits early fixes and which the trial time cuts, or comes from
records, the trial time inside it: `simulation.mechanisms.tenure_forms`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.probation import Probation
from simulation.texts import Digits, worded
from simulation.written.readers import MONTH, YEAR
from simulation.written.roots import root

Floats = NDArray[np.float64]
EARLY_MONTHS = 3.0
"""Months that count as early in a tenure."""
LEAST_SHAPE, GREATEST_SHAPE = 0.2, 5.0
"""Beyond these nearly all of those who quit early do so within days, or nobody does."""


class TenureLaw(Protocol):
    """A law of quitting by tenure."""

    def spent(self, tenure: float) -> float:
        """The hazard cumulated over a tenure, hours; 0 for a tenure below zero."""

    def tenure(self, spent: float) -> float:
        """The tenure, hours, at which the cumulated hazard is so much: the inverse of ``spent``."""

    @property
    def mean(self) -> float:
        """Mean tenure, hours, if nobody failed the probation."""


@dataclass(frozen=True)
class Weibull:
    """Weibull hazard of quitting.

    Attributes:
        shape: 1 for a constant hazard, below 1 for one that falls with the tenure.
        scale: hours.
    """

    shape: float
    scale: float

    def spent(self, tenure: float) -> float:
        """(t / scale)^shape."""
        return float((tenure / self.scale) ** self.shape) if tenure > 0 else 0.0

    def tenure(self, spent: float) -> float:
        """Its inverse."""
        return float(self.scale * spent ** (1 / self.shape)) if spent > 0 else 0.0

    @property
    def mean(self) -> float:
        """Mean tenure, hours, if nobody failed the probation."""
        return float(self.scale * math.gamma(1 + 1 / self.shape))


@dataclass(frozen=True)
class Lognormal:
    """Lognormal tenures: the hazard rises from nothing, and falls with long tenures.

    Attributes:
        mean: mean tenure, hours.
        cv: coefficient of variation of the tenure itself.
    """

    mean: float
    cv: float

    @cached_property
    def _logs(self) -> tuple[float, float]:
        """Mean and standard deviation of the logarithm."""
        variance = math.log1p(self.cv**2)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def spent(self, tenure: float) -> float:
        """-log(1 - Phi((log t - mu) / sigma)), exact in both tails."""
        if tenure <= 0:
            return 0.0
        from simulation.written.special import log_ndtr

        mu, sigma = self._logs
        return -float(log_ndtr((mu - math.log(tenure)) / sigma))

    def tenure(self, spent: float) -> float:
        """Its inverse."""
        if spent <= 0:
            return 0.0
        from simulation.written.special import ndtri_exp

        mu, sigma = self._logs
        return math.exp(mu - sigma * float(ndtri_exp(-spent)))


@dataclass(frozen=True)
class Stepwise:
    """A hazard of quitting that is constant between tenures.

    Attributes:
        ends: tenures at which the pieces end, hours, rising; the last piece has no end.
        hazards: of each piece, an hour; that of the last above zero.
    """

    ends: tuple[float, ...]
    hazards: tuple[float, ...]

    @cached_property
    def begins(self) -> tuple[float, ...]:
        """Tenures at which the pieces begin, hours."""
        return (0.0, *self.ends)

    @cached_property
    def cumulated(self) -> tuple[float, ...]:
        """The hazard cumulated when each piece begins."""
        widths = (end - begin for begin, end in pairwise(self.begins))
        return tuple(accumulate((h * w for h, w in zip(self.hazards, widths, strict=False)), initial=0.0))

    def spent(self, tenure: float) -> float:
        """The sum over the pieces."""
        if tenure <= 0:
            return 0.0
        piece = bisect_right(self.begins, tenure) - 1
        return self.cumulated[piece] + self.hazards[piece] * (tenure - self.begins[piece])

    def tenure(self, spent: float) -> float:
        """Its inverse; the first tenure at which so much is cumulated."""
        if spent <= 0:
            return 0.0
        piece = bisect_left(self.cumulated, spent) - 1
        return self.begins[piece] + (spent - self.cumulated[piece]) / self.hazards[piece]

    @property
    def mean(self) -> float:
        """The integral of those who stay, hours."""
        whole = math.exp(-self.cumulated[-1]) / self.hazards[-1]
        for (begin, end), hazard, spent in zip(pairwise(self.begins), self.hazards, self.cumulated, strict=False):
            within = -math.expm1(-hazard * (end - begin)) / hazard if hazard > 0 else end - begin
            whole += math.exp(-spent) * within
        return whole

    def with_mean(self, mean: float) -> Stepwise:
        """The law whose hazards are all so many times as high that the mean tenure is so many hours.

        Raises:
            ValueError: nobody quits before that.
        """

        def at(factor: float) -> Stepwise:
            return Stepwise(self.ends, tuple(factor * hazard for hazard in self.hazards))

        low = 0.999 / (max(self.hazards) * mean)  # the mean is no less than one over the greatest hazard
        high = low
        while at(high).mean >= mean:
            high *= 2
            if high > 1e12 * low:
                raise ValueError(worded("tenure-safe", months=Digits(f"{at(high).mean / MONTH:.3g}")))
        return at(root(lambda factor: at(factor).mean - mean, low, high))


@lru_cache(maxsize=1024)
def weibull(per_year: float, early: float, probation: Probation | None) -> Weibull | None:
    """The Weibull law under which so many leave a year and so many quit early.

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
                early=Digits(f"{early:g}"),
                per_year=Digits(f"{per_year:g}"),
                rounded_up=_rounded_up(min(low, 1.0)),
                floor=Digits(f"{math.floor(max(high, 1.0) * 100) / 100:g}"),
            )
        )
    return _with_mean(root(excess, min(end, 1.0), max(end, 1.0)), mean, probation)


def mean_tenure(law: TenureLaw | None, probation: Probation | None) -> float:
    """Mean tenure that ends by quitting or at the end of probation, hours; infinite where nobody leaves."""
    if law is None:
        return math.inf
    if probation is None or probation.failure == 0:
        return law.mean
    assert isinstance(law, Weibull)  # a law from records has the trial time inside
    end = probation.hours
    from simulation.written.special import gammainc

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


def stay(law: TenureLaw, probation: Probation | None, tenures: Floats) -> Floats:
    """Share of those hired who are still there at each tenure, hours: neither quit nor failed their trial."""
    stay = np.exp([-law.spent(tenure) for tenure in tenures])
    return stay if probation is None else np.where(tenures > probation.hours, (1 - probation.failure) * stay, stay)


def _with_mean(shape: float, mean: float, probation: Probation | None) -> Weibull:
    """The law of a shape whose tenures, cut by probation, have a mean, hours."""
    factor = math.gamma(1 + 1 / shape)
    if probation is None or probation.failure == 0:
        return Weibull(shape, mean / factor)

    def excess(scale: float) -> float:
        return mean_tenure(Weibull(shape, scale), probation) - mean

    # Probation shortens the mean by no more than the share of those who fail.
    low, high = 0.999 * mean / factor, 1.001 * mean / factor / (1 - probation.failure)
    return Weibull(shape, root(excess, low, high))


def _early(law: Weibull) -> float:
    """Probability of quitting early as a multiple of that of a constant hazard with the same mean."""
    end = EARLY_MONTHS * MONTH
    return math.expm1(-law.spent(end)) / math.expm1(-end / law.mean)


def _rounded_up(value: float) -> str:
    return f"{math.ceil(value * 100) / 100:g}"
