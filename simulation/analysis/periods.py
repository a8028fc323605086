"""What happened in each part of a run: counts by month or week, and the funnel by channel, product and stage.

A lead is of the part `first_day` where it was open when the counted days began, else `new`. Every count of won, lost
and open leads stands for both, and they add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.counting import all_counted, bins_of, count, counted, sums
from simulation.analysis.orders import orders_by_month
from simulation.analysis.staffing import left_in_period
from simulation.department.record import LOST, OPEN, REASONS, SALE_KINDS, WON, Record
from simulation.finance.spans import first_day, hours_of, share_of_months
from simulation.finance.turnover import hires_of
from simulation.scenario.calendar import add_months
from simulation.scenario.history import window_of
from simulation.scenario.scenario import Scenario
from simulation.written.readers import DAY

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PARTS = ("first_day", "new")
"""Leads that were open when the counted days began, and those that came since."""
DEAL, ORDER, DISTRIBUTOR = range(len(SALE_KINDS))
QUANTILES = {"days_p50": 0.5, "days_p90": 0.9}


def parts_of(record: Record, begin: float) -> dict[str, Mask]:
    """Rows of the leads of each part, where the counted days begin at `begin`; who was decided before is of none."""
    leads = record.leads
    before = leads.initial | (leads.arrived < begin)
    return dict(zip(PARTS, (before & ~(leads.closed < begin), ~before), strict=True))


def counts(record: Record, edges: Floats, begin: float | None = None) -> dict[str, Floats]:
    """Columns of one value for each period between `edges` (hours), from what has a moment of its own.

    By arrival: leads, answered, lost_unanswered, qualified, won_leads, open_leads (what became of them by the end of
    the run). By their own date: the rest; open_PART, customers_end and unbilled_revenue at the period's end. The parts
    are told apart at `begin`, where the counted days begin when None.
    """
    leads, sales, customers = record.leads, record.sales, record.customers
    cohort = ~leads.initial
    came, closed = bins_of(leads.arrived, edges), bins_of(leads.closed, edges)
    arrived = {
        "leads": cohort,
        "answered": cohort & ~np.isnan(leads.answered),
        "lost_unanswered": cohort & (leads.reason == REASONS.index("unanswered")),
        "qualified": cohort & ~np.isnan(leads.qualified),
        "won_leads": cohort & (leads.state == WON),
        "open_leads": cohort & (leads.state == OPEN),
        "leads_found": cohort & leads.found,
    }
    columns = dict(zip(arrived, counted(list(arrived.values()), came, edges), strict=True))
    deals = sales.kind == DEAL
    sold = counted([deals, sales.kind == ORDER, sales.kind == DISTRIBUTOR], bins_of(sales.time, edges), edges)
    columns["deals"] = sold[0]
    columns |= _fates(record, edges, parts_of(record, record.begin if begin is None else begin), came, closed)
    columns["orders"], columns["distributor_orders"] = sold[1], sold[2]
    revenue, margin = sums(sales.time, edges, sales.revenue, sales.margin)
    columns["revenue"] = revenue
    columns["new_revenue"] = sums(sales.time[deals], edges, sales.revenue[deals])[0]
    columns["gross_margin"] = margin
    columns["customers_won"] = count(customers.since[~customers.initial], edges)
    columns["customers_lost"] = count(customers.until, edges)
    columns["customers_end"] = _there(customers.since, customers.until, edges[1:], last=True)
    columns["leavers"] = count(record.staff.end[left_in_period(record)], edges)
    columns["hires"] = count(record.staff.begin[hires_of(record)], edges)
    return columns | orders_by_month(record, edges)


def _fates(
    record: Record, edges: Floats, parts: Mapping[str, Mask], came: NDArray[np.int64], closed: NDArray[np.int64]
) -> dict[str, Floats]:
    """deals_PART, lost_PART and open_PART of each part; `came` and `closed` as ``counting.bins_of`` of the leads."""
    state, columns = record.leads.state, {}
    here = list(parts.values())
    ended = [rows & (state == of) for rows in here for of in (WON, LOST)]
    before = all_counted(here, came, edges).cumsum(axis=1)
    gone = all_counted([*ended, *here], closed, edges)
    # open at an edge: whoever came before it less whoever was closed before it
    there = before - gone[len(ended) :].cumsum(axis=1)
    for number, part in enumerate(parts):
        columns[f"deals_{part}"] = gone[2 * number, 1:-1].astype(np.float64)
        columns[f"lost_{part}"] = gone[2 * number + 1, 1:-1].astype(np.float64)
        columns[f"open_{part}"] = there[number, 1:-1].astype(np.float64)
    return columns


def _by_process(record: Record, scenario: Scenario, edges: Floats) -> dict[str, Floats]:
    """leads.PROCESS and the fates of each process, where there are several; they add up to those of all."""
    market, leads, columns = scenario.market, record.leads, {}
    if len(market.sold) == 1:
        return {}
    way = np.array([[market.process_of(channel, good) for good in market.products] for channel in market.channels])
    of, parts = way[leads.channel, leads.product], parts_of(record, record.begin)
    came, closed = bins_of(leads.arrived, edges), bins_of(leads.closed, edges)
    for name in market.sold:
        mine = of == name
        columns[f"leads.{name}"] = count(leads.arrived[mine & ~leads.initial], edges)
        fates = _fates(record, edges, {part: rows & mine for part, rows in parts.items()}, came, closed)
        columns |= {f"{column}.{name}": values for column, values in fates.items()}
    return columns


def _there(since: Floats, until: Floats, moments: Floats, last: bool = False) -> Floats:
    """How many are there at each moment; `last` counts what changes at this very moment too."""
    side = "right" if last else "left"
    came, went = np.sort(since), np.sort(until[~np.isnan(until)])
    there = np.searchsorted(came, moments, side=side) - np.searchsorted(went, moments, side=side)  # type: ignore[call-overload]
    return np.asarray(there, dtype=np.float64)


def week_starts(scenario: Scenario) -> list[date]:
    """First day of each week of the counted days, and the day after the last one.

    Weeks begin on Mondays; the first and the last one may be cut by the begin and the end of the run.
    """
    experiment = scenario.experiment
    day, end = experiment.start, add_months(experiment.start, experiment.months)
    found = []
    while day < end:
        found.append(day)
        day += timedelta(days=7 - day.weekday())
    return [*found, end]


def _week_days(scenario: Scenario) -> Floats:
    """``week_starts`` as days since the first."""
    starts = week_starts(scenario)
    return np.array([(day - starts[0]).days for day in starts], dtype=np.float64)


def weekly_columns(record: Record, scenario: Scenario) -> dict[str, Floats]:
    """``counts`` by week, those of leads also by process, with the number of days of each (`days`)."""
    days = scenario.once("week days", lambda: _week_days(scenario))
    edges = record.begin + days * DAY
    return {"days": np.diff(days)} | counts(record, edges) | _by_process(record, scenario, edges)


# --- the funnel -----------------------------------------------------------------------------------------------------


class FunnelKey(NamedTuple):
    """What a row of the funnel is of."""

    channel: str
    product: str
    process: str
    stage: str
    part: str


def funnel_keys(scenario: Scenario) -> Iterator[FunnelKey]:
    """The rows of the funnel, in their order; `process` is empty at stages of other processes than the leads'."""
    market = scenario.market
    steps = market.steps
    firsts = len(steps) - len(market.sale)  # qualification, of those who qualify
    for channel, good in product(market.channels, market.products):
        own = market.process_of(channel, good)
        there = {stage.name for stage in market.process(own).stages}
        sorts = market.process(own).qualification is not None
        for (number, stage), part in product(enumerate(steps), PARTS):
            mine = sorts if number < firsts else market.sale[number - firsts].name in there
            yield FunnelKey(channel, good, own if mine else "", stage, part)


