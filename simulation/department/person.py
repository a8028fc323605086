"""A person at work: looks for work in the order of preference, does one thing at a time, goes home, is away.

One state machine, and therefore one file: what is in hand (a job or a stretch of attempts) and when it ends.
"""

from __future__ import annotations

from collections import deque
from heapq import heappush
from math import ceil, floor, inf

from simpy.events import NORMAL, Event, ProcessGenerator

from simulation.department.employees import Employee, Place
from simulation.department.office import Alarm, Office
from simulation.department.prospecting import Prospecting, Quest
from simulation.department.record import LogRow
from simulation.department.skills import Skill, at_tenure
from simulation.department.steps import CARE, PROSPECT
from simulation.department.work import (
    Crew,
    Desk,
    Job,
    Level,
    Meeting,
    Protected,
    Room,
    Terms,
    Worker,
    head_of,
    line_up,
    put_first,
)
from simulation.written.adding import added_up

LONGEST = 1e6
"""Hours that no horizon has."""


class Person:
    """One person at work.

    `busy[activity]` are working hours and `repetitions[activity]` pieces of work so far, of the place and not of the
    person; `away_from` is the begin of the present or next absence.
    """

    __slots__ = (
        "_activity",
        "_activity_of",
        "_always_open",
        "_availability",
        "_bell",
        "_beyond",
        "_env",
        "_duty",
        "_ease",
        "_finish",
        "_group_of",
        "_helps_at",
        "_job",
        "_made",
        "_last",
        "_lead_in",
        "_logs",
        "_nominal",
        "_overdue",
        "_paced",
        "_timed",
        "_quest",
        "_since",
        "_switching",
        "_terms",
        "_window_day",
        "_window_from",
        "away_from",
        "busy",
        "cannot",
        "crew",
        "customers",
        "due",
        "employee",
        "gone",
        "heir",
        "in_hand",
        "leads",
        "levels",
        "name",
        "office",
        "own",
        "place",
        "prospecting",
        "protected",
        "quests",
        "repetitions",
        "settled",
        "skills",
        "until",
        "waited",
    )

    def __init__(
        self,
        employee: Employee,
        place: Place,
        crew: Crew,
        terms: Terms,
        skills: list[Skill | None],
        office: Office | None = None,
    ) -> None:
        """`office`: the working time of this person; that of all where not given."""
        self.name = employee.seat.name if employee.hire == 0 else f"{employee.seat.name}.{employee.hire}"
        self.employee = employee
        self.crew = crew
        self.gone = False
        self.heir: Worker | None = None  # who took over a leaver's work
        self.settled = False  # whether a leaver's work was given to others
        self.leads: set[int] = set()
        self.customers: set[int] = set()
        self.office = terms.office if office is None else office
        self.skills = skills
        self.own: list[deque[Job]] = [deque() for _ in crew.duties]  # by duty: work that waits for this person
        self.levels: list[Level] = []
        self.cannot: frozenset[int] = frozenset()  # duties that somebody of proficiency 0 takes none of
        self.due: list[Level] = []  # those with a due time
        self.protected: list[Protected] = []
        self.in_hand = 0  # open leads; counted where a role has `most_open`
        self.prospecting: dict[int, Prospecting] = {}  # by duty
        self.quests: dict[str, Quest] = {}
        self.sit(place)
        self.away_from = inf
        self.until = 0.0  # end of the work in hand
        self._terms = terms
        self._logs = terms.events is not None
        self._ease = terms.ease
        self._env = terms.office.env
        self._finish = self.office.clock.finish
        self._activity_of = terms.activity_of
        self._switching = terms.switching
        self._group_of = terms.group_of
        self._availability = terms.availability
        self._always_open = self.office.always_open
        self._bell = Alarm(terms.office.env, self._finished)
        self._job: Job | None = None
        self._activity = 0
        self._duty = 0  # the duty under which the job in hand was taken
        self._helps_at: Desk | None = None  # the desk of others it was taken from
        self._quest: Quest | None = None
        self._since = 0.0
        self._beyond = 0.0  # working hours of the work in hand after the calendar's end
        self._timed = 0.0  # since when the work in hand goes at its present pace
        self._lead_in = 0.0  # working hours before that work itself begins (switching)
        self._nominal = 0.0  # hours of the job in hand at pace 1, and what they take this person
        self._paced = 0.0
        self._made = 0.0  # attempts made in this stretch before `_timed`
        self._last = -1  # group of the activities of the last piece of work
        self._overdue = 0.0  # elapsed hours past the due time of the work in hand when it was begun; kept for the log
        self._window_day = -1
        self._window_from = 0.0

    # --- what lives ask ---------------------------------------------------------------------------------------

    def slow_down(self, speed: float) -> None:
        """Learn at a share of the usual speed from now on."""
        for skill in self.skills:
            if skill is not None:
                skill.slow_down(speed)

    def set_availability(self, availability: float) -> None:
        """Take over a changed share of free time."""
        for skill in self.skills:
            if skill is not None:
                skill.set_availability(availability)

    def at_tenure(self, months: float) -> bool:
        """Explicit ramps go by months of tenure; whether the person can do more kinds of work than before."""
        return at_tenure(self.skills, months)

    def worth(self, tasks: list[tuple[int, float, float]]) -> float:
        """Proficiency relative to a practised colleague of the same talent: by activity, weight and his level."""
        share = 0.0
        for activity, weight, level in tasks:
            skill = self.skills[activity]
            share += weight if skill is None else weight * skill.proficiency / (level * skill.talent)
        return share

    def meets(self, step: int, hours: float, duty: int) -> None:
        """Have a meeting, or give hours to others."""
        self.give(Meeting(self, step, hours, self._env._now), duty)

    def lives_through(self, away: list[tuple[float, float]]) -> None:
        """Be away and come back, until the person leaves the firm."""
        if away:
            self.away_from = away[0][0]
        self.employee.lives(self._env.process(_career(self, away)))

    @property
    def prospects_now(self) -> bool:
        """Whether attempts are in hand."""
        return self._quest is not None

    @property
    def stand_in(self) -> Worker | None:
        """Who does this person's work now: itself, its heir, itself until an heir is found, or nobody in particular."""
        person: Worker = self
        while person.heir is not None:
            person = person.heir
        return None if person.gone and person.settled else person

    def sit(self, place: Place) -> None:
        """Work at a place from now on."""
        self.place = place
        self.busy = place.busy
        self.repetitions = place.repetitions
        self.waited = place.waited

    def attempts_at(self, quest: Quest) -> bool:
        """Whether these attempts are in hand."""
        return self._quest is quest

    @property
    def free(self) -> bool:
        """Whether the person has no work in hand."""
        return self._job is None and self._quest is None

    @property
    def job(self) -> Job | None:
        """The job in hand."""
        return self._job

    # --- looking for work -------------------------------------------------------------------------------------

    def look_for_work(self) -> None:
        """Take the first piece of work in the order of preference, or be idle. Only for somebody without work.

        What is protected at this hour comes first, then what is past its due time, then the order of preference.
        """
        now = self._env._now
        if not self.office.open or self.away_from <= now:
            if self.away_from > now:
                self.crew.idle[self] = None
            return
        if self.protected and self._take_first(self._kept_now(now), now):
            return
        if self.due and self._take_overdue(now):
            return
        if not self._take_first(self.levels, now):
            self.crew.idle[self] = None

    def _take_first(self, levels: list[Level], now: float) -> bool:
        """Begin the first piece of work in an order of preference; False when there is none."""
        for level in levels:
            only = level.only
            if only is not None:
                while only:
                    job = only.popleft()
                    if job.deadline < now:
                        job.gave_up()
                    elif self._begin(job, now):
                        self._duty = level.duty
                        self._helps_at = None
                        return True
                continue
            guard, queues = level.guard, level.queues
            if guard is not None and not guard.allows(self):
                continue
            while (found := level.take_next(queues, now)) is not None:
                if self._begin(found, now):
                    self._duty = level.duty
                    self._helps_at = None if guard is None else guard.desk
                    if self.crew.entries:
                        found.taken(self)
                    return True
            if not queues and self._prospect(now, level.duty):
                return True
        return False

    def _take_overdue(self, now: float) -> bool:
        """Begin what is longest past its due time; False when nothing is."""
        while (found := self.overdue(now)) is not None:
            queue, level = found
            job = queue.popleft()
            if self._begin(job, now):
                self._duty = level.duty
                self._helps_at = None if level.guard is None else level.guard.desk
                if self.crew.entries:
                    job.taken(self)
                return True
        return False

    def overdue(self, now: float) -> tuple[deque[Job], Level] | None:
        """Where the work that is longest past its due time waits; None when nothing is."""
        longest, found = inf, None
        for level in self.due:
            hours = level.due
            least = hours - 1e-9
            for queue in level.queues:
                # elapsed time is never less than working time, and quick to tell; those behind are no older
                if not queue or now - queue[0].ready < least:
                    continue
                job = head_of(queue, now)
                if job is None or now - job.ready < least:
                    continue
                at = self._due_at(job, hours)
                if at <= now + 1e-9 and at < longest and (level.guard is None or level.guard.allows(self)):
                    longest, found = at, (queue, level)
        return found

    def _due_at(self, job: Job, hours: float) -> float:
        """When a job is due, in the working time of all; kept with the job, for it is asked for again and again."""
        known = job.due_at
        if known is None or known[0] != job.ready or known[1] != hours:
            office = self._terms.office
            at = job.ready + hours if office.always_open else office.clock.finish(job.ready, hours)
            known = job.due_at = (job.ready, hours, at)
        return known[2]

    def _kept_now(self, now: float) -> list[Level]:
        """What comes before all other at this hour: in the first hours of the day the protected activity."""
        day = self.office.day(now)
        if day != self._window_day:
            self._window_day = day
            self._window_from = now
        begin = self._window_from
        for hours, order in self.protected:
            begin = self.office.clock.finish(begin, hours)
            if now < begin:
                return order
        return []

    def begin_window(self, now: float) -> None:
        """A day begins with hours that are kept for an activity: other work from the day before is laid down."""
        if self.office.day(now) == self._window_day or self.away_from <= now:
            return
        kept = self._kept_now(now)
        if not kept:
            return
        if self._quest is not None:
            self.quest_interrupted()  # and begun again, for as long as the hours last
        elif self._job is not None and self._activity not in self._protected_activities():
            self.stop(now)
            self.look_for_work()

    def _protected_activities(self) -> set[int]:
        return {activity for activity, _ in self.crew.protected}

    def protected_until(self, now: float) -> float:
        """End of the protected window that `now` lies in; `now` itself outside of one."""
        begin = self._window_from
        for hours, _ in self.protected:
            begin = self.office.clock.finish(begin, hours)
            if now < begin:
                return begin
        return now

    def take(self, job: Job, duty: int) -> None:
        """Take a job at once. Only for somebody who is idle, and so has nothing better to do."""
        now = self._env._now
        if job.deadline < now:
            job.gave_up()
        elif self._begin(job, now):
            self._duty = duty
            self._helps_at = None
            if self.crew.entries:
                job.taken(self)

    def _begin(self, job: Job, now: float) -> bool:
        """Begin a job; False when there was nothing left to do."""
        activity = self._activity_of[job.step]
        if job.rest < 0.0:
            hours = job.hours(now)
            if hours < 0.0:
                return False
            self.waited[activity] += now - (job.ready if job.laid is None else job.laid)
            if self._logs:
                self._overdue = self._past_due(job, now)
        else:
            hours = job.rest
            self._overdue = 0.0
        self._nominal = hours
        if job.paced:
            skill = self.skills[activity]
            hours = hours * self._ease[job.step] / (self._availability if skill is None else skill.pace)
        if job.covered and job.owner is not self:
            hours /= self.crew.cover
        self._paced = hours
        lead_in = 0.0
        group = self._group_of[activity]
        if group != self._last:
            if self._last >= 0:
                lead_in = self._switching
                hours += lead_in
            self._last = group
        self._lead_in = lead_in
        idle = self.crew.idle
        if self in idle:
            del idle[self]
        until = now + hours if self._always_open else self._finish(now, hours)
        if until > self.away_from:
            worked = self.office.between(now, self.away_from)
            job.rest = self._at_pace_one(max(0.0, hours - worked))
            hours = worked
            until = self.away_from
        else:
            job.rest = -1.0
        self._job = job
        self._activity = activity
        self._since = self._timed = now
        if until < inf and hours <= LONGEST:
            self.until = until
            self._beyond = 0.0
        else:
            self.until, hours = self._ends(now, until, hours)
        self.busy[activity] += hours
        env = self._env
        bell = self._bell
        heappush(env._queue, (self.until, NORMAL, next(env._eid), bell))
        return True

    def _at_pace_one(self, hours: float) -> float:
        """Hours of this person at the job in hand as hours of work at pace 1."""
        return hours * self._nominal / self._paced if self._paced > 0 else 0.0

    # --- a pace that changes --------------------------------------------------------------------------------

    def repace(self, now: float, size: float = 1.0) -> None:
        """The pace has changed, or the work (`size` times as much): what is left of what is in hand follows."""
        skill = self.skills[self._activity if self._quest is None else PROSPECT]
        if skill is not None and not skill.able:
            return  # whoever has come to a role as a beginner finishes what was in hand
        if self._quest is not None:
            self._repace_attempts(now)
        elif self._job is not None and self._job.paced:
            self._repace_job(self._job, now, size)

    def _repace_job(self, job: Job, now: float, size: float) -> None:
        skill = self.skills[self._activity]
        pace = (self._availability if skill is None else skill.pace) / self._ease[job.step]
        if job.covered and job.owner is not self:
            if self.crew.cover <= 0.0:
                return  # nobody covers any more: what is in hand is finished as it was begun
            pace *= self.crew.cover
        if size == 1.0 and abs(self._nominal - self._paced * pace) <= 1e-12 * self._nominal:
            return
        between = self.office.between
        _, ahead = self.unfinished(now)
        before = max(0.0, self._lead_in - between(self._timed, now))
        left = size * (self._at_pace_one(max(0.0, ahead + self._beyond - before)) + max(0.0, job.rest))
        self._lead_in, self._nominal, self._paced, self._timed = before, left, left / pace, now
        hours = before + self._paced
        until = self._finish(now, hours)
        if until > self.away_from:
            worked = between(now, self.away_from)
            job.rest = self._at_pace_one(max(0.0, hours - worked))
            hours, until = worked, self.away_from
        else:
            job.rest = -1.0
        self.busy[self._activity] += self._ring_at(until, hours) - ahead

    def _repace_attempts(self, now: float) -> None:
        quest = self._quest
        assert quest is not None
        skill = self.skills[PROSPECT]
        pace = (self._availability if skill is None else skill.pace) / self._terms.attempt_ease
        attempt = quest.channel.spec.attempt
        if abs(pace - quest.pace) <= 1e-12 * pace and attempt == quest.attempt:
            return
        between = self.office.between
        before = max(0.0, self._lead_in - between(self._timed, now))
        self._made = min(float(quest.granted), self._attempts_so_far(now))
        _, ahead = self.unfinished(now)
        self._lead_in, self._timed = before, now
        quest.pace, quest.attempt = pace, attempt
        hours = before + (quest.granted - self._made) * attempt / pace
        until = self._finish(now, hours)
        if until > self.away_from:  # no attempt is begun that an absence would cut
            room = self._made + (between(now, self.away_from) - before) * pace / attempt
            unused = quest.granted - max(0, floor(room + 1e-9))
            quest.give_back(unused)
            hours = max(0.0, before + (quest.granted - self._made) * attempt / pace)
            until = min(self._finish(now, hours), self.away_from)
        self.busy[PROSPECT] += self._ring_at(until, hours) - ahead

    def _attempts_so_far(self, now: float) -> float:
        """Attempts of this stretch until now, the one in hand in part."""
        quest = self._quest
        assert quest is not None
        spent = self.office.between(self._timed, now) - self._lead_in
        return self._made + max(0.0, spent) * quest.pace / quest.attempt if quest.attempt > 0 else self._made

    def _ring_at(self, until: float, hours: float) -> float:
        """The work in hand ends at another time than was set, after so many working hours; those in the calendar."""
        self.until, hours = self._ends(self._env._now, until, hours)
        self._bell = Alarm(self.office.env, self._finished)
        if self.until < inf:
            self._env.at(self.until, self._bell)
        return hours

    def _finished(self, bell: Event) -> None:
        """The work in hand is done, or cut short by an absence."""
        if bell is not self._bell:
            return  # set before the attempts were cut short
        now = self._env._now
        job = self._job
        if job is None:
            self._attempts_made(now)
        elif job.rest >= 0.0:
            self._job = None
            self._put_back(job, now)
        else:
            self._job = None
            activity = self._activity
            step, teaches = job.step, job.teaches
            self.repetitions[activity] += 1
            job.done(self, now)
            skill = self.skills[activity]
            if teaches and skill is not None and skill.learns:
                skill.practise()
            if self._logs:
                self._note(job.case(), step, now, job.outcome())
        self.look_for_work()

    def _put_back(self, job: Job, now: float) -> None:
        """An absence cut the job short: it waits for its owner, or for a colleague, with the hours that are left."""
        if self._terms.events is not None:
            self._note(job.case(), job.step, now, "interrupted")
        duty = self._duty
        job.deadline = inf
        if duty < 0:  # the order of preference has changed meanwhile
            job.put_back()
            job.lay()
        elif self._helps_at is not None:
            job.put_back()
            self._helps_at.post(job, front=True)
        elif self.crew.personal and not job.covered:
            job.held_by(self)
            put_first(self.own[duty], job, duty in self.crew.newest)
            if self.crew.cover > 0:
                self.hand_to_colleagues()
        else:
            self._let_colleagues(job, duty, front=True)

    def _let_colleagues(self, job: Job, duty: int, front: bool = False) -> None:
        """Let a job wait for a colleague who covers or shares it; a new lead, where limited, is anybody's again."""
        crew = self.crew
        if duty in crew.entries:
            job.owner = None
            job.covered = False
        job.put_back()
        crew.desks[duty].post(job, front)

    def give(self, job: Job, duty: int) -> None:
        """Let a job wait for this person, or for colleagues while the person is away and they cover."""
        office = self.office
        job.owner = self
        if self.away_from <= self._env._now and (self.crew.cover > 0 or not self.crew.personal):
            job.covered = self.crew.personal
            self._let_colleagues(job, duty)
            return
        crew = self.crew
        if office.open and self in crew.idle and self.away_from > self._env._now:
            self.take(job, duty)
            return
        line_up(self.own[duty], job, duty in crew.newest)
        if duty in crew.due_after_prospecting:
            crew.call_when_due(job, self.own[duty], duty, self)
        if not office.open:
            return
        if duty < crew.prospecting.get(self, 0):
            self.quest_interrupted()

    def _past_due(self, job: Job, now: float) -> float:
        """Elapsed hours that a job which is begun now is past its due time; 0 where it is not."""
        hours = self.crew.due_by_step[job.step]
        return 0.0 if now - job.ready <= hours else max(0.0, now - self._due_at(job, hours))

    @property
    def has_room(self) -> bool:
        """Whether the person may take one more new lead; of a team, whose leads are everybody's, all together."""
        crew = self.crew
        most = crew.most_open
        if most == inf:
            return True
        if crew.personal:
            return self.in_hand < most
        return sum(person.in_hand for person in crew.people) < most * len(crew.people)

    def has_room_again(self) -> None:
        """A lead in hand is gone: a new one that waits for room comes in, or whoever has time looks for work."""
        crew = self.crew
        if self.gone:
            return
        here = (self,) if crew.personal else crew.people
        if crew.assigned and any(person.away_from > self._env._now for person in here):
            for level in self.levels:
                if isinstance(level.guard, Room) and self.has_room:
                    job = level.take_next(level.queues, self._env._now)
                    if job is not None:
                        job.lay()
        for person in (self,) if crew.personal else list(crew.idle):
            if person.free and self.has_room:
                person.look_for_work()
        for person in list(crew.prospecting):
            if person.something_better_waits():
                person.quest_interrupted()

    # --- prospecting ------------------------------------------------------------------------------------------

    def _prospect(self, now: float, duty: int) -> bool:
        """Begin or go on with attempts until the next find, the list's end, the window's end or an absence."""
        if self.crew.most_open < inf and not self.has_room:
            return False
        prospecting = self.prospecting[duty]
        skill = self.skills[PROSPECT]
        pace = (self._availability if skill is None else skill.pace) / self._terms.attempt_ease
        group = self._group_of[PROSPECT]
        lead_in = self._switching if self._last not in (-1, group) else 0.0
        office = self.office
        window = self.protected_until(now) if self.protected else now
        in_window = (office.between(now, window) - lead_in) * pace if window > now else inf
        quest = prospecting.begin(self, in_window)
        if quest is None:
            return False
        length = quest.attempt / pace
        hours = lead_in + quest.granted * length
        until = self._finish(now, hours)
        if until > self.away_from:
            # No attempt is begun that an absence would cut.
            fits = max(0, floor((office.between(now, self.away_from) - lead_in) / length + 1e-9))
            quest.take_only(fits)
            if fits == 0:
                return False
            hours = lead_in + fits * length
            until = min(self._finish(now, hours), self.away_from)
        crew = self.crew
        crew.idle.pop(self, None)
        if window <= now:
            crew.prospecting[self] = duty
        quest.pace = pace
        self._made = 0.0
        self._lead_in = lead_in
        self._activity = PROSPECT
        self._last = group
        self._overdue = 0.0
        self._quest = quest
        self._since = self._timed = now
        self.until, hours = self._ends(now, until, hours)
        self.busy[PROSPECT] += hours
        self._env.at(self.until, self._bell)
        return True

    def quest_interrupted(self) -> None:
        """Something of higher preference waits: stop at the end of the attempt in hand, keep what is left to find."""
        quest = self._quest
        assert quest is not None
        self.crew.prospecting.pop(self, None)
        office = self.office
        now = self._env._now
        length = quest.attempt / quest.pace
        begun = office.between(self._timed, now) >= self._lead_in
        so_far = self._attempts_so_far(now)
        attempts = floor(so_far + 1e-9) + 1 if begun else ceil(so_far - 1e-9)
        if attempts >= quest.granted:
            return
        unused = quest.granted - attempts
        endless, (_, ahead) = self._beyond > 0, self.unfinished(now)
        lead_in = max(0.0, self._lead_in - office.between(self._timed, now))
        hours = max(0.0, lead_in + (attempts - so_far) * length)
        inside = self._ring_at(self._finish(now, hours), hours)
        self.busy[PROSPECT] -= ahead - inside if endless else unused * length
        quest.give_back(unused)

    def _attempts_made(self, now: float) -> None:
        quest = self._quest
        assert quest is not None
        self._quest = None
        self.crew.prospecting.pop(self, None)
        made = quest.granted
        self.place.stretches += 1
        self.repetitions[PROSPECT] += made
        skill = self.skills[PROSPECT]
        if skill is not None:
            skill.practise_often(made)
        found = quest.prospecting.made(self, quest, now)
        if self._terms.events is not None:
            self._note_name(quest.case(), "prospect", now, "found" if found else "nothing found")

    def something_better_waits(self) -> bool:
        """Whether work of higher preference than prospecting waits (asked when the doors open)."""
        mine = self.crew.prospecting[self]
        if self.crew.due_after_prospecting and self.overdue(self._env._now) is not None:
            return True
        for level in self.levels:
            if level.duty == mine:
                return False
            if any(level.queues) and (level.guard is None or level.guard.allows(self)):
                return True
        return False

    # --- absence and leaving ----------------------------------------------------------------------------------

    def hand_to_colleagues(self) -> None:
        """Let colleagues do what waits for this person."""
        for duty, queue in enumerate(self.own):
            while queue:
                job = queue.popleft()
                job.covered = self.crew.personal
                self._let_colleagues(job, duty)

    def stop(self, now: float) -> None:
        """Lay down what is in hand, for good or because the work changes; an attempt in hand is lost."""
        office = self.office
        _, rest = self.unfinished(now)
        if self._quest is not None:
            quest = self._quest
            made = min(quest.granted, max(0, floor(self._attempts_so_far(now) + 1e-9)))
            self.busy[PROSPECT] -= rest
            quest.give_back(quest.granted - made)
            self._attempts_made(now)
        elif self._job is not None:
            job = self._job
            self.busy[self._activity] -= rest
            job.rest = max(job.rest, 0.0) + self._at_pace_one(rest + self._beyond)
            self._job = None
            self._put_back(job, now)
        self._bell = Alarm(office.env, self._finished)

    def change_place(self, place: Place, now: float) -> None:
        """Sit down at another place; what is left of the work in hand is done there."""
        activity, rest = self.unfinished(now)
        self.busy[activity] -= rest
        self.sit(place)
        self.busy[activity] += rest

    def follow_new_order(self) -> None:
        """The duties of the crew have changed: the work in hand belongs to none of the new ones."""
        self._duty = -1
        self._helps_at = None
        self.crew.prospecting.pop(self, None)

    def keep_hours(self, office: Office, now: float) -> None:
        """Work other hours from now on; what is in hand is laid down, and goes on in them."""
        if office is self.office:
            return
        if not self.free:
            self.stop(now)
        self.office = office
        self._finish, self._always_open = office.clock.finish, office.always_open

    def set_terms(self, terms: Terms) -> None:
        """Take over changed terms of work."""
        if self._last >= 0:
            self._last = terms.group_of[self._activity]
        self._switching = terms.switching
        self._group_of = terms.group_of
        self._availability = terms.availability

    def demanded(self, now: float) -> float:
        """Hours that the place has seen of work that somebody asked for, until now: no prospecting, no care."""
        activity, rest = self.unfinished(now)
        asked = added_up(self.busy) - self.busy[PROSPECT] - self.busy[CARE]
        return asked - (rest if activity not in (PROSPECT, CARE) else 0.0)

    def unfinished(self, now: float) -> tuple[int, float]:
        """Activity in hand and its working hours that lie after `now` (0 when idle)."""
        if self.free:
            return 0, 0.0
        activity = PROSPECT if self._job is None else self._activity_of[self._job.step]
        return activity, self.office.between(now, self.until)

    def _ends(self, now: float, until: float, hours: float) -> tuple[float, float]:
        """When work of so many hours ends, and how many of them lie in the calendar; the others are kept apart.

        Both are as given for all work but that which nobody will ever finish.
        """
        if until < inf and hours <= LONGEST:
            self._beyond = 0.0
            return until, hours
        inside = LONGEST if self._always_open else self.office.between(now, inf)
        self._beyond = max(0.0, hours - inside)
        return (now + LONGEST if self._always_open else inf), inside

    def _note(self, case: str, step: int, now: float, outcome: str) -> None:
        self._note_name(case, self._terms.step_names[step], now, outcome)

    def _note_name(self, case: str, activity: str, now: float, outcome: str) -> None:
        assert self._terms.events is not None
        self._terms.events.append(
            LogRow(case, activity, self.name, self.crew.name, self._since, now, outcome, self._overdue)
        )


def _career(person: Person, away: list[tuple[float, float]]) -> ProcessGenerator:
    """Be away and come back, until the person leaves the firm."""
    env = person.office.env
    for number, (begin, end) in enumerate(away):
        person.away_from = begin
        yield env.timeout(max(0.0, begin - env.now))
        crew = person.crew
        crew.idle.pop(person, None)
        _miss_meetings(person)
        if crew.cover > 0 or not crew.personal:
            person.hand_to_colleagues()
        yield env.timeout(max(0.0, end - env.now))
        person.away_from = away[number + 1][0] if number + 1 < len(away) else inf
        if person.free:
            person.look_for_work()


def _miss_meetings(person: Person) -> None:
    """Who is away misses the meetings; nobody sits in them instead."""
    for duty, queue in zip(person.crew.duties, person.own, strict=True):
        if duty.activity in ("meet", "coach"):
            queue.clear()
