"""What a value of the public face says to who programs: the nearest of a wrong name, and what to do for a change.

The nearest name is looked for when somebody reads the message: `hasattr` and `getattr` with a default stay quick.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TypeVar

from simulation.texts import worded
from simulation.written.spelling import nearest

Kind = TypeVar("Kind", bound=type)


class NoAttribute(AttributeError):
    """A value has no attribute of that name; says the nearest one that it has."""

    def __str__(self) -> str:
        """What is wrong, and the nearest name."""
        known = [each for each in dir(self.obj) if not each.startswith("_") and not each.startswith("model_")]
        near = nearest(str(self.name), known)
        key = "no-attribute-near" if near else "no-attribute"
        return str(worded(key, kind=type(self.obj).__name__, name=repr(self.name), near=repr(near)))


def unknown_attribute(value: object, name: str) -> object:
    """What `__getattr__` does: an attribute that is there says itself what it lacks, any other name is unknown.

    Raises:
        AttributeError: always.
    """
    if hasattr(type(value), name):  # a property that met an unknown name of its own
        return object.__getattribute__(value, name)
    raise NoAttribute(name=name, obj=value)


def spelled(kind: Kind) -> Kind:
    """A frozen dataclass that names the nearest attribute, and says of a change how to get another value."""

    def refuse(self: object, name: str, value: object) -> None:
        raise FrozenInstanceError(str(worded("frozen-result", kind=type(self).__name__, name=name)))

    kind.__getattr__ = unknown_attribute  # type: ignore[attr-defined]
    kind.__setattr__ = refuse  # type: ignore[method-assign, assignment]
    return kind
