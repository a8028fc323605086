"""Work handed to workers: one job is one possible year under some structures of one scenario.

joblib spreads bundles of jobs over processes of this machine or, by its backends, over a cluster. A worker gets plain
values and gives back plain columns, so what comes out depends on the scenario, its seed and the replication's number
alone.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
import traceback
import warnings
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simulation.analysis import forks
from simulation.analysis.bundles import Bundles
from simulation.analysis.identity import model_digest
from simulation.analysis.runs import Failure, Run, layout_of
from simulation.analysis.runs import opened as opened_run
from simulation.analysis.runs import packed as packed_run
from simulation.analysis.unknown import unknown
from simulation.floor.choice import FLOOR, OBJECTS, chosen, floor_of
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
_RARELY = 500
"""Searches among what is new for each search among what is older."""
OPEN = 32
"""Scenarios that a worker keeps open, with what has been worked out of them."""
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
    """

    jobs: int | None = None
    backend: str | None = None
    engine: Engine | None = None


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


def outcomes(
    jobs: Sequence[Job],
    workers: Workers,
    events: bool = False,
    whole: bool = True,
    only: tuple[str, ...] = (),
) -> Generator[tuple[int, Outcome], None, None]:
    """What comes of each job, with its place among the jobs, in the order in which they are finished.

    Args:
        jobs: what is played.
        workers: who does it.
        events: whether every piece of work is kept.
        whole: whether columns by month, week and stage are wanted; else a run has measures alone.
        only: names of the measures that are wanted, see `measures`; every one when empty.

    Raises:
        UnknownName: there is no such backend.
        OtherModelError: a worker runs another version of the model.
        FloorError: the floor that was asked for cannot be had.
    """
    chosen()
    row = _in_a_row(jobs)
    if workers.jobs == 1 or len(jobs) <= 1:
        with _seldom_swept():
            for place in row:
                job = jobs[place]
                yield place, played(job.scenario, job.structures, job.number, events, workers.engine, whole, only)
        return
    name = workers.backend or os.environ.get(BACKEND) or None
    if name is None and workers.engine is None and (workers.jobs or 1) > 0 and forks.possible() and not _configured():
        yield from _by_forks(jobs, row, workers, _How(events, None, "", whole, only))
        return
    from joblib import Parallel, delayed, effective_n_jobs, parallel_config
    from joblib.parallel import get_active_backend

    # a worker that has grown large is replaced by a new one, and its jobs go on
    warnings.filterwarnings("ignore", "A worker stopped while some jobs were given", UserWarning)
    if name is not None:
        known_backend(name)
    if name == "ray":
        from ray.util.joblib import register_ray  # type: ignore[import-not-found, unused-ignore]

        register_ray()
    config: dict[str, Any] = {} if name is None else {"backend": name}
    packed = _packed([job.scenario for job in jobs])
    with parallel_config(**config):
        elsewhere = type(get_active_backend()[0]).__name__ not in _OF_THIS_MACHINE
        # more workers than jobs would only be started for nothing
        count = min(effective_n_jobs(-1 if workers.jobs is None else workers.jobs), len(jobs))
        bundles = Bundles([len(jobs[place].structures) for place in row], count)
        how = _How(events, workers.engine, model_digest() if elsewhere else "", whole, only)
        results = Parallel(n_jobs=count, return_as="generator_unordered", batch_size=1)(
            delayed(_task)(_Bundle.of([(row[n], jobs[row[n]]) for n in some], packed), how) for some in bundles
        )
        try:
            while (done := next(results, None)) is not None:
                bundles.took(done.runs, done.seconds)
                for place, outcome in done.outcomes:
                    yield place, _unpacked(outcome)
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # that an interruption cancels tasks is its purpose
                results.close()


def _configured() -> bool:
    """Whether somebody has told joblib how to work (a cluster); nobody has, where it is not even loaded."""
    if "joblib" not in sys.modules:
        return False
    from joblib.parallel import get_active_backend

    backend, count = get_active_backend()
    return type(backend).__name__ != "LokyBackend" or count not in (None, 1)


def _by_forks(
    jobs: Sequence[Job], row: Sequence[int], workers: Workers, how: _How
) -> Generator[tuple[int, Outcome], None, None]:
    """The same as `outcomes`, by forks of this process."""
    packed = _packed([job.scenario for job in jobs])
    count = min(workers.jobs or forks.cores(), len(jobs))
    bundles = Bundles([len(jobs[place].structures) for place in row], count)
    default_engine()  # loaded once, before there are forks
    tasks = ((_Bundle.of([(row[n], jobs[row[n]]) for n in some], packed), how) for some in bundles)
    crew = forks.crew(_asked, (os.environ.get(FLOOR, ""),))
    with closing(crew.results(tasks, count)) as results:
        for done in results:
            bundles.took(done.runs, done.seconds)
            for place, outcome in done.outcomes:
                yield place, _unpacked(outcome)


def _asked(task: tuple[_Bundle, _How]) -> _Done:
    """A bundle of jobs in a fork."""
    return _task(*task)


