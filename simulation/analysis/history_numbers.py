"""The numbers of a year, out of the own books and out of the simulated years, and one held against the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.business_catalogue import Unit
from simulation.analysis.cases import Case
from simulation.analysis.history_inputs import Input
from simulation.analysis.intervals import mean_interval, mean_share_interval
from simulation.analysis.runs import Runs
from simulation.scenario.amending import drawn
from simulation.scenario.calendar import add_months
from simulation.scenario.channels import Arrivals, Distributor, Outbound
from simulation.scenario.history import MONTHS, History
from simulation.scenario.market import QUALIFY
from simulation.scenario.timeline import timeline
from simulation.scenario.titles import channel_titles
from simulation.texts import say
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]

RANGE = 0.9
"""Share of simulated years in the range that a year is held against."""
ROUNDING = 0.02
"""Books are rounded: a number that lies outside the range by no more than this share of itself is inside."""
GUESSED = {"cycle_days": 0.1, "cycle_p50": 0.1, "cycle_p90": 0.1, "months_until_plan": 0.25}
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
        stage: the stage of the number, or ''.
    """

    key: str
    title: str
    unit: Unit
    given: float
    years: Floats
    drivers: str
    channel: str = ""
    stage: str = ""


def numbers_of(history: History, years: Years, case: Case) -> Iterator[Number]:
    """The numbers that are given, each after those that it follows from."""
    titles = channel_titles(case.scenario.market)
    for name, given in history.leads_per_month.items():
        spec = case.scenario.market.channels[name]
        if isinstance(spec, Arrivals):
            title = say("history-title-leads", of=titles[name])
            yield Number(f"leads_per_month.{name}", title, "number", given, years.arrivals(name), "arrivals", name)
    if history.calls_per_month is not None:
        made = years.total("attempts") / years.length
        title = say("history-title-calls-per-month")
        yield Number("calls_per_month", title, "number", history.calls_per_month, made, "calls")
    outbound = years.outbound
    if outbound and all(name in history.leads_per_month for name in outbound):
        given = sum(history.leads_per_month[name] for name in outbound)
        of = titles[outbound[0]] if len(outbound) == 1 else say("history-title-all-calls")
        key, found = "leads_per_month." + "+".join(outbound), years.total("leads_found") / years.length
        yield Number(key, say("history-title-leads", of=of), "number", given, found, "finds", outbound[0])
    deals = years.total("deals")
    with np.errstate(divide="ignore", invalid="ignore"):
        average, margin = years.total("new_revenue") / deals, years.total("gross_margin") / years.total("revenue")
    won = years.last("customers_end") - years.first("customers_begin") + years.total("customers_lost")
    simple: tuple[tuple[str, Unit, float | None, Floats], ...] = (
        ("qualified", "number", history.qualified, years.total("qualified")),
        ("deals", "number", history.deals, deals),
        *_parts("deals", history, years),
        *_parts("lost", history, years),
        *_parts("open", history, years),
        ("average_deal", "money", history.average_deal, average),
        ("cycle_days", "days", history.cycle_days, years.cycle_days()),
        ("cycle_p50", "days", history.cycle_p50, years.own("cycle_p50")),
        ("cycle_p90", "days", history.cycle_p90, years.own("cycle_p90")),
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
        if key == "deals":
            yield from _conversions(history, years, titles)
        if key == "revenue":
            yield from _average_order(history, years, case)
        if value is not None:
            title = say(f"history-title-{key.replace('_', '-')}")
            yield Number(key, title, unit, value, found, DRIVERS.get(key, key))


def _parts(key: str, history: History, years: Years) -> Iterator[tuple[str, Unit, float | None, Floats]]:
    """A number's parts: of leads that were open when the days began, of the others; and the whole but for deals."""
    whole, before = getattr(history, key), getattr(history, f"{key}_first_day")
    if key != "deals":
        yield key, "number", whole, years.own(key)
    yield f"{key}_first_day", "number", before, years.own(f"{key}_first_day")
    new = None if whole is None or before is None else whole - before
    yield f"{key}_new", "number", new, years.own(f"{key}_new")


def _conversions(history: History, years: Years, titles: Mapping[str, str]) -> Iterator[Number]:
    """Shares of the decided that passed a stage, of all leads and by channel."""
    given = [("", history.conversion), *history.conversion_by_channel.items()]
    for channel, shares in given:
        of = f"{channel}." if channel else ""
        for stage in (name for name in years.steps if name in shares):
            with np.errstate(divide="ignore", invalid="ignore"):
                found = years.own(f"passed.{of}{stage}") / years.own(f"decided.{of}{stage}")
            said = {"stage": say("history-qualification") if stage == QUALIFY else stage} | (
                {"of": titles[channel]} if channel else {}
            )
            title = say("history-title-conversion-of" if channel else "history-title-conversion", **said)
            key = f"conversion_by_channel.{of}{stage}" if channel else f"conversion.{stage}"
            yield Number(key, title, "share", shares[stage], found, "conversion", channel, stage)


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
    share = number.unit == "share" and bool(((values >= 0) & (values <= 1)).all())
    found = mean_share_interval(values, level) if share else mean_interval(values, level)
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


DRIVERS = {
    "deals_new": "deals",
    "cycle_p50": "cycle_days",
    "cycle_p90": "cycle_days",
    "lost_new": "lost",
    "open_new": "open",
}
"""Numbers that are driven as another one is."""


class Years:
    """The first twelve months of each simulated year of a structure, or the days that its history is of."""

    def __init__(self, runs: Runs, case: Case) -> None:
        """The years of a case among those that were run."""
        self._case = case
        self._rows = runs.months[runs.months["structure"] == case.name]
        self._measures = runs.replications[runs.replications["structure"] == case.name]
        self._own = runs.own[runs.own["structure"] == case.name] if len(runs.own) else runs.own
        self._length = case.scenario.experiment.months
        history = case.scenario.history
        self._days = history.days if history is not None else None
        self.steps = case.scenario.market.steps
        self.length: float = MONTHS if self._days is None else _months_of(*self._days)
        self.count = len(self._measures)
        start = case.scenario.experiment.start
        self._first = 0
        if self._days is not None:
            self._first = (self._days[0].year - start.year) * 12 + self._days[0].month - start.month
            start = self._days[0]
        self.first_month = start.month
        self.outbound = [
            name for name, each in case.scenario.market.channels.items() if isinstance(each, Outbound) and each.active
        ]

    def months(self, column: str) -> Floats:
        """A column by year and month, shape (years, 12)."""
        values = self._rows[column].to_numpy(dtype=np.float64).reshape(self.count, self._length)
        return np.asarray(values[:, self._first : self._first + MONTHS])

    def own(self, column: str) -> Floats:
        """A column of the days that the history is of, by year; NaN where the runs do not have it."""
        if column not in self._own:
            return np.full(self.count, np.nan)
        return np.asarray(self._own[column].to_numpy(dtype=np.float64))

    def cycle_days(self) -> Floats:
        """Mean days from lead to deal, by year."""
        return self.measure("cycle_days") if self._days is None else self.own("cycle_days")

    def total(self, column: str) -> Floats:
        """Sum over the twelve months or the days, by year."""
        if self._days is not None:
            return self.own(column)
        return np.asarray(self.months(column).sum(axis=1))

    def first(self, column: str) -> Floats:
        """Value of the first month, or when the days begin, by year."""
        if self._days is not None:
            return self.own(column)
        return np.asarray(self.months(column)[:, 0])

    def last(self, column: str) -> Floats:
        """Value of the twelfth month, or when the days end, by year."""
        if self._days is not None:
            return self.own(column)
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

        if self._days is not None:
            return self.own(f"leads.{channel}") / self.length
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


def _months_of(first: date, last: date) -> float:
    """Length of the days in months: whole months as they are, others by days."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return float(months) if add_months(first, months) == after else (after - first).days * 24.0 / MONTH