def funnel_columns(record: Record, scenario: Scenario, span: tuple[float, float] | None = None) -> dict[str, Floats]:
    """Columns of one value for each of ``funnel_keys``: what leads did in each stage during the counted days.

    entered: came into the stage, or were in it when the days began. What became of them by the end adds up to them:
    passed (to the next stage), won (a deal, in the last stage), lost in it, open in it. silent: those of the open that
    are lost already, while nobody has said so. days_p50, days_p90: calendar days by which half and nine tenths of them
    would have left it (Kaplan-Meier; who is still in it is censored). They are counted from the begin of the days for
    those who were in it then; NaN where so many are not seen to leave.

    Args:
        record: what the run left behind.
        scenario: the scenario of the run.
        span: begin and end of the days, hours; the counted period when None.
    """
    leads = record.leads
    begin, end = span or (record.begin, record.end)
    stages = len(scenario.market.steps)
    entered = leads.entered[:, leads.entered.shape[1] - stages :]
    parts = parts_of(record, begin)
    kinds = (leads.channel * len(record.products) + leads.product) * stages
    rows = len(record.channels) * len(record.products) * stages * len(PARTS)
    names = ("entered", "passed", "won", "lost", "open", "silent")
    found = {name: np.zeros(rows) for name in names}
    market = scenario.market
    before = stages - len(market.sale)  # steps before the stages
    firsts = [before + market.stages_before(name) for name in market.sold]
    ends = {first - 1 for first in [*firsts[1:], stages]}
    took = []
    for stage in range(stages):
        came = entered[:, stage]
        following = firsts if stage < before else [] if stage in ends else [stage + 1]
        on = entered[:, following[0]] if len(following) == 1 else _first_of(entered[:, following])
        left = np.where(np.isnan(on), leads.closed, on)
        there = (came < end) & ~(left < begin) & (parts["first_day"] | parts["new"])
        gone = left < end
        in_it = there & np.isnan(on)
        ended, still = in_it & gone, there & ~gone
        went = [there, there & (on < end), ended & (leads.state == WON), ended & (leads.state == LOST), still]
        went.append(in_it & still & leads.in_vain)
        group = (kinds + stage) * len(PARTS) + parts["new"]
        for tally, mask in zip(found.values(), went, strict=True):
            tally += np.bincount(group[mask], minlength=rows)
        took.append((group[there], (np.where(gone, left, end) - np.maximum(came, begin))[there], gone[there]))
    group, hours, seen = (np.concatenate(column) for column in zip(*took, strict=True))
    return found | _leaving(group, hours / DAY, seen, rows)


