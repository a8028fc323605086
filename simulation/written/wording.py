"""What is allowed at a place of the schema, in words: for errors, the reference page and the editors."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulation.written.schema import Slot

_LIMITS = (("gt", "above"), ("ge", "at least"), ("lt", "below"), ("le", "at most"))
_PLAIN_TYPES: dict[Any, str] = {
    bool: "true, false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    date: "a date such as 2026-05-04",
}


def allowed(slot: Slot) -> str:
    """What may stand at a place, in words, '' where the schema does not say."""
    parts: list[str] = []
    if slot.choices:
        parts.append(", ".join(str(choice) for choice in slot.choices))
    elif slot.quantity is not None:
        dated = any(variant.annotation is date for variant in slot.variants)
        parts.append(f"{_PLAIN_TYPES[date]}, or {slot.quantity.allowed}" if dated else slot.quantity.allowed)
        if slot.distribution is not None:
            parts.append("or a distribution of it, such as {lognormal: {mean: …, cv: 0.7}}")
    elif slot.models:
        parts.append("a mapping of keys to values")
    elif slot.is_mapping:
        names = allowed(slot.keys) if slot.keys is not None and slot.keys.choices else ""
        parts.append(f"a mapping of names to values; names: {names}" if names else "a mapping of names to values")
    elif slot.entry is not None:
        parts.append(_list(slot))
    else:
        parts.extend(words for kind, words in _PLAIN_TYPES.items() if any(v.annotation is kind for v in slot.variants))
    limits = _limits(slot)
    if limits:
        parts.append(limits)
    if slot.takes_null:
        parts.append("or null")
    return ", ".join(parts)


def _list(slot: Slot) -> str:
    entry = slot.entry
    inner = allowed(entry) if entry is not None and not entry.models else ""
    lengths = _lengths(slot)
    length = f" of {lengths}" if lengths else ""
    return f"a list{length}, each: {inner}" if inner else f"a list{length}"


def _limits(slot: Slot) -> str:
    """'above 0, at most 240' from the bounds beside the type."""
    found = []
    for name, words in _LIMITS:
        for variant in slot.variants:
            for mark in variant.metadata:
                limit = getattr(mark, name, None)
                if limit is not None:
                    found.append(f"{words} {limit}")
    return ", ".join(dict.fromkeys(found))


def _lengths(slot: Slot) -> str:
    """'12' or 'at least 1' from the bounds of a length."""
    least = next((m.min_length for v in slot.variants for m in v.metadata if hasattr(m, "min_length")), None)
    most = next((m.max_length for v in slot.variants for m in v.metadata if hasattr(m, "max_length")), None)
    if least and least == most:
        return f"{least} values"
    if least and most:
        return f"{least} to {most} values"
    if least:
        return f"at least {least} value{'s' if least > 1 else ''}"
    return f"at most {most} values" if most else ""
