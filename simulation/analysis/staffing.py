"""People who come, learn and leave: measures of one run's staff, by role and by month.

Everything counts positions and people of all roles, support roles too; who works for another firm has a position
here as well. Times are clipped to the counted period.

What turnover costs in money, in six lines (Darmon 1990, Identifying sources of turnover costs, J. Marketing 54).

Separation, recruiting and training are paid or booked. Vacancy, skill and clients are estimates at averages: a week
not worked is valued at what the average week brings, whoever would have worked it and whether or not there was demand
for it. The truth of one scenario is a comparison with the same scenario at a turnover of 0. Each loss stands in one
line only: vacancy is work that nobody did, skill is slower work of those who came, clients is what leavers took along.

Counted is what replaces people. A new position's first person, and the time until it comes, is growth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.quantiles import kaplan_meier
from simulation.analysis.valuation import by_activity, customers_value, leads_value, margin_of_sales
from simulation.department.record import EXPECTED, LEAVING, LOST, REASONS, Record
from simulation.expected.ramp import months_at_pace, practised_at
from simulation.finance.ledger import Ledger
from simulation.finance.pay import base_of_rows, base_pay
from simulation.finance.spans import first_day, in_force
from simulation.finance.turnover import base_of, course_cost, hires_of, recruiting_cost
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.scenario.timeline import Timeline, timeline
from simulation.world.world import shared_calendar
from simulation.written.readers import MONTH, WEEK, YEAR

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
    """Measures of the staff by name, of the whole department and by role; NaN where they are undefined."""
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

    stated = record.expected[:, 0]
    tables = (people, leavers, positions, effective, empty, open_, training, learning, stated)
    by_role = np.array(tables).T.tolist()

    def enter(suffix: str, figures: list[float]) -> None:
        employed, here, places, working, missing, wanted, trained, learn, foreseen = figures
        values[f"positions{suffix}"] = places / total
        values[f"headcount{suffix}"] = employed / total
        values[f"effective_headcount{suffix}"] = working / total
        values[f"vacancy{suffix}"] = _share(missing, wanted)
        values[f"training_share{suffix}"] = _share(trained, employed)
        values[f"ramp_share{suffix}"] = _share(learn, employed)
        values[f"leavers{suffix}"] = here
        values[f"leavers_stated{suffix}"] = foreseen
        values[f"turnover_rate{suffix}"] = _share(here, employed / YEAR)

    enter("", [float(table.sum()) for table in tables])
    hires = hires_of(record)
    for number, name in enumerate(record.roles):
        enter(f".{name}", by_role[number])
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
    """Columns of one value per month: means of positions, headcount, ramped and effective_headcount, also by role."""
    tables = dict(zip(BY_ROLE, (record.positions, record.staffed, record.ramped, record.effective), strict=True))
    columns = {name: np.asarray(table.sum(axis=0), dtype=np.float64) for name, table in tables.items()}
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


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else NEVER


Ints = NDArray[np.int64]
LINES = ("separation", "recruiting", "training", "vacancy", "skill", "clients")
LEAVER = REASONS.index("leaver")
EMPTYING = tuple(LEAVING.index(reason) for reason in ("quit", "probation"))
"""Ways of leaving after which somebody is looked for."""


def turnover_costs(record: Record, ledger: Ledger, scenario: Scenario, seats: Seating) -> dict[str, float]:
    """The six lines and their sum by name, money; NaN for an estimate where nobody did any work to take it from."""
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
    for number, name, _ in _working(record, scenario):
        weeks += float(seats.left_empty[number].sum()) / WEEK
        saved += float(_base_left_empty(record, seats, number, name) @ seats.left_empty[number]) / MONTH
    return _times(worth, weeks) - (1.0 + scenario.budget.contribution_rate) * saved


def _base_left_empty(record: Record, seats: Seating, number: int, name: str) -> Floats:
    """Base pay a month of a role's empty positions in each piece: the mean, where positions have pay of their own."""
    staff, scenarios, since = record.staff, seats.prices.scenarios, seats.cuts[:-1]
    base = np.array([now.structures[record.structure].roles[name].pay.base for now in scenarios])[seats.scenario]
    rows = np.flatnonzero(staff.role == number)
    if (staff.named[rows] < 0).all() and (staff.share[rows] == 1).all():
        return np.asarray(base)
    total, many = np.zeros(len(since)), np.zeros(len(since))
    for row in rows[np.isin(staff.reason[rows], EMPTYING)].tolist():
        there = (staff.seat == staff.seat[row]) & (staff.begin >= staff.end[row])
        until = staff.begin[there].min(initial=np.inf)
        empty = (since >= staff.end[row]) & (since < until)
        total += np.array([base_of(record, row, now) for now in scenarios])[seats.scenario] * empty
        many += empty
    return np.divide(total, many, out=np.array(base, np.float64), where=many > 0)


def _pay_in_training(record: Record, scenario: Scenario, seats: Seating, newcomers: Ints) -> float:
    """Base pay with contributions of newcomers until their training ends."""
    staff, paid = record.staff, 0.0
    for number, name in enumerate(record.roles):
        rows = newcomers[staff.role[newcomers] == number]
        if len(rows):
            until = np.fmin(staff.trained[rows], staff.end[rows])
            pay = base_of_rows(seats.prices, record, name, record.month_edges, rows, until)
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
