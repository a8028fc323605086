"""The order of preference as queues, level by level, and what holds for everybody who works here."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from simulation.department.crew import Desk
from simulation.department.jobs import Job
from simulation.department.office import Office
from simulation.scenario.structures import Overflow

LogRow = tuple[str, str, str, str, float, float, str]

# A level of the order of preference: its only queue where nothing else is to be asked (or None), its queues (none:
# prospecting), the desk with the overflow rule that guards them (or None), and the number of the duty.
Level = tuple[deque[Job] | None, tuple[deque[Job], ...], tuple[Desk, Overflow] | None, int]


def level_of(queues: tuple[deque[Job], ...], special: tuple[Desk, Overflow] | None, duty: int) -> Level:
    """A level of the order of preference."""
    return (queues[0] if len(queues) == 1 and special is None else None), queues, special, duty


def first_in(queues: tuple[deque[Job], ...], now: float) -> Job | None:
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


@dataclass
class Terms:
    """What holds for everybody who works here. An intervention may change it during the run."""

    office: Office
    activity_of: tuple[int, ...]  # activity of each step
    step_names: tuple[str, ...]
    availability: float  # share of working time that is free for the activities
    switching: float  # working hours lost at a change of activity
    events: list[LogRow] | None  # the event log, when it is kept
    ease: list[float]  # by step: factor on the hours of work (changes being digested, tools)
    attempt_ease: float = 1.0  # the same for an attempt of prospecting
