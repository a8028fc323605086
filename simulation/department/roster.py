"""The roster: positions, who sits in them, and how they are filled again.

Start reading at `first_day`; then `leave` (a position becomes empty; `hiring` fills it again), `resize` and `move`
(positions come, go and change roles).
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from simulation.department.hiring import Hiring, at_tenure, ramp
from simulation.department.office import Alarm
from simulation.department.practice import repetitions_at_start, skills_of, standards_of, working_seats
from simulation.department.record import LEAVING
from simulation.department.seats import Employee, Place, Search, Seat, Spell
from simulation.expected.tenure_law import tenure_law
from simulation.scenario.staffing import kept_above
from simulation.scenario.structures import onboarding_of, recruiting_of, turnover_per_year
from simulation.scenario.timeline import peopled
from simulation.written.readers import MONTH

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.scenario.structures import Role

QUIT, PROBATION, LAID_OFF, CLOSED, MOVED = range(1, len(LEAVING))
SUPPORT_LUCK = 1000  # numbers in the World of the seats of support roles: the same people in every structure


class Roster:
    """Seats, places, spells and searches of a department, in the order in which they came about."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.seats: list[Seat] = []
        self.places: list[Place] = []
        self.spells: list[Spell] = []
        self.searches: list[Search] = []
        self.employees: list[Employee] = []  # who is in the firm now
        self._env = department.env
        self._world = department.world
        self._working = self._support = 0
        self.hiring = Hiring(self)
        self._standards: dict[str, dict[str, tuple[float, float]]] = {}

    def role(self, name: str) -> Role:
        """A role as it is now."""
        return self.department.structure.roles[name]

    # --- the first day ----------------------------------------------------------------------------------------

    def first_day(self) -> None:
        """Everybody who is there sits down; positions that nobody comes from are empty."""
        department = self.department
        scenario = department.scenario
        begin = scenario.experiment.begin
        working = working_seats(department.structure)
        known = len(working)
        if begin == "today":
            today = scenario.experiment.today or next(iter(scenario.structures))
            known = min(known, len(working_seats(scenario.structures[today])))
        for name, _ in working:
            self._add_seat(name)
        for name, role in department.structure.roles.items():
            for _ in range(role.headcount if role.support else 0):
                self._add_seat(name)
        for name, role in department.structure.roles.items():
            for _ in range(self._kept(name, role.headcount) - role.headcount):
                self._add_seat(name).spare = True
        talents = self._world.crowd.talent(self._working)
        for number, seat in enumerate(self.seats):
            if number >= known and (number < len(working) or (seat.spare and begin == "today")):
                continue
            hired = self._at_start(seat)
            if self.role(seat.role).support:
                self.hiring.begin(seat, hired, {})
            else:
                past = repetitions_at_start(scenario, department.name, seat.role, seat.luck, -hired / MONTH)
                self.hiring.begin(seat, hired, past, talents[seat.luck])
        for seat in self.seats:
            if seat.employee is None:
                self.hiring.search(seat, self._env.now)

    def _at_start(self, seat: Seat) -> float:
        """When somebody who is there on the first day was hired."""
        people = self.department.scenario.people
        if self.department.scenario.experiment.begin == "new":
            return 0.0
        if people.tenure.is_constant:
            return -people.tenure.mean
        return -float(self._world.crowd.tenure(seat.luck + 1)[seat.luck])

    # --- seats ------------------------------------------------------------------------------------------------

    def _add_seat(self, role: str) -> Seat:
        """A new position."""
        number = len(self.seats)
        if self.role(role).support:
            luck = SUPPORT_LUCK + self._support
            self._support += 1
        else:
            luck = self._working
            self._working += 1
        ordinal = sum(1 for seat in self.seats if seat.history[0][1] == role)
        seat = Seat(
            number, luck, f"{role}-{ordinal + 1}", role, ordinal % self.department.structure.pods, self._env.now
        )
        self.seats.append(seat)
        self._place(seat, role)
        return seat

    def _place(self, seat: Seat, role: str) -> None:
        """Let a seat be one of a role."""
        index = list(self.department.structure.roles).index(role)
        place = next((place for place in self.places if place.seat is seat and place.role == index), None)
        if place is None:
            place = Place(len(self.places), seat, index)
            self.places.append(place)
        seat.role = role
        seat.place = place
        seat.history.append((self._env.now, role))

    def positions(self, role: str) -> list[Seat]:
        """The open positions of a role, those kept above the headcount too."""
        return [seat for seat in self.seats if seat.open and seat.role == role]

    def _kept(self, role: str, headcount: int) -> int:
        """People that the firm wants to have in a role: the positions, and those kept above them."""
        spare = kept_above(recruiting_of(self.department.scenario.people, self.role(role)))
        return headcount + spare if headcount else 0

    def resize(self, role: str, headcount: int) -> None:
        """Open positions, which are empty at first, or close some: empty ones, then those of the latest hired."""
        wanted = self._kept(role, headcount)
        seats = self.positions(role)
        for _ in range(wanted - len(seats)):
            seat = self._add_seat(role)
            self.hiring.search(seat, self._env.now)
        surplus = len(seats) - wanted
        if surplus > 0:
            seats.sort(key=lambda seat: -inf if seat.employee is None else -seat.employee.hired)
            for seat in seats[:surplus]:
                self._close(seat)
        for number, seat in enumerate(self.positions(role)):
            seat.spare = number >= headcount

    def _close(self, seat: Seat) -> None:
        now = self._env.now
        seat.closed = now
        if seat.search is not None:
            seat.search.over = True
            seat.search = None
        if seat.employee is not None:
            self.leave(seat.employee, CLOSED if self.role(seat.role).stays else LAID_OFF)
        waiting, seat.estates = seat.estates, []
        self.department.departures.reassign(waiting)

    def move(self, source: str, to: str, people: int) -> None:
        """Seats change roles with the people in them, the longest in the firm first; empty ones last."""
        seats = self.positions(source)
        seats.sort(key=lambda seat: inf if seat.employee is None else seat.employee.hired)
        for seat in seats[:people]:
            employee = seat.employee
            if seat.search is not None:
                seat.search.role = list(self.department.structure.roles).index(to)
            if employee is not None:
                self._end(employee, MOVED)
            seat.pod = len(self.positions(to)) % self.department.structure.pods
            self._place(seat, to)
            if employee is not None:
                self._change_role(employee, to)

    def _change_role(self, employee: Employee, to: str) -> None:
        department, now = self.department, self._env.now
        self.begin_spell(employee)
        self.settle_law(employee)
        worker = employee.worker
        if worker is None:
            return
        assert employee.seat.place is not None
        talents = self._world.crowd.talent_of(employee.seat.luck, employee.hire)
        skills = skills_of(department.scenario, self.role(to), talents, {}, worker.skills)
        at_tenure(skills, (now - employee.hired) / MONTH)
        department.departures.change_role(worker, employee.seat.place, department.crew(to, employee.seat.pod), skills)
        employee.worked = worker.demanded(now)
        ramp(employee, department)
        if worker.free and worker.away_from > now:
            worker.look_for_work()

    # --- people -----------------------------------------------------------------------------------------------

    def begin_spell(self, employee: Employee) -> None:
        """Somebody begins in a role."""
        assert employee.seat.place is not None
        spell = Spell(employee, employee.seat.place, self._env.now)
        employee.spell = spell
        self.spells.append(spell)

    def settle_law(self, employee: Employee) -> None:
        """The hazard of leaving in the present role."""
        people = self.department.scenario.people
        role = self.role(employee.seat.role)
        probation = onboarding_of(people, role).probation
        employee.law = tenure_law(turnover_per_year(people, role), people.turnover.early, probation)

    def settle_laws(self) -> None:
        """The hazards have changed."""
        for employee in self.employees:
            self.settle_law(employee)

    def standards(self, role: str) -> dict[str, tuple[float, float]]:
        """Share of a role's working hours and the practised colleague's proficiency, by activity."""
        if role not in self._standards:
            department = self.department
            plan = peopled(department.first_scenario, department.name, role)
            self._standards[role] = standards_of(plan, department.name, role)
        return self._standards[role]

    # --- going ------------------------------------------------------------------------------------------------

    def probation_ends(self, employee: Employee) -> None:
        """Those who cannot do the job leave at once."""
        employee.on_probation = False
        if employee.gone or employee.on_notice:
            return
        people = self.department.scenario.people
        role = self.role(employee.seat.role)
        probation = onboarding_of(people, role).probation
        done = {duty.activity for duty in role.activities} - {"meet", "coach"}
        self.department.reviews.on_trial(employee, probation.failure)
        if self._world.crowd.fails_probation(employee.seat.luck, employee.hire, probation, done):
            self.leave(employee, PROBATION)

    def give_notice(self, employee: Employee) -> None:
        """Somebody quits: works until the end of the notice, while the search begins."""
        now = self._env.now
        self.department.reviews.goes(employee)
        employee.notice = now
        assert employee.spell is not None
        employee.spell.notice = now
        leaves = now + self.department.scenario.people.turnover.notice
        if leaves > now:
            # the leaving is set first, so that a newcomer of the same moment finds the seat empty
            self._env.at(leaves, Alarm(self._env, lambda _: self._quits(employee)))
            self.hiring.search(employee.seat, leaves)
        else:
            self.leave(employee, QUIT)

    def _quits(self, employee: Employee) -> None:
        if not employee.gone:
            self.leave(employee, QUIT)

    def leave(self, employee: Employee, reason: int) -> None:
        """Somebody leaves (or, an owner, stops working here); the position is empty from now on."""
        now, seat = self._env.now, employee.seat
        if not employee.on_notice and reason != CLOSED:
            self.department.reviews.goes(employee)
        employee.gone = True
        self._end(employee, reason)
        self.employees.remove(employee)
        seat.employee = None
        if employee.worker is not None:
            self.department.departures.leave(employee.worker, stays=reason == CLOSED)
        if seat.open:
            if seat.search is None:
                self.hiring.search(seat, now)
            elif seat.search.filled != seat.search.filled and seat.search.opened > now:
                seat.search.opened = now

    def _end(self, employee: Employee, reason: int) -> None:
        assert employee.spell is not None
        employee.spell.end = self._env.now
        employee.spell.reason = reason
