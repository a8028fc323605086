"""Drawn inputs: everything that is wrong with their table, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulation.scenario.amending import drawn
from simulation.scenario.places import held, numbered
from simulation.scenario.scenario import Scenario
from simulation.sense.intervention_checks import intervention_problems
from simulation.sense.references import reference_problems
from simulation.sense.tables import DRAWS, TOLD, cell, put
from simulation.texts import worded
from simulation.written import schema
from simulation.written.base import Block
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import problem_at
from simulation.written.spelling import nearest
from simulation.written.tree import OVERRIDE, Node

UNDRAWN = (
    *("version", "title", "description", "currency", "locale", "calendar"),
    *("experiment", "plan", "search", "history", "inputs"),
)
"""Blocks that say how a year is counted, planned or told, not what it is."""
DECIDED = ("headcount",)
"""Keys of structures that searches and studies choose."""


def without_columns_set(tree: Node) -> Node:
    """The tree without the columns of what somebody has set from outside: a study, a search, `--set`.

    What is set has its value in every year, or it would not have been set.
    """
    draws = tree.get(DRAWS)
    if draws is None or not isinstance(draws.value, dict):
        return tree
    left = dict(draws.value)
    for column in draws.value:
        at, found = tree.find(column)
        inside = [each for _, each in at.walk()] if found == column else []
        whole = found == column or not isinstance(at.value, dict)
        if (whole and at.origin == OVERRIDE) or any(each.origin == OVERRIDE for each in inside):
            del left[column]
    if len(left) == len(draws.value):
        return tree
    return tree.without("inputs") if not left else put(tree, DRAWS, Node(left, draws.origin))


def draw_problems(scenario: Scenario, tree: Node) -> tuple[Problem, ...]:
    """Columns that are no paths, then values that are not allowed, each with its row.

    Args:
        scenario: without other problems.
        tree: what it was read from, with presets filled in; it knows the lines.
    """
    if scenario.inputs is None:
        return ()
    return tuple(_columns(scenario, tree)) or tuple(_rows(scenario, tree))[:TOLD]


def _columns(scenario: Scenario, tree: Node) -> Iterator[Problem]:
    """Columns that nothing of a year stands behind."""
    assert scenario.inputs is not None
    known = {place.path: value for place, value in held(scenario)}
    data = scenario.model_dump(mode="json")
    for column in scenario.inputs.columns:
        there = column in known or schema.value_at(data, column) is not None
        block = isinstance(known.get(column), (Block, dict))
        problem = replace(problem_at(tree, f"{DRAWS}.{column}", ""), path=column)
        allow: str = worded("allowed-drawn-path")
        if not there or block or schema.at(Scenario, data, column) is None:
            leaves = [path for path, value in known.items() if not isinstance(value, (Block, dict))]
            alike = [path for path in leaves if path.rpartition(".")[2] == column.rpartition(".")[2]]
            by_number, entries = numbered(data, column)
            near = by_number if entries else nearest(column, leaves) or nearest(column, alike) or ""
            message, allow = worded("draws-no-path", name=repr(column)), entries or allow
            yield replace(problem, message=message, allowed=allow, suggestion=near)
        elif column.split(".")[0] in UNDRAWN or column.rpartition(".")[2] in DECIDED:
            yield replace(problem, message=worded("draws-undrawn", name=repr(column)), allowed=allow)


def _rows(scenario: Scenario, tree: Node) -> Iterator[Problem]:
    """Values that are not allowed, by row; a row that contradicts itself is one of them."""
    inputs = scenario.inputs
    assert inputs is not None
    planned = scenario.interventions or any(each.interventions for each in scenario.structures.values())
    for row in range(inputs.rows):
        empty = [path for path, value in inputs.row(row).items() if value is None]
        found: list[Problem] = []
        if empty:
            allow = worded("allowed-in-every-row")
            found = [Problem("", None, path, worded("draws-empty-cell"), allowed=allow) for path in empty]
        else:
            try:
                made = drawn(scenario, row)
                found = [Problem("", None, *each) for each in reference_problems(made)]
                if not found and planned:
                    found = list(intervention_problems(made, tree))
            except ScenarioError as error:
                found = list(error.problems)
        for each in found:
            yield _told(scenario, tree, row, each)


def _told(scenario: Scenario, tree: Node, row: int, problem: Problem) -> Problem:
    """A problem at the cell that brings it about; at the first of its row where none does by itself."""
    assert scenario.inputs is not None
    columns = list(scenario.inputs.columns)
    own = [each for each in columns if problem.path == each or problem.path.startswith(f"{each}.")]
    above = [each for each in columns if each.startswith(f"{problem.path}.")]
    column = (own or above or columns)[0]
    message = worded("draws-row", row=row + 1, message=problem.message)
    if not own:
        message = worded("draws-row-together", row=row + 1, path=problem.path, message=problem.message)
    at = cell(tree, column, row)
    return replace(problem, file=at.place, line=at.line, path=column, message=message)
