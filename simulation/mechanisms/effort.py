"""Effort: people who are behind the plan work faster, in proportion to what is missing of the plan so far."""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Neutral, key

MECHANISM = Mechanism(
    "effort", "other", ("department.pace.weekly_effort",), left_out="nobody is behind a plan in the closed form"
)
EFFORT = key(
    0,
    "How much faster people work at most when they are behind: looked at every week, in proportion to the share of "
    "the plan so far that is missing (of the month; of the year where the plan is rolling). 0: it changes nothing.",
    "judgement",
    neutral=Neutral("effort", 0),
)
"""The key of the plan."""


def faster(most: float, reached: float, planned: float) -> float:
    """Share by which people work faster who have reached so much of what is planned so far."""
    missing = 1.0 - reached / planned if planned > 0 else 0.0
    return most * min(1.0, max(0.0, missing))
