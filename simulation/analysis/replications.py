"""Many possible years: every replication replays one World under every structure, in parallel where asked.

What comes out depends on the scenario, its seed and the replication's number alone, never on the workers or their
order (`executor`), nor on which replications a store had already (`runs.Shelf`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from simulation.analysis import executor
from simulation.analysis.executor import BACKEND, Engine, Job, Outcome, Workers, outcomes
from simulation.analysis.identity import fingerprints
from simulation.analysis.runs import Failure, Run, Runs, Shelf, gather
from simulation.analysis.unknown import unknown
from simulation.scenario.amending import by_draw, drawn
from simulation.scenario.scenario import Scenario
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.department.record import Record
    from simulation.finance.ledger import Ledger

__all__ = ["BACKEND", "Engine", "Failure", "OnDone", "Run", "Runs", "replicate_one", "run_replications", "seeded"]

OnDone = Callable[[int, int], None]


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
    store: Shelf | None = None,
    first: int = 0,
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
        store: finished replications to take from and to add to; none when None. Another engine's are not kept, and
            with events every year is simulated.
        first: number of the first replication; a batch from there on continues one that ended there
            (`runs.together`).

    Raises KeyError for an unknown structure, ValueError for fewer than one replication. A failing replication
    is recorded in ``failures``. A KeyboardInterrupt ends the batch: what is finished is kept, and ``partial``
    says so.
    """
    names = tuple(scenario.structures) if structures is None else tuple(structures)
    for name in names:
        if name not in scenario.structures:
            raise unknown("structure", name, scenario.structures)
    scenario = seeded(scenario, seed)
    total = scenario.experiment.replications if replications is None else replications
    if total < 1:
        raise ValueError(worded("replications-none", total=total))
    shelf = store if engine is None else None
    done: dict[int, Outcome] = {}
    numbers = range(first, first + total)
    of: dict[int, tuple[Scenario, dict[str, str]]] = {}
    there: dict[int, dict[str, Run]] = {}
    for made, some in by_draw(scenario, numbers):
        prints = fingerprints(made, names) if shelf is not None else {}
        of |= dict.fromkeys(some, (made, prints))
        if shelf is not None and not events:
            there |= shelf.find(prints, scenario.experiment.seed, some)
    jobs_left: list[Job] = []
    for number in numbers:
        missing = tuple(name for name in names if name not in there.get(number, {}))
        if missing:
            jobs_left.append(Job(of[number][0], missing, number))
        else:
            done[number] = [there[number][name] for name in names]
    workers = Workers(jobs, backend, engine, one_by_one=shelf is not None)
    partial = False
    try:
        if on_done is not None and done:
            on_done(len(done), total)
        with closing(outcomes(jobs_left, workers, events)) as results:
            for place, result in results:
                number = jobs_left[place].number
                if shelf is not None and not isinstance(result, Failure):
                    shelf.keep(of[number][1], scenario.experiment.seed, number, result, scenario.title)
                done[number] = _together(names, there.get(number, {}), result)
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
        raise unknown("structure", structure, scenario.structures)
    scenario = drawn(seeded(scenario, seed), replication)
    record = (engine or executor.default_engine())(scenario, structure, World(scenario, replication), events)
    return record, book(record, scenario)


def seeded(scenario: Scenario, seed: int | None) -> Scenario:
    """The scenario with another seed; itself when None. Raises ValueError outside 0 ... 2**63 - 1."""
    if seed is None or seed == scenario.experiment.seed:
        return scenario
    if not 0 <= seed < 2**63:
        raise ValueError(worded("seed-whole", seed=seed))
    experiment = scenario.experiment.model_copy(update={"seed": int(seed)})
    return scenario.model_copy(update={"experiment": experiment})


def _together(names: tuple[str, ...], kept: dict[str, Run], result: Outcome) -> Outcome:
    """What a store had and what was simulated, in the order of the structures."""
    if isinstance(result, Failure) or not kept:
        return result
    made = kept | {run.structure: run for run in result}
    return [made[name] for name in names]
