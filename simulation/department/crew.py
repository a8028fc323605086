"""Crews and desks: who may take which work. A crew is a role in one pod; a desk is where work waits for crews."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.department.jobs import Job, line_up, put_first
from simulation.department.office import Alarm, Office
from simulation.scenario.structures import Duty, Overflow, Role

if TYPE_CHECKING:
    from simulation.department.person import Person


class Desk:
    """A queue of new or shared work and the crews that read it, in the order of the structure.

    `readers` holds (crew, number of the duty under which the crew takes it, overflow rule or None). `assigned` means
    that new work is not queued here but given out in turn to the people of the crews.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.queue: deque[Job] = deque()
        self.readers: list[tuple[Crew, int, Overflow | None]] = []
        self.assigned = False
        self.newest = False  # whether the first crew that reads it takes the newest first
        self.calls = False  # whether a reader helps by a rule, or prospects and may be called from it
        self._turn = 0

    def post(self, job: Job, front: bool = False) -> None:
        """Let somebody who is free take the job, or let it wait here and call somebody who prospects."""
        open_ = self.office.open
        if open_ and not self.queue:
            now = self.office.env._now
            for crew, duty, overflow in self.readers:
                if overflow is None:
                    limited = crew.entries and duty in crew.entries
                    for person in crew.idle:  # whoever is idle has nothing else to do
                        if limited and not person.has_room:
                            if crew.personal:
                                continue
                            break  # nobody of a team has room
                        if person.away_from > now and person.office.open and duty not in person.cannot:
                            person.take(job, duty)
                            return
        queue = self.queue
        if front:
            put_first(queue, job, self.newest)
        elif not self.newest and (not queue or queue[-1].ready <= job.ready):  # as a rule
            queue.append(job)
        else:
            line_up(queue, job, self.newest)
        if self.calls:
            for crew, duty, _ in self.readers:
                if duty in crew.due_after_prospecting:
                    crew.call_when_due(job, self.queue, duty)
            if open_:
                self._call(job)

    def _call(self, job: Job) -> None:
        """Call helpers whose rule allows it, or somebody who prospects; helpers who may later are called later."""
        for crew, duty, overflow in self.readers:
            if overflow is not None:
                if overflow.wait > 0 and job.rest < 0.0:
                    self._call_later(job, overflow.wait)
                idle = crew.first_idle(duty)
                if idle is not None and self.needs_help(overflow):
                    idle.look_for_work()
                    if job not in self.queue:
                        return
        for crew, duty, overflow in self.readers:
            caller = crew.who_may_be_called(duty)
            if caller is not None and (overflow is None or self.needs_help(overflow)):
                caller.quest_interrupted()
                return

    def needs_help(self, overflow: Overflow) -> bool:
        """Whether so many wait, or one has waited so long, that an overflow crew helps. Only the patient count."""
        now, queue = self.office.env._now, self.queue
        while queue and queue[0].deadline < now:
            queue.popleft().gave_up()
        if not queue or (overflow.wait > 0 and self.office.between(queue[0].ready, now) < overflow.wait - 1e-9):
            return False
        patient = 0
        for job in queue:
            if job.deadline >= now:
                patient += 1
                if patient >= overflow.queue:
                    return True
        return False

    def _call_later(self, job: Job, wait: float) -> None:
        office = self.office
        at = office.clock.finish(office.env.now, wait)

        def look(_: object) -> None:
            if not self.office.open:
                return
            waits = None  # whether the job does: asked only where somebody could come, for the queue may be long
            for crew, duty, overflow in self.readers:
                if overflow is None or not (crew.idle or crew.prospecting) or not self.needs_help(overflow):
                    continue
                if waits is None and not (waits := job in self.queue):
                    return
                if (idle := crew.first_idle(duty)) is not None:
                    idle.look_for_work()
                elif (caller := crew.who_may_be_called(duty)) is not None:
                    caller.quest_interrupted()

        office.env.at(at, Alarm(office.env, look))

    def next_in_turn(self) -> Person | None:
        """The next present person in turn among the crews (the next in turn at all when everybody is away).

        Where new leads come in, only who has room for one more.
        """
        people = [
            person
            for crew, duty, overflow in self.readers
            if overflow is None
            for person in crew.people
            if duty not in person.cannot and (duty not in crew.entries or person.has_room)
        ]
        if not people:
            return None
        now = self.office.env.now
        for offset in range(len(people)):
            person = people[(self._turn + offset) % len(people)]
            if person.away_from > now:
                self._turn += offset + 1
                return person
        self._turn += 1
        return people[(self._turn - 1) % len(people)]


@dataclass(eq=False)
class Crew:
    """The people of one role in one pod."""

    number: int  # index of the role in the structure
    name: str
    role: Role
    pod: int
    duties: tuple[Duty, ...]
    people: list[Person] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)  # by duty: work that any colleague takes
    idle: dict[Person, None] = field(default_factory=dict)  # longest idle first
    prospecting: dict[Person, int] = field(default_factory=dict)  # and under which duty
    duty_of: list[list[int]] = field(default_factory=list)  # [class][step] -> duty, -1: not done by this role
    personal: bool = False
    newest: frozenset[int] = frozenset()  # duties of which the newest work is taken first
    due: list[float] = field(default_factory=list)  # by duty: due time, working hours; inf: none
    due_after_prospecting: frozenset[int] = frozenset()  # duties with a due time that prospecting comes before
    protects: bool = False  # whether the first hours of the day are kept for some activity
    entries: frozenset[int] = frozenset()  # duties that take in new leads, where their number is limited

    due_by_step: list[float] = field(default_factory=list)  # the same by step

    def first_idle(self, duty: int) -> Person | None:
        """Who has been idle longest of those who work at this hour and can do the duty."""
        return next((person for person in self.idle if person.office.open and duty not in person.cannot), None)

    def call_when_due(self, job: Job, queue: deque[Job], duty: int, only: Person | None = None) -> None:
        """Let attempts be interrupted once work that they come before is past its due time.

        `only`: whose work it is; anybody's of the crew where nobody is named.
        """
        office = self.desks[duty].office
        at = max(office.env._now, office.clock.finish(job.ready, self.due[duty]))

        def look(_: object) -> None:
            if job not in queue or not office.open:
                return
            caller = only if only is not None else next(iter(self.prospecting), None)
            if caller in self.prospecting:
                caller.quest_interrupted()

        office.env.at(at, Alarm(office.env, look))

    def who_may_be_called(self, duty: int) -> Person | None:
        """Who prospects, longest first, although work of this duty comes before."""
        for person, prospecting in self.prospecting.items():
            if duty < prospecting and person.office.open and duty not in person.cannot:
                return person
        return None
