"""Switching: time that somebody loses who goes from one kind of work to another.

A change within a group of activities costs nothing; an activity in none of the groups is one by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from simulation.mechanisms.mechanism import Mechanism
from simulation.texts import worded
from simulation.written.base import Neutral, Plausible, key

Group = TypeVar("Group", bound=Sequence[str])

MECHANISM = Mechanism(
    "switching",
    "switching",
    ("department.person.Person._begin", "department.person.Person._prospect", "department.work.Terms"),
    "mechanisms.switching.hours_lost",
    measures=("utilisation",),
)
LOST = key(
    "8 min",
    "Work lost at each change from one group of activities to another.",
    "judgement: about .08 of a universal's time (0-.15), docs/calibration.md",
    changes=True,
    neutral=Neutral("switching", 0),
    plausible=Plausible(3, 0, 0.25, "judgement: .08 of a universal's time, 0-.15"),
)
GROUPS = key(
    (("prospect", "qualify"), ("sell", "upsell"), ("serve", "care", "collect", "paperwork")),
    "Groups of activities within which a change costs nothing: finding, selling, serving with its papers and "
    "payments. An activity in none of them is a group by itself.",
    changes=True,
)
"""The keys of the people."""


def each_in_one_group(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups, if none names what another one names, or the same twice."""
    named = [activity for group in groups for activity in group]
    twice = sorted({activity for activity in named if named.count(activity) > 1})
    if twice:
        raise ValueError(worded("two-groups", twice=twice[0]))
    return groups


def group_of(groups: Sequence[Sequence[str]], activities: Sequence[str]) -> tuple[int, ...]:
    """Number of the group of each activity."""
    known = {activity: number for number, group in enumerate(groups) for activity in group}
    return tuple(known.get(activity, len(groups) + number) for number, activity in enumerate(activities))


def hours_lost(cost: float, pieces: Mapping[int, float], prospects: int | None, busy: float) -> float:
    """Expected hours lost at changes from one group to another, of somebody with so many pieces of work.

    Work in any order changes the group with probability 1 - sum of squared shares. Who prospects in between changes
    twice for each piece of another group that finds nothing else waiting, a share of 1 - load (as arrivals see it).

    Args:
        cost: hours lost at one change.
        pieces: pieces of work by group, prospecting itself left out.
        prospects: the group of prospecting; None: the role does not prospect.
        busy: share of the time that work takes which somebody asked for, and care.
    """
    whole = sum(pieces.values())
    if cost == 0 or whole == 0:
        return 0.0
    mixed = 1 - sum((count / whole) ** 2 for count in pieces.values())
    if prospects is None:
        return cost * whole * mixed
    others = whole - pieces.get(prospects, 0.0)
    return cost * (whole * busy * mixed + others * (1 - busy) * 2)
