"""How customers differ: how often each orders, its own hazard of leaving, its probability of leaving after an order.

A gamma factor of mean 1 on the rate of orders and one on the hazard (Pareto/NBD: Schmittlein, Morrison and Colombo
1987), or a beta probability of leaving after each order (BG/NBD: Fader, Hardie and Lee 2005). Drawn once for each
customer, from streams of its own.

The customers of the first day are those who are still there of a flow that has been even for `initial.oldest`: one who
came an age ago is there in proportion to its survival, so they are those who leave seldom. A gamma factor of shape k on
a hazard h is, given survival to an age a, one of shape k and rate k + h a (Vaupel, Manton and Stallard 1979). Those
of a list are drawn given their own orders so far instead (``expected.old_customers``), and some have left already.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from simulation.expected.kinds import area, presence
from simulation.expected.old_customers import Known
from simulation.scenario.customers import OldCustomer
from simulation.scenario.market import Market
from simulation.world.stock import Stock
from simulation.world.streams import Floats
from simulation.written.inverse import gamma
from simulation.written.readers import YEAR
from simulation.written.special import betaincinv, gammaincinv, ndtr, ndtri

LEAST = 1e-9
"""Least factor on a rate or hazard: so much less than the mean is never, and numbers stay finite."""
_STEPS = 4096


class Frailty:
    """How the customers of a stock of leads differ.

    `first_day`: they are the base of the first day; `rows`: what is known of each of them, where a list says it.
    """

    def __init__(self, market: Market, stock: Stock, first_day: bool = False, rows: Sequence[OldCustomer] = ()) -> None:
        spec = market.customers
        self._spec = spec
        self._rate = stock.column("customer.rate") if spec.order_rate_cv > 0 else None
        self._deal = stock.column("deal") if spec.size_rate_correlation else None
        self._churn = stock.column("customer.churn") if spec.churn_cv > 0 else None
        chances = spec.drop_out.probability > 0 and spec.drop_out.cv > 0
        self._last = stock.column("customer.last") if chances else None
        # of the base: what a customer of mean frailty would have accumulated so far, in orders and in hazard
        self._ordered: Floats | None = None
        self._spent: Floats | None = None
        self._orders: Floats | None = None
        self._chances: Floats | None = None
        self._there: list[bool] | None = None
        if rows:
            self._given(Known.of(rows), np.array(stock.column("customer.there")))
        elif first_day and (self._churn is not None or spec.drop_out.probability > 0):
            self._look_back(market, np.array(stock.column("customer.age")))

    def rate(self, i: int) -> float:
        """Factor on how often customer i orders, mean 1 among new customers."""
        if self._rate is None:
            return 1.0
        u = self._rate[i]
        if self._deal is not None:
            r = self._spec.size_rate_correlation
            u = float(ndtr(r * ndtri(self._deal[i]) + sqrt(1 - r * r) * ndtri(u)))
        return self._gamma(self._spec.order_rate_cv, u, i, self._ordered, self._orders)

    def churn(self, i: int) -> float:
        """Factor on the own hazard of leaving of customer i, mean 1 among new customers."""
        return 1.0 if self._churn is None else self._gamma(self._spec.churn_cv, self._churn[i], i, self._spent)

    def there(self, i: int) -> bool:
        """Whether customer i has not left before the first day."""
        return self._there is None or self._there[i]

    def drop_out(self, i: int) -> float:
        """Probability that customer i leaves after an order."""
        if self._chances is not None:
            return float(self._chances[i])
        if self._last is None:
            return self._spec.drop_out.probability
        return float(betaincinv(*self._spec.drop_out.shapes, self._last[i]))

    def _gamma(self, cv: float, u: float, i: int, spent: Floats | None, times: Floats | None = None) -> float:
        """A gamma factor by its quantile; of a customer of the base given what it has gone through, and how often."""
        shape = cv**-2
        so_far = 0.0 if spent is None else float(spent[i])
        found = 0.0 if times is None else float(times[i])
        quantile = gamma(shape).one(u) if found == 0 else float(gammaincinv(shape + found, u))
        return max(LEAST, quantile / (shape + so_far))

    def _given(self, known: Known, luck: Floats) -> None:
        """Who has left, and what the others are like, given their orders so far."""
        spec = self._spec
        self._there = (luck < known.there(spec)).tolist()
        self._orders, self._ordered = known.orders, known.expected(spec)
        self._spent = known.age * spec.churn_per_year / YEAR
        if self._last is not None:
            a, b = spec.drop_out.shapes
            self._chances = np.asarray(betaincinv(a, b + known.orders, np.array(self._last)))

    def _look_back(self, market: Market, ages: Floats) -> None:
        """Ages of the customers of the base, and with them what is known of their frailty. `ages`: uniforms."""
        spec, oldest = self._spec, market.initial.oldest
        if spec.drop_out.probability == 0:
            hazard = np.full(len(ages), spec.churn_per_year / YEAR)
            self._spent = hazard * _age(hazard, spec.churn_cv, oldest, ages)
            return
        chances = np.full(len(ages), spec.drop_out.probability)
        if self._last is not None:
            values = betaincinv(*spec.drop_out.shapes, (np.arange(_STEPS) + 0.5) / _STEPS)
            there = np.cumsum(presence(values / spec.order_every.mean, spec.order_rate_cv, oldest))
            chances = np.interp(np.array(self._last), there / there[-1], values)
            self._chances = chances
        hazard = chances / spec.order_every.mean
        self._ordered = hazard * _age(hazard, spec.order_rate_cv, oldest, ages)


def _age(hazard: Floats, cv: float, oldest: float, u: Floats) -> Floats:
    """Ages at quantiles u of those who are there: their density is the mean survival, up to `oldest`."""
    ahead = np.maximum(hazard * oldest, 1e-12)
    reached = u * area(ahead, cv)
    if cv == 0:
        return np.asarray(-np.log1p(-reached) * oldest / ahead)
    c = cv * cv
    power = 1 - 1 / c
    grown = reached * c if abs(power) < 1e-9 else np.log1p(reached * (c - 1)) / power
    return np.asarray(np.expm1(grown) / c * oldest / ahead)
