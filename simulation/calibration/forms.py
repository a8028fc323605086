"""Numbers and names as a scenario writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable

import numpy as np

from simulation.calibration.estimators import laws
from simulation.calibration.facts import Clock, Floats

QUANTILES = 40
"""Values of a law that is written as a list."""


def unique(names: Iterable[str]) -> dict[str, str]:
    """Keys for names, none twice: without dots, which divide paths, and other signs that a path cannot have."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^\w -]+", " ", name).strip()
        plain = re.sub(r"\s+", " ", plain) or "other"
        key, number = plain, 1
        while key.casefold() in {each.casefold() for each in found.values()}:
            number += 1
            key = f"{plain} {number}"
        found[name] = key
    return found


def days(value: float) -> str:
    """Days as a scenario writes them."""
    return f"{value:.4g} days" if value < 1000 else f"{value:.0f} days"


def hours(value: float) -> str:
    """Hours of work as a scenario writes them."""
    return f"{60 * value:.3g} min" if value < 2 else f"{value:.3g} h"


def share(value: float) -> str:
    """A share as a scenario writes it."""
    return f"{min(max(value, 0.0), 1.0):.4g}" if value > 1e-4 else "0"


def number(value: float) -> str:
    """A number as a scenario writes it: no exponents."""
    return f"{value:.4g}" if 1e-3 <= abs(value) < 1e4 else f"{value:.0f}"


def logit(p: Floats | float) -> Floats:
    """Log-odds, kept from both ends."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)), np.float64)


def expit(x: Floats | float) -> Floats:
    """Its inverse."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(x, np.float64))), np.float64)


def averaged(factors: tuple[float, ...]) -> list[float]:
    """Factors that average to one also after rounding."""
    mean = sum(factors) / len(factors)
    rounded = [round(each / mean, 4) for each in factors]
    rounded[int(np.argmax(rounded))] += round(len(factors) - sum(rounded), 4)
    return [float(f"{each:.4f}") for each in rounded]


def values_of(mean: float, spread: float, clock: Clock, as_text: Callable[[float], str]) -> list[str]:
    """Equally likely values of a law of which a share is nothing, with this mean of all and spread of the others."""
    zeros = min(round(clock.at_once * QUANTILES), QUANTILES - 2)
    rest = mean * QUANTILES / (QUANTILES - zeros)
    kind: laws.Family = next((each for each in laws.FAMILIES if each == clock.kind), "lognormal")
    width = math.log(spread) if kind == "weibull" else float(laws.with_moments(kind, np.ones(()), np.array(spread))[1])
    values = laws.quantile(kind, 0.0, width, (np.arange(QUANTILES - zeros) + 0.5) / (QUANTILES - zeros))
    values = values * rest / values.mean()
    return [as_text(0.0)] * zeros + [as_text(float(each)) for each in values]
