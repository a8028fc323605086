"""Desks and the crews that read them; the rules are those of `department.work`."""

import cython
from cython.cimports.libc.math import INFINITY

from simulation.floor.clock import (
    between,
    finish,
    next_open,
    put,
)
from simulation.floor.layout import (
    CrewP,
    DeskP,
    FloorP,
    JobP,
    PersonP,
    ReaderP,
    scratched,
)
from simulation.floor.names import (
    MAY_HELP,
    NORMAL,
    PAST_DUE,
)
from simulation.floor.people import (
    has_room,
    look_for_work,
    take,
)
from simulation.floor.pieces import (
    quest_interrupted,
)
from simulation.floor.queues import (
    head_of,
    insert_after,
    line_up,
    put_first,
)

# --- desks ------------------------------------------------------------------------------------------------------


def has(mask: cython.ulonglong, duty: cython.int) -> cython.bint:
    """Whether a duty is one of a set of them."""
    return (mask >> duty) & 1


def post(floor: FloorP, desk_: cython.int, number: cython.int, front: cython.bint) -> cython.void:
    """Let somebody who is free take the job, or let it wait here and call somebody who prospects."""
    desk: DeskP = floor.desks + desk_
    job: JobP = floor.jobs + number
    open_: cython.int = floor.offices[0].at_work
    queue: cython.int = desk.queue
    now: cython.double = floor.now
    reader: ReaderP
    crew: CrewP
    person: PersonP
    limited: cython.bint
    k: cython.int
    p: cython.int
    last: cython.int
    if open_ > 0 and floor.queues[queue].first < 0:
        for k in range(desk.readers_count):
            reader = floor.readers + (desk.readers + k)
            if reader.helps:
                continue
            crew = floor.crews + reader.crew
            limited = has(crew.entries, reader.duty)
            p = crew.idle_first
            while p >= 0:
                person = floor.people + p
                if limited and not has_room(floor, p):
                    if crew.personal:
                        p = person.idle_after
                        continue
                    break
                if person.away_from > now and floor.offices[person.office].open and not has(person.cannot, reader.duty):
                    take(floor, p, number, reader.duty)
                    return
                p = person.idle_after
    last = floor.queues[queue].last
    if front:
        put_first(floor, queue, number, desk.newest)
    elif not desk.newest and (last < 0 or floor.jobs[last].ready <= job.ready):
        insert_after(floor, queue, number, last)
    else:
        line_up(floor, queue, number, desk.newest)
    if desk.calls:
        for k in range(desk.readers_count):
            reader = floor.readers + (desk.readers + k)
            if has(floor.crews[reader.crew].due_after_prospecting, reader.duty):
                call_when_due(floor, reader.crew, number, reader.duty, -1)
        if open_ > 0:
            call(floor, desk_, number)


def call(floor: FloorP, desk_: cython.int, number: cython.int) -> cython.void:
    """Call helpers whose rule allows it, or somebody who prospects; helpers who may later are called later."""
    desk: DeskP = floor.desks + desk_
    job: JobP = floor.jobs + number
    serial: cython.int = job.serial
    reader: ReaderP
    k: cython.int
    p: cython.int
    for k in range(desk.readers_count):
        reader = floor.readers + (desk.readers + k)
        if reader.helps:
            if reader.helps_after > 0.0 and job.rest < 0.0:
                put(
                    floor,
                    finish(floor.offices, floor.now, reader.helps_after),
                    NORMAL,
                    MAY_HELP,
                    number,
                    serial,
                    desk_,
                    0,
                    0,
                )
            p = first_idle(floor, reader.crew, reader.duty)
            if p >= 0 and needs_help(floor, desk_, reader.helps_from, reader.helps_after):
                look_for_work(floor, p)
                if job.serial != serial or job.queue != desk.queue:
                    return
    for k in range(desk.readers_count):
        reader = floor.readers + (desk.readers + k)
        p = who_may_be_called(floor, reader.crew, reader.duty)
        if p >= 0 and (not reader.helps or needs_help(floor, desk_, reader.helps_from, reader.helps_after)):
            quest_interrupted(floor, p)
            return


