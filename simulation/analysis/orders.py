"""Customers' orders: what was ordered, billed and taken back, what waits to be billed, and how long.

Here too: how steady revenue is and how it grows: coefficient of variation beside what chance alone gives, growth in
parts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.counting import how_many, sums
from simulation.analysis.quantiles import kaplan_meier, survival_quantile
from simulation.department.record import SALE_KINDS, Record
from simulation.scenario.scenario import Scenario
from simulation.written.readers import DAY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

BEFORE_THE_BILL = ("serve", "paperwork")
"""What an order waits for until it is billed, in this order."""


@dataclass(frozen=True)
class Ends:
    """How each order ends within the run.

    Attributes:
        billed: whether it is billed before the end of the run.
        left: whether its customer leaves before that: the order is cancelled.
        over: hours since the start at which it waits no longer: billed, cancelled, or the end of the run.
    """

    billed: Mask
    left: Mask
    over: Floats


def ends_of(record: Record) -> Ends:
    """How each order of a record ends."""
    orders, end = record.orders, record.end
    until = record.customers.until[orders.customer] if len(orders.customer) else np.zeros(0)
    billed = orders.billed < end  # NaN is not
    left = ~billed & (until < end)
    return Ends(billed, left, np.where(billed, orders.billed, np.where(left, until, end)))


def order_measures(record: Record) -> dict[str, float]:
    """Measures of customers' orders; `catalogue` says what each means.

    Who leaves cancels what is not billed: it waits until then and no longer.
    """
    orders, begin, end = record.orders, record.begin, record.end
    ends = ends_of(record)
    own = (orders.placed >= begin) & (orders.placed < end)
    held = np.maximum(0.0, ends.over - np.maximum(orders.placed, begin)) / (end - begin)
    waits = (orders.placed < end) & ~ends.billed & ~ends.left
    ordered = _money(orders.worth, own)
    took = ends.over - orders.placed
    billed_now = ends.billed & (orders.billed >= begin)
    values = {
        "orders_placed": how_many(own),
        "ordered_revenue": ordered,
        "cancelled_revenue": _money(orders.worth, own & ends.left),
        "billed_share": _money(orders.worth, own & ends.billed) / ordered if ordered > 0 else math.nan,
        "billing_days": _mean(took[billed_now]) / DAY,
        "billing_median_days": _median(took[own], ends.billed[own]) / DAY,
        "unbilled": float(held.sum()),
        "unbilled_end": how_many(waits),
        "unbilled_revenue": float((held * orders.worth).sum()),
        "unbilled_revenue_end": _money(orders.worth, waits),
    }
    worked = orders.worked < end
    for activity, since, rows in (
        ("serve", orders.placed, waits & ~worked),
        ("paperwork", orders.worked, waits & worked),
    ):
        values[f"unbilled_revenue_end.{activity}"] = _money(orders.worth, rows)
        values[f"unbilled_days.{activity}"] = _mean((end - since)[rows]) / DAY
    return values


def orders_by_month(record: Record, edges: Floats) -> dict[str, Floats]:
    """Money ordered in each period between `edges` (hours), and money of the orders that wait for a bill at its end."""
    orders, over = record.orders, ends_of(record).over
    ordered = sums(orders.placed, edges, orders.worth)[0]
    moments = edges[1:, None]
    waiting = (orders.placed < moments) & (over >= moments)
    waits = [np.add.reduce(orders.worth[rows]) for rows in waiting]
    return {"ordered_revenue": ordered, "unbilled_revenue": np.array(waits)}


def _money(worth: Floats, rows: Mask) -> float:
    return float(worth[rows].sum())


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else math.nan


def _median(took: Floats, billed: Mask) -> float:
    """Hours by which half of the orders would be billed if nobody took any back (Kaplan-Meier); NaN: not seen."""
    if not len(took):
        return math.nan
    found = survival_quantile(*kaplan_meier(np.maximum(took, 0.0), billed), 0.5)
    return found if math.isfinite(found) else math.nan


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
