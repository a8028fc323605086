"""A scenario resolved, value by value with its origin, and against another one."""

from pathlib import Path

import pytest
import yaml

from simulation.intake.starter import starter_text
from simulation.scenario import preset_files
from simulation.scenario.describe import ABSENT, Shown, difference, resolved, show, written
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.texts import texts
from tests.unit.scenario.examples import SMALL, small

SITE = "market.channels.site"
MANAGER = "structures.universal.roles.manager"


def rows(scenario: Scenario) -> dict[str, Shown]:
    return {row.path: row for row in show(scenario)}


def differences(first: Scenario, second: Scenario) -> dict[str, tuple[str, str]]:
    return {row.path: (row.first, row.second) for row in difference(first, second)}


def all_presets() -> Scenario:
    structures = "".join(f"  s_{name}: {{preset: {name}}}\n" for name in preset_files.names("structures"))
    return load_text(SMALL + structures)


@pytest.mark.parametrize("make", [small, all_presets, lambda: load_text(starter_text())])
def test_a_resolved_scenario_loads_again_as_the_same(make: object) -> None:
    scenario = make()  # type: ignore[operator]
    text = yaml.safe_dump(resolved(scenario), sort_keys=False, allow_unicode=True)
    assert load_text(text).model_dump() == scenario.model_dump()


def test_a_resolved_scenario_is_plain_and_has_nothing_left_to_resolve() -> None:
    plain = resolved(load_text(SMALL + "  f: {preset: functional}\n"))
    assert plain["experiment"]["start"] == "2026-01-01"
    assert plain["market"]["products"]["service"]["paperwork"] == "9 working hours"
    assert plain["market"]["channels"]["site"]["patience"] == {"exponential": {"mean": "3 days"}}
    assert list(plain["market"]["channels"]["site"])[0] == "kind"
    text = yaml.safe_dump(plain)
    assert "preset:" not in text and "range:" not in text and "extends:" not in text


def test_show_gives_every_value_with_unit_and_origin() -> None:
    shown = rows(small())
    assert shown[f"{SITE}.patience"][1:] == ("exponential, mean 3 days", "elapsed time", "small.yaml:9")
    assert shown[f"{SITE}.leads_per_month"][1:] == ("60", "per month", "small.yaml:8")
    assert shown[f"{SITE}.fit"][1:] == ("100 %", "share", "default")
    assert shown["market.products.service.deal"][1:] == (
        "lognormal, mean 60 000, cv 1",
        "RUB",
        "small.yaml:12",
    )
    assert shown["market.products.service.gross_margin"][1:] == ("25 %", "share", "small.yaml:13")
    assert shown["market.products.service.paperwork"][1:] == (
        "9 working hours",
        "working time",
        "small.yaml:14",
    )
    assert shown[f"{MANAGER}.pay.base"][1:] == ("35 000", "RUB", "small.yaml:21")
    assert shown["calendar.lunch"][1:] == ("null", "", "small.yaml:3")
    assert shown["market.customers.upsell.every"].value == "never"
    assert shown[f"{SITE}.quality"].unit == "log-odds"
    assert shown["plan"].value == "null"
    assert shown[f"{SITE}.seasonality"].value.count("1") == 12


def test_show_keeps_a_short_form_as_one_row() -> None:
    shown = rows(small("[serve, collect,", "[serve, {activity: collect, deal_from: 1 mln},"))
    assert shown[f"{MANAGER}.activities.0"] == Shown(f"{MANAGER}.activities.0", "serve", "", "small.yaml:20")
    assert f"{MANAGER}.activities.0.activity" not in shown
    assert shown[f"{MANAGER}.activities.1.deal_from"].value == "1 000 000"
    assert shown[f"{MANAGER}.activities.1.deal_below"].origin == "default"


def test_show_leaves_nothing_out() -> None:
    scenario = all_presets()
    shown = rows(scenario)
    for path, node in scenario.provenance.merged.walk():
        if not isinstance(node.value, (dict, list)):
            assert any(path == row or path.startswith(f"{row}.") for row in shown), path
    assert {row.origin for row in shown.values()} >= {"default", "preset hunter", "preset functional"}


