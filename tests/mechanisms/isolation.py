"""One mechanism alone: a scenario in which every other one is at its neutral setting, and its records."""

from __future__ import annotations

import numpy as np

from simulation.department import Record, simulate
from simulation.department.record import REASONS, WON
from simulation.scenario.neutral import NEUTRAL, neutralise
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World

MONTH = 730.5


def isolated(scenario: Scenario, *mechanisms: str) -> Scenario:
    """The scenario with every mechanism neutral but those named."""
    unknown = set(mechanisms) - set(NEUTRAL)
    assert not unknown, f"no such mechanism: {unknown}"
    return neutralise(scenario, *(name for name in NEUTRAL if name not in mechanisms))


def runs(scenario: Scenario, structure: str, count: int = 1) -> list[Record]:
    """Records of the first `count` years of a structure."""
    return [simulate(scenario, structure, World(scenario, replication)) for replication in range(count)]


def run(scenario: Scenario, structure: str) -> Record:
    """The record of the first year of a structure."""
    return runs(scenario, structure)[0]


def hours(record: Record, *activities: str) -> float:
    """Hours that the department worked at the activities, or at all of them."""
    chosen = [ACTIVITIES.index(name) for name in activities or ACTIVITIES]
    return float(record.busy[:, chosen].sum())


def won(record: Record) -> dict[str, float]:
    """Deal size of each lead that was won."""
    rows = np.flatnonzero(record.leads.state == WON)
    return {record.leads.uid[int(row)]: float(record.leads.size[row]) for row in rows}


def lost(record: Record, reason: str) -> set[str]:
    """Names of the leads that were lost for a reason."""
    rows = np.flatnonzero(record.leads.reason == REASONS.index(reason))
    return {record.leads.uid[int(row)] for row in rows}


def waits(record: Record) -> np.ndarray:
    """Elapsed hours from the arrival to the first contact of the leads of the counted period."""
    leads = record.leads
    counted = (leads.arrived >= record.begin) & (leads.answered == leads.answered) & ~leads.initial
    return (leads.answered - leads.arrived)[counted]


def mean_and_error(values: list[float]) -> tuple[float, float]:
    """Mean over replications and its standard error."""
    return float(np.mean(values)), float(np.std(values, ddof=1) / len(values) ** 0.5)


def rising(values: list[float]) -> bool:
    """Whether each value lies above the one before."""
    return all(low < high for low, high in zip(values, values[1:], strict=False))