def _first_of(times: Floats) -> Floats:
    """The first time of each row; NaN where it has none."""
    return np.asarray(np.fmin.reduce(times, axis=1, initial=np.nan))


def _leaving(group: NDArray[np.int64], days: Floats, seen: Mask, rows: int) -> dict[str, Floats]:
    """Days by which shares of each group have left, shape (rows,), by the product-limit estimate."""
    found = {name: np.full(rows, np.nan) for name in QUANTILES}
    order = np.lexsort((~seen, days, group))
    group, days, seen = group[order], days[order], seen[order]
    which, first, many = np.unique(group, return_index=True, return_counts=True)
    at_risk = np.repeat(first + many, many) - np.arange(len(days))
    stays = 1.0 - seen / at_risk
    limits = np.array([share - 1.0 - 1e-12 for share in QUANTILES.values()])
    columns = list(found.values())
    for row, a, b in zip(which.tolist(), first.tolist(), (first + many).tolist(), strict=True):
        stay = np.multiply.accumulate(stays[a:b])
        for column, at in zip(columns, (-stay).searchsorted(limits).tolist(), strict=True):
            if at < b - a:
                column[row] = days[a + at]
    return found


# --- the days that a firm's own past is held against ------------------------------------------------------------------


def own_columns(record: Record, scenario: Scenario) -> dict[str, Floats]:
    """Columns of one value: what is held against `history`, in its days; none where the run does not have them.

    ``counts`` of these days, with `qualified` by its own moment; lost and open in both parts; cycle_days, cycle_p50,
    cycle_p90 (days from coming to the deal, of deals closed, without the first day's pipeline of the run); attempts (by
    share of the months); leads.CHANNEL; passed.STAGE, decided.STAGE and the same as passed.CHANNEL.STAGE, where the
    decided are those passed, won and lost.
    """
    days = window_of(scenario.history, scenario.experiment)
    if days is None:
        return {}
    start, leads = first_day(scenario), record.leads
    begin, end = (hours_of(day, start, 0.0) for day in days)
    edges = np.array([begin, end])
    columns = counts(record, edges, begin)
    for name in ("lost", "open"):
        columns[name] = columns[f"{name}_first_day"] + columns[f"{name}_new"]
    columns["qualified"] = count(leads.qualified[~leads.initial], edges)
    columns["customers_begin"] = _there(record.customers.since, record.customers.until, edges[:1], last=True)
    inside = (leads.state == WON) & ~leads.initial & (leads.closed >= begin) & (leads.closed < end)
    took = (leads.closed - leads.arrived)[inside] / DAY
    cycle = {"cycle_p50": 0.5, "cycle_p90": 0.9}
    columns["cycle_days"] = np.array([took.mean() if len(took) else np.nan])
    columns |= {name: np.array([np.quantile(took, q) if len(took) else np.nan]) for name, q in cycle.items()}
    columns["attempts"] = np.array([record.attempts.sum(axis=0) @ share_of_months(record.month_edges, begin, end)])
    for number, channel in enumerate(record.channels):
        arrived = leads.arrived[~leads.initial & (leads.channel == number)]
        columns[f"leads.{channel}"] = count(arrived, edges)
    funnel = funnel_columns(record, scenario, (begin, end))
    stages = scenario.market.steps
    shape = (len(record.channels), len(record.products), len(stages), len(PARTS))
    passed = (funnel["passed"] + funnel["won"]).reshape(shape).sum(axis=(1, 3))
    for name, table in (("passed", passed), ("decided", passed + funnel["lost"].reshape(shape).sum(axis=(1, 3)))):
        columns |= {f"{name}.{stage}": table[:, n : n + 1].sum(axis=0) for n, stage in enumerate(stages)}
        for number, channel in enumerate(record.channels):
            columns |= {f"{name}.{channel}.{stage}": table[number, n : n + 1] for n, stage in enumerate(stages)}
    return columns
