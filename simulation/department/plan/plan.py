"""The plan of one structure's year."""

from __future__ import annotations

from functools import cached_property

from simulation.department.plan.dated import Changes, Targets
from simulation.department.plan.hours import Openings, Working
from simulation.department.plan.leads import Leads
from simulation.department.plan.lives import (
    Earning,
    Filling,
    Heads,
    Leaving,
    Newcomers,
    OnTarget,
    Standards,
    Staying,
)
from simulation.department.plan.market import Buying, Selling
from simulation.department.plan.order_of_work import Desks, Duties, Levels, OrderOfWork
from simulation.department.plan.people import Curves, Hires, Seats
from simulation.department.rules import Rules
from simulation.department.steps import Steps, steps_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import recruiting_of
from simulation.scenario.timeline import timeline
from simulation.world import World
from simulation.written.distributions import Distribution

TABLES = (
    *(Openings, Working, Duties, Desks, Levels, Curves, Buying, Selling, Leads, Seats, Hires),
    *(Staying, Leaving, Filling, Newcomers, Heads, Earning, OnTarget, Standards, Changes, Targets),
)
"""All kinds of tables."""


class InForce:
    """Tables of a structure as it is under one scenario of its timeline; nothing of the World is in them."""

    def __init__(self, scenario: Scenario, name: str, steps: Steps, mobile: bool) -> None:
        self.scenario = scenario
        self._name = name
        self._structure = scenario.structures[name]
        self._steps = steps
        self._mobile = mobile

    @cached_property
    def order(self) -> OrderOfWork:
        """Crews, duties, desks and levels."""
        return OrderOfWork(self.scenario, self._structure, self._steps, self._mobile)

    @cached_property
    def working(self) -> Working:
        """What holds for everybody's work."""
        return Working.of(self.scenario.people, self._steps)

    @cached_property
    def curves(self) -> Curves:
        """How the activities of each role are learned."""
        return Curves.of(self.scenario, self._structure.roles)

    @cached_property
    def buying(self) -> Buying:
        """What customers are worth, and how they are lost."""
        return Buying.of(self.scenario, self._structure)

    @cached_property
    def selling(self) -> Selling:
        """What holds for leads and for prospecting."""
        return Selling.of(self.scenario, self._structure)

    @cached_property
    def staying(self) -> Staying:
        """By which laws people stay, and what presses on them."""
        return Staying.of(self.scenario, self._structure)

    @cached_property
    def leaving(self) -> Leaving:
        """What leavers take along."""
        return Leaving.of(self.scenario)

    @cached_property
    def filling(self) -> Filling:
        """How positions are filled, and how newcomers begin."""
        return Filling.of(self.scenario, self._structure)

    @cached_property
    def searches(self) -> list[Distribution]:
        """Law of the time that a search takes, by role."""
        return [recruiting_of(self.scenario.people, role).time for role in self._structure.roles.values()]

    @cached_property
    def heads(self) -> Heads:
        """Who leads, who is led and who meets."""
        return Heads.of(self.scenario, self._structure)

    @cached_property
    def earning(self) -> Earning:
        """What people get of what they sell."""
        return Earning.of(self._structure)

    @cached_property
    def on_target(self) -> OnTarget:
        """Pay of those who reach what is planned."""
        return OnTarget.of(self.scenario, self._name)

    @cached_property
    def standards(self) -> Standards:
        """What practised colleagues are."""
        return Standards.of(self.scenario, self._name)


class Plan:
    """Tables of one structure under one World; nothing in it changes during a run."""

    def __init__(self, scenario: Scenario, structure: str, world: World) -> None:
        self.scenario = scenario
        self.structure = structure
        self.world = world
        self.steps = steps_of(scenario.market)
        self.mobile = Rules(scenario, structure).mobile  # whether anybody may come or leave during the run

    def under(self, scenario: Scenario) -> InForce:
        """The tables that hold as long as a scenario of the timeline is in force."""
        key = (id(scenario), self.structure, self.mobile)
        known = _KNOWN.get(key)
        if known is None:
            if len(_KNOWN) > 64:
                _KNOWN.clear()
            made = InForce(scenario, self.structure, self.steps, self.mobile)
            known = _KNOWN[key] = made
        return known

    @property
    def openings(self) -> Openings:
        """When the office is open."""
        return Openings.of(self.world.calendar)

    @cached_property
    def seats(self) -> Seats:
        """Positions of the first day, and who sits there."""
        return Seats.of(self.scenario, self.structure, self.world)

    def hires(self, hire: int, seats: int) -> Hires:
        """Who the n-th hire of each of the first seats is."""
        return Hires.of(self.world, hire, seats)

    def newcomers(self, scenario: Scenario, hire: int, seats: int) -> Newcomers:
        """What comes of the n-th hire (1 or more) of each of the first seats while a scenario is in force."""
        return Newcomers.of(self.under(scenario).searches, self.under(scenario).filling, self.world, hire, seats)

    @cached_property
    def changes(self) -> Changes:
        """What changes on dates."""
        return Changes.of(
            timeline(self.scenario, self.structure).changes, list(self.scenario.structures[self.structure].roles)
        )

    @cached_property
    def targets(self) -> Targets:
        """Months, and what is planned for each."""
        return Targets.of(self.scenario, self.world)


_KNOWN: dict[tuple[int, str, bool], InForce] = {}
"""Tables by scenario (which they keep, so that its id stays its own): the same in every replication."""


def forget() -> None:
    """Lets go of the tables of all scenarios, which are made again when they are asked for."""
    _KNOWN.clear()
