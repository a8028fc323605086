"""The laboratory: measures of many scenarios and structures in the same possible years, each simulated once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import OF_MONEY
from simulation.analysis.executor import Engine, Job, Workers, outcomes
from simulation.analysis.identity import fingerprints
from simulation.analysis.memory import Memory
from simulation.analysis.results import Result
from simulation.analysis.runs import Failure, Run, Shelf
from simulation.scenario.amending import by_draw
from simulation.scenario.scenario import Scenario
from simulation.texts import worded

Floats = NDArray[np.float64]
Whole = TypeVar("Whole", bound=Result)
PLAN_MET = "plan_met"
"""1 where a year meets its plan, else 0; its mean is the probability. Undefined without a plan."""
REMEMBERED = 1000
"""Scenarios whose fingerprints are remembered."""
TAKEN_AT_ONCE = 1000
"""Replications taken from a store at a time."""


@dataclass(frozen=True)
class Case:
    """One structure of one scenario. Cases that share a scenario (the same object) share its Worlds, which is faster.

    Attributes:
        scenario: the scenario, its seed in it.
        structure: name of one of its structures.
    """

    scenario: Scenario
    structure: str


@dataclass(frozen=True)
class Step:
    """How far a study is.

    Attributes:
        what: what is being looked for, in words.
        done: replications done of this step.
        total: of how many.
        leader: what is ahead so far, or ''.
    """

    what: str
    done: int
    total: int
    leader: str = ""


Watch = Callable[[Step], None]
Key = tuple[str, int, int]
"""Of a run: fingerprint, seed and number."""


class Known(NamedTuple):
    """Measures of a run; `every`: all that it has, else those that were asked for and maybe more."""

    names: tuple[str, ...]
    values: Floats
    every: bool


@dataclass
class Lab:
    """Simulates what is asked for and remembers it; what a store has is taken from there.

    A KeyboardInterrupt passes through: what is finished by then is in the store.

    Attributes:
        jobs: workers at a time, as for ``run_replications``; so are backend and engine.
        backend: a joblib backend.
        engine: what simulates one structure in one World.
        store: finished replications to take from and to add to.
        memory: where there is no store: whole runs of this program, to take from and to add to.
        watch: told of each finished replication.
        simulated: runs (one structure in one year) that were simulated.
        reused: runs that the store had.
        failures: years that failed; their values are NaN.
        what: what is being looked for; a study sets it, ``watch`` is told.
        leader: what is ahead so far; a study sets it.
    """

    jobs: int | None = None
    backend: str | None = None
    engine: Engine | None = None
    store: Shelf | None = None
    watch: Watch | None = None
    simulated: int = 0
    reused: int = 0
    failures: list[Failure] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory, repr=False)
    what: str = ""
    leader: str = ""
    _known: dict[Key, Known | None] = field(default_factory=dict, repr=False)
    _prints: dict[int, tuple[Scenario, dict[str, str]]] = field(default_factory=dict, repr=False)

    def measure(self, cases: Sequence[Case], numbers: Sequence[int], measures: Sequence[str]) -> Floats:
        """Measures of each case in each of the years.

        Args:
            cases: structures of scenarios; where seeds are the same, the years are.
            numbers: of the replications, from 0.
            measures: names as in ``analysis.catalogue``, or ``plan_met``.

        Returns:
            Shape (cases, numbers, measures); NaN where a year failed, or a measure is undefined or not there.
        """
        names = tuple(measures)
        self.simulate([(cases, numbers)], names)
        values = np.full((len(cases), len(numbers), len(names)), np.nan)
        for n, case in enumerate(cases):
            seed = case.scenario.experiment.seed
            prints: dict[int, str] = {}
            for made, some in by_draw(case.scenario, numbers):
                prints |= dict.fromkeys(some, self._print(Case(made, case.structure)))
            for k, number in enumerate(numbers):
                known = self._known[prints[number], seed, number]
                if known is not None:
                    values[n, k] = _picked(known, names)
        return values

    def simulate(self, wanted: Sequence[tuple[Sequence[Case], Sequence[int]]], measures: Sequence[str] = ()) -> None:
        """Simulates what is not known yet, all at one go, so that `measure` finds it.

        Args:
            wanted: cases with the numbers of their replications; others have other numbers.
            measures: those that `measure` is going to be asked for; any when empty.
        """
        only = tuple("plan_attainment" if name == PLAN_MET else name for name in measures)
        if not OF_MONEY.issuperset(only):
            only = ()  # whatever else takes as long as all of them
        jobs: list[Job] = []
        groups: list[dict[str, str]] = []
        asked: set[tuple[str, int, int]] = set()
        for cases, numbers in _drawn(wanted):
            prints = [self._print(case) for case in cases]
            for scenario, group in _groups(cases, prints):
                seed = scenario.experiment.seed
                missing = {
                    name: [n for n in numbers if not self._knows((fingerprint, seed, n), only)]
                    for name, fingerprint in group.items()
                }
                self._take(group, seed, missing)
                for number in numbers:
                    keys = {name: (group[name], seed, number) for name, left in missing.items() if number in left}
                    left = tuple(name for name, key in keys.items() if not self._knows(key, only) and key not in asked)
                    if left:
                        asked.update(keys[name] for name in left)
                        jobs.append(Job(scenario, left, number))
                        groups.append(group)
        self._play(jobs, groups, only)

    def whole(self, what: str, run: Callable[..., Whole], *args: Any, **more: Any) -> Whole:
        """Whole runs, where measures alone will not do, simulated as everything else here and counted with it.

        Args:
            what: is being looked for.
            run: `simulate` or `compare` of the analysis.
            args: of it, but for how and where it is simulated.
            more: of it, likewise.
        """
        shelf = self._shelf
        before = getattr(shelf, "found", 0)

        def told(done: int, total: int) -> None:
            if self.watch is not None:
                self.watch(Step(what, done, total))

        how = {"jobs": self.jobs, "backend": self.backend, "engine": self.engine, "store": shelf}
        found = run(*args, **more, **how, on_done=told)
        taken = getattr(shelf, "found", 0) - before
        self.reused += 0 if self.store is None else taken
        self.simulated += found.runs.finished * len(found.cases) - taken
        return found

    @property
    def _shelf(self) -> Shelf:
        return self.memory if self.store is None else self.store

    def _knows(self, key: Key, only: Sequence[str]) -> bool:
        """Whether a run is known, with the measures that are wanted; one that failed is known to have failed."""
        known = self._known.get(key, ())
        if not known:
            return known is None
        return known.every or (bool(only) and set(only).issubset(known.names))

    def _play(self, jobs: Sequence[Job], groups: Sequence[dict[str, str]], only: tuple[str, ...]) -> None:
        workers = Workers(self.jobs, self.backend, self.engine)
        kept = self.store is not None
        # without a store nobody reads more than these measures
        with closing(outcomes(jobs, workers, whole=kept, only=() if kept else only)) as results:
            for done, (place, outcome) in enumerate(results, 1):
                self._enter(jobs[place], groups[place], outcome, kept or not only)
                if self.watch is not None:
                    self.watch(Step(self.what, done, len(jobs), self.leader))

    def _take(self, group: dict[str, str], seed: int, missing: dict[str, list[int]]) -> None:
        """What the store, or this program's memory, has of what is missing."""
        if self.engine is not None:
            return
        for name, numbers in missing.items():
            for begin in range(0, len(numbers), TAKEN_AT_ONCE):  # whole runs are large, and only measures are kept
                found = self._shelf.find({name: group[name]}, seed, numbers[begin:][:TAKEN_AT_ONCE])
                for number, runs in found.items():
                    self._known[group[name], seed, number] = _light(runs[name])
                self.reused += 0 if self.store is None else len(found)

    def _enter(self, job: Job, group: dict[str, str], outcome: list[Run] | Failure, every: bool) -> None:
        seed = job.scenario.experiment.seed
        if isinstance(outcome, Failure):
            self.failures.append(outcome)
            for name in job.structures:
                self._known[group[name], seed, job.number] = None
            return
        self.simulated += len(outcome)
        for run in outcome:
            self._known[group[run.structure], seed, job.number] = _light(run, every)
        if self.store is not None and self.engine is None:
            self.store.keep(group, seed, job.number, outcome, job.scenario.title)

    def _print(self, case: Case) -> str:
        """The case's fingerprint; that of a scenario's structures is made once."""
        kept = self._prints.get(id(case.scenario))
        if kept is None or kept[0] is not case.scenario:
            if len(self._prints) >= REMEMBERED:
                self._prints.pop(next(iter(self._prints)))
            kept = (case.scenario, fingerprints(case.scenario, case.scenario.structures))
            self._prints[id(case.scenario)] = kept
        return kept[1][case.structure]


