"""Mechanisms as groups of neutral settings."""

import pytest

from simulation.analysis.identity import fingerprints
from simulation.scenario.neutral import NEUTRAL, neutralise
from simulation.sense.loader import load_text
from simulation.study.explain.players import PLAYERS, Variants, at_work, without
from simulation.texts import LANGUAGES, texts
from tests.cli.conftest import SMALL

SCENARIO = load_text(SMALL, "small.yaml", {})
NAMES = ("universal", "functional")


def test_every_neutral_setting_belongs_to_exactly_one_mechanism():
    assert sorted(name for each in PLAYERS for name in each.settings) == sorted(NEUTRAL)
    assert len({each.key for each in PLAYERS}) == len(PLAYERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_a_name_and_a_meaning_in_each_language(language: str):
    said = [texts(language).again(phrase) for each in PLAYERS for phrase in (each.title, each.meaning)]
    assert all(said)
    assert len(set(said)) == len(said)


def test_what_changes_nothing_is_not_at_work():
    # no papers and no ramp by months in this scenario
    keys = [each.key for each in at_work(SCENARIO, NAMES)]
    assert keys == [each.key for each in PLAYERS if each.key not in ("paperwork", "ramp")]


def test_drift_is_calls_to_clients_and_cold_calls_and_at_work_where_there_are_either():
    calm = SCENARIO.replace({"market.customers.care": None})
    assert "drift" not in [each.key for each in at_work(calm, NAMES)]
    calling = calm.replace({"market.channels.calls": {"kind": "outbound"}})
    assert "drift" in [each.key for each in at_work(calling, NAMES)]


def test_the_order_of_work_is_at_work_where_work_is_due_the_newest_is_first_or_leads_in_hand_are_limited():
    plain = neutralise(SCENARIO, "order_of_work")
    assert "order-of-work" not in [each.key for each in at_work(plain, NAMES)]
    for key, value in (("due", {"sell": "1 h"}), ("newest_first", ["qualify"]), ("most_open", 30)):
        one = plain.replace({f"structures.universal.roles.universal.{key}": value})
        assert "order-of-work" in [each.key for each in at_work(one, NAMES)]


def test_what_only_a_third_structure_has_is_not_at_work_in_two_others():
    role = {"headcount": 1, "activities": ["qualify", "sell", "serve"], "ramp": {"sell": [0.5]}}
    scenario = SCENARIO.replace({"structures.third": {"roles": {"seller": role}}})
    assert "ramp" in [each.key for each in at_work(scenario, (*NAMES, "third"))]
    assert "ramp" not in [each.key for each in at_work(scenario, NAMES)]


def test_nothing_is_at_work_in_a_neutral_scenario():
    assert at_work(neutralise(SCENARIO), NAMES) == ()


def test_all_together_neutral_is_the_neutral_scenario():
    assert fingerprints(without(SCENARIO, PLAYERS), NAMES) == fingerprints(neutralise(SCENARIO), NAMES)


def test_a_variant_has_its_players_at_work_and_is_made_once():
    players = at_work(SCENARIO, NAMES)
    variants = Variants(SCENARIO, players)
    everything = (1 << len(players)) - 1
    assert variants[everything] is SCENARIO
    assert fingerprints(variants[0], NAMES) == fingerprints(neutralise(SCENARIO), NAMES)
    last = len(players) - 1
    assert variants[1 << last] is variants[1 << last]
    assert at_work(variants[1 << last], NAMES) == (players[last],)
