"""What an owner typed into a form as keys: titles of values, presets, structures, channels and products.

A form shows titles in its language; a scenario holds keys. What is no title of either language stays as it was typed,
for whoever checks it to say what is allowed. Files of YAML hold keys and are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulation.scenario import preset_files
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import told_apart
from simulation.written.choices import Names, in_all_languages, meant, names_of
from simulation.written.schema import Slot, fields
from simulation.written.tree import Node

DECLARED: Mapping[str, str] = {
    "baseline": "structures",
    "channel": "market.channels",
    "channels.*": "market.channels",
    "product": "market.products",
    "products.*": "market.products",
}
"""Keys (and lists of names) that take a name which is declared elsewhere in the scenario, and where."""


def with_keys(tree: Node) -> Node:
    """A tree with keys where titles were typed into a form."""
    return _keyed(tree, Slot(Scenario), (), tree)


def _keyed(tree: Node, slot: Slot | None, path: tuple[str, ...], root: Node) -> Node:
    held = tree.value
    if isinstance(held, list):
        entry = slot.entry if slot is not None else None
        return replace(tree, value=[_keyed(each, entry, (*path, "*"), root) for each in held])
    if isinstance(held, dict):
        if tree.is_figure:
            return replace(tree, value={**held, "value": _keyed(held["value"], slot, path, root)})
        inside, plain = dict(held), {key: each.value for key, each in held.items()}
        for key in told_by(slot) if slot is not None else ():  # which kind of a block it is, first
            if key in inside:
                inside[key] = _put(inside[key], names_of(told_by(slot)[key]) if slot is not None else {})
                plain[key] = inside[key].value
        for key, each in inside.items():
            deeper = slot.inside(key, plain) if slot is not None else None
            inside[key] = _keyed(each, deeper, (*path, key), root)
        return replace(tree, value=inside)
    if not tree.origin.label or not isinstance(held, str):
        return tree
    if path[-1:] == ("preset",):
        return _put(tree, preset_files.titled("roles" if "roles" in path else "structures"))
    if slot is not None and slot.words:
        return _put(tree, names_of(slot.words))
    where = DECLARED.get(".".join(path[-2:])) or DECLARED.get(path[-1] if path else "")
    there = root.get(where) if where is not None else None
    return tree if there is None else _put(tree, _declared(there))


def _put(tree: Node, names: Names) -> Node:
    """The node with the key that its text names."""
    held = tree.value
    key = meant(held, names) if tree.origin.label and isinstance(held, str) else None
    return tree if key is None else replace(tree, value=key)


def told_by(slot: Slot) -> dict[str, tuple[Any, ...]]:
    """Of a place where several kinds of a block may stand: the keys that tell them apart, and all that each may be."""
    if len(slot.models) < 2:
        return {}
    found: dict[str, tuple[Any, ...]] = {}
    for model in slot.models:
        for key, each in fields(model).items():
            if each.required and each.choices:
                found[key] = (*found.get(key, ()), *(c for c in each.choices if c not in found.get(key, ())))
    return found


def _declared(there: Node) -> Names:
    """The names of structures, channels or products: what they are titled, or what their presets are."""
    titles: dict[str, str] = {}
    for name, each in there.children():
        inside = dict(each.children())
        own = inside["title"].plain if "title" in inside else ""
        preset = inside["preset"].plain if "preset" in inside else None
        if not own and isinstance(preset, str) and preset in preset_files.names("structures"):
            own = preset_files.preset("structures", preset).plain.get("title", "")
        titles[name] = str(own or "")
    return {name: in_all_languages(title) for name, title in told_apart(titles).items()}
