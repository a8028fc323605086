"""Prospecting: attempts at an outbound channel until the next find.

The next find of a channel needs so many attempts (from the World); whoever starts takes the next ordinal, keeps what is
left of it when interrupted, so that the n-th find is the same lead whoever makes it. Attempts that find nothing are no
events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil, inf
from typing import Protocol

from simpy import Environment
from simpy.events import ProcessGenerator

from simulation.department.plan.market import Calling
from simulation.department.work import Crew, Worker
from simulation.world import World


class Caller(Worker, Protocol):
    """A person at work, as far as prospecting goes."""

    quests: dict[str, Quest]  # by channel

    def attempts_at(self, quest: Quest) -> bool:
        """Whether these attempts are in hand."""


class Quest:
    """The attempts towards one find that one person makes."""

    __slots__ = ("attempt", "channel", "granted", "ordinal", "pace", "prospecting", "redrawn", "remaining")

    prospecting: Prospecting  # whose find it will be

    def __init__(self, channel: OutboundChannel, ordinal: int, remaining: int) -> None:
        self.channel = channel
        self.ordinal = ordinal
        self.remaining = remaining  # attempts until the find
        self.granted = 0  # attempts of the present stretch of work
        self.attempt = channel.spec.attempt  # effective hours of one attempt
        self.pace = 1.0
        self.redrawn = 0  # how often the chance of a find changed since it was begun

    def take_only(self, attempts: int) -> None:
        """Take fewer attempts than were granted, before any is made."""
        self.channel.left += self.granted - attempts
        self.granted = attempts

    def give_back(self, attempts: int) -> None:
        """Attempts that will not be made after all in this stretch."""
        self.granted -= attempts
        self.channel.put_back(attempts)

    def case(self) -> str:
        """The case in the event log: the find that these attempts lead to."""
        return f"{self.channel.name}/found/{self.ordinal}"


class OutboundChannel:
    """State of an outbound channel: the next find, contacts left on the list, attempts made."""

    def __init__(self, name: str, spec: Calling, world: World) -> None:
        self.name = name
        self.spec = spec
        self.left: float = inf if spec.contacts is None else float(spec.contacts.size)
        self.attempts = 0
        self.crews: list[Crew] = []  # who prospects here
        self._world = world
        self._next = 0
        self._released: list[Quest] = []  # begun by people who have left

    def quest(self) -> Quest:
        """The attempts towards the next find that nobody works on."""
        if self._released:
            return self._released.pop(0)
        ordinal = self._next
        self._next += 1
        needed = self._world.attempts_to_find(self.name, ordinal, self.spec.find_probability)
        return Quest(self, ordinal, needed)

    def release(self, quest: Quest) -> None:
        """Somebody else goes on with what is left of a leaver's attempts."""
        self._released.append(quest)

    def adopt(self, spec: Calling, people: Iterable[Caller]) -> None:
        """From now on the channel is as `spec` says.

        Attempts have no memory: when the chance of a find changes, what is left to a find is drawn anew, each time from
        a number of its own. The attempt in hand is finished as it was begun.
        """
        changed = spec.find_probability != self.spec.find_probability
        self.spec = spec
        for person in people:
            quest = person.quests.get(self.name)
            if quest is None:
                continue
            if not person.attempts_at(quest):
                quest.attempt = spec.attempt
                if changed:
                    self._redraw(quest, 0)
                continue
            if changed:
                person.quest_interrupted()
                if quest.granted < quest.remaining:
                    self._redraw(quest, quest.granted)
            person.repace(person.office.env.now)
        for quest in self._released:
            quest.attempt = spec.attempt
            if changed:
                self._redraw(quest, 0)

    def _redraw(self, quest: Quest, before: int) -> None:
        quest.redrawn += 1
        needed = self._world.attempts_to_find(self.name, quest.ordinal, self.spec.find_probability, quest.redrawn)
        quest.remaining = before + needed

    def put_back(self, contacts: int) -> None:
        """Contacts that were kept for somebody can be called by others; when the list was dry, they are told."""
        dry = self.left < 1.0
        self.left += contacts
        if dry and contacts:
            self.tell()

    def tell(self) -> None:
        """Let those who are idle look again."""
        for crew in self.crews:
            for person in list(crew.idle):
                person.look_for_work()

    def refresh(self, env: Environment, edges: list[float]) -> ProcessGenerator:
        """Add the new contacts of each month, then let people look again."""
        for edge in edges:
            yield env.timeout(edge - env.now)
            contacts = self.spec.contacts
            assert contacts is not None
            self.left = contacts.refilled(self.left)
            self.tell()


class Prospecting:
    """The outbound channels that a crew works, and what happens with a find."""

    def __init__(self, channels: list[OutboundChannel], found: Callable[[OutboundChannel, int, Worker], None]) -> None:
        self._channels = channels
        self._found = found

    def begin(self, person: Caller, in_window: float) -> Quest | None:
        """Grant a stretch of attempts: to the find, the list's end, or the end of a protected window.

        `in_window` is effective hours until the protected window ends; the attempt that the end falls into is
        finished. None when no attempt can be made.
        """
        for channel in self._channels:
            quest = person.quests.get(channel.name)
            wanted = inf if quest is None else quest.remaining
            attempt = channel.spec.attempt
            if attempt > 0 and in_window < inf:
                wanted = min(wanted, max(1, ceil(in_window / attempt - 1e-9)))
            if min(wanted, channel.left) < 1:
                continue
            if quest is None:
                quest = person.quests[channel.name] = channel.quest()
            quest.granted = int(min(wanted, quest.remaining, channel.left))
            channel.left -= quest.granted
            quest.prospecting = self
            return quest
        return None

    def made(self, person: Caller, quest: Quest, now: float) -> bool:
        """The granted attempts are made; True when the last one found a lead."""
        quest.remaining -= quest.granted
        quest.channel.attempts += quest.granted
        if quest.remaining > 0:
            return False
        del person.quests[quest.channel.name]
        self._found(quest.channel, quest.ordinal, person)
        return True
