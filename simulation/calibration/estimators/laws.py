"""Laws of the clocks on the logarithm of time: log density and log survival with their gradients.

Each law has two unbounded parameters: where it lies (of the logarithm of time) and how wide it is (again a logarithm),
so that any step of a search stays a law. Lognormal: mu and log sigma. Gamma and Weibull: log scale and log shape.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

from simulation.written.distributions import Distribution

Floats = NDArray[np.float64]
Family = Literal["lognormal", "gamma", "weibull"]
FAMILIES: tuple[Family, ...] = get_args(Family)
_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
_TINY = 1e-300
_STEP = 1e-5  # of the derivative of the incomplete gamma function by its shape, which has no formula


@dataclass(frozen=True)
class Terms:
    """A law at some times: the logarithms of density and survival, and their gradients, shape (2, times)."""

    density: Floats
    survival: Floats
    density_slope: Floats
    survival_slope: Floats


def terms(family: Family, place: float, width: float, times: Floats) -> Terms:
    """Density (per hour) and survival at times above 0, hours."""
    logs = np.log(times)
    if family == "lognormal":
        sigma = math.exp(width)
        z = (logs - place) / sigma
        density = -0.5 * z * z - width - logs - _HALF_LOG_2PI
        survival = special.log_ndtr(-z)
        ratio = np.exp(-0.5 * z * z - _HALF_LOG_2PI - survival)
        return Terms(density, survival, np.stack([z / sigma, z * z - 1]), np.stack([ratio / sigma, ratio * z]))
    shape = math.exp(width)
    u = logs - place
    if family == "weibull":
        power = np.exp(np.minimum(shape * u, 690.0))
        density = width + shape * u - logs - power
        slope = np.stack([shape * (power - 1), 1 + shape * u * (1 - power)])
        return Terms(density, -power, slope, np.stack([shape * power, -shape * u * power]))
    y = np.exp(np.minimum(u, 690.0))
    density = shape * u - y - logs - special.gammaln(shape)
    survival = _gamma_tail(shape, y)
    ratio = np.exp(np.minimum(density + logs - survival, 690.0))
    above, below = (_gamma_tail(shape * math.exp(step), y) for step in (_STEP, -_STEP))
    slope = np.stack([y - shape, shape * (u - special.digamma(shape))])
    return Terms(density, survival, slope, np.stack([ratio, (above - below) / (2 * _STEP)]))


def survival(family: Family, place: Floats | float, width: Floats | float, times: Floats | float) -> Floats:
    """Share of the law beyond times; all four broadcast, a time of 0 or less gives 1."""
    with np.errstate(divide="ignore", over="ignore"):
        logs = np.log(np.maximum(times, 0.0))
        if family == "lognormal":
            return np.asarray(special.ndtr((place - logs) / np.exp(width)))
        if family == "weibull":
            return np.asarray(np.exp(-np.exp(np.exp(width) * (logs - place))))
        return np.asarray(special.gammaincc(np.exp(width), np.exp(logs - place)))


def mean(family: Family, place: Floats | float, width: Floats | float) -> Floats:
    """Mean of the law, hours."""
    with np.errstate(over="ignore"):
        if family == "lognormal":
            return np.asarray(np.exp(place + 0.5 * np.exp(2 * np.asarray(width))))
        if family == "weibull":
            return np.asarray(np.exp(place + special.gammaln(1 + np.exp(-np.asarray(width)))))
        return np.asarray(np.exp(np.asarray(place) + width))


def variation(family: Family, width: Floats | float) -> Floats:
    """Coefficient of variation of the law."""
    shape = np.exp(np.asarray(width, float))
    if family == "lognormal":
        return np.sqrt(np.expm1(shape**2))
    if family == "weibull":
        return np.sqrt(np.maximum(np.expm1(special.gammaln(1 + 2 / shape) - 2 * special.gammaln(1 + 1 / shape)), 0.0))
    return np.asarray(shape**-0.5)


def with_moments(family: Family, middle: Floats, cv: Floats) -> tuple[Floats, Floats]:
    """Parameters of the law with a mean and a coefficient of variation."""
    cv = np.clip(cv, 0.02, 50.0)
    if family == "lognormal":
        width = 0.5 * np.log(np.log1p(cv**2))
    elif family == "gamma":
        width = -2 * np.log(cv)
    else:
        widths = np.linspace(3.5, -2.0, 600)
        width = np.interp(np.log(cv), np.log(variation("weibull", widths)), widths)
    return np.log(middle) - np.log(mean(family, 0.0, width)), np.asarray(width)


def quantile(family: Family, place: float, width: float, levels: Floats) -> Floats:
    """Times below which shares of the law lie, hours."""
    if family == "lognormal":
        return np.asarray(np.exp(place + math.exp(width) * special.ndtri(levels)))
    if family == "weibull":
        return np.asarray(np.exp(place) * (-np.log1p(-levels)) ** math.exp(-width))
    return np.asarray(np.exp(place) * special.gammaincinv(math.exp(width), levels))


def distribution(family: Family, place: float, width: float) -> Distribution:
    """The law as a scenario writes it; parameters that a scenario does not allow are taken to the nearest it does."""
    middle = float(np.clip(mean(family, place, width), 1e-6, 1e9))
    if family == "weibull":
        return Distribution.weibull(middle, float(np.clip(math.exp(width), 0.1, 100.0)))
    cv = float(np.clip(variation(family, width), 0.0, 100.0))
    return Distribution.lognormal(middle, cv) if family == "lognormal" else Distribution.gamma(middle, cv)


def start(times: Floats, weights: Floats, family: Family) -> tuple[float, float]:
    """Parameters of a law with the moments of the logarithms of weighted times above 0: where a search begins."""
    logs = np.log(times)
    middle = float(np.average(logs, weights=weights))
    spread = max(float(np.average((logs - middle) ** 2, weights=weights)) ** 0.5, 0.1)
    if family == "lognormal":
        return middle, math.log(spread)
    if family == "weibull":  # the logarithm of a Weibull time is a Gumbel variable
        shape = math.pi / (6**0.5 * spread)
        return middle + 0.5772 / shape, math.log(shape)
    shape = min(max(1 / spread**2, 0.05), 100.0)
    return math.log(float(np.average(times, weights=weights)) / shape), math.log(shape)


def _gamma_tail(shape: float, y: Floats) -> Floats:
    """Logarithm of the regularised upper incomplete gamma function; far out by its asymptotic series."""
    tail = special.gammaincc(shape, y)
    far = tail < 1e-280
    found = np.log(np.maximum(tail, _TINY))
    if np.any(far):
        y = np.maximum(y, 1.0)
        series = 1 + (shape - 1) / y * (1 + (shape - 2) / y)
        found = np.where(
            far, (shape - 1) * np.log(y) - y - special.gammaln(shape) + np.log(np.maximum(series, _TINY)), found
        )
    return np.asarray(found)
