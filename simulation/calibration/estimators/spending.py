"""What customers spend: gamma orders around a mean of the customer's own, by maximum likelihood (gamma-gamma).

An order is gamma of shape p and rate n, and n is gamma of shape q and rate g between customers (Fader, Hardie and Lee
2005, RFM and CLV, appendix; here with all orders of a customer and not their mean alone): with x orders of sum z and
sum of logarithms l,

    L = exp((p - 1) l) G(p x + q) g^q / (G(p)^x G(q) (g + z)^(p x + q))

So one order varies around its customer's mean with coefficient of variation 1 / sqrt(p), and the mean of all orders of
all customers is p g / (q - 1). Rates and means are taken as independent; `customers` measures whether they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from simulation.calibration.estimators.fitting import most_likely, refitter

Floats = NDArray[np.float64]
_BOUNDS = [(math.log(0.05), math.log(2000.0)), (math.log(0.02), math.log(2000.0)), (-30.0, 40.0)]


@dataclass(frozen=True)
class Spent:
    """Orders of each customer; shape (customers,) each."""

    orders: Floats
    money: Floats
    """Their sum."""
    logs: Floats
    """Sum of their logarithms."""
    within: Floats
    """Sum of the squares of their logarithms around the customer's mean."""

    def order_cv(self, each: Floats | float = 1.0) -> float:
        """Coefficient of variation of one order around its customer's mean, customers counted so often.

        That of a lognormal law, as a scenario has it, from the variance of logarithms within customers (analysis of
        variance, N - n degrees of freedom); NaN where nobody ordered twice.
        """
        free = float((each * np.maximum(self.orders - 1, 0.0)).sum())
        return math.sqrt(math.expm1(float((each * self.within).sum()) / free)) if free > 0 else math.nan


@dataclass(frozen=True)
class Spending:
    """A fitted law: theta holds log p, log (q - 1) and log g."""

    theta: Floats
    log_likelihood: float = math.nan

    @property
    def shapes(self) -> tuple[float, float, float]:
        """p, q and g (money)."""
        p, more, g = np.exp(self.theta)
        return float(p), 1 + float(more), float(g)

    @property
    def mean(self) -> float:
        """Mean order of the mean customer, money."""
        p, q, g = self.shapes
        return p * g / (q - 1)

    def expected(self, spent: Spent) -> Floats:
        """Mean order of each customer given what it has spent, money."""
        p, q, g = self.shapes
        return np.asarray(p * (g + spent.money) / (p * spent.orders + q - 1))

    def drawn(self, spent: Spent, counts: NDArray[np.int64], rng: np.random.Generator) -> Floats:
        """What each customer spends on so many further orders, money, drawn given what it has spent."""
        p, q, g = self.shapes
        rate = rng.gamma(p * spent.orders + q) / (g + spent.money)
        return np.asarray(rng.gamma(p * counts) / rate)  # a gamma of shape 0 is 0


def fit(spent: Spent) -> Spending:
    """The most likely law; one customer has an order at least."""
    mean = float(spent.money.sum() / spent.orders.sum())
    begins = [np.array([math.log(p), 0.0, math.log(mean / p)]) for p in (1.0, 8.0)]
    theta, likely = most_likely(_terms(spent), begins, _BOUNDS, np.ones(len(spent.orders)))
    return Spending(theta, likely)


def again(law: Spending, spent: Spent) -> Callable[[Floats], Spending]:
    """A function that refits the law with customers counted otherwise."""
    refit = refitter(_terms(spent), law.theta, _BOUNDS, np.ones(len(spent.orders)))

    def refitted(each: Floats) -> Spending:
        theta, likely = refit(each)
        return replace(law, theta=theta, log_likelihood=likely)

    return refitted


def _terms(spent: Spent) -> Callable[[Floats], tuple[Floats, Floats]]:
    x, money, logs = spent.orders, spent.money, spent.logs

    def terms(theta: Floats) -> tuple[Floats, Floats]:
        p, more, g = np.exp(theta)
        q = 1 + more
        shape, whole = p * x + q, np.log(g + money)
        value = (p - 1) * logs + gammaln(shape) - x * math.lgamma(p) - math.lgamma(q) + q * math.log(g) - shape * whole
        steep = digamma(shape) - whole
        of_p = logs + x * (steep - digamma(p))
        of_q = steep - digamma(q) + math.log(g)
        of_g = q / g - shape / (g + money)
        return value, np.column_stack([p * of_p, more * of_q, g * of_g])

    return terms
