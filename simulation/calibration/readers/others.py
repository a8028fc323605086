"""The smaller tables: work that was logged, orders, people employed, calls by day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.calibration.readers.deals import same
from simulation.calibration.readers.moments import NOWHEN
from simulation.calibration.readers.part import Part
from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.registry import Customers, Registry
from simulation.calibration.readers.words import alike
from simulation.texts import worded

CANCELLED = frozenset(
    {
        "cancelled",
        "canceled",
        "отменен",
        "отмена",
        "отменён",
        "отменено",
        "returned",
        "возврат",
        "deleted",
        "удален",
        "refunded",
    }
)
STARTS, ENDS = frozenset({"start", "resume", "начало"}), frozenset({"complete", "completed", "end", "конец"})


def activities_of(part: Part, people: Registry) -> tuple[pd.DataFrame, Column]:
    """The columns of the table `activities` but for `case`, and the system's own names of the cases.

    Rows that say begin and end apart are paired: the first begin with the first end of a case, activity and person.
    """
    part.keep(part.column("activity").filled, worded("reading-left-no-activity"))
    paired = part.column("transition")
    part.columns["activity"] = same(part.column("activity"))
    if paired.filled.any() and "started" not in part.times:
        _paired(part, paired)
    started, completed = part.time("started"), part.time("completed")
    known = ~(np.isnat(started) & np.isnat(completed))
    part.keep(known, worded("reading-left-no-time"))
    started, completed = part.time("started"), part.time("completed")
    turned = completed < started
    part.keep(~turned, worded("reading-left-ends-before"))
    frame = pd.DataFrame(
        {
            "activity": part.column("activity").cells(),
            "started": part.time("started"),
            "completed": part.time("completed"),
            "person": people.of(part.column("person")),
        }
    )
    return frame, part.column("case")


def _paired(part: Part, transition: Column) -> None:
    """Puts begin and end of a piece of work into one row, at the place of its end."""
    kinds = {word: _transition(word) for word in transition.words}
    kind = np.append(np.array([kinds[word] for word in transition.words], dtype=object), "end")[transition.codes]
    part.keep(kind != "", worded("reading-left-transition"))
    kind = kind[kind != ""]
    times = part.time("completed")
    rows = pd.DataFrame(
        {
            "case": part.column("case").codes,
            "activity": part.column("activity").codes,
            "person": part.column("person").codes,
            "time": times,
            "kind": kind,
            "row": np.arange(part.rows),
        }
    ).sort_values(["time", "row"], kind="stable")
    of = ["case", "activity", "person"]
    rows["number"] = rows.groupby([*of, "kind"], sort=False).cumcount()
    begins, ends = rows[rows["kind"] == "start"], rows[rows["kind"] == "end"]
    both = ends.merge(begins, how="left", on=[*of, "number"], suffixes=("", "_begun"))
    started = np.full(part.rows, NOWHEN)
    started[both["row"].to_numpy()] = both["time_begun"].to_numpy().astype("datetime64[s]")
    with_end = both["row_begun"].dropna().to_numpy().astype(np.int64)
    kept = kind == "end"
    alone = ~kept
    alone[with_end] = False
    part.times["started"] = started
    part.bare["started"] = np.zeros(part.rows, np.bool_)
    if alone.any():
        part.keep(~alone, worded("reading-left-no-end"))
        kept = kept[~alone]
    part.take(np.flatnonzero(kept))


def _transition(word: str) -> str:
    text = alike(word)
    return "start" if text in STARTS else "end" if text in ENDS else ""


def orders_of(part: Part, customers: Customers) -> pd.DataFrame:
    """The columns of the table `orders`; rows of one order become one, cancelled ones are left out."""
    status = part.column("status")
    gone = status.told(lambda word: alike(word) in CANCELLED, False, np.bool_)
    part.keep(~gone, worded("reading-left-cancelled"))
    part.keep(~np.isnat(part.time("placed")), worded("reading-left-no-date"))
    part.keep(part.column("customer").filled | part.column("customer_id").filled, worded("reading-left-no-customer"))
    names = part.column("customer").with_first(part.column("contact"))
    amount = part.amount("amount")
    if "amount" not in part.amounts and "price" in part.amounts:
        amount = part.amount("price") * np.nan_to_num(part.amount("quantity"), nan=1.0)
    frame = pd.DataFrame(
        {
            "customer": customers.of_both(part.column("customer_id"), names),
            "placed": part.time("placed"),
            "amount": amount,
            "order": part.column("order").codes,
        }
    )
    return _one_row_an_order(part, frame)


def _one_row_an_order(part: Part, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the goods of an order become one; a row that stands there twice is left out."""
    named = frame["order"].to_numpy() >= 0
    several = named & frame.duplicated(["order", "customer"], keep=False).to_numpy()
    if not several.any():
        return frame.drop(columns="order")
    product = "amount" not in part.amounts or "price" in part.amounts or "quantity" in part.amounts
    twice = several & frame.duplicated(keep="first").to_numpy() & (not product)
    if twice.any():
        part.keep(~twice, worded("reading-left-duplicate"))
        frame, named = frame[~twice].reset_index(drop=True), named[~twice]
    frame["row"] = np.arange(len(frame))
    frame["key"] = np.where(named, frame["order"], -2 - frame["row"])
    grouped = frame.groupby(["key", "customer"], sort=False)
    summed = grouped[["placed", "row"]].min()
    summed["amount"] = grouped["amount"].sum(min_count=1)
    summed = summed.reset_index().sort_values("row")
    merged = len(frame) - len(summed)
    if merged:
        part.notes.append(worded("reading-note-goods", file=part.name, rows=merged))
    return summed[["customer", "placed", "amount"]].reset_index(drop=True)


def staff_of(part: Part, people: Registry) -> pd.DataFrame:
    """The table `staff`: one row a spell of employment."""
    part.keep(part.column("person").filled, worded("reading-left-no-person"))
    hired, left = part.time("hired"), part.time("left")
    part.keep(~(left < hired), worded("reading-left-left-before"))
    frame = pd.DataFrame(
        {
            "person": people.of(part.column("person")),
            "role": same(part.column("role")).cells(),
            "hired": part.time("hired"),
            "left": part.time("left"),
        }
    )
    twice = frame.duplicated(["person", "hired"]).to_numpy()
    part.keep(~twice, worded("reading-left-duplicate"))
    return frame[~twice].reset_index(drop=True)


def calls_of(part: Part, people: Registry) -> pd.DataFrame:
    """The table `calls`: one row a person and day."""
    part.keep(part.column("person").filled, worded("reading-left-no-person"))
    part.keep(~np.isnat(part.time("day")), worded("reading-left-no-date"))
    frame = pd.DataFrame(
        {
            "person": people.of(part.column("person")),
            "day": part.time("day").astype("datetime64[D]").astype("datetime64[s]"),
            "calls": part.amount("calls"),
            "reached": part.amount("reached"),
            "leads": part.amount("leads"),
        }
    )
    if not frame.duplicated(["person", "day"]).any():
        return frame
    return frame.groupby(["person", "day"], sort=False).sum(min_count=1).reset_index()
