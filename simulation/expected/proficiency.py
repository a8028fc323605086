"""Mean proficiency of a role's people, from what they practised over their tenure, and its effects."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.expected.office_time import Floats
from simulation.mechanisms.ramp import of_those_who_can
from simulation.scenario.people import Activity, Learning, People
from simulation.scenario.structures import Role
from simulation.written.odds import bounded, power
from simulation.written.readers import MONTH

_POINTS = 64
LEAST = 1e-3
"""Proficiency of people who are taken to do nothing yet: work is divided by it."""


@dataclass(frozen=True)
class Mastery:
    """What the people of a role are worth in one activity, against a person of proficiency 1.

    Attributes:
        proficiency: mean proficiency p.
        pace: work time is divided by it.
        odds: added to the log-odds of conversion.
        sharp: added to the log-odds of a right decision.
        size: factor on the deal size.
        hold: the customers' own hazard of leaving is divided by it.
        growth: factor on an upsell's uplift.
    """

    proficiency: float = 1.0
    pace: float = 1.0
    odds: float = 0.0
    sharp: float = 0.0
    size: float = 1.0
    hold: float = 1.0
    growth: float = 1.0


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
    return mastery_of(p, curve, part)


def mastery_of(proficiency: float, curve: Learning, part: float = 1.0) -> Mastery:
    """What people of a mean proficiency are worth, by the effects of a learning curve; `part`: who can do it at all."""
    p = max(proficiency, LEAST)
    effects, log = curve.effects, math.log(p)
    return Mastery(
        proficiency=p * part,
        pace=power(p, effects.speed) * part,
        odds=bounded(effects.conversion * log),
        sharp=bounded(effects.filter * log),
        size=power(p, effects.deal_size),
        hold=power(p, effects.retention),
        growth=power(p, effects.growth),
    )


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
