"""Work that waits: jobs, the desks where they wait, and the crews that read the desks.

A job is one piece of work that waits until a person takes it; a desk is where work waits for crews; a crew is a role in
one pod. A level is one line of the order of preference in which a person looks at queues.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import InitVar, dataclass, field
from math import inf
from typing import NamedTuple, Protocol

from simulation.department.employees import Employee, Place
from simulation.department.office import Alarm, Office
from simulation.department.plan.hours import Working
from simulation.department.record import LogRow
from simulation.department.skills import Skill
from simulation.scenario.structures import Duty, Role


class Worker(Protocol):
    """What jobs, desks and crews see of a person at work (`person.Person`), and may ask of it."""

    name: str
    employee: Employee
    place: Place
    crew: Crew
    office: Office
    skills: list[Skill | None]
    own: list[deque[Job]]  # by duty: work that waits for this person
    cannot: frozenset[int]  # duties that somebody of proficiency 0 takes none of
    protected: list[Protected]
    away_from: float  # begin of the present or next absence
    gone: bool
    heir: Worker | None  # who took over a leaver's work
    settled: bool  # whether a leaver's work was given to others
    in_hand: int  # open leads; counted where a role has `most_open`
    leads: set[int]  # rows of all that were ever its own, and of its customers; noted where people may leave
    customers: set[int]

    @property
    def free(self) -> bool:
        """Whether nothing is in hand."""

    @property
    def job(self) -> Job | None:
        """The job in hand."""

    @property
    def has_room(self) -> bool:
        """Whether one more new lead may come in."""

    @property
    def stand_in(self) -> Worker | None:
        """Who does this person's work now."""

    def take(self, job: Job, duty: int) -> None:
        """Take a job at once; only for somebody who is idle."""

    def give(self, job: Job, duty: int) -> None:
        """Let a job wait for this person."""

    def look_for_work(self) -> None:
        """Take the first piece of work in the order of preference; only for somebody without work."""

    def something_better_waits(self) -> bool:
        """Whether work waits that comes before the attempts in hand."""

    def quest_interrupted(self) -> None:
        """Stop the attempts in hand."""

    def repace(self, now: float, size: float = 1.0) -> None:
        """The pace has changed, or the work (`size` times as much): what is left of what is in hand follows."""

    def begin_window(self, now: float) -> None:
        """A day begins with hours that are kept for an activity."""

    def has_room_again(self) -> None:
        """A lead in hand is gone."""

    def meets(self, step: int, hours: float, duty: int) -> None:
        """Have a meeting, or give hours to others."""


class Job:
    """What waits and is worked. Defaults stand in the class, so that a new job sets only what differs.

    `ready` is the time since when it waits (papers of an order: since the order was placed, for the customer waits all
    that time), `laid` since when it waits for a person where that is another time, `deadline` the time at which whoever
    waits for it gives up, `rest` the working hours left of a job that an absence cut short (negative: not begun),
    `covered` whether colleagues do it for an absent owner, `teaches` whether it is a repetition to learn from.
    """

    step: int = 0
    ready: float = 0.0
    deadline: float = inf
    rest: float = -1.0
    covered: bool = False
    paced: bool = True  # whether it goes faster in able hands
    teaches: bool = True
    owner: Worker | None = None
    laid: float | None = None
    due_at: tuple[float, float, float] | None = None  # since when it was ready, its due time, when it is due

    @property
    def waiting(self) -> bool:
        """Whether there is still somebody who waits for it."""
        return True

    def hours(self, now: float) -> float:
        """Working hours at pace 1; negative when there is nothing left to do."""
        raise NotImplementedError

    def done(self, person: Worker, now: float) -> None:
        """What follows when the person has finished it."""
        raise NotImplementedError

    def gave_up(self) -> None:
        """What follows when the deadline passed before anybody took it."""

    def lay(self) -> None:
        """Wait again with whoever does it, after the order of work has changed."""

    def held_by(self, person: Worker) -> None:
        """It is somebody's own from now on."""
        self.owner = person

    def taken(self, person: Worker) -> None:
        """Somebody begins it who has a limit of open leads in hand."""

    def put_back(self) -> None:
        """It was interrupted and waits for anybody who does such work."""

    def case(self) -> str:
        """The case it belongs to, for the event log."""
        return ""

    def outcome(self) -> str:
        """How it ended, for the event log."""
        return "done"


