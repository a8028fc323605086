"""The workforce: who works here, in which crews and positions, now and so far.

Nothing happens here; staffing, departures, reviews and the record read and write it.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.department.employees import Employee, Place, Search, Seat, Spell
from simulation.department.person import Person
from simulation.department.work import Crew


class Workforce:
    """Seats, places, spells and searches in the order in which they came about; employees and people at work."""

    def __init__(self, crews: Sequence[Crew]) -> None:
        self.crews = crews
        self.seats: list[Seat] = []
        self.places: list[Place] = []
        self.spells: list[Spell] = []
        self.searches: list[Search] = []
        self.employees: list[Employee] = []  # who is in the firm now
        self.people: list[Person] = []  # who works here now
        self.all_workers: list[Person] = []  # and who ever did
        self._crew_of = {(crew.name, crew.pod): crew for crew in crews}
        self._at_work: dict[Employee, Person] = {}

    def crew(self, role: str, pod: int) -> Crew:
        """The people of a role in a pod."""
        return self._crew_of[(role, pod)]

    def positions(self, role: str) -> list[Seat]:
        """The open positions of a role, those kept above the headcount too."""
        return [seat for seat in self.seats if seat.open and seat.role == role]

    def begins(self, person: Person) -> None:
        """Somebody comes to work for the first time."""
        self._at_work[person.employee] = person

    def worker(self, employee: Employee) -> Person | None:
        """An employee at work; None for a support role, whose work is not simulated."""
        return self._at_work.get(employee)
