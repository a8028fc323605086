"""A scenario in words and tables: resolved, value by value with its origin, and against another one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import set_path
from simulation.texts import Phrase, joined, texts, worded
from simulation.written import schema
from simulation.written.errors import place_phrase
from simulation.written.figures import Figure
from simulation.written.laws import PARAMETERS, PLAIN, Distribution
from simulation.written.quantities import NUMBER, Quantity
from simulation.written.schema import Slot
from simulation.written.tree import join

ABSENT = "-"
RECORDS = "<calibration>"
"""The file in which a scenario that was made of records in memory is said to stand."""
LISTED = 40
"""Values of a list that are shown."""
_FIRST = ("kind", "name", "activity")


class Shown(NamedTuple):
    """One value of a scenario.

    Attributes:
        path: dotted path.
        value: the value for reading ('30 min', '35 %', '25 000', 'lognormal, mean 30 min, cv 0.7').
        unit: unit or clock ('elapsed time', 'working time', 'share', the currency, 'per month'), or ''.
        origin: 'file:line', 'preset NAME', 'override' or 'default'.
    """

    path: str
    value: str
    unit: str
    origin: str


class Difference(NamedTuple):
    """One value that differs between two scenarios; '-' where a scenario has no such value.

    Attributes:
        path: dotted path.
        first: the value in the first scenario, for reading.
        second: the value in the second scenario.
    """

    path: str
    first: str
    second: str


@dataclass(frozen=True)
class _Leaf:
    """A single value, a distribution or a list of single values, where it stands."""

    path: str
    slot: Slot
    value: Any
    written: Any


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario as plain values, ready for YAML or JSON: nothing is left to resolve.

    Loaded again it gives an equal scenario; durations carry their units.
    """
    result: dict[str, Any] = _ordered(scenario.model_dump(mode="json"))
    return result


def show(scenario: Scenario) -> tuple[Shown, ...]:
    """Every value with its unit and origin, in the order of the schema.

    What was written in a short form (an activity by its name) stays one row.
    """
    made = scenario.provenance
    rows: dict[str, Shown] = {}
    for leaf in _leaves(scenario):
        node, found = made.merged.find(leaf.path)
        if found and found != leaf.path and isinstance(node.value, str) and leaf.slot.distribution is None:
            rows.setdefault(found, Shown(found, node.value, "", str(node.origin)))
        else:
            unit = unit_of(leaf.slot, scenario.currency)
            rows[leaf.path] = Shown(leaf.path, _readable(leaf), unit, made.origin(leaf.path))
    return tuple(rows.values())


def told(text: str) -> Phrase:
    """A unit or an origin in words of each language; currencies, files and lines as they are."""
    key = f"show-{text.replace(' ', '-')}"
    return worded(key) if text and key in texts("en") else joined((place_phrase(text),))


def sourced(scenario: Scenario) -> Iterator[tuple[Shown, Figure | None]]:
    """Every value with what is known about it, where it says where it comes from or how far it may be otherwise."""
    figures = scenario.provenance.figures
    return ((row, figures.get(row.path)) for row in show(scenario))


def difference(first: Scenario, second: Scenario) -> tuple[Difference, ...]:
    """What differs between two scenarios, in the order of the schema, wherever it was written.

    Of a block that only one of them has, the values that differ from the defaults are listed.
    """
    ours = {leaf.path: leaf for leaf in _leaves(first)}
    theirs = {leaf.path: leaf for leaf in _leaves(second)}
    rows: dict[str, Difference] = {}
    for path in dict.fromkeys([*ours, *theirs]):
        a, b = ours.get(path), theirs.get(path)
        if a is None or b is None:
            leaf, scenario = (a, first) if a is not None else (b, second)
            others = theirs if a is not None else ours
            if leaf is not None:
                row = _only_in_one(leaf, scenario, others, first=a is not None)
                if row is not None:
                    rows.setdefault(row.path, row)
        elif a.written != b.written:
            texts = (_readable(a), _readable(b))
            if texts[0] == texts[1]:  # they differ by less than the reader is shown
                texts = (str(a.written), str(b.written))
            rows[path] = Difference(path, *texts)
    return tuple(rows.values())


def _only_in_one(leaf: _Leaf, scenario: Scenario, others: dict[str, _Leaf], first: bool) -> Difference | None:
    """The row of a value in a block that the other scenario has not, or has as null or empty."""
    made = scenario.provenance
    parts = leaf.path.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts))]
    block = next((path for path in above if path in others), None)
    if block is None and any(path.startswith(f"{leaf.path}.") for path in others):
        return None  # here it is null or empty; the rows of the other scenario say so
    other = _readable(others[block]) if block is not None else ABSENT
    path, mine = leaf.path, _readable(leaf)
    node, found = made.merged.find(leaf.path)
    if made.origin(leaf.path) == "default":
        top = block or next((p for p in above if not any(q.startswith(f"{p}.") for q in others)), leaf.path)
        if made.merged.get(top) is not None:
            return None  # the values that were written are listed and say enough
        path, mine = top, worded("show-as-by-default")
    elif found != leaf.path and isinstance(node.value, str):
        path, mine = found, node.value
    return Difference(path, mine, other) if first else Difference(path, other, mine)


