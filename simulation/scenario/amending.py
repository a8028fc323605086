"""A scenario with some values changed while it runs: only the blocks that change are read and checked again.

``Scenario.replace`` makes a scenario anew from what was written. Here the rest stays the very same objects, which is
fast, and tells whoever compares two scenarios of a timeline what has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from simulation.scenario.interventions import Move
from simulation.scenario.market import Market
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.texts import worded
from simulation.written.errors import Problem, ScenarioError
from simulation.written.schema import Slot, fields
from simulation.written.tree import DEFAULT, OVERRIDE, Node, join, node
from simulation.written.validating import filled, laid, plain, validated

Block = TypeVar("Block", bound=BaseModel)
Settings = Mapping[str, Any]
Context = Mapping[str, object]


def amended(scenario: Scenario, settings: Settings) -> Scenario:
    """The scenario with values at dotted paths changed; it remembers nothing of where its values come from.

    Args:
        scenario: any scenario.
        settings: values as a scenario file writes them, by dotted path from the root.

    Raises:
        ScenarioError: a value that is not allowed there, or a path that leads nowhere (path and message, no line).
    """
    if not settings:
        return scenario
    context = scenario.reading
    return _of_its_own(_inside(scenario, settings, "", context))


def drawn(scenario: Scenario, number: int) -> Scenario:
    """The scenario in which a replication lives: with its row of the drawn inputs; itself where none are drawn.

    Raises:
        ScenarioError: values of the row that are not allowed.
    """
    inputs = scenario.inputs
    if inputs is None:
        return scenario
    row = number % inputs.rows
    return scenario.once(("drawn", row), lambda: amended(scenario.model_copy(update={"inputs": None}), inputs.row(row)))


def by_draw(scenario: Scenario, numbers: Iterable[int]) -> list[tuple[Scenario, list[int]]]:
    """Replications by the scenario in which they live."""
    groups: dict[int, tuple[Scenario, list[int]]] = {}
    for number in numbers:
        made = drawn(scenario, number)
        groups.setdefault(id(made), (made, []))[1].append(number)
    return list(groups.values())


def moved(scenario: Scenario, structure: str, moves: tuple[Move, ...]) -> Scenario:
    """The scenario after people of a structure have changed roles: the positions go with them."""
    spec = scenario.structures[structure]
    roles = dict(spec.roles)
    for move in moves:
        for role, more in ((move.role, -move.people), (move.to, move.people)):
            roles[role] = roles[role].model_copy(update={"headcount": max(0, roles[role].headcount + more)})
    structures = {**scenario.structures, structure: spec.model_copy(update={"roles": roles})}
    return _of_its_own(scenario.model_copy(update={"structures": structures}))


def _of_its_own(scenario: Scenario) -> Scenario:
    """Without the memory of how it was written: laid upon that, the changes would be lost."""
    scenario._provenance = None
    return scenario


def _inside(block: Block, settings: Settings, place: str, context: Context) -> Block:
    """A block that holds others, with values changed in those that are concerned."""
    update: dict[str, Any] = {}
    for key, values in _by_first_key(settings).items():
        slot = fields(type(block)).get(key)
        if slot is None:
            raise _nowhere(join(place, key))
        update[key] = _changed(getattr(block, key), slot, values, join(place, key), context)
    return block.model_copy(update=update)


def _by_first_key(settings: Settings) -> dict[str, dict[str, Any]]:
    grouped: dict[str, dict[str, Any]] = {}
    for path, value in settings.items():
        key, _, rest = path.partition(".")
        grouped.setdefault(key, {})[rest] = value
    return grouped


def _changed(value: Any, slot: Slot, settings: Settings, place: str, context: Context) -> Any:
    """What stands at a place after the settings, whose paths begin there."""
    if isinstance(value, (Market, Structure)):
        return _inside(value, settings, place, context)
    if slot.entry is not None and not slot.models:
        inner = slot.entry
        entries = dict(value) if slot.is_mapping else dict(zip(map(str, range(len(value))), value, strict=True))
        for key, values in _by_first_key(settings).items():
            if key not in entries:
                raise _nowhere(join(place, key))
            entries[key] = _changed(entries[key], inner, values, join(place, key), context)
        return entries if slot.is_mapping else tuple(entries.values())
    models = slot.models
    if not models:
        raise _nowhere(place)
    if slot.takes_null and "" in settings and settings[""] is None:
        return None
    return _checked(value, type(value) if value is not None else models[0], settings, place, context)


def _checked(value: Any, model: type[BaseModel], settings: Settings, place: str, context: Context) -> BaseModel:
    """A block read and checked anew with the settings laid upon what it is."""
    tree = node(value.model_dump(mode="json") if value is not None else {}, DEFAULT)
    try:
        for path, each in settings.items():
            new = node(plain(each), OVERRIDE)
            tree = laid(tree, path, new) if path or isinstance(new.value, dict) else Node(new.value, OVERRIDE)
        return validated(filled(tree, Slot(model)), model, context)[1]
    except ScenarioError as error:
        raise ScenarioError(
            replace(each, path=join(place, each.path) if each.path else place) for each in error.problems
        ) from None


def _nowhere(path: str) -> ScenarioError:
    return ScenarioError(Problem("override", None, path, worded("nothing-to-set")))
