"""From a file to a scenario: read, extends, overrides, presets, figures, defaults, validation.

Start reading at ``load``. What each step does to the tree stands in ``source``, ``preset_files`` and
``figures``; what becomes of a validation error stands in ``problems``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.scenario import figures, preset_files, slots, source
from simulation.scenario.errors import Problem, ScenarioError
from simulation.scenario.figures import RANGE_EXAMPLE, Figure, out_of_order
from simulation.scenario.nodes import DEFAULT, OVERRIDE, Node, join, merge, node
from simulation.scenario.numerals import QuantityError
from simulation.scenario.office_hours import CalendarSpec
from simulation.scenario.problems import explain, in_order, in_users_file, location, misread, problem_at, references
from simulation.scenario.provenance import Provenance
from simulation.scenario.readers import DEFAULT_HOURS_PER_DAY
from simulation.scenario.references import reference_problems
from simulation.scenario.scenario import Scenario
from simulation.scenario.slots import Slot

__all__ = ["Provenance", "load", "load_text", "replaced"]


def load(path: str | os.PathLike[str], overrides: Mapping[str, object] | None = None) -> Scenario:
    """Loads a scenario file.

    Args:
        path: a YAML file.
        overrides: values by dotted path, laid upon the file as a file that extends it would be: mappings are
            merged, lists replaced (or one entry set by its index), None removes.

    Raises:
        ScenarioError: with every mistake found; each has file, line, path, value and what is allowed.
    """
    root, files = source.read_file(path)
    return _overridden(_Written(root, os.fspath(path), files), overrides)


def load_text(text: str, name: str = "<text>", overrides: Mapping[str, object] | None = None) -> Scenario:
    """Loads a scenario from YAML text; ``name`` stands for the file in messages.

    Raises:
        ScenarioError: as ``load``.
    """
    root, files = source.read_string(text, name)
    return _overridden(_Written(root, name, files), overrides)


def replaced(scenario: Scenario, values: Mapping[str, object]) -> Scenario:
    """A new scenario with values at dotted paths replaced, checked again from what was written.

    Raises:
        ScenarioError: a path or value that the schema does not allow.
        AttributeError: the scenario was not loaded.
    """
    made = scenario.provenance
    written = _Written(made.tree, made.name, made.files)
    return _build(written.overlaid(values, lambda: scenario))


@dataclass(frozen=True)
class _Written:
    """What was written, before presets and figures are resolved."""

    tree: Node
    name: str
    files: tuple[str, ...]

    def overlaid(self, values: Mapping[str, object], base: Callable[[], Scenario]) -> _Written:
        """The same with values laid upon it; ``base`` gives the lists that only presets and defaults hold."""
        tree = self.tree
        for path, value in values.items():
            parts = path.split(".")
            if not all(parts):
                raise ScenarioError(Problem("override", None, path, "this is not a dotted path", path))
            tree = _set(_with_lists(tree, parts, base), parts, "", node(_plain(value), OVERRIDE))
        return _Written(tree, self.name, self.files)


def _overridden(written: _Written, overrides: Mapping[str, object] | None) -> Scenario:
    if not overrides:
        return _build(written)
    return _build(written.overlaid(overrides, lambda: _build(written)))


def _plain(value: Any) -> Any:
    """An override as plain values: blocks as mappings, numpy numbers as Python's."""
    if isinstance(value, BaseModel) and not slots.is_distribution(value):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value.item() if hasattr(value, "item") and not isinstance(value, (int, float)) else value


def _with_lists(tree: Node, parts: list[str], base: Callable[[], Scenario]) -> Node:
    """The tree with the list that an index in a path means, where only a preset or default holds it."""
    for index, part in enumerate(parts):
        if index == 0 or not part.isdigit():
            continue
        path = ".".join(parts[:index])
        if tree.get(path) is not None:
            continue
        held = base().provenance.merged.get(path)
        if held is None:
            found: Any = base().model_dump(mode="json")
            for step in parts[:index]:
                found = slots.step(found, step)
            held = node(found, DEFAULT)
        if isinstance(held.value, list):
            tree = _set(tree, parts[:index], "", held)
    return tree


def _set(tree: Node, parts: list[str], path: str, value: Node) -> Node:
    """The tree with a value laid upon what stands at a path."""
    if not parts:
        return merge(tree, value)
    part, rest = parts[0], parts[1:]
    path = join(path, part)
    if tree.is_figure and part not in tree.value:
        tree = tree.value["value"]
    if isinstance(tree.value, list):
        if not part.isdigit() or int(part) >= len(tree.value):
            last = len(tree.value) - 1
            problem = f"there is no entry {part!r} in this list"
            raise ScenarioError(Problem("override", None, path, problem, part, f"an index from 0 to {last}"))
        items = [_set(n, rest, path, value) if i == int(part) else n for i, n in enumerate(tree.value)]
        return Node(items, tree.origin)
    if not isinstance(tree.value, dict):
        tree = Node({}, OVERRIDE)
    inside = dict(tree.value)
    if part in inside and not rest and value.value is None:
        inside[part] = Node(None, value.origin, removes=True)
    elif part in inside:
        inside[part] = _set(inside[part], rest, path, value)
    else:
        removes = not rest and value.value is None
        inside[part] = Node(None, value.origin, removes) if removes else _set(Node({}, OVERRIDE), rest, path, value)
    return Node(inside, tree.origin)


