"""What `optimise` may try beside the structures as they are written: headcounts by role, and alternatives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from simulation.scenario.structures import Role
from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Count

ChoiceName = Literal[
    "order", "due", "newest_first", "ownership", "cover", "new_work", "protected", "most_open", "overflow"
]
"""Names of the choices; `scenario.choices` says what they do."""
PolicyName = Literal[
    "clients", "deals", "papers", "presets", "newest", "oldest", "personal", "team", "colleagues",
    "assigned", "shared", "mornings", "none", "20", "40", "help",
]  # fmt: skip
POLICIES: dict[ChoiceName, tuple[PolicyName, ...]] = {
    "order": ("clients", "deals", "papers"),
    "due": ("none", "presets"),
    "newest_first": ("newest", "oldest"),
    "ownership": ("personal", "team"),
    "cover": ("colleagues",),
    "new_work": ("assigned", "shared"),
    "protected": ("none", "mornings"),
    "most_open": ("none", "20", "40"),
    "overflow": ("none", "help"),
}
"""Names of the policies of each choice, beside the structure as it is drawn."""


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
    choices: dict[ChoiceName, tuple[PolicyName, ...]] = key(
        {},
        "Policies that `compare` may try, by choice; of a choice that is not named all, of an empty list none.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> StructureSearch:
        for role, (least, most) in self.roles.items():
            if least > most:
                raise ValueError(worded("search-least-above", role=role, least=least, most=most))
        for choice, named in self.choices.items():
            if wrong := [name for name in named if name not in POLICIES[choice]]:
                allowed = ", ".join(POLICIES[choice])
                raise MisfitError(Misfit(f"choices.{choice}", worded("no-policy", name=repr(wrong[0])), None, allowed))
        return self


def is_counted(role: Role) -> bool:
    """Whether a search may change how many of them there are.

    Not those of support without activities, who lead, who are another firm's, or who stay whatever comes (an owner).
    """
    return bool(role.activities) and not role.support and not role.outsourced and role.leads is None and not role.stays


def settings(structure: str, option: Option) -> dict[str, Any]:
    """What an option sets, by dotted path from the root of the scenario."""
    return {f"structures.{structure}.{path}": value for path, value in option.set.items()}
