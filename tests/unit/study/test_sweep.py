"""Sweeps: the structures at many values, in the same years."""

import json

import numpy as np
import pytest

from simulation.analysis.intervals import paired_difference
from simulation.analysis.precision import Precision
from simulation.analysis.unknown import TermsError
from simulation.scenario.scenario import Scenario
from simulation.study.field.sweep import Sweep, sweep
from simulation.study.kind import Finding
from simulation.study.lab import Case, Lab
from simulation.study.variation import VariationError, parse_range
from simulation.texts import texts
from tests import records
from tests.unit.study.formulas import TEXT, Formulas, scenario

SCENARIO = scenario()


def swept(*given: str, three: bool = False, lab: Formulas | None = None, **options: object) -> Sweep:
    studied = scenario(three=True) if three else SCENARIO
    ranges = [parse_range(studied, text) for text in given]
    return sweep(studied, ranges, lab=lab or Formulas(), **options)  # type: ignore[arg-type]


def test_the_flip_is_found_between_the_values_around_it() -> None:
    found = swept("hand_off.lead.loss=5%:40%:8")
    # equal where the hand-off loses as much as a year's churn, 20 %: that value alone is open
    assert [point.contest.winner for point in found.points] == ["functional"] * 3 + [""] + ["universal"] * 4
    first = found.sentences[0]
    assert first.key == "sweep-flip"
    assert first.startswith("By margin after pay, Functional is better up to 15 % and Universal from 25 %")
    assert texts("en").written(first.values["zero"]).startswith(("19", "20"))


def test_the_differences_are_those_of_the_formula() -> None:
    found = swept("hand_off.lead.loss=5%:40%:8")
    for point in found.points:
        less = point.contest.differences["functional"]
        assert abs(less.mean - 1e6 * (0.2 - point.values[0])) < 4 * less.sd / np.sqrt(less.n)


def test_a_structure_that_wins_everywhere_is_said_to() -> None:
    found = swept("hand_off.lead.loss=5%:15%:3")
    assert found.sentences[0].startswith("By margin after pay, Functional is better at all 3 values from 5 % to 15 %")
    assert found.wins == {"universal": 0, "functional": 3, "": 0}


def test_a_winner_at_some_values_only_is_said_with_those() -> None:
    found = swept("hand_off.lead.loss=10%,15%,20%")
    assert found.sentences[0] == (
        "By margin after pay, Functional is better at 10 % to 15 % (leads lost in a hand-off); "
        "which is better is open at 20 %."
    )


def test_structures_that_cannot_be_told_apart_are_said_to_be_so() -> None:
    found = swept("inbound=0.5:2:3", lab=Formulas(rule=lambda made_for, structure: 0.0))
    assert found.sentences[0].key == "sweep-open"


def test_points_out_of_order_are_read_in_order() -> None:
    found = swept("hand_off.lead.loss=5%:40%", design="lhs", points=12)
    assert found.sentences[0].key == "sweep-flip"
    low, high = (found.sentences[0].values[key].share for key in ("low", "high"))
    assert low < 0.2 < high


def test_over_two_variables_wins_are_counted_and_the_strongest_variable_named() -> None:
    found = swept("hand_off.lead.loss=5%:40%:8", "inbound=0.5:2:3")
    assert found.is_field
    wins = found.wins
    assert (wins["functional"], wins["universal"], wins[""]) == (9, 12, 3)
    assert found.sentences[0] == (
        "By margin after pay, Universal is better at 12 of 24 points, mostly at high values of "
        "“leads lost in a hand-off”."
    )
    mover = next(each for each in found.sentences if each.key == "sweep-mover")
    assert "changes most with “leads lost in a hand-off”" in mover


def test_a_sobol_design_says_that_it_was_rounded_up() -> None:
    found = swept("hand_off.lead.loss=5%:40%", "inbound=0.5:2", design="sobol", points=9)
    assert len(found.points) == 16
    assert found.sentences[-1].startswith("16 points stand for the 9 that were asked for")


def test_with_three_structures_the_joint_intervals_hold_for_all_pairs() -> None:
    found = swept("hand_off.lead.loss=5%,40%", three=True)
    less = found.points[0].contest.differences["functional"]
    assert less.family == 3
    assert found.points[0].contest.winner == "functional"
    assert found.points[1].contest.winner == ""  # universal and pool are the same there but for luck
    assert "every pair of structures together" in next(s for s in found.sentences if s.key == "sweep-certainty")


def test_failed_years_are_left_out_for_all_structures_and_told() -> None:
    found = swept("hand_off.lead.loss=5%,40%", lab=Formulas(failing=frozenset({3, 5})))
    assert [point.contest.years for point in found.points] == [38, 38]
    assert found.failed == 4
    assert found.sentences[-1].startswith("4 years failed")


