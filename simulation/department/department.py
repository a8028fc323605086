"""The department in one possible year: people in their seats, leads and customers, months that close."""

from __future__ import annotations

import gc
from collections.abc import Generator

from simulation.department.arrangement import Arrangement
from simulation.department.attrition import Reviews
from simulation.department.blueprint import Blueprint
from simulation.department.changes import Changes
from simulation.department.climate import Climate
from simulation.department.crew import Crew
from simulation.department.customers import Customers
from simulation.department.departures import Departures
from simulation.department.effort import weekly_effort
from simulation.department.first_day import FirstDay
from simulation.department.jobs import Meeting
from simulation.department.lead_table import LeadTable, Version
from simulation.department.leading import Leading
from simulation.department.leads import LeadFlow
from simulation.department.levels import LogRow, Terms
from simulation.department.office import Alarm, Office, Year
from simulation.department.person import Person
from simulation.department.presence import Times, part_time
from simulation.department.prospecting import OutboundChannel
from simulation.department.record import Record
from simulation.department.recorder import Months, build_record
from simulation.department.roster import Roster
from simulation.department.steps import steps_of
from simulation.scenario.market import Arrivals, Channel, Distributor, Outbound
from simulation.scenario.people import switching_group_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, recruiting_of, turnover_per_year
from simulation.scenario.timeline import timeline
from simulation.world import World
from simulation.written.readers import WEEK


def simulate(scenario: Scenario, structure: str, world: World, events: bool = False) -> Record:
    """Run one structure through the World's year and return its record.

    `events` keeps a row for every piece of work. Raises KeyError for an unknown structure.
    """
    return Department(scenario, structure, world, events).run()


