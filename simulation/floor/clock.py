"""Time: the heap of what is to happen, and the working time of offices.

What happens at one moment happens in the order of its class (doors before all else) and then of its number, which the
lives of the host take from the same count.
"""

import cython
from cython.cimports.libc.math import INFINITY, fmod
from cython.cimports.libc.math import floor as floored

from simulation.floor.layout import (
    DueP,
    EventP,
    FloorP,
    OfficeP,
    fail,
    grown,
)
from simulation.floor.names import (
    CLOSES,
    NORMAL,
    OPENS,
    SHIFT_BREAK,
    SLACK,
    URGENT,
)
from simulation.floor.records import (
    Due,
    Event,
)


def within(floor: FloorP, row: cython.int, count: cython.int) -> cython.int:
    """A row of a table, which the checked build has to find there."""
    if row < 0 or row >= count:
        fail(floor, 5, row, count)
        return 0
    return row


# --- the heap ---------------------------------------------------------------------------------------------------


def at(floor: FloorP, when: cython.double, kind: cython.int, a: cython.int, b: cython.int) -> cython.void:
    """Let something happen at a time, after what was set for the same time before."""
    put(floor, when, NORMAL, kind, a, b, 0, 0, 0)


def put(
    floor: FloorP,
    when: cython.double,
    urgency: cython.int,
    kind: cython.int,
    a: cython.int,
    b: cython.int,
    c: cython.int,
    d: cython.int,
    e: cython.int,
) -> cython.void:
    """Let something happen at a time, in its class."""
    order: cython.longlong = (cython.cast(cython.longlong, urgency) << 60) + floor.number
    floor.number += 1
    if when == INFINITY:
        return  # it takes its number, and never comes
    number: cython.int = floor.events_free
    if number >= 0:
        floor.events_free = floor.events[number].a
    else:
        if floor.events_count >= floor.events_room:
            more_events(floor)
            if floor.error:
                return
        number = floor.events_count
        floor.events_count += 1
    event: EventP = floor.events + number
    event.kind = kind
    event.a = a
    event.b = b
    event.c = c
    event.d = d
    event.e = e
    heap: DueP = floor.heap
    i: cython.int = raised(heap, floor.heap_count, when, order)
    floor.heap_count += 1
    heap[i].time = when
    heap[i].order = order
    heap[i].event = number


def more_events(floor: FloorP) -> cython.void:
    """See that there is room for more events, and for as many in the heap."""
    floor.events = cython.cast(
        EventP,
        grown(floor, floor.events, floor.events_count, cython.address(floor.events_room), 1024, cython.sizeof(Event)),
    )
    floor.heap = cython.cast(
        DueP,
        grown(floor, floor.heap, floor.heap_count, cython.address(floor.heap_room), 2048, cython.sizeof(Due)),
    )


def take_first(floor: FloorP) -> cython.void:
    """Drop the first event of the heap."""
    heap: DueP = floor.heap
    count: cython.int = floor.heap_count - 1
    floor.events[heap[0].event].a = floor.events_free
    floor.events_free = heap[0].event
    floor.heap_count = count
    if count == 0:
        return
    when: cython.double = heap[count].time
    order: cython.longlong = heap[count].order
    i: cython.int = 0
    below: cython.int = 1
    # the gap goes down to the end, since what stands last nearly always belongs there; then it goes up again
    while below + 1 < count:
        below += comes_first(heap + (below + 1), heap + below)
        heap[i] = heap[below]
        i = below
        below = 2 * i + 1
    if below < count:
        heap[i] = heap[below]
        i = below
    heap[raised(heap, i, when, order)] = heap[count]


def raised(heap: DueP, i: cython.int, when: cython.double, order: cython.longlong) -> cython.int:
    """Where a gap of the heap comes to lie when what happens later than this moment goes down into it."""
    while i > 0:
        above: cython.int = (i - 1) >> 1
        if heap[above].time > when or (heap[above].time == when and heap[above].order > order):
            heap[i] = heap[above]
            i = above
        else:
            break
    return i


def comes_first(one: DueP, other: DueP) -> cython.bint:
    """Whether something happens before something else; without a jump, for nobody can guess it."""
    return (one.time < other.time) | ((one.time == other.time) & (one.order < other.order))


