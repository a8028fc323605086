"""How long newcomers need to become good, and what they fall short of on the way: by curves and the run's pace."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.people import Activity, People
from simulation.scenario.structures import Role
from simulation.scenario.workload.proficiency import learning_of

Floats = NDArray[np.float64]
READY = 0.9
"""Share of full proficiency from which a newcomer counts as ramped."""
LONGEST = 60
"""Months after which nobody looks any more."""
_MONTHS = np.linspace(0.0, LONGEST, 4 * LONGEST + 1)


def months_to_ready(people: People, role: Role, hours: Mapping[str, float], monthly: Mapping[str, float]) -> float:
    """Months until a beginner of a role has 90 % of full proficiency at a pace; NaN: not within 60, or no work.

    Relative proficiency is weighted by the role's hours. By repetitions it is 1 - g 2^(-n/half_life), where g is the
    gap of a beginner and n the repetitions so far; an explicit ramp goes by its months.

    Args:
        people: the learning curves.
        role: the role, with its own curves and ramps.
        hours: hours worked by activity: their shares are the weights.
        monthly: repetitions by activity that one person makes a month.
    """
    activities = _activities(role)
    weights = np.array([hours.get(activity, 0.0) for activity in activities])
    if not weights.sum() > 0:
        return math.nan
    level = np.zeros(len(_MONTHS))
    for activity, weight in zip(activities, weights / weights.sum(), strict=True):
        if weight > 0:
            level += weight * _level(people, role, activity, monthly.get(activity, 0.0))
    ready = np.flatnonzero(level >= READY)
    if not len(ready):
        return math.nan
    after = int(ready[0])
    if after == 0:
        return 0.0
    low, high = level[after - 1], level[after]
    share = (READY - low) / (high - low)
    return float(_MONTHS[after - 1] + share * (_MONTHS[after] - _MONTHS[after - 1]))


def shortfall(people: People, role: Role, hours: Mapping[str, float]) -> float:
    """Mean of 1 less the relative proficiency on the way to 90 %, weighted by the role's hours of each activity.

    A gap that closes exponentially from g to 0.1 has on the way the mean (g - 0.1)/ln(g/0.1); an explicit ramp has
    the mean of its months below 90 %. Arguments as for ``months_to_ready``.
    """
    activities = _activities(role)
    weights = np.array([hours.get(activity, 0.0) for activity in activities])
    if not weights.sum() > 0:
        return 0.0
    means = np.array([_mean_gap(people, role, activity) for activity in activities])
    return float(weights @ means / weights.sum())


def _activities(role: Role) -> list[Activity]:
    return list(dict.fromkeys(duty.activity for duty in role.activities))


def _level(people: People, role: Role, activity: Activity, monthly: float) -> Floats:
    """Relative proficiency in an activity at each of ``_MONTHS``."""
    ramp = role.ramp.get(activity)
    if ramp:
        return np.asarray(ramp)[np.minimum(_MONTHS, len(ramp) - 1).astype(int)] / ramp[-1]
    curve = learning_of(people, role, activity)
    gap = 1.0 - curve.start / curve.mastery
    return np.asarray(1.0 - gap * np.exp2(-monthly * _MONTHS / curve.half_life))


def _mean_gap(people: People, role: Role, activity: Activity) -> float:
    ramp = role.ramp.get(activity)
    if ramp:
        gaps = [1.0 - step / ramp[-1] for step in ramp if step < READY * ramp[-1]]
        return math.fsum(gaps) / len(gaps) if gaps else 0.0
    curve, rest = learning_of(people, role, activity), 1.0 - READY
    gap = 1.0 - curve.start / curve.mastery
    return (gap - rest) / math.log(gap / rest) if gap > rest else max(gap, 0.0)
