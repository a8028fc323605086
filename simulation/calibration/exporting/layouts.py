"""Layouts of our own, and what all layouts share: records → files. `systems` has those of CRM systems, and all by name.

A layout sees nothing but records and invented names.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from simulation.calibration.exporting import names
from simulation.calibration.records import Records

MARK = "\ufeff"
"""The mark before a text in UTF-8."""


@dataclass(frozen=True)
class File:
    """A file of an export."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Layout:
    """A layout: what it writes, and whether leads before qualification are kept apart from its deals."""

    written: Callable[[Records], tuple[File, ...]]
    apart: bool = False


# --- files --------------------------------------------------------------------------------------------------------


def separated(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    mark: bool = False,
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL,
    backslash: bool = False,
) -> bytes:
    """A table as separated values; `backslash`: quotes inside are escaped so, and not doubled."""
    text = io.StringIO()
    more: dict[str, Any] = {"doublequote": False, "escapechar": "\\"} if backslash else {}
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n", **more)
    writer.writerow(columns)
    writer.writerows(rows)
    return ((MARK if mark else "") + text.getvalue()).encode(encoding, errors="replace")


def html_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as Bitrix24 writes its `.xls`."""

    def line(cells: Sequence[object], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

    head = '<meta http-equiv="Content-type" content="text/html;charset=UTF-8" />\n<table border="1">\n<thead>'
    body = "\n".join(line(row, "td") for row in rows)
    return f"{head}{line(columns, 'th')}</thead>\n<tbody>\n{body}\n</tbody>\n</table>".encode()


def written_as(times: pd.Series, form: str, missing: str = "") -> list[str]:
    """Times in a form of `strftime`; what is missing as a text."""
    texts = times.dt.strftime(form)
    return texts.where(times.notna(), missing).astype(object).tolist()


def money(amounts: pd.Series, mark: str = ".", thousands: str = "") -> list[str]:
    """Amounts with two decimals where they have any; empty where not known."""

    def text(value: float) -> str:
        if np.isnan(value):
            return ""
        whole = f"{value:,.2f}".removesuffix(".00")
        return whole.replace(",", "\0").replace(".", mark).replace("\0", thousands)

    return [text(value) for value in amounts.tolist()]


def people(numbers: pd.Series) -> list[str]:
    """Names of people of the department."""
    return [names.person(number) for number in numbers.tolist()]


def companies(numbers: pd.Series) -> list[str]:
    """Names of customers' firms."""
    return [names.company(number) for number in numbers.tolist()]


def contacts(numbers: pd.Series) -> list[str]:
    """Names of customers' people."""
    return [names.contact(number) for number in numbers.tolist()]


def last_change(records: Records) -> pd.Series:
    """When each deal of the table was last moved, or closed; its creation where it never was."""
    deals = records.deals
    moved = deals["deal"].map(records.entries.groupby("deal")["entered"].max())
    return pd.concat([deals["created"], moved, deals["closed"]], axis=1).max(axis=1)


def by_state(deals: pd.DataFrame, won: str, lost: str) -> list[str]:
    """The present stage of each deal; of closed ones the end stages' names."""
    ends = {"won": won, "lost": lost}
    rows = zip(deals["status"], deals["stage"], strict=True)
    return [ends.get(status, stage) for status, stage in rows]


# --- layouts of our own -------------------------------------------------------------------------------------------

PLAIN = "%Y-%m-%d %H:%M:%S"
NEUTRAL = (
    "deal",
    "created",
    "closed",
    "status",
    "pipeline",
    "stage",
    "source",
    "owner",
    "amount",
    "customer",
    "product",
    "reason",
)


def neutral(records: Records) -> tuple[File, ...]:
    """One row a deal."""
    deals = records.deals
    rows = zip(
        deals["deal"] + 1,
        written_as(deals["created"], PLAIN),
        written_as(deals["closed"], PLAIN),
        deals["status"],
        deals["pipeline"],
        deals["stage"],
        deals["channel"],
        people(deals["owner"]),
        money(deals["amount"]),
        companies(deals["customer"]),
        deals["product"],
        deals["reason"],
        strict=True,
    )
    return (File("deals.csv", separated(NEUTRAL, rows)),)


