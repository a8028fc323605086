"""What is read from a simulated year: the measures that everybody sees, and columns of the record."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import simulation
from simulation.department.record import LOST, REASONS, WON

if TYPE_CHECKING:
    from simulation.department.record import Record
    from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]


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
