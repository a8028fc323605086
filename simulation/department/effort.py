"""Effort: people who are behind their plan work faster, as far as the plan says so; looked at every week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from typing import TYPE_CHECKING

from simulation.department.record import SALE_KINDS
from simulation.scenario.targets import month_targets
from simulation.written.readers import WEEK

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.scenario.money import Plan

DEAL = SALE_KINDS.index("deal")


def weekly_effort(department: Department, plan: Plan) -> Generator[float, None, None]:
    """Every week of the counted period: effort times the share of the plan so far that is missing.

    Of the month, or of the year so far where the plan is rolling; the days so far have their part of a month's target.
    """
    import numpy as np

    world, env = department.world, department.env
    edges = world.month_edges[department.first_scenario.experiment.warm_up :]
    targets = month_targets(plan, world.start, np.asarray(edges)).tolist()
    if edges[0] > env.now:
        yield edges[0] - env.now
    while env.now < edges[-1]:
        yield WEEK
        now = env.now
        month = min(bisect_right(edges, now) - 1, len(targets) - 1)
        first = month - month % 12 if plan.rolling else month
        share = (now - edges[month]) / (edges[month + 1] - edges[month])
        planned = sum(targets[first:month]) + share * targets[month]
        reached = 0.0
        for sale in reversed(department.customers.sales):
            if sale[0] < edges[first]:
                break
            reached += (sale[1] == DEAL) if plan.measure == "deals" else sale[7]
        missing = 1.0 - reached / planned if planned > 0 else 0.0
        department.climate.try_harder(plan.effort * min(1.0, max(0.0, missing)))
