"""A person at work: looks for work in the order of preference, does one thing at a time, goes home, is away.

The rules are those of `department.person`; a person is a row of `people`, and its queues are `own`, one for each duty.
"""

import cython
from cython.cimports.libc.math import INFINITY

from simulation.floor.arrivals import (
    keep_lead,
)
from simulation.floor.clock import (
    at,
    between,
    day_of,
    finish,
)
from simulation.floor.days import (
    stop,
)
from simulation.floor.layout import (
    CrewP,
    FloorP,
    JobP,
    LineP,
    OfficeP,
    PersonP,
    PlaceP,
    SkillP,
)
from simulation.floor.leads import (
    gave_up,
    hours_of_lead,
)
from simulation.floor.names import (
    BELL,
    CARE_CALL,
    HELP,
    LEAD,
    LONGEST,
    MEETING,
    NO_GUARD,
    NUDGE,
    PROSPECT,
    ROOM,
)
from simulation.floor.pieces import (
    quest_interrupted,
)
from simulation.floor.prospecting import (
    begin_attempts,
)
from simulation.floor.queues import (
    drop_job,
    head_of,
    take_out,
)
from simulation.floor.sales import (
    hours_of_errand,
)
from simulation.floor.skills import (
    skill_of,
)
from simulation.floor.work import (
    has,
    needs_help,
)

# --- who is idle, and who prospects -----------------------------------------------------------------------------


def becomes_idle(floor: FloorP, p: cython.int) -> cython.void:
    """Somebody has nothing to do: behind those who had nothing before."""
    person: PersonP = floor.people + p
    if person.idle:
        return
    crew: CrewP = floor.crews + person.crew
    person.idle = True
    person.idle_before = crew.idle_last
    person.idle_after = -1
    if crew.idle_last < 0:
        crew.idle_first = p
    else:
        floor.people[crew.idle_last].idle_after = p
    crew.idle_last = p


def idle_no_more(floor: FloorP, p: cython.int) -> cython.void:
    """Somebody has something to do, or is away."""
    person: PersonP = floor.people + p
    if not person.idle:
        return
    crew: CrewP = floor.crews + person.crew
    person.idle = False
    if person.idle_before < 0:
        crew.idle_first = person.idle_after
    else:
        floor.people[person.idle_before].idle_after = person.idle_after
    if person.idle_after < 0:
        crew.idle_last = person.idle_before
    else:
        floor.people[person.idle_after].idle_before = person.idle_before


def prospects(floor: FloorP, p: cython.int, duty: cython.int) -> cython.void:
    """Somebody prospects and may be called."""
    person: PersonP = floor.people + p
    if person.prospecting >= 0:
        person.prospecting = duty
        return
    crew: CrewP = floor.crews + person.crew
    person.prospecting = duty
    person.prospecting_before = crew.prospecting_last
    person.prospecting_after = -1
    if crew.prospecting_last < 0:
        crew.prospecting_first = p
    else:
        floor.people[crew.prospecting_last].prospecting_after = p
    crew.prospecting_last = p


def prospects_no_more(floor: FloorP, p: cython.int) -> cython.void:
    """Somebody prospects no longer, or not so that he may be called."""
    person: PersonP = floor.people + p
    if person.prospecting < 0:
        return
    crew: CrewP = floor.crews + person.crew
    person.prospecting = -1
    if person.prospecting_before < 0:
        crew.prospecting_first = person.prospecting_after
    else:
        floor.people[person.prospecting_before].prospecting_after = person.prospecting_after
    if person.prospecting_after < 0:
        crew.prospecting_last = person.prospecting_before
    else:
        floor.people[person.prospecting_after].prospecting_before = person.prospecting_before


def is_free(floor: FloorP, p: cython.int) -> cython.bint:
    """Whether somebody has no work in hand."""
    return floor.people[p].job < 0 and floor.people[p].quest < 0


def stand_in(floor: FloorP, p: cython.int) -> cython.int:
    """Who does somebody's work now: itself, its heir, itself until an heir is found, or nobody in particular."""
    while floor.people[p].heir >= 0:
        p = floor.people[p].heir
    return -1 if floor.people[p].gone and floor.people[p].settled else p


