"""A scenario as one YAML text, from which an equal one is loaded.

Its figures have their range and source, presets stand by name; what it extends, and tables beside it, are in the text;
comments are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from simulation.scenario import describe
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.written.errors import ScenarioError
from simulation.written.tree import Node

WIDTH = 110


def written_out(scenario: Scenario) -> str:
    """The scenario as YAML: as it was written where that can be, else every value by itself."""
    made = scenario.provenance
    for tree in _candidates(made.tree):
        text = _as_yaml(tree)
        try:
            again = load_text(text, made.name)
        except ScenarioError:
            continue
        if again == scenario and again.provenance.figures == made.figures:
            return text
    return _as_yaml(describe.resolved(scenario))


def _candidates(tree: Node) -> Iterator[Any]:
    """What was written: a null that took away what a file below had is not needed any more, unless a preset has it."""
    there = {name for name, node in dict(tree.children()).get("structures", tree).children() if node.value is not None}
    bare = tree
    for name, _ in [] if (search := tree.get("search")) is None else list(search.children()):
        if name not in there:
            bare = bare.without(f"search.{name}")
    yield _plain(bare, nulls=False)
    yield _plain(bare, nulls=True)


def _plain(node: Node, nulls: bool) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(each, nulls) for key, each in node.value.items() if nulls or not each.removes}
    if isinstance(node.value, list):
        return [_plain(each, nulls) for each in node.value]
    return node.value


def _as_yaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text
