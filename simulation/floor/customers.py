"""Customers after the first deal: orders, requests, upsells, care, papers, payments, and leaving.

The rules are those of `department.customer` (one customer, and the time at which it leaves) and
`department.customers` (what happens to all of them).
"""

import cython
from cython.cimports.libc.math import INFINITY, NAN, exp, log

from simulation.floor.clock import (
    at,
)
from simulation.floor.layout import (
    BOUGHT_MORE,
    CARE_CALL,
    CARE_WORK,
    CHURN,
    CONTACTS,
    CUSTOMER_HAND_OFF,
    DEAL,
    DEAL_PAPERS,
    DECLINES,
    DROP_OUT,
    DUNNING,
    FALLS_DUE,
    HAS_LEFT,
    IN_HAND_OFF,
    LATE,
    MONTH,
    NO_ROOM,
    ORDER,
    ORDER_GAP,
    ORDER_PAPERS,
    ORDER_SIZE,
    ORDER_WORK,
    ORDERS,
    PAPERWORK,
    PAYMENT,
    PROPOSAL,
    REMINDER,
    REORDER,
    REQUEST,
    REQUEST_GAP,
    REQUEST_WORK,
    REQUESTS,
    REVIEWS,
    STAYS,
    UPSELL_DECISION,
    UPSELL_GAP,
    UPSELL_WORK,
    CrewP,
    CustomerP,
    FloorP,
    HabitsP,
    JobP,
    LeadP,
    PassingP,
    PlacedP,
    ReaderP,
    SaleP,
    SkillP,
    TableP,
    TermsP,
    fail,
    keep,
)
from simulation.floor.leads import (
    desk_of,
)
from simulation.floor.luck import (
    SERIES,
    asked,
    drawn,
    frailty,
    of_lead,
    of_sale,
    upset,
)
from simulation.floor.people import (
    give,
    stand_in,
)
from simulation.floor.skills import (
    skill_of,
)
from simulation.floor.work import (
    drop_job,
    has,
    line_up,
    new_job,
    next_in_turn,
    post,
)

# --- how close a customer is to leaving -------------------------------------------------------------------------


def habits_of(floor: FloorP, customer: CustomerP) -> HabitsP:
    """What customers of a customer's process do."""
    return floor.habits + customer.process


def leaves_at(customer: CustomerP, when: cython.double, reason: cython.int) -> cython.void:
    """The customer leaves."""
    customer.until = when
    customer.reason = reason
    customer.leaves = -INFINITY


def look_ahead(floor: FloorP, customer: CustomerP) -> cython.void:
    """When the customer leaves if it stays happy."""
    if customer.until == customer.until:
        return
    habits: HabitsP = habits_of(floor, customer)
    own: cython.double = habits.churn[customer.product] / customer.hold
    rest: cython.double = customer.threshold - customer.spent
    begin: cython.double = customer.at
    cared: cython.double
    spent: cython.double
    if customer.cared_until > begin:
        cared = own * (habits.cared_welcome if customer.content else habits.cared_too_often)
        spent = cared * (customer.cared_until - begin)
        if spent < rest:
            rest = rest - spent
            begin = customer.cared_until
        else:
            own = cared
    customer.leaves = begin + rest / own if own > 0.0 else INFINITY


def passes(customer: CustomerP, hazard: cython.double, begin: cython.double, end: cython.double) -> cython.bint:
    """Whether the hazard accumulated over a time reaches the threshold."""
    spent: cython.double = customer.spent + hazard * (end - begin)
    if spent < customer.threshold:
        customer.spent = spent
        return False
    leaves_at(customer, begin + (customer.threshold - customer.spent) / hazard, CHURN)
    return True


