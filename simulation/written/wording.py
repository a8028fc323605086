"""What is allowed at a place of the schema, in words: for errors, the reference page and the editors."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulation.texts import Phrase, Verbatim, joined, worded
from simulation.written.schema import Slot

_LIMITS = (("gt", "limit-above"), ("ge", "limit-least"), ("lt", "limit-below"), ("le", "limit-most"))
_PLAIN_TYPES: dict[Any, str] = {
    bool: "allowed-truth",
    int: "allowed-whole",
    float: "allowed-number",
    str: "allowed-text",
    date: "allowed-date",
}
"""Keys of what may be said of a limit, and of a plain type."""


def allowed(slot: Slot) -> str:
    """What may stand at a place, in words, '' where the schema does not say."""
    parts: list[Phrase | Verbatim] = []
    if slot.choices:
        parts.append(Verbatim(", ".join(str(choice) for choice in slot.choices)))
    if slot.quantity is not None:
        dated = any(variant.annotation is date for variant in slot.variants)
        quantity = worded(slot.quantity.allowed)
        parts.append(worded("allowed-date-or", other=quantity) if dated else quantity)
        if slot.distribution is not None:
            parts.append(worded("allowed-distribution"))
    elif slot.choices:
        pass
    elif slot.models:
        parts.append(worded("allowed-mapping"))
    elif slot.is_mapping:
        names = allowed(slot.keys) if slot.keys is not None and slot.keys.choices else ""
        parts.append(worded("allowed-names-of", names=names) if names else worded("allowed-names"))
    elif slot.entry is not None:
        parts.append(_list(slot))
    else:
        plain = (key for kind, key in _PLAIN_TYPES.items() if any(v.annotation is kind for v in slot.variants))
        parts.extend(map(worded, plain))
    limits = _limits(slot)
    if limits:
        parts.append(limits)
    if slot.takes_null:
        parts.append(worded("allowed-or-null"))
    return joined(parts, ", ")


def _list(slot: Slot) -> Phrase:
    entry = slot.entry
    inner = allowed(entry) if entry is not None and not entry.models else ""
    lengths = _lengths(slot)
    listed = worded("allowed-list-of", values=lengths) if lengths else worded("allowed-list")
    return worded("allowed-each", listed=listed, inner=inner) if inner else listed


def _limits(slot: Slot) -> Phrase:
    """'above 0, at most 240' from the bounds beside the type."""
    found = []
    for name, key in _LIMITS:
        for variant in slot.variants:
            for mark in variant.metadata:
                limit = getattr(mark, name, None)
                if limit is not None:
                    shown = limit if slot.quantity is None or limit == 0 else slot.quantity.write(limit)
                    found.append(worded(key, limit=shown))
    return joined(dict.fromkeys(found), ", ")


def _lengths(slot: Slot) -> str:
    """'12' or 'at least 1' from the bounds of a length."""
    least = next((m.min_length for v in slot.variants for m in v.metadata if hasattr(m, "min_length")), None)
    most = next((m.max_length for v in slot.variants for m in v.metadata if hasattr(m, "max_length")), None)
    if least and least == most:
        return worded("lengths", values=least)
    if least and most:
        return worded("lengths-between", least=least, most=most)
    if least:
        return worded("lengths-least", least=least)
    return worded("lengths-most", most=most) if most else ""
