"""A person at work: looks for work in the order of preference, does one thing at a time, goes home, is away.

One state machine, and therefore one file: what is in hand (a job or a stretch of attempts) and when it ends.
"""

from __future__ import annotations

from collections import deque
from heapq import heappush
from math import floor, inf
from typing import TYPE_CHECKING

from simpy.events import NORMAL, Event

from simulation.department.crew import Crew, Desk
from simulation.department.jobs import Job
from simulation.department.levels import Level, Terms, first_in
from simulation.department.office import Alarm
from simulation.department.steps import PROSPECT

if TYPE_CHECKING:
    from simulation.department.prospecting import Prospecting, Quest
    from simulation.department.seats import Employee, Place
    from simulation.department.skill import Skill


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
        "_helps_at",
        "_job",
        "_last",
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
        "employee",
        "gone",
        "heir",
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

    def __init__(self, employee: Employee, place: Place, crew: Crew, terms: Terms, skills: list[Skill | None]) -> None:
        self.name = employee.seat.name if employee.hire == 0 else f"{employee.seat.name}.{employee.hire}"
        self.employee = employee
        self.crew = crew
        self.gone = False
        self.heir: Person | None = None  # who took over a leaver's work
        self.settled = False  # whether a leaver's work was given to others
        self.office = terms.office
        self.skills = skills
        self.own: list[deque[Job]] = [deque() for _ in crew.duties]  # by duty: work that waits for this person
        self.levels: list[Level] = []
        self.cannot: frozenset[int] = frozenset()  # duties that somebody of proficiency 0 takes none of
        self.protected: list[tuple[float, list[Level]]] = []  # hours of the day, order of preference in them
        self.prospecting: dict[int, Prospecting] = {}  # by duty
        self.quests: dict[str, Quest] = {}
        self.sit(place)
        self.away_from = inf
        self.until = 0.0  # end of the work in hand
        self._terms = terms
        self._ease = terms.ease
        self._env = terms.office.env
        self._finish = terms.office.clock.finish
        self._activity_of = terms.activity_of
        self._switching = terms.switching
        self._availability = terms.availability
        self._always_open = terms.office.always_open
        self._bell = Alarm(terms.office.env, self._finished)
        self._job: Job | None = None
        self._activity = 0
        self._duty = 0  # the duty under which the job in hand was taken
        self._helps_at: Desk | None = None  # the desk of others it was taken from
        self._quest: Quest | None = None
        self._since = 0.0
        self._beyond = 0.0  # working hours of the work in hand after the calendar's end
        self._last = -1
        self._window_day = -1
        self._window_from = 0.0

    @property
    def prospects_now(self) -> bool:
        """Whether attempts are in hand."""
        return self._quest is not None

    @property
    def stand_in(self) -> Person | None:
        """Who does this person's work now: itself, its heir, itself until an heir is found, or nobody in particular."""
        person = self
        while person.heir is not None:
            person = person.heir
        return None if person.gone and person.settled else person

    def sit(self, place: Place) -> None:
        """Work at a place from now on."""
        self.place = place
        self.busy = place.busy
        self.repetitions = place.repetitions
        self.waited = place.waited

    @property
    def free(self) -> bool:
        """Whether the person has no work in hand."""
        return self._job is None and self._quest is None

    # --- looking for work -------------------------------------------------------------------------------------

    def look_for_work(self) -> None:
        """Take the first piece of work in the order of preference, or be idle. Only for somebody without work."""
        now = self._env._now
        if not self.office.open or self.away_from <= now:
            if self.away_from > now:
                self.crew.idle[self] = None
            return
        for only, queues, special, duty in self._order(now) if self.protected else self.levels:
            if only is not None:
                while only:
                    job = only.popleft()
                    if job.deadline < now:
                        job.gave_up()
                    elif self._begin(job, now):
                        self._duty = duty
                        self._helps_at = None
                        return
                continue
            if special is not None and not special[0].needs_help(special[1]):
                continue
            while (found := first_in(queues, now)) is not None:
                if self._begin(found, now):
                    self._duty = duty
                    self._helps_at = None if special is None else special[0]
                    return
            if not queues and self._prospect(now, duty):
                return
        self.crew.idle[self] = None

    def _order(self, now: float) -> list[Level]:
        """The order of preference now: in the first hours of the day the protected activity comes first."""
        day = self.office.day(now)
        if day != self._window_day:
            self._window_day = day
            self._window_from = now
        begin = self._window_from
        for hours, order in self.protected:
            begin = self.office.clock.finish(begin, hours)
            if now < begin:
                return order
        return self.levels

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

    def _begin(self, job: Job, now: float) -> bool:
        """Begin a job; False when there was nothing left to do."""
        activity = self._activity_of[job.step]
        if job.rest < 0.0:
            hours = job.hours(now)
            if hours < 0.0:
                return False
            self.waited[activity] += now - job.ready
        else:
            hours = job.rest
        if job.paced:
            skill = self.skills[activity]
            hours = hours * self._ease[job.step] / (self._availability if skill is None else skill.pace)
        if job.covered and job.owner is not self:
            hours /= self.crew.role.cover
        if activity != self._last:
            if self._last >= 0:
                hours += self._switching
            self._last = activity
        idle = self.crew.idle
        if self in idle:
            del idle[self]
        until = now + hours if self._always_open else self._finish(now, hours)
        if until > self.away_from:
            worked = self.office.between(now, self.away_from)
            job.rest = self._nominal(job, max(0.0, hours - worked))
            hours = worked
            until = self.away_from
        else:
            job.rest = -1.0
        self._job = job
        self._activity = activity
        self._since = now
        self.until = until
        self._beyond = 0.0 if until < inf else self._after_calendar(now, hours)
        self.busy[activity] += hours
        env = self._env
        bell = self._bell
        heappush(env._queue, (until, NORMAL, next(env._eid), bell))
        return True

    def _nominal(self, job: Job, hours: float) -> float:
        """Hours of this person at a job as hours of work at pace 1."""
        if job.paced:
            skill = self.skills[self._activity_of[job.step]]
            hours = hours * (self._availability if skill is None else skill.pace) / self._ease[job.step]
        if job.covered and job.owner is not self:
            hours *= self.crew.role.cover
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
            step = job.step
            self.repetitions[activity] += 1
            job.done(self, now)
            skill = self.skills[activity]
            if skill is not None and skill.learns:
                skill.practise()
            if self._terms.events is not None:
                self._note(job.case(), step, now, job.outcome())
        self.look_for_work()

    def _put_back(self, job: Job, now: float) -> None:
        """An absence cut the job short: it waits for its owner, or for a colleague, with the hours that are left."""
        if self._terms.events is not None:
            self._note(job.case(), job.step, now, "interrupted")
        duty = self._duty
        job.deadline = inf
        if duty < 0:  # the order of preference has changed meanwhile
            job.lay()
        elif self._helps_at is not None:
            self._helps_at.post(job, front=True)
        elif self.crew.personal and not job.covered:
            job.owner = self
            self.own[duty].appendleft(job)
            if self.crew.role.cover > 0:
                self.hand_to_colleagues()
        else:
            self.crew.desks[duty].post(job, front=True)

    def give(self, job: Job, duty: int) -> None:
        """Let a job wait for this person, or for colleagues while the person is away and they cover."""
        office = self.office
        job.owner = self
        if self.away_from <= self._env._now and (self.crew.role.cover > 0 or not self.crew.personal):
            job.covered = self.crew.personal
            self.crew.desks[duty].post(job)
            return
        crew = self.crew
        if office.open and self in crew.idle and self.away_from > self._env._now:
            self.take(job, duty)
            return
        self.own[duty].append(job)
        if not office.open:
            return
        if duty < crew.prospecting.get(self, 0):
            self.quest_interrupted()

    # --- prospecting ------------------------------------------------------------------------------------------

    def _prospect(self, now: float, duty: int) -> bool:
        """Begin or go on with attempts until the next find, the list's end, the window's end or an absence."""
        prospecting = self.prospecting[duty]
        skill = self.skills[PROSPECT]
        pace = (self._availability if skill is None else skill.pace) / self._terms.attempt_ease
        lead_in = self._switching if self._last not in (-1, PROSPECT) else 0.0
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
        quest.lead_in = lead_in
        self._last = PROSPECT
        self._quest = quest
        self._since = now
        self.busy[PROSPECT] += hours
        self.until = until
        self._beyond = 0.0 if until < inf else self._after_calendar(now, hours)
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
        spent = office.between(self._since, now) - quest.lead_in
        attempts = max(0, floor(spent / length + 1e-9) + 1) if spent >= 0 else 0
        if attempts >= quest.granted:
            return
        unused = quest.granted - attempts
        self.busy[PROSPECT] -= unused * length
        hours = max(0.0, attempts * length - spent)
        self.until = office.clock.finish(now, hours)
        self._beyond = 0.0 if self.until < inf else self._after_calendar(now, hours)
        self._bell = Alarm(office.env, self._finished)
        self._env.at(self.until, self._bell)
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
        for _, queues, special, duty in self.levels:
            if duty == mine:
                return False
            if any(queues) and (special is None or special[0].needs_help(special[1])):
                return True
        return False

    # --- absence and leaving ----------------------------------------------------------------------------------

    def hand_to_colleagues(self) -> None:
        """Let colleagues do what waits for this person."""
        for duty, queue in enumerate(self.own):
            while queue:
                job = queue.popleft()
                job.covered = self.crew.personal
                self.crew.desks[duty].post(job)

    def stop(self, now: float) -> None:
        """Lay down what is in hand, for good or because the work changes; an attempt in hand is lost."""
        office = self.office
        _, rest = self.unfinished(now)
        if self._quest is not None:
            quest = self._quest
            spent = office.between(self._since, now) - quest.lead_in
            made = min(quest.granted, max(0, floor(spent / (quest.attempt / quest.pace) + 1e-9)))
            self.busy[PROSPECT] -= rest
            quest.give_back(quest.granted - made)
            self._attempts_made(now)
        elif self._job is not None:
            job = self._job
            self.busy[self._activity] -= rest
            job.rest = max(job.rest, 0.0) + self._nominal(job, rest)
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

    def set_terms(self, terms: Terms) -> None:
        """Take over changed terms of work."""
        self._switching = terms.switching
        self._availability = terms.availability

    def demanded(self, now: float) -> float:
        """Hours that the place has seen of other work than prospecting, until now."""
        activity, rest = self.unfinished(now)
        return sum(self.busy) - self.busy[PROSPECT] - (rest if activity != PROSPECT else 0.0)

    def unfinished(self, now: float) -> tuple[int, float]:
        """Activity in hand and its working hours that lie after `now` (0 when idle)."""
        if self.free:
            return 0, 0.0
        activity = PROSPECT if self._job is None else self._activity_of[self._job.step]
        return activity, self.office.between(now, self.until) + self._beyond

    def _after_calendar(self, now: float, hours: float) -> float:
        """What of so many working hours from now on lies after the end of the calendar, where work never ends."""
        return hours - self.office.between(now, inf) if hours < inf else 0.0

    def _note(self, case: str, step: int, now: float, outcome: str) -> None:
        self._note_name(case, self._terms.step_names[step], now, outcome)

    def _note_name(self, case: str, activity: str, now: float, outcome: str) -> None:
        assert self._terms.events is not None
        self._terms.events.append((case, activity, self.name, self.crew.name, self._since, now, outcome))
