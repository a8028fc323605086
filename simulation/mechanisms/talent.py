"""Talent: people differ, in all that they do and in each activity by itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, Plausible, key
from simulation.written.quantities import NonNegative, Share

Floats = NDArray[np.float64]
MECHANISM = Mechanism(
    "talent",
    "other",
    ("world.people.Crowd.talent", "department.skills.skills_of"),
    left_out="the closed form takes everybody's mean, and people differ around it",
)


class Talent(Block):
    """How people differ: a lognormal vector with mean 1, one entry per activity."""

    sd: NonNegative = key(
        0.1,
        "Standard deviation of the logarithm of talent; 0 makes all people alike.",
        neutral=Neutral("talent", 0),
        plausible=Plausible(9, 0, 0.25, "judgement"),
    )
    correlation: Share = key(0.5, "Correlation of the logarithms between activities.")

    def of(self, common: Floats, own: Floats) -> Floats:
        """Talents with mean 1, shape (people, activities).

        Args:
            common: standard normal luck of each person.
            own: standard normal luck in each activity, shape (people, activities).
        """
        mixed = self.correlation**0.5 * common[:, None] + (1 - self.correlation) ** 0.5 * own
        return np.exp(self.sd * mixed - self.sd * self.sd / 2)

    def merit(self, logs: Floats) -> float:
        """The mean of so many logarithms of a person's talents, standardised; only where people differ."""
        alike = self.correlation + (1 - self.correlation) / len(logs)
        return (float(logs.mean()) + self.sd * self.sd / 2) / (self.sd * alike**0.5)