# --- working time -----------------------------------------------------------------------------------------------


def seek(office: OfficeP, t: cython.double) -> cython.int:
    """The interval of an office that a time lies in or before; the last one is infinite."""
    if t == INFINITY:
        return office.count - 1
    i: cython.int = office.cursor
    while i > 0 and t < office.closes[i - 1]:
        i -= 1
    while t >= office.closes[i]:
        i += 1
    return i


def finish(office: OfficeP, t: cython.double, work: cython.double) -> cython.double:
    """The moment at which so many working hours, begun at t or at the next opening, are done."""
    if office.always_open:
        return t + work
    i: cython.int = office.cursor
    end: cython.double
    if office.opens[i] <= t and t < office.closes[i]:
        end = t + work
        if end <= office.closes[i]:
            return end
    i = seek(office, t)
    office.cursor = i
    if office.opens[i] > t:
        t = office.opens[i]
    while True:
        end = t + work
        if not end > office.closes[i]:
            return end
        if end <= office.closes[i] + SLACK:
            return office.closes[i]
        work -= office.closes[i] - t
        i += 1
        t = office.opens[i]


def next_open(office: OfficeP, t: cython.double) -> cython.double:
    """The first working moment at or after t."""
    if office.always_open:
        return t
    i: cython.int = seek(office, t)
    office.cursor = i
    return office.opens[i] if office.opens[i] > t else t


def worked(office: OfficeP, t: cython.double) -> cython.double:
    """Working hours from the start until t."""
    if office.always_open:
        return t
    if t == INFINITY:
        return office.before[office.count - 1]
    low: cython.int = office.cursor
    high: cython.int
    middle: cython.int
    if not (office.opens[low] <= t and (low + 1 == office.count or t < office.opens[low + 1])):
        if low + 2 < office.count and office.opens[low + 1] <= t and t < office.opens[low + 2]:
            low += 1
        else:
            low = 0
            high = office.count
            while low < high:
                middle = (low + high) >> 1
                if t < office.opens[middle]:
                    high = middle
                else:
                    low = middle + 1
            low -= 1
    if low < 0:
        return office.before[0]
    return office.before[low] + (office.closes[low] if office.closes[low] < t else t) - office.opens[low]


def between(office: OfficeP, t0: cython.double, t1: cython.double) -> cython.double:
    """Working hours from t0 to t1."""
    return t1 - t0 if office.always_open else worked(office, t1) - worked(office, t0)


def day_of(office: OfficeP, now: cython.double) -> cython.int:
    """Number of the working day; around the clock the date, by the division of Python."""
    if not office.always_open:
        return office.day
    rest: cython.double = fmod(now, 24.0)
    days: cython.double = (now - rest) / 24.0
    whole: cython.double = floored(days)
    return cython.cast(cython.int, whole + 1.0 if days - whole > 0.5 else whole)


def await_opening(floor: FloorP, number: cython.int) -> cython.void:
    """Wait for the next interval of an office."""
    office: OfficeP = floor.offices + number
    opens: cython.double
    while True:
        opens = office.opens[office.shift]
        office.until = office.closes[office.shift]
        office.shift += 1
        if office.until > floor.now:
            break
    if opens < INFINITY:
        put(floor, opens if opens > floor.now else floor.now, URGENT, OPENS, number, 0, 0, 0, 0)


def opens_now(floor: FloorP, number: cython.int) -> cython.void:
    """The doors open; they close before whatever else happens at that moment."""
    office: OfficeP = floor.offices + number
    office.open = True
    floor.offices[office.whole].at_work += 1
    if floor.now - office.closed_at >= SHIFT_BREAK:
        office.day += 1
    if office.until < INFINITY:
        put(floor, office.until, URGENT, CLOSES, number, 0, 0, 0, 0)


def closes_now(floor: FloorP, number: cython.int) -> cython.void:
    """The doors close."""
    office: OfficeP = floor.offices + number
    office.open = False
    floor.offices[office.whole].at_work -= 1
    office.closed_at = floor.now
    await_opening(floor, number)
