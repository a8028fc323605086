"""Unhappy customers: who waits for an order or an answer longer than he is used to is more likely to leave."""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Neutral, key

MECHANISM = Mechanism(
    "unhappy_customers",
    "response",
    ("department.customer.Customer.waits", "department.customer.Customer.served"),
    left_out="nobody waits in the closed form",
    measures=("customers_lost",),
)
TOLERANCE = key(
    "7 days",
    "An order or request that waits longer than this makes the customer unhappy.",
    changes="fixed-customs",
    drives={"customers_lost": "-3"},
)
LATE_CHURN = key(
    0.04,
    "Hazard added while an order or request waits beyond the tolerance.",
    "judgement: +4 percentage points a month",
    changes=True,
    neutral=Neutral("unhappy_customers", 0),
    drives={"customers_lost": "+2"},
)
"""The keys of the customers."""
