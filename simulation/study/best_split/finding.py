"""What the search for the best split brings: plain values, tables and sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from simulation.analysis.intervals import Interval, PairedDifference
from simulation.analysis.quantiles import Proportion
from simulation.scenario.titles import structure_titles
from simulation.study.best_split.candidates import Candidate, RuledOut
from simulation.study.best_split.search_plan import Constraint, Sought
from simulation.study.best_split.selection import Selection
from simulation.study.terms import number
from simulation.texts import Phrase

if TYPE_CHECKING:
    import pandas as pd

State = Literal["selected", "open", "beaten", "breaks", "ruled out"]


@dataclass(frozen=True)
class Tried:
    """A split in the search.

    Attributes:
        candidate: the split.
        state: what became of it.
        mean: the measure in the years of the search; the interval is pointwise and only describes, as the search
            decides when it ends.
        years: possible years that it was simulated in.
        plan_met: share of these years that met the plan, with its interval; NaN without a plan.
        breaks: the constraint that it breaks, or None.
        behind: the structure's winner less it in the years that both were simulated in, the better way up; pointwise.
            None for the winner, and where there is none.
    """

    candidate: Candidate
    state: State
    mean: Interval
    years: int
    plan_met: Proportion
    breaks: Constraint | None = None
    behind: PairedDifference | None = None


@dataclass(frozen=True)
class Again:
    """A split that was measured again in fresh years, which no search has seen.

    Attributes:
        candidate: the split.
        mean: the measure in the fresh years.
        behind: the structure's winner less it, the better way up; joint over all splits of the structure that were
            measured again. None for the winner itself.
        plan_met: share of the fresh years that met the plan, with its interval; NaN without a plan.
        good: whether it is as good as the winner for all that is known: not told apart from it, or behind by no more
            than the indifference zone.
    """

    candidate: Candidate
    mean: Interval
    behind: PairedDifference | None
    plan_met: Proportion
    good: bool

    @property
    def told_apart(self) -> bool:
        """Whether the winner is surely better."""
        return self.behind is not None and self.behind.joint_low > 0


@dataclass(frozen=True)
class Cost:
    """What a constraint costs: the best split without it less the best one with all, in fresh years.

    Attributes:
        constraint: the constraint.
        without: the best split when it is left out; None where other constraints leave none.
        cost: the better way up; None where both are the same split or one of them is missing.
    """

    constraint: Constraint
    without: Candidate | None
    cost: PairedDifference | None


@dataclass(frozen=True)
class OneSearch:
    """The search in one structure.

    Attributes:
        structure: its name.
        title: its name in sentences.
        tried: the splits that were simulated.
        ruled_out: those that the closed form ruled out.
        selection: what the procedure says.
        winner: the best split; None where none keeps the constraints.
        again: splits in fresh years, the winner first, then by their mean.
        costs: what each constraint costs.
        nearest: where no split keeps the constraints: the one that comes nearest.
        used: runs (one split in one year) of the search, those for the costs of constraints too.
    """

    structure: str
    title: str
    tried: tuple[Tried, ...]
    ruled_out: tuple[RuledOut, ...]
    selection: Selection
    winner: Candidate | None
    again: tuple[Again, ...] = ()
    costs: tuple[Cost, ...] = ()
    nearest: Tried | None = None
    used: int = 0

    @property
    def brute_force(self) -> int:
        """Runs if every split, those ruled out too, were simulated as often as the one simulated most."""
        return max((each.years for each in self.tried), default=0) * (len(self.tried) + len(self.ruled_out))

    @property
    def good(self) -> tuple[Again, ...]:
        """Splits that are as good as the winner for all that is known, the winner first."""
        return tuple(each for each in self.again if each.good)

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """Least and most of each role among the good splits."""
        heads = [each.candidate.heads for each in self.good]
        return {
            role: (min(h[role] for h in heads), max(h[role] for h in heads)) for role in (heads[0] if heads else ())
        }


@dataclass(frozen=True)
class Match:
    """Two structures, each in its best split, in fresh years.

    Attributes:
        one, other: names of the structures.
        difference: one less other, the better way up; joint over all pairs.
        doubt: how much of the doubt about a year's difference is ignorance of drawn inputs; None where none are drawn.
    """

    one: str
    other: str
    difference: PairedDifference
    doubt: Phrase | None = None


@dataclass(frozen=True)
class FrontierPoint:
    """The best of the splits of one size, in fresh years.

    Attributes:
        structure: name of the structure.
        candidate: the split.
        mean: the measure.
        plan_met: share of the fresh years that met the plan, with its interval; NaN without a plan.
    """

    structure: str
    candidate: Candidate
    mean: Interval
    plan_met: Proportion


@dataclass(frozen=True, kw_only=True)
class BestSplit(Sought):
    """The best split of each structure, and the best compared with the best. A `Finding`.

    Attributes:
        search_level: of a single search, so that all of them together keep the level.
        indifference: the smallest difference that matters, in the unit of the measure.
        fresh: years of the final comparison.
        searches: by structure, in the order of the scenario.
        matches: pairs of structures whose best splits were compared, the leader of each pair first.
        frontier: the best of each size, where sizes differ; by structure and payroll.
        simulated, reused: runs that were simulated for it, and that were taken from the store.
        failed: years that failed; they are left out for all.
    """

    search_level: float
    indifference: float
    fresh: int
    searches: tuple[OneSearch, ...]
    matches: tuple[Match, ...]
    frontier: tuple[FrontierPoint, ...]
    simulated: int = 0
    reused: int = 0
    failed: int = 0
    kind: str = field(default="best_split", init=False)

    @property
    def winners(self) -> dict[str, Again]:
        """The best split by structure, best mean in fresh years first; structures without one are left out."""
        up = -1.0 if self.higher_is_better else 1.0
        found = {each.structure: each.again[0] for each in self.searches if each.winner is not None}
        return dict(sorted(found.items(), key=lambda pair: up * pair[1].mean.mean))

    @property
    def higher_is_better(self) -> bool:
        """Whether more of the measure is better."""
        return self.measure.upwards

    @property
    def used(self) -> int:
        """Runs of all searches."""
        return sum(each.used for each in self.searches)

    @property
    def brute_force(self) -> int:
        """Runs of all searches by brute force: every split as often as the one simulated most in its structure."""
        return sum(each.brute_force for each in self.searches)

    @cached_property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""
        from simulation.study.best_split.words import sentences

        return sentences(self)

    def titled(self, structure: str) -> str:
        """Name of a structure in sentences."""
        return structure_titles(self.scenario)[structure]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "measure": self.measure.name,
            "baseline": self.baseline,
            "heads": self.heads,
            "payroll": self.payroll,
            "constraints": [each.text for each in self.constraints],
            "level": self.level,
            "search_level": self.search_level,
            "indifference": self.indifference,
            "cap": self.cap,
            "fresh_years": self.fresh,
            "runs_of_the_search": self.used,
            "runs_by_brute_force": self.brute_force,
            "failed_years": self.failed,
            "structures": {each.structure: _search(each) for each in self.searches},
            "matches": [{"one": m.one, "other": m.other} | _difference(m.difference) for m in self.matches],
            "frontier": [
                {"structure": p.structure} | _split(p.candidate) | _mean(p.mean) | _met(p.plan_met)
                for p in self.frontier
            ],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every split of the search; those measured again; the matches; the frontier."""
        from simulation.study.best_split.words import tables

        return tables(self)


