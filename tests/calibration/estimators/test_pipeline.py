"""The open pipeline: chances by age and stage against formulas and against what became of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import pipeline, stages
from simulation.calibration.estimators.pipeline import PipelineModel, _convolved
from tests.calibration.estimators.made import Way, made

WAYS = (Way(0.6, 150, 150), Way(0.5, 300, 300))
DAYS = 300


def test_a_memoryless_stage_is_worth_the_same_at_every_age() -> None:
    """With both clocks exponential and alike, an open deal of any age is won with the share of the stage."""
    rng = np.random.default_rng(1)
    drawn = made(rng, 4000, (Way(0.4, 400, 400, sigma=1e-9),), history=False, days=DAYS)
    deals = drawn.records.deals.copy()
    took = rng.exponential(400, len(deals))
    created = (deals["created"] - np.datetime64("2025-01-06")) / np.timedelta64(1, "h")
    end = created + took
    shut = end < DAYS * 24
    deals["closed"] = deals["created"] + (took * 3600).astype("timedelta64[s]")
    deals.loc[~shut, "closed"] = np.datetime64("NaT", "s")
    deals["status"] = np.where(shut, np.where(rng.random(len(deals)) < 0.4, "won", "lost"), "open")
    records = type(drawn.records)(as_of=drawn.records.as_of, deals=deals)
    found = pipeline.estimate(records, Resampling(draws=20)).model
    assert isinstance(found, PipelineModel)
    young, old = found.deals.age < 200, found.deals.age > 600
    assert found.deals.chance[young].mean() == pytest.approx(0.4, abs=0.03)
    assert found.deals.chance[old].mean() == pytest.approx(0.4, abs=0.1)


def test_old_deals_are_worth_less_where_the_yes_is_quick() -> None:
    drawn = made(np.random.default_rng(2), 4000, (Way(0.5, 100, 900),), history=False, days=DAYS)
    found = pipeline.estimate(drawn.records, Resampling(draws=5)).model
    assert found.deals.chance[found.deals.age < 50].mean() > 0.35
    assert found.deals.chance[found.deals.age > 500].mean() < 0.03


def test_wins_by_week_are_those_that_come() -> None:
    """Over 20 years the wins of the first eight weeks come to what was told, and the intervals hold nine in ten."""
    told, came, inside = [], [], []
    for seed in range(20):
        drawn = made(np.random.default_rng(50 + seed), 1200, WAYS, days=DAYS, channels=(("x", 0.7, 0), ("y", 0.3, 0.5)))
        found = pipeline.estimate(drawn.records, Resampling(seed=seed, draws=100))
        weeks = (drawn.end - DAYS * 24) / 168
        won = int((drawn.won & (weeks >= 0) & (weeks < 8)).sum())
        low, high = found.figures["open.wins.8_weeks"].interval
        told.append(found.model.expected[:8].sum())
        came.append(won)
        inside.append(low <= won <= high)
    assert sum(told) == pytest.approx(sum(came), rel=4 / sum(came) ** 0.5)
    assert np.mean(inside) > 0.9 - 3 * 0.067


def test_parts_add_up() -> None:
    drawn = made(np.random.default_rng(3), 1500, WAYS, days=DAYS, channels=(("x", 0.7, 0), ("y", 0.3, 0.5)))
    known = stages.estimate(drawn.records, Resampling(draws=10))
    found = pipeline.estimate(drawn.records, Resampling(draws=10), known).model
    count = int((drawn.records.deals["status"] == "open").sum())
    assert len(found.deals.deal) == count
    assert sum(found.by_channel.values()) == pytest.approx(found.expected)
    assert found.expected.sum() == pytest.approx(found.deals.chance.sum(), rel=0.01)  # ages are rounded to days
    assert np.all(np.diff(found.open_left) <= 1e-9)
    assert found.draws.sum(1).max() <= count
    assert found.draws.shape == (10, pipeline.WEEKS)


def test_times_of_two_stages_add_up() -> None:
    """Two uniform times of 1 to 10 days: within t as often as their sum is, to half a day."""
    days = 30
    one = np.zeros((days + 1, 1))
    one[1:11, 0] = 0.1
    onward = np.cumsum(one, axis=0)
    shown = _convolved(one, onward)[:, 0]
    rng = np.random.default_rng(4)
    together = rng.uniform(0, 10, 200_000) + rng.uniform(0, 10, 200_000)
    assert shown == pytest.approx([(together <= t).mean() for t in range(days + 1)], abs=0.01)


def test_no_open_deals_is_no_pipeline() -> None:
    drawn = made(np.random.default_rng(5), 400, (Way(0.4),), history=False).records
    deals = drawn.deals[drawn.deals["status"] != "open"].reset_index(drop=True)
    deals["deal"] = np.arange(len(deals))
    found = pipeline.estimate(type(drawn)(as_of=drawn.as_of, deals=deals), Resampling(draws=5))
    assert found.figures["open.count"].value == 0
    assert found.model.expected.sum() == 0


def test_whoever_expires_is_gone() -> None:
    """Deals expire after 400 h, and over the night until the next opening: after a month none of today's is open."""
    rng = np.random.default_rng(6)
    drawn = made(rng, 2500, (Way(0.4, 80, 80, silent=0.5, expires=400.0),), history=False, days=DAYS)
    deals = drawn.records.deals.copy()
    took = (deals["closed"] - deals["created"]) / np.timedelta64(1, "h")
    expired = took > 399
    late = (rng.uniform(0, 60, len(deals)) * 3600).astype("timedelta64[s]")
    deals.loc[expired, "closed"] = (deals["closed"] + late)[expired]
    still = ~(deals["closed"] < np.datetime64(drawn.records.as_of))
    deals.loc[still, "status"] = "open"
    deals.loc[still, "closed"] = np.datetime64("NaT", "s")
    found = pipeline.estimate(type(drawn.records)(as_of=drawn.records.as_of, deals=deals), Resampling(draws=5)).model
    assert len(found.deals.deal) > 50
    assert found.open_left[0] > 5
    assert found.open_left[3] < 0.01 * len(found.deals.deal)


