"""Systems about customers and revenue: the base, its run-off, one-off sales."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS
from simulation.scenario.scenario import Scenario
from simulation.validation.checks import SPREAD, Check, System, Year, edges, leads_of_months, mean_square, period, rate
from simulation.validation.formulas import CaredFor, cared_for
from simulation.written.readers import MONTH, YEAR

Floats = NDArray[np.float64]


def _base(s: Scenario) -> float:
    return rate(s) * s.market.stages[0].conversion * YEAR / s.market.customers.churn_per_year


CUSTOMER_BASE = System(
    "customer base",
    "M/M/∞ base of customers",
    "customer_base",
    (
        Check(
            "customers, mean over the months' ends",
            "win rate × mean life",
            "Little 1961",
            _base,
            lambda year: float(year.only.record.customers_at.mean()),
        ),
        Check(
            "customers, variance over the months' ends",
            "win rate × mean life: Poisson",
            "Little 1961",
            _base,
            lambda year: mean_square(year.only.record.customers_at, np.array(_base(year.scenario))),
            SPREAD,
        ),
        Check(
            "customers lost (`customers_lost`)",
            "win rate × period",
            "Little 1961",
            lambda s: rate(s) * s.market.stages[0].conversion * period(s),
            lambda year: year.only.measures["customers_lost"],
        ),
        Check(
            "repeat orders (`orders`)",
            "customers × period / interval",
            "Little 1961",
            lambda s: _base(s) * period(s) / s.market.customers.order_every.mean,
            lambda year: year.only.measures["orders"],
        ),
    ),
)


def _left_after(month: int) -> Check:
    return Check(
        f"customers after {month} months",
        "N exp(−h t)",
        "Feller 1968",
        lambda s: s.market.initial.base * math.exp(-_hazard(s) * edges(s)[month]),
        lambda year: float(year.only.record.customers_at[month - 1]),
    )


def _hazard(s: Scenario) -> float:
    thing = s.market.products["thing"]
    return s.market.customers.churn_per_year / YEAR * math.exp(thing.price_churn * 100 * (thing.price - 1))


def _run_off_orders(s: Scenario) -> float:
    customers, every = s.market.initial.base, s.market.customers.order_every.mean
    return customers / every * (1 - math.exp(-_hazard(s) * period(s))) / _hazard(s)


# --- customers who are called -----------------------------------------------------------------------------------


def _cared(s: Scenario, structure: str) -> CaredFor:
    """What becomes of the customers of a structure that calls them so often."""
    care = s.market.customers.care
    assert care is not None
    sought = s.structures[structure].roles["seller"].care_per_month
    assert sought is not None
    interval, effect = MONTH / sought, MONTH / care.wanted_per_month
    return cared_for(s.market.customers.churn_per_year / YEAR, 1 - care.churn, interval, effect)


def _wins(s: Scenario) -> float:
    return rate(s) * s.market.stages[0].conversion


def _calls(year: Year, structure: str) -> float:
    record = year[structure].record
    return float(record.repetitions[:, record.activities.index("care")].sum())


def _order(year: Year, structure: str) -> float:
    """Mean order, as a share of what a customer orders whom nobody calls."""
    sales = year[structure].record.sales
    orders = (sales.kind == SALE_KINDS.index("order")) & (sales.time >= year[structure].record.begin)
    plain = year.scenario.market.products["thing"].deal.mean * year.scenario.market.customers.order_size
    return float(sales.revenue[orders].mean()) / plain


def _of_called(structure: str) -> tuple[Check, ...]:
    def larger(s: Scenario) -> float:
        care, cared = s.market.customers.care, _cared(s, structure)
        assert care is not None
        return 1 + care.order_size * cared.cared / cared.life

    return (
        Check(
            f"`{structure}`: customers, mean over the months' ends",
            "win rate × mean life, from min(1, rate / wanted) of the time at the lower hazard",
            "derived",
            lambda s: _wins(s) * _cared(s, structure).life,
            lambda year: float(year[structure].record.customers_at.mean()),
        ),
        Check(
            f"`{structure}`: calls",
            "win rate × period × calls of a life",
            "derived",
            lambda s: _wins(s) * period(s) * _cared(s, structure).calls,
            lambda year: _calls(year, structure),
        ),
        Check(
            f"`{structure}`: mean order over that of a customer whom nobody calls",
            "1 + larger × share of the life cared for",
            "derived",
            larger,
            lambda year: _order(year, structure),
        ),
    )


CARED_FOR = System(
    "customers who are called",
    "M/G/∞ base whose hazard of leaving is lower after a call",
    "cared_for",
    (*_of_called("always"), *_of_called("half"), *_of_called("more_than_wanted")),
)

# --- a base that runs off ---------------------------------------------------------------------------------------

RUN_OFF = System(
    "run-off",
    "Base without new contracts",
    "run_off",
    (
        _left_after(3),
        _left_after(6),
        _left_after(12),
        Check(
            "repeat orders in the year (`orders`)",
            "N (1 − exp(−h T)) / (h · interval)",
            "Feller 1968",
            _run_off_orders,
            lambda year: year.only.measures["orders"],
        ),
        Check("deals (`deals`)", "0", "arithmetic", lambda s: 0.0, lambda year: year.only.measures["deals"]),
    ),
)


def _run_off_revenue(s: Scenario) -> float:
    thing = s.market.products["thing"]
    return _run_off_orders(s) * thing.deal.mean * thing.price ** (1 + thing.price_orders)


DEARER_RUN_OFF = System(
    "run-off at a higher price",
    "Base without new contracts",
    "run_off",
    (
        _left_after(12),
        Check(
            "revenue of the year's orders (`repeat_revenue`)",
            "N (1 − exp(−h T)) / (h · interval) · size · p^(1 + ε), h = h₁ exp(100 κ (p − 1))",
            "Feller 1968",
            _run_off_revenue,
            lambda year: year.only.measures["repeat_revenue"],
        ),
    ),
    {
        "market.products.thing.price": 1.25,
        "market.products.thing.price_response": -0.03,
        "market.products.thing.price_orders": -1.2,
        "market.products.thing.price_churn": 0.02,
    },
)

# --- revenue ----------------------------------------------------------------------------------------------------


def _deals(s: Scenario) -> Floats:
    """Expected deals of each month, shape (months,)."""
    return leads_of_months(s, "line") * s.market.stages[0].conversion


def _second_moment(s: Scenario) -> float:
    law = s.market.products["thing"].deal
    return law.variance + law.mean**2


def _revenue_spread(year: Year) -> float:
    mean = _deals(year.scenario) * year.scenario.market.products["thing"].deal.mean
    return mean_square(year.only.revenue_by_month() / 1e3, mean / 1e3)


ONE_OFF_SALES = System(
    "one-off sales",
    "Compound Poisson revenue",
    "one_off_sales",
    (
        Check(
            "revenue, thousands (`revenue`)",
            "λ p T E[X]",
            "Feller 1968",
            lambda s: float(_deals(s).sum()) * s.market.products["thing"].deal.mean / 1e3,
            lambda year: year.only.measures["revenue"] / 1e3,
        ),
        Check(
            "variance of a month's revenue, thousands squared",
            "λ p E[X²]",
            "Feller 1968",
            lambda s: float(_deals(s).mean()) * _second_moment(s) / 1e6,
            _revenue_spread,
            SPREAD,
        ),
        Check(
            "variance of a month's deals",
            "λ p",
            "Feller 1968",
            lambda s: float(_deals(s).mean()),
            lambda year: mean_square(year.only.sales_by_month(), _deals(year.scenario)),
            SPREAD,
        ),
    ),
)

CUSTOMERS: tuple[System, ...] = (CUSTOMER_BASE, CARED_FOR, RUN_OFF, DEARER_RUN_OFF, ONE_OFF_SALES)
