"""What was read, column by column: for the page, the terminal and whoever checks it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from simulation.calibration.readers.guessing import Guess
from simulation.calibration.readers.privacy import is_free, masked, tells
from simulation.calibration.readers.raw import Column, Sheet
from simulation.calibration.readers.registry import in_order
from simulation.calibration.readers.vocabulary import IGNORED, PRIVATE
from simulation.texts import Phrase

Fate = Literal["kept", "number", "dropped"]
SAMPLES = 3
OPEN_KINDS = ("time", "amount", "number", "words", "yes-no")
"""What may be shown as it stands."""


@dataclass(frozen=True)
class ReadColumn:
    """A column of a file.

    Attributes:
        header: its heading, repeated ones numbered.
        meaning: what it was taken for, '' where for nothing.
        how: 'mapping', 'exact', 'words', 'last' or ''.
        fate: 'kept' as it is, as a 'number' in a name's place, or 'dropped'.
        filled: cells with something in them; -1 where the column was not looked at.
        different: how many different words; -1 too.
        samples: some words; of columns that may tell who somebody is their shape only (xxxx 000).
    """

    header: str
    meaning: str
    how: str
    fate: Fate
    filled: int = -1
    different: int = -1
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """A file and what it was taken for.

    Attributes:
        name: without its folder.
        form: 'csv', 'xlsx', 'xls', 'ods', 'html' or 'xes'.
        told: encoding, delimiter, sheet, as far as they are there.
        layout: kind of table.
        system: the system that wrote it, or ''.
        rows: rows below the headings that were looked at.
        dates: order of its dates, '' where it has none.
        missing: groups of meanings of which none was found, so that it cannot be read yet.
        columns: its columns in their order.
        notes: remarks.
    """

    name: str
    form: str
    told: dict[str, str]
    layout: str
    system: str
    rows: int
    dates: str
    columns: tuple[ReadColumn, ...]
    missing: tuple[tuple[str, ...], ...] = ()
    notes: tuple[Phrase, ...] = field(default=())


def read_file(
    sheet: Sheet, guess: Guess, dates: str = "", looked_at: bool = True, names: Collection[str] = ()
) -> ReadFile:
    """The report on a file.

    Args:
        sheet: the file as it was read.
        guess: what it was taken for.
        dates: order of its dates.
        looked_at: whether the columns without a meaning were read too.
        names: of people and customers, which no sample may tell.
    """
    columns: list[ReadColumn] = []
    for header, meaning, how, column in zip(sheet.headers, guess.meanings, guess.how, sheet.columns, strict=True):
        kind = guess.layout.holds(meaning) if meaning else "private"
        if not meaning or meaning in PRIVATE or meaning == IGNORED or kind in ("private", "text"):
            fate: Fate = "dropped"
        else:
            fate = "kept" if kind in OPEN_KINDS else "number"
        if (
            meaning == "contact"
            and guess.layout.name in ("deals", "orders")
            and meaning not in {c.meaning for c in columns}
        ):
            fate = "number"
        seen = looked_at or fate != "dropped"
        shown = fate == "kept" and not (kind == "words" and is_free(column))
        columns.append(
            ReadColumn(
                header,
                meaning,
                how,
                fate,
                int(column.filled.sum()) if seen else -1,
                column.different if seen else -1,
                _samples(column, shown, kind, names),
            )
        )
    return ReadFile(
        sheet.name, sheet.form, dict(sheet.told), guess.layout.name, guess.system, sheet.rows, dates, tuple(columns),
        guess.missing, tuple(sheet.notes),
    )  # fmt: skip


def _samples(column: Column, shown: bool, kind: str, names: Collection[str]) -> tuple[str, ...]:
    """The first different words, or their shapes."""
    words = [str(column.words[code]) for code in in_order(column.codes[:1000])[: SAMPLES if shown else 3 * SAMPLES]]
    if shown and not (kind == "words" and any(tells(word, names) for word in words)):
        return tuple(words)
    return tuple(dict.fromkeys(masked(word) for word in words))[:SAMPLES]