def years_of(found: Whole) -> Whole:
    """Whole runs that can be studied.

    Raises:
        KeyboardInterrupt: they were stopped.
        RuntimeError: every year failed.
    """
    if found.runs.partial:
        raise KeyboardInterrupt
    if not found.runs.finished:
        raise RuntimeError(worded("every-failed"))
    return found


def _drawn(wanted: Sequence[tuple[Sequence[Case], Sequence[int]]]) -> Iterator[tuple[Sequence[Case], Sequence[int]]]:
    """What is wanted by the scenarios in which the years live: those of drawn inputs, else as it is."""
    for cases, numbers in wanted:
        yield [case for case in cases if case.scenario.inputs is None], numbers
        for scenario in {id(case.scenario): case.scenario for case in cases if case.scenario.inputs}.values():
            names = [case.structure for case in cases if case.scenario is scenario]
            for made, some in by_draw(scenario, numbers):
                yield [Case(made, name) for name in names], some


def _groups(cases: Sequence[Case], prints: Sequence[str]) -> list[tuple[Scenario, dict[str, str]]]:
    """Structures and their fingerprints by scenario; no run is wanted twice."""
    groups: dict[int, tuple[Scenario, dict[str, str]]] = {}
    seen: set[tuple[str, int]] = set()
    for case, fingerprint in zip(cases, prints, strict=True):
        key = (fingerprint, case.scenario.experiment.seed)
        if key not in seen:
            seen.add(key)
            groups.setdefault(id(case.scenario), (case.scenario, {}))[1][case.structure] = fingerprint
    return list(groups.values())


def _light(run: Run, every: bool = True) -> Known:
    """A run's measures alone; names are shared by all runs that have the same."""
    values = np.fromiter(run.measures.values(), dtype=np.float64, count=len(run.measures))
    return Known(_shared(tuple(run.measures)), values, every)


@lru_cache(maxsize=256)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def _picked(known: Known, wanted: tuple[str, ...]) -> list[float]:
    names, values = known.names, known.values
    places = _places(names)

    def value(name: str) -> float:
        if name == PLAN_MET:
            attained = value("plan_attainment")
            return attained if np.isnan(attained) else float(attained >= 1.0)
        return float(values[places[name]]) if name in places else np.nan

    return [value(name) for name in wanted]


@lru_cache(maxsize=256)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}
