"""Who leaves, and when: every week the hazards are looked at, and whoever reaches the threshold gives notice.

Hazard = Weibull by tenure x (1 + overload) x (1 + missed earnings) x (1 + contagion) x spikes. Between two reviews the
factors are constant and the hazard is integrated exactly, so with factors of one the time of the notice is exact.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import TYPE_CHECKING

from simpy.events import Event

from simulation.department.office import Alarm
from simulation.department.presence import overlap
from simulation.department.steps import ACTIVITY
from simulation.scenario.readers import MONTH, WEEK
from simulation.scenario.workload import budgeted_pay
from simulation.scenario.workload.ramp import PROFICIENT

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.seats import Employee
    from simulation.scenario.interventions import AttritionSpike
    from simulation.scenario.structures import Commission

MEMORY = 3 * MONTH  # hours over which colleagues' leaving is felt
PRESSURE_WEEKS = 4  # how often load and earnings are looked at


class Reviews:
    """The weekly look at everybody: proficiency, load, earnings, hazard of leaving."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self.sampled: list[tuple[float, int, float, float]] = []  # time, role, ramped people, effective people
        self._env = department.env
        self._spikes: list[tuple[float, float]] = []  # until, factor
        self._read = 0  # sales looked at so far
        self._amounts: dict[int, float] = {}  # commission earned since the last review, by place
        self._targets: dict[str, tuple[float, float]] = {}

    def weekly(self) -> Generator[float, None, None]:
        """Look at everybody once a week."""
        for week in count():
            self._measure()
            self.department.leading.week()
            if week % PRESSURE_WEEKS == 0:
                self._press()
            self.look()
            yield WEEK

    def spike(self, spike: AttritionSpike) -> None:
        """Everybody is more likely to leave for a while."""
        self.look()
        until = self._env.now + spike.lasts
        self._spikes.append((until, spike.factor))
        self.look()
        self._env.at(until, Alarm(self._env, lambda _: self.look()))

    # --- proficiency ------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Who is ramped, and what everybody is worth relative to a practised colleague."""
        now = self._env.now
        roster = self.department.roster
        ramped: dict[int, float] = {}
        effective: dict[int, float] = {}
        for employee in roster.employees:
            spell = employee.spell
            assert spell is not None
            role = spell.place.role
            share = self.proficiency(employee) if employee.trained <= now else 0.0
            if share >= PROFICIENT:
                ramped[role] = ramped.get(role, 0.0) + 1
                if spell.proficient != spell.proficient:
                    spell.proficient = now
            elif spell.proficient != spell.proficient and employee.trained <= now:
                spell.short += (1.0 - share) * WEEK
            effective[role] = effective.get(role, 0.0) + share
        for role in range(len(self.department.structure.roles)):
            self.sampled.append((now, role, ramped.get(role, 0.0), effective.get(role, 0.0)))

    def proficiency(self, employee: Employee) -> float:
        """Proficiency relative to a practised colleague of the same talent, weighted by the role's hours."""
        worker = employee.worker
        if worker is None:
            return 1.0
        share = 0.0
        for activity, (weight, level) in self.department.roster.standards(employee.seat.role).items():
            skill = worker.skills[ACTIVITY[activity]]
            share += weight if skill is None else weight * skill.proficiency / (level * skill.talent)
        return share

    # --- hazard -----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Integrate everybody's hazard until now, take the factors anew, and set the alarm of who leaves next."""
        roster = self.department.roster
        if any(employee.law is not None for employee in roster.employees):
            common = self._contagion() * self._spiked()
            for employee in list(roster.employees):
                self._watch(employee, common)

    def _press(self) -> None:
        """How overload and missed earnings press on everybody who may leave."""
        employees = [employee for employee in self.department.roster.employees if employee.law is not None]
        if employees:
            self._earnings()
        for employee in employees:
            employee.pressure = self._overload(employee) * self._missed(employee)

    def settle(self) -> None:
        """Integrate everybody's hazard until now, before the law of leaving changes."""
        for employee in self.department.roster.employees:
            self._integrate(employee)

    def _integrate(self, employee: Employee) -> None:
        now, law = self._env.now, employee.law
        if law is not None and now > employee.watched:
            hired = employee.hired
            employee.spent += employee.factor * (law.spent(now - hired) - law.spent(employee.watched - hired))
        employee.watched = now

    def _watch(self, employee: Employee, common: float) -> None:
        now, law = self._env.now, employee.law
        self._integrate(employee)
        employee.factor = common * employee.pressure
        if law is None or employee.on_notice:
            return
        employee.version += 1
        if employee.factor <= 0.0:
            return
        rest = max(0.0, employee.threshold - employee.spent) / employee.factor
        at = employee.hired + law.tenure(law.spent(now - employee.hired) + rest)
        if at < now + WEEK:
            version = employee.version

            def reached(_: Event) -> None:
                if employee.version == version and not employee.gone and not employee.on_notice:
                    self.department.roster.give_notice(employee)

            self._env.at(max(now, at), Alarm(self._env, reached))

    def _spiked(self) -> float:
        now = self._env.now
        self._spikes = [spike for spike in self._spikes if spike[0] > now]
        factor = 1.0
        for _, each in self._spikes:
            factor *= each
        return factor

    def _contagion(self) -> float:
        strength = self.department.scenario.people.turnover.contagion
        if strength == 0.0:
            return 1.0
        roster, now = self.department.roster, self._env.now
        recent = sum(1 for time in roster.left if time > now - MEMORY)
        return 1.0 + strength * recent / max(1, len(roster.employees) + recent)

    def _overload(self, employee: Employee) -> float:
        """How much somebody has worked over the last four weeks on other things than prospecting."""
        spec, worker = self.department.scenario.people.turnover, employee.worker
        if worker is None or spec.overload == 0.0 or worker.gone:
            return 1.0
        now = self._env.now
        since = max(employee.trained, now - PRESSURE_WEEKS * WEEK, 0.0)
        between = self.department.office.between
        done = worker.demanded(now)
        worked, employee.worked = done - employee.worked, done
        present = between(since, now) if now > since else 0.0
        present -= sum(between(a, b) for a, b in overlap(employee.absences, since, now))
        if present <= 0.0:
            return 1.0
        load = min(1.0, max(0.0, worked) / present)
        return 1.0 + spec.overload * max(0.0, load - spec.overload_from) / (1.0 - spec.overload_from)

    # --- earnings ---------------------------------------------------------------------------------------------

    def _earnings(self) -> None:
        """Read the sales since the last review: what each place has earned on them."""
        department = self.department
        self._amounts = {}
        if department.scenario.people.turnover.missed_earnings == 0.0:
            return
        rules = [role.pay.commission for role in department.structure.roles.values()]
        sales = department.customers.sales
        if any(rule.share > 0 for rule in rules):
            places = department.roster.places
            for row in range(self._read, len(sales)):
                _, kind, _, _, _, _, place, revenue, margin = sales[row]
                if place >= 0 and kind < 2:
                    number = int(place)
                    rule = rules[places[number].role]
                    if _counts(rule, int(kind)):
                        amount = revenue if rule.of == "revenue" else max(0.0, margin)
                        self._amounts[number] = self._amounts.get(number, 0.0) + rule.share * amount
        self._read = len(sales)

    def _missed(self, employee: Employee) -> float:
        """Share of the on-target pay that was missed over the last twelve weeks of work."""
        strength = self.department.scenario.people.turnover.missed_earnings
        pay = self.department.structure.roles[employee.seat.role].pay
        if strength == 0.0 or pay.commission.share == 0.0 or employee.spell is None:
            return 1.0
        if self._env.now - max(employee.hired, 0.0) < PRESSURE_WEEKS * WEEK:
            return 1.0  # not yet a whole period
        base, target = self._on_target(employee.seat.role)
        months = PRESSURE_WEEKS * WEEK / MONTH
        earned = base * months + self._amounts.get(employee.spell.place.number, 0.0)
        employee.earned.append((earned, target * months))
        if len(employee.earned) < (employee.earned.maxlen or 0):
            return 1.0
        due = sum(on_target for _, on_target in employee.earned)
        got = sum(earned for earned, _ in employee.earned)
        return 1.0 + strength * max(0.0, 1.0 - got / due) if due > 0 else 1.0

    def _on_target(self, role: str) -> tuple[float, float]:
        """Base pay and on-target pay of one person of a role, a month."""
        if role not in self._targets:
            department = self.department
            pay = budgeted_pay(department.first_scenario, department.name).get(role)
            spec = department.first_scenario.structures[department.name].roles[role]
            heads = max(1, spec.headcount)
            commission = 0.0 if pay is None else pay.commission / heads / 12
            self._targets[role] = (spec.pay.base, spec.pay.base + commission)
        return self._targets[role]


def _counts(rule: Commission, kind: int) -> bool:
    return rule.share > 0 and (rule.on == "both" or (rule.on == "deals") == (kind == 0))
