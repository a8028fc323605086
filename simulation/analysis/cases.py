"""The cases of a comparison: structures of one scenario, or of several under names of their own; their runs.

Here too: every measure that runs have, by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from simulation.analysis import executor
from simulation.analysis.catalogue import MEASURES, REASON_TITLES
from simulation.analysis.executor import BACKEND, Engine, Job, Outcome, Workers, outcomes
from simulation.analysis.identity import fingerprints
from simulation.analysis.runs import Failure, Run, Runs, Shelf, gather
from simulation.analysis.unknown import unknown
from simulation.finance.ledger import ACCOUNTS
from simulation.scenario.amending import by_draw, drawn
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.scenario.titles import structure_titles, told_apart
from simulation.sense.loader import load
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
    workers = Workers(jobs, backend, engine)
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

    It is the same year as replication number `replication` of a batch. Raises whatever the run raises, UnknownName for
    an unknown structure and ValueError for a number below zero.
    """
    from simulation.finance.booking import book
    from simulation.world import World

    if structure not in scenario.structures:
        raise unknown("structure", structure, scenario.structures)
    if replication < 0:
        raise ValueError(worded("replication-whole", replication=replication))
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


Source = Scenario | str | os.PathLike[str]
Sources = Source | Sequence[Source] | Mapping[str, Source]


@dataclass(frozen=True)
class Case:
    """One structure of one scenario, as a comparison names it.

    Attributes:
        name: the structure's name; 'file:structure' where several files are compared.
        scenario: the scenario as it is run.
        key: the structure's name in its scenario.
        file: the name that the scenario goes by; '' for a single one.
        marked: whether its file stands in its title, since a structure of another one is called the same.
    """

    name: str
    scenario: Scenario
    key: str
    file: str = ""
    marked: bool = True

    @property
    def structure(self) -> Structure:
        """What the scenario says of the structure."""
        return self.scenario.structures[self.key]

    @property
    def title(self) -> str:
        """Its name in sentences."""
        title = structure_titles(self.scenario)[self.key]
        return f"{title} ({self.file})" if self.file and self.marked else title


def changed(source: Source, **experiment: Any) -> Scenario:
    """A scenario, loaded if it is a path, with keys of its experiment replaced; None leaves a key as it is.

    Raises ScenarioError for a file or a value that the schema does not allow.
    """
    scenario = source if isinstance(source, Scenario) else load(source)
    values = {
        f"experiment.{key}": value
        for key, value in experiment.items()
        if value is not None and value != getattr(scenario.experiment, key)
    }
    return scenario.replace(values) if values else scenario


def named(sources: Sources) -> dict[str, Source]:
    """Scenarios by the name that they go by; '' for a single one.

    Raises ValueError where there is none.
    """
    if isinstance(sources, Scenario | str | os.PathLike):
        return {"": sources}
    if isinstance(sources, Mapping):
        given = dict(sources)
    else:
        given = {}
        for number, source in enumerate(sources, 1):
            name = _name(source).replace(":", "-") or f"scenario {number}"  # a colon stands before the structure
            while name in given:  # files of one name in two folders
                name = f"{name} {number}"
            given[name] = source
    if not given:
        raise ValueError(worded("no-scenario"))
    return given if len(given) > 1 else {"": next(iter(given.values()))}


def cases_of(scenarios: Mapping[str, Scenario], structures: Sequence[str] | None) -> dict[str, Case]:
    """The cases by name, in the order of files and structures.

    Args:
        scenarios: by the name that they go by; '' for a single one.
        structures: names of structures to keep, as in their scenario or as 'file:structure'; all when None.

    Raises UnknownName for a name that no scenario has, ValueError where two structures would get one name.
    """
    cases: dict[str, Case] = {}
    for label, scenario in scenarios.items():
        for key in scenario.structures:
            name = f"{label}:{key}" if label else key
            if name in cases:
                raise ValueError(worded("two-structures", name=repr(name)))
            cases[name] = Case(name, scenario, key, label)
    if structures is None:
        return _told_apart(cases)
    kept: dict[str, Case] = {}
    for wanted in structures:
        found = {name: case for name, case in cases.items() if wanted in (name, case.key)}
        if not found:
            raise unknown("structure", wanted, dict.fromkeys([*(case.key for case in cases.values()), *cases]))
        kept |= found
    return _told_apart({name: case for name, case in cases.items() if name in kept})


def _told_apart(cases: dict[str, Case]) -> dict[str, Case]:
    """The cases with titles as somebody wrote them; the names of files stand only where two are the same."""
    plain = {name: replace(case, marked=False) for name, case in cases.items()}
    said = {name: case.title for name, case in plain.items()}
    marked = {name for name, title in told_apart(said).items() if title != said[name]}
    made = {name: replace(case, marked=name in marked) for name, case in cases.items()}
    said = {name: case.title for name, case in made.items()}
    return made if told_apart(said) == said else cases


def worlds_of(cases: Mapping[str, Case]) -> dict[str, int]:
    """A number for each case: those with the same one live through the same possible years.

    What makes a year is the seed, the calendar's start and the length, which decide every draw; a file with
    another market then meets the same luck in another market.
    """
    found: dict[tuple[Any, ...], int] = {}
    worlds = {}
    for name, case in cases.items():
        experiment = case.scenario.experiment
        year = (experiment.seed, experiment.start, experiment.months, experiment.warm_up)
        worlds[name] = found.setdefault(year, len(found))
    return worlds


def merged(parts: Mapping[str, Runs]) -> Runs:
    """The runs of several scenarios as one, structures named as in ``cases_of``."""
    if list(parts) == [""]:
        return parts[""]
    import pandas as pd

    def together(frames: list[pd.DataFrame]) -> pd.DataFrame:
        renamed = [
            frame.assign(structure=[f"{label}:{name}" for name in frame["structure"]])
            for label, frame in zip(parts, frames, strict=True)
        ]
        filled = [frame for frame in renamed if len(frame)]
        return pd.concat(filled, ignore_index=True) if filled else renamed[0]

    runs = list(parts.values())
    events = [run.events for run in runs if run.events is not None]
    return replace(
        runs[0],
        replications=together([run.replications for run in runs]),
        months=together([run.months for run in runs]),
        weeks=together([run.weeks for run in runs]),
        funnel=together([run.funnel for run in runs]),
        own=together([run.own for run in runs]),
        events=together(events) if len(events) == len(runs) else None,
        failures=together([run.failures for run in runs]),
        structures=tuple(f"{label}:{name}" for label, run in parts.items() for name in run.structures),
        requested=max(run.requested for run in runs),
        partial=any(run.partial for run in runs),
    )


def _name(source: Source) -> str:
    if not isinstance(source, Scenario):
        return PurePath(source).stem
    try:
        return PurePath(source.provenance.name).stem
    except AttributeError:
        return source.title


def measure_names(cases: Sequence[Case]) -> list[str]:
    """Every measure that a run of these structures has, by name; those of a role for each role there is."""
    members: dict[str, list[str]] = {
        "<role>": list(dict.fromkeys(role for case in cases for role in case.structure.roles)),
        "<activity>": list(ACTIVITIES),
        "<reason>": list(REASON_TITLES),
        "<product>": list(dict.fromkeys(name for case in cases for name in case.scenario.market.products)),
        "<channel>": list(dict.fromkeys(name for case in cases for name in case.scenario.market.channels)),
        "<account>": [account.name for account in ACCOUNTS],
    }
    names = list(MEASURES)
    for placeholder, words in members.items():
        names = [full for name in names for full in dict.fromkeys([name.replace(placeholder, word) for word in words])]
    return names
