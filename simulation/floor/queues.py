"""Jobs and queues: lists of jobs, linked through them, in the order of readiness; as `department.work`."""

import cython
from cython.cimports.libc.math import INFINITY, NAN

from simulation.floor.layout import (
    FloorP,
    JobP,
    QueueP,
    fail,
    grown,
)
from simulation.floor.leads import (
    gave_up,
)
from simulation.floor.names import (
    NO_ROOM,
    NUDGE,
    OPEN,
    TWICE_IN_A_QUEUE,
)
from simulation.floor.records import (
    Queue,
)

# --- jobs -------------------------------------------------------------------------------------------------------


def new_job(floor: FloorP, kind: cython.int, step: cython.int) -> cython.int:
    """A job that is ready now."""
    number: cython.int = floor.jobs_free
    if number >= 0:
        floor.jobs_free = floor.jobs[number].after
    elif floor.jobs_count < floor.jobs_room:
        number = floor.jobs_count
        floor.jobs_count += 1
    else:
        fail(floor, NO_ROOM, kind, floor.jobs_count)
        number = 0
    job: JobP = floor.jobs + number
    job.kind = kind
    job.step = step
    job.owner = -1
    job.queue = -1
    job.before = -1
    job.after = -1
    job.subject = -1
    floor.jobs_serial += 1
    job.serial = floor.jobs_serial
    job.covered = False
    job.teaches = True
    job.asked = False
    job.ready = floor.now
    job.deadline = INFINITY
    job.rest = -1.0
    job.laid = NAN
    job.due_ready = NAN
    job.customer = -1
    job.result = 0
    job.holder = -1
    return number


def drop_job(floor: FloorP, number: cython.int) -> cython.void:
    """Nobody will ask for a job again."""
    job: JobP = floor.jobs + number
    if job.queue >= 0 or job.serial < 0:
        fail(floor, TWICE_IN_A_QUEUE, job.kind, number)
        return
    job.serial = -1
    job.after = floor.jobs_free
    floor.jobs_free = number


def waiting(floor: FloorP, job: JobP) -> cython.bint:
    """Whether there is still somebody who waits for a job."""
    return job.kind > NUDGE or floor.leads[job.subject].state == OPEN


# --- queues -----------------------------------------------------------------------------------------------------


def new_queues(floor: FloorP, count: cython.int) -> cython.int:
    """So many new queues; the number of the first."""
    floor.queues = cython.cast(
        QueueP,
        grown(floor, floor.queues, floor.queues_count, cython.address(floor.queues_room), count, cython.sizeof(Queue)),
    )
    first: cython.int = floor.queues_count
    k: cython.int
    if floor.error == 0:
        floor.queues_count += count
        for k in range(count):
            floor.queues[first + k].first = -1
            floor.queues[first + k].last = -1
    return first


def insert_after(floor: FloorP, queue_: cython.int, number: cython.int, before: cython.int) -> cython.void:
    """Let a job wait behind another one of a queue; -1: as the first."""
    queue: QueueP = floor.queues + queue_
    job: JobP = floor.jobs + number
    if job.queue >= 0:
        fail(floor, TWICE_IN_A_QUEUE, job.kind, number)
        return
    job.queue = queue_
    job.before = before
    if before < 0:
        job.after = queue.first
        queue.first = number
    else:
        job.after = floor.jobs[before].after
        floor.jobs[before].after = number
    if job.after < 0:
        queue.last = number
    else:
        floor.jobs[job.after].before = number


def take_out(floor: FloorP, number: cython.int) -> cython.int:
    """Take a job out of the queue in which it waits; its number."""
    job: JobP = floor.jobs + number
    queue: QueueP = floor.queues + job.queue
    if job.before < 0:
        queue.first = job.after
    else:
        floor.jobs[job.before].after = job.after
    if job.after < 0:
        queue.last = job.before
    else:
        floor.jobs[job.after].before = job.before
    job.queue = -1
    job.before = -1
    job.after = -1
    return number


def line_up(floor: FloorP, queue_: cython.int, number: cython.int, newest: cython.bint) -> cython.void:
    """Let a job wait in a queue, which stands in the order of readiness: the oldest first."""
    jobs: JobP = floor.jobs
    job: JobP = floor.jobs + number
    place: cython.int = floor.queues[queue_].last
    if not newest and (place < 0 or jobs[place].ready <= job.ready):
        insert_after(floor, queue_, number, place)
        return
    if newest and job.rest < 0.0:
        while place >= 0 and jobs[place].rest >= 0.0:
            place = jobs[place].before
    if not newest or job.rest < 0.0:
        while place >= 0 and jobs[place].ready > job.ready:
            place = jobs[place].before
    insert_after(floor, queue_, number, place)


def put_first(floor: FloorP, queue_: cython.int, number: cython.int, newest: cython.bint) -> cython.void:
    """Let a job be the next that is taken from a queue: work that was interrupted goes on before other."""
    insert_after(floor, queue_, number, floor.queues[queue_].last if newest else -1)


def head_of(floor: FloorP, queue: cython.int, now: cython.double) -> cython.int:
    """What has waited longest in a queue; those before it whose patience has ended leave."""
    number: cython.int
    while True:
        number = floor.queues[queue].first
        if number < 0 or floor.jobs[number].deadline >= now:
            return number
        take_out(floor, number)
        gave_up(floor, number)