def has_room(floor: FloorP, p: cython.int) -> cython.bint:
    """Whether somebody may take one more new lead; of a team, whose leads are everybody's, all together."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    if crew.most_open == INFINITY:
        return True
    if crew.personal:
        return person.in_hand < crew.most_open
    together: cython.longlong = 0
    k: cython.int
    for k in range(crew.people_count):
        together += floor.people[crew.people[k]].in_hand
    return together < crew.most_open * crew.people_count


# --- looking for work -------------------------------------------------------------------------------------------


def look_for_work(floor: FloorP, p: cython.int) -> cython.void:
    """Take the first piece of work in the order of preference, or be idle. Only for somebody without work.

    What is protected at this hour comes first, then what is past its due time, then the order of preference.
    """
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    now: cython.double = floor.now
    kept: cython.int
    if not floor.offices[person.office].open or person.away_from <= now:
        if person.away_from > now:
            becomes_idle(floor, p)
        return
    if crew.windows_count > 0:
        kept = kept_now(floor, p, now)
        if kept >= 0 and take_first_piece(floor, p, now, kept):
            return
    if crew.any_due and take_overdue(floor, p, now):
        return
    if not take_first_piece(floor, p, now, -1):
        becomes_idle(floor, p)


def take_first_piece(floor: FloorP, p: cython.int, now: cython.double, activity: cython.int) -> cython.bint:
    """Begin the first piece of work in the order of preference; False when there is none.

    `activity`: only work of this kind; -1 for all.
    """
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    line: LineP
    k: cython.int
    number: cython.int
    for k in range(crew.lines_count):
        line = floor.lines + (crew.lines + k)
        if has(person.cannot, line.duty) or (activity >= 0 and line.activity != activity):
            continue
        if line.guard != NO_GUARD and not allows(floor, p, line):
            continue
        while True:
            number = next_of(floor, person, line, now)
            if number < 0:
                break
            if begin(floor, p, number, now):
                person.duty = line.duty
                person.helps_at = floor.places_read[line.desks] if line.guard == HELP else -1
                if crew.entries != 0 and (line.guard != NO_GUARD or line.newest or line.own + line.desks_count != 1):
                    taken(floor, number, p)
                return True
        if not line.own and line.desks_count == 0 and begin_attempts(floor, p, now, line.duty):
            return True
    return False


def allows(floor: FloorP, p: cython.int, line: LineP) -> cython.bint:
    """Whether what guards a line lets somebody look there."""
    if line.guard == ROOM:
        return has_room(floor, p)
    if has(floor.crews[floor.people[p].crew].entries, line.duty) and not has_room(floor, p):
        return False
    return needs_help(floor, floor.places_read[line.desks], line.helps_from, line.helps_after)


def queue_of(floor: FloorP, person: PersonP, line: LineP, place: cython.int) -> cython.int:
    """A queue of a line: the person's own first, then those of its desks."""
    if line.own:
        if place == 0:
            return person.own + line.duty
        place -= 1
    return floor.desks[floor.places_read[line.desks + place]].queue


def next_of(floor: FloorP, person: PersonP, line: LineP, now: cython.double) -> cython.int:
    """Take what comes next among the queues of a line; those whose patience has ended leave."""
    count: cython.int = line.desks_count + (1 if line.own else 0)
    best: cython.int = -1
    job: JobP
    other: JobP
    k: cython.int
    queue: cython.int
    number: cython.int
    for k in range(count):
        queue = queue_of(floor, person, line, k)
        while True:
            number = floor.queues[queue].last if line.newest else floor.queues[queue].first
            if number < 0:
                break
            job = floor.jobs + number
            if job.deadline < now:
                take_out(floor, number)
                gave_up(floor, number)
                continue
            if best < 0:
                best = number
            else:
                other = floor.jobs + best
                if line.newest:
                    if (
                        job.rest >= 0.0
                        and other.rest < 0.0
                        or (job.rest >= 0.0) == (other.rest >= 0.0)
                        and job.ready > other.ready
                    ):
                        best = number
                elif job.ready < other.ready:
                    best = number
            break
    return best if best < 0 else take_out(floor, best)


