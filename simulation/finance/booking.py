"""From one run's record to its ledger: every amount of the counted period, booked after the run, in one pass.

What belongs to a whole month is dated on the month's last day; what belongs to a part of it counts pro rata
by days. Prices that a change sets are those in force at the time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import SALE_KINDS, Record
from simulation.finance.ledger import Journal, Ledger
from simulation.finance.lines import book_budget, budgeted_positions
from simulation.finance.pay import book_pay, book_variable_pay
from simulation.finance.spans import first_day, in_force, mean_by_month, share_of_months, stretches
from simulation.finance.turnover import book_turnover
from simulation.mechanisms.interventions import Crm
from simulation.scenario.channels import Channel, Distributor, Outbound
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import Timeline, timeline


def book_changes(journal: Journal, record: Record, prices: Timeline) -> None:
    """The cost of each change at its date, of a CRM's roll-out too, and its licences from then on.

    A change before the counted period costs nothing in it, but the licences of its CRM do.
    """
    for change in prices.changes:
        cause = f"change/{change.title or change.path}"
        once = np.array([change.at]) if record.begin <= change.at < record.end else np.empty(0)
        journal.enter("changes", once, -change.cost, cause=cause)
        if change.crm is not None:
            journal.enter("crm", once, -change.crm.setup, cause=cause)
            _book_licences(journal, record, prices, change.crm, change.at, cause)


def _book_licences(journal: Journal, record: Record, prices: Timeline, crm: Crm, since: float, cause: str) -> None:
    """A licence for each position of the firm's own people, filled or not; a failed CRM is cancelled when given up."""
    until = since + crm.abandoned_after if record.crm_failed else np.inf
    months = np.zeros(journal.months)
    for begin, end, positions in budgeted_positions(prices, record.structure):
        months += crm.licence * positions * share_of_months(journal.month_edges, max(since, begin), min(until, end))
    journal.enter("crm", journal.pay_days, -months, cause=cause)


Floats = NDArray[np.float64]
DISTRIBUTORS = SALE_KINDS.index("distributor")


def book(record: Record, scenario: Scenario) -> Ledger:
    """The ledger of a run: what the record says happened, at the scenario's prices.

    Sales are booked at full price, a distributor's discount beside them. A sale's money arrives when the
    customer pays; costs are paid when they arise. Payments for sales made before the counted period are cash
    and no profit. Raises KeyError if the record's structure, channels or roles are not the scenario's.
    """
    journal = Journal(first_day(scenario), np.asarray(record.month_edges, dtype=np.float64))
    prices = timeline(scenario, record.structure)
    _book_sales(journal, record, prices)
    _book_channels(journal, record, prices)
    _book_material(journal, prices)
    _book_loyalty(journal, record, prices)
    book_budget(journal, record, scenario, prices)
    payments = book_pay(journal, record, scenario, prices)
    book_turnover(journal, record, prices)
    book_changes(journal, record, prices)
    # last: a plan in profit looks at all other entries
    book_variable_pay(journal, record, scenario, prices, payments)
    return journal.close()


def _book_sales(journal: Journal, record: Record, prices: Timeline) -> None:
    sales = record.sales
    products = np.array([journal.centre(f"product/{name}") for name in record.products], dtype=np.int64)
    centres = np.array([journal.centre(f"channel/{name}") for name in record.channels], dtype=np.int64)
    channels = [now.market.channels for now in prices.scenarios]
    terms = np.array([[_given_away(spec[name]) for name in record.channels] for spec in channels])
    of_revenue, of_margin, discounts = terms.transpose(2, 0, 1)

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
        when = in_force(prices, time)
        # the record holds what the buyer pays; at a discount of 100 % the full price cannot be seen in it
        discount = discounts[when, channel] if kind == DISTRIBUTORS else np.zeros(len(rows))
        full = revenue / np.where(discount < 1.0, 1.0 - discount, 1.0)
        paid = sales.paid[rows]
        journal.enter("revenue", time, full, cash_time=paid, cause=cause, centre=product, reference=rows)
        journal.enter(
            "discount", time, revenue - full, cash_time=paid, cause=cause, centre=centres[channel], reference=rows
        )
        journal.enter("cost_of_goods", time, margin - revenue, cause=cause, centre=product, reference=rows)
        # a sale at a loss leaves no margin to share
        shared = of_revenue[when, channel] * revenue + of_margin[when, channel] * np.maximum(margin, 0.0)
        journal.enter("channel_share", time, -shared, cause=cause, centre=centres[channel], reference=rows)


