"""Amounts: law, heaps, channels, drift, coverage."""

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import amounts
from simulation.calibration.records import Records
from tests.calibration.estimators.made import Way, made


def with_amounts(seed: int, deals: int, make: object = None, days: int = 364, **more: object) -> Records:
    drawn = made(np.random.default_rng(seed), deals, (Way(0.5, 50, 50),), days=days, history=False, **more).records
    if make is None:
        return drawn
    table = drawn.deals.copy()
    table["amount"] = make(table, np.random.default_rng(seed + 1))
    return Records(as_of=drawn.as_of, deals=table)


def test_a_lognormal_law_is_found_again() -> None:
    found = amounts.estimate(with_amounts(1, 4000), Resampling(draws=50))
    assert found.model.lognormal
    assert found.figures["amount.mean"].value == pytest.approx(np.exp(10 + 0.32), rel=0.09)
    assert found.figures["amount.cv"].value == pytest.approx(np.sqrt(np.exp(0.64) - 1), rel=0.15)
    assert found.model.distribution().mean == found.figures["amount.mean"].value


def test_intervals_cover_the_mean() -> None:
    inside = []
    for seed in range(60):
        low, high = (
            amounts.estimate(with_amounts(200 + seed, 500), Resampling(draws=100)).figures["amount.mean"].interval
        )
        inside.append(low <= np.exp(10.32) <= high)
    assert np.mean(inside) > 0.9 - 3 * 0.039


def test_heaps_stay_heaps() -> None:
    def heaped(table, rng):  # type: ignore[no-untyped-def]
        return np.where(
            rng.random(len(table)) < 0.5,
            rng.choice([1000.0, 5000.0], len(table)),
            np.round(rng.lognormal(8, 1, len(table))),
        )

    model = amounts.estimate(with_amounts(2, 3000, heaped), Resampling(draws=5)).model
    law = model.distribution()
    assert not model.lognormal
    assert model.heaped == pytest.approx(0.5, abs=0.04)
    shares = np.array(law.weights) / sum(law.weights)
    assert shares[list(law.values).index(5000.0)] == pytest.approx(0.25, abs=0.03)
    assert law.mean == pytest.approx(model.mean, rel=1e-6)


def test_channels_differ_where_they_do() -> None:
    def twice(table, rng):  # type: ignore[no-untyped-def]
        return rng.lognormal(8, 0.5, len(table)) * np.where(table["channel"] == "fair", 2.0, 1.0)

    channels = (("site", 0.7, 0.0), ("fair", 0.2, 0.0), ("shop", 0.1, 0.0))
    figures = amounts.estimate(with_amounts(3, 2500, twice, channels=channels), Resampling(draws=50)).figures
    ratio = figures["amount.fair.factor"].value / figures["amount.site.factor"].value
    assert ratio == pytest.approx(2, rel=0.1)
    alike = amounts.estimate(with_amounts(4, 2500, channels=channels), Resampling(draws=50)).figures
    assert alike["amount.fair.factor"].value == pytest.approx(1, abs=0.06)


def test_drift_is_told_only_where_it_is_there() -> None:
    def growing(table, rng):  # type: ignore[no-untyped-def]
        years = (table["created"] - table["created"].min()).dt.days / 365.25
        return rng.lognormal(8, 0.5, len(table)) * 1.3**years

    found = amounts.estimate(with_amounts(5, 3000, growing, days=728), Resampling(draws=50)).figures["amount.drift"]
    assert found.value == pytest.approx(0.3, abs=0.07)
    assert amounts.estimate(with_amounts(6, 3000, days=728), Resampling(draws=50)).figures["amount.drift"].value == 0


def test_too_few_amounts_leave_the_default() -> None:
    found = amounts.estimate(with_amounts(7, 60), Resampling(draws=5))
    assert found.model is None
    assert found.figures["amount.mean"].kept is not None


def test_amounts_of_before_the_records_do_not_count() -> None:
    drawn = with_amounts(8, 2000)
    late = Records(as_of=drawn.as_of, since=drawn.as_of.replace(month=7, year=2025), deals=drawn.deals)
    whole, part = (amounts.estimate(each, Resampling(draws=2)).figures["amount.mean"].cases for each in (drawn, late))
    assert part < 0.6 * whole
