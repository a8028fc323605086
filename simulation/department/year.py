"""The year: a department run from its first day to the end of the horizon."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from simulation.department.department import Department
from simulation.department.order import ROUTINES
from simulation.department.record import Record
from simulation.department.recorder import build_record
from simulation.scenario.scenario import Scenario
from simulation.world import World


def simulate(scenario: Scenario, structure: str, world: World, events: bool = False) -> Record:
    """Run one structure through the World's year and return its record.

    `events` keeps a row for every piece of work. Raises KeyError for an unknown structure.
    """
    with _uncollected():
        return run(Department(scenario, structure, world, events))


def run(department: Department) -> Record:
    """Simulate a new department until the end of the horizon; its record."""
    end = department.world.end
    with _uncollected():
        for routine in ROUTINES:
            routine.begin(department)
        department.env.live_until(end)
        department.flow.settle(end)
        department.reviews.finish()
        department.months.close(end)
        return build_record(department)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage meanwhile.

    A year makes many small objects that all live until its end: looking through them again and again would find none.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
