"""Departure: what a leaver takes along, in proportion to the share of the contacts that was his.

Until the work is given to others it waits at the desk that the person has left. A tool that everybody writes into (a
CRM) leaves a share of the usual losses, `kept`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, Plausible, key
from simulation.written.quantities import Elapsed, NonNegative, Share

MECHANISM = Mechanism(
    "departure",
    "departure",
    ("department.departures.Departures.hand_over", "department.customer.Customer.undented"),
    left_out="positions are always filled in the closed form; it plans only what filling them costs",
    measures=("customers_lost_leaver", "turnover_cost.clients"),
)


class Departure(Block):
    """What a leaver takes along or leaves behind, in proportion to the share of contacts that was his."""

    reassign_after: Elapsed = key(
        "3 days", "From leaving until the work is given to others, elapsed time.", neutral=Neutral("departure", 0)
    )
    leads_lost: Share = key(
        0.4,
        "Probability that an open lead, all of whose contacts were the leaver's, is lost.",
        "judgement",
        neutral=Neutral("departure", 0),
        plausible=Plausible(7, 0.1, 0.6, "judgement"),
    )
    customers_lost: Share = key(
        0.176,
        "Probability that a customer, all of whose contacts were the leaver's, leaves when a newcomer takes over.",
        "Shi, Sridhar, Grewal, Lilien 2017: sales -13.2 % to -17.6 % in the following year",
        neutral=Neutral("departure", 0),
        drives={"customers_lost": "+4"},
        plausible=Plausible(6, 0.05, 0.30, "Shi et al. 2017: -13.2 to -17.6 % in the year after"),
    )
    colleague_saves: Share = key(
        0.25,
        "Share of that loss that is saved when a colleague who was there before takes over.",
        "Shi et al. 2017: existing representatives hold the customer better (13.2 of 17.6 %)",
    )
    orders_fall: Share = key(
        0,
        "Fall of the orders of such a customer who stays; 0 is off (the loss above is the total).",
        neutral=Neutral("departure", 0),
    )
    orders_recover: Elapsed = key("12 months", "Time in which the orders recover, linear, elapsed time.")
    clients_to: Literal["colleagues", "successor"] = key(
        "colleagues",
        "colleagues: the leaver's own customers and leads go to colleagues in turn; successor: they wait for the "
        "newcomer in the same position (without colleagues they always do).",
    )
    severance: NonNegative = key(
        0, "Severance of somebody laid off, months of base pay.", neutral=Neutral("payroll", 0)
    )

    def lead_lost(self, held: float, kept: float) -> float:
        """Probability that an open lead is lost of whose contacts a share was the leaver's."""
        return self.leads_lost * held * kept

    def customer_lost(self, held: float, kept: float, known: bool) -> float:
        """The same of a customer; `known`: a colleague who was there before takes over, and not a newcomer."""
        return self.customers_lost * (1.0 - (self.colleague_saves if known else 0.0)) * held * kept

    def fall(self, held: float, kept: float) -> float:
        """Share by which the orders of a customer who stays fall."""
        return self.orders_fall * held * kept


def share_of(hands: Sequence[object], leaver: object, unknown: float) -> float:
    """Share of the contacts that was the leaver's; `unknown` where there were none."""
    return hands.count(leaver) / len(hands) if hands else unknown
