"""Leads that come in: they arrive, are found, or are there on the first day; as `department.leads`."""

import cython
from cython.cimports.libc.math import NAN, exp, fmod

from simulation.floor.clock import (
    at,
)
from simulation.floor.layout import (
    ColumnP,
    CrewP,
    FloorP,
    JobP,
    LeadP,
    StepP,
    TableP,
    fail,
    keep,
)
from simulation.floor.leads import (
    due,
    enter,
    hand_over,
    in_vain,
    lose,
    nudge,
    to_new_work,
)
from simulation.floor.luck import (
    more_finds,
    of_lead,
)
from simulation.floor.names import (
    ARRIVES,
    DECLINED_AT_ONCE,
    LEAD,
    LOST_IN_HAND_OFF,
    NO_ROOM,
    OPEN,
    QUALIFY,
    ROOM_AGAIN,
)
from simulation.floor.queues import (
    new_job,
)
from simulation.floor.work import (
    has,
)

# --- coming in --------------------------------------------------------------------------------------------------


def size_of(floor: FloorP, table: TableP, product: cython.int, i: cython.int, when: cython.double) -> cython.double:
    """Size of a deal with a lead at a time."""
    size: cython.double = of_lead(floor, table, table.deal + product, i)
    trend: cython.double = table.trends[product]
    return size * exp(trend * when) if trend != 0.0 else size


def class_of(floor: FloorP, channel: cython.int, product: cython.int, size: cython.double) -> cython.int:
    """Class of a lead or customer, by the bands of deal sizes."""
    band: cython.int = 0
    while band < floor.bands_count and not size < floor.bands[band]:
        band += 1
    return (channel * floor.products + product) * (floor.bands_count + 1) + band


def class_of_lead(floor: FloorP, lead: LeadP) -> cython.int:
    """Class of a lead."""
    table: TableP = floor.tables + lead.table
    if table.cls >= 0:
        return table.cls
    return class_of(floor, table.channel, lead.product, size_of(floor, table, lead.product, lead.i, lead.arrived))


def new_lead(floor: FloorP, t: cython.int, i: cython.int, pod: cython.int) -> cython.int:
    """A lead that is there from now on."""
    table: TableP = floor.tables + t
    row: cython.int = floor.leads_count
    k: cython.int
    if row >= floor.leads_room or (row + 1) * (1 + floor.stages) > floor.entered_room:
        fail(floor, NO_ROOM, LEAD, row)
        return 0
    floor.leads_count += 1
    lead: LeadP = floor.leads + row
    lead.table = t
    lead.i = i
    lead.pod = pod
    lead.state = OPEN
    lead.reason = 0
    lead.in_vain = False
    lead.initial = False
    lead.reached = True
    lead.tried = False
    lead.missed = 0
    lead.departures = 0
    lead.hand_offs = 0
    lead.keeper = -1
    lead.hands_first = -1
    lead.hands_last = -1
    lead.hands_count = 0
    lead.arrived = floor.now
    lead.answered = NAN
    lead.qualified = NAN
    lead.closed = NAN
    lead.shift = 0.0
    lead.extra = 0.0
    lead.size = NAN
    lead.call = 0.0
    lead.product = table.product if table.products == cython.NULL else table.products[i]
    lead.cls = class_of_lead(floor, lead)
    lead.job = new_job(floor, LEAD, table.first[lead.product])
    floor.jobs[lead.job].subject = row
    for k in range(1 + floor.stages):
        floor.entered[row * (1 + floor.stages) + k] = NAN
    return row


def arrives(floor: FloorP, number: cython.int, i: cython.int) -> cython.void:
    """The next lead of a channel arrives by itself, and the one after it is awaited."""
    table: cython.int = floor.arrivals[number].table
    arrive(floor, floor.latest[table], i)
    if i + 1 < floor.arrivals[number].count:
        at(floor, floor.arrivals[number].times[i + 1], ARRIVES, number, i + 1)


def arrive(floor: FloorP, t: cython.int, i: cython.int) -> cython.void:
    """A lead arrives and waits for its first answer."""
    table: TableP = floor.tables + t
    pod: cython.int = 0
    row: cython.int
    if table.at_once.there and of_lead(floor, table, cython.address(table.at_once), i) != 0.0:
        row = new_lead(floor, t, i, 0)
        lose(floor, row, DECLINED_AT_ONCE, floor.now)
        return
    if floor.pods > 1:
        floor.turn += 1
        pod = cython.cast(cython.int, floor.turn % floor.pods)
    row = new_lead(floor, t, i, pod)
    job: JobP = floor.jobs + floor.leads[row].job
    if table.patience.there:
        job.deadline = floor.leads[row].arrived + of_lead(floor, table, cython.address(table.patience), i)
    if job.step != QUALIFY:
        waits_for_first_stage(floor, row)
    to_new_work(floor, floor.leads[row].job)


def find(floor: FloorP, t: cython.int, i: cython.int, p: cython.int) -> cython.void:
    """A person's attempts have found a lead: it is in contact from the first moment."""
    if i >= floor.stocks[floor.tables[t].stock].rows:
        more_finds(floor, t, i + 1)
        if floor.error:
            return
    row: cython.int = new_lead(floor, t, i, floor.crews[floor.people[p].crew].pod)
    lead: LeadP = floor.leads + row
    lead.answered = lead.arrived
    held_by(floor, row, p)
    if floor.jobs[lead.job].step != QUALIFY:
        waits_for_first_stage(floor, row)
    if floor.limited:
        keep_lead(floor, row, -1)
    enter(floor, lead.job)


