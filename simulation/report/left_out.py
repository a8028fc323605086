"""What may fail after a result is there: it is named and left out, and nothing else is lost for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from simulation.report.output_folder import OutputFolder
from simulation.texts import Phrase, say

LONGEST = 300
"""Characters of a reason."""


@dataclass(frozen=True)
class Missing:
    """A part that could not be made.

    Attributes:
        what: the part: the name of a file, or a phrase that each language can say.
        why: the error in a line, or a phrase.
    """

    what: str
    why: str

    @property
    def text(self) -> Phrase:
        """Both, in a line; a page says it in its language."""
        return say("left-out", what=self.what, why=self.why)

    def to_dict(self) -> dict[str, str]:
        """Both for a JSON file."""
        return {"what": str(self.what), "why": str(self.why)}


class LeftOut:
    """Makes parts one after the other; one that fails is remembered in `missing`, and its files are dropped.

    Attributes:
        missing: what could not be made, in the order in which it was tried.
        interrupted: whether somebody stopped a part (Ctrl-C): what else takes long need not be begun.
    """

    def __init__(self, folder: OutputFolder | None = None) -> None:
        self.missing: list[Missing] = []
        self.interrupted = False
        self._folder = folder

    @contextmanager
    def part(self, what: str, *, stops: bool = False, but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """A context that ends quietly when what is made in it fails; files reserved in it are then dropped.

        Args:
            what: the part, as in `Missing`.
            stops: whether Ctrl-C ends this part alone; it ends everything otherwise.
            but: errors that concern more than this part and go on.

        Raises:
            BrokenPipeError: nobody reads what is printed any more.
        """
        through: tuple[type[Exception], ...] = (BrokenPipeError, *but)
        before = self._folder.waiting if self._folder is not None else frozenset()
        try:
            yield
        except through:
            raise
        except Exception as error:  # a picture or a sentence that fails must not take the result with it
            self.failed(what, error)
            self._drop(before)
        except KeyboardInterrupt:
            if not stops:
                raise
            self.interrupted = True
            self.skip(what)
            self._drop(before)

    def failed(self, what: str, error: Exception) -> None:
        """Remembers a part that failed."""
        found = Missing(what, reason(error))
        if found not in self.missing:  # an earlier file that can be neither removed nor replaced
            self.missing.append(found)

    def skip(self, what: str) -> None:
        """Remembers a part that was stopped, or not begun because somebody stopped one before."""
        self.missing.append(Missing(what, say("left-out-interrupted")))

    def _drop(self, before: frozenset[str]) -> None:
        if self._folder is not None:
            self._folder.drop(self._folder.waiting - before)


def reason(error: Exception) -> str:
    """An error in a line; one of the disk without the hidden file that was tried."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}".strip()[:LONGEST]
