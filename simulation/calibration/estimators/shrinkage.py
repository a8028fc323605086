"""Small groups shrunk to the mean of all by empirical Bayes: shares (beta-binomial) and clocks (normal-normal)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
_ALIKE = 1e5  # concentration from which on groups do not differ


def concentration(yes: Floats, cases: Floats, mean: float) -> float:
    """How alike the shares of groups are: M of the Beta(M m, M (1 - m)) that they come from, by maximum likelihood.

    The marginal law of a group's count is beta-binomial (Casella 1985; Efron, Large-Scale Inference, ch. 1). The
    numbers may be no whole ones (they come from weights). Where the likelihood still grows, groups are alike.
    """
    known = cases > 0
    yes, cases = yes[known], cases[known]
    if len(cases) < 2:
        return _ALIKE

    def loss(log_m: float) -> float:
        a, b = np.exp(log_m) * mean, np.exp(log_m) * (1 - mean)
        found = special.betaln(yes + a, cases - yes + b) - special.betaln(a, b)
        # a weak prior keeps two or three groups from being called alike, or strangers, by chance alone
        return float(-found.sum() + 0.5 * ((log_m - np.log(50.0)) / 2.0) ** 2)

    found = optimize.minimize_scalar(loss, bounds=(np.log(2.0), np.log(_ALIKE)), method="bounded")
    return float(np.exp(found.x))


def between(values: Floats, variances: Floats) -> float:
    """Variance of groups' true values beyond that of their estimates (DerSimonian and Laird 1986), not below 0."""
    if len(values) < 2:
        return 0.0
    weights = 1 / np.maximum(variances, 1e-12)
    middle = float(np.average(values, weights=weights))
    excess = float(np.sum(weights * (values - middle) ** 2)) - (len(values) - 1)
    return max(excess / float(weights.sum() - np.sum(weights**2) / weights.sum()), 0.0)
