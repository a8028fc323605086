"""Tables of stage history: one row each time a deal entered a stage, or changed from one to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers.deals import likely_note, renamed, same
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.moments import NOWHEN, Times
from simulation.calibration.readers.part import Part
from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.registry import Customers, Registry, in_order
from simulation.calibration.readers.words import STATUSES, alike, ended, likely_end
from simulation.texts import worded


@dataclass
class History:
    """The stage history of one file.

    Attributes:
        part: the file, its rows in the order of deal and time.
        ids: the system's name of each deal, in the order of first appearance; shape (deals,).
        entries: deal (place in `ids`), pipeline, stage, entered, owner.
        closed, status: how each deal ended, as far as a stage says it; shape (deals,).
        first: the first moment of each deal; shape (deals,).
        frame: what the file says of each deal beside its stages, as columns of the table `deals`.
    """

    part: Part
    ids: Column
    entries: pd.DataFrame
    closed: Times
    status: NDArray[np.object_]
    first: Times
    frame: pd.DataFrame


def history_of(part: Part, mapping: Mapping, people: Registry, customers: Customers) -> History:
    """The history in a file; rows that change no stage are left out.

    Raises:
        RecordsError: nothing is left.
    """
    part.keep(part.column("deal").filled, worded("reading-left-no-deal"))
    part.keep(part.column("stage").filled, worded("reading-left-no-stage"))
    part.keep(~np.isnat(part.time("entered")), worded("reading-left-no-time"))
    whole = part.rows
    stage = same(part.column("stage"), renamed(mapping))
    part.columns["stage"] = stage
    if "from" in part.columns:
        _from_is_to(part, mapping)
    codes = part.column("deal").codes
    order = np.lexsort((np.arange(part.rows), part.time("entered").astype(np.int64), codes))
    part.take(order)
    _without_repeats(part)
    if not part.rows:
        part.refuse(part.nothing_left(whole))
    codes, times = part.column("deal").codes, part.time("entered")
    deals = in_order(part.column("deal").codes[np.argsort(part.lines, kind="stable")])
    place = np.full(len(part.column("deal").words) + 1, -1, np.int64)
    place[deals] = np.arange(len(deals))
    deal = place[codes]
    ids = Column(deals, part.column("deal").words)
    said = {alike(word): status for word, status in mapping.statuses.items()}
    kinds = np.array(
        [said.get(alike(word), "") or ended(word) for word in part.column("stage").words] + [""], dtype=object
    )
    kinds[kinds == "open"] = ""
    last = np.append(codes[1:] != codes[:-1], True)
    _likely(part, kinds, last, said)
    ends = kinds[part.column("stage").codes]
    closed = np.full(len(deals), NOWHEN)
    status = np.full(len(deals), "", dtype=object)
    over = last & (ends != "")
    closed[deal[over]], status[deal[over]] = times[over], ends[over]
    reopened = int(((ends != "") & ~last).sum())
    if reopened:
        part.notes.append(worded("reading-note-reopened", file=part.name, count=reopened))
    first_row = np.append(True, codes[1:] != codes[:-1])
    first = np.full(len(deals), NOWHEN)
    first[deal[first_row]] = times[first_row]
    _cut_off(part, first_row)
    owner = people.of(part.column("owner")) if "owner" in part.columns else np.full(part.rows, -1, np.int64)
    entries = pd.DataFrame(
        {
            "deal": deal,
            "pipeline": same(part.column("pipeline")).cells(),
            "stage": part.column("stage").cells(),
            "entered": times,
            "owner": owner,
        }
    )[ends == ""]
    frame = _deals(part, deal, len(deals), people, customers, owner)
    if "created" in part.times:
        _created_before(part, deal, first)
    return History(part, ids, entries.reset_index(drop=True), closed, status, first, frame)


def _likely(part: Part, kinds: NDArray[np.object_], last: NDArray[np.bool_], said: Collection[str]) -> None:
    """Where no stage is known to be won, or none to be lost: stages that sound so and that nobody leaves."""
    stage = part.column("stage")
    used = np.bincount(stage.codes, minlength=len(stage.words)) > 0
    left = np.bincount(stage.codes[~last], minlength=len(stage.words)) > 0
    for side in ("won", "lost"):
        if (kinds[:-1][used] == side).any():
            continue
        found = [
            place
            for place in np.flatnonzero(used & ~left & (kinds[:-1] == ""))
            if alike(str(stage.words[place])) not in said and likely_end(str(stage.words[place])) == side
        ]
        kinds[found] = side
        if found:
            part.notes.append(likely_note(part.name, side, [str(stage.words[place]) for place in found]))


def _from_is_to(part: Part, mapping: Mapping) -> None:
    """Leaves out rows that change no stage: edits of amount or date."""
    before = same(part.columns["from"], renamed(mapping))
    now = part.column("stage")
    known = {alike(word): number for number, word in enumerate(now.words)}
    there = np.array([known.get(alike(word), -2) for word in before.words] + [-3], np.int64)
    part.keep(there[before.codes] != now.codes, worded("reading-left-no-change"))


def _without_repeats(part: Part) -> None:
    """Leaves out rows that stand there twice, and those that say again in which stage a deal is."""
    codes, stage, times = part.column("deal").codes, part.column("stage").codes, part.time("entered")
    again = np.zeros(part.rows, np.bool_)
    again[1:] = (codes[1:] == codes[:-1]) & (stage[1:] == stage[:-1])
    twice = again.copy()
    twice[1:] &= times[1:] == times[:-1]
    if twice.any():
        part.keep(~twice, worded("reading-left-duplicate"))
        again = again[~twice]
    part.keep(~again, worded("reading-left-no-change"))


def _cut_off(part: Part, first_row: NDArray[np.bool_]) -> None:
    """Tells of deals whose history begins in the middle: their first row has a stage before it."""
    if "from" not in part.columns:
        return
    cut = int((part.columns["from"].filled & first_row).sum())
    if cut:
        part.notes.append(worded("reading-note-cut-off", file=part.name, count=cut))


def _created_before(part: Part, deal: NDArray[np.int64], first: Times) -> None:
    """A deal begins when it was created, where the file says so and that is before its first stage."""
    created = part.time("created")
    moments = np.where(np.isnat(created), np.iinfo(np.int64).max, created.astype(np.int64))
    earliest = np.full(len(first), np.iinfo(np.int64).max, np.int64)
    np.minimum.at(earliest, deal, moments)
    days = earliest // 86_400 == first.astype(np.int64) // 86_400
    sooner = (earliest < first.astype(np.int64)) & ~(
        days & (earliest % 86_400 == 0)
    )  # a day without a clock is no time
    first[sooner] = earliest[sooner].astype("datetime64[s]")


def _deals(
    part: Part,
    deal: NDArray[np.int64],
    count: int,
    people: Registry,
    customers: Customers,
    owner: NDArray[np.int64],
) -> pd.DataFrame:
    """What is said last of each deal."""

    def last(filled: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = np.flatnonzero(filled)
        latest = np.full(count, -1, np.int64)
        np.maximum.at(latest, deal[rows], rows)
        return np.flatnonzero(latest >= 0), latest[latest >= 0]

    def words(meaning: str) -> NDArray[np.object_]:
        column = same(part.column(meaning))
        result = np.full(count, "", dtype=object)
        where, rows = last(column.filled)
        result[where] = column.cells()[rows]
        return result

    amount = np.full(count, np.nan)
    where, rows = last(~np.isnan(part.amount("amount")))
    amount[where] = part.amount("amount")[rows]
    whose = np.full(count, -1, np.int64)
    where, rows = last(owner >= 0)
    whose[where] = owner[rows]
    customer = np.full(count, -1, np.int64)
    numbers = customers.of_both(part.column("customer_id"), part.column("customer"))
    where, rows = last(numbers >= 0)
    customer[where] = numbers[rows]
    closed = np.full(count, NOWHEN)
    where, rows = last(~np.isnat(part.time("closed")))
    closed[where] = part.time("closed")[rows]
    status = words("status")
    said = {word: STATUSES.get(alike(word), "") for word in set(status)}
    return pd.DataFrame(
        {
            "pipeline": words("pipeline"),
            "channel": words("channel"),
            "owner": whose,
            "amount": amount,
            "customer": customer,
            "product": words("product"),
            "reason": words("reason"),
            "closed": closed,
            "status": np.array([said[word] for word in status], dtype=object),
        }
    )