def take_overdue(floor: FloorP, p: cython.int, now: cython.double) -> cython.bint:
    """Begin what is longest past its due time; False when nothing is."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    number: cython.int
    line: LineP
    found: cython.int
    while True:
        found = overdue(floor, p, now)
        if found < 0:
            return False
        line = floor.lines + found
        number = floor.overdue_job
        take_out(floor, number)
        if begin(floor, p, number, now):
            person.duty = line.duty
            person.helps_at = floor.places_read[line.desks] if line.guard == HELP else -1
            if crew.entries != 0:
                taken(floor, number, p)
            return True


def overdue(floor: FloorP, p: cython.int, now: cython.double) -> cython.int:
    """The line at which the work that is longest past its due time waits; -1 when nothing is.

    The job itself is `overdue_job` then.
    """
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    longest: cython.double = INFINITY
    least: cython.double
    when: cython.double
    found: cython.int = -1
    line: LineP
    k: cython.int
    n: cython.int
    queue: cython.int
    number: cython.int
    for k in range(crew.lines_count):
        line = floor.lines + (crew.lines + k)
        if line.due == INFINITY or has(person.cannot, line.duty):
            continue
        least = line.due - 1e-9
        for n in range(line.desks_count + (1 if line.own else 0)):
            queue = queue_of(floor, person, line, n)
            number = floor.queues[queue].first
            if number < 0 or now - floor.jobs[number].ready < least:
                continue
            number = head_of(floor, queue, now)
            if number < 0 or now - floor.jobs[number].ready < least:
                continue
            when = due_at(floor, floor.jobs + number, line.due)
            if when <= now + 1e-9 and when < longest and (line.guard == NO_GUARD or allows(floor, p, line)):
                longest = when
                found = crew.lines + k
                floor.overdue_job = number
    return found


def due_at(floor: FloorP, job: JobP, hours: cython.double) -> cython.double:
    """When a job is due, in the working time of all; kept with the job, for it is asked for again and again."""
    if not (job.due_ready == job.ready and job.due_hours == hours):
        job.due_ready = job.ready
        job.due_hours = hours
        job.due_at = finish(floor.offices, job.ready, hours)
    return job.due_at


def kept_now(floor: FloorP, p: cython.int, now: cython.double) -> cython.int:
    """The activity that comes before all other at this hour; -1: none."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    office: OfficeP = floor.offices + person.office
    day: cython.int = day_of(office, now)
    begin_: cython.double
    k: cython.int
    if day != person.window_day:
        person.window_day = day
        person.window_from = now
    begin_ = person.window_from
    for k in range(crew.windows_count):
        begin_ = finish(office, begin_, floor.windows[crew.windows + k].hours)
        if now < begin_:
            return floor.windows[crew.windows + k].activity
    return -1


def any_line_of(floor: FloorP, p: cython.int, activity: cython.int) -> cython.bint:
    """Whether somebody looks for work of an activity at all."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    line: LineP
    k: cython.int
    for k in range(crew.lines_count):
        line = floor.lines + (crew.lines + k)
        if line.activity == activity and not has(person.cannot, line.duty):
            return True
    return False


def begin_window(floor: FloorP, p: cython.int, now: cython.double) -> cython.void:
    """A day begins with hours that are kept for an activity: other work from the day before is laid down."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    kept: cython.int
    k: cython.int
    if day_of(floor.offices + person.office, now) == person.window_day or person.away_from <= now:
        return
    kept = kept_now(floor, p, now)
    if kept < 0 or not any_line_of(floor, p, kept):
        return
    if person.quest >= 0:
        quest_interrupted(floor, p)
    elif person.job >= 0:
        for k in range(crew.windows_count):
            if floor.windows[crew.windows + k].activity == person.activity:
                return
        stop(floor, p, now)
        look_for_work(floor, p)


def protected_until(floor: FloorP, p: cython.int, now: cython.double) -> cython.double:
    """End of the protected window that `now` lies in; `now` itself outside of one."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    begin_: cython.double = person.window_from
    k: cython.int
    for k in range(crew.windows_count):
        begin_ = finish(floor.offices + person.office, begin_, floor.windows[crew.windows + k].hours)
        if now < begin_:
            return begin_
    return now


def take(floor: FloorP, p: cython.int, number: cython.int, duty: cython.int) -> cython.void:
    """Take a job at once. Only for somebody who is idle, and so has nothing better to do."""
    now: cython.double = floor.now
    if floor.jobs[number].deadline < now:
        gave_up(floor, number)
    elif begin(floor, p, number, now):
        floor.people[p].duty = duty
        floor.people[p].helps_at = -1
        if floor.crews[floor.people[p].crew].entries != 0:
            taken(floor, number, p)


def taken(floor: FloorP, number: cython.int, p: cython.int) -> cython.void:
    """From now on whoever begins a lead has it in hand; who covers for its owner has not."""
    if floor.jobs[number].kind == LEAD and not floor.jobs[number].covered:
        keep_lead(floor, floor.jobs[number].subject, p)


def hours_of(floor: FloorP, number: cython.int, now: cython.double) -> cython.double:
    """Working hours of a job at pace 1; negative when there is nothing left to do."""
    job: JobP = floor.jobs + number
    if job.kind <= NUDGE:
        return hours_of_lead(floor, number, now)
    if job.kind == MEETING:
        return job.work
    return hours_of_errand(floor, number, now)


def pace_at(floor: FloorP, p: cython.int, activity: cython.int) -> cython.double:
    """By what somebody's hours in an activity are divided."""
    skill: SkillP = skill_of(floor, p, activity)
    return skill.pace if skill.there else floor.availability