def _build(written: _Written) -> Scenario:
    """The scenario of what was written; a problem of a preset's value gets the place that names the preset."""
    try:
        return _resolved(written)
    except ScenarioError as error:
        raise ScenarioError(in_order(list(in_users_file(error.problems, written.tree)))) from None


def _resolved(written: _Written) -> Scenario:
    """Presets, figures, defaults of blocks that are given in part, validation, provenance."""
    tree, found = figures.resolve(preset_files.expand(written.tree), order=False)
    tree, scenario = _validated(_filled(tree, Slot(Scenario)), preset_files.unknown_roles(written.tree))
    if astray := references(reference_problems(scenario), tree):
        raise ScenarioError(astray)
    ranges = _in_inside_units(found, tree, scenario)
    origins = {path: str(each.origin) for path, each in tree.walk()}
    title = scenario.title or os.path.basename(written.name).removesuffix(".yaml")
    scenario._provenance = Provenance(written.name, title, written.files, ranges, origins, written.tree, tree)
    return scenario


def _filled(tree: Node, slot: Slot) -> Node:
    """The tree with the default of each block that is given in part laid under it.

    Without this, naming one key of a block would put the others back to the defaults of the block's type,
    and not leave them as they are where the block stands.
    """
    if isinstance(tree.value, list):
        entry = slot.entry
        return tree if entry is None else Node([_filled(item, entry) for item in tree.value], tree.origin)
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
            each = _filled(each, deeper)
        inside[key] = each
    return Node(inside, tree.origin, tree.removes)


def _same_block(slot: Slot, default: dict[str, Any], given: Node) -> bool:
    """Whether a default may be laid under what is given: not under other names, nor under another law."""
    return not slot.is_mapping and (slot.distribution is None or list(default) == list(given.value))


def _validated(tree: Node, unknown_roles: list[Problem]) -> tuple[Node, Scenario]:
    """The scenario of a tree; a null that removes something is dropped where null is no value itself.

    Args:
        tree: with the presets filled in.
        unknown_roles: what is said of a misspelled role, in place of what such a role lacks.
    """
    while True:
        data = tree.plain
        context = {"hours_per_day": _hours_per_day(data.get("calendar"))}
        try:
            scenario = Scenario.model_validate(data, context=context)
        except ValidationError as error:
            paths = {location(each["loc"], data) for each in error.errors(include_url=False)}
            removed = [path for path in paths if (found := tree.get(path)) is not None and found.removes]
            if not removed:
                taken = misread(tree, Scenario)
                # what a block says as a whole may only follow from a value in it that was misread
                within = [f"{each.path}." for each in taken]
                others = [
                    p
                    for p in explain(error, tree, Scenario)
                    if not any(path.startswith(f"{p.path}.") for path in within)
                    and not any(p.path == role.path or _is_lacking(p, role, tree) for role in unknown_roles)
                ]
                raise ScenarioError(in_order([*taken, *unknown_roles, *others])) from None
            for path in removed:
                tree = tree.without(path)
            continue
        if taken := misread(tree, Scenario):
            raise ScenarioError(in_order(list(taken)))
        return tree, scenario


def _is_lacking(problem: Problem, role: Problem, tree: Node) -> bool:
    """Whether a problem is a key that a role does not have."""
    return problem.path.startswith(f"{role.path}.") and tree.get(problem.path) is None


def _hours_per_day(calendar: Any) -> float:
    """Length of a working day by the calendar block; the default where the block is wrong."""
    try:
        return CalendarSpec.model_validate(calendar if calendar is not None else {}).hours_per_day
    except ValidationError:
        return DEFAULT_HOURS_PER_DAY


def _in_inside_units(found: dict[str, Figure], tree: Node, scenario: Scenario) -> dict[str, Figure]:
    """Figures with value and range as numbers in the unit used inside, checked as the value itself is."""
    data = tree.plain
    context = {"hours_per_day": scenario.calendar.hours_per_day}
    result: dict[str, Figure] = {}
    problems: list[Problem] = []
    for path, figure in found.items():
        slot = slots.at(Scenario, data, path)
        quantity = slot.quantity if slot is not None else None
        if quantity is None or isinstance(figure.value, (dict, list)):
            result[path] = figure
            continue
        try:
            value = quantity.parse(figure.value, context)
            ends = tuple(quantity.parse(end, context) for end in figure.range or ())
        except QuantityError as error:
            allow = f"{RANGE_EXAMPLE}; each {error.allowed}"
            problems.append(problem_at(tree, path, f"in the range: {error.reason}", figure.range, allow))
            continue
        why = out_of_order(figure.value, figure.range or (), (value, *ends)) if ends else ""
        if why:
            problems.append(problem_at(tree, path, why, figure.range, RANGE_EXAMPLE))
        result[path] = Figure(value, (ends[0], ends[1]) if ends else None, figure.source, figure.note)
    if problems:
        raise ScenarioError(in_order(problems))
    return result
