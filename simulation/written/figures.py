"""Figures: ``{value: 0.15, range: [0.05, 0.40], source: '…'}`` in place of a plain value; what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulation.texts import worded
from simulation.written import readers
from simulation.written.errors import Problem, ScenarioError
from simulation.written.spelling import QuantityError, quoted
from simulation.written.tree import Node, join

_KINDS: tuple[Callable[[object], float], ...] = (
    readers.parse_number,
    readers.parse_share,
    readers.parse_elapsed,
    readers.parse_working,
    readers.parse_money,
    readers.parse_per_month,
)


@dataclass(frozen=True)
class Figure:
    """A value with what is known about it.

    Attributes:
        value: the value; as written in a source tree, in the unit used inside once a scenario is loaded.
        range: low and high in the same form, or None.
        source: where it comes from, or ''.
        note: a remark, or ''.
    """

    value: Any
    range: tuple[Any, Any] | None = None
    source: str = ""
    note: str = ""


def resolve(root: Node, order: bool = True) -> tuple[Node, dict[str, Figure]]:
    """The tree with every figure replaced by its value, and the figures under their dotted paths.

    Args:
        root: the tree, a mapping.
        order: whether to check low <= value <= high here, with the kind of quantity guessed. The loader does
            it later, when the schema says what each key takes.

    Raises:
        ScenarioError: a range that is not two values low <= high around the value, a source that is no text.
    """
    figures: dict[str, Figure] = {}
    problems: list[Problem] = []

    def walk(tree: Node, path: str) -> Node:
        if tree.is_figure:
            figures[path] = _figure(tree, path, problems, order)
            inner = tree.value["value"]
            return walk(replace(inner, origin=inner.origin), path)
        if isinstance(tree.value, dict):
            return replace(tree, value={key: walk(inner, join(path, key)) for key, inner in tree.value.items()})
        if isinstance(tree.value, list):
            items = [walk(inner, join(path, str(index))) for index, inner in enumerate(tree.value)]
            return replace(tree, value=items)
        return tree

    result = Node({key: walk(inner, key) for key, inner in root.value.items()}, root.origin)
    if problems:
        raise ScenarioError(problems)
    return result, figures


def _figure(tree: Node, path: str, problems: list[Problem], order: bool) -> Figure:
    inside = tree.value
    words = {key: inside[key].plain for key in ("source", "note") if key in inside and inside[key].value is not None}
    for key, word in words.items():
        if isinstance(word, (list, dict, bool)):
            origin = inside[key].origin
            problems.append(
                Problem(
                    origin.place,
                    origin.line,
                    join(path, key),
                    worded("not-a-text", word=quoted(word)),
                    word,
                    worded("allowed-text"),
                )
            )
    value, ends = inside["value"].plain, None
    if "range" in inside and inside["range"].value is not None:
        ends = inside["range"].plain
        origin = inside["range"].origin
        why = "" if is_pair(ends) else worded("range-not-two", ends=quoted(ends))
        if not why and order:
            why = out_of_order(value, ends, _numbers([value, *ends]))
        if why:
            where = join(path, "range")
            problems.append(Problem(origin.place, origin.line, where, why, ends, worded("allowed-range")))
            ends = None
    text = {key: str(word) for key, word in words.items()}
    pair = tuple(ends) if ends is not None else None
    return Figure(value, pair, text.get("source", ""), text.get("note", ""))


def is_pair(ends: Any) -> bool:
    """Whether a range is two plain values."""
    return isinstance(ends, (list, tuple)) and len(ends) == 2 and not any(isinstance(e, (dict, list)) for e in ends)


def out_of_order(value: Any, ends: Sequence[Any], numbers: Sequence[float] | None) -> str:
    """What is wrong with the order of a range, or ''.

    Args:
        value: the value as written.
        ends: low and high as written.
        numbers: value, low and high as numbers of one unit, or None where they cannot be compared.
    """
    if numbers is None:
        return worded("range-kinds", ends=quoted(list(ends)), value=quoted(value))
    middle, low, high = numbers
    if low > high:
        return worded("range-order", ends=quoted(list(ends)))
    if not low <= middle <= high:
        return worded("range-without-value", ends=quoted(list(ends)), value=quoted(value))
    return ""


def _numbers(written: list[Any]) -> list[float] | None:
    """Numbers to compare, read as the first kind of quantity that fits all of them; None where none does."""
    for kind in _KINDS:
        try:
            return [kind(each) for each in written]
        except QuantityError:
            continue
    return None


@dataclass(frozen=True)
class Provenance:
    """What a loaded scenario remembers of its making.

    Attributes:
        name: the file as the user named it, or the name of the text.
        title: the scenario's title, the name without one.
        files: all files read: the user's own, then those it extends.
        figures: figures with their range and source under their dotted paths, in the unit used inside.
        origins: 'file:line', 'preset NAME', 'override' or 'default' of each dotted path that was written.
        tree: the tree as written (figures and presets still in it), from which ``Scenario.replace`` starts.
        merged: the tree that was checked: presets and partly given defaults filled in.
    """

    name: str
    title: str
    files: tuple[str, ...]
    figures: dict[str, Figure]
    origins: dict[str, str]
    tree: Node
    merged: Node

    def origin(self, path: str) -> str:
        """Where the value at a dotted path comes from; 'default' where nobody wrote it."""
        node, found = self.merged.find(path)
        inside_a_plain_value = not isinstance(node.value, (dict, list))
        return str(node.origin) if found and (found == path or inside_a_plain_value) else "default"
