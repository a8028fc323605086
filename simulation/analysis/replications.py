"""Many possible years: every replication replays one World under every structure, in parallel where asked.

One task is a small batch of replications; a worker gets plain values and gives back plain columns. What comes
out depends on the scenario, its seed and the replication's number alone, never on the number of workers or
their order.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from simulation.analysis.runs import Failure, Run, Runs, gather
from simulation.scenario.scenario import Scenario

if TYPE_CHECKING:
    from simulation.department.record import Record
    from simulation.finance.ledger import Ledger
    from simulation.world import World

__all__ = [
    "BACKEND",
    "Engine",
    "Failure",
    "OnDone",
    "Run",
    "Runs",
    "replicate_one",
    "run_replications",
    "seeded",
]

Engine = Callable[[Scenario, str, "World", bool], "Record"]
OnDone = Callable[[int, int], None]

BACKEND = "SALES_SIM_BACKEND"
"""Environment variable that names a joblib backend (loky, threading, dask, ray), where no argument does."""

LARGEST_BATCH = 16  # replications of one task: a progress bar still moves
TASKS_PER_WORKER = 8  # so that no worker ends long before the others


def run_replications(
    scenario: Scenario,
    structures: Sequence[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    events: bool = False,
    on_done: OnDone | None = None,
    *,
    backend: str | None = None,
    engine: Engine | None = None,
) -> Runs:
    """Replay the same possible years under each structure.

    Args:
        scenario: the scenario.
        structures: names; all of the scenario's when None.
        replications: how many years; the experiment's when None.
        seed: seed of all luck; the experiment's when None.
        jobs: workers at a time; 1 runs in this process, None takes every core (or every worker of the
            backend).
        events: whether to keep every piece of work.
        on_done: called as ``on_done(done, total)`` after each task, with numbers of replications.
        backend: a joblib backend. Without it the environment's ``SALES_SIM_BACKEND``, then what a surrounding
            ``joblib.parallel_config`` says, then joblib's own (processes).
        engine: what simulates one structure in one World; ``simulation.department.simulate`` when None.

    Raises KeyError for an unknown structure, ValueError for fewer than one replication. A failing replication
    is recorded in ``failures``. A KeyboardInterrupt ends the batch: what is finished is kept, and ``partial``
    says so.
    """
    names = tuple(scenario.structures) if structures is None else tuple(structures)
    for name in names:
        if name not in scenario.structures:
            raise KeyError(
                f"{name!r} is not a structure of the scenario; it has {', '.join(scenario.structures)}"
            )
    scenario = seeded(scenario, seed)
    total = scenario.experiment.replications if replications is None else replications
    if total < 1:
        raise ValueError(f"at least one replication is needed, not {total}")
    done: dict[int, list[Run] | Failure] = {}
    partial = False
    try:
        for batch in _batches(scenario, names, total, events, jobs, backend, engine):
            done.update(batch)
            if on_done is not None:
                on_done(len(done), total)
    except KeyboardInterrupt:
        partial = True
    return gather(scenario, names, done, total, events, partial)


def replicate_one(
    scenario: Scenario,
    structure: str,
    replication: int = 0,
    *,
    seed: int | None = None,
    events: bool = True,
    engine: Engine | None = None,
) -> tuple[Record, Ledger]:
    """One structure in one possible year, with everything it leaves behind: its record and its ledger.

    It is the same year as replication number `replication` of a batch. Raises whatever the run raises, and
    KeyError for an unknown structure.
    """
    from simulation.finance.booking import book
    from simulation.world import World

    if structure not in scenario.structures:
        raise KeyError(
            f"{structure!r} is not a structure of the scenario; it has {', '.join(scenario.structures)}"
        )
    scenario = seeded(scenario, seed)
    record = (engine or _engine())(scenario, structure, World(scenario, replication), events)
    return record, book(record, scenario)


def seeded(scenario: Scenario, seed: int | None) -> Scenario:
    """The scenario with another seed; itself when None. Raises ValueError outside 0 ... 2**63 - 1."""
    if seed is None or seed == scenario.experiment.seed:
        return scenario
    if not 0 <= seed < 2**63:
        raise ValueError(f"a seed is a whole number from 0 to 2**63 - 1, not {seed}")
    experiment = scenario.experiment.model_copy(update={"seed": int(seed)})
    return scenario.model_copy(update={"experiment": experiment})


def _engine() -> Engine:
    from simulation.department import simulate

    return simulate


def _batches(
    scenario: Scenario,
    names: tuple[str, ...],
    total: int,
    events: bool,
    jobs: int | None,
    backend: str | None,
    engine: Engine | None,
) -> Iterator[dict[int, list[Run] | Failure]]:
    if jobs == 1 or total == 1:
        for number in range(total):
            yield _batch(scenario, names, range(number, number + 1), events, engine)
        return
    from joblib import Parallel, delayed, effective_n_jobs, parallel_config

    name = backend or os.environ.get(BACKEND) or None
    if name == "ray":
        from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

        register_ray()
    workers = -1 if jobs is None else jobs
    config: dict[str, Any] = {} if name is None else {"backend": name}
    with parallel_config(**config):
        count = max(1, effective_n_jobs(workers))
        size = max(1, min(LARGEST_BATCH, total // (count * TASKS_PER_WORKER)))
        # more workers than tasks would only be started for nothing
        tasks = -(-total // size)
        pool = Parallel(n_jobs=min(count, tasks), return_as="generator_unordered", batch_size=1)
        results = pool(
            delayed(_batch)(scenario, names, range(first, min(first + size, total)), events, engine)
            for first in range(0, total, size)
        )
        try:
            yield from results
        finally:
            results.close()


def _batch(
    scenario: Scenario, names: tuple[str, ...], numbers: range, events: bool, engine: Engine | None
) -> dict[int, list[Run] | Failure]:
    """Replications of one task. Runs in a worker: everything that comes in and goes out can be pickled."""
    _leave_interrupts_to_the_parent()
    return {number: _replicate(scenario, names, number, events, engine or _engine()) for number in numbers}


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; only the parent answers, or the pool would break."""
    import multiprocessing

    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _replicate(
    scenario: Scenario, names: tuple[str, ...], number: int, events: bool, engine: Engine
) -> list[Run] | Failure:
    from simulation.analysis.measures import measures, monthly_columns
    from simulation.finance.booking import book
    from simulation.world import World

    structure = names[0]
    try:
        world = World(scenario, number)
        runs = []
        for structure in names:
            record = engine(scenario, structure, world, events)
            ledger = book(record, scenario)
            values = measures(record, ledger, scenario)
            runs.append(Run(structure, values, monthly_columns(record, ledger, scenario), record.events))
        return runs
    except Exception as error:  # whatever goes wrong in one year must not end the others; it is recorded
        text = f"{type(error).__name__}: {error}"
        return Failure(number, scenario.experiment.seed, structure, text, traceback.format_exc())
