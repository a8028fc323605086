"""Quantiles over possible years: unbiased for their level, with intervals that need no distribution.

The level q stands between the order statistics at q (n + 1) (type 6 of Hyndman & Fan 1996, Am. Statistician 50): a new
year lies below it with probability q, whatever the distribution, since a new year is as likely to fall between any two
neighbours of the n (Wilks 1941, Ann. Math. Stat. 12). So n years tell the levels from 1/(n + 1) to n/(n + 1); of a
level outside of them they only know the worst or the best year, which is then given and called so.

The interval runs between the order statistics l and u for which l ≤ Binomial(n, q) < u has at least the probability
wanted, each tail at most half of the rest (David & Nagaraja 2003, Order Statistics, 3rd ed., 7.1); an end that no year
marks is infinite. Years that are infinite ('never') are years like others.

Shares: of trials, with an interval, and over time, when some leave before they are counted.

Sources: Wilson (1927) Probable inference, the law of succession, and statistical inference. J. Am. Stat.
Assoc. 22. Kaplan & Meier (1958) Nonparametric estimation from incomplete observations. J. Am. Stat. Assoc.
53.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

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
    from simulation.written.special import ndtri

    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    z = float(ndtri(0.5 + _inside(level) / 2))
    if n == 0:
        return Proportion(math.nan, 0.0, 1.0, 0)
    low, high = score(successes / n, n, z)
    return Proportion(successes / n, low, high, n)


def score(p: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's score interval of a share p of n trials, or of an effective number of them, at z standard errors."""
    scale = 1 + z * z / n
    centre = (p + z * z / (2 * n)) / scale
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale
    # exactly, where rounding would leave a trace beyond the end
    return 0.0 if p == 0 else max(centre - half, 0.0), 1.0 if p == 1 else min(centre + half, 1.0)


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
    seen = np.sort(times[answered])
    first = np.flatnonzero(np.diff(seen, prepend=-1.0))  # durations are not negative
    moments, answers = seen[first], np.diff(first, append=len(seen))
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


Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class YearQuantile:
    """A quantile over possible years with its interval; ``q`` is its level and ``n`` the number of years."""

    value: float
    low: float
    high: float
    q: float
    n: int

    @property
    def known(self) -> bool:
        """Whether so many years can tell a quantile of this level; else ``value`` is the extreme year."""
        return told(self.n, self.q)

    @property
    def years_needed(self) -> int:
        """Years from which on the level can be told."""
        return math.ceil(1 / min(self.q, 1 - self.q) - 1 - 1e-9)

    def flat(self, name: str) -> dict[str, float]:
        """Plain values under the names of a file: name, name_low, name_high; an open end is NaN."""
        low, high = (end if math.isfinite(end) else math.nan for end in (self.low, self.high))
        return {name: self.value, f"{name}_low": low, f"{name}_high": high}


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The 5 %, 50 % and 95 % quantiles over the replications: the low, the middle, the high year."""

    p05: YearQuantile
    p50: YearQuantile
    p95: YearQuantile


def quantiles(x: ArrayLike, level: float = 0.95, whole: bool = False) -> Quantiles:
    """The 5 %, 50 % and 95 % quantiles over the years with their intervals; see :func:`year_quantile`."""
    years = _ordered(x)
    return Quantiles(*(_quantile(years, q, level, whole) for q in (0.05, 0.5, 0.95)))


def year_quantile(x: ArrayLike, q: float, level: float = 0.95, whole: bool = False) -> YearQuantile:
    """A quantile over the years with its interval; NaN is no year.

    Args:
        x: one value per year.
        q: level of the quantile.
        level: of the interval.
        whole: whether the values are whole numbers, such as months: then so is the quantile, rounded up.

    Raises:
        ValueError: a q or a level outside (0, 1), or an array that is not one-dimensional.
    """
    if not 0 < q < 1:
        raise ValueError(f"a quantile's level is above 0 and below 1, not {q:g}")
    return _quantile(_ordered(x), q, level, whole)


def told(n: int, q: float) -> bool:
    """Whether n years tell a quantile of level q: 1/(n + 1) ≤ q ≤ n/(n + 1)."""
    return 1 / (n + 1) - _ROUNDING <= q <= n / (n + 1) + _ROUNDING


def band(years: Floats, ends: tuple[float, float]) -> tuple[Floats, Floats]:
    """Lower and upper quantile of each column, by year along the first axis; of few years the worst and the best one.

    The same quantiles as :func:`year_quantile`, for a chart; ``told`` says which of both they are.
    """
    low, high = np.nanquantile(years, ends, axis=0, method="weibull")
    return np.asarray(low), np.asarray(high)


def _ordered(x: ArrayLike) -> Floats:
    values = np.asarray(x, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"one value per replication is expected, not an array of {values.ndim} dimensions")
    return np.sort(values[~np.isnan(values)])


def _quantile(years: Floats, q: float, level: float, whole: bool) -> YearQuantile:
    n = len(years)
    low, high = _ranks(n, q, level)
    if n == 0:
        return YearQuantile(math.nan, math.nan, math.nan, q, 0)
    place = min(max(q * (n + 1), 1.0), float(n))
    below = int(place + _ROUNDING)
    share = max(place - below, 0.0) if place - below > _ROUNDING else 0.0
    first, second = float(years[below - 1]), float(years[min(below, n - 1)])
    value = first if share == 0 or first == second else (1.0 - share) * first + share * second
    return YearQuantile(
        value=float(math.ceil(value - 1e-9)) if whole and math.isfinite(value) else value,
        low=float(years[low - 1]) if low >= 1 else -math.inf,
        high=float(years[high - 1]) if high <= n else math.inf,
        q=q,
        n=n,
    )


@lru_cache(maxsize=4096)
def _ranks(n: int, q: float, level: float) -> tuple[int, int]:
    """Ranks of the years between which the interval runs; 0 and n + 1: no year marks the end."""
    if not 0 < level < 1:
        raise ValueError(f"a level is above 0 and below 1, not {level:g}")
    if n == 0:
        return 0, 1
    from simulation.written.special import bdtr

    tail = (1.0 - level) / 2
    up_to = bdtr(np.arange(n, dtype=np.float64), n, q)  # P(B ≤ k) for k = 0 … n - 1
    low = int(np.searchsorted(up_to, tail, side="right"))  # P(B < low) ≤ tail
    high = int(np.searchsorted(up_to, 1.0 - tail, side="left")) + 1  # P(B ≥ high) ≤ tail
    return low, high
