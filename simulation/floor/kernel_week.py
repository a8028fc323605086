"""What the host tells and asks the kernel of everybody's week."""

import cython
from cython.cimports.libc.math import NAN
from cython.cimports.libc.string import memset

from simulation.floor.layout import (
    EmployeeP,
    FloorP,
    LawP,
    append,
    grown,
)
from simulation.floor.luck import (
    numbers,
)
from simulation.floor.records import (
    Employee,
    Law,
    Spell,
)
from simulation.floor.reviews import (
    FACTORS,
    anybody_may_leave,
    integrate,
    lead_week,
    measure,
    press,
    renew_coaching,
    settle_hazards,
    watch,
)


class Kernel:
    """More of the kernel: `build` puts it together."""

    # --- everybody's week ------------------------------------------------------------------------------------

    def tasks(self, of, activity, weight, level):
        """What practised colleagues of each role are."""
        floor: FloorP = cython.address(self.floor)
        floor.tasks_of = self._whole(of)
        floor.task_activity = self._whole(activity)
        floor.task_weight = self._floats(weight)
        floor.task_level = self._floats(level)

    def heads(self, rules):
        """Who leads and who is led, by role, and what is lost without coaching."""
        floor: FloorP = cython.address(self.floor)
        floor.anybody_leads = rules.anybody
        floor.leads_others = self._whole(rules.leads)
        floor.is_led = self._whole(rules.led)
        floor.head_hours = self._floats(rules.hours)
        floor.coaching = self._floats(rules.coaching)
        floor.coordination = self._floats(rules.coordination)
        floor.mentor_hours = self._floats(rules.mentor)
        floor.head_for_newcomer = self._floats(rules.head)
        floor.coach_learning = rules.learning
        floor.coach_conversion = rules.conversion

    def pressures(self, rules):
        """What presses on people, and what they get of what they sell, by role."""
        floor: FloorP = cython.address(self.floor)
        floor.overload_strength = rules.overload
        floor.overload_from = rules.overload_from
        floor.usual_overload = rules.usual_overload
        floor.missed_strength = rules.missed_earnings
        floor.usual_missed = rules.usual_missed
        floor.anybody_earns = rules.anybody_earns
        floor.share = self._floats(rules.share)
        floor.of_margin = self._whole(rules.of_margin)
        floor.on_deals = self._whole(rules.on_deals)
        floor.on_orders = self._whole(rules.on_orders)
        floor.orders_for = self._floats(rules.orders_for)
        floor.draw = self._floats(rules.draw)
        floor.cap = self._floats(rules.cap)
        floor.base_pay = self._floats(rules.base)
        floor.target_pay = self._floats(rules.target)
        floor.target_factor = self._floats(rules.factor)

    def law(self, kind: cython.int, shape: cython.double, scale: cython.double, begins, spent, hazards):
        """A law by which people stay; its number."""
        floor: FloorP = cython.address(self.floor)
        floor.laws = cython.cast(
            LawP, grown(floor, floor.laws, floor.laws_count, cython.address(floor.laws_room), 8, cython.sizeof(Law))
        )
        self._check()
        floor.laws_count += 1
        law: LawP = floor.laws + (floor.laws_count - 1)
        law.kind = kind
        law.shape = shape
        law.scale = scale
        law.begins = self._floats(begins)
        law.spent = self._floats(spent)
        law.hazards = self._floats(hazards)
        law.pieces = len(hazards)
        return floor.laws_count - 1

    @property
    def argument(self):
        """What a law is asked about."""
        return self.floor.argument

    def employee(self, person: cython.int, hired: cython.double, threshold: cython.double, trained: cython.double):
        """Somebody is in the firm from now on; the number among the employees."""
        floor: FloorP = cython.address(self.floor)
        floor.employees = cython.cast(
            EmployeeP,
            grown(
                floor,
                floor.employees,
                floor.employees_count,
                cython.address(floor.employees_room),
                32,
                cython.sizeof(Employee),
            ),
        )
        self._check()
        e: cython.int = floor.employees_count
        floor.employees_count += 1
        employee: EmployeeP = floor.employees + e
        memset(employee, 0, cython.sizeof(Employee))
        employee.person = person
        employee.hired = hired
        employee.threshold = threshold
        employee.trained = trained
        employee.watched = floor.now
        employee.factor = 1.0
        employee.overload = 1.0
        employee.missed = 1.0
        employee.proficient = NAN
        employee.law = -1
        if person >= 0:
            floor.people[person].employee = e
        append(floor, cython.address(floor.here), e)
        self._check()
        return e

    def employed(
        self,
        e: cython.int,
        role: cython.int,
        place: cython.int,
        office: cython.int,
        law: cython.int,
        on_probation: cython.bint,
        on_notice: cython.bint,
        worked_: cython.double,
    ):
        """What holds for an employee from now on."""
        employee: EmployeeP = self.floor.employees + e
        employee.role = role
        employee.place = place
        employee.office = office
        employee.law = law
        employee.on_probation = on_probation
        employee.on_notice = on_notice
        employee.worked = worked_

    def worked_so_far(self, e: cython.int):
        """Hours on what others asked for, when the load was last looked at."""
        return self.floor.employees[e].worked

    def absences_of(self, e: cython.int, spells):
        """When an employee is away in his own working time."""
        floor: FloorP = cython.address(self.floor)
        employee: EmployeeP = floor.employees + e
        floor.spells = cython.cast(
            cython.pointer(Spell),
            grown(
                floor,
                floor.spells,
                floor.spells_count,
                cython.address(floor.spells_room),
                len(spells) + 1,
                cython.sizeof(Spell),
            ),
        )
        self._check()
        employee.absences = floor.spells_count
        employee.absences_count = len(spells)
        for begin_, end in spells:
            floor.spells_count += 1
            floor.spells[floor.spells_count - 1].begin = begin_
            floor.spells[floor.spells_count - 1].end = end

    def spell_of(self, e: cython.int):
        """When somebody was first proficient in the present role, and what he fell short of it before."""
        return self.floor.employees[e].proficient, self.floor.employees[e].short

    def new_spell(self, e: cython.int):
        """Somebody begins in another role."""
        self.floor.employees[e].proficient = NAN
        self.floor.employees[e].short = 0.0

    def gone(self, e: cython.int):
        """Somebody is in the firm no longer."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int = 0
        floor.employees[e].version += 1
        while k < floor.here.count and floor.here.rows[k] != e:
            k += 1
        if k < floor.here.count:
            floor.here.count -= 1
            while k < floor.here.count:
                floor.here.rows[k] = floor.here.rows[k + 1]
                k += 1

    def week(self, presses: cython.bint):
        """The weekly look at everybody, but for who gives notice; every fourth week what presses on people, too."""
        floor: FloorP = cython.address(self.floor)
        measure(floor)
        lead_week(floor)
        if presses:
            press(floor)
        self._check()
        return bool(anybody_may_leave(floor))

    def renew_coaching(self):
        """Share of the coaching that people get, from who is there now."""
        renew_coaching(cython.address(self.floor))
        self._check()

    @property
    def coached(self):
        """Share of the coaching that people get."""
        return self.floor.coached

    def anybody_may_leave(self):
        """Whether anybody has a hazard of leaving."""
        return bool(anybody_may_leave(cython.address(self.floor)))

    def settle_hazards(self, entered):
        """Integrate everybody's hazard until now; `entered`: what of each enters the account, or None."""
        settle_hazards(cython.address(self.floor), numbers(entered))
        self._check()

    def integrate(self, e: cython.int):
        """The same for one; what enters the account, NaN for nothing."""
        entered: cython.double = integrate(cython.address(self.floor), e)
        self._check()
        return entered

    def expect(self, role: cython.int, share: cython.double):
        """Enter so many leavers expected."""
        self.floor.expected[role * (1 + FACTORS)] += share

    def watch(self, catching, spiked: cython.double):
        """Take all factors anew, and see who leaves before the next review; `catching` by employee, or None."""
        floor: FloorP = cython.address(self.floor)
        factors: cython.p_double = numbers(catching)
        k: cython.int
        for k in range(floor.here.count):
            watch(floor, floor.here.rows[k], 1.0 if factors == cython.NULL else factors[k], spiked)
        self._check()

    def expected(self):
        """Leavers who were expected, by role: as stated, and what each factor adds."""
        floor: FloorP = cython.address(self.floor)
        k: cython.int
        return [floor.expected[k] for k in range((1 + FACTORS) * floor.roles)]

    def forget_expected(self):
        """Begin the account anew."""
        memset(self.floor.expected, 0, (1 + FACTORS) * self.floor.roles * cython.sizeof(cython.double))
