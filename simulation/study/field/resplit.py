"""The best split of the same people for each structure at one point, by a short search with years of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.study.best_split.candidates import Candidate, Rule, SearchError, candidates
from simulation.study.best_split.search_plan import screened
from simulation.study.best_split.selection import SelectionError, select
from simulation.study.lab import Lab
from simulation.study.terms import measured
from simulation.study.variation import headcounts

Floats = NDArray[np.float64]
Heads = Mapping[str, int]

FIRST, STEP, MOST = 8, 8, 24
"""Years of each split before the first look, between looks, and at most."""
BEGIN = 1_000_000
"""Number of the first year of the search: none of a comparison, so that the chosen split meets fresh years there. The
best of many in a few years looks better than it is (the winner's curse); fresh years do not know that it was chosen."""
ZONE = 0.01
"""Differences below this share of the measure under the split as given do not matter."""
MOST_SPLITS = 40
"""Splits that are simulated; of more, those that are nearest to the proportions given."""


@dataclass(frozen=True)
class Searched:
    """The splits chosen at a point.

    Attributes:
        scenario: with the chosen headcounts in its structures.
        splits: headcounts of the counted roles by structure.
        runs: that the search asked for.
    """

    scenario: Scenario
    splits: Mapping[str, Heads]
    runs: int


def resplit(scenario: Scenario, structures: Sequence[str], measure: str, level: float, lab: Lab) -> Searched:
    """Gives each structure its best split of its own people.

    Splits that the closed form rules out are not simulated. Of the others the best is selected by KN
    (``selection.select``), which is ended after ``MOST`` years: an answer good enough for a map, where the search that
    states a probability of correct selection is `optimise`.

    Args:
        scenario: of the point.
        structures: names of those to be split anew.
        measure: what is best.
        level: probability of a correct selection that the procedure aims at.
        lab: where it is simulated.
    """
    chosen: dict[str, Structure] = dict(scenario.structures)
    splits: dict[str, Heads] = {}
    runs = 0
    for name in structures:
        spec, splits[name], used = _best(scenario, name, measure, level, lab)
        runs += used
        if splits[name] != headcounts(scenario, name):
            chosen[name] = spec
    same = all(chosen[name] is scenario.structures[name] for name in structures)
    made = scenario if same else scenario.model_copy(update={"structures": chosen})
    return Searched(made, splits, runs)


def worth_trying(scenario: Scenario, name: str) -> list[Candidate]:
    """Splits of the people of a structure that are simulated, the one as given first where it is among them.

    The scenario's alternatives (`search`) stay as they are: only headcounts are chosen.

    Raises:
        SearchError: there is none, or there are too many to list.
    """
    heads = headcounts(scenario, name)
    plain = {key: search.model_copy(update={"alternatives": ()}) for key, search in scenario.search.items()}
    without = scenario.model_copy(update={"search": plain})
    found = candidates(without, [name], Rule(heads=sum(heads.values()), payroll=None, baseline=name))[name]
    kept = screened(found)[0] or found

    def shifted(each: Candidate) -> int:
        return sum((each.heads[role] - count) ** 2 for role, count in heads.items())

    kept.sort(key=lambda each: (not each.written, shifted(each)))
    return kept[:MOST_SPLITS]


def _best(scenario: Scenario, name: str, measure: str, level: float, lab: Lab) -> tuple[Structure, Heads, int]:
    as_given = scenario.structures[name], headcounts(scenario, name), 0
    try:
        splits = worth_trying(scenario, name)
    except SearchError:
        return as_given
    if len(splits) == 1:
        return splits[0].spec, splits[0].heads, 0

    def values(systems: Sequence[int], numbers: Sequence[int]) -> Floats:
        return lab.measure([splits[n].case for n in systems], numbers, [measure])

    first = values([0], range(BEGIN, BEGIN + FIRST))
    typical = abs(float(np.nanmean(first))) if np.isfinite(first).any() else math.nan
    try:
        found = select(
            values,
            len(splits),
            indifference=ZONE * typical if typical > 0 else 1e-9,
            level=level,
            first=FIRST,
            step=STEP,
            most=MOST,
            higher=measured(measure).upwards,
            start=BEGIN,
        )
    except SelectionError:
        return as_given
    best = splits[found.best or 0]
    return best.spec, best.heads, found.used
