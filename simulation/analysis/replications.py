"""Many possible years: every replication replays one World under every structure, in parallel where asked.

One task is one replication (joblib bundles short ones); a worker gets plain values and gives back plain columns. What
comes out depends on the scenario, its seed and the replication's number alone, never on the workers or their order.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import lru_cache
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
        on_done: called as ``on_done(done, total)`` after each replication.
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
            raise KeyError(f"{name!r} is not a structure of the scenario; it has {', '.join(scenario.structures)}")
    scenario = seeded(scenario, seed)
    total = scenario.experiment.replications if replications is None else replications
    if total < 1:
        raise ValueError(f"at least one replication is needed, not {total}")
    done: dict[int, list[Run] | Failure] = {}
    partial = False
    try:
        with closing(_results(scenario, names, total, events, jobs, backend, engine)) as results:
            for number, result in results:
                done[number] = result
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
        raise KeyError(f"{structure!r} is not a structure of the scenario; it has {', '.join(scenario.structures)}")
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


def _results(
    scenario: Scenario,
    names: tuple[str, ...],
    total: int,
    events: bool,
    jobs: int | None,
    backend: str | None,
    engine: Engine | None,
) -> Generator[tuple[int, list[Run] | Failure], None, None]:
    """What comes of each replication, in the order in which they are finished."""
    if jobs == 1 or total == 1:
        for number in range(total):
            yield number, _replicate(scenario, names, number, events, engine)
        return
    from joblib import Parallel, delayed, effective_n_jobs, parallel_config

    name = backend or os.environ.get(BACKEND) or None
    if name == "ray":
        from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

        register_ray()
    config: dict[str, Any] = {} if name is None else {"backend": name}
    packed = pickle.dumps(scenario)
    with parallel_config(**config):
        # more workers than replications would only be started for nothing
        workers = min(effective_n_jobs(-1 if jobs is None else jobs), total)
        results = Parallel(n_jobs=workers, return_as="generator_unordered")(
            delayed(_task)(packed, names, number, events, engine) for number in range(total)
        )
        try:
            while (result := next(results, None)) is not None:
                yield result
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # that an interruption cancels tasks is its purpose
                results.close()


def _task(
    packed: bytes, names: tuple[str, ...], number: int, events: bool, engine: Engine | None
) -> tuple[int, list[Run] | Failure]:
    """One replication in a worker. The scenario comes packed, so that a worker opens it once and for all."""
    _leave_interrupts_to_the_parent()
    return number, _replicate(_opened(packed), names, number, events, engine)


@lru_cache(maxsize=4)
def _opened(packed: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(packed)
    return scenario


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; only the parent answers, or the pool would break."""
    import multiprocessing

    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _replicate(
    scenario: Scenario, names: tuple[str, ...], number: int, events: bool, engine: Engine | None
) -> list[Run] | Failure:
    """One possible year under every structure, or the failure under one of them."""
    from simulation.analysis.measures import measures, monthly_columns
    from simulation.finance.booking import book
    from simulation.world import World

    structure = names[0]
    try:
        simulate = engine or _engine()
        world = World(scenario, number)
        runs = []
        for structure in names:
            record = simulate(scenario, structure, world, events)
            ledger = book(record, scenario)
            values = measures(record, ledger, scenario)
            runs.append(Run(structure, values, monthly_columns(record, ledger, scenario), record.events))
        return runs
    except Exception as error:  # whatever goes wrong in one year must not end the others; it is recorded
        text = f"{type(error).__name__}: {error}"
        return Failure(number, scenario.experiment.seed, structure, text, traceback.format_exc())
