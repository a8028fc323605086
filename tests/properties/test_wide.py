"""Wide random scenarios: what is refused says why, what runs keeps every invariant, no file holds NaN or infinity."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, seed, settings
from rich.console import Console

from simulation.analysis.comparison import Result, compare, simulate
from simulation.report.files import write
from simulation.report.output_folder import OutputFolder
from simulation.report.tables import report
from simulation.scenario.amending import drawn
from simulation.scenario.scenario import Scenario
from simulation.sense.checks import sense
from simulation.sense.loader import load_text
from simulation.world import World
from simulation.written.errors import ScenarioError
from tests.properties.holds import files_hold, run_holds
from tests.properties.scenarios import PROFILE, SLOW
from tests.properties.wide import Tree, wide_trees

LIVING, SAID, MANY, WRITTEN = 440, 60, 10_000, 80
PARTS = 4
"""In which a hundred and more are looked at, so that several cores share them."""


def wide(count: int) -> settings:
    """So many examples, always the same ones."""
    return settings(settings.get_profile(PROFILE), max_examples=count, suppress_health_check=SLOW)


def loaded(tree: Tree) -> Scenario | None:
    """The scenario of a tree; None where it is refused, which has to be said in words."""
    try:
        scenario = load_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True))
    except ScenarioError as error:
        assert str(error)
        return None
    return None if any(found.level == "error" for found in sense(scenario)) else scenario


def result_of(scenario: Scenario) -> Result:
    """Two years of every structure."""
    several = len(scenario.structures) > 1
    result = compare(scenario, jobs=1, replications=2) if several else simulate(scenario, jobs=1, replications=2)
    assert not len(result.runs.failures), result.runs.failures.to_dict("records")
    return result


def lives(tree: Tree) -> None:
    """Whatever can be run keeps the invariants of the model."""
    scenario = loaded(tree)
    if scenario is not None:
        scenario = drawn(scenario, 0)
        world = World(scenario, 0)
        for name in scenario.structures:
            run_holds(scenario, name, world)


def is_written(tree: Tree) -> None:
    """Whatever can be run can be said, and written into files of finite numbers."""
    scenario = loaded(tree)
    if scenario is not None:
        result = result_of(scenario)
        files_hold(result)
        console = Console(width=120, file=io.StringIO(), markup=False, emoji=False, highlight=False)
        for part in report(result, 120, None):
            console.print(part)
        assert not re.search(r"(?<![\w'])(nan|-?inf)(?![\w'])", console.file.getvalue())  # type: ignore[attr-defined]


def looked_at(holds: Callable[[Tree], None], count: int, part: int) -> None:
    """So many scenarios of a part, others than those of the other parts."""

    @seed(part)
    @wide(count)
    @given(wide_trees())
    def each(tree: Tree) -> None:
        holds(tree)

    each()


@pytest.mark.parametrize("part", range(PARTS))
def test_wide_scenarios_keep_the_invariants(part: int) -> None:
    looked_at(lives, LIVING // PARTS, part)


@pytest.mark.parametrize("part", range(PARTS, PARTS + 2))
def test_results_of_wide_scenarios_are_finite_in_every_table(part: int) -> None:
    looked_at(is_written, SAID // 2, part)


@pytest.mark.nightly
@pytest.mark.slow
@wide(MANY)
@given(wide_trees())
def test_ten_thousand_wide_scenarios_keep_the_invariants_and_are_finite(tree: Tree) -> None:
    lives(tree)
    is_written(tree)


@pytest.mark.nightly
@pytest.mark.slow
@wide(WRITTEN)
@given(wide_trees())
def test_every_file_of_wide_scenarios_is_written_in_both_languages(tree: Tree) -> None:
    scenario = loaded(tree)
    if scenario is None:
        return
    result = result_of(scenario)
    with TemporaryDirectory() as place:
        for language in ("en", "ru"):
            folder = Path(place) / language
            write(result, OutputFolder(folder), ["x"], language=language, charts=language == "en")
            assert not [
                path for path in Path(place).rglob("*") if path.is_file() and path.parent.name not in ("en", "ru")
            ]
