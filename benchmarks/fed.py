"""The engine on the textbook's line, fed with the textbook's inputs: the same answers, so that speed compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import numpy as np
import textbook

from simulation.department import simulate
from simulation.department.record import LOST, Record
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.world import Stock, World
from simulation.world.rates import Specs

STAGES = ("a", "b", "c")


class FedWorld(World):
    """A World whose only channel has the luck that the textbook model is fed with."""

    def __init__(self, scenario: Scenario, given: textbook.Inputs) -> None:
        super().__init__(scenario, 0)
        self._given = given

    def leads(self, channel: str, specs: Specs | None = None) -> Stock:
        """The textbook's leads."""
        key = (channel, "")
        if key not in self._stocks:
            given = self._given
            count = len(given.gaps)
            stock = FedStock(self.streams, channel, ["fed"], np.zeros(count, np.int64), np.arange(count))
            stock.arrivals = given.arrivals
            stock.feed("patience", given.patience[0])
            for k, stage in enumerate(STAGES):
                stock.feed(f"stage.{stage}.work", given.work[k])
                stock.feed(f"stage.{stage}.patience", given.patience[k])
            self._stocks[key] = stock
        return self._stocks[key]


class FedStock(Stock):
    """A stock whose columns are given."""

    def feed(self, name: str, values: list[float]) -> None:
        """Set a column."""
        self._columns[(name, ())] = (values, None)  # () is the market's own version


@dataclass(frozen=True)
class Line:
    """The scenario and the inputs of the line, ready to run."""

    scenario: Scenario
    given: textbook.Inputs

    @classmethod
    def make(cls, seed: int = 1) -> Line:
        """The line of benchmarks/scenarios/tandem.yaml with the textbook's inputs."""
        return cls(load(Path(__file__).parent / "scenarios" / "tandem.yaml"), textbook.inputs(seed))

    def world(self) -> FedWorld:
        """A World with the inputs in it; the horizon lies beyond the last lead."""
        world = FedWorld(self.scenario, self.given)
        world.leads("line")
        return world

    def run(self, world: World, events: bool = False) -> Record:
        """One run of our engine."""
        return simulate(self.scenario, "line", world, events)


def answers(record: Record, servers: Sequence[int] = textbook.SERVERS) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Activities done and leads lost per stage."""
    done = tuple(int(record.repetitions[record.seat_role == k].sum()) for k in range(len(servers)))
    lost = record.leads.stage[record.leads.state == LOST]
    return done, tuple(int((lost == k).sum()) for k in range(len(servers)))


def waited(record: Record, given: textbook.Inputs) -> tuple[float, ...]:
    """Hours waited per stage, also by those lost, from the event log."""
    begins: dict[str, dict[str, float]] = defaultdict(dict)
    ends: dict[str, dict[str, float]] = defaultdict(dict)
    for case, activity, _person, _role, start, end, *_ in record.events:
        begins[case][activity] = start
        ends[case][activity] = end
    total = [0.0, 0.0, 0.0]
    for row in range(len(record.leads.uid)):
        case = record.leads.uid[row]
        came = float(record.leads.arrived[row])
        for k, stage in enumerate(STAGES):
            if stage not in begins[case]:
                lost_at = float(record.leads.closed[row])
                total[k] += 0.0 if isnan(lost_at) else lost_at - came
                break
            total[k] += begins[case][stage] - came
            came = ends[case][stage]
    return tuple(total)
