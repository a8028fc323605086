"""Rates of arrival: leads a month over the run, where a channel's specification may change on dates.

Specifications (`Specs`) are what is in force from each time on. Seasonality, the trend and the luck of a month run on
the calendar, whatever changes; only what the specification in force says of them counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.arrivals import HOURS
from simulation.scenario.channels import Arrivals, ChannelBase, Distributor
from simulation.scenario.office_hours import CalendarSpec
from simulation.world.bursts import weekly
from simulation.world.streams import Floats, Streams
from simulation.written.readers import YEAR, yearly_force
from simulation.written.special import gammaincinv

Specs = tuple[tuple[float, ChannelBase], ...]
"""A channel's specification in force from each time on, hours since the start; the first time is -inf."""


def in_force(specs: Specs, end: float) -> Specs:
    """The same specifications without what has no effect in [0, end) and without changes that change nothing."""
    kept: list[tuple[float, ChannelBase]] = []
    for begin, spec in specs:
        if begin <= 0:
            kept = [(-inf, spec)]
        elif begin < end:
            if kept[-1][0] == begin:
                kept.pop()
            if kept[-1][1] != spec:
                kept.append((begin, spec))
    return tuple(kept)


class MonthTable:
    """Calendar month (0 = January) and running month of a time."""

    def __init__(self, start: date, hours: float) -> None:
        days = int(hours // 24) + 2
        first = np.datetime64(start, "D")
        months = (first + np.arange(days).astype("timedelta64[D]")).astype("datetime64[M]").astype(np.int64)
        self._running = months - months[0]
        self._year_month = months % 12
        self.count = int(self._running[-1]) + 1

    def of_year(self, times: Floats) -> NDArray[np.int64]:
        """Month of the year of each time, 0 ... 11."""
        return self._year_month[(times // 24).astype(np.int64)]

    def running(self, times: Floats) -> NDArray[np.int64]:
        """Number of calendar months begun since the start."""
        return self._running[(times // 24).astype(np.int64)]


@dataclass(frozen=True)
class _Piece:
    """The rate while one specification is in force, and a bound that it never exceeds."""

    begin: float
    end: float
    at: Callable[[Floats], Floats]
    peak: float


class Rate:
    """Leads (or a distributor's orders) a month as a function of time; 0 while the channel is switched off.

    Attributes:
        peak: a bound that the rate never exceeds in [0, end).
        working: whether arrivals keep to working hours.

    Raises:
        ValueError: the kind of the channel or its `arrival_hours` change.
    """

    def __init__(
        self,
        streams: Streams,
        name: str,
        specs: Specs,
        start: date,
        end: float,
        calendar: CalendarSpec | None = None,
    ) -> None:
        """`calendar` knows the holidays; without it there are none."""
        self._streams, self._name, self._start, self._end = streams, name, start, end
        self._calendar = calendar or CalendarSpec()
        self._months = MonthTable(start, end)
        dealers = [(begin, spec) for begin, spec in specs if isinstance(spec, Distributor)]
        others = [(begin, spec) for begin, spec in specs if isinstance(spec, Arrivals)]
        clocks = {spec.arrival_hours for _, spec in others}
        if len(dealers) not in (0, len(specs)) or len(others) not in (0, len(specs)) or len(clocks) > 1:
            raise ValueError(f"channel {name!r}: its kind and its arrival_hours cannot change during a run")
        self.working = clocks == {"working hours"}
        self._pieces = self._orders(dealers) if dealers else self._leads(others)
        self.peak = max((piece.peak for piece in self._pieces), default=0.0)

    @property
    def ever(self) -> bool:
        """Whether the channel is ever switched on."""
        return bool(self._pieces)

    def __call__(self, times: Floats) -> Floats:
        """The rate at times in [0, end), leads a month, of the same shape."""
        if len(self._pieces) == 1 and (self._pieces[0].begin, self._pieces[0].end) == (0.0, inf):
            return self._pieces[0].at(times)
        out = np.zeros(len(times))
        for piece in self._pieces:
            inside = (times >= piece.begin) & (times < piece.end)
            out[inside] = piece.at(times[inside])
        return out

    def _leads(self, specs: Sequence[tuple[float, Arrivals]]) -> list[_Piece]:
        pieces = []
        shift = 0.0  # of the log growth, so that a new trend goes on from where the old one has led
        trend = yearly_force(specs[0][1].trend_per_year)
        for (begin, spec), finish in zip(specs, _ends(specs), strict=True):
            begin = max(begin, 0.0)
            shift += (trend - yearly_force(spec.trend_per_year)) * begin / YEAR
            trend = yearly_force(spec.trend_per_year)
            if spec.active:
                pieces.append(self._growing(spec, begin, finish, trend, shift))
        return pieces

    def _growing(self, spec: Arrivals, begin: float, finish: float, trend: float, shift: float) -> _Piece:
        months = self._months
        season = np.asarray(spec.seasonality)
        factor = np.ones(months.count)
        if spec.overdispersion > 0:
            shape = spec.overdispersion**-2
            factor = gammaincinv(shape, self._streams.uniforms(f"arrivals/{self._name}/month", months.count)) / shape

        days, hours = self._rhythm(spec)

        def leads(times: Floats) -> Floats:
            growth = np.exp(trend * times / YEAR + shift)
            rate = spec.leads_per_month * season[months.of_year(times)] * growth * factor[months.running(times)]
            if days is not None:
                rate *= days[(times // HOURS).astype(np.int64)] * hours[(times % HOURS).astype(np.int64)]
            return rate

        edges = np.array([begin, min(finish, self._end)])
        growth = float(np.exp(trend * edges / YEAR + shift).max())
        peak = spec.leads_per_month * float(season.max()) * growth * float(factor.max())
        if days is not None:
            peak *= float(days.max() * hours.max())
        return _Piece(begin, finish, leads, peak)

    def _rhythm(self, spec: Arrivals) -> tuple[Floats | None, Floats]:
        """Factors of the days of the run and of the hours of a day; None: all days and hours are alike."""
        hours = np.asarray(spec.arrivals.hours)
        if spec.arrivals.even and spec.bursts.cv == 0:
            return None, hours
        count = int(self._end // HOURS) + 2
        days = spec.arrivals.of_days(self._calendar, self._start, count)
        if spec.bursts.cv > 0:
            week = (self._start.weekday() + np.arange(count)) // 7  # weeks begin on Mondays
            days = days * weekly(self._streams, self._name, spec.bursts, int(week[-1]) + 1)[week]
        return days, hours

    def _orders(self, specs: Sequence[tuple[float, Distributor]]) -> list[_Piece]:
        left = distributor_exit(self._streams, self._name, tuple(specs))
        joined = next((max(begin, 0.0) for begin, spec in specs if spec.active), inf)
        return [
            self._dealing(spec, max(begin, 0.0), finish, joined, left)
            for (begin, spec), finish in zip(specs, _ends(specs), strict=True)
            if spec.active
        ]

    def _dealing(self, spec: Distributor, begin: float, finish: float, joined: float, left: float) -> _Piece:
        months = self._months
        season = np.asarray(spec.seasonality)

        def orders(times: Floats) -> Floats:
            volume = np.minimum((times - joined) / spec.ramp, 1.0) if spec.ramp > 0 else 1.0
            return spec.orders_per_month * season[months.of_year(times)] * volume * (times < left)

        return _Piece(begin, finish, orders, spec.orders_per_month * float(season.max()))


def _ends(specs: Sequence[tuple[float, ChannelBase]]) -> list[float]:
    return [begin for begin, _ in specs[1:]] + [inf]


def distributor_exit(streams: Streams, name: str, specs: Specs) -> float:
    """Time at which the distributor walks away, hours (inf if its hazard is zero).

    A unit-exponential threshold is met by the integral of the hazard in force while the channel is active.
    """
    hazards: list[tuple[float, float]] = []
    for begin, spec in specs:
        assert isinstance(spec, Distributor)
        hazard = spec.exits_per_year if spec.active or len(specs) == 1 else 0.0
        if not hazards or hazards[-1][1] != hazard:
            hazards.append((max(begin, 0.0), hazard))
    if all(hazard == 0 for _, hazard in hazards):
        return inf
    threshold = float(-np.log(streams.uniforms(f"distributor/{name}/exit", 1)[0]))
    for (begin, hazard), finish in zip(hazards, [begin for begin, _ in hazards[1:]] + [inf], strict=True):
        if hazard > 0:
            left = begin + threshold / hazard * YEAR
            if left < finish:
                return left
            threshold -= hazard * (finish - begin) / YEAR
    return inf
