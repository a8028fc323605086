"""Maps of the winner: cells, looks, borders, and splits chosen anew."""

import json

import pytest

from simulation.scenario.scenario import Scenario
from simulation.study.field.resplit import BEGIN, worth_trying
from simulation.study.field.winner_map import WinnerMap, looks_at, winner_map
from simulation.study.kind import Finding
from simulation.study.variation import VariationError, parse_range
from simulation.texts import texts
from tests.unit.study.formulas import Formulas, scenario, usual

SCENARIO = scenario()
LOSS, CHURN = "hand_off.lead.loss=5%:45%:5", "market.customers.churn_per_year=0.1:0.5:5"


def mapped(x: str = LOSS, y: str = CHURN, lab: Formulas | None = None, **options: object) -> WinnerMap:
    given = options.pop("scenario", SCENARIO)
    assert isinstance(given, Scenario)
    return winner_map(given, parse_range(given, x), parse_range(given, y), lab=lab or Formulas(), **options)  # type: ignore[arg-type]


def test_each_cell_has_the_winner_of_the_formula_and_ties_are_open() -> None:
    found = mapped()
    for cell in found.cells:
        loss, churn = cell.values
        if abs(churn - loss) > 0.06:
            assert cell.contest.winner == ("functional" if churn > loss else "universal"), cell.values
    assert sum(found.wins.values()) == 25


def test_cells_stand_row_by_row_whatever_order_the_values_came_in() -> None:
    found = mapped("hand_off.lead.loss=0.4,0.1", "market.customers.churn_per_year=0.3,0.2")
    assert [cell.values for cell in found.cells] == [(0.1, 0.2), (0.4, 0.2), (0.1, 0.3), (0.4, 0.3)]
    assert [cell.values for cell in found.row(1)] == [(0.1, 0.3), (0.4, 0.3)]


def test_clear_cells_get_the_first_years_alone_and_open_ones_all() -> None:
    lab = Formulas()
    found = mapped("hand_off.lead.loss=5%,20%", "market.customers.churn_per_year=0.2,0.9", lab=lab)
    years = {cell.values: cell.contest.years for cell in found.cells}
    assert years[0.05, 0.9] == 10
    assert years[0.2, 0.2] == 40
    assert found.looks == (10, 20, 40)
    assert found.runs == 2 * sum(years.values())
    assert found.runs < 4 * 2 * 40


def test_the_border_is_where_the_formula_has_it() -> None:
    found = mapped()
    for churn, line in zip(found.y.values, found.borders[0].lines, strict=True):
        crossing = [each for each in line if each.before == "functional"]
        if 0.1 < churn < 0.4:
            assert len(crossing) == 1
            # noise of a cell's difference: sd 42 thousand in 10 to 40 years, that is .013 of loss at the most
            assert crossing[0].at == pytest.approx(churn, abs=4 * 0.0135)
            low, high = crossing[0].low, crossing[0].high
            assert low is not None
            assert high is not None
            assert low < churn < high


def test_the_border_is_said_line_by_line_with_neighbours_alike_together() -> None:
    found = mapped("hand_off.lead.loss=5%:25%:3", "market.customers.churn_per_year=0.4,0.5,0.15")
    said = next(each for each in found.sentences if each.key == "map-border")
    assert said.startswith("Where the one ahead changes along “leads lost in a hand-off”, by “customers leaving")
    assert "at 0.15: Functional up to about 1" in said
    assert said.endswith("; at 0.40 to 0.50: nowhere (Functional is ahead throughout).")


def test_the_winner_s_cells_are_counted_and_placed() -> None:
    found = mapped()
    assert found.sentences[0].key == "map-won"
    low = "mostly at low values of “leads lost in a hand-off”"
    assert any("Functional wins" in each and low in each for each in found.sentences)


def test_a_sure_named_winner_is_expected_to_be_wrong_by_what_is_left() -> None:
    found = mapped()
    named = [cell.contest.confidence for cell in found.cells if cell.contest.told_apart]
    assert all(sure >= 0.975 for sure in named)  # half of 5 %, over all looks
    assert found.expected_wrong == pytest.approx(sum(1 - sure for sure in named))


def test_a_higher_level_leaves_more_cells_open() -> None:
    loose, strict = mapped(level=0.8, replications=10), mapped(level=0.999, replications=10)
    assert loose.wins[""] < strict.wins[""]


