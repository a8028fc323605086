"""The base of every block of a scenario: immutable, and unknown keys are errors; and how a key is declared.

A key is declared once, with everything that is known about it: its meaning and unit, its default and where that comes
from, and its `Facts`. `scenario.places` finds the facts of a place again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from simulation.texts import worded
from simulation.written.spelled import unknown_attribute


class Block(BaseModel):
    """A mapping in a scenario file: frozen, extra keys forbidden, defaults validated like what a person writes."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, allow_inf_nan=True)

    def __setattr__(self, name: str, value: object) -> None:
        """Sets what is private; a key cannot be set.

        Raises:
            AttributeError: a key, with what to do instead.
        """
        if not name.startswith("_"):
            example = f'scenario.replace({{"…{name}": {value!r}}})'
            raise AttributeError(str(worded("frozen-scenario", example=example)), name=name, obj=self)
        super().__setattr__(name, value)

    if not TYPE_CHECKING:  # a name that is not there stays a mistake of types

        def __getattr__(self, name: str) -> Any:
            """What is private, as pydantic has it; of any other name the nearest.

            Raises:
                AttributeError: there is none.
            """
            return super().__getattr__(name) if name.startswith("_") else unknown_attribute(self, name)

    def __repr__(self) -> str:
        """The kind of block, and its keys: short enough to be read where a value is shown."""
        given = ", ".join(f"{name}={_short(value)}" for name, value in self)
        return shorten(f"{type(self).__name__}({given})", 300, placeholder=" …)")

    __str__ = __repr__


def _short(value: object) -> str:
    """A value as a line can hold it: mappings and blocks by how many they hold."""
    if isinstance(value, Mapping) and len(value) > 3:
        return f"{{{', '.join(map(str, value))}}}"
    if isinstance(value, BaseModel):
        return f"{type(value).__name__}(…)"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {_short(each)}' for name, each in value.items())}}}"
    return repr(value)


class Plausible(NamedTuple):
    """How far a value that nobody has measured may lie off, in the unit used inside, and who says so.

    Attributes:
        rank: its place among those that every comparison hangs on; designs of experiments take them in this order.
        low, high: the ends.
        source: who says so.
    """

    rank: int
    low: float
    high: float
    source: str


class Neutral(NamedTuple):
    """The mechanism that a value belongs to, and the value, as a scenario writes it, that switches it off."""

    mechanism: str
    value: object


@dataclass(frozen=True)
class Facts:
    """What is known about a key beside its meaning, unit and default.

    Attributes:
        source: where the default comes from.
        changes: True where it may change during a run, else the key of the text that says why not; '' where the block
            around it decides, or the keys in it.
        new: the key of why no new name may come during a run where a mapping or list stands, and what to do instead.
        plausible: the range of what every comparison hangs on and no owner can give.
        drives: numbers of a year that it drives: '+2' where more of it means more, '-2' where it means less, '2' where
            neither; the figure is the order in which to look at the drivers of a number.
        neutral: the setting that favours no structure; in a mapping of plain values that of each.
        needs: the key beside it without which nothing reads this one: while that is 0 or not given.
        inside: facts of keys of the block that stands here which hold only here, where the block stands elsewhere too.
    """

    source: str = ""
    changes: Literal[True] | str = ""
    new: str = ""
    plausible: Plausible | None = None
    drives: Mapping[str, str] = field(default_factory=dict)
    neutral: Neutral | None = None
    needs: str = ""
    inside: Mapping[str, Facts] = field(default_factory=dict)

    def here(self, other: Facts | None) -> Facts:
        """These facts of a key, where the key that holds its block knows others of it."""
        if other is None:
            return self
        known = {name: value for name, value in vars(other).items() if value}
        return replace(self, **known)


_NAMES = set(Facts.__dataclass_fields__)


def key(default: Any, meaning: str, source: str = "judgement", **extra: Any) -> Any:
    """A key with a default: its meaning, where the default comes from, its facts, and limits as pydantic takes them."""
    return _field({"default": default, "description": meaning}, source, extra)


def required(meaning: str, **extra: Any) -> Any:
    """A key that has no default, with its meaning, facts and limits."""
    return _field({"description": meaning}, "", extra)


def _field(given: dict[str, Any], source: str, extra: dict[str, Any]) -> Any:
    facts = Facts(source, **{name: extra.pop(name) for name in _NAMES & set(extra)})
    return Field(**given, **extra, json_schema_extra={"facts": facts})  # type: ignore[dict-item]


# --- reasons why a value cannot change during a run that several rooms of the schema give -----------------------------

NAME = "fixed-name"
FIRST_DAY = "fixed-first-day"
ANOTHER = "fixed-interventions"
OF_PEOPLE = "fixed-people"
