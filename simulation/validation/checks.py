"""A check: one figure that theory gives, the same figure from simulated years, and whether the two agree."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import simulation
from simulation.analysis.intervals import Interval, mean_interval
from simulation.scenario.scenario import Scenario
from simulation.validation.observe import Year

SCENARIOS = Path(__file__).parent / "scenarios"
FARTHEST = 4.0
"""Standard errors by which a simulated mean may be off: beyond them lies one normal mean in 16 000."""
BLUNTEST = 0.03
"""Largest standard error, as a share of the theory's value, with which a check still says something."""
SPREAD = 0.05
"""The same for a variance, which takes many more years than a mean."""


@dataclass(frozen=True)
class Check:
    """One figure of a system that theory gives.

    Attributes:
        figure: what it is, in words, with its unit.
        formula: as the table shows it.
        source: where the formula comes from.
        theory: its value, from the figures of the scenario itself.
        observe: the same figure of one simulated year; the years' mean is compared.
        bluntest: largest relative standard error that is allowed.
    """

    figure: str
    formula: str
    source: str
    theory: Callable[[Scenario], float]
    observe: Callable[[Year], float]
    bluntest: float = BLUNTEST


@dataclass(frozen=True)
class System:
    """A known system as a scenario, and what theory says about it.

    Attributes:
        name: key in the registry.
        title: what it is called in theory.
        scenario: name of the file in ``scenarios/``, without its ending.
        checks: the figures.
        overrides: values by dotted path that are laid upon the file.
        events: whether the checks read the event log.
    """

    name: str
    title: str
    scenario: str
    checks: tuple[Check, ...]
    overrides: Mapping[str, object] = field(default_factory=dict)
    events: bool = False

    def load(self) -> Scenario:
        """The scenario, with the overrides."""
        return simulation.load(SCENARIOS / f"{self.scenario}.yaml", self.overrides)


@dataclass(frozen=True)
class Result:
    """One check after the simulation.

    Attributes:
        system: the system.
        check: the check.
        theory: the theory's value.
        simulated: mean over the years with its interval.
    """

    system: System
    check: Check
    theory: float
    simulated: Interval

    @property
    def error(self) -> float:
        """Standard error of the simulated mean; NaN where there is no value at all."""
        return self.simulated.sd / math.sqrt(self.simulated.n) if self.simulated.n else math.nan

    @property
    def off_by(self) -> float:
        """Simulated less theory, in standard errors; without any spread 0 when equal to rounding, else infinite."""
        difference = self.simulated.mean - self.theory
        if self.error > 1e-12 * abs(self.theory):
            return difference / self.error
        return (
            0.0 if math.isclose(self.simulated.mean, self.theory, rel_tol=1e-9) else math.copysign(math.inf, difference)
        )

    @property
    def sharp(self) -> bool:
        """Whether the standard error is small enough for the check to be one."""
        return self.error <= self.check.bluntest * abs(self.theory)

    @property
    def agrees(self) -> bool:
        """Whether theory and simulation agree, and a disagreement would have shown."""
        return self.sharp and abs(self.off_by) <= FARTHEST

    @property
    def inside(self) -> bool:
        """Whether the theory's value lies in the 95 % interval, as 19 of 20 do when all is well."""
        return self.simulated.low <= self.theory <= self.simulated.high or self.off_by == 0.0


def run(system: System, replications: int | None = None) -> list[Result]:
    """Simulate a system's years and hold every check against them; replications of the file when None.

    The seed is the file's, so that the same figures come out each time. Raises ScenarioError for a broken scenario.
    """
    scenario = system.load()
    count = scenario.experiment.replications if replications is None else replications
    observed: list[list[float]] = []
    for replication in range(count):
        year = Year(scenario, replication, system.events)
        observed.append([check.observe(year) for check in system.checks])
    columns = zip(*observed, strict=True)
    return [
        Result(system, check, check.theory(scenario), mean_interval(list(values)))
        for check, values in zip(system.checks, columns, strict=True)
    ]
