"""What is wrong with a scenario: one `Problem` per mistake, and the error that carries them all.

A check that looks at several places at once (a reference, a sum) raises `MisfitError` with the paths
concerned; the loader turns its misfits into problems with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.texts import Phrase, Verbatim, joined, verbatim, worded


@dataclass(frozen=True)
class Problem:
    """One mistake in a scenario.

    Attributes:
        file: the file as the user named it, 'preset NAME', or '<text>'.
        line: line in it, counted from 1, or None where the value stands in no file.
        path: dotted path of the key ('market.channels.site.kind'), '' for the whole file.
        message: what is wrong, in words.
        value: the value as it was read, or None.
        allowed: what is allowed, in words, or ''.
        suggestion: nearest valid name, or ''.
        label: what stands beside the value in a form, '' outside of forms.
    """

    file: str
    line: int | None
    path: str
    message: str
    value: object = None
    allowed: str = ""
    suggestion: str = ""
    label: str = ""

    def __str__(self) -> str:
        """One line: where, what, what is allowed, nearest valid name."""
        return " ".join(self.phrase.split())

    @property
    def phrase(self) -> Phrase:
        """The same as a phrase, which may have line breaks in it."""
        line = "" if self.line is None else str(self.line)
        place = joined((place_phrase(self.file), Verbatim(line)), ":")
        path = worded("path-labelled", path=self.path, label=self.label) if self.label else Verbatim(self.path)
        what = joined((place, path, verbatim(self.message)), ": ")
        return beside(what, self.allowed, suggestion=self.suggestion)


def place_phrase(file: str) -> str:
    """The name of a file; a preset is called so in each language."""
    name = file.removeprefix("preset ")
    return Verbatim(file) if name == file else worded("place-preset", name=name)


def beside(what: str, allowed: str = "", examples: str = "", suggestion: str = "") -> Phrase:
    """What is wrong, with what is allowed, examples and the nearest valid name behind it, as far as they are there."""
    parts = [verbatim(what)]
    if allowed:
        parts.append(worded("said-allowed", allowed=allowed))
    if examples:
        parts.append(worded("said-examples", examples=examples))
    if suggestion:
        parts.append(worded("said-nearest", name=repr(str(suggestion))))
    return joined(parts, "")


class ScenarioError(Exception):
    """A scenario cannot be used. ``problems`` holds every mistake found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        """One problem or many; the message is one line for each."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @property
    def phrase(self) -> Phrase:
        """Every mistake, for any language."""
        return joined([problem.phrase for problem in self.problems], "; ")

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        """Pickled with its problems, so that it survives the way back from a worker process."""
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Misfit:
    """A value that does not fit another one, found by a check of a whole block.

    Attributes:
        path: path relative to the block that is checked ('' is the block itself).
        message: what is wrong.
        value: the value, or None.
        allowed: what is allowed, or ''.
        suggestion: nearest valid name, or ''.
        other: the same as it is told at the other side, where that is what the user wrote last.
    """

    path: str
    message: str
    value: object = None
    allowed: str = ""
    suggestion: str = ""
    other: Misfit | None = None


class TwoSided(tuple[str, str, object, str]):
    """What a check of references finds (path, message, value, allowed), and the same as told at the other side."""

    other: tuple[str, str, object, str]

    @classmethod
    def of(cls, one: tuple[str, str, object, str], other: tuple[str, str, object, str]) -> TwoSided:
        """Both sides of a contradiction, the one that is told where neither was written later first."""
        made = cls(one)
        made.other = other
        return made


class MisfitError(ValueError):
    """Raised inside a validator of a block to point at the places that do not fit together."""

    def __init__(self, misfits: Iterable[Misfit] | Misfit) -> None:
        """One misfit or many."""
        self.misfits = (misfits,) if isinstance(misfits, Misfit) else tuple(misfits)
        super().__init__("; ".join(f"{m.path}: {m.message}" if m.path else m.message for m in self.misfits))
