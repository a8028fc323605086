"""The public questions: `simulate` (what happens under a structure) and `compare` (which one is better).

Both run replications and put frames, summaries and words around them; nothing here draws, prints or saves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.analysis.cases import Case, Sources, cases_of, changed, merged, named
from simulation.analysis.catalogue import describe
from simulation.analysis.replications import Engine, OnDone, Runs, run_replications
from simulation.analysis.results import Comparison, Result
from simulation.analysis.shelf import Shelf
from simulation.scenario.scenario import Scenario

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

    Raises ScenarioError for a scenario that cannot be used, KeyError for an unknown structure.
    """
    scenarios = _scenarios(scenario, replications, seed, months)
    cases = cases_of(scenarios, structures)
    done, runs = _run(scenarios, cases, on_done, jobs=jobs, events=events, backend=backend, engine=engine, store=store)
    return Result(done, runs, next(iter(cases.values())).scenario.experiment.level)


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
) -> Comparison:
    """Compare the structures of a scenario, or of several: which is best, and how sure that is.

    Args:
        scenarios: a scenario (or its path), a list of them, or a mapping by name. Structures of several
            scenarios are called 'file:structure'; they are paired where seed, start and months are the same.
        structures: structures to compare; all when None.
        baseline: the structure that the others are compared with; the experiment's, else the first, when
            None.
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

    Raises ScenarioError for a scenario that cannot be used, KeyError for an unknown structure or measure,
    ValueError for fewer than two structures.
    """
    changed_ones = _scenarios(scenarios, replications, seed, months)
    cases = cases_of(changed_ones, structures)
    if len(cases) < 2:
        raise ValueError(f"a comparison needs two structures; there is only {', '.join(cases)}")
    experiment = next(iter(cases.values())).scenario.experiment
    against = _baseline(cases, baseline)
    decides = describe(measure or experiment.measure).name
    done, runs = _run(
        changed_ones, cases, on_done, jobs=jobs, events=events, backend=backend, engine=engine, store=store
    )
    if against not in done:  # stopped before its file had its turn
        against = next(iter(done))
    return Comparison(done, runs, experiment.level, baseline=against, measure=decides)


def _scenarios(sources: Sources, replications: int | None, seed: int | None, months: int | None) -> dict[str, Scenario]:
    return {
        name: changed(source, replications=replications, seed=seed, months=months)
        for name, source in named(sources).items()
    }


def _run(
    scenarios: Mapping[str, Scenario], cases: Mapping[str, Case], on_done: OnDone | None, **how: Any
) -> tuple[dict[str, Case], Runs]:
    """Runs every case, file after file, and the cases that had their turn before an interruption."""
    wanted: dict[str, list[str]] = {}
    for case in cases.values():
        wanted.setdefault(case.file, []).append(case.key)
    total = sum(scenarios[label].experiment.replications for label in wanted)
    before = 0
    parts: dict[str, Runs] = {}
    for label, keys in wanted.items():

        def report(done: int, _: int, before: int = before) -> None:
            if on_done is not None:
                on_done(before + done, total)

        parts[label] = run_replications(scenarios[label], keys, on_done=report, **how)
        if parts[label].partial:
            break
        before += scenarios[label].experiment.replications
    return {name: case for name, case in cases.items() if case.file in parts}, merged(parts)


def _baseline(cases: Mapping[str, Case], wanted: str | None) -> str:
    asked = wanted or next(iter(cases.values())).scenario.experiment.baseline
    found = [name for name, case in cases.items() if asked in (name, case.key)]
    if wanted and not found:
        raise KeyError(f"{wanted!r} is not a structure; there are {', '.join(cases)}")
    return found[0] if found else next(iter(cases))
