"""Hiring: the search for somebody, the first day, training, and the begin of work."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, inf
from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.office import Alarm
from simulation.department.person import Person
from simulation.department.practice import skills_of
from simulation.department.presence import career, merged
from simulation.department.seats import Employee, Search, Seat
from simulation.department.skill import Ramp, Skill
from simulation.scenario.structures import onboarding_of, recruiting_of
from simulation.written.readers import MONTH

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.roster import Roster
    from simulation.world.streams import Floats


class Hiring:
    """Fills the seats of a roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.department = roster.department
        self._env = roster.department.env
        self._world = roster.department.world

    def search(self, seat: Seat, opened: float) -> None:
        """Look for somebody for a position that is (or will be, at `opened`) empty."""
        now = self._env.now
        people = self.department.scenario.people
        spec = recruiting_of(people, self.roster.role(seat.role))
        begin = now
        if spec.policy == "batch" and spec.every > 0:
            begin = spec.every * ceil(now / spec.every - 1e-9)
        assert seat.place is not None
        found = seat.search = Search(seat, seat.place.role, opened, begin)
        self.roster.searches.append(found)
        time = self._world.crowd.recruiting_time(seat.luck, seat.hires + 1, spec.time)
        if time < inf:
            self._env.at(max(opened, begin + time), Alarm(self._env, lambda _: self._filled(found)))
            if max(opened, begin + time) <= now and seat.employee is None:
                self._filled(found)

    def _filled(self, search: Search) -> None:
        """The newcomer's first day, unless the position was closed meanwhile."""
        seat = search.seat
        if search.over or seat.employee is not None:
            return
        search.over = True
        search.filled = self._env.now
        seat.search = None
        seat.hires += 1
        self.begin(seat, self._env.now, {})

    def begin(self, seat: Seat, hired: float, past: dict[str, float], talent: Floats | None = None) -> None:
        """Somebody sits down in a seat: trained where `hired` is before now or the first day, else a newcomer."""
        department, world, now = self.department, self._world, self._env.now
        scenario = department.scenario
        role = self.roster.role(seat.role)
        newcomer = seat.hires > 0
        threshold = world.crowd.threshold(seat.luck, seat.hires)
        employee = Employee(seat, seat.hires, hired, threshold, watched=now)
        seat.employee = employee
        self.roster.employees.append(employee)
        spec = onboarding_of(scenario.people, role)
        if newcomer:
            training = spec.training_days * department.hours_per_day
            employee.trained = department.office.clock.finish(now, training) if training > 0 else now
            employee.on_probation = True
            end = now + spec.probation.months * MONTH
            self._env.at(end, Alarm(self._env, lambda _: self.roster.probation_ends(employee)))
        self.roster.begin_spell(employee)
        self.roster.settle_law(employee)
        if role.support:
            return
        crew = department.crew(seat.role, seat.pod)
        assert seat.place is not None
        if talent is None:
            talent = world.crowd.talent_of(seat.luck, seat.hires)
        skills = skills_of(scenario, role, talent, past)
        office, off = department.week_of(role)
        worker = employee.worker = Person(employee, seat.place, crew, department.terms, skills, office)
        employee.worked = worker.demanded(now)
        ramp(employee, department)
        department.leading.slow_down(worker)
        department.arrangement.settle_in(worker)
        employee.absences = world.crowd.absences(seat.luck, world.end, seat.hires, now if newcomer else 0.0)
        away = employee.absences
        if off:
            employee.absences = merged(away, [(max(now, begin), back) for begin, back in off if back > now])
        if employee.trained > now:
            away = merged([(now, employee.trained)], away)
        if away:
            worker.away_from = away[0][0]
        self._env.start(career(worker, away))
        if newcomer:
            self._env.at(max(now, employee.trained), Alarm(self._env, lambda _: self._ready(worker)))

    def _ready(self, worker: Person) -> None:
        """A newcomer begins to work: takes what leavers left behind, and what waited for anybody to come."""
        if worker.gone:
            return
        self.department.departures.inherit(worker)
        if worker.free:
            worker.look_for_work()


def at_tenure(skills: Sequence[Skill | None], months: float) -> bool:
    """Explicit ramps go by months of tenure; whether the person can do more kinds of work than before."""
    ramps = [skill for skill in skills if isinstance(skill, Ramp)]
    before = [skill.able for skill in ramps]
    for skill in ramps:
        skill.at_tenure(months)
    return any(skill.able and not able for skill, able in zip(ramps, before, strict=True))


def ramp(employee: Employee, department: Department) -> None:
    """Explicit ramps go by months of tenure: from now on each step is taken on its day."""
    worker, env = employee.worker, department.env
    assert worker is not None
    skills = worker.skills
    steps = max((skill.steps for skill in skills if isinstance(skill, Ramp)), default=0)
    if not steps:
        return

    def step(_: Event) -> None:
        if worker.gone or worker.skills is not skills:
            return
        months = (env.now - employee.hired) / MONTH
        more = at_tenure(skills, months)
        worker.repace(env.now)
        if more:
            department.arrangement.can_do_more(worker)
        following = floor(months + 1e-9) + 1
        if following < steps:
            env.at(max(env.now, employee.hired + following * MONTH), Alarm(env, step))

    step(Alarm(env, step))
