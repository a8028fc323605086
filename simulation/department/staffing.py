"""Staffing: positions, who sits in them, and how they are filled again.

Start reading at `Staffing.first_day`; then `leave` (a position becomes empty), `search` (it is filled again), `begin`
(training, begin of work), `resize` and `move` (positions come, go and change roles).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, inf

from simpy.events import ProcessGenerator

from simulation.department.arrangement import Arrangement
from simulation.department.attrition import Reviews
from simulation.department.departures import Departures
from simulation.department.employees import Employee, InRole, Place, Search, Seat, Spell
from simulation.department.hours import Hours, Times, merged, overlap
from simulation.department.leading import Leading
from simulation.department.office import Office
from simulation.department.person import Person
from simulation.department.plan.people import SUPPORT_LUCK
from simulation.department.plan.plan import InForce, Plan
from simulation.department.record import LEAVING
from simulation.department.rules import Rules
from simulation.department.skills import Ramp, Skill, at_tenure, skills_of
from simulation.department.work import Terms
from simulation.department.workforce import Workforce
from simulation.scenario.people import ACTIVITIES
from simulation.world import World
from simulation.world.streams import Floats
from simulation.written.readers import MONTH

QUIT, PROBATION, LAID_OFF, CLOSED, MOVED = range(1, len(LEAVING))


class Staffing:
    """Fills the positions of a department, empties, opens, closes and moves them."""

    def __init__(
        self,
        plan: Plan,
        rules: Rules,
        hours: Hours,
        world: World,
        terms: Terms,
        workforce: Workforce,
        arrangement: Arrangement,
        leading: Leading,
        departures: Departures,
        reviews: Reviews,
        person: Callable[..., Person],
    ) -> None:
        """`person` makes somebody at work, as `person.Person` does."""
        self._person = person
        self._plan = plan
        self._rules = rules
        self._hours = hours
        self._office = hours.office
        self._env = hours.office.env
        self._world = world
        self._terms = terms
        self._workforce = workforce
        self._arrangement = arrangement
        self._leading = leading
        self._departures = departures
        self._reviews = reviews
        self._working = self._support = 0
        reviews.give_notice = self.give_notice

    @property
    def _tables(self) -> InForce:
        """What the plan has for the scenario in force."""
        return self._plan.under(self._rules.scenario)

    # --- the first day ----------------------------------------------------------------------------------------

    def first_day(self) -> None:
        """Everybody who is there sits down; positions that nobody comes from are empty."""
        roles = list(self._rules.structure.roles)
        seats = self._plan.seats
        for role, spare in zip(seats.role.tolist(), seats.spare.tolist(), strict=True):
            self._add_seat(roles[role]).spare = spare
        for seat, hired, talent, made in zip(
            self._workforce.seats, seats.hired.tolist(), seats.talent, seats.repetitions.tolist(), strict=True
        ):
            if hired == hired:
                self.begin(seat, hired, dict(zip(ACTIVITIES, made, strict=True)), talent)
        for seat in self._workforce.seats:
            if seat.employee is None:
                self.search(seat, self._env.now)

    # --- seats ------------------------------------------------------------------------------------------------

    def _add_seat(self, role: str) -> Seat:
        """A new position."""
        number = len(self._workforce.seats)
        if self._rules.role(role).support:
            luck = SUPPORT_LUCK + self._support
            self._support += 1
        else:
            luck = self._working
            self._working += 1
        ordinal = sum(1 for seat in self._workforce.seats if seat.history[0].role == role)
        terms = self._hours.terms(role, ordinal)
        name = terms.name or f"{role}-{ordinal + 1}"
        seat = Seat(number, luck, terms, name, role, ordinal % self._rules.structure.pods, self._env.now)
        self._workforce.seats.append(seat)
        self._place(seat, role)
        return seat

    def _place(self, seat: Seat, role: str) -> None:
        """Let a seat be one of a role."""
        index = self._rules.number(role)
        place = next((place for place in self._workforce.places if place.seat is seat and place.role == index), None)
        if place is None:
            place = Place(len(self._workforce.places), seat, index)
            self._workforce.places.append(place)
        seat.role = role
        seat.place = place
        seat.history.append(InRole(self._env.now, role))

    def _kept(self, role: str, headcount: int) -> int:
        """People that the firm wants to have in a role: the positions, and those kept above them."""
        return headcount + int(self._tables.filling.spare[self._rules.number(role)]) if headcount else 0

    def resize(self, role: str, headcount: int) -> None:
        """Open positions, which are empty at first, or close some: empty ones, then those of the latest hired."""
        wanted = self._kept(role, headcount)
        seats = self._workforce.positions(role)
        for _ in range(wanted - len(seats)):
            seat = self._add_seat(role)
            self.search(seat, self._env.now)
        surplus = len(seats) - wanted
        if surplus > 0:
            seats.sort(key=lambda seat: -inf if seat.employee is None else -seat.employee.hired)
            for seat in seats[:surplus]:
                self._close(seat)
        for number, seat in enumerate(self._workforce.positions(role)):
            seat.spare = number >= headcount

    def _close(self, seat: Seat) -> None:
        now = self._env.now
        seat.closed = now
        if seat.search is not None:
            seat.search.end()
            seat.search = None
        if seat.employee is not None:
            self.leave(seat.employee, CLOSED if self._rules.role(seat.role).stays else LAID_OFF)
        self._departures.closed(seat)

    def move(self, source: str, to: str, people: int) -> None:
        """Seats change roles with the people in them, the longest in the firm first; empty ones last."""
        seats = self._workforce.positions(source)
        seats.sort(key=lambda seat: inf if seat.employee is None else seat.employee.hired)
        for seat in seats[:people]:
            employee = seat.employee
            if seat.search is not None:
                seat.search.role = self._rules.number(to)
            if employee is not None:
                self._end(employee, MOVED)
            seat.pod = len(self._workforce.positions(to)) % self._rules.structure.pods
            self._place(seat, to)
            seat.terms = self._hours.moved(seat.terms, to)
            if employee is not None:
                self._change_role(employee, to)

    def _change_role(self, employee: Employee, to: str) -> None:
        now = self._env.now
        before = employee.spell
        assert before is not None
        office, off, _ = self._hours.of(employee.seat)
        kept = before.terms.calendar is employee.seat.terms.calendar is None
        self.begin_spell(employee, before.office if kept else self._office if off else office)
        self.settle_law(employee)
        worker = self._workforce.worker(employee)
        if worker is None:
            return
        assert employee.seat.place is not None
        talents = self._world.crowd.talent_of(employee.seat.luck, employee.hire)
        skills = self._skills(to, talents, {}, worker.skills)
        at_tenure(skills, (now - employee.hired) / MONTH)
        crew = self._workforce.crew(to, employee.seat.pod)
        if not kept:
            worker.keep_hours(office, now)
            employee.absences = merged(overlap(employee.absences, -inf, now), overlap(employee.away, now, inf))
            if off:
                employee.absences = _missed(employee.absences, off, now)
        self._departures.change_role(worker, employee.seat.place, crew, skills)
        employee.worked = worker.demanded(now)
        self._reviews.moved(employee)
        self._ramp(worker)
        if worker.free and worker.away_from > now:
            worker.look_for_work()

    # --- people -----------------------------------------------------------------------------------------------

    def begin_spell(self, employee: Employee, office: Office) -> None:
        """Somebody begins in a role, and works these hours there."""
        assert employee.seat.place is not None
        spell = Spell(employee, employee.seat.place, self._env.now, office, employee.seat.terms)
        employee.spell = spell
        self._workforce.spells.append(spell)

    def _skills(
        self, role: str, talents: Floats, past: dict[str, float], kept: Sequence[Skill | None] | None = None
    ) -> list[Skill | None]:
        """Skills of somebody in a role under the scenario in force."""
        number = self._rules.number(role)
        return skills_of(self._tables.curves, self._rules.people.availability, number, talents, past, kept)

    def settle_law(self, employee: Employee) -> None:
        """The hazard of leaving in the present role."""
        employee.law = self._tables.staying.laws[employee.role]
        self._reviews.changed(employee)

    def settle_laws(self) -> None:
        """The hazards have changed."""
        for employee in self._workforce.employees:
            self.settle_law(employee)

    # --- hiring --------------------------------------------------------------------------------------------------

    def search(self, seat: Seat, opened: float) -> None:
        """Look for somebody for a position that is (or will be, at `opened`) empty."""
        now = self._env.now
        assert seat.place is not None
        begin = self._tables.filling.recruiting[seat.place.role].search_from(now)
        found = seat.search = Search(seat, seat.place.role, opened, begin)
        self._workforce.searches.append(found)
        time = self._world.crowd.recruiting_time(seat.luck, seat.hires + 1, self._tables.searches[seat.place.role])
        if time < inf:
            found.life = self._env.process(self._searching(found, max(opened, begin + time)))

    def _searching(self, search: Search, ends: float) -> ProcessGenerator:
        """Look until somebody is found; a position that is empty is filled at once by whoever can come now."""
        if ends > self._env.now or search.seat.employee is not None:
            yield self._env.until(ends)
        if search.seat.employee is None:
            self._filled(search)

    def _filled(self, search: Search) -> None:
        """The newcomer's first day."""
        seat = search.seat
        search.filled = self._env.now
        seat.search = None
        seat.hires += 1
        self.begin(seat, self._env.now, {})

    def begin(self, seat: Seat, hired: float, past: dict[str, float], talent: Floats | None = None) -> None:
        """Somebody sits down in a seat: trained where `hired` is before now or the first day, else a newcomer."""
        world, now = self._world, self._env.now
        role = self._rules.role(seat.role)
        newcomer = seat.hires > 0
        threshold = world.crowd.threshold(seat.luck, seat.hires)
        employee = Employee(seat, seat.hires, hired, threshold, watched=now)
        seat.employee = employee
        self._workforce.employees.append(employee)
        office, off, per_day = self._hours.of(seat)
        if newcomer:
            spec = self._tables.filling.onboarding[employee.role]
            training = spec.office_hours(per_day)
            clock = self._office.clock if off else office.clock
            employee.trained = clock.finish(now, training) if training > 0 else now
            employee.on_probation = True
            end = now + spec.probation.hours
            employee.lives(self._env.process(self.probation(employee, end)))
        self.begin_spell(employee, self._office if off else office)
        self.settle_law(employee)
        if role.support:
            self._reviews.joins(employee, None)
            return
        crew = self._workforce.crew(seat.role, seat.pod)
        assert seat.place is not None
        if talent is None:
            talent = world.crowd.talent_of(seat.luck, seat.hires)
        skills = self._skills(seat.role, talent, past)
        worker = self._person(employee, seat.place, crew, self._terms, skills, office)
        self._workforce.begins(worker)
        employee.worked = worker.demanded(now)
        if any(isinstance(skill, Ramp) for skill in skills):
            self._ramp(worker)
        self._leading.slow_down(worker)
        self._arrangement.settle_in(worker)
        away = world.crowd.absences(seat.luck, world.end, seat.hires, now if newcomer else 0.0)
        employee.away = employee.absences = away
        if off:
            employee.absences = _missed(away, off, now)
        if employee.trained > now:
            away = merged([(now, employee.trained)], away)
        worker.lives_through(away)
        self._reviews.joins(employee, worker)
        if newcomer:
            employee.lives(self._env.process(self._training(worker, max(now, employee.trained))))

    def _training(self, worker: Person, end: float) -> ProcessGenerator:
        """Then a newcomer begins to work: takes what leavers left behind, and what waited for anybody to come."""
        yield self._env.until(end)
        self._departures.inherit(worker)
        if worker.free:
            worker.look_for_work()

    def _ramp(self, worker: Person) -> None:
        """Explicit ramps go by months of tenure: from now on each step is taken on its day."""
        employee = worker.employee
        if employee.ramp is not None:
            employee.ramp.end()
        employee.ramp = self._env.process(self._ramping(worker))
        employee.lives(employee.ramp)

    def _ramping(self, worker: Person) -> ProcessGenerator:
        employee, env, skills = worker.employee, self._env, worker.skills
        steps = max((skill.steps for skill in skills if isinstance(skill, Ramp)), default=0)
        following = 0
        while following < steps:
            months = (env.now - employee.hired) / MONTH
            more = worker.at_tenure(months)
            worker.repace(env.now)
            if more:
                self._arrangement.can_do_more(worker)
            following = floor(months + 1e-9) + 1
            if following < steps:
                yield env.until(max(env.now, employee.hired + following * MONTH))

    # --- going ------------------------------------------------------------------------------------------------

    def probation(self, employee: Employee, end: float) -> ProcessGenerator:
        """On trial until the end; those who cannot do the job leave then."""
        yield self._env.until(end)
        employee.on_probation = False
        self._reviews.changed(employee)
        if employee.on_notice:
            return
        filling = self._tables.filling
        probation, done = filling.onboarding[employee.role].probation, filling.done[employee.role]
        self._reviews.on_trial(employee, probation.failure)
        if self._world.crowd.fails_probation(employee.seat.luck, employee.hire, probation, done):
            self.leave(employee, PROBATION)

    def give_notice(self, employee: Employee) -> None:
        """Somebody quits: works until the end of the notice, while the search begins."""
        now = self._env.now
        self._reviews.goes(employee)
        employee.notice = now
        self._reviews.changed(employee)
        assert employee.spell is not None
        employee.spell.notice = now
        leaves = now + self._tables.staying.turnover.notice
        if leaves > now:
            # the leaving is set first, so that a newcomer of the same moment finds the seat empty
            employee.lives(self._env.process(self._notice(employee, leaves)))
            self.search(employee.seat, leaves)
        else:
            self.leave(employee, QUIT)

    def _notice(self, employee: Employee, leaves: float) -> ProcessGenerator:
        yield self._env.until(leaves)
        self.leave(employee, QUIT)

    def leave(self, employee: Employee, reason: int) -> None:
        """Somebody leaves (or, an owner, stops working here); the position is empty from now on."""
        now, seat = self._env.now, employee.seat
        if not employee.on_notice and reason != CLOSED:
            self._reviews.goes(employee)
        employee.goes()
        self._end(employee, reason)
        self._workforce.employees.remove(employee)
        self._reviews.gone(employee)
        seat.employee = None
        worker = self._workforce.worker(employee)
        if worker is not None:
            self._departures.leave(worker, stays=reason == CLOSED)
        if seat.open:
            if seat.search is None:
                self.search(seat, now)
            elif seat.search.filled != seat.search.filled and seat.search.opened > now:
                seat.search.opened = now

    def _end(self, employee: Employee, reason: int) -> None:
        assert employee.spell is not None
        self._reviews.ends(employee)
        employee.spell.end = self._env.now
        employee.spell.reason = reason


def _missed(away: Times, off: Times, now: float) -> Times:
    """Absences, and what somebody who gives a part of the week misses of the office's time from now on."""
    return merged(away, [(max(now, begin), back) for begin, back in off if back > now])
