"""The order of work: which queues each person looks at, in which order, and what happens when that changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from math import inf

from simulation.department.blueprint import Blueprint
from simulation.department.customers import Customers
from simulation.department.lead_table import LeadTables
from simulation.department.leads import LeadFlow
from simulation.department.office import Office
from simulation.department.person import Person
from simulation.department.plan.order_of_work import HELP, ROOM
from simulation.department.prospecting import OutboundChannel, Prospecting
from simulation.department.rules import Rules
from simulation.department.steps import ACTIVITY
from simulation.department.work import Crew, Help, Job, Level, Protected, Room, Worker
from simulation.department.workforce import Workforce
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.structures import Duty


class Arrangement:
    """Gives the people of a department their queues."""

    def __init__(
        self,
        rules: Rules,
        office: Office,
        blueprint: Blueprint,
        workforce: Workforce,
        tables: LeadTables,
        outbound: Mapping[str, OutboundChannel],
        flow: LeadFlow,
        customers: Customers,
    ) -> None:
        self._rules = rules
        self._env = office.env
        self._blueprint = blueprint
        self._workforce = workforce
        self._tables = tables
        self._outbound = outbound
        self._flow = flow
        self._customers = customers
        self._prospecting: dict[Crew, dict[int, Prospecting]] = {}
        self.prepare_prospecting()

    def settle_in(self, person: Person) -> None:
        """Let a person be one of its crew, with queues in the crew's order of preference."""
        crew = person.crew
        if person not in crew.people:
            crew.people.append(person)
        if person not in self._workforce.people:
            self._workforce.people.append(person)
            self._workforce.all_workers.append(person)
        if person.free and person.away_from > self._env.now:
            crew.idle[person] = None
        self._queues(person)

    def can_do_more(self, person: Person) -> None:
        """Somebody's first months without proficiency in an activity are over."""
        self._levels(person)
        self.deal_out(person.crew)
        if person in person.crew.idle:
            person.look_for_work()

    def prepare_prospecting(self) -> None:
        """Which channels each crew works at."""
        for channel in self._outbound.values():
            channel.crews = []
        for crew in self._workforce.crews:
            self._prospecting[crew] = {}
            for duty, numbers in crew.prospects.items():
                channels = [self._outbound[self._blueprint.channels[number]] for number in numbers]
                self._prospecting[crew][duty] = Prospecting(channels, self._found)
                for channel in channels:
                    channel.crews.append(crew)

    def _queues(self, person: Person) -> None:
        crew = person.crew
        person.own = [deque() for _ in crew.duties]
        person.prospecting = self._prospecting[crew]
        self._levels(person)

    def _levels(self, person: Person) -> None:
        crew = person.crew
        person.cannot = frozenset(n for n, duty in enumerate(crew.duties) if not _able(person, duty))
        crew.unable = crew.unable or bool(person.cannot)
        levels: list[Level] = []
        for duty, guard, own, desks, rule in crew.lines:
            if duty in person.cannot:
                continue
            guards: Help | Room | None = None
            if guard == HELP:
                guards = Help(desks[0], rule, duty in crew.entries)
            elif guard == ROOM:
                guards = Room()
            queues = [person.own[duty]] if own else []
            queues += [desk.queue for desk in desks]
            levels.append(Level(tuple(queues), guards, duty, duty in crew.newest, crew.due[duty]))
        person.levels = levels
        person.due = [level for level in levels if level.due < inf and level.queues]
        person.protected = [
            Protected(hours, [level for level in levels if ACTIVITY[crew.duties[level.duty].activity] == activity])
            for activity, hours in crew.protected
        ]

    def _found(self, channel: OutboundChannel, ordinal: int, person: Worker) -> None:
        self._flow.find(self._tables.of(channel.name), ordinal, person)

    def deal_out(self, crew: Crew) -> None:
        """Give out the work that waited for somebody to come."""
        waiting: list[Job] = []
        for row in self._blueprint.pods[crew.pod].desks:
            for desk in row:
                if (
                    desk is not None
                    and desk.assigned
                    and desk.queue
                    and any(reader.crew is crew for reader in desk.readers)
                ):
                    waiting += desk.queue
                    desk.queue.clear()
        for job in waiting:
            job.lay()

    def reorganise(self) -> None:
        """Duties have changed: draw all tables anew, and let everything that waits wait where it belongs now."""
        waiting: dict[int, Job] = {}
        for pod in self._blueprint.pods:
            for desk in pod.all_desks():
                waiting |= {id(job): job for job in desk.queue}
                desk.queue.clear()
        # those who have left, too, as long as their work waits for somebody to take it over
        here = [person for person in self._workforce.all_workers if not person.settled]
        for person in here:
            for queue in person.own:
                waiting |= {id(job): job for job in queue}
                queue.clear()
            if person.prospects_now:
                person.stop(self._env.now)
        banded = bool(self._blueprint.bands)
        self._blueprint.draw(self._rules.scenario)
        self.prepare_prospecting()
        for person in here:
            person.follow_new_order()
            self._queues(person)
            if person.free and person.away_from > self._env.now:
                person.crew.idle[person] = None
        if banded or self._blueprint.bands:
            self._classify()
        for job in sorted(waiting.values(), key=lambda job: job.ready):
            if job.waiting:
                job.covered = False
                job.lay()

    def _classify(self) -> None:
        """The bands of deal sizes have changed."""
        for lead in self._flow.leads:
            lead.cls = lead.table.class_of(lead.product, lead.i, lead.arrived)
        for customer in self._customers.customers:
            customer.cls = self._blueprint.class_of(customer.channel, customer.product, customer.size)


def _able(person: Person, duty: Duty) -> bool:
    """Whether a person has any proficiency in what a duty asks for."""
    skill = person.skills[ACTIVITIES.index(duty.activity)]
    return skill is None or skill.able or duty.activity in ("meet", "coach")
