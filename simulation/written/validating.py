"""From a tree of plain values to a block of the schema, or to what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import explain, in_order, location, misread
from simulation.written.schema import Slot
from simulation.written.tree import DEFAULT, Node, merge, node

Model = TypeVar("Model", bound=BaseModel)


def filled(tree: Node, slot: Slot) -> Node:
    """The tree with the default of each block that is given in part laid under it.

    Without this, naming one key of a block would put the others back to the defaults of the block's type,
    and not leave them as they are where the block stands.
    """
    if isinstance(tree.value, list):
        entry = slot.entry
        return tree if entry is None else Node([filled(item, entry) for item in tree.value], tree.origin)
    if not isinstance(tree.value, dict):
        return tree
    plain = {key: each.value for key, each in tree.value.items()}
    inside: dict[str, Node] = {}
    for key, each in tree.value.items():
        deeper = slot.inside(key, plain)
        if deeper is not None:
            default = deeper.default
            if isinstance(default, dict) and isinstance(each.value, dict) and _same_block(deeper, default, each):
                each = merge(node(default, DEFAULT), each)
            each = filled(each, deeper)
        inside[key] = each
    return Node(inside, tree.origin, tree.removes)


def _same_block(slot: Slot, default: dict[str, Any], given: Node) -> bool:
    """Whether a default may be laid under what is given: not under other names, nor under another law."""
    return not slot.is_mapping and (slot.distribution is None or list(default) == list(given.value))


def validated(
    tree: Node, model: type[Model], context: Mapping[str, Any], unknown_roles: Sequence[Problem] = ()
) -> tuple[Node, Model]:
    """The block of a tree; a null that removes something is dropped where null is no value itself.

    Args:
        tree: with the presets filled in.
        model: the block.
        context: pydantic's: `hours_per_day`.
        unknown_roles: what is said of a misspelled role, in place of what such a role lacks.

    Raises:
        ScenarioError: what the block does not allow.
    """
    while True:
        data = tree.plain
        try:
            block = model.model_validate(data, context=dict(context))
        except ValidationError as error:
            paths = {location(each["loc"], data) for each in error.errors(include_url=False)}
            removed = [path for path in paths if (found := tree.get(path)) is not None and found.removes]
            if not removed:
                taken = misread(tree, model)
                # what a block says as a whole may only follow from a value in it that was misread
                within = [f"{each.path}." for each in taken]
                others = [
                    p
                    for p in explain(error, tree, model)
                    if not any(path.startswith(f"{p.path}.") for path in within)
                    and not any(p.path == role.path or _is_lacking(p, role, tree) for role in unknown_roles)
                ]
                raise ScenarioError(in_order([*taken, *unknown_roles, *others])) from None
            for path in removed:
                tree = tree.without(path)
            continue
        if taken := misread(tree, model):
            raise ScenarioError(in_order(list(taken)))
        return tree, block


def _is_lacking(problem: Problem, role: Problem, tree: Node) -> bool:
    """Whether a problem is a key that a role does not have."""
    return problem.path.startswith(f"{role.path}.") and tree.get(problem.path) is None
