"""Changes of weekly series: how often none is called one, how often one is found, and where."""

import numpy as np
import pytest

from simulation.calibration.estimators.change import change


def series(rng: np.random.Generator, weeks: int, mean: float, step: float = 1.0, at: int = 0, slope: float = 0.0):  # type: ignore[no-untyped-def]
    rate = np.full(weeks, mean) * np.exp(slope * np.linspace(-0.5, 0.5, weeks))
    rate[at:] *= step
    counts = rng.poisson(rate)
    return counts - counts.mean(), np.full(weeks, max(counts.mean(), 0.1))


def test_a_steady_series_is_seldom_called_changed() -> None:
    """At 5 % of 300 series, four standard errors (0.013) above it at most."""
    rng = np.random.default_rng(1)
    shown = [change(*series(rng, 52, 15.0), rng) for _ in range(300)]
    assert np.mean([each.step_p <= 0.05 for each in shown]) < 0.05 + 4 * 0.013
    assert np.mean([each.drift_p <= 0.05 for each in shown]) < 0.05 + 4 * 0.013


def test_weeks_with_memory_are_not_taken_for_a_change() -> None:
    rng = np.random.default_rng(2)
    called = []
    for _ in range(200):
        level = [rng.standard_normal()]
        for _ in range(51):
            level.append(0.5 * level[-1] + 0.75**0.5 * rng.standard_normal())
        counts = rng.poisson(15 * np.exp(0.3 * np.array(level) - 0.045))
        called.append(change(counts - counts.mean(), np.full(52, counts.mean()), rng).step_p <= 0.05)
    assert np.mean(called) < 0.05 + 4 * 0.0155


def test_a_step_of_a_third_is_found_where_it_is() -> None:
    rng = np.random.default_rng(3)
    shown = [change(*series(rng, 52, 20.0, 2 / 3, 26), rng) for _ in range(60)]
    assert np.mean([each.step_p <= 0.05 for each in shown]) > 0.9
    assert np.median([each.step_week for each in shown]) == pytest.approx(26, abs=2)
    assert np.mean([each.step for each in shown]) == pytest.approx(-0.4, abs=0.1)
    assert np.mean([each.stepped for each in shown]) > 0.6


def test_a_drift_is_no_step() -> None:
    rng = np.random.default_rng(4)
    shown = [change(*series(rng, 52, 40.0, slope=1.0), rng) for _ in range(40)]
    assert np.mean([each.drift_p <= 0.05 for each in shown]) > 0.95
    assert np.mean([each.stepped for each in shown]) < 0.2
    assert np.mean([each.drift for each in shown]) == pytest.approx(1.0, abs=0.2)


def test_a_wave_of_the_year_is_no_step() -> None:
    rng = np.random.default_rng(5)
    wave = np.exp(0.5 * np.sin(2 * np.pi * np.arange(104) / 52.18))
    counts = [rng.poisson(30 * wave) for _ in range(20)]
    shown = [change(each - each.mean(), np.full(104, each.mean()), rng) for each in counts]
    assert np.mean([each.stepped for each in shown]) < 0.1


def test_a_few_weeks_tell_nothing() -> None:
    rng = np.random.default_rng(6)
    assert change(*series(rng, 8, 20.0), rng) is None
    assert change(np.zeros(30), np.zeros(30), rng) is None


def test_small_chances_are_told_from_one_another() -> None:
    """A clear step has a small chance, and about the same one whatever the luck of the trials."""
    rng = np.random.default_rng(3)
    scores = rng.standard_normal(60) + np.repeat([-0.8, 0.8], 30)
    told = [change(scores, np.ones(60), np.random.default_rng(seed)) for seed in range(4)]
    p = np.array([each.step_p for each in told if each is not None])
    assert (p < 0.01).all() and p.max() - p.min() < 0.6 * p.mean() + 2e-4
