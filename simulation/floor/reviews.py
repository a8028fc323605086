"""Everybody's week: proficiency, hours of the heads and for newcomers, load, earnings, and who gives notice.

The rules are those of `department.attrition` and `department.leading`. They are lives, and in the kernel because each
of them looks at everybody every week: for ten people as long as all the rest of the year. Who gives notice is told to
the host, which goes on with the notice, the search and the newcomer.
"""

import cython
from cython.cimports.libc.math import INFINITY, NAN, expm1, fabs, log
from cython.cimports.libc.math import pow as raised_to

from simulation.floor.clock import (
    at,
    between,
)
from simulation.floor.layout import (
    CrewP,
    CustomerP,
    EmployeeP,
    FloorP,
    LawP,
    OfficeP,
    PersonP,
    PlaceP,
    SaleP,
    SkillP,
    grown,
)
from simulation.floor.luck import (
    BY_LAW,
    asked,
)
from simulation.floor.names import (
    ACTIVITIES,
    CARE,
    DEAL,
    DISTRIBUTED,
    MEETING,
    MONTH,
    NOTICE,
    PROSPECT,
)
from simulation.floor.people import (
    activity_in_hand,
    is_free,
    unfinished,
)
from simulation.floor.pieces import (
    give,
)
from simulation.floor.queues import (
    new_job,
)
from simulation.floor.skills import (
    skill_of,
    slow_down,
)

LAW_LEFT, LAW_WEIBULL, LAW_STEPWISE = range(3)
"""How a law of staying is known: the host reckons it; Weibull; a hazard for each piece of the tenure."""
WEEK = 168.0
PRESSURE_HOURS = 672.0
"""Hours over which load and earnings are looked at: four weeks."""
PERIODS = 3
"""Of so many periods the earnings are remembered."""
PROFICIENT = 0.9
FACTORS = 4
"""Overload, missed earnings, contagion, spikes."""
COACH_ACTIVITY = 8


# --- what everybody is worth ------------------------------------------------------------------------------------


def worth(floor: FloorP, employee: EmployeeP) -> cython.double:
    """Proficiency relative to a practised colleague of the same talent, weighted by the role's hours."""
    share: cython.double = 0.0
    skill: SkillP
    k: cython.int
    if employee.person < 0:
        return 1.0
    for k in range(floor.tasks_of[employee.role], floor.tasks_of[employee.role + 1]):
        skill = skill_of(floor, employee.person, floor.task_activity[k])
        if skill.there:
            share += floor.task_weight[k] * skill.proficiency / (floor.task_level[k] * skill.talent)
        else:
            share += floor.task_weight[k]
    return share


def measure(floor: FloorP) -> cython.void:
    """Who is ramped, and what everybody is worth relative to a practised colleague."""
    width: cython.int = 1 + 2 * floor.roles
    employee: EmployeeP
    row: cython.p_double
    share: cython.double
    k: cython.int
    floor.samples = cython.cast(
        cython.p_double,
        grown(
            floor,
            floor.samples,
            floor.samples_count,
            cython.address(floor.samples_room),
            width,
            cython.sizeof(cython.double),
        ),
    )
    if floor.error:
        return
    row = floor.samples + floor.samples_count
    floor.samples_count += width
    for k in range(width):
        row[k] = 0.0
    row[0] = floor.now
    for k in range(floor.here.count):
        employee = floor.employees + floor.here.rows[k]
        share = worth(floor, employee) if employee.trained <= floor.now else 0.0
        if share >= PROFICIENT:
            row[1 + employee.role] += 1
            if employee.proficient != employee.proficient:
                employee.proficient = floor.now
        elif employee.proficient != employee.proficient and employee.trained <= floor.now:
            employee.short += (1.0 - share) * WEEK
        row[1 + floor.roles + employee.role] += share


# --- what heads and colleagues do for the others ----------------------------------------------------------------


