"""Arrivals: rhythm, level, bursts, season and trend against series that are drawn from them."""

from datetime import timedelta

import numpy as np
import pytest

from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators import arrivals
from simulation.calibration.estimators.arrivals import MONTH_DAYS, ArrivalsModel
from simulation.calibration.estimators.weekly import _dispersion, season_and_trend
from simulation.calibration.records import Records
from tests.calibration.estimators.made import START, Way, made

WEEKDAYS = np.array([1.5, 1.2, 1.2, 1.2, 1.1, 0.5, 0.3])
HOURS = np.repeat([0.0, 2.0, 1.0, 0.0], [9, 5, 4, 6])


def leads(
    rng: np.random.Generator,
    days: int,
    per_day: float,
    cv: float = 0.0,
    memory: float = 0.0,
    season: np.ndarray | None = None,
    growth: float = 0.0,
    factors: np.ndarray | None = None,
) -> np.ndarray:
    """Hours of arrivals; weeks have gamma factors with memory, as in a scenario."""
    if factors is None:
        factors = bursts(rng, days, cv, memory)
    number = np.arange(days)
    rate = per_day * factors[number // 7] * WEEKDAYS[number % 7] * (1 + growth) ** ((number - days) / 365.25)
    if season is not None:
        rate *= season[[(START + timedelta(days=int(n))).month - 1 for n in number]]
    day = np.repeat(number, rng.poisson(rate))
    return day * 24 + rng.choice(24, len(day), p=HOURS / HOURS.sum()) + rng.random(len(day))


def bursts(rng: np.random.Generator, days: int, cv: float, memory: float) -> np.ndarray:
    weeks = days // 7 + 1
    if not cv:
        return np.ones(weeks)
    shape = cv**-2
    out = [rng.gamma(shape)]
    for _ in range(weeks - 1):
        kept = rng.beta(shape * memory, shape * (1 - memory)) * out[-1] if memory else 0.0
        out.append(kept + rng.gamma(shape * (1 - memory)))
    return np.array(out) / shape


def records(rng: np.random.Generator, created: np.ndarray, days: int) -> Records:
    return made(rng, len(created), (Way(0.3),), days=days, created=created, history=False).records


def estimated(seed: int, days: int, per_day: float, draws: int = 100, **more: object) -> arrivals.Estimate:
    rng = np.random.default_rng(seed)
    return arrivals.estimate(records(rng, leads(rng, days, per_day, **more), days), Resampling(seed=seed, draws=draws))


def test_level_and_rhythm_are_found_again() -> None:
    found = estimated(1, 364, 10.0).model
    assert isinstance(found, ArrivalsModel)
    site = found.channels["site"]
    cases = 3650 * WEEKDAYS / 7
    assert site.leads_per_month == pytest.approx(10 * MONTH_DAYS, rel=0.08)
    assert np.all(np.abs(site.weekdays - WEEKDAYS) < 4 * WEEKDAYS / cases**0.5)
    assert site.hours == pytest.approx(24 * HOURS / HOURS.sum(), abs=0.35)
    assert site.weekdays.mean() == pytest.approx(1)
    assert site.hours.mean() == pytest.approx(1)
    assert site.cv < 0.12
    assert found.timed


def test_bursts_with_memory_are_found_again() -> None:
    found = [estimated(seed, 728, 8.0, cv=0.4, memory=0.5).model.channels["site"] for seed in range(8)]
    assert np.mean([each.cv for each in found]) == pytest.approx(0.4, abs=0.06)
    assert np.mean([each.memory for each in found]) == pytest.approx(0.5, abs=0.15)


def test_intervals_cover_the_truth() -> None:
    """Of 50 half years and years with bursts the 90 % intervals hold level, bursts and weekdays nine times in ten."""
    inside: dict[str, list[bool]] = {"level": [], "cv": [], "weekdays": []}
    for seed in range(50):
        days = (182, 364)[seed % 2]
        figures = estimated(100 + seed, days, 3.0, cv=0.3, memory=0.4).figures
        truths = {"level": ("leads_per_month", 3 * MONTH_DAYS), "cv": ("bursts.cv", 0.3)}
        for name, (key, truth) in truths.items():
            low, high = figures[f"site.{key}"].interval
            inside[name].append(low <= truth <= high)
        for n in range(7):
            low, high = figures[f"site.weekdays.{n}"].interval
            inside["weekdays"].append(low <= WEEKDAYS[n] <= high)
    for name, hits in inside.items():
        assert np.mean(hits) > 0.9 - 3 * (0.09 / len(hits)) ** 0.5, name


def test_a_level_that_drifts_is_told_as_it_is_now_and_widely() -> None:
    """Steps of 4 % a week: the level at the end, and intervals half as wide again as those of a level that stays."""
    inside, wide, narrow = [], [], []
    for seed in range(20):
        rng = np.random.default_rng(300 + seed)
        steps = np.exp(np.cumsum(0.04 * rng.standard_normal(53)))
        drifting = records(rng, leads(rng, 364, 10.0, factors=steps), 364)
        found = arrivals.estimate(drifting, Resampling(draws=100)).figures["site.leads_per_month"]
        still = estimated(400 + seed, 364, 10.0).figures["site.leads_per_month"]
        truth = 10 * MONTH_DAYS * steps[51]
        inside.append(found.interval[0] <= truth <= found.interval[1])
        wide.append((found.interval[1] - found.interval[0]) / found.value)
        narrow.append((still.interval[1] - still.interval[0]) / still.value)
    assert np.mean(inside) > 0.9 - 3 * 0.067
    assert np.mean(wide) > 1.5 * np.mean(narrow)


def test_months_and_trend_only_where_the_records_are_long_enough() -> None:
    half = estimated(5, 182, 10.0)
    assert half.figures["site.trend_per_year"].kept is not None
    assert np.all(half.model.channels["site"].seasonality == 1)
    season = np.array([0.6, 0.8, 1, 1, 1.1, 1, 0.7, 0.7, 1.1, 1.3, 1.4, 1.3])
    long = estimated(6, 1092, 10.0, season=season, growth=0.25).model.channels["site"]
    assert long.seasonality == pytest.approx(season / season.mean(), abs=0.12)
    assert long.seasonality.mean() == pytest.approx(1)
    assert long.trend_per_year == pytest.approx(0.25, abs=0.1)


@pytest.mark.parametrize(("cv", "memory"), [(0.35, 0.5), (0.35, 0.0), (0.6, 0.3), (0.0, 0.0)])
def test_how_uneven_many_weeks_are_is_told_though_counting_hides_their_memory(cv: float, memory: float) -> None:
    """Means of many weeks of 27 leads vary 1 + 27 cv^2 (1 + m) / (1 - m) times as much as those of a Poisson law."""
    rng = np.random.default_rng(5)
    mean = np.full(4000, 27.0)
    counts = rng.poisson(27 * bursts(rng, 7 * len(mean) - 1, cv, memory)).astype(float)
    found, unsure = _dispersion(counts, mean, 1.0)
    truth = 1 + 27 * cv**2 * (1 + memory) / (1 - memory)
    assert abs(np.log(found / truth)) < 4 * max(unsure, 0.02)
    assert unsure < 0.15


@pytest.mark.slow
def test_the_trend_of_two_years_in_waves_is_covered() -> None:
    """Of 80 series intervals of 90 % hold the truth in 72; three standard errors are eight of them."""
    held = 0
    years = (np.arange(104) + 0.5) * 7 / 365.25 - 2
    months = np.eye(12)[((years * 365.25 + 731) // 30.5).astype(int) % 12]
    exposure = np.full(104, 7.0)
    for seed in range(80):
        rng = np.random.default_rng(seed)
        counts = rng.poisson(4 * exposure * 1.2**years * bursts(rng, 727, 0.35, 0.5)).astype(float)
        shape = season_and_trend(counts, exposure, months, years, 728, 200, rng)
        low, high = np.quantile(np.expm1(shape.trend_draws), [0.05, 0.95])
        held += low <= 0.2 <= high
    assert held >= 64


def test_a_season_that_is_not_there_is_not_found() -> None:
    inside = []
    for seed in range(6):
        figures = estimated(70 + seed, 728, 8.0, cv=0.3, memory=0.4).figures
        intervals = [figures[f"site.seasonality.{month + 1}"].interval for month in range(12)]
        inside += [low <= 1 <= high for low, high in intervals]
    assert np.mean(inside) > 0.8


def test_holidays_of_the_country_bring_less() -> None:
    rng = np.random.default_rng(8)
    hours = leads(rng, 364, 15.0)
    free = {(each - START).days for each in arrivals.public_holidays("RU", None, 2025, 2025)[0]}
    kept = ~np.isin((hours // 24).astype(int), list(free)) | (rng.random(len(hours)) < 0.2)
    found = arrivals.estimate(records(rng, hours[kept], 364), Resampling(draws=50), "RU")
    assert found.figures["site.holidays"].value == pytest.approx(0.2, abs=0.1)
    none = arrivals.estimate(records(rng, hours[kept], 364), Resampling(draws=50), "")
    assert "site.holidays" not in none.figures


def test_bursts_that_channels_share_are_found() -> None:
    rng = np.random.default_rng(9)
    common, own = bursts(rng, 728, 0.4, 0.3), [bursts(rng, 728, 0.4, 0.3) for _ in range(2)]
    for share, truth in ((0.0, 0.0), (1.0, 1.0)):
        hours = [leads(rng, 728, 8.0, factors=share * common + (1 - share) * each) for each in own]
        both = records(rng, np.concatenate(hours), 728)
        order = np.argsort(np.concatenate(hours), kind="stable")
        deals = both.deals.copy()
        deals["channel"] = np.repeat(["x", "y"], [len(each) for each in hours])[order]
        found = arrivals.estimate(Records(as_of=both.as_of, deals=deals), Resampling(draws=50))
        assert found.model.common == pytest.approx(truth, abs=0.25)


def test_dates_without_times_leave_the_hours_even() -> None:
    rng = np.random.default_rng(10)
    found = arrivals.estimate(records(rng, np.floor(leads(rng, 364, 5.0) / 24) * 24, 364), Resampling(draws=10))
    assert not found.model.timed
    assert np.all(found.model.channels["site"].hours == 1)
    assert [note.key for note in found.notes] == ["estimator-no-times"]


def test_a_few_weeks_are_too_few() -> None:
    found = estimated(11, 35, 5.0)
    assert found.model is None
    assert found.figures["leads_per_month"].kept is not None
