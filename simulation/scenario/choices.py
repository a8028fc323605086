"""Choices of a structure: what a director could change on Monday within the same payroll, and what may be chosen.

A choice is made for the whole structure, in the roles that it concerns, by values as a scenario has them. The first
policy of every choice is the structure as it is drawn. `search.NAME.choices` of a scenario fixes or narrows them.
Which people there are is a choice too; it is not here, since it is numbers (`search.NAME.roles`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from simulation.scenario.search import POLICIES, ChoiceName, is_counted
from simulation.scenario.structures import Duty, Role, Structure

Settings = Mapping[str, Any]
"""Values by dotted path inside the structure."""

DRAWN = "drawn"
"""Name of the policy that is the structure as it is written."""

ORDERS: Mapping[str, tuple[str, ...]] = {
    "clients": ("serve", "collect", "care", "upsell", "paperwork", "qualify", "sell", "prospect"),
    "deals": ("qualify", "sell", "paperwork", "upsell", "serve", "collect", "care", "prospect"),
    "papers": ("paperwork", "collect", "serve", "qualify", "sell", "upsell", "care", "prospect"),
}
"""Orders of work by name; activities that are not in them (meetings, coaching) stay where they are: before all."""
DUE: Mapping[str, str] = {
    "serve": "1 working day",
    "collect": "5 working days",
    "sell": "2 working hours",
    "paperwork": "1 working day",
    "upsell": "10 working days",
    "care": "20 working days",
}
"""Due times of the presets."""
NEWEST = ("qualify",)
COVERED = 0.7
"""Efficiency at which colleagues do an absent owner's work, where they cover: they read his notes first; judgement."""
MORNINGS = "2 h"
"""Time kept for prospecting each day, where some is."""
HELP = 3
"""New leads that wait before others help to answer them."""


@dataclass(frozen=True)
class Policy:
    """One way to settle a choice.

    Attributes:
        choice: the choice.
        name: the way's own name; `DRAWN` for as it is written.
        settings: values that it takes, by path inside the structure.
    """

    choice: ChoiceName
    name: str
    settings: Settings


def policies(
    structure: Structure, allowed: Mapping[ChoiceName, Sequence[str]] | None = None
) -> dict[ChoiceName, list[Policy]]:
    """What may be chosen, by choice: as drawn first, then each policy that changes something.

    Args:
        structure: as it is drawn.
        allowed: policies that may be tried, by choice; all of a choice that is not there.
    """
    found: dict[ChoiceName, list[Policy]] = {}
    roles = _counted(structure)
    for choice, make in _CHOICES.items():
        made = [Policy(choice, DRAWN, {})]
        for name in POLICIES[choice]:
            if allowed is not None and choice in allowed and name not in allowed[choice]:
                continue
            settings = _settings(make, name, roles)
            if settings and all(settings != other.settings for other in made):
                made.append(Policy(choice, name, settings))
        if len(made) > 1:
            found[choice] = made
    return found


def common_policy(structures: Sequence[Structure], choice: ChoiceName) -> str:
    """The policy by which several structures are made equal in a choice: none at all, or what moves least in them."""
    names = POLICIES[choice]
    if "none" in names:
        return "none"
    return min(names, key=lambda name: sum(_moved(structure, choice, name) for structure in structures))


def settled(structure: Structure, choice: ChoiceName, name: str) -> Settings:
    """What a policy changes in a structure, by path inside it; nothing where it is so already."""
    return _settings(_CHOICES[choice], name, _counted(structure))


def in_order(activities: Iterable[str], name: str) -> list[str]:
    """Activities in an order of work; those that are not in it before all others, as they were."""
    rank = {activity: place for place, activity in enumerate(ORDERS[name])}
    return sorted(activities, key=lambda activity: rank.get(activity, -1))


def _counted(structure: Structure) -> dict[str, Role]:
    return {name: role for name, role in structure.roles.items() if is_counted(role)}


def _moved(structure: Structure, choice: ChoiceName, name: str) -> int:
    """How much a policy moves: pairs of activities that change places; of other choices the keys that change."""
    if choice != "order":
        return len(settled(structure, choice, name))
    rank = {activity: place for place, activity in enumerate(ORDERS[name])}
    orders = [[rank.get(duty.activity, -1) for duty in role.activities] for role in _counted(structure).values()]
    return sum(before > after for ranks in orders for before, after in combinations(ranks, 2))


Make = Callable[[str, Mapping[str, Role]], "Made"]


