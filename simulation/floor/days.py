"""Absences, doors and the event log: when somebody is at work, and what is written down of it."""

import cython
from cython.cimports.libc.math import INFINITY
from cython.cimports.libc.math import floor as floored

from simulation.floor.clock import (
    at,
)
from simulation.floor.layout import (
    CrewP,
    FloorP,
    JobP,
    NotedP,
    PersonP,
    PlaceP,
    QuestP,
    grown,
    scratched,
)
from simulation.floor.names import (
    GOES_AWAY,
    IS_BACK,
    MEETING,
    NUDGE,
    PROSPECT,
)
from simulation.floor.people import (
    at_pace_one,
    begin_window,
    idle_no_more,
    is_free,
    look_for_work,
    unfinished,
)
from simulation.floor.pieces import (
    call_back,
    idle_ones_look,
    let_colleagues,
    put_back,
    quest_interrupted,
    something_better_waits,
)
from simulation.floor.prospecting import (
    attempts_made,
    attempts_so_far,
    give_back,
)
from simulation.floor.queues import (
    drop_job,
    take_out,
)
from simulation.floor.records import (
    Noted,
)
from simulation.floor.work import (
    has,
)

# --- absence and leaving ----------------------------------------------------------------------------------------


def hand_to_colleagues(floor: FloorP, p: cython.int) -> cython.void:
    """Let colleagues do what waits for somebody."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    duty: cython.int
    number: cython.int
    for duty in range(person.own_count):
        while True:
            number = floor.queues[person.own + duty].first
            if number < 0 or floor.error:
                break
            take_out(floor, number)
            floor.jobs[number].covered = crew.personal
            let_colleagues(floor, p, number, duty, False)


def stop(floor: FloorP, p: cython.int, now: cython.double) -> cython.void:
    """Lay down what is in hand, for good or because the work changes; an attempt in hand is lost."""
    person: PersonP = floor.people + p
    place: PlaceP = floor.places + person.place
    rest: cython.double = unfinished(floor, person, now)
    quest: QuestP
    job: JobP
    number: cython.int
    made: cython.longlong
    if person.quest >= 0:
        quest = floor.quests + person.quest
        made = cython.cast(cython.longlong, floored(attempts_so_far(floor, person, now) + 1e-9))
        if made < 0:
            made = 0
        if quest.granted < made:
            made = quest.granted
        place.busy[PROSPECT] -= rest
        give_back(floor, person.quest, quest.granted - made)
        attempts_made(floor, p, now)
    elif person.job >= 0:
        number = person.job
        job = floor.jobs + number
        place.busy[person.activity] -= rest
        job.rest = (job.rest if job.rest > 0.0 else 0.0) + at_pace_one(person, rest + person.beyond)
        person.job = -1
        put_back(floor, p, number, now)
    person.version += 1


def goes_away(floor: FloorP, p: cython.int, version: cython.int) -> cython.void:
    """An absence begins: colleagues do what waits, and the meetings are missed."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    duty: cython.int
    number: cython.int
    if version != person.career:
        return
    idle_no_more(floor, p)
    for duty in range(person.own_count):
        if has(crew.own_time, duty):
            while True:
                number = floor.queues[person.own + duty].first
                if number < 0:
                    break
                drop_job(floor, take_out(floor, number))
    if crew.cover > 0.0 or not crew.personal:
        hand_to_colleagues(floor, p)
    wait: cython.double = floor.spells[person.spells + person.spell].end - floor.now
    at(floor, floor.now + (wait if wait > 0.0 else 0.0), IS_BACK, p, version)


def is_back(floor: FloorP, p: cython.int, version: cython.int) -> cython.void:
    """An absence is over."""
    person: PersonP = floor.people + p
    if version != person.career:
        return
    person.spell += 1
    next_absence(floor, p, False)
    if is_free(floor, p):
        look_for_work(floor, p)
    if person.career == version:
        await_absence(floor, p)


