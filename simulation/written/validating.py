"""From a tree of plain values to a block of the schema, or to what is wrong with it; values laid upon a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from simulation.texts import worded
from simulation.written import schema
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import explain, in_order, location, misread
from simulation.written.schema import Slot
from simulation.written.tree import DEFAULT, OVERRIDE, SETTINGS, Node, first_step, join, merge, node

if TYPE_CHECKING:
    from simulation.written.figures import Provenance


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
