"""Probation: those who cannot do the job are weeded out at the end of the trial time, as far as it sees talent."""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.quantities import Positive, Share
from simulation.written.readers import MONTH

MECHANISM = Mechanism(
    "probation",
    "turnover",
    ("department.staffing.Staffing.probation", "world.people.Crowd.fails_probation"),
    "mechanisms.tenure_law.mean_tenure",
    measures=("leavers",),
)


class Probation(Block):
    """Trial time: those who cannot do the job are weeded out."""

    months: Positive = key(3, "Length, months.")
    failure: Share = key(
        0.2,
        "Probability of failing.",
        "judgement; SBI: 29 % of leavers are new",
        lt=1,
        neutral=Neutral("probation", 0),
        drives={"leavers": "+4"},
    )
    insight: Share = key(
        0.5, "How well it sees talent: correlation of the verdict with talent in the role's activities; 0 is luck."
    )

    @property
    def hours(self) -> float:
        """Length, hours."""
        return self.months * MONTH

    def fails(self, merit: float | None, noise: float) -> bool:
        """Whether somebody fails: insight * merit + sqrt(1 - insight^2) * noise is in its lowest share.

        So the probability is `failure` whatever the insight.

        Args:
            merit: talent in the activities of the role, standardised; None where it tells nothing.
            noise: standard normal luck.
        """
        if self.failure == 0:
            return False
        insight = 0.0 if merit is None else self.insight
        from simulation.written.special import ndtri

        verdict = insight * (merit or 0.0) + (1 - insight**2) ** 0.5 * noise
        return verdict < float(ndtri(self.failure))
