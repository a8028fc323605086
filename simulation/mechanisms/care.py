"""Care: calls to customers that one knows already, which nobody asked for. They are pleasant and never run out.

They fill the time that is left, before the cold calls where the order of preference has them first: their part of a
difference is what caring for customers brings one structure more than the other, less the cold calls that it costs.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from simulation.mechanisms.mechanism import Mechanism
from simulation.texts import worded
from simulation.written.base import Block, Neutral, Plausible, key
from simulation.written.distributions import WorkingDistribution
from simulation.written.quantities import NonNegative, PerMonth, Share
from simulation.written.readers import MONTH

MECHANISM = Mechanism(
    "care",
    "drift",
    (
        "department.customers.CareCall",
        "department.customer.Customer.cared",
        "department.customers.Customers.order_size",
    ),
    "expected.flows.carers",
    measures=("customers_lost", "customers_end"),
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

    @property
    def lasts(self) -> float:
        """Hours for which a contact does its good, or its harm."""
        return MONTH / self.wanted_per_month

    @property
    def hazards(self) -> tuple[float, float]:
        """Factors on the customer's own hazard of leaving after a contact too many, and while it is cared for."""
        return 1.0 + self.harm, 1.0 - self.churn

    def rate(self, own: float | None) -> float:
        """Contacts a month that a role seeks with each customer; `own`: what the role says of it."""
        return self.most_per_month if own is None else own

    def is_welcome(self, since: float) -> bool:
        """Whether a contact so many hours after the last one is none too many; the interval is from end to end."""
        return since >= MONTH / self.most_per_month - 1e-6

    def covered(self, rate: float) -> float:
        """Share of the time that a customer is cared for, by so many contacts a month at regular intervals."""
        return min(1.0, rate / self.wanted_per_month)

    @model_validator(mode="after")
    def _wanted_is_pleasant(self) -> Care:
        if self.most_per_month < self.wanted_per_month:
            raise ValueError(worded("care-most-below"))
        return self


CARE = key(
    {},
    "Contacts that nobody asked for, by roles with the activity `care`; null: they bring nothing, nobody calls.",
    changes=True,
    neutral=Neutral("care", None),
)
"""The key of the customers."""
CARE_PER_MONTH = key(
    None,
    "Contacts a month that the role seeks with each customer (`care`); null: as many as customers put up with.",
    gt=0,
    changes=True,
)
"""The key of a role."""
