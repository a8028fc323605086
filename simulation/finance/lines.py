"""The lines of the budget as they come, capital with its depreciation; and what a ledger says of each by month."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import ACCOUNTS, INDEX, Entries, Journal, Ledger, prepared
from simulation.finance.spans import hours_of, month_of, share_of_months, stretches
from simulation.finance.turnover import hires_of
from simulation.scenario.money import Budget, BudgetLine
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import Timeline

Floats = NDArray[np.float64]
TABLES = ("direct", "indirect", "other")


def book_budget(journal: Journal, record: Record, scenario: Scenario, prices: Timeline) -> None:
    """Every line of the budget except those that only plan what is booked elsewhere."""
    edges = journal.month_edges
    what = ("budget", record.structure, record.begin, record.end, edges.tobytes())
    for account, cause, given in scenario.once(what, lambda: list(_booked(journal, record, scenario.budget, prices))):
        if not isinstance(given, BudgetLine):
            journal.take(given, cause=cause)
        elif account == "capital":
            for _, entries in _capital(given, journal, record, scenario.budget, prices):
                journal.take(entries, cause=cause)
        else:
            time, amount = _outlays(given, journal, record, prices)
            journal.enter(account, time, -amount, cause=cause)


def _booked(
    journal: Journal, record: Record, budget: Budget, prices: Timeline
) -> Iterator[tuple[str, str, Entries | BudgetLine]]:
    """Account, cause and entries of each line, which are the same in every year; a line alone where events decide."""
    for table in (*TABLES, "capital"):
        for line in getattr(budget, table).lines:
            cause = f"line/{line.name}"
            if line.planned_only:
                continue
            if line.per in EVENTS:
                yield table, cause, line
            elif table == "capital":
                for account, entries in _capital(line, journal, record, budget, prices):
                    yield account, cause, entries
            else:
                time, amount = _outlays(line, journal, record, prices)
                if (found := prepared(table, time, -amount)) is not None:
                    yield table, cause, found


def _capital(
    line: BudgetLine, journal: Journal, record: Record, budget: Budget, prices: Timeline
) -> Iterator[tuple[str, Entries]]:
    """What a line of the capital table pays, and what is written off of it."""
    time, amount = _outlays(line, journal, record, prices, earlier=True)
    counted = (time >= record.begin) & (time < record.end)
    written_off = _depreciation(time, amount, budget.depreciation_months, journal.month_edges)
    for account, entries in (
        ("capital", prepared("capital", time[counted], 0.0, cash=-amount[counted])),
        ("depreciation", prepared("depreciation", journal.pay_days, -written_off, cash=0.0)),
    ):
        if entries is not None:
            yield account, entries


def _outlays(
    line: BudgetLine, journal: Journal, record: Record, prices: Timeline, earlier: bool = False
) -> tuple[Floats, Floats]:
    """Times and amounts (above zero) of a line's spending, inside the counted period.

    With `earlier`, an outlay made once before the counted period is given too: what it bought is still
    written off.
    """
    begin, end = record.begin, record.end
    since = hours_of(line.start, journal.start, begin)
    until = hours_of(line.until, journal.start, np.inf)
    price = line.price * line.quantity
    if line.per in ("lead", "deal", "hire"):
        time = EVENTS[line.per](record)
        time = time[(time >= max(since, begin)) & (time < min(until, end))]
        return time, np.full(len(time), price)
    if line.per == "seat":
        return _seat_outlays(line, journal, budgeted_positions(prices, record.structure), (since, until), earlier)
    if line.when == "once":
        happens = since < min(until, end) and (earlier or since >= begin)
        return np.full(int(happens), since), np.full(int(happens), price)
    return journal.pay_days, price * share_of_months(journal.month_edges, since, until)


def budgeted_positions(prices: Timeline, structure: str) -> list[tuple[float, float, int]]:
    """Positions of the firm's own people, filled or not, from -inf to inf: (since, until, positions)."""

    def heads(now: Scenario) -> int:
        return sum(role.headcount for role in now.structures[structure].roles.values() if not role.outsourced)

    return stretches(prices, heads)


