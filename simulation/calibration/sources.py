"""Where records come from: files, or records that are there; and whether what reads and fits them is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import Any

from simulation.calibration.records import Records
from simulation.texts import worded

NEEDED = ("pyarrow",)
"""Packages of the extra `calibrate`: only what is used when it runs; oracles of the tests are in the extra `test`."""
Files = Records | str | PathLike[str] | Sequence[str | PathLike[str]]


class MissingExtraError(ImportError):
    """A package that calibration needs is not installed."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.phrase = worded("calibration-extra", missing=list(missing))
        super().__init__(self.phrase)


def needed() -> None:
    """Sees that the packages of the extra are there.

    Raises:
        MissingExtraError: one of them is not.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingExtraError(missing)


def records_from(given: Files, as_of: date | str | None = None, mapping: Any = None) -> Records:
    """Records as they are, or those of files.

    Raises:
        ScenarioError: a file cannot be read.
    """
    if isinstance(given, Records):
        return given
    return read_files(given, as_of, mapping)[0]


def read_files(
    given: Files, as_of: date | str | None, mapping: Any, on_done: Callable[[int], None] | None = None
) -> tuple[Records, str]:
    """The records in files, and what each column was taken for.

    Args:
        given: one file or several.
        as_of: day on whose morning the records end; the day after the last moment in them when None.
        mapping: a `readers.Mapping`, or the file of one.
        on_done: told how many per cent have been read.

    Raises:
        ScenarioError: a file cannot be read or understood.
        ValueError: there is no deal in any of them.
    """
    from simulation.calibration import readers

    names = [given] if isinstance(given, (str, PathLike)) else list(given)  # type: ignore[arg-type]
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    told = None if on_done is None else lambda part: on_done(round(100 * part))
    found = readers.reading([Path(name) for name in names], as_of=day, mapping=mapping, progress=told)
    if found.records.deals.empty:
        raise ValueError(worded("reading-no-deals", files=list(found.records.files)))
    return found.records, found.mapping.text
