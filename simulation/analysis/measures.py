"""What one run is measured by: numbers of the whole period, and the same by month.

`catalogue.MEASURES` says what each name means. Everything here is numpy over the columns of the record and
the ledger.

Here too: columns of the months that the control sheet is made of.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import MEASURES, OF_MONEY, VALUES, Measure, describe
from simulation.analysis.counting import count, how_many, share_of
from simulation.analysis.orders import growth, order_measures, variation
from simulation.analysis.periods import DEAL, DISTRIBUTOR, ORDER, counts, parts_of
from simulation.analysis.quantiles import kaplan_meier, survival_quantile
from simulation.analysis.staffing import seating, staffing, staffing_by_month, turnover_costs
from simulation.analysis.valuation import administration, by_process, channel_economics, end_value, start_value
from simulation.department.record import LOST, OPEN, REASONS, SALE_KINDS, STATES, WON, Record
from simulation.finance.ledger import ACCOUNTS, Ledger
from simulation.finance.lines import statement_columns
from simulation.finance.plan import actual_by_month
from simulation.finance.spans import first_day
from simulation.mechanisms.order_of_work import dated
from simulation.scenario.people import DISCRETIONARY
from simulation.scenario.scenario import Scenario
from simulation.scenario.targets import targets_of
from simulation.world.world import shared_calendar

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["MEASURES", "Measure", "describe", "measures", "monthly", "monthly_columns"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NEVER = float("nan")
WITHIN = {"answered_within_15min": 0.25, "answered_within_1h": 1.0, "answered_within_1d": 24.0}  # hours


def measures(record: Record, ledger: Ledger, scenario: Scenario, only: Collection[str] = ()) -> dict[str, float]:
    """Every measure of one run by name; NaN where it is undefined (a mean of nothing, no plan).

    Args:
        record: what the run left behind.
        ledger: the record's ledger.
        scenario: the scenario of the run.
        only: names that are wanted; others are left out where they take time. Every one when empty.
    """
    if only and OF_MONEY.issuperset(only):
        money = _money(record, ledger, scenario)
        return money if VALUES.isdisjoint(only) else money | _values(record, scenario, money["profit"])
    seats = seating(record, scenario)
    values = (
        _leads(record)
        | _responses(record, scenario)
        | _sales(record)
        | _money(record, ledger, scenario)
        | _customers(record)
        | order_measures(record)
        | _overdue(record, scenario)
        | _people(record, scenario)
        | staffing(record, scenario, seats)
        | turnover_costs(record, ledger, scenario, seats)
        | administration(record, ledger, scenario)
        | variation(record)
        | growth(record, scenario)
        | channel_economics(record, ledger, scenario)
        | by_process(record, scenario)
    )
    return values | _values(record, scenario, values["profit"])


def _values(record: Record, scenario: Scenario, profit: float) -> dict[str, float]:
    """What customers and open leads are worth at both ends of the run."""
    value = end_value(record, scenario)
    return {"start_value": start_value(scenario), "end_value": value, "profit_with_end_value": profit + value}


def monthly(record: Record, ledger: Ledger, scenario: Scenario) -> pd.DataFrame:
    """One row per month of the counted period: `month` (its first day) and `monthly_columns`."""
    import pandas as pd

    return pd.DataFrame({"month": pd.DatetimeIndex(ledger.month_starts)} | monthly_columns(record, ledger, scenario))


def monthly_columns(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, Floats]:
    """Columns of one value per month, shape (months,).

    What has a moment of its own: as ``periods.counts``; money as the ledger has it, waiting_end and cash_balance at the
    month's end. `plan` is the month's target, NaN without a plan. The staff: as ``staffing_by_month``; accounts, cash
    and budget lines: as ``statement_columns``.
    """
    edges = record.month_edges
    columns = counts(record, edges)
    columns["revenue"] = ledger.group_by_month("revenue")
    columns["gross_margin"] = columns["revenue"] + ledger.group_by_month("cost of goods")
    columns["payroll"] = 0.0 - ledger.group_by_month("payroll")
    columns["costs"] = 0.0 - ledger.group_by_month("costs")
    columns["profit"] = np.asarray(ledger.by_month.sum(axis=0), dtype=np.float64)
    columns["cash"] = np.asarray(ledger.cash_by_month.sum(axis=0), dtype=np.float64)
    columns["cash_balance"] = np.cumsum(columns["cash"])
    columns["customers_end"] = np.asarray(record.customers_at, dtype=np.float64)
    columns["waiting_end"] = np.asarray(record.waiting.sum(axis=0), dtype=np.float64)
    working = _working_seats(record, scenario)
    worked = record.busy[working].sum(axis=(0, 1)) - record.busy[working, _train(record)].sum(axis=0)
    columns["utilisation"] = _ratio(worked, record.present[working].sum(axis=0))
    plan = scenario.plan
    undefined = np.full(len(edges) - 1, NEVER)
    columns["plan"] = undefined if plan is None else targets_of(scenario, plan, ledger.start, ledger.month_edges).copy()
    return columns | control_columns(record) | staffing_by_month(record) | statement_columns(ledger)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(whole, NEVER, dtype=np.float64), where=whole > 0)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else NEVER


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else NEVER


def _of_period(record: Record) -> Mask:
    """Leads that arrived or were found in the counted period."""
    leads = record.leads
    return (leads.arrived >= record.begin) & (leads.arrived < record.end) & ~leads.initial


def _leads(record: Record) -> dict[str, float]:
    leads, cohort = record.leads, _of_period(record)
    count = how_many(cohort)
    reasons = np.bincount(leads.reason[cohort & (leads.state == LOST)], minlength=len(REASONS))
    won, still_open = how_many(cohort & (leads.state == WON)), how_many(cohort & (leads.state == OPEN))
    decided = cohort & (leads.state != OPEN)
    closed = (leads.state == WON) & ~leads.initial & (leads.closed >= record.begin) & (leads.closed < record.end)
    values = {
        "leads": count,
        "leads_found": how_many(cohort & leads.found),
        "answered": how_many(cohort & ~np.isnan(leads.answered)),
        "lost_unanswered": float(reasons[REASONS.index("unanswered")]),
        "qualified": how_many(cohort & ~np.isnan(leads.qualified)),
        "won_leads": won,
        "open_leads": still_open,
        "open_qualified": how_many(cohort & (leads.state == OPEN) & ~np.isnan(leads.qualified)),
        "win_rate": _share(won, count - still_open),
        "win_rate_arrived": share_of(leads.state[decided & ~leads.found] == WON),
        "open_share": _share(still_open, count),
        "cycle_days": _mean((leads.closed - leads.arrived)[closed]) / 24.0,
        "hand_offs": float(leads.hand_offs[cohort].sum()),
        "pipeline_end": how_many(leads.state == OPEN),
    }
    before = leads.state[parts_of(record, record.begin)["first_day"]]
    values["pipeline_start"] = float(len(before))
    values |= {f"pipeline_{name}": how_many(before == state) for state, name in enumerate(STATES)}
    return values | {f"lost.{name}": float(reasons[n]) for n, name in enumerate(REASONS) if name}


def _responses(record: Record, scenario: Scenario) -> dict[str, float]:
    """Response to leads that arrived by themselves."""
    leads = record.leads
    asked = leads.reason != REASONS.index("declined_at_once")
    rows = np.flatnonzero(_of_period(record) & ~leads.found & asked)
    arrived, answered = leads.arrived[rows], leads.answered[rows]
    response = answered - arrived
    was_answered = ~np.isnan(answered)
    calendar = shared_calendar(scenario, first_day(scenario), scenario.experiment.warm_up + scenario.experiment.months)
    # NaN stays NaN: an unanswered lead has no office time of its response
    came = calendar.working_at(arrived)
    working = calendar.working_at(answered) - came
    values = {}
    for name, limit in WITHIN.items():
        known = arrived < record.end - limit
        values[name] = share_of(response[known] <= limit)
    one_hour_left = float(calendar.working_at(record.end)) - 1.0
    known = came < one_hour_left
    values["answered_within_1_working_hour"] = share_of(working[known] <= 1.0)
    values["response_hours"] = _mean(response[was_answered])
    values["response_working_hours"] = _mean(working[was_answered])
    # a lead that left (or still waits) is censored at that moment
    gone = np.where(leads.state[rows] == LOST, leads.closed[rows], record.end)
    seen = np.where(was_answered, response, gone - arrived)
    median = survival_quantile(*kaplan_meier(np.maximum(seen, 0.0), was_answered), 0.5) if len(rows) else NEVER
    values["response_median_hours"] = median if np.isfinite(median) else NEVER
    return values


def _sales(record: Record) -> dict[str, float]:
    sales = record.sales
    counted = (sales.time >= record.begin) & (sales.time < record.end)
    kind = sales.kind[counted]
    number = np.bincount(kind, minlength=len(SALE_KINDS)).astype(np.float64)
    revenue = np.bincount(kind, weights=sales.revenue[counted], minlength=len(SALE_KINDS))
    return {
        "deals": float(number[DEAL]),
        "orders": float(number[ORDER]),
        "distributor_orders": float(number[DISTRIBUTOR]),
        "average_deal": _share(float(revenue[DEAL]), float(number[DEAL])),
        "new_revenue": float(revenue[DEAL]),
        "repeat_revenue": float(revenue[ORDER]),
        "distributor_revenue": float(revenue[DISTRIBUTOR]),
    }


def _money(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    revenue = float(ledger.group_by_month("revenue").sum())
    goods = 0.0 - float(ledger.group_by_month("cost of goods").sum())
    balance = np.cumsum(ledger.cash_by_month.sum(axis=0))
    values = {
        "revenue": revenue,
        "cost_of_goods": goods,
        "gross_margin": revenue - goods,
        "payroll": 0.0 - float(ledger.group_by_month("payroll").sum()),
        "costs": 0.0 - float(ledger.group_by_month("costs").sum()),
        "profit": ledger.profit,
        "cash_end": ledger.cash_end,
        "cash_low": float(balance.min()),
        **_life(ledger),
        "receivables_end": ledger.receivables_end,
        "plan_attainment": _attainment(record, ledger, scenario),
    }
    totals = ledger.by_month.sum(axis=1)
    for account, total in zip(ACCOUNTS, totals.tolist(), strict=True):
        if account.group != "cash only":
            values[f"account.{account.name}"] = total if account.group == "revenue" or total == 0 else -total
    return values


def _life(ledger: Ledger) -> dict[str, float]:
    """How long the department carries itself, in months from the start: until its profit has grown, and is used up."""
    cumulated = np.cumsum(np.asarray(ledger.by_month.sum(axis=0), dtype=np.float64))
    above = np.flatnonzero(cumulated >= 0)
    return {
        "profitable_months": float(np.argmax(cumulated) + 1) if cumulated.max() > 0 else 0.0,
        "months_carried": float(above[-1] + 1) if len(above) else 0.0,
    }


def _attainment(record: Record, ledger: Ledger, scenario: Scenario) -> float:
    plan = scenario.plan
    if plan is None:
        return NEVER
    deals = count(record.sales.time[record.sales.kind == DEAL], record.month_edges)
    targets = targets_of(scenario, plan, ledger.start, ledger.month_edges)
    return _share(float(actual_by_month(plan, ledger, deals).sum()), float(targets.sum()))


def _customers(record: Record) -> dict[str, float]:
    customers = record.customers
    joined = (customers.since >= record.begin) & (customers.since < record.end) & ~customers.initial
    left = (customers.until >= record.begin) & (customers.until < record.end)  # NaN is neither
    return {
        "customers_end": float(record.customers_at[-1]),
        "customers_won": how_many(joined),
        "customers_lost": how_many(left),
        "waiting_end": float(record.waiting[:, -1].sum()),
    }


def _train(record: Record) -> int:
    """The activity of newcomers in training, whose hours are no hours present."""
    return record.activities.index("train")


def _working_seats(record: Record, scenario: Scenario) -> Mask:
    """Places of roles with activities; support roles cost, but have no time to use."""
    roles = scenario.structures[record.structure].roles
    support = np.array([roles[name].support for name in record.roles], dtype=np.bool_)
    return ~support[record.seat_role]


def _overdue(record: Record, scenario: Scenario) -> dict[str, float]:
    """Work past its due time, for the activities that have one anywhere in the structure."""
    roles = scenario.structures[record.structure].roles.values()
    known = {activity for role in roles for activity in dated(role.due.items())}
    months = np.diff(record.month_edges)
    mean = record.overdue.sum(axis=0) @ months / months.sum()
    end = record.overdue_end.sum(axis=0)
    values = {"overdue": float(mean.sum()), "overdue_end": float(end.sum())}
    for number, activity in enumerate(record.activities):
        if activity in known:
            values[f"overdue.{activity}"] = float(mean[number])
            values[f"overdue_end.{activity}"] = float(end[number])
    return values


def _people(record: Record, scenario: Scenario) -> dict[str, float]:
    hours, present, train = record.busy.sum(axis=2), record.present.sum(axis=1), _train(record)
    seats = _working_seats(record, scenario)
    unasked = [number for number, activity in enumerate(record.activities) if activity in DISCRETIONARY]
    values: dict[str, float] = {}

    def enter(rows: Mask, suffix: str, role: str) -> None:
        time, whole = hours[rows].sum(axis=0), float(present[rows].sum())
        worked = float(time.sum() - time[train])
        values[f"utilisation{suffix}"] = _share(worked, whole)
        values[f"load{suffix}"] = _share(worked - float(time[unasked].sum()), whole)
        for number, activity in enumerate(record.activities):
            values[f"time{role}.{activity}"] = _share(float(time[number]), whole)

    waited, pieces = record.waited.sum(axis=(0, 2)), record.repetitions.sum(axis=(0, 2))
    for number, activity in enumerate(record.activities):
        if number not in unasked:  # attempts and calls that nobody asked for wait for nobody
            values[f"wait.{activity}"] = _share(float(waited[number]), float(pieces[number]))
    enter(seats, "", "")
    for number, name in enumerate(record.roles):
        rows = seats & (record.seat_role == number)
        if rows.any():
            enter(rows, f".{name}", f".{name}")
    return values


def control_columns(record: Record) -> dict[str, Floats]:
    """Columns of one value per month that the sheet needs beyond the others, shape (months,).

    attempts; leads_in: leads that arrived or were found in the month; leads.<channel>: the same of one
    channel; customers_begin: customers at its
    begin.
    """
    leads, edges = record.leads, record.month_edges
    counted = ~leads.initial
    columns = {
        "attempts": np.asarray(record.attempts.sum(axis=0), dtype=np.float64),
        "leads_in": count(leads.arrived[counted], edges),
    }
    for number, name in enumerate(record.channels):
        columns[f"leads.{name}"] = count(leads.arrived[counted & (leads.channel == number)], edges)
    since = record.customers.since
    until = np.where(np.isnan(record.customers.until), np.inf, record.customers.until)
    there = (since[:, None] <= edges[None, :-1]) & (until[:, None] > edges[None, :-1])
    columns["customers_begin"] = there.sum(axis=0).astype(np.float64)
    return columns
