"""What turnover costs in money, in six lines (Darmon 1990, Identifying sources of turnover costs, J. Marketing 54).

Separation, recruiting and training are paid or booked. Vacancy, skill and clients are estimates at averages: a week
not worked is valued at what the average week brings, whoever would have worked it and whether or not there was demand
for it. The truth of one scenario is a comparison with the same scenario at a turnover of 0. Each loss stands in one
line only: vacancy is work that nobody did, skill is slower work of those who came, clients is what leavers took along.

Counted is what replaces people. A new position's first person, and the time until it comes, is growth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.margins import margin_of_sales
from simulation.analysis.staffing import Seating, customers_of_leavers
from simulation.analysis.valuation import customers_value, leads_value
from simulation.department.record import LOST, REASONS, Record
from simulation.finance.ledger import Ledger
from simulation.finance.pay import base_pay
from simulation.finance.spans import first_day
from simulation.finance.turnover import course_cost, recruiting_cost
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.world.world import shared_calendar
from simulation.written.readers import MONTH, WEEK

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LINES = ("separation", "recruiting", "training", "vacancy", "skill", "clients")
LEAVER = REASONS.index("leaver")


def turnover_costs(record: Record, ledger: Ledger, scenario: Scenario, seats: Seating) -> dict[str, float]:
    """The six lines and their sum by name, money; NaN for an estimate where nobody did any work to take it from.

    Args:
        record: what the run left behind.
        ledger: its ledger.
        scenario: its scenario.
        seats: its ``seating``.
    """
    newcomers = _newcomers(record)
    replacing = _replacing(record, newcomers)
    hired = replacing[record.staff.begin[replacing] >= record.begin]
    worth = _worth_of_a_week(record, ledger, scenario)
    lines = {
        "separation": 0.0 - ledger.total("severance"),
        "recruiting": float(recruiting_cost(record, seats.prices, hired).sum()),
        "training": float(course_cost(record, seats.prices, hired).sum())
        + _pay_in_training(record, scenario, seats, replacing)
        + _pay_of_mentors(record, scenario, seats, len(replacing) / max(1, len(newcomers))),
        "vacancy": _vacancy(record, scenario, seats, worth),
        "skill": _times(worth, _weeks_short(record, replacing)),
        "clients": _clients(record, scenario),
    }
    total = {"turnover_cost": math.fsum(lines.values())}
    return total | {f"turnover_cost.{name}": value for name, value in lines.items()}


def _newcomers(record: Record) -> Ints:
    """Rows in ``staff`` of people who were hired during the simulation and were there in the counted period."""
    staff = record.staff
    there = np.isnan(staff.end) | (staff.end > record.begin)
    return np.flatnonzero((staff.hire > 0) & (staff.begin == staff.hired) & there & (staff.begin < record.end))


def _replacing(record: Record, newcomers: Ints) -> Ints:
    """Those of the newcomers in whose seats somebody sat before."""
    staff = record.staff
    if not len(newcomers):
        return newcomers
    first = np.full(int(staff.seat.max()) + 1, np.inf)
    np.minimum.at(first, staff.seat, staff.begin)
    return newcomers[staff.begin[newcomers] > first[staff.seat[newcomers]]]


def _working(record: Record, scenario: Scenario) -> list[tuple[int, str, Role]]:
    """Number, name and figures of the roles that work on leads and customers."""
    roles = scenario.structures[record.structure].roles
    return [(number, name, roles[name]) for number, name in enumerate(record.roles) if not roles[name].support]


def _worth_of_a_week(record: Record, ledger: Ledger, scenario: Scenario) -> float:
    """What deals and orders leave for each week of a practised person, money; NaN where nobody worked."""
    working = [number for number, _, _ in _working(record, scenario)]
    weeks = float((record.effective[working] @ np.diff(record.month_edges)).sum()) / WEEK
    return margin_of_sales(ledger, scenario) / weeks if weeks > 0 else math.nan


def _times(worth: float, weeks: float) -> float:
    """Worth of so many weeks; no week is worth nothing, whatever a week is worth."""
    return worth * weeks if weeks > 0 else 0.0


def _vacancy(record: Record, scenario: Scenario, seats: Seating, worth: float) -> float:
    """What the weeks of empty positions would have brought, less the base pay with contributions that they saved."""
    if not seats.left_empty.any():
        return 0.0
    weeks = saved = 0.0
    scenarios = [now.structures[record.structure].roles for now in seats.prices.scenarios]
    for number, name, _ in _working(record, scenario):
        base = np.array([roles[name].pay.base for roles in scenarios])[seats.scenario]
        weeks += float(seats.left_empty[number].sum()) / WEEK
        saved += float(base @ seats.left_empty[number]) / MONTH
    return _times(worth, weeks) - (1.0 + scenario.budget.contribution_rate) * saved


def _pay_in_training(record: Record, scenario: Scenario, seats: Seating, newcomers: Ints) -> float:
    """Base pay with contributions of newcomers until their training ends."""
    staff, paid = record.staff, 0.0
    for number, name in enumerate(record.roles):
        rows = newcomers[staff.role[newcomers] == number]
        if len(rows):
            until = np.fmin(staff.trained[rows], staff.end[rows])
            pay = base_pay(seats.prices, record.structure, name, record.month_edges, staff.begin[rows], until)
            paid += float(pay.sum())
    return (1.0 + scenario.budget.contribution_rate) * paid


def _pay_of_mentors(record: Record, scenario: Scenario, seats: Seating, share: float) -> float:
    """Base pay with contributions of the hours that colleagues show newcomers the work, times a share of them.

    The hours of whoever leads are the leader's job and are left out.
    """
    coached = record.busy[:, record.activities.index("coach")]
    if share == 0.0 or not coached.any():
        return 0.0
    experiment, edges = scenario.experiment, record.month_edges
    calendar = shared_calendar(scenario, first_day(scenario), experiment.warm_up + experiment.months)
    office = np.diff(np.asarray(calendar.working_at(edges), dtype=np.float64))
    always, never = np.array([-np.inf]), np.array([np.nan])
    paid = 0.0
    for number, name, role in _working(record, scenario):
        hours = coached[record.seat_role == number].sum(axis=0)
        if role.leads is None and hours.any():
            month = base_pay(seats.prices, record.structure, name, edges, always, never)[0]
            paid += float(month @ np.divide(hours, office, out=np.zeros_like(hours), where=office > 0))
    return share * (1.0 + scenario.budget.contribution_rate) * paid


def _weeks_short(record: Record, newcomers: Ints) -> float:
    """Weeks of a practised person that trained newcomers fell short of until they were ramped.

    Of somebody who came before the counted period only the part in it counts, as if the shortfall were even.
    """
    if not len(newcomers):
        return 0.0
    staff = record.staff
    until = np.fmin(np.fmin(staff.proficient[newcomers], staff.end[newcomers]), record.end)
    whole = np.maximum(until - staff.trained[newcomers], 0.0)
    inside = np.maximum(until - np.maximum(staff.trained[newcomers], record.begin), 0.0)
    share = np.divide(inside, whole, out=np.zeros_like(whole), where=whole > 0)
    return float(share @ staff.short[newcomers]) / WEEK


def _clients(record: Record, scenario: Scenario) -> float:
    """Value of the customers and open leads that were lost with leavers, at the valuation of the end value."""
    leads = record.leads
    lost = (leads.state == LOST) & (leads.reason == LEAVER)
    rows = np.flatnonzero(lost & (leads.closed >= record.begin) & (leads.closed < record.end))
    customers = customers_of_leavers(record)
    if not len(rows) and not len(customers):
        return 0.0
    return customers_value(record, scenario, customers) + leads_value(record, scenario, rows)
