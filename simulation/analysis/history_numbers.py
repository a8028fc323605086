"""The numbers of a year, out of the own books and out of the simulated years, and one held against the others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.business_catalogue import Unit
from simulation.analysis.cases import Case
from simulation.analysis.history_inputs import Input
from simulation.analysis.intervals import mean_interval
from simulation.analysis.runs import Runs
from simulation.scenario.amending import drawn
from simulation.scenario.history import MONTHS, History
from simulation.scenario.market import Arrivals, Distributor, Outbound
from simulation.scenario.timeline import timeline
from simulation.scenario.titles import channel_titles
from simulation.texts import say

Floats = NDArray[np.float64]

RANGE = 0.9
"""Share of simulated years in the range that a year is held against."""
ROUNDING = 0.02
"""Books are rounded: a number that lies outside the range by no more than this share of itself is inside."""
GUESSED = {"cycle_days": 0.1, "months_until_plan": 0.25}
"""The same of numbers that stand in no books: people say six months where it is five or seven.

Such a number never counts as far outside."""


@dataclass(frozen=True)
class HistoryRow:
    """One number of the own year against the simulated years.

    Attributes:
        key: key in `history`, with the channel where it is one's.
        title: in words.
        unit: of the numbers; money in the scenario's currency.
        given: what there was.
        mean: mean of the simulated years.
        low: lower end of the mean's interval.
        high: its upper end.
        p05: nineteen of twenty simulated years lie above.
        p95: nineteen of twenty simulated years lie below.
        inside: whether what there was lies between these, rounding allowed for.
        far: whether it lies so far outside that no right model would give it: beyond the range of the next year that
            holds for all numbers together (Student's t, Bonferroni).
        n: simulated years in which the number is defined.
        inputs: what to look at first, where it does not fit.
        follows: titles of the numbers before it that do not fit either and that it follows from.
    """

    key: str
    title: str
    unit: Unit
    given: float
    mean: float
    low: float
    high: float
    p05: float
    p95: float
    inside: bool
    far: bool
    n: int
    inputs: tuple[Input, ...] = ()
    follows: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """Simulated mean over what there was; infinite where there was nothing and the simulation has some."""
        if self.given == 0:
            return math.inf if self.mean > 0 else 1.0
        return self.mean / self.given


@dataclass(frozen=True)
class Number:
    """A number that is given, and the same of each simulated year.

    Attributes:
        key: key in `history`, with the channel where it is one's.
        title: in words.
        unit: of the numbers.
        given: what there was.
        years: the simulated years, shape (years,); NaN where it is undefined.
        drivers: one of ``history_inputs.NUMBERS``.
        channel: the channel of the number, or ''.
    """

    key: str
    title: str
    unit: Unit
    given: float
    years: Floats
    drivers: str
    channel: str = ""


def numbers_of(history: History, years: Years, case: Case) -> Iterator[Number]:
    """The numbers that are given, each after those that it follows from."""
    titles = channel_titles(case.scenario.market)
    for name, given in history.leads_per_month.items():
        spec = case.scenario.market.channels[name]
        if isinstance(spec, Arrivals):
            title = say("history-title-leads", of=titles[name])
            yield Number(f"leads_per_month.{name}", title, "number", given, years.arrivals(name), "arrivals", name)
    if history.calls_per_month is not None:
        made = years.total("attempts") / MONTHS
        title = say("history-title-calls-per-month")
        yield Number("calls_per_month", title, "number", history.calls_per_month, made, "calls")
    outbound = years.outbound
    if outbound and all(name in history.leads_per_month for name in outbound):
        given = sum(history.leads_per_month[name] for name in outbound)
        of = titles[outbound[0]] if len(outbound) == 1 else say("history-title-all-calls")
        key, found = "leads_per_month." + "+".join(outbound), years.total("leads_found") / MONTHS
        yield Number(key, say("history-title-leads", of=of), "number", given, found, "finds", outbound[0])
    deals = years.total("deals")
    with np.errstate(divide="ignore", invalid="ignore"):
        average, margin = years.total("new_revenue") / deals, years.total("gross_margin") / years.total("revenue")
    won = years.last("customers_end") - years.first("customers_begin") + years.total("customers_lost")
    simple: tuple[tuple[str, Unit, float | None, Floats], ...] = (
        ("qualified", "number", history.qualified, years.total("qualified")),
        ("deals", "number", history.deals, deals),
        ("average_deal", "money", history.average_deal, average),
        ("cycle_days", "days", history.cycle_days, years.measure("cycle_days")),
        ("customers_won", "number", history.customers_won, won),
        ("customers_lost", "number", history.customers_lost, years.total("customers_lost")),
        ("customers_end", "number", history.customers_end, years.last("customers_end")),
        ("leavers", "number", history.leavers, years.total("leavers")),
        ("months_until_plan", "number", history.months_until_plan, years.ramp()),
        ("orders", "number", history.orders, years.total("orders")),
        ("revenue", "money", history.year_revenue, years.total("revenue")),
        ("gross_margin", "share", history.gross_margin, margin),
    )
    for key, unit, value, found in simple:
        if key == "revenue":
            yield from _average_order(history, years, case)
        if value is not None:
            title = say(f"history-title-{key.replace('_', '-')}")
            yield Number(key, title, unit, value, found, key)


def _average_order(history: History, years: Years, case: Case) -> Iterator[Number]:
    """Mean repeat order: what the year's revenue leaves beside first deals. It varies less than the revenue does."""
    given = (history.year_revenue, history.deals, history.average_deal, history.orders)
    revenue, deals, average, orders = (0.0 if each is None else each for each in given)
    shops = any(isinstance(each, Distributor) and each.active for each in case.scenario.market.channels.values())
    if None in given or not orders or shops:
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (years.total("revenue") - years.total("new_revenue")) / years.total("orders")
    each = (revenue - deals * average) / orders
    yield Number("average_order", say("history-title-average-order"), "money", each, found, "average_order")


def row_of(number: Number, family: int, level: float) -> HistoryRow:
    """The row of a number that is read together with `family` in all; its inputs are left out."""
    values = number.years[np.isfinite(number.years)]
    found = mean_interval(values, level)
    p05, p95 = _range_of(values)
    slack = GUESSED.get(number.key, ROUNDING) * abs(number.given)
    inside = bool(len(values)) and p05 - slack <= number.given <= p95 + slack
    return HistoryRow(
        key=number.key,
        title=number.title,
        unit=number.unit,
        given=number.given,
        mean=found.mean,
        low=found.low,
        high=found.high,
        p05=p05,
        p95=p95,
        inside=inside,
        far=not inside
        and number.key not in GUESSED
        and bool(abs(number.given - found.mean) > slack + _reach(values, family)),
        n=found.n,
    )


def _range_of(values: Floats) -> tuple[float, float]:
    """The range that nine of ten further years would fall into: order statistics at k/(n + 1) (Weibull's rule)."""
    if not len(values):
        return math.nan, math.nan
    low, high = np.quantile(values, ((1 - RANGE) / 2, (1 + RANGE) / 2), method="weibull").tolist()
    return low, high


def _reach(values: Floats, family: int) -> float:
    """Half-width of the range of one further year, joint over so many numbers: t s sqrt(1 + 1/n) at 1 - 0.05/family.

    Infinite for a single year, which says nothing of the spread.
    """
    n = len(values)
    if n < 2:
        return math.inf
    from scipy.stats import t

    return float(t.ppf(1 - 0.025 / max(family, 1), n - 1) * np.std(values, ddof=1) * math.sqrt(1 + 1 / n))


def months_of(history: History, years: Years, level: float) -> tuple[HistoryRow, ...]:
    """Revenue by month of the calendar, January to December."""
    if history.revenue_by_month is None:
        return ()
    first = years.first_month
    rows = []
    for month, given in enumerate(history.revenue_by_month):
        number = Number(
            f"revenue_by_month.{month}",
            say(f"history-month-{month + 1}"),
            "money",
            given,
            years.months("revenue")[:, (month + 1 - first) % MONTHS],
            "season",
        )
        rows.append(row_of(number, MONTHS, level))
    return tuple(rows)


class Years:
    """The first twelve months of each simulated year of a structure."""

    def __init__(self, runs: Runs, case: Case) -> None:
        """The years of a case among those that were run."""
        self._case = case
        self._rows = runs.months[runs.months["structure"] == case.name]
        self._measures = runs.replications[runs.replications["structure"] == case.name]
        self._length = case.scenario.experiment.months
        self.count = len(self._measures)
        self.first_month = case.scenario.experiment.start.month
        self.outbound = [
            name for name, each in case.scenario.market.channels.items() if isinstance(each, Outbound) and each.active
        ]

    def months(self, column: str) -> Floats:
        """A column by year and month, shape (years, 12)."""
        values = self._rows[column].to_numpy(dtype=np.float64).reshape(self.count, self._length)
        return np.asarray(values[:, :MONTHS])

    def total(self, column: str) -> Floats:
        """Sum over the twelve months, by year."""
        return np.asarray(self.months(column).sum(axis=1))

    def first(self, column: str) -> Floats:
        """Value of the first month, by year."""
        return np.asarray(self.months(column)[:, 0])

    def last(self, column: str) -> Floats:
        """Value of the twelfth month, by year."""
        return np.asarray(self.months(column)[:, -1])

    def measure(self, name: str) -> Floats:
        """A measure of the whole run, by year; NaN where it is undefined."""
        if name not in self._measures:
            return np.full(self.count, np.nan)
        return np.asarray(self._measures[name].to_numpy(dtype=np.float64))

    def ramp(self) -> Floats:
        """Months to proficiency, mean of the roles that have it, weighted by their positions."""
        roles = self._case.structure.roles
        values = np.array([self.measure(f"ramp_months.{name}") for name in roles])
        weights = np.array([[float(role.headcount)] for role in roles.values()]) * np.isfinite(values)
        total = weights.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray((np.nan_to_num(values) * weights).sum(axis=0) / total)

    def arrivals(self, channel: str) -> Floats:
        """Leads a month of a channel that brings them by itself, by year: those of the worlds that were simulated."""
        from simulation.world import World

        before = self._case.scenario.experiment.warm_up
        found = []
        for number in map(int, self._measures["replication"]):
            scenario = drawn(self._case.scenario, number)
            line = timeline(scenario, self._case.key)
            specs = [
                (begin, each.market.channels[channel]) for begin, each in zip(line.begins, line.scenarios, strict=True)
            ]
            world = World(scenario, number)
            edges = world.month_edges
            times = np.asarray(world.leads(channel, tuple(specs) if len(specs) > 1 else None).arrivals)
            inside = (times >= edges[before]) & (times < edges[before + MONTHS])
            found.append(float(inside.sum()) / MONTHS)
        return np.asarray(found)
