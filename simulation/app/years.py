"""The same years under every structure, few at first: what the page shows while they come.

Runs in the worker's process.

Somebody who watches years come in looks at them again and again, and might stop at the first lucky ones. So an early
look calls a winner only where the doubt is below `EARLY`, and the last one, at the number of years that the scenario
asks for, as every comparison does (Haybittle 1971, Peto et al. 1976): the doubt of the last look then hardly grows.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.cases import Case, cases_of
from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import compared
from simulation.analysis.executor import Outcome
from simulation.analysis.identity import fingerprints
from simulation.analysis.plain import plain
from simulation.analysis.results import Comparison
from simulation.analysis.runs import Failure, Run, Shelf, gather
from simulation.analysis.unknown import TermsError
from simulation.app.look import Look
from simulation.app.worker_process import Desk, play
from simulation.scenario.amending import by_draw

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario

EARLY = 0.999
"""Level of the intervals of every look but the last."""
REMEMBERED = 6_000
"""Runs whose measures are remembered; each takes some kilobytes."""


class Memory:
    """Measures of the years that were played last, over a store of finished years where there is one."""

    def __init__(self, store: Shelf | None = None, most: int = REMEMBERED) -> None:
        """Empty; everything is kept in the store, too."""
        self._store = store
        self._most = most
        self._known: OrderedDict[tuple[str, int, int], tuple[tuple[str, ...], NDArray[np.float64]]] = OrderedDict()
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """What is known: by number and structure."""
        wanted = list(numbers)
        if self._store is not None:
            for name, fingerprint in prints.items():
                unknown = [number for number in wanted if (fingerprint, seed, number) not in self._known]
                for number, runs in self._store.find({name: fingerprint}, seed, unknown).items():
                    self._remember(fingerprint, seed, number, runs[name])
        found: dict[int, dict[str, Run]] = {}
        for number in wanted:
            for name, fingerprint in prints.items():
                key = (fingerprint, seed, number)
                if key in self._known:
                    self._known.move_to_end(key)
                    names, values = self._known[key]
                    found.setdefault(number, {})[name] = Run(name, dict(zip(names, values.tolist(), strict=True)), {})
        return found

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run], title: str = "") -> None:
        """Takes what one year brought."""
        made = list(runs)
        for run in made:
            self._remember(prints[run.structure], seed, number, run)
        if self._store is not None:
            self._store.keep(prints, seed, number, made, title)

    def _remember(self, fingerprint: str, seed: int, number: int, run: Run) -> None:
        names = tuple(run.measures)
        values = np.fromiter(run.measures.values(), dtype=np.float64, count=len(names))
        if len(self._names) > 500:  # layouts of scenarios that are long gone
            self._names.clear()
        self._known[fingerprint, seed, number] = self._names.setdefault(names, names), values
        while len(self._known) > self._most:
            self._known.popitem(last=False)


def look(desk: Desk, scenario: Scenario, until: int, total: int) -> Look:
    """Plays the first years of a scenario under all of its structures, and says what they show.

    Args:
        desk: of the task.
        scenario: what is simulated.
        until: years, those that are known among them.
        total: years that there will be.

    Raises:
        CalledOffError: nobody wants it any more.
    """
    done: dict[int, Outcome] = {}
    years(desk, scenario, tuple(scenario.structures), range(until), done)
    return look_at(scenario, done, total)


def years(
    desk: Desk, scenario: Scenario, names: tuple[str, ...], numbers: Sequence[int], done: dict[int, Outcome]
) -> None:
    """Fills in what is missing of some years: measures that are known, else years that are played.

    Raises:
        CalledOffError: nobody wants them any more.
    """
    seed, memory = scenario.experiment.seed, desk.memory
    for made, some in by_draw(scenario, [number for number in numbers if number not in done]):
        prints = fingerprints(made, names)
        there = memory.find(prints, seed, some)
        groups: dict[tuple[str, ...], list[int]] = {}
        for number in some:
            missing = tuple(name for name in names if name not in there.get(number, {}))
            groups.setdefault(missing, []).append(number)

        def took(number: int, outcome: Outcome, made: Any = made, prints: Any = prints, there: Any = there) -> None:
            if isinstance(outcome, Failure):
                done[number] = outcome
                return
            memory.keep(prints, seed, number, outcome, made.title)
            whole = there.get(number, {}) | {run.structure: _light(run) for run in outcome}
            done[number] = [whole[name] for name in names]

        for missing, those in groups.items():
            if missing:
                play(desk, made, missing, those, took)
            else:
                done.update((number, [there[number][name] for name in names]) for number in those)


def _light(run: Run) -> Run:
    return Run(run.structure, run.measures, {})


def comparison_of(scenario: Scenario, done: Mapping[int, Outcome], level: float | None = None) -> Comparison:
    """The comparison of some years, by their measures alone.

    Raises:
        TermsError: there is but one structure.
    """
    agreed = compared({"": scenario}, level=level)
    runs = gather(scenario, tuple(agreed.cases), done, len(done), False, False)
    return Comparison(agreed.cases, runs, agreed.level, baseline=agreed.baseline, measure=agreed.measure)


def look_at(scenario: Scenario, done: Mapping[int, Outcome], total: int) -> Look:
    """What years show that are there."""
    finished = {number: outcome for number, outcome in done.items() if not isinstance(outcome, Failure)}
    failed = len(done) - len(finished)
    last = len(done) >= total
    try:
        found = comparison_of(scenario, done, None if last else EARLY)
    except TermsError:
        return _alone(scenario, finished, failed, total)
    values = _values(found.cases, finished, found.measure)
    answer = plain(found) if finished else None
    difference = found.verdict.difference
    return Look(
        years=len(finished),
        total=total,
        measure=found.measure,
        unit=describe(found.measure).unit,
        currency=scenario.currency,
        titles=found.titles,
        values=values,
        means=_means(values),
        best=found.verdict.best,
        baseline=found.baseline,
        told=found.verdict.told_apart,
        act=answer.act if answer is not None else "open",
        said=(answer.headline, answer.sure, answer.next) if answer is not None and difference is not None else (),
        failed=failed,
        low=difference.joint_low if difference is not None else math.nan,
        high=difference.joint_high if difference is not None else math.nan,
    )


def _alone(scenario: Scenario, finished: Mapping[int, Any], failed: int, total: int) -> Look:
    """What years show of a single structure."""
    cases = cases_of({"": scenario}, None)
    measure = scenario.experiment.measure
    values = _values(cases, finished, measure)
    (name,) = cases
    return Look(
        years=len(finished),
        total=total,
        measure=measure,
        unit=describe(measure).unit,
        currency=scenario.currency,
        titles={name: case.title for name, case in cases.items()},
        values=values,
        means=_means(values),
        best=name,
        baseline=name,
        told=False,
        act="open",
        said=(),
        failed=failed,
    )


def _values(cases: Mapping[str, Case], finished: Mapping[int, Any], measure: str) -> dict[str, list[float]]:
    rows: dict[str, list[float]] = {name: [] for name in cases}
    for number in sorted(finished):
        for run in finished[number]:
            rows[run.structure].append(float(run.measures.get(measure, math.nan)))
    return rows


def _means(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    found = {}
    for name, each in values.items():
        known = [value for value in each if math.isfinite(value)]
        found[name] = float(np.mean(known)) if known else math.nan
    return found
