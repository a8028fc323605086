"""Customers after the first deal: orders, requests, growth, payment, churn; and those there at the start."""

from typing import Annotated, Any, TypeVar

from pydantic import Discriminator, Field, Tag, model_validator

from simulation.mechanisms.care import CARE, Care
from simulation.mechanisms.unhappy_customers import LATE_CHURN, TOLERANCE
from simulation.mechanisms.upsell import BY_CUSTOMER, ORDER_WORK, Upsell
from simulation.texts import worded
from simulation.written.base import Block, Neutral, Plausible, key, required
from simulation.written.distributions import ElapsedDistribution, WorkingDistribution
from simulation.written.errors import Misfit, MisfitError
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
    write_elapsed,
)
from simulation.written.readers import YEAR

_KINDS = "fixed-customer-kinds"
Spread = Annotated[NonNegative, Field(le=5)]
Correlation = Annotated[float, Field(gt=-1, lt=1)]


class DropOut(Block):
    """Leaving after an order: the other form of leaving, where records show when customers buy but not when they go."""

    probability: Share = key(
        0, "Mean probability that a customer leaves once an order is shipped; 0: orders end nothing.", changes=_KINDS
    )
    cv: Spread = key(
        0,
        "Coefficient of variation of that probability between customers (beta, as in BG/NBD).",
        "Fader, Hardie and Lee 2005",
        changes=_KINDS,
        needs="probability",
    )

    @property
    def shapes(self) -> tuple[float, float]:
        """Both shapes of the beta law of the probability, where customers differ."""
        size = (1 - self.probability) / (self.probability * self.cv**2) - 1
        return self.probability * size, (1 - self.probability) * size

    @model_validator(mode="after")
    def _wide(self) -> "DropOut":
        if self.cv > 0 and self.probability > 0:
            most = ((1 - self.probability) / self.probability) ** 0.5
            if most == 0.0:
                raise MisfitError(Misfit("cv", worded("drop-out-of-all"), self.cv, "0"))
            if self.cv >= most:
                said = {"most": f"{most:.4g}"}
                raise MisfitError(Misfit("cv", worded("drop-out-cv", **said), self.cv, worded("allowed-below", **said)))
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
    order_rate_cv: Spread = key(
        0,
        "Coefficient of variation between customers of how often they order: a gamma factor of mean 1.",
        "Fader, Hardie and Lee 2005: gamma-Poisson",
        changes=_KINDS,
    )
    churn_cv: Spread = key(
        0,
        "Coefficient of variation between customers of their own hazard of leaving: a gamma factor of mean 1.",
        "Pareto/NBD: Schmittlein, Morrison and Colombo 1987",
        changes=_KINDS,
        needs="churn_per_year",
    )
    size_rate_correlation: Correlation = key(
        0,
        "Correlation (Gaussian copula) of how often a customer orders with the size of its deal.",
        changes=_KINDS,
        needs="order_rate_cv",
    )
    drop_out: DropOut = key(
        {}, "Leaving after an order, with a probability of the customer's own; needs `churn_per_year: 0`."
    )
    tolerance: Elapsed = TOLERANCE
    late_churn_per_month: PerMonth = LATE_CHURN
    upsell: Upsell = key({}, "Proposals to buy more.")
    payment: Payment = key({}, "When customers pay.", changes=True)
    care: Care | None = CARE

    @property
    def alike(self) -> bool:
        """Whether customers differ in nothing but luck and size, and none leaves because it has ordered."""
        return self.order_rate_cv == 0 and self.churn_cv == 0 and self.drop_out.probability == 0

    @model_validator(mode="after")
    def _one_way_to_leave(self) -> "Customers":
        if self.drop_out.probability > 0 and self.churn_per_year > 0:
            why, zero = worded("drop-out-and-churn"), worded("allowed-zero")
            other = Misfit("drop_out.probability", why, self.drop_out.probability, zero)
            raise MisfitError(Misfit("churn_per_year", why, self.churn_per_year, zero, other=other))
        return self


class OpenLead(Block):
    """Open leads of the first day as a list of them says: those of one row are alike."""

    channel: str = required("The channel that they came from.")
    process: str = key("", "The process that the stage belongs to; the stage says so itself when empty.")
    stage: str = required("Name of the stage that they stand at: it follows the one whose work is done.")
    age: Annotated[Elapsed, Field(le=100 * YEAR)] = required(
        "Time in this stage, elapsed: since the work of the one before it was done."
    )
    unseen: Annotated[Elapsed, Field(le=100 * YEAR)] = key(
        0,
        "The last part of this time, elapsed, in which an answer would not have shown: a night or days off before the "
        "first day. Whoever answered in it is due at once.",
    )
    amount: Annotated[Amount, Field(gt=0)] | None = key(
        None, "Size of the deal, money; null: drawn as that of a new lead."
    )
    owner: str = key(
        "",
        "Whose they are: a role (its people in turn) or a seat (seller-2: the second of the role seller); of whoever "
        "takes new work when empty, and where a structure does not have it.",
    )
    count: Annotated[Count, Field(gt=0)] = key(1, "How many of them there are.")

    @property
    def seen(self) -> float:
        """Age at which it was last seen to be open, hours."""
        return max(self.age - self.unseen, 0.0)


