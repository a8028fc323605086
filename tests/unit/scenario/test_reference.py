"""The reference page and the JSON Schema say what the loader does."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from simulation.intake.starter import starter_text
from simulation.scenario import preset_files
from simulation.scenario.describe import resolved
from simulation.scenario.places import as_typed, places
from simulation.scenario.reference import json_schema, reference_markdown
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.texts import say
from simulation.written.schema import Slot
from tests.unit.scenario.examples import SMALL

SCHEMA = json_schema()
BASE_PAY = "structures.universal.roles.manager.pay.base"
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def accepts(schema: dict[str, Any], value: Any) -> bool:
    """Whether a JSON Schema accepts a value; knows the keywords that ours uses and fails on any other."""
    known = {"$ref", "anyOf", "if", "then", "else", "type", "properties", "required", "additionalProperties"}
    known |= {
        "propertyNames",
        "items",
        "minItems",
        "maxItems",
        "enum",
        "const",
        "pattern",
        "$schema",
        "$defs",
    }
    known |= {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    known |= {"title", "description", "unit", "clock", "examples"}
    assert known >= set(schema), set(schema) - known
    if "$ref" in schema and not accepts(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], value):
        return False
    if "anyOf" in schema and not any(accepts(each, value) for each in schema["anyOf"]):
        return False
    if "if" in schema and not accepts(schema["then" if accepts(schema["if"], value) else "else"], value):
        return False
    return _typed(schema, value) and _single(schema, value) and _nested(schema, value)


def _typed(schema: dict[str, Any], value: Any) -> bool:
    match schema.get("type"):
        case None:
            return True
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case name:
            return isinstance(value, TYPES[name])


def _single(schema: dict[str, Any], value: Any) -> bool:
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        return False
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (
            value >= schema.get("minimum", value)
            and value <= schema.get("maximum", value)
            and not value <= schema.get("exclusiveMinimum", float("-inf"))
            and not value >= schema.get("exclusiveMaximum", float("inf"))
        )
    return True


def _nested(schema: dict[str, Any], value: Any) -> bool:
    if isinstance(value, list):
        long_enough = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        return long_enough and all(accepts(schema.get("items", {}), each) for each in value)
    if not isinstance(value, dict):
        return True
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    if not set(schema.get("required", ())) <= set(value):
        return False
    for key, inner in value.items():
        if not accepts(schema.get("propertyNames", {}), key):
            return False
        rule = properties.get(key, others)
        if rule is False or not accepts(rule, inner):
            return False
    return True


def editor_accepts(text: str) -> bool:
    return accepts(SCHEMA, json.loads(json.dumps(yaml.safe_load(text), default=str)))


def blocks(model: type[BaseModel] = Scenario, seen: tuple[type[BaseModel], ...] = ()) -> Iterator[type[BaseModel]]:
    """Every block of the schema."""
    yield model
    for field in model.model_fields.values():
        slot: Slot | None = Slot.of(field)
        while slot is not None and not slot.models and slot.distribution is None:
            slot = slot.entry
        for inner in slot.models if slot is not None and slot.distribution is None else ():
            if inner not in seen:
                yield from blocks(inner, (*seen, inner))


ALL_BLOCKS = tuple(dict.fromkeys(blocks()))


def test_the_walk_of_the_tests_meets_the_blocks() -> None:
    names = {block.__name__ for block in ALL_BLOCKS}
    assert {"Scenario", "Inbound", "Outbound", "Stage", "Role", "Duty", "BudgetLine", "Handover"} <= names


# JSON Schema


def test_every_block_and_key_is_in_the_json_schema_and_every_reference_leads_somewhere() -> None:
    definitions = SCHEMA["$defs"]
    for block in ALL_BLOCKS:
        partial = definitions.get(f"{block.__name__}_partial") or definitions[block.__name__]
        assert set(block.model_fields) <= set(partial["properties"])
        assert partial["additionalProperties"] is False
        for name, field in block.model_fields.items():
            assert str(field.description) in partial["properties"][name]["description"]
    for target in re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)):
        assert target in definitions


@pytest.mark.parametrize(
    "text",
    [
        SMALL,
        starter_text(),
        "extends: other.yaml",
        "extends: other.yaml\nmarket: {channels: {site: null, fair: {fit: 0.3}}, qualification: null}",
        "extends: other.yaml\npeople: {switching: null, learning: {sell: {start: 0.5}}}",
        SMALL + "  f: {preset: functional, roles: {hunter: {headcount: 3}, closer: null}}",
        SMALL + "  f: {roles: {one: {preset: universal, headcount: {value: 3, range: [2, 4], source: plan}}}}",
        SMALL + "  f: {roles: {one: {headcount: 1, activities: [{activity: sell, stages: [needs]}, qualify]}}}",
        SMALL + "plan: {target: 1.5 mln}\nexperiment: {start: 2026-05-04, months: 36}",
        SMALL + "interventions: [{at: 2026-05-04, cost: 5 k}, {at: 3 months, cost: 5 k, dip: {}}]",
        SMALL
        + f"interventions: [{{at: 1 week, set: {{{BASE_PAY}: {{value: 40 k, source: owner}}, people.switching: 0}}}}]",
        SMALL + "interventions: [{at: 0, every: week, changes: [{crm: {}}, {move: [{role: a, to: b}]}]}]",
    ],
)
def test_an_editor_accepts_what_a_person_may_write(text: str) -> None:
    assert editor_accepts(text)


@pytest.mark.parametrize("name", preset_files.names("structures"))
def test_an_editor_accepts_every_preset_when_it_is_written_out(name: str) -> None:
    scenario = load_text(SMALL + f"  one: {{preset: {name}}}\n")
    assert editor_accepts(yaml.safe_dump(resolved(scenario)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: inbound", "kind: inbond"),
        ("leads_per_month:", "leads_per_mont:"),
        ("mean: 3 days", "mean: 3"),
        ("mean: 3 days", "mean: 3 working hours"),
        ("exponential:", "exponental:"),
        ("1 working day", "1 day"),
        ("range: [40, 90]", "range: [40]"),
        ("headcount: 8", "headcount: -8"),
        ("        headcount: 8\n", ""),
        ("qualify, sell", "qualfy, sell"),
        ("headcount: 8", "preset: univrsal"),
        ("version: 1\n", ""),
        ("title: Small", "titel: Small"),
        ("title: Small", "experiment: {months: 0}"),
        ("title: Small", "experiment: {measure: profits}"),
        ("title: Small", "people: null"),
        ("title: Small", "title: null"),
        ("25 %", "1.4"),
        ("country: RU", "around_the_clock: 'yes'"),
        ("title: Small", "interventions: [{at: 3, cost: 1}]"),
        ("title: Small", "interventions: [{at: soon, cost: 1}]"),
        ("title: Small", "interventions: [{cost: 1}]"),
        ("title: Small", "interventions: [{at: 1 day, set: 5}]"),
        ("title: Small", "interventions: [{at: 1 day, every: wek, changes: []}]"),
    ],
)
def test_an_editor_underlines_mistakes(old: str, new: str) -> None:
    assert old in SMALL
    text = SMALL.replace("25 %, range: [0.2, 30 %]", "25 %") if old == "25 %" else SMALL
    assert not editor_accepts(text.replace(old, new, 1))


def test_the_schema_is_json_and_says_which_clock_a_key_takes() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$defs"]["Elapsed"]["clock"] == "elapsed"
    assert SCHEMA["$defs"]["Working"]["clock"] == "working"
    assert SCHEMA["$defs"]["Role_partial"]["properties"]["preset"]["enum"] == list(preset_files.names("roles"))


# the page


def tables(page: str) -> dict[str, dict[str, list[str]]]:
    """Cells of each key's row, by heading and key."""
    result: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in page.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ").strip("`")
        elif line.startswith("| `"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            result.setdefault(heading, {})[cells[0].strip("`")] = cells
    return result


def test_the_page_has_a_row_for_every_key_of_every_block() -> None:
    found = tables(reference_markdown())
    rows = [key for table in found.values() for key in table]
    for block in ALL_BLOCKS:
        assert any(set(block.model_fields) <= set(table) for table in found.values()), block.__name__
    others = ("Presets", "What may change during a run")
    assert all(len(cells) == 6 for heading, table in found.items() if heading not in others for cells in table.values())
    assert "extends" in found["the scenario"]
    assert {"preset", "headcount"} <= set(found["structures.NAME.roles.NAME"])
    assert len(rows) > 150


def test_a_row_says_unit_clock_default_meaning_and_source() -> None:
    found = tables(reference_markdown())
    _, unit, default, allowed, meaning, source = found["market.channels.NAME (inbound)"]["patience"]
    assert unit == "hours, elapsed"
    assert default == "`{exponential: 14 days}`"
    assert "or a distribution" in allowed
    assert "elapsed time" in meaning
    assert source == "judgement: ten working days"
    assert found["market.channels.NAME (inbound)"]["leads_per_month"][2] == "**required**"
    assert found["experiment"]["months"][3] == "a whole number, at least 1, at most 240"
    assert found["people"]["switching"][1] == "hours, working"
    assert found["the scenario"]["plan"][2] == "null"


def test_the_moment_of_an_intervention_is_a_date_or_an_elapsed_time() -> None:
    _, unit, default, allowed, _, _ = tables(reference_markdown())["structures.NAME.interventions[]"]["at"]
    assert (unit, default) == ("hours, elapsed", "**required**")
    assert allowed.startswith("a date such as 2026-05-04, or elapsed time")


def test_the_page_says_what_may_change_during_a_run_and_why_the_rest_may_not() -> None:
    page = reference_markdown()
    section = page[page.index("## What may change during a run") : page.index("## Presets")]
    may, never = section.split("These cannot change")
    for each in places():
        path = as_typed(each.path)
        block, _, key = path.rpartition(".")
        change = each.facts.changes
        assert not each.facts.new or say(each.facts.new) in never
        if change and change is not True:
            assert f"`{path}`" in never and say(change) in never
        elif change:
            row = next(line for line in may.splitlines() if line.startswith(f"| `{block}` |") or not block)
            assert not block or f"`{key}`" in row


def test_every_link_of_the_page_leads_to_a_heading() -> None:
    page = reference_markdown()
    headings = [line.removeprefix("## ").strip("`") for line in page.splitlines() if line.startswith("## ")]
    anchors = {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", page)
    assert len(links) > 40
    assert set(links) <= anchors
    assert len(anchors) == len(headings)


def test_the_page_lists_every_preset_with_what_it_is() -> None:
    found = tables(reference_markdown())["Presets"]
    for kind in ("structures", "roles"):
        for name in preset_files.names(kind):
            assert all(found[name]), name
