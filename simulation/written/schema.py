"""The schema seen along a path: which key may stand where, what it takes, and its default.

The reference page, the JSON Schema, the messages of errors and the list of resolved values all walk the
pydantic models with the one class here, so that they cannot disagree.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, Union

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from simulation.written.base import Facts
from simulation.written.distributions import DistributionOf
from simulation.written.laws import PARAMETERS, PLAIN, Distribution
from simulation.written.quantities import NUMBER, Quantity
from simulation.written.tree import first_step


@dataclass(frozen=True)
class Slot:
    """A place in the schema.

    Attributes:
        annotation: the type there.
        metadata: what stands beside the type in ``Annotated``.
        field: the field of the block where it stands, or None (an entry of a list or mapping, a parameter).
    """

    annotation: Any
    metadata: tuple[Any, ...] = ()
    field: FieldInfo | None = None

    @classmethod
    def of(cls, field: FieldInfo) -> Slot:
        """The place of a field."""
        return cls(field.annotation, tuple(field.metadata), field)

    @cached_property
    def variants(self) -> tuple[Slot, ...]:
        """The types that are possible here, ``Annotated`` and unions taken apart, None left out."""
        return tuple(_variants(self.annotation, self.metadata, self.field))

    @cached_property
    def takes_null(self) -> bool:
        """Whether null is a value here."""
        return any(part is type(None) for part in _alternatives(self.annotation))

    @cached_property
    def quantity(self) -> Quantity | None:
        """The quantity that a single value here is, also where a distribution of it may stand."""
        for slot in self.variants:
            for mark in slot.metadata:
                if isinstance(mark, Quantity):
                    return mark
                if isinstance(mark, DistributionOf):
                    return mark.quantity
        return None

    @cached_property
    def distribution(self) -> DistributionOf | None:
        """The marker of a distribution, or None."""
        return next((m for slot in self.variants for m in slot.metadata if isinstance(m, DistributionOf)), None)

    @cached_property
    def choices(self) -> tuple[Any, ...]:
        """The values of a ``Literal``, or ()."""
        return tuple(
            choice
            for slot in self.variants
            if typing.get_origin(slot.annotation) is Literal
            for choice in typing.get_args(slot.annotation)
        )

    @cached_property
    def words(self) -> tuple[Any, ...]:
        """The words that may stand here: choices, also those for the one key that a block cannot do without."""
        for model in self.models if not self.choices else ():
            required = [Slot.of(field) for field in model.model_fields.values() if field.is_required()]
            short = any(isinstance(mark, BeforeValidator) for v in self.variants for mark in v.metadata)
            if short and len(required) == 1 and required[0].choices:
                return required[0].choices
        return self.choices

    @cached_property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The blocks that may stand here."""
        return tuple(s.annotation for s in self.variants if _is_block(s.annotation) and not s.distribution)

    def model(self, value: Any) -> type[BaseModel] | None:
        """The block that a mapping here is read as: of several, the one whose literals (``kind``) agree."""
        models = self.models
        if len(models) <= 1 or not isinstance(value, dict):
            return models[0] if len(models) == 1 else None
        return next((model for model in models if _agrees(model, value)), None)

    def inside(self, key: str, value: Any = None) -> Slot | None:
        """The place one step deeper, or None where the schema has none; ``value`` is what stands here."""
        if self.annotation is Any:
            return self
        marker = self.distribution
        if marker is not None and key in PARAMETERS:
            return Slot(Parameters, (marker, key))
        if self.annotation is Parameters:
            marker, law = self.metadata
            if law == "empirical" and (key.isdigit() or key == "values"):
                return Slot(float, (marker.quantity,))
            return Slot(float, (NUMBER if key in PLAIN else marker.quantity,))
        model = self.model(value)
        return fields(model).get(key) if model is not None else self.entry

    @cached_property
    def entry(self) -> Slot | None:
        """The place of an entry where a mapping with free names or a list stands; None elsewhere."""
        for slot in self.variants:
            origin, args = typing.get_origin(slot.annotation), typing.get_args(slot.annotation)
            if origin is dict:
                return Slot(args[1])
            if origin in (tuple, list) and args:
                return Slot(args[0])
        return None

    @property
    def is_mapping(self) -> bool:
        """Whether a mapping with free names stands here."""
        return any(typing.get_origin(slot.annotation) is dict for slot in self.variants)

    @property
    def keys(self) -> Slot | None:
        """The place of the names of a mapping (they may be limited to some), or None."""
        for slot in self.variants:
            if typing.get_origin(slot.annotation) is dict:
                return Slot(typing.get_args(slot.annotation)[0])
        return None

    @property
    def default(self) -> Any:
        """The default as the schema writes it; ``PydanticUndefined`` where the key is required."""
        return PydanticUndefined if self.field is None else self.field.default

    @property
    def required(self) -> bool:
        """Whether the key must be given."""
        return self.field is not None and self.field.is_required()

    @property
    def meaning(self) -> str:
        """What the key means, from the schema."""
        return (self.field.description or "") if self.field else ""

    @property
    def facts(self) -> Facts:
        """What else the schema says of the key."""
        extra = self.field.json_schema_extra if self.field else None
        facts = extra.get("facts") if isinstance(extra, dict) else None
        return facts if isinstance(facts, Facts) else Facts()

    @property
    def source(self) -> str:
        """Where the default comes from, from the schema."""
        return self.facts.source


