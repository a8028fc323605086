"""Leads: from the arrival (or find) through qualification and the stages of the sale to a deal or a loss.

The rules are those of `department.leads`. A lead is a row of `leads` and the job of its next step, whose number it
knows; its own luck stands in its table at row `i`.
"""

import cython
from cython.cimports.libc.math import INFINITY, exp

from simulation.floor.arrivals import (
    comes_into,
    held_by,
    keep_lead,
    size_of,
)
from simulation.floor.clock import (
    at,
    between,
    put,
)
from simulation.floor.customers import (
    won,
)
from simulation.floor.layout import (
    ColumnP,
    CrewP,
    DeskP,
    FloorP,
    JobP,
    LeadP,
    PassingP,
    ReaderP,
    SkillP,
    StepP,
    TableP,
    fail,
    keep,
)
from simulation.floor.luck import (
    of_lead,
    reaches,
    upset,
)
from simulation.floor.names import (
    ANSWERED_LATE,
    COMES_BACK,
    DECLINED,
    DISQUALIFIED_FIT,
    DISQUALIFIED_UNFIT,
    EXPIRED,
    GOES_ON,
    HAND_OFF,
    IS_LOST,
    IS_WON,
    LEAD,
    LOST,
    LOST_IN_HAND_OFF,
    MOVED,
    NO_ANSWER,
    NO_ROOM,
    NORMAL,
    NOT_REACHED,
    NUDGE,
    OPEN,
    QUALIFY,
    QUESTION,
    REMINDS,
    SHOWS,
    UNANSWERED,
    UNFIT,
    WAITED,
    WON,
)
from simulation.floor.people import (
    stand_in,
)
from simulation.floor.pieces import (
    give,
)
from simulation.floor.queues import (
    new_job,
)
from simulation.floor.skills import (
    skill_of,
)
from simulation.floor.work import (
    beside,
    has,
    next_in_turn,
    post,
)

# --- from step to step ------------------------------------------------------------------------------------------


def hours_of_lead(floor: FloorP, number: cython.int, now: cython.double) -> cython.double:
    """Work of the next step, or of a nudge; nothing when the lead is closed."""
    job: JobP = floor.jobs + number
    lead: LeadP = floor.leads + job.subject
    table: TableP = floor.tables + lead.table
    step: StepP = table.steps + job.step
    hours: cython.double
    if job.kind == NUDGE:
        if lead.state != OPEN or not step.clocks or not step.remind.there:
            job.asked = False
            return -1.0
        return of_lead(floor, table, cython.address(step.remind), lead.i)
    if lead.state != OPEN:
        return -1.0
    job.deadline = INFINITY
    if lead.answered != lead.answered:
        lead.answered = now
    hours = of_lead(floor, table, cython.address(step.work), lead.i)
    if step.tries:
        lead.call = of_lead(floor, table, cython.address(step.attempt), lead.i)
        lead.tried = True
        lead.reached = reaches(floor, lead.table, job.step, lead.i, lead.missed)
        job.teaches = lead.reached
        hours = work_of(floor, lead)
    if lead.extra != 0.0:
        hours += lead.extra
        lead.extra = 0.0
    return hours


def work_of(floor: FloorP, lead: LeadP) -> cython.double:
    """Working hours of the next step at pace 1; of what has been begun of it, a try to reach the customer too."""
    table: TableP = floor.tables + lead.table
    step: StepP = table.steps + floor.jobs[lead.job].step
    hours: cython.double = of_lead(floor, table, cython.address(step.work), lead.i)
    return lead.call + (hours if lead.reached else 0.0) if lead.tried else hours


