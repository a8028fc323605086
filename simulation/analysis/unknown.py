"""What is said where a comparison is asked for that cannot be: a name that nobody has, or terms that make none.

Here too: splits in words: '2 hunters, 3 closers and 3 farmers'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.texts import Phrase, say, texts, worded
from simulation.texts.catalogue import title_key
from simulation.written.errors import beside
from simulation.written.spelling import nearest

if TYPE_CHECKING:
    from simulation.scenario.structures import Structure

Term = str
"""What of a question is wrong: 'structure', or the name of an option; keys of studies are called the same."""

MOST_LISTED = 20
"""Allowed names that a message lists; of more, only the nearest one helps."""


class TermsError(ValueError):
    """Terms that make no comparison.

    Attributes:
        term: which of them is wrong.
        reason: what is wrong with it, without what would be allowed.
        allowed: names that would be right, none where it is not about names.
        suggestion: the nearest of them, or ''.
        name: the name that is not there, or ''.
    """

    def __init__(
        self, reason: str, term: Term = "structure", allowed: Iterable[str] = (), suggestion: str = "", name: str = ""
    ) -> None:
        """Notes what is wrong."""
        super().__init__(reason)
        self.reason, self.term, self.name = reason, term, name
        self.allowed, self.suggestion = tuple(allowed), suggestion

    def __str__(self) -> str:
        """The reason, what is allowed and the nearest name, in one line."""
        return str(self.phrase)

    @property
    def phrase(self) -> Phrase:
        """The same in any language."""
        return beside(self.reason, self.listed, suggestion=self.suggestion)

    @property
    def listed(self) -> str:
        """The names that are allowed, in a line; '' where they are too many to help."""
        return ", ".join(self.allowed) if len(self.allowed) <= MOST_LISTED else ""


class UnknownName(TermsError, KeyError):
    """A name that is not there: of a structure, a baseline or a measure, or of a value of which there is a list."""


def unknown(term: Term, name: str, allowed: Iterable[str], reason: str = "") -> UnknownName:
    """What is raised for a name that is not there.

    Args:
        term: what was named.
        name: as it was given.
        allowed: the names that there are.
        reason: in other words than that there is none.
    """
    names = tuple(allowed)
    kind = "structure" if term == "baseline" else term
    return UnknownName(reason or worded(f"no-{kind}", name=repr(name)), term, names, nearest(name, names) or "", name)


def one_of(term: Term, name: str, allowed: Iterable[str]) -> str:
    """A name of a list.

    Raises:
        UnknownName: it is not in the list; the nearest is named.
    """
    names = tuple(allowed)
    if name not in names:
        raise unknown(term, name, names)
    return name


def role_title(spec: Structure, role: str) -> str:
    """Name of a role in tables."""
    from simulation.scenario.titles import role_titles  # whoever only needs the mistake starts without the schema

    return role_titles(spec)[role]


def work(activity: str) -> Phrase:
    """An activity as work in sentences: 'stages of sales'."""
    return say(f"work-{activity}")


def people_phrase(title: str, count: int) -> Phrase:
    """So many of a role: '2 hunters', or '2 × Field agent' where the language has no plural of it."""
    key = f"people-{title_key(title).removeprefix('title-')}"
    known = key in texts("en") and key != "people-of-role"
    return say(key, count=count) if known else say("people-of-role", role=title, count=count)


def split_phrase(spec: Structure, heads: Mapping[str, int], options: Sequence[str] = ()) -> Phrase:
    """A split in words, roles without people left out, with the options that change something."""
    people = [people_phrase(role_title(spec, role), count) for role, count in heads.items() if count]
    split = say("split-people", people=people)
    return say("split-with", split=split, options="; ".join(options)) if options else split
