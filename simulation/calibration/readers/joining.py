"""The tables of several files put together: one number a deal, a person and a customer, whoever names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers import others
from simulation.calibration.readers.deals import Deals, deals_of, leads_of
from simulation.calibration.readers.faults import DAY
from simulation.calibration.readers.histories import History, history_of
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.moments import NOWHEN
from simulation.calibration.readers.part import Part, Span
from simulation.calibration.readers.registry import Customers, Numbers, People, Registry
from simulation.calibration.records import UNKNOWN, table
from simulation.texts import Phrase, worded

FIRST = ("staff", "deals", "leads", "history", "activities", "orders", "calls")
"""The order in which tables are joined: who is named first has the first numbers."""
PRIMARY = {
    "deals": "created",
    "leads": "created",
    "history": "entered",
    "activities": "completed",
    "orders": "placed",
} | {"calls": "day"}
"""The time by which a row of a table is later than the records end."""


@dataclass
class Joined:
    """Tables of the records as they grow.

    Attributes:
        mapping, span: what holds for all files.
        people, customers, cases, orders: numbers of names.
        tables: by name, as columns of the records.
        entries: of each history, before they are put in order.
        notes: remarks.
        deals: how many there are.
        listed: whether a list says which deals there are.
        wide: the stages were columns of a list.
        renamed: stages that were joined: new names by old ones.
    """

    mapping: Mapping
    span: Span
    people: People = field(default_factory=People)
    customers: Customers = field(default_factory=Customers)
    cases: Registry = field(default_factory=Registry)
    orders: Registry = field(default_factory=Registry)
    tables: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    entries: list[pd.DataFrame] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)
    deals: int = 0
    listed: bool = False
    wide: bool = False
    renamed: dict[str, str] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Adds the table of a file.

        Raises:
            RecordsError: dates in the future; deals of which nobody can tell how they stand.
        """
        kind = part.guess.layout.name
        if kind == "activities" and "completed" not in part.times:
            part.times["completed"], part.bare["completed"] = part.time("started"), part.bare["started"]
        if kind in PRIMARY:
            self.span.cut(part, PRIMARY[kind], self.mapping)
        adding: dict[str, Callable[[Part], None]] = {
            "staff": self._staff,
            "deals": self._deals,
            "leads": self._leads,
            "history": self._history,
            "activities": self._activities,
            "orders": self._orders,
            "calls": self._calls,
        }
        adding[kind](part)

    def _put(self, name: str, frame: pd.DataFrame) -> None:
        self.tables.setdefault(name, []).append(table(name, {str(c): frame[c].to_numpy() for c in frame.columns}))

    def _staff(self, part: Part) -> None:
        end = self.span.end
        hired = part.time("hired")
        part.keep(~(hired >= end), worded("reading-left-later", day=str(end.astype("datetime64[D]"))))
        staff = others.staff_of(part, self.people)
        staff.loc[staff["left"] >= end, "left"] = pd.NaT  # who has given notice is here still
        self._put("staff", staff)

    def _calls(self, part: Part) -> None:
        self._put("calls", others.calls_of(part, self.people))

    def _orders(self, part: Part) -> None:
        seen = self.orders.known(part.column("order"))
        part.keep(seen < 0, worded("reading-left-order-in-other"))
        self._put("orders", others.orders_of(part, self.customers))
        self.orders.of(part.column("order"))

    def _activities(self, part: Part) -> None:
        frame, cases = others.activities_of(part, self.people)
        self._put("activities", frame.assign(case=self.cases.known(cases)))

    def _leads(self, part: Part) -> None:
        frame = leads_of(part, self.mapping, self.people)
        later = (frame["closed"] >= self.span.end).to_numpy()
        frame.loc[later, "status"], frame.loc[later, "closed"] = "open", pd.NaT
        start = sum(map(len, self.tables.get("leads", [])))
        self._put("leads", frame.assign(lead=np.arange(start, start + len(frame))))

    def _deals(self, part: Part) -> None:
        seen = self.cases.known(part.column("id"))
        part.keep(seen < 0, worded("reading-left-in-other"))
        deals = deals_of(part, self.mapping, self.people, self.customers)
        self._closed_in_future(deals)
        self.listed = True
        frame = deals.frame.assign(deal=self._new(len(deals.frame), deals))
        self._put("deals", frame)
        if len(deals.entries):
            self.wide = self.wide or any(meaning.startswith("entered:") for meaning in part.times)
            entries = deals.entries
            row = entries["deal"].to_numpy()
            own = frame["pipeline"].to_numpy()[row]
            entries = entries.assign(
                deal=frame["deal"].to_numpy()[row],
                owner=UNKNOWN,
                pipeline=np.where(own != "", own, entries["pipeline"].to_numpy()),
            )
            self.entries.append(entries)

    def _new(self, count: int, deals: Deals) -> Numbers:
        """Numbers of new deals in the order of their rows; the system's names of them are kept until all is read."""
        before = self.deals
        ids = deals.ids
        named = ids.filled
        numbers = np.full(count, UNKNOWN, np.int64)
        if named.all() and before == len(self.cases):
            numbers = self.cases.of(ids)
            self.deals = len(self.cases)
            return numbers
        for row in range(count):  # rows without a name among them: each takes a number of its own
            label = str(ids.words[ids.codes[row]]) if named[row] else f"\0{before + row}"
            numbers[row] = self.cases.number(label)
        self.deals = len(self.cases)
        return numbers

    def _closed_in_future(self, deals: Deals) -> None:
        """Refuses deals that are said to have closed after today; where the records end earlier, they are open then."""
        if self.span.as_of is not None:
            return
        closed = deals.frame["closed"].to_numpy()
        kept = self.span.cut(deals.part, "closed", self.mapping, closed)
        if kept.all():
            return
        rows = np.flatnonzero(kept)
        place = np.full(len(kept), -1, np.int64)
        place[rows] = np.arange(len(rows))
        entries = deals.entries[kept[deals.entries["deal"].to_numpy()]]
        deals.entries = entries.assign(deal=place[entries["deal"].to_numpy()])
        deals.frame = deals.frame[kept].reset_index(drop=True)
        deals.ids, deals.bare = deals.part.column("id"), deals.bare[kept]

    def _history(self, part: Part) -> None:
        history = history_of(part, self.mapping, self.people, self.customers)
        if self.listed:
            self._history_of_known(history)
            return
        known = self.cases.known(history.ids) >= 0
        if known.any():  # of another file that has no list either
            self._history_goes_on(history, known)
        self._deals_of_history(history, ~known)

    def _deals_of_history(self, history: History, new: NDArray[np.bool_]) -> None:
        """A history without a list: deals are what it says of them."""
        rows = np.flatnonzero(new)
        frame, first = history.frame.iloc[rows], history.first[rows]
        numbers = self.cases.of(history.ids)
        said = np.where(history.status != "", history.status, history.frame["status"].to_numpy())[rows]
        status = np.where(np.isin(said, ("won", "lost")), said, "open").astype(object)
        closed = np.where(np.isnat(history.closed), history.frame["closed"].to_numpy(), history.closed)[rows]
        closed = np.where(status == "open", NOWHEN, np.where(closed < first, first, closed))
        deals = frame.assign(
            deal=numbers[rows],
            created=first,
            closed=closed,
            status=status,
            reason=np.where(status == "lost", frame["reason"], ""),
        )
        self.deals = len(self.cases)
        self._put("deals", deals)
        entries = history.entries[new[history.entries["deal"].to_numpy()]]
        self.entries.append(entries.assign(deal=numbers[entries["deal"].to_numpy()]))

    def _history_goes_on(self, history: History, known: NDArray[np.bool_]) -> None:
        """What a history says of deals that an earlier one has begun: more stages, an earlier begin, a later end."""
        numbers = self.cases.known(history.ids)
        entries = history.entries[known[history.entries["deal"].to_numpy()]]
        self.entries.append(entries.assign(deal=numbers[entries["deal"].to_numpy()]))
        told = pd.DataFrame({"closed": history.closed, "status": history.status, "first": history.first})[known]
        told.index = pd.Index(numbers[known])
        for frame in self.tables["deals"]:
            mine = told.reindex(frame["deal"].to_numpy())
            closed, first = mine["closed"].to_numpy(), mine["first"].to_numpy()
            later = ~np.isnat(closed) & ~(closed < frame["closed"].to_numpy())
            frame["status"] = np.where(later, mine["status"], frame["status"])
            frame["closed"] = np.where(later, closed, frame["closed"].to_numpy())
            frame["created"] = np.where(first < frame["created"].to_numpy(), first, frame["created"].to_numpy())

    def _history_of_known(self, history: History) -> None:
        """A history beside a list: the list says which deals there are, the history when they passed their stages."""
        numbers, part = self.cases.known(history.ids), history.part
        rows = self.cases.known(part.column("deal"))
        unknown = rows < 0
        if unknown.all():
            part.refuse(worded("reading-no-deal-known"), "deal", 0, worded("reading-allowed-same-ids"))
        part.keep(~unknown, worded("reading-left-unlisted"))
        deal = numbers[history.entries["deal"].to_numpy()]
        self.entries.append(history.entries[deal >= 0].assign(deal=deal[deal >= 0]))
        known = numbers >= 0
        ends = pd.DataFrame({"deal": numbers, "closed": history.closed, "status": history.status})[known]
        ends = ends.set_index("deal")
        owners = history.frame["owner"].to_numpy()[known]
        for frame in self.tables["deals"]:
            mine = ends.reindex(frame["deal"].to_numpy())
            agrees = (mine["status"].to_numpy() == frame["status"].to_numpy()) & mine["closed"].notna().to_numpy()
            frame["closed"] = np.where(agrees, mine["closed"].to_numpy(), frame["closed"].to_numpy())
            other = (mine["status"].fillna("").to_numpy() != "") & ~agrees
            if other.any():
                count = int(other.sum())
                self.notes.append(worded("reading-note-disagree", file=part.name, count=count))
            if (frame["owner"] < 0).all():
                last = pd.Series(owners, index=numbers[known]).reindex(frame["deal"].to_numpy()).fillna(UNKNOWN)
                frame["owner"] = last.to_numpy().astype(np.int64)

    def table(self, name: str) -> pd.DataFrame:
        """A table of all files together."""
        frames = self.tables.get(name, [])
        return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0] if frames else table(name)

    def moves(self) -> pd.DataFrame:
        """The table `entries`: all histories, in the order of deal and time."""
        if not self.entries:
            return table("entries")
        every = pd.concat(self.entries, ignore_index=True) if len(self.entries) > 1 else self.entries[0]
        made = table("entries", {str(column): every[column].to_numpy() for column in every.columns})
        order = np.lexsort((np.arange(len(made)), made["entered"].to_numpy().astype(np.int64), made["deal"].to_numpy()))
        made = made.iloc[order].reset_index(drop=True)
        twice = made.duplicated(["deal", "stage", "entered"])
        return made[~twice].reset_index(drop=True) if len(self.entries) > 1 and twice.any() else made


