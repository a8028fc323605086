"""Pay: base and commission with the employer's contributions, fees per lead without (an invoice).

Each at what is in force at the time: base pay by the time that people are employed, commission at the sale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import Journal
from simulation.finance.plan import actual_by_month, month_targets
from simulation.finance.spans import mean_by_month, share_of_months, stretches
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Commission
from simulation.scenario.timeline import Timeline

Floats = NDArray[np.float64]
DEALS, ORDERS = SALE_KINDS.index("deal"), SALE_KINDS.index("order")
KINDS = {"deals": (DEALS,), "orders": (ORDERS,), "both": (DEALS, ORDERS)}


def book_pay(journal: Journal, record: Record, scenario: Scenario, prices: Timeline) -> None:
    """Base pay of everybody employed with contributions, and fees per qualified lead without them, each month.

    An empty position costs nothing. A fee that changes within a month counts for it by time.
    """
    staff, structure = record.staff, record.structure
    in_order = np.lexsort((staff.begin, staff.place))
    for number, name in enumerate(record.roles):
        centre = journal.centre(f"role/{name}")
        rows = in_order[staff.role[in_order] == number]
        base = base_pay(prices, structure, name, journal.month_edges, staff.begin[rows], staff.end[rows])
        time, places = np.tile(journal.pay_days, len(rows)), np.repeat(staff.place[rows], journal.months)
        _enter(journal, scenario, "base_pay", time, base.ravel(), centre, "seat", places)

        def fee(now: Scenario, name: str = name) -> float:
            return now.structures[structure].roles[name].pay.per_lead

        fees = mean_by_month(journal.month_edges, prices, fee) * record.qualified_by[number]
        journal.enter("per_lead_pay", journal.pay_days, -fees, cause="lead", centre=centre)


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
    until = np.where(np.isnan(end), np.inf, end)
    pay = np.zeros((len(begin), len(edges) - 1))
    for since, to, base in stretches(prices, lambda now: now.structures[structure].roles[role].pay.base):
        first, last = np.maximum(begin, since)[:, None], np.minimum(until, to)[:, None]
        pay += base * share_of_months(edges, first, last)
    return pay


def book_commission(journal: Journal, record: Record, scenario: Scenario, prices: Timeline) -> None:
    """Commission of each person and month on what the person closed (deals) and served (orders).

    The threshold and the accelerator look at the whole department's attainment of the month's plan; without a
    plan neither acts. A plan in profit is held against the profit before commission, because commission is a
    part of it. A sale is paid by the rule in force at its date.
    """
    structure = record.structure
    rules = [
        (number, since, until, rule)
        for number, name in enumerate(record.roles)
        for since, until, rule in _rules(prices, structure, name)
        if rule.share
    ]
    if not rules:
        return
    attainment = _attainment(journal, record, scenario)
    sales = record.sales
    month = np.searchsorted(record.month_edges, sales.time, side="right") - 1
    counted = (sales.seat >= 0) & (month >= 0) & (month < journal.months)
    role_of_sale = np.where(counted, record.seat_role[sales.seat], -1) if len(record.seat_role) else month * 0 - 1
    for number, since, until, rule in rules:
        due = (role_of_sale == number) & (sales.time >= since) & (sales.time < until)
        rows = np.flatnonzero(due & np.isin(sales.kind, KINDS[rule.on]))
        base = sales.revenue[rows] if rule.of == "revenue" else np.maximum(sales.margin[rows], 0.0)
        cells = sales.seat[rows] * journal.months + month[rows]
        sums = np.bincount(cells, weights=base, minlength=len(record.seat_role) * journal.months)
        paid = np.asarray(rule.share * sums.reshape(-1, journal.months) * _factor(rule, attainment), dtype=np.float64)
        seat, when = np.nonzero(paid)
        centre = journal.centre(f"role/{record.roles[number]}")
        _enter(journal, scenario, "commission", journal.pay_days[when], paid[seat, when], centre, "seat", seat)


def _rules(prices: Timeline, structure: str, role: str) -> list[tuple[float, float, Commission]]:
    return stretches(prices, lambda now: now.structures[structure].roles[role].pay.commission)


def _enter(
    journal: Journal,
    scenario: Scenario,
    account: str,
    time: Floats,
    pay: Floats,
    centre: int,
    cause: str,
    reference: NDArray[np.int64],
) -> None:
    journal.enter(account, time, -pay, cause=cause, centre=centre, reference=reference)
    journal.enter(
        "contributions",
        time,
        -scenario.budget.contributions * pay,
        cause=cause,
        centre=centre,
        reference=reference,
    )


def _attainment(journal: Journal, record: Record, scenario: Scenario) -> Floats | None:
    """What was reached over what was planned, by month; None without a plan."""
    plan = scenario.plan
    if plan is None:
        return None
    targets = month_targets(plan, journal.start, journal.month_edges)
    deals = record.sales.time[record.sales.kind == DEALS]
    reached = actual_by_month(plan, journal.close(), np.histogram(deals, journal.month_edges)[0].astype(float))
    # a month without a target (seasonality 0) is met by anything
    return np.divide(reached, targets, out=np.ones_like(targets), where=targets > 0)


def _factor(rule: Commission, attainment: Floats | None) -> Floats | float:
    """What a month's commission is multiplied by: 0 below the threshold, accelerated above the plan."""
    if attainment is None:
        return 1.0
    above = np.maximum(attainment - 1.0, 0.0) / np.maximum(attainment, 1.0)  # share of the month beyond its plan
    return np.where(attainment < rule.threshold, 0.0, 1.0 + (rule.accelerator - 1.0) * above)
