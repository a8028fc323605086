"""Facts as a scenario: what is written, that it loads and runs, and that simulated years come out as the facts say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

import simulation
from simulation.calibration.assemble import Judged, assemble
from simulation.calibration.estimates import Figure
from simulation.calibration.estimators.spells import WHOLE
from simulation.calibration.facts import Clock, Correction, CustomerFacts, OpenDeals, StageFacts, widened
from simulation.calibration.forms import averaged, unique, values_of
from simulation.calibration.pilot import Seen, _better, corrected, decided, grouped, look, wanted_shares
from simulation.calibration.writer import NOW, OTHER
from simulation.calibration.yaml_text import Stated, inline, scalar
from simulation.scenario.amending import drawn
from simulation.texts import say, texts
from tests.calibration.made_up import clock, facts, figure


def written(made: object, folder: Path, **more: object) -> simulation.Scenario:
    made.write(lambda name: folder / name, **more)  # type: ignore[attr-defined]
    return simulation.load(folder / "scenario.yaml")


def test_every_figure_has_its_range_and_its_source_and_each_row_is_a_draw_of_all(tmp_path: Path) -> None:
    told = facts()
    made = assemble(told)
    scenario = written(made, tmp_path)
    plain = yaml.safe_load((tmp_path / "scenario.yaml").read_text(encoding="utf-8"))
    rate = plain["market"]["channels"]["web site"]["leads_per_month"]
    low, high = told.channels[0].per_month.interval
    assert rate["value"] == 40 and rate["range"] == pytest.approx([low, high], rel=1e-3)
    assert rate["source"] == "crm.csv, 500 cases, 2025-01-06…2026-01-05, counted"
    assert scenario.inputs is not None and scenario.inputs.rows == 200
    assert {len(values) for values in made.columns.values()} == {200}
    row = drawn(scenario, 207)  # row 7
    draws = told.stages[0].share.draws
    assert draws is not None
    assert row.market.stages[0].conversion == pytest.approx(draws[7], abs=1e-4)
    clocks, own = told.stages[1].yes, told.stages[1].by_channel["web.site"].draws
    assert clocks is not None and clocks.mean.draws is not None and own is not None
    assert row.market.stages[1].thinking.mean == pytest.approx(24 * clocks.mean.draws[7], rel=1e-3)
    assert row.market.channels["web site"].stages["Offer"].conversion == pytest.approx(own[7], abs=1e-4)


def test_it_says_the_same_in_both_languages_and_holds_open_deals_at_the_stage_that_follows(tmp_path: Path) -> None:
    made = assemble(facts())
    english, russian = (tmp_path / name for name in ("en", "ru"))
    for folder in (english, russian):
        folder.mkdir()
    one, other = written(made, english), written(made, russian, language="ru")
    assert one.market == other.market and one.structures == other.structures
    assert "случаев: 500" in (russian / "scenario.yaml").read_text(encoding="utf-8")
    rows = one.market.initial.rows
    assert [(row.channel, row.stage, row.count) for row in rows] == [
        ("web site", "Offer", 5),
        ("friends", "signing", 2),
    ]
    assert rows[0].age == pytest.approx(72) and rows[1].amount == 70_000


def test_compare_runs_it_and_says_above_the_verdict_how_far_it_may_be_trusted(tmp_path: Path) -> None:
    made = assemble(facts())
    scenario = written(made, tmp_path, trust="direction", missed=0.22)
    found = simulation.compare(scenario, replications=2, months=1, jobs=1)
    (said,) = [each for each in found.cautions if each.code == "trust"]
    assert said.first and "22 %" in said.text and "the direction, not the level" in said.text
    assert "направлению, а не уровню" in texts("ru").again(said.text)
    assert found.cautions[0] is said
    untested = simulation.compare(written(made, tmp_path), replications=2, months=1, jobs=1)
    assert any(each.code == "trust" and "backtest" in each.text for each in untested.cautions)


def test_records_without_stages_say_above_the_verdict_that_they_know_nothing_of_a_division(tmp_path: Path) -> None:
    whole = replace(facts().stages[0], name=WHOLE)
    scenario = written(assemble(facts(stages=(whole,), open=())), tmp_path)
    found = simulation.compare(scenario, replications=2, months=1, jobs=1)
    (said,) = [each for each in found.cautions if each.code == "undivided"]
    assert said.first and "history of stages" in said.text and "историю этапов" in texts("ru").again(said.text)
    untold = written(assemble(facts(stages=(whole,), open=())), tmp_path, trust="")
    alone = simulation.compare(untold, replications=2, months=1, jobs=1)
    assert [each.code for each in alone.cautions if each.first] == ["undivided"]
    with_stages = simulation.compare(written(assemble(facts()), tmp_path), replications=2, months=1, jobs=1)
    assert not any(each.code == "undivided" for each in with_stages.cautions)


def test_the_verdict_says_how_much_of_the_doubt_more_records_would_remove(tmp_path: Path) -> None:
    shares = figure(0.6, 0.3)
    stages = (replace(facts().stages[0], share=shares), *facts().stages[1:])
    few = facts(stages=stages)
    made = assemble(few)
    rows = {path: values[:20] for path, values in made.columns.items()}
    scenario = written(replace(made, columns=rows), tmp_path)
    found = simulation.compare(scenario, replications=40, months=1, jobs=1)
    given = found.verdict.pieces["given"]
    assert "Twice as many records would take away" in given and "Вдвое больше записей" in texts("ru").again(given)


def test_years_come_out_with_the_shares_clocks_and_amounts_of_the_facts() -> None:
    """Shares within four standard errors; wait and work are taken off the clocks, so that both together are theirs."""
    told = facts(channels=tuple(replace(c, per_month=figure(150), bursts=None) for c in facts().channels))
    told = replace(told, stages=tuple(replace(each, by_channel={}) for each in told.stages))
    raw = look(assemble(told), 2, 3)
    made, correction = corrected(told, Judged(), seed=1)
    seen = look(made, 2, 3)
    for n, wanted in enumerate(wanted_shares(told)):
        decisions = seen.passed[n] + seen.lost[n]
        share = seen.passed[n] / decisions
        assert abs(share - wanted) < 4 * np.sqrt(2 * wanted * (1 - wanted) / decisions)
        assert correction.days[n] == pytest.approx(seen.days[n], rel=0.3)
        thinking = made.scenario().market.stages[n].thinking.mean / 24
        assert thinking + seen.days[n] == pytest.approx(told.stages[n].yes.mean.value, rel=0.1)  # type: ignore[union-attr]
    assert abs(raw.passed[0] / (raw.passed[0] + raw.lost[0]) - 0.6) > 0.02  # else there was nothing to correct


@pytest.mark.parametrize(
    ("day", "unseen"),
    [(date(2026, 1, 19), "2.25 days"), (date(2026, 1, 21), "0.25 days"), (date(2026, 1, 9), "9.25 days")],
)
def test_answers_of_days_off_wait_for_the_first_morning(day: date, unseen: str) -> None:
    """On a Monday since Friday's closing, on a Wednesday since Tuesday's, after the Russian New Year since before it.

    A deal is not longer unseen than it is in its stage.
    """
    rows = assemble(facts(as_of=day, country="RU", open=(OpenDeals("friends", "Offer", 30.0),))).pipeline
    assert rows[0]["unseen"] == unseen
    young = assemble(facts(as_of=day, country="RU", open=(OpenDeals("friends", "Offer", 0.125),))).pipeline
    assert young[0]["unseen"] == young[0]["age"] == "0.125 days"


def test_hours_of_a_log_are_not_added_to_by_what_a_scenario_adds_itself() -> None:
    """A log's pieces hold the switching between them; simulated people work as many hours with it, not more."""
    told = facts(stages=tuple(replace(each, work=clock(0.8, 0.7)) for each in facts().stages), open=())
    made, correction = corrected(told, Judged(), seed=1)
    seen = look(made, 2, 5)
    assert 0.6 < correction.work < 0.95
    assert seen.hours == pytest.approx(0.8 * seen.pieces.sum(), rel=0.04)


