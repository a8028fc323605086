"""Shares and clocks of stages and channels: recovery, coverage, shrinking, defaults that stay."""

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import resampled, stages
from simulation.calibration.estimators.stages import ALL, StagesModel
from simulation.calibration.records import Records, table
from tests.calibration.estimators.made import Way, made

WAYS = (Way(0.7, 100, 60), Way(0.5, 200, 300), Way(0.6, 80, 120))
CHANNELS = (("site", 0.6, 0.0), ("referral", 0.3, 0.4), ("fair", 0.1, 0.0))


def test_what_was_drawn_is_found_again() -> None:
    drawn = made(np.random.default_rng(1), 6000, WAYS, channels=CHANNELS)
    found = stages.estimate(drawn.records, Resampling(draws=20))
    model = found.model
    assert isinstance(model, StagesModel)
    assert model.stages == ("a", "b", "c")
    assert model.channels[0] == "site"
    for name, way in zip(model.stages, WAYS, strict=True):
        cases = found.figures[f"{name}.site.share"].cases
        error = (way.share * (1 - way.share) / cases) ** 0.5
        assert found.figures[f"{name}.site.share"].value == pytest.approx(way.share, abs=4 * error)
        assert found.figures[f"{name}.gap_yes.mean"].value == pytest.approx(way.yes, rel=0.06)
        assert found.figures[f"{name}.gap_no.mean"].value == pytest.approx(way.no, rel=0.08)
        odds = way.share / (1 - way.share) * np.exp(0.4)
        assert found.figures[f"{name}.referral.share"].value == pytest.approx(odds / (1 + odds), abs=0.06)
    won = found.figures["deal.share"].value
    assert won == pytest.approx(float(drawn.won.mean()), abs=0.015)


def test_without_a_history_a_deal_is_one_stage() -> None:
    drawn = made(np.random.default_rng(2), 1500, (Way(0.3),), history=False)
    found = stages.estimate(drawn.records, Resampling(draws=10))
    assert isinstance(found.model, StagesModel)
    assert found.model.whole
    assert found.figures["deal.share"].value == pytest.approx(0.3, abs=4 * 0.012)
    assert found.model.deal[ALL] is found.model.of["deal", ALL]


def test_open_deals_are_censored_and_not_lost() -> None:
    """Closed deals alone, or open ones taken as lost, would say something else where the no is quicker than the yes."""
    drawn = made(np.random.default_rng(3), 4000, (Way(0.5, 900, 100),), days=120, history=False)
    shut = drawn.records.deals["status"] != "open"
    naive = float((drawn.records.deals["status"][shut] == "won").mean())
    found = stages.estimate(drawn.records, Resampling(draws=10)).figures["deal.share"].value
    assert naive < 0.43
    assert found == pytest.approx(0.5, abs=0.04)


def test_records_that_begin_late_are_no_better_or_worse() -> None:
    late = made(np.random.default_rng(4), 5000, (Way(0.3, 100, 1500),), history=False, since=150)
    assert late.won.mean() < 0.28  # quick wins of the time before are not there
    found = stages.estimate(late.records, Resampling(draws=10))
    assert [note.key for note in found.notes] == ["estimator-late-entry"]
    assert found.figures["deal.share"].value == pytest.approx(0.3, abs=4 * 0.009)


def test_draws_cover_the_truth() -> None:
    """Of 60 years of 400 deals the 90 % intervals hold the truth in 0.9, give or take three standard errors."""
    inside: dict[str, list[bool]] = {}
    for seed in range(60):
        drawn = made(np.random.default_rng(300 + seed), 400, WAYS[:2], days=250)
        found = stages.estimate(drawn.records, Resampling(seed=seed, draws=100)).figures
        for name, way in zip("ab", WAYS[:2], strict=True):
            for key, truth in (("share", way.share), ("gap_yes.mean", way.yes), ("gap_no.mean", way.no)):
                low, high = found[f"{name}.{key}"].interval
                inside.setdefault(key, []).append(low <= truth <= high)
    for key, hits in inside.items():
        assert np.mean(hits) > 0.9 - 3 * 0.0275, key


def test_rows_of_draws_are_joint_and_the_same_each_time() -> None:
    drawn = made(np.random.default_rng(5), 500, WAYS[:2])
    first, second = (stages.estimate(drawn.records, Resampling(seed=3, draws=30)) for _ in range(2))
    for key, figure in first.figures.items():
        if figure.draws is not None:
            assert figure.draws.shape == (30,)
            assert np.array_equal(figure.draws, second.figures[key].draws), key
    weights = resampled.deals(Resampling(seed=3, draws=30), drawn.records)[:, 7]
    again = drawn.records.deals.loc[np.repeat(np.arange(len(weights)), weights)].reset_index(drop=True)
    one = Records(as_of=drawn.records.as_of, deals=table("deals", {**again, "deal": np.arange(len(again))}))
    share = stages.estimate(one, Resampling(draws=0)).figures["deal.share"].value
    assert first.model.deal[ALL].draws.share[7] == pytest.approx(share, abs=0.003)


def test_a_small_channel_leans_to_all_and_a_tiny_one_stays_with_it() -> None:
    channels = (("site", 0.93, 0.0), ("fair", 0.06, 0.9), ("letter", 0.01, 0.0))
    drawn = made(np.random.default_rng(6), 900, (Way(0.4),), channels=channels, history=False)
    found = stages.estimate(drawn.records, Resampling(draws=50))
    deals = drawn.records.deals
    mine = deals[(deals["channel"] == "fair") & (deals["status"] != "open")]
    own = float((mine["status"] == "won").mean())
    share = found.figures["deal.fair.share"].value
    assert found.figures["deal.share"].value < share < own
    tiny = found.figures["deal.letter.share"]
    assert tiny.kept is not None
    assert tiny.draws is None
    assert found.model.of["deal", "letter"] is found.model.of["deal", ALL]


def test_below_forty_closed_deals_the_default_stays() -> None:
    drawn = made(np.random.default_rng(7), 39, (Way(0.4),), history=False)
    found = stages.estimate(drawn.records, Resampling(draws=5))
    assert found.model is None
    assert found.figures["deal.share"].kept is not None
    assert found.notes[0].key == "estimator-few-deals"


@pytest.mark.parametrize("status", ["won", "lost"])
def test_records_with_one_kind_of_end_are_fitted_too(status: str) -> None:
    drawn = made(np.random.default_rng(8), 300, (Way(0.4),), history=False).records
    deals = drawn.deals[drawn.deals["status"].isin((status, "open"))].reset_index(drop=True)
    deals["deal"] = np.arange(len(deals))
    found = stages.estimate(Records(as_of=drawn.as_of, deals=deals), Resampling(draws=10))
    share = found.figures["deal.share"].value
    assert share == pytest.approx(1.0 if status == "won" else 0.0, abs=0.02)
    other = "no" if status == "won" else "yes"
    assert found.figures[f"deal.gap_{other}.mean"].kept is not None


def test_silence_and_expiry_are_told() -> None:
    drawn = made(np.random.default_rng(9), 4000, (Way(0.4, 150, 150, silent=0.3, expires=1000.0),), history=False)
    found = stages.estimate(drawn.records, Resampling(draws=20)).figures
    assert found["deal.expires"].value == pytest.approx(1000, rel=0.02)
    assert found["deal.silent"].value == pytest.approx(0.3, abs=0.05)
    assert found["deal.share"].value == pytest.approx(0.4, abs=0.03)
