"""Everybody's week on the compiled floor: the kernel looks at everybody, the host goes on with who gives notice."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from weakref import WeakKeyDictionary

import numpy as np
from simpy.events import ProcessGenerator

from simulation.department.attrition import PRESSURE_WEEKS, Reviews, Sample
from simulation.department.compiled.order import real, whole
from simulation.department.compiled.people import has_place
from simulation.department.employees import Employee, Spell
from simulation.department.leading import HeadLoad, Leading
from simulation.department.person import Person
from simulation.department.plan.plan import InForce
from simulation.department.record import EXPECTED
from simulation.floor.choice import Kernel
from simulation.mechanisms.tenure_law import Stepwise, TenureLaw, Weibull
from simulation.scenario.scenario import Scenario
from simulation.written.readers import WEEK

LEFT, WEIBULL, STEPWISE = range(3)
"""Kinds of laws, as in `floor.reviews`."""
_HEADS: WeakKeyDictionary[InForce, SimpleNamespace] = WeakKeyDictionary()
_PRESSURES: WeakKeyDictionary[InForce, SimpleNamespace] = WeakKeyDictionary()
_TASKS: WeakKeyDictionary[InForce, tuple[object, ...]] = WeakKeyDictionary()


class CompiledLeading(Leading):
    """Coaching of a department; the kernel shares it out."""

    kernel: Kernel
    _told: Scenario | None = None

    def week(self) -> None:
        """The kernel does it within its week."""
        self.tell()

    def tell(self) -> None:
        """See that the kernel has the rules that are in force."""
        if self._rules.scenario is not self._told:
            self._told, tables = self._rules.scenario, self._tables
            if tables not in _HEADS:
                _HEADS[tables] = _heads(tables)
            self.kernel.heads(_HEADS[tables])

    def renew(self) -> None:
        """Share of the coaching that people get, from who is there now."""
        self.tell()
        self.kernel.renew_coaching()

    @property
    def coached(self) -> float:
        """The share of the coaching that people get."""
        return float(self.kernel.coached)

    @coached.setter
    def coached(self, coached: float) -> None:
        """As the kernel begins."""

    @property
    def log(self) -> list[HeadLoad]:
        """How much the heads were asked for, week by week."""
        rows = np.frombuffer(self.kernel.written("loads")[0]).reshape(-1, 3).tolist()
        return [HeadLoad(*row) for row in rows]

    @log.setter
    def log(self, log: list[HeadLoad]) -> None:
        """Empty, as the kernel begins."""


def _heads(tables: InForce) -> SimpleNamespace:
    heads, begins = tables.heads, tables.filling.onboarding
    leads = [each is not None for each in heads.leads]
    return SimpleNamespace(
        anybody=any(heads.leads),
        leads=whole(leads),
        led=whole(heads.led),
        hours=real([0.0 if each is None else each.hours for each in heads.leads]),
        coaching=real([0.0 if each is None else each.coaching for each in heads.leads]),
        coordination=real([0.0 if each is None else each.coordination for each in heads.leads]),
        mentor=real([each.mentor for each in begins]),
        head=real([each.head for each in begins]),
        learning=float(heads.learning),
        conversion=float(heads.conversion),
    )


class CompiledReviews(Reviews):
    """The weekly look at everybody, which the kernel takes."""

    kernel: Kernel

    def __init__(self, *rest: object) -> None:
        super().__init__(*rest)  # type: ignore[arg-type]
        self._rows: dict[Employee, int] = {}
        self._employees: list[Employee] = []
        self._spells: dict[Employee, Spell] = {}
        self._laws: dict[TenureLaw, int] = {}
        self._left: dict[int, TenureLaw] = {}  # those that the kernel leaves to the host
        self._told: Scenario | None = None
        tables = self._plan.under(self._rules.first)
        if tables not in _TASKS:
            _TASKS[tables] = _tasks(tables)
        self.kernel.tasks(*_TASKS[tables])

    # --- who is looked at -------------------------------------------------------------------------------------

    def joins(self, employee: Employee, worker: Person | None) -> None:
        """Somebody is in the firm from now on; `worker`: at work, None in a support role."""
        assert employee.spell is not None
        number = -1 if worker is None else worker.number  # type: ignore[attr-defined]
        self._rows[employee] = len(self._employees)
        self._employees.append(employee)
        self.kernel.employee(number, employee.hired, employee.threshold, employee.trained)
        self._spells[employee] = employee.spell
        self._tell(employee, employee.worked)
        if employee.absences:
            self.kernel.absences_of(self._rows[employee], employee.absences)

    def changed(self, employee: Employee) -> None:
        """The law of somebody's leaving, the trial time or the notice is another one from now on."""
        row = self._rows.get(employee)
        if row is not None:
            self._tell(employee, self.kernel.worked_so_far(row))

    def moved(self, employee: Employee) -> None:
        """Somebody works in another role, and maybe other hours."""
        self._tell(employee, employee.worked)
        self.kernel.absences_of(self._rows[employee], employee.absences)

    def _tell(self, employee: Employee, worked: float) -> None:
        """Let the kernel know what holds for somebody."""
        spell, row = employee.spell, self._rows[employee]
        assert spell is not None
        if self._spells[employee] is not spell:
            self._spells[employee] = spell
            self.kernel.new_spell(row)
        has_place(self.kernel, spell.place)
        self.kernel.employed(
            row,
            spell.place.role,
            spell.place.number,
            spell.office.number,  # type: ignore[attr-defined]
            self._law(employee.law),
            employee.on_probation,
            employee.on_notice,
            worked,
        )

    def _law(self, law: TenureLaw | None) -> int:
        """The number of a law in the kernel; -1: nobody leaves."""
        if law is None:
            return -1
        if law not in self._laws:
            none = real([])
            if isinstance(law, Weibull):
                number = self.kernel.law(WEIBULL, law.shape, law.scale, none, none, none)
            elif isinstance(law, Stepwise):
                number = self.kernel.law(STEPWISE, 1.0, 1.0, real(law.begins), real(law.cumulated), real(law.hazards))
            else:
                number = self.kernel.law(LEFT, 1.0, 1.0, none, none, none)
                self._left[number] = law
            self._laws[law] = number
        return self._laws[law]

    def by_law(self, law: int, back: int) -> float:
        """What the kernel leaves to the host: the hazard of a tenure, or (`back`) the tenure of a hazard."""
        value = self.kernel.argument
        return self._left[law].tenure(value) if back else self._left[law].spent(value)

    def ends(self, employee: Employee) -> None:
        """Somebody's time in a role ends."""
        row, spell = self._rows.get(employee), employee.spell
        if row is not None and spell is not None:
            spell.proficient, spell.short = self.kernel.spell_of(row)

    def gone(self, employee: Employee) -> None:
        """Somebody is in the firm no longer."""
        self.kernel.gone(self._rows[employee])

    # --- the week ---------------------------------------------------------------------------------------------

    def weekly(self) -> ProcessGenerator:
        """Look at everybody once a week."""
        for week in count():
            self._tell_rules()
            self._leading.week()
            if self.kernel.week(week % PRESSURE_WEEKS == 0):
                self.look()
            yield self._env.timeout(WEEK)

    def _tell_rules(self) -> None:
        if self._rules.scenario is not self._told:
            self._told, tables = self._rules.scenario, self._plan.under(self._rules.scenario)
            self._strength = tables.staying.contagion.item()
            if tables not in _PRESSURES:
                _PRESSURES[tables] = _pressures(tables, self._plan.under(self._rules.first))
            self.kernel.pressures(_PRESSURES[tables])

    def look(self) -> None:
        """Integrate everybody's hazard until now, take the factors anew, and set the alarm of who leaves next."""
        if not self.kernel.anybody_may_leave():
            return
        self.settle()
        self._tell_rules()
        strength, spiked = self._strength, self._spiked() if self._spikes else 1.0
        colleagues = self._colleagues() if strength > 0.0 else 0
        catching = None
        if colleagues:
            people = self._workforce.employees
            catching = real([self._catching.factor(each.seat.number, colleagues, strength) for each in people])
        self.kernel.watch(catching, spiked)

    def settle(self) -> None:
        """Integrate everybody's hazard until now, before the law of leaving changes."""
        people = self._workforce.employees
        if self._remembers:
            entered = np.empty(len(people))
            self.kernel.settle_hazards(entered)
            for employee, stated in zip(people, entered.tolist(), strict=True):
                if stated == stated:
                    self._catching.expect(employee.seat.number, stated)
        else:
            self.kernel.settle_hazards(None)

    def finish(self) -> None:
        """The year is over."""
        self.settle()
        for employee in self._workforce.employees:
            self.ends(employee)

    def integrate(self, employee: Employee) -> None:
        """Accumulate somebody's hazard until now; whoever has given notice is expected no longer."""
        stated = self.kernel.integrate(self._rows[employee])
        if self._remembers and stated == stated:
            self._catching.expect(employee.seat.number, stated)

    def on_trial(self, employee: Employee, failure: float) -> None:
        """Somebody's probation ends, which so many of a hundred fail."""
        assert employee.spell is not None
        self.kernel.expect(employee.spell.place.role, failure)
        if self._remembers:
            self._catching.expect(employee.seat.number, failure)

    def count_from(self, begin: float) -> ProcessGenerator:
        """Begin the account of leavers who were expected anew when the warm-up is over."""
        yield self._env.until(begin)
        self.settle()
        self.kernel.forget_expected()

    def gives_notice(self, row: int) -> None:
        """Somebody's hazard has reached the threshold."""
        self.give_notice(self._employees[row])

    # --- what was seen ----------------------------------------------------------------------------------------

    @property
    def sampled(self) -> list[Sample]:
        """What the weekly looks have seen of the roles."""
        roles = len(self._rules.structure.roles)
        rows = np.frombuffer(self.kernel.written("samples")[0]).reshape(-1, 1 + 2 * roles)
        times = np.repeat(rows[:, 0], roles).tolist()
        ramped, effective = rows[:, 1 : 1 + roles].ravel().tolist(), rows[:, 1 + roles :].ravel().tolist()
        return list(map(Sample, times, [*range(roles)] * len(rows), ramped, effective))

    @sampled.setter
    def sampled(self, sampled: list[Sample]) -> None:
        """Empty, as the kernel begins."""

    @property
    def expected(self) -> dict[int, list[float]]:
        """By role: leavers as stated, then what each factor adds."""
        rows, width = self.kernel.expected(), len(EXPECTED)
        return {role: rows[role * width : (role + 1) * width] for role in range(len(rows) // width)}

    @expected.setter
    def expected(self, expected: dict[int, list[float]]) -> None:
        """Nothing, as the kernel begins."""


def _tasks(tables: InForce) -> tuple[object, ...]:
    """What practised colleagues of each role are, one role behind the other."""
    tasks = tables.standards.tasks
    of = np.cumsum([0, *map(len, tasks)])
    rows = [task for each in tasks for task in each]
    return (
        whole(of),
        whole([activity for activity, _, _ in rows]),
        real([weight for _, weight, _ in rows]),
        real([level for _, _, level in rows]),
    )


def _pressures(tables: InForce, first: InForce) -> SimpleNamespace:
    turnover, rules, rows = tables.staying.turnover, tables.earning.rules, first.on_target.rows
    return SimpleNamespace(
        overload=turnover.overload,
        overload_from=turnover.overload_from,
        usual_overload=turnover.usual_overload,
        missed_earnings=turnover.missed_earnings,
        usual_missed=turnover.usual_missed,
        anybody_earns=any(rule.share > 0 for rule in rules),
        share=real([rule.share for rule in rules]),
        of_margin=whole([rule.of_margin for rule in rules]),
        on_deals=whole([rule.on_deals for rule in rules]),
        on_orders=whole([rule.on_orders for rule in rules]),
        orders_for=real([rule.orders_for for rule in rules]),
        draw=real([rule.draw for rule in rules]),
        cap=real([rule.cap for rule in rules]),
        base=real([base for base, _, _ in rows]),
        target=real([whole_ for _, whole_, _ in rows]),
        factor=real([factor for _, _, factor in rows]),
    )
