"""What it costs to get to a structure from today's people: the same years, begun with them or begun in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulation.analysis.comparison import simulate
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.analysis.results import Comparison
from simulation.analysis.unknown import unknown
from simulation.expected import months_to_proficiency
from simulation.scenario.titles import role_titles

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


def transition(
    comparison: Comparison,
    structure: str,
    *,
    years: int = MOST_YEARS,
    jobs: int | None = None,
    backend: str | None = None,
    on_done: Callable[[int, int], None] | None = None,
) -> Transition | None:
    """What it costs to get from the baseline to a structure; simulates the structure again, begun as today.

    People keep what they have practised in their present roles, and begin as beginners in what is new to them; clients
    change hands. It costs no severance and no recruiting that the scenario does not ask for.

    Args:
        comparison: the comparison; its baseline is taken for the structure of today.
        structure: where to.
        years: replications to simulate again, at most; of the comparison's own.
        jobs: as for `simulate`, and so are backend and on_done.
        backend: a joblib backend.
        on_done: called after each replication.

    Returns:
        The transition; None where the two are not structures of one scenario, or the scenario does not begin with
        everybody practised (then the way there is in its figures already, or nobody is practised anywhere).

    Raises:
        KeyError: there is no such structure.
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
    result = simulate(begun, [case.key], replications=count, jobs=jobs, backend=backend, on_done=on_done)
    if result.runs.partial:
        raise KeyboardInterrupt
    again = result.values.of(case.key, "profit")
    numbers = result.runs.replications.loc[result.runs.replications["structure"] == case.key, "replication"]
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
