"""Scores of forecasts, held against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulation.calibration.scoring import (
    LEVELS,
    covered,
    crps,
    histogram,
    interval_score,
    joined_draws,
    ranks,
    score,
    skill,
)


@pytest.mark.parametrize("came", [-1.5, 0.0, 0.3, 2.0])
def test_crps_of_a_normal_forecast_is_its_closed_form(came: float) -> None:
    """sigma * (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)): Gneiting and Raftery 2007, below equation 21."""
    draws = np.random.default_rng(5).normal(10.0, 3.0, (40_000, 1))
    exact = 3.0 * (came * (2 * stats.norm.cdf(came) - 1) + 2 * stats.norm.pdf(came) - 1 / np.sqrt(np.pi))
    found = crps(draws, np.array([10.0 + 3.0 * came]))[0]
    # half of the mean distance of two draws has a standard error of about 3 * 0.5 / sqrt(n), the first term less
    assert found == pytest.approx(exact, abs=5 * 3.0 / np.sqrt(40_000))


def test_crps_of_one_number_is_its_error_and_of_few_draws_is_fair() -> None:
    assert crps(np.array([[4.0, 1.0]]), np.array([7.0, 1.0])).tolist() == [3.0, 0.0]
    by_hand = (abs(1 - 2) + abs(4 - 2)) / 2 - 0.5 * abs(1 - 4)
    assert crps(np.array([1.0, 4.0]), np.array([2.0]))[0] == pytest.approx(by_hand)
    rng = np.random.default_rng(1)
    few = crps(rng.normal(size=(3, 60_000)), np.zeros(60_000))
    exact = 2 * stats.norm.pdf(0.0) - 1 / np.sqrt(np.pi)
    assert few.mean() == pytest.approx(exact, abs=4 * few.std() / np.sqrt(len(few)))  # however few the draws are


@pytest.mark.parametrize("count", [40, 60, 100])
def test_intervals_of_few_draws_hold_what_they_say(count: int) -> None:
    rng = np.random.default_rng(3)
    draws, came = rng.normal(size=(count, 20_000)), rng.normal(size=20_000)
    for level in (0.5, 0.8, 0.9):
        error = np.sqrt(level * (1 - level) / 20_000)
        assert covered(draws, came, level).mean() == pytest.approx(level, abs=4 * error)


def test_interval_score_by_hand() -> None:
    draws = np.arange(1.0, 100.0)[:, None] * np.ones(3)  # the fifth and the ninety-fifth of 99
    found = interval_score(draws, np.array([50.0, 0.0, 97.0]), 0.9)
    assert found == pytest.approx([90.0, 90.0 + 20.0 * 5.0, 90.0 + 20.0 * 2.0])
    assert covered(draws, np.array([5.0, 95.0, 96.0]), 0.9).tolist() == [True, True, False]


def test_a_right_forecast_is_covered_as_often_as_it_says_and_its_ranks_are_even() -> None:
    rng = np.random.default_rng(11)
    means = rng.gamma(2.0, 2.0, 4_000)
    came, draws = rng.poisson(means).astype(float), rng.poisson(means, (400, 4_000)).astype(float)
    places = ranks(draws, came, rng)
    assert stats.kstest(places, "uniform").pvalue > 0.01
    assert histogram(places).sum() == 4_000
    found = score(draws, came)
    for level, share in zip(LEVELS, found.coverage, strict=True):
        assert share >= level - 0.03  # whole numbers: an interval holds its ends, so at least as much
    assert abs(found.bias) < 4 * np.sqrt(means.sum()) / means.sum()
    narrow = score(means + 0.2 * (draws - means), came)
    assert narrow.coverage[2] < 0.6 and narrow.crps > found.crps
    assert narrow.histogram[0] + narrow.histogram[-1] > 2 * found.histogram[0] + 2 * found.histogram[-1]


def test_a_better_forecast_has_skill_and_what_is_not_known_is_left_out() -> None:
    rng = np.random.default_rng(3)
    came = rng.normal(size=500)
    near, far = came + rng.normal(0, 0.3, (50, 500)), rng.normal(size=(50, 500))
    assert 0.5 < skill(score(near, came), score(far, came)) < 1.0
    assert skill(score(far, came), score(near, came)) < 0
    came[:490] = np.nan
    assert score(near, came).cases == 10
    nothing = score(near, np.full(500, np.nan))
    assert nothing.cases == 0 and np.isnan(nothing.crps)
    assert joined_draws([near, far[:20]]).shape == (20, 1000)