def roomy(cls: type[Job], *set_at_birth: str) -> None:
    """Let every instance of a class of jobs hold all its attributes by itself, without a dictionary of its own.

    Python learns from a class's first instances which attributes there are, and what is first set later (when a lead
    is closed, say) costs each instance a dictionary: memory, and half the time again of a busy year. So one instance
    has all of them before the first: those with a default in the classes, and `set_at_birth`.
    """
    example = cls.__new__(cls)
    for name in (
        *set_at_birth,
        *(name for kind in reversed(cls.__mro__) for name in kind.__dict__.get("__annotations__", ())),
    ):
        setattr(example, name, None)


class Meeting(Job):
    """A meeting of one person, or hours for a newcomer."""

    paced = False

    def __init__(self, owner: Worker, step: int, hours: float, now: float) -> None:
        self.owner = owner
        self.step = step
        self.ready = now
        self._hours = hours

    def hours(self, now: float) -> float:
        """The meeting takes as long as it takes, whoever sits in it."""
        return self._hours

    def done(self, person: Worker, now: float) -> None:
        """Nothing follows."""


def line_up(queue: deque[Job], job: Job, newest: bool = False) -> None:
    """Let a job wait in a queue, which stands in the order of readiness: the oldest first.

    `newest`: it is taken from the end, where what was interrupted stays: it goes on before other work.
    """
    if not newest and (not queue or queue[-1].ready <= job.ready):
        queue.append(job)
        return
    place = len(queue)
    if newest and job.rest < 0.0:
        while place > 0 and queue[place - 1].rest >= 0.0:
            place -= 1
    if not newest or job.rest < 0.0:
        while place > 0 and queue[place - 1].ready > job.ready:
            place -= 1
    if place == len(queue):
        queue.append(job)
    else:
        queue.insert(place, job)


def put_first(queue: deque[Job], job: Job, newest: bool) -> None:
    """Let a job be the next that is taken from a queue: work that was interrupted goes on before other."""
    if newest:
        queue.append(job)
    else:
        queue.appendleft(job)


class Rule(NamedTuple):
    """When a crew helps at a desk of others: while so many wait, or one has waited so long (working hours)."""

    queue: int
    wait: float


@dataclass(eq=False, slots=True)
class Reader:
    """A crew that takes work at a desk: under which of its duties, and by which rule where it only helps."""

    crew: Crew
    duty: int
    rule: Rule | None


