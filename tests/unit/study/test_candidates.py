"""Which splits there are: by people, by money, with alternatives; what is ruled out; how they are called."""

import pytest

from simulation.expected import budgeted_payroll
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.study.best_split.candidates import Candidate, Rule, SearchError, candidates
from simulation.study.best_split.search_plan import screened
from simulation.texts import texts
from tests.unit.study.line import line, plain

ALTERNATIVES = "\n    alternatives"
SEARCH = f"  line:{ALTERNATIVES}"
CROWD = "  crowd:\n    title: Crowd\n    preset: universal\n    roles:\n"
SAME = Rule(None, None, "crowd")


def splits(scenario: Scenario, rule: Rule = SAME, structure: str = "line") -> list[Candidate]:
    return candidates(scenario, [structure], rule)[structure]


def heads(found: list[Candidate]) -> list[tuple[int, ...]]:
    return [tuple(each.heads.values()) for each in found]


def test_so_many_people_are_split_in_every_way_that_fills_each_role() -> None:
    found = splits(plain(), Rule(5, None, "crowd"))
    assert sorted(heads(found)) == [(1, 1, 3), (1, 2, 2), (1, 3, 1), (2, 1, 2), (2, 2, 1), (3, 1, 1)]


def test_without_a_number_splits_cost_what_the_baseline_costs() -> None:
    found = splits(plain())
    assert len(found) == 21  # eight people in three roles
    base = budgeted_payroll(plain(), "crowd")
    assert all(abs(each.payroll - base) <= 0.03 * base for each in found)
    assert {each.people for each in found} == {8}


def test_a_payroll_allows_every_size_up_to_it() -> None:
    scenario = plain()
    five = next(each.payroll for each in splits(scenario, Rule(5, None, "crowd")))
    found = splits(scenario, Rule(None, five, "crowd"))
    assert {each.people for each in found} == {3, 4, 5}
    assert all(each.payroll <= five * (1 + 1e-9) for each in found)


def test_where_pay_differs_sizes_differ_at_the_same_payroll() -> None:
    scenario = line(("closer: {headcount: 3, pay: {base: 100}}", "closer: {headcount: 3, pay: {base: 200}}"))
    found = splits(scenario, Rule(None, None, "crowd"))
    assert len({each.people for each in found}) > 1


def test_every_option_is_tried_with_every_split() -> None:
    found = splits(line())
    assert len(found) == 42
    helped = [each for each in found if each.options == ("closers help",)]
    assert len(helped) == 21
    assert all(each.spec.roles["closer"].cover == 0.5 for each in helped)
    assert all(each.spec.roles["closer"].cover == 0 for each in found if not each.options)


def test_ranges_of_the_search_bound_the_roles() -> None:
    ranged = line(
        ("  line:\n    alternatives", "  line:\n    roles: {hunter: [2, 3], farmer: [0, 1]}\n    alternatives")
    )
    found = splits(ranged, Rule(5, None, "crowd"))
    assert {each.heads["hunter"] for each in found} == {2, 3}
    assert {each.heads["farmer"] for each in found} == {0, 1}


def test_those_who_lead_or_support_are_not_counted() -> None:
    assert set(splits(plain())[0].heads) == {"hunter", "closer", "farmer"}
    assert all(each.spec.roles["head"].headcount == 1 for each in splits(plain()))


def test_all_splits_stand_in_one_scenario_and_the_one_of_the_file_keeps_its_name() -> None:
    found = splits(plain())
    assert len({id(each.case.scenario) for each in found}) == 1
    written = [each for each in found if each.written]
    assert [each.case.structure for each in written] == ["line"]
    assert tuple(written[0].heads.values()) == (3, 3, 2)
    assert next(iter(found[0].case.scenario.structures)) == "line"  # today's is the scenario's first