def needs_help(floor: FloorP, desk_: cython.int, helps_from: cython.int, helps_after: cython.double) -> cython.bint:
    """Whether so many wait, or one has waited so long, that an overflow crew helps. Only the patient count."""
    now: cython.double = floor.now
    number: cython.int = head_of(floor, floor.desks[desk_].queue, now)
    patient: cython.int = 0
    if number < 0:
        return False
    if helps_after > 0.0 and between(floor.offices, floor.jobs[number].ready, now) < helps_after - 1e-9:
        return False
    while number >= 0:
        if floor.jobs[number].deadline >= now:
            patient += 1
            if patient >= helps_from:
                return True
        number = floor.jobs[number].after
    return False


def may_help(floor: FloorP, number: cython.int, serial: cython.int, desk_: cython.int) -> cython.void:
    """A job has waited so long at a desk that helpers may come."""
    desk: DeskP = floor.desks + desk_
    if floor.offices[0].at_work == 0:
        return
    known: cython.bint = False
    reader: ReaderP
    crew: CrewP
    k: cython.int
    p: cython.int
    for k in range(desk.readers_count):
        reader = floor.readers + (desk.readers + k)
        crew = floor.crews + reader.crew
        if (
            not reader.helps
            or (crew.idle_first < 0 and crew.prospecting_first < 0)
            or not needs_help(floor, desk_, reader.helps_from, reader.helps_after)
        ):
            continue
        if not known:
            if floor.jobs[number].serial != serial or floor.jobs[number].queue != desk.queue:
                return
            known = True
        p = first_idle(floor, reader.crew, reader.duty)
        if p >= 0:
            look_for_work(floor, p)
        else:
            p = who_may_be_called(floor, reader.crew, reader.duty)
            if p >= 0:
                quest_interrupted(floor, p)


def person_of(floor: FloorP, desk_: cython.int, place: cython.int) -> cython.int:
    """The person at a place among all whose work a desk has."""
    desk: DeskP = floor.desks + desk_
    reader: ReaderP
    crew: CrewP
    k: cython.int
    for k in range(desk.readers_count):
        reader = floor.readers + (desk.readers + k)
        if reader.helps:
            continue
        crew = floor.crews + reader.crew
        if place < crew.people_count:
            return crew.people[place]
        place -= crew.people_count
    return -1


def next_in_turn(floor: FloorP, desk_: cython.int) -> cython.int:
    """The next present person in turn among the crews (the next in turn at all when everybody is away).

    Where new leads come in, only who has room for one more; where people have hours of their own, whoever is at work
    now, or else comes first.
    """
    desk: DeskP = floor.desks + desk_
    now: cython.double = floor.now
    base: cython.int = floor.scratch_count
    reader: ReaderP
    crew: CrewP
    k: cython.int
    n: cython.int
    p: cython.int
    count: cython.int = 0
    readers: cython.int = 0
    simple: cython.bint = True
    for k in range(desk.readers_count):
        reader = floor.readers + (desk.readers + k)
        if not reader.helps:
            crew = floor.crews + reader.crew
            readers += 1
            count += crew.people_count
            if crew.unable or has(crew.entries, reader.duty):
                simple = False
    if not simple or floor.in_shifts:
        for k in range(desk.readers_count):
            reader = floor.readers + (desk.readers + k)
            if reader.helps:
                continue
            crew = floor.crews + reader.crew
            for n in range(crew.people_count):
                p = crew.people[n]
                if (readers == 1 and simple) or (
                    not has(floor.people[p].cannot, reader.duty)
                    and (not has(crew.entries, reader.duty) or has_room(floor, p))
                ):
                    scratched(floor, p)
        count = floor.scratch_count - base
        simple = False
        if floor.in_shifts:
            first_to_come(floor, base)
            count = floor.scratch_count - base
    floor.scratch_count = base  # what stands above stays for as long as nothing else is put there
    if count == 0:
        return -1
    for k in range(count):
        n = cython.cast(cython.int, (desk.turn + k) % count)
        p = person_of(floor, desk_, n) if simple else floor.scratch[base + n]
        if floor.people[p].away_from > now:
            desk.turn += k + 1
            return p
    desk.turn += 1
    n = cython.cast(cython.int, (desk.turn - 1) % count)
    return person_of(floor, desk_, n) if simple else floor.scratch[base + n]


