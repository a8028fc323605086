"""The value of information: what it is worth to know uncertain inputs before a structure is chosen.

To know all of them: E[max over structures of m(x)] - max E[m(x)], with m(x) the mean at inputs x (Raiffa & Schlaifer
1961). To know one of them: the same with E[m(x) | the one], by regression on it (Strong, Oakley & Brennan 2014, Medical
Decision Making 34(3); errors from the distribution of the coefficients: Heath, Manolopoulou & Baio 2017, ibid. 37(7)).

The regression is a polynomial in the input's rank, which is flexible enough for what bends once or twice. A fit to
noise varies too, and so would promise a value where there is none: the coefficients are shrunk by the share of their
variance that noise explains (empirical Bayes, positive part), and drawn from what then remains unknown of them. Their
draws vary as much as the true curve does, on average. The upper end of an interval is left as it is without shrinking.
Where there are points enough, the straight effects of all other inputs are taken out first, so that they are no noise.

Two-level samples: points of uncertain inputs, and a few years of chance at each (`analysis.doubt`). Where a law of true
means is needed and not only its variance, the means are drawn together until they vary as much as the true ones do
(Louis 1984, J. Am. Stat. Assoc. 79: a set of estimates that has the spread of what is estimated); several structures at
a time by the linear map that moves least (Olkin & Pukelsheim 1982, Linear Algebra Appl. 48).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
    from simulation.written.special import stdtr

    means = values.mean(axis=1)
    true = drawn_together(means[:, None], between(values[:, :, None]))[:, 0]
    error = float(means.std(ddof=1)) / np.sqrt(len(means))
    if error == 0:
        return 0.5 if means[0] == 0 else float(means[0] > 0)
    return float(stdtr(len(means) - 1, true / error).mean())


DEGREE = 3
"""Of the polynomial in an input."""
ENOUGH = 3
"""Points a coefficient from which on the effects of other inputs are taken out."""
DRAWS = 500
"""Of the coefficients."""
SHIFTS = 64
"""Other points whose remainder each value of an input meets."""


@dataclass(frozen=True)
class Worth:
    """What it is worth to know something.

    Attributes:
        value: in the unit of the measure.
        low: lower end of its interval.
        high: upper end.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Knowledge:
    """What it is worth to know one input.

    Attributes:
        worth: its value.
        fall: by how much the probability of a wrong choice falls.
        explains: share of the ignorance about the choice that it is by itself (first-order index).
        doubt: probability of such a fit if the input had no effect, for all inputs together (Holm 1979).
    """

    worth: Worth
    fall: float
    explains: float
    doubt: float


