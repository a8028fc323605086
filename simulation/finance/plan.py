"""The plan by month, and what was reached of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.finance.ledger import Ledger
from simulation.scenario.money import Plan
from simulation.scenario.targets import month_targets

__all__ = ["actual_by_month", "month_targets"]

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
