"""What a run's ledger says by month: each account for profit and for cash, each line of the budget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.finance.accounts import ACCOUNTS, INDEX
from simulation.finance.ledger import Ledger
from simulation.finance.lines import TABLES

Floats = NDArray[np.float64]


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
    month = np.searchsorted(ledger.month_edges, ledger.time, side="right") - 1
    for number, cause in enumerate(ledger.causes):
        if not cause.startswith("line/"):
            continue
        for table in (*TABLES, "capital"):
            rows = (ledger.cause == number) & (ledger.account == INDEX[table])
            if rows.any():
                spent = np.bincount(month[rows], weights=ledger.cash[rows], minlength=ledger.months)
                found[line_column(table, cause.removeprefix("line/"))] = np.asarray(0.0 - spent, dtype=np.float64)
    return found


def line_column(table: str, name: str) -> str:
    """Name of the column of a line of the budget."""
    return f"line.{table}.{name}"
