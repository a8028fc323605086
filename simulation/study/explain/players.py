"""Players: the reasons that a difference is divided among, and scenarios with some of them at work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulation.analysis.identity import fingerprints
from simulation.mechanisms import MECHANISMS
from simulation.scenario.neutral import neutralise
from simulation.scenario.scenario import Scenario
from simulation.texts import Phrase, say


@dataclass(frozen=True)
class Player:
    """What an owner would call one reason.

    Attributes:
        key: its name.
        settings: the neutral settings that it consists of, names of ``scenario.neutral.NEUTRAL``.
    """

    key: str
    settings: tuple[str, ...]

    @property
    def title(self) -> Phrase:
        """What it is called."""
        return say(f"mechanism-{self.key}")

    @property
    def meaning(self) -> Phrase:
        """What its part of a difference means, in a line."""
        return say(f"mechanism-{self.key}-means")


PLAYERS: tuple[Player, ...] = tuple(
    Player(key, tuple(each.name for each in MECHANISMS if each.player == key))
    for key in dict.fromkeys(each.player for each in MECHANISMS)
)
"""In the order of the model's description; the rest last."""


def without(scenario: Scenario, players: Iterable[Player]) -> Scenario:
    """The scenario with players neutral; the scenario itself (the same object) without any."""
    names = [name for each in players for name in each.settings]
    return neutralise(scenario, *names) if names else scenario


def at_work(scenario: Scenario, structures: Sequence[str]) -> tuple[Player, ...]:
    """The players that change anything in a run of these structures; the others' part is exactly nothing.

    Raises:
        KeyError: there is no such structure.
    """
    as_written = fingerprints(scenario, structures)
    return tuple(each for each in PLAYERS if fingerprints(without(scenario, [each]), structures) != as_written)


class Variants:
    """Scenarios in which some players are at work and the others neutral, by bit mask; each is made once."""

    def __init__(self, scenario: Scenario, players: Sequence[Player]) -> None:
        """Player n is at work where bit n is set."""
        self._scenario, self._players = scenario, tuple(players)
        self._idle = [each for each in PLAYERS if each not in self._players]
        self._made: dict[int, Scenario] = {}

    def __getitem__(self, mask: int) -> Scenario:
        """The scenario of a mask."""
        if mask not in self._made:
            neutral = [each for n, each in enumerate(self._players) if not mask >> n & 1]
            self._made[mask] = without(self._scenario, neutral)
        return self._made[mask]