def _in_a_row(jobs: Sequence[Job]) -> list[int]:
    """Places of the jobs in the order in which they are played, so that one worker has what it works out again.

    Where there are more scenarios than years those of one scenario stand together: what it expects takes as long as
    half of a year, and the Worlds of few years are there soon. Else years of one number stand together, for their
    World, of a few scenarios at a time: whoever plays them keeps each open.
    """
    first: dict[int, int] = {}
    for job in jobs:
        first.setdefault(id(job.scenario), len(first))
    if len(first) > len({job.number for job in jobs}):
        return sorted(range(len(jobs)), key=lambda n: (first[id(jobs[n].scenario)], jobs[n].number, n))
    return sorted(range(len(jobs)), key=lambda n: (first[id(jobs[n].scenario)] // (OPEN // 2), jobs[n].number, n))


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Searches for garbage among what is old are rare meanwhile: Worlds and tables are old, and are no garbage.

    What each job leaves behind is looked for when it is done; to look through some years again and again would take
    as long as half of a year.
    """
    often = gc.get_threshold()
    gc.set_threshold(often[0], _RARELY, often[2])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def played(
    scenario: Scenario,
    names: tuple[str, ...],
    number: int,
    events: bool,
    engine: Engine | None = None,
    whole: bool = True,
    only: tuple[str, ...] = (),
) -> Outcome:
    """One possible year under every structure named, or the failure under one of them.

    `whole`: with columns by month, week and stage, not with measures alone; `only`: as for `outcomes`.
    """
    from simulation.analysis.measures import measures, monthly_columns
    from simulation.analysis.periods import funnel_columns, own_columns, weekly_columns
    from simulation.analysis.worlds import world_of
    from simulation.finance.booking import book
    from simulation.world import World

    structure = names[0]
    try:
        simulate = engine or default_engine()
        # another engine may do with its World what it likes
        world = world_of(scenario, number) if engine is None else World(scenario, number)
        runs = []
        for structure in names:
            record = simulate(scenario, structure, world, events)
            ledger = book(record, scenario)
            runs.append(
                Run(
                    structure,
                    measures(record, ledger, scenario, only),
                    monthly_columns(record, ledger, scenario) if whole else {},
                    record.events,
                    weekly_columns(record, scenario) if whole else {},
                    funnel_columns(record, scenario) if whole else {},
                    own_columns(record, scenario) if whole else {},
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


@dataclass(frozen=True)
class _How:
    """What all jobs of a batch have in common.

    Attributes:
        events: whether every piece of work is kept.
        engine: of the ``Workers``.
        model: digest of the model that has to be there; '' on this machine, where no other can be.
        whole: whether columns are wanted besides measures.
        only: measures that are wanted.
    """

    events: bool
    engine: Engine | None
    model: str
    whole: bool
    only: tuple[str, ...]


@dataclass(frozen=True)
class _Bundle:
    """Jobs on their way to a worker. The scenarios are packed, so that a worker opens each once and for all.

    Attributes:
        scenarios: those of the jobs, each once.
        jobs: place among all jobs, index of the scenario, structures, number of the replication.
    """

    scenarios: tuple[bytes, ...]
    jobs: tuple[tuple[int, int, tuple[str, ...], int], ...]

    @classmethod
    def of(cls, jobs: Sequence[tuple[int, Job]], packed: Mapping[int, bytes]) -> _Bundle:
        """Of jobs with their places, and the packed scenarios by identity."""
        index: dict[bytes, int] = {}
        rows = tuple(
            (place, index.setdefault(packed[id(job.scenario)], len(index)), job.structures, job.number)
            for place, job in jobs
        )
        return cls(tuple(index), rows)


@dataclass(frozen=True)
class _Done:
    """What came of a bundle: the outcomes with the places of their jobs, how many runs that were, and their seconds."""

    outcomes: list[tuple[int, list[_Packed] | Failure]]
    runs: int
    seconds: float


def _task(bundle: _Bundle, how: _How) -> _Done:
    """A bundle of jobs in a worker.

    Raises:
        OtherModelError: the worker's numbers would not be those of the program that asks.
    """
    _leave_interrupts_to_the_parent()
    if how.model and how.model != model_digest():
        raise OtherModelError(worded(OTHER_MODEL))
    began = time.perf_counter()
    outcomes = []
    with _seldom_swept():
        for place, index, names, number in bundle.jobs:
            outcome = played(
                _opened(bundle.scenarios[index]), names, number, how.events, how.engine, how.whole, how.only
            )
            outcomes.append((place, outcome if isinstance(outcome, Failure) else [_sent(run, how) for run in outcome]))
    return _Done(outcomes, sum(len(names) for _, _, names, _ in bundle.jobs), time.perf_counter() - began)


def _sent(run: Run, how: _How) -> _Packed:
    """A run as it travels: compressed where it leaves the machine."""
    return run.structure, _names_packed(layout_of(run)), packed_run(run, 1 if how.model else 0), run.events


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


@lru_cache(maxsize=OPEN)
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