def begin(floor: FloorP, p: cython.int, number: cython.int, now: cython.double) -> cython.bint:
    """Begin a job; False when there was nothing left to do."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    job: JobP = floor.jobs + number
    office: OfficeP = floor.offices + person.office
    place: PlaceP = floor.places + person.place
    activity: cython.int = floor.activity_of[job.step]
    hours: cython.double
    worked_: cython.double
    until: cython.double
    group: cython.int
    if job.rest < 0.0:
        hours = hours_of(floor, number, now)
        if hours < 0.0:
            nothing_left(floor, number)
            return False
        place.waited[activity] += now - (job.ready if job.laid != job.laid else job.laid)
        if floor.logs:
            person.overdue = how_late(floor, crew, job, now)
    else:
        hours = job.rest
        person.overdue = 0.0
    person.nominal = hours
    if job.kind != MEETING:
        hours = hours * floor.ease[job.step] / pace_at(floor, p, activity)
    if job.covered and job.owner != p:
        hours /= crew.cover
    person.paced = hours
    person.lead_in = 0.0
    group = floor.group_of[activity]
    if group != person.last:
        if person.last >= 0:
            person.lead_in = floor.switching
            hours += person.lead_in
        person.last = group
    idle_no_more(floor, p)
    until = finish(office, now, hours)
    if until > person.away_from:
        worked_ = between(office, now, person.away_from)
        job.rest = at_pace_one(person, hours - worked_ if hours - worked_ > 0.0 else 0.0)
        hours = worked_
        until = person.away_from
    else:
        job.rest = -1.0
    person.job = number
    person.activity = activity
    person.since = now
    person.timed = now
    if until < INFINITY and hours <= LONGEST:
        person.until = until
        person.beyond = 0.0
    else:
        hours = ends(floor, person, now, until, hours)
    place.busy[activity] += hours
    at(floor, person.until, BELL, p, person.version)
    return True


def nothing_left(floor: FloorP, number: cython.int) -> cython.void:
    """A job that was taken has nothing left to do: only leads and their nudges are asked for again."""
    kind: cython.int = floor.jobs[number].kind
    if kind > NUDGE and kind != CARE_CALL:
        drop_job(floor, number)


def how_late(floor: FloorP, crew: CrewP, job: JobP, now: cython.double) -> cython.double:
    """Elapsed hours that a job which is begun now is past its due time; 0 where it is not."""
    hours: cython.double = crew.due_by_step[job.step]
    late: cython.double
    if now - job.ready <= hours:
        return 0.0
    late = now - due_at(floor, job, hours)
    return late if late > 0.0 else 0.0


def at_pace_one(person: PersonP, hours: cython.double) -> cython.double:
    """Hours of somebody at the job in hand as hours of work at pace 1."""
    return hours * person.nominal / person.paced if person.paced > 0.0 else 0.0


def ends(
    floor: FloorP, person: PersonP, now: cython.double, until: cython.double, hours: cython.double
) -> cython.double:
    """Set when work of so many hours ends; how many of them lie in the calendar, the others are kept apart."""
    office: OfficeP = floor.offices + person.office
    inside: cython.double
    if until < INFINITY and hours <= LONGEST:
        person.beyond = 0.0
        person.until = until
        return hours
    inside = LONGEST if office.always_open else between(office, now, INFINITY)
    person.beyond = hours - inside if hours - inside > 0.0 else 0.0
    person.until = now + LONGEST if office.always_open else INFINITY
    return inside


def ring_at(floor: FloorP, p: cython.int, until: cython.double, hours: cython.double) -> cython.double:
    """The work in hand ends at another time than was set, after so many working hours; those in the calendar."""
    person: PersonP = floor.people + p
    inside: cython.double = ends(floor, person, floor.now, until, hours)
    person.version += 1
    if person.until < INFINITY:
        at(floor, person.until, BELL, p, person.version)
    return inside


def unfinished(floor: FloorP, person: PersonP, now: cython.double) -> cython.double:
    """Working hours of what is in hand that lie after `now` (0 when idle)."""
    if person.job < 0 and person.quest < 0:
        return 0.0
    return between(floor.offices + person.office, now, person.until)


def activity_in_hand(floor: FloorP, person: PersonP) -> cython.int:
    """Activity in hand; 0 when idle."""
    if person.job < 0:
        return PROSPECT
    return floor.activity_of[floor.jobs[person.job].step]
