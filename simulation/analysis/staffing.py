"""People who come, learn and leave: measures of one run's staff, by role and by month.

Everything counts positions and people of all roles, support roles too; who works for another firm has a position
here as well. Times are clipped to the counted period.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.margins import by_activity
from simulation.analysis.shares import kaplan_meier
from simulation.department.record import EXPECTED, LEAVING, Record
from simulation.expected.ramp import months_at_pace, practised_at
from simulation.finance.spans import in_force
from simulation.finance.turnover import hires_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import Timeline, timeline
from simulation.written.readers import MONTH, YEAR

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NEVER = float("nan")
LEFT = ("quit", "probation", "laid_off", "closed")
"""Reasons that make a leaver; who moved to another role is none."""
BY_ROLE = ("positions", "headcount", "ramped", "effective_headcount")
"""Columns by month that stand for each role too."""


@dataclass(frozen=True)
class Seating:
    """Positions and people by role, piece by piece of time in which neither changes.

    Attributes:
        prices: the scenarios in force.
        cuts: pieces + 1 times, hours.
        hours: hours of each piece that lie in the counted period, shape (pieces,).
        scenario: index into ``prices.scenarios``, shape (pieces,).
        positions: budgeted positions, shape (roles, pieces).
        people: people employed, those kept above the positions too, shape (roles, pieces).
    """

    prices: Timeline
    cuts: Floats
    hours: Floats
    scenario: NDArray[np.int64]
    positions: Floats
    people: Floats

    @cached_property
    def empty(self) -> Floats:
        """Hours of empty positions in each piece, shape (roles, pieces); people above the positions fill none."""
        return np.asarray(np.maximum(self.positions - self.people, 0.0) * self.hours, dtype=np.float64)

    @cached_property
    def left_empty(self) -> Floats:
        """The same without positions that are new and were never filled yet."""
        filled_once = np.maximum.accumulate(self.people, axis=1)
        empty = np.maximum(np.minimum(self.positions, filled_once) - self.people, 0.0)
        return np.asarray(empty * self.hours, dtype=np.float64)


def seating(record: Record, scenario: Scenario) -> Seating:
    """Who sits where and when, exactly, from the spells and the positions in force."""
    prices, staff = timeline(scenario, record.structure), record.staff
    begin = np.minimum(staff.begin, record.end)
    end = np.where(np.isnan(staff.end), record.end, np.minimum(staff.end, record.end))
    inside = [time for time in prices.begins if 0.0 < time < record.end]
    cuts = np.unique(np.concatenate((begin, end, inside, (0.0, record.begin, record.end))))
    change = np.zeros((len(record.roles), len(cuts)))
    np.add.at(change, (staff.role, np.searchsorted(cuts, begin)), 1.0)
    np.add.at(change, (staff.role, np.searchsorted(cuts, end)), -1.0)
    now = in_force(prices, cuts[:-1])
    structures = [each.structures[record.structure].roles for each in prices.scenarios]
    heads = np.array([[roles[name].headcount for name in record.roles] for roles in structures], dtype=np.float64)
    return Seating(
        prices=prices,
        cuts=cuts,
        hours=np.maximum(cuts[1:] - np.maximum(cuts[:-1], record.begin), 0.0),
        scenario=now,
        positions=heads[now].T,
        people=np.cumsum(change, axis=1)[:, :-1],
    )


def staffing(record: Record, scenario: Scenario, seats: Seating) -> dict[str, float]:
    """Measures of the staff by name, of the whole department and by role; NaN where they are undefined.

    Args:
        record: what the run left behind.
        scenario: its scenario.
        seats: ``seating`` of the two.
    """
    hours = np.diff(record.month_edges)
    total = float(hours.sum())
    positions, people, training, ramped, effective = (
        table @ hours for table in (record.positions, record.staffed, record.training, record.ramped, record.effective)
    )
    empty, open_ = seats.empty.sum(axis=1), seats.positions @ seats.hours
    left = left_in_period(record)
    leavers = np.bincount(record.staff.role[left], minlength=len(record.roles)).astype(np.float64)
    learning = np.maximum(people - training - ramped, 0.0)
    values: dict[str, float] = {}

    def enter(suffix: str, rows: slice) -> None:
        employed, here = float(people[rows].sum()), float(leavers[rows].sum())
        values[f"positions{suffix}"] = float(positions[rows].sum()) / total
        values[f"headcount{suffix}"] = employed / total
        values[f"effective_headcount{suffix}"] = float(effective[rows].sum()) / total
        values[f"vacancy{suffix}"] = _share(float(empty[rows].sum()), float(open_[rows].sum()))
        values[f"training_share{suffix}"] = _share(float(training[rows].sum()), employed)
        values[f"ramp_share{suffix}"] = _share(float(learning[rows].sum()), employed)
        values[f"leavers{suffix}"] = here
        values[f"leavers_stated{suffix}"] = float(record.expected[rows, 0].sum())
        values[f"turnover_rate{suffix}"] = _share(here, employed / YEAR)

    enter("", slice(None))
    hires = hires_of(record)
    for number, name in enumerate(record.roles):
        enter(f".{name}", slice(number, number + 1))
        role = scenario.structures[record.structure].roles[name]
        if not role.support:
            there = float(people[number] - training[number]) / MONTH
            made = by_activity(record, record.repetitions, number)
            monthly = {activity: pieces / there for activity, pieces in made.items()} if there > 0 else {}
            worked = by_activity(record, record.busy, number)
            ramp = months_at_pace(scenario.people, role, worked, monthly, practised_at(scenario.people, role, monthly))
            values[f"ramp_months.{name}"] = ramp if ramp < np.inf else NEVER
            newcomers = hires[record.staff.role[hires] == number]
            values[f"months_to_proficiency.{name}"] = months_to_proficiency(record, newcomers)
    reasons = np.bincount(record.staff.reason[left], minlength=len(LEAVING))
    values |= {f"leavers_by.{name}": float(reasons[LEAVING.index(name)]) for name in LEFT}
    values |= {f"leavers_raised.{name}": float(record.expected[:, n].sum()) for n, name in enumerate(EXPECTED) if n}
    values["hires"] = float(len(hires))
    staff = record.staff
    at_end = np.isnan(staff.end) | (staff.end >= record.end)
    values["tenure_months"] = float((record.end - staff.hired[at_end]).mean() / MONTH) if at_end.any() else NEVER
    led = np.isfinite(record.head_load)  # infinite while the head's position is empty
    values["head_load"] = _share(float(record.head_load[led] @ hours[led]), float(hours[led].sum()))
    values["coached"] = float(record.coached @ hours) / total
    values["crm_adoption"] = float(record.adoption @ hours) / total
    values["customers_lost_leaver"] = float(len(customers_of_leavers(record)))
    return values


def staffing_by_month(record: Record) -> dict[str, Floats]:
    """Columns of one value per month: positions, headcount, ramped, effective_headcount (also by role), leavers, hires.

    The first four are means over the month.
    """
    edges, staff = record.month_edges, record.staff
    tables = dict(zip(BY_ROLE, (record.positions, record.staffed, record.ramped, record.effective), strict=True))
    columns = {name: np.asarray(table.sum(axis=0), dtype=np.float64) for name, table in tables.items()}
    columns["leavers"] = _by_month(staff.end[left_in_period(record)], edges)
    columns["hires"] = _by_month(staff.begin[hires_of(record)], edges)
    for name, table in tables.items():
        columns |= {f"{name}.{role}": table[number] for number, role in enumerate(record.roles)}
    return columns


def left_in_period(record: Record) -> Mask:
    """Rows of ``staff`` whose person left the firm in the counted period."""
    staff = record.staff
    ended = (staff.end >= record.begin) & (staff.end < record.end)  # NaN is neither
    return np.asarray(ended & (staff.reason > 0) & (staff.reason != LEAVING.index("moved")), dtype=np.bool_)


def customers_of_leavers(record: Record) -> NDArray[np.int64]:
    """Rows in ``customers`` of those who left with a leaver in the counted period."""
    customers = record.customers
    left = np.flatnonzero((customers.until >= record.begin) & (customers.until < record.end))
    return np.array([row for row in left.tolist() if customers.reason[row] == "leaver"], dtype=np.int64)


def months_to_proficiency(record: Record, newcomers: NDArray[np.int64]) -> float:
    """Mean months from the first day until 90 % of a practised colleague, of those seen to reach it; NaN: nobody.

    Newcomers are rows in ``staff``. Who left before, or is not there yet at the end of the run, is censored: each
    time has the weight by which the Kaplan-Meier curve falls. Somebody whose ramp is longer than the run could show
    is not seen, so the mean leans to the short side where ramps are long against the horizon.
    """
    if not len(newcomers):
        return NEVER
    staff = record.staff
    begin, reached = staff.begin[newcomers], staff.proficient[newcomers]
    seen = reached < record.end  # NaN: not reached
    if not seen.any():
        return NEVER
    gone = np.where(np.isnan(staff.end[newcomers]), record.end, np.minimum(staff.end[newcomers], record.end))
    times, unready = kaplan_meier(np.where(seen, reached, gone) - begin, seen)
    falls = -np.diff(unready)
    return float(times[1:] @ falls / falls.sum() / MONTH)


def _by_month(times: Floats, edges: Floats) -> Floats:
    return np.histogram(times, edges)[0].astype(np.float64)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else NEVER
