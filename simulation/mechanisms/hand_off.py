"""Hand-off: what it costs that a lead or a customer passes from one role to another.

Time, work for the receiver to read himself in, knowledge that is lost for good, and some of what is passed on. A tool
that everybody writes into (a CRM) leaves a share of the usual losses, `kept`.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Facts, Neutral, Plausible, key
from simulation.written.quantities import Elapsed, NonNegative, Share, Working

MECHANISM = Mechanism(
    "hand_off",
    "hand-off",
    (
        "department.leads.LeadFlow.hand_over",
        "department.customers.Customers.hand_over",
        "department.blueprint.Blueprint.draw",
    ),
    "mechanisms.hand_off.Handover.passed",
    measures=("hand_offs", "lost.<reason>"),
)


class Passed(Protocol):
    """A lead that passes from one role to another."""

    extra: float  # hours of reading for whoever receives it
    shift: float  # what is added to the log-odds of its conversions


class Handover(Block):
    """What a hand-off from one role to another costs."""

    delay: Elapsed = key(
        "1 day",
        "From the end of one role's work until the next role can begin, elapsed time.",
        neutral=Neutral("hand_off", 0),
    )
    loss: Share = key(0, "Probability that it is lost in the hand-off.", neutral=Neutral("hand_off", 0))
    extra_work: Working = key("0 h", "Work for the receiver to read himself in.", neutral=Neutral("hand_off", 0))
    information: NonNegative = key(
        0, "Fall in the log-odds of every later conversion (lost information).", neutral=Neutral("hand_off", 0)
    )

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing."""
        return not (self.loss or self.extra_work or self.information or self.delay)

    def loses(self, luck: float, kept: float) -> bool:
        """Whether what has such a luck, uniform, is lost."""
        return luck < self.loss * kept

    def burden(self, lead: Passed, kept: float) -> None:
        """Let a lead bear what its hand-off costs."""
        lead.extra += self.extra_work
        lead.shift -= self.information * kept

    def passed(self, waits: bool) -> tuple[float, float]:
        """Share of what is handed over that is not lost in it, and the hours for which the customer feels the delay.

        A customer who thinks longer than the hand-off takes does not wait for it, unless it never ends.
        """
        return 1 - self.loss, self.delay if waits or self.delay == inf else 0.0


class HandOff(Block):
    """Hand-offs between roles, by what is handed over; no role is named."""

    lead: Handover = key(
        {"loss": 0.15, "delay": "1 day", "extra_work": "15 min"},
        "A lead in the pipeline.",
        "prospectory.ai 2026: 27 % of 200 booked meetings came to nothing; weak evidence, .05-.40: vary it",
        inside={
            "loss": Facts(
                drives={"deals": "-6"},
                plausible=Plausible(1, 0.05, 0.40, "prospectory.ai 2026: 27 % of 200 booked meetings came to nothing"),
            ),
            "delay": Facts(drives={"cycle_days": "+2", "open": "+6"}),
        },
    )
    customer: Handover = key(
        {"loss": 0.03, "delay": "1 day", "extra_work": "30 min"},
        "A customer after the first deal.",
        "judgement: 0-.10",
        inside={"loss": Facts(drives={"customers_won": "-2"}, plausible=Plausible(2, 0, 0.10, "judgement"))},
    )


OWN_HAND_OFF = key(None, "Hand-off of this structure instead of the scenario's.", changes=True)
"""The key of a structure."""
