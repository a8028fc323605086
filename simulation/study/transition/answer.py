"""What it costs to get to a structure from today's people: the same years, begun with them or begun in place.

Here too: the ways from today's people to structures, and what each costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from simulation.analysis.comparison import compare
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.results import Comparison
from simulation.analysis.unknown import unknown
from simulation.expected import months_to_proficiency
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import role_titles
from simulation.study.lab import Case, Lab, years_of
from simulation.study.terms import number
from simulation.texts import Amount, Interval, Phrase, say, worded

if TYPE_CHECKING:
    import pandas as pd


MOST_YEARS = 20
"""Replications simulated again by default: the paired differences are narrow."""


@dataclass(frozen=True)
class Transition:
    """The way from one structure to another.

    Attributes:
        structure: where to.
        today: where from: the structure that the people work in now.
        positions: by role of `structure`: title, positions there, positions of the same role today.
        newcomers: positions more than today has.
        ramps: planned months to proficiency of a beginner by role (closed form; infinite: never).
        begun_today: mean profit of a run that begins with today's people in the new roles, money.
        in_place: mean profit of the same years where everybody has practised already, money.
        difference: the first less the second: what the change costs within the run, money.
        ahead: `begun_today` less the profit of the structure of today in the same years: whether the change pays for
            itself within the run, money.
        years: replications compared.
    """

    structure: str
    today: str
    positions: dict[str, tuple[str, int, int]]
    newcomers: int
    ramps: dict[str, float]
    begun_today: float
    in_place: float
    difference: PairedDifference
    ahead: PairedDifference
    years: int


def transitions(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    level: float | None = None,
    replications: int | None = None,
    lab: Lab | None = None,
) -> Transitions:
    """What it costs to get to each structure from the people of the baseline.

    Args:
        scenario: begins with everybody practised (`begin: mature`).
        structures: names; all when None.
        baseline: the structure of today; as `terms` has it when None.
        level: of the intervals; the scenario's when None.
        replications: years of each; 20, or the scenario's where those are fewer, when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        UnknownName: a structure that is not there.
        TermsError: fewer than two structures.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    lab = lab or Lab()
    years = min(MOST_YEARS, scenario.experiment.replications) if replications is None else replications
    asked = {"structures": structures, "baseline": baseline, "level": level, "replications": years}
    found = years_of(lab.whole(say("progress-way"), compare, scenario, **asked))
    ways = {name: transition(found, name, years=years, lab=lab) for name in found.structures}
    return Transitions(found, {name: way for name, way in ways.items() if way is not None})


def transition(
    comparison: Comparison, structure: str, *, years: int = MOST_YEARS, lab: Lab | None = None
) -> Transition | None:
    """What it costs to get from the baseline to a structure; simulates the structure again, begun as today.

    People keep what they have practised in their present roles, and begin as beginners in what is new to them; clients
    change hands. It costs no severance and no recruiting that the scenario does not ask for.

    Args:
        comparison: the comparison; its baseline is taken for the structure of today.
        structure: where to.
        years: replications to simulate again, at most; of the comparison's own.
        lab: where it is simulated; one of its own when None.

    Returns:
        The transition; None where the two are not structures of one scenario, or the scenario does not begin with
        everybody practised (then the way there is in its figures already, or nobody is practised anywhere).

    Raises:
        KeyError: there is no such structure.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    if structure not in comparison.cases:
        raise unknown("structure", structure, comparison.cases)
    case, base = comparison.cases[structure], comparison.cases[comparison.baseline]
    if case.scenario is not base.scenario or structure == comparison.baseline:
        return None
    experiment = case.scenario.experiment
    if experiment.begin != "mature" or not comparison.runs.finished:
        return None
    count = min(years, comparison.runs.finished)
    begun = case.scenario.replace({"experiment.begin": "today", "experiment.today": base.key})
    lab = lab or Lab()
    lab.what, lab.leader = say("transition-progress", structure=comparison.titles[structure]), ""
    again = lab.measure([Case(begun, case.key)], range(count), ["profit"])[0, :, 0]
    numbers = np.flatnonzero(np.isfinite(again))
    if not len(numbers):
        raise RuntimeError(worded("every-year-failed-today", baseline=comparison.baseline))
    again = again[numbers]
    rows = comparison.runs.replications.set_index(["structure", "replication"])["profit"]
    there = rows.loc[structure].reindex(numbers).to_numpy(dtype=np.float64)
    now = rows.loc[comparison.baseline].reindex(numbers).to_numpy(dtype=np.float64)
    roles, before = case.structure.roles, base.structure.roles
    titles = role_titles(case.structure)
    positions = {
        name: (titles[name], role.headcount, before[name].headcount if name in before else 0)
        for name, role in roles.items()
    }
    more = sum(role.headcount for role in roles.values()) - sum(role.headcount for role in before.values())
    return Transition(
        structure=structure,
        today=comparison.baseline,
        positions=positions,
        newcomers=max(0, more),
        ramps=dict(months_to_proficiency(case.scenario, case.key)),
        begun_today=float(np.nanmean(again)),
        in_place=float(np.nanmean(there)),
        difference=paired_difference(again, there, level=comparison.level),
        ahead=paired_difference(again, now, level=comparison.level),
        years=int(np.isfinite(again).sum()),
    )


NUMBERS = ("mean", "low", "high")
COLUMNS = [
    "structure",
    "today",
    "newcomers",
    "begun_today",
    "in_place",
    "cost",
    "cost_low",
    "cost_high",
    "ahead",
    "years",
]


@dataclass(frozen=True)
class Transitions:
    """The way to each structure.

    Attributes:
        comparison: the years in which everybody has practised; its baseline is the structure of today.
        ways: by structure.
    """

    comparison: Comparison
    ways: Mapping[str, Transition]
    kind: ClassVar[str] = "transition"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.comparison.scenario

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What each way costs."""
        currency, titles = self.scenario.currency, self.comparison.titles

        def signed(value: float) -> Phrase:
            return say("explain-plus" if value >= 0 else "explain-minus", amount=Amount(abs(value), "money", currency))

        return [
            say(
                "page-transition-cost",
                structure=titles[name],
                cost=signed(way.difference.mean),
                interval=Interval(way.difference.low, way.difference.high, "money", currency),
                ahead=signed(way.ahead.mean),
                years=way.years,
                months=self.scenario.experiment.months,
            )
            for name, way in self.ways.items()
        ]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "today": self.comparison.baseline,
            "level": self.comparison.level,
            "structures": {
                name: {
                    "positions": {role: {"then": then, "now": now} for role, (_, then, now) in way.positions.items()},
                    "newcomers": way.newcomers,
                    "months_to_proficiency": {role: number(months) for role, months in way.ramps.items()},
                    "begun_today": number(way.begun_today),
                    "in_place": number(way.in_place),
                    "difference": {key: number(asdict(way.difference)[key]) for key in NUMBERS},
                    "ahead": {key: number(asdict(way.ahead)[key]) for key in NUMBERS},
                    "replications": way.years,
                }
                for name, way in self.ways.items()
            },
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each structure; money."""
        import pandas as pd

        rows = [
            [
                *(name, way.today, way.newcomers, way.begun_today, way.in_place),
                *(way.difference.mean, way.difference.low, way.difference.high, way.ahead.mean, way.years),
            ]
            for name, way in self.ways.items()
        ]
        return {"": pd.DataFrame(rows, columns=COLUMNS)}