def matched(deals: pd.DataFrame, entries: pd.DataFrame, file: str) -> list[Phrase]:
    """Makes a list and its history agree, in place; gives remarks.

    A deal was created at the latest when it entered its first stage, is in the stage that it entered last where the
    list names none, and its entries have its pipeline.
    """
    if entries.empty or deals.empty:
        return []
    notes: list[Phrase] = []
    number, created = deals["deal"].to_numpy(), deals["created"].to_numpy()
    rows = entries["deal"].to_numpy()
    begin = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
    end = np.append(begin[1:], len(rows)) - 1
    place = np.full(int(max(rows.max(), number.max())) + 1, -1, np.int64)
    place[rows[begin]] = np.arange(len(begin))
    there = place[number] >= 0
    mine = place[number[there]]
    first = np.full(len(number), NOWHEN)
    first[there] = entries["entered"].to_numpy()[begin][mine]
    sooner = first < created
    far = sooner & ((created - first) > DAY)
    if far.any():
        notes.append(worded("reading-note-created-late", file=file, count=int(far.sum())))
    morning = created == created.astype("datetime64[D]")  # a day without a clock
    same_day = morning & (first.astype("datetime64[D]") == created)
    deals["created"] = np.where(sooner | same_day, first, created)
    last, pipeline = np.full(len(number), "", dtype=object), np.full(len(number), "", dtype=object)
    last[there] = entries["stage"].to_numpy()[end][mine]
    pipeline[there] = entries["pipeline"].to_numpy()[end][mine]
    said = deals["stage"].to_numpy()
    still = (deals["status"] == "open").to_numpy() & (said != "")
    deals["stage"] = np.where(still | (last == ""), said, last)
    deals["pipeline"] = np.where(deals["pipeline"] == "", pipeline, deals["pipeline"])
    if (entries["pipeline"] == "").any() and (deals["pipeline"] != "").any():
        whose = np.full(len(place), "", dtype=object)
        whose[number] = deals["pipeline"].to_numpy()
        entries["pipeline"] = np.where(entries["pipeline"] == "", whose[rows], entries["pipeline"])
    return notes
