"""The most likely parameters of a law, and of the same law with cases counted otherwise.

Laws give the log likelihood of each case with its gradient. The search is bounded and quasi-Newton; a refit begins at
the fit and takes a few of Newton's steps with the curvature there, which is all that a draw of the bootstrap needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import chdtrc

Floats = NDArray[np.float64]
Bounds = Sequence[tuple[float, float]]
Terms = Callable[[Floats], tuple[Floats, Floats]]
"""From parameters to the log likelihood of each case, shape (cases,), and its gradient, (cases, parameters)."""
_MOST_STEP = 1.0
_STEPS = 8


def most_likely(terms: Terms, begins: Sequence[Floats], bounds: Bounds, weights: Floats) -> tuple[Floats, float]:
    """Parameters and log likelihood where the weighted sum over the cases is greatest, the best of several begins."""
    total = max(float(weights.sum()), 1.0)

    def lost(theta: Floats) -> tuple[float, Floats]:
        value, slope = terms(theta)
        return -float(weights @ value) / total, -(weights @ slope) / total

    best: tuple[Floats, float] | None = None
    for begin in begins:
        found = minimize(lost, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
        if best is None or -found.fun * total > best[1] + 1e-9:
            best = np.asarray(found.x), -float(found.fun) * total
    assert best is not None
    return best


def chance(freedom: int, gain: float) -> float:
    """Probability of such a gain, or a greater one, by chance: a chi-squared law (scipy.stats is slow to load)."""
    return float(chdtrc(freedom, np.maximum(gain, 0.0)))


def covariance(terms: Terms, theta: Floats, weights: Floats) -> Floats:
    """Inverse of the information from differences of the gradient; flat directions are held short."""
    size = len(theta)
    curve = np.empty((size, size))
    for k in range(size):
        step = np.zeros(size)
        step[k] = 1e-4
        curve[k] = -(weights @ (terms(theta + step)[1] - terms(theta - step)[1])) / 2e-4
    values, axes = np.linalg.eigh((curve + curve.T) / 2)
    floor = max(1e-3 * float(values.max()), 1e-6)
    return np.asarray(axes @ np.diag(1 / np.maximum(values, floor)) @ axes.T)


def refitter(terms: Terms, theta: Floats, bounds: Bounds, weights: Floats) -> Callable[[Floats], tuple[Floats, float]]:
    """A function from other weights of the cases to the parameters and log likelihood at them.

    Args:
        terms: of the law.
        theta: the most likely parameters at `weights`.
        bounds: of the parameters.
        weights: how often each case counted, shape (cases,).
    """
    value, slope = terms(theta)
    low, high = (np.array(each) for each in zip(*bounds, strict=True))
    inverse = covariance(terms, theta, weights)

    def refit(other: Floats) -> tuple[Floats, float]:
        now, scores, likely = theta, slope, float(other @ value)
        scale = weights.sum() / max(float(other.sum()), 1.0)
        for _ in range(_STEPS):
            step = inverse @ (other @ scores) * scale
            step *= min(1.0, _MOST_STEP / max(float(np.abs(step).max()), 1e-12))
            while True:
                moved = np.clip(now + step, low, high)
                values, slopes = terms(moved)
                gained = float(other @ values) - likely
                if gained >= -1e-9 or np.abs(step).max() < 1e-3:
                    break
                step = step / 2
            now, scores, likely = moved, slopes, likely + gained
            if gained < 3e-3:
                break
        return now, likely

    return refit
