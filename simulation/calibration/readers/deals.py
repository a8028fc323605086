"""Lists of deals and of leads: one row each, how each stands, when it closed, and what the list tells of its stages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers.guessing import stage_and_pipeline
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.moments import NOWHEN, Times
from simulation.calibration.readers.part import Part
from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.registry import Customers, Registry
from simulation.calibration.readers.vocabulary import ENTERED
from simulation.calibration.readers.words import LEAD_STATUSES, STATUSES, alike, ended, likely_end, repeated
from simulation.texts import Phrase, worded
from simulation.written.spelling import nearest

Words = NDArray[np.object_]


@dataclass
class Deals:
    """Deals of one file.

    Attributes:
        frame: columns of the table `deals` without numbers of the deals.
        ids: as the system calls them.
        entries: deal (row of `frame`), pipeline, stage, entered.
        part: the file.
        bare: whether the closing has no clock.
    """

    frame: pd.DataFrame
    ids: Column
    entries: pd.DataFrame
    part: Part
    bare: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))


def same(column: Column, rename: dict[str, str] | None = None) -> Column:
    """A column in which words that differ in capitals, spaces or ё only are one, and stages have their new names."""
    first: dict[str, str] = {}
    new = rename or {}
    words = []
    for word in column.words:
        word = new.get(alike(word), word)
        words.append(first.setdefault(alike(word) or word, word))
    return Column.merged(column.codes, words)


def renamed(mapping: Mapping) -> dict[str, str]:
    """New names of stages, by their old ones made alike."""
    return {alike(old): new for old, new in mapping.rename.items()}


def deals_of(part: Part, mapping: Mapping, people: Registry, customers: Customers) -> Deals:
    """The deals of a list.

    Raises:
        RecordsError: it cannot be told which deals are won and which are lost.
    """
    _begin(part)
    status = _standing(part, mapping, STATUSES)
    part.keep(status != "deleted", worded("reading-left-deleted"))
    status = status[status != "deleted"]
    closed, bare = _closings(part, status)
    entries = _entries(part, status, mapping)
    created = part.time("created")
    sooner = closed < created
    midnight = sooner & bare & (closed >= created.astype("datetime64[D]"))
    closed = np.where(midnight, created, closed)  # a day without a clock: later on the same day
    wrong = sooner & ~midnight
    if wrong.any():
        kept = np.flatnonzero(~wrong)
        place = np.full(len(wrong), -1, np.int64)
        place[kept] = np.arange(len(kept))
        entries = entries[~wrong[entries["deal"].to_numpy()]].copy()
        entries["deal"] = place[entries["deal"].to_numpy()]
        part.keep(~wrong, worded("reading-left-closed-before"))
        status, closed, bare, created = status[kept], closed[kept], bare[kept], created[kept]
    renames = renamed(mapping)
    stage = same(part.column("stage"), renames)
    still = np.array(
        [not ended(word) and alike(word) not in _told(mapping) | part.ends for word in stage.words], np.bool_
    )
    stage_words = np.where(stage.each(still, False), stage.cells(), "")
    both = part.column("customer").with_first(part.column("contact"))
    frame = pd.DataFrame(
        {
            "created": created,
            "closed": closed,
            "status": status,
            "pipeline": same(part.column("pipeline")).cells(),
            "stage": stage_words,
            "channel": same(part.column("channel")).cells(),
            "owner": people.of(part.column("owner")),
            "amount": part.amount("amount"),
            "customer": customers.of_both(part.column("customer_id"), both),
            "repeat": part.column("repeat").told(repeated, np.nan, np.float64),
            "product": same(part.column("product")).cells(),
            "reason": np.where(status == "lost", same(part.column("reason")).cells(), ""),
        }
    )
    return Deals(frame, part.column("id"), entries, part, bare)


def leads_of(part: Part, mapping: Mapping, people: Registry) -> pd.DataFrame:
    """The columns of the table `leads` without their numbers."""
    _begin(part)
    status = _standing(part, mapping, LEAD_STATUSES)
    status = np.where(status == "won", "qualified", status)
    stage = same(part.column("stage"), renamed(mapping))
    closed = np.where(status == "open", NOWHEN, part.time("closed"))
    if "closed" not in part.times:
        closed, _ = _closed_elsewhere(part, status, closed, np.zeros(part.rows, np.bool_))
    closed = np.where(closed < part.time("created"), part.time("created"), closed)
    still = np.array([alike(word) not in LEAD_STATUSES for word in stage.words], np.bool_)
    return pd.DataFrame(
        {
            "created": part.time("created"),
            "closed": closed,
            "status": status,
            "stage": np.where(stage.each(still, False), stage.cells(), ""),
            "channel": same(part.column("channel")).cells(),
            "owner": people.of(part.column("owner")),
            "amount": part.amount("amount"),
        }
    )


def _begin(part: Part) -> None:
    """One row a deal with a date of creation, and the words that are left.

    Raises:
        RecordsError: no row is left.
    """
    whole = part.rows
    _one_row_each(part)
    part.keep(~np.isnat(part.time("created")), worded("reading-left-no-date"))
    if not part.rows:
        allowed = worded("reading-allowed-dates")
        part.refuse(part.nothing_left(whole), "created", allowed=allowed if whole else "")
    for meaning in {"status", "stage"} & set(part.columns):
        part.columns[meaning] = part.columns[meaning].used


def _told(mapping: Mapping) -> frozenset[str]:
    """Stages of which the user said that deals have ended there."""
    return frozenset(alike(word) for word, status in mapping.statuses.items() if status != "open")


def _one_row_each(part: Part) -> None:
    """One row a deal: rows of its products become one, of duplicates the last changed stays."""
    codes = part.column("id").codes
    named = codes >= 0
    if not named.any():
        return
    counts = np.bincount(codes[named])
    again = named & (counts[codes] > 1)
    if not again.any():
        return
    rows = np.flatnonzero(again)
    product, price = part.column("product").codes[rows], part.amount("price")[rows]
    several = pd.DataFrame({"deal": codes[rows], "product": product, "price": np.nan_to_num(price, nan=-1.0)})
    by_deal = several.drop_duplicates().groupby("deal").size()
    with_products = np.isin(codes, by_deal.index[by_deal > 1].to_numpy()) & again
    worth = part.amount("price") * np.nan_to_num(part.amount("quantity"), nan=1.0)
    if with_products.any():
        _amounts_of_products(part, codes, with_products, worth)
    _clocks_of_one_deal(part, codes, again)
    changed = part.time("modified").astype(np.int64)
    changed = np.where(np.isnat(part.time("modified")), np.iinfo(np.int64).min, changed)
    first_of = np.where(with_products, np.nan_to_num(worth, nan=-1.0), 0.0)
    order = np.lexsort((np.arange(part.rows), changed, first_of, codes))
    last = np.ones(part.rows, np.bool_)
    last[order[:-1]] = codes[order[:-1]] != codes[order[1:]]
    kept = last | ~named
    if with_products.any():
        deals, lines = len(np.unique(codes[with_products])), int(with_products.sum())
        part.notes.append(worded("reading-note-products", file=part.name, deals=deals, rows=lines))
    duplicate = ~kept & ~with_products
    part.keep(~duplicate, worded("reading-left-duplicate"))
    part.take(np.flatnonzero(kept[~duplicate]))


def _clocks_of_one_deal(part: Part, codes: NDArray[np.int64], rows: NDArray[np.bool_]) -> None:
    """A day without a clock in one row of a deal has the clock that another row of it gives for that day."""
    for meaning, times in part.times.items():
        bare, exact = part.bare[meaning] & rows, ~part.bare[meaning] & rows & ~np.isnat(times)
        if not bare.any() or not exact.any():
            continue
        known = np.full(int(codes.max()) + 1, NOWHEN)
        known[codes[exact]] = times[exact]
        found = np.where(bare, known[codes], NOWHEN)
        same = bare & (found.astype("datetime64[D]") == times.astype("datetime64[D]"))
        part.times[meaning] = np.where(same, found, times)
        part.bare[meaning] = part.bare[meaning] & ~same


def _amounts_of_products(
    part: Part, codes: NDArray[np.int64], rows: NDArray[np.bool_], worth: NDArray[np.float64]
) -> None:
    """A deal without an amount of its own is worth what its products are."""
    amount = part.amount("amount").copy()
    sums = pd.Series(worth[rows]).groupby(codes[rows]).sum(min_count=1)
    mine = sums.reindex(codes[rows]).to_numpy()
    amount[rows] = np.where(np.isnan(amount[rows]), mine, amount[rows])
    part.amounts["amount"] = amount


def _standing(part: Part, mapping: Mapping, known: dict[str, str]) -> Words:
    """'open', 'won', 'lost' (or 'qualified') of each row, from its status, else its stage, else its times.

    Raises:
        RecordsError: no word of the status says that a deal has ended.
    """
    said = {alike(word): status for word, status in mapping.statuses.items()}
    result = np.full(part.rows, "", dtype=object)
    for meaning in ("status", "stage"):
        column = part.column(meaning)
        if not len(column.words):
            continue
        each = [said.get(alike(word)) or known.get(alike(word)) or ended(word) for word in column.words]
        if meaning == "status" and not any(status not in ("", "open") for status in each):
            each = _not_a_status(part, column, each)
        words = np.array([*each, ""], dtype=object)
        ends = words[column.codes]
        result = np.where(result == "", ends, result)
    for meaning, status in (("won_time", "won"), ("lost_time", "lost")):
        result = np.where((result == "") & ~np.isnat(part.time(meaning)), status, result)
    result = _likely(part, result, {*said, *known})
    unknown = [
        str(word)
        for word in part.column("status").words
        if not (said.get(alike(word)) or known.get(alike(word)) or ended(word))
    ]
    if unknown and part.column("stage").filled.any():
        names = ", ".join(sorted(unknown)[:5])
        part.notes.append(worded("reading-note-statuses", file=part.name, names=names))
    return np.where(result == "", "open", result)


def _likely(part: Part, result: Words, known: Collection[str]) -> Words:
    """Where no deal is known to be won, or none to be lost: those whose status or stage sounds so, told in a note."""
    for side in ("won", "lost"):
        if (result == side).any() or (result == "qualified").any():
            continue
        for meaning in ("stage", "status"):
            column = part.column(meaning)
            sounds = np.array([alike(w) not in known and likely_end(w) == side for w in column.words], np.bool_)
            rows = (result == "") & column.each(sounds, False)
            if rows.any():
                result = np.where(rows, side, result)
                words = [str(word) for word in column.words[sounds]]
                part.ends |= {alike(word) for word in words}
                part.notes.append(likely_note(part.name, side, words))
                break
    return result


def likely_note(file: str, side: str, words: list[str]) -> Phrase:
    """That words were taken for won or for lost."""
    if side == "won":
        return worded("reading-note-likely-won", file=file, words=words)
    return worded("reading-note-likely-lost", file=file, words=words)


def _not_a_status(part: Part, column: Column, each: list[str]) -> list[str]:
    """Refuses a status of which no word is known; one that is always open tells nothing, and the stage is asked."""
    strange = [str(word) for word, status in zip(column.words, each, strict=True) if not status]
    strange = [word for word in strange if not likely_end(word)]
    if (
        strange
        and not any(map(likely_end, column.words))
        and not part.column("stage").filled.any()
        and "won_time" not in part.times
    ):
        row = int(np.argmax(column.codes == list(column.words).index(strange[0])))
        near = nearest(strange[0], ("open", "won", "lost"))
        part.refuse(worded("reading-status", count=len(strange)), "status", row, worded("reading-allowed-status"), near)
    return [""] * len(each) if strange or part.column("stage").filled.any() else each


def _closings(part: Part, status: Words) -> tuple[Times, NDArray[np.bool_]]:
    """When each ended deal closed; what the system recorded itself comes before what people write."""
    closed: Times = np.full(part.rows, NOWHEN)
    bare = np.zeros(part.rows, np.bool_)
    candidates: list[tuple[str, str]] = []
    for meaning in part.times:
        if meaning.startswith(ENTERED):
            kind = ended(stage_and_pipeline(meaning.removeprefix(ENTERED))[0])
            if kind:
                candidates.append((meaning, kind))
    candidates += [("won_time", "won"), ("lost_time", "lost"), ("closed", "won"), ("closed", "lost")]
    for meaning, kind in candidates:
        if meaning not in part.times:
            continue
        takes = np.isnat(closed) & (status == kind) & ~np.isnat(part.times[meaning])
        closed = np.where(takes, part.times[meaning], closed)
        bare = np.where(takes, part.bare[meaning], bare)
    if "closed" not in part.times:
        closed, bare = _closed_elsewhere(part, status, closed, bare)
    edited = part.time("modified")
    same: NDArray[np.bool_] = bare & (closed.astype("datetime64[D]") == edited.astype("datetime64[D]"))
    closed, bare = np.where(same, edited, closed), bare & ~same  # the last edit on that day has a clock
    without = int((np.isnat(closed) & (status != "open")).sum())
    if without:
        part.notes.append(worded("reading-note-no-closing", file=part.name, count=without))
    return closed, bare


def _closed_elsewhere(
    part: Part, status: Words, closed: Times, bare: NDArray[np.bool_]
) -> tuple[Times, NDArray[np.bool_]]:
    """When deals closed in a list that has no such column.

    The expected date of closing, where closing overwrites it: then most ended deals were edited last on that day. Else
    the last edit, which may be later than the closing.
    """
    expected, edited = part.time("expected"), part.time("modified")
    open_still = (status == "open") | ~np.isnat(closed)
    both = ~open_still & ~np.isnat(expected) & ~np.isnat(edited)
    on_that_day = expected[both].astype("datetime64[D]") == edited[both].astype("datetime64[D]")
    if "expected" in part.times and (not both.any() or on_that_day.mean() >= 0.5):
        meaning = "expected"
    elif "modified" in part.times:
        meaning = "modified"
    else:
        return closed, bare
    takes = ~open_still & ~np.isnat(part.times[meaning])
    count, column = int(takes.sum()), part.headers[meaning]
    if count and meaning == "expected":
        part.notes.append(worded("reading-note-expected", file=part.name, column=column, count=count))
    elif count:
        part.notes.append(worded("reading-note-edited", file=part.name, column=column, count=count))
    return np.where(takes, part.times[meaning], closed), np.where(takes, part.bare[meaning], bare)


def _entries(part: Part, status: Words, mapping: Mapping) -> pd.DataFrame:
    """When deals entered stages, as far as a list tells: columns of their own, or the last change of an open deal."""
    renames = renamed(mapping)
    mine = np.array([alike(word) for word in part.column("pipeline").cells()], dtype=object)
    rows: list[pd.DataFrame] = []
    for meaning, times in part.times.items():
        if not meaning.startswith(ENTERED):
            continue
        stage, pipeline = stage_and_pipeline(meaning.removeprefix(ENTERED))
        if ended(stage):
            continue
        there = ~np.isnat(times)
        if pipeline:
            there &= (mine == alike(pipeline)) | (mine == "")
        deal = np.flatnonzero(there)
        name = renames.get(alike(stage), stage)
        named = {"deal": deal, "pipeline": pipeline, "stage": name, "entered": times[deal], "place": len(rows)}
        rows.append(pd.DataFrame(named))
    if not rows and "moved" in part.times:
        stage_words = same(part.column("stage"), renames).cells()
        deal = np.flatnonzero((status == "open") & ~np.isnat(part.times["moved"]) & (stage_words != ""))
        pipelines = part.column("pipeline").cells()[deal]
        moved = part.times["moved"][deal]
        rows.append(
            pd.DataFrame(
                {"deal": deal, "pipeline": pipelines, "stage": stage_words[deal], "entered": moved, "place": 0}
            )
        )
    if not rows:
        return pd.DataFrame(
            {"deal": np.zeros(0, np.int64), "pipeline": [], "stage": [], "entered": np.zeros(0, "M8[s]")}
        )
    every = pd.concat(rows, ignore_index=True).sort_values(["deal", "entered", "place"], kind="stable")
    return every.drop(columns="place").reset_index(drop=True)
