"""A check: one figure that theory gives, the same figure from simulated years, and whether the two agree."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import simulation
from simulation.analysis.intervals import Interval, mean_interval
from simulation.department.record import LOST, REASONS, WON
from simulation.scenario.channels import Arrivals
from simulation.scenario.scenario import Scenario
from simulation.world import World
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH, YEAR, yearly_force

if TYPE_CHECKING:
    from simulation.department.record import Record


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


def mean_square(values: Floats, expected: Floats) -> float:
    """Mean of (value - expected)^2: the variance, where the expected values are known."""
    return float(((values - expected) ** 2).mean())


class Run:
    """One structure in one possible year: `record` and its `measures`; `scenario` as it was simulated."""

    def __init__(self, scenario: Scenario, structure: str, replication: int, events: bool = False) -> None:
        self.scenario = scenario
        self.record: Record
        self.record, self._ledger = simulation.replicate_one(scenario, structure, replication, events=events)

    @cached_property
    def measures(self) -> dict[str, float]:
        """Every measure of the run by name, as in ``summary.json``."""
        return simulation.measures(self.record, self._ledger, self.scenario)

    # --- leads ------------------------------------------------------------------------------------------------

    def of_channel(self, channel: str) -> NDArray[np.bool_]:
        """Leads of a channel that arrived or were found in the counted period, shape (leads,)."""
        leads, record = self.record.leads, self.record
        number = record.channels.index(channel)
        return (leads.channel == number) & (leads.arrived >= record.begin) & (leads.arrived < record.end)

    def wait(self, channel: str) -> float:
        """Mean time from arrival to first contact of a channel's leads that were answered, hours."""
        leads, rows = self.record.leads, self.of_channel(channel)
        return float(np.nanmean(leads.answered[rows] - leads.arrived[rows]))

    def wait_squared(self, channel: str) -> float:
        """Mean square of the same time, hours squared."""
        leads, rows = self.record.leads, self.of_channel(channel)
        return float(np.nanmean((leads.answered[rows] - leads.arrived[rows]) ** 2))

    def answered_at_once(self, channel: str) -> float:
        """Share of a channel's leads whose first contact began when they arrived."""
        leads, rows = self.record.leads, self.of_channel(channel)
        return float((leads.answered[rows] == leads.arrived[rows]).mean())

    def unanswered(self, channel: str) -> float:
        """Share of a channel's leads that left before the first contact."""
        return float((self.record.leads.reason[self.of_channel(channel)] == REASONS.index("unanswered")).mean())

    def time_until_gone(self, channel: str) -> float:
        """Mean time from arrival to first contact or to leaving without one, hours."""
        leads, rows = self.record.leads, self.of_channel(channel)
        left = np.where(leads.reason[rows] == REASONS.index("unanswered"), leads.closed[rows], np.nan)
        return float(np.nanmean(np.where(np.isnan(left), leads.answered[rows], left) - leads.arrived[rows]))

    def time_in_system(self) -> float:
        """Mean time from arrival to the deal or the loss of the period's leads, hours."""
        leads, record = self.record.leads, self.record
        rows = (leads.arrived >= record.begin) & (leads.state > 0)
        return float((leads.closed[rows] - leads.arrived[rows]).mean())

    def share_lost(self, reason: str) -> float:
        """Share of the period's leads that were lost for a reason."""
        return self.measures[f"lost.{reason}"] / self.measures["leads"]

    def open_leads(self, at: Floats) -> Floats:
        """Leads without an outcome at each time, shape as `at`."""
        leads = self.record.leads
        closed = np.sort(leads.closed[(leads.state == WON) | (leads.state == LOST)])
        return np.asarray(np.searchsorted(leads.arrived, at) - np.searchsorted(closed, at), dtype=np.float64)

    # --- by month ---------------------------------------------------------------------------------------------

    def leads_by_month(self, channel: str, won: bool = False) -> Floats:
        """Leads of a channel by month of arrival (only those won by now), shape (months,)."""
        rows = self.of_channel(channel)
        if won:
            rows &= self.record.leads.state == WON
        return self._by_month(self.record.leads.arrived[rows])

    def revenue_by_month(self) -> Floats:
        """Revenue of the sales of each month, shape (months,)."""
        sales = self.record.sales
        return self._by_month(sales.time, sales.revenue)

    def sales_by_month(self) -> Floats:
        """Number of sales in each month, shape (months,)."""
        return self._by_month(self.record.sales.time)

    def _by_month(self, times: Floats, weights: Floats | None = None) -> Floats:
        return np.histogram(times, self.record.month_edges, weights=weights)[0].astype(np.float64)

    # --- people and steps -------------------------------------------------------------------------------------

    def present_share(self) -> float:
        """Hours present of all people over those of the calendar of the wall."""
        period = self.record.end - self.record.begin
        return float(self.record.present.sum() / (len(self.record.present) * period))

    def wait_between(self, first: str, then: str) -> float:
        """Mean time from the end of one step to the begin of the next one of the same case, hours (event log)."""
        times: defaultdict[str, list[float]] = defaultdict(lambda: [np.nan, np.nan])
        for case, activity, _, _, start, end, *_ in self.record.events:
            if activity == first:
                times[case][0] = end
            elif activity == then:
                times[case][1] = start
        ends, starts = np.array(list(times.values())).T
        counted = ends >= self.record.begin
        return float(np.nanmean((starts - ends)[counted]))


class Year:
    """One possible year under each structure of a scenario."""

    def __init__(self, scenario: Scenario, replication: int, events: bool = False) -> None:
        self.scenario = scenario
        self.runs = {name: Run(scenario, name, replication, events) for name in scenario.structures}

    def __getitem__(self, structure: str) -> Run:
        return self.runs[structure]

    @property
    def only(self) -> Run:
        """The run of the only structure. Raises ValueError when there are several."""
        (run,) = self.runs.values()
        return run


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
