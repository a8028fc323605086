"""Both floors give the same year, to the last bit: every column of the record, and the event log row for row.

What differs is said with the first event that does, from both; `python -m tests.floor.both` does the same by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from simulation.floor.choice import covered, hindrance
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.world import World
from tests.floor.both import differences
from tests.properties.scenarios import PROFILE, SLOW, examples, scenarios
from tests.properties.test_wide import loaded
from tests.properties.wide import Tree, wide_trees

pytestmark = pytest.mark.skipif(hindrance() is not None, reason="the compiled floor is not built here")

SHIPPED = Path(__file__).parents[2] / "scenarios"
LARGE = {"large_department"}
WIDE, NIGHTLY = 200, 20_000


def equal(scenario: Scenario) -> None:
    for name in scenario.structures:
        assert covered(scenario, name)
        found = differences(scenario, name, World(scenario, 0))
        assert not found, found


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(path.stem, marks=pytest.mark.slow) if path.stem in LARGE else path.stem
        for path in sorted(SHIPPED.glob("*.yaml"))
    ],
)
def test_a_shipped_scenario_is_the_same_on_both_floors(name: str) -> None:
    equal(load(SHIPPED / f"{name}.yaml"))


@examples(400)
@given(scenarios(1))
def test_a_tame_random_scenario_is_the_same_on_both_floors(scenario: Scenario) -> None:
    equal(scenario)


def run_wide(tree: Tree) -> None:
    scenario = loaded(tree)
    if scenario is not None:
        equal(scenario)


@settings(settings.get_profile(PROFILE), max_examples=WIDE, suppress_health_check=SLOW)
@given(wide_trees())
def test_a_wide_random_scenario_is_the_same_on_both_floors(tree: Tree) -> None:
    run_wide(tree)


@pytest.mark.slow
@pytest.mark.nightly
@settings(settings.get_profile(PROFILE), max_examples=NIGHTLY, derandomize=False, suppress_health_check=SLOW)
@given(wide_trees())
def test_very_many_random_scenarios_are_the_same_on_both_floors(tree: Tree) -> None:
    run_wide(tree)