class OldCustomer(Block):
    """Customers of the first day as a list of them says: those of one row are alike in what is known of them."""

    orders: Count = required("Orders so far, beside the first deal.")
    last_order: Elapsed = required("Time since the last order, elapsed; since the first deal where there is none.")
    age: Annotated[Elapsed, Field(le=100 * YEAR)] = required("Time since the first deal, elapsed.")
    amount: Annotated[Amount, Field(gt=0)] | None = key(
        None, "Mean amount of an order, money, at the list price; null: drawn as that of a new customer."
    )
    channel: str = key("", "The channel that they came from; that of `market.initial.channel` when empty.")
    product: str = key("", "The product that they buy; that of `market.initial.product` when empty.")
    owner: str = key(
        "",
        "Who has served them: a role (its people in turn) or a seat (farmer-2: the second of the role farmer); as "
        "customers that are only counted when empty, and where a structure does not have it.",
    )
    count: Annotated[Count, Field(gt=0)] = key(1, "How many of them there are.")

    @model_validator(mode="after")
    def _since_the_deal(self) -> "OldCustomer":
        if self.last_order > self.age or (self.orders == 0 and self.last_order < self.age):
            message = "last-order-before-deal" if self.last_order > self.age else "last-order-of-none"
            most = str(write_elapsed(self.age))
            allowed = worded("limit-most", limit=most) if self.orders else most
            raise MisfitError(Misfit("last_order", worded(message, age=most), None, allowed))
        return self


def _form(given: Any) -> str:
    return "rows" if isinstance(given, (list, tuple)) else "count"


Base = Annotated[Annotated[Count, Tag("count")] | Annotated[tuple[OldCustomer, ...], Tag("rows")], Discriminator(_form)]
"""A plain count, or a list of customers with their orders so far; the loader puts it in the place of a file's name."""

Pipeline = Annotated[
    Annotated[Count, Tag("count")] | Annotated[tuple[OpenLead, ...], Tag("rows")], Discriminator(_form)
]
"""A plain count, or a list of open leads; the loader puts it in the place of a file's name."""


Row = TypeVar("Row", OpenLead, OldCustomer)


class Initial(Block):
    """Who is there on the first day. Zero customers and pipeline is an empty start."""

    customers: Base = key(
        0,
        "Active customers on the first day, shared among those who serve. Or a list of all who ever bought, or "
        "`{file: NAME}`: a CSV or Parquet file beside the scenario with the same columns; how often each orders, and "
        "whether and when it leaves, is drawn given what it has ordered so far.",
        "Fader, Hardie and Lee 2005: what is known of a customer from its past orders",
        drives={"customers_end": "+1", "orders": "+2", "revenue": "+4"},
    )
    customer_size: Positive = key(
        1, "Their size as a factor of a new customer's deal size.", drives={"average_order": "+3", "revenue": "+5"}
    )
    oldest: Annotated[Elapsed, Field(gt=0, le=100 * YEAR)] = key(
        "10 years",
        "How long ago the first of them came: they have come evenly since, and who is still there are the customers of "
        "the first day. Used only where customers differ in their hazard of leaving (`churn_cv`, `drop_out`).",
        "judgement",
    )
    product: str = key("", "The product they buy; the first repeat product when empty.")
    pipeline: Pipeline = key(
        0,
        "Open leads on the first day, spread over the stages as a steady flow would be; where stages have clocks of a "
        "no, silent customers or an expiry, leads that are lost and do not show it yet are among them. Or a list of "
        "them, or `{file: NAME}`: a CSV or Parquet file beside the scenario with the same columns; what becomes of "
        "each and when is drawn given that it is still open at its age.",
        drives={"deals_first_day": "+1", "lost_first_day": "+1", "open_first_day": "+1"},
    )
    channel: Annotated[str, Field()] = key("", "The channel they came from; the first inbound channel when empty.")

    @property
    def buyers(self) -> tuple[OldCustomer, ...]:
        """Customers as a list says; none where they are only counted."""
        return self.customers if isinstance(self.customers, tuple) else ()

    @property
    def base(self) -> int:
        """Number of customers, those of a list who may have left among them."""
        return self.customers if isinstance(self.customers, int) else sum(row.count for row in self.customers)

    @property
    def rows(self) -> tuple[OpenLead, ...]:
        """Open leads as a list says; none where they are only counted."""
        return self.pipeline if isinstance(self.pipeline, tuple) else ()

    def listed(self, channel: str) -> tuple[OpenLead, ...]:
        """The row of each open lead of a channel; none where they are only counted."""
        return tuple(row for row in self.rows if row.channel == channel for _ in range(row.count))

    def times(self, factor: float) -> int | tuple[OpenLead, ...]:
        """So many times the open leads, rounded; rows of which nobody is left are left out."""
        return _times(self.pipeline, factor)

    def base_times(self, factor: float) -> int | tuple[OldCustomer, ...]:
        """The same of the customers."""
        return _times(self.customers, factor)


def _times(there: int | tuple[Row, ...], factor: float) -> int | tuple[Row, ...]:
    if not isinstance(there, tuple):
        return round(there * factor)
    scaled = (row.model_copy(update={"count": round(row.count * factor)}) for row in there)
    return tuple(row for row in scaled if row.count)


class LoyaltyProgramme(Block):
    """A loyalty programme of a structure: instead of, or beside, farmers."""

    cost_per_customer_per_month: Amount = key(0, "Cost of each customer in the programme, a month, money.")
    cost_per_month: Amount = key(0, "Fixed cost of the programme, a month, money.")
    orders: Positive = key(1, "Factor on how often customers order.")
    churn: NonNegative = key(1, "Factor on the customers' own hazard of leaving.")