class Desk:
    """A queue of new or shared work and the crews that read it, in the order of the structure.

    `assigned` means that new work is not queued here but given out in turn to the people of the crews.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.queue: deque[Job] = deque()
        self.readers: list[Reader] = []
        self.assigned = False
        self.newest = False  # whether the first crew that reads it takes the newest first
        self.in_shifts = False  # whether people of the crews have hours of their own
        self.calls = False  # whether a reader helps by a rule, or prospects and may be called from it
        self._turn = 0

    def post(self, job: Job, front: bool = False) -> None:
        """Let somebody who is free take the job, or let it wait here and call somebody who prospects."""
        open_ = self.office.at_work
        if open_ and not self.queue:
            now = self.office.env._now
            for reader in self.readers:
                if reader.rule is None:
                    crew, duty = reader.crew, reader.duty
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
            for reader in self.readers:
                if reader.duty in reader.crew.due_after_prospecting:
                    reader.crew.call_when_due(job, self.queue, reader.duty)
            if open_:
                self._call(job)

    def _call(self, job: Job) -> None:
        """Call helpers whose rule allows it, or somebody who prospects; helpers who may later are called later."""
        for reader in self.readers:
            rule = reader.rule
            if rule is not None:
                if rule.wait > 0 and job.rest < 0.0:
                    self._call_later(job, rule.wait)
                idle = reader.crew.first_idle(reader.duty)
                if idle is not None and self.needs_help(rule):
                    idle.look_for_work()
                    if job not in self.queue:
                        return
        for reader in self.readers:
            caller = reader.crew.who_may_be_called(reader.duty)
            if caller is not None and (reader.rule is None or self.needs_help(reader.rule)):
                caller.quest_interrupted()
                return

    def needs_help(self, overflow: Rule) -> bool:
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
            if not self.office.at_work:
                return
            waits = None  # whether the job does: asked only where somebody could come, for the queue may be long
            for reader in self.readers:
                crew = reader.crew
                if reader.rule is None or not (crew.idle or crew.prospecting) or not self.needs_help(reader.rule):
                    continue
                if waits is None and not (waits := job in self.queue):
                    return
                if (idle := crew.first_idle(reader.duty)) is not None:
                    idle.look_for_work()
                elif (caller := crew.who_may_be_called(reader.duty)) is not None:
                    caller.quest_interrupted()

        office.env.at(at, Alarm(office.env, look))

    def _who_can(self) -> list[Worker]:
        """Those whose work this is and who can do it, with room for it where it comes in new."""
        readers = [reader for reader in self.readers if reader.rule is None]
        if len(readers) == 1 and not (crew := readers[0].crew).unable and readers[0].duty not in crew.entries:
            return crew.people  # as nearly always: looking at each would cost more, the more they are
        return [
            person
            for reader in readers
            for person in reader.crew.people
            if reader.duty not in person.cannot and (reader.duty not in reader.crew.entries or person.has_room)
        ]

    def next_in_turn(self) -> Worker | None:
        """The next present person in turn among the crews (the next in turn at all when everybody is away).

        Where new leads come in, only who has room for one more; where people have hours of their own, whoever is at
        work now, or else comes first.
        """
        people = self._who_can()
        if not people:
            return None
        now = self.office.env.now
        if self.in_shifts and (present := [person for person in people if person.away_from > now]):
            comes = [person.office.next_open(now) for person in present]
            first = min(comes)
            people = [person for person, at in zip(present, comes, strict=True) if at == first]
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
    people: list[Worker] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)  # by duty: work that any colleague takes
    idle: dict[Worker, None] = field(default_factory=dict)  # longest idle first
    prospecting: dict[Worker, int] = field(default_factory=dict)  # and under which duty
    duty_of: list[list[int]] = field(default_factory=list)  # [class][step] -> duty, -1: not done by this role
    personal: bool = False
    newest: frozenset[int] = frozenset()  # duties of which the newest work is taken first
    due: list[float] = field(default_factory=list)  # by duty: due time, working hours; inf: none
    due_after_prospecting: frozenset[int] = frozenset()  # duties with a due time that prospecting comes before
    entries: frozenset[int] = frozenset()  # duties that take in new leads, where their number is limited
    due_by_step: list[float] = field(default_factory=list)  # due time by step
    assigned: bool = False  # whether new work is given out in turn
    unable: bool = False  # whether there was ever somebody who could not do a duty yet
    cover: float = 0.0  # pace of colleagues who cover for an absent owner; 0: nobody does
    most_open: float = inf  # open leads that one person has in hand at most
    prospects: dict[int, list[int]] = field(default_factory=dict)  # by duty: channels
    protected: list[tuple[int, float]] = field(default_factory=list)  # activity, hours of the day kept for it
    lines: list[Line] = field(default_factory=list)  # the order of preference
    row: int = -1  # in the kernel of a compiled floor

    def beside(self, duty: int) -> int:
        """The duty under which work of such a duty is done that needs no room for one more lead in hand."""
        return next(n for n in range(duty, len(self.duties)) if n not in self.entries)

    def first_idle(self, duty: int) -> Worker | None:
        """Who has been idle longest of those who work at this hour, can do the duty and have room for it."""
        return next((person for person in self.idle if self._may(person, duty)), None)

    def _may(self, person: Worker, duty: int) -> bool:
        return person.office.open and duty not in person.cannot and (duty not in self.entries or person.has_room)

    def call_when_due(self, job: Job, queue: deque[Job], duty: int, only: Worker | None = None) -> None:
        """Let attempts be interrupted once work that they come before is past its due time.

        `only`: whose work it is; anybody's of the crew where nobody is named.
        """
        office = self.desks[duty].office
        at = max(office.env._now, office.clock.finish(job.ready, self.due[duty]))

        def look(_: object) -> None:
            if job not in queue or not office.at_work:
                return
            here = (person for person in self.prospecting if person.office.open)
            caller = only if only is not None else next(here, None)
            if caller in self.prospecting:
                caller.quest_interrupted()

        office.env.at(at, Alarm(office.env, look))

    def who_may_be_called(self, duty: int) -> Worker | None:
        """Who prospects, longest first, although work of this duty comes before."""
        for person, prospecting in self.prospecting.items():
            if duty < prospecting and self._may(person, duty):
                return person
        return None


class Line(NamedTuple):
    """A line of a crew's order of preference: the desks of a duty, and what guards them."""

    duty: int
    guard: int  # as in plan.order_of_work
    own: bool  # whether the person's own queue comes first
    desks: tuple[Desk, ...]
    rule: Rule  # of overflow, where that guards


