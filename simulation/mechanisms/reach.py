"""Attempts to reach: the work on a stage begins with tries until the customer picks up, as telephone sellers know it.

A try is a short piece of work; the one that reaches the customer goes over into the stage's own work. How many a lead
needs is geometric and cut off: after the last one it is closed. What structures make of it is waiting and load: every
try takes its turn among the work of whoever has the lead.
"""

from __future__ import annotations

from math import expm1, log1p
from typing import Annotated

from pydantic import Field

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.distributions import WorkingDistribution
from simulation.written.quantities import Count, Elapsed, Share

MECHANISM = Mechanism(
    "reach",
    "other",
    ("department.leads.Lead.hours", "department.leads.LeadFlow.missed"),
    "expected.odds.stage_passed",
    measures=("lost.<reason>", "response_hours"),
)


class Reach(Block):
    """Tries to reach the customer with which the work on a stage begins."""

    probability: Annotated[Share, Field(gt=0)] = key(
        0.3, "Probability that a try reaches the customer; every try anew.", "judgement; 0.1-0.5", changes=True
    )
    every: Annotated[Elapsed, Field(gt=0)] = key(
        "1 day", "From a try in vain to when the next one can be made, elapsed time.", changes=True
    )
    most: Annotated[Count, Field(ge=1)] = key(
        6, "Tries after which a lead is closed as not reached.", "judgement; 4-8", changes=True
    )
    work: WorkingDistribution = key("3 min", "Work of one try, working time; of all to a lead the same.", changes=True)

    @property
    def reached(self) -> float:
        """Share of the leads that are reached at last: 1 - (1 - p)^most."""
        return 1.0 if self.probability >= 1 else -expm1(self.most * log1p(-self.probability))

    @property
    def tries(self) -> float:
        """Mean tries a lead, of those who are never reached too: (1 - (1 - p)^most) / p."""
        return self.reached / self.probability


REACH = key(
    None,
    "Tries to reach the customer with which the work begins; null: reached at once.",
    changes=True,
    neutral=Neutral("reach", None),
)
"""The key of a stage."""