class Department:
    """One structure at work. Build it, `run()` it once.

    `scenario` and `structure` are those in force now; `first_scenario` is the one that the run began with.
    """

    def __init__(self, scenario: Scenario, structure: str, world: World, events: bool = False) -> None:
        self.timeline = timeline(scenario, structure)
        self.first_scenario = self.scenario = scenario
        self.name = structure
        self.structure = scenario.structures[structure]
        self.world = world
        self.env = Year()
        self.office = Office(self.env, world.calendar)
        self._weeks: dict[float, tuple[Office, Times]] = {}  # of those who give a part of it, by share
        self.hours_per_day = 24.0 if self.office.always_open else scenario.calendar.hours_per_day
        steps = steps_of(scenario.market)
        self.steps = steps
        self.log: list[LogRow] | None = [] if events else None
        self.mobile = self._people_come_and_go()
        self.blueprint = Blueprint(scenario, self.structure, steps, self.office, mentors=self.mobile)
        hand_off = self.structure.hand_off or scenario.hand_off
        self.customers = Customers(self.env, self.office, scenario, self.structure, self.blueprint, hand_off.customer)
        self.flow = LeadFlow(self.env, self.office, scenario, self.blueprint, self.customers, hand_off.lead)
        self.flow.notes_hands = self.customers.notes_hands = self.mobile
        roles = [role for each in self.timeline.scenarios for role in self._roles(each)]
        self.flow.limited = any(role.most_open is not None for role in roles)
        self.customers.cares = any(each.market.customers.care is not None for each in self.timeline.scenarios) and any(
            duty.activity == "care" for role in roles for duty in role.activities
        )
        people = scenario.people
        ease = [1.0] * len(steps)
        self.terms = Terms(
            self.office,
            steps.activity,
            steps.names,
            people.availability,
            people.switching,
            switching_group_of(people),
            self.log,
            ease,
        )
        self.outbound = {
            name: OutboundChannel(name, spec, world)
            for name, spec in scenario.market.channels.items()
            if isinstance(spec, Outbound) and self._ever_active(name)
        }
        self.tables: dict[tuple[str, str], LeadTable] = {}  # those for new leads, by channel and kind
        self.all_tables: list[LeadTable] = []
        self._first_tables: dict[tuple[str, str], LeadTable] = {}
        self.people: list[Person] = []  # who works here now
        self.all_workers: list[Person] = []
        self.crews: list[Crew] = [crew for pod in self.blueprint.pods for crew in pod.crews]
        self._crew_of = {(crew.name, crew.pod): crew for crew in self.crews}
        self.roster = Roster(self)
        self.reviews = Reviews(self)
        self.leading = Leading(self)
        self.departures = Departures(self)
        self.climate = Climate(self)
        self.months = Months(self)
        self.arrangement = Arrangement(self)
        self.roster.first_day()

    def _people_come_and_go(self) -> bool:
        """Whether anybody may come or leave during the run."""
        scenario = self.first_scenario
        roles = self.structure.roles.values()
        return (
            bool(self.timeline.changes)
            or scenario.experiment.begin == "today"
            or any(turnover_per_year(scenario.people, role) > 0 for role in roles)
            or any(recruiting_of(scenario.people, role).policy == "buffer" for role in roles)
        )

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
            self.reviews.settle()
            self.months.close(end)
            return build_record(self)
        finally:
            if collecting:
                gc.enable()

    # --- the market -------------------------------------------------------------------------------------------

    def table(self, channel: str, what: str = "") -> LeadTable:
        """Luck and rates of a channel's new leads, or of those there on the first day (`what`)."""
        key = (channel, what)
        if key not in self.tables:
            initial = self.scenario.market.initial
            if what:
                count = initial.pipeline if what == "pipeline" else initial.customers
                stock = self.world.initial(what, channel, count)
            else:
                stock = self.world.leads(channel, self._specs(channel))
            made = LeadTable(self.scenario, self.blueprint, channel, stock, what, self.version())
            self.tables[key] = self._first_tables[key] = made
            self.all_tables.append(made)
        return self.tables[key]

    def replace_table(self, channel: str, what: str, table: LeadTable) -> None:
        """New leads of a channel are of another kind from now on."""
        key = (channel, what)
        self.flow.latest[self._first_tables[key]] = table
        self.tables[key] = table
        self.all_tables.append(table)

    def version(self) -> Version:
        """A name for the market as it is now; empty as long as it is the scenario's own."""
        if self.scenario.market is self.first_scenario.market:
            return ()
        return self.name, self.timeline.scenarios.index(self.scenario)

    def _specs(self, channel: str) -> tuple[tuple[float, Channel], ...] | None:
        """A channel in all that the timeline brings; None where it never changes."""
        line = self.timeline
        specs = [
            (begin, scenario.market.channels[channel])
            for begin, scenario in zip(line.begins, line.scenarios, strict=True)
        ]
        changed = [specs[0]]
        for begin, spec in specs[1:]:
            if spec != changed[-1][1]:
                changed.append((begin, spec))
        return tuple(changed) if len(changed) > 1 else None

    def _ever_active(self, channel: str) -> bool:
        return any(scenario.market.channels[channel].active for scenario in self.timeline.scenarios)

    # --- people -----------------------------------------------------------------------------------------------

    def week_of(self, role: Role) -> tuple[Office, Times]:
        """Working time of the people of a role, and when they are off while the office works.

        Who gives a part of the week works the first hours of each day. The end of that day is no absence: what is in
        hand goes on the next day, as a full-timer's does after the night.
        """
        if role.hours_per_week is None:
            return self.office, []
        share = self.first_scenario.calendar.share_of_week(role.hours_per_week)
        if share >= 1.0:
            return self.office, []
        if share not in self._weeks:
            off = part_time(self.world.calendar, share, self.world.end)
            office = Office(self.env, self.world.calendar.without(off))
            office.begin(lambda: self._come_in(office))
            self._weeks[share] = office, off
        return self._weeks[share]

    def _come_in(self, office: Office) -> None:
        """Those who give a part of the week begin their day."""
        for crew in self.crews:
            self._begin_day([person for person in crew.people if person.office is office])

    def crew(self, role: str, pod: int) -> Crew:
        """The people of a role in a pod."""
        return self._crew_of[(role, pod)]

    # --- the year ---------------------------------------------------------------------------------------------

    def _start(self) -> None:
        env, world = self.env, self.world
        self.office.begin(self._doors_opened)
        env.start(self.reviews.weekly())
        if self.first_scenario.experiment.warm_up:
            begin = world.month_edges[self.first_scenario.experiment.warm_up]
            env.at(begin, Alarm(env, lambda _: self.reviews.count_from_now()))
        plan = self.first_scenario.plan
        if plan is not None and plan.effort:
            env.start(weekly_effort(self, plan))
        FirstDay(self).begin()
        for name, spec in self.scenario.market.channels.items():
            if isinstance(spec, Arrivals) and self._ever_active(name):
                self.flow.arriving(self.table(name))
            elif isinstance(spec, Distributor) and self._ever_active(name):
                env.start(self._distributing(name))
            elif isinstance(spec, Outbound) and name in self.outbound and spec.contacts is not None:
                env.start(self.outbound[name].refresh(env, world.month_edges[1:-1]))
        roles = [role for scenario in self.timeline.scenarios for role in self._roles(scenario)]
        if any(self._may_meet(role) for role in roles):
            env.start(self._meeting())
        if any(role.due for role in roles):
            env.start(self.months.watching())
        Changes(self).begin()
        env.start(self.months.closing(world.month_edges[1:-1]))
        env.start(self._first_moment())

    def _roles(self, scenario: Scenario) -> list[Role]:
        return list(scenario.structures[self.name].roles.values())

    def _may_meet(self, role: Role) -> bool:
        return role.meetings > 0

    def _first_moment(self) -> Generator[float, None, None]:
        """Around the clock no door opens; people begin at once."""
        yield 0.0
        if self.office.always_open:
            self.wake()

    def _doors_opened(self) -> None:
        """Those who have nothing in hand look for work; those who prospect go on unless something better waits."""
        for crew in self.crews:
            if crew.protects:
                self._begin_day([person for person in crew.people if person.office is self.office])
                continue
            if crew.idle:
                for person in list(crew.idle):
                    person.look_for_work()
            if crew.prospecting:
                for person in list(crew.prospecting):
                    if person.something_better_waits():
                        person.quest_interrupted()

    def _begin_day(self, people: list[Person]) -> None:
        """The same for some people; what is protected at this hour is not kept from them by work of the day before."""
        for person in people:
            if person.protected:
                person.begin_window(self.env.now)
        for person in people:
            crew = person.crew
            if person in crew.idle:
                person.look_for_work()
            elif person in crew.prospecting and person.something_better_waits():
                person.quest_interrupted()

    def wake(self) -> None:
        """Let those who are idle look for work."""
        if self.office.open:
            for crew in self.crews:
                for person in list(crew.idle):
                    person.look_for_work()

    def _distributing(self, name: str) -> Generator[float, None, None]:
        """A distributor's orders come by themselves until it walks away."""
        first = self.table(name)
        for i, at in enumerate(first.stock.arrivals):
            yield at - self.env.now
            table = self.tables[name, ""]
            spec = self.scenario.market.channels[name]
            assert isinstance(spec, Distributor)
            product = table.product if table.products is None else table.products[i]
            size = table.deal[product][i]
            self.customers.distributed(table.stock, i, table.channel, product, size, spec.discount)

    def _meeting(self) -> Generator[float, None, None]:
        """Every week each person has meetings."""
        step = self.steps.meet
        while True:
            for person in list(self.people):
                hours = person.crew.role.meetings
                if hours > 0 and person.away_from > self.env.now:
                    duty = next(n for n, duty in enumerate(person.crew.duties) if duty.activity == "meet")
                    person.give(Meeting(person, step, hours, self.env.now), duty)
            yield WEEK

    def distributor_exit(self, channel: str) -> float | None:
        """When a distributor walks away, hours; None for other channels."""
        spec = self.scenario.market.channels[channel]
        return self.world.distributor_exit(channel, self._specs(channel)) if isinstance(spec, Distributor) else None
