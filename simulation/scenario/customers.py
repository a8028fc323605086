"""Customers after the first deal: orders, requests, growth, payment, churn; and those there at the start."""

from typing import Annotated

from pydantic import Field

from simulation.scenario.base import Block, key
from simulation.scenario.distributions import ElapsedDistribution, WorkingDistribution
from simulation.scenario.quantities import (
    Amount,
    Count,
    Elapsed,
    Growth,
    NonNegative,
    PerMonth,
    PerYear,
    Positive,
    Share,
)


class Upsell(Block):
    """Proposals to a customer to buy more."""

    every: ElapsedDistribution = key("never", "Interval between upsell opportunities of one customer, elapsed time.")
    work: WorkingDistribution = key({"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one upsell proposal.")
    probability: Share = key(0.2, "Probability that it succeeds, by a person of proficiency 1.")
    uplift: NonNegative = key(0.1, "Lasting growth of the customer's orders after a success (0.1 = +10 %).")


class Payment(Block):
    """When customers pay. Delays move cash, not profit."""

    delay: ElapsedDistribution = key("0 h", "From the sale to the payment, elapsed time.")
    late_share: Share = key(0, "Share of payments that come only after a reminder (activity `collect`).")
    reminder_work: WorkingDistribution = key("15 min", "Work of one reminder.")
    after_reminder: Elapsed = key("7 days", "From the reminder to the payment, elapsed time.")


class Customers(Block):
    """What a customer does after the first deal (products with `repeat: true`)."""

    order_every: ElapsedDistribution = key(
        {"exponential": "1 month"}, "Interval between orders of one customer, elapsed time."
    )
    order_size: Positive = key(1, "Mean size of an order as a factor of the customer's first deal.")
    order_cv: NonNegative = key(0.3, "Coefficient of variation (lognormal) of one order's size.")
    order_work: WorkingDistribution = key(
        {"gamma": {"mean": "30 min", "cv": 0.7}}, "Work of serving one order; 0 h needs nobody."
    )
    requests_per_month: PerMonth = key(0.5, "Requests for service a month, of one customer (Poisson).")
    request_work: WorkingDistribution = key({"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one request.")
    growth_per_year: Growth = key(
        0, "Growth of a customer's orders a year by itself: +10 % is 1.1 times after each year."
    )
    churn_per_year: PerYear = key(
        0.24,
        "Hazard of a customer's leaving by itself, a year.",
        "CustomerGauge: 12 % IT services to 56 % wholesale supplies a year",
    )
    tolerance: Elapsed = key("7 days", "An order or request that waits longer than this makes the customer unhappy.")
    late_churn_per_month: PerMonth = key(
        0.04,
        "Hazard added while an order or request waits beyond the tolerance.",
        "judgement: +4 percentage points a month",
    )
    upsell: Upsell = key({}, "Proposals to buy more.")
    payment: Payment = key({}, "When customers pay.")


class Initial(Block):
    """Who is there on the first day. Zero customers and pipeline is an empty start."""

    customers: Count = key(0, "Active customers on the first day, shared among those who serve.")
    customer_size: Positive = key(1, "Their size as a factor of a new customer's deal size.")
    product: str = key("", "The product they buy; the first repeat product when empty.")
    pipeline: Count = key(0, "Open leads on the first day, spread over the stages as a steady flow would be.")
    channel: Annotated[str, Field()] = key("", "The channel they came from; the first inbound channel when empty.")


class LoyaltyProgramme(Block):
    """A loyalty programme of a structure: instead of, or beside, farmers."""

    cost_per_customer_per_month: Amount = key(0, "Cost of each customer in the programme, a month, money.")
    cost_per_month: Amount = key(0, "Fixed cost of the programme, a month, money.")
    orders: Positive = key(1, "Factor on how often customers order.")
    churn: NonNegative = key(1, "Factor on the customers' own hazard of leaving.")