def test_where_every_year_fails_nothing_is_said_but_that() -> None:
    found = swept("hand_off.lead.loss=5%,40%", lab=Formulas(failing=frozenset(range(40))))
    assert [each.key for each in found.sentences] == ["sweep-nothing"]


def test_all_points_and_structures_meet_the_same_years() -> None:
    lab = Formulas()
    swept("hand_off.lead.loss=5%:40%:3", lab=lab, replications=7)
    assert {numbers for _, numbers in lab.asked} == {tuple(range(7))}
    assert lab.runs == 3 * 2 * 7
    made = {id(case.scenario) for cases, _ in lab.asked for case in cases}
    assert len(made) == 3  # both structures of a point share its scenario, and so its years


def test_a_point_that_cannot_be_is_refused_before_anything_is_simulated() -> None:
    lab = Formulas()
    with pytest.raises(VariationError, match="no scenario at team=2: 2 people cannot fill 3 roles"):
        swept("team=2:6", lab=lab)
    assert lab.asked == []


def test_a_sweep_is_a_finding_with_tidy_tables_and_plain_values() -> None:
    found = swept("hand_off.lead.loss=5%,40%", "inbound=1,2")
    assert isinstance(found, Finding)
    assert found.kind == "sweep"
    rows, winners = found.tables()[""], found.tables()["winners"]
    assert len(rows) == 4 * 2
    assert len(winners) == 4
    assert rows["inbound"].tolist() == [1, 1, 2, 2] * 2
    assert winners["winner"].tolist() == ["functional"] * 2 + ["universal"] * 2
    json.dumps(found.to_dict(), allow_nan=False)


def test_every_sentence_is_there_in_russian() -> None:
    for found in (swept("hand_off.lead.loss=5%:40%:8"), swept("hand_off.lead.loss=5%:40%:4", "inbound=0.5:2:3")):
        for each in found.sentences:
            assert any("а" <= letter <= "я" for letter in texts("ru").again(each).lower())


def test_real_years_are_compared_in_pairs() -> None:
    """Through a real laboratory: n per cent more revenue by structure, deals whose luck is that of the year."""
    other = "  other: {roles: {seller: {headcount: 1, activities: [qualify, sell, serve, prospect]}}}"
    text = records.BASE.replace("structures:\n", f"structures:\n{other}\n")
    studied: Scenario = records.scenario(text=text)
    found = sweep(
        studied,
        [parse_range(studied, "market.channels.site.leads_per_month=5,10")],
        measure="revenue",
        lab=Lab(jobs=1, engine=records.engine),
    )
    lab = Lab(jobs=1, engine=records.engine)
    values = lab.measure([Case(studied, name) for name in ("other", "pair")], range(4), ["revenue"])[:, :, 0]
    by_hand = paired_difference(values[1], values[0])
    for point in found.points:
        less = point.contest.differences["pair"]
        assert (less.mean, less.low, less.high) == pytest.approx((by_hand.mean, by_hand.low, by_hand.high))
        assert point.contest.winner == "pair"


def test_what_can_be_ruled_out_where_it_is_open_is_not_named() -> None:
    found = swept("hand_off.lead.loss=35%,40%", three=True)
    assert "Where it is open, it is between Universal and Pool." in found.sentences


def test_a_precision_takes_as_many_years_as_the_widest_point_needs() -> None:
    found = swept("hand_off.lead.loss=5%:40%:3", precision=Precision(amount=4_000))
    assert found.precision is not None
    assert found.precision.reached
    assert found.terms.replications == found.precision.replications > 30
    for point in found.points:
        less = point.contest.differences["functional"]
        assert less.n == found.terms.replications
        assert less.high - less.mean <= 4_000
    assert found.precision.text in found.sentences


def test_replications_are_the_most_that_a_precision_may_take() -> None:
    found = swept("hand_off.lead.loss=5%:40%:2", precision=Precision(amount=1.0), replications=50)
    assert found.precision is not None
    assert (found.precision.reached, found.terms.replications) == (False, 50)


def test_plan_met_has_no_precision() -> None:
    planned = scenario(text=TEXT + "plan: {measure: revenue, target: 5 mln}\n")
    given = [parse_range(planned, "hand_off.lead.loss=5%:40%:2")]
    with pytest.raises(VariationError, match="a precision of plan_met"):
        sweep(planned, given, measure="plan_met", precision=Precision(share=0.01), lab=Formulas())
    with pytest.raises(TermsError, match="plan_met needs a plan"):
        swept("hand_off.lead.loss=5%:40%:2", measure="plan_met")