@cache
def fields(model: type[BaseModel]) -> dict[str, Slot]:
    """The places of a block's keys; one slot for each, so that what it works out is worked out once."""
    return {name: Slot.of(field) for name, field in model.model_fields.items()}


class Parameters:
    """Stands in a slot for the parameters of a distribution's law."""


def _is_block(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) in (Union, types.UnionType):
        return typing.get_args(annotation)
    return (annotation,)


def _variants(annotation: Any, metadata: tuple[Any, ...], field: FieldInfo | None) -> Iterator[Slot]:
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *extra = typing.get_args(annotation)
        marks = [mark for each in extra for mark in (each.metadata if isinstance(each, FieldInfo) else [each])]
        yield from _variants(inner, (*marks, *metadata), field)
        return
    parts = _alternatives(annotation)
    if len(parts) == 1:
        yield Slot(annotation, metadata, field)
        return
    for part in parts:
        if part is not type(None):
            yield from _variants(part, metadata, field)


def _agrees(model: type[BaseModel], value: dict[str, Any]) -> bool:
    """Whether the literals of a block, such as ``kind``, are those of a mapping."""
    literals = _literals(model)
    return bool(literals) and all(value.get(name) in allowed for name, allowed in literals.items())


@cache
def _literals(model: type[BaseModel]) -> dict[str, tuple[Any, ...]]:
    return {
        name: typing.get_args(field.annotation)
        for name, field in model.model_fields.items()
        if typing.get_origin(field.annotation) is Literal and field.is_required()
    }


def at(root: type[BaseModel], data: Any, path: str) -> Slot | None:
    """The place at a dotted path of a plain tree, or None where the schema has none."""
    slot: Slot | None = Slot(root)
    while path and slot is not None:
        key, _, rest = path.partition(".")
        if isinstance(data, dict):
            key, rest = first_step(data, path) or (key, rest)
        slot, data, path = slot.inside(key, data), step(data, key), rest
    return slot


def step(data: Any, key: str) -> Any:
    """What stands under a key or index of a plain tree, or None."""
    if isinstance(data, dict):
        return data.get(key)
    if isinstance(data, (list, tuple)) and key.isdigit() and int(key) < len(data):
        return data[int(key)]
    return None


def value_at(data: Any, path: str) -> Any:
    """What stands at a dotted path of a plain tree, None where there is nothing; free names may have dots."""
    while path:
        key, _, rest = path.partition(".")
        if isinstance(data, dict):
            key, rest = first_step(data, path) or (key, rest)
        data, path = step(data, key), rest
    return data


def is_distribution(value: Any) -> bool:
    """Whether a value is a distribution (a model of its own, but a single value to a scenario)."""
    return isinstance(value, Distribution)
