"""What turnover costs in money, in the six lines of Darmon (1990), Identifying sources of turnover costs. J. Marketing 54.

Separation, recruiting and training are paid or booked. Vacancy, skill and clients are estimates at averages: an hour
not worked is valued at what the average hour brings, whoever would have worked it and whether or not there was demand
for it. The truth of one scenario is a comparison with the same scenario at a turnover of 0. Each loss stands in one
line only: vacancy is work that nobody did, skill is slower work of those who came, clients is what leavers took along.

Counted is what replaces people. A new position's first person, and the time until it comes, is growth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.margins import hours_by_role, margin_of_sales
from simulation.analysis.staffing import Seating
from simulation.analysis.valuation import customers_value, leads_value
from simulation.department.record import REASONS, Record
from simulation.finance.ledger import Ledger
from simulation.finance.pay import base_pay
from simulation.finance.spans import first_day
from simulation.finance.turnover import course_cost, hires_of, recruiting_cost
from simulation.scenario.people import Activity
from simulation.scenario.readers import MONTH, WEEK
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.scenario.workload.proficiency import learning_of
from simulation.world.world import shared_calendar

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LINES = ("separation", "recruiting", "training", "vacancy", "skill", "clients")
READY = 0.9
"""Share of full proficiency from which a newcomer counts as ramped."""


def turnover_costs(record: Record, ledger: Ledger, scenario: Scenario, seats: Seating) -> dict[str, float]:
    """The six lines and their sum by name, money; vacancy below zero where empty positions saved more than they lost.

    Args:
        record: what the run left behind.
        ledger: its ledger.
        scenario: its scenario.
        seats: its ``seating``.
    """
    staff = record.staff
    hires = hires_of(record)
    came = staff.begin[hires]
    first = np.full(int(staff.seat.max(initial=-1)) + 1, np.inf)
    np.minimum.at(first, staff.seat, staff.begin)
    replaced = hires[came > first[staff.seat[hires]]]
    spec = scenario.structures[record.structure].roles
    working = np.array([not spec[name].support for name in record.roles], dtype=np.bool_)
    worth = _worth_of_a_week(record, ledger, scenario, working)
    lines = {
        "separation": 0.0 - ledger.total("severance"),
        "recruiting": float(recruiting_cost(record, seats.prices, replaced).sum()),
        "training": _training(record, scenario, seats, replaced),
        "vacancy": _vacancy(record, scenario, seats, working, worth),
        "skill": _times(worth, _weeks_short(record, scenario, replaced, working)),
        "clients": _clients(record, scenario),
    }
    return {f"turnover_cost.{name}": value for name, value in lines.items()} | {
        "turnover_cost": math.fsum(lines.values())
    }


def _worth_of_a_week(record: Record, ledger: Ledger, scenario: Scenario, working: NDArray[np.bool_]) -> float:
    """What deals and orders leave for each week of a fully proficient person, money; NaN where nobody worked."""
    weeks = float((record.effective[working] @ np.diff(record.month_edges)).sum()) / WEEK
    return margin_of_sales(ledger, scenario) / weeks if weeks > 0 else math.nan


def _times(worth: float, weeks: float) -> float:
    """Worth of so many weeks; no weeks are worth nothing, whatever a week is worth."""
    return worth * weeks if weeks > 0 else 0.0


def _training(record: Record, scenario: Scenario, seats: Seating, replaced: Ints) -> float:
    """Courses, the pay of newcomers in training, and the pay of colleagues for the hours that they show the work."""
    staff, loaded = record.staff, 1.0 + scenario.budget.contributions
    cost = float(course_cost(record, seats.prices, replaced).sum())
    for number, name in enumerate(record.roles):
        rows = replaced[staff.role[replaced] == number]
        if len(rows):
            until = np.fmin(staff.trained[rows], staff.end[rows])
            edges = record.month_edges
            paid = base_pay(seats.prices, record.structure, name, edges, staff.begin[rows], until)
            cost += loaded * float(paid.sum())
    return cost + loaded * _mentors(record, scenario, seats)


def _mentors(record: Record, scenario: Scenario, seats: Seating) -> float:
    """Base pay of the colleagues' hours with newcomers, those of replacements; a head's hours are the head's job."""
    coach = record.activities.index("coach")
    places = np.flatnonzero(record.busy[:, coach].any(axis=1))
    if not len(places):
        return 0.0
    staff = record.staff
    newcomers = np.flatnonzero((staff.hire > 0) & (staff.begin == staff.hired) & (staff.begin < record.end))
    first = np.minimum.reduceat if False else None  # placeholder
    del first
    calendar = shared_calendar(scenario, first_day(scenario), scenario.experiment.warm_up + scenario.experiment.months)
    office = np.diff(np.asarray(calendar.working_at(record.month_edges), dtype=np.float64))
    cost = 0.0
    roles = scenario.structures[record.structure].roles
    for number, name in enumerate(record.roles):
        here = places[record.seat_role[places] == number]
        if len(here) and roles[name].leads is None:
            edges, always = record.month_edges, (np.array([-np.inf]), np.array([np.nan]))
            month = base_pay(seats.prices, record.structure, name, edges, *always)[0]
            hours = record.busy[here, coach].sum(axis=0)
            cost += float((month * hours / np.where(office > 0, office, np.inf)).sum())
    return cost
