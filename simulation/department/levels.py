"""The order of preference as queues, level by level, and what holds for everybody who works here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.department.crew import Desk
from simulation.department.jobs import Job
from simulation.department.office import Office
from simulation.scenario.structures import Overflow

if TYPE_CHECKING:
    from simulation.department.person import Person

LogRow = tuple[str, str, str, str, float, float, str, float]


class Help:
    """Guards a desk of others: work is taken there only while its rule of overflow says so.

    `limited`: new leads wait there, and whoever has as many open ones in hand as the role allows takes none.
    """

    __slots__ = ("desk", "limited", "rule")

    def __init__(self, desk: Desk, rule: Overflow, limited: bool) -> None:
        self.desk: Desk | None = desk
        self.rule = rule
        self.limited = limited

    def allows(self, person: Person) -> bool:
        """Whether the desk needs help now."""
        assert self.desk is not None
        return (not self.limited or person.has_room) and self.desk.needs_help(self.rule)


class Room:
    """Guards new leads: who has as many open ones in hand as the role allows takes no more."""

    __slots__ = ()
    desk: Desk | None = None  # the work belongs to one's own crew

    def allows(self, person: Person) -> bool:
        """Whether the person may take one more."""
        return person.has_room


# A level of the order of preference: its only queue where nothing else is to be asked (or None), its queues (none:
# prospecting), what guards them (or None), the number of the duty, and which work of several queues is next.
Next = Callable[[tuple[deque[Job], ...], float], Job | None]
Level = tuple[deque[Job] | None, tuple[deque[Job], ...], Help | Room | None, int, Next]


# Queues with a due time, what guards them (or None), the number of the duty, and the due time in working hours.
Due = tuple[tuple[deque[Job], ...], Help | Room | None, int, float]


def level_of(queues: tuple[deque[Job], ...], special: Help | Room | None, duty: int, newest: bool = False) -> Level:
    """A level of the order of preference; `newest`: of its work the newest is taken first."""
    plain = len(queues) == 1 and special is None and not newest
    return (queues[0] if plain else None), queues, special, duty, newest_in if newest else oldest_in


def oldest_in(queues: tuple[deque[Job], ...], now: float) -> Job | None:
    """Take what has waited longest among several queues; those whose patience has ended leave."""
    source = None
    for queue in queues:
        while queue:
            job = queue[0]
            if job.deadline < now:
                queue.popleft()
                job.gave_up()
            else:
                if source is None or job.ready < source[0].ready:
                    source = queue
                break
    return None if source is None else source.popleft()


def newest_in(queues: tuple[deque[Job], ...], now: float) -> Job | None:
    """Take what was interrupted, or has waited shortest, among several queues; the impatient ones met leave."""
    source = None
    for queue in queues:
        while queue:
            job = queue[-1]
            if job.deadline < now:
                queue.pop()
                job.gave_up()
            else:
                if source is None or (job.rest >= 0.0, job.ready) > (source[-1].rest >= 0.0, source[-1].ready):
                    source = queue
                break
    return None if source is None else source.pop()


def head_of(queue: deque[Job], now: float) -> Job | None:
    """What has waited longest in a queue; those before it whose patience has ended leave."""
    while queue:
        job = queue[0]
        if job.deadline >= now:
            return job
        queue.popleft()
        job.gave_up()
    return None


@dataclass
class Terms:
    """What holds for everybody who works here. An intervention may change it during the run."""

    office: Office
    activity_of: tuple[int, ...]  # activity of each step
    step_names: tuple[str, ...]
    availability: float  # share of working time that is free for the activities
    switching: float  # working hours lost at a change from one group of activities to another
    group_of: tuple[int, ...]  # group of each activity, within which a change costs nothing
    events: list[LogRow] | None  # the event log, when it is kept
    ease: list[float]  # by step: factor on the hours of work (changes being digested, tools)
    attempt_ease: float = 1.0  # the same for an attempt of prospecting
