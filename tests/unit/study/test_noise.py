"""Shares and sizes of effects from noisy years, where the true ones are known."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import f as f_law
from scipy.stats import qmc

from simulation.study.sensitivity.noise import by_chance, noise, product
from simulation.study.sensitivity.ranges import _size
from simulation.study.sensitivity.shares import shares_of

Floats = NDArray[np.float64]
INPUTS = 6
LUCK = 10.0
"""Sd of what a year does to all points of its row."""
FIRST = np.array([9.0, 1.0, 0.0, 0.0, 0.0, 0.0]) / 11.0
TOTAL = np.array([10.0, 1.0, 1.0, 0.0, 0.0, 0.0]) / 11.0
"""Shares of 3 a + b + a c, of inputs with mean 0 and variance 1; three more have no effect."""


def rows(seed: int, count: int, years: int, own: float) -> Floats:
    """Rows of a Saltelli design: the function, the luck of the row's years, more of it the larger a, and own luck."""
    rng = np.random.default_rng(seed)
    u = qmc.Sobol(2 * INPUTS, seed=seed).random(count)
    a, b = u[:, :INPUTS], u[:, INPUTS:]
    points = np.stack([a, *(np.where(np.arange(INPUTS) == i, b, a) for i in range(INPUTS)), b], axis=1)
    z = (points - 0.5) * math.sqrt(12.0)
    mean = 3.0 * z[..., 0] + z[..., 1] + z[..., 0] * z[..., 2]
    luck = LUCK * rng.standard_normal((count, 1, years))
    more = 3.0 * points[..., :1] * rng.standard_normal((count, 1, years))
    return mean[..., None] + luck + more + own * rng.standard_normal((count, INPUTS + 2, years))


SEEDS = 60


def test_shares_are_those_of_the_mean_whatever_the_luck_of_years() -> None:
    found = np.stack([shares_of(rows(seed, 128, 2, 1.0), 0.95, seed)[0] for seed in range(SEEDS)])
    assert found.min() >= 0.0 and found.max() <= 1.0
    assert (found[:, :, 3] >= found[:, :, 0] - 1e-12).all()  # with others no less than by itself
    error = found.std(axis=0, ddof=1) / math.sqrt(SEEDS)
    for column, truth in ((0, FIRST), (3, TOTAL)):
        # a share that may not be negative is a little too large where there is none
        assert (np.abs(found[:, :, column].mean(axis=0) - truth) < 4 * error[:, column] + 0.02).all()
    covered = np.mean([(each[:, 4] <= TOTAL) & (each[:, 5] >= TOTAL) for each in found])
    assert covered >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / SEEDS)


@pytest.mark.parametrize("own", [1.0, 4.0])
def test_an_input_without_effect_is_rarely_taken_for_one(own: float) -> None:
    wrong = 0
    for seed in range(SEEDS):
        each, _ = shares_of(rows(seed, 64, 2, own), 0.95, seed)
        wrong += bool(((each[3:, 3] > each[3:, 6]) & (each[3:, 4] > 0)).any())
    assert wrong / SEEDS <= 0.05 + 3 * math.sqrt(0.95 * 0.05 / SEEDS)


def test_a_product_of_noisy_means_is_that_of_the_true_ones_on_average() -> None:
    rng = np.random.default_rng(1)
    shared = 3.0 * rng.standard_normal((20_000, 2))
    first, second = 2.0 + shared, 1.0 - shared + rng.standard_normal((20_000, 2))
    found = product(first, second)
    assert abs(found.mean() - 2.0) < 4 * found.std() / math.sqrt(20_000)
    assert product(np.array([1.0, 3.0]), np.array([1.0, 3.0])) == pytest.approx(3.0)  # the one year by the other
    assert noise(np.array([1.0, 3.0])) == pytest.approx(1.0)


def test_what_chance_makes_is_fishers_law() -> None:
    # equal noise of twelve rows of three years: by noise the mean square is F(12, 24)
    level, rows_of, years = 0.95, 12, 3
    assert by_chance(np.ones(rows_of), 10**9, level) == pytest.approx(f_law.ppf(level, rows_of, 1e10) - 1, rel=1e-3)
    rng = np.random.default_rng(2)
    above = 0
    for _ in range(4000):
        values = rng.standard_normal((rows_of, years))
        above += product(values, values).mean() > by_chance(noise(values), years, level)
    assert above / 4000 == pytest.approx(0.05, abs=0.02)
    assert by_chance(np.zeros(5), 3, level) == 0.0


def test_the_size_of_effects_is_without_their_noise() -> None:
    rng = np.random.default_rng(3)
    effects = 2.0 * rng.standard_normal(50_000)
    values = effects[:, None] + 3.0 * rng.standard_normal((50_000, 4))
    means, noises = values.mean(axis=1), noise(values)
    assert _size(means[None], noises[None])[0] == pytest.approx(np.abs(effects).mean(), rel=0.02)
    assert np.abs(means).mean() > 1.2 * np.abs(effects).mean()
    assert _size(effects[None], np.zeros((1, 50_000)))[0] == pytest.approx(np.abs(effects).mean())