HISTORY = ("deal", "stage", "entered", "amount", "owner", "source")


def history(records: Records) -> tuple[File, ...]:
    """One row each time that a deal entered a stage; the end stages are 'won' and 'lost'."""
    deals = records.deals.drop_duplicates("deal").set_index("deal")
    entries = records.entries[["deal", "stage", "entered", "owner"]]
    closed = deals[deals["closed"].notna()]
    ends = pd.DataFrame(
        {"deal": closed.index, "stage": closed["status"], "entered": closed["closed"], "owner": closed["owner"]}
    )
    rows = pd.concat([entries, ends]).sort_values(["deal", "entered"], kind="stable")
    of = deals.reindex(rows["deal"])
    lines = zip(
        rows["deal"] + 1,
        rows["stage"],
        written_as(rows["entered"], PLAIN),
        money(of["amount"]),
        people(rows["owner"]),
        of["channel"],
        strict=True,
    )
    return (File("history.csv", separated(HISTORY, lines)),)


ACTIVITIES = ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "start_timestamp")


def activities(records: Records) -> tuple[File, ...]:
    """A log of work with the names of process mining."""
    log = records.activities
    rows = zip(
        ["" if case < 0 else case + 1 for case in log["case"].tolist()],
        log["activity"],
        written_as(log["completed"], PLAIN),
        people(log["person"]),
        written_as(log["started"], PLAIN),
        strict=True,
    )
    return (File("activities.csv", separated(ACTIVITIES, rows)),)


def xes(records: Records) -> tuple[File, ...]:
    """The same log as XES: each piece of work is an event that starts and one that completes."""
    log = records.activities
    form = "%Y-%m-%dT%H:%M:%S.000+03:00"
    columns = zip(
        log["activity"],
        written_as(log["started"], form),
        written_as(log["completed"], form),
        people(log["person"]),
        strict=True,
    )
    traces: dict[int, list[str]] = {}
    for case, (activity, started, completed, person) in zip(log["case"].tolist(), columns, strict=True):
        for stage, time in (("start", started), ("complete", completed)):
            traces.setdefault(case, []).append(
                f'<event><string key="concept:name" value={_quoted(activity)}/>'
                f'<string key="org:resource" value={_quoted(person)}/>'
                f'<string key="lifecycle:transition" value="{stage}"/>'
                f'<date key="time:timestamp" value="{time}"/></event>'
            )
    body = "\n".join(
        f"<trace>{_case(case)}\n{chr(10).join(events)}\n</trace>" for case, events in sorted(traces.items())
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">'
    return (File("activities.xes", f"{head}\n{body}\n</log>\n".encode()),)


def _case(case: int) -> str:
    return f'<string key="concept:name" value="{case + 1}"/>' if case >= 0 else ""


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


ORDERS = ("customer", "placed", "amount")


def orders(records: Records) -> tuple[File, ...]:
    """One row an order, from the books."""
    table = records.orders
    rows = zip(
        companies(table["customer"]), written_as(table["placed"], "%Y-%m-%d"), money(table["amount"]), strict=True
    )
    return (File("orders.csv", separated(ORDERS, rows)),)


STAFF = ("name", "role", "hired", "left")


def staff(records: Records) -> tuple[File, ...]:
    """One row a person."""
    table = records.staff
    hired, left = (written_as(table[column], "%Y-%m-%d") for column in ("hired", "left"))
    return (File("staff.csv", separated(STAFF, zip(people(table["person"]), table["role"], hired, left, strict=True))),)


CALLS = ("name", "day", "calls", "reached", "leads")


def calls(records: Records) -> tuple[File, ...]:
    """One row a person and day."""
    table = records.calls
    counts = (table[column].astype(int) for column in CALLS[2:])
    rows = zip(people(table["person"]), written_as(table["day"], "%Y-%m-%d"), *counts, strict=True)
    return (File("calls.csv", separated(CALLS, rows)),)
