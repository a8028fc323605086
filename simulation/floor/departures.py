"""What becomes of the work of somebody who leaves, changes roles, or has other duties from now on.

The rules are those of `department.departures` and `department.arrangement`. Whose leads and customers they are is
known by person, so that a leaver costs what was his and not what there ever was.
"""

import cython
from cython.cimports.libc.math import INFINITY
from cython.cimports.libc.stdlib import qsort

from simulation.floor.arrivals import (
    held_by,
    keep_lead,
)
from simulation.floor.customer import (
    dent,
    has_left,
    leaves_at,
)
from simulation.floor.customers import (
    hold,
    new_holder,
    serves,
    survives_hand_off,
)
from simulation.floor.days import (
    stop,
)
from simulation.floor.layout import (
    CrewP,
    CustomerP,
    DeskP,
    FloorP,
    JobP,
    LeadP,
    PersonP,
    RowsP,
    append,
    grown,
    scratched,
)
from simulation.floor.leads import (
    hand_over,
    lose,
)
from simulation.floor.luck import (
    upset,
)
from simulation.floor.names import (
    ACTIVITIES,
    CUSTOMER_DEPARTURE,
    DEPARTURE,
    LEAD,
    LEAVER,
    LOST_IN_HAND_OFF,
    OPEN,
    PROSPECT,
    WITH_LEAVER,
)
from simulation.floor.people import (
    activity_in_hand,
    becomes_idle,
    idle_no_more,
    is_free,
    prospects_no_more,
    unfinished,
)
from simulation.floor.pieces import (
    lay,
)
from simulation.floor.prospecting import (
    release,
)
from simulation.floor.queues import (
    new_queues,
    take_out,
)
from simulation.floor.work import (
    has,
)

# --- crews ------------------------------------------------------------------------------------------------------


def joins(floor: FloorP, p: cython.int, crew_: cython.int) -> cython.void:
    """Somebody is one of a crew from now on."""
    crew: CrewP = floor.crews + crew_
    floor.people[p].crew = crew_
    if crew.people_count >= crew.people_room:
        people_of(floor, crew)
    crew.people[crew.people_count] = p
    crew.people_count += 1


def people_of(floor: FloorP, crew: CrewP) -> cython.void:
    """Give a crew room for more people."""
    crew.people = cython.cast(
        cython.p_int,
        grown(floor, crew.people, crew.people_count, cython.address(crew.people_room), 16, cython.sizeof(cython.int)),
    )


def out_of_crew(floor: FloorP, p: cython.int) -> cython.void:
    """Somebody is none of his crew any more."""
    crew: CrewP = floor.crews + floor.people[p].crew
    k: cython.int = 0
    n: cython.int
    idle_no_more(floor, p)
    prospects_no_more(floor, p)
    while k < crew.people_count and crew.people[k] != p:
        k += 1
    if k < crew.people_count:
        crew.people_count -= 1
        for n in range(k, crew.people_count):
            crew.people[n] = crew.people[n + 1]


def furnish(floor: FloorP, p: cython.int) -> cython.void:
    """Give somebody the queues of his crew, and note what he cannot do yet."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    person.own = new_queues(floor, crew.duties)
    person.own_count = crew.duties
    look_what_he_can(floor, p)


def look_what_he_can(floor: FloorP, p: cython.int) -> cython.void:
    """Note the duties of which somebody of proficiency 0 takes none."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    duty: cython.int
    one: cython.ulonglong = 1
    person.cannot = 0
    for duty in range(crew.duties):
        if not has(crew.own_time, duty):
            if (
                floor.skills[p * ACTIVITIES + crew.activity[duty]].there
                and not floor.skills[p * ACTIVITIES + crew.activity[duty]].able
            ):
                person.cannot |= one << duty
    if person.cannot != 0:
        crew.unable = True


def deal_out(floor: FloorP, crew_: cython.int) -> cython.void:
    """Give out the work that waited for somebody to come."""
    crew: CrewP = floor.crews + crew_
    base: cython.int = floor.scratch_count
    desk: DeskP
    cls: cython.int
    step: cython.int
    d: cython.int
    number: cython.int
    k: cython.int
    count: cython.int
    for cls in range(floor.classes):
        for step in range(floor.steps):
            d = floor.desk_at[(crew.pod * floor.classes + cls) * floor.steps + step]
            if d < 0:
                continue
            desk = floor.desks + d
            if not desk.assigned or floor.queues[desk.queue].first < 0 or not reads(floor, desk, crew_):
                continue
            while True:
                number = floor.queues[desk.queue].first
                if number < 0:
                    break
                scratched(floor, take_out(floor, number))
    count = floor.scratch_count
    for k in range(base, count):
        lay(floor, floor.scratch[k])
    floor.scratch_count = base


