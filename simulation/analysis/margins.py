"""What sales leave before fixed costs: the average at which an hour or a week of work is valued."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import Record
from simulation.finance.ledger import Ledger
from simulation.scenario.people import Activity
from simulation.scenario.scenario import Scenario

MADE_BY_PEOPLE = ("deal", "order")
"""Causes of the sales for which people work; a distributor sells by itself."""


def margin_of_sales(ledger: Ledger, scenario: Scenario) -> float:
    """What deals and orders of the counted period leave, money.

    Gross margin less the shares given to channels and less the commission with its contributions.
    """
    causes = [number for number, cause in enumerate(ledger.causes) if cause in MADE_BY_PEOPLE]
    sales = float(ledger.amount[np.isin(ledger.cause, causes)].sum())
    return sales + ledger.total("commission") * (1.0 + scenario.budget.contribution_rate)


def hours_by_role(record: Record, *activities: Activity) -> NDArray[np.float64]:
    """Hours worked on these activities in the counted period, shape (roles,)."""
    columns = [record.activities.index(activity) for activity in activities]
    places = record.busy[:, columns].sum(axis=(1, 2))
    hours = np.zeros(len(record.roles))
    np.add.at(hours, record.seat_role, places)
    return hours


def by_activity(record: Record, table: NDArray[np.float64], role: int) -> dict[str, float]:
    """Sums over the counted period of a table by place, activity and month, for one role (its number)."""
    sums = table[record.seat_role == role].sum(axis=(0, 2))
    return dict(zip(record.activities, sums.tolist(), strict=True))
