"""The plan by month and by week, and what was reached of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.finance.budget import month_edges
from simulation.finance.ledger import Ledger
from simulation.finance.spans import first_day
from simulation.scenario.calendar import add_months
from simulation.scenario.money import Plan
from simulation.scenario.scenario import Scenario
from simulation.scenario.targets import month_targets

Floats = NDArray[np.float64]


def actual_by_month(plan: Plan, ledger: Ledger, deals_by_month: Floats) -> Floats:
    """What was reached in each month, in the unit of the plan's measure (money or deals)."""
    match plan.measure:
        case "deals":
            return deals_by_month
        case "revenue":
            return ledger.group_by_month("revenue")
        case "profit":
            return np.asarray(ledger.by_month.sum(axis=0), dtype=np.float64)


@dataclass(frozen=True)
class Week:
    """One week of a month of the run: seven days from the month's first day on, the last one shorter.

    Attributes:
        month: of the run, from 0.
        week: of the month, from 0.
        target: as planned before the first result, in the unit of the plan.
        result: what the week brought; None where it is not over.
        corrected: target that the results before it leave; that which it had for a week that is over.
    """

    month: int
    week: int
    target: float
    result: float | None
    corrected: float


def weeks_of_month(scenario: Scenario, plan: Plan) -> list[tuple[int, int, float]]:
    """The target by week: (month of the run from 0, week of it from 0, target).

    A week is seven days from the month's first day on, the last one shorter.
    """
    edges = month_edges(scenario)
    targets = month_targets(plan, first_day(scenario), edges)
    found = []
    for month, target in enumerate(targets):
        days = int((edges[month + 1] - edges[month]) // 24)
        for week, first in enumerate(range(0, days, 7)):
            found.append((month, week, float(target) * min(7, days - first) / days))
    return found


def month_names(scenario: Scenario) -> list[str]:
    """The months of the run by the day they begin, such as '2026-01'."""
    experiment = scenario.experiment
    return [f"{add_months(experiment.start, month):%Y-%m}" for month in range(experiment.months)]


def weeks(scenario: Scenario, plan: Plan) -> list[Week]:
    """The weeks with the results of the plan that are in, and the targets which they leave.

    What a week misses is spread over the weeks of its month that are left; what a whole month misses over the months
    that are left where the plan is rolling, and over nothing otherwise. In proportion to the targets; more than planned
    lowers the rest, not below nothing.
    """
    planned: dict[int, list[float]] = {}
    for month, _, target in weeks_of_month(scenario, plan):
        planned.setdefault(month, []).append(target)
    names = month_names(scenario)
    results = {month: list(plan.results.get(names[month], ())) for month in planned}
    left = {month: list(targets) for month, targets in planned.items()}
    found = []
    for month, targets in planned.items():
        done = results[month]
        corrected = rolled_through(left[month], done)
        if plan.rolling and len(done) == len(targets):
            carried = sum(left[month]) - sum(done)
            coming = sum(sum(left[later]) for later in left if later > month)
            share = max(0.0, coming + carried) / coming if coming > 0 else 1.0
            left |= {later: [share * each for each in left[later]] for later in left if later > month}
        for week, target in enumerate(targets):
            found.append(Week(month, week, target, done[week] if week < len(done) else None, corrected[week]))
    return found


def rolled(targets: Sequence[float], results: Sequence[float]) -> list[float]:
    """The weeks of a month corrected by the results so far: what is missing is spread over the weeks that are left.

    In proportion to their targets; where too much was reached the rest is lowered, not below nothing. Weeks that are
    over keep their targets.

    Args:
        targets: target of each week of the month.
        results: result of each week that is over, in order.

    Raises:
        ValueError: more results than weeks.
    """
    if len(results) > len(targets):
        raise ValueError(f"{len(results)} results for {len(targets)} weeks")
    left = list(targets[len(results) :])
    missing = sum(targets) - sum(results)
    planned = sum(left)
    share = max(0.0, missing) / planned if planned > 0 else 0.0
    return [*targets[: len(results)], *(share * each for each in left)]


def rolled_through(targets: Sequence[float], results: Sequence[float]) -> list[float]:
    """As `rolled`, with each week that is over at the target which the weeks before it had left it."""
    return [rolled(targets, results[: min(week, len(results))])[week] for week in range(len(targets))]