def head_load(floor: FloorP) -> cython.double:
    """Hours asked of the heads a week over hours that they can give; infinite when no head is there."""
    asked_: cython.double = 0.0
    given: cython.double = 0.0
    kinds: cython.int = 0
    first: cython.int = 0
    employee: EmployeeP
    k: cython.int
    for k in range(floor.roles):
        floor.seen[k] = 0
    while not floor.leads_others[first]:
        first += 1
    for k in range(floor.here.count):
        employee = floor.employees + floor.here.rows[k]
        if floor.leads_others[employee.role]:
            given += floor.head_hours[employee.role]
    for k in range(floor.here.count):
        employee = floor.employees + floor.here.rows[k]
        if floor.is_led[employee.role]:
            asked_ += floor.coaching[first]
            asked_ += floor.head_for_newcomer[employee.role] if employee.on_probation else 0.0
            if not floor.seen[employee.role]:
                floor.seen[employee.role] = 1
                kinds += 1
    asked_ += floor.coordination[first] * (kinds - 1 if kinds > 1 else 0)
    if given == 0.0:
        return INFINITY if asked_ > 0.0 else 0.0
    return asked_ / given


def renew_coaching(floor: FloorP) -> cython.void:
    """Share of the coaching that people get, from who is there now."""
    load: cython.double
    coached: cython.double
    k: cython.int
    if not floor.anybody_leads:
        return
    load = head_load(floor)
    coached = 1.0 if load <= 1.0 else 1.0 / load
    floor.loads = cython.cast(
        cython.p_double,
        grown(floor, floor.loads, floor.loads_count, cython.address(floor.loads_room), 3, cython.sizeof(cython.double)),
    )
    if floor.error:
        return
    floor.loads[floor.loads_count] = floor.now
    floor.loads[floor.loads_count + 1] = load if load < INFINITY else NAN
    floor.loads[floor.loads_count + 2] = coached
    floor.loads_count += 3
    if coached != floor.coached:
        floor.coached = coached
        floor.uncoached = -floor.coach_conversion * (1.0 - coached)
        for k in range(floor.present.count):
            slow_down(floor, floor.present.rows[k], 1.0 - floor.coach_learning * (1.0 - coached))


def mentor_of(floor: FloorP, newcomer: cython.int) -> cython.int:
    """The colleague who is longest in the firm; -1 when all are newcomers."""
    crew: CrewP = floor.crews + floor.people[newcomer].crew
    employee: EmployeeP
    best: cython.int = -1
    earliest: cython.double = 0.0
    k: cython.int
    for k in range(crew.people_count):
        if crew.people[k] == newcomer:
            continue
        employee = floor.employees + floor.people[crew.people[k]].employee
        if employee.on_probation or employee.on_notice:
            continue
        if best < 0 or employee.hired < earliest:
            best = crew.people[k]
            earliest = employee.hired
    return best


def gives_hours(floor: FloorP, p: cython.int, hours: cython.double) -> cython.void:
    """Somebody gives hours to others, unless he is away."""
    crew: CrewP = floor.crews + floor.people[p].crew
    duty: cython.int = 0
    while duty < crew.duties and crew.activity[duty] != COACH_ACTIVITY:
        duty += 1
    if duty < crew.duties and floor.people[p].away_from > floor.now:
        meets(floor, p, floor.coach_step, hours, duty)


def meets(floor: FloorP, p: cython.int, step: cython.int, hours: cython.double, duty: cython.int) -> cython.void:
    """Somebody has a meeting, or hours for others."""
    number: cython.int = new_job(floor, MEETING, step)
    floor.jobs[number].work = hours
    floor.jobs[number].owner = p
    floor.jobs[number].stock = -1
    give(floor, p, number, duty)


