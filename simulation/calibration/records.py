"""Records of a sales department in the one shape into which every layout is read.

Each table is a data frame with the columns named here; a table that was not given is empty. Nobody's name, telephone
or address is in it: people and customers are numbers from 0 (-1: not known), shown as 'Manager 1' and so on.
Times are local, `datetime64[s]`; `NaT` where nothing was recorded. Amounts are in the records' one currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.texts import Phrase

TIME = "datetime64[s]"
UNKNOWN = -1
"""Number of a person or customer that the records do not name."""

COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # one row a deal: `deal` numbers the rows from 0; `status` is 'open', 'won' or 'lost'; `stage` the present one
        "deals": {
            "deal": "int64",
            "created": TIME,
            "closed": TIME,
            "status": "object",
            "pipeline": "object",
            "stage": "object",
            "channel": "object",
            "owner": "int64",
            "amount": "float64",
            "customer": "int64",
            "repeat": "float64",
            "product": "object",
            "reason": "object",
        },
        # one row each time a deal entered a stage, in the order of time within a deal
        "entries": {"deal": "int64", "pipeline": "object", "stage": "object", "entered": TIME, "owner": "int64"},
        # one row a piece of work: `case` is the number of the deal where the log names one, else -1
        "activities": {"case": "int64", "activity": "object", "started": TIME, "completed": TIME, "person": "int64"},
        # one row an order of a customer
        "orders": {"customer": "int64", "placed": TIME, "amount": "float64"},
        # one row a spell of employment: `left` is NaT while it lasts
        "staff": {"person": "int64", "role": "object", "hired": TIME, "left": TIME},
        # one row a person and day
        "calls": {"person": "int64", "day": TIME, "calls": "float64", "reached": "float64", "leads": "float64"},
        # one row a raw lead, where a CRM keeps them apart from deals: `status` is 'open', 'qualified' or 'lost'
        "leads": {
            "lead": "int64",
            "created": TIME,
            "closed": TIME,
            "status": "object",
            "stage": "object",
            "channel": "object",
            "owner": "int64",
            "amount": "float64",
        },
    }
)
"""Columns of each table, and what each holds. Words that are not known are empty; numbers that are not known are NaN;
`repeat` is 1 for a deal of somebody who had bought before, 0 for a first one."""


def table(name: str, columns: Mapping[str, object] | None = None) -> pd.DataFrame:
    """A table of the records with its columns in their order and kinds; missing columns hold what is not known."""
    given = dict(columns or {})
    rows = max((len(values) for values in given.values() if hasattr(values, "__len__")), default=0)
    made = {}
    for column, kind in COLUMNS[name].items():
        values = given.pop(column, None)
        if values is None:
            values = np.full(rows, _unknown(column, kind, rows), dtype=None) if rows else []
        made[column] = pd.Series(np.asarray(values), dtype=kind)
    if given:
        raise KeyError(f"{name} has no column {sorted(given)}")
    return pd.DataFrame(made)


def days_between(earlier: pd.Series[Any], later: pd.Series[Any] | pd.Timestamp) -> NDArray[np.float64]:
    """Days from moments to others, or to one; NaN where one of them is not known."""
    return np.asarray((later - earlier).dt.total_seconds(), np.float64) / 86400.0


def _unknown(column: str, kind: str, rows: int) -> object:
    """What stands for not known in a column."""
    if kind == "int64":
        return UNKNOWN
    if kind == "float64":
        return np.nan
    return np.datetime64("NaT", "s") if kind == TIME else ""


@dataclass(frozen=True)
class LeftOut:
    """Rows of a file that were not read, for one reason."""

    file: str
    """Name of the file, without its folder."""
    reason: Phrase
    lines: tuple[int, ...]
    """The first lines of them (from 1, at most 20)."""
    count: int


@dataclass(frozen=True)
class Records:
    """What was read: the tables, since when and until when they speak, and what was left out.

    `since` is the first day on which everything that happened was recorded (None: from the first row), `as_of` the day
    on whose morning the records end: nothing on or after it is in the tables.
    """

    as_of: date
    since: date | None = None
    deals: pd.DataFrame = field(default_factory=lambda: table("deals"))
    entries: pd.DataFrame = field(default_factory=lambda: table("entries"))
    activities: pd.DataFrame = field(default_factory=lambda: table("activities"))
    orders: pd.DataFrame = field(default_factory=lambda: table("orders"))
    staff: pd.DataFrame = field(default_factory=lambda: table("staff"))
    calls: pd.DataFrame = field(default_factory=lambda: table("calls"))
    leads: pd.DataFrame = field(default_factory=lambda: table("leads"))
    currency: str = ""
    """ISO code, empty where no amount names one."""
    files: tuple[str, ...] = ()
    """Names of the files that were read, without folders."""
    notes: tuple[Phrase, ...] = ()
    """Remarks on the reading: an old encoding, an order of dates, a history that is missing."""
    left_out: tuple[LeftOut, ...] = ()
    stages: tuple[str, ...] = ()
    """Stages in the order in which deals pass them, end stages left out."""

    @property
    def has_history(self) -> bool:
        """Whether entries tell when deals passed their stages (RECORDS.md: at least a tenth with two rows)."""
        if self.entries.empty:
            return False
        rows = self.entries.groupby("deal").size()
        return bool((rows >= 2).mean() >= 0.1)

    def until(self, day: date) -> Records:
        """The records as they were known on the morning of a day: nothing later is visible.

        A deal that closed later is open again, in the stage that it was in then (where entries tell; else the first
        stage), and its amount, reason and owner are those of the table: what a CRM overwrites cannot be undone.
        """
        moment = pd.Timestamp(day)
        deals = self.deals[self.deals["created"] < moment].copy()
        entries = self.entries[self.entries["entered"] < moment]
        later = (deals["status"] != "open") & ~(deals["closed"] < moment)
        last = entries.groupby("deal")["stage"].last()
        changed = later | (deals["status"] == "open")
        known = deals["deal"].map(last).astype(object)
        first = self.stages[0] if self.stages else ""
        deals.loc[changed, "stage"] = known[changed].fillna(first)
        deals.loc[later, "status"] = "open"
        deals.loc[later, "closed"] = pd.NaT
        deals.loc[later, "reason"] = ""
        staff = self.staff[self.staff["hired"].isna() | (self.staff["hired"] < moment)].copy()
        staff.loc[staff["left"] >= moment, "left"] = pd.NaT
        leads = self.leads[self.leads["created"] < moment].copy()
        undone = ~(leads["closed"] < moment) & (leads["status"] != "open")
        leads.loc[undone, "status"] = "open"
        leads.loc[undone, "closed"] = pd.NaT
        return replace(
            self,
            as_of=day,
            deals=deals,
            entries=entries,
            activities=self.activities[self.activities["completed"] < moment],
            orders=self.orders[self.orders["placed"] < moment],
            staff=staff,
            calls=self.calls[self.calls["day"] < moment],
            leads=leads,
        )
