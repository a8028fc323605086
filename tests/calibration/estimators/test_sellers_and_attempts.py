"""Differences of sellers and what tries bring, each only where a test finds it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import attempts, sellers
from simulation.calibration.estimators.attempts import Tries
from simulation.calibration.records import Records, table
from tests.calibration.estimators.drawn import AS_OF

SMALL = Resampling(draws=30)


def closed(seed: int, sd: float, *, deals: int = 1200, newcomer: float = 0.0, given: float = 1.0) -> Records:
    """Deals of eight sellers whose log-odds have a standard deviation, who get unlike mixes of three channels.

    Three were hired in the year: their log-odds are lower by `newcomer` in the first half year, and the amounts of
    their leads are so many times those of others.
    """
    rng = np.random.default_rng(seed)
    owner = rng.integers(0, 8, deals)
    channel = np.where(rng.random(deals) < 0.5, owner % 3, rng.integers(0, 3, deals))
    created = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 330, deals), unit="D")
    hired = np.where(np.arange(8) < 3, np.datetime64("2024-12-01"), np.datetime64("2020-01-01")).astype("datetime64[s]")
    fresh = (owner < 3) & (created < pd.Timestamp("2025-06-01"))
    odds = np.array([-2.0, -1.0, 0.0])[channel] + rng.normal(0, sd, 8)[owner] - newcomer * fresh
    won = rng.random(deals) < 1 / (1 + np.exp(-odds))
    columns = {
        "deal": np.arange(deals),
        "created": created.to_numpy(),
        "closed": (created + pd.Timedelta(days=10)).to_numpy(),
        "status": np.where(won, "won", "lost").astype(object),
        "channel": np.array(["a", "b", "c"], object)[channel],
        "owner": owner,
        "amount": rng.lognormal(10, 1, deals) * np.where(fresh, given, 1.0),
    }
    people = table("staff", {"person": np.arange(8), "role": np.array(["seller"] * 8, object), "hired": hired})
    return Records(as_of=AS_OF, deals=table("deals", columns), staff=people)


def test_sellers_alike_are_seldom_said_to_differ_and_unlike_ones_mostly() -> None:
    def found(sd: float) -> int:
        count = 0
        for seed in range(30):
            deals = closed(seed, sd).deals
            won = np.asarray(deals["status"] == "won", np.float64)
            rng = np.random.default_rng(seed)
            told = sellers.differences(deals["owner"].to_numpy(), won, sellers.strata_of(deals), rng)
            count += told.found
        return count

    assert found(0.0) <= 4  # 1.5 expected at most
    assert found(0.6) >= 24


def test_the_estimate_of_the_difference_is_of_its_size_and_draws_follow() -> None:
    sds = [sellers.estimate(closed(seed, 0.6, deals=3000), SMALL).figures["log_odds_sd"] for seed in range(6)]
    known = [each for each in sds if each.kept is None]
    assert len(known) >= 5
    assert np.mean([each.value for each in known]) == pytest.approx(0.55, abs=0.2)
    assert all(each.draws is not None and each.draws.std() > 0 for each in known)


def test_no_evidence_keeps_the_default_and_says_how_much_may_hide() -> None:
    found = sellers.estimate(closed(1, 0.0), SMALL)
    assert found.figures["talent.sd"].kept is not None and not found.model.found
    assert found.notes[0].key == "people-sellers-alike" and 0 < found.model.at_most < 0.6
    few = sellers.estimate(closed(1, 0.0, deals=60), SMALL)
    assert few.model is None and few.notes[0].key == "people-sellers-few"


def test_a_ramp_is_told_only_where_leads_are_given_out_alike() -> None:
    def note(**how: float) -> str:
        return sellers.estimate(closed(2, 0.0, deals=4000, **how), SMALL).notes[-1].key

    assert note() == "people-ramp-none"
    assert note(newcomer=1.2) == "people-ramp-found"
    assert note(newcomer=1.2, given=0.4) == "people-ramp-assigned"


def test_one_probability_does_for_tries_that_do_not_change() -> None:
    rng = np.random.default_rng(3)

    def drawn(chance: np.ndarray) -> Tries:
        wins = rng.random((5000, len(chance))) < chance
        first = np.where(wins.any(axis=1), wins.argmax(axis=1) + 1, len(chance))
        return Tries(first, np.asarray(wins.any(axis=1), bool))

    even = attempts.reached_by(drawn(np.full(6, 0.25)))
    assert even.alike and even.probability == pytest.approx(0.25, abs=0.02) and even.most == 6
    assert even.within(6) == pytest.approx(1 - 0.75**6, abs=0.02)
    falling = attempts.reached_by(drawn(np.array([0.3, 0.2, 0.15, 0.1, 0.08, 0.05])))
    assert not falling.alike and falling.slope < 0
    np.testing.assert_allclose(falling.hazard, [0.3, 0.2, 0.15, 0.1, 0.08, 0.05], atol=0.03)


def test_daily_calls_give_the_share_reached_with_an_interval_wider_than_chance_alone() -> None:
    rng = np.random.default_rng(4)
    days = pd.date_range("2025-01-01", periods=120)
    rate = np.clip(rng.normal(0.2, 0.06, 120), 0.02, 0.5)  # some days more are at home
    made = rng.poisson(50, 120)
    reached = rng.binomial(made, rate)
    columns = {
        "person": np.zeros(120),
        "day": days.to_numpy(),
        "calls": made,
        "reached": reached,
        "leads": reached // 4,
    }
    found = attempts.estimate(Records(as_of=dt.date(2025, 6, 1), calls=table("calls", columns)), Resampling(draws=200))
    figure = found.figures["reach.probability"]
    low, high = figure.interval
    assert figure.value == pytest.approx(0.2, abs=0.02)
    assert high - low > 1.25 * 3.29 * np.sqrt(0.16 / made.sum())  # 1.46 expected
    assert found.figures["calls_per_day"].value == pytest.approx(50, rel=0.05)


def test_tries_are_read_from_a_log() -> None:
    rows = [(0, "Call", 1), (0, "call", 2), (0, "offer", 3), (1, "Звонок", 1), (2, "offer", 1)]
    at = [f"2025-01-0{day} 10:00:00" for _, _, day in rows]
    columns = {
        "case": np.array([case for case, _, _ in rows]),
        "activity": np.array([name for _, name, _ in rows], object),
        "started": pd.to_datetime(at).to_numpy(),
        "completed": pd.to_datetime(at).to_numpy(),
    }
    found = attempts.tries_of(Records(as_of=AS_OF, activities=table("activities", columns)))
    assert found is not None and found.tries.tolist() == [2, 1] and found.reached.tolist() == [True, False]
    kept = attempts.estimate(Records(as_of=AS_OF), SMALL)
    assert all(figure.kept is not None for figure in kept.figures.values())


def divided(roles: bool, sd: float = 0.0) -> Records:
    """Deals of two hunters, who own what is lost before the offer, and of four closers, whose log-odds may differ."""
    rng = np.random.default_rng(5)
    deals = 2000
    early = rng.random(deals) < 0.6
    owner = np.where(early, rng.integers(0, 2, deals), rng.integers(2, 6, deals))
    won = ~early & (rng.random(deals) < 1 / (1 + np.exp(-rng.normal(0, sd, 6)[owner])))
    created = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 330, deals), unit="D")
    columns = {
        "deal": np.arange(deals),
        "created": created.to_numpy(),
        "closed": (created + pd.Timedelta(days=10)).to_numpy(),
        "status": np.where(won, "won", "lost").astype(object),
        "channel": np.full(deals, "a", object),
        "owner": owner,
    }
    people = {"person": np.arange(6), "role": np.array(["hunter"] * 2 + ["closer"] * 4, object)}
    listed = {"staff": table("staff", people)} if roles else {}
    return Records(as_of=AS_OF, deals=table("deals", columns), **listed)


def test_those_who_hand_deals_on_are_not_taken_for_worse_sellers() -> None:
    untold = sellers.estimate(divided(roles=False), SMALL)
    assert untold.model.found and untold.figures["talent.sd"].kept.key == "people-sellers-hand-on"
    alike = sellers.estimate(divided(roles=True), SMALL)
    assert not alike.model.found and alike.figures["log_odds_sd"].cases == 4
    unlike = sellers.estimate(divided(roles=True, sd=0.8), SMALL)
    assert unlike.model.found and unlike.figures["log_odds_sd"].kept is None
    assert unlike.figures["log_odds_sd"].value == pytest.approx(
        0.8, abs=0.5
    )  # of four sellers, one standard error 0.28
