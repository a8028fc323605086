"""A file to a table of words and what its columns mean, whatever the file is."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from collections.abc import Sequence
from pathlib import Path

from simulation.calibration.readers import guessing
from simulation.calibration.readers.content import kind, opened
from simulation.calibration.readers.delimited import read_text
from simulation.calibration.readers.guessing import Guess
from simulation.calibration.readers.mapping import Mapping
from simulation.calibration.readers.markup import read_html, read_xes
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Sheet
from simulation.calibration.readers.sheets import read_workbook
from simulation.calibration.readers.vocabulary import IGNORED, PRIVATE
from simulation.texts import worded

GUESSED_FROM = 2_000_000
"""Bytes of a text that a preview looks at."""
Last = Map[str, Map[str, str]]


def table(
    path: str | os.PathLike[str], mapping: Mapping, last: Last, sheet: str | None = None, every: bool = False
) -> tuple[Sheet, Guess]:
    """The table in a file, and what its columns mean.

    Args:
        path: the file.
        mapping: what the user decided.
        last: meanings of the last import by kind of table and heading.
        sheet: name of the sheet of a workbook, or None.
        every: whether columns without a meaning are read too, for a preview: of a long text its begin alone.

    Raises:
        RecordsError: it is no file that can be read, or has no table in it.
    """
    name = os.fspath(path)
    raw = opened(name)
    what = kind(name, raw)
    chosen = mapping.files.get(Path(name).name)

    def guessed(headers: Sequence[str], filled: Sequence[int]) -> Guess:
        return guessing.best(headers, chosen, mapping.columns, last, filled)

    def only(headers: tuple[str, ...]) -> list[int]:
        """The columns of a text that are worth reading."""
        if every:
            return list(range(len(headers)))
        wanted: set[int] = set()
        for place, meaning in enumerate(guessed(headers, range(len(headers))).meanings):
            if meaning and meaning != IGNORED and (meaning not in PRIVATE or meaning == "contact"):
                wanted.add(place)
        return sorted(wanted)

    if what in ("zip", "ole"):
        read = read_workbook(name, raw, guessing.heads, sheet)
    elif what == "html":
        read = read_html(name, raw, guessing.heads)
    elif what == "xml":
        read = read_xes(name, raw)
    else:
        if every and len(raw) > GUESSED_FROM:
            end = raw.rfind(b"\n", 0, GUESSED_FROM) + 1
            raw = raw[:end] if end else raw
        read = read_text(name, raw, guessing.heads, only)
    if not read.rows:
        refuse(name, worded("reading-no-rows-below"), allowed=worded("reading-allowed-rows"))
    filled = [place for place, column in enumerate(read.columns) if column.filled.any()]
    wanted = guessed(read.headers, filled if what != "text" or every else range(len(read.headers)))
    return read, wanted
