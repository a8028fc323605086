"""The plan of one structure's year."""

from __future__ import annotations

from functools import cached_property

from simulation.department.plan.hours import Openings, Working
from simulation.department.plan.leads import Leads
from simulation.department.plan.market import Buying, Selling
from simulation.department.plan.order_of_work import Desks, Duties, Levels, OrderOfWork
from simulation.department.plan.people import Curves, Hires, Seats
from simulation.department.rules import Rules
from simulation.department.steps import Steps, steps_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Structure
from simulation.world import World

TABLES = (Openings, Working, Duties, Desks, Levels, Curves, Buying, Selling, Leads, Seats, Hires)
"""All kinds of tables."""


class InForce:
    """Tables of a structure as it is under one scenario of its timeline; nothing of the World is in them."""

    def __init__(self, scenario: Scenario, structure: Structure, steps: Steps, mobile: bool) -> None:
        self.scenario = scenario
        self._structure = structure
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
            made = InForce(scenario, scenario.structures[self.structure], self.steps, self.mobile)
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


_KNOWN: dict[tuple[int, str, bool], InForce] = {}
"""Tables by scenario (which they keep, so that its id stays its own): the same in every replication."""
