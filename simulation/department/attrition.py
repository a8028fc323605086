"""Who leaves, and when: every week the hazards are looked at, and whoever reaches the threshold gives notice.

Hazard = Weibull by tenure x overload x missed earnings x contagion x spikes. Each factor is one under the usual
pressure, under which the turnover of a scenario is stated: (1 + strength x pressure) / (1 + strength x usual pressure).
Between two reviews the factors are constant and the hazard is integrated exactly, so with factors of one the time of
the notice is exact. What is integrated is kept as an account: leavers expected as stated, and what each factor adds.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import inf, prod
from typing import NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.customers import Customers, Sale
from simulation.department.employees import Earned, Employee
from simulation.department.hours import overlap
from simulation.department.leading import Leading
from simulation.department.office import Office
from simulation.department.person import Person
from simulation.department.plan.lives import Variable
from simulation.department.plan.plan import Plan
from simulation.department.record import DEAL, DISTRIBUTOR, EXPECTED
from simulation.department.rules import Rules
from simulation.department.workforce import Workforce
from simulation.expected.ramp import PROFICIENT
from simulation.mechanisms.contagion import MEMORY, Contagion
from simulation.mechanisms.interventions import AttritionSpike
from simulation.mechanisms.turnover import Turnover, added
from simulation.written.adding import added_up
from simulation.written.readers import MONTH, WEEK

PRESSURE_WEEKS = 4  # how often load and earnings are looked at


class Sample(NamedTuple):
    """What a weekly review sees of a role."""

    time: float
    role: int
    ramped: float  # people at 90 % of a practised colleague's proficiency or more
    effective: float  # sum of their proficiencies


class Reviews:
    """The weekly look at everybody: proficiency, load, earnings, hazard of leaving."""

    def __init__(
        self, plan: Plan, rules: Rules, office: Office, workforce: Workforce, customers: Customers, leading: Leading
    ) -> None:
        self._plan = plan
        self._rules = rules
        self._office = office
        self._workforce = workforce
        self._customers = customers
        self._leading = leading
        self.give_notice: Callable[[Employee], None] = lambda _: None  # staffing does
        self.sampled: list[Sample] = []
        self._env = office.env
        self._spikes: list[tuple[float, float]] = []  # until, factor
        self._catching = Contagion()
        self._remembers = any(plan.under(each).staying.contagion > 0 for each in rules.timeline.scenarios)
        self.expected: dict[int, list[float]] = {}  # by role: leavers as stated, then what each factor adds
        self._read = 0  # sales looked at so far
        self._amounts: dict[int, float] = {}  # commission earned since the last review, by place

    @property
    def _turnover(self) -> Turnover:
        """What presses on people now."""
        return self._plan.under(self._rules.scenario).staying.turnover

    def weekly(self) -> ProcessGenerator:
        """Look at everybody once a week."""
        for week in count():
            self._measure()
            self._leading.week()
            if week % PRESSURE_WEEKS == 0:
                self._press()
            self.look()
            yield self._env.timeout(WEEK)

    def spike(self, spike: AttritionSpike) -> ProcessGenerator:
        """Everybody is more likely to leave for a while."""
        self.look()
        until = self._env.now + spike.lasts
        self._spikes.append((until, spike.factor))
        self.look()
        yield self._env.until(until)
        self.look()

    # --- who is looked at -------------------------------------------------------------------------------------

    def joins(self, employee: Employee, worker: Person | None) -> None:
        """Somebody is in the firm from now on; `worker`: at work, None in a support role."""

    def changed(self, employee: Employee) -> None:
        """The law of somebody's leaving, the trial time or the notice is another one from now on."""

    def moved(self, employee: Employee) -> None:
        """Somebody works in another role, and maybe other hours."""

    def ends(self, employee: Employee) -> None:
        """Somebody's time in a role ends."""

    def gone(self, employee: Employee) -> None:
        """Somebody is in the firm no longer."""

    # --- proficiency ------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Who is ramped, and what everybody is worth relative to a practised colleague."""
        now = self._env.now
        workforce = self._workforce
        ramped: dict[int, float] = {}
        effective: dict[int, float] = {}
        for employee in workforce.employees:
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
        for role in range(len(self._rules.structure.roles)):
            self.sampled.append(Sample(now, role, ramped.get(role, 0.0), effective.get(role, 0.0)))

    def proficiency(self, employee: Employee) -> float:
        """Proficiency relative to a practised colleague of the same talent, weighted by the role's hours."""
        worker = self._workforce.worker(employee)
        if worker is None:
            return 1.0
        return worker.worth(self._plan.under(self._rules.first).standards.tasks[employee.role])

    # --- hazard -----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Integrate everybody's hazard until now, take the factors anew, and set the alarm of who leaves next."""
        workforce = self._workforce
        if any(employee.law is not None for employee in workforce.employees):
            self.settle()
            strength, spiked = self._turnover.contagion, self._spiked()
            colleagues = self._colleagues() if strength > 0.0 else 0
            for employee in list(workforce.employees):
                catching = self._catching.factor(employee.seat.number, colleagues, strength) if colleagues else 1.0
                self._watch(employee, (*employee.pressure, catching, spiked))

    def _press(self) -> None:
        """How overload and missed earnings press on everybody who may leave."""
        employees = [employee for employee in self._workforce.employees if employee.law is not None]
        if employees:
            self._earnings()
        for employee in employees:
            employee.pressure = (self._overload(employee), self._missed(employee))

    def settle(self) -> None:
        """Integrate everybody's hazard until now, before the law of leaving changes."""
        for employee in self._workforce.employees:
            self.integrate(employee)

    def finish(self) -> None:
        """The year is over."""
        self.settle()

    def integrate(self, employee: Employee) -> None:
        """Accumulate somebody's hazard until now; whoever has given notice is expected no longer."""
        now, law = self._env.now, employee.law
        if law is not None and now > employee.watched:
            hired = employee.hired
            stated = law.spent(now - hired) - law.spent(employee.watched - hired)
            employee.spent += employee.factor * stated
            if not employee.on_notice:
                self._expect(employee, stated, employee.factors)
        employee.watched = now

    def _expect(self, employee: Employee, stated: float, factors: tuple[float, ...] = ()) -> None:
        """Enter so many leavers expected as stated, and what the factors add to them."""
        assert employee.spell is not None
        account = self.expected.setdefault(employee.spell.place.role, [0.0] * len(EXPECTED))
        account[0] += stated
        for column, part in enumerate(added(factors), 1):
            account[column] += stated * part
        if self._remembers:
            self._catching.expect(employee.seat.number, stated)

    def on_trial(self, employee: Employee, failure: float) -> None:
        """Somebody's probation ends, which so many of a hundred fail."""
        self._expect(employee, failure)

    def goes(self, employee: Employee) -> None:
        """Somebody has given notice, or leaves without."""
        self.integrate(employee)
        if self._remembers:
            self._catching.goes(employee.seat.number)

    def count_from(self, begin: float) -> ProcessGenerator:
        """Begin the account of leavers who were expected anew when the warm-up is over."""
        yield self._env.until(begin)
        self.settle()
        self.expected.clear()

    def _watch(self, employee: Employee, factors: tuple[float, ...]) -> None:
        now, law = self._env.now, employee.law
        employee.factors, employee.factor = factors, prod(factors)
        if law is None or employee.on_notice:
            return
        if employee.watch is not None:
            employee.watch.end()
        if employee.factor <= 0.0:
            return
        rest = max(0.0, employee.threshold - employee.spent) / employee.factor
        at = employee.hired + law.tenure(law.spent(now - employee.hired) + rest)
        if at < now + WEEK:
            employee.watch = self._env.process(self._watching(employee, max(now, at)))
            employee.lives(employee.watch)

    def _watching(self, employee: Employee, until: float) -> ProcessGenerator:
        """At the time at which the hazard reaches the threshold somebody gives notice."""
        yield self._env.until(until)
        if not employee.on_notice:
            self.give_notice(employee)

    def _spiked(self) -> float:
        now = self._env.now
        self._spikes = [spike for spike in self._spikes if spike[0] > now]
        factor = 1.0
        for _, each in self._spikes:
            factor *= each
        return factor

    def _colleagues(self) -> int:
        """Positions beside one's own that there were over the time that is remembered."""
        now = self._env.now
        self._catching.recall(now)
        return sum(1 for seat in self._workforce.seats if seat.open or seat.closed > now - MEMORY) - 1

    def _overload(self, employee: Employee) -> float:
        """Factor for how much somebody has worked over the last four weeks on what others asked for."""
        spec, worker = self._turnover, self._workforce.worker(employee)
        if worker is None or spec.overload == 0.0 or worker.gone:
            return 1.0
        now = self._env.now
        since = max(employee.trained, now - PRESSURE_WEEKS * WEEK, 0.0)
        assert employee.spell is not None
        between = employee.spell.office.between
        done = worker.demanded(now)
        worked, employee.worked = done - employee.worked, done
        present = between(since, now) if now > since else 0.0
        present -= added_up(between(a, b) for a, b in overlap(employee.absences, since, now))
        if present <= 0.0:
            return 1.0
        return spec.overload_factor(max(0.0, worked) / present)

    # --- earnings ---------------------------------------------------------------------------------------------

    def _earnings(self) -> None:
        """Read the sales since the last review: what each place has earned on them."""
        self._amounts = {}
        if self._turnover.missed_earnings == 0.0:
            return
        rules = self._plan.under(self._rules.scenario).earning.rules
        sales = self._customers.sales_since(self._read)
        if any(rule.share > 0 for rule in rules):
            places = self._workforce.places
            for sale in sales:
                if sale.place >= 0 and sale.kind != DISTRIBUTOR:
                    rule = rules[places[sale.place].role]
                    if rule.share > 0 and (rule.on_deals if sale.kind == DEAL else self._counts(rule, sale)):
                        amount = max(0.0, sale.margin) if rule.of_margin else sale.revenue
                        self._amounts[sale.place] = self._amounts.get(sale.place, 0.0) + rule.share * amount
        self._read += len(sales)

    def _counts(self, rule: Variable, sale: Sale) -> bool:
        """Whether an order brings commission."""
        if not rule.on_orders or rule.orders_for == inf or sale.customer < 0:
            return rule.on_orders
        initial, since = self._customers.bought_since(sale.customer)
        return not initial and sale.time - since <= rule.orders_for

    def _missed(self, employee: Employee) -> float:
        """Factor for the share of the on-target pay that was missed over the last twelve weeks of work.

        What was sold brings commission at the factor of those on target, at least the draw and at most the cap.
        """
        spec, rule = self._turnover, self._plan.under(self._rules.scenario).earning.rules[employee.role]
        if spec.missed_earnings == 0.0 or rule.share == 0.0 or employee.spell is None:
            return 1.0
        if self._env.now - max(employee.hired, 0.0) < PRESSURE_WEEKS * WEEK:
            return 1.0  # not yet a whole period
        base, target, factor = self._plan.under(self._rules.first).on_target.rows[employee.role]
        months = PRESSURE_WEEKS * WEEK / MONTH
        sold = factor * self._amounts.get(employee.spell.place.number, 0.0)
        earned = base * months + max(min(sold, rule.cap * months), rule.draw * months)
        employee.earned.append(Earned(earned, target * months))
        if len(employee.earned) < (employee.earned.maxlen or 0):
            return 1.0
        due = added_up(each.due for each in employee.earned)
        got = added_up(each.got for each in employee.earned)
        return spec.missed_factor(got, due)
