"""Sweep: the structures at many values of one or several variables, in the same possible years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from simulation.analysis.precision import Precision, PrecisionReport
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.field.designs import Design, design_points
from simulation.study.field.enough import precise_enough
from simulation.study.field.sweep_words import sentences
from simulation.study.lab import Case, Lab
from simulation.study.points import Point, contest, point_dict, records_of, scenarios_at, winners_of
from simulation.study.terms import Terms, terms
from simulation.study.variation import Range, Variable
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd

YEARS_A_STEP = 400
"""Years (of all structures) that are simulated before it is said anew who is ahead."""


@dataclass(frozen=True)
class Sweep:
    """The structures at each point of a design.

    Attributes:
        scenario: what was varied.
        variables: what of it.
        points: what was found at each point, in the order of the design.
        terms: what is compared, by what, in how many years.
        design: 'grid', 'lhs' or 'sobol'.
        asked: points that were asked for, None where the ranges or the default say how many.
        failed: years that failed and are left out under all structures, over all points.
        precision: what narrow intervals took, where they were asked for.
    """

    scenario: Scenario
    variables: tuple[Variable, ...]
    points: tuple[Point, ...]
    terms: Terms
    design: str
    asked: int | None = None
    failed: int = 0
    precision: PrecisionReport | None = None
    kind: ClassVar[str] = "sweep"

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of the structures in sentences."""
        return structure_titles(self.scenario, self.terms.structures)

    @property
    def is_field(self) -> bool:
        """Whether it is a grid of two variables, which can be drawn as a map."""
        return len(self.variables) == 2 and self.design == "grid"

    @property
    def wins(self) -> dict[str, int]:
        """Points at which each structure is told apart as the best; '' for those where that is open."""
        counts = Counter(point.contest.winner for point in self.points)
        return {name: counts[name] for name in (*self.terms.structures, "")}

    @cached_property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""
        return sentences(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "variables": [each.name for each in self.variables],
            "design": self.design,
            "structures": list(self.terms.structures),
            "baseline": self.terms.baseline,
            "measure": self.terms.measure,
            "replications": self.terms.replications,
            "level": self.terms.level,
            "failed_years": self.failed,
            "wins": {name or "open": count for name, count in self.wins.items()},
            "points": [point_dict(self.variables, point) for point in self.points],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each point and structure; 'winners': a row for each point."""
        import pandas as pd

        return {
            "": pd.DataFrame(records_of(self.variables, self.points, self.terms)),
            "winners": pd.DataFrame(winners_of(self.variables, self.points)),
        }


def sweep(
    scenario: Scenario,
    ranges: Sequence[Range],
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    design: Design = "grid",
    points: int | None = None,
    precision: Precision | None = None,
    level: float | None = None,
    lab: Lab | None = None,
) -> Sweep:
    """Compares the structures at each point of a design; every point meets the same possible years.

    Args:
        scenario: what is varied, loaded from a file or text.
        ranges: the variables and their values (``variation.parse_range``); their ends alone matter for 'lhs', 'sobol'.
        structures: names; all when None.
        baseline: the structure that is subtracted from the others; as `terms` has it when None.
        measure: name of the measure that decides; the scenario's when None.
        replications: years of each structure at each point; the scenario's when None.
        design: 'grid', 'lhs' (Latin hypercube) or 'sobol'.
        points: of 'lhs' and 'sobol'; ten a variable when None.
        precision: how narrow the interval of each difference has to be at every point, in place of a number of years;
            `replications`, where given, is then the most.
        level: how sure a winner has to be; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        VariationError: a range, design or point that cannot be, or a precision of `plan_met`; nothing was simulated.
        UnknownName: a structure, a baseline or a measure that is not there.
        TermsError: fewer than two structures.
    """
    agreed = terms(scenario, structures, baseline, measure, replications, level)
    variables = tuple(each.variable for each in ranges)
    places = design_points(ranges, design, points, scenario.experiment.seed)
    made = scenarios_at(scenario, variables, places)
    lab = Lab() if lab is None else lab
    reached = None
    if precision is not None:
        wanted = precision if replications is None else replace(precision, most=min(precision.most, replications))
        reached = precise_enough(made, agreed, wanted, lab, scenario.currency)
        agreed = replace(agreed, replications=reached.replications)
    numbers, step = range(agreed.replications), max(1, YEARS_A_STEP // agreed.replications)
    found: list[Point] = []
    failed = 0
    for begin in range(0, len(made), step):
        part = made[begin : begin + step]
        lab.what = say("sweep-progress", done=len(found), points=len(made))
        cases = [Case(each, name) for each in part for name in agreed.structures]
        values = lab.measure(cases, numbers, [agreed.measure])[:, :, 0]
        values = values.reshape(len(part), len(agreed.structures), len(numbers))
        failed += int(np.isnan(values).any(axis=1).sum())
        for place, table in zip(places[begin : begin + step], values, strict=True):
            found.append(Point(place, contest(table, agreed)))
        lab.leader = _leader(found, structure_titles(scenario, agreed.structures))
    lab.leader = ""
    return Sweep(scenario, variables, tuple(found), agreed, design, points, failed, reached)


def _leader(found: Sequence[Point], titles: Mapping[str, str]) -> str:
    """Who is ahead at most of the points so far."""
    counts = Counter(point.contest.best for point in found if point.contest.best)
    if not counts:
        return ""
    name, count = counts.most_common(1)[0]
    return say("sweep-leader", structure=titles[name], count=count, points=len(found))
