"""Sweep: the structures at many values of one or several variables, in the same possible years.

Here too: designs: at which values of the variables a sweep simulates; how many years of each variant are enough:
intervals as narrow as asked at every one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.precision import FIRST, Precision, PrecisionReport, next_total, precision_of
from simulation.analysis.summaries import Table
from simulation.analysis.unknown import unknown
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.field.words import sweep_sentences
from simulation.study.lab import PLAN_MET, Case, Lab
from simulation.study.points import Point, contest, point_dict, records_of, scenarios_at, winners_of
from simulation.study.terms import Terms, terms
from simulation.study.variation import Range, Variable, VariationError
from simulation.texts import Phrase, say, worded

if TYPE_CHECKING:
    import pandas as pd


Floats = NDArray[np.float64]
Design = Literal["grid", "lhs", "sobol"]
DESIGNS: tuple[str, ...] = get_args(Design)
POINTS_A_VARIABLE = 10
"""Points for each variable where nobody says how many (Loeppky, Sacks & Welch 2009, Technometrics 51: n = 10d)."""
MOST_POINTS = 5_000
"""Points of a design: each is a scenario that is checked and kept."""
BITS = 0x53574545
"""Goes into the seed, so that a design does not share numbers with a year."""

Values = tuple[float, ...]


def design_points(ranges: Sequence[Range], design: str, points: int | None, seed: int) -> tuple[Values, ...]:
    """The points of a design; equal points, which whole numbers may bring, are there once.

    A grid has every combination of the values of the ranges. A Latin hypercube (McKay, Beckman & Conover 1979) and a
    Sobol' sequence (scrambled by Owen's method) spread points between the ends of the ranges. A Sobol' sequence is
    balanced in powers of two only, so that their number is rounded up to one.

    Args:
        ranges: variables and their values.
        design: 'grid', 'lhs' or 'sobol'.
        points: how many of a Latin hypercube or Sobol' sequence; ten a variable when None.
        seed: of the scenario; the same gives the same points.

    Raises:
        UnknownName: there is no such design.
        VariationError: no range, a variable twice, a number of points that cannot be.
    """
    names = [each.variable.name for each in ranges]
    if not names:
        raise VariationError(worded("nothing-varied"))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise VariationError(worded("varied-twice", twice=twice))
    if design not in DESIGNS:
        raise unknown("design", design, DESIGNS)
    if design == "grid":
        if points is not None:
            raise VariationError(worded("grid-points"))
        _few_enough(int(np.prod([len(set(each.values)) for each in ranges])))
        return tuple(product(*(tuple(sorted(set(each.values))) for each in ranges)))
    flat = next((each for each in ranges if each.low == each.high), None)
    if flat is not None:
        raise VariationError(worded("one-value", text=flat.variable.name))
    count = POINTS_A_VARIABLE * len(ranges) if points is None else points
    if count < 2:
        raise VariationError(worded("design-few", count=count))
    unit = _unit(design, _few_enough(count), len(ranges), seed)
    low, high = np.array([(each.low, each.high) for each in ranges]).T
    made = [
        tuple(each.variable.rounded(value) for each, value in zip(ranges, row, strict=True))
        for row in (low + unit * (high - low)).tolist()
    ]
    return tuple(dict.fromkeys(made))


def _few_enough(count: int) -> int:
    if count > MOST_POINTS:
        raise VariationError(worded("design-many", count=count, most_points=MOST_POINTS))
    return count


def _unit(design: str, count: int, dimensions: int, seed: int) -> Floats:
    """Points of the unit cube, shape (points, dimensions)."""
    from scipy.stats import qmc

    luck = np.random.default_rng([BITS, seed])
    if design == "lhs":
        cube: Floats = qmc.LatinHypercube(dimensions, rng=luck).random(count)
    else:
        cube = qmc.Sobol(dimensions, rng=luck).random_base2(rounded_up(count))
    return cube


def rounded_up(count: int) -> int:
    """The least m with 2^m at least a number of points."""
    return max(0, (count - 1).bit_length())


def size_of(ranges: Sequence[Range], design: str, points: int | None) -> int:
    """Points that a design asks for, before any is made; 0 where it makes no sense."""
    if design == "grid":
        return int(np.prod([len(set(each.values)) for each in ranges], dtype=object)) if ranges else 0
    count = POINTS_A_VARIABLE * len(ranges) if points is None else points
    return 2 ** rounded_up(count) if design == "sobol" and count > 0 else max(0, count)


def precise_enough(
    made: Sequence[Scenario], agreed: Terms, precision: Precision, lab: Lab, currency: str = ""
) -> PrecisionReport:
    """Simulates variants until the difference of every structure from the baseline is known so well at each of them.

    What was simulated is remembered by the laboratory, so that asking it again costs nothing.

    Raises:
        VariationError: `plan_met` decides, which has no half-width in a unit of its own.
    """
    if agreed.measure == PLAN_MET:
        raise VariationError(worded("precision-of-share-or", plan_met=PLAN_MET))
    wanted = Precision(precision.share, precision.amount, (), precision.most)
    worlds = dict.fromkeys(agreed.structures, 0)
    total = min(FIRST, wanted.most)
    while True:
        lab.what = say("precision-progress", years=total)
        cases = [Case(each, name) for each in made for name in agreed.structures]
        values = lab.measure(cases, range(total), [agreed.measure])[:, :, 0]
        values = values.reshape(len(made), len(agreed.structures), total)
        reports = [
            precision_of(
                Table(
                    {(name, agreed.measure): row for name, row in zip(agreed.structures, table, strict=True)},
                    worlds,
                    total,
                ),
                wanted,
                structures=agreed.structures,
                baseline=agreed.baseline,
                measure=agreed.measure,
                level=agreed.level,
                currency=currency,
            )
            for table in values
        ]
        whole = PrecisionReport(wanted, total, tuple(one for each in reports for one in each.intervals), currency)
        more = next_total(whole)
        if more is None:
            return whole
        total = more


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
        return sweep_sentences(self)

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
        VariationError: a range or a point that cannot be, or a precision of `plan_met`; nothing was simulated.
        UnknownName: a design, a structure, a baseline or a measure that is not there.
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
