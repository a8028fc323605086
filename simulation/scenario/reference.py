"""The reference of the scenario format: a page for people and a schema for editors, from the same models."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from simulation.scenario import preset_files
from simulation.scenario.editor_schema import json_schema, short_default
from simulation.scenario.places import as_typed, blocks, places
from simulation.scenario.scenario import Scenario
from simulation.texts import texts
from simulation.written.problems import allowed
from simulation.written.schema import Slot
from simulation.written.tree import join

__all__ = ["json_schema", "reference_markdown"]

_HEAD = "| key | unit, clock | default | allowed | meaning | default from |\n|---|---|---|---|---|---|"


def reference_markdown() -> str:
    """The page `docs/scenario-reference.md`: one table per block of the schema, and the presets."""
    sections = _sections()
    introduction = files("simulation.scenario").joinpath("reference_introduction.md").read_text("utf-8")
    parts = [introduction, "## Blocks\n"]
    parts += [f"- [`{title}`](#{_anchor(title)})" for title in (_title(m, paths) for m, paths in sections)]
    parts.append("")
    parts += [_section(model, paths, sections) for model, paths in sections]
    parts += [_changeable(), _presets()]
    return "\n".join(parts).rstrip() + "\n"


def _sections() -> list[tuple[type[BaseModel], list[str]]]:
    """Every block with the paths where it stands, each block before what it holds."""
    found: dict[type[BaseModel], list[str]] = {}

    def walk(model: type[BaseModel], path: str, inside: tuple[type[BaseModel], ...]) -> None:
        found.setdefault(model, []).append(path)
        for name, field in model.model_fields.items():
            for inner, deeper in _blocks(Slot.of(field), join(path, name)):
                if inner not in inside:
                    walk(inner, deeper, (*inside, inner))

    walk(Scenario, "", (Scenario,))
    return list(found.items())


def _blocks(slot: Slot, path: str) -> list[tuple[type[BaseModel], str]]:
    """The blocks at a place, with their paths: NAME for a free name, [] for an entry of a list."""
    return blocks(slot, path, "NAME", "[]")


def _kind(model: type[BaseModel]) -> str:
    """' (inbound)' for a block of which there are several kinds."""
    field = model.model_fields.get("kind")
    choices = Slot.of(field).choices if field is not None else ()
    return f" ({choices[0]})" if len(choices) == 1 else ""


def _title(model: type[BaseModel], paths: list[str]) -> str:
    return (paths[0] or "the scenario") + _kind(model)


def _anchor(title: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c in "-_")


def _section(model: type[BaseModel], paths: list[str], sections: list[tuple[type[BaseModel], list[str]]]) -> str:
    titles = {block: _title(block, where) for block, where in sections}
    lines = [f"## `{titles[model]}`\n", " ".join((model.__doc__ or "").split())]
    if len(paths) > 1:
        lines.append("\nThe same block stands at " + ", ".join(f"`{path}`" for path in paths[1:]) + ".")
    lines += ["", _HEAD]
    for name, field in model.model_fields.items():
        lines.append(_row(name, Slot.of(field), titles))
    if not paths[0]:
        lines.append(
            _cells(
                "`extends`",
                "",
                "none",
                "a file name",
                "Another scenario file that this one is laid upon.",
                "",
            )
        )
    if model.__name__ in ("Structure", "Role"):
        about = "A preset that is the base of what else stands here."
        lines.append(_cells("`preset`", "", "none", "see [Presets](#presets)", about, ""))
    return "\n".join([*lines, ""])


def _row(name: str, slot: Slot, titles: dict[type[BaseModel], str]) -> str:
    default = _default(slot)
    source = slot.source if default.startswith("`") else ""  # nothing has been assumed where a default is empty
    return _cells(f"`{name}`", _unit(slot), default, _allowed(slot, titles), slot.meaning, source)


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _unit(slot: Slot) -> str:
    entry = slot.entry
    quantity = slot.quantity or (entry.quantity if entry is not None else None)
    if quantity is None:
        return ""
    unit = {"hours": "hours, elapsed", "working hours": "hours, working", "number": ""}
    return unit.get(quantity.unit, quantity.unit)


def _default(slot: Slot) -> str:
    default: Any = slot.default
    if slot.required or default is PydanticUndefined:
        return "**required**"
    if default is None:
        return "null"
    if default in ({}, (), [], ""):
        return "its block's" if slot.models and default == {} else "empty"
    return f"`{short_default(default)}`"


def _allowed(slot: Slot, titles: dict[type[BaseModel], str]) -> str:
    """What may stand here, with links to the blocks."""
    blocks = [f"[`{titles[model]}`](#{_anchor(titles[model])})" for model, _ in _blocks(slot, "")]
    if not blocks:
        return allowed(slot)
    names = " or ".join(blocks)
    text = names if slot.models else f"names to {names}" if slot.is_mapping else f"a list of {names}"
    if slot.quantity is not None:
        text = f"{allowed(slot)}: {text}"
    return f"{text}, or null" if slot.takes_null else text


def _changeable() -> str:
    """Two tables: the paths that an intervention may set, and why it may not set the others."""
    may: dict[str, list[str]] = {}
    never: dict[str, list[str]] = {}
    new: list[tuple[str, str]] = []
    for each in {each.path: each for each in places()}.values():
        path = as_typed(each.path)
        block, _, key = path.rpartition(".")
        change = each.facts.changes
        if change is True:
            may.setdefault(block, []).append(f"`{key}`")
        elif change:
            never.setdefault(texts("en")(change), []).append(f"`{path}`")
        if each.facts.new:
            new.append((f"a new one in `{key if key == 'roles' else path}`", texts("en")(each.facts.new)))
    for place, why in new:
        never.setdefault(why, []).append(place)
    lines = [
        "## What may change during a run\n",
        "`set` in an intervention takes the path of these keys, or of what stands below them. Inside a structure a",
        "path may begin at the structure (`roles.closer.headcount`). An entry of a list (a stage, a named position)",
        "goes by its number N, the first one is 0. A price may change where `price_response` is given.\n",
        "| block | keys |",
        "|---|---|",
        *(_cells(f"`{block}`" if block else "the scenario", ", ".join(keys)) for block, keys in may.items()),
        "",
        "These cannot change:\n",
        "| path | why |",
        "|---|---|",
        *(_cells(", ".join(paths), why) for why, paths in never.items()),
    ]
    return "\n".join([*lines, ""])


def _presets() -> str:
    """Tables of the presets, each with its title and the remark at the head of its file."""
    lines = ["## Presets\n"]
    for kind in ("structures", "roles"):
        lines += [f"`preset:` in {kind}:\n", "| name | title | what it is |", "|---|---|---|"]
        for name in preset_files.names(kind):
            title = preset_files.preset(kind, name).value.get("title")
            lines.append(_cells(f"`{name}`", str(title.value) if title is not None else "", _remark(kind, name)))
        lines.append("")
    return "\n".join(lines)


def _remark(kind: str, name: str) -> str:
    """The comment lines at the head of a preset's file, as one text."""
    folder = files("simulation.scenario").joinpath("presets").joinpath(kind)
    words = []
    for line in folder.joinpath(f"{name}.yaml").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        words.append(line.lstrip("# ").strip())
    return " ".join(words)