def lead_done(floor: FloorP, row: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """The step is worked: sort, convert, pass on, win or lose."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    if lead.state != OPEN:
        return
    if not job.covered:
        job.owner = p
    else:
        job.covered = False
    if lead.tried:
        lead.tried = False
        if not lead.reached:
            if job.owner == p:
                held_by(floor, row, p)
            missed(floor, row, p, now)
            if floor.limited:
                keep_lead(floor, row, -1)
            return
        lead.missed = 0
    if floor.notes_hands:
        add_hand(floor, lead, p)
        keep(floor, cython.address(floor.people[p].leads), row)
    if job.step == QUALIFY:
        qualified(floor, row, p, now)
    else:
        staged(floor, row, p, now)
    if floor.limited:
        keep_lead(floor, row, -1)


def add_hand(floor: FloorP, lead: LeadP, p: cython.int) -> cython.void:
    """Note who has worked on a lead."""
    if floor.hands_count >= floor.hands_room:
        fail(floor, NO_ROOM, LEAD, floor.hands_count)
        return
    k: cython.int = floor.hands_count
    floor.hands_count += 1
    floor.hands[k].person = p
    floor.hands[k].next = -1
    if lead.hands_last < 0:
        lead.hands_first = k
    else:
        floor.hands[lead.hands_last].next = k
    lead.hands_last = k
    lead.hands_count += 1


def qualified(floor: FloorP, row: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """Qualification is done: too late, sorted out, or passed."""
    lead: LeadP = floor.leads + row
    table: TableP = floor.tables + lead.table
    i: cython.int = lead.i
    skill: SkillP = skill_of(floor, p, floor.activity_of[QUALIFY])
    sharp: cython.double = skill.sharp if skill.there else 0.0
    fit: cython.bint
    decision: ColumnP = cython.address(table.steps[QUALIFY].decision)
    luck: cython.double
    if too_late(floor, lead):
        lose(floor, row, ANSWERED_LATE, now)
        return
    fit = not table.fit.there or of_lead(floor, table, cython.address(table.fit), i) != 0.0
    if decision.there:
        luck = of_lead(floor, table, decision, i)
        if fit and luck >= table.true_positive[lead.product] + sharp:
            lose(floor, row, DISQUALIFIED_FIT, now)
            return
        if not fit and luck >= table.false_positive[lead.product] - sharp:
            lose(floor, row, DISQUALIFIED_UNFIT, now)
            return
    lead.qualified = now
    floor.qualified_by[floor.crews[floor.people[p].crew].role] += 1.0
    pass_on(floor, row, p, table.entry[lead.product], now, now)


def staged(floor: FloorP, row: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """A stage is done: lost, on to the next, or won."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    table: TableP = floor.tables + lead.table
    number: cython.int = job.step
    step: StepP = table.steps + number
    i: cython.int = lead.i
    skill: SkillP
    odds: cython.double
    when: cython.double
    size: cython.double
    if lead.qualified != lead.qualified:
        if too_late(floor, lead):
            lose(floor, row, ANSWERED_LATE, now)
            return
        lead.qualified = now
    if step.question.there and of_lead(floor, table, cython.address(step.question), i) < step.risk[lead.product]:
        no(floor, row, p, QUESTION, now)
        return
    skill = skill_of(floor, p, floor.activity_of[number])
    if step.decision.there:
        odds = step.odds[lead.product] + lead.shift + floor.uncoached
        if skill.there:
            odds += skill.shift
        if of_lead(floor, table, cython.address(step.decision), i) >= odds:
            no(floor, row, p, DECLINED, now)
            return
    if not floor.ends[number]:
        when = now
        if step.thinking.there:
            when = now + of_lead(floor, table, cython.address(step.thinking), i)
        if step.clocks and when > now + step.expires:
            in_vain(floor, row, p, number, EXPIRED, now + step.expires)
        else:
            pass_on(floor, row, p, number + 1, when, now)
        return
    if table.fit.there and of_lead(floor, table, cython.address(table.fit), i) == 0.0:
        no(floor, row, p, UNFIT, now)
        return
    job.step = number + 1
    lead.state = WON
    lead.closed = now
    size = size_of(floor, table, lead.product, i, now)
    lead.size = size * exp(skill.size) if skill.there and skill.size != 0.0 else size
    won(floor, row, p, now)


def missed(floor: FloorP, row: cython.int, p: cython.int, now: cython.double) -> cython.void:
    """A try did not reach the customer: the next follows after a while, or it is closed."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    step: StepP = floor.tables[lead.table].steps + job.step
    crew: CrewP
    duty: cython.int
    lead.missed += 1
    if step.tries and lead.missed >= step.most:
        lose(floor, row, NOT_REACHED, now)
        return
    crew = floor.crews + floor.people[job.owner if job.owner >= 0 else p].crew
    duty = crew.duty_of[lead.cls * floor.steps + job.step]
    if duty >= 0 and has(crew.entries, duty):
        job.owner = -1
    job.ready = now + step.again if step.tries else now
    if job.ready <= now:
        enter(floor, lead.job)
    elif job.ready < INFINITY:
        at(floor, job.ready, COMES_BACK, row, 0)


def no(floor: FloorP, row: cython.int, p: cython.int, reason: cython.int, now: cython.double) -> cython.void:
    """A stage ends it: the customer says so at once, later, or never."""
    lead: LeadP = floor.leads + row
    number: cython.int = floor.jobs[lead.job].step
    table: TableP = floor.tables + lead.table
    step: StepP = table.steps + number
    said: cython.double
    when: cython.double
    if not step.clocks:
        lose(floor, row, reason, now)
        return
    if step.silent.there and of_lead(floor, table, cython.address(step.silent), lead.i) < step.share:
        said = INFINITY
    else:
        said = now + (of_lead(floor, table, cython.address(step.lost), lead.i) if step.lost.there else 0.0)
    when = now + step.expires
    if not when < said:
        when = said
    if when <= now:
        lose(floor, row, reason, now)
        return
    in_vain(floor, row, p, number, reason if said <= when else EXPIRED, when)
    if said == INFINITY and step.remind.there:
        nudge(floor, row, number, step.every)


def in_vain(
    floor: FloorP, row: cython.int, p: cython.int, number: cython.int, reason: cython.int, when: cython.double
) -> cython.void:
    """A step has lost it, which shows later (or never); until then it is like one that may become a yes."""
    lead: LeadP = floor.leads + row
    lead.in_vain = True
    if p < 0:
        floor.jobs[lead.job].ready = INFINITY
    elif not floor.ends[number]:
        pass_on(floor, row, p, number + 1, INFINITY, floor.now)
    if when < INFINITY:
        put(floor, when, NORMAL, SHOWS, row, number, reason, 0, 0)


def shows(floor: FloorP, row: cython.int, number: cython.int, reason: cython.int) -> cython.void:
    """That a step has lost a lead shows now."""
    if floor.leads[row].state == OPEN:
        floor.jobs[floor.leads[row].job].step = number
        lose(floor, row, reason, floor.now)


def too_late(floor: FloorP, lead: LeadP) -> cython.bint:
    """The customer has gone cold."""
    table: TableP = floor.tables + lead.table
    process: cython.int
    response: cython.double
    left: cython.double
    if not table.late.there:
        return False
    process = table.process[lead.product]
    if not floor.decays[process]:
        return False
    response = between(floor.offices, lead.arrived, lead.answered)
    left = floor.floors[process] + (1.0 - floor.floors[process]) * exp(-response / floor.taus[process])
    return of_lead(floor, table, cython.address(table.late), lead.i) >= left


def pass_on(
    floor: FloorP, row: cython.int, p: cython.int, number: cython.int, due_: cython.double, now: cython.double
) -> cython.void:
    """The next step is due; it may need a hand-off to another role."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    passing: PassingP = cython.address(floor.lead_passing)
    owner: cython.int = job.owner if job.owner >= 0 else p
    ready: cython.double = due_
    job.step = number
    comes_into(floor, row, number, now)
    if floor.crews[floor.people[owner].crew].duty_of[lead.cls * floor.steps + number] < 0:
        if not passing.free:
            if passing.loss > 0.0 and (
                upset(
                    floor,
                    HAND_OFF,
                    floor.tables[lead.table].stock,
                    lead.i,
                    number - floor.tables[lead.table].entry[lead.product] + 1,
                )
                < passing.loss * floor.lead_losses
            ):
                lose(floor, row, LOST_IN_HAND_OFF, now)
                return
            burden(floor, lead, passing)
            if now + passing.delay > due_:
                ready = now + passing.delay
        lead.hand_offs += 1
    due(floor, row, due_, ready)


def burden(floor: FloorP, lead: LeadP, passing: PassingP) -> cython.void:
    """Let a lead bear what its hand-off costs."""
    lead.extra += passing.extra_work
    lead.shift -= passing.information * floor.lead_losses


def due(floor: FloorP, row: cython.int, due_: cython.double, ready: cython.double) -> cython.void:
    """The customer waits from `due_` on; the step can be begun from `ready` on."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    table: TableP = floor.tables + lead.table
    patience: ColumnP = cython.address(table.steps[job.step].patience)
    if patience.there:
        job.deadline = due_ + of_lead(floor, table, patience, lead.i)
    job.ready = ready
    if ready <= floor.now:
        enter(floor, lead.job)
    elif ready < INFINITY:
        at(floor, ready, COMES_BACK, row, 0)


def comes_back(floor: FloorP, row: cython.int) -> cython.void:
    """The customer has thought it over, and the hand-off is made: the next step can be begun."""
    if floor.leads[row].state == OPEN:
        enter(floor, floor.leads[row].job)


def hand_over(floor: FloorP, row: cython.int) -> cython.bint:
    """A lead is handed over because its owner does its next step no longer; False when it is lost."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    passing: PassingP = cython.address(floor.lead_passing)
    luck: cython.double
    if not passing.free:
        luck = upset(floor, MOVED, floor.tables[lead.table].stock, lead.i, lead.departures)
        lead.departures += 1
        if luck < passing.loss * floor.lead_losses:
            return False
        burden(floor, lead, passing)
        if floor.now + passing.delay > job.ready:
            job.ready = floor.now + passing.delay
    lead.hand_offs += 1
    return True


def enter(floor: FloorP, number: cython.int) -> cython.void:
    """Let a lead, or a nudge, wait with the owner, with the owner's colleagues, or as new work."""
    job: JobP = floor.jobs + number
    lead: LeadP = floor.leads + job.subject
    owner: cython.int = job.owner
    crew: CrewP
    duty: cython.int
    if owner >= 0:
        if floor.people[owner].gone:
            owner = stand_in(floor, owner)
            if owner < 0:
                job.owner = -1
                to_new_work(floor, number)
                return
            if job.kind == LEAD:
                held_by(floor, job.subject, owner)
            else:
                job.owner = owner
        crew = floor.crews + floor.people[owner].crew
        duty = crew.duty_of[lead.cls * floor.steps + job.step]
        if duty >= 0 and not has(floor.people[owner].cannot, duty):
            if floor.limited and needs_no_room(floor, job, floor.people[owner].crew):
                duty = beside(floor, crew, duty)
            if crew.personal:
                give(floor, owner, number, duty)
            else:
                post(floor, crew.desk[duty], number, False)
            return
    to_new_work(floor, number)


def needs_no_room(floor: FloorP, job: JobP, crew: cython.int) -> cython.bint:
    """Whether a team has a lead in hand already; a nudge is no new lead."""
    if job.kind == NUDGE:
        return True
    keeper: cython.int = floor.leads[job.subject].keeper
    return not floor.crews[crew].personal and job.step != QUALIFY and keeper >= 0 and floor.people[keeper].crew == crew


def to_new_work(floor: FloorP, number: cython.int) -> cython.void:
    """Let a lead wait at the desk of those who do its step, or give it to one of them in turn."""
    job: JobP = floor.jobs + number
    lead: LeadP = floor.leads + job.subject
    d: cython.int = desk_of(floor, lead.pod, lead.cls, job.step)
    desk: DeskP
    reader: ReaderP
    crew: CrewP
    k: cython.int
    p: cython.int
    if d < 0:
        return
    desk = floor.desks + d
    if floor.limited and job.kind == NUDGE:
        for k in range(desk.readers_count):
            reader = floor.readers + (desk.readers + k)
            crew = floor.crews + reader.crew
            if not reader.helps and crew.people_count > 0:
                if has(crew.entries, reader.duty):
                    post(floor, crew.desk[beside(floor, crew, reader.duty)], number, False)
                    return
                break
    if desk.assigned:
        p = next_in_turn(floor, d)
        if p >= 0:
            if job.kind == LEAD:
                held_by(floor, job.subject, p)
                if floor.limited:
                    keep_lead(floor, job.subject, p)
            else:
                job.owner = p
            give(floor, p, number, floor.crews[floor.people[p].crew].duty_of[lead.cls * floor.steps + job.step])
            return
    post(floor, d, number, False)


def desk_of(floor: FloorP, pod: cython.int, cls: cython.int, step: cython.int) -> cython.int:
    """Where new work of a class waits in a pod; -1: nobody does it."""
    return floor.desk_at[(pod * floor.classes + cls) * floor.steps + step]


def gave_up(floor: FloorP, number: cython.int) -> cython.void:
    """The patience of a lead has ended at the deadline."""
    job: JobP = floor.jobs + number
    if job.kind != LEAD or floor.leads[job.subject].state != OPEN:
        return
    unanswered: cython.bint = floor.leads[job.subject].answered != floor.leads[job.subject].answered
    lose(floor, job.subject, UNANSWERED if unanswered else WAITED, job.deadline)


def lose(floor: FloorP, row: cython.int, reason: cython.int, when: cython.double) -> cython.void:
    """Lost for a reason."""
    lead: LeadP = floor.leads + row
    lead.state = LOST
    lead.reason = reason
    lead.closed = when
    if lead.keeper >= 0:
        keep_lead(floor, row, -1)


def settle(floor: FloorP, end: cython.double) -> cython.void:
    """At the end: leads whose patience has ended unnoticed have left at their deadline."""
    row: cython.int
    for row in range(floor.leads_count):
        if floor.leads[row].state == OPEN and floor.jobs[floor.leads[row].job].deadline < end:
            gave_up(floor, floor.leads[row].job)


def outcome_of_lead(floor: FloorP, row: cython.int) -> cython.int:
    """What became of a lead so far, for the event log."""
    lead: LeadP = floor.leads + row
    if lead.state == LOST:
        return IS_LOST + lead.reason
    if not lead.reached:
        return NO_ANSWER
    return IS_WON if lead.state == WON else GOES_ON


# --- nudges -----------------------------------------------------------------------------------------------------


def nudge(floor: FloorP, row: cython.int, step: cython.int, hours: cython.double) -> cython.void:
    """Let a silent lead be reminded again and again until it is closed; the first time after so many hours."""
    number: cython.int = new_job(floor, NUDGE, step)
    floor.jobs[number].subject = row
    if hours < INFINITY:
        at(floor, floor.now + hours, REMINDS, number, floor.jobs[number].serial)


def reminds(floor: FloorP, number: cython.int) -> cython.void:
    """It is time to remind; while one waits the next is not asked for."""
    job: JobP = floor.jobs + number
    lead: LeadP = floor.leads + job.subject
    step: StepP = floor.tables[lead.table].steps + job.step
    if lead.state != OPEN or not step.clocks:
        return
    if step.every < INFINITY:
        at(floor, floor.now + step.every, REMINDS, number, job.serial)
    if not job.asked and step.remind.there:
        job.asked = True
        job.ready = floor.now
        job.owner = floor.jobs[lead.job].owner
        enter(floor, number)
