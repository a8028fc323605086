"""Onboarding: how a newcomer begins, and whose time that takes; how good he is after that is learning."""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.mechanisms.probation import Probation
from simulation.written.base import Block, Neutral, key
from simulation.written.quantities import Amount, NonNegative, Working
from simulation.written.readers import MONTH

MECHANISM = Mechanism(
    "onboarding",
    "turnover",
    ("department.staffing.Staffing.begin", "department.leading.Leading.week", "finance.turnover.course_cost"),
    "expected.staff.Staff",
    measures=("training_share", "turnover_cost.training"),
)


class Onboarding(Block):
    """How a newcomer begins; the ramp after that is learning."""

    training_days: NonNegative = key(5, "Training without production, working days.", neutral=Neutral("onboarding", 0))
    mentor: Working = key(
        "2 h",
        "A colleague's hours a week for each newcomer, until probation ends (activity `coach`).",
        neutral=Neutral("onboarding", 0),
    )
    head: Working = key(
        "3 h",
        "The head's hours a week for each newcomer, until probation ends.",
        "40 h of the head in all: vc.ru",
        neutral=Neutral("onboarding", 0),
    )
    cost: Amount = key(0, "Courses, materials, access for one newcomer, money.", neutral=Neutral("onboarding", 0))
    probation: Probation = key({}, "Trial time.")

    def office_hours(self, per_day: float) -> float:
        """Length of the training, working hours, where a day has so many."""
        return self.training_days * per_day

    def elapsed(self, days_per_month: float) -> float:
        """The same in hours of the clock, where a month has so many working days."""
        return self.training_days / days_per_month * MONTH


ONBOARDING = key(None, "How newcomers of this role begin; null: as for all people.", changes=True)
"""The key of a role."""
