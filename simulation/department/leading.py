"""What heads do for the others: coaching, newcomers, coordination; what is lost without time for it; and meetings."""

from __future__ import annotations

from math import inf, nan
from typing import NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.employees import Employee
from simulation.department.leads import LeadFlow
from simulation.department.office import Year
from simulation.department.person import Person
from simulation.department.plan.plan import InForce, Plan
from simulation.department.rules import Rules
from simulation.department.steps import Steps
from simulation.department.work import Worker
from simulation.department.workforce import Workforce
from simulation.mechanisms import coaching
from simulation.written.readers import WEEK


class HeadLoad(NamedTuple):
    """How much the heads are asked for, and what is left of the coaching."""

    time: float
    load: float  # NaN: no head is there
    coached: float


class Leading:
    """Coaching of a self._department. `coached` is the share of the coaching that people get."""

    def __init__(self, plan: Plan, rules: Rules, env: Year, steps: Steps, workforce: Workforce, flow: LeadFlow) -> None:
        self._plan = plan
        self._rules = rules
        self._env = env
        self._steps = steps
        self._workforce = workforce
        self._flow = flow
        self.coached = 1.0
        self.log: list[HeadLoad] = []

    @property
    def _tables(self) -> InForce:
        """What the plan has for the scenario in force."""
        return self._plan.under(self._rules.scenario)

    def week(self) -> None:
        """Share out the heads' hours of the week, and let colleagues show newcomers the work."""
        self._mentor()
        self.renew()
        self._lead_oneself()

    def renew(self) -> None:
        """Share of the coaching that people get, from who is there now."""
        if not any(self._tables.heads.leads):
            return
        load = self.load()
        coached = coaching.share(load)
        self.log.append(HeadLoad(self._env.now, load if load < inf else nan, coached))
        if coached != self.coached:
            self.coached = coached
            self._flow.uncoached = self._tables.heads.coach.odds(coached)
            for worker in self._workforce.people:
                self.slow_down(worker)

    def slow_down(self, worker: Person) -> None:
        """Let a person learn as fast as the coaching allows."""
        worker.slow_down(self._tables.heads.coach.pace(self.coached))

    def load(self) -> float:
        """Hours asked of the heads a week over hours that they can give; infinite when no head is there."""
        tables, employees = self._tables, self._workforce.employees
        leads, is_led, begins = tables.heads.leads, tables.heads.led.tolist(), tables.filling.onboarding
        heads = [(leads[each.role], each.seat.terms.share) for each in employees]
        given = [head.hours * share for head, share in heads if head is not None]
        newcomer = [begins[each.role].head if each.on_probation else 0.0 for each in employees]
        led = [(each.seat.role, asks) for each, asks in zip(employees, newcomer, strict=True) if is_led[each.role]]
        first = next(head for head in leads if head is not None)
        return coaching.head_hours(given, led, first).load

    def _mentor(self) -> None:
        """Each newcomer takes a colleague's hours, of whoever is longest in the firm."""
        for employee in self._workforce.employees:
            worker = self._workforce.worker(employee)
            if not employee.on_probation or worker is None:
                continue
            hours = self._tables.filling.onboarding[employee.role].mentor
            if hours > 0:
                mentor = _mentor_of(worker)
                if mentor is not None:
                    self._give(mentor, hours)

    def _lead_oneself(self) -> None:
        """A head who also works on leads and customers gives the hours of leading first."""
        load: float | None = None  # the same for all, asked for only where somebody leads
        for worker in list(self._workforce.people):
            leads = self._tables.heads.leads[worker.employee.role]
            if leads is not None and self.coached > 0:
                load = self.load() if load is None else load
                self._give(worker, min(1.0, load) * leads.hours * worker.employee.seat.terms.share)

    def _give(self, worker: Worker, hours: float) -> None:
        duty = next((n for n, duty in enumerate(worker.crew.duties) if duty.activity == "coach"), None)
        if duty is not None and worker.away_from > self._env.now:
            worker.meets(self._steps.coach, hours, duty)


def weekly_meetings(env: Year, steps: Steps, workforce: Workforce) -> ProcessGenerator:
    """Every week each person has meetings."""
    while True:
        for person in list(workforce.people):
            hours = person.crew.role.meetings
            if hours > 0 and person.away_from > env.now:
                duty = next(n for n, duty in enumerate(person.crew.duties) if duty.activity == "meet")
                person.meets(steps.meet, hours, duty)
        yield env.timeout(WEEK)


def _mentor_of(newcomer: Person) -> Worker | None:
    """The colleague who is longest in the firm; nobody when all are newcomers."""
    able = [person for person in newcomer.crew.people if person is not newcomer and _settled(person.employee)]
    return min(able, key=lambda person: person.employee.hired, default=None)


def _settled(employee: Employee) -> bool:
    return not employee.on_probation and not employee.on_notice
