"""Presets: structures and roles that a scenario names and overrides, kept as YAML files in this package.

``preset: NAME`` in a structure or role takes the mapping of that file as its base; what else stands beside it
is laid upon the base as ``extends`` does it. A preset may itself name another one.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from simulation.scenario.titles import told_apart
from simulation.texts import joined, worded
from simulation.written.choices import Names, in_all_languages, nearest_name
from simulation.written.errors import Problem, ScenarioError
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import Node, Origin, join, merge
from simulation.written.yamltext import read_text

_MAKES_A_ROLE = frozenset({"preset", "activities", "support"})


@lru_cache(maxsize=2)
def names(kind: str) -> tuple[str, ...]:
    """Names of the presets of a kind ('structures' or 'roles'), sorted."""
    folder = files("simulation.scenario").joinpath("presets").joinpath(kind)
    if not folder.is_dir():
        return ()
    return tuple(sorted(file.name.removesuffix(".yaml") for file in folder.iterdir() if file.name.endswith(".yaml")))


@lru_cache(maxsize=2)
def titled(kind: str) -> Names:
    """The presets of a kind with their titles in all languages, told apart."""
    titles = {name: str(preset(kind, name).plain.get("title", "")) for name in names(kind)}
    return {name: in_all_languages(title) for name, title in told_apart(titles).items()}


@lru_cache(maxsize=64)
def preset(kind: str, name: str) -> Node:
    """The mapping of a preset, its values with the origin 'preset NAME'; the name is one of ``names``."""
    file = files("simulation.scenario").joinpath("presets").joinpath(kind).joinpath(f"{name}.yaml")
    return read_text(file.read_text("utf-8"), f"preset {name}")


def expand(root: Node) -> Node:
    """The tree with the presets of its structures and of their roles filled in.

    Raises:
        ScenarioError: a preset that does not exist (with the nearest name), or presets that name one another.
    """
    structures = root.value.get("structures")
    if structures is None or not isinstance(structures.value, dict):
        return root
    expanded = {
        name: _structure(_based("structures", structure, join("structures", name), ()), join("structures", name))
        for name, structure in structures.value.items()
    }
    return Node({**root.value, "structures": Node(expanded, structures.origin)}, root.origin)


def unknown_roles(root: Node) -> list[Problem]:
    """Roles named beside the preset of a structure that it does not have, and that are no new ones either.

    A new role brings its own preset or activities, or only costs (`support`); without any of these the name
    is most likely a misspelled one.

    Args:
        root: the tree as written, before ``expand``, which has taken it.
    """
    structures = root.value.get("structures")
    problems: list[Problem] = []
    for name, structure in structures.children() if structures is not None else ():
        inside = dict(structure.children())
        if "roles" not in inside or inside.get("preset") is None or inside["preset"].value is None:
            continue
        path = join(join("structures", name), "roles")
        based = _based("structures", Node({"preset": inside["preset"]}, structure.origin), path, ())
        there = list(based.value["roles"].value)
        for role, given in inside["roles"].children():
            new = isinstance(given.value, dict) and not given.value.keys().isdisjoint(_MAKES_A_ROLE)
            if role in there or new or given.removes:
                continue
            message = worded("preset-no-role", value=repr(inside["preset"].value), role=role)
            origin, near = given.origin, nearest(role, there) or ""
            problems.append(Problem(origin.place, origin.line, join(path, role), message, None, ", ".join(there), near))
    return problems


def _structure(structure: Node, path: str) -> Node:
    roles = structure.value.get("roles") if isinstance(structure.value, dict) else None
    if roles is None or not isinstance(roles.value, dict):
        return structure
    path = join(path, "roles")
    expanded = {name: _based("roles", role, join(path, name), ()) for name, role in roles.value.items()}
    return Node({**structure.value, "roles": Node(expanded, roles.origin)}, structure.origin)


def _based(kind: str, tree: Node, path: str, seen: tuple[str, ...]) -> Node:
    """A mapping laid upon the preset that it names."""
    if not isinstance(tree.value, dict) or "preset" not in tree.value:
        return tree
    inside = dict(tree.value)
    wanted = inside.pop("preset")
    own = Node(inside, tree.origin)
    if wanted.value is None:
        return own
    name = wanted.value
    if not isinstance(name, str) or name not in names(kind):
        told = worded(f"no-preset-of-{kind}", name=quoted(wanted.plain))
        if wanted.origin.label:  # typed into a form, which shows titles
            titles = [preset(kind, each).plain.get("title", each) for each in names(kind)]
            _refuse(wanted, path, told, joined(titles, "; "), nearest_name(str(name), titled(kind)))
        _refuse(wanted, path, told, ", ".join(names(kind)), nearest(str(name), names(kind)) or "")
    if name in seen:
        _refuse(wanted, path, worded("preset-circle", name=" -> ".join((*seen, name))))
    return merge(_based(kind, preset(kind, name), path, (*seen, name)), own)


def _refuse(wanted: Node, path: str, message: str, allowed: str = "", suggestion: str = "") -> Any:
    origin: Origin = wanted.origin
    raise ScenarioError(
        Problem(
            origin.place, origin.line, join(path, "preset"), message, wanted.plain, allowed, suggestion, origin.label
        )
    )
