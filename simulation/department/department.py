"""The department in one possible year: people in their seats, leads and customers, months that close."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Generator
from typing import Any

import numpy as np

from simulation.department.blueprint import Blueprint, Pod, desks_read_by, never_used
from simulation.department.crew import Crew
from simulation.department.customers import Customers
from simulation.department.first_day import FirstDay
from simulation.department.jobs import Job, Meeting
from simulation.department.lead_table import LeadTable
from simulation.department.leads import LeadFlow
from simulation.department.levels import Level, LogRow, Terms, level_of
from simulation.department.office import Office, Year
from simulation.department.person import Person
from simulation.department.practice import skills_of
from simulation.department.prospecting import OutboundChannel, Prospecting
from simulation.department.record import Record
from simulation.department.recorder import Months, build_record
from simulation.department.skill import Ramp
from simulation.department.steps import steps_of
from simulation.scenario.market import Arrivals, Distributor, Outbound
from simulation.scenario.readers import MONTH, WEEK
from simulation.scenario.scenario import Scenario
from simulation.world import World


def simulate(scenario: Scenario, structure: str, world: World, events: bool = False) -> Record:
    """Run one structure through the World's year and return its record.

    `events` keeps a row for every piece of work. Raises KeyError for an unknown structure.
    """
    return Department(scenario, structure, world, events).run()


class Department:
    """One structure at work. Build it, `run()` it once."""

    def __init__(self, scenario: Scenario, structure: str, world: World, events: bool = False) -> None:
        self.scenario = scenario
        self.name = structure
        self.structure = scenario.structures[structure]
        self.world = world
        self.env = Year()
        self.office = Office(self.env, world.calendar)
        steps = steps_of(scenario.market)
        self.steps = steps
        self.log: list[LogRow] | None = [] if events else None
        self.blueprint = Blueprint(scenario, self.structure, steps, self.office)
        hand_off = self.structure.hand_off or scenario.hand_off
        self.customers = Customers(self.env, self.office, scenario, self.structure, self.blueprint, hand_off.customer)
        self.flow = LeadFlow(self.env, self.office, scenario, self.blueprint, self.customers, hand_off.lead)
        self.outbound = {
            name: OutboundChannel(name, spec, world)
            for name, spec in scenario.market.channels.items()
            if isinstance(spec, Outbound) and spec.active
        }
        self.tables: dict[str, LeadTable] = {}
        self.people: list[Person] = []
        self.crews: list[Crew] = []
        self.absences: list[list[tuple[float, float]]] = []
        self.seat_role: list[int] = []
        self.months = Months(self)
        self._hire(steps.activity, steps.names)

    def run(self) -> Record:
        """Simulate until the end of the horizon."""
        end = self.world.end
        # A year makes hundreds of thousands of small objects that all live until its end: looking through them for
        # garbage again and again would find none.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._start()
            self.env.live_until(end)
            self.flow.settle(end)
            self.months.close(end)
            return build_record(self)
        finally:
            if collecting:
                gc.enable()

    def table(self, channel: str, what: str = "") -> LeadTable:
        """Luck and rates of a channel's leads, or of those there on the first day (`what`)."""
        key = f"{channel}/{what}"
        if key not in self.tables:
            initial = self.scenario.market.initial
            if what:
                count = initial.pipeline if what == "pipeline" else initial.customers
                stock = self.world.initial(what, channel, count)
            else:
                stock = self.world.leads(channel)
            self.tables[key] = LeadTable(self.scenario, self.blueprint, channel, stock, what)
        return self.tables[key]

    # --- people -----------------------------------------------------------------------------------------------

    def _hire(self, activity_of: tuple[int, ...], step_names: tuple[str, ...]) -> None:
        people = self.scenario.people
        terms = Terms(self.office, activity_of, step_names, people.availability, people.switching, self.log)
        skills = skills_of(self.scenario, self.name, self.world)
        crews = {(crew.number, pod.number): (crew, pod) for pod in self.blueprint.pods for crew in pod.crews}
        support = []
        for index, (name, role) in enumerate(self.structure.roles.items()):
            if role.support:
                support += [index] * role.headcount
                continue
            for n in range(role.headcount):
                crew, _ = crews[(index, n % self.structure.pods)]
                seat = len(self.people)
                person = Person(f"{name}-{n + 1}", seat, crew, terms, skills[seat])
                crew.people.append(person)
                self.people.append(person)
                self.seat_role.append(index)
            self.crews += [crews[(index, pod.number)][0] for pod in self.blueprint.pods]
        self.seat_role += support
        for crew, pod in crews.values():
            self._settle_in(crew, pod)

    def _settle_in(self, crew: Crew, pod: Pod) -> None:
        """Give the people of a crew their queues in the order of preference."""
        prospecting = {}
        for number, duty in enumerate(crew.duties):
            if duty.activity == "prospect":
                channels = [c for name, c in self.outbound.items() if duty.channels is None or name in duty.channels]
                prospecting[number] = Prospecting(channels, self._found)
                for channel in channels:
                    channel.crews.append(crew)
        for person in crew.people:
            person.prospecting = prospecting
            by_duty: list[Level] = []
            for number, duty in enumerate(crew.duties):
                if duty.activity == "prospect":
                    by_duty.append(level_of((), None, number))
                    continue
                open_desks: list[deque[Job]] = []
                if crew.personal or crew.role.new_work == "assigned" or duty.activity == "meet":
                    open_desks.append(person.own[number])
                for desk, overflow in desks_read_by(pod, crew, number):
                    if overflow is None and never_used(desk, crew):
                        continue
                    if overflow is None:
                        open_desks.append(desk.queue)
                    else:
                        by_duty.append(level_of((desk.queue,), (desk, overflow), number))
                if open_desks:
                    by_duty.append(level_of(tuple(open_desks), None, number))
            person.levels = by_duty
            for activity, hours in crew.role.protected.items():
                if hours > 0:
                    first = [level for level in by_duty if crew.duties[level[3]].activity == activity]
                    person.protected.append((hours, first + by_duty))

    def _found(self, channel: OutboundChannel, ordinal: int, person: Person) -> None:
        self.flow.find(self.table(channel.name), ordinal, person)

    # --- the year ---------------------------------------------------------------------------------------------

    def _start(self) -> None:
        env, market, world = self.env, self.scenario.market, self.world
        self.office.begin(self._doors_opened)
        for person in self.people:
            absences = world.crowd.absences(person.seat, world.end)
            self.absences.append(absences)
            person.crew.idle[person] = None
            if absences:
                person.away_from = absences[0][0]
                env.start(person.career(absences))
        if any(isinstance(skill, Ramp) for person in self.people for skill in person.skills):
            env.start(self._ramping())
        FirstDay(self).begin()
        for name, spec in market.channels.items():
            if isinstance(spec, Arrivals) and spec.active:
                self.flow.arriving(self.table(name))
            elif isinstance(spec, Distributor) and spec.active:
                env.start(self._distributing(name, spec))
            elif isinstance(spec, Outbound) and spec.active and spec.contacts is not None:
                env.start(self.outbound[name].refresh(env, world.month_edges[1:-1]))
        if any(person.crew.role.meetings > 0 for person in self.people):
            env.start(self._meeting())
        env.start(self.months.closing(world.month_edges[1:-1]))
        env.start(self._first_moment())

    def _first_moment(self) -> Generator[float, None, None]:
        """Around the clock no door opens; people begin at once."""
        yield 0.0
        if self.office.always_open:
            self._look_again()

    def _doors_opened(self) -> None:
        """Those who have nothing in hand look for work; those who prospect go on unless something better waits."""
        for crew in self.crews:
            if crew.idle:
                for person in list(crew.idle):
                    person.look_for_work()
            if crew.prospecting:
                for person in list(crew.prospecting):
                    if person.something_better_waits():
                        person.quest_interrupted()

    def _look_again(self) -> None:
        for crew in self.crews:
            for person in list(crew.idle):
                person.look_for_work()

    def _distributing(self, name: str, spec: Distributor) -> Generator[float, None, None]:
        """A distributor's orders come by themselves until it walks away."""
        table = self.table(name)
        stock = table.stock
        for i, at in enumerate(stock.arrivals):
            yield at - self.env.now
            product = table.product if table.products is None else table.products[i]
            self.customers.distributed(stock, i, table.channel, product, table.deal[product][i], spec.discount)

    def _meeting(self) -> Generator[float, None, None]:
        """Every week each person has meetings."""
        step = self.steps.meet
        while True:
            for person in self.people:
                hours = person.crew.role.meetings
                if hours > 0 and person.away_from > self.env.now:
                    duty = next(n for n, duty in enumerate(person.crew.duties) if duty.activity == "meet")
                    person.give(Meeting(person, step, hours, self.env.now), duty)
            yield WEEK

    def _ramping(self) -> Generator[float, None, None]:
        """Explicit ramps go by months of tenure."""
        tenure = self.world.crowd.tenure(len(self.people))
        while True:
            for person in self.people:
                for skill in person.skills:
                    if isinstance(skill, Ramp):
                        begun = 0.0 if self.scenario.experiment.begin == "new" else float(tenure[person.seat])
                        skill.at_tenure((begun + self.env.now) / MONTH)
            yield MONTH / 4

    def distributor_exit(self, channel: str) -> float | None:
        """When a distributor walks away, hours; None for other channels."""
        spec = self.scenario.market.channels[channel]
        return self.world.distributor_exit(channel) if isinstance(spec, Distributor) else None

    def present_hours(self, edges: list[float]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Working hours present, shape (seats, months): the calendar less the person's absences."""
        between = self.office.between
        full = np.array([between(a, b) for a, b in zip(edges, edges[1:], strict=False)])
        present = np.tile(full, (len(self.seat_role), 1))
        for seat, absences in enumerate(self.absences):
            for begin, finish in absences:
                for month, (a, b) in enumerate(zip(edges, edges[1:], strict=False)):
                    if begin < b and finish > a:
                        present[seat, month] -= between(max(begin, a), min(finish, b))
        return present
