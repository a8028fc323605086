"""From one run's record to its ledger: every amount of the counted period, booked after the run, in one pass.

What belongs to a whole month is dated on the month's last day; what belongs to a part of it counts pro rata
by days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import Journal, Ledger
from simulation.finance.lines import book_budget
from simulation.finance.pay import book_commission, book_pay
from simulation.finance.spans import first_day, share_of_months
from simulation.scenario.market import Distributor, Outbound
from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]
DISTRIBUTORS = SALE_KINDS.index("distributor")


def book(record: Record, scenario: Scenario) -> Ledger:
    """The ledger of a run: what the record says happened, at the scenario's prices.

    Sales are booked at full price, a distributor's discount beside them. A sale's money arrives when the
    customer pays; costs are paid when they arise. Payments for sales made before the counted period are cash
    and no profit. Raises KeyError if the record's structure, channels or roles are not the scenario's.
    """
    journal = Journal(first_day(scenario), np.asarray(record.month_edges, dtype=np.float64))
    _book_sales(journal, record, scenario)
    _book_channels(journal, record, scenario)
    _book_material(journal, scenario)
    _book_loyalty(journal, record, scenario)
    book_budget(journal, record, scenario)
    book_pay(journal, record, scenario)
    book_commission(journal, record, scenario)  # last: a plan in profit looks at all other entries
    return journal.close()


def _book_sales(journal: Journal, record: Record, scenario: Scenario) -> None:
    sales, channels = record.sales, [scenario.market.channels[name] for name in record.channels]
    products = np.array([journal.centre(f"product/{name}") for name in record.products], dtype=np.int64)
    centres = np.array([journal.centre(f"channel/{name}") for name in record.channels], dtype=np.int64)
    of_revenue = np.array([channel.share_of_revenue for channel in channels])
    of_margin = np.array([channel.share_of_margin for channel in channels])
    discounts = np.array([c.discount if isinstance(c, Distributor) else 0.0 for c in channels])

    earlier = np.flatnonzero((sales.time < record.begin) & (sales.paid >= record.begin) & (sales.paid < record.end))
    journal.enter(
        "earlier_sales",
        sales.paid[earlier],
        0.0,
        cash=sales.revenue[earlier],
        cause="payment",
        centre=products[sales.product[earlier]],
        reference=earlier,
    )
    counted = (sales.time >= record.begin) & (sales.time < record.end)
    for kind, cause in enumerate(SALE_KINDS):
        rows = np.flatnonzero(counted & (sales.kind == kind))
        time, revenue, margin = sales.time[rows], sales.revenue[rows], sales.margin[rows]
        channel, product = sales.channel[rows], products[sales.product[rows]]
        # the record holds what the buyer pays; at a discount of 100 % the full price cannot be seen in it
        discount = discounts[channel] if kind == DISTRIBUTORS else np.zeros(len(rows))
        full = revenue / np.where(discount < 1.0, 1.0 - discount, 1.0)
        paid = sales.paid[rows]
        journal.enter("revenue", time, full, cash_time=paid, cause=cause, centre=product, reference=rows)
        journal.enter(
            "discount",
            time,
            revenue - full,
            cash_time=paid,
            cause=cause,
            centre=centres[channel],
            reference=rows,
        )
        journal.enter("cost_of_goods", time, margin - revenue, cause=cause, centre=product, reference=rows)
        # a sale at a loss leaves no margin to share
        given = of_revenue[channel] * revenue + of_margin[channel] * np.maximum(margin, 0.0)
        journal.enter("channel_share", time, -given, cause=cause, centre=centres[channel], reference=rows)


def _book_channels(journal: Journal, record: Record, scenario: Scenario) -> None:
    leads = record.leads
    counted = (leads.arrived >= record.begin) & (leads.arrived < record.end) & ~leads.initial
    for number, name in enumerate(record.channels):
        channel = scenario.market.channels[name]
        if not channel.active:
            continue
        centre = journal.centre(f"channel/{name}")
        left = float(record.distributor_exits[number])
        share = share_of_months(journal.month_edges, -np.inf, np.inf if np.isnan(left) else left)
        journal.enter(
            "channel_cost",
            journal.pay_days,
            -channel.cost.fixed_per_month * share,
            cause="month",
            centre=centre,
        )
        if channel.cost.per_lead:
            rows = np.flatnonzero(counted & (leads.channel == number))
            journal.enter(
                "channel_cost",
                leads.arrived[rows],
                -channel.cost.per_lead,
                cause="lead",
                centre=centre,
                reference=rows,
            )
        if isinstance(channel, Outbound):
            journal.enter(
                "channel_cost",
                journal.pay_days,
                -channel.cost.per_attempt * record.attempts[number],
                cause="attempt",
                centre=centre,
            )


def _book_material(journal: Journal, scenario: Scenario) -> None:
    material = scenario.market.material
    journal.enter("material", journal.month_edges[:1], -material.cost, cause="once")
    journal.enter("material", journal.pay_days, -material.cost_per_month, cause="month")


def _book_loyalty(journal: Journal, record: Record, scenario: Scenario) -> None:
    programme = scenario.structures[record.structure].loyalty
    if programme is None:
        return
    journal.enter("loyalty", journal.pay_days, -programme.cost_per_month, cause="month")
    journal.enter(
        "loyalty",
        journal.pay_days,
        -programme.cost_per_customer_per_month * customer_months(record),
        cause="customer",
    )


def customer_months(record: Record) -> Floats:
    """Mean number of customers in each month of the counted period, shape (months,)."""
    edges = np.asarray(record.month_edges, dtype=np.float64)
    since = record.customers.since
    until = np.where(np.isnan(record.customers.until), np.inf, record.customers.until)
    hours = np.maximum(np.minimum(edges[:, None], until) - since, 0.0).sum(axis=1)
    return np.asarray(np.diff(hours) / np.diff(edges), dtype=np.float64)
