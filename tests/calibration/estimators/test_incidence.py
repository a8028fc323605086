"""Aalen–Johansen: by hand, against counting, with ties and with delayed entry."""

import numpy as np
import pytest

from simulation.calibration.estimators.incidence import Incidence, aalen_johansen


def found(age: list[float], end: list[int], entry: list[float] | None = None) -> Incidence:
    times = np.unique([*age, *(entry or [])])

    def column(values: list[float]) -> np.ndarray:
        return np.bincount(np.searchsorted(times, values), minlength=len(times)).astype(float)[:, None]

    kinds = [[a for a, e in zip(age, end, strict=True) if e == kind] for kind in (1, 2, 0)]
    late = [each for each in entry or [] if each > 0]
    return aalen_johansen(times, *(column(kind) for kind in kinds), column(late))


def test_a_small_case_by_hand() -> None:
    # 5 at risk: yes at 1; censored at 2; no at 3 of 3 at risk; yes at 4 of 2; open at 5
    shown = found([1, 2, 3, 4, 5], [1, 0, 2, 1, 0])
    assert shown.open[:, 0] == pytest.approx([0.8, 0.8, 0.8 * 2 / 3, 0.8 / 3, 0.8 / 3])
    assert shown.yes[:, 0] == pytest.approx([0.2, 0.2, 0.2, 0.2 + 0.8 / 3, 0.2 + 0.8 / 3])
    assert shown.no[:, 0] == pytest.approx([0, 0, 0.8 / 3, 0.8 / 3, 0.8 / 3])


def test_a_yes_a_no_and_a_cut_at_one_moment_share_those_at_risk() -> None:
    shown = found([2, 2, 2, 3], [1, 2, 0, 1])
    assert shown.yes[:, 0] == pytest.approx([0.25, 0.25 + 0.5])
    assert shown.no[:, 0] == pytest.approx([0.25, 0.25])


def test_without_censoring_it_counts() -> None:
    rng = np.random.default_rng(1)
    age = np.round(rng.exponential(5, 300), 1).tolist()
    end = rng.integers(1, 3, 300).tolist()
    shown = found(age, end)
    assert shown.yes[-1, 0] == pytest.approx(end.count(1) / 300)
    assert shown.no[-1, 0] == pytest.approx(end.count(2) / 300)
    assert shown.open[-1, 0] == pytest.approx(0, abs=1e-12)


def test_who_enters_late_is_not_at_risk_before() -> None:
    # the second comes at age 2: alone at risk at 1 is the first
    shown = found([1, 4, 5], [0, 1, 2], [0, 2, 0])
    assert shown.yes[:, 0] == pytest.approx([0, 0, 0, 0.5, 0.5])
    assert shown.no[-1, 0] == pytest.approx(0.5)


def test_delayed_entry_takes_the_length_bias_out() -> None:
    rng = np.random.default_rng(2)
    n = 40_000
    yes = rng.random(n) < 0.4
    age = np.where(yes, rng.exponential(10, n), rng.exponential(30, n))
    entry = rng.uniform(0, 30, n) * (rng.random(n) < 0.7)
    seen = age > entry
    biased = yes[seen].mean()
    shown = found(age[seen].tolist(), np.where(yes[seen], 1, 2).tolist(), entry[seen].tolist())
    assert abs(biased - 0.4) > 0.05
    assert shown.yes[-1, 0] == pytest.approx(0.4, abs=4 * 0.005)


def test_incidence_at_an_age_counts_what_ended_then() -> None:
    shown = found([1, 2], [1, 2])
    yes, no, still = shown.at(np.array([0.5, 1.0, 1.5, 9.0]))
    assert yes[:, 0].tolist() == [0, 0.5, 0.5, 0.5]
    assert no[:, 0] == pytest.approx([0, 0, 0, 0.5])
    assert still[:, 0] == pytest.approx([1, 0.5, 0.5, 0])
