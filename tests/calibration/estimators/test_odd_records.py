"""Records as they should not be: every estimator says something finite of them, or that the default stays."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import amounts, arrivals, checks, pipeline, regime, stages
from simulation.calibration.records import Records
from tests.calibration.estimators.made import Way, made


def spoilt(rng: np.random.Generator, records: Records) -> Records:
    """Records with some of the faults of real ones."""
    deals, entries = records.deals.copy(), records.entries.copy()
    some = rng.random(len(deals)) < 0.15
    for fault in rng.choice(12, rng.integers(1, 4), replace=False):
        match fault:
            case 0:
                deals.loc[some, "created"] = pd.NaT
            case 1:
                deals.loc[some, "closed"] = deals.loc[some, "created"] - pd.Timedelta(days=3)
            case 2:
                deals["amount"] = rng.choice([0, -5, np.nan, 100.0], len(deals))
            case 3:
                for name in ("created", "closed"):
                    deals[name] = deals[name].dt.normalize()
                entries["entered"] = entries["entered"].dt.normalize()
            case 4:
                deals.loc[deals["status"] == "won", "status"] = "lost"
            case 5:
                deals.loc[deals["status"] == "lost", "status"] = "won"
            case 6:
                deals["status"], deals["closed"] = "open", pd.NaT
            case 7:
                entries = entries[entries["stage"] == "a"]
            case 8:
                deals["channel"] = rng.choice(["a", "b", "c", "", "x.y"], len(deals)).astype(object)
            case 9:
                records = replace(records, since=records.as_of - timedelta(days=int(rng.integers(1, 300))))
            case 10:
                deals["created"] = deals["created"].min()
            case 11:
                deals.loc[some, "closed"] = pd.NaT
    if rng.random() < 0.3:
        records = replace(records, stages=() if rng.random() < 0.5 else ("a", "b", "c", "nobody"))
    return replace(records, deals=deals, entries=entries)


def drawn(seed: int) -> Records:
    rng = np.random.default_rng(seed)
    times = (0.001, 5.0, 200.0, 3000.0)
    ways = [
        Way(
            float(rng.choice([0.02, 0.3, 0.6, 0.98])),
            float(rng.choice(times)),
            float(rng.choice(times)),
            float(rng.choice([0.01, 0.8, 2.0])),
            float(rng.choice([0.0, 0.4])),
            float(rng.choice([np.inf, 300.0])),
        )
        for _ in range(rng.integers(1, 4))
    ]
    channels = (("s", 0.8, 0.0), ("t", 0.2, 0.5)) if rng.random() < 0.5 else (("s", 1.0, 0.0),)
    deals, days = int(rng.choice([5, 45, 80, 300])), int(rng.choice([20, 90, 364, 800]))
    return spoilt(rng, made(rng, deals, ways, days=days, history=rng.random() < 0.7, channels=channels).records)


@pytest.mark.parametrize("seed", range(40))
def test_figures_are_finite_or_the_default_stays(seed: int) -> None:
    records, resampling = drawn(seed), Resampling(seed=seed, draws=(0, 1, 12)[seed % 3])
    known = stages.estimate(records, resampling)
    found = [
        known,
        arrivals.estimate(records, resampling, "RU"),
        amounts.estimate(records, resampling),
        pipeline.estimate(records, resampling, known),
        regime.estimate(records, resampling),
    ]
    checks.checks(found, resampling)
    for each in found:
        for key, figure in each.figures.items():
            assert figure.kept is not None or np.isfinite(figure.value), key
            if figure.draws is not None:
                assert np.all(np.isfinite(figure.draws)), key
                if key.endswith(".share"):
                    assert np.all((figure.draws >= 0) & (figure.draws <= 1)), key


def test_deals_that_all_end_at_the_same_age_are_fitted() -> None:
    """The age at which they end is the one at which they expire: no end is seen before it."""
    drawn = made(np.random.default_rng(3), 80, (Way(0.4),), days=90, history=False).records
    deals = drawn.deals.assign(created=drawn.deals["created"].dt.normalize())
    deals = deals.assign(
        closed=deals["created"] + pd.Timedelta(days=31),
        status=np.where(np.arange(len(deals)) % 3, "lost", "won"),
    )
    records = replace(drawn, deals=deals, as_of=drawn.as_of + timedelta(days=60))
    found = stages.estimate(records, Resampling(draws=5))
    assert all(each.kept is not None or np.isfinite(each.value) for each in found.figures.values())