def lead_week(floor: FloorP) -> cython.void:
    """Share out the heads' hours of the week, and let colleagues show newcomers the work."""
    employee: EmployeeP
    load: cython.double = NAN
    mentor: cython.int
    role: cython.int
    k: cython.int
    for k in range(floor.here.count):
        employee = floor.employees + floor.here.rows[k]
        if employee.on_probation and employee.person >= 0 and floor.mentor_hours[employee.role] > 0.0:
            mentor = mentor_of(floor, employee.person)
            if mentor >= 0:
                gives_hours(floor, mentor, floor.mentor_hours[employee.role])
    renew_coaching(floor)
    if not floor.anybody_leads or not floor.coached > 0.0:
        return
    for k in range(floor.present.count):
        role = floor.employees[floor.people[floor.present.rows[k]].employee].role
        if floor.leads_others[role]:
            if load != load:
                load = head_load(floor)
            gives_hours(floor, floor.present.rows[k], (load if load < 1.0 else 1.0) * floor.head_hours[role])


# --- what presses on people -------------------------------------------------------------------------------------


def press(floor: FloorP) -> cython.void:
    """How overload and missed earnings press on everybody who may leave."""
    employee: EmployeeP
    anybody: cython.bint = False
    k: cython.int
    for k in range(floor.here.count):
        if floor.employees[floor.here.rows[k]].law >= 0:
            anybody = True
    if not anybody:
        return
    read_earnings(floor)
    for k in range(floor.here.count):
        employee = floor.employees + floor.here.rows[k]
        if employee.law >= 0:
            employee.overload = overload(floor, employee)
            employee.missed = missed_earnings(floor, employee)


def overload(floor: FloorP, employee: EmployeeP) -> cython.double:
    """Factor for how much somebody has worked over the last four weeks on what others asked for."""
    now: cython.double = floor.now
    office: OfficeP = floor.offices + employee.office
    since: cython.double = now - PRESSURE_HOURS
    begin_: cython.double
    end: cython.double
    away: cython.double = 0.0
    k: cython.int
    if employee.person < 0 or floor.overload_strength == 0.0 or floor.people[employee.person].gone:
        return 1.0
    if employee.trained >= since:
        since = employee.trained
    if 0.0 > since:
        since = 0.0
    done: cython.double = demanded(floor, employee.person)
    worked_: cython.double = done - employee.worked
    employee.worked = done
    present: cython.double = between(office, since, now) if now > since else 0.0
    for k in range(employee.absences, employee.absences + employee.absences_count):
        begin_ = floor.spells[k].begin
        end = floor.spells[k].end
        if begin_ < now and end > since:
            away += between(office, since if since > begin_ else begin_, now if now < end else end)
    present -= away
    if present <= 0.0:
        return 1.0
    load: cython.double = (worked_ if worked_ > 0.0 else 0.0) / present
    if not load < 1.0:
        load = 1.0
    load -= floor.overload_from
    return against_usual(
        floor.overload_strength, (load if load > 0.0 else 0.0) / (1.0 - floor.overload_from), floor.usual_overload
    )


def against_usual(strength: cython.double, pressure: cython.double, usual: cython.double) -> cython.double:
    """Factor on the hazard: one under the usual pressure, above it under more and below it under less."""
    return (1.0 + strength * pressure) / (1.0 + strength * usual)


def demanded(floor: FloorP, p: cython.int) -> cython.double:
    """Hours that the place has seen of work that somebody asked for, until now: no prospecting, no care."""
    person: PersonP = floor.people + p
    place: PlaceP = floor.places + person.place
    asked_: cython.double = 0.0
    rest: cython.double = 0.0
    activity: cython.int = PROSPECT
    k: cython.int
    for k in range(ACTIVITIES):
        asked_ += place.busy[k]
    if not is_free(floor, p):
        activity = activity_in_hand(floor, person)
        rest = unfinished(floor, person, floor.now)
    asked_ = asked_ - place.busy[PROSPECT] - place.busy[CARE]
    return asked_ - (rest if activity != PROSPECT and activity != CARE else 0.0)


