"""The best split: over headcounts and alternatives, for each structure, then the best compared with the best.

1. `candidates`: every split within the people or the money.
2. `search_plan`: the closed form rules out what cannot work.
3. `selection`: for each structure, replications where they matter, until the best is known with the probability
   asked for. All structures together keep it: the error is divided equally among the searches (Bonferroni), those
   for the costs of constraints among them.
4. Whatever is read as a number is measured again in fresh years, which no search has seen: the best of many splits
   in the years in which it was found best is better there than it is. Their intervals are joint: over all pairs of
   structures, and in each structure over all splits that are held against its winner. They hold given what the
   searches chose, and so does their level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.doubt import drawn_doubt
from simulation.analysis.intervals import Interval, PairedDifference, paired_difference
from simulation.analysis.quantiles import Proportion, proportion_interval
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.best_split.candidates import Candidate, RuledOut, SearchError
from simulation.study.best_split.finding import Again, BestSplit, Cost, FrontierPoint, Match, OneSearch, Tried
from simulation.study.best_split.search_plan import FRESH, FRESH_FROM, SHARE, Constraint, Plan, planned
from simulation.study.best_split.selection import FIRST, STEP, UNDEFINED, Selection, SelectionError, select
from simulation.study.lab import Case, Lab
from simulation.study.terms import mean_of
from simulation.texts import Phrase, say, worded

__all__ = ["FRESH", "FRESH_FROM", "Plan", "carried_out", "optimise", "planned"]

Floats = NDArray[np.float64]
PILOT_FROM = 2_000_000
PILOT = 10
"""Years that give the scale of a measure that is no money, from `PILOT_FROM`: neither searched nor compared."""
AGAIN = 8
"""Most splits of a structure that are measured again beside its winner."""


def optimise(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    heads: int | None = None,
    payroll: float | None = None,
    measure: str | None = None,
    constraints: Sequence[str] = (),
    level: float = 0.95,
    indifference: float | str | None = None,
    baseline: str | None = None,
    replications: int | None = None,
    fresh: int = FRESH,
    first: int = FIRST,
    lab: Lab | None = None,
) -> BestSplit:
    """Finds the best split of each structure and compares the best with the best.

    Args:
        scenario: loaded from a file or text.
        structures: names; all when None (or none given).
        heads: exactly so many people who sell and serve.
        payroll: at most so much budgeted payroll a year, money. Without either, that of the baseline within 3 %.
        measure: what decides; the scenario's when None.
        constraints: such as ``plan_met>=80%``.
        level: probability that all searches are right, and level of the joint intervals.
        indifference: the smallest difference that matters; 2 % of the baseline's budgeted payroll when None, of the
            best mean of a few years where the measure is no money.
        baseline: the structure whose payroll is kept, one of those searched or not; the scenario's, else its first.
        replications: most of a split in the search; no cap when None.
        fresh: years of the final comparison.
        first: replications of every split before the first look, at least 2; fewer see less of how years differ, and
            make the search more careful.
        lab: where it is simulated.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there.
        SearchError: something else asked for makes no sense; the message says what is allowed.
        SelectionError: the measure is undefined in too many years.
    """
    plan = planned(
        scenario,
        structures=structures,
        heads=heads,
        payroll=payroll,
        measure=measure,
        constraints=constraints,
        level=level,
        indifference=indifference,
        baseline=baseline,
        replications=replications,
        fresh=fresh,
    )
    return carried_out(plan, lab or Lab(), fresh, first)


def carried_out(plan: Plan, lab: Lab, fresh: int = FRESH, first: int = FIRST) -> BestSplit:
    """Searches and compares what was planned.

    Raises:
        SearchError: nothing gives the measure a scale.
        SelectionError: the measure is undefined in too many years.
    """
    return _Study(plan, lab, fresh, first).result()


class _Study:
    """One study: the searches, then the fresh years."""

    def __init__(self, plan: Plan, lab: Lab, fresh: int, first: int) -> None:
        self._plan, self._lab = plan, lab
        self._first = first if plan.cap is None else min(first, plan.cap)
        self._fresh = range(FRESH_FROM, FRESH_FROM + fresh)
        self._up = plan.measure.upwards
        self._zone = plan.indifference if plan.indifference is not None else self._pilot()
        self._level = 1.0 - (1.0 - plan.level) / plan.searches
        self._before = lab.simulated, lab.reused, len(lab.failures)

    def result(self) -> BestSplit:
        """Everything that is found."""
        plan, lab = self._plan, self._lab
        drafts = [self._search(name, *each) for name, each in plan.splits.items()]
        searches = tuple(self._measured_again(each) for each in drafts)
        simulated, reused, failed = self._before
        return BestSplit(
            **plan.sought,
            search_level=self._level,
            indifference=self._zone,
            fresh=len(self._fresh),
            searches=searches,
            matches=self._matches(searches),
            frontier=tuple(point for each in searches for point in self._frontier(each)),
            simulated=lab.simulated - simulated,
            reused=lab.reused - reused,
            failed=len(lab.failures) - failed,
        )

    def _pilot(self) -> float:
        """The indifference zone of a measure without a scale of its own, from years that decide nothing else."""
        plan = self._plan
        cases = [Case(plan.scenario, name) for name in plan.splits]
        self._lab.what = say("progress-pilot")
        values = self._lab.measure(cases, range(PILOT_FROM, PILOT_FROM + PILOT), [plan.measure.name])[:, :, 0]
        defined = values[~np.isnan(values).all(axis=1)]
        means = np.nanmean(defined, axis=1) if len(defined) else np.zeros(1)
        best = float(np.max(means) if self._up else np.min(means))
        if best == 0.0:
            raise SearchError(worded("indifference-needed", name=plan.measure.name))
        return SHARE * abs(best)

    # --- the searches -----------------------------------------------------------------------------------------------

    def _search(self, name: str, kept: list[Candidate], out: list[RuledOut]) -> OneSearch:
        plan = self._plan
        title = structure_titles(plan.scenario)[name]
        if not kept:
            raise SearchError(worded("split-none-works", name=repr(name), reason=out[0].reason))
        selection = self._selected(title, kept, plan.constraints)
        years = {n: each.given for n, each in enumerate(selection.systems)}
        costs = []
        for number, constraint in enumerate(plan.constraints):
            rest = [each for n, each in enumerate(plan.constraints) if n != number]
            other = self._selected(title, kept, rest)
            years = {n: max(years[n], each.given) for n, each in enumerate(other.systems)}
            costs.append(Cost(constraint, kept[other.best] if other.best is not None else None, None))
        tried = self._behind([self._tried(each, selection, n, years[n]) for n, each in enumerate(kept)], selection.best)
        winner = kept[selection.best] if selection.best is not None else None
        nearest = None if winner is not None else self._nearest(tried)
        used = sum(years.values())
        return OneSearch(name, title, tried, tuple(out), selection, winner, (), tuple(costs), nearest, used)

    def _selected(self, title: str, kept: list[Candidate], constraints: Sequence[Constraint]) -> Selection:
        plan, lab = self._plan, self._lab
        names = [plan.measure.name, *(each.measure.name for each in constraints)]

        def values(systems: Sequence[int], numbers: Sequence[int]) -> Floats:
            return lab.measure([kept[each].case for each in systems], numbers, names)

        def watch(left: Sequence[int], leader: int | None) -> None:
            lab.what = say("progress-left", title=title, left=len(left), kept=len(kept))
            lab.leader = kept[leader].name if leader is not None else ""

        return select(
            values,
            len(kept),
            indifference=self._zone,
            level=self._level,
            limits=[each.limit for each in constraints],
            first=self._first,
            step=STEP,
            most=plan.cap,
            higher=self._up,
            watch=watch,
        )

    def _tried(self, candidate: Candidate, selection: Selection, place: int, years: int) -> Tried:
        system = selection.systems[place]
        values = self._lab.measure([candidate.case], range(years), self._plan.measures)[0]
        breaks = self._plan.constraints[system.by] if system.fate == "breaks" and system.by is not None else None
        return Tried(candidate, system.fate, self._mean(values), years, self._met(values), breaks)

    def _behind(self, tried: Sequence[Tried], best: int | None) -> tuple[Tried, ...]:
        """The same, held against the winner in the years that both were simulated in."""
        if best is None:
            return tuple(tried)
        values = [
            self._lab.measure([each.candidate.case], range(each.years), self._plan.measures[:1])[0, :, 0]
            for each in tried
        ]
        found = []
        for n, each in enumerate(tried):
            years = min(len(values[n]), len(values[best]))
            behind = self._less(values[best][:years], values[n][:years], 1)
            found.append(each if n == best else replace(each, behind=behind))
        return tuple(found)

    def _mean(self, values: Floats) -> Interval:
        """The measure in these years; the first column."""
        return mean_of(self._plan.measures[0], values[:, 0], self._plan.level)

    def _met(self, values: Floats) -> Proportion:
        """Share of years that met the plan; the last column, where there is a plan."""
        if self._plan.scenario.plan is None:
            return proportion_interval(0, 0, self._plan.level)
        met = values[:, -1]
        met = met[~np.isnan(met)]
        return proportion_interval(int(met.sum()), len(met), self._plan.level)

    def _nearest(self, tried: Sequence[Tried]) -> Tried | None:
        """The split that breaks the constraints least, each in units of its tolerance."""
        plan, best, least = self._plan, None, math.inf
        for each in tried:
            values = self._lab.measure([each.candidate.case], range(each.years), plan.measures)[0]
            broken = 0.0
            for number, constraint in enumerate(plan.constraints):
                own = values[:, 1 + number]
                gap = constraint.bound - float(np.nanmean(own)) if not np.isnan(own).all() else math.inf
                gap = gap if constraint.limit.at_least else -gap
                broken = max(broken, gap / constraint.tolerance)
            if broken < least:
                best, least = each, broken
        return best

    # --- the fresh years --------------------------------------------------------------------------------------------

    def _fresh_values(self, candidates: Sequence[Candidate], what: str) -> Floats:
        self._lab.what, self._lab.leader = what, ""
        return self._lab.measure([each.case for each in candidates], self._fresh, self._plan.measures)

    def _measured_again(self, one: OneSearch) -> OneSearch:
        if one.winner is None:
            return one
        rivals = self._contenders(one)
        without = [each.without for each in one.costs if each.without is not None]
        everybody = list({id(each): each for each in (one.winner, *rivals, *without)}.values())
        values = self._fresh_values(everybody, say("progress-fresh", title=one.title))
        place = {id(each): n for n, each in enumerate(everybody)}
        best = values[place[id(one.winner)]]
        if np.isfinite(best[:, 0]).sum() < 2:
            raise SelectionError(worded(UNDEFINED))
        again = [Again(one.winner, self._mean(best), None, self._met(best), True)]
        beside = []
        for each in rivals:
            own = values[place[id(each)]]
            behind = self._less(best[:, 0], own[:, 0], len(rivals))
            good = behind.joint_low <= 0 or behind.mean <= self._zone
            beside.append(Again(each, self._mean(own), behind, self._met(own), good))
        beside.sort(key=lambda each: each.behind.mean if each.behind is not None else 0.0)
        costs = []
        for found in one.costs:
            paid = None
            if found.without is not None and found.without is not one.winner:
                paid = self._less(values[place[id(found.without)]][:, 0], best[:, 0], len(one.costs))
            costs.append(Cost(found.constraint, found.without, paid))
        return replace(one, again=(*again, *beside), costs=tuple(costs))

    def _contenders(self, one: OneSearch) -> list[Candidate]:
        """Splits that may be as good as the winner, by the years of the search, and the split of the file."""
        near = [
            (each.behind.mean, n, each.candidate)
            for n, each in enumerate(one.tried)
            if each.behind is not None and each.state != "breaks" and each.behind.low < self._zone
        ]
        chosen = [candidate for _, _, candidate in sorted(near)[:AGAIN]]
        written = [e.candidate for e in one.tried if e.candidate.written and e.candidate is not one.winner]
        return list({id(each): each for each in (*chosen, *written)}.values())

    def _less(self, first: Floats, second: Floats, family: int) -> PairedDifference:
        """First less second, the better way up."""
        sign = 1.0 if self._up else -1.0
        return paired_difference(sign * first, sign * second, level=self._plan.level, family=max(family, 1))

    def _matches(self, searches: Sequence[OneSearch]) -> tuple[Match, ...]:
        won = [each for each in searches if each.winner is not None]
        if len(won) < 2:
            return ()
        values = self._fresh_values([each.winner for each in won if each.winner is not None], say("progress-best"))
        pairs = [(a, b) for a in range(len(won)) for b in range(a + 1, len(won))]
        found = []
        for a, b in pairs:
            difference = self._less(values[a, :, 0], values[b, :, 0], len(pairs))
            if difference.mean < 0:
                a, b = b, a
                difference = self._less(values[a, :, 0], values[b, :, 0], len(pairs))
            doubt = self._doubt(values[a, :, 0] - values[b, :, 0])
            found.append(Match(won[a].structure, won[b].structure, difference, doubt))
        return tuple(found)

    def _doubt(self, differences: Floats) -> Phrase | None:
        """How much of the doubt about a fresh year's difference is ignorance of drawn inputs."""
        import pandas as pd

        scenario, measure = self._plan.scenario, self._plan.measure.name
        if scenario.inputs is None:
            return None
        years = pd.Series(differences, index=list(self._fresh)).dropna()
        return drawn_doubt(years, scenario.inputs.rows, measure, scenario)

    def _frontier(self, one: OneSearch) -> list[FrontierPoint]:
        """The best of each size by the years of the search, measured in fresh ones."""
        best: dict[int, Tried] = {}
        sign = 1.0 if self._up else -1.0
        for each in one.tried:
            size = each.candidate.people
            ahead = best.get(size)
            if each.state != "breaks" and (ahead is None or sign * each.mean.mean > sign * ahead.mean.mean):
                best[size] = each
        if self._plan.payroll is None or not best:
            return []
        if one.winner is not None:
            size = one.winner.people
            best[size] = next(each for each in one.tried if each.candidate is one.winner)
        chosen = [best[size].candidate for size in sorted(best)]
        values = self._fresh_values(chosen, say("progress-sizes", title=one.title))
        return [
            FrontierPoint(one.structure, each, self._mean(own), self._met(own))
            for each, own in zip(chosen, values, strict=True)
        ]
