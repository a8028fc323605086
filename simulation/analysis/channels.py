"""What a channel brings: win rate of its leads; acquisition cost, lifetime value, months to pay back of its buyers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.margins import hours_by_role
from simulation.department.record import OPEN, SALE_KINDS, WON, Record
from simulation.finance.accounts import INDEX, of_group
from simulation.finance.ledger import Ledger
from simulation.scenario.market import Distributor, Outbound
from simulation.scenario.scenario import Scenario
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]
NEVER = math.nan
DEAL, ORDER = SALE_KINDS.index("deal"), SALE_KINDS.index("order")
LONGEST_LIFE = 60.0
"""Months that a customer is taken to stay at most, where hardly anybody leaves."""


def channel_economics(record: Record, ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    """Win rate of the leads, and acquisition cost, lifetime value and months to pay back of a buyer, by channel.

    Win rate: won leads of the period over those that are decided, by arrival; the share of the open ones beside it.

    Cost: what is booked on the channel (fixed, per lead, per attempt) and the pay, with contributions, of the hours
    that won its buyers, over its first deals of the period. Hours of prospecting belong to the outbound channels by
    their attempts, hours of qualifying and selling to all channels by their qualified leads (answered ones where nobody
    qualifies); an hour costs what its role is paid over the hours that it worked. Value: gross margin of the first
    deal, less shares given to the channel, and of the orders of a customer's life: margin a month of the channel's
    customers times the expected life, one over the rate at which customers of all channels left, at most 60 months.
    """
    people = _acquisition_pay(record, ledger, scenario)
    found: dict[str, float] = {}
    sales, begin, end = record.sales, record.begin, record.end
    counted = (sales.time >= begin) & (sales.time < end)
    leads = record.leads
    arrived = (leads.arrived >= begin) & (leads.arrived < end) & ~leads.initial
    margins = sales.margin - _shared(record, ledger)
    stayed, left = _customer_months(record, np.ones(len(record.customers.since), dtype=np.bool_))
    life = min(stayed / left, LONGEST_LIFE) if left > 0 else LONGEST_LIFE
    for number, (name, spec) in enumerate(scenario.market.channels.items()):
        if isinstance(spec, Distributor):
            continue
        mine = counted & (sales.channel == number)
        deals, orders = mine & (sales.kind == DEAL), mine & (sales.kind == ORDER)
        count = float(deals.sum())
        cost = (_booked(ledger, name) + float(people[number])) / count if count else NEVER
        months, _ = _customer_months(record, np.asarray(record.customers.channel == number))
        monthly = float(margins[orders].sum()) / months if months > 0 else 0.0
        repeat = float((sales.customer[deals] >= 0).mean()) if count else NEVER
        first = float(margins[deals].mean()) if count else NEVER
        state = leads.state[arrived & (leads.channel == number)]
        still = float((state == OPEN).sum())
        found[f"win_rate.{name}"] = float((state == WON).sum()) / (len(state) - still) if len(state) > still else NEVER
        found[f"open_share.{name}"] = still / len(state) if len(state) else NEVER
        found[f"acquisition_cost.{name}"] = cost
        found[f"lifetime_value.{name}"] = first + repeat * monthly * life
        found[f"payback_months.{name}"] = _payback(cost - first, repeat * monthly, life)
    return found


def _payback(owed: float, monthly: float, life: float) -> float:
    """Months until a buyer has brought what it cost; 0 with the first deal, NaN where it never does."""
    if math.isnan(owed):
        return NEVER
    if owed <= 0:
        return 0.0
    # those who are left bring monthly * exp(-t / life)
    share = owed / (monthly * life) if monthly > 0 else math.inf
    return -life * math.log1p(-share) if share < 1 else NEVER


def _booked(ledger: Ledger, name: str) -> float:
    """Cost of the channel itself, money, above zero."""
    centre = ledger.centres.index(f"channel/{name}") if f"channel/{name}" in ledger.centres else -1
    rows = (ledger.account == INDEX["channel_cost"]) & (ledger.centre == centre)
    return 0.0 - float(ledger.amount[rows].sum())


def _shared(record: Record, ledger: Ledger) -> Floats:
    """Shares given to channels by sale, money, above zero, shape (sales,)."""
    rows = (ledger.account == INDEX["channel_share"]) & (ledger.reference >= 0)
    shared = np.bincount(ledger.reference[rows], weights=-ledger.amount[rows], minlength=len(record.sales.time))
    return np.asarray(shared, dtype=np.float64)


def _acquisition_pay(record: Record, ledger: Ledger, scenario: Scenario) -> Floats:
    """Pay of the hours that won buyers by channel, money, shape (channels,)."""
    worked = hours_by_role(record, *record.activities)  # type: ignore[arg-type]
    payroll = np.isin(ledger.account, of_group("payroll"))
    paid = np.zeros(len(record.roles))
    for number, name in enumerate(record.roles):
        centre = ledger.centres.index(f"role/{name}") if f"role/{name}" in ledger.centres else -1
        paid[number] = -float(ledger.amount[payroll & (ledger.centre == centre)].sum())
    an_hour = np.divide(paid, worked, out=np.zeros_like(paid), where=worked > 0)
    cold = float(hours_by_role(record, "prospect") @ an_hour)
    warm = float(hours_by_role(record, "qualify", "sell") @ an_hour)
    leads = record.leads
    passed = leads.qualified if not np.isnan(leads.qualified).all() else leads.answered
    rows = ~np.isnan(passed) & (leads.arrived >= record.begin) & ~leads.initial
    by_leads = np.bincount(leads.channel[rows], minlength=len(record.channels)).astype(np.float64)
    outbound = np.array([isinstance(spec, Outbound) for spec in scenario.market.channels.values()])
    by_attempts = np.where(outbound, record.attempts.sum(axis=1), 0.0)
    return cold * _parts(by_attempts) + warm * _parts(by_leads)


def _parts(values: Floats) -> Floats:
    total = float(values.sum())
    return values / total if total > 0 else np.zeros_like(values)


def _customer_months(record: Record, mine: NDArray[np.bool_]) -> tuple[float, float]:
    """Months that these customers were there in the period, and how many of them left."""
    customers = record.customers
    until = np.where(np.isnan(customers.until), np.inf, customers.until)[mine]
    since = customers.since[mine]
    hours = np.maximum(np.minimum(until, record.end) - np.maximum(since, record.begin), 0.0)
    left = (until >= record.begin) & (until < record.end)
    return float(hours.sum()) / MONTH, float(left.sum())
