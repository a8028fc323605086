"""Files in, `Records` out: each file is read for itself, then all are joined, then held against what may be wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

import numpy as np
import pandas as pd

from simulation.calibration.readers import faults, renaming
from simulation.calibration.readers.files import table as table_of
from simulation.calibration.readers.guessing import Guess
from simulation.calibration.readers.joining import FIRST, Joined, matched
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.moments import ORDERS, Order
from simulation.calibration.readers.order import stages_of
from simulation.calibration.readers.part import Part, Span, dates_of, understood
from simulation.calibration.readers.privacy import is_free, tells
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet
from simulation.calibration.readers.report import ReadFile, read_file
from simulation.calibration.readers.vocabulary import IGNORED, PRIVATE
from simulation.calibration.readers.words import plain
from simulation.calibration.records import Records, table
from simulation.texts import Day, Phrase, Verbatim, say, worded
from simulation.written.spelling import nearest, quoted

Path = str | os.PathLike[str]
Progress = Callable[[float], None]
NONE = Mapping()
SILENCE = 14
"""Days without a row at the end of records from which on their end is doubted."""


@dataclass(frozen=True)
class Reading:
    """What came out of reading some files.

    Attributes:
        records: the records.
        files: what each file was, column by column.
        mapping: what every column was taken for, to be written beside the result, mended and read again.
    """

    records: Records
    files: tuple[ReadFile, ...]
    mapping: Mapping


def read(
    files: Path | Sequence[Path],
    *,
    as_of: date | None = None,
    mapping: Mapping | Path | None = None,
    last: Mapping | None = None,
    dates: str | None = None,
    since: date | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Records:
    """The records in some files; `reading`, with the same arguments and errors, tells besides how they were read."""
    return reading(
        files, as_of=as_of, mapping=mapping, last=last, dates=dates, since=since, today=today, progress=progress
    ).records


def reading(
    files: Path | Sequence[Path],
    *,
    as_of: date | None = None,
    mapping: Mapping | Path | None = None,
    last: Mapping | None = None,
    dates: str | None = None,
    since: date | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Reading:
    """The records in some files, with a report on each.

    Args:
        files: exports of a CRM, tables of orders, staff, calls, logs of activities, in any order. What each is, is seen
            in it.
        as_of: the day on whose morning the records end; the day after the last event when None.
        mapping: what the user decided about his columns, or the file that says it.
        last: what the last import came to, for columns whose heading tells nothing.
        dates: 'day-first' or 'month-first', where the dates do not tell; the mapping's own comes after it.
        since: the first day on which everything was recorded.
        today: what lies after it has not happened yet; the day on which this runs when None.
        progress: is told the share that is done.

    Raises:
        RecordsError: a file cannot be read, or nothing can be learned from what stands in it. Its problems name file,
            line, column, what is wrong, what is allowed and the nearest that would be right.
        ScenarioError: the mapping is no YAML.
    """
    paths = [files] if isinstance(files, (str, os.PathLike)) else list(files)
    told = progress or (lambda share: None)
    chosen = mapping if isinstance(mapping, Mapping) else NONE if mapping is None else Mapping.read(mapping)
    if dates is not None:
        chosen = replace(chosen, dates=_order(dates))
    if not paths:
        refuse("", worded("reading-no-files"), allowed=worded("reading-allowed-files"))
    span = Span(
        None if as_of is None else np.datetime64(as_of, "s"),
        np.datetime64((today or date.today()) + timedelta(days=1), "s"),
    )
    joined = Joined(chosen, span)
    tables: list[tuple[Sheet, Guess]] = []
    for number, path in enumerate(paths):
        tables.append(table_of(path, chosen, {} if last is None else last.columns))
        told(0.4 * (number + 1) / len(paths))
    orders = {dates_of(sheet, taken).order for sheet, taken in tables} - {None}
    beside = orders.pop() if len(orders) == 1 else None
    opened: list[tuple[Sheet, Guess, Part]] = []
    for sheet, taken in tables:
        opened.append((sheet, taken, understood(sheet, taken, chosen, beside)))
        told(0.4 + 0.2 * len(opened) / len(paths))
    joined.notes += _not_there(chosen, tables)
    order = sorted(range(len(opened)), key=lambda place: (FIRST.index(opened[place][1].layout.name), place))
    for done, place in enumerate(order):
        joined.add(opened[place][2])
        told(0.6 + 0.25 * (done + 1) / len(order))
    records = _records(joined, [part for _, _, part in opened], as_of, since)
    told(0.95)
    names = joined.people.names | joined.customers.names
    reports = tuple(
        replace(read_file(sheet, guess, part.order, sheet.form != "csv", names), notes=tuple(part.notes))
        for sheet, guess, part in opened
    )
    made = Reading(records, reports, _as_used(chosen, opened, records, joined.renamed))
    told(1.0)
    return made


def guess(
    file: Path, *, mapping: Mapping | None = None, last: Mapping | None = None, sheet: str | None = None
) -> ReadFile:
    """What a file is taken for, column by column, with samples; of what may tell who somebody is, shapes only.

    Args:
        file: the file; of a long text its begin is looked at.
        mapping: what the user decided so far.
        last: what the last import came to.
        sheet: name of the sheet of a workbook.

    Raises:
        RecordsError: it cannot be read, or has no table in it. Missing columns are no error here: `missing` names them.
    """
    read, taken = table_of(file, mapping or NONE, {} if last is None else last.columns, sheet, every=True)
    return read_file(read, taken)


def _order(dates: str) -> Order:
    if dates not in ORDERS:
        told = worded("not-allowed-here", value=quoted(dates))
        refuse("dates", told, allowed=", ".join(ORDERS), near=nearest(dates, ORDERS))
    return dates


def _records(joined: Joined, parts: Sequence[Part], as_of: date | None, since: date | None) -> Records:
    """The tables together, held against one another."""
    main = next((part for part in parts if part.guess.layout.name in ("deals", "history")), parts[0])
    deals, entries = joined.table("deals"), joined.moves()
    notes = [note for part in parts for note in part.notes] + joined.notes
    notes += matched(deals, entries, main.name)
    tables = {name: joined.table(name) for name in ("activities", "orders", "staff", "calls", "leads")}
    last = _after_the_last(deals, entries, tables, _edited(parts, joined.span.today))
    day = as_of or last
    if (day - last).days > SILENCE:
        notes.insert(0, worded("reading-note-ends-early", last=Day(last), day=Day(day), days=(day - last).days))
    end = np.datetime64(day, "s")
    _reopened(deals, entries, end)
    names = joined.people.names, joined.customers.names
    for name, frame in [("deals", deals), ("entries", entries), *tables.items()]:
        notes += _only_words(name, frame, names)
    deals, entries, told = _one_name(joined, main.name, deals, entries, end)
    notes += told
    stages = stages_of(deals, entries, joined.mapping.stages, end)
    deals, entries = _made("deals", deals), _made("entries", entries)
    tables = {name: _made(name, frame) for name, frame in tables.items()}
    records = Records(
        as_of=day,
        since=since,
        deals=deals,
        entries=entries,
        currency=_currency(parts),
        files=tuple(part.name for part in parts),
        left_out=tuple(left for part in parts for left in part.left_out),
        stages=stages,
        activities=tables["activities"],
        orders=tables["orders"],
        staff=tables["staff"],
        calls=tables["calls"],
        leads=tables["leads"],
    )
    history = entries if records.has_history else entries.iloc[:0]
    faults.refused(main.path, deals, history, joined.mapping.allow, end)
    notes += faults.noticed(main.name, deals, history, stages, joined.wide, end)
    if len(deals) and not records.has_history:
        notes += _no_history(parts)
        if len(stages) > 1 and not joined.mapping.stages:
            notes.append(worded("reading-note-stages", file=main.name, stages=list(stages)))
    return replace(records, notes=tuple(dict.fromkeys(notes)))


def _one_name(
    joined: Joined, file: str, deals: pd.DataFrame, entries: pd.DataFrame, end: np.datetime64
) -> tuple[pd.DataFrame, pd.DataFrame, list[Phrase]]:
    """The tables with one name for each stage that got another one, and remarks on it; the mapping keeps them apart."""
    pairs = renaming.joined(entries, end, joined.mapping.rename)
    if not pairs:
        return deals, entries, []
    names = {each.old: each.new for each in pairs}
    joined.renamed |= names
    notes: list[Phrase] = [
        say(
            "reading-note-joined",
            file=Verbatim(file),
            old=Verbatim(each.old),
            new=Verbatim(each.new),
            day=Day(each.day),
        )
        for each in pairs
    ]
    return renaming.renamed(deals, names), renaming.without_repeats(renaming.renamed(entries, names)), notes


def _made(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its columns in their order and kinds."""
    return table(name, {str(column): frame[column].to_numpy() for column in frame.columns})


