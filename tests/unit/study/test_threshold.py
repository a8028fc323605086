"""Thresholds: where the better structure changes, in values and in words."""

import json
import re

import pytest

from simulation.scenario.scenario import Scenario
from simulation.study.kind import Finding
from simulation.study.lab import Case
from simulation.study.threshold.answer import Threshold, question, threshold
from simulation.study.variation import VariationError
from simulation.texts import texts
from tests.unit.study.formulas import TEXT, Formulas, scenario

SCENARIO = scenario()
LOSS = "hand_off.lead.loss=5%:40%"
"""The structures tie where a hand-off loses 20 %: as many as customers leave in a year."""


def found(of: str = LOSS, lab: Formulas | None = None, studied: Scenario = SCENARIO, **options: object) -> Threshold:
    return threshold(studied, of, lab=lab or Formulas(), **options)  # type: ignore[arg-type]


def heads(made_for: Scenario, structure: str) -> float:
    """The functional one is better from eight people on."""
    people = sum(role.headcount for role in made_for.structures["functional"].roles.values())
    return 1e5 * (people - 7.5) if structure == "functional" else 0.0


def test_the_interval_holds_the_value_at_which_they_tie() -> None:
    made = found()
    (only,) = made.crossings
    assert only.certain and only.low < 0.2 < only.high
    assert only.value == pytest.approx(0.2, abs=2 * only.half_width)
    assert (made.winner(only.before), made.winner(only.after)) == ("functional", "universal")


def test_it_is_said_from_the_side_on_which_the_scenario_is() -> None:
    below = found(studied=SCENARIO.replace({"hand_off.lead.loss": 0.1}))
    assert re.match(
        r"By margin after pay, Functional is better as long as leads lost in a hand-off stay below [\d.]+ % "
        r"\(95 % interval: [\d.]+ % to [\d.]+ %\); above that, Universal is\.",
        below.sentences[0],
    )
    assert "The scenario has 10 %, where Functional is better." in below.sentences
    above = found()
    assert above.sentences[0].startswith(
        "By margin after pay, Universal is better as long as leads lost in a hand-off stay above 1"
    )
    assert "The scenario has 30 %, where Universal is better." in above.sentences
    within = found(studied=SCENARIO.replace({"hand_off.lead.loss": 0.2}))
    assert "The scenario has 20 %, where it cannot be told which is better." in within.sentences
    outside = found(studied=SCENARIO.replace({"hand_off.lead.loss": 0.5}))
    assert "The scenario's own value, 50 %, lies outside of the range." in outside.sentences


def test_without_a_change_inside_the_range_the_better_one_is_named_and_how_sure() -> None:
    made = found("hand_off.lead.loss=25%:40%")
    assert (made.outcome, made.crossings) == ("none", ())
    assert made.sentences[0] == (
        "By margin after pay, Universal is better in the whole range of leads lost in a hand-off, "
        "from 25 % to 40 %: there is no "
        "threshold inside (over 99.9 % sure)."
    )
    assert made.to_dict()["better"] == "universal"


def test_two_changes_are_both_told() -> None:
    def twice(made_for: Scenario, structure: str) -> float:
        loss = made_for.hand_off.lead.loss
        return 2e7 * (loss - 0.1) * (loss - 0.35) if structure == "functional" else 0.0

    made = found(lab=Formulas(rule=twice))
    assert [(made.winner(each.before), made.winner(each.after)) for each in made.crossings] == [
        ("functional", "universal"),
        ("universal", "functional"),
    ]
    said = made.sentences
    assert said[0].startswith("By margin after pay, the better structure changes 2 times between 5 % and 40 %")
    assert said[1].endswith("it changes from Functional to Universal.")
    assert said[2].endswith("it changes from Universal to Functional.")
    assert "The scenario has 30 %, where Universal is better." in said


