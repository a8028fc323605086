"""Values at dotted paths laid upon a tree, as a file that extends it would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from simulation.texts import worded
from simulation.written import schema
from simulation.written.errors import Problem, ScenarioError
from simulation.written.tree import DEFAULT, OVERRIDE, SETTINGS, Node, first_step, join, merge, node

if TYPE_CHECKING:
    from simulation.written.provenance import Provenance


def plain(value: Any) -> Any:
    """A value as plain ones: blocks as mappings, numpy numbers as Python's."""
    if isinstance(value, BaseModel) and not schema.is_distribution(value):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") and not isinstance(value, (int, float)) else value


class Resolved(Protocol):
    """What has been read before: its values, and where each comes from."""

    @property
    def provenance(self) -> Provenance:
        """Where each value comes from."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """All values as a tree."""


def with_lists(tree: Node, path: str, base: Callable[[], Resolved]) -> Node:
    """The tree with the list that an index in a path means, where only a preset or default holds it."""
    parts = path.split(".")
    for index, part in enumerate(parts):
        above = ".".join(parts[:index])
        if not part.isdigit() or not above or tree.get(above) is not None:
            continue
        held = base().provenance.merged.get(above)
        if held is None:
            found: Any = base().model_dump(mode="json")
            for step in parts[:index]:
                found = schema.step(found, step)
            held = node(found, DEFAULT)
        if isinstance(held.value, list):
            tree = laid(tree, above, held)
    return tree


def laid(tree: Node, path: str, value: Node) -> Node:
    """The tree with a value laid upon what stands at a dotted path; null removes the key of a mapping.

    Raises:
        ScenarioError: the path names an entry that a list does not have.
    """
    return _laid(tree, path, "", value)


def _laid(tree: Node, rest: str, done: str, value: Node) -> Node:
    if not rest:
        return merge(tree, value)
    if tree.is_figure and rest.partition(".")[0] not in tree.value:
        tree = tree.value["value"]
    if isinstance(tree.value, list):
        return _in_list(tree, rest, done, value)
    if not isinstance(tree.value, dict):
        tree = Node({}, OVERRIDE)
    inside = dict(tree.value)
    step = first_step(inside, rest)
    if step is None:
        step = (rest, "") if SETTINGS.fullmatch(done) else (rest.partition(".")[0], rest.partition(".")[2])
    key, rest = step
    if not rest and value.value is None:
        inside[key] = Node(None, value.origin, removes=True)
    else:
        inside[key] = _laid(inside.get(key, Node({}, OVERRIDE)), rest, join(done, key), value)
    return Node(inside, tree.origin)


def _in_list(tree: Node, rest: str, done: str, value: Node) -> Node:
    index, _, rest = rest.partition(".")
    if not index.isdigit() or int(index) >= len(tree.value):
        last = len(tree.value) - 1
        problem = worded("no-entry", index=repr(index))
        path = join(done, index)
        raise ScenarioError(Problem("override", None, path, problem, index, worded("allowed-index", last=last)))
    path = join(done, index)
    items = [_laid(n, rest, path, value) if i == int(index) else n for i, n in enumerate(tree.value)]
    return Node(items, tree.origin)
