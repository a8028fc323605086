"""The timeline of a structure: which scenario is in force when, and what changes on which date.

Interventions are a sequence of scenarios. Whoever needs a value that may change asks the timeline for the scenario in
force at a time; nobody else has to know that there are interventions.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.mechanisms.interventions import AttritionSpike, Crm, Dip
from simulation.scenario.amending import amended, moved
from simulation.scenario.calendar import add_months
from simulation.scenario.interventions import Change, Intervention, Move
from simulation.scenario.pay import MONTHS
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.written.base import Block
from simulation.written.tree import SETTINGS

_DAYS = {"week": 7, "two weeks": 14}


@dataclass(frozen=True)
class DatedChange:
    """One change at its time.

    Attributes:
        at: hours since the start of the simulation.
        title: its name.
        moves: people who change roles.
        crm: roll-out that begins.
        cost: money, once.
        dip: productivity lost.
        spike: more leavers for a while.
        settings: values by dotted path from the scenario's root.
        path: where it stands in the scenario, for messages.
    """

    at: float
    title: str
    moves: tuple[Move, ...]
    crm: Crm | None
    cost: float
    dip: Dip | None
    spike: AttritionSpike | None
    settings: Mapping[str, Any]
    path: str


@dataclass(frozen=True)
class Timeline:
    """A structure's scenarios in order: `scenarios[k]` is in force from `begins[k]` hours on; `begins[0]` is -inf."""

    begins: tuple[float, ...]
    scenarios: tuple[Scenario, ...]
    changes: tuple[DatedChange, ...]

    def at(self, time: float) -> Scenario:
        """The scenario in force at a time, hours since the start of the simulation."""
        return self.scenarios[bisect_right(self.begins, time) - 1]

    def spans(self, begin: float, end: float) -> Iterator[tuple[float, float, Scenario]]:
        """The parts of [begin, end) with the scenario in force in each."""
        for k, scenario in enumerate(self.scenarios):
            low = max(begin, self.begins[k])
            high = min(end, self.begins[k + 1]) if k + 1 < len(self.begins) else end
            if low < high:
                yield low, high, scenario


def timeline(scenario: Scenario, structure: str) -> Timeline:
    """The timeline of a structure; the scenario alone where nothing changes.

    Raises:
        ScenarioError: a value that a change sets is not allowed.
        KeyError: there is no such structure.
    """
    if not scenario.interventions and not scenario.structures[structure].interventions:
        return Timeline((float("-inf"),), (scenario,), ())
    return scenario.once(("timeline", structure), lambda: _build(scenario, structure))


def names_a_structure(scenario: Scenario) -> bool:
    """Whether changes under every structure or drawn inputs name one of them, so that they are not about a copy."""
    named = [*scenario.inputs.columns] if scenario.inputs is not None else []
    named += [path for each in scenario.interventions for change in (each, *each.changes) for path in change.set]
    return any(path.startswith("structures.") for path in named)


def peopled(scenario: Scenario, structure: str, role: str) -> Scenario:
    """The scenario in force when a role has people: the first one, or for a role that is empty then the last one."""
    plans = timeline(scenario, structure).scenarios
    if plans[0].structures[structure].roles[role].headcount:
        return plans[0]
    with_people = [plan for plan in plans if plan.structures[structure].roles[role].headcount]
    return with_people[-1] if with_people else plans[0]


def changes(scenario: Scenario, structure: str) -> list[DatedChange]:
    """The changes of a structure, the scenario's own among them, by time and then as they are written."""
    spec = scenario.structures[structure]
    found = [
        *_dated(scenario, structure, scenario.interventions, "interventions", False),
        *_dated(scenario, structure, spec.interventions, f"structures.{structure}.interventions", True),
    ]
    return sorted(found, key=lambda change: change.at)


def from_root(scenario: Scenario, structure: str, path: str) -> str:
    """A path inside a structure as a path from the scenario's root.

    A block that the scenario has too is the structure's own only where it has one.
    """
    first = path.split(".", 1)[0]
    shared = first in Scenario.model_fields and first != "title"
    here = getattr(scenario.structures[structure], first, None)
    own = isinstance(here, Block) if shared else first in Structure.model_fields
    return f"structures.{structure}.{path}" if own else path


def set_path(scenario: Scenario, path: str) -> str:
    """The path of what a value of `set` means; any other path as it is."""
    found = SETTINGS.match(path)
    if found is None or not path[found.end() :].startswith("."):
        return path
    meant, structure = path[found.end() + 1 :], found.group(1)
    if found.group(2) is not None:  # an option of a search sets nothing outside of its structure
        return f"structures.{found.group(2)}.{meant}"
    return meant if structure is None else from_root(scenario, structure, meant)


def _dated(
    scenario: Scenario, structure: str, interventions: tuple[Intervention, ...], place: str, inside: bool
) -> Iterator[DatedChange]:
    for number, intervention in enumerate(interventions):
        path = f"{place}.{number}"
        first = _hours(scenario, intervention.at)
        if not intervention.changes:
            yield _at(scenario, structure, first, intervention, intervention, path, inside)
        for n, change in enumerate(intervention.changes):
            at = first if intervention.every is None else _later(scenario, first, intervention.every, n)
            yield _at(scenario, structure, at, change, intervention, f"{path}.changes.{n}", inside)


def _at(
    scenario: Scenario, structure: str, at: float, change: Change, of: Intervention, path: str, inside: bool
) -> DatedChange:
    settings = {(from_root(scenario, structure, key) if inside else key): value for key, value in change.set.items()}
    title = change.title or of.title
    return DatedChange(at, title, change.move, change.crm, change.cost, of.dip, of.attrition_spike, settings, path)


def _hours(scenario: Scenario, at: dt.date | float) -> float:
    """Hours since the start of the simulation."""
    begin = scenario.experiment.hour_zero
    if isinstance(at, dt.date):
        return 24.0 * (at - begin).days
    return 24.0 * (scenario.experiment.start - begin).days + at


def _later(scenario: Scenario, first: float, every: str, number: int) -> float:
    if every in _DAYS:
        return first + 24.0 * _DAYS[every] * number
    days, rest = divmod(first, 24.0)
    begin = scenario.experiment.hour_zero
    day = add_months(begin + dt.timedelta(days=int(days)), MONTHS[every] * number)
    return 24.0 * (day - begin).days + rest


def _build(scenario: Scenario, structure: str) -> Timeline:
    planned = changes(scenario, structure)
    begins, scenarios = [float("-inf")], [scenario]
    for change in planned:
        if not change.settings and not change.moves:
            continue
        now = after(scenarios[-1], structure, change)
        if begins[-1] == change.at:
            scenarios[-1] = now
        else:
            begins.append(change.at)
            scenarios.append(now)
    return Timeline(tuple(begins), tuple(scenarios), tuple(planned))


def after(scenario: Scenario, structure: str, change: DatedChange) -> Scenario:
    """The scenario that is in force after a change: values first, then people who change roles.

    Raises:
        ScenarioError: a value that is not allowed.
    """
    now = amended(scenario, change.settings)
    return moved(now, structure, change.moves) if change.moves else now
