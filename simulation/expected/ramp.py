"""How long newcomers need to become good: the learning curves at the pace of the work, against practised colleagues."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from simulation.expected.office_time import Floats
from simulation.expected.output import repetitions
from simulation.expected.proficiency import learning_of, mastery, tenures
from simulation.expected.result import Workload
from simulation.expected.steady import steady
from simulation.mechanisms.ramp import at_each
from simulation.scenario.people import Activity, People
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role
from simulation.scenario.timeline import peopled

PROFICIENT = 0.9
"""Share of a practised colleague's proficiency from which a newcomer counts as ramped."""
LONGEST = 120
"""Months after which nobody looks any more."""
_MONTHS = np.linspace(0.0, LONGEST, 16 * LONGEST + 1)
_PIECES = ((0, 128), (128, 512), (512, len(_MONTHS)))
"""Parts of ``_MONTHS`` that are looked at one after the other: most people are ramped within the first."""

Standard = dict[str, float]
"""Proficiency of the practised colleague by activity."""


def practised(scenario: Scenario, structure: str, plan: Workload | None = None) -> dict[str, Standard]:
    """Proficiency of the practised colleague of each working role, by activity; it is what 100 % proficiency means.

    The mean over the tenure that people have (`people.tenure`), at the role's own pace in the closed form and with
    mean talent, as ``practised_at``. Full mastery where the closed form gives the role none of an activity, or
    people have no tenure; the last value of an explicit ramp.

    Args:
        scenario: the scenario.
        structure: name of the structure.
        plan: its work as it stands, practised, where it is known already.
    """
    plan = plan if plan is not None else steady(scenario, structure)
    roles = scenario.structures[structure].roles
    return {name: practised_at(scenario.people, roles[name], monthly) for name, monthly in repetitions(plan).items()}


def practised_at(people: People, role: Role, monthly: Mapping[str, float]) -> Standard:
    """Proficiency of a role's practised colleague by activity, who has worked at a pace of repetitions a month."""
    found: Standard = {}
    tenure = tenures(people, 0.0) if people.tenure.mean > 0 else None
    for activity in activities_of(role):
        rate = monthly.get(activity, 0.0)
        if role.ramp.get(activity):
            level = role.ramp[activity][-1]
        elif rate > 0 and tenure is not None:
            level = mastery(people, role, activity, rate, tenure).proficiency
        else:
            level = learning_of(people, role, activity).mastery
        found[activity] = level
    return found


def months_to_proficiency(scenario: Scenario, structure: str) -> dict[str, float]:
    """Months until a newcomer of mean talent does 90 % of what a practised colleague does, by working role.

    A plan, not a result: the newcomer does as many pieces of work a month as the role's practised people do in the
    closed form, training and a busy head left out. The fewer activities a role has, the more often each is repeated.
    A role that is empty at the start is planned as it is when the last change has been made.

    Returns:
        Months; infinite where 120 months are not enough, NaN where the closed form gives the role no work.

    Raises:
        KeyError: there is no such structure.
        ValueError: as ``steady``.
    """
    found: dict[str, float] = {}
    plans: dict[int, Workload] = {}
    for name, spec in scenario.structures[structure].roles.items():
        if spec.support:
            continue
        then = peopled(scenario, structure, name)
        if id(then) not in plans:
            plans[id(then)] = steady(then, structure)
        plan = plans[id(then)]
        role, monthly = then.structures[structure].roles[name], repetitions(plan)[name]
        standard = practised_at(then.people, role, monthly)
        # what is asked for and never reached (nobody sorts the leads that closers would sell to) is no work
        asked = plan.roles[name].hours
        hours: dict[str, float] = {
            a: asked.get(a, 0.0) for a in activities_of(role) if monthly.get(a, 0.0) > 0 or role.ramp.get(a)
        }
        found[name] = months_at_pace(then.people, role, hours, monthly, standard)
    return found


def months_at_pace(
    people: People, role: Role, hours: Mapping[str, float], monthly: Mapping[str, float], standard: Standard
) -> float:
    """Months until a beginner does 90 % of what a practised colleague does; see ``months_to_proficiency``.

    Relative proficiency is the sum of w_a p_a(t) / standard_a, where w are the shares of the hours. By repetitions
    p_a = start + (mastery - start)(1 - 2^(-n t / half_life)); an explicit ramp goes by its months.

    Args:
        people: learning curves of all people.
        role: the role with its own curves and ramps.
        hours: hours by activity, in any unit.
        monthly: repetitions by activity that one person makes a month.
        standard: proficiency of the practised colleague, ``practised``.
    """
    shares = {activity: hours.get(activity, 0.0) for activity in activities_of(role)}
    total = math.fsum(shares.values())
    if not total > 0:
        return math.nan
    worked = {activity: share for activity, share in shares.items() if share > 0}
    level = np.zeros(0)
    for begin, end in _PIECES:
        piece = np.zeros(end - begin)
        for activity, share in worked.items():
            made = _proficiency(people, role, activity, monthly.get(activity, 0.0), _MONTHS[begin:end])
            piece += share / total * made / standard[activity]
        level = np.concatenate((level, piece))
        ready = np.flatnonzero(piece >= PROFICIENT)
        if len(ready):
            break
    else:
        return math.inf
    after = begin + int(ready[0])
    if after == 0:
        return 0.0
    low, high = level[after - 1], level[after]
    stepwise = bool(role.ramp) and _MONTHS[after] == int(_MONTHS[after])  # a ramp rises with the month, all at once
    share = 1.0 if stepwise else (PROFICIENT - low) / (high - low)
    return float(_MONTHS[after - 1] + share * (_MONTHS[after] - _MONTHS[after - 1]))


def activities_of(role: Role) -> list[Activity]:
    """Activities of a role that are learned, each once."""
    return [a for a in dict.fromkeys(duty.activity for duty in role.activities) if a not in ("meet", "coach", "train")]


def _proficiency(people: People, role: Role, activity: Activity, monthly: float, months: Floats) -> Floats:
    """Proficiency in an activity after each of so many months."""
    ramp = role.ramp.get(activity)
    if ramp:
        return at_each(ramp, months)
    return learning_of(people, role, activity).after(monthly * months)
