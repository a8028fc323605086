"""The plan's target of each month."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.money import Plan
from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def targets_of(scenario: Scenario, plan: Plan, start: date, month_edges: Floats) -> Floats:
    """``month_targets`` of a scenario's plan, worked out once; nobody may write to it."""
    return scenario.once(("targets", start, month_edges.tobytes()), lambda: month_targets(plan, start, month_edges))


def month_targets(plan: Plan, start: date, month_edges: Floats) -> Floats:
    """The plan's target for each month of the counted period, in the unit of its measure.

    A calendar month has a twelfth of the year's target times its seasonal factor. A month of the experiment
    that lies in two calendar months (it starts on the 15th) takes of each in proportion to its days there. Where a part
    of the year is over (`past`), the rest of the target is spread over the months that are left, by their factors.

    Args:
        plan: the plan.
        start: the date of hour 0.
        month_edges: months + 1 edges, hours.
    """
    days = np.arange(int(month_edges[0] // 24), int(month_edges[-1] // 24))
    calendar_month = (np.datetime64(start, "D") + days.astype("timedelta64[D]")).astype("datetime64[M]").astype(
        np.int64
    ) % 12
    month = np.searchsorted(month_edges, days * 24.0, side="right") - 1
    factors = np.bincount(month, weights=np.asarray(plan.seasonality)[calendar_month], minlength=len(month_edges) - 1)
    targets = plan.target / 12.0 * factors / np.bincount(month, minlength=len(month_edges) - 1)
    if plan.past is not None:
        left = 12 - plan.past.months
        rest = max(0.0, plan.target - plan.past.reached)
        # of a run that ends before the year does, the months to come have their part of the rest too
        elapsed = np.timedelta64(int(np.floor(month_edges[0] / 730.5 + 0.5)), "M")
        begin = (np.datetime64(start, "M") + elapsed).astype(np.int64) % 12
        coming = plan.target / 12.0 * sum(plan.seasonality[(begin + n) % 12] for n in range(left))
        targets[:left] *= rest / coming if coming > 0 else 0.0
    return np.asarray(targets, dtype=np.float64)