def reads(floor: FloorP, desk: DeskP, crew: cython.int) -> cython.bint:
    """Whether a crew looks for work at a desk."""
    k: cython.int
    for k in range(desk.readers_count):
        if floor.readers[desk.readers + k].crew == crew:
            return True
    return False


# --- leaving ----------------------------------------------------------------------------------------------------


def sorted_rows(list_: RowsP) -> cython.void:
    """Put a list of rows in order, each once."""
    k: cython.int
    kept: cython.int = 0
    if list_.count < 2:
        return
    qsort(list_.rows, list_.count, cython.sizeof(cython.int), compared)
    for k in range(1, list_.count):
        if list_.rows[k] != list_.rows[kept]:
            kept += 1
            list_.rows[kept] = list_.rows[k]
    list_.count = kept + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def compared(a: cython.p_const_void, b: cython.p_const_void) -> cython.int:
    """The order of two rows."""
    return cython.cast(cython.p_int, a)[0] - cython.cast(cython.p_int, b)[0]


def leaves(floor: FloorP, p: cython.int) -> cython.void:
    """Somebody works here no longer."""
    k: cython.int
    kept: cython.int = 0
    stop(floor, p, floor.now)
    out_of_crew(floor, p)
    for k in range(floor.present.count):
        if floor.present.rows[k] != p:
            floor.present.rows[kept] = floor.present.rows[k]
            kept += 1
    floor.present.count = kept
    floor.people[p].gone = True
    floor.people[p].away_from = -INFINITY
    floor.people[p].career += 1
    release(floor, p)


def heir_in_turn(heirs: cython.p_int, count: cython.int, turn: cython.p_int) -> cython.int:
    """The next heir in turn; -1: nobody in particular."""
    heir: cython.int
    if count == 0:
        return -1
    heir = heirs[turn[0] % count]
    turn[0] += 1
    return heir


def hand_over_all(
    floor: FloorP,
    p: cython.int,
    heirs: cython.p_int,
    count: cython.int,
    lead_lost: cython.double,
    customer_lost: cython.double,
    saved: cython.double,
    kept: cython.double,
    fall: cython.double,
    recover: cython.double,
) -> cython.void:
    """Some of the leads and customers of a leaver are lost; the rest is shared out among the heirs in turn.

    `saved`: the share of the losses of customers that is left where colleagues take over; `kept` that of all losses,
    which a tool leaves.
    """
    person: PersonP = floor.people + p
    turn: cython.int = 0
    k: cython.int
    row: cython.int
    heir: cython.int
    share: cython.double
    luck: cython.double
    lead: LeadP
    sorted_rows(cython.address(person.leads))
    sorted_rows(cython.address(person.customers))
    for k in range(person.leads.count):
        row = person.leads.rows[k]
        lead = floor.leads + row
        if lead.state != OPEN or floor.jobs[lead.job].owner != p:
            continue
        share = share_of_lead(floor, lead, p)
        if share != 0.0:
            luck = upset(floor, DEPARTURE, floor.tables[lead.table].stock, lead.i, lead.departures)
            lead.departures += 1
            if luck < lead_lost * share * kept:
                lose(floor, row, LEAVER, floor.now)
                continue
        heir = heir_in_turn(heirs, count, cython.address(turn))
        if heir < 0:
            floor.jobs[lead.job].owner = -1
        else:
            held_by(floor, row, heir)
        if floor.limited:
            keep_lead(floor, row, -1)
    for k in range(person.customers.count):
        row = person.customers.rows[k]
        hand_over_customer(
            floor,
            row,
            p,
            heirs,
            count,
            cython.address(turn),
            customer_lost,
            saved,
            kept,
            fall,
            recover,
        )
    person.leads.count = 0
    person.customers.count = 0
    settled(floor, p, heirs, count)


def share_of_lead(floor: FloorP, lead: LeadP, p: cython.int) -> cython.double:
    """Share of the contacts with a lead that was somebody's; 0 where there were none."""
    hand: cython.int = lead.hands_first
    own: cython.int = 0
    while hand >= 0:
        if floor.hands[hand].person == p:
            own += 1
        hand = floor.hands[hand].next
    return 0.0 if lead.hands_count == 0 else cython.cast(cython.double, own) / lead.hands_count


