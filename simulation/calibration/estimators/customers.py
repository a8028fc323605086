"""Customers: how often they order, when they leave, what they spend, and what those of today will buy.

From the orders, and from won deals where they name a customer. A purchase is a day with orders: where more orders
follow on the same day than on the next one, bills were split, and a day counts once; else each order counts.
Law and regularity of the orders, one for all or each customer's own, are those that Akaike's criterion prefers
(`buying`, `unlike`), amounts are gamma-gamma
(`spending`). Who was a customer before the records begin is told by deals that name a first one for others; without
such deals everybody's first purchase in the records is taken for the first one. Orders in the scenario have no season;
the forecast has: by calendar month the mean ratio of the count of orders to its mean of twelve months around it,
where two years and more are there, shrunk to one by its own noise (Efron and Morris 1975).

Figures: `orders_per_year`, `order_every.cv` (1: exponential intervals, below: gamma), `order_rate_cv`,
`churn_per_year` and `churn_cv` or `drop_out.probability` and `drop_out.cv`, `order_cv`, `order_mean` (money),
`order_size` (a factor of the first deal), `size_rate_correlation`, `season.1` … `season.12`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import spending
from simulation.calibration.estimators.buying import Histories, Law
from simulation.calibration.estimators.customers_drawn import ahead, from_the_start
from simulation.calibration.estimators.predictive import Check, band
from simulation.calibration.estimators.purchases import Purchases, clock_of, purchases_of, season_of
from simulation.calibration.estimators.spending import Spending, Spent
from simulation.calibration.estimators.unlike import Mixed, best
from simulation.calibration.records import Records
from simulation.texts import Amount, Phrase, worded

Floats = NDArray[np.float64]
FIGURES = (
    "orders_per_year",
    "order_every.cv",
    "order_rate_cv",
    "churn_per_year",
    "churn_cv",
    "drop_out.probability",
    "drop_out.cv",
)


@dataclass(frozen=True)
class Forecast:
    """What the customers of the records' last day will buy in so many days; arrays have shape (draws,)."""

    days: float
    repeats: Floats
    """Purchases of all of them."""
    buying: Floats
    """Share of them that buys at least once."""
    revenue: Floats
    fifth: Floats
    """Share of the revenue that the fifth of the customers brings that spends most; NaN where nobody buys."""


@dataclass(frozen=True)
class Buyers:
    """The fitted customers.

    Attributes:
        law, spending: the laws; `draws` holds both of each draw of the bootstrap.
        season: factors of the twelve months, mean 1.
        checks: the frequency of repeat orders, held against the law.
    """

    purchases: Purchases
    known: Histories
    law: Law | Mixed
    spending: Spending
    season: Floats
    draws: tuple[tuple[Law | Mixed, Spending], ...]
    resampling: Resampling
    checks: tuple[Check, ...] = field(default=())

    def forecast(self, days: float) -> Forecast:
        """Draws of what the present customers will buy: of the law, of each customer's own kind, and of luck."""
        begin = self.purchases.begin + pd.Timedelta(days=self.purchases.end)
        worth = float(clock_of(self.season, begin, math.ceil(days))[-1]) if np.ptp(self.season) > 0 else days
        spent = self.purchases.spent()
        laws = self.draws or ((self.law, self.spending),)
        found = np.empty((len(laws), 4))
        for r, (law, spends) in enumerate(laws):
            rng = self.resampling.generator("customers ahead", r)
            counts = ahead(law, self.known, worth, rng)
            money = spends.drawn(spent, counts, rng)
            found[r] = counts.sum(), (counts > 0).mean(), money.sum(), best_fifth(money)
        return Forecast(days, *found.T)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """The customers' figures, as a scenario writes them, and `model` a `Buyers`; None where there are too few."""
    bought = purchases_of(records)
    repeats = len(bought.customer) - bought.customers
    if bought.customers < LEAST_DEALS or repeats < LEAST_FOR_SHARE:
        few = worded("people-customers-few", customers=bought.customers, repeats=max(repeats, 0), least=LEAST_DEALS)
        kept = {key: Figure(key, math.nan, kept=few, cases=bought.customers) for key in (*FIGURES, "order_cv")}
        return Estimate("customers", kept, (few,))
    season, seasons = season_of(bought, resampling)
    known = bought.histories(clock_of(season, bought.begin, math.ceil(bought.end)) if np.ptp(season) > 0 else None)
    spent = bought.spent()
    (law, refit), spends = best(known), spending.fit(spent)
    refit_spending = spending.again(spends, spent)
    weights = [resampling.weights("customers", bought.customers, r).astype(float) for r in range(resampling.draws)]
    draws = tuple((refit(each), refit_spending(each)) for each in weights)
    figures = _figures(bought, law, spends, draws)
    figures |= _size(bought, known, law, spends, weights)
    method = "people-method-season"
    for month in range(12 if np.ptp(season) > 0 else 0):
        figures[f"season.{month + 1}"] = Figure(
            f"season.{month + 1}", float(season[month]), seasons[:, month], len(bought.customer), method
        )
    checks = _frequency(known, law, resampling)
    model = Buyers(bought, known, law, spends, season, draws, resampling, checks)
    return Estimate("customers", figures, tuple(_notes(bought, law, season, checks)), model)


def best_fifth(money: Floats) -> float:
    """Share of all money that the fifth of the customers brings that spends most; NaN where there is none."""
    most = math.ceil(len(money) / 5)
    total = float(money.sum())
    return float(np.partition(money, len(money) - most)[len(money) - most :].sum()) / total if total > 0 else math.nan


