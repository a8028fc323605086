"""The rows of a form: what of a scenario is written, where it stands, and what may be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulation.scenario.form_titles import told_by
from simulation.scenario.places import places
from simulation.scenario.scenario import Scenario
from simulation.written.schema import Slot, fields
from simulation.written.tree import Node
from simulation.written.workbook import Step

SHEETS: Mapping[str, tuple[str, ...]] = {
    "xlsx-firm": ("version", "title", "description", "currency", "locale", "calendar", "experiment"),
    "xlsx-market": ("market",),
    "xlsx-people": ("people", "hand_off"),
    "xlsx-structures": ("structures",),
    "xlsx-money": ("plan", "budget"),
    "xlsx-later": ("interventions", "search", "history", "inputs"),
}
"""Keys of a scenario by the sheet on which they stand."""


@dataclass(frozen=True)
class Entry:
    """A row: where a value stands, what is written there, and what the schema says of it.

    Attributes:
        path: the steps to it.
        slot: what the schema says, None where it says nothing.
        value: what is written, None where nothing is.
        low: of its range.
        high: of its range.
        source: where it comes from.
        note: what somebody noted.
        kinds: of a key that tells kinds of a block apart, all of them.
        new: of an entry that is not there yet, the key of the text above its rows.
    """

    path: tuple[Step, ...]
    slot: Slot | None
    value: Node | None
    low: Node | None = None
    high: Node | None = None
    source: str = ""
    note: str = ""
    kinds: tuple[Any, ...] = ()
    new: str = ""

    @property
    def dotted(self) -> str:
        """The place as messages and titles name it."""
        return ".".join(map(str, self.path))


def entries(scenario: Scenario, tree: Node, keys: Sequence[str]) -> list[Entry]:
    """The rows of some keys of the scenario, in the order in which they are written, then what may be added."""
    slots = fields(Scenario)
    found: list[Entry] = []
    for key in keys:
        node = tree.get(key)
        if node is not None:
            found += _below(slots.get(key), node, (key,))
        elif slots[key].quantity or slots[key].choices:
            found.append(Entry((key,), slots[key], None))
    there = {entry.path for entry in found}
    more = (*_decisive(), *_new_ones(scenario))
    return found + [each for each in more if each.path[0] in keys and each.path not in there]


def _below(slot: Slot | None, node: Node, path: tuple[Step, ...]) -> Iterator[Entry]:
    inside = node.value
    if node.is_figure and _is_plain_figure(node):
        low, high = inside["range"].value if "range" in inside else (None, None)
        source, note = (str(inside[name].value) if name in inside else "" for name in ("source", "note"))
        yield Entry(path, slot, inside["value"], low, high, source, note)
    elif isinstance(inside, dict) and inside and not node.is_figure:
        plain = node.plain
        for name, each in inside.items():
            if each.removes and not (slot is not None and (deeper := slot.inside(name, plain)) and deeper.takes_null):
                continue  # it took away what the file that was extended has
            kinds = told_by(slot).get(name, ()) if slot is not None else ()
            for entry in _below(slot.inside(name, plain) if slot is not None else None, each, (*path, name)):
                yield replace(entry, kinds=kinds) if kinds else entry
        yield from _unwritten(slot, plain, path)
    elif isinstance(inside, list) and inside and all(isinstance(each.value, dict) for each in inside):
        for number, each in enumerate(inside):
            deeper = slot.inside(str(number), node.plain) if slot is not None else None
            yield from _below(deeper, each, (*path, number))
    else:
        yield Entry(path, slot, node)


def _is_plain_figure(node: Node) -> bool:
    """Whether a figure has one value and at most two ends: what the columns of a row can hold."""
    held = node.value
    ends = held["range"].value if "range" in held else []
    single = not isinstance(held["value"].value, (dict, list))
    return single and isinstance(ends, list) and len(ends) in (0, 2) and not any(e.is_figure for e in ends)


def _unwritten(slot: Slot | None, plain: Any, path: tuple[Step, ...]) -> Iterator[Entry]:
    """Keys of a block that are not written and take one value; those of a block that a preset fills are not listed."""
    model = slot.model(plain) if slot is not None and slot.distribution is None else None
    for name, each in fields(model).items() if model is not None else ():
        single = (each.quantity is not None and each.entry is None) or each.choices or is_truth(each)
        if name not in plain and single:
            yield Entry((*path, name), each, None)


def is_truth(slot: Slot) -> bool:
    """Whether a yes or a no stands here."""
    return any(each.annotation is bool for each in slot.variants)


def _decisive() -> Iterator[Entry]:
    """Empty rows for what every comparison hangs on, where its block is not written."""
    for place in places():
        if place.facts.plausible is not None and "*" not in place.path:
            yield Entry(tuple(place.path.split(".")), place.slot, None)


NEW: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "market.channels.new_1": ("xlsx-new-channel", ("kind", "title", "leads_per_month")),
    "market.stages.{stages}": ("xlsx-new-stage", ("name", "work", "conversion")),
    "structures.new_1": ("xlsx-new-structure", ("preset", "title")),
}
"""Empty rows for one more channel, stage and structure: their place, the text above them, and the keys there."""


def _new_ones(scenario: Scenario) -> Iterator[Entry]:
    for place, (head, keys) in NEW.items():
        if "{stages}" in place and scenario.provenance.tree.get("market.stages") is None:
            continue  # one stage that is written would take the place of all that hold by default
        path: tuple[Step, ...] = ()
        slot: Slot | None = Slot(Scenario)
        for step in place.format(stages=len(scenario.market.stages)).split("."):
            path = (*path, int(step) if step.isdigit() else step)
            slot = slot.inside(step) if slot is not None else None
        for key in keys:
            inside = [each for model in slot.models if (each := fields(model).get(key))] if slot is not None else []
            kinds = told_by(slot).get(key, ()) if slot is not None else ()
            yield Entry((*path, key), inside[0] if inside else None, None, kinds=kinds, new=head)
