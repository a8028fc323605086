"""What a number of replications says: means with intervals, differences between structures.

A replication is a possible year; an array holds one value of a measure per replication. NaN means that the
measure is undefined in that year (a mean of nothing): it is dropped, and ``n`` says how many years are
left. Infinite values are errors. Intervals are two-sided. One year says nothing about the spread: its
interval is unbounded and its ``sd`` NaN; with no year at all everything is NaN.

Sources, named at each formula: Law, A. M. (2015) Simulation Modeling and Analysis, 5th ed., ch. 9 (one
system), 10 (two systems), 11 (common random numbers). Student (1908) Biometrika 6. Dunn (1961) J. Am. Stat.
Assoc. 56, for Bonferroni's inequality on means. Welch (1947) Biometrika 34. Cohen (1988) Statistical Power
Analysis, 2nd ed. Shares and quantiles stand in `quantiles`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.analysis.quantiles import proportion_interval, score

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""A spread below this share of the values themselves is rounding: the values count as equal."""

SYMMETRIC = 1e-9
"""A skewness of the mean below which it is none: the formula then divides rounding by rounding."""

POWER = 0.8
"""Probability with which a planned number of replications is to tell two structures apart."""

MOST_REPLICATIONS = 10**12
"""Where the search for a sufficient number of replications gives up."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its confidence interval, the standard deviation between replications, and their number."""

    mean: float
    low: float
    high: float
    sd: float
    n: int


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """Structure a minus structure b in the same years.

    ``low`` and ``high`` hold for this comparison alone, ``joint_low`` and ``joint_high`` for all ``family``
    comparisons that are read together. ``share_of_years_better`` is the share of years in which a was
    strictly better (with Wilson's interval), ``share_of_years_tied`` of those in which both were equal.
    ``confidence_mean_better`` is the probability that the *mean* of a is the better one (higher, or lower where
    lower is better); it is not the share of years. ``gain_from_pairing`` says how many times as many independent
    years would be needed for the same precision.
    """

    mean: float
    low: float
    high: float
    joint_low: float
    joint_high: float
    sd: float
    n: int
    share_of_years_better: float
    share_of_years_better_low: float
    share_of_years_better_high: float
    share_of_years_tied: float
    confidence_mean_better: float
    gain_from_pairing: float
    level: float
    family: int

    @property
    def told_apart(self) -> bool:
        """Whether the joint interval excludes zero."""
        return self.joint_low > 0 or self.joint_high < 0

    def replications_needed(self, level: float | None = None) -> int | None:
        """The least n whose joint interval would exclude zero with a probability of 80 %.

        The power of a paired t test, if the true mean and sd are those observed: n ≥ ((t + z)·sd/|mean|)²
        with t the quantile of the joint level at n - 1 degrees of freedom and z = 0.8416 the 80 % quantile of
        the normal distribution (Cohen 1988, ch. 2; without z the interval would exclude zero in about half of
        the cases). None when the sd is unknown or no number up to 10^12 would do (mean 0).
        """
        return _replications_needed(self.mean, self.sd, self.level if level is None else level, self.family)


@dataclass(frozen=True, slots=True)
class UnpairedDifference:
    """Structure a minus structure b from independent years; fields as in :class:`PairedDifference`."""

    mean: float
    low: float
    high: float
    joint_low: float
    joint_high: float
    standard_error: float
    degrees_of_freedom: float
    n_a: int
    n_b: int
    confidence_mean_better: float


def mean_interval(x: ArrayLike, level: float = 0.95) -> Interval:
    """The mean with its interval: mean ± t(n-1, level)·sd/√n (Student 1908; Law 2015, 9.4.1).

    Raises ValueError for infinite values, an array that is not one-dimensional, or a level outside (0, 1).
    """
    values = _finite(x)
    mean, sd = _mean_and_sd(values)
    half = _half_width(sd / math.sqrt(len(values) or 1), len(values) - 1, level)
    return Interval(mean, mean - half, mean + half, sd, len(values))


def skewed_interval(x: ArrayLike, level: float = 0.95) -> Interval:
    """The mean with an interval that allows for skewness (Willink 2005, Commun. Stat. Theory Methods 34).

    Where years are skewed the mean and the sd hang together: a sample without its disasters has too high a mean and too
    small an sd, and Student's interval then misses the mean far more often than it says. With a = skewness/(6 sqrt n)
    and t as in :func:`mean_interval` it runs from mean - G(t) sd/sqrt n to mean - G(-t) sd/sqrt n, where
    G(r) = (cbrt(1 + 6 a (r - a)) - 1)/(2 a): Johnson's modified t (1978) made monotone as Hall (1992) does.
    Raises ValueError as :func:`mean_interval`.
    """
    values = _finite(x)
    mean, sd = _mean_and_sd(values)
    n = len(values)
    error = sd / math.sqrt(n or 1)
    low, high = _skewed_ends(mean, error, _third(values), n - 1, level)
    return Interval(mean, low, high, sd, n)