def waits_for_first_stage(floor: FloorP, row: cython.int) -> cython.void:
    """Where nobody qualifies the first stage is the first contact, for which a lead waits as for any other."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    table: TableP = floor.tables + lead.table
    patience: ColumnP = cython.address(table.steps[job.step].patience)
    ends: cython.double
    if patience.there:
        ends = lead.arrived + of_lead(floor, table, patience, lead.i)
        if ends < job.deadline:
            job.deadline = ends


def held_by(floor: FloorP, row: cython.int, p: cython.int) -> cython.void:
    """A lead is somebody's own from now on, which is noted where people may leave."""
    floor.jobs[floor.leads[row].job].owner = p
    if floor.notes_hands:
        keep(floor, cython.address(floor.people[p].leads), row)


def keep_lead(floor: FloorP, row: cython.int, taker: cython.int) -> cython.void:
    """Count a lead among the open ones in hand: of whoever gets or begins it, or of its owner."""
    lead: LeadP = floor.leads + row
    job: JobP = floor.jobs + lead.job
    keeper: cython.int = taker
    before: cython.int = lead.keeper
    crew: CrewP
    duty: cython.int
    begun: cython.bint
    if lead.state == OPEN and taker < 0 and job.owner >= 0:
        crew = floor.crews + floor.people[job.owner].crew
        duty = crew.duty_of[lead.cls * floor.steps + job.step]
        begun = job.step != QUALIFY and before >= 0 and floor.people[before].crew == floor.people[job.owner].crew
        if duty >= 0 and (crew.personal or begun or not has(crew.entries, duty)):
            keeper = job.owner
    if keeper == before:
        return
    lead.keeper = keeper
    if keeper >= 0:
        floor.people[keeper].in_hand += 1
    if before >= 0:
        floor.people[before].in_hand -= 1
        at(floor, floor.now, ROOM_AGAIN, before, 0)


def there(
    floor: FloorP, t: cython.int, i: cython.int, step: cython.int, holder: cython.int, handed: cython.bint
) -> cython.int:
    """A qualified lead of the first day before a step, of whoever holds it; lost where it is lost in a hand-off."""
    floor.turn += 1
    pod: cython.int
    if holder < 0:
        pod = cython.cast(cython.int, floor.turn % floor.pods)
    else:
        pod = floor.crews[floor.people[holder].crew].pod
    row: cython.int = new_lead(floor, t, i, pod)
    lead: LeadP = floor.leads + row
    lead.answered = lead.arrived
    lead.qualified = lead.arrived
    lead.initial = True
    floor.jobs[lead.job].step = step
    comes_into(floor, row, step, lead.arrived)
    if holder >= 0:
        held_by(floor, row, holder)
        if floor.limited:
            keep_lead(floor, row, -1)
    if (
        handed
        and (holder < 0 or floor.crews[floor.people[holder].crew].duty_of[lead.cls * floor.steps + step] < 0)
        and not hand_over(floor, row)
    ):
        lose(floor, row, LOST_IN_HAND_OFF, lead.arrived)
    return row


def resume(
    floor: FloorP,
    t: cython.int,
    i: cython.int,
    stage: cython.int,
    wait: cython.double,
    holder: cython.int,
    handed: cython.bint,
) -> cython.void:
    """A lead that is in the pipeline on the first day, due for a stage after `wait` hours of thinking."""
    row: cython.int = there(floor, t, i, 1 + stage, holder, handed)
    lead: LeadP = floor.leads + row
    if lead.state != OPEN:
        return
    ready: cython.double = lead.arrived + wait
    if floor.jobs[lead.job].ready > ready:
        ready = floor.jobs[lead.job].ready
    due(floor, row, floor.first_opening if floor.first_opening > ready else ready, ready)


def resume_in_vain(
    floor: FloorP,
    t: cython.int,
    i: cython.int,
    stage: cython.int,
    reason: cython.int,
    left: cython.double,
    silent: cython.double,
    holder: cython.int,
    handed: cython.bint,
) -> cython.void:
    """A lead of the first day that a stage has lost, which shows after `left` hours; `silent` so many already."""
    row: cython.int = there(floor, t, i, 1 + stage if floor.ends[1 + stage] else 2 + stage, holder, handed)
    lead: LeadP = floor.leads + row
    step: StepP = floor.tables[t].steps + (1 + stage)
    if lead.state != OPEN:
        return
    in_vain(floor, row, -1, 1 + stage, reason, lead.arrived + left)
    if silent == silent and step.clocks and step.remind.there:
        nudge(floor, row, 1 + stage, step.every - modulo(silent, step.every))


def modulo(value: cython.double, by: cython.double) -> cython.double:
    """What Python's `value % by` is for numbers that are not negative."""
    return fmod(value, by)


def comes_into(floor: FloorP, row: cython.int, step: cython.int, when: cython.double) -> cython.void:
    """Note when a lead came into a step."""
    if step <= floor.stages:
        floor.entered[row * (1 + floor.stages) + step] = when
