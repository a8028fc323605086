"""Coaching: what heads have time to give the others, and what people lose whom nobody coaches.

Heads are asked for the coaching of each person, for the newcomers on trial and for the coordination of several kinds of
work. Where more is asked than they can give, everybody gets the same share of the coaching.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.quantities import NonNegative, Positive, Share, Working

MECHANISM = Mechanism(
    "coaching",
    "payroll",
    ("department.leading.Leading.renew", "department.leads.LeadFlow.staged", "department.skills.Skill.slow_down"),
    left_out="everybody is coached in the closed form",
    measures=("head_load", "coached"),
)


class Coaching(Block):
    """What people lose to whom the head has no time to give. Without any head it is taken as given."""

    learning: Share = key(0.3, "Share of the learning lost when nobody is coached.", neutral=Neutral("coaching", 0))
    conversion: NonNegative = key(
        0.2, "Fall in the log-odds of conversion when nobody is coached.", neutral=Neutral("coaching", 0)
    )

    def pace(self, coached: float) -> float:
        """How much of one a repetition counts for somebody who gets a share of the coaching."""
        return 1.0 - self.learning * (1.0 - coached)

    def odds(self, coached: float) -> float:
        """What is added to the log-odds of conversion of somebody who gets a share of the coaching."""
        return -self.conversion * (1.0 - coached)


class Leading(Block):
    """How a head spends the week; a head who cannot give all the hours gives the same share of them to each."""

    span: Positive = key(8, "People whom one head can lead in full.", "8.1 (Bridge Group), 8.7 (TOPO) hunters a leader")
    coaching: Working = key("2 h", "Coaching of each person a week; a head has `span` times as much in all.")
    coordination: Working = key("1 h", "Hours a week for each kind of working role beyond the first.")

    @property
    def hours(self) -> float:
        """Hours a week that a head has for the others."""
        return self.span * self.coaching


LEADS = key(
    None,
    "How the role leads the others (a head); null: it leads nobody.",
    changes=True,
    neutral=Neutral("coaching", None),
)
"""The key of a role."""


class HeadHours(NamedTuple):
    """Hours a week that are asked of the heads, and that they can give."""

    asked: float
    given: float

    @property
    def load(self) -> float:
        """Hours asked over hours given; infinite when no head is there."""
        if self.given == 0.0:
            return inf if self.asked > 0 else 0.0
        return self.asked / self.given


def head_hours(given: Iterable[float], led: Iterable[tuple[str, float]], first: Leading) -> HeadHours:
    """Hours asked of the heads who are there, and given by them.

    Args:
        given: hours a week of each head who is there: a part of `Leading.hours` of whoever works a part of the fullest
            week in the role.
        led: those who are led: their role, and the head's hours a week for a newcomer on trial (else 0).
        first: how the first of the heads' roles leads; it says what each person is asked for.
    """
    asked = 0.0
    kinds = set()
    for role, newcomer in led:
        asked += first.coaching
        asked += newcomer
        kinds.add(role)
    asked += first.coordination * max(0, len(kinds) - 1)
    return HeadHours(asked, sum(given))


def share(load: float) -> float:
    """Share of the coaching that people get at a load of the heads."""
    return 1.0 if load <= 1.0 else 1.0 / load
