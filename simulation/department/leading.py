"""What heads do for the others: coaching, newcomers, coordination; and what is lost when they have no time for it."""

from __future__ import annotations

from math import inf, nan
from typing import TYPE_CHECKING, NamedTuple

from simulation.department.work import Meeting, Worker
from simulation.scenario.structures import onboarding_of

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.employees import Employee
    from simulation.department.person import Person


class HeadLoad(NamedTuple):
    """How much the heads are asked for, and what is left of the coaching."""

    time: float
    load: float  # NaN: no head is there
    coached: float


class Leading:
    """Coaching of a department. `coached` is the share of the coaching that people get."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.coached = 1.0
        self.log: list[HeadLoad] = []

    def week(self) -> None:
        """Share out the heads' hours of the week, and let colleagues show newcomers the work."""
        self._mentor()
        self.renew()
        self._lead_oneself()

    def renew(self) -> None:
        """Share of the coaching that people get, from who is there now."""
        department = self.department
        heads = [role for role in department.structure.roles.values() if role.leads is not None]
        if not heads:
            return
        load = self.load()
        coached = 1.0 if load <= 1.0 else 1.0 / load
        self.log.append(HeadLoad(department.env.now, load if load < inf else nan, coached))
        if coached != self.coached:
            self.coached = coached
            effects = department.scenario.people.coaching
            department.flow.uncoached = -effects.conversion * (1.0 - coached)
            for worker in department.workforce.people:
                self.slow_down(worker)

    def slow_down(self, worker: Person) -> None:
        """Let a person learn as fast as the coaching allows."""
        speed = 1.0 - self.department.scenario.people.coaching.learning * (1.0 - self.coached)
        for skill in worker.skills:
            if skill is not None:
                skill.slow_down(speed)

    def load(self) -> float:
        """Hours asked of the heads a week over hours that they can give; infinite when no head is there."""
        department = self.department
        asked = given = 0.0
        roles = department.structure.roles
        first = next(role.leads for role in roles.values() if role.leads is not None)
        kinds = set()
        for employee in department.workforce.employees:
            role = roles[employee.seat.role]
            if role.leads is not None:
                given += role.leads.span * role.leads.coaching
            elif not (role.support or role.outsourced or role.stays):
                asked += first.coaching
                kinds.add(employee.seat.role)
                if employee.on_probation:
                    asked += onboarding_of(department.scenario.people, role).head
        asked += first.coordination * max(0, len(kinds) - 1)
        if given == 0.0:
            return inf if asked > 0 else 0.0
        return asked / given

    def _mentor(self) -> None:
        """Each newcomer takes a colleague's hours, of whoever is longest in the firm."""
        department = self.department
        for employee in department.workforce.employees:
            worker = department.workforce.worker(employee)
            if not employee.on_probation or worker is None:
                continue
            hours = onboarding_of(department.scenario.people, worker.crew.role).mentor
            if hours > 0:
                mentor = _mentor_of(worker)
                if mentor is not None:
                    self._give(mentor, hours)

    def _lead_oneself(self) -> None:
        """A head who also works on leads and customers gives the hours of leading first."""
        for worker in list(self.department.workforce.people):
            leads = worker.crew.role.leads
            if leads is not None and self.coached > 0:
                load = self.load()
                self._give(worker, min(1.0, load) * leads.span * leads.coaching)

    def _give(self, worker: Worker, hours: float) -> None:
        duty = next((n for n, duty in enumerate(worker.crew.duties) if duty.activity == "coach"), None)
        if duty is not None and worker.away_from > self.department.env.now:
            worker.give(Meeting(worker, self.department.steps.coach, hours, self.department.env.now), duty)


def _mentor_of(newcomer: Person) -> Worker | None:
    """The colleague who is longest in the firm; nobody when all are newcomers."""
    able = [person for person in newcomer.crew.people if person is not newcomer and _settled(person.employee)]
    return min(able, key=lambda person: person.employee.hired, default=None)


def _settled(employee: Employee) -> bool:
    return not employee.on_probation and not employee.on_notice