def written(scenario: Scenario, path: str, value: float) -> str | float:
    """A number in the unit used inside as a scenario writes it ('5.5 h'), for ``Scenario.replace``.

    Raises:
        KeyError: the schema has no single number at that path.
    """
    quantity = _slot(scenario, path).quantity
    if quantity is None:
        raise KeyError(f"{path} is not a quantity")
    return quantity.write(value)


def _slot(scenario: Scenario, path: str) -> Slot:
    slot = schema.at(type(scenario), scenario.model_dump(mode="json"), set_path(scenario, path))
    if slot is None:
        raise KeyError(f"a scenario has no {path}")
    return slot


def _ordered(value: Any) -> Any:
    """Plain values with what tells the kind of a block in front."""
    if isinstance(value, dict):
        first = [key for key in _FIRST if key in value]
        return {key: _ordered(value[key]) for key in (*first, *(k for k in value if k not in first))}
    if isinstance(value, (list, tuple)):
        return [_ordered(each) for each in value]
    return value


def _leaves(scenario: Scenario) -> Iterator[_Leaf]:
    whole = resolved(scenario)
    for leaf in _inside(Slot(type(scenario)), "", scenario.model_dump(), whole):
        if leaf.slot.annotation is Any:  # a value of `set` has the unit of what it sets
            slot = schema.at(type(scenario), whole, set_path(scenario, leaf.path))
            yield _Leaf(leaf.path, slot or leaf.slot, leaf.value, leaf.written)
        else:
            yield leaf


def _inside(slot: Slot, path: str, value: Any, written: Any) -> Iterator[_Leaf]:
    """The leaves below a place; ``value`` in inside units and ``written`` as in a file have the same form."""
    single = slot.distribution is not None or not isinstance(written, (dict, list))
    if single or not written or _is_row(written):
        if path:
            yield _Leaf(path, slot, value, written)
        return
    for key in written if isinstance(written, dict) else map(str, range(len(written))):
        inner = slot.inside(key, written)
        if inner is not None:
            yield from _inside(inner, join(path, key), schema.step(value, key), schema.step(written, key))


def _is_row(written: Any) -> bool:
    """Whether a list holds single values only, and reads best in one line."""
    return isinstance(written, list) and not any(isinstance(each, (dict, list)) for each in written)


def _readable(leaf: _Leaf) -> str:
    if isinstance(leaf.written, list) and leaf.slot.distribution is None:
        entry = leaf.slot.entry
        quantity = entry.quantity if entry is not None else None
        values = leaf.value if isinstance(leaf.value, (list, tuple)) else ()
        told = [_single(value, quantity) for value in values[:LISTED]]
        listed = ", ".join(told)
        if len(values) > LISTED:
            return worded("show-longer", listed=listed, count=len(values))
        return listed or worded("show-none")
    if leaf.written == {}:
        return worded("show-none")
    if leaf.slot.distribution is not None and isinstance(leaf.written, dict):
        return _law(leaf.slot.distribution.parse(leaf.written), leaf.slot.distribution.quantity)
    return _single(leaf.value, leaf.slot.quantity)


def _law(distribution: Distribution, quantity: Quantity) -> str:
    """'lognormal, mean 30 min, cv 0.7'."""
    if distribution.values is not None:
        count, mean = len(distribution.values), _single(distribution.mean, quantity)
        return worded("show-empirical", count=count, mean=mean)
    parts: list[str] = [distribution.law]
    for name in PARAMETERS[distribution.law]:
        kind = NUMBER if name in PLAIN else quantity
        parts.append(f"{name} {_single(getattr(distribution, name), kind)}")
    return ", ".join(parts)


def _single(value: Any, quantity: Quantity | None) -> str:
    """One value for reading."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (int, float)):
        return str(value).strip()
    if quantity is None or not math.isfinite(value):
        return str(quantity.write(value)) if quantity is not None else f"{value:g}" if value < 1e6 else str(value)
    if quantity.clock:
        return _duration(value, quantity)
    if quantity.unit == "share":
        return f"{100 * value:.6g} %"
    if quantity.unit == "money":
        text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
        return text.replace(",", " ")
    return f"{value:.10g}"


def _duration(hours: float, quantity: Quantity) -> str:
    """Exact where a unit fits, otherwise hours to four digits."""
    text = str(quantity.write(hours))
    if hours == 0.0:
        return "0 h"
    return text if len(text) <= 16 + 8 * (quantity.clock == "working") else f"{hours:.4g} h"


def unit_of(slot: Slot, currency: str) -> str:
    """Unit or clock of a place: 'elapsed time', 'share', the currency, 'per month', or ''."""
    entry = slot.entry
    quantity = slot.quantity or (entry.quantity if entry is not None else None)
    if quantity is None:
        return ""
    if quantity.clock:
        return f"{quantity.clock} time"
    return {"money": currency, "number": ""}.get(quantity.unit, quantity.unit)
