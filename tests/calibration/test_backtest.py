"""Forecasts at earlier dates: what is visible and counted, what rules without a model say, how far to trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

import simulation
from simulation.calibration.assemble import assemble
from simulation.calibration.backtest import (
    Split,
    backtested,
    by_luck,
    judged_by,
    not_worse,
    split_days,
    total,
    trusted,
    weeks_of,
)
from simulation.calibration.baselines import Baseline, by_age, last_weeks, weekly
from simulation.calibration.estimates import Figure, Resampling
from simulation.calibration.estimators.spells import first_day
from simulation.calibration.exporting import SimulatedYear
from simulation.calibration.exporting.made import recorded
from simulation.calibration.facts import Facts, PeopleFacts
from simulation.calibration.forecast import Weeks, came, counted, months_of, openings, simulated
from simulation.calibration.records import Records, days_between, table
from simulation.texts import texts
from simulation.validation.forecasts import steady
from tests.calibration.made_up import facts, figure


def at(*days: float) -> np.ndarray:
    """Moments so many days after the first of January 2025; NaN: none."""
    base = np.datetime64("2025-01-01", "s")
    return np.array([base + np.timedelta64(int(86400 * d), "s") if d == d else np.datetime64("NaT", "s") for d in days])


def records(created: list[float], closed: list[float], status: list[str], until: date, **more: object) -> Records:
    """Deals of one channel and stage."""
    deals = table(
        "deals",
        {
            "deal": np.arange(len(created)),
            "created": at(*created),
            "closed": at(*closed),
            "status": np.array(status, object),
            "stage": np.array(["Talk"] * len(created), object),
            "channel": np.array(["site"] * len(created), object),
            "amount": np.full(len(created), 100.0),
        },
    )
    return Records(as_of=until, deals=deals, stages=("Talk",), **more)  # type: ignore[arg-type]


def test_weeks_count_back_from_a_day() -> None:
    moments = pd.Series(at(0, 6.9, 7, 13.9, 14, 20, 21))
    assert weekly(moments, pd.Timestamp("2025-01-22"), 3).tolist() == [2, 2, 2]
    assert weekly(moments, pd.Timestamp("2025-01-22"), 2).tolist() == [2, 2]


def test_what_came_is_counted_after_the_split_and_before_the_end() -> None:
    known = records(
        [0, 0, 40, 41, 50, 0, 60],
        [30, 31, 45, float("nan"), 80, 38, float("nan")],
        ["won", "won", "won", "open", "won", "lost", "open"],
        date(2025, 6, 1),
    )
    found = came(known, pd.Timestamp("2025-02-01"), 2)  # days 31 ... 45
    assert found.wins.tolist() == [[1, 0]] and found.open_wins.tolist() == [[1, 0]] and found.value.sum() == 100
    found = came(known, pd.Timestamp("2025-02-01"), 3)  # days 31 ... 52: the one of day 45 is new
    assert found.wins.sum() == 2 and found.open_wins.sum() == 1 and total(found, "new_wins")[0] == 1
    assert found.open_end[0] == 2 and found.cycle(0.5)[0] == pytest.approx((31 + 5) / 2)
    assert np.isnan(found.busy[0]) and found.by_channel["site"][0] == 2


def test_busy_hours_that_came_are_those_that_people_worked() -> None:
    """Nights, lunch and a second piece begun meanwhile are no work: the log tells what a simulated year knows."""
    scenario = steady().replace({"experiment.warm_up": 0, "experiment.months": 3, "market.initial.pipeline": 0})
    year = SimulatedYear.of(scenario, "universal", 1)
    record, sold = year.record, year.record.activities.index("sell")
    found = came(recorded(year), pd.Timestamp(scenario.experiment.start), 13)
    hours = np.clip(13 * 168.0 - record.month_edges[:-1], 0, np.diff(record.month_edges)) / np.diff(record.month_edges)
    assert found.busy[0] == pytest.approx(float((record.busy[:, sold].sum(axis=0) * hours).sum()), rel=0.05)


def test_a_no_of_the_week_end_is_recorded_on_monday() -> None:
    told = facts(people=PeopleFacts(sellers=Figure("sellers", 3.0)))
    made = assemble(told, months=2, weeks_only=True)
    scenario = made.scenario()
    record, _ = simulation.replicate_one(scenario, "universal", 3, events=False)
    opening, channels = openings(scenario), {key: name for name, key in made.names.items()}
    assert opening(np.array([10.0, 24.0 * 5 + 3, 24.0 * 4 + 17.5, np.nan, 1e9])).tolist()[:3] == [10.0, 177.0, 113.5]
    leads, end = record.leads, 8 * 168.0
    plain, shown = (counted(record, 8, channels, {}, *more).open_end[0] for more in ((), (opening,)))
    late = (leads.state == 2) & (leads.closed < end) & (leads.closed > end - 54)  # since Friday's closing
    assert late.any() and shown - plain == late.sum()


def test_the_mean_of_the_last_eight_weeks_goes_on() -> None:
    rng = np.random.default_rng(2)
    days = np.sort(rng.uniform(0, 140, 400))
    known = records([0.0] * 400, days.tolist(), ["won"] * 400, date(2025, 5, 21))
    found = last_weeks(known, 6, 4000, np.random.default_rng(1))
    counts = weekly(known.deals["closed"], pd.Timestamp("2025-05-21"), 8)
    assert found.wins.mean() == pytest.approx(counts.mean(), rel=0.03)
    assert found.wins.var() > counts.mean()  # at least Poisson, and the mean is not known


def test_leads_convert_as_those_of_their_age_did() -> None:
    """Deals are won in their third week of age or never: an open one of two weeks is, with that share, in its next."""
    created = [float(d) for d in range(120)]
    closed = [c + 17 if n % 2 else c + 30 for n, c in enumerate(created)]
    status = ["won" if n % 2 else "lost" for n in range(120)]
    cut = 100
    known = records(created[:cut], closed[:cut], status[:cut], date(2025, 4, 11)).until(date(2025, 4, 11))
    found = by_age(known, 4, 3000, np.random.default_rng(1))
    assert found.open_wins is not None and found.open_end is not None
    open_now = known.deals[known.deals["status"] == "open"]
    ages = days_between(open_now["created"], pd.Timestamp("2025-04-11"))
    young = int((ages < 14).sum()) / 2
    middle = int(((ages >= 14) & (ages < 17)).sum()) / 2
    assert found.open_wins.sum(axis=1).mean() == pytest.approx(young + middle, rel=0.2)
    assert found.open_wins[:, 3].mean() < 0.3 and found.wins.sum(axis=1).mean() > found.open_wins.sum(axis=1).mean()


def test_days_of_splits_lie_a_horizon_apart_and_leave_a_quarter_to_learn_from() -> None:
    known = records([0.0, 300.0], [1.0, 301.0], ["won", "won"], date(2025, 12, 1))
    days = split_days(known, 4, 8)
    assert len(days) == 4 and days[-1] == date(2025, 10, 6) and (days[1] - days[0]).days == 56
    short = split_days(records([0.0], [1.0], ["won"], date(2025, 7, 1)), 4, 8)
    assert short[0] >= date(2025, 4, 2) and short[-1] == date(2025, 5, 6)
    with pytest.raises(ValueError, match="too short"):
        split_days(records([0.0], [1.0], ["won"], date(2025, 4, 1)), 4, 8)


@pytest.mark.parametrize(("given", "weeks"), [("8w", 8), ("8", 8), (8, 8), ("3 weeks", 3), ("2m", 9), ("3 months", 13)])
def test_horizons_are_read(given: str | int, weeks: int) -> None:
    assert weeks_of(given) == weeks and 28 * months_of(weeks) >= 7 * weeks


@pytest.mark.parametrize("given", ["", "0w", "60w", "week", "-1", "8d"])
def test_other_horizons_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match="horizon"):
        weeks_of(given)


def test_a_run_is_counted_week_by_week_with_the_age_of_open_deals() -> None:
    told = facts()
    made = assemble(told, months=2, weeks_only=True)
    scenario = made.scenario()
    record, _ = simulation.replicate_one(scenario, "universal", 3, events=False)
    channels = {key: name for name, key in made.names.items()}
    ages = {"web site": np.full(5, 30.0), "friends": np.full(2, 50.0)}
    found = counted(record, 8, channels, ages)
    leads, end = record.leads, 8 * 168.0
    won = (leads.state == 1) & (leads.closed < end)
    assert found.wins.sum() == won.sum() and found.open_wins.sum() == (won & leads.initial).sum()
    assert found.value.sum() == pytest.approx(leads.size[won].sum())
    assert found.open_end[0] == ((leads.arrived < end) & ~(leads.closed < end)).sum()
    assert sum(values[0] for values in found.by_channel.values()) == won.sum()
    old = np.flatnonzero(won & leads.initial)
    if len(old):
        assert found.cycles[0].max() >= 30


def test_forecasts_of_the_truth_are_covered_and_do_not_lean() -> None:
    """Records of the scenario that is forecast with: nothing is estimated, so forecasts must be right."""
    often = tuple(replace(each, per_month=figure(200), bursts=None) for each in facts().channels)
    told = facts(open=(), channels=often, people=PeopleFacts(sellers=Figure("sellers", 20.0)))
    made = assemble(told, months=4, weeks_only=True)
    forecast = simulated(made, told, 8, 60)
    truth = simulated(made, told, 8, 90)
    later = [_year(truth, r) for r in range(60, 90)]
    rng = np.random.default_rng(1)
    rule = Baseline(rng.poisson(10.0, (60, 8)).astype(float))
    splits = tuple(Split(date(2026, 1, 5), forecast, each, rule, rule) for each in later)
    found = judged_by(splits, 8)
    weekly_score = found.scores["weekly_wins"]
    assert abs(weekly_score.coverage[2] - 0.9) < 0.08 and abs(weekly_score.bias) < 0.12
    assert weekly_score.crps < found.baselines["by_age"].crps
    said = found.sentences[0]
    assert texts("ru").again(said) != said and found.to_dict()["trust"] == found.trust


def _year(weeks: Weeks, r: int) -> Weeks:
    """One of the possible years as if it had come."""
    row = slice(r, r + 1)
    return Weeks(
        wins=weeks.wins[row],
        open_wins=weeks.open_wins[row],
        value=weeks.value[row],
        open_end=weeks.open_end[row],
        cycles=weeks.cycles[row],
        busy=weeks.busy[row],
        by_channel={name: values[row] for name, values in weeks.by_channel.items()},
    )


@pytest.mark.parametrize(
    ("covered", "better", "missed", "trust"),
    [
        (0.9, (True, True), 0.1, "level"),
        (0.7, (True, True), 0.1, "direction"),
        (0.9, (True, False), 0.1, "direction"),
        (0.9, (True, True), 0.2, "direction"),
        (0.5, (False, False), 0.1, "neither"),
        (0.9, (True, True), 0.5, "neither"),
    ],
)
def test_trust_is_earned(covered: float, better: tuple[bool, ...], missed: float, trust: str) -> None:
    assert trusted(covered, better, missed) == trust


@pytest.mark.parametrize(
    ("covered", "better", "missed", "luck", "trust"),
    [
        (0.9, (True, True), 0.5, (0.3, 1.0), "direction"),  # few wins are missed by half though the forecast is true
        (0.9, (True, True), 0.5, (0.01, 1.0), "neither"),
        (0.5, (False, False), 0.3, (0.3, 0.2), "direction"),
        (0.5, (False, False), 0.3, (0.3, 0.01), "neither"),
        (0.5, (False, False), 0.5, (0.3, 0.01), "neither"),
        (0.9, (True, True), 0.2, (0.9, 0.9), "direction"),  # luck earns no trust in the level
    ],
)
def test_what_may_be_chance_is_no_reason_not_to_trust(
    covered: float, better: tuple[bool, ...], missed: float, luck: tuple[float, float], trust: str
) -> None:
    assert trusted(covered, better, missed, luck) == trust


def test_a_true_forecast_of_few_wins_is_rarely_called_worthless() -> None:
    """Two wins in eight weeks are missed by more than a third, as happens to what is true and not to the false."""
    rng = np.random.default_rng(11)
    rule = Baseline(rng.poisson(0.25, (400, 8)).astype(float))

    def verdict(rate: float) -> tuple[str, float]:
        splits = tuple(
            Split(day, _won(rng.poisson(0.25, (400, 8)).astype(float)), _won(rng.poisson(rate, (1, 8))), rule, rule)
            for day in (date(2025, 9, 1), date(2025, 10, 27), date(2025, 12, 22), date(2026, 2, 16))
        )
        found = judged_by(splits, 8)
        return found.trust, found.missed

    true = [verdict(0.25) for _ in range(40)]
    assert np.mean([missed > 0.35 for _, missed in true]) > 0.5
    assert sum(trust == "neither" for trust, _ in true) <= 6  # one in twenty, and two standard errors
    assert sum(verdict(2.5)[0] == "neither" for _ in range(10)) >= 8


def test_the_chance_of_a_miss_is_that_of_the_forecast() -> None:
    """Poisson wins around 100 lie 1.645 standard deviations off in one case of ten; around one, none comes in 37 %."""
    rng = np.random.default_rng(5)
    rule, day = Baseline(np.ones((4000, 1))), date(2026, 1, 5)

    def chance(rate: float, came_then: float, covered: float = 1.0) -> tuple[float, float]:
        drawn = _won(rng.poisson(rate, (4000, 1)).astype(float))
        return by_luck((Split(day, drawn, _won(np.full((1, 1), came_then)), rule, rule),), covered)

    assert chance(100, 116.45)[0] == pytest.approx(0.1, abs=0.03)
    assert chance(100, 100.0)[0] > 0.9 and chance(100, 160.0)[0] < 0.005
    assert chance(1.0, 0.0)[0] == pytest.approx(1 - np.exp(-1), abs=0.04)  # none or two at least
    assert chance(100, 100.0, 1.0)[1] == 1.0 and chance(100, 100.0, 0.0)[1] == pytest.approx(0.1, abs=0.03)


def test_a_rule_is_better_only_beyond_chance() -> None:
    rng = np.random.default_rng(4)
    happened = rng.poisson(20, 40).astype(float)
    right, wrong = rng.poisson(20, (200, 40)).astype(float), rng.poisson(40, (200, 40)).astype(float)
    alike = rng.poisson(20, (200, 40)).astype(float)
    assert not_worse(right, wrong, happened) and not_worse(right, alike, happened)
    assert not not_worse(wrong, right, happened)


def test_at_a_split_nothing_later_is_visible() -> None:
    """The records that are fitted are those of the morning: moments after it are in none of their tables."""
    seen: list[Records] = []

    def fit(known: Records, resampling: Resampling) -> Facts:
        seen.append(known)
        raise ValueError("enough")

    rng = np.random.default_rng(0)
    created = np.sort(rng.uniform(0, 330, 300))
    known = records(created.tolist(), (created + 10).tolist(), ["won"] * 300, date(2025, 12, 1))
    with pytest.raises(ValueError, match="enough"):
        backtested(known, fit, splits=3)
    days = split_days(known, 3, 8)
    assert [each.as_of for each in seen] == days
    for each in seen:
        moment = pd.Timestamp(each.as_of)
        assert (each.deals["created"] < moment).all() and not (each.deals["closed"] >= moment).any()
        later = (each.deals["created"] + pd.Timedelta(days=10)) >= moment
        assert (each.deals.loc[later, "status"] == "open").all() and later.any()


def test_splits_and_baselines_wait_until_the_records_tell_everything() -> None:
    """Cards older than the CRM hold only the deals that lived to see it: they are not the first day."""
    created = [float(day) for day in range(400)]
    closed = [max(day + 100.0, 0) for day in created]
    seen = [n for n in range(400) if closed[n] >= 300]  # the CRM began on day 300; whoever had ended was not put in
    known = records([created[n] for n in seen], [closed[n] for n in seen], ["won"] * len(seen), date(2026, 7, 1))
    assert first_day(known) == date(2025, 10, 28)
    assert first_day(replace(known, since=date(2026, 1, 1))) == date(2026, 1, 1)
    assert min(split_days(known, 4, 8)) >= date(2026, 1, 27)
    early = known.until(date(2026, 1, 1))
    told = by_age(early, 4, 2000, np.random.default_rng(1))
    as_said = by_age(replace(early, since=first_day(early)), 4, 2000, np.random.default_rng(1))
    assert told.wins.mean() == pytest.approx(as_said.wins.mean())


def _won(wins: np.ndarray) -> Weeks:
    none = np.full(len(wins), np.nan)
    no_cycles = tuple(np.zeros(0) for _ in wins)
    return Weeks(wins, wins * 0, wins * 100, none, no_cycles, none, {})


@pytest.mark.parametrize(("rate", "rule_rate", "as_good", "few"), [(0.6, 5.0, False, True), (40.0, 20.0, True, False)])
def test_a_verdict_says_of_rules_and_of_chance_what_is_so(
    rate: float, rule_rate: float, as_good: bool, few: bool
) -> None:
    """Few wins are missed by much though the forecast is right; many are not, and a rule that is right is named."""
    rng = np.random.default_rng(3)
    forecast = _won(rng.poisson(rate, (400, 8)).astype(float))
    came_then = _won(np.array([[2.0, 1, 2, 1, 2, 1, 2, 1]])) if few else _won(np.full((1, 8), 20.0))
    rule = Baseline(rng.poisson(rule_rate, (400, 8)).astype(float))
    found = judged_by((Split(date(2026, 1, 5), forecast, came_then, rule, rule),), 8)
    assert found.trust == "neither" and found.rules_as_good is as_good
    assert ("simpler rules did as well" in str(found.sentence)) is as_good
    assert ("простые правила" in texts("ru").again(found.sentence)) is as_good
    assert any("even a true forecast would miss" in str(each) for each in found.sentences) is few
