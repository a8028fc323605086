"""Named variants side by side, in the same years. Runs in the worker's process."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import describe
from simulation.analysis.executor import Outcome
from simulation.analysis.intervals import paired_difference
from simulation.analysis.runs import Failure
from simulation.app.look import Against, Beside
from simulation.app.worker_process import Desk
from simulation.app.years import EARLY, years
from simulation.scenario.titles import structure_titles

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def look(desk: Desk, scenarios: Mapping[str, Scenario], until: int, total: int) -> Beside:
    """What the first years show of several variants; the first one is what the others are held against.

    Args:
        desk: of the task.
        scenarios: variants by name.
        until: years, those that are known among them.
        total: years that there will be.

    Raises:
        CalledOffError: nobody wants it any more.
    """
    first = next(iter(scenarios.values()))
    measure = first.experiment.measure
    values: dict[str, dict[str, Floats]] = {}
    for name, scenario in scenarios.items():
        done: dict[int, Outcome] = {}
        years(desk, scenario, tuple(scenario.structures), range(until), done)
        values[name] = _by_structure(scenario, done, until, measure)
    best = {name: _best(found, describe(measure).upwards) for name, found in values.items()}
    reference = values[next(iter(values))][best[next(iter(values))]]
    level = first.experiment.level if until >= total else EARLY
    others = max(1, len(scenarios) - 1)
    return Beside(
        years=until,
        total=total,
        measure=measure,
        unit=describe(measure).unit,
        currency=first.currency,
        variants=tuple(
            _against(name, scenario, values[name], best[name], reference, level, others, measure)
            for name, scenario in scenarios.items()
        ),
    )


def _by_structure(scenario: Scenario, done: Mapping[int, Outcome], until: int, measure: str) -> dict[str, Floats]:
    found = {name: np.full(until, np.nan) for name in scenario.structures}
    for number, outcome in done.items():
        if isinstance(outcome, Failure):
            continue
        for run in outcome:
            found[run.structure][number] = run.measures.get(measure, math.nan)
    return found


def _best(values: Mapping[str, Floats], upwards: bool) -> str:
    means = {name: float(np.nanmean(each)) if np.isfinite(each).any() else -math.inf for name, each in values.items()}
    return max(means, key=lambda name: means[name] if upwards else -means[name])


def _against(
    name: str,
    scenario: Scenario,
    values: Mapping[str, Floats],
    best: str,
    reference: Floats,
    level: float,
    family: int,
    measure: str,
) -> Against:
    titles = structure_titles(scenario)
    upwards = describe(measure).upwards
    ours = values[best]
    same = ours is reference or np.array_equal(ours, reference, equal_nan=True)
    both = np.isfinite(ours) & np.isfinite(reference)
    found = None
    if not same and both.sum() > 1:
        found = paired_difference(ours[both], reference[both], level=level, family=family, higher_is_better=upwards)
    return Against(
        name=name,
        best=titles[best],
        means={titles[each]: _mean(those) for each, those in values.items()},
        mean=_mean(ours),
        difference=0.0 if found is None else found.mean,
        low=0.0 if found is None else found.joint_low,
        high=0.0 if found is None else found.joint_high,
        sure=found is not None and found.told_apart,
        same=same,
    )


def _mean(values: Sequence[float] | Floats) -> float:
    known = [float(value) for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan
