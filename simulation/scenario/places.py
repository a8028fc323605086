"""The schema as places: every key where it can stand, with the facts that were declared at the key.

Three walks: over the schema (`places`), along a dotted path (`along`) and over what a scenario holds (`held`). Whoever
needs to know something of a key by its path asks here; there are no tables of paths beside the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from simulation.scenario.scenario import Scenario
from simulation.texts import worded
from simulation.written.base import Facts
from simulation.written.schema import Slot, fields, is_distribution, step
from simulation.written.spelling import nearest
from simulation.written.tree import first_step, join


@dataclass(frozen=True)
class Place:
    """A key where it stands.

    Attributes:
        path: dotted path.
        pattern: the same with `*` for each free name and index.
        key: its name.
        block: the block that declares it; of a block that builds on another one, the first that has it.
        slot: what it takes.
        facts: what is known about it here.
    """

    path: str
    pattern: str
    key: str
    block: type[BaseModel]
    slot: Slot
    facts: Facts

    @property
    def text(self) -> str:
        """The key of its title in the catalogues."""
        return f"key-{self.block.__name__}-{self.key}"


@cache
def places() -> tuple[Place, ...]:
    """Every key of a scenario in the order of the schema, `*` for a free name or an index.

    A key that several kinds of a block have (channels) is there once, unless they declare it or its facts themselves.
    """
    found: dict[str, list[Place]] = {}

    def walk(
        model: type[BaseModel], path: str, inside: Mapping[str, Facts], above: tuple[type[BaseModel], ...]
    ) -> None:
        for name, slot in fields(model).items():
            place = _place(model, path, path, name, slot, inside)
            same = found.setdefault(place.path, [])
            if all((each.block, each.facts) != (place.block, place.facts) for each in same):
                same.append(place)
            for inner, deeper in blocks(slot, place.path):
                if inner not in above:
                    walk(inner, deeper, place.facts.inside, (*above, inner))

    walk(Scenario, "", {}, (Scenario,))
    return tuple(each for same in found.values() for each in same)


def as_typed(pattern: str) -> str:
    """The path of a place as somebody types it: NAME for a free name, N for the number of an entry of a list."""
    lists = {each.path for each in places() if each.slot.entry is not None and not each.slot.is_mapping}
    parts = pattern.split(".")
    return ".".join(
        part if part != "*" else "N" if ".".join(parts[:index]) in lists else "NAME" for index, part in enumerate(parts)
    )


def blocks(slot: Slot, path: str, name: str = "*", index: str = ".*") -> list[tuple[type[BaseModel], str]]:
    """The blocks at a place, with their paths; what stands for a free name and an index is given."""
    if slot.distribution is not None:
        return []
    if slot.models:
        return [(model, path) for model in slot.models]
    if slot.entry is not None:
        return blocks(slot.entry, join(path, name) if slot.is_mapping else f"{path}{index}", name, index)
    return []


@dataclass(frozen=True)
class Step:
    """One step of a path.

    Attributes:
        name: as the path writes it.
        place: the key, or None where it is a free name or an index.
        value: what the scenario has there; None where it has nothing.
    """

    name: str
    place: Place | None
    value: Any = None


def along(scenario: Scenario, path: str) -> tuple[Step, ...]:
    """The steps of a dotted path from the root, as far as the schema has them."""
    found: list[Step] = []
    here: Any = scenario
    slot: Slot | None = Slot(Scenario)
    inside: Mapping[str, Facts] = {}
    done = pattern = ""
    while path and slot is not None:
        name, rest = (first_step(here, path) if isinstance(here, Mapping) else None) or _split(path)
        if isinstance(here, BaseModel) and not is_distribution(here):
            model: type[BaseModel] | None = here.__class__
            here, deeper = getattr(here, name, None), fields(here.__class__).get(name)
        else:
            model = slot.models[0] if slot.models else None
            here, deeper = step(here, name), slot.inside(name)
        if model is not None and deeper is not None and deeper.field is not None:
            place = _place(model, done, pattern, name, deeper, inside)
            found.append(Step(name, place, here))
            inside, pattern = place.facts.inside, place.pattern
        elif deeper is not None:
            found.append(Step(name, None, here))
            pattern = join(pattern, "*")
        done = join(done, name)
        slot, path = deeper, rest
    return tuple(found)


def held(scenario: Scenario) -> Iterator[tuple[Place, Any]]:
    """Every key that a scenario holds, with its path there and its value."""

    def walk(block: BaseModel, path: str, pattern: str, inside: Mapping[str, Facts]) -> Iterator[tuple[Place, Any]]:
        for name, slot in fields(type(block)).items():
            place, value = _place(type(block), path, pattern, name, slot, inside), getattr(block, name)
            yield place, value
            yield from entries(value, place.path, place.pattern, place.facts.inside)

    def entries(value: Any, path: str, pattern: str, inside: Mapping[str, Facts]) -> Iterator[tuple[Place, Any]]:
        if isinstance(value, BaseModel) and not is_distribution(value):
            yield from walk(value, path, pattern, inside)
        elif isinstance(value, (Mapping, tuple)):
            for name, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
                yield from entries(inner, join(path, str(name)), join(pattern, "*"), inside)

    return walk(scenario, "", "", {})


def numbered(data: Any, path: str) -> tuple[str, str]:
    """A path in which an entry of a list has its name in place of its number: with the nearest one's, and the entries.

    Both are '' where no list stands there, the first where no name is near.

    Args:
        data: the scenario as a plain tree.
        path: dotted path.
    """
    done, rest, here = "", path, data
    while rest:
        if isinstance(here, list) and here and all(isinstance(each, dict) and "name" in each for each in here):
            names = [str(each["name"]) for each in here]
            key, _, rest = rest.partition(".")
            if not key.isdigit():
                near = nearest(key, names)
                listed = ", ".join(f"{n} ({name})" for n, name in enumerate(names))
                meant = join(join(done, str(names.index(near))), rest) if near else ""
                return meant, worded("allowed-entry-number", path=done, listed=listed)
        else:
            key, rest = (first_step(here, rest) if isinstance(here, dict) else None) or (rest, "")
        done, here = join(done, key), step(here, key)
    return "", ""


def _split(path: str) -> tuple[str, str]:
    name, _, rest = path.partition(".")
    return name, rest


def _place(
    model: type[BaseModel], path: str, pattern: str, name: str, slot: Slot, inside: Mapping[str, Facts]
) -> Place:
    """A key of a block that stands at a path."""
    facts = slot.facts.here(inside.get(name))
    return Place(join(path, name), join(pattern, name), name, _declared(model, name), slot, facts)


@cache
def _declared(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The first block of a line of blocks that has a key."""
    line = [each for each in model.__mro__ if issubclass(each, BaseModel) and name in each.model_fields]
    return line[-1]
