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
        when = in_force(prices, staff.end[rows], before=True)
        base = [base_of(record, row, prices.scenarios[now]) for row, now in zip(rows.tolist(), when, strict=True)]
        paid = np.array(months)[in_force(prices, staff.end[rows])] * base
        centres = _centres(journal, record, rows)
        journal.enter("severance", staff.end[rows], -paid, cause="lay-off", centre=centres, reference=staff.place[rows])


def base_of(record: Record, row: int, now: Scenario) -> float:
    """Base pay a month of a row of ``record.staff`` by the scenario in force."""
    staff, structure = record.staff, now.structures[record.structure]
    named = staff.named[row]
    own = structure.staff[named].base if named >= 0 else None
    return structure.roles[record.roles[staff.role[row]]].pay.base * staff.share[row] if own is None else own


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
