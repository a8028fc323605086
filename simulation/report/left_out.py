"""What may fail after a result is there: it is named and left out, and nothing else is lost for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from simulation.report.output_folder import OutputFolder

LONGEST = 300
"""Characters of a reason."""


@dataclass(frozen=True)
class Missing:
    """A part that could not be made.

    Attributes:
        what: the part, such as a file or a table.
        why: the error in a line.
    """

    what: str
    why: str

    @property
    def text(self) -> str:
        """Both, in a line."""
        return f"{self.what} left out: {self.why}"


class LeftOut:
    """Makes parts one after the other; one that fails is remembered in `missing`, and its files are dropped."""

    def __init__(self, folder: OutputFolder | None = None) -> None:
        self.missing: list[Missing] = []
        self._folder = folder

    @contextmanager
    def part(self, what: str) -> Iterator[None]:
        """A context that ends quietly when what is made in it fails; files reserved in it are then dropped.

        Raises:
            OSError: a file cannot be written: that concerns all of them.
        """
        before = self._folder.waiting if self._folder is not None else frozenset()
        try:
            yield
        except OSError:
            raise
        except Exception as error:  # a picture or a sentence that fails must not take the result with it
            lines = str(error).strip().splitlines() or [""]
            self.missing.append(Missing(what, f"{type(error).__name__}: {lines[0]}".strip()[:LONGEST]))
            if self._folder is not None:
                self._folder.drop(self._folder.waiting - before)
