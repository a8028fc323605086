"""One table of the user's with its cells understood: times, amounts, words, and which rows are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.readers.guessing import Guess
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.moments import NOWHEN, Evidence, Order, Spoken, Times, evidence, order_of, spoken
from simulation.calibration.readers.money import amounts, currency
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet, left_out
from simulation.calibration.readers.vocabulary import DAY_FIRST, IGNORED, PRIVATE
from simulation.calibration.records import LeftOut
from simulation.texts import Phrase, worded

MOST_UNREAD = 0.5
"""Share of cells that cannot be read above which a column is not what it was taken for."""
EXAMPLES = 3


@dataclass
class Part:
    """A table of the user's.

    Attributes:
        path: the file as the user named it.
        name: the same without its folder.
        guess: what it is and what its columns mean.
        lines: line of the file of each row.
        columns: words, keys, people and customers, by meaning.
        times: by meaning, shape (rows,).
        bare: whether a time has no clock, by meaning, shape (rows,).
        amounts: by meaning, shape (rows,); NaN where nothing stands.
        headers: heading of each meaning.
        notes, left_out: remarks, and rows that are not in it any more.
        order: of day and month in its dates.
        ends: words of its stages that were taken for an end because they sound so.
    """

    path: str
    name: str
    guess: Guess
    lines: NDArray[np.int64]
    columns: dict[str, Column] = field(default_factory=dict)
    times: dict[str, Times] = field(default_factory=dict)
    bare: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    amounts: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    notes: list[Phrase] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    order: str = ""
    ends: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """How many rows are left."""
        return len(self.lines)

    def column(self, meaning: str) -> Column:
        """The column of a meaning, empty where there is none."""
        return self.columns.get(meaning) or Column.empty(self.rows)

    def time(self, meaning: str) -> Times:
        """The times of a meaning, NaT where there are none."""
        found = self.times.get(meaning)
        return np.full(self.rows, NOWHEN) if found is None else found

    def amount(self, meaning: str) -> NDArray[np.float64]:
        """The amounts of a meaning, NaN where there are none."""
        found = self.amounts.get(meaning)
        return np.full(self.rows, np.nan) if found is None else found

    def keep(self, rows: NDArray[np.bool_], reason: Phrase) -> None:
        """Leaves out all other rows, for a reason."""
        if not rows.all():
            self.left_out.append(left_out(self.name, reason, self.lines[~rows]))
            self.take(np.flatnonzero(rows))

    def take(self, rows: NDArray[np.int64]) -> None:
        """Keeps some rows, in the order given."""
        self.lines = self.lines[rows]
        self.columns = {name: column.where(rows) for name, column in self.columns.items()}
        self.times = {name: values[rows] for name, values in self.times.items()}
        self.bare = {name: values[rows] for name, values in self.bare.items()}
        self.amounts = {name: values[rows] for name, values in self.amounts.items()}

    def nothing_left(self, rows: int) -> Phrase:
        """Why no row is left of so many, or of none: then for what most of them were left out before."""
        if rows or not self.left_out:
            return worded("reading-no-rows", rows=rows)
        most = max(self.left_out, key=lambda left: left.count)
        return worded("reading-all-left-out", count=most.count, reason=most.reason)

    def refuse(
        self, key: Phrase, meaning: str = "", row: int | None = None, allowed: str = "", near: str | None = None
    ) -> None:
        """Refuses the file for what stands in a row and column."""
        line = None if row is None else int(self.lines[row])
        refuse(self.path, key, line=line, column=self.headers.get(meaning, ""), allowed=allowed, near=near)


def dates_of(sheet: Sheet, guess: Guess) -> Evidence:
    """What the dates of a table tell of their order."""
    return evidence(sheet, [place for place, meaning in enumerate(guess.meanings) if guess.holds(meaning) == "time"])


def understood(sheet: Sheet, guess: Guess, mapping: Mapping, beside: Order | None = None) -> Part:
    """A table with its cells understood.

    Args:
        sheet: the table.
        guess: what it is and what its columns mean.
        mapping: what the user decided.
        beside: order of the dates in the files beside it, where they have one.

    Raises:
        RecordsError: columns that it needs are missing; dates without an order; a column that is not what it was taken
            for; formulas; negative amounts; two currencies.
    """
    _complete(sheet, guess)
    part = Part(sheet.path, sheet.name, guess, sheet.lines, notes=list(sheet.notes), left_out=list(sheet.left_out))
    places = {
        meaning: place
        for place, meaning in enumerate(guess.meanings)
        if meaning and meaning not in PRIVATE and meaning != IGNORED
    }
    if guess.layout.name in ("deals", "orders") and "contact" in guess.meanings:  # a customer without a company
        part.columns["contact"] = sheet.columns[guess.meanings.index("contact")]
    part.headers = {meaning: sheet.headers[place] for meaning, place in places.items()}
    for meaning, place in places.items():
        _no_formulas(part, sheet, place, meaning, mapping)
    holds = guess.layout.holds
    order = order_of(sheet, dates_of(sheet, guess), mapping.dates, "day-first" if guess.system in DAY_FIRST else beside)
    part.order = order
    signs: list[NDArray[np.object_]] = []
    for meaning, place in places.items():
        column, kind = sheet.columns[place], holds(meaning)
        if kind == "time":
            read = spoken(column, order, sheet.typed)
            _told_unread(part, column, read.unread, meaning, "reading-not-dates")
            part.times[meaning], part.bare[meaning] = _by_row(column, read)
            if read.zone:
                header = sheet.headers[place]
                part.notes.append(worded("reading-note-zone", file=part.name, column=header, zone=read.zone))
        elif kind in ("amount", "number"):
            found = amounts(column, mapping.decimals, sheet.typed)
            _told_unread(part, column, found.unread, meaning, "reading-not-amounts")
            if found.doubtful and kind == "amount":
                part.notes.append(worded("reading-note-thousands", file=part.name, column=sheet.headers[place]))
            part.amounts[meaning] = column.each(found.values, np.nan)
            if kind == "amount":
                signs.append(column.each(found.signs, ""))
        else:
            part.columns[meaning] = column
    _one_currency(part, signs, mapping)
    _not_negative(part, mapping)
    return part


def _complete(sheet: Sheet, guess: Guess) -> None:
    """Refuses a table in which a column is missing, with the headings that it has and the nearest of them."""
    if not guess.missing:
        return
    from simulation.written.spelling import nearest

    group = guess.missing[0]
    known = [name for meaning in group for name in guess.layout.meanings[meaning][1]]
    near = next((found for name in known[:12] if (found := nearest(name, sheet.headers, 0.75))), None)
    refuse(
        sheet.path,
        worded("reading-column-missing", meaning=" / ".join(group), kind=guess.layout.name, names=", ".join(known[:4])),
        allowed=worded("reading-allowed-columns", headers=", ".join(sheet.headers[:30])),
        near=near,
    )


def _no_formulas(part: Part, sheet: Sheet, place: int, meaning: str, mapping: Mapping) -> None:
    """Refuses a column that has formulas instead of values; the user may allow those that have come to a value."""
    line, valued = sheet.formulas.get(place, (0, True))
    if line and not valued:
        refuse(part.path, worded("reading-formula-empty"), line=line, column=part.headers[meaning])
    if line and "formulas" not in mapping.allow:
        allowed = worded("reading-allowed-formulas")
        refuse(part.path, worded("reading-formula"), line=line, column=part.headers[meaning], allowed=allowed)
    column = sheet.columns[place]
    found = [number for number, word in enumerate(column.words) if word[0] == "=" and len(word) > 1]
    if found:
        row = int(np.argmax(np.isin(column.codes, found)))
        part.refuse(worded("reading-formula"), meaning, row, worded("reading-allowed-values"))


def _told_unread(part: Part, column: Column, unread: NDArray[np.bool_], meaning: str, key: str) -> None:
    """Refuses a column of which too much cannot be read, tells of less."""
    if not unread.any():
        return
    rows = column.each(unread, False)
    count, filled = int(rows.sum()), int(column.filled.sum())
    first = int(np.argmax(rows))
    dates = key == "reading-not-dates"
    if count > MOST_UNREAD * filled:
        told = worded("reading-not-dates", count=count, filled=filled) if dates else worded(
            "reading-not-amounts", count=count, filled=filled)  # fmt: skip
        part.refuse(told, meaning, first, worded("reading-allowed-dates" if dates else "reading-allowed-amounts"))
    header, line = part.headers[meaning], int(part.lines[first])
    if dates:
        part.notes.append(worded("reading-note-dates", file=part.name, column=header, count=count, line=line))
    else:
        part.notes.append(worded("reading-note-amounts", file=part.name, column=header, count=count, line=line))


def _by_row(column: Column, read: Spoken) -> tuple[Times, NDArray[np.bool_]]:
    return column.each(read.moments, NOWHEN), column.each(read.bare, False)


def _one_currency(part: Part, signs: Sequence[NDArray[np.object_]], mapping: Mapping) -> None:
    """Leaves one currency, or refuses two; the column that names them becomes its codes."""
    named = part.columns.pop("currency", None)
    codes = np.full(part.rows, "", dtype=object)
    for each in signs:
        codes = np.where(codes == "", each, codes)
    if named is not None:
        codes = np.where(named.filled, named.told(currency, ""), codes)
    found = sorted({str(code) for code in codes} - {""})
    if not found:
        return
    part.columns["currency"] = Column.of(codes)
    if mapping.currency:
        other = np.isin(codes, [code for code in found if code != mapping.currency])
        part.keep(~other, worded("reading-left-currency", currency=mapping.currency))
        return
    amount = part.amounts.get("amount")
    paid = np.ones(part.rows, np.bool_) if amount is None else ~np.isnan(amount)
    counts = {code: int(((codes == code) & paid).sum()) for code in found}
    counts = {code: count for code, count in counts.items() if count}
    if len(counts) > 1:
        first, *others = sorted(counts, key=lambda code: -counts[code])
        row = int(np.argmax((codes == others[0]) & paid))
        if "currency" in mapping.allow:
            part.keep(~np.isin(codes, others), worded("reading-left-currency", currency=first))
            return
        part.refuse(
            worded(
                "reading-two-currencies", first=first, count=counts[first], other=others[0], others=counts[others[0]]
            ),
            "currency" if "currency" in part.headers else "amount",
            row,
            worded("reading-allowed-currency"),
        )


def _not_negative(part: Part, mapping: Mapping) -> None:
    """Refuses negative amounts; what customers sent back is left out of orders."""
    values = part.amounts.get("amount")
    if values is None or not (values < 0).any():
        return
    row = int(np.argmax(values < 0))
    if part.guess.layout.name == "orders":
        part.keep(~(values < 0), worded("reading-left-returns"))
    elif "negative" in mapping.allow:
        part.keep(~(values < 0), worded("reading-left-negative"))
    else:
        first = float(values[row])
        first = int(first) if first.is_integer() else first
        part.refuse(
            worded("reading-negative", value=first, count=int((values < 0).sum())),
            "amount",
            row,
            worded("reading-allowed-amount"),
        )


@dataclass(frozen=True)
class Span:
    """Until when records speak.

    Attributes:
        as_of: the morning on which they end, or None where the last of them says it.
        today: the morning after which nothing can have happened yet.
    """

    as_of: np.datetime64 | None
    today: np.datetime64

    @property
    def end(self) -> np.datetime64:
        """The morning from which on nothing is in the records."""
        return self.today if self.as_of is None else self.as_of

    def cut(self, part: Part, meaning: str, mapping: Mapping, times: Times | None = None) -> NDArray[np.bool_]:
        """Leaves out the rows of a part that are later than the records end; gives which rows stayed.

        Raises:
            RecordsError: no end was given, and a date lies in the future.
        """
        moments = part.time(meaning) if times is None else times
        end = self.end
        late = moments >= end
        if not late.any():
            return ~late
        if self.as_of is None and "future" not in mapping.allow:
            row = int(np.argmax(late))
            part.refuse(
                worded("reading-future", value=str(moments[row].astype("datetime64[D]")), count=int(late.sum())),
                meaning,
                row,
                worded("reading-allowed-past"),
            )
        part.keep(~late, worded("reading-left-later", day=str(end.astype("datetime64[D]"))))
        return ~late
