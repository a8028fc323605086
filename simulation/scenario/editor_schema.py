"""The JSON Schema of scenario files, for completion and red underlines in editors.

It is built from the same pydantic models that check a scenario. Every block exists twice: whole, with its
required keys, and partial, for a file that ``extends`` another one or a structure that names a ``preset``,
where any key may be missing and null takes an inherited value away.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from simulation.scenario import preset_files
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
from simulation.written import quantities
from simulation.written.distributions import DistributionOf
from simulation.written.quantities import Quantity
from simulation.written.schema import Slot

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
}
_LIMITS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}
_PRESETS = {Structure: "structures", Role: "roles"}
_NULL = {"type": "null"}
_FIGURE: dict[str, Any] = {
    "type": "object",
    "description": "A figure with its range and source.",
    "properties": {
        "value": {},
        "range": {"type": "array", "minItems": 2, "maxItems": 2, "description": "Low and high."},
        "source": {"type": "string", "description": "Where the figure comes from."},
        "note": {"type": "string"},
    },
    "required": ["value"],
    "additionalProperties": False,
}


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file.

    Accepts a figure ``{value, range, source, note}`` in place of every single value, ``extends`` at the top,
    ``preset`` in structures and roles, and null to take an inherited key away.
    """
    builder = _Builder()
    whole, partial = builder.block(Scenario, False), builder.block(Scenario, True)
    extends = {"type": "string", "description": "Another scenario file that this one is laid upon."}
    for name in ("Scenario", "Scenario_partial"):
        builder.definitions[name]["properties"] = {
            "extends": extends,
            **builder.definitions[name]["properties"],
        }
    return {
        "$schema": DIALECT,
        "title": "Scenario of a sales department",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": partial,
        "else": whole,
        "$defs": dict(sorted(builder.definitions.items())),
    }