def test_what_a_short_stage_lasts_longer_when_simulated_comes_off_the_stages_before_it() -> None:
    told = facts()
    seen = Seen(
        passed=np.zeros(2),
        lost=np.zeros(2),
        days=np.array([1.0, 13.5]),
        before=np.array([0.5, 1.0]),
        amount=float("nan"),
        attempts=0.0,
        pieces=np.zeros(2),
        hours=0.0,
        years=2,
    )
    found = _better(told, Judged(), Correction.none(2), seen)
    assert found.days == (1.0, 13.5) and found.before == (0.5, 1.0)
    assert found.ahead == pytest.approx((1.5, 0.0))  # the offer of the records takes twelve days
    means = [stage.thinking.mean / 24 for stage in assemble(told, correction=found).scenario().market.stages]
    assert means[0] == pytest.approx(5 - 1 - 1.5, rel=0.01)
    row = assemble(told, correction=found, months=1).pipeline[0]
    assert row["age"] == "2.5 days" and row["unseen"] == "2.5 days"  # seen on Friday, and ahead of its card


@pytest.mark.parametrize("there", [(), (OpenDeals("web.site", "Talk: first", 12.0, count=150),)])
def test_decisions_are_those_of_the_stage_where_nothing_else_loses_leads(there: tuple[OpenDeals, ...]) -> None:
    """Without patience, leavers or learning a stage passes as many as it says, whoever was lost before."""
    told = facts(open=there)
    made = assemble(told, months=6, weeks_only=True)
    changed = made.scenario().replace(
        {f"market.channels.{name}.patience": "never" for name in ("web site", "friends")}
        | {"people.talent.sd": 0, "people.coaching.conversion": 0}
    )
    passed = lost = 0
    for number in range(8):
        record, _ = simulation.replicate_one(changed, NOW, number, events=False)
        went, stayed = decided(record, 1)
        passed, lost = passed + went, lost + stayed
    share = passed / (passed + lost)
    assert abs(share - 0.6) < 4 * np.sqrt(0.24 / (passed + lost))