def test_a_split_is_said_in_words_of_each_language() -> None:
    two = next(each for each in splits(line()) if heads([each]) == [(2, 5, 1)] and each.options)
    assert two.name == "Line 2-5-1, closers help"
    assert str(two.phrase) == "2 hunters, 5 closers and 1 farmer (closers help)"
    assert texts("ru").again(two.phrase) == "2 хантера, 5 клоузеров и 1 фермер (closers help)"


def test_pods_share_their_people_alike() -> None:
    podded = line(
        ("    preset: functional\n", "    preset: functional\n    pods: 2\n"),
        ("hunter: {headcount: 3", "hunter: {headcount: 2"),
        ("closer: {headcount: 3", "closer: {headcount: 4"),
    )
    assert all(count % 2 == 0 for each in splits(podded) for count in each.heads.values())


def test_a_split_that_the_changes_of_the_year_do_not_allow_is_none() -> None:
    moving = line(
        ("plan:", "interventions:\n  - {at: 2 weeks, move: [{role: hunter, to: closer, people: 2}]}\nplan:"),
        (
            "  crowd:\n    title: Crowd\n    preset: universal\n    roles:\n",
            "  crowd:\n    preset: functional\n    roles:\n",
        ),
        ("      universal: {headcount: 8, pay: {base: 100}}\n", "      hunter: {headcount: 4, pay: {base: 100}}\n"),
    )
    found = splits(moving, Rule(6, None, "line"))
    assert found and all(each.heads["hunter"] >= 2 for each in found)


def test_a_change_that_names_the_structure_still_finds_it() -> None:
    named = line(
        ("plan:", "interventions:\n  - {at: 2 weeks, set: {structures.line.roles.hunter.headcount: 4}}\nplan:"),
    )
    found = splits(named, Rule(8, None, "crowd"))
    assert {each.case.structure for each in found} == {"line"}
    assert {each.case.scenario.structures["line"].roles["closer"].headcount for each in found} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(2, None, "crowd"), "'line' has no split of 2 people; it has 3 roles to fill"),
        (Rule(None, 3_000.0, "crowd"), "the cheapest one costs"),
        (Rule(150, None, "crowd"), "at most 2000 are searched"),
    ],
)
def test_nothing_to_choose_from_and_too_much_are_told(rule: Rule, said: str) -> None:
    with pytest.raises(SearchError, match=said):
        splits(plain(), rule)


# --- what is ruled out ------------------------------------------------------------------------------------------------


def test_a_role_without_people_whose_work_nobody_does_is_ruled_out() -> None:
    ranged = line((SEARCH, f"  line:\n    roles: {{hunter: [0, 3]}}{ALTERNATIVES}"))
    kept, out = screened(splits(ranged, Rule(6, None, "crowd")))
    nobody = [each for each in out if "nobody does the work" in each.reason]
    assert nobody and all(each.candidate.heads["hunter"] == 0 for each in nobody)
    assert all(each.heads["hunter"] > 0 for each in kept)


def test_a_role_with_far_too_much_work_is_ruled_out_where_the_same_money_does_it() -> None:
    busy = line(("leads_per_month: 10", "leads_per_month: 500"))
    kept, out = screened(splits(busy))
    assert out and all("times the work that they have time for" in each.reason for each in out)
    assert kept and len(kept) + len(out) == 42


def test_where_everybody_has_too_much_work_nothing_is_ruled_out() -> None:
    flooded = line(("leads_per_month: 10", "leads_per_month: 3000"))
    kept, out = screened(splits(flooded, Rule(3, None, "crowd")))
    assert not out and len(kept) == 2


def test_a_quiet_market_rules_nothing_out() -> None:
    kept, out = screened(splits(plain()))
    assert not out and len(kept) == 21


def test_the_splits_that_are_ruled_out_in_the_shipped_department_leave_a_closer_or_a_farmer_alone() -> None:
    scenario = load("scenarios/department_of_ten.yaml")
    _, out = screened(candidates(scenario, ["functional"], Rule(None, None, "universal"))["functional"])
    assert out and all(each.candidate.heads["closer"] == 1 or each.candidate.heads["farmer"] == 1 for each in out)