class _Builder:
    """Collects the definitions of the blocks and quantities that are met."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {"Figure": _FIGURE}

    def block(self, model: type[BaseModel], partial: bool) -> dict[str, Any]:
        """A reference to the definition of a block, whole or partial."""
        name = f"{model.__name__}_partial" if partial else model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # taken, in case the block holds itself
            self.definitions[name] = self._block(model, partial)
        return _ref(name)

    def _block(self, model: type[BaseModel], partial: bool) -> dict[str, Any]:
        fields = {name: Slot.of(field) for name, field in model.model_fields.items()}
        properties = {name: self._property(slot, partial) for name, slot in fields.items()}
        required = [name for name, slot in fields.items() if slot.required and not partial]
        schema: dict[str, Any] = {
            "type": "object",
            "description": (model.__doc__ or "").strip().split("\n")[0],
            "properties": properties,
            "additionalProperties": False,
        }
        kind = _PRESETS.get(model)
        if kind is not None:
            names = list(preset_files.names(kind))
            about = f"A preset of {kind} which is the base of what else stands here."
            schema["properties"] = {"preset": {"enum": names, "description": about}, **properties}
            if not partial:
                whole = {key: schema.pop(key) for key in ("properties", "additionalProperties")} | {
                    "required": required
                }
                return schema | {
                    "if": {"required": ["preset"]},
                    "then": self.block(model, True),
                    "else": whole,
                }
        return schema | ({"required": required} if required else {})

    def _property(self, slot: Slot, partial: bool) -> dict[str, Any]:
        schema = self.place(slot, partial)
        about = slot.meaning
        default = _default(slot.default)
        if default is not PydanticUndefined and default not in ({}, [], "", None):
            about += f" Default: {short_default(default)}."
        if slot.source and slot.source != "judgement":
            about += f" Source: {slot.source}."
        return schema | ({"description": about} if about else {})

    def place(self, slot: Slot, partial: bool) -> dict[str, Any]:
        """What may stand at a place."""
        forms = self._forms(slot, partial)
        if (slot.takes_null or partial) and _NULL not in forms:
            forms.append(_NULL)
        return forms[0] if len(forms) == 1 else {"anyOf": forms}

    def _forms(self, slot: Slot, partial: bool) -> list[dict[str, Any]]:
        chosen = self._single({"enum": list(slot.choices)}) if slot.choices else []
        marker = slot.distribution or slot.quantity
        if marker is not None:
            dated = any(variant.annotation is date for variant in slot.variants)
            return self._quantity(marker) + (self._single(_PLAIN[date]) if dated else []) + chosen + self._rows(slot)
        if chosen:
            return chosen + self._blocks(slot, partial)
        if slot.models:
            return self._blocks(slot, partial)
        if slot.is_mapping and slot.entry is not None:
            names = {"propertyNames": {"enum": list(slot.keys.choices)}} if slot.keys and slot.keys.choices else {}
            return [{"type": "object", "additionalProperties": self.place(slot.entry, partial), **names}]
        if slot.entry is not None:
            return [{"type": "array", "items": self.place(slot.entry, False), **_lengths(slot)}]
        plain = next((_PLAIN[v.annotation] for v in slot.variants if v.annotation in _PLAIN), {})
        return self._single(plain | _limits(slot))

    def _rows(self, slot: Slot) -> list[dict[str, Any]]:
        """A list of blocks that may stand in the place of a quantity, or in a file."""
        if slot.entry is None:
            return []
        file = {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]}
        return [{"type": "array", "items": self.place(slot.entry, False)}, file | {"additionalProperties": False}]

    def _blocks(self, slot: Slot, partial: bool) -> list[dict[str, Any]]:
        """Blocks, and the short form of those that can be written as a word (an activity)."""
        forms = [self.block(model, partial) for model in slot.models]
        return [*forms, {"enum": list(slot.words)}] if slot.words and not slot.choices else forms

    def _quantity(self, marker: Quantity | DistributionOf) -> list[dict[str, Any]]:
        quantity = marker.quantity if isinstance(marker, DistributionOf) else marker
        name = next(key for key, value in vars(quantities).items() if value is quantity and key.isupper())
        name = "".join(part.capitalize() for part in name.split("_"))
        if name not in self.definitions:
            self.definitions[name] = quantity.json_schema()
        forms = self._single(_ref(name))
        if isinstance(marker, DistributionOf):
            law = f"{name}Distribution"
            if law not in self.definitions:
                self.definitions[law] = marker.json_schema({"anyOf": self._single(_ref(name))})
            forms = [*forms, *self._single(_ref(law))]
        return forms

    def _single(self, plain: dict[str, Any]) -> list[dict[str, Any]]:
        """A single value, and a figure of it."""
        return [plain, _ref("Figure") | {"properties": {"value": plain}}]


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _lengths(slot: Slot) -> dict[str, Any]:
    found = {}
    for variant in slot.variants:
        for mark in variant.metadata:
            if getattr(mark, "min_length", None):
                found["minItems"] = mark.min_length
            if getattr(mark, "max_length", None):
                found["maxItems"] = mark.max_length
    return found


def _limits(slot: Slot) -> dict[str, Any]:
    marks = [mark for variant in slot.variants for mark in variant.metadata]
    found = [(key, getattr(mark, name, None)) for mark in marks for name, key in _LIMITS.items()]
    return {key: limit for key, limit in found if limit is not None and not isinstance(limit, date)}  # no dates in JSON


def _default(default: Any) -> Any:
    if isinstance(default, tuple):
        return [_default(each) for each in default]
    return str(default) if isinstance(default, date) else default


def short_default(default: Any) -> str:
    """A default in one line."""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, dict):
        return "{" + ", ".join(f"{key}: {short_default(value)}" for key, value in default.items()) + "}"
    if isinstance(default, (list, tuple)):
        if len(set(map(str, default))) == 1 and len(default) > 1:
            return f"{len(default)} times {short_default(default[0])}"
        if any(isinstance(each, dict) for each in default):
            return f"{len(default)} entries: " + ", ".join(str(each.get("name", "…")) for each in default)
        return ", ".join(short_default(each) for each in default)
    return f"{default:g}" if isinstance(default, float) else str(default)
