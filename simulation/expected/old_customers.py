"""What is known of customers from their orders so far: are they still there, how often they order, when they leave.

With orders at random at the mean rate l (times a gamma factor of shape r = 1/cv^2 and mean 1), x of them in T since the
first deal and the last at t:

    factor of the rate, given that the customer is there: gamma of shape r + x and rate r + l T.
    a hazard with a gamma factor of shape k: gone if it left between t and T (Schmittlein, Morrison and Colombo 1987),
        odds of that: the integral of (f(s) / S(T)) ((r + l T) / (r + l s))^(r + x) over s from t to T, where S is the
        mean survival and f its density; given that it is there, the factor is gamma of shape k and rate k + h T.
    drop-out with a beta probability p of shapes a, b: gone if it left with the last order (Fader, Hardie and Lee 2005),
        odds: a / (b + x - 1) ((r + l T) / (r + l t))^(r + x), none where x is 0; there, p is beta of a, b + x.

Where customers do not differ in the rate the power is exp(l (T - s)), in p the quotient is p / (1 - p).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

from simulation.expected.office_time import Floats
from simulation.expected.rates import band, initial_channel, initial_product
from simulation.scenario.customers import Customers, OldCustomer
from simulation.scenario.duties import LeadClass
from simulation.scenario.market import Market
from simulation.written.readers import YEAR

_POINTS = 64
_NEVER = 1e-12  # orders an hour: so few are none, and numbers stay finite


class Known(NamedTuple):
    """Histories of customers, an entry for each."""

    orders: Floats
    last: Floats  # hours since the last order
    age: Floats  # hours since the first deal

    @classmethod
    def of(cls, rows: Sequence[OldCustomer]) -> Self:
        """Those of the rows of a list."""
        return cls(*(np.array([getattr(row, name) for row in rows], float) for name in ("orders", "last_order", "age")))

    def expected(self, spec: Customers) -> Floats:
        """Orders of the mean customer in the same time."""
        return self.age * max(1 / spec.order_every.mean, _NEVER)

    def there(self, spec: Customers) -> Floats:
        """Probability that each has not left yet."""
        chance, hazard = spec.drop_out.probability, spec.churn_per_year / YEAR
        if chance == 0 and hazard == 0:
            return np.ones(len(self.orders))
        rate, r, x = max(1 / spec.order_every.mean, _NEVER), spec.order_rate_cv, self.orders
        before = np.where(x > 0, self.age - self.last, 0.0)
        shape = x + (r**-2 if r > 0 else 0.0)
        scale = r**-2 / rate if r > 0 else 0.0
        silent = shape * np.log((scale + self.age) / (scale + before)) if r > 0 else rate * (self.age - before)
        with np.errstate(divide="ignore", over="ignore"):
            if chance > 0:
                a, b = spec.drop_out.shapes if spec.drop_out.cv > 0 else (chance, 1 - chance)
                once = a / (b + x - 1) if spec.drop_out.cv > 0 else np.full(len(x), a) / b
                odds = np.where(x > 0, np.log(np.where(x > 0, once, 1.0)) + silent, -np.inf)
            else:
                odds = silent + np.log(self._left(spec, hazard, silent, shape if r > 0 else None, scale, rate))
            return np.asarray(1 / (1 + np.exp(odds)))

    def _left(
        self, spec: Customers, hazard: float, silent: Floats, shape: Floats | None, scale: float, rate: float
    ) -> Floats:
        """The integral of the odds over exp(silent), by what the power is at each moment relative to its most."""
        nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
        long = -np.expm1(-silent)
        down = -np.log1p(-long[:, None] * (nodes + 1) / 2)
        ago = silent[:, None] - down
        age = self.age[:, None]
        if shape is None:
            back, step = ago / rate, np.full_like(ago, 1 / rate)
        else:
            back = -(scale + age) * np.expm1(-ago / shape[:, None])
            step = (scale + age - back) / shape[:, None]
        c = spec.churn_cv**2
        if c == 0:
            density = hazard * np.exp(hazard * back)
        else:
            at = 1 + c * hazard * (age - back)
            density = hazard * np.exp((np.log1p(c * hazard * age) - np.log(at)) / c) / at
        return np.asarray((density * step) @ weights * long / 2)


def listed_customers(market: Market) -> dict[tuple[str, str], list[OldCustomer]]:
    """Rows of the list of customers by channel that they came from and product; empty where there is none."""
    found: dict[tuple[str, str], list[OldCustomer]] = {}
    for row in market.initial.buyers:
        key = (row.channel or initial_channel(market), row.product or initial_product(market))
        found.setdefault(key, []).append(row)
    return found


def listed_in(market: Market, lead: LeadClass) -> tuple[Known, Floats, Floats]:
    """What is known of the listed customers of a class, how many of each row are there, and their mean size (money)."""
    rows = listed_customers(market).get((lead.channel, lead.product), [])
    share, mean = band(market, lead, market.initial.customer_size)
    known, sizes = Known.of(rows), [base_size(market, lead.channel, lead.product, row) for row in rows]
    inside = [share if size is None else float(lead.low <= size < lead.high) for size in sizes]
    there = known.there(market.way(lead.channel, lead.product).customers) * [row.count for row in rows] * inside
    return known, np.asarray(there), np.array([mean if size is None else size for size in sizes])


def base_size(market: Market, channel: str, product: str, row: OldCustomer) -> float | None:
    """Size of the first deal to which a customer's known orders belong, money at today's price; None: not known."""
    if row.amount is None:
        return None
    return row.amount * market.products[product].price / market.way(channel, product).customers.order_size
