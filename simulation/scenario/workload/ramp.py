"""How long newcomers need to become good: the learning curves at the pace of the closed form."""

from __future__ import annotations

import math
from collections.abc import Mapping

from scipy.optimize import brentq

from simulation.scenario.people import Activity, People
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.scenario.workload.flows import workload
from simulation.scenario.workload.proficiency import learning_of

PROFICIENT = 0.9
"""Share of full proficiency from which a newcomer counts as proficient."""
LONGEST = 120
"""Months after which nobody looks any more."""


def months_to_proficiency(scenario: Scenario, structure: str) -> dict[str, float]:
    """Months until a newcomer of mean talent has 90 % of full proficiency, by working role.

    A plan, not a result: the newcomer does as many pieces of work a month as the role's practised people do in the
    closed form, training and a busy head left out. The fewer activities a role has, the more often each is repeated.

    Returns:
        Months; infinite where 120 months are not enough, NaN where the closed form gives the role no work.

    Raises:
        KeyError: there is no such structure.
        ValueError: as ``workload``.
    """
    plan = workload(scenario, structure)
    monthly = plan.practice
    return {
        name: months_at_pace(scenario.people, scenario.structures[structure].roles[name], load.hours, monthly[name])
        for name, load in plan.roles.items()
    }


def months_at_pace(people: People, role: Role, hours: Mapping[str, float], monthly: Mapping[str, float]) -> float:
    """Months until a beginner has 90 % of full proficiency at a pace; see ``months_to_proficiency``.

    Proficiency p(t) = sum of w_a p_a(t) / p_a(full), where w are the shares of the hours. By repetitions, full is the
    mastery and p_a = start + (mastery - start)(1 - 2^(-n t / half_life)); by an explicit ramp, full is its last value.

    Args:
        people: learning curves of all people.
        role: the role with its own curves and ramps.
        hours: hours by activity, in any unit.
        monthly: repetitions by activity that one person makes a month.
    """
    total = math.fsum(hours.values())
    if not total > 0:
        return math.nan
    done: list[Activity] = list(dict.fromkeys(duty.activity for duty in role.activities))
    shares = {activity: hours.get(activity, 0.0) / total for activity in done}

    def excess(months: float, step: int) -> float:
        """How far above 90 % they are, with the ramps' values of a month of tenure."""
        return (
            math.fsum(
                share * _relative(people, role, activity, monthly.get(activity, 0.0), months, step)
                for activity, share in shares.items()
                if share > 0
            )
            - PROFICIENT
        )

    for month in range(LONGEST):
        if excess(month, month) >= 0:
            return float(month)
        if excess(month + 1, month) >= 0:
            return float(brentq(excess, month, month + 1, args=(month,), xtol=1e-9))
    return math.inf


def _relative(people: People, role: Role, activity: Activity, monthly: float, months: float, step: int) -> float:
    """Proficiency in an activity as a share of full proficiency; of a ramp the value of month number `step`."""
    ramp = role.ramp.get(activity)
    if ramp:
        return ramp[min(step, len(ramp) - 1)] / ramp[-1]
    curve = learning_of(people, role, activity)
    gap = 1.0 - curve.start / curve.mastery
    return 1.0 - gap * math.exp2(-monthly * months / curve.half_life)
