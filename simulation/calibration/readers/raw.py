"""A file as a table of words: each column keeps its different words once and a code a row, before anything is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.records import LeftOut
from simulation.texts import Phrase

SHOWN_LINES = 20
"""Lines that are named of rows which were left out."""


@dataclass(frozen=True)
class Column:
    """The cells of a column: `words[codes[row]]`, -1 where a cell is empty. Words are trimmed and never empty."""

    codes: NDArray[np.int64]
    words: NDArray[np.object_]

    @classmethod
    def of(cls, cells: Iterable[object]) -> Column:
        """A column from its cells; None and blank are empty."""
        texts = ["" if cell is None else str(cell).strip() for cell in cells]
        codes, words = pd.factorize(np.array(texts, dtype=object))
        return cls.merged(codes.astype(np.int64), words.tolist(), True)

    @classmethod
    def merged(cls, codes: NDArray[np.int64], words: Sequence[str], different: bool = False) -> Column:
        """A column with its words trimmed; words that are then equal become one, blank ones empty.

        Args:
            codes: number of the word of each row, -1 where a cell is empty.
            words: the words.
            different: whether no two of them are equal.
        """
        trimmed = [word.strip() for word in words]
        if different and all(trimmed) and trimmed == words:
            return cls(codes, np.array(words, dtype=object))
        numbers, distinct = pd.factorize(np.array(trimmed, dtype=object))
        distinct = np.asarray(distinct, dtype=object)
        place = np.arange(len(distinct), dtype=np.int64)
        blank = np.flatnonzero(distinct == "")
        if len(blank):
            place = place - (place > blank[0])
            place[blank[0]] = -1
            distinct = np.delete(distinct, blank[0])
        to = np.append(place[numbers] if len(numbers) else np.zeros(0, np.int64), -1)
        return cls(to[codes], distinct)

    @classmethod
    def empty(cls, rows: int) -> Column:
        """A column in which nothing stands."""
        return cls(np.full(rows, -1, np.int64), np.zeros(0, dtype=object))

    @property
    def different(self) -> int:
        """How many different words stand in it."""
        return int(np.count_nonzero(np.bincount(self.codes + 1, minlength=1)[1:]))

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which cells hold something."""
        return self.codes >= 0

    def cells(self, empty: str = "") -> NDArray[np.object_]:
        """The word of every row."""
        return np.append(self.words, empty)[self.codes]

    def each(self, values: NDArray[Any], empty: object) -> NDArray[Any]:
        """What stands for each word, row by row; `values` has one for each word."""
        result: NDArray[Any] = np.append(values, np.array([empty], dtype=values.dtype))[self.codes]
        return result

    def told(self, what: Callable[[str], object], empty: object, dtype: Any = object) -> NDArray[Any]:
        """`what` of each word, row by row."""
        return self.each(np.array([what(word) for word in self.words], dtype=dtype), empty)

    def where(self, rows: NDArray[Any]) -> Column:
        """Only some rows, by mask or number."""
        return Column(self.codes[rows], self.words)

    @property
    def used(self) -> Column:
        """The same without words that stand in no row any more."""
        there = np.bincount(self.codes + 1, minlength=len(self.words) + 1)[1:] > 0
        place = np.append(np.cumsum(there) - 1, -1)
        return Column(place[self.codes], self.words[there])

    def with_first(self, other: Column) -> Column:
        """This column, and the other one's words where nothing stands."""
        codes = np.where(self.codes >= 0, self.codes, np.where(other.codes >= 0, other.codes + len(self.words), -1))
        return Column.merged(codes, [*self.words, *other.words])


@dataclass
class Sheet:
    """A table of a file, as it stands there.

    Attributes:
        path: the file as the user named it.
        headers: headings, repeated ones numbered.
        columns: one for each heading.
        lines: line of the file of each row, from 1.
        typed: cells had kinds (a workbook), so that numbers have a decimal point and dates are in order.
        form: what the file is: 'csv', 'xlsx', 'xls', 'ods', 'html', 'xes'.
        told: how it was read: encoding, delimiter, sheet.
        formulas: by place of the column the first line with a formula, and whether all of its formulas have values.
        notes: remarks on the file.
        left_out: rows that could not be read.
    """

    path: str
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: NDArray[np.int64]
    typed: bool = False
    form: str = "csv"
    told: dict[str, str] = field(default_factory=dict)
    formulas: dict[int, tuple[int, bool]] = field(default_factory=dict)
    notes: list[Phrase] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the file, without its folder."""
        return Path(self.path).name

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    def keep(self, rows: NDArray[np.bool_], reason: Phrase) -> None:
        """Leaves out all other rows, for a reason."""
        if rows.all():
            return
        self.left_out.append(left_out(self.name, reason, self.lines[~rows]))
        self.columns = tuple(column.where(rows) for column in self.columns)
        self.lines = self.lines[rows]


def left_out(name: str, reason: Phrase, lines: NDArray[np.int64]) -> LeftOut:
    """Rows at these lines, left out for one reason."""
    first = tuple(int(line) for line in np.sort(lines)[:SHOWN_LINES])
    return LeftOut(name, reason, first, len(lines))


def numbered(headers: Sequence[str], unnamed: str = "?") -> tuple[str, ...]:
    """Headings of which each stands once: the second 'Note' becomes 'Note (2)', an empty one '?'."""
    seen: dict[str, int] = {}
    result = []
    for header in headers:
        header = " ".join(header.split()) or unnamed
        seen[header] = seen.get(header, 0) + 1
        result.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return tuple(result)