def first_to_come(floor: FloorP, base: cython.int) -> cython.void:
    """Leave of the people on the stack those who are at work now, or else come first, where anybody is there."""
    now: cython.double = floor.now
    earliest: cython.double = INFINITY
    comes: cython.double
    present: cython.bint = False
    k: cython.int
    p: cython.int
    kept: cython.int = base
    for k in range(base, floor.scratch_count):
        p = floor.scratch[k]
        if floor.people[p].away_from > now:
            present = True
            comes = next_open(floor.offices + floor.people[p].office, now)
            if comes < earliest:
                earliest = comes
    if not present:
        return
    for k in range(base, floor.scratch_count):
        p = floor.scratch[k]
        if floor.people[p].away_from > now and next_open(floor.offices + floor.people[p].office, now) == earliest:
            floor.scratch[kept] = p
            kept += 1
    floor.scratch_count = kept


# --- crews ------------------------------------------------------------------------------------------------------


def beside(floor: FloorP, crew: CrewP, duty: cython.int) -> cython.int:
    """The duty under which work of such a duty is done that needs no room for one more lead in hand."""
    while has(crew.entries, duty):
        duty += 1
    return duty


def may(floor: FloorP, crew: CrewP, p: cython.int, duty: cython.int) -> cython.bint:
    """Whether somebody works at this hour, can do a duty and has room for it."""
    person: PersonP = floor.people + p
    return (
        floor.offices[person.office].open
        and not has(person.cannot, duty)
        and (not has(crew.entries, duty) or has_room(floor, p))
    )


def first_idle(floor: FloorP, crew_: cython.int, duty: cython.int) -> cython.int:
    """Who has been idle longest of those who work at this hour, can do the duty and have room for it."""
    crew: CrewP = floor.crews + crew_
    p: cython.int = crew.idle_first
    while p >= 0 and not may(floor, crew, p, duty):
        p = floor.people[p].idle_after
    return p


def who_may_be_called(floor: FloorP, crew_: cython.int, duty: cython.int) -> cython.int:
    """Who prospects, longest first, although work of this duty comes before."""
    crew: CrewP = floor.crews + crew_
    p: cython.int = crew.prospecting_first
    while p >= 0:
        if duty < floor.people[p].prospecting and may(floor, crew, p, duty):
            return p
        p = floor.people[p].prospecting_after
    return -1


def call_when_due(
    floor: FloorP, crew_: cython.int, number: cython.int, duty: cython.int, only: cython.int
) -> cython.void:
    """Let attempts be interrupted once work that they come before is past its due time.

    `only`: whose work it is; anybody's of the crew where nobody is named.
    """
    job: JobP = floor.jobs + number
    when: cython.double = finish(floor.offices, job.ready, floor.crews[crew_].due[duty])
    if when < floor.now:
        when = floor.now
    put(floor, when, NORMAL, PAST_DUE, number, job.serial, job.queue, crew_, only)


def past_due(
    floor: FloorP, number: cython.int, serial: cython.int, queue: cython.int, crew_: cython.int, only: cython.int
) -> cython.void:
    """Work that attempts come before is past its due time."""
    job: JobP = floor.jobs + number
    if job.serial != serial or job.queue != queue or floor.offices[0].at_work == 0:
        return
    crew: CrewP = floor.crews + crew_
    p: cython.int = only
    if p < 0:
        p = crew.prospecting_first
        while p >= 0 and not floor.offices[floor.people[p].office].open:
            p = floor.people[p].prospecting_after
    if p >= 0 and floor.people[p].prospecting >= 0 and floor.people[p].crew == crew_:
        quest_interrupted(floor, p)
