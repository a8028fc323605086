"""Columns of the months that the control sheet is made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import Record

Floats = NDArray[np.float64]


def control_columns(record: Record) -> dict[str, Floats]:
    """Columns of one value per month that the sheet needs beyond the others, shape (months,).

    attempts; leads_found; leads_in: leads that arrived or were found in the month; leads.<channel>: the same of one
    channel; customers_begin: customers at its
    begin.
    """
    leads, edges = record.leads, record.month_edges
    counted = ~leads.initial
    columns = {
        "attempts": np.asarray(record.attempts.sum(axis=0), dtype=np.float64),
        "leads_found": _by_month(leads.arrived[counted & leads.found], edges),
        "leads_in": _by_month(leads.arrived[counted], edges),
    }
    for number, name in enumerate(record.channels):
        columns[f"leads.{name}"] = _by_month(leads.arrived[counted & (leads.channel == number)], edges)
    since = record.customers.since
    until = np.where(np.isnan(record.customers.until), np.inf, record.customers.until)
    there = (since[:, None] <= edges[None, :-1]) & (until[:, None] > edges[None, :-1])
    columns["customers_begin"] = there.sum(axis=0).astype(np.float64)
    return columns


def _by_month(times: Floats, edges: Floats) -> Floats:
    inside = times[(times >= edges[0]) & (times < edges[-1])]
    return np.histogram(inside, edges)[0].astype(np.float64)
