"""What is there at the end of a run, valued: customers and open pipeline, at the scenario's one valuation."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.department.record import OPEN, Record
from simulation.expected import (
    expected_customer_margin,
    initial_channel,
    initial_product,
    lead_value,
    mean_deal,
    mean_order,
    pipeline_occupancy,
)
from simulation.expected.odds import passes_qualification
from simulation.scenario.duties import product_shares
from simulation.scenario.market import Distributor
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Worth:
    """Value of what may be there at the end, per unit of money in the deal or order.

    Attributes:
        customer: by channel and product: value of a customer per unit of revenue of one of its orders.
        lead: by channel, product and stages passed: value of a qualified lead per unit of deal size.
        passes: by channel: share of its leads that pass qualification.
    """

    customer: Floats
    lead: Floats
    passes: Floats


def end_value(record: Record, scenario: Scenario) -> float:
    """Value of customers and open pipeline at the end, money: expected margin still to come, discounted.

    The market is the one at the end: with the prices, and what follows from them, that are in force then.

    A customer is worth the margin of its orders, at their present size, over the valuation's months. An open
    lead that has been answered is worth its chance of being won times the margin of its deal and of the
    customer after it; a lead that nobody has answered counts nothing. Every chance is that of people of
    proficiency 1, whatever the structure.
    """
    customers, leads = record.customers, record.leads
    there = np.flatnonzero(np.isnan(customers.until))
    rows = np.flatnonzero((leads.state == OPEN) & ~np.isnan(leads.answered))
    return customers_value(record, scenario, there) + leads_value(record, scenario, rows)


def customers_value(record: Record, scenario: Scenario, rows: Ints) -> float:
    """Value of these customers (rows in ``customers``) as in ``end_value``, money, at their last size of an order."""
    customers = record.customers
    worth = _worth(_at_end(record, scenario)).customer[customers.channel[rows], customers.product[rows]]
    return float(worth @ customers.order_size[rows])


def leads_value(record: Record, scenario: Scenario, rows: Ints) -> float:
    """Value of these answered leads (rows in ``leads``) as in ``end_value``, money, at the stage that they reached."""
    worth, leads = _worth(_at_end(record, scenario)), record.leads
    channel, stage = leads.channel[rows], np.minimum(leads.stage[rows], worth.lead.shape[2] - 1)
    chance = np.where(np.isnan(leads.qualified[rows]), worth.passes[channel], 1.0)
    return float((worth.lead[channel, leads.product[rows], stage] * chance) @ leads.size[rows])


def start_value(scenario: Scenario) -> float:
    """Expected value of the customers and open leads of the first day, money: valued as in ``end_value``.

    Customers: their number times the margin of mean orders over the valuation's months. Leads: spread over
    products and stages as the first day spreads them, all of them qualified. It knows no structure.
    """
    market = scenario.market
    initial, channel, product = market.initial, initial_channel(market), initial_product(market)
    worth, names, value = _worth(scenario), list(market.channels), 0.0
    if not channel:
        return 0.0
    if initial.customers and product:
        size = mean_order(market, channel, product) * initial.customer_size
        value += initial.customers * size * worth.customer[names.index(channel), list(market.products).index(product)]
    if initial.pipeline:
        occupancy = pipeline_occupancy(scenario)
        for name, share in product_shares(market, channel).items():
            per_size = worth.lead[names.index(channel), list(market.products).index(name)] @ occupancy
            value += initial.pipeline * share * mean_deal(market, channel, name) * per_size
    return float(value)


def _at_end(record: Record, scenario: Scenario) -> Scenario:
    """The scenario in force at the end of a run; what begins at that moment does not hold yet."""
    return timeline(scenario, record.structure).at(math.nextafter(record.end, 0.0))


_known: deque[tuple[Scenario, Worth]] = deque(maxlen=8)


def _worth(scenario: Scenario) -> Worth:
    """The valuation of a scenario, kept for the runs that follow: a batch asks for the same few."""
    for known, worth in _known:
        if known is scenario:
            return worth
    worth = _valued(scenario)
    _known.append((scenario, worth))
    return worth


def _valued(scenario: Scenario) -> Worth:
    market = scenario.market
    shape = (len(market.channels), len(market.products))
    customer, lead, passes = np.zeros(shape), np.zeros((*shape, len(market.stages))), np.zeros(shape[0])
    for c, (channel, spec) in enumerate(market.channels.items()):
        if isinstance(spec, Distributor):
            continue
        passes[c] = sum(passes_qualification(market, channel))
        for p, product in enumerate(market.products):
            customer[c, p] = expected_customer_margin(scenario, channel, product, 1.0)
            if (size := mean_deal(market, channel, product)) > 0:
                lead[c, p] = lead_value(scenario, channel, product) / size
    return Worth(customer, lead, passes)
