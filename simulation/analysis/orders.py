"""Customers' orders: what was ordered, billed and taken back, what waits to be billed, and how long."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.shares import kaplan_meier, survival_quantile
from simulation.department.record import Record
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
        "orders_placed": float(own.sum()),
        "ordered_revenue": ordered,
        "cancelled_revenue": _money(orders.worth, own & ends.left),
        "billed_share": _money(orders.worth, own & ends.billed) / ordered if ordered > 0 else math.nan,
        "billing_days": _mean(took[billed_now]) / DAY,
        "billing_median_days": _median(took[own], ends.billed[own]) / DAY,
        "unbilled": float(held.sum()),
        "unbilled_end": float(waits.sum()),
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


def orders_by_month(record: Record) -> dict[str, Floats]:
    """Money ordered in each month, and money of the orders that wait to be billed at its end."""
    orders, edges, over = record.orders, record.month_edges, ends_of(record).over
    ordered = np.histogram(orders.placed, edges, weights=orders.worth)[0]
    waits = [_money(orders.worth, (orders.placed < edge) & (over >= edge)) for edge in edges[1:]]
    return {"ordered_revenue": ordered.astype(np.float64), "unbilled_revenue": np.array(waits)}


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
