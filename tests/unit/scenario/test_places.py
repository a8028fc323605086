"""The schema as places: every key with the facts that were declared at it, by walk, by path and in a scenario."""

from pathlib import Path

import simulation.texts
from simulation.mechanisms.hand_off import Handover
from simulation.scenario.channels import ChannelBase
from simulation.scenario.places import along, as_typed, held, places
from simulation.sense.loader import load_text
from simulation.texts import LANGUAGES, texts
from simulation.written.base import Facts
from tests.unit.scenario.examples import SMALL


def test_every_key_of_every_kind_of_channel_is_a_place_and_a_common_one_is_there_once() -> None:
    paths = [each.path for each in places()]
    assert paths.count("market.channels.*.fit") == 1
    assert {"market.channels.*.attempt", "market.channels.*.orders_per_month"} <= set(paths)
    assert "market.customers.order_every.exponential" not in paths


def test_the_steps_of_a_path_are_keys_and_names() -> None:
    scenario = load_text(SMALL)
    steps = along(scenario, "market.channels.site.fit")
    assert [step.name for step in steps] == ["market", "channels", "site", "fit"]
    assert steps[2].place is None
    assert steps[3].place is not None and steps[3].place.block is ChannelBase


def test_a_path_is_followed_where_a_block_is_not_given_and_as_far_as_the_schema_goes() -> None:
    scenario = load_text(SMALL)
    steps = along(scenario, "structures.universal.hand_off.lead.loss")
    assert steps[-1].place is not None and steps[-1].place.block is Handover
    assert [step.name for step in along(scenario, "people.nothing.more")] == ["people"]


def test_a_scenario_holds_the_keys_of_its_blocks_with_their_values() -> None:
    held_here = {place.path: value for place, value in held(load_text(SMALL))}
    assert held_here["market.stages.0.name"] == "contact"
    assert held_here["structures.universal.roles.manager.headcount"] == 8
    assert not [path for path in held_here if path.startswith("structures.universal.loyalty.")]


def test_the_key_that_holds_a_block_adds_to_the_facts_of_a_key_in_it() -> None:
    own, here = Facts("judgement", changes=True), Facts(drives={"deals": "+1"})
    assert own.here(here) == Facts("judgement", changes=True, drives={"deals": "+1"})


def test_every_key_has_a_title_in_every_language() -> None:
    for language in LANGUAGES:
        assert not [each.text for each in places() if each.text not in texts(language)]


def test_every_title_is_that_of_a_key_or_of_an_entry_of_one() -> None:
    known = {each.text for each in places()}
    lines = (Path(simulation.texts.__file__).parent / "en" / "keys.ftl").read_text("utf-8").splitlines()
    for title in [line.split(" = ")[0] for line in lines if line.startswith("key-")]:
        assert title == "key-of" or title in known or title.rpartition("-")[0] in known, title


def test_what_a_key_needs_stands_beside_it() -> None:
    needing = [each for each in places() if each.facts.needs]
    assert len(needing) >= 9
    assert not [each.path for each in needing if each.facts.needs not in each.block.model_fields]


def test_a_free_name_is_typed_as_it_is_and_an_entry_of_a_list_by_its_number() -> None:
    typed = {
        "market.stages.*.work": "market.stages.N.work",
        "market.channels.*.stages.*.work": "market.channels.NAME.stages.NAME.work",
        "market.processes.*.stages.*.reach.most": "market.processes.NAME.stages.N.reach.most",
        "structures.*.staff.*.base": "structures.NAME.staff.N.base",
    }
    assert {path: as_typed(path) for path in typed} == typed
