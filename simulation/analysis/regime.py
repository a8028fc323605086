"""Which regime a result is in: whether waiting decides it or output, from the load of each role.

Where people are free most of the time, a result turns on how soon somebody answers, and pooling rules; where
they are not, on how much gets done, and speed rules. For one server against two pooled ones the break-even
gain in speed is load x (1 - load): 0.16 at a load of 0.8, 0.05 at 0.95.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulation.analysis.phrases import percent
from simulation.analysis.summaries import Summary
from simulation.scenario.scenario import Scenario
from simulation.scenario.workload import workload

Decides = Literal["waiting", "both", "output"]

BUSY = 0.85
"""From this load of the busiest role on, output begins to decide beside waiting."""
FULL = 0.95
"""From this load on, work is left undone and output decides."""
NOTED = 0.1
"""A share of a role's time on prospecting that is worth a word."""


@dataclass(frozen=True)
class RoleRegime:
    """The load of one role.

    Attributes:
        expected: work other than prospecting over capacity, in closed form, when nobody has to wait; above 1
            there is more work than time.
        simulated: mean share of the time present on anything but prospecting.
        prospecting: mean share of the time present on prospecting.
        utilisation: mean share of the time present at work at all.
    """

    expected: float
    simulated: float
    prospecting: float
    utilisation: float


@dataclass(frozen=True)
class Regime:
    """The regime of one structure.

    Attributes:
        structure: its title.
        roles: load of every role with activities, by title.
        busiest: title of the role with the highest expected load; '' where nobody has activities.
        decides: what the result turns on.
    """

    structure: str
    roles: Mapping[str, RoleRegime]
    busiest: str
    decides: Decides

    @property
    def text(self) -> str:
        """The regime in words."""
        if not self.busiest:
            return f"{self.structure}: nobody has activities, so nothing is done."
        load = self.roles[self.busiest].expected
        has = "work but no people" if math.isinf(load) else f"work for {percent(load)} of its time"
        text = f"{self.structure}: the busiest role, {self.busiest}, has {has}; {_MEANING[self.decides]}."
        cold = [f"{name} {percent(r.prospecting)}" for name, r in self.roles.items() if r.prospecting >= NOTED]
        if cold:
            text += f" Prospecting fills the time left ({', '.join(cold)}): every hour freed there brings leads."
        return text


_MEANING: Mapping[Decides, str] = {
    "waiting": "waiting decides: it matters how soon somebody is free, so shared queues count for more than speed",
    "both": "waiting and output both decide: queues are long already, and speed begins to count",
    "output": "output decides: work is left undone, so speed counts for more than shared queues",
}


def regime_of(scenario: Scenario, structure: str, summaries: Mapping[str, Summary]) -> Regime:
    """The regime of a structure, from its closed-form load and its simulated utilisation.

    Args:
        scenario: the scenario.
        structure: the structure's name in it.
        summaries: summaries of its measures.

    Raises KeyError for an unknown structure.
    """
    spec = scenario.structures[structure]
    loads = workload(scenario, structure).roles

    def mean(name: str) -> float:
        return summaries[name].mean if name in summaries else math.nan

    roles = {}
    for name, load in loads.items():
        title = spec.roles[name].title or name
        roles[title if title not in roles else name] = RoleRegime(
            expected=load.load,
            simulated=mean(f"load.{name}"),
            prospecting=mean(f"time.{name}.prospect"),
            utilisation=mean(f"utilisation.{name}"),
        )
    busiest = max(roles, key=lambda title: roles[title].expected, default="")
    return Regime(spec.title or structure, roles, busiest, decides(roles[busiest].expected) if busiest else "waiting")


def decides(load: float) -> Decides:
    """What a result turns on at a load of the busiest role."""
    return "waiting" if load < BUSY else "both" if load < FULL else "output"
