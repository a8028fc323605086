"""A job: one piece of work that waits at a desk until a person takes it."""

from __future__ import annotations

from collections import deque
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.department.person import Person


class Job:
    """What waits and is worked. Defaults stand in the class, so that a new job sets only what differs.

    `ready` is the time since when it waits (papers of an order: since the order was placed, for the customer waits all
    that time), `laid` since when it waits for a person where that is another time, `deadline` the time at which whoever
    waits for it gives up, `rest` the working hours left of a job that an absence cut short (negative: not begun),
    `covered` whether colleagues do it for an absent owner.
    """

    step: int = 0
    ready: float = 0.0
    deadline: float = inf
    rest: float = -1.0
    covered: bool = False
    paced: bool = True  # whether it goes faster in able hands
    owner: Person | None = None
    laid: float | None = None
    due_at: tuple[float, float, float] | None = None  # since when it was ready, its due time, when it is due

    @property
    def waiting(self) -> bool:
        """Whether there is still somebody who waits for it."""
        return True

    def hours(self, now: float) -> float:
        """Working hours at pace 1; negative when there is nothing left to do."""
        raise NotImplementedError

    def done(self, person: Person, now: float) -> None:
        """What follows when the person has finished it."""
        raise NotImplementedError

    def gave_up(self) -> None:
        """What follows when the deadline passed before anybody took it."""

    def lay(self) -> None:
        """Wait again with whoever does it, after the order of work has changed."""

    def taken(self, person: Person) -> None:
        """Somebody begins it who has a limit of open leads in hand."""

    def put_back(self) -> None:
        """It was interrupted and waits for anybody who does such work."""

    def case(self) -> str:
        """The case it belongs to, for the event log."""
        return ""

    def outcome(self) -> str:
        """How it ended, for the event log."""
        return "done"


def roomy(cls: type[Job], *set_at_birth: str) -> None:
    """Let every instance of a class of jobs hold all its attributes by itself, without a dictionary of its own.

    Python learns from a class's first instances which attributes there are, and what is first set later (when a lead
    is closed, say) costs each instance a dictionary: memory, and half the time again of a busy year. So one instance
    has all of them before the first: those with a default in the classes, and `set_at_birth`.
    """
    example = cls.__new__(cls)
    for name in (
        *set_at_birth,
        *(name for kind in reversed(cls.__mro__) for name in kind.__dict__.get("__annotations__", ())),
    ):
        setattr(example, name, None)


class Meeting(Job):
    """A meeting of one person, or hours for a newcomer."""

    paced = False

    def __init__(self, owner: Person, step: int, hours: float, now: float) -> None:
        self.owner = owner
        self.step = step
        self.ready = now
        self._hours = hours

    def hours(self, now: float) -> float:
        """The meeting takes as long as it takes, whoever sits in it."""
        return self._hours

    def done(self, person: Person, now: float) -> None:
        """Nothing follows."""


def line_up(queue: deque[Job], job: Job, newest: bool = False) -> None:
    """Let a job wait in a queue, which stands in the order of readiness: the oldest first.

    `newest`: it is taken from the end, where what was interrupted stays: it goes on before other work.
    """
    if not newest and (not queue or queue[-1].ready <= job.ready):
        queue.append(job)
        return
    place = len(queue)
    if newest and job.rest < 0.0:
        while place > 0 and queue[place - 1].rest >= 0.0:
            place -= 1
    if not newest or job.rest < 0.0:
        while place > 0 and queue[place - 1].ready > job.ready:
            place -= 1
    if place == len(queue):
        queue.append(job)
    else:
        queue.insert(place, job)


def put_first(queue: deque[Job], job: Job, newest: bool) -> None:
    """Let a job be the next that is taken from a queue: work that was interrupted goes on before other."""
    if newest:
        queue.append(job)
    else:
        queue.appendleft(job)
