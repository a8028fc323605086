"""Pay: base and commission with the employer's contributions, fees per lead without (an invoice)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import Journal
from simulation.finance.plan import actual_by_month, month_targets
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Commission

Floats = NDArray[np.float64]
DEALS, ORDERS = SALE_KINDS.index("deal"), SALE_KINDS.index("order")
KINDS = {"deals": (DEALS,), "orders": (ORDERS,), "both": (DEALS, ORDERS)}


def book_pay(journal: Journal, record: Record, scenario: Scenario) -> None:
    """Base pay of every position with contributions, and fees per qualified lead without them, each month."""
    roles = scenario.structures[record.structure].roles
    for number, name in enumerate(record.roles):
        pay, centre = roles[name].pay, journal.centre(f"role/{name}")
        seats = np.flatnonzero(record.seat_role == number)
        time = np.tile(journal.pay_days, len(seats))
        base = np.full(len(time), pay.base, dtype=np.float64)
        _enter(journal, scenario, "base_pay", time, base, centre, "seat", np.repeat(seats, journal.months))
        fees = pay.per_lead * record.qualified_by[number]
        journal.enter("per_lead_pay", journal.pay_days, -fees, cause="lead", centre=centre)


def book_commission(journal: Journal, record: Record, scenario: Scenario) -> None:
    """Commission of each person and month on what the person closed (deals) and served (orders).

    The threshold and the accelerator look at the whole department's attainment of the month's plan; without a
    plan neither acts. A plan in profit is held against the profit before commission, because commission is a
    part of it.
    """
    roles = scenario.structures[record.structure].roles
    rules = {n: roles[name].pay.commission for n, name in enumerate(record.roles)}
    if not any(rule.share for rule in rules.values()):
        return
    attainment = _attainment(journal, record, scenario)
    sales = record.sales
    month = np.searchsorted(record.month_edges, sales.time, side="right") - 1
    counted = (sales.seat >= 0) & (month >= 0) & (month < journal.months)
    role_of_sale = np.where(counted, record.seat_role[sales.seat], -1) if len(record.seat_role) else month * 0 - 1
    for number, rule in rules.items():
        if not rule.share:
            continue
        rows = np.flatnonzero((role_of_sale == number) & np.isin(sales.kind, KINDS[rule.on]))
        base = sales.revenue[rows] if rule.of == "revenue" else np.maximum(sales.margin[rows], 0.0)
        cells = sales.seat[rows] * journal.months + month[rows]
        sums = np.bincount(cells, weights=base, minlength=len(record.seat_role) * journal.months)
        paid = np.asarray(rule.share * sums.reshape(-1, journal.months) * _factor(rule, attainment), dtype=np.float64)
        seat, when = np.nonzero(paid)
        centre = journal.centre(f"role/{record.roles[number]}")
        _enter(journal, scenario, "commission", journal.pay_days[when], paid[seat, when], centre, "seat", seat)


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
