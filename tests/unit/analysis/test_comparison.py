"""The comparison: frames, fairness, horizon, several files, and the way from a file to a verdict."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.analysis.cases import cases_of
from simulation.analysis.cautions import Caution, decides
from simulation.analysis.comparison import Comparison, compare, simulate
from simulation.analysis.horizon import horizon_cautions
from simulation.analysis.intervals import mean_interval, paired_difference
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.world import World
from tests import records

OTHER = {
    "roles": {
        "seller": {"headcount": 2, "activities": ["qualify", "sell", "serve", "prospect"], "pay": {"base": 100}},
        "clerk": {"headcount": 1, "support": True, "pay": {"base": 50}},
    }
}


def two(extra: dict[str, Any] | None = None) -> Scenario:
    return records.scenario({"structures.other": OTHER, "experiment.replications": 24} | (extra or {}))


def compared(extra: dict[str, Any] | None = None, **options: Any) -> Comparison:
    return compare(two(extra), **({"jobs": 1, "engine": records.engine} | options))


def cautions(made: Comparison, code: str) -> list[Caution]:
    return [caution for caution in made.cautions if caution.code == code]


# --- frames ---------------------------------------------------------------------------------------------------


def test_the_summary_is_the_mean_with_its_interval_over_the_years() -> None:
    made = compared()
    values = made.runs.values("other", "revenue").to_numpy()
    expected = mean_interval(values)
    summary = made.summaries["other"]["revenue"]
    assert (summary.mean, summary.low, summary.high, summary.n) == (expected.mean, expected.low, expected.high, 24)
    assert summary.p05 <= summary.p50 <= summary.p95


def test_the_table_has_a_row_for_each_structure_and_defined_measure() -> None:
    table = compared().table()
    assert list(table.columns[:4]) == ["structure", "measure", "title", "unit"]
    row = table[(table["structure"] == "pair") & (table["measure"] == "revenue")].iloc[0]
    assert (row["title"], row["unit"], row["n"]) == ("Revenue", "money", 24)
    assert "plan_attainment" not in set(table["measure"])  # there is no plan
    assert not table.duplicated(["structure", "measure"]).any()


def test_differences_are_paired_by_year_and_joint_over_the_verdict_measures() -> None:
    made = compared()
    row = made.differences("profit").iloc[0]
    expected = paired_difference(
        made.runs.values("other", "profit"), made.runs.values("pair", "profit"), family=len(made.verdict_measures)
    )
    assert (row["structure"], row["baseline"], bool(row["paired"])) == ("other", "pair", True)
    assert row["mean"] == expected.mean
    assert (row["joint_low"], row["joint_high"]) == (expected.joint_low, expected.joint_high)
    assert row["joint_low"] < row["low"] < row["mean"] < row["high"] < row["joint_high"]
    assert row["share_of_years_better"] == 1.0
    with pytest.raises(KeyError, match="there is no measure"):
        made.differences("nonsense")


def test_a_measure_outside_the_verdict_holds_together_with_the_verdicts_measures() -> None:
    made = compared()
    row = made.differences("revenue").iloc[0]
    others = len(made.verdict_measures)
    expected = paired_difference(
        made.runs.values("other", "revenue"), made.runs.values("pair", "revenue"), family=others + 1
    )
    assert (made.family_of("profit"), made.family_of("revenue")) == (others, others + 1)
    assert (row["family"], row["joint_low"], row["joint_high"]) == (
        others + 1,
        expected.joint_low,
        expected.joint_high,
    )
    three = compared({"structures.third": OTHER})
    assert three.family_of("revenue") == 2 * (others + 1)
    assert three.pair("third", "other", "revenue").family == 3 * (others + 1)
    assert three.pair("third", "other").family == 3 * others


def test_any_pair_can_be_asked_for_and_is_the_mirror_of_its_reverse() -> None:
    made = compared()
    there, back = made.pair("other", "pair"), made.pair("pair", "other")
    assert there.mean == -back.mean
    assert there.joint_low == pytest.approx(-back.joint_high)
    with pytest.raises(KeyError, match="there is no structure"):
        made.pair("other", "nonsense")


def test_months_are_summed_up_by_structure() -> None:
    made = compared()
    by_month = made.by_month("revenue")
    assert len(by_month) == 2 * 12
    total = by_month[by_month["structure"] == "other"]["mean"].sum()
    assert total == pytest.approx(made.summaries["other"]["revenue"].mean)


def test_a_baseline_can_be_chosen_by_argument_or_in_the_scenario() -> None:
    assert compared().baseline == "pair"
    assert compared(baseline="other").baseline == "other"
    assert compared({"experiment.baseline": "other"}).differences()["structure"].unique().tolist() == ["pair"]
    with pytest.raises(KeyError, match="there is no structure"):
        compared(baseline="nonsense")


def test_the_verdict_follows_the_measure() -> None:
    made = compared(measure="revenue")
    assert made.verdict.measure == "revenue"
    assert made.verdict.best == "other"
    assert made.verdict.told_apart
    with pytest.raises(KeyError, match="there is no measure"):
        compared(measure="nonsense")


def test_a_comparison_needs_two_structures_and_a_simulation_one() -> None:
    with pytest.raises(ValueError, match="needs two structures"):
        compared(structures=["pair"])
    assert simulate(two(), ["pair"], jobs=1, engine=records.engine).structures == ("pair",)


def test_plain_values_hold_everything_that_a_file_needs() -> None:
    plain = json.loads(json.dumps(compared().to_dict()))
    assert plain["structures"]["other"]["measures"]["profit"].keys() >= {"mean", "low", "high", "sd", "p05", "p50"}
    assert plain["comparison"]["differences"]["other"]["profit"].keys() >= {
        "mean",
        "low",
        "high",
        "joint_low",
        "joint_high",
        "share_of_years_better",
        "confidence_mean_better",
    }
    assert plain["verdict"].keys() >= {"measure", "best", "confidence", "text"}


# --- cautions -------------------------------------------------------------------------------------------------


def test_a_fair_comparison_has_no_caution() -> None:
    assert [each.code for each in compared().cautions] == ["bare"]  # the scenario has no budget


@pytest.mark.parametrize(("base", "warned"), [(103.0, False), (105.0, True)])
def test_payrolls_that_differ_by_more_than_three_per_cent_are_not_fair(base: float, warned: bool) -> None:
    # 2 sellers at `base` and a clerk at 50 against 250 in all: 2.4 % and 4 %
    found = cautions(compared({"structures.other.roles.seller.pay.base": base}), "payroll")
    assert bool(found) == warned
    if warned:
        assert found[0].figures == {"payroll": 12 * 260.0, "baseline": 12 * 250.0}
        assert "4 % more" in found[0].text


def test_other_commission_rules_are_not_fair() -> None:
    found = cautions(compared({"structures.other.roles.seller.pay.commission.share": "5 %"}), "commission")
    assert "5 % of revenue on first deals" in found[0].text
    assert "nothing on first deals" in found[0].text


def test_another_number_of_supporters_is_not_fair() -> None:
    found = cautions(compared({"structures.other.roles.clerk.headcount": 2}), "support")
    assert "2 support positions" in found[0].text


def test_a_head_in_one_structure_only_is_not_fair() -> None:
    found = cautions(compared({"structures.other.roles.clerk.leads": {}}), "head")
    assert "all coaching is taken as given" in found[0].text
    assert found[0].structures == ("other", "pair")
    led = {f"structures.{name}.roles.clerk.leads": {} for name in ("pair", "other")}
    assert cautions(compared(led), "head") == []


def half_empty(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
    """Under the second structure a seller is missing for half of the year."""
    end = 182.5 * records.DAY if structure == "other" else float("nan")
    staff = [{"place": 0, "end": end, "reason": "quit"}, {"place": 1}, {"place": 2}]
    return records.record(made_for, structure, staff=staff, replication=world.replication)


def test_many_vacancies_are_said_because_the_planned_load_does_not_know_them() -> None:
    (found,) = cautions(compared(engine=half_empty), "vacancy")
    assert found.structures == ("other",)
    assert found.figures["vacancy"] == pytest.approx(1 / 6)
    assert "17 %" in found.text


def test_few_or_failed_replications_are_said() -> None:
    made = compared(replications=4, engine=records.failing_engine)
    assert cautions(made, "few")
    assert "1 of 4 replications failed" in cautions(made, "failures")[0].text


@pytest.mark.parametrize(("years", "words"), [(1, "Only 1 replication:"), (4, "Only 4 replications:")])
def test_one_replication_is_not_several(years: int, words: str) -> None:
    assert cautions(compared(replications=years), "few")[0].text.startswith(words)


def test_nothing_breaks_when_every_year_fails() -> None:
    made = compared(replications=2, engine=broken)
    assert made.runs.finished == 0
    assert made.verdict.best == ""
    assert made.differences().empty
    assert json.dumps(made.to_dict()["verdict"])
    assert "2 of 2 replications failed" in cautions(made, "failures")[0].text


def broken(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
    raise RuntimeError("always")


def late_bloomer(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
    """The first structure sells 1000 a month; the second nothing at first and 1500 after 14 months (or 7 of 12)."""
    months = made_for.experiment.months
    turn = 14 if months > 12 else 7
    luck = world.streams.uniforms("fake", months)
    sales = []
    for m, u in enumerate(luck):
        size = 1000.0 if structure == "pair" else 1500.0 if m >= turn else 0.0
        sales.append({"time": world.month_edges[m] + 24, "revenue": size + float(u), "margin": size + float(u)})
    return records.record(made_for, structure, sales=sales, replication=world.replication)


def test_a_horizon_that_changes_the_winner_is_said() -> None:
    made = compared({"experiment.months": 48}, engine=late_bloomer)
    assert made.verdict.best == "other"
    (found,) = cautions(made, "horizon")
    assert "of the first 12 months it is pair, over 48 months it is other" in found.text


def test_a_year_that_ends_with_another_one_ahead_asks_for_a_longer_horizon() -> None:
    made = compared(engine=late_bloomer)
    assert made.verdict.best == "pair"
    (found,) = cautions(made, "horizon_hint")
    assert "in the last 3 months other is" in found.text
    assert not cautions(compared(), "horizon_hint")


def test_a_last_quarter_that_is_mere_chance_asks_for_nothing() -> None:
    rng = np.random.default_rng(3)
    rows = [
        {"structure": name, "replication": r, "month": pd.Timestamp(2026, m + 1, 1), "profit": shift + rng.normal()}
        for name, shift in (("a", 0.02), ("b", 0.0))
        for r in range(20)
        for m in range(12)
    ]
    titles = {"a": "A", "b": "B"}
    assert horizon_cautions(pd.DataFrame(rows), {"a": 0, "b": 0}, titles, "profit", 0.95, 1) == []


def builder(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
    """The first structure earns more, the second leaves more customers behind."""
    sales = [{"time": 24.0, "revenue": 5000.0 if structure == "pair" else 4000.0, "margin": 0.0}]
    margin = 500.0 if structure == "pair" else 400.0
    sales[0]["margin"] = margin + float(world.streams.uniforms("fake", 1)[0])
    customers = [{"order_size": 1000.0}] * (1 if structure == "pair" else 4)
    return records.record(made_for, structure, sales=sales, customers=customers, replication=world.replication)


def test_an_end_value_that_changes_the_winner_is_said() -> None:
    made = compared(engine=builder)
    assert made.verdict.best == "pair"
    (found,) = cautions(made, "end_value")
    assert "by margin after pay it is pair, by margin after pay with end value it is other" in found.text


# --- regime ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demanded", "prospecting", "expected"),
    [
        (0.5, 0.0, "waiting"),
        (0.79, 0.09, "waiting"),
        (0.8, 0.0, "both"),
        (0.94, 0.0, "both"),
        (0.5, 0.1, "both"),
        (0.94, 0.3, "both"),
        (0.95, 0.0, "output"),
        (0.95, 0.3, "output"),
    ],
)
def test_the_simulated_time_of_the_busiest_role_says_what_decides(
    demanded: float, prospecting: float, expected: str
) -> None:
    assert decides(demanded, prospecting) == expected


def busy_engine(sell: float, prospect: float = 0.0) -> Callable[..., Any]:
    """Everybody with activities spends these shares of the time on selling and on prospecting."""

    def run(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
        busy = np.zeros((3, len(ACTIVITIES), 12))
        busy[:, ACTIVITIES.index("sell"), :] = 100 * sell
        busy[:, ACTIVITIES.index("prospect"), :] = 100 * prospect
        return records.record(made_for, structure, busy=busy, replication=world.replication)

    return run


def test_the_regime_follows_the_simulated_load_and_not_the_planned_one() -> None:
    idle = compared({"market.channels.site.leads_per_month": 20_000}, engine=busy_engine(0.4)).regimes["pair"]
    assert idle.roles["seller"].expected > 1
    assert (idle.decides, idle.busiest) == ("waiting", "seller")
    assert "spends 40 % of its time on demanded work" in idle.text
    full = compared(engine=busy_engine(0.97)).regimes["pair"]
    assert full.roles["seller"].expected < 0.8
    assert full.decides == "output"
    assert "work is left undone" in full.text
    assert compared(engine=busy_engine(0.85)).regimes["pair"].decides == "both"


def test_where_prospecting_takes_the_time_that_is_left_every_hour_freed_counts() -> None:
    found = compared(engine=busy_engine(0.6, 0.4)).regimes["pair"]
    assert found.decides == "both"
    assert "nobody is overloaded, but every hour freed goes into prospecting and brings leads" in found.text
    assert "40 % of seller" in found.text
    assert "queue" not in found.text


def test_a_role_with_work_and_nobody_to_do_it_leaves_work_undone() -> None:
    roles = {
        "asker": {"headcount": 1, "activities": ["qualify", "prospect"], "pay": {"base": 100}},
        "seller": {"headcount": 0, "activities": ["sell", "serve"], "pay": {"base": 100}},
    }
    other = {"structures.other": {"roles": roles | {"clerk": OTHER["roles"]["clerk"]}}}
    regime = compared(other, engine=empty_seats, replications=2).regimes["other"]
    assert (regime.busiest, regime.decides) == ("seller", "output")
    assert "has work but no people" in regime.text


def empty_seats(made_for: Scenario, structure: str, world: World, events: bool) -> Any:
    return records.record(made_for, structure, replication=world.replication)


def test_without_a_finished_year_nothing_is_said_about_the_load() -> None:
    regime = compared(replications=1, engine=broken).regimes["pair"]
    assert regime.decides == "unknown"
    assert "no replication finished" in regime.text


# --- several files --------------------------------------------------------------------------------------------


def test_structures_of_several_files_are_named_after_them_and_paired_by_year() -> None:
    made = compare({"now": two(), "next": two()}, jobs=1, engine=records.engine)
    assert made.structures == ("now:pair", "now:other", "next:pair", "next:other")
    assert made.pair("next:pair", "now:pair").mean == 0.0
    assert made.pair("next:pair", "now:pair").share_of_years_tied == 1.0
    assert [each.code for each in made.cautions] == ["bare"]
    assert made.cases["next:other"].title == "other (next)"
    assert made.regimes["next:other"].structure == "other (next)"


def test_the_name_of_a_file_stands_in_a_title_only_where_two_are_the_same() -> None:
    renamed = two({"structures.other.title": "Farmers first"})
    both = {"now": two(), "next": renamed}
    titles = [case.title for case in cases_of(both, None).values()]
    assert titles == ["pair (now)", "other", "pair (next)", "Farmers first"]
    kept = cases_of(both, ["now:pair", "next:other"])
    assert [case.title for case in kept.values()] == ["pair", "Farmers first"]
    again = {"now": two(), "next": two(), "last": two({"structures.other.title": "pair (now)"})}
    assert len({case.title for case in cases_of(again, None).values()}) == 6


def test_the_words_about_a_structure_of_several_files_say_of_which_file() -> None:
    own = two({"structures.other.loyalty": {"cost_per_month": 1}})
    made = compare({"now": two(), "next": own}, jobs=1, engine=records.engine)
    assert "other (next): has a loyalty programme" in made.verdict.assumptions


def test_another_market_is_paired_but_said() -> None:
    other = two({"market.channels.site.leads_per_month": 20})
    made = compare({"now": two(), "next": other}, jobs=1, engine=records.engine)
    assert bool(made.differences("profit")["paired"].all())
    assert [caution.code for caution in made.cautions] == ["bare", "market"]


def test_other_seeds_are_not_paired_and_said() -> None:
    made = compare({"now": two(), "next": two({"experiment.seed": 2})}, jobs=1, engine=records.engine)
    rows = made.differences("profit").set_index("structure")
    assert rows["paired"].tolist() == [True, False, False]
    assert np.isnan(rows.loc["next:pair", "share_of_years_better"])
    assert cautions(made, "unpaired")[0].structures == ("next:pair", "next:other")


def test_files_are_loaded_by_their_paths(tmp_path: Path) -> None:
    for name in ("now", "next"):
        (tmp_path / f"{name}.yaml").write_text(records.BASE, encoding="utf-8")
    paths = [tmp_path / "now.yaml", tmp_path / "next.yaml"]
    made = compare(paths, jobs=1, engine=records.engine, replications=2)
    assert made.structures == ("now:pair", "next:pair")


def test_progress_counts_the_years_of_all_files() -> None:
    told: list[tuple[int, int]] = []
    files = {"now": two(), "next": two()}
    compare(
        files,
        replications=2,
        jobs=1,
        engine=records.engine,
        on_done=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# --- from a file to a verdict ---------------------------------------------------------------------------------


def test_the_public_face_leads_from_text_to_a_verdict() -> None:
    made = simulation.compare(two({"experiment.months": 2}), replications=3, jobs=1)
    assert made.runs.failures.empty
    assert made.runs.finished == 3
    # the two structures are the same but for their names, and so is everything that happens in them
    assert made.verdict.tied
    assert made.pair("pair", "other", "leads").mean == 0.0
    assert made.summaries["pair"]["leads"].mean > 0


def test_the_settings_of_a_call_take_the_place_of_the_experiments() -> None:
    made = simulate(two(), replications=2, seed=9, months=3, jobs=1, engine=records.engine)
    assert (made.runs.requested, made.runs.seed, made.scenario.experiment.months) == (2, 9, 3)
    assert len(made.runs.months) == 2 * 2 * 3


def test_importing_the_package_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    script = (
        "import sys, simulation; "
        "print([m for m in ('numpy', 'pandas', 'scipy', 'pydantic', 'simpy', 'joblib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    for name in simulation.__all__:
        assert getattr(simulation, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = simulation.nonsense