def spend(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.void:
    """Accumulate the hazard until now: the own one, and from the end of the tolerance on the unhappy one too."""
    if customer.until == customer.until:
        return
    habits: HabitsP = habits_of(floor, customer)
    own: cython.double = habits.churn[customer.product] / customer.hold
    happy_until: cython.double = customer.unhappy if customer.unhappy > customer.at else customer.at
    if not happy_until < now:
        happy_until = now
    if customer.cared_until > customer.at:
        spend_cared(floor, customer, habits, own, happy_until, now)
    elif not passes(customer, own, customer.at, happy_until):
        passes(customer, own + habits.late_churn, happy_until, now)
    customer.at = now


def spend_cared(
    floor: FloorP,
    customer: CustomerP,
    habits: HabitsP,
    own: cython.double,
    happy_until: cython.double,
    now: cython.double,
) -> cython.void:
    """The same where a contact still has its effect: until that ends the own hazard is another one."""
    begin: cython.double = customer.at
    cared_until: cython.double = customer.cared_until if customer.cared_until < now else now
    first: cython.double = cared_until if cared_until < happy_until else happy_until
    second: cython.double = happy_until if cared_until < happy_until else cared_until
    end: cython.double
    hazard: cython.double
    k: cython.int
    for k in range(3):
        end = now
        if k < 2:
            end = first if k == 0 else second
        if end <= begin:
            continue
        hazard = own
        if begin < customer.cared_until:
            hazard = own * (habits.cared_welcome if customer.content else habits.cared_too_often)
        if passes(customer, hazard + (habits.late_churn if begin >= happy_until else 0.0), begin, end):
            return
        begin = end


def has_left(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.bint:
    """Whether the customer has left by now; sets the exact time when it has."""
    if now < customer.leaves and now <= customer.unhappy:
        return False
    if customer.until == customer.until:
        return customer.until <= now
    spend(floor, customer, now)
    look_ahead(floor, customer)
    return customer.until == customer.until


def waits(floor: FloorP, customer: CustomerP, since: cython.double) -> cython.void:
    """An order or request begins to wait."""
    k: cython.int = floor.waits_free
    if customer.waits_first < 0:
        customer.unhappy = since + habits_of(floor, customer).tolerance
    if k >= 0:
        floor.waits_free = floor.waits[k].next
    elif floor.waits_count < floor.waits_room:
        k = floor.waits_count
        floor.waits_count += 1
    else:
        fail(floor, NO_ROOM, ORDER, floor.waits_count)
        return
    floor.waits[k].since = since
    floor.waits[k].next = -1
    if customer.waits_last < 0:
        customer.waits_first = k
    else:
        floor.waits[customer.waits_last].next = k
    customer.waits_last = k


def served(floor: FloorP, customer: CustomerP, since: cython.double, now: cython.double) -> cython.void:
    """What has waited since then is done. Nothing happens when nobody waited for it (orders that need no work)."""
    before: cython.int = -1
    k: cython.int = customer.waits_first
    earliest: cython.double
    while k >= 0 and floor.waits[k].since != since:
        before = k
        k = floor.waits[k].next
    if k < 0:
        return
    if before < 0:
        customer.waits_first = floor.waits[k].next
    else:
        floor.waits[before].next = floor.waits[k].next
    if customer.waits_last == k:
        customer.waits_last = before
    floor.waits[k].next = floor.waits_free
    floor.waits_free = k
    if customer.unhappy < now:
        spend(floor, customer, now)
        look_ahead(floor, customer)
    if customer.waits_first < 0:
        customer.unhappy = INFINITY
        return
    k = customer.waits_first
    earliest = floor.waits[k].since
    while k >= 0:
        if floor.waits[k].since < earliest:
            earliest = floor.waits[k].since
        k = floor.waits[k].next
    customer.unhappy = earliest + habits_of(floor, customer).tolerance


def held(floor: FloorP, customer: CustomerP, hold: cython.double, now: cython.double) -> cython.void:
    """Somebody has served whose proficiency divides the own hazard by `hold`."""
    hold *= customer.lasting
    if hold != customer.hold:
        spend(floor, customer, now)
        customer.hold = hold
        look_ahead(floor, customer)


def cared(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.void:
    """A contact that nobody asked for: it does good until the next one is wanted, or harm where it is too many."""
    habits: HabitsP = habits_of(floor, customer)
    spend(floor, customer, now)
    customer.content = now - customer.last_care >= MONTH / habits.care_most - 1e-6
    customer.last_care = now
    if customer.content or habits.care_harm > 0.0:
        customer.cared_until = now + habits.care_lasts
    else:
        customer.content = True
    look_ahead(floor, customer)


def dent(
    floor: FloorP, customer: CustomerP, depth: cython.double, now: cython.double, hours: cython.double
) -> cython.void:
    """Order less from now on, and as before again after so many hours (linear)."""
    k: cython.int = floor.dents_count
    last: cython.int = customer.dents_first
    if k >= floor.dents_room:
        fail(floor, NO_ROOM, ORDER, k)
        return
    floor.dents_count += 1
    floor.dents[k].depth = depth
    floor.dents[k].since = now
    floor.dents[k].until = now + hours
    floor.dents[k].next = -1
    if last < 0:
        customer.dents_first = k
        return
    while floor.dents[last].next >= 0:
        last = floor.dents[last].next
    floor.dents[last].next = k


def undented(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.double:
    """Factor on the orders after what leavers took with them."""
    factor: cython.double = 1.0
    before: cython.int = -1
    k: cython.int = customer.dents_first
    while k >= 0:
        if floor.dents[k].until > now:
            factor *= 1.0 - floor.dents[k].depth * (floor.dents[k].until - now) / (
                floor.dents[k].until - floor.dents[k].since
            )
            before = k
        elif before < 0:
            customer.dents_first = floor.dents[k].next
        else:
            floor.dents[before].next = floor.dents[k].next
        k = floor.dents[k].next
    return factor


# --- becoming a customer ----------------------------------------------------------------------------------------


def new_customer(
    floor: FloorP,
    t: cython.int,
    i: cython.int,
    pod: cython.int,
    product: cython.int,
    cls: cython.int,
    size: cython.double,
) -> cython.int:
    """Somebody is a customer from now on."""
    row: cython.int = floor.customers_count
    table: TableP = floor.tables + t
    if row >= floor.customers_room:
        fail(floor, NO_ROOM, ORDER, row)
        return 0
    floor.customers_count += 1
    customer: CustomerP = floor.customers + row
    customer.stock = table.stock
    customer.i = i
    customer.pod = pod
    customer.channel = table.channel
    customer.product = product
    customer.process = table.process[product]
    customer.cls = cls
    customer.lead = -1
    customer.holder = -1
    customer.reason = STAYS
    customer.hand_offs = 0
    customer.departures = 0
    customer.initial = False
    customer.content = True
    customer.unworked = False
    customer.hands_count = 0
    customer.waits_first = -1
    customer.waits_last = -1
    customer.dents_first = -1
    customer.size = size
    customer.price = floor.prices[product]
    customer.since = floor.now
    customer.until = NAN
    customer.extra = 0.0
    customer.available_from = floor.now
    customer.first_order = NAN
    customer.first_review = NAN
    customer.first_care = NAN
    customer.cared_until = -INFINITY
    customer.last_care = -INFINITY
    customer.rate = 1.0
    customer.drop_out = 0.0
    customer.lasting = 1.0
    if table.differs[product]:
        frailty(floor, customer, t)
    customer.hold = customer.lasting
    customer.unhappy = INFINITY
    customer.threshold = -log(of_lead(floor, table, cython.address(table.leave), i))
    customer.spent = 0.0
    customer.at = floor.now
    customer.leaves = INFINITY
    look_ahead(floor, customer)
    return row


def won(floor: FloorP, lead_: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """A lead has bought: book the deal, its papers and its payment; a repeat product makes a customer."""
    lead: LeadP = floor.leads + lead_
    table: TableP = floor.tables + lead.table
    product: cython.int = lead.product
    terms: cython.int = floor.habits[table.process[product]].terms
    row: cython.int = -1
    owner: cython.int = floor.jobs[lead.job].owner
    customer: CustomerP
    hand: cython.int
    if floor.repeats[product]:
        row = new_customer(floor, lead.table, lead.i, lead.pod, product, lead.cls, lead.size)
        customer = floor.customers + row
        customer.lead = lead_
        hold(floor, row, p)
        hand = lead.hands_first
        while hand >= 0:
            touch(floor, row, floor.hands[hand].person)
            hand = floor.hands[hand].next
    sale: cython.int = sell(floor, DEAL, lead_, row, table.channel, product, floor.people[p].place, lead.size)
    if not floor.terms[terms].nothing_follows[product]:
        deal_follows(
            floor, terms, sale, product, table.stock, lead.i, lead.pod, lead.cls, owner if owner >= 0 else p, row
        )
    if row >= 0:
        take_over(floor, row, now)


def hold(floor: FloorP, row: cython.int, p: cython.int) -> cython.void:
    """A customer is somebody's own from now on, which is noted where people may leave; or nobody's."""
    floor.customers[row].holder = p
    if floor.notes_hands and p >= 0:
        keep(floor, cython.address(floor.people[p].customers), row)


def touch(floor: FloorP, row: cython.int, p: cython.int) -> cython.void:
    """Somebody has contact with a customer; the last ones are remembered."""
    customer: CustomerP = floor.customers + row
    k: cython.int
    if customer.hands_count == CONTACTS:
        for k in range(CONTACTS - 1):
            customer.hands[k] = customer.hands[k + 1]
        customer.hands_count = CONTACTS - 1
    customer.hands[customer.hands_count] = p
    customer.hands_count += 1
    keep(floor, cython.address(floor.people[p].customers), row)


def served_at(floor: FloorP, customer: CustomerP) -> cython.int:
    """The desk of those who serve a customer; -1: nobody does."""
    d: cython.int = desk_of(floor, customer.pod, customer.cls, floor.order_step)
    return d if d >= 0 else desk_of(floor, customer.pod, customer.cls, floor.request_step)


def serves(floor: FloorP, p: cython.int, cls: cython.int) -> cython.bint:
    """Whether somebody serves orders or requests of customers of a class."""
    crew: CrewP = floor.crews + floor.people[p].crew
    return (
        crew.duty_of[cls * floor.steps + floor.order_step] >= 0
        or crew.duty_of[cls * floor.steps + floor.request_step] >= 0
    )


def new_holder(floor: FloorP, customer: CustomerP) -> cython.int:
    """Whose customer it becomes among those who serve; nobody's in particular where they share the work."""
    d: cython.int = served_at(floor, customer)
    return next_in_turn(floor, d) if d >= 0 and floor.desks[d].assigned else -1


def begin_customer(floor: FloorP, row: cython.int, handed_over: cython.bint) -> cython.void:
    """Let a first-day customer live: in familiar hands, or handed over to those who serve it now."""
    customer: CustomerP = floor.customers + row
    d: cython.int = served_at(floor, customer)
    if customer.holder < 0 and d >= 0 and floor.desks[d].assigned:
        hold(floor, row, next_in_turn(floor, d))
    if floor.notes_hands:
        familiar(floor, row, d)
    if handed_over and not survives_hand_off(floor, customer, floor.now):
        return
    live(floor, row)


def familiar(floor: FloorP, row: cython.int, d: cython.int) -> cython.void:
    """Whose contacts a first-day customer had: its holder's, or those of all who serve, in turn."""
    customer: CustomerP = floor.customers + row
    reader: ReaderP
    crew: CrewP
    count: cython.int = 0
    place: cython.int
    k: cython.int
    n: cython.int
    if customer.holder >= 0:
        for n in range(CONTACTS):
            touch(floor, row, customer.holder)
        return
    if d < 0:
        return
    for k in range(floor.desks[d].readers_count):
        reader = floor.readers + (floor.desks[d].readers + k)
        if not reader.helps:
            count += floor.crews[reader.crew].people_count
    if count == 0:
        return
    for n in range(CONTACTS):
        place = (customer.i + n) % count
        for k in range(floor.desks[d].readers_count):
            reader = floor.readers + (floor.desks[d].readers + k)
            if reader.helps:
                continue
            crew = floor.crews + reader.crew
            if place < crew.people_count:
                touch(floor, row, crew.people[place])
                break
            place -= crew.people_count


def take_over(floor: FloorP, row: cython.int, now: cython.double) -> cython.void:
    """After the first deal the customer stays with the crew that won it, or is handed over to those who serve."""
    customer: CustomerP = floor.customers + row
    d: cython.int
    if not serves(floor, customer.holder, customer.cls):
        d = served_at(floor, customer)
        if d >= 0:
            if not survives_hand_off(floor, customer, now):
                return
            hold(floor, row, next_in_turn(floor, d) if floor.desks[d].assigned else -1)
    live(floor, row)


def survives_hand_off(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.bint:
    """A customer is handed over; False when it is lost."""
    passing: PassingP = cython.address(floor.customer_passing)
    luck: cython.double
    if passing.loss > 0.0:
        luck = upset(floor, CUSTOMER_HAND_OFF, customer.stock, customer.i, customer.hand_offs)
        customer.hand_offs += 1
        if luck < passing.loss * floor.customer_losses:
            leaves_at(customer, now, IN_HAND_OFF)
            return False
    customer.extra += passing.extra_work
    customer.available_from = now + passing.delay
    return True


def live(floor: FloorP, row: cython.int) -> cython.void:
    """Orders, requests, proposals and contacts begin."""
    customer: CustomerP = floor.customers + row
    habits: HabitsP = habits_of(floor, customer)
    number: cython.int
    wait: cython.double
    customer.unworked = habits.unworked
    if habits.orders:
        await_order(floor, row, 0)
    if habits.requests:
        await_request(floor, row, 0)
    if habits.reviews:
        await_review(floor, row, 0)
    if floor.cares:
        wait = care_interval(floor, customer)
        if customer.initial:
            wait *= customer.first_care
        number = new_errand(floor, CARE_CALL, floor.care_step, row, 0.0)
        floor.jobs[number].law = -1
        floor.jobs[number].number = 0
        at(floor, floor.now + wait, FALLS_DUE, number, floor.jobs[number].serial)


# --- a customer's life ------------------------------------------------------------------------------------------


def of_customer(floor: FloorP, customer: CustomerP, what: cython.int, ordinal: cython.int) -> cython.double:
    """A number of a customer's stream through the law that is in force."""
    return drawn(floor, series_of(floor, customer.process, customer.stock, what), customer.i, ordinal)


def series_of(floor: FloorP, process: cython.int, stock: cython.int, what: cython.int) -> cython.int:
    """The series of a stream under the law in force."""
    known: cython.int = floor.habits[process].series[stock * floor.streams + what]
    if known >= 0:
        return known
    asked(floor, SERIES, process, stock, what, 0)
    return floor.habits[process].series[stock * floor.streams + what]


def await_order(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """Wait for the n-th order; the first of one who was there before is under way already."""
    customer: CustomerP = floor.customers + row
    late: cython.int = 1 if customer.initial else 0
    gap: cython.double = customer.first_order if n < late else of_customer(floor, customer, ORDER_GAP, n - late)
    gap = gap / (floor.orders_factor * customer.rate)
    if gap < INFINITY:
        at(floor, floor.now + gap, ORDERS, row, n)


def orders(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """A customer orders."""
    customer: CustomerP = floor.customers + row
    size: cython.double
    number: cython.int
    k: cython.int
    placed: PlacedP
    if has_left(floor, customer, floor.now):
        return
    size = of_customer(floor, customer, ORDER_SIZE, n)
    k = floor.placed_count
    if k >= floor.placed_room:
        fail(floor, NO_ROOM, ORDER, k)
        return
    floor.placed_count += 1
    placed = floor.placed + k
    placed.placed = floor.now
    placed.worth = order_size(floor, customer, floor.now) * size
    placed.worked = NAN
    placed.billed = NAN
    placed.customer = row
    if customer.unworked:
        ordered(floor, row, -1, size, n + 1, floor.now, k)
    else:
        number = new_errand(floor, ORDER, floor.order_step, row, of_customer(floor, customer, ORDER_WORK, n))
        floor.jobs[number].luck = size
        floor.jobs[number].number = n + 1
        floor.jobs[number].row = k
        send(floor, number, True)
    await_order(floor, row, n + 1)


def await_request(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """Wait for the n-th request."""
    gap: cython.double = of_customer(floor, floor.customers + row, REQUEST_GAP, n)
    if gap < INFINITY:
        at(floor, floor.now + gap, REQUESTS, row, n)


def requests(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """A customer asks for service."""
    customer: CustomerP = floor.customers + row
    if has_left(floor, customer, floor.now):
        return
    send(
        floor,
        new_errand(floor, REQUEST, floor.request_step, row, of_customer(floor, customer, REQUEST_WORK, n)),
        True,
    )
    await_request(floor, row, n + 1)


def await_review(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """Wait for the n-th proposal."""
    customer: CustomerP = floor.customers + row
    late: cython.int = 1 if customer.initial else 0
    gap: cython.double = customer.first_review if n < late else of_customer(floor, customer, UPSELL_GAP, n - late)
    if gap < INFINITY:
        at(floor, floor.now + gap, REVIEWS, row, n)


def reviews(floor: FloorP, row: cython.int, n: cython.int) -> cython.void:
    """It is time for a proposal."""
    customer: CustomerP = floor.customers + row
    number: cython.int
    if has_left(floor, customer, floor.now):
        return
    number = new_errand(floor, PROPOSAL, floor.upsell_step, row, of_customer(floor, customer, UPSELL_WORK, n))
    floor.jobs[number].luck = of_customer(floor, customer, UPSELL_DECISION, n)
    send(floor, number, False)
    await_review(floor, row, n + 1)


def new_errand(floor: FloorP, kind: cython.int, step: cython.int, row: cython.int, work: cython.double) -> cython.int:
    """Work for a customer."""
    number: cython.int = new_job(floor, kind, step)
    job: JobP = floor.jobs + number
    job.customer = row
    job.work = work
    job.stock = -1
    return number


def send(floor: FloorP, number: cython.int, matters: cython.bint) -> cython.void:
    """Let a customer's errand wait, from the end of a hand-off on, with whoever does it."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    if matters:
        waits(floor, customer, job.ready)
    if customer.available_from > floor.now:
        at(floor, customer.available_from, FALLS_DUE, number, job.serial)
    else:
        lay_errand(floor, number)


def falls_due(floor: FloorP, number: cython.int) -> cython.void:
    """The hand-off is over, a contact would not be too soon, or a payment is due: now somebody can do the work."""
    job: JobP = floor.jobs + number
    if job.kind == CARE_CALL:
        if has_left(floor, floor.customers + job.customer, floor.now):
            drop_job(floor, number)
            return
        job.ready = floor.now
        lay_care(floor, number)
    elif job.kind == DUNNING:
        job.ready = floor.now
        lay_sale_work(floor, number)
    else:
        lay_errand(floor, number)


def lay_errand(floor: FloorP, number: cython.int) -> cython.void:
    """Wait with whoever holds the customer."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    lay_with(floor, number, customer.pod, customer.cls, customer.holder)


def lay_sale_work(floor: FloorP, number: cython.int) -> cython.void:
    """Wait with whoever held the customer at the sale."""
    job: JobP = floor.jobs + number
    lay_with(floor, number, job.pod, job.cls, job.holder)


def lay_with(floor: FloorP, number: cython.int, pod: cython.int, cls: cython.int, holder: cython.int) -> cython.void:
    """Let an errand wait with whoever holds the customer, or at the desk of those who do it."""
    job: JobP = floor.jobs + number
    step: cython.int = job.step
    crew: CrewP
    duty: cython.int
    d: cython.int
    p: cython.int
    if holder >= 0 and floor.people[holder].gone:
        holder = stand_in(floor, holder)
    if holder >= 0:
        crew = floor.crews + floor.people[holder].crew
        duty = crew.duty_of[cls * floor.steps + step]
        if duty >= 0 and not has(floor.people[holder].cannot, duty):
            if crew.personal:
                give(floor, holder, number, duty)
            else:
                post(floor, crew.desk[duty], number, False)
            return
    d = desk_of(floor, pod, cls, step)
    if d < 0:
        return
    if floor.desks[d].assigned:
        p = next_in_turn(floor, d)
        if p >= 0:
            give(floor, p, number, floor.crews[floor.people[p].crew].duty_of[cls * floor.steps + step])
        else:
            line_up(floor, floor.desks[d].queue, number, floor.desks[d].newest)
        return
    post(floor, d, number, False)


# --- care -------------------------------------------------------------------------------------------------------


def care_interval(floor: FloorP, customer: CustomerP) -> cython.double:
    """Hours from one contact to the next that whoever looks after the customer seeks."""
    habits: HabitsP = habits_of(floor, customer)
    rate: cython.double = NAN
    d: cython.int
    if not habits.cares:
        return MONTH
    if customer.holder >= 0 and looks_after(floor, customer, customer.holder):
        rate = floor.crews[floor.people[customer.holder].crew].care_per_month
    else:
        d = desk_of(floor, customer.pod, customer.cls, floor.care_step)
        if d >= 0:
            rate = floor.crews[floor.readers[floor.desks[d].readers].crew].care_per_month
    return MONTH / (habits.care_most if rate != rate else rate)


def looks_after(floor: FloorP, customer: CustomerP, p: cython.int) -> cython.bint:
    """Whether somebody makes contacts with such a customer that nobody asked for."""
    return floor.crews[floor.people[p].crew].duty_of[customer.cls * floor.steps + floor.care_step] >= 0


def lay_care(floor: FloorP, number: cython.int) -> cython.void:
    """Wait with whoever looks after the customer; as long as nobody makes such calls, see again later."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    holder: cython.int = customer.holder
    if holder >= 0 and floor.people[holder].gone:
        holder = stand_in(floor, holder)
    if not habits_of(floor, customer).cares or (
        not (holder >= 0 and looks_after(floor, customer, holder))
        and desk_of(floor, customer.pod, customer.cls, floor.care_step) < 0
    ):
        at(floor, floor.now + MONTH, FALLS_DUE, number, job.serial)
    else:
        lay_errand(floor, number)


def hours_of_care(floor: FloorP, number: cython.int, now: cython.double) -> cython.double:
    """The call, if such calls are still made; reading oneself in is left to those who serve."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    habits: HabitsP = habits_of(floor, customer)
    if has_left(floor, customer, now):
        return -1.0
    if not habits.cares:
        at(floor, floor.now + MONTH, FALLS_DUE, number, job.serial)
        return -1.0
    if job.law != habits.care_law:
        job.series = series_of(floor, customer.process, customer.stock, CARE_WORK)
        job.number = 0
    job.law = habits.care_law
    job.number += 1
    return drawn(floor, job.series, customer.i, job.number - 1)


# --- errands ----------------------------------------------------------------------------------------------------


def hours_of_errand(floor: FloorP, number: cython.int, now: cython.double) -> cython.double:
    """The work; nothing when the customer has left meanwhile."""
    job: JobP = floor.jobs + number
    customer: CustomerP
    hours: cython.double
    if job.kind == DEAL_PAPERS or job.kind == DUNNING:
        return job.work
    if job.kind == CARE_CALL:
        return hours_of_care(floor, number, now)
    customer = floor.customers + job.customer
    if has_left(floor, customer, now):
        return -1.0
    hours = job.work
    if job.kind != ORDER_PAPERS and customer.extra != 0.0:
        hours += customer.extra
        customer.extra = 0.0
    return hours


def errand_done(floor: FloorP, number: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """An errand is run; nothing comes of it when the customer left meanwhile."""
    job: JobP = floor.jobs + number
    customer: CustomerP = cython.NULL
    if job.customer >= 0:
        customer = floor.customers + job.customer
    if job.kind == DEAL_PAPERS:
        if customer != cython.NULL:
            served(floor, customer, job.ready, now)
        pay(floor, job.terms, job.sale, job.stock, job.i, job.pod, job.cls, job.holder, 0)
        return
    if job.kind == DUNNING:
        floor.sales[job.sale].paid = now + floor.habits[floor.terms[job.terms].process].after_reminder
        return
    if job.kind == ORDER_PAPERS:
        if not has_left(floor, customer, now):
            ship(floor, job.terms, job.customer, job.place, job.revenue, job.number, job.since, job.row)
        return
    if has_left(floor, customer, now):
        job.result = HAS_LEFT
    elif job.kind == REQUEST:
        serves_well(floor, number, p, now)
        served(floor, customer, job.ready, now)
    elif job.kind == ORDER:
        serves_well(floor, number, p, now)
        ordered(floor, job.customer, floor.people[p].place, job.luck, job.number, job.ready, job.row)
    elif job.kind == PROPOSAL:
        proposed(floor, number, p)
    else:
        contact_made(floor, number, p, now)


def serves_well(floor: FloorP, number: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """Whoever served holds the customer, as well as its proficiency can."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    skill: SkillP = skill_of(floor, p, floor.activity_of[job.step])
    held(floor, customer, skill.hold if skill.there else 1.0, now)
    if not job.covered:
        customer.holder = p
    if floor.notes_hands:
        touch(floor, job.customer, p)


def proposed(floor: FloorP, number: cython.int, p: cython.int) -> cython.void:
    """The customer buys more from now on, or declines."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    habits: HabitsP = habits_of(floor, customer)
    skill: SkillP = skill_of(floor, p, floor.activity_of[job.step])
    odds: cython.double = habits.odds[customer.channel] + (skill.shift if skill.there else 0.0)
    if job.luck < odds:
        customer.size *= 1.0 + habits.uplift * (skill.growth if skill.there else 1.0)
        job.result = BOUGHT_MORE
    else:
        job.result = DECLINES


def contact_made(floor: FloorP, number: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """The customer is cared for until the next contact would be wanted."""
    job: JobP = floor.jobs + number
    customer: CustomerP = floor.customers + job.customer
    following: cython.int
    if habits_of(floor, customer).cares:
        cared(floor, customer, now)
    if floor.notes_hands:
        touch(floor, job.customer, p)
    following = new_errand(floor, CARE_CALL, job.step, job.customer, 0.0)
    floor.jobs[following].law = job.law
    floor.jobs[following].series = job.series
    floor.jobs[following].number = job.number
    at(floor, floor.now + care_interval(floor, customer), FALLS_DUE, following, floor.jobs[following].serial)


# --- sales and what follows -------------------------------------------------------------------------------------


def order_size(floor: FloorP, customer: CustomerP, now: cython.double) -> cython.double:
    """Expected revenue of one order of the customer at a time."""
    product: cython.int = customer.product
    habits: HabitsP = habits_of(floor, customer)
    size: cython.double = customer.size * habits.order_size * floor.volumes[product]
    growth: cython.double
    if floor.prices[product] != customer.price:
        size *= floor.prices[product] / customer.price
    if customer.cared_until > now and customer.content and habits.cares:
        size *= 1.0 + habits.care_size
    if customer.dents_first >= 0:
        size *= undented(floor, customer, now)
    growth = habits.growth[product]
    return size * exp(growth * (now - customer.since)) if growth != 0.0 else size


def sell(
    floor: FloorP,
    kind: cython.int,
    lead: cython.int,
    customer: cython.int,
    channel: cython.int,
    product: cython.int,
    place: cython.int,
    revenue: cython.double,
) -> cython.int:
    """Write a sale down; its row."""
    row: cython.int = floor.sales_count
    if row >= floor.sales_room:
        fail(floor, NO_ROOM, kind, row)
        return 0
    floor.sales_count += 1
    sale: SaleP = floor.sales + row
    sale.time = floor.now
    sale.kind = kind
    sale.lead = lead
    sale.customer = customer
    sale.channel = channel
    sale.product = product
    sale.place = place
    sale.revenue = revenue
    sale.margin = revenue * floor.margins[product]
    sale.paid = floor.now
    return row


def distributed(
    floor: FloorP, channel: cython.int, product: cython.int, size: cython.double, discount: cython.double
) -> cython.void:
    """An order of a distributor: nobody works on it; the discount is given away."""
    row: cython.int
    size *= floor.volumes[product]
    row = sell(floor, 2, -1, -1, channel, product, -1, size * (1 - discount))
    floor.sales[row].margin = size * (floor.margins[product] - discount)


def ordered(
    floor: FloorP,
    row: cython.int,
    place: cython.int,
    noise: cython.double,
    number: cython.int,
    since: cython.double,
    placed: cython.int,
) -> cython.void:
    """An order that came at `since` is worked: with its papers it is shipped, booked and paid."""
    customer: CustomerP = floor.customers + row
    terms: cython.int = habits_of(floor, customer).terms
    revenue: cython.double = order_size(floor, customer, floor.now) * noise
    work: cython.double
    papers: cython.int
    job: JobP
    floor.placed[placed].worked = floor.now
    floor.placed[placed].worth = revenue
    work = papers_of(floor, terms, customer.product, customer.stock, customer.i, number)
    if not work > 0.0:
        ship(floor, terms, row, place, revenue, number, since, placed)
        return
    papers = sale_work(
        floor, ORDER_PAPERS, floor.paperwork_step, terms, work, customer.stock, customer.i, customer.pod, customer.cls
    )
    job = floor.jobs + papers
    job.holder = customer.holder
    job.customer = row
    job.laid = job.ready
    job.ready = since  # so that an order is finished before a younger one is begun when both are late
    job.place = place
    job.revenue = revenue
    job.number = number
    job.since = since
    job.row = placed
    lay_sale_work(floor, papers)


def sale_work(
    floor: FloorP,
    kind: cython.int,
    step: cython.int,
    terms: cython.int,
    work: cython.double,
    stock: cython.int,
    i: cython.int,
    pod: cython.int,
    cls: cython.int,
) -> cython.int:
    """Work that follows a sale."""
    number: cython.int = new_job(floor, kind, step)
    job: JobP = floor.jobs + number
    job.terms = terms
    job.work = work
    job.stock = stock
    job.i = i
    job.pod = pod
    job.cls = cls
    return number


def deal_follows(
    floor: FloorP,
    terms: cython.int,
    sale: cython.int,
    product: cython.int,
    stock: cython.int,
    i: cython.int,
    pod: cython.int,
    cls: cython.int,
    holder: cython.int,
    row: cython.int,
) -> cython.void:
    """Papers and payment of a deal that is booked as row `sale`; a customer waits for the papers."""
    work: cython.double = papers_of(floor, terms, product, stock, i, 0)
    number: cython.int
    if not work > 0.0:
        pay(floor, terms, sale, stock, i, pod, cls, holder, 0)
        return
    floor.sales[sale].paid = INFINITY
    number = sale_work(floor, DEAL_PAPERS, floor.paperwork_step, terms, work, stock, i, pod, cls)
    floor.jobs[number].holder = holder
    floor.jobs[number].sale = sale
    floor.jobs[number].customer = row
    if row >= 0:
        waits(floor, floor.customers + row, floor.now)
    lay_sale_work(floor, number)


def ship(
    floor: FloorP,
    terms: cython.int,
    row: cython.int,
    place: cython.int,
    revenue: cython.double,
    number: cython.int,
    since: cython.double,
    placed: cython.int,
) -> cython.void:
    """An order is shipped: book it; the customer waits for it no longer."""
    customer: CustomerP = floor.customers + row
    sale: cython.int
    luck: cython.double
    floor.placed[placed].billed = floor.now
    sale = sell(floor, REORDER, customer.lead, row, customer.channel, customer.product, place, revenue)
    served(floor, customer, since, floor.now)
    pay(floor, terms, sale, customer.stock, customer.i, customer.pod, customer.cls, customer.holder, number)
    if customer.drop_out > 0.0:
        luck = of_customer(floor, customer, DROP_OUT, number - 1)
        if luck < customer.drop_out and not has_left(floor, customer, floor.now):
            leaves_at(customer, floor.now, CHURN)


def pay(
    floor: FloorP,
    terms_: cython.int,
    sale: cython.int,
    stock: cython.int,
    i: cython.int,
    pod: cython.int,
    cls: cython.int,
    holder: cython.int,
    number: cython.int,
) -> cython.void:
    """Settle when the money of a sale comes; a late payer has to be reminded."""
    terms: TermsP = floor.terms + terms_
    due: cython.double
    work: cython.double
    reminder: cython.int
    if terms.paid_at_once:
        floor.sales[sale].paid = floor.now
        return
    due = floor.now + (
        terms.delay
        if terms.delay_constant
        else of_sale(floor, series_of(floor, terms.process, stock, PAYMENT), i, number)
    )
    floor.sales[sale].paid = due
    if terms.late > 0.0 and of_sale(floor, series_of(floor, terms.process, stock, LATE), i, number) < terms.late:
        floor.sales[sale].paid = INFINITY
        if due < INFINITY:
            work = (
                terms.reminder
                if terms.reminder_constant
                else of_sale(floor, series_of(floor, terms.process, stock, REMINDER), i, number)
            )
            reminder = sale_work(floor, DUNNING, floor.collect_step, terms_, work, stock, i, pod, cls)
            floor.jobs[reminder].holder = holder
            floor.jobs[reminder].sale = sale
            at(floor, due, FALLS_DUE, reminder, floor.jobs[reminder].serial)


def papers_of(
    floor: FloorP, terms_: cython.int, product: cython.int, stock: cython.int, i: cython.int, number: cython.int
) -> cython.double:
    """Work of the papers of a sale."""
    terms: TermsP = floor.terms + terms_
    if terms.papers_constant[product]:
        return terms.papers[product]
    return of_sale(floor, series_of(floor, terms.process, stock, PAPERWORK + product), i, number)


def close_month(floor: FloorP, edge: cython.double) -> cython.int:
    """Customers who are there at a month's end; those who left unnoticed are let go at their time."""
    count: cython.int = 0
    row: cython.int
    for row in range(floor.customers_count):
        if not has_left(floor, floor.customers + row, edge):
            count += 1
    return count
