"""A caution: something that the reader of a comparison must know before believing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Code = Literal[
    "payroll",
    "commission",
    "support",
    "head",
    "order",
    "ownership",
    "new_work",
    "uneven",
    "split",
    "unreached",
    "unanswered",
    "vacancy",
    "market",
    "money",
    "experiment",
    "people",
    "unpaired",
    "end_value",
    "horizon",
    "horizon_hint",
    "failures",
    "partial",
    "few",
    "unbilled",
]


ABOVE: tuple[Code, ...] = ("unbilled",)
"""What is said above the verdict."""


@dataclass(frozen=True)
class Caution:
    """One warning about a comparison.

    Attributes:
        code: what kind; a report may have its own words for it.
        text: in English.
        structures: the structures concerned, () for all.
        figures: the figures of the text by name.
    """

    code: Code
    text: str
    structures: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def first(self) -> bool:
        """Whether it is said above the verdict: with it the verdict is about something else than it seems."""
        return self.code in ABOVE
