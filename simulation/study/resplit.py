"""The best split of the same people for each structure at one point, by a short search with years of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.study.heads import headcounts
from simulation.study.lab import Case, Lab
from simulation.study.question import measured
from simulation.study.selection import SelectionError, select

Floats = NDArray[np.float64]
Heads = dict[str, int]

FIRST, STEP, MOST = 10, 10, 40
"""Years of each split before the first look, between looks, and at most."""
BEGIN = 1_000_000
"""Number of the first year of the search: none of a comparison, so that the chosen split meets fresh years there. The
best of many in a few years looks better than it is (the winner's curse); fresh years do not know that it was chosen."""
ZONE = 0.01
"""Differences below this share of the measure under the split as given do not matter."""
MOST_SPLITS = 60
"""Splits searched; of more, those that are nearest to the proportions given."""


@dataclass(frozen=True)
class Searched:
    """The splits chosen at a point.

    Attributes:
        scenario: with the chosen headcounts in its structures.
        splits: headcounts of the roles by structure.
        runs: that the search asked for.
    """

    scenario: Scenario
    splits: Mapping[str, Heads]
    runs: int


def splits_of(heads: Mapping[str, int], most: int = MOST_SPLITS) -> list[Heads]:
    """Every way to share the same people among the roles that have any, at least one each; the given one first.

    Args:
        heads: headcounts by role; a role without people stays without.
        most: splits at most; the nearest to the one given, by the sum of squared shifts, where there are more.
    """
    filled = [name for name, count in heads.items() if count]
    if not filled:
        return [dict(heads)]
    people = sum(heads.values())
    made = [dict(heads) | dict(zip(filled, counts, strict=True)) for counts in _compositions(people, len(filled))]
    made.sort(key=lambda each: sum((each[name] - heads[name]) ** 2 for name in filled))
    return made[:most]


def _compositions(people: int, roles: int) -> Iterator[tuple[int, ...]]:
    if roles == 1:
        yield (people,)
        return
    for first in range(1, people - roles + 2):
        for rest in _compositions(people - first, roles - 1):
            yield (first, *rest)


def resplit(scenario: Scenario, structures: Sequence[str], measure: str, level: float, lab: Lab) -> Searched:
    """Gives each structure its best split of its own people.

    Selection by KN (``selection.select``) in years of its own, ended after ``MOST`` of them: an answer good enough for
    a map, where the search that states a probability of correct selection is `optimise`.

    Args:
        scenario: of the point.
        structures: names of those to be split anew.
        measure: what is best.
        level: probability of a correct selection that the procedure aims at.
        lab: where it is simulated.
    """
    chosen = dict(scenario.structures)
    splits: dict[str, Heads] = {}
    runs = 0
    for name in structures:
        heads = headcounts(scenario, name)
        splits[name], used = _best(scenario, name, splits_of(heads), measure, level, lab)
        runs += used
        if splits[name] != heads:
            chosen[name] = with_heads(scenario.structures[name], splits[name])
    same = all(chosen[name] is scenario.structures[name] for name in structures)
    made = scenario if same else scenario.model_copy(update={"structures": chosen})
    return Searched(made, splits, runs)


def _best(
    scenario: Scenario, name: str, splits: Sequence[Heads], measure: str, level: float, lab: Lab
) -> tuple[Heads, int]:
    if len(splits) == 1:
        return splits[0], 0
    # under names of their own beside the given structures, which a scenario may name elsewhere
    names = [name, *(f"{name} {n}" for n in range(1, len(splits)))]
    given = scenario.structures[name]
    extra = {each: with_heads(given, heads) for each, heads in zip(names[1:], splits[1:], strict=True)}
    many = scenario.model_copy(update={"structures": {**scenario.structures, **extra}})

    def values(systems: Sequence[int], numbers: Sequence[int]) -> Floats:
        return lab.measure([Case(many, names[n]) for n in systems], numbers, [measure])

    first = values([0], range(BEGIN, BEGIN + FIRST))
    typical = abs(float(np.nanmean(first))) if np.isfinite(first).any() else math.nan
    zone = ZONE * typical if typical > 0 else 1e-9
    try:
        found = select(
            values,
            len(splits),
            indifference=zone,
            level=level,
            first=FIRST,
            step=STEP,
            most=MOST,
            higher=measured(measure).higher_is_better is not False,
            start=BEGIN,
        )
    except SelectionError:
        return splits[0], 0
    return splits[found.best or 0], found.used


def with_heads(structure: Structure, heads: Mapping[str, int]) -> Structure:
    """A structure with other headcounts."""
    roles = {
        name: role.model_copy(update={"headcount": heads[name]}) if name in heads else role
        for name, role in structure.roles.items()
    }
    return structure.model_copy(update={"roles": roles})