def of_everything(values: Floats, level: float, seed: int) -> Worth:
    """What it is worth to know all inputs; the interval by resampling points.

    Args:
        values: the chosen structure less each other one, positive where the chosen is better; shape (points, years,
            others).
        level: of the interval.
        seed: of the resampling.
    """

    def value(drawn: Floats) -> float:
        return float(_gain(drawn_together(drawn.mean(axis=1), between(drawn))[None])[0])

    rng = np.random.default_rng(seed)
    others = [value(values[rng.integers(len(values), size=len(values))]) for _ in range(DRAWS // 2)]
    low, high = np.quantile(others, [(1 - level) / 2, (1 + level) / 2])
    found = value(values)
    return Worth(found, min(float(low), found), max(float(high), found))


def of_each(
    ranks: Floats, values: Floats, everything: Worth, level: float, seed: int, joint: bool = False
) -> list[Knowledge]:
    """What it is worth to know each input alone; no part of what is unknown is worth more than the whole.

    Args:
        ranks: of the inputs' values in their laws, uniform between 0 and 1; shape (points, inputs).
        values: as in `of_everything`.
        everything: what that gave.
        level: of the intervals.
        seed: of the draws.
        joint: whether the inputs hang together: who knows one then knows something of the others too.
    """
    means = values.mean(axis=1)
    ignorance = between(values)
    rng = np.random.default_rng(seed)
    found = []
    doubts = np.ones(ranks.shape[1])
    for n in range(ranks.shape[1]):
        fit = _fitted(ranks[:, [n]] if joint else ranks, 0 if joint else n, means)
        doubts[n] = fit.doubt
        found.append((_worth(fit, means, everything, level, rng), *_fall(fit, means, ignorance, rng)))
    return [Knowledge(*each, float(doubt)) for each, doubt in zip(found, _holm(doubts), strict=True)]


@dataclass(frozen=True)
class _Fit:
    """A regression on one input, columns by other structure.

    Attributes:
        basis: of the input at the points, shape (points, degree), mean 0.
        raw: coefficients by least squares, shape (degree, others).
        coefficients: the same, shrunk.
        shrunk: share that is left of each column's coefficients.
        root: square root of the coefficients' covariance for a residual variance of 1.
        residual: square root of the residuals' covariance.
        doubt: probability of such coefficients if all were 0.
    """

    basis: Floats
    raw: Floats
    coefficients: Floats
    shrunk: Floats
    root: Floats
    residual: Floats
    doubt: float


def polynomials(ranks: Floats, degree: int = DEGREE) -> Floats:
    """Legendre polynomials on 0..1 of degrees 1 and up, of variance 1 each; shape (..., degree)."""
    from numpy.polynomial import legendre

    scaled = legendre.legvander(2.0 * ranks - 1.0, degree)[..., 1:]
    made: Floats = scaled * np.sqrt(2.0 * np.arange(1, degree + 1) + 1.0)
    return made


def _fitted(ranks: Floats, n: int, means: Floats) -> _Fit:
    from simulation.written.special import fdtrc

    points, inputs = ranks.shape
    own = polynomials(ranks[:, n])
    own = own - own.mean(axis=0)
    others = [np.ones((points, 1))]
    if points >= ENOUGH * (inputs + DEGREE):
        others.append(polynomials(np.delete(ranks, n, axis=1), 1)[..., 0])
    design = np.hstack([own, *others])
    freedom = points - np.linalg.matrix_rank(design)
    solved = np.linalg.pinv(design)
    every = solved @ means
    residuals = means - design @ every
    covariance = residuals.T @ residuals / freedom
    raw, spread = every[:DEGREE], (solved @ solved.T)[:DEGREE, :DEGREE]
    seen = ((own @ raw) ** 2).mean(axis=0)
    noise = float(np.trace(own.T @ own @ spread)) / points * np.diag(covariance)
    shrunk = np.where(seen > noise, 1.0 - noise / np.where(seen > noise, seen, 1.0), 0.0)
    least = 1e-18 * (means**2).mean(axis=0)
    some = np.diag(covariance) > least
    tested = np.einsum("ia,ij,ja->a", raw, np.linalg.pinv(spread), raw) / DEGREE
    ratio = np.where(some, tested / np.where(some, np.diag(covariance), 1.0), np.where(tested > least, np.inf, 0.0))
    doubt = min(1.0, float(fdtrc(DEGREE, freedom, ratio).min()) * means.shape[1])
    return _Fit(own, raw, raw * shrunk, shrunk, _root(spread), _root(covariance), doubt)


def _worth(fit: _Fit, means: Floats, most: Worth, level: float, rng: np.random.Generator) -> Worth:
    """Mean over draws of the curve, and an interval in which the mean of all inputs is not known either.

    The lower end is that of the shrunk curve, the upper end that of the one as it was fitted, noise and all.
    """
    points, others = means.shape
    drawn = rng.standard_normal((DRAWS, DEGREE, others))
    noise = np.einsum("pq,dqa,ab->dpb", fit.root, drawn, fit.residual)
    shift = rng.standard_normal((DRAWS, 1, others)) @ _root(np.atleast_2d(np.cov(means, rowvar=False)) / points)
    likely = np.einsum("np,dpa->dna", fit.basis, fit.coefficients + noise * np.sqrt(fit.shrunk))
    widest = np.einsum("np,dpa->dna", fit.basis, fit.raw + noise)
    centre = means.mean(axis=0)
    value = min(float(_gain(centre + likely).mean()), most.value)
    low = float(np.quantile(_gain(centre + shift + likely), (1 - level) / 2))
    high = float(np.quantile(_gain(centre + shift + widest), (1 + level) / 2))
    return Worth(value, min(low, value), max(min(high, most.high), value))


def _fall(fit: _Fit, means: Floats, ignorance: Floats, rng: np.random.Generator) -> tuple[float, float]:
    """By how much a wrong choice gets rarer where the input is known, and the input's share of the ignorance.

    The true means are the curve of the input and a remainder that does not depend on it, spread as the remaining
    ignorance is; every value of the input meets the remainders of several other points.
    """
    centre = means.mean(axis=0)
    curve = fit.basis @ (fit.raw * np.sqrt(fit.shrunk))  # varies as much as the true curve does
    known = np.atleast_2d(np.cov(curve, rowvar=False))
    remainder = means - centre - fit.basis @ fit.raw
    remainder = drawn_together(remainder, definite(ignorance - known))
    shifts = rng.permutation(len(means))[:SHIFTS]
    rest = np.stack([np.roll(remainder, int(shift), axis=0) for shift in shifts])
    true = centre + curve + rest - remainder.mean(axis=0)
    best = _best(true)
    unknown = np.mean(best != _best(centre[None])[0])
    knowing = np.mean(best != _best(centre + curve))
    whole = float(ignorance[0, 0])
    return float(unknown - knowing), min(1.0, float(known[0, 0]) / whole) if whole > 0 else 0.0


def _gain(values: Floats) -> Floats:
    """Mean of the best less the best mean, over the last axis but one; the chosen structure stands at 0."""
    best = np.maximum((-values).max(axis=-1), 0.0).mean(axis=-1)
    gained: Floats = best - np.maximum((-values.mean(axis=-2)).max(axis=-1), 0.0)
    return np.maximum(gained, 0.0)


def _best(values: Floats) -> NDArray[np.int64]:
    """0 where the chosen structure is best, else the place of the other one, from 1."""
    padded = np.concatenate([np.zeros((*values.shape[:-1], 1)), -values], axis=-1)
    return padded.argmax(axis=-1)


def _root(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    found: Floats = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return found


def _holm(doubts: Floats) -> Floats:
    """Probabilities that hold for all together (Holm 1979, Scand. J. Statistics 6)."""
    order = np.argsort(doubts)
    steps = np.minimum(doubts[order] * np.arange(len(doubts), 0, -1), 1.0)
    joint = np.empty_like(doubts)
    joint[order] = np.maximum.accumulate(steps)
    return joint