def _not_there(mapping: Mapping, tables: Sequence[tuple[Sheet, Guess]]) -> list[Phrase]:
    """Columns of which the mapping speaks and that no file of their kind has, with the nearest to the first of them."""
    notes = []
    for kind, columns in mapping.columns.items():
        mine = [sheet for sheet, taken in tables if taken.layout.name == kind]
        headers = [header for sheet in mine for header in sheet.headers]
        missing = [column for column, meaning in columns.items() if meaning != IGNORED and column not in headers]
        if mine and missing:
            near = nearest(missing[0], headers) or "–"
            notes.append(worded("reading-note-mapping", file=mine[0].name, columns=missing, near=near))
    return notes


def _edited(parts: Sequence[Part], today: np.datetime64) -> pd.Series:
    """When rows were edited: no event, but the records go at least so far."""
    found = [part.time(meaning) for part in parts for meaning in ("modified", "moved") if meaning in part.times]
    times = np.concatenate(found) if found else np.zeros(0, "datetime64[s]")
    return pd.Series(times[times < today])


def _after_the_last(
    deals: pd.DataFrame, entries: pd.DataFrame, tables: dict[str, pd.DataFrame], edited: pd.Series
) -> date:
    """The day after the last event or edit."""
    columns = [
        deals["created"],
        deals["closed"],
        entries["entered"],
        tables["leads"]["created"],
        tables["leads"]["closed"],
    ]
    columns += [tables["activities"]["completed"], tables["orders"]["placed"], tables["calls"]["day"], edited]
    if all(column.dropna().empty for column in columns):
        columns = [tables["staff"]["hired"], tables["staff"]["left"]]
    last = max((column.max() for column in columns if column.notna().any()), default=pd.Timestamp(date.today()))
    return (last.normalize() + pd.Timedelta(days=1)).date()


