"""Customers after the first deal: whose they are, orders, requests, upsells and care; as `department.customers`."""

import cython
from cython.cimports.libc.math import INFINITY, NAN, log

from simulation.floor.clock import (
    at,
)
from simulation.floor.customer import (
    habits_of,
    has_left,
    leaves_at,
    look_ahead,
    waits,
)
from simulation.floor.layout import (
    CrewP,
    CustomerP,
    FloorP,
    HabitsP,
    JobP,
    LeadP,
    PassingP,
    PlacedP,
    ReaderP,
    TableP,
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
    upset,
)
from simulation.floor.names import (
    CARE_CALL,
    CARE_WORK,
    CONTACTS,
    CUSTOMER_HAND_OFF,
    DEAL,
    DUNNING,
    FALLS_DUE,
    IN_HAND_OFF,
    MONTH,
    NO_ROOM,
    ORDER,
    ORDER_GAP,
    ORDER_SIZE,
    ORDER_WORK,
    ORDERS,
    PROPOSAL,
    REQUEST,
    REQUEST_GAP,
    REQUEST_WORK,
    REQUESTS,
    REVIEWS,
    STAYS,
    UPSELL_DECISION,
    UPSELL_GAP,
    UPSELL_WORK,
)
from simulation.floor.people import (
    stand_in,
)
from simulation.floor.pieces import (
    give,
)
from simulation.floor.queues import (
    drop_job,
    line_up,
    new_job,
)
from simulation.floor.sales import (
    deal_follows,
    order_size,
    ordered,
    sell,
)
from simulation.floor.work import (
    has,
    next_in_turn,
    post,
)

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
