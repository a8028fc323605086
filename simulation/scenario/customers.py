"""Customers after the first deal: orders, requests, growth, payment, churn; and those there at the start."""

from typing import Annotated

from pydantic import Field

from simulation.mechanisms.care import CARE, Care
from simulation.mechanisms.unhappy_customers import LATE_CHURN, TOLERANCE
from simulation.mechanisms.upsell import BY_CUSTOMER, ORDER_WORK, Upsell
from simulation.written.base import Block, Neutral, Plausible, key
from simulation.written.distributions import ElapsedDistribution, WorkingDistribution
from simulation.written.quantities import (
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


class Payment(Block):
    """When customers pay. Delays move cash, not profit."""

    delay: ElapsedDistribution = key("0 h", "From the sale to the payment, elapsed time.")
    late_share: Share = key(
        0, "Share of payments that come only after a reminder (activity `collect`).", neutral=Neutral("late_payment", 0)
    )
    reminder_work: WorkingDistribution = key("15 min", "Work of one reminder.")
    after_reminder: Elapsed = key("7 days", "From the reminder to the payment, elapsed time.")


class Customers(Block):
    """What a customer does after the first deal (products with `repeat: true`)."""

    order_every: ElapsedDistribution = key(
        {"exponential": "1 month"},
        "Interval between orders of one customer, elapsed time.",
        changes=BY_CUSTOMER,
        drives={"orders": "-1", "revenue": "-2"},
    )
    order_size: Positive = key(
        1,
        "Mean size of an order as a factor of the customer's first deal.",
        changes=True,
        drives={"average_order": "+1", "revenue": "+3"},
    )
    order_cv: NonNegative = key(0.3, "Coefficient of variation (lognormal) of one order's size.", changes=BY_CUSTOMER)
    order_work: WorkingDistribution = key(
        {"gamma": {"mean": "30 min", "cv": 0.7}},
        "Work of serving one order; 0 h needs nobody.",
        changes=ORDER_WORK,
        drives={"calls": "-3"},
    )
    requests_per_month: PerMonth = key(
        0.5, "Requests for service a month, of one customer (Poisson).", changes=BY_CUSTOMER
    )
    request_work: WorkingDistribution = key(
        {"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one request.", changes=ORDER_WORK
    )
    growth_per_year: Growth = key(
        0, "Growth of a customer's orders a year by itself: +10 % is 1.1 times after each year.", changes=BY_CUSTOMER
    )
    churn_per_year: PerYear = key(
        0.24,
        "Hazard of a customer's leaving by itself, a year.",
        "CustomerGauge: 12 % IT services to 56 % wholesale supplies a year",
        changes=True,
        drives={"customers_lost": "+1", "customers_end": "-2", "orders": "-3", "revenue": "-9"},
        plausible=Plausible(8, 0.11, 0.56, "CustomerGauge: 12 % IT services, 56 % wholesale supplies"),
    )
    tolerance: Elapsed = TOLERANCE
    late_churn_per_month: PerMonth = LATE_CHURN
    upsell: Upsell = key({}, "Proposals to buy more.")
    payment: Payment = key({}, "When customers pay.", changes=True)
    care: Care | None = CARE


class Initial(Block):
    """Who is there on the first day. Zero customers and pipeline is an empty start."""

    customers: Count = key(
        0,
        "Active customers on the first day, shared among those who serve.",
        drives={"customers_end": "+1", "orders": "+2", "revenue": "+4"},
    )
    customer_size: Positive = key(
        1, "Their size as a factor of a new customer's deal size.", drives={"average_order": "+3", "revenue": "+5"}
    )
    product: str = key("", "The product they buy; the first repeat product when empty.")
    pipeline: Count = key(0, "Open leads on the first day, spread over the stages as a steady flow would be.")
    channel: Annotated[str, Field()] = key("", "The channel they came from; the first inbound channel when empty.")


class LoyaltyProgramme(Block):
    """A loyalty programme of a structure: instead of, or beside, farmers."""

    cost_per_customer_per_month: Amount = key(0, "Cost of each customer in the programme, a month, money.")
    cost_per_month: Amount = key(0, "Fixed cost of the programme, a month, money.")
    orders: Positive = key(1, "Factor on how often customers order.")
    churn: NonNegative = key(1, "Factor on the customers' own hazard of leaving.")
