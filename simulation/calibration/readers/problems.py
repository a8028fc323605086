"""What is wrong with a file of records: one clear mistake, with file, line, column, what is allowed and the nearest."""

from __future__ import annotations

from typing import NoReturn

from simulation.written.errors import Problem, ScenarioError


class RecordsError(ScenarioError):
    """Records cannot be used. `problems` holds what is wrong; `path` of a problem is the column."""


def refuse(
    file: str, message: str, *, line: int | None = None, column: str = "", allowed: str = "", near: str | None = None
) -> NoReturn:
    """Refuses a file.

    Args:
        file: as the user named it.
        message: what is wrong, a phrase.
        line: from 1, or None where it concerns the whole file.
        column: heading of the column, or ''.
        allowed: what is allowed, a phrase or ''.
        near: the nearest that would have been right, or None.

    Raises:
        RecordsError: always.
    """
    raise RecordsError(Problem(file, line, column, message, allowed=allowed, suggestion=near or ""))
