"""Seats and who sits in them: a position outlives its people.

A seat is a position of the department; a place is a seat in one role (a seat that moves to another role has several);
an employee is one person's time in the firm; a spell is an employee's time in one role; a search ends with a newcomer.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf, nan
from typing import NamedTuple

from simulation.department.office import Life, Office
from simulation.mechanisms.tenure_law import TenureLaw
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.shifts import Terms


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
    office: Office  # the working time of which absences are missed
    terms: Terms  # hours and pay of the position
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
    life: Life | None = None  # None: nobody will ever be found

    def end(self) -> None:
        """Stop looking."""
        if self.life is not None:
            self.life.end()


class Earned(NamedTuple):
    """Somebody's pay of four weeks, and what it would be on target."""

    got: float
    due: float


class InRole(NamedTuple):
    """Since when a seat is one of a role."""

    since: float
    role: str


@dataclass(eq=False, slots=True)
class Seat:
    """A position. `luck` is its number in the World; `spare` says that it is kept above the headcount (a buffer)."""

    number: int
    luck: int
    terms: Terms  # hours and pay of its own
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
    history: list[InRole] = field(default_factory=list)

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
    spell: Spell | None = None
    gone: bool = False
    notice: float = nan
    spent: float = 0.0  # hazard so far
    watched: float = 0.0  # until when it is accumulated
    factor: float = 1.0  # of the hazard since then
    factors: tuple[float, ...] = ()  # of which it is the product, in the order of record.EXPECTED without the first
    pressure: tuple[float, float] = (1.0, 1.0)  # of them: overload and missed earnings
    watch: Life | None = None  # waits for the notice
    ramp: Life | None = None  # of the skills
    away: list[tuple[float, float]] = field(default_factory=list)  # on vacation or ill
    absences: list[tuple[float, float]] = field(default_factory=list)  # these, and off while the spell's office works
    worked: float = 0.0  # hours on other work than prospecting at the place until the load was last looked at
    earned: deque[Earned] = field(default_factory=lambda: deque(maxlen=3))
    _lives: list[Life] = field(default_factory=list)

    def lives(self, life: Life) -> None:
        """Something goes on as long as the person is in the firm."""
        self._lives = [each for each in self._lives if each.is_alive]
        self._lives.append(life)

    def goes(self) -> None:
        """The person leaves, and whatever went on with it ends."""
        self.gone = True
        for life in self._lives:
            life.end()

    @property
    def role(self) -> int:
        """Index of the present role in the structure."""
        assert self.seat.place is not None
        return self.seat.place.role

    @property
    def on_notice(self) -> bool:
        """Whether notice was given."""
        return self.notice == self.notice
