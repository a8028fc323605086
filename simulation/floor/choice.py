"""Which floor there is, which was asked for, and which one a year is played on.

Results are the same on both. The compiled floor can be had where its extensions were built from the very sources that
lie beside them: an extension of yesterday's sources would answer for another model, and is left alone.
"""

from __future__ import annotations

import json
import os
import re
import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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
BUILT = f"built.{sys.implementation.cache_tag}.json"
"""What a build for this Python leaves beside the extensions: of which sources they are, or why there are none."""
_COMPILED = re.compile(r"^import cython$", re.MULTILINE)


class FloorError(ValueError):
    """A floor that is asked for and cannot be had.

    Attributes:
        phrase: what is wrong, and what is allowed, in any language.
    """

    def __init__(self, phrase: Phrase) -> None:
        """Notes what is wrong."""
        super().__init__(str(phrase))
        self.phrase = phrase


def compiled_modules(folder: Path = HERE) -> list[Path]:
    """The modules that are compiled: those of this package that say `import cython` on a line of its own."""
    return sorted(path for path in folder.glob("*.py") if _COMPILED.search(path.read_text(encoding="utf-8")))


def digest_of_sources(folder: Path = HERE) -> str:
    """Changes with anything that the extensions are made of."""
    whole = blake2b(digest_size=16)
    for path in (*compiled_modules(folder), *sorted(folder.glob("*.pxd"))):
        # as lines, for a checkout may end them otherwise than a wheel
        whole.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    return whole.hexdigest()


@lru_cache(maxsize=1)
def hindrance() -> Phrase | None:
    """Why the compiled floor cannot be had here; None where it can."""
    from simulation.texts import worded

    modules = compiled_modules()
    try:
        built = json.loads((HERE / BUILT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return worded("floor-never-built")
    if built["failed"]:
        return worded("floor-build-failed", why=built["failed"])
    if built["sources"] != digest_of_sources():
        return worded("floor-outdated")
    there = all(any((HERE / f"{each.stem}{end}").exists() for end in EXTENSION_SUFFIXES) for each in modules)
    return None if modules and there else worded("floor-never-built")


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


def floor_of(scenario: Scenario, structure: str) -> Floor:
    """The floor that a structure of a scenario is played on.

    Raises:
        FloorError: the one that was asked for cannot be had.
    """
    return chosen()
