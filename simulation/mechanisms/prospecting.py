"""Drift: who gets round to cold calls. Leads of an outbound channel are made by people, in the time that is left.

Neutral is an outbound channel that is off, so its part of a difference is what finding leads brings one structure more
than the other. Attempts have no memory: how many a find needs is geometric, whoever makes them.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key, required
from simulation.written.quantities import Count, PerMonth
from simulation.written.readers import MONTH

MECHANISM = Mechanism(
    "drift",
    "drift",
    (
        "department.prospecting.Prospecting.begin",
        "department.person.Person._prospect",
        "world.world.World.attempts_to_find",
    ),
    "expected.flows.Solver.solve",
    measures=("leads_found",),
)


class ContactList(Block):
    """The reachable list of an outbound channel."""

    size: Count = required("Contacts on the list at the start, and the most it can hold.")
    refresh_per_month: PerMonth = key(0, "New contacts a month, added at each month's start.", changes=True)

    def refilled(self, left: float) -> float:
        """Contacts left after a month's new ones have come, where so many were left before."""
        return min(max(self.size, left), left + self.refresh_per_month)

    def fresh(self, begin: float, end: float) -> float:
        """Contacts that come onto the list between two times (hours since its start); in the first month none do."""
        return self.refresh_per_month * (max(0.0, end / MONTH - 1) - max(0.0, begin / MONTH - 1))


ACTIVE = key(True, "false switches the channel off.", changes=True, neutral=Neutral("drift", False))
ATTEMPT = key(
    "7 min",
    "Work of one attempt (a dial, a visit).",
    "60-70 dials a day: triz-ri.ru forum (70 a day when the person only calls)",
    changes=True,
    drives={"finds": "-2", "calls": "-1"},
)
FIND_PROBABILITY = key(
    0.02,
    "Probability that an attempt finds a lead.",
    "judgement: about 6 h of calls for a lead (3-15 h)",
    changes=True,
    drives={"finds": "+1", "qualified": "+5", "deals": "+4"},
)
CONTACTS = key(
    None,
    "The reachable list; without it the list never runs dry.",
    changes="fixed-contacts",
)
"""The keys of an outbound channel."""


def attempts_needed(luck: NDArray[np.float64], probability: float) -> NDArray[np.int64]:
    """Attempts until a find (geometric), by uniform luck, of its shape; a likelier find never needs more.

    `probability` is below 1: then one is enough.
    """
    return np.ceil(np.log(luck) / np.log1p(-probability)).astype(np.int64)


def most_attempts(contacts: ContactList | None, end: float) -> float:
    """Most attempts a month, from the start of the run to an end (hours), that a list allows; infinite without one."""
    return inf if contacts is None else (contacts.size + contacts.fresh(0.0, end)) / (end / MONTH)
