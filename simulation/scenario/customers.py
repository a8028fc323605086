"""Customers after the first deal: orders, requests, growth, payment, churn; and those there at the start."""

from typing import Annotated

from pydantic import Field, model_validator

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

_CALENDAR = (
    "a customer's own calendar of orders and requests is made at the start; change `order_size` or `churn_per_year`"
)
_ORDER_WORK = "how much work an order or request makes is a fact about the market; a CRM (`crm`) may save a share of it"


class Upsell(Block):
    """Proposals to a customer to buy more."""

    every: ElapsedDistribution = key(
        "never",
        "Interval between upsell opportunities of one customer, elapsed time.",
        changes=_CALENDAR,
        neutral=Neutral("upsell", "never"),
    )
    work: WorkingDistribution = key(
        {"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one upsell proposal.", changes=_ORDER_WORK
    )
    probability: Share = key(0.2, "Probability that it succeeds, by a person of proficiency 1.", changes=True)
    uplift: NonNegative = key(
        0.1, "Lasting growth of the customer's orders after a success (0.1 = +10 %).", changes=True
    )


class Care(Block):
    """Contacts with customers that nobody asked for (activity `care`): a call to ask how things are.

    A contact does its good until the next one is wanted: the customer is cared for during MONTH / wanted_per_month
    after it. Regular contacts so cover min(1, rate / wanted) of the time, contacts at random times
    1 - exp(-rate / wanted): the effect saturates.
    """

    work: WorkingDistribution = key({"gamma": {"mean": "15 min", "cv": 0.7}}, "Work of one contact.")
    wanted_per_month: Annotated[PerMonth, Field(gt=0)] = key(
        1,
        "Contacts a month that a customer takes to good effect; more of them bring nothing.",
        "judgement on Godfrey, Seiders, Voss 2011: an ideal level of contacts; 0.5-2",
        plausible=Plausible(10, 0.5, 2, "judgement on Godfrey, Seiders, Voss 2011"),
    )
    most_per_month: Annotated[PerMonth, Field(gt=0)] = key(
        3,
        "Contacts a month that a customer puts up with: a contact sooner than a month / this after the last one is too "
        "many. So often people call who have time, unless their role says otherwise (`care_per_month`).",
        "judgement on Godfrey, Seiders, Voss 2011: about three calls in three months; 2-5 where they are pleasant",
        plausible=Plausible(11, 2, 5, "judgement on Godfrey, Seiders, Voss 2011"),
    )
    churn: Share = key(
        0.15,
        "Share by which the customer's own hazard of leaving falls while it is cared for.",
        "judgement on Godfrey, Seiders, Voss 2011: 0-.30",
        plausible=Plausible(12, 0, 0.30, "judgement on Godfrey, Seiders, Voss 2011"),
    )
    order_size: NonNegative = key(
        0.03,
        "Share by which orders are larger while the customer is cared for.",
        "judgement: 0-.10",
        plausible=Plausible(13, 0, 0.10, "judgement"),
    )
    harm: NonNegative = key(
        0,
        "Share by which the hazard of leaving rises after a contact too many, until the next one would be wanted; 0: "
        "it brings nothing.",
        "direction: Godfrey, Seiders, Voss 2011; Drèze, Bonfrer 2008; the size is judgement",
    )

    @model_validator(mode="after")
    def _wanted_is_pleasant(self) -> "Care":
        if self.most_per_month < self.wanted_per_month:
            raise ValueError("`most_per_month` is below `wanted_per_month`: what is wanted is not too many")
        return self


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
        changes=_CALENDAR,
        drives={"orders": "-1", "revenue": "-2"},
    )
    order_size: Positive = key(
        1,
        "Mean size of an order as a factor of the customer's first deal.",
        changes=True,
        drives={"average_order": "+1", "revenue": "+3"},
    )
    order_cv: NonNegative = key(0.3, "Coefficient of variation (lognormal) of one order's size.", changes=_CALENDAR)
    order_work: WorkingDistribution = key(
        {"gamma": {"mean": "30 min", "cv": 0.7}},
        "Work of serving one order; 0 h needs nobody.",
        changes=_ORDER_WORK,
        drives={"calls": "-3"},
    )
    requests_per_month: PerMonth = key(
        0.5, "Requests for service a month, of one customer (Poisson).", changes=_CALENDAR
    )
    request_work: WorkingDistribution = key(
        {"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one request.", changes=_ORDER_WORK
    )
    growth_per_year: Growth = key(
        0, "Growth of a customer's orders a year by itself: +10 % is 1.1 times after each year.", changes=_CALENDAR
    )
    churn_per_year: PerYear = key(
        0.24,
        "Hazard of a customer's leaving by itself, a year.",
        "CustomerGauge: 12 % IT services to 56 % wholesale supplies a year",
        changes=True,
        drives={"customers_lost": "+1", "customers_end": "-2", "orders": "-3", "revenue": "-9"},
        plausible=Plausible(8, 0.11, 0.56, "CustomerGauge: 12 % IT services, 56 % wholesale supplies"),
    )
    tolerance: Elapsed = key(
        "7 days",
        "An order or request that waits longer than this makes the customer unhappy.",
        changes="what customers are used to does not change during a run",
        drives={"customers_lost": "-3"},
    )
    late_churn_per_month: PerMonth = key(
        0.04,
        "Hazard added while an order or request waits beyond the tolerance.",
        "judgement: +4 percentage points a month",
        changes=True,
        neutral=Neutral("unhappy_customers", 0),
        drives={"customers_lost": "+2"},
    )
    upsell: Upsell = key({}, "Proposals to buy more.")
    payment: Payment = key({}, "When customers pay.", changes=True)
    care: Care | None = key(
        {},
        "Contacts that nobody asked for, by roles with the activity `care`; null: they bring nothing, nobody calls.",
        changes=True,
        neutral=Neutral("care", None),
    )


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
