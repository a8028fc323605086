"""Many possible years: the same whoever computes them, and what happens when one fails or somebody stops them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from simulation.analysis.cases import BACKEND, Runs, replicate_one, run_replications
from simulation.analysis.comparison import compare
from simulation.analysis.identity import fingerprints
from simulation.scenario.scenario import Scenario
from simulation.store import Store
from tests import records

SELLERS = {"headcount": 3, "activities": ["qualify", "sell", "serve", "prospect"]}
TWO = {"structures.other": {"roles": {"seller": SELLERS}}}
OWN_HOURS = {
    "structures.other.roles.seller.shifts": [{"people": 2}, {"people": 1, "hours": "12:00-21:00"}],
    "structures.other.staff": [{"name": "Olga", "role": "seller", "week": ["sat"], "hired": "2020-01-01"}],
}
SHORT = {"experiment.months": 2, "market.channels.site.leads_per_month": 60}


def two() -> Scenario:
    return records.scenario(TWO)


def runs(**options: Any) -> Runs:
    return run_replications(two(), **({"jobs": 1, "engine": records.engine} | options))


def test_a_row_for_each_year_and_structure_in_their_order() -> None:
    frame = runs().replications
    assert frame["replication"].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert frame["structure"].tolist() == ["pair", "other"] * 4


def test_a_row_for_each_month() -> None:
    made = runs(replications=2)
    assert len(made.months) == 2 * 2 * 12
    first = made.months[(made.months["structure"] == "other") & (made.months["replication"] == 1)]
    assert first["month"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2026-01-01", "2026-02-01"]
    yearly = made.values("other", "revenue")[1]
    assert first["revenue"].sum() == pytest.approx(yearly)


def test_columns_of_a_role_are_undefined_where_a_structure_does_not_have_it() -> None:
    months = runs(replications=2).months.groupby("structure")
    assert months["headcount.clerk"].apply(lambda column: column.isna().all()).to_dict() == {
        "other": True,
        "pair": False,
    }
    assert months["headcount.seller"].mean().to_dict() == {"other": 3.0, "pair": 2.0}


@pytest.mark.parametrize("hours", [{}, OWN_HOURS], ids=["the office's", "their own"])
def test_one_worker_and_two_give_exactly_the_same(hours: dict[str, Any]) -> None:
    made = records.scenario(TWO | SHORT | {"calendar.around_the_clock": False}).replace(hours)
    alone = run_replications(made, replications=5, jobs=1, events=True)
    together = run_replications(made, replications=5, jobs=2, events=True)
    assert alone.failures.empty
    assert alone.replications["leads"].min() > 0
    pd.testing.assert_frame_equal(alone.replications, together.replications, check_exact=True)
    pd.testing.assert_frame_equal(alone.months, together.months, check_exact=True)
    assert alone.events is not None and together.events is not None
    pd.testing.assert_frame_equal(alone.events, together.events, check_exact=True)


def test_fewer_replications_are_the_first_of_more() -> None:
    few, many = runs(replications=2).replications, runs(replications=4).replications
    pd.testing.assert_frame_equal(few, many.head(len(few)), check_exact=True)


def test_another_seed_gives_other_years() -> None:
    same, other = runs(seed=1), runs(seed=2)
    assert (same.seed, other.seed) == (1, 2)
    assert (same.values("pair", "revenue") != other.values("pair", "revenue")).all()
    with pytest.raises(ValueError, match="a seed is"):
        runs(seed=-1)


def test_one_structure_alone_meets_the_same_years() -> None:
    alone = run_replications(two(), ["other"], jobs=1, engine=records.engine)
    assert alone.values("other", "profit").tolist() == runs().values("other", "profit").tolist()


def test_who_else_is_simulated_changes_nothing() -> None:
    made = records.scenario(TWO | SHORT)
    alone = run_replications(made, ["other"], replications=2, jobs=1)
    both = run_replications(made, replications=2, jobs=1)
    for measure in ("leads", "revenue", "profit", "utilisation"):
        assert alone.values("other", measure).tolist() == both.values("other", measure).tolist(), measure


def test_a_failed_year_is_recorded_and_drops_its_whole_pair() -> None:
    made = runs(engine=records.failing_engine)
    assert sorted(made.replications["replication"].unique()) == [0, 1, 3]
    assert made.finished == 3
    assert not made.partial
    (failure,) = made.failures.to_dict("records")
    assert (failure["replication"], failure["seed"], failure["structure"]) == (2, 1, "other")
    assert failure["error"] == "ZeroDivisionError: nobody is left"
    assert "failing_engine" in failure["traceback"]


def test_a_year_that_fails_in_a_worker_is_recorded_as_well() -> None:
    together = runs(engine=records.failing_engine, jobs=2)
    pd.testing.assert_frame_equal(together.replications, runs(engine=records.failing_engine).replications)
    assert together.failures["replication"].tolist() == [2]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interruption_keeps_what_is_finished(jobs: int) -> None:
    def stop_at_two(done: int, total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    made = runs(replications=40, jobs=jobs, on_done=stop_at_two)
    assert made.partial
    assert 2 <= made.finished < 40
    assert made.requested == 40
    whole = runs(replications=40)
    kept = whole.replications[whole.replications["replication"].isin(made.replications["replication"])]
    pd.testing.assert_frame_equal(made.replications, kept.reset_index(drop=True), check_exact=True)


def test_progress_is_told_until_all_are_done() -> None:
    told: list[tuple[int, int]] = []
    runs(replications=3, on_done=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_events_are_kept_only_when_asked_for_with_dates_of_their_own() -> None:
    assert runs().events is None
    events = runs(replications=1, events=True).events
    assert events is not None
    assert events[["structure", "replication", "case", "person"]].to_numpy().tolist() == [
        ["pair", 0, "deal/0", "seller-1"],
        ["other", 0, "deal/0", "seller-1"],
    ]
    assert events["end"].astype(str).tolist() == ["2026-01-01 10:30:00"] * 2


def test_the_backend_can_be_named_by_argument_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = runs().replications
    pd.testing.assert_frame_equal(runs(jobs=2, backend="threading").replications, expected, check_exact=True)
    with pytest.raises(ValueError, match="nonsense"):
        runs(jobs=2, backend="nonsense")
    monkeypatch.setenv(BACKEND, "nonsense")
    with pytest.raises(ValueError, match="nonsense"):
        runs(jobs=2)


def test_a_surrounding_joblib_configuration_is_respected() -> None:
    from joblib import parallel_config

    with parallel_config(backend="threading"):
        made = runs(jobs=2)
    pd.testing.assert_frame_equal(made.replications, runs().replications, check_exact=True)


def test_nonsense_is_refused() -> None:
    with pytest.raises(KeyError, match="there is no structure"):
        run_replications(two(), ["nonsense"])
    with pytest.raises(ValueError, match="at least one replication"):
        runs(replications=0)


def test_a_single_year_can_be_replayed_as_it_was() -> None:
    record, ledger = replicate_one(two(), "other", 3, engine=records.engine)
    assert record.replication == 3
    assert ledger.profit == runs().values("other", "profit")[3]
    with pytest.raises(KeyError, match="there is no structure"):
        replicate_one(two(), "nonsense")
    with pytest.raises(ValueError, match="numbered from 0 on, and there is no -1"):
        replicate_one(two(), "other", -1)


def kept_and_not(tmp_path: Path, made: Scenario, **options: Any) -> tuple[Runs, Runs, Store]:
    """The same batch without a store, and with one that has the first two years of the first structure."""
    store = Store(tmp_path / "s.sqlite")
    run_replications(made, ["pair"], replications=2, jobs=1, store=store)
    without = run_replications(made, **({"replications": 4, "jobs": 1} | options))
    return without, run_replications(made, **({"replications": 4, "jobs": 1, "store": store} | options)), store


def equal(one: Runs, other: Runs) -> None:
    pd.testing.assert_frame_equal(one.replications, other.replications, check_exact=True)
    pd.testing.assert_frame_equal(one.months, other.months, check_exact=True)
    assert (one.structures, one.seed, one.requested) == (other.structures, other.seed, other.requested)


@pytest.mark.parametrize("jobs", [1, 2])
def test_with_a_store_that_has_a_part_the_frames_are_the_same(tmp_path: Path, jobs: int) -> None:
    made = records.scenario(TWO | SHORT).replace(OWN_HOURS)
    without, kept, store = kept_and_not(tmp_path, made, jobs=jobs)
    with store:
        equal(without, kept)
        assert (store.found, store.kept) == (2, 8)
        again = run_replications(made, replications=4, jobs=1, store=store)
        equal(without, again)
        assert store.found == 2 + 8


def test_a_comparison_with_a_store_says_the_same(tmp_path: Path) -> None:
    made = records.scenario(TWO | SHORT)
    with Store(tmp_path / "s.sqlite") as store:
        texts = [
            (found.verdict.text, found.differences("profit").to_csv())
            for shelf in (None, store, store)
            for found in [compare(made, replications=4, jobs=1, store=shelf)]
        ]
        assert texts[0] == texts[1] == texts[2]
        assert (store.kept, store.found) == (8, 8)


def test_a_larger_run_takes_what_a_smaller_one_kept(tmp_path: Path) -> None:
    made, told = records.scenario(TWO | SHORT), []
    with Store(tmp_path / "s.sqlite") as store:
        run_replications(made, replications=3, jobs=1, store=store)
        larger = run_replications(
            made, replications=5, jobs=1, store=store, on_done=lambda done, total: told.append(done)
        )
        assert (store.found, store.kept) == (6, 10)
    assert told == [3, 4, 5]
    equal(larger, run_replications(made, replications=5, jobs=1))


def test_an_interrupted_run_keeps_what_it_finished(tmp_path: Path) -> None:
    def stop_at_two(done: int, total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    made = records.scenario(TWO | SHORT)
    with Store(tmp_path / "s.sqlite") as store:
        partial = run_replications(made, replications=5, jobs=1, store=store, on_done=stop_at_two)
        assert (partial.partial, partial.finished, store.kept) == (True, 2, 4)
        whole = run_replications(made, replications=5, jobs=1, store=store)
        assert (whole.partial, store.found) == (False, 4)
    equal(whole, run_replications(made, replications=5, jobs=1))


def test_a_failed_year_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = records.scenario(TWO)
    with Store(tmp_path / "s.sqlite") as store:
        with monkeypatch.context() as patch:
            patch.setattr("simulation.analysis.executor.default_engine", lambda: records.failing_engine)
            failed = run_replications(made, replications=4, jobs=1, store=store)
        assert failed.failures["replication"].tolist() == [2]
        prints = fingerprints(made, made.structures)
        assert sorted(store.find(prints, made.experiment.seed, range(4))) == [0, 1, 3]


def test_events_are_simulated_again(tmp_path: Path) -> None:
    made = records.scenario(TWO | SHORT)
    with Store(tmp_path / "s.sqlite") as store:
        run_replications(made, replications=2, jobs=1, store=store)
        with_events = run_replications(made, replications=2, jobs=1, store=store, events=True)
        assert (store.found, store.kept) == (0, 4)
    expected = run_replications(made, replications=2, jobs=1, events=True)
    equal(with_events, expected)
    assert with_events.events is not None and expected.events is not None
    pd.testing.assert_frame_equal(with_events.events, expected.events, check_exact=True)


def test_another_engine_is_neither_kept_nor_taken(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        hand_made = runs(store=store)
        assert (store.found, store.kept) == (0, 0)
        run_replications(two(), replications=2, jobs=1, store=store)
        assert store.kept == 4
        equal(runs(store=store), hand_made)
        assert store.found == 0