def _reopened(deals: pd.DataFrame, entries: pd.DataFrame, end: np.datetime64) -> None:
    """Deals that close after the records end are open then."""
    later = deals["closed"].to_numpy() >= end
    if not later.any():
        return
    last = entries.groupby("deal")["stage"].last().reindex(deals["deal"].to_numpy()).fillna("").to_numpy()
    deals["stage"] = np.where(later, last, deals["stage"])
    deals["status"] = np.where(later, "open", deals["status"])
    deals["reason"] = np.where(later, "", deals["reason"])
    deals.loc[later, "closed"] = pd.NaT


WORDS = {
    "deals": ("pipeline", "stage", "channel", "product", "reason"),
    "entries": ("pipeline", "stage"),
    "activities": ("activity",),
    "staff": ("role",),
    "leads": ("stage", "channel"),
}
"""Columns of the records in which words stand as they were written."""
USUAL = 5
"""Rows with a word from which on it names a source or product, also where a customer has the same name."""
CHOSEN = ("pipeline", "stage", "status")
"""Words that a CRM lets nobody write freely."""


def _only_words(name: str, frame: pd.DataFrame, names: tuple[frozenset[str], frozenset[str]]) -> list[Phrase]:
    """Takes out of the columns with words what tells who somebody is, and what was written freely; tells of it.

    Args:
        name: of the table.
        frame: the table, which is changed.
        names: of people, and of customers; a customer may bear the name of a source of many deals (Yandex).
    """
    people, customers = names
    notes: list[Phrase] = []
    for column in WORDS.get(name, ()):
        if frame.empty:
            continue
        codes, found = pd.factorize(frame[column])
        words = np.asarray(found, dtype=object)
        whole = Column.merged(codes.astype(np.int64), list(words))
        if column not in CHOSEN and len(words) > 1 and is_free(whole):
            notes.append(worded("reading-note-free", table=name, column=column))
            frame[column] = ""
            continue
        usual = {plain(str(word)) for word, count in zip(words, np.bincount(codes), strict=True) if count >= USUAL}
        known = people | (customers - usual)
        private = np.array([bool(word) and tells(word, known) for word in words], np.bool_)
        if private.any():
            count = int(private[codes].sum())
            notes.append(worded("reading-note-private", table=name, column=column, count=count))
            frame[column] = np.where(private, "", words)[codes]
    return notes


