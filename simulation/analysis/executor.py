"""Work handed to workers: one job is one possible year under some structures of one scenario.

joblib spreads the jobs over processes of this machine or, by its backends, over a cluster. A worker gets plain values
and gives back plain columns, so what comes out depends on the scenario, its seed and the replication's number alone.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
import traceback
import warnings
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simulation.analysis.identity import model_digest
from simulation.analysis.runs import Failure, Run, layout_of
from simulation.analysis.runs import opened as opened_run
from simulation.analysis.runs import packed as packed_run
from simulation.analysis.unknown import unknown
from simulation.floor.choice import OBJECTS, chosen, floor_of
from simulation.scenario.scenario import Scenario
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.department.record import LogRow, Record
    from simulation.world import World

Engine = Callable[[Scenario, str, "World", bool], "Record"]
Outcome = list[Run] | Failure
_Packed = tuple[str, bytes, bytes, "list[LogRow]"]
"""A run as it travels: its structure, its names, its numbers, its events."""

BACKEND = "SALES_SIM_BACKEND"
"""Environment variable that names a joblib backend (loky, threading, dask, ray), where no argument does."""

OTHER_MODEL = "other-model"
_OF_THIS_MACHINE = {"LokyBackend", "MultiprocessingBackend", "SequentialBackend", "ThreadingBackend"}
"""joblib's backends whose workers run the same files as this process."""


class OtherModelError(RuntimeError):
    """A worker whose numbers would not be the same as here to the last digit."""


@dataclass(frozen=True)
class Job:
    """One possible year under some structures.

    Attributes:
        scenario: the scenario, its seed in it.
        structures: names of its structures, all of which meet the same World.
        number: of the replication.
    """

    scenario: Scenario
    structures: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Workers:
    """Who does the work.

    Attributes:
        jobs: at a time; 1 works in this process, None takes every core (or every worker of the backend).
        backend: a joblib backend. Without it the environment's ``SALES_SIM_BACKEND``, then what a surrounding
            ``joblib.parallel_config`` says, then joblib's own (processes).
        engine: what simulates one structure in one World; ``simulation.department.simulate`` when None.
        one_by_one: whether each job is given back as soon as it is finished. joblib bundles short jobs otherwise, and
            a bundle is lost as a whole when the program is killed.
    """

    jobs: int | None = None
    backend: str | None = None
    engine: Engine | None = None
    one_by_one: bool = False


def known_backend(name: str) -> None:
    """Looks whether there is a backend of joblib, whether or not it can be used here.

    Raises:
        UnknownName: there is none of the name; the nearest is named.
    """
    from joblib.parallel import BACKENDS, EXTERNAL_BACKENDS

    there = {*BACKENDS, *EXTERNAL_BACKENDS, "ray"}
    if name not in there:
        all_at_once = {each for each in BACKENDS if getattr(BACKENDS[each], "supports_return_generator", True) is False}
        raise unknown("backend", name, sorted(there - all_at_once))


def outcomes(jobs: Sequence[Job], workers: Workers, events: bool = False) -> Generator[tuple[int, Outcome], None, None]:
    """What comes of each job, with its place among the jobs, in the order in which they are finished.

    Raises:
        UnknownName: there is no such backend.
        OtherModelError: a worker runs another version of the model.
        FloorError: the floor that was asked for cannot be had.
    """
    chosen()
    if workers.jobs == 1 or len(jobs) <= 1:
        for place, job in enumerate(jobs):
            yield place, played(job.scenario, job.structures, job.number, events, workers.engine)
        return
    from joblib import Parallel, delayed, effective_n_jobs, parallel_config
    from joblib.parallel import get_active_backend

    name = workers.backend or os.environ.get(BACKEND) or None
    if name is not None:
        known_backend(name)
    if name == "ray":
        from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

        register_ray()
    config: dict[str, Any] = {} if name is None else {"backend": name}
    bundles: int | str = 1 if workers.one_by_one else "auto"
    packed = _packed([job.scenario for job in jobs])
    with parallel_config(**config):
        model = "" if type(get_active_backend()[0]).__name__ in _OF_THIS_MACHINE else model_digest()
        # more workers than jobs would only be started for nothing
        count = min(effective_n_jobs(-1 if workers.jobs is None else workers.jobs), len(jobs))
        results = Parallel(n_jobs=count, return_as="generator_unordered", batch_size=bundles)(
            delayed(_task)(place, packed[id(job.scenario)], job.structures, job.number, events, workers.engine, model)
            for place, job in enumerate(jobs)
        )
        try:
            while (result := next(results, None)) is not None:
                place, outcome = result
                yield place, _unpacked(outcome)
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # that an interruption cancels tasks is its purpose
                results.close()