@pytest.mark.parametrize(
    ("most", "looks"), [(1, (1,)), (10, (10,)), (25, (10, 25)), (40, (10, 20, 40)), (100, (10, 20, 40, 100))]
)
def test_looks_double_and_end_at_the_most(most: int, looks: tuple[int, ...]) -> None:
    assert looks_at(most) == looks


def test_failed_years_are_left_out_and_told() -> None:
    found = mapped("hand_off.lead.loss=5%,45%", lab=Formulas(failing=frozenset({0})))
    assert {cell.contest.years for cell in found.cells} <= {9, 19, 39}
    assert found.failed == len(found.cells)
    assert found.runs % 20 == 0  # years that were simulated, failed or not


def test_a_cell_that_cannot_be_is_refused_before_anything_is_simulated() -> None:
    lab = Formulas()
    with pytest.raises(VariationError, match="no scenario at team=2, market.customers.churn_per_year=0.1: 2 people"):
        mapped("team=2:6", lab=lab)
    with pytest.raises(VariationError, match="hand_off.lead.loss is varied twice"):
        mapped(LOSS, LOSS, lab=lab)
    assert lab.asked == []


def test_a_map_is_a_finding_with_tidy_tables_and_plain_values() -> None:
    found = mapped()
    assert isinstance(found, Finding)
    tables = found.tables()
    assert [len(tables[name]) for name in ("", "winners")] == [50, 25]
    assert set(tables["borders"]["along"]) == {"x", "y"}
    json.dumps(found.to_dict(), allow_nan=False)
    for each in found.sentences:
        assert any("а" <= letter <= "я" for letter in texts("ru").again(each).lower())


# --- splits -----------------------------------------------------------------------------------------------------------


def splits_matter(made_for: Scenario, structure: str) -> float:
    """Best with one hunter and the others as many closers as farmers; each person elsewhere costs 100 thousand."""
    roles = {name: role.headcount for name, role in made_for.structures[structure].roles.items()}
    if "hunter" not in roles:
        return 0.0
    misplaced = abs(roles["hunter"] - 1) + abs(roles["closer"] - roles["farmer"])
    return usual(made_for, "functional") - 1e5 * misplaced + 3e5


def test_each_structure_stands_with_its_best_split_of_the_same_people() -> None:
    found = mapped("hand_off.lead.loss=10%,30%", "inbound=1,2", lab=Formulas(rule=splits_matter), resplit=True)
    for cell in found.cells:
        heads = cell.splits["functional"]
        assert sum(heads.values()) == 6
        assert (heads["hunter"], abs(heads["closer"] - heads["farmer"])) == (1, 1)
        assert cell.splits["universal"] == {"universal": 6}
    assert any(each.key == "map-splits" and "1-2-3" in each or "1-3-2" in each for each in found.sentences)
    assert found.searched > 0


def test_the_split_is_chosen_in_other_years_than_it_is_compared_in() -> None:
    lab = Formulas(rule=splits_matter)
    mapped("hand_off.lead.loss=10%,30%", "inbound=1,2", lab=lab, resplit=True)
    searching = [numbers for _, numbers in lab.asked if numbers[0] >= BEGIN]
    comparing = [numbers for _, numbers in lab.asked if numbers[0] < BEGIN]
    assert searching
    assert all(min(numbers) >= BEGIN for numbers in searching)
    assert all(max(numbers) < BEGIN for numbers in comparing)


def test_the_split_as_given_is_tried_first_and_all_have_the_same_people() -> None:
    tried = worth_trying(SCENARIO, "functional")
    assert tried[0].heads == {"hunter": 2, "closer": 2, "farmer": 2}
    assert {each.people for each in tried} == {6}
    assert len({tuple(each.heads.values()) for each in tried}) == len(tried)
    assert len(worth_trying(SCENARIO, "universal")) == 1


def test_the_certainty_is_said_for_what_is_read_together() -> None:
    def said(**options: object) -> str:
        return mapped("hand_off.lead.loss=5%,45%", "inbound=1,2", **options).sentences[-1]

    assert "leaves out zero. Each cell" in said(replications=10)
    three = winner_map(
        scenario(three=True),
        parse_range(scenario(three=True), "hand_off.lead.loss=5%,10%"),
        parse_range(scenario(three=True), "inbound=1,2"),
        replications=10,
        lab=Formulas(),
    )
    assert "for all pairs of structures together" in three.sentences[-1]
    many = next(each for each in mapped().sentences if each.key == "map-certainty")
    assert "for all 3 looks at it together" in many
