"""Which floor there is, which was asked for, and which one a year is played on.

Results are the same on both. The compiled floor can be had where its extension was built from the very sources that
lie beside it: an extension of yesterday's sources would answer for another model, and is left alone.
"""

from __future__ import annotations

import json
import os
import re
import sys
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.texts import Phrase

Floor = Literal["compiled", "objects"]

COMPILED: Floor = "compiled"
OBJECTS: Floor = "objects"
FLOORS = (COMPILED, OBJECTS)
FLOOR = "SALES_SIM_FLOOR"
"""Environment variable that names a floor; unset: the compiled one where it is built."""

HERE = Path(__file__).parent
EXTENSION = "simulation.floor._compiled"
BUILT = f"built.{sys.implementation.cache_tag}.json"
"""What a build for this Python leaves beside the extension: of which sources it is, or why there is none."""
_COMPILED = re.compile(r"^import cython$|^# cython: |^def source\(", re.MULTILINE)


class FloorError(ValueError):
    """A floor that is asked for and cannot be had.

    Attributes:
        phrase: what is wrong, and what is allowed, in any language.
    """

    def __init__(self, phrase: Phrase) -> None:
        """Notes what is wrong."""
        super().__init__(str(phrase))
        self.phrase = phrase


def digest_of_sources() -> str:
    """Changes with what the extension is made of: modules marked as Cython's, and the one that puts them together."""
    whole = blake2b(digest_size=16)
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("*.pxd")]):
        text = path.read_text(encoding="utf-8")  # as lines, which a checkout may end otherwise than a wheel
        if path.suffix == ".pxd" or _COMPILED.search(text):
            whole.update(f"{path.name}\0{text}\0".encode())
    return whole.hexdigest()


@lru_cache(maxsize=1)
def hindrance() -> Phrase | None:
    """Why the compiled floor cannot be had here; None where it can."""
    from simulation.texts import worded

    try:
        built = json.loads((HERE / BUILT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return worded("floor-never-built")
    if built["failed"]:
        return worded("floor-build-failed", why=built["failed"])
    if built["sources"] != digest_of_sources():
        return worded("floor-outdated")
    name = EXTENSION.rpartition(".")[2]
    there = any((HERE / f"{name}{end}").exists() for end in EXTENSION_SUFFIXES)
    return None if there else worded("floor-never-built")


def asked() -> Floor | None:
    """The floor that the environment asks for, None where it leaves the choice.

    Raises:
        FloorError: there is no such floor, or it is not built.
    """
    from simulation.texts import worded
    from simulation.written.errors import beside
    from simulation.written.spelling import nearest

    name = os.environ.get(FLOOR, "").strip()
    if not name:
        return None
    if name not in FLOORS:
        what = worded("floor-unknown", variable=FLOOR, name=repr(name))
        raise FloorError(beside(what, ", ".join(FLOORS), suggestion=nearest(name, FLOORS) or ""))
    why = hindrance() if name == COMPILED else None
    if why is not None:
        raise FloorError(beside(worded("floor-not-here", variable=FLOOR, name=repr(name), why=why), OBJECTS))
    return COMPILED if name == COMPILED else OBJECTS


def chosen() -> Floor:
    """The floor of this process.

    Raises:
        FloorError: the one that was asked for cannot be had.
    """
    return asked() or (OBJECTS if hindrance() is not None else COMPILED)


MOST_DUTIES = 64
"""Duties of a role, parts of them counted, that the kernel can tell apart."""


def covered(scenario: Scenario, structure: str) -> bool:
    """Whether the kernel covers a structure; those with more duties than it can tell apart go by the object floor."""
    roles = scenario.structures[structure].roles.values()
    return all(3 * len(role.activities) + 2 <= MOST_DUTIES for role in roles)


def floor_of(scenario: Scenario, structure: str) -> Floor:
    """The floor that a structure of a scenario is played on.

    Raises:
        FloorError: the one that was asked for cannot be had.
    """
    floor = chosen()
    return floor if floor == OBJECTS or covered(scenario, structure) else OBJECTS


Kernel = Any
"""A kernel: `_compiled.Kernel`, whose source is `kernel`."""


def new_kernel(luck: object, sizes: dict[str, int]) -> Kernel:
    """A kernel for one year; `luck` answers what it asks, `sizes` are numbers by the name of the field."""
    return import_module(EXTENSION).Kernel(luck, sizes)


@lru_cache(maxsize=1)
def layouts() -> dict[str, Any]:
    """The tables that a kernel gives at the end: size of a row, kind and place of each field."""
    return import_module(EXTENSION).layouts()
