"""How soon leads are answered, without simulating: the closed form of the load, with a queue in front of it.

New leads wait at a person's desk (given out in turn) or at that of all (whoever is free), behind work of higher
preference and what is in hand (Cobham 1954; c servers: with Erlang's C and the correction of Lee and Longton 1959 for
variable work):

    W = C(c, rho) / c * E[S] (1 + cv^2) / 2 / ((1 - s_before) (1 - s)),   P(wait > t) = C(c, rho) exp(-C(c, rho) t / W)

with the load of all work rho, of work of higher preference s_before and with new leads s. Time is working time; a lead
that comes at any hour of the week has so many working hours in the next 24 as the calendar leaves it, so that on a
Friday evening nobody can be quick, nor on public holidays. People are not equally busy, nor in every month: loads of
desks are spread by `SPREAD` (of their mean) around that of the role, less where many share one. Nobody leaves the queue
here. It says where to look; how good it is stands in tests/calibration/estimators/test_load.py.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.expected import Workload, workload
from simulation.expected.office_time import office_time
from simulation.expected.result import RoleLoad
from simulation.scenario.office_hours import WEEKDAYS, CalendarSpec
from simulation.scenario.people import DISCRETIONARY
from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]
FULL = 0.995
"""Most of its time that a role is busy for here."""
SPREAD = 0.25
"""Standard deviation of the loads of desks over their mean."""
_STEP = 0.25
_CV = 0.7
"""Coefficient of variation of pieces of work, as the defaults have it."""


def answering(scenario: Scenario, structure: str, flows: Workload | None = None) -> str | None:
    """The role that new leads wait for: the first that qualifies, else the first that sells; None: nobody."""
    loads = (flows or workload(scenario, structure)).roles
    for activity in ("qualify", "sell"):
        for name, load in loads.items():
            if load.hours.get(activity, 0.0) > 0:
                return name
    return None


def answered_within(scenario: Scenario, structure: str, hours: float = 24.0) -> float:
    """Share of the leads that arrive by themselves with a first contact within so many hours on the wall clock.

    NaN where nobody answers leads.
    """
    flows = workload(scenario, structure)
    name = answering(scenario, structure, flows)
    if name is None or flows.roles[name].people <= 0:
        return math.nan
    role = scenario.structures[structure].roles[name]
    load = flows.roles[name]
    servers = max(round(load.people), 1) if role.new_work == "shared" else 1
    own = scenario.calendar.own(role.hours, role.week)
    month = own.hours_per_week * 730.5 / 168
    # effective hours of a person over his working hours: what is not available or away makes waits as much longer
    worth = load.capacity / max(load.people * month, 1e-9)
    left = working_hours_ahead(own, hours)
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    found = 0.0
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        busy, wait = _queue(load, servers, max(1 + SPREAD * node / servers**0.5, 0.1))
        inside = 1 - busy * np.exp(-busy * left * worth / max(wait, 1e-9))
        found += weight * float(np.where(left > 0, inside, 0.0).mean())
    return found * min(office_time(scenario).hours_per_month / (scenario.calendar.hours_per_week * 730.5 / 168), 1.0)


def working_hours_ahead(calendar: CalendarSpec, hours: float) -> Floats:
    """Working hours in the next so many hours from each quarter of an hour of a week without holidays."""
    times = np.arange(0, 168, _STEP)
    if calendar.around_the_clock:
        return np.full(len(times), hours)
    open_ = np.zeros(len(times))
    for day in calendar.week:
        first = 24.0 * WEEKDAYS.index(day)
        for begin, end in calendar.shifts:
            open_[((times - first - begin) % 168) < end - begin] = _STEP
    ahead = np.concatenate([[0.0], np.cumsum(np.tile(open_, 1 + math.ceil(hours / 168)))])
    steps = round(hours / _STEP)
    return np.asarray(ahead[steps : steps + len(times)] - ahead[: len(times)])


def _queue(load: RoleLoad, servers: int, factor: float) -> tuple[float, float]:
    """Chance that a new lead finds no one free, and its mean wait in effective hours; work is so many times as much."""
    asked = {name: hours for name, hours in load.hours.items() if name not in DISCRETIONARY and hours > 0}
    total, pieces = sum(asked.values()), sum(load.pieces.get(name, 0.0) for name in asked)
    if not total or not pieces:
        return 0.0, 0.0
    capacity = max(load.capacity, 1e-9) / factor
    rho = min(load.load * factor, FULL)
    seconds = sum(hours**2 / max(load.pieces.get(name, 0.0), 1e-9) for name, hours in asked.items())
    mean = seconds / total  # E[S^2] / E[S] of constant pieces of each kind; their own spread stands below
    first = next((name for name in ("qualify", "sell") if name in asked), None)
    order = [name for name in load.order if name in asked]
    place = order.index(first) if first in order else len(order)
    through = sum(asked[name] for name in order[: place + 1]) / capacity
    before = min(sum(asked[name] for name in order[:place]) / capacity, FULL)
    through = min(through, FULL)
    busy = erlang_c(servers, rho)
    return busy, busy / servers * mean * (1 + _CV**2) / 2 / ((1 - before) * (1 - through))


def erlang_c(servers: int, load: float) -> float:
    """Chance that all servers are busy (Erlang 1917), by the recursion of Erlang's B; `load` is below 1, of each."""
    offered, blocked = servers * load, 1.0
    for k in range(1, servers + 1):
        blocked = offered * blocked / (k + offered * blocked)
    return blocked / (1 - load * (1 - blocked))
