"""What coming and going costs in cash: recruiting and training of each newcomer, severance of whoever is laid off."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import LEAVING, Record
from simulation.finance.ledger import Journal
from simulation.finance.spans import in_force
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, onboarding_of, recruiting_of
from simulation.scenario.timeline import Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LAID_OFF = LEAVING.index("laid_off")


def book_turnover(journal: Journal, record: Record, prices: Timeline) -> None:
    """Recruiting, training and severance of the counted period, each at its day and at the prices in force."""
    staff = record.staff
    hires = hires_of(record)
    if len(hires):
        centres = _centres(journal, record, hires)
        for account, cost in (("recruiting", recruiting_cost), ("training", course_cost)):
            journal.enter(
                account,
                staff.begin[hires],
                -cost(record, prices, hires),
                cause="hire",
                centre=centres,
                reference=staff.place[hires],
            )
    ended = (staff.end >= record.begin) & (staff.end < record.end)  # NaN is neither
    rows = np.flatnonzero(ended & (staff.reason == LAID_OFF))
    if len(rows):
        # whoever is laid off has earned what was paid until then
        months = [now.people.departure.severance for now in prices.scenarios]
        base = _by_role(record, prices, lambda _, role: role.pay.base)
        when = in_force(prices, staff.end[rows], before=True)
        paid = np.array(months)[in_force(prices, staff.end[rows])] * base_of(record, rows, base[when, staff.role[rows]])
        centres = _centres(journal, record, rows)
        journal.enter("severance", staff.end[rows], -paid, cause="lay-off", centre=centres, reference=staff.place[rows])


def base_of(record: Record, rows: Ints, base: Floats) -> Floats:
    """Base pay a month of people, rows in ``staff``, where their role's is so much."""
    staff = record.staff
    return np.asarray(np.where(np.isnan(staff.base[rows]), base * staff.share[rows], staff.base[rows]))


def hires_of(record: Record) -> Ints:
    """Rows in ``staff`` of the newcomers of the counted period: hired then, not moved from another role."""
    staff = record.staff
    counted = (staff.begin >= record.begin) & (staff.begin < record.end)
    return np.flatnonzero(counted & (staff.hire > 0) & (staff.begin == staff.hired))


def recruiting_cost(record: Record, prices: Timeline, rows: Ints) -> Floats:
    """Cash cost of finding each of these newcomers (rows in ``staff``), money."""
    cost = _by_role(record, prices, lambda now, role: recruiting_of(now.people, role).cost)
    return cost[in_force(prices, record.staff.begin[rows]), record.staff.role[rows]]


def course_cost(record: Record, prices: Timeline, rows: Ints) -> Floats:
    """Cost of the courses and materials of each of these newcomers (rows in ``staff``), money."""
    cost = _by_role(record, prices, lambda now, role: onboarding_of(now.people, role).cost)
    return cost[in_force(prices, record.staff.begin[rows]), record.staff.role[rows]]


def _by_role(record: Record, prices: Timeline, value: Callable[[Scenario, Role], float]) -> Floats:
    """A figure of each role in each scenario in force, shape (scenarios, roles)."""
    return np.array(
        [
            [value(now, now.structures[record.structure].roles[name]) for name in record.roles]
            for now in prices.scenarios
        ],
        dtype=np.float64,
    )


def _centres(journal: Journal, record: Record, rows: Ints) -> Ints:
    centres = np.array([journal.centre(f"role/{name}") for name in record.roles], dtype=np.int64)
    return centres[record.staff.role[rows]]
