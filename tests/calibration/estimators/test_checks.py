"""Predictive checks: what fits passes, what does not is named."""

from dataclasses import replace

import numpy as np

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import amounts, arrivals, stages
from simulation.calibration.estimators.checks import checks
from tests.calibration.estimators.made import Way, made
from tests.calibration.estimators.test_arrivals import estimated

WAYS = (Way(0.7, 100, 60), Way(0.5, 200, 300))


def test_fits_of_what_they_were_drawn_from_pass() -> None:
    shown = []
    for seed in range(5):
        records = made(np.random.default_rng(seed), 1500, WAYS).records
        fits = [each.estimate(records, Resampling(draws=50)) for each in (stages, arrivals, amounts)]
        shown += checks(fits, Resampling(draws=50))
    assert np.mean([each.good for each in shown]) > 0.93
    assert {each.what for each in shown} == {"weeks.dispersion", "open.by_age", "clock.yes", "clock.no", "amounts"}


def test_weeks_with_bursts_pass_with_bursts_and_fail_without() -> None:
    found = estimated(1, 364, 8.0, cv=0.5, memory=0.3)
    shown = checks([found], Resampling(draws=50))[0]
    assert shown.good
    assert shown.observed > 5
    site = found.model.channels["site"]
    even = replace(site, cv_draws=np.zeros(100), levels=replace(site.levels, step=0.0))
    blind = replace(found, model=replace(found.model, channels={"site": even}))
    assert not checks([blind], Resampling(draws=50))[0].good


def test_clocks_that_are_no_such_law_are_named() -> None:
    rng = np.random.default_rng(2)
    drawn = made(rng, 3000, (Way(0.5, 200, 200),), history=False)
    deals = drawn.records.deals.copy()
    won = (deals["status"] == "won") & (deals["closed"] > deals["created"])
    two = np.where(rng.random(len(deals)) < 0.5, 10.0, 700.0) * np.exp(0.1 * rng.standard_normal(len(deals)))
    deals.loc[won, "closed"] = (deals["created"] + (two * 3600).astype("timedelta64[s]"))[won]
    kept = ~(deals["closed"] >= np.datetime64(drawn.records.as_of))
    deals = deals[kept].reset_index(drop=True)
    deals["deal"] = np.arange(len(deals))
    found = stages.estimate(replace(drawn.records, deals=deals), Resampling(draws=10))
    bad = {each.what for each in checks([found], Resampling(draws=10)) if not each.good}
    assert "clock.yes" in bad
