"""Response: a lead that waits goes elsewhere, or has gone cold by the time somebody answers.

Patience runs around the clock; the decay of conversion goes by working time. One of the two, or both fitted together.
"""

from __future__ import annotations

from math import exp

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.quantities import Share, Working

MECHANISM = Mechanism(
    "response",
    "response",
    ("department.leads.LeadFlow.qualified", "department.leads.Lead.gave_up"),
    "expected.office_time.OfficeTime.still_there",
    measures=("answered", "lost_unanswered", "response_hours", "response_working_hours"),
)


class SpeedToLead(Block):
    """Conversion at the first contact against the response time: floor + (1 - floor) * exp(-t / tau)."""

    floor: Share = key(
        0.3,
        "What remains of the conversion after a very late answer.",
        "judgement; published effects (HBR 2011, LRM 2007) are observational and disagree",
        changes=True,
    )
    tau: Working = key(
        "8 h",
        "Time constant of the decay, in working time.",
        "judgement: conversion halves in about one working day",
        changes=True,
    )

    def left(self, response: float) -> float:
        """Share of the conversion that is left after a response time, working hours."""
        return self.floor + (1.0 - self.floor) * exp(-response / self.tau)


SPEED_TO_LEAD = key(
    {}, "Decay of conversion with the response time; null switches it off.", neutral=Neutral("response", None)
)
"""The key of the market."""
PATIENCE = key(
    {"exponential": "14 days"},
    "How long a lead waits for the first answer, in elapsed time.",
    "judgement: ten working days",
    changes=True,
    neutral=Neutral("response", "never"),
    drives={"qualified": "+6"},
)
"""The key of a channel."""
PATIENCE_OF_A_STAGE = key(
    "never",
    "How long the customer waits for the seller to begin this stage once it is due, elapsed time.",
    changes=True,
    neutral=Neutral("response", "never"),
)
"""The key of a stage."""