def _settings(make: Make, name: str, roles: Mapping[str, Role]) -> dict[str, Any]:
    return {f"roles.{role}.{key}": value for role, key, value in make(name, roles)}


Made = list[tuple[str, str, Any]]
"""Role, key and value."""


def _order(name: str, roles: Mapping[str, Role]) -> Made:
    rank = {activity: place for place, activity in enumerate(ORDERS[name])}
    made: Made = []
    for role, each in roles.items():
        duties = sorted(each.activities, key=lambda duty: rank.get(duty.activity, -1))
        if duties != list(each.activities):
            made.append((role, "activities", [written(duty) for duty in duties]))
    return made


def _due(name: str, roles: Mapping[str, Role]) -> Made:
    made: Made = []
    for role, each in roles.items():
        has = {duty.activity for duty in each.activities}
        dated = [activity for activity, time in each.due.items() if activity in has and time < math.inf]
        if name == "none":
            made += [(role, f"due.{activity}", "never") for activity in dated]
        elif not dated:
            made += [(role, f"due.{activity}", time) for activity, time in DUE.items() if activity in has]
    return made


def _newest(name: str, roles: Mapping[str, Role]) -> Made:
    wanted = NEWEST if name == "newest" else ()
    made: Made = []
    for role, each in roles.items():
        if {"qualify", "sell"} & {duty.activity for duty in each.activities} and tuple(each.newest_first) != wanted:
            made.append((role, "newest_first", list(wanted)))
    return made


def _ownership(name: str, roles: Mapping[str, Role]) -> Made:
    return [(role, "ownership", name) for role, each in roles.items() if each.ownership != name]


def _cover(name: str, roles: Mapping[str, Role]) -> Made:
    return [(role, "cover", COVERED) for role, each in roles.items() if each.ownership == "personal" and not each.cover]


def _new_work(name: str, roles: Mapping[str, Role]) -> Made:
    return [(role, "new_work", name) for role, each in roles.items() if each.new_work != name]


def _protected(name: str, roles: Mapping[str, Role]) -> Made:
    made: Made = []
    for role, each in roles.items():
        has = [duty.activity for duty in each.activities]
        if name == "none":
            made += [(role, f"protected.{activity}", "0 h") for activity, hours in each.protected.items() if hours]
        elif "prospect" in has and len(has) > 1 and not each.protected:
            made.append((role, "protected.prospect", MORNINGS))
    return made


def _most_open(name: str, roles: Mapping[str, Role]) -> Made:
    most = None if name == "none" else int(name)
    sellers = {
        role: each for role, each in roles.items() if {"qualify", "sell"} & {duty.activity for duty in each.activities}
    }
    return [(role, "most_open", most) for role, each in sellers.items() if each.most_open != most]


def _overflow(name: str, roles: Mapping[str, Role]) -> Made:
    made: Made = []
    answered = any(_first_hand(each, "qualify") for each in roles.values())
    for role, each in roles.items():
        kept = [duty for duty in each.activities if duty.overflow is None]
        if name == "none":
            if len(kept) < len(each.activities) and kept:
                made.append((role, "activities", [written(duty) for duty in kept]))
        elif answered and _first_hand(each, "sell") and all(duty.activity != "qualify" for duty in each.activities):
            own = [written(duty) for duty in each.activities]
            sells = next(n for n, duty in enumerate(each.activities) if duty.activity == "sell")
            help_ = {
                "activity": "qualify",
                "overflow": {"queue": HELP},
            }  # own deals first, or a flood of leads stops them
            made.append((role, "activities", [*own[: sells + 1], help_, *own[sells + 1 :]]))
    return made


def _first_hand(role: Role, activity: str) -> bool:
    return any(duty.activity == activity and duty.overflow is None for duty in role.activities)


_CHOICES: Mapping[ChoiceName, Make] = {
    "order": _order,
    "due": _due,
    "newest_first": _newest,
    "ownership": _ownership,
    "cover": _cover,
    "new_work": _new_work,
    "protected": _protected,
    "most_open": _most_open,
    "overflow": _overflow,
}


def written(duty: Duty) -> str | dict[str, Any]:
    """A duty as a scenario has it."""
    said = duty.model_dump(exclude_defaults=True)
    if duty.overflow is not None:
        said["overflow"] = {"queue": duty.overflow.queue, "wait": f"{duty.overflow.wait:g} h"}
    for name in ("stages", "channels", "products"):
        if name in said:
            said[name] = list(said[name])
    return duty.activity if set(said) == {"activity"} else said