def _search(one: OneSearch) -> dict[str, Any]:
    return {
        "winner": _split(one.winner) if one.winner is not None else None,
        "ended": one.selection.ended,
        "good_sizes": {role: list(ends) for role, ends in one.sizes.items()},
        "good_splits": [each.candidate.name for each in one.good],
        "open_splits": [one.tried[n].candidate.name for n in one.selection.remaining],
        "splits": len(one.tried) + len(one.ruled_out),
        "ruled_out": [
            {"name": each.candidate.name, "reason": str(each.reason)} | _split(each.candidate) for each in one.ruled_out
        ],
        "runs_of_the_search": one.used,
        "runs_by_brute_force": one.brute_force,
        "fresh": [
            _split(each.candidate)
            | _mean(each.mean)
            | _met(each.plan_met)
            | {"good": each.good}
            | {"behind": _difference(each.behind) if each.behind is not None else None}
            for each in one.again
        ],
        "constraints": [
            {
                "constraint": each.constraint.text,
                "best_without": _split(each.without) if each.without is not None else None,
                "cost": _difference(each.cost) if each.cost is not None else None,
            }
            for each in one.costs
        ],
    }


def _split(candidate: Candidate) -> dict[str, Any]:
    return {
        "split": candidate.name,
        "roles": dict(candidate.heads),
        "options": list(candidate.options),
        "payroll": candidate.payroll,
    }


def _mean(found: Interval) -> dict[str, Any]:
    return {"mean": number(found.mean), "low": number(found.low), "high": number(found.high), "n": found.n}


def _met(found: Proportion) -> dict[str, Any]:
    ends = (found.share, found.low, found.high) if found.n else (math.nan,) * 3
    return dict(zip(("plan_met", "plan_met_low", "plan_met_high"), map(number, ends), strict=True))


def _difference(found: PairedDifference) -> dict[str, Any]:
    names = ("mean", "joint_low", "joint_high", "n", "family", "confidence_mean_better")
    return {name: number(getattr(found, name)) for name in names} | {"told_apart": found.told_apart}


def undefined() -> Interval:
    """The interval of nothing."""
    return Interval(math.nan, math.nan, math.nan, math.nan, 0)