class Help:
    """Guards a desk of others: work is taken there only while its rule of overflow says so.

    `limited`: new leads wait there, and whoever has as many open ones in hand as the role allows takes none.
    """

    __slots__ = ("desk", "limited", "rule")

    def __init__(self, desk: Desk, rule: Rule, limited: bool) -> None:
        self.desk: Desk | None = desk
        self.rule = rule
        self.limited = limited

    def allows(self, person: Worker) -> bool:
        """Whether the desk needs help now."""
        assert self.desk is not None
        return (not self.limited or person.has_room) and self.desk.needs_help(self.rule)


class Room:
    """Guards new leads: who has as many open ones in hand as the role allows takes no more."""

    __slots__ = ()
    desk: Desk | None = None  # the work belongs to one's own crew

    def allows(self, person: Worker) -> bool:
        """Whether the person may take one more."""
        return person.has_room


Next = Callable[[tuple[deque[Job], ...], float], Job | None]


@dataclass(eq=False, slots=True)
class Level:
    """A line of the order of preference: the queues of a duty (none: prospecting) and what guards them.

    `only` is the one queue where nothing else is to be asked, `take_next` which work of several queues is next, `due`
    the due time of such work in working hours.
    """

    queues: tuple[deque[Job], ...]
    guard: Help | Room | None
    duty: int
    newest: InitVar[bool] = False  # whether of its work the newest is taken first
    due: float = inf
    only: deque[Job] | None = field(init=False)
    take_next: Next = field(init=False)

    def __post_init__(self, newest: bool) -> None:
        self.only = self.queues[0] if len(self.queues) == 1 and self.guard is None and not newest else None
        self.take_next = newest_in if newest else oldest_in


class Protected(NamedTuple):
    """So many hours of the day in which some levels come first."""

    hours: float
    levels: list[Level]


def oldest_in(queues: tuple[deque[Job], ...], now: float) -> Job | None:
    """Take what has waited longest among several queues; those whose patience has ended leave."""
    source = None
    for queue in queues:
        while queue:
            job = queue[0]
            if job.deadline < now:
                queue.popleft()
                job.gave_up()
            else:
                if source is None or job.ready < source[0].ready:
                    source = queue
                break
    return None if source is None else source.popleft()


def newest_in(queues: tuple[deque[Job], ...], now: float) -> Job | None:
    """Take what was interrupted, or has waited shortest, among several queues; the impatient ones met leave."""
    source = None
    for queue in queues:
        while queue:
            job = queue[-1]
            if job.deadline < now:
                queue.pop()
                job.gave_up()
            else:
                if source is None or (job.rest >= 0.0, job.ready) > (source[-1].rest >= 0.0, source[-1].ready):
                    source = queue
                break
    return None if source is None else source.pop()


def head_of(queue: deque[Job], now: float) -> Job | None:
    """What has waited longest in a queue; those before it whose patience has ended leave."""
    while queue:
        job = queue[0]
        if job.deadline >= now:
            return job
        queue.popleft()
        job.gave_up()
    return None


@dataclass
class Terms:
    """What holds for everybody who works here. An intervention may change it during the run."""

    office: Office
    step_names: tuple[str, ...]
    events: list[LogRow] | None  # the event log, when it is kept
    ease: list[float]  # by step: factor on the hours of work (changes being digested, tools)
    activity_of: tuple[int, ...] = ()  # activity of each step
    availability: float = 1.0  # share of working time that is free for the activities
    switching: float = 0.0  # working hours lost at a change from one group of activities to another
    group_of: tuple[int, ...] = ()  # group of each activity, within which a change costs nothing
    attempt_ease: float = 1.0  # the same for an attempt of prospecting

    def renew(self, ease: list[float], attempt_ease: float) -> bool:
        """From now on other factors hold; whether that changes anything."""
        changed = self.ease != ease or self.attempt_ease != attempt_ease
        self.ease[:] = ease
        self.attempt_ease = attempt_ease
        return changed

    def adopt(self, working: Working) -> None:
        """Take over what the plan has."""
        self.availability, self.switching = float(working.availability), float(working.switching)
        self.group_of, self.activity_of = tuple(working.group.tolist()), tuple(working.activity.tolist())
