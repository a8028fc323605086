"""Two-level samples: points of uncertain inputs, and a few years of chance at each.

The variance of what the inputs alone would do is what the means of the points vary by, less what chance adds to that:
the estimator of the analysis of variance (Sun, Apley & Staum 2011, Operations Research 59(4): few years at many points
use the effort best). Where a law of true means is needed and not only its variance, the means are drawn together until
they vary as much as the true ones do (Louis 1984, J. Am. Stat. Assoc. 79: a set of estimates that has the spread of
what is estimated); several structures at a time by the linear map that moves least (Olkin & Pukelsheim 1982, Linear
Algebra Appl. 48).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 1000
"""Resamples of the points for an interval."""


@dataclass(frozen=True)
class Parts:
    """Variances of a difference, by where they come from.

    Attributes:
        ignorance: of its mean, because the inputs are not known: Var E[D|x].
        chance: of a year around that mean, because nobody knows the year: E Var[D|x].
        share: of the ignorance in both; NaN where nothing varies.
        low: lower end of its interval.
        high: upper end.
    """

    ignorance: float
    chance: float
    share: float
    low: float
    high: float


def parts(values: Floats, level: float, seed: int) -> Parts:
    """Variance of differences divided between ignorance and chance; the interval by resampling points.

    Args:
        values: shape (points, years), at least two of each, nothing undefined.
        level: of the interval.
        seed: of the resampling.
    """
    years = values.shape[1]
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    ignorance, chance = _components(means[None], within[None], years)
    picks = np.random.default_rng(seed).integers(len(means), size=(DRAWS, len(means)))
    drawn = _share(*_components(means[picks], within[picks], years))
    share = float(_share(ignorance, chance)[0])
    if np.isnan(share):
        return Parts(0.0, 0.0, share, share, share)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Parts(float(ignorance[0]), float(chance[0]), share, min(float(low), share), max(float(high), share))


def _components(means: Floats, within: Floats, years: int) -> tuple[Floats, Floats]:
    chance = within.mean(axis=1)
    return np.maximum(means.var(axis=1, ddof=1) - chance / years, 0.0), chance


def _share(ignorance: Floats, chance: Floats) -> Floats:
    whole = ignorance + chance
    with np.errstate(invalid="ignore"):
        return np.where(whole > 0, ignorance / np.where(whole > 0, whole, 1.0), np.nan)


def between(values: Floats) -> Floats:
    """Covariance of the true means between points, none of it negative.

    Args:
        values: shape (points, years, columns).

    Returns:
        Shape (columns, columns).
    """
    means = values.mean(axis=1)
    around = values - means[:, None, :]
    years = values.shape[1]
    chance = np.einsum("nyi,nyj->ij", around, around) / (len(values) * (years - 1))
    return definite(_covariance(means) - chance / years)


def drawn_together(means: Floats, target: Floats) -> Floats:
    """Means moved linearly, and as little as can be, so that their covariance is the target; the mean stays.

    Args:
        means: shape (points, columns).
        target: covariance wanted, shape (columns, columns).
    """
    centre = means.mean(axis=0)
    half, inverse = _roots(_covariance(means))
    middle, _ = _roots(half @ target @ half)
    moved: Floats = centre + (means - centre) @ (inverse @ middle @ inverse)
    return moved


def definite(matrix: Floats) -> Floats:
    """The nearest covariance matrix: negative variances, which only noise makes, are none."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    found: Floats = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return found


def _covariance(means: Floats) -> Floats:
    return np.atleast_2d(np.cov(means, rowvar=False))


def _roots(matrix: Floats) -> tuple[Floats, Floats]:
    """Square root of a covariance matrix, and the inverse of it where there is one."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    root = np.sqrt(np.maximum(values, 0.0))
    least = 1e-9 * root.max(initial=0.0)
    inverse = np.where(root > least, 1.0 / np.where(root > least, root, 1.0), 0.0)
    return (vectors * root) @ vectors.T, (vectors * inverse) @ vectors.T


def certainty(values: Floats) -> float:
    """How sure it is that the true mean, for inputs that nobody knows, is above zero: ignorance and chance together.

    The true means at the points, drawn together as above, each with the error that chance leaves in the mean of all
    (Student's t, as many degrees of freedom as points less one). Without ignorance it is the certainty of a paired
    comparison of all years, without chance the share of points above zero.

    Args:
        values: differences, shape (points, years); positive where the chosen structure is better.
    """
    from scipy.special import stdtr

    means = values.mean(axis=1)
    true = drawn_together(means[:, None], between(values[:, :, None]))[:, 0]
    error = float(means.std(ddof=1)) / np.sqrt(len(means))
    if error == 0:
        return 0.5 if means[0] == 0 else float(means[0] > 0)
    return float(stdtr(len(means) - 1, true / error).mean())
