"""Interventions at work: on its date a change gives the department another scenario to live by."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from simpy.events import ProcessGenerator

from simulation.department.department import Department
from simulation.scenario.channels import Outbound
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role

# keys of a role that make its order of work
WORK = (
    "activities",
    "ownership",
    "new_work",
    "cover",
    "protected",
    "due",
    "newest_first",
    "most_open",
    "care_per_month",
)
TERMS = ("availability", "switching", "switching_groups")  # keys of the people that hold for everybody's work


class Interventions:
    """Carries out the changes of a structure's timeline."""

    def __init__(self, department: Department) -> None:
        self.department = department
        self._changes = department.plan.changes

    def begin(self) -> None:
        """Each date waits for its day; what lies before the simulation's start happens on the first."""
        department = self.department
        for at, group in groupby(enumerate(self._changes.at.tolist()), key=itemgetter(1)):
            if at < department.world.end:
                numbers = [number for number, _ in group]
                department.env.process(self._on(max(at, department.env.now), at, numbers))

    def _on(self, day: float, at: float, numbers: list[int]) -> ProcessGenerator:
        yield self.department.env.until(day)
        self.make(at, numbers)

    def make(self, at: float, numbers: list[int]) -> None:
        """Make the changes of one moment: people move, the new scenario holds, and the changes themselves are felt."""
        department, changes = self.department, self._changes
        new = department.rules.timeline.at(at)
        if new is not department.rules.scenario:
            department.reviews.settle()
            self._adopt(new)
        roles = list(department.rules.structure.roles)
        for number in numbers:
            for source, to, people in changes.moves(number):
                department.staffing.move(roles[source], roles[to], people)
        for name, role in department.rules.structure.roles.items():
            department.staffing.resize(name, role.headcount)
        for number in numbers:
            if (crm := changes.crm(number)) is not None:
                department.pace.roll_out(crm)
            if (dip := changes.dip(number)) is not None:
                department.pace.change(dip)
            if (spike := changes.spike(number)) is not None:
                department.env.process(department.reviews.spike(spike))
        department.leading.renew()
        department.reviews.look()
        department.hours.wake()

    def _adopt(self, new: Scenario) -> None:
        department = self.department
        old, was = department.rules.scenario, department.rules.structure
        department.rules.adopt(new)
        now = department.rules.structure
        self._people(old, new)
        selling = department.plan.under(new).selling
        department.flow.adopt(selling)
        department.customers.hand_off = selling.hand_off(1)
        if new.market != old.market or now.loyalty != was.loyalty:
            self._market(old, new)
        rebuilt = any(_differs(role, was.roles[name]) for name, role in now.roles.items())
        for crew in department.workforce.crews:
            crew.role = now.roles[crew.name]
        if rebuilt or _channels(new) != _channels(old):
            department.arrangement.reorganise()

    def _people(self, old: Scenario, new: Scenario) -> None:
        department = self.department
        if any(getattr(new.people, key) != getattr(old.people, key) for key in TERMS):
            department.terms.adopt(department.plan.under(new).working)
            for worker in department.workforce.people:
                worker.set_terms(department.terms)
                worker.set_availability(new.people.availability)
                worker.repace(department.env.now)
        department.staffing.settle_laws()

    def _market(self, old: Scenario, new: Scenario) -> None:
        """Prices, stages and rules hold for all leads from now on; what a channel's leads are like, for new ones."""
        department = self.department
        market = new.market
        department.customers.adopt(new, department.rules.version())
        version = department.rules.version()
        begun = department.flow.begun(department.workforce.people)
        department.tables.adopt(new, version)
        for lead, worker, hours in begun:
            department.flow.resize(lead, hours, worker)
        for (channel, what), table in list(department.tables.present.items()):
            if not table.initial and market.channels[channel] != old.market.channels[channel]:
                fresh = department.tables.kind(new, department.blueprint, channel, table.stock, version=version)
                department.tables.replace(channel, what, fresh)
        selling = department.plan.under(new).selling
        for name, outbound in department.outbound.items():
            outbound.adopt(selling.outbound(list(market.channels).index(name)), department.workforce.people)


def _differs(role: Role, before: Role) -> bool:
    """Whether the order of work changes; a role that gets its first people, or loses its last, changes it too."""
    if (role.headcount > 0) != (before.headcount > 0):
        return True
    return any(getattr(role, key) != getattr(before, key) for key in WORK)


def _channels(scenario: Scenario) -> list[str]:
    """The outbound channels that are worked."""
    return [name for name, c in scenario.market.channels.items() if isinstance(c, Outbound) and c.active]
