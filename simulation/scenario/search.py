"""What `optimise` may try beside the structures as they are written: headcounts by role, and alternatives."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from simulation.scenario.structures import Role
from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.quantities import Count


class Option(Block):
    """One way to settle an alternative."""

    title: str = required("Name in reports.")
    set: dict[str, Any] = key({}, "Values by dotted path inside the structure; empty: as it is written.")


class Alternative(Block):
    """Something that may be settled one way or another; every option is tried with every split."""

    title: str = required("Name in reports.")
    options: tuple[Option, ...] = required("The options, the structure as it is written among them.", min_length=2)


class StructureSearch(Block):
    """What may be tried in one structure."""

    roles: dict[str, Annotated[tuple[Count, ...], Field(min_length=2, max_length=2)]] = key(
        {}, "Least and most headcount by role, such as [1, 4]; of the other roles that sell or serve: at least 1."
    )
    alternatives: tuple[Alternative, ...] = key((), "What may be settled one way or another.")

    @model_validator(mode="after")
    def _in_order(self) -> StructureSearch:
        for role, (least, most) in self.roles.items():
            if least > most:
                raise ValueError(worded("search-least-above", role=role, least=least, most=most))
        return self


def is_counted(role: Role) -> bool:
    """Whether a search may change how many of them there are.

    Not those of support without activities, who lead, who are another firm's, or who stay whatever comes (an owner).
    """
    return bool(role.activities) and not role.support and not role.outsourced and role.leads is None and not role.stays


def settings(structure: str, option: Option) -> dict[str, Any]:
    """What an option sets, by dotted path from the root of the scenario."""
    return {f"structures.{structure}.{path}": value for path, value in option.set.items()}