def test_who_has_fewer_people_than_roles_is_not_divided() -> None:
    people = replace(facts().people, sellers=Figure("sellers", 1.0))
    made = assemble(facts(people=people))
    assert list(made.scenario().structures) == [NOW]
    both = assemble(facts()).scenario()
    assert list(both.structures) == [NOW, OTHER]
    heads = [sum(role.headcount for role in each.roles.values()) for each in both.structures.values()]
    assert heads == [4, 4]


def test_customers_are_written_with_what_they_bought(tmp_path: Path) -> None:
    buying = {
        "order_every": figure(40.0),
        "order_rate_cv": figure(0.8),
        "churn_per_year": figure(0.3),
        "order_size": figure(0.5),
    }
    base = ({"orders": 3.0, "last_order": 20.0, "age": 300.0, "amount": 20_000.0, "count": 4.0},)
    scenario = written(assemble(facts(customers=CustomerFacts(buying, base))), tmp_path)
    assert scenario.market.customers.order_every.mean == pytest.approx(40 * 24)
    assert scenario.market.initial.base == 4 and scenario.market.initial.buyers[0].orders == 3
    assert "farmer" in scenario.structures[OTHER].roles


def test_a_law_of_which_a_share_is_nothing_is_a_list_of_values_with_its_mean() -> None:
    law = Clock(figure(10.0), figure(1.0), "gamma", at_once=0.3)
    values = [float(each.split()[0]) for each in values_of(10.0, 1.0, law, lambda v: f"{v:.6f} days")]
    assert np.mean(values) == pytest.approx(10.0) and values.count(0.0) == 12
    stages = (replace(facts().stages[0], yes=clock(5, 0.9, at_once=0.3)), facts().stages[1])
    made = assemble(facts(stages=stages))
    thinking = made.scenario().market.stages[0].thinking
    assert thinking.mean == pytest.approx(24 * 5.0, rel=0.02) and thinking.quantile(np.array([0.2]))[0] == 0
    assert isinstance(made.columns["market.stages.0.thinking"][0], dict)