def _given_away(channel: Channel) -> tuple[float, float, float]:
    """Shares of revenue and of margin, and discount."""
    discount = channel.discount if isinstance(channel, Distributor) else 0.0
    return channel.share_of_revenue, channel.share_of_margin, discount


def _book_channels(journal: Journal, record: Record, prices: Timeline) -> None:
    """Fixed cost by time, leads at the price of their arrival, attempts at the month's mean price."""
    leads, edges = record.leads, journal.month_edges
    counted = (leads.arrived >= record.begin) & (leads.arrived < record.end) & ~leads.initial
    for number, name in enumerate(record.channels):
        costs = _channel_costs(prices, name)
        if not any(any(cost) for _, _, cost in costs):
            continue
        centre = journal.centre(f"channel/{name}")
        left = float(record.distributor_exits[number])
        there = np.inf if np.isnan(left) else left
        fixed, attempt = np.zeros(journal.months), np.zeros(journal.months)
        for since, until, (per_month, _, per_attempt) in costs:
            fixed += per_month * share_of_months(edges, since, min(until, there))
            attempt += per_attempt * share_of_months(edges, since, until)
        journal.enter("channel_cost", journal.pay_days, -fixed, cause="month", centre=centre)
        for since, until, (_, per_lead, _) in costs:
            if per_lead:
                here = counted & (leads.channel == number) & (leads.arrived >= since) & (leads.arrived < until)
                rows = np.flatnonzero(here)
                journal.enter(
                    "channel_cost", leads.arrived[rows], -per_lead, cause="lead", centre=centre, reference=rows
                )
        attempts = attempt * record.attempts[number]
        journal.enter("channel_cost", journal.pay_days, -attempts, cause="attempt", centre=centre)


def _channel_costs(prices: Timeline, name: str) -> list[tuple[float, float, tuple[float, float, float]]]:
    """Cost of a channel a month, of a lead, of an attempt, by time; nothing while the channel is off."""

    def costs(now: Scenario) -> tuple[float, float, float]:
        channel = now.market.channels[name]
        if not channel.active:
            return 0.0, 0.0, 0.0
        cost = channel.cost
        return cost.fixed_per_month, cost.per_lead, cost.per_attempt if isinstance(channel, Outbound) else 0.0

    return stretches(prices, costs)


def _book_material(journal: Journal, prices: Timeline) -> None:
    made = prices.at(journal.month_edges[0]).market.material.cost
    journal.enter("material", journal.month_edges[:1], -made, cause="once")
    kept = mean_by_month(journal.month_edges, prices, lambda now: now.market.material.cost_per_month)
    journal.enter("material", journal.pay_days, -kept, cause="month")


def _book_loyalty(journal: Journal, record: Record, prices: Timeline) -> None:
    structure = record.structure
    if all(now.structures[structure].loyalty is None for now in prices.scenarios):
        return

    def fixed(now: Scenario) -> float:
        programme = now.structures[structure].loyalty
        return 0.0 if programme is None else programme.cost_per_month

    def each(now: Scenario) -> float:
        programme = now.structures[structure].loyalty
        return 0.0 if programme is None else programme.cost_per_customer_per_month

    edges = journal.month_edges
    journal.enter("loyalty", journal.pay_days, -mean_by_month(edges, prices, fixed), cause="month")
    customers = mean_by_month(edges, prices, each) * customer_months(record)
    journal.enter("loyalty", journal.pay_days, -customers, cause="customer")


def customer_months(record: Record) -> Floats:
    """Mean number of customers in each month of the counted period, shape (months,)."""
    edges = np.asarray(record.month_edges, dtype=np.float64)
    since = record.customers.since
    until = np.where(np.isnan(record.customers.until), np.inf, record.customers.until)
    hours = np.maximum(np.minimum(edges[:, None], until) - since, 0.0).sum(axis=1)
    return np.asarray(np.diff(hours) / np.diff(edges), dtype=np.float64)
