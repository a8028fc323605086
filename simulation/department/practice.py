"""Skills of the people on the first day: talent from the World, repetitions from the start of the comparison."""

from __future__ import annotations

from simulation.department.skill import Ramp, Skill
from simulation.scenario.people import ACTIVITIES, Learning
from simulation.scenario.readers import MONTH
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
from simulation.scenario.workload import practice
from simulation.world import World


def working_seats(structure: Structure) -> list[tuple[str, Role]]:
    """Role of each working seat, in the order of the structure."""
    return [(name, role) for name, role in structure.roles.items() if not role.support for _ in range(role.headcount)]


_KNOWN: dict[tuple[int, str], tuple[Scenario, dict[str, dict[str, float]]]] = {}


def _monthly(scenario: Scenario, structure: str) -> dict[str, dict[str, float]]:
    """`practice` of a structure, worked out once and not for every replication."""
    key = (id(scenario), structure)
    if key not in _KNOWN or _KNOWN[key][0] is not scenario:
        if len(_KNOWN) >= 64:
            _KNOWN.clear()
        _KNOWN[key] = (scenario, practice(scenario, structure))
    return _KNOWN[key][1]


def repetitions_at_start(scenario: Scenario, structure: str, world: World) -> list[dict[str, float]]:
    """Repetitions that the person in each seat has made before the first day, by activity.

    `mature`: over its tenure in the work of its present role; `today`: in the role that the same seat has in the
    structure people come from (a seat that is not there is filled by a beginner); `new`: none.
    """
    seats = working_seats(scenario.structures[structure])
    begin = scenario.experiment.begin
    if begin == "new" or not seats:
        return [{} for _ in seats]
    months = world.crowd.tenure(len(seats)) / MONTH
    if begin == "mature":
        monthly = _monthly(scenario, structure)
        past = [name for name, _ in seats]
    else:
        today = scenario.experiment.today or next(iter(scenario.structures))
        monthly = _monthly(scenario, today)
        past = [name for name, _ in working_seats(scenario.structures[today])][: len(seats)]
        past += [""] * (len(seats) - len(past))
    return [
        {activity: rate * float(tenure) for activity, rate in monthly.get(role, {}).items()}
        for role, tenure in zip(past, months, strict=True)
    ]


def skills_of(scenario: Scenario, structure: str, world: World) -> list[list[Skill | None]]:
    """Skills by seat and activity; None where the activity has no effect of proficiency (or is not done)."""
    seats = working_seats(scenario.structures[structure])
    if not seats:
        return []
    people = scenario.people
    talents = world.crowd.talent(len(seats))
    past = repetitions_at_start(scenario, structure, world)
    out: list[list[Skill | None]] = []
    for seat, (_, role) in enumerate(seats):
        done = {duty.activity for duty in role.activities}
        row: list[Skill | None] = []
        for number, activity in enumerate(ACTIVITIES):
            learning: Learning = role.learning.get(activity) or getattr(people.learning, activity)
            talent = float(talents[seat, number])
            if activity not in done or _no_effect(learning):
                row.append(None)
            elif activity in role.ramp:
                row.append(Ramp(learning, role.ramp[activity], talent, people.availability))
            elif learning.start == learning.mastery == 1 and people.talent.sd == 0:
                row.append(None)
            else:
                row.append(Skill(learning, talent, past[seat].get(activity, 0.0), people.availability))
        out.append(row)
    return out


def _no_effect(learning: Learning) -> bool:
    effects = learning.effects
    return not any(
        (effects.speed, effects.conversion, effects.deal_size, effects.filter, effects.retention, effects.growth)
    )
