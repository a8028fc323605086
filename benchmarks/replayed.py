"""An engine that plays one year again and again, so that what is left to measure is the way to it and back."""

from __future__ import annotations

from simulation.department import simulate
from simulation.department.record import Record
from simulation.scenario.scenario import Scenario
from simulation.world import World

KEPT: dict[str, Record] = {}
"""Of this process, by structure."""


def replayed(scenario: Scenario, structure: str, world: World, events: bool) -> Record:
    """Simulates each structure once and then gives the same record again."""
    if structure not in KEPT:
        KEPT[structure] = simulate(scenario, structure, world, events)
    return KEPT[structure]
