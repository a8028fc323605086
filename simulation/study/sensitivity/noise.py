"""Squares and products of means that a few noisy years give, without what the noise adds to them.

The mean of m years is f + e, and its square on average f² + Var e: what has no effect would seem to have one. The
variance of the years around their mean, by m, is taken off (the estimator of the analysis of variance: Sun, Apley &
Staum 2011, Operations Research 59(4)); what is left is the mean over pairs of different years, whose noise is
independent, and so is f² on average. Of indices of stochastic models: Mazo 2021, SIAM/ASA J. Uncertainty Quantification
9(4).

How large it seems by chance alone: over rows of years with nothing in them the mean square of the means, by its noise,
has Fisher's F law; rows that differ in noise count as fewer (Satterthwaite 1946, Biometrics Bulletin 2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 1000
"""Resamples of rows for an interval."""
ROUNDING = 1e-9
"""Share of the values below which their differences are rounding."""


def product(first: Floats, second: Floats) -> Floats:
    """The product of two means over the same years, on average that of the true ones.

    Args:
        first: values, shape (..., years), at least two years, none undefined.
        second: the same of the other.

    Returns:
        Shape (...).
    """
    years = first.shape[-1]
    a, b = first.mean(axis=-1), second.mean(axis=-1)
    together = ((first - a[..., None]) * (second - b[..., None])).sum(axis=-1) / (years - 1)
    found: Floats = a * b - together / years
    return found


def noise(values: Floats) -> Floats:
    """Variance of the mean over years; arguments as in `product`."""
    found: Floats = values.var(axis=-1, ddof=1) / values.shape[-1]
    return found


def by_chance(noises: Floats, years: int, level: float) -> float:
    """What the mean over rows of `product` with itself stays below with this probability where nothing has an effect.

    Args:
        noises: of each row, as `noise` has them.
        years: of each row.
        level: the probability, one-sided.
    """
    mean = float(noises.mean())
    if mean <= 0:
        return 0.0
    fourth = noises**2 * (years - 1) / (years + 1)  # E s⁴ = σ⁴ (m + 1)/(m - 1)
    rows = min(float(len(noises)), float(noises.sum()) ** 2 / float(fourth.sum()))
    return mean * (_f_quantile(rows, rows * (years - 1), level) - 1.0)


def _f_quantile(over: float, under: float, probability: float) -> float:
    from simulation.written.special import betaincinv

    share = float(betaincinv(over / 2, under / 2, probability))
    return under * share / (over * (1.0 - share))
