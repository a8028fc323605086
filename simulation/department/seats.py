"""Seats and who sits in them: a position outlives its people.

A seat is a position of the department; a place is a seat in one role (a seat that moves to another role has several);
an employee is one person's time in the firm; a spell is an employee's time in one role; a search ends with a newcomer.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf, nan
from typing import TYPE_CHECKING

from simulation.scenario.people import ACTIVITIES

if TYPE_CHECKING:
    from simulation.department.crew import Crew
    from simulation.department.person import Person
    from simulation.expected.tenure_law import TenureLaw


def _nothing() -> list[float]:
    return [0.0] * len(ACTIVITIES)


@dataclass(eq=False, slots=True)
class Place:
    """A seat in a role, and what was done at it: hours, pieces of work and waiting times by activity."""

    number: int
    seat: Seat
    role: int  # index in the structure
    busy: list[float] = field(default_factory=_nothing)
    repetitions: list[float] = field(default_factory=_nothing)
    waited: list[float] = field(default_factory=_nothing)
    stretches: int = 0  # stretches of attempts made


@dataclass(eq=False, slots=True)
class Spell:
    """An employee in one role; see StaffColumns."""

    employee: Employee
    place: Place
    begin: float
    end: float = nan
    reason: int = 0
    notice: float = nan
    proficient: float = nan
    short: float = 0.0


@dataclass(eq=False, slots=True)
class Search:
    """The search for somebody; see VacancyColumns."""

    seat: Seat
    role: int
    opened: float
    searched: float
    filled: float = nan
    over: bool = False


@dataclass(eq=False, slots=True)
class Seat:
    """A position. `luck` is its number in the World; `spare` says that it is kept above the headcount (a buffer)."""

    number: int
    luck: int
    name: str  # of the people in it, for the event log
    role: str
    pod: int
    opened: float
    spare: bool = False
    closed: float = nan
    hires: int = 0  # people hired so far
    place: Place | None = None
    employee: Employee | None = None
    search: Search | None = None
    estates: list[Person] = field(default_factory=list)  # leavers whose work waits for whoever comes
    history: list[tuple[float, str]] = field(default_factory=list)  # (since, role)

    @property
    def open(self) -> bool:
        """Whether the position exists."""
        return self.closed != self.closed


@dataclass(eq=False, slots=True)
class Employee:
    """One person's time in the firm, from hiring to leaving."""

    seat: Seat
    hire: int
    hired: float  # hours; below zero for who was there on the first day
    threshold: float  # of leaving: a unit-exponential number
    trained: float = -inf  # end of the training
    on_probation: bool = False
    law: TenureLaw | None = None  # hazard of leaving by tenure in the present role
    worker: Person | None = None  # None: a support role, whose work is not simulated
    spell: Spell | None = None
    gone: bool = False
    notice: float = nan
    spent: float = 0.0  # hazard so far
    watched: float = 0.0  # until when it is accumulated
    factor: float = 1.0  # of the hazard since then
    factors: tuple[float, ...] = ()  # of which it is the product, in the order of record.EXPECTED without the first
    pressure: tuple[float, float] = (1.0, 1.0)  # of them: overload and missed earnings
    version: int = 0  # of the alarm that waits for the notice
    absences: list[tuple[float, float]] = field(default_factory=list)
    worked: float = 0.0  # hours on other work than prospecting at the place until the load was last looked at
    earned: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=3))  # earned, on target

    @property
    def crew(self) -> Crew | None:
        """The colleagues."""
        return None if self.worker is None else self.worker.crew

    @property
    def on_notice(self) -> bool:
        """Whether notice was given."""
        return self.notice == self.notice