def skewed_difference(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Interval:
    """Mean of a less mean of b from independent years, likewise: Welch's t with the third moment of both means."""
    first, second = _finite(a), _finite(b)
    found = unpaired_difference(first, second, level=level)
    third = _third(first) - _third(second)
    low, high = _skewed_ends(found.mean, found.standard_error, third, found.degrees_of_freedom, level)
    n = min(found.n_a, found.n_b)
    return Interval(found.mean, low, high, found.standard_error * math.sqrt(n), n)


def share_interval(x: ArrayLike, level: float = 0.95) -> Interval:
    """The mean of values that are 0 or 1, a share of years, with Wilson's interval."""
    values = _finite(x)
    found = proportion_interval(int(values.sum()), len(values), level)
    ends = (found.low, found.high) if len(values) else (math.nan, math.nan)
    return Interval(found.share, *ends, _mean_and_sd(values)[1], len(values))


def mean_share_interval(x: ArrayLike, level: float = 0.95) -> Interval:
    """The mean of shares that were measured in each year by itself, with an interval that stays inside of 0..1.

    Wilson's, with Student's t in place of the normal quantile, of as many trials as would have the variance that the
    years show: p (1 - p)/(sd²/n) (the effective sample of a survey in clusters: Korn & Graubard 1998, Survey
    Methodology 24; Franco, Little, Louis & Slud 2019, J. Survey Stat. Methodology 7). Where all years have 0, or all 1,
    it is that of as many trials as there are years; a single year leaves 0..1.

    Raises ValueError for a share outside of 0..1 and as :func:`mean_interval`.
    """
    values = _finite(x)
    if ((values < 0) | (values > 1)).any():
        raise ValueError("a share lies between 0 and 1")
    mean, sd = _mean_and_sd(values)
    n = len(values)
    if n < 2:
        ends = (0.0, 1.0) if n else (math.nan, math.nan)
    elif sd == 0 and 0 < mean < 1:
        ends = (mean, mean)
    else:
        trials = n if sd == 0 else mean * (1 - mean) / (sd * sd / n)
        ends = score(mean, trials, _t_quantile(n - 1, 0.5 + _checked(level) / 2))
    return Interval(mean, *ends, sd, n)


def paired_difference(
    a: ArrayLike,
    b: ArrayLike,
    *,
    level: float = 0.95,
    family: int = 1,
    higher_is_better: bool = True,
    tie_tolerance: float = 1e-9,
) -> PairedDifference:
    """Compare two structures over the same years (common random numbers), replication by replication.

    The interval is the paired t of Law (2015) 10.2.1. The joint interval takes the level 1 - (1 -
    level)/family, which by Bonferroni's inequality covers all ``family`` differences at once (Law 10.3;
    Dunn 1961). The confidence is the t distribution function at mean/(sd/√n): one minus the one-sided
    p-value, and the posterior probability of a better mean under a flat prior. The gain from pairing is
    (var a + var b)/var(a - b), Law (2015) 11.2.

    A pair counts as tied, with difference exactly 0, when the two differ by at most ``tie_tolerance`` of
    the larger one: sums of the same money in another order. A pair with a NaN is dropped. Without any
    spread the interval has no width and the confidence is 1, 0.5 or 0.

    Raises ValueError for arrays of different length and as :func:`mean_interval`.
    """
    first, second = _column(a), _column(b)
    if first.shape != second.shape:
        raise ValueError(f"paired values come in equal numbers, not {len(first)} and {len(second)}")
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    size = np.maximum(np.abs(first), np.abs(second))
    difference = first - second
    tied = np.abs(difference) <= tie_tolerance * size
    difference[tied] = 0.0
    wins = difference > 0 if higher_is_better else difference < 0
    n = len(difference)
    mean, sd = _mean_and_sd(difference, float(size.max(initial=0.0)))
    error = sd / math.sqrt(n or 1)
    years = proportion_interval(int(wins.sum()), n, level)
    half = _half_width(error, n - 1, level)
    joint = _half_width(error, n - 1, _joint_level(level, family))
    return PairedDifference(
        mean=mean,
        low=mean - half,
        high=mean + half,
        joint_low=mean - joint,
        joint_high=mean + joint,
        sd=sd,
        n=n,
        share_of_years_better=years.share,
        share_of_years_better_low=years.low if n else math.nan,
        share_of_years_better_high=years.high if n else math.nan,
        share_of_years_tied=float(np.mean(tied)) if n else math.nan,
        confidence_mean_better=_confidence(mean if higher_is_better else -mean, error, n - 1),
        gain_from_pairing=_gain(_mean_and_sd(first)[1] ** 2 + _mean_and_sd(second)[1] ** 2, sd**2),
        level=level,
        family=family,
    )


def unpaired_difference(
    a: ArrayLike, b: ArrayLike, *, level: float = 0.95, family: int = 1, higher_is_better: bool = True
) -> UnpairedDifference:
    """Compare two structures over independent years: Welch's t (Welch 1947; Law 2015, 10.2.2).

    With s² the variances: error² = s_a²/n_a + s_b²/n_b, and Satterthwaite's degrees of freedom
    error⁴/((s_a²/n_a)²/(n_a - 1) + (s_b²/n_b)²/(n_b - 1)). NaN is dropped from each array by itself. Raises
    ValueError as :func:`mean_interval`.
    """
    first, second = _finite(a), _finite(b)
    (mean_a, sd_a), (mean_b, sd_b) = _mean_and_sd(first), _mean_and_sd(second)
    n_a, n_b = len(first), len(second)
    mean = mean_a - mean_b
    part_a, part_b = sd_a**2 / max(n_a, 1), sd_b**2 / max(n_b, 1)
    error = math.sqrt(part_a + part_b)
    freedom = float(min(n_a, n_b) - 1)
    if error > 0:
        share = part_a / (part_a + part_b)  # the quotient in this form cannot underflow
        freedom = 1.0 / (share**2 / (n_a - 1) + (1 - share) ** 2 / (n_b - 1))
    half = _half_width(error, freedom, level)
    joint = _half_width(error, freedom, _joint_level(level, family))
    return UnpairedDifference(
        mean=mean,
        low=mean - half,
        high=mean + half,
        joint_low=mean - joint,
        joint_high=mean + joint,
        standard_error=error,
        degrees_of_freedom=freedom,
        n_a=n_a,
        n_b=n_b,
        confidence_mean_better=_confidence(mean if higher_is_better else -mean, error, freedom),
    )


def _column(x: ArrayLike) -> Floats:
    values = np.asarray(x, dtype=float)
    if values.ndim != 1:
        raise ValueError(f"one value per replication is expected, not an array of {values.ndim} dimensions")
    if np.isinf(values).any():
        raise ValueError("a measure is infinite; only finite values and NaN (undefined) can be averaged")
    return values


def _finite(x: ArrayLike) -> Floats:
    values = _column(x)
    return values[~np.isnan(values)]


def _mean_and_sd(values: Floats, size: float | None = None) -> tuple[float, float]:
    """Mean and sd (n - 1); the sd is exactly 0 if the values differ by no more than rounding of this size."""
    n = len(values)
    if n == 0:
        return math.nan, math.nan
    mean = float(np.mean(values))
    if n == 1:
        return mean, math.nan
    spread = float(np.ptp(values))
    if spread <= ROUNDING * (float(np.abs(values).max()) if size is None else size):
        return (float(values[0]) if spread == 0 else mean), 0.0
    return mean, float(np.std(values, ddof=1))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level is above 0 and below 1, not {level:g}")
    return level


def _joint_level(level: float, family: int) -> float:
    if family < 1:
        raise ValueError(f"a family has at least one comparison, not {family}")
    return 1 - (1 - level) / family


def _half_width(error: float, freedom: float, level: float) -> float:
    quantile = _t_quantile(max(freedom, 1), 0.5 + _checked(level) / 2)
    if freedom < 1:
        return math.nan if freedom < 0 else math.inf
    return quantile * error


def _third(values: Floats) -> float:
    """Third central moment of the mean, without bias (Fisher's k-statistic by n²); 0 where too few years tell."""
    n = len(values)
    if n < 3:
        return 0.0
    return float(((values - values.mean()) ** 3).sum()) / ((n - 1) * (n - 2)) / n


def _skewed_ends(mean: float, error: float, third: float, freedom: float, level: float) -> tuple[float, float]:
    half = _half_width(error, freedom, level)
    if not math.isfinite(half) or error == 0:
        return mean - half, mean + half
    a = third / error**3 / 6
    if abs(a) < SYMMETRIC:
        return mean - half, mean + half

    def moved(r: float) -> float:
        return (float(np.cbrt(1 + 6 * a * (r - a))) - 1) / (2 * a)

    return mean - moved(half / error) * error, mean - moved(-half / error) * error


def _confidence(mean: float, error: float, freedom: float) -> float:
    if freedom < 1:
        return math.nan
    if error == 0:
        return 0.5 if mean == 0 else float(mean > 0)
    return _t_share_below(freedom, mean / error)


def _gain(independent: float, paired: float) -> float:
    if paired == 0:
        return 1.0 if independent == 0 else math.inf
    return independent / paired


def _replications_needed(mean: float, sd: float, level: float, family: int) -> int | None:
    probability = 0.5 + _joint_level(_checked(level), family) / 2
    if math.isnan(sd) or mean == 0:
        return None
    ratio, reserve = sd / abs(mean), _normal_quantile(POWER)

    def enough(n: int) -> bool:
        return (_t_quantile(n - 1, probability) + reserve) * ratio < math.sqrt(n)

    low, high = 1, 2
    while not enough(high):
        if high > MOST_REPLICATIONS:
            return None
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _t_quantile(freedom: float, probability: float) -> float:
    from simulation.written.special import stdtrit

    return float(stdtrit(freedom, probability))


def _normal_quantile(probability: float) -> float:
    from simulation.written.special import ndtri

    return float(ndtri(probability))


def _t_share_below(freedom: float, t: float) -> float:
    from simulation.written.special import stdtr

    return float(stdtr(freedom, t))
