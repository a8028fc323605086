"""The cases of a comparison: structures of one scenario, or of several under names of their own.

Here too: every measure that runs have, by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from simulation.analysis.catalogue import MEASURES, REASON_TITLES
from simulation.analysis.unknown import unknown
from simulation.finance.ledger import ACCOUNTS
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.scenario.titles import structure_titles
from simulation.sense.loader import load
from simulation.texts import worded

if TYPE_CHECKING:
    from simulation.analysis.replications import Runs


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
    """

    name: str
    scenario: Scenario
    key: str
    file: str = ""

    @property
    def structure(self) -> Structure:
        """What the scenario says of the structure."""
        return self.scenario.structures[self.key]

    @property
    def title(self) -> str:
        """Its name in sentences."""
        title = structure_titles(self.scenario)[self.key]
        return f"{title} ({self.file})" if self.file else title


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
        return cases
    kept: dict[str, Case] = {}
    for wanted in structures:
        found = {name: case for name, case in cases.items() if wanted in (name, case.key)}
        if not found:
            raise unknown("structure", wanted, dict.fromkeys([*(case.key for case in cases.values()), *cases]))
        kept |= found
    return {name: case for name, case in cases.items() if name in kept}


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