def test_an_interval_that_reaches_the_end_of_the_range_is_open_there() -> None:
    made = found("hand_off.lead.loss=5%:20%", replications=40)
    (only,) = made.crossings
    assert only.open_high and not only.certain
    assert made.sentences[0].startswith(
        "By margin after pay, Functional is better as long as leads lost in a hand-off stay below 1"
    )
    assert "from there to 20 % it cannot be told" in made.sentences[0]
    low = found("hand_off.lead.loss=20%:40%", replications=40)
    assert low.crossings[0].open_low
    assert "is better as long as leads lost in a hand-off stay above" in low.sentences[0]
    assert any(said.key == "threshold-ends" for said in low.sentences)  # type: ignore[attr-defined]


def test_structures_that_never_differ_are_told_to_be_so() -> None:
    made = found(lab=Formulas(rule=lambda made_for, structure: 0.0), replications=30)
    assert made.outcome == "flat"
    assert made.sentences[0].startswith("By margin after pay, Universal and Functional cannot be told apart anywhere")
    tied = found(lab=Formulas(rule=lambda made_for, structure: 0.0, noise=0.0), replications=30)
    assert tied.sentences[0].startswith("By margin after pay, Universal and Functional come out the same in every year")


def test_people_are_answered_as_two_neighbouring_numbers() -> None:
    made = found("team=4:14", lab=Formulas(rule=heads), replications=100)
    (only,) = made.crossings
    assert only.value == 7.5
    assert made.sentences[0].startswith(
        "By margin after pay, the better structure changes between 7 and 8 of size of the team, "
        "from Universal to Functional ("
    )
    assert all(point.value == round(point.value) for point in made.curve)


def test_times_are_told_in_the_unit_of_the_scenario() -> None:
    def rule(made_for: Scenario, structure: str) -> float:
        return 1e6 * (made_for.people.switching - 0.2) if structure == "functional" else 0.0

    made = found("people.switching=0 h:30 min", lab=Formulas(rule=rule))
    assert re.search(r"(below|above) \d+\.\d min \(95 % interval: \d+\.\d min to \d+\.\d min\)", made.sentences[0])


def test_the_curve_is_other_less_baseline_whatever_is_better() -> None:
    less = {point.value: point.mean for point in found().curve}
    assert less[0.05] > 0 > less[0.4]
    turned = found(baseline="functional")
    assert [point.mean < 0 for point in turned.curve][0]
    assert turned.winner(turned.crossings[0].before) == "functional"


def test_where_lower_is_better_the_lower_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    class Waits(Formulas):
        def measure(self, cases, numbers, measures):  # type: ignore[no-untyped-def]
            assert list(measures) == ["response_hours"]
            return super().measure(cases, numbers, ["profit"])

    made = found(lab=Waits(), measure="response_hours")
    (only,) = made.crossings
    assert (made.winner(only.before), made.winner(only.after)) == ("universal", "functional")
    assert made.curve[0].mean > 0 > made.curve[-1].mean


def test_years_are_the_same_everywhere_and_no_more_than_asked_for() -> None:
    lab = Formulas()
    found(lab=lab, replications=33)
    assert max(max(numbers) for _, numbers in lab.asked) < 33
    cases: dict[float, list[Case]] = {}
    for group, _ in lab.asked:
        for case in group:
            cases.setdefault(case.scenario.hand_off.lead.loss, []).append(case)
    # the scenario of a value is made once, so that its structures share their worlds
    assert all(len({id(case.scenario) for case in group}) == 1 for group in cases.values())


def test_a_failed_year_is_left_out_and_told() -> None:
    made = found(lab=Formulas(failing=frozenset({3, 5})))
    assert made.failed == 2
    assert made.sentences[-1] == "2 years gave no value and are left out."
    assert made.crossings[0].low < 0.2 < made.crossings[0].high
    nothing = found(lab=Formulas(failing=frozenset(range(40))))
    assert nothing.sentences == ["No year gave a value of margin after pay, so nothing can be said."]


