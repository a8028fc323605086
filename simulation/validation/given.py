"""Figures of a scenario as theory wants them: rates an hour, mean work, load."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.market import Arrivals
from simulation.scenario.scenario import Scenario
from simulation.world import World
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH, YEAR, yearly_force

Floats = NDArray[np.float64]


def rate(scenario: Scenario, channel: str = "line") -> float:
    """Leads an hour of a channel without season and trend."""
    spec = scenario.market.channels[channel]
    assert isinstance(spec, Arrivals)
    return spec.leads_per_month / MONTH


def work(scenario: Scenario, stage: int = 0) -> float:
    """Mean work of a stage, hours."""
    return scenario.market.stages[stage].work.mean


def cv(scenario: Scenario, stage: int = 0) -> float:
    """Coefficient of variation of the work of a stage."""
    return spread(scenario.market.stages[stage].work)


def spread(law: Distribution) -> float:
    """Coefficient of variation of a law."""
    return math.sqrt(law.variance) / law.mean


def heads(scenario: Scenario, role: str, structure: str = "") -> int:
    """Headcount of a role; of the first structure when none is named."""
    structure = structure or next(iter(scenario.structures))
    return scenario.structures[structure].roles[role].headcount


def edges(scenario: Scenario) -> Floats:
    """Edges of the counted months, hours since the start of the simulation, shape (months + 1,)."""
    return np.array(World(scenario, 0).month_edges[scenario.experiment.warm_up :])


def period(scenario: Scenario) -> float:
    """Length of the counted period, hours."""
    bounds = edges(scenario)
    return float(bounds[-1] - bounds[0])


def working_hours(scenario: Scenario) -> float:
    """Working hours of the counted period."""
    bounds = edges(scenario)
    return float(World(scenario, 0).calendar.working_between(bounds[0], bounds[-1]))


def leads_of_months(scenario: Scenario, channel: str) -> Floats:
    """Expected leads of each counted month: rate * season * integral of exp(growth * t), shape (months,)."""
    spec = scenario.market.channels[channel]
    assert isinstance(spec, Arrivals)
    bounds, growth = edges(scenario), yearly_force(spec.trend_per_year) / YEAR
    lengths = np.diff(np.exp(growth * bounds)) / growth if growth else np.diff(bounds)
    return spec.leads_per_month / MONTH * season(scenario, spec.seasonality) * lengths


def season(scenario: Scenario, factors: tuple[float, ...]) -> Floats:
    """The seasonal factor of each counted month, shape (months,)."""
    first, months = scenario.experiment.start.month - 1, scenario.experiment.months
    return np.array([factors[(first + n) % 12] for n in range(months)])


def converted(scenario: Scenario, stage: int, channel: str = "line") -> float:
    """Probability that a stage leads on: no open question, then the conversion shifted by the channel's quality."""
    spec = scenario.market.stages[stage]
    quality = scenario.market.channels[channel].quality
    asked = spec.question * (1.0 - scenario.market.material.effect)
    if spec.conversion in (0.0, 1.0):
        return spec.conversion * (1.0 - asked)
    odds = math.log(spec.conversion / (1.0 - spec.conversion)) + quality
    return (1.0 - asked) / (1.0 + math.exp(-odds))
