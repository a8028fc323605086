"""Errands for customers, and what follows a sale: papers, shipping, payments; as `department.customers`."""

import cython
from cython.cimports.libc.math import INFINITY, exp

from simulation.floor.clock import (
    at,
)
from simulation.floor.customer import (
    cared,
    habits_of,
    has_left,
    held,
    leaves_at,
    served,
    undented,
    waits,
)
from simulation.floor.customers import (
    care_interval,
    hours_of_care,
    lay_sale_work,
    new_errand,
    of_customer,
    series_of,
    touch,
)
from simulation.floor.layout import (
    CustomerP,
    FloorP,
    HabitsP,
    JobP,
    SaleP,
    SkillP,
    TermsP,
    fail,
)
from simulation.floor.luck import (
    of_sale,
)
from simulation.floor.names import (
    BOUGHT_MORE,
    CARE_CALL,
    CHURN,
    DEAL_PAPERS,
    DECLINES,
    DROP_OUT,
    DUNNING,
    FALLS_DUE,
    HAS_LEFT,
    LATE,
    NO_ROOM,
    ORDER,
    ORDER_PAPERS,
    PAPERWORK,
    PAYMENT,
    PROPOSAL,
    REMINDER,
    REORDER,
    REQUEST,
)
from simulation.floor.queues import (
    new_job,
)
from simulation.floor.skills import (
    skill_of,
)

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
