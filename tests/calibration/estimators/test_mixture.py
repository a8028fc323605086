"""The mixture of competing risks: gradients, recovery with censoring, silence, expiry, those at once, coverage."""

import numpy as np
import pytest

from simulation.calibration.estimators.competing import _Data, chosen, fit
from simulation.calibration.estimators.counting import Counts, expiry


def drawn(
    rng: np.random.Generator,
    n: int,
    share: float = 0.3,
    silent: float = 0.0,
    expires: float = np.inf,
    draws: int = 0,
    seen: tuple[float, float] = (0.0, 3000.0),
    sigma: float = 0.8,
) -> Counts:
    """Spells with lognormal times of mean 200 h to a yes and gamma times of mean 320 h to a no."""
    yes = rng.random(n) < share
    time = np.where(yes, 200 * np.exp(sigma * rng.standard_normal(n) - sigma**2 / 2), rng.gamma(0.8, 400, n))
    time[~yes & (rng.random(n) < silent)] = np.inf
    yes &= time <= expires
    time = np.minimum(time, expires)
    until = rng.uniform(*seen, n)
    age, end = np.minimum(time, until), np.where(time <= until, np.where(yes, 1, 2), 0)
    times, cell = np.unique(age, return_inverse=True)
    weights = [np.ones(n)] + [np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(draws)]
    w = np.stack(weights, 1)

    def count(which: np.ndarray) -> np.ndarray:
        out = np.zeros((len(times), w.shape[1]))
        np.add.at(out, cell[which], w[which])
        return out

    none = np.zeros(w.shape[1])
    return Counts(times, count(end == 1), count(end == 2), count(end == 0), np.zeros((len(times), w.shape[1])), none,
                  none, w.sum(0))  # fmt: skip


def test_scores_are_the_gradient_of_the_likelihood() -> None:
    data = _Data(drawn(np.random.default_rng(1), 300, silent=0.2, expires=900), 900.0)
    theta, step = np.array([-0.5, -1.0, 5.0, -0.3, 5.5, 0.2]), 1e-5
    for families in (("lognormal", "gamma"), ("weibull", "lognormal")):
        _, scores = data.likelihood(theta, families)
        for n in range(6):
            move = np.eye(6)[n] * step
            slope = (data.likelihood(theta + move, families)[0] - data.likelihood(theta - move, families)[0]) / 2 / step
            assert -(scores[n] @ data.full) == pytest.approx(slope, rel=1e-3, abs=1e-3)


def test_what_was_drawn_is_found_again_though_many_are_still_open() -> None:
    counts = drawn(np.random.default_rng(2), 8_000, seen=(0.0, 1200.0))
    found = chosen(counts).best
    shown = found.value(counts)
    assert found.families == ("lognormal", "gamma")
    assert not found.silence
    assert float(shown.share) == pytest.approx(0.3, abs=4 * 0.007)
    assert float(shown.mean_yes()) == pytest.approx(200, rel=0.05)
    assert float(shown.mean_no()) == pytest.approx(320, rel=0.06)


def test_the_silent_are_told_from_slow_ones() -> None:
    counts = drawn(np.random.default_rng(3), 8_000, silent=0.25, seen=(0.0, 5000.0))
    found = chosen(counts).best
    assert found.silence
    assert float(found.value(counts).silent) == pytest.approx(0.25, abs=0.02)
    assert float(found.value(counts).share) == pytest.approx(0.3, abs=0.015)


def test_an_expiry_is_seen_and_the_share_is_of_those_who_would_say_yes() -> None:
    counts = drawn(np.random.default_rng(4), 8_000, silent=0.2, expires=700.0)
    limit = expiry(counts.times, counts.no[:, 0], counts.yes[:, 0])
    assert limit == pytest.approx(700.0)
    found = chosen(counts, expires=limit).best
    shown = found.value(counts)
    assert float(shown.share) == pytest.approx(0.3, abs=0.015)
    assert float(shown.silent) == pytest.approx(0.2, abs=0.04)
    assert float(shown.observed_share) < float(shown.share)
    assert float(shown.still_open(700.0)) == 0
    assert float(shown.yes_by(1e9) + shown.no_by(1e9)) == pytest.approx(1)


def test_no_expiry_is_seen_where_there_is_none() -> None:
    for seed in range(20):
        counts = drawn(np.random.default_rng(seed), 800)
        assert expiry(counts.times, counts.no[:, 0], counts.yes[:, 0]) == np.inf


def test_those_at_once_are_an_atom_of_the_law() -> None:
    counts = drawn(np.random.default_rng(5), 4000)
    with_atoms = Counts(counts.times, counts.yes, counts.no, counts.censored, counts.entered, np.array([1000.0]),
                        np.array([1000.0]), counts.from_start + 2000)  # fmt: skip
    shown = chosen(with_atoms).best.value(with_atoms)
    share = (1000 + 4000 * 0.3) / 6000
    assert float(shown.share) == pytest.approx(share, abs=0.02)
    assert float(shown.yes_at_once) == pytest.approx(1000 / (1000 + 4000 * 0.3), abs=0.02)
    assert float(shown.still_open(0.0)) == pytest.approx(4000 / 6000, abs=1e-6)
    law = shown.until_yes()
    assert law.law == "empirical"
    assert law.mean == pytest.approx(float(shown.mean_yes()), rel=1e-6)


def test_draws_cover_the_truth() -> None:
    """Of 120 small samples the 90 % intervals hold the truth in 0.9, give or take four standard errors (0.027)."""
    rng = np.random.default_rng(6)
    inside = np.zeros(3)
    for _ in range(120):
        counts = drawn(rng, 250, draws=100, seen=(0.0, 1500.0))
        found = fit(counts, ("lognormal", "gamma"))
        many = found.draws(counts)
        for n, (values, truth) in enumerate(((many.share, 0.3), (many.mean_yes(), 200), (many.mean_no(), 320))):
            low, high = np.quantile(values, [0.05, 0.95])
            inside[n] += low <= truth <= high
    assert np.all(inside / 120 > 0.9 - 0.11)
    assert np.all(inside / 120 <= 1)


def test_a_row_of_draws_is_a_mixture_of_its_own() -> None:
    counts = drawn(np.random.default_rng(7), 300, draws=5)
    many = fit(counts, ("lognormal", "gamma")).draws(counts)
    row = many.row(3)
    assert float(row.share) == many.share[3]
    assert np.shape(row.mean_yes()) == ()
    assert row.until_no().mean == pytest.approx(float(many.mean_no()[3]), rel=1e-6)
