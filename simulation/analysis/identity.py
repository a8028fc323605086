"""What a replication depends on, as one short text: equal texts mean equal years.

A run of a structure depends on the scenario without its other structures and without what only speaks about results
(titles, the seed apart, the number of replications, the measure that decides). So the functional structure of a file
and the same split among the candidates of a search are the same run, and are simulated once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from simulation.analysis.unknown import unknown
from simulation.scenario.scenario import Scenario

_OF_RESULTS = {"title", "description", "locale", "history", "search"}
"""Blocks of a scenario that no run reads."""
_OF_EXPERIMENTS = {"seed", "replications", "measure", "baseline", "level"}
"""Keys of the experiment that no run reads; the seed is a key of its own."""


def fingerprints(scenario: Scenario, structures: Iterable[str]) -> dict[str, str]:
    """Digest of all that a run of each structure depends on, besides seed and number of the replication.

    Args:
        scenario: the scenario.
        structures: names of structures.

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


def _text(value: Any) -> bytes:
    """Plain values as bytes. Keys keep their order: that of roles and channels decides who comes first."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_plain).encode("ascii") + b"\0"


def _plain(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"a scenario holds a {type(value).__name__}, which has no text of its own")
