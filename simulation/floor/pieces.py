"""A piece of work in hand: a pace that changes, its end, and where it waits again; as `department.person`."""

import cython
from cython.cimports.libc.math import INFINITY, ceil, fabs
from cython.cimports.libc.math import floor as floored

from simulation.floor.arrivals import (
    held_by,
    keep_lead,
)
from simulation.floor.clock import (
    at,
    between,
    finish,
)
from simulation.floor.customers import (
    lay_care,
    lay_errand,
    lay_sale_work,
)
from simulation.floor.days import (
    hand_to_colleagues,
    note,
)
from simulation.floor.layout import (
    CrewP,
    FloorP,
    JobP,
    LineP,
    OfficeP,
    PersonP,
    PlaceP,
    QuestP,
    SkillP,
    scratched,
)
from simulation.floor.leads import (
    enter,
    lead_done,
    outcome_of_lead,
)
from simulation.floor.names import (
    CARE_CALL,
    COMES_BACK,
    DEAL_PAPERS,
    INTERRUPTED,
    LEAD,
    MEETING,
    NO_GUARD,
    NUDGE,
    PROSPECT,
    ROOM,
)
from simulation.floor.people import (
    allows,
    at_pace_one,
    has_room,
    is_free,
    look_for_work,
    next_of,
    overdue,
    pace_at,
    prospects_no_more,
    queue_of,
    ring_at,
    take,
    unfinished,
)
from simulation.floor.prospecting import (
    attempts_made,
    attempts_so_far,
    give_back,
)
from simulation.floor.queues import (
    drop_job,
    line_up,
    put_first,
)
from simulation.floor.sales import (
    errand_done,
)
from simulation.floor.skills import (
    practise,
    skill_of,
)
from simulation.floor.work import (
    call_when_due,
    has,
    post,
)

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
