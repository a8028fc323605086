"""Pay: base, commission and bonus with the employer's contributions, fees per lead without (an invoice).

Each at what is in force at the time: base pay by the time that people are employed, commission at the sale.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import DEAL, Record
from simulation.expected import vacation_share
from simulation.finance.commission import Payments, Reached, commission_of
from simulation.finance.ledger import Journal
from simulation.finance.plan import actual_by_month
from simulation.finance.spans import mean_by_month, share_of_months, stretches
from simulation.finance.turnover import base_of
from simulation.scenario.money import Plan
from simulation.scenario.pay import MONTHS, Bonus, Pay
from simulation.scenario.scenario import Scenario
from simulation.scenario.targets import targets_of
from simulation.scenario.timeline import Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def book_pay(journal: Journal, record: Record, scenario: Scenario, prices: Timeline) -> Payments:
    """Base pay of everybody employed with contributions, and fees per qualified lead without them, each month.

    An empty position costs nothing. A fee that changes within a month counts for it by time.

    Returns:
        The payments so far, which commission goes on with.
    """
    staff, structure = record.staff, record.structure
    payments = Payments(journal, record, scenario.budget.law)
    base = np.zeros_like(payments.paid)
    for number, name in enumerate(record.roles):
        rows = np.flatnonzero(staff.role == number)
        base[rows] = base_of_rows(prices, record, name, journal.month_edges, rows, staff.end[rows])

        def fee(now: Scenario, name: str = name) -> float:
            return now.structures[structure].roles[name].pay.per_lead

        fees = mean_by_month(journal.month_edges, prices, fee) * record.qualified_by[number]
        centre = journal.centre(f"role/{name}")
        journal.enter("per_lead_pay", journal.pay_days, -fees, cause="lead", centre=centre)
    payments.enter("base_pay", base)
    payments.contribute()
    return payments


def base_of_rows(prices: Timeline, record: Record, role: str, edges: Floats, rows: Ints, end: Floats) -> Floats:
    """Base pay by month of people of a role, rows of ``record.staff``, until a time of each: (people, months), money.

    Their position's own where it has one, else the role's by their share of its fullest week: what is in force.
    """
    staff = record.staff
    pay = staff.share[rows, None] * base_pay(prices, record.structure, role, edges, staff.begin[rows], end)
    for n in np.flatnonzero(staff.named[rows] >= 0):
        one = slice(n, n + 1)
        pay[one] = _by_month(prices, partial(base_of, record, int(rows[n])), edges, staff.begin[rows][one], end[one])
    return pay


def base_pay(prices: Timeline, structure: str, role: str, edges: Floats, begin: Floats, end: Floats) -> Floats:
    """Base pay of people of a role by month, money, shape (people, months): what is in force, by time.

    Args:
        prices: the scenarios in force.
        structure: name of the structure.
        role: name of the role.
        edges: edges of the months, hours.
        begin: when each is first paid, hours.
        end: when each is paid no more, hours; NaN: not in these months.
    """
    return _by_month(prices, lambda now: now.structures[structure].roles[role].pay.base, edges, begin, end)


def _by_month(prices: Timeline, base: Callable[[Scenario], float], edges: Floats, begin: Floats, end: Floats) -> Floats:
    until = np.where(np.isnan(end), np.inf, end)
    pay = np.zeros((len(begin), len(edges) - 1))
    for since, to, now in stretches(prices, base):
        first, last = np.maximum(begin, since)[:, None], np.minimum(until, to)[:, None]
        pay += now * share_of_months(edges, first, last)
    return pay


def book_variable_pay(
    journal: Journal, record: Record, scenario: Scenario, prices: Timeline, payments: Payments
) -> None:
    """Commission of each person and month on what the person closed (deals) and served (orders), and bonuses.

    Threshold, accelerator and bonus look at the whole department's attainment of the plan: of the month (a bonus: of
    its months), or of the year so far where the plan is rolling. Without a plan neither threshold nor accelerator act
    and no bonus is paid. A plan in profit is held against the profit before variable pay, because that is a part of
    it. A sale is paid by the rule in force at its date. Vacation days bring the average of both where the role says so.
    """
    structure = record.structure
    pays = [(number, stretches(prices, _pay_of(structure, name))) for number, name in enumerate(record.roles)]
    if not any(pay.commission.share or pay.bonus.amount for _, spans in pays for _, _, pay in spans):
        return
    plan = scenario.plan
    reached = None if plan is None else _reached(journal, record, scenario, plan)
    variable = {"commission": np.zeros_like(payments.paid), "bonus": np.zeros_like(payments.paid)}
    extra = np.zeros_like(payments.paid)
    for number, spans in pays:
        rows = record.staff.role == number
        for since, until, pay in spans:
            commission = commission_of(journal, record, number, pay.commission, (since, until), reached)
            bonus = _bonus(journal, record, rows, pay.bonus, (since, until), reached)
            variable["commission"] += commission
            variable["bonus"] += bonus
        role = scenario.structures[structure].roles[record.roles[number]]
        extra[rows] = vacation_share(scenario, role) * sum(each[rows] for each in variable.values())
    for account, amounts in variable.items():
        payments.enter(account, amounts)
    payments.enter("vacation_pay", extra)
    payments.contribute()


def _pay_of(structure: str, role: str) -> Callable[[Scenario], Pay]:
    return lambda now: now.structures[structure].roles[role].pay


def _bonus(
    journal: Journal,
    record: Record,
    rows: NDArray[np.bool_],
    rule: Bonus,
    between: tuple[float, float],
    reached: Reached | None,
) -> Floats:
    """Bonus of a role's people by row of staff and month, money: at the end of each time for which it is promised.

    Whoever was there for a part of it gets that part, if he is still there at the end; a time that the run cuts off is
    paid in part.
    """
    months, edges = journal.months, journal.month_edges
    paid = np.zeros((len(record.staff.begin), months))
    if not rule.amount or reached is None:
        return paid
    length = MONTHS[rule.every]
    ends = np.where(np.isnan(record.staff.end), np.inf, record.staff.end)
    for first in range(0, months, length):
        last = min(first + length, months)
        end = edges[last]
        if (
            reached.attainment(first, last) < rule.attainment
            or not between[0] <= journal.pay_days[last - 1] < between[1]
        ):
            continue
        there = np.maximum(np.minimum(ends, end) - np.maximum(record.staff.begin, edges[first]), 0.0)
        part = there / (end - edges[first]) * (last - first) / length
        paid[:, last - 1] = np.where(rows & (ends >= end), rule.amount * part * record.staff.share, 0.0)
    return paid


def _reached(journal: Journal, record: Record, scenario: Scenario, plan: Plan) -> Reached:
    targets = targets_of(scenario, plan, journal.start, journal.month_edges)
    deals = record.sales.time[record.sales.kind == DEAL]
    made = actual_by_month(plan, journal.close(), np.histogram(deals, journal.month_edges)[0].astype(float))
    if plan.rolling:
        years = range(0, journal.months, 12)
        made = np.concatenate([np.cumsum(made[year : year + 12]) for year in years])
        targets = np.concatenate([np.cumsum(targets[year : year + 12]) for year in years])
    return Reached(made, targets, plan.rolling)