def test_what_is_equal_in_value_does_not_differ_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(SMALL, encoding="utf-8")
    text = "extends: base.yaml\nmarket: {channels: {site: {patience: {exponential: 72 h}, fit: 100 %}}}"
    (tmp_path / "child.yaml").write_text(text, encoding="utf-8")
    assert difference(load(tmp_path / "base.yaml"), load(tmp_path / "child.yaml")) == ()


def test_differences_are_listed_with_both_values() -> None:
    first = small()
    second = first.replace({f"{SITE}.leads_per_month": 80, f"{SITE}.patience": "2 days", "calendar.country": None})
    expected = {
        "calendar.country": ("RU", "null"),
        f"{SITE}.patience": ("exponential, mean 3 days", "2 days"),
        f"{SITE}.leads_per_month": ("60", "80"),
    }
    assert differences(first, second) == expected
    assert differences(second, first) == {path: (b, a) for path, (a, b) in expected.items()}


def test_values_that_differ_by_less_than_is_shown_are_shown_in_full() -> None:
    first = small()
    second = first.replace({f"{SITE}.fit": 0.9999999999})
    assert differences(first, second) == {f"{SITE}.fit": ("1", "0.9999999999")}


def test_a_block_that_only_one_has_is_listed_by_what_was_written() -> None:
    first = small()
    changes = {
        "market.channels.fair": {"kind": "inbound", "leads_per_month": 5},
        "market.speed_to_lead": None,
        "plan": {"target": "1 mln"},
        "structures.new": {
            "roles": {"one": {"preset": "universal", "headcount": 1, "activities": ["qualify", "sell"]}}
        },
        "market.products.service.paperwork": 0,
        "market.customers.order_work": 0,
    }
    found = differences(first, first.replace(changes))
    assert found["market.channels.fair.kind"] == (ABSENT, "inbound")
    assert found["market.channels.fair.leads_per_month"] == (ABSENT, "5")
    assert "market.channels.fair.quality" not in found
    assert found["market.speed_to_lead"] == ("as by default", "null")
    assert found["plan.target"] == ("null", "1 000 000")
    assert found["structures.new.roles.one.activities.1"] == (ABSENT, "sell")
    back = differences(first.replace(changes), first)
    assert {path: (b, a) for path, (a, b) in back.items()} == found


def test_stages_that_only_one_has_are_listed_once_each() -> None:
    first = small()
    second = first.replace({"market.stages": [{"name": "contact", "work": "1 h"}]})
    found = differences(first, second)
    assert found["market.stages.1"] == ("as by default", ABSENT)
    assert found["market.stages.0.conversion"] == ("88 %", "100 %")
    assert "market.stages.1.name" not in found


def test_a_number_is_written_as_the_key_wants_it_so_that_a_sampled_value_can_be_put_in() -> None:
    scenario = small()
    for path, value in (
        (f"{SITE}.patience.exponential.mean", 5.3127),
        (f"{SITE}.leads_per_month", 61.25),
        ("people.switching", 0.0512),
        ("market.products.service.gross_margin", 0.123456789),
    ):
        other = scenario.replace({path: written(scenario, path, value)})
        assert written(other, path, value) == written(scenario, path, value)
    assert written(scenario, f"{SITE}.patience.exponential.mean", 5.3127) == "5.3127 h"
    sampled = scenario.replace({f"{SITE}.patience.exponential.mean": "5.3127 h"})
    assert sampled.market.channels["site"].patience.mean == 5.3127


@pytest.mark.parametrize("path", ["title", "market.nothing", "market"])
def test_what_is_no_number_cannot_be_written_as_one(path: str) -> None:
    with pytest.raises(KeyError):
        written(small(), path, 1.0)


def test_what_is_said_of_values_is_said_in_the_language_asked_for() -> None:
    sizes = {"values": ["10 k", "20 k"], "weights": [1, 3]}
    first = small()
    second = first.replace({"market.products.service.deal": {"empirical": sizes}, "market.speed_to_lead": None})
    found = rows(second)
    deal, processes = found["market.products.service.deal"].value, found["market.processes"].value
    assert deal == "empirical, 2 values, mean 17 500"
    was, _ = differences(first, second)["market.speed_to_lead"]
    said = [texts("ru").again(each) for each in (deal, processes, was)]
    assert said == ["empirical, значений 2, в среднем 17 500", "нет", "как по умолчанию"]
