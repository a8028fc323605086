"""What a replication depends on, as one short text: equal texts mean equal years.

A run of a structure depends on the scenario without its other structures and without what only speaks about results
(titles, the seed apart, the number of replications, the measure that decides). So the functional structure of a file
and the same split among the candidates of a search are the same run, and are simulated once.

Here too: the version of the model: what, besides the scenario and the seed, decides what a replication brings.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from simulation.analysis.unknown import unknown
from simulation.scenario.history import window_of
from simulation.scenario.scenario import Scenario

_OF_RESULTS = {"title", "description", "locale", "history", "search"}
"""Blocks of a scenario that no run reads; of the history it reads the days that are asked for by themselves."""
_OF_EXPERIMENTS = {"seed", "replications", "measure", "baseline", "level"}
"""Keys of the experiment that no run reads; the seed is a key of its own."""


def fingerprints(scenario: Scenario, structures: Iterable[str]) -> dict[str, str]:
    """Digest of all that a run of each structure depends on, besides seed and number of the replication.

    Returns:
        32 hexadecimal digits by structure (BLAKE2b of the resolved values).

    Raises:
        KeyError: there is no such structure.
    """
    names = tuple(structures)
    for name in names:
        if name not in scenario.structures:
            raise unknown("structure", name, scenario.structures)
    shared = scenario.model_dump(exclude={"structures", *(_OF_RESULTS & set(type(scenario).model_fields))})
    for key in _OF_EXPERIMENTS:
        shared["experiment"].pop(key)
    today = ""
    if scenario.experiment.begin == "today":
        today = scenario.experiment.today or next(iter(scenario.structures))
    shared["experiment"].pop("today")
    common = hashlib.blake2b(_text(shared), digest_size=16)
    days = window_of(scenario.history, scenario.experiment)
    if days is not None:
        common.update(_text(days))
    if today:
        common.update(_text(scenario.structures[today].model_dump(exclude={"title"})))
    found = {}
    for name in names:
        own = common.copy()
        own.update(_text(scenario.structures[name].model_dump(exclude={"title"})))
        own.update(_text([bool(today), name == today]))
        if scenario.interventions or scenario.structures[name].interventions:  # they may name what they change
            own.update(_text(name))
        found[name] = own.hexdigest()
    return found


def world_print(scenario: Scenario) -> str:
    """Digest of all that a World depends on, besides seed and number of the replication: nothing of a structure.

    Returns:
        32 hexadecimal digits (BLAKE2b of the resolved values).
    """

    def digest() -> str:
        blocks = scenario.model_dump(include={"calendar", "market", "people"})
        experiment = scenario.experiment
        days = [experiment.start, experiment.months, experiment.warm_up]
        return hashlib.blake2b(_text([blocks, days]), digest_size=16).hexdigest()

    return scenario.once("world print", digest)


def _text(value: Any) -> bytes:
    """Plain values as bytes. Keys keep their order: that of roles and channels decides who comes first."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_plain).encode("ascii") + b"\0"


def _plain(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"a scenario holds a {type(value).__name__}, which has no text of its own")


_PACKAGES = (
    "written",
    "mechanisms",
    "scenario",
    "expected",
    "sense",
    "world",
    "floor",
    "department",
    "finance",
    "analysis",
)
_LIBRARIES = ("numpy", "scipy", "simpy", "holidays")


@lru_cache(maxsize=1)
def model_digest() -> str:
    """Digest of the code that makes a replication, and of the libraries and the machine whose numbers it contains.

    A change of a line of it gives another digest, so that a store never answers for another model: results that are
    kept too few are simulated again, results that are kept too long would be wrong.
    """
    whole = hashlib.blake2b(digest_size=16)
    root = files("simulation")
    for package in _PACKAGES:
        for name, content in sorted(_sources(root / package, package)):
            whole.update(f"{name}\0{len(content)}\0".encode())
            whole.update(content)
    for library in _LIBRARIES:
        whole.update(f"{library} {_installed(library)}\0".encode())
    # the last digit of an exponential is the machine's and its mathematical library's
    python = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    machine = f"{platform.machine()} {platform.system()} {' '.join(platform.libc_ver())}"
    whole.update(f"{python}\0{machine}".encode())
    return whole.hexdigest()


def _sources(folder: Traversable, place: str) -> list[tuple[str, bytes]]:
    """Every file that is code or data of the model, with its place."""
    found = []
    for each in folder.iterdir():
        name = f"{place}/{each.name}"
        if each.is_dir():
            found += [] if each.name == "__pycache__" else _sources(each, name)
        elif each.name.endswith((".py", ".yaml")):
            found.append((name, each.read_bytes()))
    return found


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
