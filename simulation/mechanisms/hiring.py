"""Hiring: how an empty position is filled again, how long that takes and what it costs."""

from __future__ import annotations

from math import ceil
from typing import Literal

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.distributions import ElapsedDistribution
from simulation.written.quantities import Amount, Count, Elapsed

MECHANISM = Mechanism(
    "recruiting",
    "turnover",
    ("department.staffing.Staffing.search", "world.people.Crowd.recruiting_time", "finance.turnover.recruiting_cost"),
    "expected.staff.Staff",
    measures=("hires", "vacancy", "turnover_cost.recruiting", "turnover_cost.vacancy"),
)


class Recruiting(Block):
    """How a position is filled."""

    time: ElapsedDistribution = key(
        {"lognormal": {"mean": "49 days", "cv": 0.5}},
        "From the begin of the search to the newcomer's first day, elapsed time.",
        "35 working days (30-45 in Russia)",
        neutral=Neutral("recruiting", "0 h"),
    )
    cost: Amount = key(
        0,
        "Cash cost of one hire, money (lost sales are simulated, not counted here).",
        neutral=Neutral("recruiting", 0),
    )
    policy: Literal["react", "buffer", "batch"] = key(
        "react",
        "react: the search begins with the notice; buffer: so many people more than positions are kept, so that "
        "somebody is there when one leaves; batch: searches begin only on fixed dates.",
        neutral=Neutral("recruiting", "react"),
    )
    buffer: Count = key(1, "People kept above the headcount (policy `buffer`).")
    every: Elapsed = key("3 months", "Interval between the dates at which searches begin (policy `batch`).")

    @property
    def spare(self) -> int:
        """People kept above the headcount."""
        return self.buffer if self.policy == "buffer" else 0

    def search_from(self, now: float) -> float:
        """When a search for somebody who is needed from now on begins, hours."""
        if self.policy == "batch" and self.every > 0:
            return self.every * ceil(now / self.every - 1e-9)
        return now

    def vacancy(self, notice: float) -> float:
        """Hours for which a position is empty when somebody leaves after a notice, in the mean."""
        return max(0.0, self.time.mean - notice)


RECRUITING = key(None, "How positions of this role are filled; null: as for all people.", changes=True)
"""The key of a role."""
