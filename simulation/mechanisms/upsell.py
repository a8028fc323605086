"""Upsell: proposals to customers to buy more, which make their orders larger for good where they succeed."""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.distributions import ElapsedDistribution, WorkingDistribution
from simulation.written.odds import shifted
from simulation.written.quantities import NonNegative, Share

MECHANISM = Mechanism(
    "upsell",
    "other",
    ("department.customers.Proposal.follow", "department.customers.Customers"),
    "mechanisms.upsell.Upsell.growth",
    measures=("repeat_revenue",),
)
BY_CUSTOMER = "fixed-orders"
ORDER_WORK = "fixed-order-work"
"""Why keys of customers do not change during a run."""
BY_CHANNEL = key(0, "Shift in the log-odds that an upsell succeeds (a promotion buyer < 0).", changes=True)
"""The key of a channel."""


class Upsell(Block):
    """Proposals to a customer to buy more."""

    every: ElapsedDistribution = key(
        "never",
        "Interval between upsell opportunities of one customer, elapsed time.",
        changes=BY_CUSTOMER,
        neutral=Neutral("upsell", "never"),
    )
    work: WorkingDistribution = key(
        {"gamma": {"mean": "1 h", "cv": 0.7}}, "Work of one upsell proposal.", changes=ORDER_WORK
    )
    probability: Share = key(0.2, "Probability that it succeeds, by a person of proficiency 1.", changes=True)
    uplift: NonNegative = key(
        0.1, "Lasting growth of the customer's orders after a success (0.1 = +10 %).", changes=True
    )

    def growth(self, proposals: float, shift: float, skill: float) -> float:
        """Expected growth of a customer's orders by so many proposals.

        Args:
            proposals: how many.
            shift: added to the log-odds of each.
            skill: factor on the uplift.
        """
        return proposals * shifted(self.probability, shift) * self.uplift * skill
