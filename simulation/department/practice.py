"""Skills of the people on the first day: talent from the World, repetitions from the start of the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.department.skill import Ramp, Skill
from simulation.expected import practised, steady
from simulation.scenario.people import ACTIVITIES, Learning
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
from simulation.world.streams import Floats


def working_seats(structure: Structure) -> list[tuple[str, Role]]:
    """Role of each working seat, in the order of the structure."""
    return [(name, role) for name, role in structure.roles.items() if not role.support for _ in range(role.headcount)]


def repetitions_at_start(scenario: Scenario, structure: str, role: str, seat: int, months: float) -> dict[str, float]:
    """Repetitions that somebody who is there on the first day has made, by activity.

    `mature`: over its tenure in the work of its present role; `today`: in the role that the same seat has in the
    structure people come from; `new`: none.

    Args:
        scenario: the scenario that the run begins with.
        structure: the structure.
        role: the person's role in it.
        seat: number of the seat among the working ones.
        months: tenure.
    """
    begin = scenario.experiment.begin
    if begin == "new":
        return {}
    source = structure
    if begin == "today":
        source = scenario.experiment.today or next(iter(scenario.structures))
        before = working_seats(scenario.structures[source])
        role = before[seat][0] if seat < len(before) else ""
    monthly = steady(scenario, source).practice
    return {activity: rate * months for activity, rate in monthly.get(role, {}).items()}


def skills_of(
    scenario: Scenario,
    role: Role,
    talents: Floats,
    past: Mapping[str, float],
    kept: Sequence[Skill | None] | None = None,
) -> list[Skill | None]:
    """Skills of one person in a role, by activity; None where proficiency has no effect or the activity is not done.

    Args:
        scenario: the scenario in force.
        role: the role.
        talents: the person's talent, shape (activities,).
        past: repetitions made before, by activity.
        kept: skills from another role: what was learned there is kept, also for activities that the new role lacks.
    """
    people = scenario.people
    done = {duty.activity for duty in role.activities}
    row: list[Skill | None] = []
    for number, activity in enumerate(ACTIVITIES):
        learning: Learning = role.learning.get(activity) or getattr(people.learning, activity)
        talent = float(talents[number])
        before = None if kept is None else kept[number]
        if activity not in done:
            row.append(before)
        elif _no_effect(learning) and 0.0 not in role.ramp.get(activity, ()):
            row.append(None)
        elif activity in role.ramp:
            row.append(Ramp(learning, role.ramp[activity], talent, people.availability))
        elif learning.start == learning.mastery == 1 and people.talent.sd == 0:
            row.append(None)
        elif before is not None and before.learning == learning and not isinstance(before, Ramp):
            row.append(before)
        else:
            repetitions = past.get(activity, 0.0) if before is None else before.repetitions
            row.append(Skill(learning, talent, repetitions, people.availability))
    return row


def standards_of(scenario: Scenario, structure: str, role: str) -> dict[str, tuple[float, float]]:
    """Share of a working role's hours and the practised colleague's proficiency, by activity; the shares add to one.

    A role without work in the closed form (nobody sits in it yet) shares its time equally among its activities.
    """
    plan = steady(scenario, structure)
    levels = practised(scenario, structure, plan)[role]
    hours = {name: plan.roles[role].hours.get(name, 0.0) for name in levels}
    if not any(hours.values()):
        hours = dict.fromkeys(levels, 1.0)
    total = sum(hours.values())
    return {activity: (value / total, levels[activity]) for activity, value in hours.items() if value > 0}


def _no_effect(learning: Learning) -> bool:
    effects = learning.effects
    return not any(
        (effects.speed, effects.conversion, effects.deal_size, effects.filter, effects.retention, effects.growth)
    )