def next_absence(floor: FloorP, p: cython.int, first: cython.bint) -> cython.void:
    """Note when somebody is away next."""
    person: PersonP = floor.people + p
    if person.spell < person.spells_count:
        person.away_from = floor.spells[person.spells + person.spell].begin
    elif not first:
        person.away_from = INFINITY


def await_absence(floor: FloorP, p: cython.int) -> cython.void:
    """Wait for the next absence."""
    person: PersonP = floor.people + p
    wait: cython.double
    if person.spell < person.spells_count:
        person.away_from = floor.spells[person.spells + person.spell].begin
        wait = person.away_from - floor.now
        at(floor, floor.now + (wait if wait > 0.0 else 0.0), GOES_AWAY, p, person.career)


# --- doors ------------------------------------------------------------------------------------------------------


def doors_opened(floor: FloorP) -> cython.void:
    """Those who have nothing in hand look for work; those who prospect go on unless something better waits."""
    crew: CrewP
    c: cython.int
    for c in range(floor.crews_count):
        crew = floor.crews + c
        if crew.windows_count > 0:
            begin_day(floor, c, 0)
            continue
        if crew.idle_first >= 0:
            idle_ones_look(floor, c)
        if crew.prospecting_first >= 0:
            call_back(floor, c)


def come_in(floor: FloorP, office: cython.int) -> cython.void:
    """Those whose working time it is begin their day."""
    c: cython.int
    for c in range(floor.crews_count):
        begin_day(floor, c, office)


def begin_day(floor: FloorP, crew_: cython.int, office: cython.int) -> cython.void:
    """The same for those who work these hours; what is protected now is not kept from them by earlier work."""
    crew: CrewP = floor.crews + crew_
    base: cython.int = floor.scratch_count
    count: cython.int
    k: cython.int
    p: cython.int
    for k in range(crew.people_count):
        if floor.people[crew.people[k]].office == office:
            scratched(floor, crew.people[k])
    count = floor.scratch_count
    if crew.windows_count > 0:
        for k in range(base, count):
            begin_window(floor, floor.scratch[k], floor.now)
    for k in range(base, count):
        p = floor.scratch[k]
        if floor.people[p].idle and floor.people[p].crew == crew_:
            look_for_work(floor, p)
        elif floor.people[p].prospecting >= 0 and floor.people[p].crew == crew_ and something_better_waits(floor, p):
            quest_interrupted(floor, p)
    floor.scratch_count = base


def wake(floor: FloorP) -> cython.void:
    """Let those who are idle look for work."""
    c: cython.int
    if floor.offices[0].at_work > 0:
        for c in range(floor.crews_count):
            idle_ones_look(floor, c)


# --- the event log ----------------------------------------------------------------------------------------------


def note(
    floor: FloorP, p: cython.int, number: cython.int, step: cython.int, now: cython.double, outcome: cython.int
) -> cython.void:
    """Write down a piece of work that has ended."""
    job: JobP = floor.jobs + number
    row: NotedP = noted(floor, p, step, now, outcome)
    if row == cython.NULL:
        return
    row.kind = job.kind
    if job.kind <= NUDGE:
        row.stock = floor.tables[floor.leads[job.subject].table].stock
        row.i = floor.leads[job.subject].i
    elif job.kind == MEETING:
        row.stock = -1
    elif job.stock >= 0:
        row.stock = job.stock
        row.i = job.i
    else:
        row.stock = floor.customers[job.customer].stock
        row.i = floor.customers[job.customer].i


def noted(floor: FloorP, p: cython.int, step: cython.int, now: cython.double, outcome: cython.int) -> NotedP:
    """A new row of the log."""
    person: PersonP = floor.people + p
    floor.log = cython.cast(
        NotedP, grown(floor, floor.log, floor.log_count, cython.address(floor.log_room), 1, cython.sizeof(Noted))
    )
    if floor.error:
        return cython.NULL
    row: NotedP = floor.log + floor.log_count
    floor.log_count += 1
    row.start = person.since
    row.end = now
    row.overdue = person.overdue
    row.step = step
    row.person = p
    row.crew = person.crew
    row.outcome = outcome
    return row
