"""Map: which structure wins in each cell of two variables, and where the border runs.

Here too: the border on a map: where along a line of cells one structure gets ahead of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.field.resplit import resplit as split_anew
from simulation.study.field.sweep import design_points
from simulation.study.field.words import map_sentences
from simulation.study.lab import Case, Lab
from simulation.study.points import Contest, Point, contest, crossing, point_dict, records_of, scenarios_at, winners_of
from simulation.study.terms import Terms, terms
from simulation.study.variation import Range, Variable
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Crossing:
    """A change of who is ahead between two neighbouring cells of a line.

    Attributes:
        before, after: who is ahead by the means on either side, told apart or not.
        at: where their means are equal, by straight interpolation.
        low, high: the nearest cells on either side in which the winner is told apart (`before` on the low side,
            `after` on the high side): as far as the cells can tell, the border lies between them. None where there is
            no such cell.
    """

    before: str
    after: str
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Border:
    """All changes of who is ahead along the lines of one direction.

    Attributes:
        along: the variable that changes along a line, 'x' or 'y'; the other one tells the lines apart.
        lines: crossings by line, the lines in ascending order.
    """

    along: Literal["x", "y"]
    lines: tuple[tuple[Crossing, ...], ...]

    @property
    def crossed(self) -> int:
        """Lines along which the leader changes."""
        return sum(bool(line) for line in self.lines)


def border(along: Literal["x", "y"], lines: Sequence[Sequence[Point]]) -> Border:
    """The border along lines of cells, each in ascending order of the variable that changes along it."""
    return Border(along, tuple(_crossings(line, 0 if along == "x" else 1) for line in lines))


def _crossings(line: Sequence[Point], place: int) -> tuple[Crossing, ...]:
    found = []
    for n, (here, there) in enumerate(zip(line, line[1:], strict=False)):
        one, two = here.contest, there.contest
        if not one.best or not two.best or one.best == two.best:
            continue
        before, after = one.best, two.best
        gaps = [each.means[before].mean - each.means[after].mean for each in (one, two)]
        at = crossing((here.values[place], there.values[place]), (gaps[0], gaps[1]))
        if at is None:
            continue
        low = next((each.values[place] for each in reversed(line[: n + 1]) if each.contest.winner == before), None)
        high = next((each.values[place] for each in line[n + 1 :] if each.contest.winner == after), None)
        found.append(Crossing(before, after, at, low, high))
    return tuple(found)


FIRST = 10
"""Years of every cell before the first look (or all there may be, where that is less)."""


BORDER_COLUMNS = ["along", "across", "before", "after", "at", "low", "high"]


@dataclass(frozen=True)
class WinnerMap:
    """The winner in each cell of two variables.

    A cell is *open* where its winner is not told apart. Cells are looked at after 10, 20, 40, … years, up to the
    limit (`looks_at`); only those that are still open get more. The doubt of a cell (1 - level) is shared out over
    its looks and its pairs of structures by Bonferroni's inequality, so that the chance that the named winner is in
    truth the worse one is at most half of it, however early the cell was decided. This holds for each cell by itself:
    of many cells a few may be named wrongly (`expected_wrong` bounds the mean of their number). All cells meet the
    same years, so their errors come together more often than those of independent cells.

    Attributes:
        scenario: what was varied.
        x, y: the variables and their values, ascending.
        cells: row by row: y ascending, in it x ascending.
        terms: what is compared, by what; the replications are the most of a cell.
        looks: after so many years cells were looked at.
        resplit: whether each structure stands in each cell with its best split of the same people.
        searched: runs that the searches for the best splits asked for.
        failed: years that failed and are left out under all structures, over all cells.
    """

    scenario: Scenario
    x: Range
    y: Range
    cells: tuple[Point, ...]
    terms: Terms
    looks: tuple[int, ...]
    resplit: bool = False
    searched: int = 0
    failed: int = 0
    kind: ClassVar[str] = "map"

    @property
    def variables(self) -> tuple[Variable, Variable]:
        """Both variables."""
        return self.x.variable, self.y.variable

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of the structures in sentences."""
        return structure_titles(self.scenario, self.terms.structures)

    def row(self, number: int) -> tuple[Point, ...]:
        """The cells at one value of y."""
        width = len(self.x.values)
        return self.cells[number * width : (number + 1) * width]

    @property
    def wins(self) -> dict[str, int]:
        """Cells that each structure wins; '' for those that are open."""
        counts = Counter(cell.contest.winner for cell in self.cells)
        return {name: counts[name] for name in (*self.terms.structures, "")}

    @property
    def expected_wrong(self) -> float:
        """At most so many cells are named wrongly, on average."""
        return sum(1.0 - cell.contest.confidence for cell in self.cells if cell.contest.told_apart)

    @property
    def runs(self) -> int:
        """Runs of the comparison (one structure in one year), without those of the searches for splits."""
        return sum(_given(cell.contest, self.looks) for cell in self.cells) * len(self.terms.structures)

    @cached_property
    def borders(self) -> tuple[Border, Border]:
        """Where one structure gets ahead of another: along x in each row, and along y in each column."""
        width = len(self.x.values)
        return (
            border("x", [self.row(n) for n in range(len(self.y.values))]),
            border("y", [self.cells[n::width] for n in range(width)]),
        )

    @property
    def border(self) -> Border:
        """The one of the two that is crossed by the greater share of its lines."""
        return max(self.borders, key=lambda each: each.crossed / len(each.lines))

    @cached_property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""
        return map_sentences(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "x": {"name": self.x.variable.name, "values": list(self.x.values)},
            "y": {"name": self.y.variable.name, "values": list(self.y.values)},
            "structures": list(self.terms.structures),
            "baseline": self.terms.baseline,
            "measure": self.terms.measure,
            "level": self.terms.level,
            "looks": list(self.looks),
            "resplit": self.resplit,
            "runs": self.runs,
            "runs_of_searches": self.searched,
            "failed_years": self.failed,
            "expected_wrong": self.expected_wrong,
            "wins": {name or "open": count for name, count in self.wins.items()},
            "borders": self._borders(),
            "cells": [point_dict(self.variables, cell) for cell in self.cells],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each cell and structure; 'winners': one for each cell; 'borders': one for each change of leader."""
        import pandas as pd

        return {
            "": pd.DataFrame(records_of(self.variables, self.cells, self.terms)),
            "winners": pd.DataFrame(winners_of(self.variables, self.cells)),
            "borders": pd.DataFrame(self._borders(), columns=BORDER_COLUMNS),
        }

    def _borders(self) -> list[dict[str, Any]]:
        return [
            {"along": each.along, "across": across, **vars(one)}
            for each in self.borders
            for across, line in zip((self.y if each.along == "x" else self.x).values, each.lines, strict=True)
            for one in line
        ]


def winner_map(
    scenario: Scenario,
    x: Range,
    y: Range,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    resplit: bool = False,
    level: float | None = None,
    lab: Lab | None = None,
) -> WinnerMap:
    """Finds the winner in each cell of two variables; every cell meets the same possible years.

    Args:
        scenario: what is varied, loaded from a file or text.
        x: the variable along the rows and its values (``variation.parse_range``).
        y: the variable across the rows and its values.
        structures: names; all when None.
        baseline: the structure that is subtracted from the others; as `terms` has it when None.
        measure: name of the measure that decides; the scenario's when None.
        replications: the most years of a cell; the scenario's when None.
        resplit: whether each structure gets its best split of the same people in each cell first.
        level: how sure a winner has to be; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        VariationError: a variable twice, or a cell without a scenario, which is named; nothing was simulated.
        UnknownName: a structure, a baseline or a measure that is not there.
        TermsError: fewer than two structures.
    """
    agreed = terms(scenario, structures, baseline, measure, replications, level)
    # y first: the second of a design moves fastest, and rows are of y
    places = [(b, a) for a, b in design_points([y, x], "grid", None, scenario.experiment.seed)]
    made = scenarios_at(scenario, (x.variable, y.variable), places)
    lab = Lab() if lab is None else lab
    splits: list[Mapping[str, Mapping[str, int]]] = [{} for _ in made]
    searched = 0
    if resplit:
        for n, each in enumerate(made):
            lab.what = say("map-progress-splits", done=n, cells=len(made))
            found = split_anew(each, agreed.structures, agreed.measure, agreed.level, lab)
            made[n], splits[n] = found.scenario, found.splits
            searched += found.runs
    looks = looks_at(agreed.replications)
    contests, failed = _decided(made, agreed, looks, lab)
    cells = tuple(Point(*each) for each in zip(places, contests, splits, strict=True))
    return WinnerMap(scenario, _ascending(x), _ascending(y), cells, agreed, looks, resplit, searched, failed)


def _decided(made: Sequence[Scenario], agreed: Terms, looks: Sequence[int], lab: Lab) -> tuple[list[Contest], int]:
    """The contest of each cell: more years for those that are open, until the last look."""
    names = agreed.structures
    found: dict[int, Contest] = {}
    open_ = list(range(len(made)))
    failed: dict[int, int] = {}
    for number, years in enumerate(looks, 1):
        lab.what = say("map-progress", look=number, looks=len(looks), cells=len(open_))
        cases = [Case(made[n], name) for n in open_ for name in names]
        values = lab.measure(cases, range(years), [agreed.measure])[:, :, 0]
        for n, table in zip(open_, values.reshape(len(open_), len(names), years), strict=True):
            found[n] = contest(table, agreed, len(looks))
            failed[n] = int(np.isnan(table).any(axis=0).sum())
        open_ = [n for n in open_ if not found[n].told_apart]
        lab.leader = _leader(found.values(), len(made), agreed, made[0])
        if not open_:
            break
    lab.leader = ""
    return [found[n] for n in range(len(made))], sum(failed.values())


def looks_at(most: int) -> tuple[int, ...]:
    """Years after which a cell is looked at: doubled each time; a look shortly before the last one is left out."""
    looks = [min(FIRST, most)]
    while looks[-1] < most:
        looks.append(2 * looks[-1] if 3 * looks[-1] <= most else most)
    return tuple(looks)


def _leader(found: Any, cells: int, agreed: Terms, scenario: Scenario) -> str:
    counts = Counter(each.winner for each in found)
    titles = structure_titles(scenario, agreed.structures)
    name = max(agreed.structures, key=lambda each: counts[each])
    return say("map-leader", structure=titles[name], count=counts[name], cells=cells) if counts[name] else ""


def _given(found: Contest, looks: Sequence[int]) -> int:
    """Years that a cell was given: the look at which it ended, failed ones among them."""
    return next((each for each in looks if each >= found.years), looks[-1])


def _ascending(each: Range) -> Range:
    return Range(each.variable, tuple(sorted(set(each.values))))
