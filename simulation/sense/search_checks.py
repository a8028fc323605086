"""Searches that cannot be made: structures and roles that are not there, headcounts out of reach, options that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from simulation.scenario.scenario import Scenario
from simulation.scenario.search import Alternative, StructureSearch, is_counted, settings
from simulation.scenario.structures import Structure
from simulation.texts import worded
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import in_order, problem_at
from simulation.written.spelling import nearest
from simulation.written.tree import Node

Build = Callable[[Mapping[str, object]], Scenario]
"""The scenario without its search, with values at dotted paths replaced; raises ScenarioError."""


def search_problems(scenario: Scenario, tree: Node, build: Build) -> tuple[Problem, ...]:
    """Everything that is wrong with what `optimise` may try.

    Args:
        scenario: without ``reference_problems``.
        tree: what it was read from, with presets filled in; it knows the lines.
        build: makes the scenario of an option.
    """
    found: list[Problem] = []
    for name, search in scenario.search.items():
        path = f"search.{name}"
        structure = scenario.structures.get(name)
        if structure is None:
            names = list(scenario.structures)
            message = worded("no-structure", name=repr(name))
            found.append(problem_at(tree, path, message, name, ", ".join(names), nearest(name, names) or ""))
            continue
        found += _roles(structure, search, path, tree)
        for number, alternative in enumerate(search.alternatives):
            found += _options(name, structure, alternative, f"{path}.alternatives.{number}", tree, build)
    return in_order(found)


def _roles(structure: Structure, search: StructureSearch, path: str, tree: Node) -> Iterator[Problem]:
    counted = [name for name, role in structure.roles.items() if is_counted(role)]
    for role in search.roles:
        here = f"{path}.roles.{role}"
        if role not in structure.roles:
            message = worded("no-role-in-structure", role=repr(role))
            yield problem_at(tree, here, message, role, ", ".join(counted), nearest(role, counted) or "")
        elif role not in counted:
            message = worded("search-not-counted", role=repr(role))
            yield problem_at(tree, here, message, None, ", ".join(counted))


def _options(
    name: str, structure: Structure, alternative: Alternative, path: str, tree: Node, build: Build
) -> Iterator[Problem]:
    titles: set[str] = set()
    for number, option in enumerate(alternative.options):
        here = f"{path}.options.{number}"
        if option.title in titles:
            yield problem_at(
                tree, f"{here}.title", worded("options-same-title"), option.title, worded("allowed-another-title")
            )
        titles.add(option.title)
        taken = [key for key in option.set if _counts(structure, key)]
        for key in taken:
            message = worded("search-counts")
            yield problem_at(tree, f"{here}.set.{key}", message, option.set[key], worded("allowed-search-range"))
        if taken or not option.set:
            continue
        try:
            build(settings(name, option))
        except ScenarioError as error:
            for problem in error.problems:
                yield _at_the_option(problem, name, list(option.set), f"{here}.set", tree)


def _counts(structure: Structure, key: str) -> bool:
    """Whether a path is the headcount of a role that the search counts."""
    steps = key.split(".")
    if len(steps) != 3 or steps[0] != "roles" or steps[2] != "headcount":
        return False
    role = structure.roles.get(steps[1])
    return role is not None and is_counted(role) and role.headcount > 0


def _at_the_option(problem: Problem, structure: str, keys: list[str], place: str, tree: Node) -> Problem:
    """A problem of the scenario with an option in it, at the value of the option that brings it about."""
    for key in keys:
        full = f"structures.{structure}.{key}"
        if problem.path == full or problem.path.startswith(f"{full}."):
            path = f"{place}.{key}{problem.path[len(full) :]}"
            break
    else:
        above = next((key for key in keys if f"structures.{structure}.{key}".startswith(f"{problem.path}.")), keys[0])
        path = f"{place}.{above}"
        problem = replace(problem, message=worded("with-option", path=problem.path, message=problem.message))
    node, _ = tree.find(path)
    return replace(problem, file=node.origin.place, line=node.origin.line, path=path)