def played(
    scenario: Scenario, names: tuple[str, ...], number: int, events: bool, engine: Engine | None = None
) -> Outcome:
    """One possible year under every structure named, or the failure under one of them."""
    from simulation.analysis.measures import measures, monthly_columns
    from simulation.analysis.periods import funnel_columns, own_columns, weekly_columns
    from simulation.finance.booking import book
    from simulation.world import World

    structure = names[0]
    try:
        simulate = engine or default_engine()
        world = World(scenario, number)
        runs = []
        for structure in names:
            record = simulate(scenario, structure, world, events)
            ledger = book(record, scenario)
            runs.append(
                Run(
                    structure,
                    measures(record, ledger, scenario),
                    monthly_columns(record, ledger, scenario),
                    record.events,
                    weekly_columns(record, scenario),
                    funnel_columns(record, scenario),
                    own_columns(record, scenario),
                    floor=floor_of(scenario, structure) if engine is None else OBJECTS,
                )
            )
        return runs
    except Exception as error:  # whatever goes wrong in one year must not end the others; it is recorded
        text = f"{type(error).__name__}: {error}"
        return Failure(number, scenario.experiment.seed, structure, text, traceback.format_exc())


def default_engine() -> Engine:
    """The dynamics of `simulation.department`."""
    from simulation.department import simulate

    return simulate


def _packed(scenarios: Sequence[Scenario]) -> dict[int, bytes]:
    """Every scenario as a worker gets it, by identity.

    How it was written stays here: no run asks for it, and it is four fifths of the bytes.
    """
    packed: dict[int, bytes] = {}
    for scenario in scenarios:
        if id(scenario) not in packed:
            light = scenario.model_copy()
            light._provenance = None
            packed[id(scenario)] = zlib.compress(pickle.dumps(light))
    return packed


def _task(
    place: int, packed: bytes, names: tuple[str, ...], number: int, events: bool, engine: Engine | None, model: str
) -> tuple[int, list[_Packed] | Failure]:
    """One job in a worker. The scenario comes packed, so that a worker opens it once and for all.

    Raises:
        OtherModelError: the worker's numbers would not be those of the program that asks.
    """
    _leave_interrupts_to_the_parent()
    if model and model != model_digest():
        raise OtherModelError(worded(OTHER_MODEL))
    outcome = played(_opened(packed), names, number, events, engine)
    if isinstance(outcome, Failure):
        return place, outcome
    return place, [(run.structure, _names_packed(layout_of(run)), packed_run(run), run.events) for run in outcome]


def _unpacked(outcome: list[_Packed] | Failure) -> Outcome:
    """What a worker sent."""
    if isinstance(outcome, Failure):
        return outcome
    runs = []
    for structure, names, body, events in outcome:
        run = opened_run(body, _names_opened(names), structure)
        runs.append(replace(run, events=events) if events else run)
    return runs


@lru_cache(maxsize=256)
def _names_packed(layout: str) -> bytes:
    return zlib.compress(layout.encode())


@lru_cache(maxsize=256)
def _names_opened(names: bytes) -> str:
    return zlib.decompress(names).decode()


@lru_cache(maxsize=32)
def _opened(packed: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(zlib.decompress(packed))
    return scenario


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal; only the parent answers, or the pool would break."""
    import multiprocessing

    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end_with_the_parent()


@lru_cache(maxsize=1)
def _end_with_the_parent() -> None:
    """A worker whose parent was killed has nobody to work for: it ends within a second."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