def test_more_years_that_would_be_needed_are_estimated() -> None:
    made = found(replications=12, precision=0.001)
    assert any(said.startswith("About ") and "0.1 % of the range" in said for said in made.sentences)


def test_the_range_comes_from_the_scenario_the_facts_or_the_user() -> None:
    stated = scenario(text=TEXT.replace("loss: 0.3", "loss: {value: 0.3, range: [0.1, 0.5], source: own}"))
    own = question(stated, "hand_off.lead.loss")
    facts = question(SCENARIO, "hand_off.lead.loss")
    typed = question(SCENARIO, "hand_off.lead.loss=2%:50%")
    assert [(each.low, each.high) for each in (own, facts, typed)] == [(0.1, 0.5), (0.05, 0.4), (0.02, 0.5)]


@pytest.mark.parametrize(
    ("of", "message"),
    [
        ("market.products.service.gross_margin", "has no range; give one here (market.products.service.gross_margin="),
        ("hand_off.lead.los", "did you mean 'hand_off.lead.loss'?"),
        ("hand_off.lead.loss=5%", "two different ends"),
        ("hand_off.lead.loss=40%:5%", "the low end must lie below the high end"),
        ("hand_off.lead.loss=5%:140%", "140"),
        ("experiment.measure=1:2", "cannot be varied"),
    ],
)
def test_what_cannot_be_varied_is_refused_before_anything_is_simulated(of: str, message: str) -> None:
    with pytest.raises(VariationError, match=re.escape(message)):
        question(SCENARIO, of)


def test_of_three_structures_two_must_be_named() -> None:
    three = scenario(three=True)
    with pytest.raises(
        ValueError, match="two structures are compared here, not 3; name two of universal, functional, "
    ):
        question(three, LOSS)
    named = question(three, LOSS, structures=["pool", "functional"])
    assert (named.terms.baseline, named.other) == ("pool", "functional")  # the first named
    with pytest.raises(KeyError, match="pods"):
        question(three, LOSS, structures=["pods", "functional"])


@pytest.mark.parametrize(
    "options", [{"replications": 9}, {"precision": 0.0}, {"precision": 1.0}, {"level": 1.0}, {"level": 0.0}]
)
def test_numbers_out_of_bounds_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="not "):
        question(SCENARIO, LOSS, **options)  # type: ignore[arg-type]


def test_a_scenario_of_few_replications_gets_as_many_as_a_search_needs() -> None:
    assert question(SCENARIO.replace({"experiment.replications": 4}), LOSS).terms.replications == 10


def test_it_is_a_finding_with_plain_values_and_tables() -> None:
    made = found()
    assert isinstance(made, Finding)
    values = json.loads(json.dumps(made.to_dict(), allow_nan=False))
    assert values["crossings"][0]["better_below"] == "functional"
    tables = made.tables()
    assert list(tables) == ["", "crossings"]
    assert list(tables[""]["value"]) == [point.value for point in made.curve]
    assert len(found("hand_off.lead.loss=25%:40%").tables()["crossings"]) == 0


def test_everything_can_be_said_in_russian() -> None:
    said = [*found().sentences, *found("team=4:14", lab=Formulas(rule=heads)).sentences]
    said += [*found("hand_off.lead.loss=25%:40%").sentences, *found("hand_off.lead.loss=5%:20%").sentences]
    for each in said:
        russian = texts("ru").again(each)
        assert re.search("[а-яё]{3}", russian)
        assert not set(re.findall(r"[A-Za-z]{3,}", russian)), russian


def test_the_progress_says_what_is_looked_for_and_where_it_seems_to_be() -> None:
    class Told(Formulas):
        def measure(self, cases, numbers, measures):  # type: ignore[no-untyped-def]
            told.append(self.what)
            return super().measure(cases, numbers, measures)

    told: list[str] = []
    found(lab=Told())
    assert told[0] == "threshold of leads lost in a hand-off"
    assert told[-1].startswith("threshold of leads lost in a hand-off, near ")