def test_pipelines_do_not_lead_into_one_another() -> None:
    """Two ways of selling in one file bring what each brings by itself."""
    one, two = (made(np.random.default_rng(seed), 900, WAYS, days=DAYS).records for seed in (7, 8))
    number = len(one.deals)
    deals = pd.concat([one.deals.assign(pipeline="p"), two.deals.assign(deal=two.deals["deal"] + number, pipeline="q")])
    renamed = two.entries.assign(
        deal=two.entries["deal"] + number, pipeline="q", stage=two.entries["stage"].map({"a": "x", "b": "y"})
    )
    entries = pd.concat([one.entries.assign(pipeline="p"), renamed], ignore_index=True)
    both = replace(one, deals=deals.reset_index(drop=True), entries=entries, stages=("a", "x", "b", "y"))
    apart = [pipeline.estimate(each, Resampling(draws=0)).model.expected.sum() for each in (one, two)]
    known = stages.estimate(both, Resampling(draws=0))
    assert known.model.pipelines == (("a", "b"), ("x", "y"))
    assert pipeline.estimate(both, Resampling(draws=0), known).model.expected.sum() == pytest.approx(
        sum(apart), rel=0.02
    )


def test_a_convolution_adds_up_what_each_day_passes_on() -> None:
    rng = np.random.default_rng(1)
    yes, onward = rng.random((9, 3)), np.cumsum(rng.random((9, 3)), axis=0)
    half = np.vstack([(onward[1:] + onward[:-1]) / 2, onward[-1:]])
    for day in range(9):
        by_hand = yes[0] * onward[day] + sum(yes[k] * half[day - k] for k in range(1, day + 1))
        assert _convolved(yes, onward)[day] == pytest.approx(by_hand)
