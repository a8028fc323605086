"""The strategies know the schema: every key is drawn by one of them, or stands here with the reason why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from pydantic import BaseModel

from simulation.scenario.places import places
from simulation.scenario.scenario import Scenario
from simulation.written.schema import Slot, fields
from tests.properties.staffing import people_trees
from tests.properties.wide import wide_trees

Key = tuple[str, str]
"""The block that declares a key, and its name."""

STRATEGIES = (people_trees(), wide_trees())
ROUNDS, EACH = 12, 80
"""Most rounds of each strategy, and trees of a round; as many rounds as it takes.

What a round draws depends a little on what else was imported: Hypothesis takes constants from there. A key that is
drawn once in a hundred trees of either strategy is missed by all rounds once in ten thousand.
"""
SEARCH = "what `optimise` tries: no run reads it"
EXCEPT = {
    "Scenario.search": SEARCH,
    "StructureSearch.roles": SEARCH,
    "StructureSearch.alternatives": SEARCH,
    "StructureSearch.choices": SEARCH,
    "Alternative.title": SEARCH,
    "Alternative.options": SEARCH,
    "Option.title": SEARCH,
    "Option.set": SEARCH,
    "Plan.results": "weeks that are over: the command `plan` alone reads them",
    "Inputs.trust": "what a back-test of records said: the verdict alone says it",
    "Inputs.missed": "the same",
    "Inputs.undivided": "the same",
    "Experiment.baseline": "one of the structures: reports alone read it",
    "Experiment.today": "one of the structures: `check` and `transition` alone read it",
}
"""Keys that no strategy draws, and why not."""


def declared(model: type[BaseModel], name: str) -> str:
    """The first block of a line of blocks that has a key."""
    return [each.__name__ for each in model.__mro__ if name in getattr(each, "model_fields", {})][-1]


def written(slots: list[Slot], node: Any) -> Iterator[Key]:
    """The keys that a tree writes, at any depth."""
    if isinstance(node, list):
        for entry in node:
            yield from written([slot.entry for slot in slots if slot.entry is not None], entry)
    elif isinstance(node, dict):
        models = [model for slot in slots for model in slot.models]
        if not models:
            for entry in node.values():
                yield from written([slot.entry for slot in slots if slot.entry is not None], entry)
        for model in models:
            known = fields(model)
            for name in node.keys() & known.keys():
                yield declared(model, name), name
                yield from written([known[name]], node[name])


def test_every_key_of_the_schema_is_drawn_by_a_strategy_or_has_its_reason_here() -> None:
    keys = {(each.block.__name__, each.key) for each in places()}
    never = {key for key in keys if ".".join(key) in EXCEPT}
    drawn: set[Key] = set()

    for number in range(ROUNDS):
        for strategy in STRATEGIES:
            drawn |= _round(strategy, number)
        if keys - drawn <= never:
            break
    assert {".".join(key) for key in keys - drawn} == set(EXCEPT)


def _round(strategy: SearchStrategy[Any], number: int) -> set[Key]:
    """The keys that some trees write, the same ones each time."""
    found: set[Key] = set()

    @seed(number)
    @settings(
        deadline=None, database=None, max_examples=EACH, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def collect(tree: dict[str, Any]) -> None:
        found.update(written([Slot(Scenario)], tree))

    collect()
    return found
