"""Is it one regime: a stable year is not called broken, a step of a third is found and dated."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import regime
from simulation.calibration.estimators.regime import RegimeModel, by_cohort
from simulation.calibration.estimators.spells import spells
from simulation.calibration.exporting import records_of
from simulation.calibration.exporting.faults import planted
from simulation.texts import texts
from simulation.validation.recovery.kinds import KINDS
from tests.calibration.estimators.made import Way, made

WAYS = (Way(0.7, 100, 60), Way(0.5, 200, 300))
CHANNELS = (("site", 0.6, 0.0), ("referral", 0.4, 0.4))
HALF = 182 * 24.0


def judged(seed: int, deals: int = 1500, **more: object) -> RegimeModel:
    drawn = made(np.random.default_rng(seed), deals, WAYS, channels=CHANNELS, **more)
    model = regime.estimate(drawn.records, Resampling(seed=seed, draws=20)).model
    assert isinstance(model, RegimeModel)
    return model


def test_a_stable_year_is_not_called_broken() -> None:
    """In 5 % of years at most; of 40 that is 2, and 7 would be four standard errors more."""
    verdicts = [judged(seed).verdict for seed in range(40)]
    assert verdicts.count("broken") <= 5
    assert verdicts.count("stable") >= 33


def test_a_third_less_conversion_is_found_and_dated() -> None:
    found = [
        judged(100 + seed, 3000, shift=(HALF, -0.5)) for seed in range(15)
    ]  # the share won falls from 0.39 to 0.26
    broken = [each for each in found if each.verdict == "broken"]
    assert np.mean([each.verdict != "stable" for each in found]) >= 0.8
    assert len(broken) >= 9
    assert all(each.subject == "conversion" for each in broken)
    days = [abs((each.day - date(2025, 7, 7)).days) for each in broken if each.day]
    assert np.median(days) <= 35


def test_a_third_fewer_leads_are_found_and_dated() -> None:
    rng = np.random.default_rng(7)
    found = []
    for seed in range(15):
        first = rng.random(1500) < 0.6
        created = np.where(first, rng.uniform(0, HALF, 1500), rng.uniform(HALF, 2 * HALF, 1500))
        found.append(judged(200 + seed, 1500, created=created))
    broken = [each for each in found if each.verdict == "broken" and each.subject == "arrivals"]
    assert len(broken) >= 12
    assert np.median([abs((each.day - date(2025, 7, 7)).days) for each in broken if each.day]) <= 28


def test_a_fit_after_the_break_begins_there() -> None:
    model = judged(301, 4000, shift=(HALF, -0.7))
    assert model.verdict == "broken"
    drawn = made(np.random.default_rng(301), 4000, WAYS, channels=CHANNELS, shift=(HALF, -0.7)).records
    after = replace(drawn, since=model.day)
    again = regime.estimate(after, Resampling(draws=10)).model
    assert again.verdict != "broken" or again.day > model.day


def test_amounts_that_double_are_noticed() -> None:
    drawn = made(np.random.default_rng(8), 1500, WAYS, channels=CHANNELS).records
    deals = drawn.deals.copy()
    deals.loc[deals["closed"] >= "2025-07-07", "amount"] *= 1.6
    found = regime.estimate(replace(drawn, deals=deals), Resampling(draws=10))
    assert found.model.verdict == "broken"
    assert found.model.subject == "amounts"
    assert found.notes[0].key == "estimator-regime-broken" and "(all together)" in str(found.notes[0])
    day = found.model.day
    assert str(day) not in texts("ru").again(found.notes[0]) and str(day.year) in texts("ru").again(found.notes[0])
    factor = next(each.factor for each in found.model.findings if each.subject == "amounts")
    assert factor == pytest.approx(1.6, rel=0.15)


def test_a_pace_that_changes_is_noticed() -> None:
    quick, slow = (
        made(np.random.default_rng(9), 3000, (Way(0.4, days, days),), history=False).records for days in (150, 320)
    )
    deals = quick.deals.copy()
    later = quick.deals["created"] >= "2025-07-07"
    deals[later] = slow.deals[later]
    found = regime.estimate(replace(quick, deals=deals), Resampling(draws=10)).model
    assert found.verdict != "stable"
    assert found.subject == "clocks"


def test_cohorts_are_those_fully_observed() -> None:
    drawn = made(np.random.default_rng(10), 4000, (Way(0.4, 100, 200),), history=False)
    table, p = by_cohort(drawn.records)
    assert len(table) == 11
    assert table["share"].mean() == pytest.approx(0.4, abs=0.04)
    assert p > 0.01
    falling = made(np.random.default_rng(11), 4000, (Way(0.4, 100, 200),), history=False, shift=(HALF, -0.6))
    assert by_cohort(falling.records)[1] < 0.001


def test_records_without_anything_are_stable() -> None:
    drawn = made(np.random.default_rng(12), 10, (Way(0.4),), history=False)
    found = regime.estimate(drawn.records, Resampling(draws=5))
    assert found.model.verdict == "stable"
    assert found.model.findings == ()
    assert found.notes[0].key == "estimator-regime-untold"  # and not that nothing has changed


def test_deals_that_closed_before_they_were_created_change_nothing_that_is_said() -> None:
    """As a reader leaves them out, so do the series of clocks and decisions; each series has its own luck."""
    known = records_of(KINDS["two_channels"].scenario, "universal", 3)
    typed_in_late = planted(known, ["closed-first"]).records
    late = typed_in_late.deals["closed"] < typed_in_late.deals["created"]
    assert late.sum() > 20
    clean, found = (regime.estimate(each, Resampling(draws=20)).model for each in (known, typed_in_late))
    assert clean.verdict == found.verdict == "stable"
    assert found.p["arrivals"] == pytest.approx(clean.p["arrivals"], abs=0.02)
    assert (spells(typed_in_late, whole=True).age > 0).mean() == pytest.approx((spells(known, True).age > 0).mean())