def hand_over_customer(
    floor: FloorP,
    row: cython.int,
    p: cython.int,
    heirs: cython.p_int,
    count: cython.int,
    turn: cython.p_int,
    customer_lost: cython.double,
    saved: cython.double,
    kept: cython.double,
    fall: cython.double,
    recover: cython.double,
) -> cython.void:
    """A customer whom a leaver held, or had one of the last contacts with."""
    customer: CustomerP = floor.customers + row
    left: cython.int = 0
    k: cython.int
    heir: cython.int
    luck: cython.double
    share: cython.double
    for k in range(customer.hands_count):
        if customer.hands[k] != p:
            customer.hands[left] = customer.hands[k]
            left += 1
    if left == customer.hands_count and customer.holder != p:
        return
    share = 1.0
    if customer.hands_count > 0:
        share = cython.cast(cython.double, customer.hands_count - left) / customer.hands_count
    customer.hands_count = left
    if has_left(floor, customer, floor.now):
        return
    luck = upset(floor, CUSTOMER_DEPARTURE, customer.stock, customer.i, customer.departures)
    customer.departures += 1
    if luck < customer_lost * saved * share * kept:
        leaves_at(customer, floor.now, WITH_LEAVER)
        return
    if fall > 0.0:
        dent(floor, customer, fall * share * kept, floor.now, recover)
    if customer.holder == p:
        heir = heir_in_turn(heirs, count, turn)
        hold(floor, row, heir if heir >= 0 else new_holder(floor, customer))


def settled(floor: FloorP, p: cython.int, heirs: cython.p_int, count: cython.int) -> cython.void:
    """Let everything that waits for a leaver wait with the heirs, from now on too."""
    person: PersonP = floor.people + p
    base: cython.int = floor.scratch_count
    k: cython.int
    end: cython.int
    person.settled = True
    if count > 0:
        person.heir = heirs[0]
    what_waits(floor, p)
    end = floor.scratch_count
    for k in range(base, end):
        lay_again(floor, floor.scratch[k])
    floor.scratch_count = base


def what_waits(floor: FloorP, p: cython.int) -> cython.void:
    """Take what waits for somebody out of his queues, and put it on the stack."""
    person: PersonP = floor.people + p
    duty: cython.int
    number: cython.int
    for duty in range(person.own_count):
        while True:
            number = floor.queues[person.own + duty].first
            if number < 0:
                break
            scratched(floor, take_out(floor, number))


def lay_again(floor: FloorP, number: cython.int) -> cython.void:
    """Let a job wait with whoever does it now."""
    job: JobP = floor.jobs + number
    if job.kind == LEAD and floor.leads[job.subject].state != OPEN:
        return
    job.covered = False
    lay(floor, number)


# --- changing roles ---------------------------------------------------------------------------------------------


def hand_over_book(floor: FloorP, p: cython.int) -> cython.void:
    """Leads and customers that somebody does not look after any more go through a hand-off between roles."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    lead: LeadP
    customer: CustomerP
    k: cython.int
    row: cython.int
    sorted_rows(cython.address(person.leads))
    sorted_rows(cython.address(person.customers))
    for k in range(person.leads.count):
        row = person.leads.rows[k]
        lead = floor.leads + row
        if lead.state != OPEN or floor.jobs[lead.job].owner != p:
            continue
        if not person.gone and crew.duty_of[lead.cls * floor.steps + floor.jobs[lead.job].step] >= 0:
            continue
        if not hand_over(floor, row):
            lose(floor, row, LOST_IN_HAND_OFF, floor.now)
        elif person.gone:
            floor.jobs[lead.job].owner = -1
        if floor.limited:
            keep_lead(floor, row, -1)
    for k in range(person.customers.count):
        row = person.customers.rows[k]
        customer = floor.customers + row
        if customer.holder == p and not has_left(floor, customer, floor.now):
            if not person.gone and serves(floor, p, customer.cls):
                continue
            if survives_hand_off(floor, customer, floor.now):
                hold(floor, row, new_holder(floor, customer))


def change_role(floor: FloorP, p: cython.int, place: cython.int, crew: cython.int) -> cython.int:
    """Somebody goes to another crew; what waited for him lies on the stack from the row that is answered on."""
    person: PersonP = floor.people + p
    base: cython.int = floor.scratch_count
    rest: cython.double
    activity: cython.int
    if person.job < 0:
        stop(floor, p, floor.now)
    out_of_crew(floor, p)
    what_waits(floor, p)
    rest = unfinished(floor, person, floor.now)
    activity = PROSPECT if is_free(floor, p) else activity_in_hand(floor, person)
    floor.places[person.place].busy[activity] -= rest
    person.place = place
    floor.places[place].busy[activity] += rest
    person.crew = crew
    return base


def follow_new_order(floor: FloorP, p: cython.int) -> cython.void:
    """The duties of the crew have changed: the work in hand belongs to none of the new ones."""
    person: PersonP = floor.people + p
    person.duty = -1
    person.helps_at = -1
    prospects_no_more(floor, p)


def settle_in(floor: FloorP, p: cython.int, crew: cython.int) -> cython.void:
    """Let somebody be one of a crew, with queues in its order of preference."""
    k: cython.int
    known: cython.bint = False
    for k in range(floor.present.count):
        if floor.present.rows[k] == p:
            known = True
    if not known:
        append(floor, cython.address(floor.present), p)
    joins(floor, p, crew)
    if is_free(floor, p) and floor.people[p].away_from > floor.now:
        becomes_idle(floor, p)
    furnish(floor, p)
