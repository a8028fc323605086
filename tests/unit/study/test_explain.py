"""Why: parts of a difference by mechanism, from a stand-in whose answer is known and from real years."""

import json
import math
import re
from dataclasses import dataclass

import numpy as np
import pytest

import simulation
from simulation.analysis.precision import Precision
from simulation.department.record import Record
from simulation.scenario.neutral import NEUTRAL, neutralise
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.study.explain.answer import explain
from simulation.study.explain.finding import Bar, Explanation
from simulation.study.explain.players import PLAYERS, working_roles
from simulation.study.kind import Finding
from simulation.study.lab import Lab
from simulation.study.uncertainty import answer as uncertainty
from simulation.study.variation import VariationError
from simulation.texts import say, texts, worded
from simulation.world import World
from simulation.written.errors import Problem, ScenarioError
from tests import records
from tests.cli.conftest import SMALL

DAY = 24.0
SELLERS = {"roles": {"seller": {"headcount": 2, "activities": ["qualify", "sell", "serve", "prospect"]}}}
SWITCHING, HAND_OFF, BOTH, LEFT = 1000.0, -600.0, 400.0, 250.0
"""What the stand-in's second structure earns more by two mechanisms, by both of them together, and in any case."""


def engine(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
    """A year with one deal; the second structure's is larger by what is at work."""
    switching, hand_off = made_for.people.switching > 0, made_for.hand_off.lead.loss > 0
    second = structure == "other"
    luck = 5000.0 * float(world.streams.uniforms("fake", 1)[0])
    size = 10_000 + luck + second * (LEFT + SWITCHING * switching + HAND_OFF * hand_off + BOTH * switching * hand_off)
    return records.record(
        made_for, structure, sales=[{"time": DAY, "revenue": size, "margin": size}], replication=world.replication
    )


def two_structures(*at_work: str) -> Scenario:
    """Two structures; all is neutral but what is named."""
    extra = {"structures.pair": SELLERS, "structures.other": SELLERS, "hand_off.lead.loss": 0.1}
    scenario = records.scenario({**extra, "structures.other.title": "Other"})
    return neutralise(scenario, *(name for name in NEUTRAL if name not in at_work)) if at_work else scenario


def explained(scenario: Scenario, **more: object) -> Explanation:
    given = {"lab": Lab(jobs=1, engine=engine), "measurements": False, "measure": "gross_margin"}
    return explain(scenario, **{**given, **more})  # type: ignore[arg-type]


def part(found: Explanation, key: str) -> float:
    return next(each.mean for each in found.bars if each.key == key)


def test_two_mechanisms_and_what_they_do_together_are_divided_exactly():
    found = explained(two_structures("switching", "hand_off"), replications=3)
    assert found.parts.exact
    assert [each.key for each in found.bars] == ["switching", "hand-off"]
    assert part(found, "switching") == pytest.approx(SWITCHING + BOTH / 2)
    assert part(found, "hand-off") == pytest.approx(HAND_OFF + BOTH / 2)
    assert found.left.mean == pytest.approx(LEFT)
    assert found.whole.mean == pytest.approx(SWITCHING + HAND_OFF + BOTH + LEFT)
    assert found.runs == 3 * 4 * 2


def test_among_many_mechanisms_those_without_effect_get_exactly_nothing():
    found = explained(two_structures(), replications=2)
    assert not found.parts.exact
    assert {each.key for each in found.bars if each.mean} == {"switching", "hand-off"}
    # an order and its reverse: each of the two comes once before the other
    assert part(found, "switching") == pytest.approx(SWITCHING + BOTH / 2)
    assert part(found, "hand-off") == pytest.approx(HAND_OFF + BOTH / 2)


def test_where_nothing_is_at_work_all_of_the_difference_is_left():
    found = explained(two_structures("ramp"), replications=2)
    assert found.bars == ()
    assert found.idle == PLAYERS  # an explicit ramp of nobody is no more at work than the rest
    assert found.left.mean == found.whole.mean == pytest.approx(LEFT)


def test_the_baseline_is_taken_from_the_other_one():
    scenario = two_structures("switching", "hand_off")
    one = explained(scenario, replications=2)
    other = explained(scenario, replications=2, baseline="other")
    assert other.structures == ("other", "pair")
    assert other.whole.mean == pytest.approx(-one.whole.mean)
    assert part(other, "switching") == pytest.approx(-part(one, "switching"))
    assert one.titles[1] == "Other"
    assert one.second_is_ahead
    assert not other.second_is_ahead
    assert str(one.sentences[0]) == str(other.sentences[0])


def test_the_means_are_those_of_the_same_years():
    found = explained(two_structures("switching"), replications=4)
    assert found.means[1] - found.means[0] == pytest.approx(found.whole.mean)


def test_it_stops_when_the_intervals_are_narrow_enough():
    narrow = explained(two_structures("switching"), precision=Precision(share=0.1, most=60))
    assert narrow.years == 16  # the first look: there is no spread
    assert narrow.reached
    missed = explained(two_structures("switching"), precision=Precision(amount=1e-12, most=18))
    assert missed.years <= 18


def test_a_year_that_fails_is_left_out_with_its_block():
    def failing(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
        if world.replication == 1 and made_for.people.switching == 0:
            raise ZeroDivisionError("nobody is left")
        return engine(made_for, structure, world, events)

    lab = Lab(jobs=1, engine=failing)
    found = explained(two_structures("switching", "hand_off"), replications=4, lab=lab)
    assert found.years == 3
    assert found.parts.failed == 1
    assert found.whole.mean == pytest.approx(found.means[1] - found.means[0])


def test_when_every_year_fails_there_is_no_explanation():
    def failing(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
        raise ZeroDivisionError("nobody is left")

    with pytest.raises(RuntimeError, match="no year gave a value of gross_margin"):
        explained(two_structures("switching"), replications=2, lab=Lab(jobs=1, engine=failing))


def test_the_words_name_what_decides_and_what_is_left():
    found = explained(two_structures("switching", "hand_off"), replications=3)
    english = [str(each) for each in found.sentences]
    assert english[0].startswith("Other is ahead of pair by 1.05 thousand RUB of gross margin")
    assert english[1] == "What puts Other ahead: switching between activities (+1.20 thousand RUB)."
    assert english[2] == "What holds Other back: hand-offs (-400 RUB)."
    assert "would still be ahead by 250 RUB" in english[3]
    assert english[3].endswith("settings that belong to one of the two alone and are no mechanism.")
    assert "exactly zero" in english[4]
    assert "передачи между ролями" in texts("ru").again(found.sentences[2])


def test_a_bar_is_reconciled_with_what_a_sweep_of_the_same_thing_shows():
    found = explained(two_structures("switching", "hand_off"), replications=3)
    alone = {each.key: each.mean for each in found.alone}
    assert alone == pytest.approx({"switching": SWITCHING + BOTH, "hand-off": HAND_OFF + BOTH})
    said = next(str(each) for each in found.sentences if str(each).startswith("Beside a sweep"))
    assert "switching between activities +1.40 thousand RUB (bar +1.20 thousand RUB)" in said
    assert "hand-offs -200 RUB (bar -400 RUB)" in said
    assert [each["key"] for each in found.to_dict()["alone"]] == ["switching", "hand-off"]


def test_the_step_from_one_pooled_team_to_the_roles_comes_before_all_others():
    def engine_of_roles(made_for: Scenario, structure: str, world: World, events: bool) -> Record:
        split = len(working_roles(made_for.structures[structure])) > 1
        lost = HAND_OFF * split * (made_for.hand_off.lead.loss > 0) + SWITCHING * split
        sales = [{"time": DAY, "revenue": 10_000 + lost, "margin": 10_000 + lost}]
        return records.record(made_for, structure, sales=sales, replication=world.replication)

    scenario = two_structures("hand_off").replace(
        {
            "structures.other.roles": {
                "finder": {"headcount": 1, "activities": ["qualify", "prospect"]},
                "closer": {"headcount": 1, "activities": ["sell", "serve"]},
            }
        }
    )
    found = explained(scenario, replications=2, lab=Lab(jobs=1, engine=engine_of_roles))
    assert "team" in [each.key for each in found.bars]
    assert part(found, "team") == pytest.approx(SWITCHING)  # and none of the hand-offs, which need roles
    assert part(found, "hand-off") == pytest.approx(HAND_OFF)
    assert found.left.mean == 0.0
    assert "Nothing is left: with everything neutral and each structure one pooled team, the two are the same." in [
        str(each) for each in found.sentences
    ]


def test_what_is_left_of_structures_with_other_numbers_of_people_says_so():
    more = two_structures("switching").replace({"structures.other.roles.seller.headcount": 3})
    said = " ".join(str(each) for each in explained(more, replications=2).sentences)
    assert "the numbers of people who sell and serve differ, 2 and 3" in said
    less = two_structures("switching").replace(
        {"structures.other.roles.seller.activities": ["qualify", "sell", "serve"]}
    )
    said = " ".join(str(each) for each in explained(less, replications=2).sentences)
    assert "one of the two does work that the other does not do at all" in said


def test_where_less_is_better_the_one_with_less_is_ahead():
    found = explained(two_structures("switching", "hand_off"), replications=2)
    costs = Explanation(**{**vars(found), "measure": "costs"})
    said = [str(each) for each in costs.sentences]
    assert said[0].startswith("pair is ahead of Other by 1.05 thousand RUB of other costs (95 % interval 1.05 thousand")
    assert said[1:3] == [
        "What puts pair ahead: switching between activities (-1.20 thousand RUB).",
        "What holds pair back: hand-offs (+400 RUB).",
    ]
    assert "pair would still be ahead by 250 RUB" in said[3]


def test_what_cannot_be_told_from_zero_does_not_decide():
    def bar(key: str, mean: float, half: float) -> Bar:
        title = found.bars[0].title
        return Bar(key, title, title, mean, mean - half, mean + half, mean - half, mean + half)

    found = explained(two_structures("switching", "hand_off"), replications=2)
    unclear = Explanation(
        **{**vars(found), "bars": (bar("switching", 5.0, 9.0),), "whole": bar("whole", 5.0, 9.0), "alone": ()}
    )
    said = [str(each) for each in unclear.sentences]
    assert "cannot tell the two apart" in said[0]
    assert said[1] == "No mechanism by itself can be told from zero with 2 possible years."


def test_it_is_a_finding_with_tables_and_plain_values():
    found = explained(two_structures("switching", "hand_off"), replications=2)
    assert isinstance(found, Finding)
    bars = found.tables()[""].set_index("bar")
    assert bars.loc["whole", "mean"] == pytest.approx(bars.drop(index="whole")["mean"].sum())
    assert bars.loc["ramp", "mean"] == 0.0
    years = found.tables()["years"]
    assert years.groupby("years")["part"].sum().to_numpy() == pytest.approx(found.parts.whole)
    values = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert values["difference"]["mean"] == pytest.approx(found.whole.mean)
    single = explained(two_structures("switching"), replications=1).to_dict()
    json.dumps(single, allow_nan=False)
    assert single["bars"][0]["joint_low"] is None


@dataclass
class Known:
    """An input with a name, and a finding on such."""

    title: str = ""

    @property
    def input(self) -> "Known":
        return self

    variable = input


@dataclass
class Doubts:
    """A stand-in for the finding on uncertain inputs."""

    sentences: tuple[str, ...]
    named: tuple[Known, ...]
    measurements: tuple[Known, ...] = tuple(Known(name) for name in "abcd")


def test_it_says_what_to_measure_first(monkeypatch: pytest.MonkeyPatch):
    sure = say("uncertainty-verdict", inputs=2, structures=2, best="A", rival="B", measure="profit", sure="all but")
    doubts = Doubts((sure, say("from-to", low=1, high=2)), (Known("a"),))
    asked = {}
    monkeypatch.setattr(uncertainty, "uncertainty", lambda scenario, **given: asked.update(given) or doubts)
    found = explained(two_structures("switching"), replications=2, measurements=True, baseline="other")
    assert asked["structures"] == ("other", "pair")
    assert asked["measure"] == "gross_margin"
    assert found.measurements is doubts
    assert found.sentences[-1] is sure
    assert found.to_dict()["measure_first"] == [str(sure)]


def test_without_a_proven_measurement_it_names_the_nearest_three(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uncertainty, "uncertainty", lambda scenario, **given: Doubts((), ()))
    found = explained(two_structures("switching"), replications=2, measurements=True)
    assert str(found.sentences[-1]).endswith("the nearest to it: a, b and c.")


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(worded("points-no-value", sum=3, samples=200, decides="profit")),
        VariationError(worded("nothing-varied")),
        ScenarioError(Problem("a.yaml", 3, "people.switching", worded("nothing-after-colon"))),
    ],
)
def test_why_nothing_was_measured_is_said_in_the_language_of_the_page(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(scenario: Scenario, **given: object) -> None:
        raise error

    monkeypatch.setattr(uncertainty, "uncertainty", failing)
    found = explained(two_structures("switching"), replications=2, measurements=True)
    said = texts("ru").again(found.sentences[-1])
    assert not re.search("[A-Za-z]{2,}", re.sub("a.yaml:3: people.switching|profit", "", said)), said


def test_what_was_explained_stays_when_inputs_cannot_be_sampled(monkeypatch: pytest.MonkeyPatch):
    def failing(scenario: Scenario, **given: object) -> None:
        raise RuntimeError("only 3 of 200 points have a value")

    monkeypatch.setattr(uncertainty, "uncertainty", failing)
    found = explained(two_structures("switching"), replications=2, measurements=True)
    assert found.measurements is None
    assert str(found.sentences[-1]) == "What to measure first is not known: only 3 of 200 points have a value"
    assert part(found, "switching") == pytest.approx(SWITCHING)


@pytest.mark.parametrize(
    ("structures", "baseline", "message"),
    [
        (["pair"], None, "a comparison needs two structures; here is only pair"),
        (["pair", "thier"], None, "there is no structure 'thier'; allowed: pair, other"),
        (None, "nobody", "there is no structure 'nobody'"),
    ],
)
def test_what_is_no_pair_is_refused(structures: list[str] | None, baseline: str | None, message: str):
    with pytest.raises(ValueError, match=message):
        explain(two_structures(), structures=structures, baseline=baseline)


@pytest.mark.slow
def test_in_real_years_the_bars_add_up_to_the_difference_that_compare_finds():
    scenario = load_text(SMALL, "small.yaml", {})
    found = explain(scenario, replications=2, measurements=False, lab=Lab(jobs=1))
    compared = simulation.compare(scenario, replications=2, jobs=1)
    profit = [compared.values.of(name, "profit") for name in ("universal", "functional")]
    difference = float(np.mean(profit[1] - profit[0]))
    assert found.whole.mean == pytest.approx(difference, rel=1e-9)
    assert math.fsum([*(each.mean for each in found.bars), found.left.mean]) == pytest.approx(difference, abs=1e-3)
    assert found.means == pytest.approx([each.mean() for each in profit])
    by_block = found.parts.bars.sum(axis=1)
    assert by_block == pytest.approx([np.mean(profit[1] - profit[0])], abs=1e-3)
