"""Splits in words: '2 hunters, 3 closers and 3 farmers'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.scenario.structures import Structure
from simulation.scenario.titles import role_titles
from simulation.texts import Phrase, say, texts
from simulation.texts.catalogue import title_key


def role_title(spec: Structure, role: str) -> str:
    """Name of a role in tables."""
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
