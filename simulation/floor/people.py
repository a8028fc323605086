"""A person at work: looks for work in the order of preference, does one thing at a time, goes home, is away.

The rules are those of `department.person`; a person is a row of `people`, and its queues are `own`, one for each duty.
"""

import cython
from cython.cimports.libc.math import INFINITY, ceil, fabs
from cython.cimports.libc.math import floor as floored

from simulation.floor.clock import (
    at,
    between,
    day_of,
    finish,
)
from simulation.floor.customers import (
    errand_done,
    hours_of_errand,
    lay_care,
    lay_errand,
    lay_sale_work,
)
from simulation.floor.layout import (
    BELL,
    CARE_CALL,
    COMES_BACK,
    DEAL_PAPERS,
    GOES_AWAY,
    HELP,
    INTERRUPTED,
    IS_BACK,
    LEAD,
    LONGEST,
    MEETING,
    NO_GUARD,
    NUDGE,
    PROSPECT,
    ROOM,
    CrewP,
    FloorP,
    JobP,
    LineP,
    Noted,
    NotedP,
    OfficeP,
    PersonP,
    PlaceP,
    QuestP,
    SkillP,
    grown,
    scratched,
)
from simulation.floor.leads import (
    enter,
    gave_up,
    held_by,
    hours_of_lead,
    keep_lead,
    lead_done,
    outcome_of_lead,
)
from simulation.floor.prospecting import (
    attempts_made,
    attempts_so_far,
    begin_attempts,
    give_back,
)
from simulation.floor.skills import (
    practise,
    skill_of,
)
from simulation.floor.work import (
    call_when_due,
    drop_job,
    has,
    head_of,
    line_up,
    needs_help,
    post,
    put_first,
    take_out,
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


# --- a pace that changes ----------------------------------------------------------------------------------------


def repace(floor: FloorP, p: cython.int, size: cython.double) -> cython.void:
    """The pace has changed, or the work (`size` times as much): what is left of what is in hand follows."""
    person: PersonP = floor.people + p
    skill: SkillP = skill_of(floor, p, person.activity if person.quest < 0 else PROSPECT)
    if skill.there and not skill.able:
        return
    if person.quest >= 0:
        repace_attempts(floor, p)
    elif person.job >= 0 and floor.jobs[person.job].kind != MEETING:
        repace_job(floor, p, size)


def repace_job(floor: FloorP, p: cython.int, size: cython.double) -> cython.void:
    """The same of a job."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    office: OfficeP = floor.offices + person.office
    job: JobP = floor.jobs + person.job
    now: cython.double = floor.now
    pace: cython.double = pace_at(floor, p, person.activity) / floor.ease[job.step]
    if job.covered and job.owner != p:
        if crew.cover <= 0.0:
            return
        pace *= crew.cover
    if size == 1.0 and fabs(person.nominal - person.paced * pace) <= 1e-12 * person.nominal:
        return
    ahead: cython.double = unfinished(floor, person, now)
    before: cython.double = person.lead_in - between(office, person.timed, now)
    if not before > 0.0:
        before = 0.0
    rest: cython.double = ahead + person.beyond - before
    left: cython.double = size * (
        at_pace_one(person, rest if rest > 0.0 else 0.0) + (job.rest if job.rest > 0.0 else 0.0)
    )
    person.lead_in = before
    person.nominal = left
    person.paced = left / pace
    person.timed = now
    hours: cython.double = before + person.paced
    until: cython.double = finish(office, now, hours)
    worked_: cython.double
    if until > person.away_from:
        worked_ = between(office, now, person.away_from)
        job.rest = at_pace_one(person, hours - worked_ if hours - worked_ > 0.0 else 0.0)
        hours = worked_
        until = person.away_from
    else:
        job.rest = -1.0
    inside: cython.double = ring_at(floor, p, until, hours)
    floor.places[person.place].busy[person.activity] += inside - ahead


def repace_attempts(floor: FloorP, p: cython.int) -> cython.void:
    """The same of attempts."""
    person: PersonP = floor.people + p
    office: OfficeP = floor.offices + person.office
    quest: QuestP = floor.quests + person.quest
    now: cython.double = floor.now
    pace: cython.double = pace_at(floor, p, PROSPECT) / floor.attempt_ease
    attempt: cython.double = floor.channels[quest.channel].attempt
    room: cython.double
    fits: cython.double
    unused: cython.longlong
    if fabs(pace - quest.pace) <= 1e-12 * pace and attempt == quest.attempt:
        return
    before: cython.double = person.lead_in - between(office, person.timed, now)
    if not before > 0.0:
        before = 0.0
    so_far: cython.double = attempts_so_far(floor, person, now)
    granted: cython.double = cython.cast(cython.double, quest.granted)
    person.made = so_far if so_far < granted else granted
    ahead: cython.double = unfinished(floor, person, now)
    person.lead_in = before
    person.timed = now
    quest.pace = pace
    quest.attempt = attempt
    hours: cython.double = before + (quest.granted - person.made) * attempt / pace
    until: cython.double = finish(office, now, hours)
    if until > person.away_from:
        room = person.made + (between(office, now, person.away_from) - before) * pace / attempt
        fits = floored(room + 1e-9)
        unused = quest.granted - (cython.cast(cython.longlong, fits) if fits > 0.0 else 0)
        give_back(floor, person.quest, unused)
        hours = before + (quest.granted - person.made) * attempt / pace
        if not hours > 0.0:
            hours = 0.0
        until = finish(office, now, hours)
        if person.away_from < until:
            until = person.away_from
    inside: cython.double = ring_at(floor, p, until, hours)
    floor.places[person.place].busy[PROSPECT] += inside - ahead


# --- the end of a piece of work ---------------------------------------------------------------------------------


def finished(floor: FloorP, p: cython.int, version: cython.int) -> cython.void:
    """The work in hand is done, or cut short by an absence."""
    person: PersonP = floor.people + p
    if version != person.version:
        return
    now: cython.double = floor.now
    number: cython.int = person.job
    job: JobP
    skill: SkillP
    activity: cython.int
    step: cython.int
    teaches: cython.bint
    kind: cython.int
    if number < 0:
        attempts_made(floor, p, now)
    elif floor.jobs[number].rest >= 0.0:
        person.job = -1
        put_back(floor, p, number, now)
    else:
        job = floor.jobs + number
        person.job = -1
        activity = person.activity
        step = job.step
        teaches = job.teaches
        kind = job.kind
        floor.places[person.place].repetitions[activity] += 1.0
        if kind == LEAD:
            lead_done(floor, job.subject, p, now)
        elif kind == NUDGE:
            job.asked = False
            job.covered = False
        elif kind != MEETING:
            errand_done(floor, number, p, now)
        skill = skill_of(floor, p, activity)
        if teaches and skill.there and skill.learns:
            practise(skill)
        if floor.logs:
            if kind == LEAD:
                note(floor, p, number, step, now, outcome_of_lead(floor, job.subject))
            else:
                note(floor, p, number, step, now, job.result)
        if kind > NUDGE:
            drop_job(floor, number)
    look_for_work(floor, p)


def put_back(floor: FloorP, p: cython.int, number: cython.int, now: cython.double) -> cython.void:
    """An absence cut the job short: it waits for its owner, or for a colleague, with the hours that are left."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    job: JobP = floor.jobs + number
    duty: cython.int = person.duty
    if floor.logs:
        note(floor, p, number, job.step, now, INTERRUPTED)
    job.deadline = INFINITY
    if duty < 0:
        back_in_nobodys_hand(floor, number)
        lay(floor, number)
    elif person.helps_at >= 0:
        back_in_nobodys_hand(floor, number)
        post(floor, person.helps_at, number, True)
    elif crew.personal and not job.covered:
        if job.kind == LEAD:
            held_by(floor, job.subject, p)
        else:
            job.owner = p
        put_first(floor, person.own + duty, number, has(crew.newest, duty))
        if crew.cover > 0.0:
            hand_to_colleagues(floor, p)
    else:
        let_colleagues(floor, p, number, duty, True)


def back_in_nobodys_hand(floor: FloorP, number: cython.int) -> cython.void:
    """Whoever began a lead has it in hand no longer, unless it is the owner."""
    job: JobP = floor.jobs + number
    if job.kind == LEAD and floor.leads[job.subject].keeper >= 0:
        keep_lead(floor, job.subject, -1)


def let_colleagues(
    floor: FloorP, p: cython.int, number: cython.int, duty: cython.int, front: cython.bint
) -> cython.void:
    """Let a job wait for a colleague who covers or shares it; a new lead, where limited, is anybody's again."""
    crew: CrewP = floor.crews + floor.people[p].crew
    job: JobP = floor.jobs + number
    if has(crew.entries, duty):
        job.owner = -1
        job.covered = False
    back_in_nobodys_hand(floor, number)
    post(floor, crew.desk[duty], number, front)


def give(floor: FloorP, p: cython.int, number: cython.int, duty: cython.int) -> cython.void:
    """Let a job wait for somebody, or for colleagues while the person is away and they cover."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    job: JobP = floor.jobs + number
    open_: cython.bint = floor.offices[person.office].open
    now: cython.double = floor.now
    job.owner = p
    if person.away_from <= now and (crew.cover > 0.0 or not crew.personal):
        job.covered = crew.personal
        let_colleagues(floor, p, number, duty, False)
        return
    if open_ and person.idle and person.away_from > now:
        take(floor, p, number, duty)
        return
    line_up(floor, person.own + duty, number, has(crew.newest, duty))
    if has(crew.due_after_prospecting, duty):
        call_when_due(floor, person.crew, number, duty, p)
    if not open_:
        return
    if duty < (person.prospecting if person.prospecting >= 0 else 0):
        quest_interrupted(floor, p)


def lay(floor: FloorP, number: cython.int) -> cython.void:
    """Let a job wait again with whoever does it."""
    job: JobP = floor.jobs + number
    if job.kind == LEAD:
        if job.ready > floor.now:
            at(floor, job.ready, COMES_BACK, job.subject, 0)
        else:
            enter(floor, number)
    elif job.kind == NUDGE:
        job.owner = floor.jobs[floor.leads[job.subject].job].owner
        enter(floor, number)
    elif job.kind == MEETING:
        drop_job(floor, number)
    elif job.kind == CARE_CALL:
        lay_care(floor, number)
    elif job.kind < DEAL_PAPERS:
        lay_errand(floor, number)
    else:
        lay_sale_work(floor, number)


def has_room_again(floor: FloorP, p: cython.int) -> cython.void:
    """A lead in hand is gone: a new one that waits for room comes in, or whoever has time looks for work."""
    person: PersonP = floor.people + p
    if person.gone:
        return
    crew: CrewP = floor.crews + person.crew
    now: cython.double = floor.now
    base: cython.int = floor.scratch_count
    line: LineP
    k: cython.int
    other: cython.int
    number: cython.int
    here: cython.bint = False
    if crew.assigned:
        if crew.personal:
            here = person.away_from > now
        else:
            for k in range(crew.people_count):
                if floor.people[crew.people[k]].away_from > now:
                    here = True
    if here:
        for k in range(crew.lines_count):
            line = floor.lines + (crew.lines + k)
            if line.guard == ROOM and not has(person.cannot, line.duty) and has_room(floor, p):
                number = next_of(floor, person, line, now)
                if number >= 0:
                    lay(floor, number)
    if crew.personal:
        if is_free(floor, p) and has_room(floor, p):
            look_for_work(floor, p)
    else:
        other = crew.idle_first
        while other >= 0:
            scratched(floor, other)
            other = floor.people[other].idle_after
        look_where(floor, base, True)
    call_back(floor, person.crew)


def look_where(floor: FloorP, base: cython.int, careful: cython.bint) -> cython.void:
    """Let the people on the stack look for work; `careful`: those who are free and have room."""
    k: cython.int = base
    count: cython.int = floor.scratch_count
    p: cython.int
    while k < count:
        p = floor.scratch[k]
        if not careful or (is_free(floor, p) and has_room(floor, p)):
            look_for_work(floor, p)
        k += 1
    floor.scratch_count = base


def idle_ones_look(floor: FloorP, crew_: cython.int) -> cython.void:
    """Let those of a crew who are idle now look for work."""
    base: cython.int = floor.scratch_count
    p: cython.int = floor.crews[crew_].idle_first
    while p >= 0:
        scratched(floor, p)
        p = floor.people[p].idle_after
    look_where(floor, base, False)


def call_back(floor: FloorP, crew_: cython.int) -> cython.void:
    """Interrupt those of a crew who prospect where something better waits for them."""
    base: cython.int = floor.scratch_count
    k: cython.int = base
    p: cython.int = floor.crews[crew_].prospecting_first
    while p >= 0:
        scratched(floor, p)
        p = floor.people[p].prospecting_after
    count: cython.int = floor.scratch_count
    while k < count:
        p = floor.scratch[k]
        if something_better_waits(floor, p):
            quest_interrupted(floor, p)
        k += 1
    floor.scratch_count = base


def something_better_waits(floor: FloorP, p: cython.int) -> cython.bint:
    """Whether work of higher preference than prospecting waits (asked when the doors open)."""
    person: PersonP = floor.people + p
    crew: CrewP = floor.crews + person.crew
    mine: cython.int = person.prospecting
    line: LineP
    k: cython.int
    n: cython.int
    waits: cython.bint
    if mine < 0:
        return False
    if crew.due_after_prospecting != 0 and overdue(floor, p, floor.now) >= 0:
        return True
    for k in range(crew.lines_count):
        line = floor.lines + (crew.lines + k)
        if has(person.cannot, line.duty):
            continue
        if line.duty == mine:
            return False
        waits = False
        for n in range(line.desks_count + (1 if line.own else 0)):
            if floor.queues[queue_of(floor, person, line, n)].first >= 0:
                waits = True
        if waits and (line.guard == NO_GUARD or allows(floor, p, line)):
            return True
    return False


def quest_interrupted(floor: FloorP, p: cython.int) -> cython.void:
    """Something of higher preference waits: stop at the end of the attempt in hand, keep what is left to find."""
    person: PersonP = floor.people + p
    if person.quest < 0:
        return
    quest: QuestP = floor.quests + person.quest
    office: OfficeP = floor.offices + person.office
    place: PlaceP = floor.places + person.place
    now: cython.double = floor.now
    prospects_no_more(floor, p)
    length: cython.double = quest.attempt / quest.pace
    begun: cython.bint = between(office, person.timed, now) >= person.lead_in
    so_far: cython.double = attempts_so_far(floor, person, now)
    attempts: cython.longlong
    if begun:
        attempts = cython.cast(cython.longlong, floored(so_far + 1e-9)) + 1
    else:
        attempts = cython.cast(cython.longlong, ceil(so_far - 1e-9))
    if attempts >= quest.granted:
        return
    unused: cython.longlong = quest.granted - attempts
    endless: cython.bint = person.beyond > 0.0
    ahead: cython.double = unfinished(floor, person, now)
    lead_in: cython.double = person.lead_in - between(office, person.timed, now)
    if not lead_in > 0.0:
        lead_in = 0.0
    hours: cython.double = lead_in + (attempts - so_far) * length
    if not hours > 0.0:
        hours = 0.0
    inside: cython.double = ring_at(floor, p, finish(office, now, hours), hours)
    place.busy[PROSPECT] -= ahead - inside if endless else unused * length
    give_back(floor, person.quest, unused)


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
