"""Arrivals by thinning candidates that live in rate strips.

The rate axis (leads a month) is cut into fixed strips, [0, 8), [8, 16), [16, 32), ... Each strip carries its own
Poisson process of candidates, each with a height inside its strip. A candidate is a lead when its height lies below
the rate at its time (Lewis & Shedler 1979). Raising a rate therefore adds leads and changes or renumbers none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.market import Arrivals, Distributor
from simulation.scenario.readers import MONTH, YEAR
from simulation.world.stock import Stock
from simulation.world.streams import Floats, Streams

FIRST_STRIP = 8.0  # leads a month; a fixed number, so that no scenario moves a strip


def strip_edges(rate: float) -> list[float]:
    """Edges of the strips that cover rates up to `rate` leads a month."""
    edges = [0.0, FIRST_STRIP]
    while edges[-1] < rate:
        edges.append(edges[-1] * 2)
    return edges


class MonthTable:
    """Calendar month (0 = January) and running month of a time."""

    def __init__(self, start: date, hours: float) -> None:
        days = int(hours // 24) + 2
        first = np.datetime64(start, "D")
        months = (first + np.arange(days)).astype("datetime64[M]").astype(np.int64)
        self._running = months - months[0]
        self._year_month = months % 12
        self.count = int(self._running[-1]) + 1

    def of_year(self, times: Floats) -> NDArray[np.int64]:
        """Month of the year of each time, 0 ... 11."""
        return self._year_month[(times // 24).astype(np.int64)]

    def running(self, times: Floats) -> NDArray[np.int64]:
        """Number of calendar months begun since the start."""
        return self._running[(times // 24).astype(np.int64)]


def arrive(
    streams: Streams, name: str, channel: Arrivals | Distributor, calendar: WorkingCalendar, start: date, end: float
) -> Stock:
    """The leads (or a distributor's orders) of a channel in [0, end) hours, in the order of their arrival."""
    months = MonthTable(start, end)
    rate, peak, working = _rate(streams, name, channel, months, end)
    span, scale, to_elapsed = end, MONTH, None
    if working and calendar.closes[0] < np.inf:
        span = float(calendar.working_between(0.0, end))
        year = calendar.month_edges(12)[-1]  # always the first year, so that a later end moves nothing
        scale = float(calendar.working_between(0.0, year)) / (year / MONTH)  # mean working hours of a month
        to_elapsed = calendar.elapsed_at
    edges = strip_edges(peak)
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


def _rate(
    streams: Streams, name: str, channel: Arrivals | Distributor, months: MonthTable, end: float
) -> tuple[Callable[[Floats], Floats], float, bool]:
    """Rate in leads a month as a function of time, its maximum, and whether arrivals keep to working hours."""
    season = np.asarray(channel.seasonality)
    if isinstance(channel, Distributor):
        left = distributor_exit(streams, name, channel)

        def orders(times: Floats) -> Floats:
            volume = np.minimum(times / channel.ramp, 1.0) if channel.ramp > 0 else 1.0
            return channel.orders_per_month * season[months.of_year(times)] * volume * (times < left)

        return orders, channel.orders_per_month * float(season.max()), False

    factor = np.ones(months.count)
    if channel.overdispersion > 0:
        shape = channel.overdispersion**-2
        factor = gammaincinv(shape, streams.uniforms(f"arrivals/{name}/month", months.count)) / shape

    def leads(times: Floats) -> Floats:
        growth = np.exp(channel.trend_per_year * times / YEAR)
        return channel.leads_per_month * season[months.of_year(times)] * growth * factor[months.running(times)]

    peak = channel.leads_per_month * float(season.max()) * max(1.0, float(np.exp(channel.trend_per_year * end / YEAR)))
    return leads, peak * float(factor.max()), channel.arrival_hours == "working hours"


def distributor_exit(streams: Streams, name: str, channel: Distributor) -> float:
    """Time at which the distributor walks away, hours (inf if its hazard is zero)."""
    if channel.exits_per_year == 0:
        return float("inf")
    threshold = -np.log(streams.uniforms(f"distributor/{name}/exit", 1)[0])
    return float(threshold / channel.exits_per_year * YEAR)
