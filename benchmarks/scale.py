"""What a replication weighs and what handing it around costs; docs/scale.md has the figures.

``python benchmarks/scale.py [--tasks N] [--rows N]`` prints one table. Times are of the clock on the wall.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from unittest.mock import patch

from replayed import task

from simulation.analysis import bundles, executor
from simulation.analysis.cases import run_replications
from simulation.analysis.executor import Job, Workers, outcomes, played
from simulation.analysis.identity import fingerprints
from simulation.analysis.runs import Failure, Run, layout_of
from simulation.analysis.runs import packed as pack
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.store import Store
from simulation.study.cluster import cluster
from simulation.study.lab import Case, Lab

SCENARIO = Path(__file__).parents[1] / "scenarios" / "department_of_ten.yaml"
REPEATS = 5
WORKERS = 2
_HOW = executor._How(events=False, engine=None, model="", whole=True, only=())


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=1000, help="replications handed around at a time")
    parser.add_argument("--rows", type=int, default=10000, help="runs written to the store")
    given = parser.parse_args()
    scenario = load(SCENARIO)
    runs = _played(scenario)
    rows = [*_weights(scenario, runs), *_overheads(scenario, runs, given.tasks), *_store(scenario, runs, given.rows)]
    rows += _memory(scenario, runs, 1000)
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"{label:<{width}}  {value}")


def _played(scenario: Scenario) -> list[Run]:
    found = played(scenario, tuple(scenario.structures), 0, False)
    if isinstance(found, Failure):
        raise RuntimeError(found.error)
    return found


def _weights(scenario: Scenario, runs: list[Run]) -> Iterator[tuple[str, str]]:
    packed = executor._packed([scenario])[id(scenario)]
    sent = executor._task(_bundle(scenario, packed), _HOW).outcomes
    yield "a scenario on its way to a worker", f"{len(packed):,} bytes (pickled as it is: {_pickled(scenario):,})"
    yield (
        f"a result on its way back ({len(runs)} structures)",
        f"{_pickled(sent):,} bytes (pickled as it is: {_pickled(runs):,})",
    )


def _bundle(scenario: Scenario, packed: bytes) -> executor._Bundle:
    """Of one year."""
    return executor._Bundle.of([(0, Job(scenario, tuple(scenario.structures), 0))], {id(scenario): packed})


def _pickled(value: object) -> int:
    return len(pickle.dumps(value))


def _overheads(scenario: Scenario, runs: list[Run], tasks: int) -> Iterator[tuple[str, str]]:
    """Milliseconds of a worker's time for each replication, besides those of playing it."""
    packed = executor._packed([scenario])[id(scenario)]
    outcome = executor._task(_bundle(scenario, packed), _HOW).outcomes[0][1]
    packing = _quickest(lambda: [(layout_of(run), pack(run)) for run in runs], 100)
    yield "packing a result", f"{packing:.2f} ms"
    yield "opening it again", f"{_quickest(lambda: executor._unpacked(outcome), 100):.2f} ms"

    jobs = [Job(scenario, tuple(scenario.structures), number) for number in range(tasks)]
    ways: dict[str, Callable[[], AbstractContextManager[object]]] = {
        "loky": nullcontext,
        "Dask on this machine": lambda: cluster(f"local:{WORKERS}"),
    }
    for name, way in ways.items():
        with way(), patch.object(executor, "_task", task):
            workers = Workers(WORKERS)
            list(outcomes(jobs[: 4 * WORKERS], workers))  # starts the workers, which play their year
            for seconds, words in ((bundles.SECONDS, "in bundles"), (0.0, "one by one")):
                with patch.object(executor, "Bundles", partial(bundles.Bundles, seconds=seconds)):
                    cost = _quickest(partial(_all, jobs, workers), 1) * WORKERS / tasks
                yield f"handing around a replication by {name}, {words}", f"{cost:.2f} ms"


def _all(jobs: list[Job], workers: Workers) -> None:
    for _ in outcomes(jobs, workers):
        pass


def _quickest(work: Callable[[], object], times: int) -> float:
    """Milliseconds of one of so many times: the least of several attempts, since other programs only add to it."""
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        for _ in range(times):
            work()
        took.append((time.perf_counter() - began) / times * 1e3)
    return min(took)


def _store(scenario: Scenario, runs: list[Run], rows: int) -> Iterator[tuple[str, str]]:
    prints = fingerprints(scenario, scenario.structures)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.sqlite"
        years = rows // len(runs)
        with Store(path) as store:
            began = time.perf_counter()
            for number in range(years):
                store.keep(prints, 1, number, runs, scenario.title)
            written = years * len(runs) / (time.perf_counter() - began)
        with Store(path) as store:
            began = time.perf_counter()
            for number in range(0, years, 1000):
                store.find(prints, 1, range(number, min(number + 1000, years)))
            read = years * len(runs) / (time.perf_counter() - began)
        yield "a run in the store", f"{path.stat().st_size / (years * len(runs)):,.0f} bytes"
        yield "runs written to the store, each year by itself", f"{written:,.0f} a second"
        yield "runs read from the store", f"{read:,.0f} a second"


def _memory(scenario: Scenario, runs: list[Run], years: int) -> Iterator[tuple[str, str]]:
    """What a comparison and a laboratory hold; the years come from a store, where each is the same."""
    prints = fingerprints(scenario, scenario.structures)
    seed = scenario.experiment.seed
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "s.sqlite") as store:
        for number in range(years):
            store.keep(prints, seed, number, runs)

        def compared() -> object:
            return run_replications(scenario, replications=years, jobs=1, store=store)

        def studied() -> object:
            lab = Lab(jobs=1, store=store)
            lab.measure([Case(scenario, name) for name in scenario.structures], range(years), ["profit"])
            return lab

        for name, work in (("a comparison", compared), ("a study's laboratory", studied)):
            tracemalloc.start()
            held = work()
            now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            del held
            yield (
                f"memory of {name}, {years:,} years of {len(runs)} structures",
                f"{now / 1e6:.0f} MB held, {peak / 1e6:.0f} MB at most",
            )


if __name__ == "__main__":
    main()
