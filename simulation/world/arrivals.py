"""Arrivals by thinning candidates that live in rate strips.

The rate axis (leads a month) is cut into fixed strips, [0, 8), [8, 16), [16, 32), ... Each strip carries its own
Poisson process of candidates, each with a height inside its strip. A candidate is a lead when its height lies below
the rate at its time (Lewis & Shedler 1979). Raising a rate, throughout or from a date on, therefore adds leads and
changes or renumbers none.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.office_hours import CalendarSpec
from simulation.world.rates import Rate, Specs
from simulation.world.stock import Stock
from simulation.world.streams import Floats, Streams
from simulation.written.readers import MONTH

FIRST_STRIP = 8.0  # leads a month; a fixed number, so that no scenario moves a strip


def strip_edges(rate: float) -> list[float]:
    """Edges of the strips that cover rates up to `rate` leads a month."""
    edges = [0.0, FIRST_STRIP]
    while edges[-1] < rate:
        edges.append(edges[-1] * 2)
    return edges


def arrive(
    streams: Streams,
    name: str,
    specs: Specs,
    calendar: WorkingCalendar,
    start: date,
    end: float,
    days: CalendarSpec | None = None,
) -> Stock:
    """The leads (or a distributor's orders) of a channel in [0, end) hours, in the order of their arrival.

    Args:
        streams: the luck of the replication.
        name: of the channel.
        specs: the channel's specification in force from each time on.
        calendar: when people work; it matters to a channel whose leads arrive in working hours.
        start: date of hour 0.
        end: hours.
        days: which days are holidays; none when not given.

    Raises:
        ValueError: the kind of the channel or its `arrival_hours` change.
    """
    rate = Rate(streams, name, specs, start, end, days)
    if not rate.ever:
        return Stock.of(streams, name, "0", 0)
    span, scale, to_elapsed = end, MONTH, None
    if rate.working and calendar.closes[0] < np.inf:
        span = float(calendar.working_between(0.0, end))
        year = calendar.month_edges(12)[-1]  # always the first year, so that a later end moves nothing
        scale = float(calendar.working_between(0.0, year)) / (year / MONTH)  # mean working hours of a month
        to_elapsed = calendar.elapsed_at
    edges = strip_edges(rate.peak)
    times: list[Floats] = []
    strips: list[Floats] = []
    ordinals: list[NDArray[np.intp]] = []
    for number, (low, high) in enumerate(zip(edges, edges[1:], strict=False)):
        candidates = _candidates(streams, f"arrivals/{name}/{number}", (high - low) / scale, span)
        moments = np.asarray(to_elapsed(candidates)) if to_elapsed else candidates
        heights = low + (high - low) * streams.uniforms(f"arrivals/{name}/{number}/height", len(candidates))
        kept = np.flatnonzero((heights < rate(moments)) & (moments < end))
        times.append(moments[kept])
        strips.append(np.full(len(kept), number))
        ordinals.append(kept)
    at = np.concatenate(times)
    order = np.argsort(at, kind="stable")
    return Stock(
        streams,
        name,
        [str(number) for number in range(len(edges) - 1)],
        np.concatenate(strips)[order].astype(np.int64),
        np.concatenate(ordinals)[order].astype(np.int64),
        at[order].tolist(),
    )


def _candidates(streams: Streams, key: str, per_hour: float, span: float) -> Floats:
    """Times of a Poisson process with the given rate in [0, span)."""
    count = int(per_hour * span + 6 * (per_hour * span) ** 0.5 + 16)
    while True:
        gaps = -np.log(streams.uniforms(f"{key}/gap", count))
        times = np.cumsum(gaps) / per_hour
        if times[-1] >= span:
            return times[times < span]
        count *= 2
