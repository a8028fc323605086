"""The plan of one structure's year."""

from __future__ import annotations

from simulation.department.plan.order_of_work import OrderOfWork
from simulation.department.rules import Rules
from simulation.department.steps import steps_of
from simulation.scenario.scenario import Scenario
from simulation.world import World


class Plan:
    """Tables of one structure under one World; nothing in it changes during a run."""

    def __init__(self, scenario: Scenario, structure: str, world: World) -> None:
        self.scenario = scenario
        self.structure = structure
        self.world = world
        self.steps = steps_of(scenario.market)
        self.mobile = Rules(scenario, structure).mobile  # whether anybody may come or leave during the run

    def order_of_work(self, scenario: Scenario) -> OrderOfWork:
        """Crews, duties, desks and levels as they are under a scenario of the timeline."""
        key = (id(scenario), self.structure, self.mobile)
        known = _ORDERS.get(key)
        if known is None:
            if len(_ORDERS) > 64:
                _ORDERS.clear()
            made = OrderOfWork(scenario, scenario.structures[self.structure], self.steps, self.mobile)
            known = _ORDERS[key] = (scenario, made)
        return known[1]


_ORDERS: dict[tuple[int, str, bool], tuple[Scenario, OrderOfWork]] = {}
"""Orders of work by scenario (which is kept, so that its id stays its own): the same in every replication."""
