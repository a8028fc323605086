"""Small groups shrunk to the mean of all: shares (beta-binomial) and clocks (normal-normal).

Empirical Bayes (Casella 1985; Efron, Large-Scale Inference, ch. 1), but how alike the groups are is not taken as known:
with a handful of channels it hardly is. It has a posterior on a grid, of which each draw takes a value (Gelman et al.,
Bayesian Data Analysis, ch. 5).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
_CONCENTRATIONS = np.geomspace(5, 2e4, 50)
_SPREADS = np.r_[0.0, np.geomspace(0.02, 1.5, 40)]
_USUAL = 0.25
"""How far the logarithms of channels' times may differ, beforehand: half normal."""


def concentrations(yes: Floats, cases: Floats, mean: float, luck: np.random.Generator, draws: int) -> Floats:
    """Draws of how alike the shares of groups are: M of the Beta(M m, M (1 - m)) that they come from.

    The marginal law of a group's count is beta-binomial; the numbers may be no whole ones (they come from weights). M
    is 50 beforehand, give or take a factor of 7.
    """
    a, b = _CONCENTRATIONS * mean, _CONCENTRATIONS * (1 - mean)
    yes, cases = yes[:, None], cases[:, None]
    log = (special.betaln(yes + a, cases - yes + b) - special.betaln(a, b)).sum(0)
    log -= 0.5 * ((np.log(_CONCENTRATIONS) - np.log(50.0)) / 2.0) ** 2
    return np.asarray(luck.choice(_CONCENTRATIONS, draws, p=_shares(log)), float)


def spreads(values: Floats, variances: Floats, luck: np.random.Generator, draws: int) -> Floats:
    """Draws of the standard deviation of groups' true values, from estimates with known variances."""
    if len(values) < 2:
        return np.zeros(draws)
    total = variances[:, None] + _SPREADS**2
    weight = (1 / total).sum(0)
    middle = (values[:, None] / total).sum(0) / weight
    log = -0.5 * (np.log(total) + (values[:, None] - middle) ** 2 / total).sum(0) - 0.5 * np.log(weight)
    log -= 0.5 * (_SPREADS / _USUAL) ** 2
    width = np.r_[_SPREADS[1] / 2, np.gradient(_SPREADS)[1:]]
    return np.asarray(luck.choice(_SPREADS, draws, p=_shares(log + np.log(width))), float)


def _shares(log: Floats) -> Floats:
    weight = np.exp(log - log.max())
    return np.asarray(weight / weight.sum())
