"""Finds each structure's best way within its payroll, and compares the best with the best.

From the structure as it is drawn: policies of every choice are tried one at a time, those that help are tried together,
then people are moved from role to role, and so on until nothing near is better. Ways are held against each other in
years that the comparison does not use (KN on paired differences, `best_split.selection`); the comparison and the worth
of each change are measured in its own years, which the search has not seen. So what is picked as the best is not
flattered by having been picked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import compare
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.results import Comparison
from simulation.analysis.unknown import split_phrase
from simulation.expected import budgeted_payroll
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import ChoiceName
from simulation.scenario.titles import structure_titles
from simulation.study.best_split.search_plan import SHARE
from simulation.study.best_split.selection import SelectionError, select
from simulation.study.compare.best import AtBest, Best, Change, Depth
from simulation.study.compare.ways import Way, Ways
from simulation.study.lab import Case, Lab
from simulation.texts import Phrase, say

Floats = NDArray[np.float64]

SEARCHED_FROM = 2_000_000
"""Number of the first year of the search: beyond every number that a comparison uses."""
STEP = 6
"""Years between two looks."""


@dataclass(frozen=True)
class Effort:
    """How deep a search goes.

    Attributes:
        first: years of every way before the first look.
        most: most years of a way.
        passes: rounds of choices and splits.
        level: probability with which a round keeps the best of its ways, if it is ahead by the indifference zone.
    """

    first: int
    most: int
    passes: int
    level: float


EFFORTS: Mapping[Depth, Effort] = {"quick": Effort(6, 24, 2, 0.5), "full": Effort(16, 160, 5, 0.95)}


def at_best(drawn: Comparison, depth: Depth = "quick", lab: Lab | None = None) -> AtBest:
    """Each structure of a comparison at its best, and the best compared.

    Args:
        drawn: a finished comparison; its structures may stand in several scenarios.
        depth: 'quick' or 'full'.
        lab: where it is simulated.

    Raises:
        SelectionError: the measure is undefined in too many years.
    """
    return _Search(drawn, depth, lab or Lab()).result()


def most_runs(drawn: Comparison, depth: Depth) -> int:
    """Runs that a search may take at the most, as far as can be known beforehand."""
    effort = EFFORTS[depth]
    total = 0
    for case in drawn.cases.values():
        ways = Ways(case.scenario, case.key, 0.0)
        singles = sum(len(each) - 1 for each in ways.policies(ways.drawn).values())
        splits = len(list(ways.splits(ways.drawn)))
        total += effort.most * (1 + singles + splits) + drawn.runs.finished * 4
    return total


def seconds_of(drawn: Comparison, depth: Depth, lab: Lab, jobs: int, more: int = 0) -> float:
    """About how long a search takes here with so many runs more, from a year of each structure played for it."""
    cases = [Case(case.scenario, case.key) for case in drawn.cases.values()]
    began = 0.0
    for number in (SEARCHED_FROM, SEARCHED_FROM + 1):  # the first also loads what the others find loaded
        began = time.perf_counter()
        lab.measure(cases, [number], [drawn.measure])
    return (time.perf_counter() - began) / len(cases) * (most_runs(drawn, depth) + more) / jobs


def best_heads(scenario: Scenario, structure: str, measure: str, lab: Lab, depth: Depth = "quick") -> dict[str, int]:
    """The best split of a structure's people within its payroll, all else as it is drawn: headcount by role.

    Raises:
        SelectionError: the measure is undefined in too many years.
    """
    payroll = budgeted_payroll(scenario, structure)
    ways = Ways(scenario, structure, payroll)
    zone = max(SHARE * payroll * scenario.experiment.months / 12, 1e-9) if describe(measure).unit == "money" else 1e-9
    hunt = _Hunt(lab, EFFORTS[depth], measure, zone, structure_titles(scenario)[structure])
    best, seen = ways.drawn, {ways.drawn}
    while splits := [each for each in ways.splits(best) if each not in seen]:
        seen |= set(splits)
        moved, _ = hunt.round(ways, best, splits)
        if moved == best:
            break
        best = moved
    return dict(best.heads)


@dataclass(frozen=True)
class _Hunt:
    """Ways held against each other in years of their own."""

    lab: Lab
    effort: Effort
    measure: str
    zone: float
    title: str

    def round(self, ways: Ways, best: Way, others: Sequence[Way]) -> tuple[Way, list[tuple[Way, float]]]:
        """The best of these ways, and those that are ahead of the one before with by how much."""
        able = [way for way in dict.fromkeys((best, *others)) if ways.case(way) is not None]
        cases = [case for way in able if (case := ways.case(way)) is not None]
        if len(able) < 2:
            return best, []
        sign = 1.0 if describe(self.measure).upwards else -1.0

        def values(systems: Sequence[int], numbers: Sequence[int]) -> Floats:
            return self.lab.measure([cases[each] for each in systems], numbers, [self.measure])

        def watch(left: Sequence[int], leader: int | None) -> None:
            self.lab.what = say("progress-left", title=self.title, left=len(left), kept=len(able))

        chosen = select(
            values,
            len(able),
            indifference=self.zone,
            level=self.effort.level,
            first=self.effort.first,
            step=STEP,
            most=self.effort.most,
            higher=sign > 0,
            start=SEARCHED_FROM,
            watch=watch,
        )
        gains = []
        base = searched(self.lab, cases[0], chosen.systems[0].given, self.measure)
        for n, way in enumerate(able[1:], 1):
            own = searched(self.lab, cases[n], chosen.systems[n].given, self.measure)
            years = min(len(base), len(own))
            difference = sign * (own[:years] - base[:years])
            difference = difference[np.isfinite(difference)]
            if len(difference) > 1 and difference.mean() > difference.std(ddof=1) / math.sqrt(len(difference)):
                gains.append((way, float(difference.mean())))
        gains.sort(key=lambda each: -each[1])
        ahead = {way for way, _ in gains}
        winner = able[chosen.best] if chosen.best is not None else best
        return (winner if winner in ahead else best), gains


def searched(lab: Lab, case: Case, years: int, measure: str) -> Floats:
    """A measure in the first years of the search."""
    return lab.measure([case], range(SEARCHED_FROM, SEARCHED_FROM + years), [measure])[0, :, 0]


class _Search:
    """One search."""

    def __init__(self, drawn: Comparison, depth: Depth, lab: Lab) -> None:
        self._drawn, self._depth, self._lab = drawn, depth, lab
        self._effort = EFFORTS[depth]
        self._measure = drawn.measure
        self._sign = 1.0 if describe(self._measure).upwards else -1.0
        self._years = range(drawn.runs.finished)
        base = drawn.cases[drawn.baseline]
        self._payroll = budgeted_payroll(base.scenario, base.key)
        self._zone = self._zone_of(drawn)
        self._looked, self._brute = 0, 0

    def _zone_of(self, drawn: Comparison) -> float:
        if describe(self._measure).unit == "money":
            return max(SHARE * self._payroll * drawn.scenario.experiment.months / 12, 1e-9)
        means = [abs(drawn.mean(name, self._measure)) for name in drawn.structures]
        return max(SHARE * max((each for each in means if math.isfinite(each)), default=1.0), 1e-9)

    def result(self) -> AtBest:
        """Everything that is found."""
        before = self._lab.simulated, self._lab.reused
        cases = self._drawn.cases
        ways = {name: Ways(case.scenario, case.key, self._payroll) for name, case in cases.items()}
        won = {name: self._best(name, each) for name, each in ways.items()}
        searched = self._lab.simulated - before[0], self._lab.reused - before[1]
        values: dict[str, dict[str, Any]] = {case.file: {} for case in cases.values()}
        for name, (way, _, _) in won.items():
            values[cases[name].file] |= ways[name].values(way) or {}
        scenarios = {case.file: case.scenario for case in cases.values()}
        scenarios |= {label: scenarios[label].replace(found) for label, found in values.items() if found}
        comparison = self._drawn
        if any(values.values()):
            comparison = self._lab.whole(
                say("progress-at-best"),
                compare,
                scenarios if len(scenarios) > 1 else next(iter(scenarios.values())),
                list(self._drawn.structures),
                baseline=self._drawn.baseline,
                measure=self._measure,
                level=self._drawn.level,
                replications=len(self._years),
            )
        return AtBest(
            depth=self._depth,
            drawn=self._drawn,
            comparison=comparison,
            scenarios=scenarios,
            found={name: self._found(name, ways[name], *each) for name, each in won.items()},
            simulated=searched[0],
            reused=searched[1],
            brute_force=self._brute,
        )

    # --- the search of one structure ----------------------------------------------------------------------------------

    def _best(self, name: str, ways: Ways) -> tuple[Way, int, bool]:
        """The best way, ways that were tried, and whether nothing near was better at last."""
        best, seen = ways.drawn, {ways.drawn}
        before = best
        for _ in range(self._effort.passes):
            before = best
            singles = [
                best.choosing(choice, policy.name if n else None)
                for choice, offered in ways.policies(best).items()
                for n, policy in enumerate(offered)
                if n or choice in dict(best.chosen)
            ]
            best, gains = self._round(name, ways, best, singles)
            seen |= set(singles)
            together = self._together(before, gains)
            if together:
                best, _ = self._round(name, ways, best, together)
                seen |= set(together)
            splits = list(ways.splits(best))
            while splits:
                moved, _ = self._round(name, ways, best, splits)
                seen |= set(splits)
                if moved == best:
                    break
                best = moved
                splits = [each for each in ways.splits(best) if each not in seen]
            if best == before:
                break
        self._brute += len(seen) * self._effort.most
        return self._pruned(ways, best), len(seen), best == before

    def _round(self, name: str, ways: Ways, best: Way, others: Sequence[Way]) -> tuple[Way, list[tuple[Way, float]]]:
        hunt = _Hunt(self._lab, self._effort, self._measure, self._zone, self._drawn.titles[name])
        return hunt.round(ways, best, others)

    def _pruned(self, ways: Ways, best: Way) -> Way:
        """The best without what is not worth the indifference zone: nobody is told to change that."""
        while True:
            able = [(way, case) for way in _without_each(ways, best).values() if (case := ways.case(way)) is not None]
            own = ways.case(best)
            if not able or own is None:
                return best
            years = self._effort.most
            values = [self._sign * self._searched(case, years) for case in (own, *(case for _, case in able))]
            worth = [float(np.nanmean(values[0] - each)) for each in values[1:]]
            least = min(range(len(worth)), key=worth.__getitem__)
            if not worth[least] < self._zone:
                return best
            best = able[least][0]

    def _searched(self, case: Case, years: int) -> Floats:
        return searched(self._lab, case, years, self._measure)

    def _together(self, before: Way, gains: Sequence[tuple[Way, float]]) -> list[Way]:
        """What helped alone, together: the best policy of each choice, and all of them but one."""
        best: dict[ChoiceName, str | None] = {}
        for way, _ in gains:  # the largest gain first
            for choice in {name for name, _ in (*way.chosen, *before.chosen)}:
                policy = dict(way.chosen).get(choice)
                if policy != dict(before.chosen).get(choice):
                    best.setdefault(choice, policy)
        if len(best) < 2:
            return []

        def put(left_out: str | None) -> Way:
            way = before
            for choice, policy in best.items():
                if choice != left_out:
                    way = way.choosing(choice, policy)
            return way

        # of two, all but one is one of the singles, which have been tried
        return list(dict.fromkeys(put(name) for name in (None, *(best if len(best) > 2 else ()))))

    # --- what it is worth ---------------------------------------------------------------------------------------------

    def _found(self, name: str, ways: Ways, way: Way, tried: int, near: bool) -> Best:
        without = _without_each(ways, way)
        able = {what: case for what, other in without.items() if (case := ways.case(other)) is not None}
        best, base = ways.case(way), ways.case(ways.drawn)
        assert best is not None and base is not None
        self._lab.what = say("progress-worth", title=self._drawn.titles[name])
        values = self._lab.measure([best, base, *able.values()], self._years, [self._measure])[:, :, 0]
        level = self._drawn.level
        changes = [
            Change(what, self._words(ways, way, what), self._less(values[0], values[2 + n], max(len(able), 1), level))
            for n, what in enumerate(able)
        ]
        changes.sort(key=lambda each: -each.worth.mean)
        gain = self._less(values[0], values[1], len(self._drawn.structures), level)
        return Best(name, way, tuple(changes), gain, ways.values(way) or {}, tried, "near" if near else "limit")

    def _less(self, first: Floats, second: Floats, family: int, level: float) -> PairedDifference:
        return paired_difference(self._sign * first, self._sign * second, level=level, family=family)

    def _words(self, ways: Ways, way: Way, what: str) -> Phrase:
        if what == "split":
            case = ways.case(way)
            assert case is not None
            return split_phrase(case.scenario.structures[case.structure], dict(way.heads))
        return policy_phrase(what, dict(way.chosen)[what])  # type: ignore[index]


def _without_each(ways: Ways, way: Way) -> dict[str, Way]:
    """The way without each of its changes from as drawn, by what is left out."""
    drawn = ways.drawn
    split = {"split": way.with_heads(dict(drawn.heads))} if way.heads != drawn.heads else {}
    return split | {choice: way.choosing(choice, None) for choice, _ in way.chosen}


def policy_phrase(choice: str, policy: str) -> Phrase:
    """A policy in words: 'clients first'."""
    return say(f"policy-{choice.replace('_', '-')}-{policy}")


__all__ = ["EFFORTS", "SEARCHED_FROM", "SelectionError", "at_best", "most_runs", "policy_phrase"]
