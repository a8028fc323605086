"""Mean proficiency of a role's people, from what they practised over their tenure, and its effects."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.expected.office_time import Floats
from simulation.mechanisms.ramp import of_those_who_can
from simulation.mechanisms.specialisation import Learning, Mastery, mastery_of
from simulation.scenario.people import Activity, People
from simulation.scenario.structures import Role
from simulation.written.readers import MONTH

_POINTS = 64


def learning_of(people: People, role: Role, activity: Activity) -> Learning:
    """The learning curve of a role in an activity: its own, or the one of the people."""
    own = role.learning.get(activity)
    curve: Learning = own if own is not None else getattr(people.learning, activity)
    return curve


def tenures(people: People, months_later: float) -> Floats:
    """Tenure of people of every rank from short to long, months, so many months after the first day."""
    ranks = (np.arange(_POINTS) + 0.5) / _POINTS
    return np.asarray(people.tenure.quantile(ranks)) / MONTH + months_later


def mastery(people: People, role: Role, activity: Activity, monthly: float, tenure: Floats) -> Mastery:
    """What the mean person of a role is worth in an activity.

    Talent is left out: its mean is 1, and work that people share is done at their mean pace.

    Args:
        people: learning curves of all people.
        role: the role with its own curves or ramps.
        activity: the activity.
        monthly: repetitions a month of one person.
        tenure: tenures of its people, months.
    """
    curve = learning_of(people, role, activity)
    ramp, part = role.ramp.get(activity), 1.0
    if ramp:
        p, part = of_those_who_can(ramp, tenure)
    else:
        made = 1 - 2.0 ** (-monthly * tenure / curve.half_life)
        p = float((curve.start + (curve.mastery - curve.start) * made).mean())
    return mastery_of(p, curve.effects, part)


class Masteries:
    """Mastery of every role in every activity of a structure."""

    def __init__(self, known: Mapping[tuple[str, Activity], Mastery] | None = None) -> None:
        """By role and activity; whoever is not named has proficiency 1."""
        self._of = known or {}

    @classmethod
    def of_tenure(
        cls,
        people: People,
        roles: Mapping[str, Role],
        monthly: Mapping[str, Mapping[str, float]],
        months_later: float = 0.0,
    ) -> Masteries:
        """From repetitions a month of one person by role and activity, over the tenure that people have."""
        tenure = tenures(people, months_later)
        return cls(
            {
                (name, activity): mastery(people, role, activity, monthly.get(name, {}).get(activity, 0.0), tenure)
                for name, role in roles.items()
                for activity in {duty.activity for duty in role.activities}
            }
        )

    def __call__(self, role: str, activity: Activity) -> Mastery:
        """The mastery of a role in an activity."""
        return self._of.get((role, activity), _PLAIN)


_PLAIN = Mastery()