def test_silent_leads_expire_and_older_open_ones_are_kept_below_it() -> None:
    stage = StageFacts("Offer", figure(0.5), clock(12, 1), clock(20, 1), figure(0.3), 60.0)
    made = assemble(facts(stages=(facts().stages[0], stage), open=(OpenDeals("friends", "Offer", 200.0),)))
    scenario = made.scenario()
    assert scenario.market.stages[1].expires == 60 * 24 and scenario.market.initial.rows[0].age < 60 * 24


def test_names_are_keys_without_dots_and_none_twice() -> None:
    assert unique(["a.b", "a b", "A B", "", "@"]) == {
        "a.b": "a b", "a b": "a b 2", "A B": "A B 3", "": "other", "@": "other 2"
    }  # fmt: skip
    factors = averaged((1.23456789, 0.7, 0.9, 3.3, 0.1, 0.1, 0.66))
    assert sum(factors) == pytest.approx(7.0, abs=1e-9)


def test_a_broken_regime_widens_the_draws() -> None:
    one = figure(0.5)
    assert one.draws is not None
    wide = widened(one, 1.5, 0.0, 1.0)
    assert wide.draws is not None and wide.draws.std() == pytest.approx(1.5 * one.draws.std())
    assert assemble(facts(widen=2.0)).columns != assemble(facts()).columns


@pytest.mark.parametrize(
    "given",
    ["plain", "yes", "null", "a: b", "#x", "1.5 h", " x", "-", "", "Привет мир", "a'b\"c", "5 %", "[x]", "12:00-13:00"],
)
def test_words_are_read_again_as_they_were(given: str) -> None:
    assert yaml.safe_load(f"key: {scalar(given)}\n") == {"key": given}


def test_a_source_with_quotes_is_read_again() -> None:
    line = inline(Stated("0.5", "0.4", "0.6", say("calibration-kept", why='of "x"')), texts("en"))
    assert yaml.safe_load(line) == {"value": 0.5, "range": [0.4, 0.6], "source": 'default: of "x"'}


def test_open_deals_alike_are_one_row() -> None:
    deals = (OpenDeals("a", "x", 3.2, 10.0), OpenDeals("a", "x", 2.9, count=2), OpenDeals("a", "y", 3.0))
    assert grouped(deals) == (OpenDeals("a", "x", 3.0, count=3), OpenDeals("a", "y", 3.0))


@pytest.mark.parametrize("weeks_only", [False, True])
def test_a_draft_has_the_same_years_as_they_work_now(weeks_only: bool) -> None:
    """The pilot simulates drafts: leaving out the other structure and the draws must not change a year."""
    known = facts(stages=(StageFacts("Talk", figure(0.6), clock(5, 0.9, at_once=0.3), clock(9, 1.1)),), open=())
    drafts = [assemble(known, months=12, weeks_only=weeks_only, draft=draft) for draft in (False, True)]
    one, two = (look(each, 1, seed=3) for each in drafts)
    assert (
        one.passed.sum() > 50 and one.passed.tolist() == two.passed.tolist() and one.lost.tolist() == two.lost.tolist()
    )
    assert one.days.tolist() == two.days.tolist() and one.amount == two.amount
    assert list(drafts[1].tree["structures"]) == [NOW] and len(drafts[1].columns) < len(drafts[0].columns)


def test_a_range_holds_its_figure_even_where_all_draws_lie_on_one_side() -> None:
    one_sided = Figure("share", 0.5, draws=np.linspace(0.6, 0.8, 200), cases=90)
    stages = (replace(facts().stages[0], share=one_sided), facts().stages[1])
    found = assemble(facts(stages=stages, open=())).scenario().provenance.figures
    (ranged,) = [
        each for path, each in found.items() if path.startswith("market.stages.0") and path.endswith("conversion")
    ]
    assert ranged.range is not None and ranged.range[0] == pytest.approx(0.5) and ranged.range[1] > 0.75
