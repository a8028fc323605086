"""The public questions: `simulate` (what happens under a structure) and `compare` (which one is better).

Both run replications and put frames, summaries and words around them; nothing here draws, prints or saves.

Who is compared with whom, by which measure, which way is better, and how sure: one rule for everybody who compares.

A comparison of files, every study, every command and the public face ask `compared`. The baseline, which is subtracted
from the others, is the first of these that is there:

1. the one that is asked for; it has to be among the structures that are compared;
2. the scenario's own (`experiment.baseline`), where it is among them;
3. the first one: as named, where structures are named, else as the scenario has them.

The order of naming decides nothing else: rows, colours and pairs stand as the scenario has its structures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulation.analysis.cases import (
    Case,
    Engine,
    OnDone,
    Runs,
    Sources,
    cases_of,
    changed,
    measure_names,
    merged,
    named,
    run_replications,
    worlds_of,
)
from simulation.analysis.precision import FIRST, Precision, PrecisionReport, next_total, precision_of
from simulation.analysis.results import Comparison, Result
from simulation.analysis.runs import Shelf, together
from simulation.analysis.summaries import aligned
from simulation.analysis.unknown import TermsError, unknown
from simulation.scenario.scenario import Scenario
from simulation.texts import Digits, worded

OF_PLANS = ("plan_met", "plan_attainment")
"""Measures that only a scenario with a plan has."""


@dataclass(frozen=True)
class Compared:
    """What is compared, by what, and how sure.

    Attributes:
        cases: the structures by name, in the order of the scenarios.
        baseline: the one that is subtracted from the others.
        measure: name of the measure that decides.
        level: of the intervals.
    """

    cases: Mapping[str, Case]
    baseline: str
    measure: str
    level: float


def compared(
    scenarios: Mapping[str, Scenario],
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    level: float | None = None,
    *,
    exactly: int | None = None,
    further: Iterable[str] = (),
) -> Compared:
    """What is compared; what is None (or empty) as the first scenario says.

    Args:
        scenarios: by the name that they go by; '' for a single one.
        structures: names, as in their scenario or as 'file:structure'; all when None.
        baseline: the structure that the others are compared with.
        measure: the measure that decides.
        level: of the intervals.
        exactly: how many structures are needed; two or more when None.
        further: measures besides those of a run.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there; the nearest one is named.
        TermsError: too few or too many structures, a measure of plans without a plan, a level outside (0, 1).
    """
    cases = cases_of(scenarios, structures or None)
    base = baseline_of(cases, structures, baseline)
    if len(cases) < 2 or (exactly is not None and len(cases) != exactly):
        names = ", ".join(cases)
        wrong = worded("needs-two", names=names)
        if len(cases) > 1:
            wrong = worded("just-two", cases=len(cases), names=names)
        raise TermsError(wrong)
    stated = next(iter(cases.values())).scenario.experiment
    return Compared(
        cases, base, measure_of(cases, measure, further), level_of(stated.level if level is None else level)
    )


def baseline_of(cases: Mapping[str, Case], structures: Sequence[str] | None = None, asked: str | None = None) -> str:
    """The one of these that the others are compared with, by the rule of this module.

    Raises:
        UnknownName: what is asked for is not among them.
    """
    if asked:
        for name in _called(cases, asked):
            return name
        there = any(asked in case.scenario.structures for case in cases.values())
        reason = worded("not-compared", asked=repr(asked)) if there else ""
        raise unknown("baseline", asked, names_of(cases), reason)
    stated = next(iter(cases.values())).scenario.experiment.baseline
    for wanted in (stated, *(structures or ())):
        for name in _called(cases, wanted):
            return name
    return next(iter(cases))


def measure_of(cases: Mapping[str, Case], asked: str | None = None, further: Iterable[str] = ()) -> str:
    """The measure that decides: the one that is asked for, else the first scenario's.

    Raises:
        UnknownName: no run of these structures has it.
        TermsError: it is one of plans, and there is no plan.
    """
    name = asked or next(iter(cases.values())).scenario.experiment.measure
    names = [*measure_names(list(cases.values())), *further]
    if name not in names:
        raise unknown("measure", name, names)
    if name in OF_PLANS and any(case.scenario.plan is None for case in cases.values()):
        raise TermsError(worded("measure-needs-plan", name=name), "measure")
    return name


def level_of(asked: float) -> float:
    """A level of intervals.

    Raises:
        TermsError: it is none.
    """
    if not 0 < asked < 1:
        raise TermsError(worded("level-between", level=Digits(f"{asked:g}")), "level")
    return asked


def names_of(cases: Mapping[str, Case]) -> list[str]:
    """What structures may be called: by their names in their own scenario, and by the full ones."""
    return list(dict.fromkeys([*(case.key for case in cases.values()), *cases]))


def _called(cases: Mapping[str, Case], name: str) -> list[str]:
    """The structures that go by a name; several where several files have it."""
    return [each for each, case in cases.items() if name and name in (each, case.key)]


__all__ = ["Comparison", "Result", "compare", "simulate"]


def simulate(
    scenario: Sources,
    structures: Sequence[str] | None = None,
    *,
    replications: int | None = None,
    seed: int | None = None,
    months: int | None = None,
    jobs: int | None = None,
    events: bool = False,
    on_done: OnDone | None = None,
    backend: str | None = None,
    engine: Engine | None = None,
    store: Shelf | None = None,
    precision: Precision | None = None,
) -> Result:
    """Simulate a scenario: the same possible years under each of its structures.

    Args:
        scenario: a scenario or the path of its file; several as in ``compare``.
        structures: structures to simulate; all when None.
        replications: in place of the experiment's own; so are seed and months.
        seed: seed of all luck.
        months: horizon.
        jobs: as ``run_replications``, and so are events, on_done, backend and engine.
        events: whether to keep every piece of work.
        on_done: called after each replication with how many are done and their total.
        backend: a joblib backend.
        engine: what simulates one structure in one World.
        store: finished replications to take from and to add to (`simulation.open_store`); none when None.
        precision: how narrow intervals have to be; as many replications as that takes, not the experiment's.

    Raises ScenarioError for a scenario that cannot be used, KeyError for an unknown structure.
    """
    scenarios = _scenarios(scenario, replications, seed, months)
    cases = cases_of(scenarios, structures)
    experiment = next(iter(cases.values())).scenario.experiment
    how = {"jobs": jobs, "events": events, "backend": backend, "engine": engine, "store": store}
    batches = _Batches(scenarios, cases, on_done, how)
    if precision is None:
        parts = batches.all()
        return Result(_played(cases, parts), merged(parts), experiment.level)

    def report_of(runs: Runs) -> PrecisionReport:
        return _report(runs, cases, precision, None, experiment.measure, experiment.level)

    parts = batches.until(precision, report_of)
    runs, played = merged(parts), _played(cases, parts)
    return Result(played, runs, experiment.level, precision=report_of(runs))


def compare(
    scenarios: Sources,
    structures: Sequence[str] | None = None,
    *,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    seed: int | None = None,
    months: int | None = None,
    jobs: int | None = None,
    events: bool = False,
    on_done: OnDone | None = None,
    backend: str | None = None,
    engine: Engine | None = None,
    store: Shelf | None = None,
    precision: Precision | None = None,
    level: float | None = None,
) -> Comparison:
    """Compare the structures of a scenario, or of several: which is best, and how sure that is.

    Args:
        scenarios: a scenario (or its path), a list of them, or a mapping by name. Structures of several
            scenarios are called 'file:structure'; they are paired where seed, start and months are the same.
        structures: structures to compare; all when None.
        baseline: the structure that the others are compared with; by the rule of `analysis.comparison` when None.
        measure: the measure that decides; the experiment's when None.
        replications: in place of the experiment's own; so are seed and months.
        seed: seed of all luck.
        months: horizon.
        jobs: as ``run_replications``, and so are events, on_done, backend and engine.
        events: whether to keep every piece of work.
        on_done: called after each replication with how many are done and their total.
        backend: a joblib backend.
        engine: what simulates one structure in one World.
        store: finished replications to take from and to add to (`simulation.open_store`); none when None.
        precision: how narrow intervals have to be; as many replications as that takes, not the experiment's.
        level: of the intervals; the experiment's when None.

    Raises ScenarioError for a scenario that cannot be used, UnknownName (a KeyError) for an unknown structure,
    baseline or measure, TermsError (a ValueError) for fewer than two structures.
    """
    changed_ones = _scenarios(scenarios, replications, seed, months)
    agreed = compared(changed_ones, structures, baseline, measure, level)
    cases, against = agreed.cases, agreed.baseline
    how = {"jobs": jobs, "events": events, "backend": backend, "engine": engine, "store": store}
    batches = _Batches(changed_ones, cases, on_done, how)

    def report_of(runs: Runs) -> PrecisionReport:
        assert precision is not None
        return _report(runs, cases, precision, against, agreed.measure, agreed.level)

    parts = batches.all() if precision is None else batches.until(precision, report_of)
    done, runs = _played(cases, parts), merged(parts)
    if against not in done:  # stopped before its file had its turn
        against = next(iter(done))
    reached = None if precision is None or len(done) < 2 else report_of(runs)
    return Comparison(done, runs, agreed.level, baseline=against, measure=agreed.measure, precision=reached)


def _report(
    runs: Runs, cases: Mapping[str, Case], precision: Precision, baseline: str | None, measure: str, level: float
) -> PrecisionReport:
    """How precise the years so far are."""
    played = {name: case for name, case in cases.items() if name in runs.structures}
    scenario = next(iter(cases.values())).scenario
    return precision_of(
        aligned(runs.replications, worlds_of(played)),
        precision,
        structures=list(played),
        baseline=baseline,
        measure=measure,
        level=level,
        currency=scenario.currency,
    )


def _scenarios(sources: Sources, replications: int | None, seed: int | None, months: int | None) -> dict[str, Scenario]:
    return {
        name: changed(source, replications=replications, seed=seed, months=months)
        for name, source in named(sources).items()
    }


@dataclass(frozen=True)
class _Batches:
    """Every case, file after file, in as many batches as it takes.

    Attributes:
        scenarios: by the name that they go by.
        cases: what is simulated.
        on_done: called after each replication.
        how: options of ``run_replications``.
    """

    scenarios: Mapping[str, Scenario]
    cases: Mapping[str, Case]
    on_done: OnDone | None
    how: Mapping[str, Any]

    def all(self) -> dict[str, Runs]:
        """As many replications of each file as its experiment has; those of later files are missing after Ctrl-C."""
        return self._batch({}, 0, {label: self.scenarios[label].experiment.replications for label in self._wanted})

    def until(self, precision: Precision, report_of: Callable[[Runs], PrecisionReport]) -> dict[str, Runs]:
        """As many replications as narrow intervals take."""
        done, total = 0, min(FIRST, precision.most)
        parts: dict[str, Runs] = {}
        while True:
            parts = self._batch(parts, done, dict.fromkeys(self._wanted, total - done))
            if any(part.partial for part in parts.values()) or len(parts) < len(self._wanted):
                return parts
            more = next_total(report_of(merged(parts)))
            if more is None:
                return parts
            done, total = total, more

    @cached_property
    def _wanted(self) -> dict[str, list[str]]:
        wanted: dict[str, list[str]] = {}
        for case in self.cases.values():
            wanted.setdefault(case.file, []).append(case.key)
        return wanted

    def _batch(self, parts: Mapping[str, Runs], first: int, counts: Mapping[str, int]) -> dict[str, Runs]:
        """The runs so far, continued by so many replications of each file."""
        total, before = sum(counts.values()), 0
        made = dict(parts)
        for label, keys in self._wanted.items():

            def report(done: int, _: int, before: int = before) -> None:
                if self.on_done is not None:
                    self.on_done(before + done, total)

            runs = run_replications(self.scenarios[label], keys, counts[label], first=first, on_done=report, **self.how)
            made[label] = together(made[label], runs) if label in made else runs
            if runs.partial:
                break
            before += counts[label]
        return made


def _played(cases: Mapping[str, Case], parts: Mapping[str, Runs]) -> dict[str, Case]:
    """The cases that had their turn before an interruption."""
    return {name: case for name, case in cases.items() if case.file in parts}
