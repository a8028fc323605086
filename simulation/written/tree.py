"""The tree of a scenario before it is checked: plain values, each with its origin, and their merging."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.written.laws import PARAMETERS

FIGURE_KEYS = frozenset({"value", "range", "source", "note"})
SETTINGS = re.compile(
    r"(?:(?:structures\.([^.]+)\.)?interventions\.\d+(?:\.changes\.\d+)?"
    r"|search\.([^.]+)\.alternatives\.\d+\.options\.\d+)\.set|^set$|inputs\.draws"
)
"""Paths of the mappings whose keys are dotted paths themselves (a study's `set` stands at its root); the groups are the
structure of each kind."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from.

    Attributes:
        place: the file as the user named it, 'preset NAME', 'default' or 'override'.
        line: line in the file or preset, or None.
        blanks: of a mapping in a form, line and label of the keys that were left empty.
        label: what stands beside the value in a form; '' outside of forms.
    """

    place: str
    line: int | None = None
    blanks: Mapping[str, tuple[int, str]] = field(default_factory=dict, compare=False, repr=False)
    label: str = field(default="", compare=False, repr=False)

    @property
    def is_file(self) -> bool:
        """Whether it stands in a file of the user's."""
        return self.place not in ("default", "override") and not self.place.startswith("preset ")

    def __str__(self) -> str:
        """'file:line', 'preset NAME', 'default' or 'override'."""
        return f"{self.place}:{self.line}" if self.is_file and self.line is not None else self.place


DEFAULT = Origin("default")
OVERRIDE = Origin("override")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the tree: a mapping or list of nodes, or a scalar.

    Attributes:
        value: dict[str, Node], list[Node] or a scalar.
        origin: where it stands.
        removes: a null that takes an inherited value away.
    """

    value: Any
    origin: Origin
    removes: bool = False

    @property
    def plain(self) -> Any:
        """The value as plain dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain for node in self.value]
        return self.value

    @property
    def is_figure(self) -> bool:
        """Whether it is written as ``{value: …, range: …, source: …, note: …}``."""
        inside = self.value
        if not isinstance(inside, dict) or "value" not in inside or not FIGURE_KEYS.issuperset(inside):
            return False
        # a product that somebody calls 'value' is a mapping and has no source in words
        words = [inside[key].value for key in ("source", "note") if key in inside]
        if any(isinstance(word, dict) for word in words):
            return False
        return len(inside) > 1 or not isinstance(inside["value"].value, dict)

    def children(self) -> Iterator[tuple[str, Node]]:
        """The nodes directly inside, by key or index."""
        if isinstance(self.value, dict):
            yield from self.value.items()
        elif isinstance(self.value, list):
            yield from ((str(index), node) for index, node in enumerate(self.value))

    def walk(self, path: str = "") -> Iterator[tuple[str, Node]]:
        """Every node inside with its dotted path, from the outside in, in the order of the file."""
        for key, node in self.children():
            inner = join(path, key)
            yield inner, node
            yield from node.walk(inner)

    def find(self, path: str) -> tuple[Node, str]:
        """The deepest node on the way to a path, and its own path; the root where nothing of it exists."""
        node, found, rest = self, "", path
        while rest:
            step = node._step(rest)
            if step is None:
                break
            key, node, rest = step
            found = join(found, key)
        return node, found

    def _step(self, path: str) -> tuple[str, Node, str] | None:
        """The key or index with which a path begins, the node there and the rest of the path, or None."""
        inside = self.value
        if isinstance(inside, list):  # an entry by its number, however long the list is
            key, _, rest = path.partition(".")
            there = key.isdecimal() and str(int(key)) == key and int(key) < len(inside)
            return (key, inside[int(key)], rest) if there else None
        step = first_step(inside, path) if isinstance(inside, dict) else None
        return None if step is None else (step[0], inside[step[0]], step[1])

    def get(self, path: str) -> Node | None:
        """The node at a path, or None."""
        node, found = self.find(path)
        return node if found == path else None

    def without(self, path: str) -> Node:
        """The tree without the entry of a mapping at a path."""
        step = first_step([key for key, _ in self.children()], path)
        if step is None:
            return self
        head, rest = step
        if isinstance(self.value, list):
            return replace(
                self, value=[n.without(rest) if str(i) == head and rest else n for i, n in enumerate(self.value)]
            )
        inside = dict(self.value)
        if rest:
            inside[head] = inside[head].without(rest)
        else:
            inside.pop(head, None)
        return replace(self, value=inside)


def join(path: str, key: str) -> str:
    """A dotted path one step deeper."""
    return f"{path}.{key}" if path else key


def first_step(keys: Iterable[str], path: str) -> tuple[str, str] | None:
    """The key with which a dotted path begins and the rest of the path, or None; keys of `set` hold dots themselves."""
    head, _, rest = path.partition(".")
    if head in keys:
        return head, rest
    able = [key for key in keys if "." in key and (path == key or path.startswith(f"{key}."))]
    key = max(able, key=len, default=None)
    return None if key is None else (key, path[len(key) + 1 :])


def node(value: Any, origin: Origin) -> Node:
    """A tree of plain values as nodes of one origin; tuples become lists, keys texts."""
    if isinstance(value, Mapping):
        return Node({str(key): node(inner, origin) for key, inner in value.items()}, origin)
    if isinstance(value, (list, tuple)):
        return Node([node(inner, origin) for inner in value], origin)
    return Node(value, origin)


def _law(tree: Node) -> str | None:
    """The law of a mapping that is a distribution, or None."""
    if isinstance(tree.value, dict) and len(tree.value) == 1:
        name = next(iter(tree.value))
        return name if name in PARAMETERS else None
    return None


def _replaces_whole(base: Node, over: Node) -> bool:
    """Whether a mapping takes another one's place instead of being merged into it.

    A figure brings its own range and source; those of the value it replaces do not hold for it. A
    distribution of another law has other parameters.
    """
    if over.is_figure or (base.is_figure and not FIGURE_KEYS.issuperset(over.value)):
        return True
    law = _law(base)
    return law is not None and _law(over) not in (None, law)


def merge(base: Node, over: Node) -> Node:
    """``over`` laid upon ``base``: mappings key by key, anything else (lists too) whole, null removes."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict) or _replaces_whole(base, over):
        return over
    result = dict(base.value)
    for key, inner in over.value.items():
        if key not in result:
            result[key] = inner
        elif inner.value is None:
            result[key] = Node(None, inner.origin, removes=True)
        else:
            result[key] = merge(result[key], inner)
    return Node(result, over.origin)
