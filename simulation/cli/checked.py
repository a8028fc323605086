"""A scenario as a command takes it: loaded, and asked whether it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli.console import warn

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.written.errors import Problem


def checked(file: Path, change: Callable[[Scenario], Scenario] | None = None) -> tuple[Scenario, int]:
    """A scenario without contradictions; what may be meant so is said as a warning.

    Args:
        file: the file.
        change: what the command line changes in it.

    Returns:
        The scenario and the number of warnings.

    Raises:
        ScenarioError: every mistake and contradiction found.
    """
    from simulation.sense.checks import sense
    from simulation.sense.loader import load
    from simulation.written.errors import ScenarioError
    from simulation.written.problems import in_order, in_users_file, problem_at

    scenario = load(file)
    if change is not None:
        scenario = change(scenario)
    tree = scenario.provenance.merged
    warnings: list[Problem] = []
    contradictions: list[Problem] = []
    for found in sense(scenario):
        problem = problem_at(tree, found.path, found.message)
        (contradictions if found.level == "error" else warnings).append(problem)
    if contradictions:
        raise ScenarioError(in_order(list(in_users_file(contradictions, scenario.provenance.tree))))
    for warning in in_users_file(warnings, scenario.provenance.tree):
        warn(warning.phrase)
    return scenario, len(warnings)
