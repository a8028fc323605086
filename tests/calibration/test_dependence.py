"""What belongs together is resampled together, an expiry that nights spread is found, and clocks keep their means."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import resampled, stages
from simulation.calibration.estimators.counting import expiry
from simulation.calibration.records import Records, table

RNG = np.random.default_rng(5)


def deals(owner: object, days: object, **more: object) -> Records:
    created = np.datetime64("2025-01-01") + np.asarray(days, "timedelta64[D]")
    return Records(date(2026, 1, 1), deals=table("deals", {"created": created, "owner": owner, **more}))


def test_deals_of_one_owner_and_month_stand_together() -> None:
    days, owner = np.repeat(np.arange(360), 2), np.tile([0, 1, 2, 3], 180)
    cluster = resampled.together(deals(owner, days))
    months = pd.Series(np.datetime64("2025-01-01") + days.astype("timedelta64[D]")).dt.to_period("M")
    for number in range(cluster.max() + 1):
        assert len(set(owner[cluster == number])) == 1
        assert months[cluster == number].nunique() == 1
    weights = resampled.deals(Resampling(1, 5), deals(owner, days))
    for draw in weights.T:
        assert all(len(set(draw[cluster == number])) == 1 for number in range(cluster.max() + 1))


def test_weeks_stand_for_owners_that_nobody_names_and_single_deals_for_too_few_weeks() -> None:
    nobody = np.full(720, -1)
    assert resampled.together(deals(nobody, np.repeat(np.arange(360), 2))).max() + 1 == pytest.approx(52, abs=2)
    one = resampled.together(deals(np.zeros(720), np.repeat(np.arange(360), 2)))
    assert one.max() + 1 == pytest.approx(52, abs=2), "months of a single owner would be too few"
    assert (resampled.together(deals(np.zeros(60), np.repeat(np.arange(30), 2))) == np.arange(60)).all()


def test_an_expiry_is_found_beside_days_on_which_many_answers_come() -> None:
    """Who came at an opening and hears no at an opening was there for whole weeks: not only heaps are looked at."""
    rng = np.random.default_rng(4)
    hours = np.concatenate([rng.exponential(15 * 24, 700), np.repeat([168.0, 336.0, 504.0], 40)])
    hours = hours[hours < 60 * 24]
    closed = 60 * 24 + rng.exponential(20, 200)
    times, cell = np.unique(np.round(np.concatenate([[0.0], hours, closed]), 1), return_inverse=True)
    no = np.bincount(cell[1:], minlength=len(times)).astype(float)
    assert no.max() > 0.02 * no.sum()
    assert 60 * 24 - 6 <= expiry(times, no, np.zeros(len(times))) <= 60 * 24 + 3
    without = np.bincount(cell[1 : 1 + len(hours)], minlength=len(times)).astype(float)
    assert expiry(times, without, np.zeros(len(times))) == np.inf


def test_an_expiry_counted_from_the_last_work_is_found_at_its_beginning() -> None:
    """Robots close 60 days after the work, and the work waits for nights and week-ends: a heap of three days."""
    rng = np.random.default_rng(2)
    waits = np.where(rng.random(120) < 0.7, rng.uniform(0.1, 20, 120), rng.uniform(20, 68, 120))
    said, yes = rng.lognormal(4.7, 0.9, 300), rng.lognormal(5.4, 0.6, 500)
    ages = np.concatenate([60 * 24 + waits, np.minimum(said, 1200), yes])
    times, cell = np.unique(ages, return_inverse=True)
    no = np.bincount(cell[:420], minlength=len(times)).astype(float)
    ended = np.bincount(cell[420:], minlength=len(times)).astype(float)
    assert 60 * 24 <= expiry(times, no, ended) <= 60 * 24 + 3
    assert expiry(times, np.bincount(cell[120:420], minlength=len(times)).astype(float), ended) == np.inf


def test_a_clock_that_no_law_fits_has_the_mean_that_it_shows() -> None:
    """Answers within minutes in office hours, after a night otherwise: the mean of the draws is that of the records."""
    rng = np.random.default_rng(3)
    gaps = np.where(rng.random(800) < 0.8, rng.uniform(0.1, 1.0, 800), rng.uniform(15, 60, 800))
    days = rng.uniform(0, 300, 800)
    created = np.datetime64("2025-01-01", "s") + (days * 86400).astype("timedelta64[s]")
    won = rng.random(800) < 0.6
    status = np.where(won, "won", "lost").astype(object)
    made = Records(
        date(2026, 1, 1),
        deals=table(
            "deals",
            {
                "deal": np.arange(800),
                "created": created,
                "closed": created + (gaps * 3600).astype("timedelta64[s]"),
                "status": status,
                "channel": np.full(800, "site", object),
            },
        ),
    )
    found = stages.estimate(made, Resampling(1, 60)).figures["deal.gap_yes.mean"]
    assert found.value == pytest.approx(gaps[won].mean(), rel=0.01)
    low, high = found.interval
    assert low < gaps[won].mean() < high
    assert high - low == pytest.approx(2 * 1.645 * gaps[won].std() / won.sum() ** 0.5, rel=0.4)


def test_a_mean_of_few_and_uneven_answers_is_not_told() -> None:
    """Fifty answers within minutes, but for five after two days: their mean may be twice or half of what it was."""
    rng = np.random.default_rng(4)
    won = np.arange(350) < 300
    gaps = np.where(won, rng.uniform(20, 60, 350), rng.uniform(0.05, 0.2, 350))
    gaps[-5:] = 48.0
    created = np.datetime64("2025-01-01", "s") + (rng.uniform(0, 300, 350) * 86400).astype("timedelta64[s]")
    closed = created + (gaps * 3600).astype("timedelta64[s]")
    columns = {"deal": np.arange(350), "created": created, "closed": closed, "channel": np.full(350, "site", object)}
    status = np.where(won, "won", "lost").astype(object)
    found = stages.estimate(
        Records(date(2026, 1, 1), deals=table("deals", {**columns, "status": status})), Resampling(1, 20)
    )
    assert found.figures["deal.gap_yes.mean"].kept is None
    assert found.figures["deal.gap_no.mean"].kept is not None
    assert found.figures["deal.gap_no.mean"].value == pytest.approx(gaps[~won].mean(), rel=0.2), "the value is there"
