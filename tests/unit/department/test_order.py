"""What meets at one moment happens in the order that the table says; lives begin at once and end when interrupted."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from simpy.events import ProcessGenerator

from simulation.department import Department, run
from simulation.department.office import Alarm, Life, Office, Year
from simulation.department.order import ROUTINES, table
from simulation.floor.choice import OBJECTS
from simulation.sense.loader import load
from simulation.world import World
from simulation.written.readers import WEEK

ROOT = Path(__file__).parents[3]
WEEKLY = {"weekly": "reviews", "weekly_effort": "effort", "weekly_meetings": "meetings", "watching": "past due"}
"""Routines that set themselves again each week, by the name of their process."""


@pytest.fixture(scope="module")
def moments() -> dict[float, list[str]]:
    """What happened at each moment of two months: processes by name, `opens` and `closes`."""
    seen: dict[float, list[str]] = defaultdict(list)
    scenario = load(ROOT / "scenarios" / "department_of_ten.yaml")
    structure = next(name for name, s in scenario.structures.items() if any(r.due for r in s.roles.values()))
    name, role = next(iter(scenario.structures[structure].roles.items()))
    key = f"structures.{structure}.roles.{name}"
    duties = ["meet", *(duty.model_dump(exclude_none=True) for duty in role.activities)]
    scenario = scenario.replace(
        {
            "experiment.months": 2,
            "experiment.warm_up": 0,
            "plan.effort": 0.1,
            f"{key}.activities": duties,
            f"{key}.meetings": "2 h",
        }
    )
    with pytest.MonkeyPatch.context() as patched:
        resume, opens, closes = Life._resume, Office._opens_now, Office._closes_now

        def resumed(life: Life, event: object) -> None:
            seen[life.env.now].append(life.name)
            resume(life, event)

        patched.setattr(Life, "_resume", resumed)
        patched.setattr(Office, "_opens_now", lambda o, e: (seen[o.env.now].append("opens"), opens(o, e)))
        patched.setattr(Office, "_closes_now", lambda o, e: (seen[o.env.now].append("closes"), closes(o, e)))
        run(Department(scenario, structure, World(scenario, 0), floor=OBJECTS))
    return seen


def test_weekly_routines_keep_the_order_of_the_table(moments: dict[float, list[str]]) -> None:
    order = [routine.name for routine in ROUTINES]
    expected = sorted(WEEKLY.values(), key=order.index)
    for week in range(1, 8):
        assert [WEEKLY[name] for name in moments[week * WEEK] if name in WEEKLY] == expected


def test_the_doors_come_before_all_else_at_their_moment(moments: dict[float, list[str]]) -> None:
    doors = [names for names in moments.values() if "opens" in names or "closes" in names]
    assert len(doors) > 60
    assert all(names[0] in ("opens", "closes") for names in doors)


def test_the_table_is_printed_with_every_routine_in_its_order() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "simulation.department"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert printed.stderr == ""
    assert printed.stdout.rstrip().endswith(table())
    places = [table().index(f"  {routine.name} ") for routine in ROUTINES]
    assert places == sorted(places)


def void(*_: object) -> None:
    """Nothing comes of it."""


def test_a_life_begins_at_once_and_what_was_set_first_comes_first() -> None:
    env, seen = Year(), []

    def life(name: str, until: float) -> ProcessGenerator:
        seen.append((env.now, name))
        yield env.until(until)
        seen.append((env.now, name))

    env.at(3.0, Alarm(env, lambda _: seen.append((env.now, "alarm"))))
    env.process(life("early", 3.0))
    late = life("late", 3.0)
    env.at(2.0, Alarm(env, lambda _: void(env.process(late))))
    env.live_until(10.0)
    assert seen == [(0.0, "early"), (2.0, "late"), (3.0, "alarm"), (3.0, "early"), (3.0, "late")]


def test_an_interrupted_life_ends_and_one_that_is_over_or_ends_itself_is_left_alone() -> None:
    env, seen = Year(), []

    def life() -> ProcessGenerator:
        yield env.timeout(5.0)
        seen.append(env.now)
        lives[1].end()

    lives = [env.process(life()), env.process(life())]
    env.at(1.0, Alarm(env, lambda _: void(lives[0].end(), lives[0].end())))
    env.live_until(4.0)
    assert not lives[0].is_alive and lives[1].is_alive
    env.live_until(10.0)
    assert seen == [5.0] and not lives[1].is_alive
    lives[1].end()


def test_a_mistake_in_a_life_stops_the_run() -> None:
    env = Year()

    def life() -> ProcessGenerator:
        yield env.timeout(1.0)
        raise KeyError("nothing there")

    env.process(life())
    with pytest.raises(KeyError, match="nothing there"):
        env.live_until(2.0)
