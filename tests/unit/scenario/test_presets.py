"""Presets of structures and roles: all of them load, and a scenario changes them by naming what differs."""

from typing import Any

import pytest

from simulation.scenario import preset_files
from simulation.sense.loader import load_text
from simulation.written.problems import in_users_file, problem_at
from simulation.written.tree import Origin, node
from tests.unit.scenario.examples import SMALL, problems, small


@pytest.mark.parametrize("name", preset_files.names("structures"))
def test_every_preset_of_a_structure_loads(name: str) -> None:
    scenario = load_text(SMALL + f"  preset_one: {{preset: {name}}}\n")
    roles = scenario.structures["preset_one"].roles
    assert sum(role.headcount for role in roles.values()) > 0


@pytest.mark.parametrize("calendar", [{"hours": "09:00-12:00", "lunch": None}, {"around_the_clock": True}])
@pytest.mark.parametrize("name", preset_files.names("structures"))
def test_a_preset_is_valid_whatever_the_hours_of_the_office(name: str, calendar: dict[str, Any]) -> None:
    load_text(SMALL + f"  preset_one: {{preset: {name}}}\n", overrides={"calendar": calendar})


@pytest.mark.parametrize("name", preset_files.names("roles"))
def test_every_preset_of_a_role_loads(name: str) -> None:
    role = f"{{preset: {name}, headcount: 1}}"
    all_round = "{preset: universal, headcount: 1}"
    scenario = load_text(SMALL + f"  made: {{roles: {{one: {role}, rest: {all_round}}}}}\n")
    assert scenario.structures["made"].roles["one"].headcount == 1


def test_a_role_named_in_a_structure_preset_is_changed_by_naming_it() -> None:
    text = SMALL + "  f:\n    preset: functional\n    roles:\n      hunter: {headcount: 5, pay: {base: 1 k}}\n"
    plain = load_text(SMALL + "  f: {preset: functional}\n").structures["f"].roles
    changed = load_text(text).structures["f"].roles
    assert changed["hunter"].headcount == 5
    assert changed["hunter"].pay.base == 1000
    assert changed["hunter"].activities == plain["hunter"].activities
    assert changed["closer"] == plain["closer"]


def test_a_role_of_a_structure_preset_can_be_taken_away() -> None:
    text = SMALL + "  f: {preset: functional, roles: {farmer: null, closer: {preset: closer_farmer}}}\n"
    assert set(load_text(text).structures["f"].roles) == {"hunter", "closer"}


def test_an_unknown_preset_gets_the_nearest_name() -> None:
    (problem,) = problems(lambda: load_text(SMALL + "  f: {preset: functionl}\n", "small.yaml"))
    assert (problem.path, problem.suggestion) == ("structures.f.preset", "functional")
    assert "universal" in problem.allowed
    (problem,) = problems(lambda: small("headcount: 8", "preset: univrsal"))
    assert (problem.line, problem.suggestion) == (19, "universal")
    (problem,) = problems(lambda: small("headcount: 8", "preset: ../../starter"))
    assert "not a preset" in problem.message
    (problem,) = problems(lambda: small("headcount: 8", "preset: [a]"))
    assert "not a preset" in problem.message


def test_presets_may_build_on_one_another_but_not_in_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    trees = {
        "a": {"preset": "b", "title": "A"},
        "b": {"title": "B", "headcount": 2, "support": True},
        "c": {"preset": "d"},
        "d": {"preset": "c"},
    }
    monkeypatch.setattr(preset_files, "names", lambda kind: tuple(trees))
    monkeypatch.setattr(preset_files, "preset", lambda kind, name: node(trees[name], Origin(f"preset {name}", 1)))
    extra = "      extra: {preset: NAME}\n"
    role = load_text(SMALL + extra.replace("NAME", "a")).structures["universal"].roles["extra"]
    assert (role.title, role.headcount) == ("A", 2)
    (problem,) = problems(lambda: load_text(SMALL + extra.replace("NAME", "c")))
    assert "c -> d -> c" in problem.message


def test_a_role_that_a_preset_does_not_have_is_most_likely_misspelled() -> None:
    for given in ("{headcount: 3}", "{headcount: 3, pay: {base: 1 k}}", "{pay: {base: 1 k}}", "null"):
        text = SMALL + f"  f:\n    preset: functional\n    roles:\n      huntr: {given}\n"
        (problem,) = problems(lambda text=text: load_text(text, "small.yaml"))
        line = text.splitlines().index(f"      huntr: {given}") + 1
        assert (problem.file, problem.line, problem.path) == ("small.yaml", line, "structures.f.roles.huntr")
        assert (problem.allowed, problem.suggestion) == ("hunter, closer, farmer", "hunter")


def test_a_misspelled_role_is_told_together_with_other_mistakes() -> None:
    text = SMALL.replace("headcount: 8", "headcount: -8")
    text += "  f: {preset: functional, roles: {huntr: {headcount: -1}}}\n"
    found = {problem.path for problem in problems(lambda: load_text(text))}
    assert found == {
        "structures.universal.roles.manager.headcount",
        "structures.f.roles.huntr",
        "structures.f.roles.huntr.headcount",
    }


@pytest.mark.parametrize(
    "role", ["{headcount: 1, activities: [qualify]}", "{preset: hunter, headcount: 1}", "{headcount: 1, support: true}"]
)
def test_a_new_role_beside_a_preset_brings_its_preset_or_activities(role: str) -> None:
    scenario = load_text(SMALL + f"  f: {{preset: functional, roles: {{huntr: {role}}}}}\n")
    assert set(scenario.structures["f"].roles) == {"hunter", "closer", "farmer", "huntr"}


def test_a_problem_of_a_presets_value_has_the_line_that_names_the_preset() -> None:
    text = SMALL + "  f:\n    title: F\n    preset: functional\n"
    scenario = load_text(text, "small.yaml")
    of_preset = problem_at(scenario.provenance.merged, "structures.f.roles.hunter", "too much work")
    own = problem_at(scenario.provenance.merged, "structures.f.title", "too short")
    assert of_preset.file == "preset functional"
    moved, kept = in_users_file([of_preset, own], scenario.provenance.tree)
    line = text.splitlines().index("    preset: functional") + 1
    assert (moved.file, moved.line) == ("small.yaml", line)
    assert moved.message == "too much work (by preset functional)"
    assert kept == own


def test_a_problem_of_a_roles_preset_has_the_line_of_the_role() -> None:
    extra = "  f:\n    preset: functional\n    roles:\n      closer:\n        preset: closer_farmer\n"
    scenario = load_text(SMALL + extra, "small.yaml")
    odd = problem_at(scenario.provenance.merged, "structures.f.roles.closer.activities", "odd")
    (moved,) = in_users_file([odd], scenario.provenance.tree)
    assert moved.line == (SMALL + extra).splitlines().index("        preset: closer_farmer") + 1