def read_earnings(floor: FloorP) -> cython.void:
    """Read the sales since the last review: what each place has earned on them."""
    k: cython.int
    role: cython.int
    sale: SaleP
    amount: cython.double
    counts: cython.bint
    for k in range(floor.places_count):
        floor.places[k].earned = 0.0
    if floor.missed_strength == 0.0:
        return
    if floor.anybody_earns:
        for k in range(floor.sales_read, floor.sales_count):
            sale = floor.sales + k
            if sale.place < 0 or sale.kind == DISTRIBUTED:
                continue
            role = floor.places[sale.place].role
            counts = brings_commission(floor, role, sale)
            if sale.kind == DEAL:
                counts = floor.on_deals[role]
            if floor.share[role] > 0.0 and counts:
                amount = sale.revenue
                if floor.of_margin[role]:
                    amount = sale.margin if sale.margin > 0.0 else 0.0
                floor.places[sale.place].earned += floor.share[role] * amount
    floor.sales_read = floor.sales_count


def brings_commission(floor: FloorP, role: cython.int, sale: SaleP) -> cython.bint:
    """Whether an order brings commission."""
    customer: CustomerP
    if not floor.on_orders[role] or floor.orders_for[role] == INFINITY or sale.customer < 0:
        return floor.on_orders[role]
    customer = floor.customers + sale.customer
    return not customer.initial and sale.time - customer.since <= floor.orders_for[role]


def missed_earnings(floor: FloorP, employee: EmployeeP) -> cython.double:
    """Factor for the share of the on-target pay that was missed over the last twelve weeks of work."""
    role: cython.int = employee.role
    months: cython.double = PRESSURE_HOURS / MONTH
    begin_: cython.double = employee.hired if not 0.0 > employee.hired else 0.0
    sold: cython.double
    due: cython.double = 0.0
    got: cython.double = 0.0
    missed: cython.double
    k: cython.int
    if floor.missed_strength == 0.0 or floor.share[role] == 0.0:
        return 1.0
    if floor.now - begin_ < PRESSURE_HOURS:
        return 1.0
    sold = floor.target_factor[role] * floor.places[employee.place].earned
    if floor.cap[role] * months < sold:
        sold = floor.cap[role] * months
    if floor.draw[role] * months > sold:
        sold = floor.draw[role] * months
    if employee.periods == PERIODS:
        for k in range(PERIODS - 1):
            employee.got[k] = employee.got[k + 1]
            employee.due[k] = employee.due[k + 1]
        employee.periods -= 1
    employee.got[employee.periods] = floor.base_pay[role] * months + sold
    employee.due[employee.periods] = floor.target_pay[role] * months
    employee.periods += 1
    if employee.periods < PERIODS:
        return 1.0
    for k in range(PERIODS):
        due += employee.due[k]
        got += employee.got[k]
    missed = 1.0 - got / due if due > 0.0 else 0.0
    return against_usual(floor.missed_strength, missed if missed > 0.0 else 0.0, floor.usual_missed)


# --- hazard -----------------------------------------------------------------------------------------------------


def spent_by(floor: FloorP, law_: cython.int, tenure: cython.double) -> cython.double:
    """The hazard cumulated over a tenure; 0 for a tenure below zero."""
    law: LawP = floor.laws + law_
    piece: cython.int = 0
    if not tenure > 0.0:
        return 0.0
    if law.kind == LAW_WEIBULL:
        return raised_to(tenure / law.scale, law.shape)
    if law.kind == LAW_LEFT:
        return reckoned(floor, law_, 0, tenure)
    while piece + 1 < law.pieces and law.begins[piece + 1] <= tenure:
        piece += 1
    return law.spent[piece] + law.hazards[piece] * (tenure - law.begins[piece])


