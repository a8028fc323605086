"""Mechanisms as groups of neutral settings."""

import pytest

from simulation.analysis.identity import fingerprints
from simulation.scenario.neutral import NEUTRAL, neutralise
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.sense.loader import load_text
from simulation.study.compare.at_best import best_heads
from simulation.study.explain.players import PLAYERS, TEAM, Player, Variants, at_work, without, working_roles
from simulation.study.lab import Lab
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
    assert keys == [each.key for each in PLAYERS if each.key not in ("paperwork", "ramp", "split")]


def test_drift_is_calls_to_clients_and_cold_calls_and_at_work_where_there_are_either():
    calm = SCENARIO.replace({"market.customers.care": None})
    assert "drift" not in [each.key for each in at_work(calm, NAMES)]
    calling = calm.replace({"market.channels.calls": {"kind": "outbound"}})
    assert "drift" in [each.key for each in at_work(calling, NAMES)]


def test_due_times_are_at_work_where_work_is_due_the_newest_is_first_or_leads_in_hand_are_limited():
    plain = neutralise(SCENARIO, "order_of_work")
    assert "due-times" not in [each.key for each in at_work(plain, NAMES)]
    for key, value in (("due", {"sell": "1 h"}), ("newest_first", ["qualify"]), ("most_open", 30)):
        one = plain.replace({f"structures.universal.roles.universal.{key}": value})
        assert "due-times" in [each.key for each in at_work(one, NAMES)]


def player(key: str) -> Player:
    return next(each for each in PLAYERS if each.key == key)


def orders(scenario: Scenario) -> list[list[str]]:
    roles = [role for name in NAMES for role in scenario.structures[name].roles.values() if is_counted(role)]
    return [[duty.activity for duty in role.activities] for role in roles]


def test_an_equal_order_of_work_is_one_order_for_all_roles_without_help_and_kept_hours():
    mixed = SCENARIO.replace(
        {
            "structures.functional.roles.closer.activities": [
                {"activity": "qualify", "overflow": {"queue": 3}},
                "sell",
                "paperwork",
            ],
            "structures.universal.roles.universal.protected": {"prospect": "2 h"},
        }
    )
    equal = without(mixed, [player("order-of-work")], NAMES)
    one = max(orders(equal), key=len)
    for each in orders(equal):
        assert each == [activity for activity in one if activity in each]
    assert orders(equal) != orders(mixed)
    assert not equal.structures["universal"].roles["universal"].protected.get("prospect")
    assert "qualify" not in [duty.activity for duty in equal.structures["functional"].roles["closer"].activities]
    assert fingerprints(without(equal, [player("order-of-work")], NAMES), NAMES) == fingerprints(equal, NAMES)


def test_an_equal_split_is_the_best_one_that_a_search_in_paired_years_finds():
    drawn = {"hunter": 1, "closer": 1, "farmer": 8}
    uneven = SCENARIO.replace(
        {f"structures.functional.roles.{role}.headcount": n for role, n in drawn.items()}
        | {"market.channels.site.leads_per_month": 400}
    )
    lab = Lab(jobs=1)
    found = {"functional": best_heads(uneven, "functional", "won_leads", lab)}
    assert lab.simulated > 0 and sum(found["functional"].values()) == 10
    players = at_work(uneven, NAMES, found)
    split = next(each for each in players if each.key == "split")
    equal = without(uneven, [split], NAMES).structures["functional"].roles
    assert {role: equal[role].headcount for role in drawn} == {role: found["functional"][role] for role in drawn}
    assert found["functional"]["farmer"] < 8
    # with the best split drawn there is nothing to make equal
    best = uneven.replace(
        {f"structures.functional.roles.{role}.headcount": found["functional"][role] for role in drawn}
    )
    assert "split" not in [each.key for each in at_work(best, NAMES, found)]
    # nor where positions have names, which cannot be counted otherwise
    named = uneven.replace({"structures.functional.staff": [{"name": f"f{n}", "role": "farmer"} for n in range(8)]})
    assert "split" not in [each.key for each in at_work(named, NAMES, found)]


def test_one_pooled_team_has_all_people_and_does_all_that_the_structure_does():
    made = without(SCENARIO, [TEAM], NAMES)
    for name in NAMES:
        before, after = working_roles(SCENARIO.structures[name]), working_roles(made.structures[name])
        (team,) = after.values()
        assert team.headcount == sum(role.headcount for role in before.values())
        did = {duty.activity for role in before.values() for duty in role.activities}
        assert [*did] and {duty.activity for duty in team.activities} == did
    one = [role for name in NAMES for role in working_roles(made.structures[name]).values()]
    assert len({tuple(duty.activity for duty in role.activities) for role in one}) == 1


def test_a_team_of_one_role_is_no_reason():
    assert TEAM not in at_work(SCENARIO, ("universal", "universal"))


def test_what_only_a_third_structure_has_is_not_at_work_in_two_others():
    role = {"headcount": 1, "activities": ["qualify", "sell", "serve"], "ramp": {"sell": [0.5]}}
    scenario = SCENARIO.replace({"structures.third": {"roles": {"seller": role}}})
    assert "ramp" in [each.key for each in at_work(scenario, (*NAMES, "third"))]
    assert "ramp" not in [each.key for each in at_work(scenario, NAMES)]


def test_nothing_is_at_work_in_a_neutral_scenario():
    calm = without(neutralise(SCENARIO), [player("order-of-work")], NAMES)
    assert at_work(calm, NAMES) == (TEAM,)
    assert at_work(calm, ("universal", "universal")) == ()


def test_all_together_neutral_is_the_neutral_scenario():
    mechanisms = [each for each in PLAYERS if each.equal is None]
    assert fingerprints(without(SCENARIO, mechanisms, NAMES), NAMES) == fingerprints(neutralise(SCENARIO), NAMES)


def test_a_variant_has_its_players_at_work_and_is_made_once():
    players = at_work(SCENARIO, NAMES)
    variants = Variants(SCENARIO, players, NAMES)
    everything = (1 << len(players)) - 1
    assert variants[everything] is SCENARIO
    assert fingerprints(variants[0], NAMES) == fingerprints(without(SCENARIO, PLAYERS, NAMES), NAMES)
    team = 1 << len(players) - 1
    assert players[-1] is TEAM
    assert variants[team | 1] is variants[team | 1]
    assert at_work(variants[team | 1], NAMES) == (players[0], TEAM)
