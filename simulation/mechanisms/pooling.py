"""Pooling: a team's queue, from which whoever is free takes the next, against personal queues and pods.

What small teams lose by rounding, and specialists who stand idle, emerge from headcounts and have no key.
"""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Neutral, key

MECHANISM = Mechanism(
    "pooling",
    "ownership",
    (
        "department.work.Desk.post",
        "department.work.Desk.next_in_turn",
        "department.leads.LeadFlow.enter",
        "department.blueprint.Blueprint.draw",
        "scenario.duties.takers",
    ),
    left_out="nobody waits in the closed form, so that it is all the same who takes the work",
    measures=("response_hours", "utilisation"),
)
OWNERSHIP = key(
    "team",
    "personal: follow-up waits for its owner; team: any colleague in the role takes it.",
    changes=True,
    neutral=Neutral("pooling", "team"),
)
NEW_WORK = key(
    "shared",
    "assigned: new work is given out in turn as it comes; shared: whoever is free takes it.",
    changes=True,
    neutral=Neutral("pooling", "shared"),
)
"""The keys of a role."""
PODS = key(
    1,
    "Groups that each work their own leads; every working role's headcount is shared among them.",
    changes="fixed-pods",
    neutral=Neutral("pooling", 1),
)
"""The key of a structure."""