def _seat_outlays(
    line: BudgetLine,
    journal: Journal,
    positions: list[tuple[float, float, int]],
    between: tuple[float, float],
    earlier: bool,
) -> tuple[Floats, Floats]:
    """Times and amounts for each position: what comes every month by time; what comes once, for new positions too."""
    edges, price = journal.month_edges, line.price * line.quantity
    since, until = between
    if line.when == "monthly":
        months = np.zeros(journal.months)
        for begin, end, heads in positions:
            months += price * heads * share_of_months(edges, max(since, begin), min(until, end))
        return journal.pay_days, months
    times, amounts, most = [], [], 0
    for begin, end, heads in positions:
        when = max(since, begin)
        if end <= since or heads <= most:
            continue
        if when < min(until, edges[-1]) and (earlier or when >= edges[0]):
            times.append(when)
            amounts.append(price * (heads - most))
        most = heads
    return np.array(times, dtype=np.float64), np.array(amounts, dtype=np.float64)


def _leads(record: Record) -> Floats:
    return record.leads.arrived[~record.leads.initial]


def _deals(record: Record) -> Floats:
    return record.sales.time[record.sales.kind == SALE_KINDS.index("deal")]


def _hires(record: Record) -> Floats:
    return record.staff.begin[hires_of(record)]


EVENTS: dict[str, Callable[[Record], Floats]] = {"lead": _leads, "deal": _deals, "hire": _hires}
"""When what a line counts happens."""


def _depreciation(time: Floats, amount: Floats, months: float, edges: Floats) -> Floats:
    """Straight line: each outlay is spread evenly over so many months from its date; shape (months,)."""
    bought = month_of(time, edges)[:, None]
    month = np.arange(len(edges) - 1, dtype=np.float64)
    inside = np.minimum(month + 1.0, bought + months) - np.maximum(month, bought)
    return np.asarray((amount[:, None] / months * np.maximum(inside, 0.0)).sum(axis=0), dtype=np.float64)


def statement_columns(ledger: Ledger) -> dict[str, Floats]:
    """Columns of one value per month, shape (months,), money.

    `account.<name>`: each account that touches profit; revenue as it is, costs above zero (as the measures of the same
    names). `cash.<name>`: cash that moved on the account, in above and out below zero. `line.<table>.<name>`: each line
    of the budget that was booked: spending above zero; of capital the outlay.
    """
    columns: dict[str, Floats] = {}
    for number, account in enumerate(ACCOUNTS):
        amounts = ledger.by_month[number]
        if account.group != "cash only":
            columns[f"account.{account.name}"] = amounts if account.group == "revenue" else 0.0 - amounts
        if account.name != "depreciation":
            columns[f"cash.{account.name}"] = ledger.cash_by_month[number]
    return columns | _lines(ledger)


def _lines(ledger: Ledger) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    lines = [number for number, cause in enumerate(ledger.causes) if cause.startswith("line/")]
    if not lines:
        return found
    shape = (len(ledger.causes), len(ACCOUNTS), ledger.months)
    month = np.searchsorted(ledger.month_edges, ledger.time, side="right") - 1
    pair = ledger.cause * len(ACCOUNTS) + ledger.account
    spent = np.bincount(pair * ledger.months + month, weights=ledger.cash, minlength=math.prod(shape)).reshape(shape)
    booked = np.bincount(pair, minlength=math.prod(shape[:2])).reshape(shape[:2]) > 0
    for number in lines:
        for table in (*TABLES, "capital"):
            if booked[number, INDEX[table]]:
                name = ledger.causes[number].removeprefix("line/")
                found[line_column(table, name)] = 0.0 - spent[number, INDEX[table]]
    return found


def line_column(table: str, name: str) -> str:
    """Name of the column of a line of the budget."""
    return f"line.{table}.{name}"