def tenure_at(floor: FloorP, law_: cython.int, spent: cython.double) -> cython.double:
    """The tenure at which the cumulated hazard is so much."""
    law: LawP = floor.laws + law_
    piece: cython.int = 0
    if not spent > 0.0:
        return 0.0
    if law.kind == LAW_WEIBULL:
        return law.scale * raised_to(spent, 1 / law.shape)
    if law.kind == LAW_LEFT:
        return reckoned(floor, law_, 1, spent)
    while piece + 1 < law.pieces and law.spent[piece + 1] < spent:
        piece += 1
    return law.begins[piece] + (spent - law.spent[piece]) / law.hazards[piece]


def reckoned(floor: FloorP, law: cython.int, back: cython.int, value: cython.double) -> cython.double:
    """What the host reckons by a law."""
    answer: cython.p_double
    floor.argument = value
    answer = asked(floor, BY_LAW, law, back, 0, 0)
    return 0.0 if answer == cython.NULL else answer[0]


def integrate(floor: FloorP, e: cython.int) -> cython.double:
    """Accumulate somebody's hazard until now; how much of it enters the account, NaN for none."""
    employee: EmployeeP = floor.employees + e
    stated: cython.double
    entered: cython.double = NAN
    if employee.law >= 0 and floor.now > employee.watched:
        stated = spent_by(floor, employee.law, floor.now - employee.hired) - spent_by(
            floor, employee.law, employee.watched - employee.hired
        )
        employee.spent += employee.factor * stated
        if not employee.on_notice:
            expect(floor, employee, stated)
            entered = stated
    employee.watched = floor.now
    return entered


def expect(floor: FloorP, employee: EmployeeP, stated: cython.double) -> cython.void:
    """Enter so many leavers expected as stated, and what the factors add to them.

    The product of the factors is divided in proportion to their logarithms (logarithmic mean, Ang 2005).
    """
    account: cython.p_double = floor.expected + employee.role * (1 + FACTORS)
    whole: cython.double = 0.0
    weight: cython.double
    k: cython.int
    account[0] += stated
    if not employee.looked_at:
        return
    for k in range(FACTORS):
        floor.logs_of_factors[k] = log(employee.factors[k])
        whole += floor.logs_of_factors[k]
    weight = expm1(whole) / whole if fabs(whole) > 1e-12 else 1.0
    for k in range(FACTORS):
        account[1 + k] += stated * (weight * floor.logs_of_factors[k])


def settle_hazards(floor: FloorP, entered: cython.p_double) -> cython.void:
    """Integrate everybody's hazard until now; `entered`: how much of each enters the account, NULL: nobody asks."""
    stated: cython.double
    k: cython.int
    for k in range(floor.here.count):
        stated = integrate(floor, floor.here.rows[k])
        if entered != cython.NULL:
            entered[k] = stated


def watch(floor: FloorP, e: cython.int, catching: cython.double, spiked: cython.double) -> cython.void:
    """Take the factors of somebody's hazard anew, and set the alarm if he leaves before the next review."""
    employee: EmployeeP = floor.employees + e
    rest: cython.double
    when: cython.double
    employee.looked_at = True
    employee.factors[0] = employee.overload
    employee.factors[1] = employee.missed
    employee.factors[2] = catching
    employee.factors[3] = spiked
    employee.factor = employee.overload * employee.missed * catching * spiked
    if employee.law < 0 or employee.on_notice:
        return
    employee.version += 1
    if employee.factor <= 0.0:
        return
    rest = employee.threshold - employee.spent
    rest = (rest if rest > 0.0 else 0.0) / employee.factor
    when = employee.hired + tenure_at(
        floor, employee.law, spent_by(floor, employee.law, floor.now - employee.hired) + rest
    )
    if when < floor.now + WEEK:
        at(floor, when if when > floor.now else floor.now, NOTICE, e, employee.version)


def anybody_may_leave(floor: FloorP) -> cython.bint:
    """Whether anybody has a hazard of leaving."""
    k: cython.int
    for k in range(floor.here.count):
        if floor.employees[floor.here.rows[k]].law >= 0:
            return True
    return False