def _figures(
    bought: Purchases, law: Law | Mixed, spends: Spending, draws: tuple[tuple[Law | Mixed, Spending], ...]
) -> dict[str, Figure]:
    values, drawn = law.figures, [each.figures for each, _ in draws]
    way = {"pareto": "people-method-pareto", "drop": "people-method-drop", "stay": "people-method-stay"}[law.kind]
    found = {
        key: Figure(key, values[key], np.array([each[key] for each in drawn]), bought.customers, way, unit)
        for key, unit in zip(FIGURES, ("a year", "", "", "a year", "", "share", ""), strict=True)
    }
    return found


def _size(
    bought: Purchases, known: Histories, law: Law | Mixed, spends: Spending, weights: list[Floats]
) -> dict[str, Figure]:
    """An order as a factor of the first deal, and whether who orders more often orders more."""
    found: dict[str, Figure] = {}
    spent = bought.spent()
    means = np.array([float(each @ spent.money) / max(float(each @ spent.orders), 1.0) for each in weights])
    mean = float(spent.money.sum() / spent.orders.sum())
    way = "people-method-mean"
    if not math.isnan(spent.order_cv()):
        spread = np.array([spent.order_cv(each) for each in weights])
        found["order_cv"] = Figure(
            "order_cv", spent.order_cv(), spread, int(spent.orders.sum()), "people-method-within-variance"
        )
    found["order_mean"] = Figure("order_mean", mean, means, int(spent.orders.sum()), way, "money")
    more = np.flatnonzero((spent.orders > 0) & (bought.first > 0))  # NaN is not above 0
    if len(more) >= LEAST_FOR_SHARE:
        orders, money, deals = spent.orders[more], spent.money[more], bought.first[more]

        def factor(each: Floats) -> float:
            # mean order over mean deal of the same customers, each counted by its orders
            return float(each @ money) / max(float(each @ (orders * deals)), 1e-300)

        draws = np.array([factor(each[more]) for each in weights])
        way = "people-method-ratio"
        found["order_size"] = Figure("order_size", factor(np.ones(len(more))), draws, len(more), way)
    else:
        few = worded("people-share-few", cases=len(more), least=LEAST_FOR_SHARE)
        found["order_size"] = Figure("order_size", math.nan, cases=len(more), kept=few)
    found["size_rate_correlation"] = _correlation(known, law, spends, spent, weights)
    return found


def _correlation(known: Histories, law: Law | Mixed, spends: Spending, spent: Spent, weights: list[Floats]) -> Figure:
    """Correlation of normal scores of the expected rate and mean order, over what a few orders tell of both."""
    key = "size_rate_correlation"
    expected, shape = law.rates(known)
    rates = np.log(expected)
    sizes = np.log(spends.expected(spent))
    p, q, _ = spends.shapes
    # reliability: one minus the mean variance that is left of the logarithm over the whole one
    told_rate = 1 - float(np.mean(1 / shape)) / (float(np.mean(1 / shape)) + float(rates.var()))
    left = float(np.mean(1 / (p * spent.orders + q)))
    told_size = 1 - left / (left + float(sizes.var()))
    scores = [np.asarray(ndtri(pd.Series(each).rank().to_numpy() / (len(each) + 1)), float) for each in (rates, sizes)]

    def found(each: Floats) -> float:
        one, two = (score - np.average(score, weights=each) for score in scores)
        plain = (each @ (one * two)) / math.sqrt((each @ one**2) * (each @ two**2))
        return float(np.clip(plain / math.sqrt(max(told_rate * told_size, 0.05)), -0.95, 0.95))

    figure = Figure(key, found(np.ones(len(known))), np.array([found(each) for each in weights]), len(known))
    low, high = figure.interval
    way = "people-method-correlation"
    if low <= 0 <= high or law.figures["order_rate_cv"] < 0.1:
        kept = worded("people-no-correlation")
        return Figure(key, 0.0, None, len(known), way, "", kept)
    return Figure(key, figure.value, figure.draws, len(known), way)


def _frequency(known: Histories, law: Law | Mixed, resampling: Resampling) -> tuple[Check, ...]:
    """How many customers have 0, 1, 2, 3 to 5, 6 and more repeats, against as many drawn from the law."""
    fresh = known.taken(~known.before)
    edges = np.array([0, 1, 2, 3, 6, np.inf])
    if not len(fresh):
        return ()
    real = np.histogram(fresh.repeats, edges)[0] / len(fresh)
    drawn = np.array(
        [
            np.histogram(from_the_start(law, fresh.seen, resampling.generator("customers anew", r)), edges)[0]
            for r in range(max(resampling.draws, 50))
        ]
    )
    names = ("0", "1", "2", "3-5", "6+")
    return tuple(
        band("people-check-repeats", name, float(real[k]), drawn[:, k] / len(fresh)) for k, name in enumerate(names)
    )


def _notes(bought: Purchases, law: Law | Mixed, season: Floats, checks: tuple[Check, ...]) -> list[Phrase]:
    found = []
    if bought.split:
        found.append(worded("people-customers-split"))
    if bought.new.all():
        found.append(worded("people-customers-first-seen"))
    if (every := law.figures["order_every.cv"]) < 1:
        found.append(worded("people-customers-regular", cv=Amount(every, more=1)))
    if np.ptp(season) == 0:
        found.append(worded("people-customers-no-season", months=round(bought.end / 30.44)))
    if any(not check.inside for check in checks):
        found.append(worded("people-customers-frequency"))
    return found
