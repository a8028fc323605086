"""How steady revenue is and how it grows: coefficient of variation beside what chance alone gives, growth in parts."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]
NEVER = math.nan
DEAL = SALE_KINDS.index("deal")
QUARTER = 3
"""Months at each end of the run that growth compares, fewer where the run has less than six."""


def variation(record: Record) -> dict[str, float]:
    """Coefficient of variation of monthly revenue, in all and per product, and what chance alone would give.

    The coefficient is the standard deviation between the months over their mean. By chance alone, n independent sales
    a month of equal size would give 1/sqrt(n); sales whose sizes vary give sqrt((1 + c^2)/n) with c the coefficient of
    variation of the sizes (a compound Poisson sum: variance n E[x^2], mean n E[x]). NaN without sales or with one
    month.
    """
    counted = _counted(record)
    product, revenue = record.sales.product[counted], record.sales.revenue[counted]
    month = _month(record)[counted]
    months = len(record.month_edges) - 1
    found: dict[str, float] = {}
    for name, rows in _parts(product, record.products, all_of_them=True):
        by_month = np.bincount(month[rows], weights=revenue[rows], minlength=months)
        suffix = f".{name}" if name else ""
        found[f"revenue_cv{suffix}"] = _cv(np.asarray(by_month, dtype=np.float64))
        found[f"revenue_cv_chance{suffix}"] = _chance(revenue[rows], months)
        found[f"revenue_cv_equal{suffix}"] = 1.0 / math.sqrt(rows.sum() / months) if rows.any() else NEVER
    return found


def growth(record: Record, scenario: Scenario) -> dict[str, float]:
    """Growth of revenue from the first quarter of the run to the last, in all and in parts that add up to it.

    (last - first) / first, where both are sums of three months divided by the plan's seasonal factors, so that December
    is not growth; of a part (product, channel, first deals, orders) its own last less first over the whole's first. NaN
    where the first quarter has no revenue.
    """
    counted = _counted(record)
    sales = record.sales
    month, revenue = (
        _month(record)[counted],
        sales.revenue[counted] / _season(record, scenario)[_month(record)[counted]],
    )
    months = len(record.month_edges) - 1
    width = min(QUARTER, months // 2)
    if width == 0:
        return {}
    step = np.where(month < width, -1.0, np.where(month >= months - width, 1.0, 0.0))
    first = float(revenue[month < width].sum())
    change = step * revenue

    def of(rows: NDArray[np.bool_]) -> float:
        return float(change[rows].sum()) / first if first > 0 else NEVER

    found = {"growth": of(np.ones(len(change), dtype=np.bool_))}
    for family, column, names in (
        ("product", sales.product[counted], record.products),
        ("channel", sales.channel[counted], record.channels),
    ):
        found |= {f"growth.{family}.{name}": of(rows) for name, rows in _parts(column, names)}
    new = sales.kind[counted] == DEAL
    return found | {"growth.new": of(new), "growth.old": of(~new)}


def _counted(record: Record) -> NDArray[np.bool_]:
    time = record.sales.time
    return np.asarray((time >= record.begin) & (time < record.end), dtype=np.bool_)


def _month(record: Record) -> NDArray[np.int64]:
    return np.searchsorted(record.month_edges, record.sales.time, side="right") - 1


def _parts(
    column: NDArray[np.int64], names: tuple[str, ...], all_of_them: bool = False
) -> list[tuple[str, NDArray[np.bool_]]]:
    whole = [("", np.ones(len(column), dtype=np.bool_))] if all_of_them else []
    return whole + [(name, column == number) for number, name in enumerate(names)]


def _cv(values: Floats) -> float:
    mean = float(values.mean())
    return float(values.std(ddof=1)) / mean if len(values) > 1 and mean > 0 else NEVER


def _chance(sizes: Floats, months: int) -> float:
    if not len(sizes) or not sizes.sum() > 0:
        return NEVER
    return math.sqrt(float((sizes**2).mean())) / float(sizes.mean()) / math.sqrt(len(sizes) / months)


def _season(record: Record, scenario: Scenario) -> Floats:
    """The plan's seasonal factor of each month; 1 without a plan or where it is 0."""
    months = len(record.month_edges) - 1
    if scenario.plan is None:
        return np.ones(months)
    first = scenario.experiment.start.month - 1
    factors = np.array([scenario.plan.seasonality[(first + n) % 12] for n in range(months)], dtype=np.float64)
    return np.where(factors > 0, factors, 1.0)
