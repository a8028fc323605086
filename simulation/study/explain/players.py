"""Players: the reasons that a difference is divided among, and scenarios with some of them at work.

Three kinds. Mechanisms have neutral values, which their keys say themselves. Choices in which structures differ are
made equal, as `scenario.choices` has them; the split of the people is a choice too, and equal is the best of each that
a search in paired years finds. And there is what remains when all of that is out of the way, that a structure has
roles and seats at all: its neutral is one pooled team in which everybody does everything (`TEAM`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.analysis.identity import fingerprints
from simulation.mechanisms import MECHANISMS
from simulation.scenario.choices import common_policy, in_order, settled
from simulation.scenario.neutral import settings as neutral_settings
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import ChoiceName
from simulation.scenario.structures import Role, Structure
from simulation.texts import Phrase, say
from simulation.written.errors import ScenarioError

Settings = Mapping[str, Any]
"""Values by dotted path of the scenario."""
Equal = Callable[[Scenario, Sequence[str]], Settings]
"""What makes structures of a scenario equal."""

SPLIT = "split"
"""Key of the split of the people; what is the best one is found for each explanation (`split_player`)."""


@dataclass(frozen=True)
class Player:
    """What an owner would call one reason.

    Attributes:
        key: its name.
        settings: the neutral settings that it consists of, names of ``scenario.neutral.NEUTRAL``.
        equal: what else makes the structures equal; None where the neutral settings are all.
    """

    key: str
    settings: tuple[str, ...] = ()
    equal: Equal | None = None

    @property
    def title(self) -> Phrase:
        """What it is called."""
        return say(f"mechanism-{self.key}")

    @property
    def meaning(self) -> Phrase:
        """What its part of a difference means, in a line."""
        return say(f"mechanism-{self.key}-means")


# --- choices ----------------------------------------------------------------------------------------------------------

ORDERING: tuple[ChoiceName, ...] = ("overflow", "protected", "order")
"""Choices of what comes first that no neutral setting covers: who helps, before whose duties are put in order."""


def same_order(scenario: Scenario, structures: Sequence[str]) -> Settings:
    """Nobody helps, no hours are kept, and all work is done in the named order nearest to those that are drawn."""
    values: dict[str, Any] = {}
    for choice in ORDERING:
        made = scenario.varied(values) if values else scenario
        drawn = [made.structures[name] for name in structures]
        policy = common_policy(drawn, choice)
        for name, structure in zip(structures, drawn, strict=True):
            values |= _inside(name, settled(structure, choice, policy))
    return values


def split_player(heads: Mapping[str, Mapping[str, int]]) -> Player:
    """The split of the people, where equal is the best one that was found of each structure.

    Args:
        heads: headcount by structure and role.
    """

    def best_split(scenario: Scenario, structures: Sequence[str]) -> Settings:
        values: dict[str, Any] = {}
        for name in structures:
            drawn = scenario.structures[name].roles
            changed = {role: n for role, n in heads.get(name, {}).items() if drawn[role].headcount != n}
            values |= _inside(name, {f"roles.{role}.headcount": count for role, count in changed.items()})
        return values

    return Player(SPLIT, (), best_split)


# --- one pooled team --------------------------------------------------------------------------------------------------


def pooled(scenario: Scenario, structures: Sequence[str]) -> Settings:
    """All who work on leads and customers in one role, where everybody does whatever the structure does."""
    order = common_policy([scenario.structures[name] for name in structures], "order")
    values: dict[str, Any] = {}
    for name in structures:
        working = working_roles(scenario.structures[name])
        if not working:
            continue
        activities = dict.fromkeys(duty.activity for role in working.values() for duty in role.activities)
        first = max(working, key=lambda each: not working[each].outsourced)
        heads = {role: 0 for role in working} | {first: sum(role.headcount for role in working.values())}
        inside: dict[str, Any] = {f"roles.{role}.headcount": count for role, count in heads.items()}
        inside[f"roles.{first}.activities"] = in_order(activities, order)
        inside[f"roles.{first}.processes"] = None
        values |= _inside(name, inside)
    return values


def working_roles(structure: Structure) -> dict[str, Role]:
    """Roles with people who work on leads and customers."""
    return {
        name: role
        for name, role in structure.roles.items()
        if role.headcount and role.activities and not role.support and role.leads is None
    }


def _inside(structure: str, settings: Settings) -> dict[str, Any]:
    return {f"structures.{structure}.{path}": value for path, value in settings.items()}


# --- all of them ------------------------------------------------------------------------------------------------------

TEAM = Player("team", (), pooled)
"""Roles and seats instead of one pooled team. It comes first: the others are about roles and seats that there are."""
CHOSEN = (Player("order-of-work", (), same_order), split_player({}), TEAM)

PLAYERS: tuple[Player, ...] = (
    *(
        Player(key, tuple(each.name for each in MECHANISMS if each.player == key))
        for key in dict.fromkeys(each.player for each in MECHANISMS)
    ),
    *CHOSEN,
)
"""In the order of the model's description; choices and the team last."""


def without(scenario: Scenario, players: Iterable[Player], structures: Sequence[str]) -> Scenario:
    """The scenario with players neutral or made equal; the scenario itself (the same object) without any.

    Raises:
        ScenarioError: the scenario cannot have what makes structures equal (a changed split, with positions by name).
    """
    named = [*players]
    values: dict[str, Any] = {}
    if names := [name for each in named for name in each.settings]:
        values |= neutral_settings(scenario, *names)
    for each in named:
        if each.equal is not None:
            values |= each.equal(scenario, structures)
    return scenario.varied(values) if values else scenario


def at_work(
    scenario: Scenario, structures: Sequence[str], heads: Mapping[str, Mapping[str, int]] | None = None
) -> tuple[Player, ...]:
    """The players that change anything in a run of these structures; the others' part is exactly nothing.

    The team is at work where there is more than one role, when all others are neutral.

    Args:
        scenario: as it is written.
        structures: of it.
        heads: the best split of each structure that was found.

    Raises:
        KeyError: there is no such structure.
    """
    as_written = fingerprints(scenario, structures)

    def works(player: Player) -> bool:
        try:
            return fingerprints(without(scenario, [player], structures), structures) != as_written
        except ScenarioError:
            if player.equal is None:
                raise
            return False

    players = [split_player(heads or {}) if each.key == SPLIT else each for each in PLAYERS]
    found = tuple(each for each in players if each is not TEAM and works(each))
    return (*found, TEAM) if _has_roles(scenario, structures, found) else found


def _has_roles(scenario: Scenario, structures: Sequence[str], others: Sequence[Player]) -> bool:
    if all(len(working_roles(scenario.structures[name])) < 2 for name in structures):
        return False
    try:
        without(scenario, [*others, TEAM], structures)
    except ScenarioError:
        return False
    return True


class Variants:
    """Scenarios in which some players are at work and the others neutral, by bit mask; each is made once."""

    def __init__(self, scenario: Scenario, players: Sequence[Player], structures: Sequence[str]) -> None:
        """Player n is at work where bit n is set."""
        self._scenario, self._players, self._structures = scenario, tuple(players), tuple(structures)
        self._made: dict[int, Scenario] = {}

    def __getitem__(self, mask: int) -> Scenario:
        """The scenario of a mask."""
        if mask not in self._made:
            neutral = [each for n, each in enumerate(self._players) if not mask >> n & 1]
            self._made[mask] = without(self._scenario, neutral, self._structures)
        return self._made[mask]
