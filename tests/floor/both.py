"""One year on both floors, and what differs: `python -m tests.floor.both scenarios/department_of_ten.yaml`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np

from simulation.department.department import Department
from simulation.department.record import LogRow, Record
from simulation.department.year import run
from simulation.floor.choice import COMPILED, OBJECTS, Floor
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.world import World


def played(scenario: Scenario, structure: str, world: World, floor: Floor, events: bool = True) -> Record:
    """A year on a floor."""
    return run(Department(scenario, structure, world, events, floor))


def different(one: object, other: object, name: str = "record") -> Iterator[str]:
    """What differs between two records, down to the last bit; NaN equals NaN."""
    if is_dataclass(one) and is_dataclass(other):
        for field in fields(one):
            if field.name != "events":
                yield from different(getattr(one, field.name), getattr(other, field.name), f"{name}.{field.name}")
    elif isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if one.shape != other.shape or one.dtype != other.dtype:
            yield f"{name}: {one.dtype} {one.shape} on the object floor, {other.dtype} {other.shape} on the compiled"
        elif not np.array_equal(one, other, equal_nan=one.dtype.kind == "f"):
            same = (one == other) | ((one != one) & (other != other))
            places = np.argwhere(~same)
            at = tuple(places[0].tolist())
            yield f"{name}: {len(places)} differ, first {list(at)}: {one[at]!r} and {other[at]!r}"
    elif isinstance(one, float) and isinstance(other, float):
        if not (one == other or (one != one and other != other)):
            yield f"{name}: {one!r} and {other!r}"
    elif name.endswith(".uid"):
        if list(one) != list(other):  # type: ignore[call-overload]
            yield f"{name}: other names"
    elif one != other:
        yield f"{name}: {one!r} and {other!r}"[:500]


def first_event(one: list[LogRow], other: list[LogRow]) -> str:
    """The first event that differs, from both floors; empty where none does."""
    for number, (a, b) in enumerate(zip_longest(one, other)):
        if a != b:
            return f"event {number}\n  on the object floor   {a}\n  on the compiled floor {b}"
    return ""


def differences(scenario: Scenario, structure: str, world: World, events: bool = True) -> str:
    """What differs between a year on one floor and the other; empty where nothing does."""
    one, other = (played(scenario, structure, world, floor, events) for floor in (OBJECTS, COMPILED))
    found = [first_event(one.events, other.events), *different(one, other)]
    return "\n".join(each for each in found if each)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="+", type=Path)
    parser.add_argument("--replications", type=int, default=1)
    parser.add_argument("--structure")
    parser.add_argument("--no-events", action="store_true")
    given = parser.parse_args()
    for path in given.scenarios:
        scenario = load(path)
        for structure in [given.structure] if given.structure else scenario.structures:
            for replication in range(given.replications):
                found = differences(scenario, structure, World(scenario, replication), not given.no_events)
                print(path.name, structure, replication, found or "equal", flush=True)