def _currency(parts: Sequence[Part]) -> str:
    """The one currency of all files.

    Raises:
        RecordsError: files name different ones.
    """
    found: dict[str, Part] = {}
    for part in parts:
        column = part.column("currency")
        for code in np.unique(column.codes[column.filled]):
            found.setdefault(str(column.words[code]), part)
    if len(found) > 1:
        (first, _), (other, part) = list(found.items())[:2]
        part.refuse(
            worded("reading-currencies-of-files", first=first, other=other), "currency", None,
            worded("reading-allowed-currency"),
        )  # fmt: skip
    return next(iter(found), "")


def _no_history(parts: Sequence[Part]) -> list[Phrase]:
    """Which column to add in which CRM, so that the next export tells of the stages."""
    notes = []
    for part in parts:
        if part.guess.layout.name != "deals":
            continue
        match part.guess.system:
            case "amocrm":
                notes.append(worded("reading-note-list-amocrm", file=part.name))
            case "bitrix24":
                notes.append(worded("reading-note-list-bitrix24", file=part.name))
            case "hubspot":
                notes.append(worded("reading-note-list-hubspot", file=part.name))
            case "pipedrive":
                notes.append(worded("reading-note-list-pipedrive", file=part.name))
            case _:
                notes.append(worded("reading-note-list", file=part.name))
    return notes or [worded("reading-note-list", file=parts[0].name)]


def _as_used(
    chosen: Mapping, opened: Sequence[tuple[Sheet, Guess, Part]], records: Records, renamed: dict[str, str]
) -> Mapping:
    """The mapping that would give the same again."""
    columns: dict[str, dict[str, str]] = {kind: dict(each) for kind, each in chosen.columns.items()}
    orders: set[Order] = set()
    for sheet, taken, part in opened:
        mine = columns.setdefault(taken.layout.name, {})
        there = set(mine.values())
        for header, meaning in zip(sheet.headers, taken.meanings, strict=True):
            if header in mine or meaning in PRIVATE:
                continue
            if meaning and meaning not in there:
                mine[header] = meaning
            elif not meaning:
                mine.setdefault(header, IGNORED)
        if part.order:
            orders.add(cast(Order, part.order))
    files = {sheet.name: taken.layout.name for sheet, taken, _ in opened}
    stages = chosen.stages or records.stages
    rename = {**chosen.rename, **renamed}
    dates = chosen.dates or (orders.pop() if len(orders) == 1 else None)
    currency = chosen.currency or records.currency
    return replace(chosen, columns=columns, files=files, stages=stages, rename=rename, dates=dates, currency=currency)
