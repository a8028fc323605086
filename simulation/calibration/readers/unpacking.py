"""Opens a workbook in a process of its own: the library ends the whole process where a damaged file asks for too much.

Run as a script, it reads a workbook from standard input and writes to standard output what is in it, pickled. It needs
nothing of this package, so that it begins at once. `cells_of` runs it.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

MOST_MEMORY = 6_000_000_000
"""Bytes that the process may ask for, where the system has such limits."""
PASSWORD, NO_SHEET, BROKEN = "password", "no sheet", "broken"
"""Why there are no cells."""
Answer = tuple[str, list[str], int, list[list[Any]]]
"""What is wrong ('' for nothing), the names of the sheets, the number of the one that was read, its rows."""


def cells_of(raw: bytes, wanted: str | None) -> Answer:
    """The rows of the first sheet with two rows and two columns, or of the wanted one.

    Args:
        raw: the workbook.
        wanted: name of a sheet, or None.
    """
    command = [sys.executable, "-P", __file__, *([] if wanted is None else [wanted])]
    done = subprocess.run(command, input=raw, capture_output=True, check=False)
    if done.returncode:
        return BROKEN, [], -1, []
    answer: Answer = pickle.loads(done.stdout)
    return answer


def _opened(raw: bytes, wanted: str | None) -> Answer:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(raw))
    except calamine.PasswordError:
        return PASSWORD, [], -1, []
    names = list(book.sheet_names)
    if wanted is not None:
        if wanted not in names:
            return NO_SHEET, names, -1, []
        return "", names, names.index(wanted), book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    best: tuple[int, list[list[Any]]] = -1, []
    for number, name in enumerate(names):
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        filled = [sum(cell != "" for cell in row) for row in rows]
        if sum(map(bool, filled)) >= 2 and max(filled) >= 2:
            return "", names, number, rows
        if any(filled) and best[0] < 0:
            best = number, rows
    return "", names, *best


def main(write: Callable[[bytes], object]) -> None:
    """Reads a workbook from standard input and writes what is in it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):  # a system without such limits
        pass
    write(pickle.dumps(_opened(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else None), protocol=5))


if __name__ == "__main__":
    main(sys.stdout.buffer.write)
