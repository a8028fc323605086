"""How close a customer is to leaving; the rules are those of `department.customer`."""

import cython
from cython.cimports.libc.math import INFINITY

from simulation.floor.layout import (
    CustomerP,
    FloorP,
    HabitsP,
    fail,
)
from simulation.floor.names import (
    CHURN,
    MONTH,
    NO_ROOM,
    ORDER,
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
