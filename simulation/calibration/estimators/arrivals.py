"""When leads come: level, rhythm of week and day, season, trend, and how unevenly the weeks bring them.

1. Weekdays, holidays and hours, given how many leads the week brought (a multinomial law, so that uneven weeks do not
   blur them): factors by iterative proportional fitting, each with a gamma posterior; a channel's own are shrunk to
   those of the others, which count as `_RHYTHM` leads.
2. Season and trend on weekly counts: a quasi-Poisson regression (McCullagh and Nelder 1989, ch. 9) with weak normal
   priors, whose dispersion holds the memory of the weeks and is itself known as well as they tell it; months only where
   more than a year is there.
3. What is left of each week's count, as a factor of mean 1, is a level that drifts (random walk), bursts with memory
   (autoregression of order one) and the chance of counting: a Gaussian state space (Harvey 1989; Durbin and Koopman
   2012, ch. 4), whose three parameters have a posterior on a grid. The level is that of the last day. Its draws go on
   drifting over a third of `AHEAD` weeks' variance, the mean of a random walk over that time, so that intervals of a
   forecast are honest.
4. The part of the bursts that channels have in common: their weekly factors' covariance beside their own variances.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import Estimate, Figure, Resampling
from simulation.calibration.estimators.spells import channel_codes, recorded_since
from simulation.calibration.estimators.weekly import Levels, levels, season_and_trend
from simulation.calibration.records import Records
from simulation.scenario.office_hours import public_holidays
from simulation.texts import say

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NAME = "arrivals"
RHYTHM, LEVEL, SEASON = "estimator-rhythm", "estimator-drifting-level", "estimator-quasi-poisson"
LEAST_LEADS = 10
LEAST_WEEKS = 6
AHEAD = 8.0
"""Weeks over which the level of a draw goes on drifting."""
MONTH_DAYS = 365.25 / 12
_RHYTHM = 60.0  # leads that the other channels' rhythm counts as beside a channel's own, at most
_FLAT = 7.0  # and that an even week counts as
_BURST = 0.05  # bursts below which none are told from chance
_COUNTRIES = MappingProxyType(
    {"RUB": "RU", "UAH": "UA", "BYN": "BY", "KZT": "KZ", "USD": "US", "GBP": "GB", "PLN": "PL", "CZK": "CZ"}
    | {"TRY": "TR", "INR": "IN", "BRL": "BR", "SEK": "SE", "NOK": "NO", "DKK": "DK", "CHF": "CH", "JPY": "JP"}
)
"""The country whose holidays count where nobody names one, by the currency of the records."""


@dataclass(frozen=True)
class ChannelArrivals:
    """Leads of one channel: the keys of a channel in a scenario, with draws.

    `leads_per_month`, `trend_per_year`, `cv` and `memory` (of `bursts`) and `holidays` are numbers with draws of shape
    (draws,); `weekdays` (7), `hours` (24) and `seasonality` (12) average to one, with draws of shape (draws, 7) and so
    on. `levels` is the state space behind the level.
    """

    cases: int
    leads_per_month: float
    leads_per_month_draws: Floats
    weekdays: Floats
    weekday_draws: Floats
    hours: Floats
    hour_draws: Floats
    holidays: float
    holiday_draws: Floats
    seasonality: Floats
    season_draws: Floats
    trend_per_year: float
    trend_draws: Floats
    cv: float
    cv_draws: Floats
    memory: float
    memory_draws: Floats
    weeks: Floats
    """Weekly counts, whole weeks only."""
    of_days: Floats
    """Days that each of them counts as, by the factors of its weekdays and holidays."""
    expected: Floats
    """What rhythm, season and trend let expect of each of them at the mean level."""
    levels: Levels


@dataclass(frozen=True)
class ArrivalsModel:
    """Leads by channel, for `market.channels.*`: `arrivals`, `bursts`, `seasonality`, `trend_per_year`.

    Draw r of all channels is row r of each field with draws. `common` is that of `bursts`. `country` is whose holidays
    were taken (`calendar.country`; '' where none were).
    """

    channels: Mapping[str, ChannelArrivals]
    common: float
    common_draws: Floats
    first: dt.date
    country: str
    timed: bool
    """Whether the records have the time of the day; the hours are even where not."""


def estimate(records: Records, resampling: Resampling, country: str | None = None) -> Estimate:
    """Arrivals by channel; the model is an `ArrivalsModel`, None where there are too few weeks or leads.

    Args:
        records: the records; raw leads where the CRM keeps them apart, else deals.
        resampling: seed and number of draws, which come from posterior laws: weeks that follow one another are not
            resampled one by one.
        country: whose public holidays count; by the currency when None, none when ''.
    """
    table = records.leads if len(records.leads) else records.deals
    created = table["created"].to_numpy("datetime64[s]")
    channels, code = channel_codes(table)
    since = recorded_since(records)
    end = np.datetime64(records.as_of, "D")
    known = ~np.isnat(created) & (created < end)
    if since is not None:
        known &= created >= since
    first = end
    if known.any():
        first = (created[known].min() if since is None else since).astype("datetime64[D]")
    days = int((end - first).astype(int))
    if days < 7 * LEAST_WEEKS or known.sum() < LEAST_LEADS:
        kept = say("estimator-few-weeks", leads=int(known.sum()), weeks=days // 7, least=LEAST_WEEKS)
        return Estimate(NAME, {"leads_per_month": Figure("leads_per_month", np.nan, kept=kept)}, (kept,))
    land = _COUNTRIES.get(records.currency, "") if country is None else country
    span = _Span(first.astype(dt.date), days, land)
    day = (created - first).astype("timedelta64[D]").astype(np.int64)
    hour = ((created - created.astype("datetime64[D]")).astype(np.int64) // 3600).astype(np.int64)
    timed = (created.astype("datetime64[D]") != created) & known
    has_times = bool(timed.sum() >= max(0.1 * known.sum(), LEAST_LEADS))
    counts = np.stack([np.bincount(day[known & (code == n)], minlength=days) for n in range(len(channels))])
    clocks = np.stack([np.bincount(hour[timed & (code == n)], minlength=24) for n in range(len(channels))])
    found: dict[str, ChannelArrivals] = {}
    figures: dict[str, Figure] = {}
    for n, channel in enumerate(channels):
        cases = int(counts[n].sum())
        if cases < LEAST_LEADS:
            kept = say("estimator-few-cases", count=cases, least=LEAST_LEADS)
            key = f"{channel}.leads_per_month"
            figures[key] = Figure(key, cases / days * MONTH_DAYS, cases=cases, kept=kept)
            continue
        luck = resampling.generator(f"arrivals {n}", 0)
        others = _Others(counts.sum(0) - counts[n], clocks.sum(0) - clocks[n], span)
        hours = clocks[n] if has_times else None
        found[channel] = _channel(counts[n], hours, span, others, resampling.draws, luck)
        figures |= _figures(channel, found[channel], has_times, span)
    common, common_draws = _common(list(found.values()), resampling)
    if len(found) > 1 and common_draws.any():
        figures["common"] = Figure("common", common, common_draws, len(span.weeks), LEVEL)
    elif len(found) > 1:
        figures["common"] = Figure("common", 0.0, cases=len(span.weeks), kept=say("estimator-no-bursts"))
    notes = () if has_times else (say("estimator-no-times"),)
    model = ArrivalsModel(MappingProxyType(found), common, common_draws, span.first, land, has_times)
    return Estimate(NAME, MappingProxyType(figures), notes, model)


class _Span:
    """The days of the records: weekday, holiday, month and week of each, and the whole weeks."""

    def __init__(self, first: dt.date, days: int, country: str) -> None:
        self.first, self.days = first, days
        number = np.arange(days)
        self.weekday = (first.weekday() + number) % 7
        dates = pd.date_range(first, periods=days)
        self.month = dates.month.to_numpy() - 1
        self.week = (first.weekday() + number) // 7
        self.holiday = np.zeros(days, bool)
        if country:
            last = first + dt.timedelta(days=days)
            free = public_holidays(country, None, first.year, last.year)[0]
            self.holiday[[d for d in ((date - first).days for date in free) if 0 <= d < days]] = True
        size = np.bincount(self.week)
        self.weeks = np.flatnonzero(size == 7)
        self.years = np.asarray((self.weeks * 7 + 3.5 - first.weekday() - days) / 365.25, np.float64)
        """Middle of each whole week, years after the end (below 0)."""

    def by_week(self, values: Floats) -> Floats:
        """Sums of values of days over the whole weeks."""
        return np.asarray(np.bincount(self.week, values)[self.weeks], float)


@dataclass(frozen=True)
class _Rhythm:
    weekdays: Floats
    weekday_draws: Floats
    holidays: float
    holiday_draws: Floats

    def of_days(self, span: _Span) -> Floats:
        """Factor of each day."""
        return self.weekdays[span.weekday] * np.where(span.holiday, self.holidays, 1.0)


def _rhythm(
    counts: Ints,
    span: _Span,
    prior: Floats,
    holiday: float,
    weight: float,
    luck: tuple[np.random.Generator, int] | None,
) -> _Rhythm:
    """Factors of weekdays and holidays given the weeks' counts; the prior counts as so many leads."""
    weekdays, free = prior / prior.mean(), holiday
    of_week = np.bincount(span.week, counts)
    for _ in range(50):
        pattern = weekdays[span.weekday] * np.where(span.holiday, free, 1.0)
        per = of_week / np.maximum(np.bincount(span.week, pattern), 1e-9)
        base = per[span.week]
        due = np.bincount(span.weekday, base * np.where(span.holiday, free, 1.0), minlength=7)
        came = np.bincount(span.weekday, counts, minlength=7)
        share = weight / 7  # pseudo-leads of a weekday, of which the prior's factor came
        fresh = (came + share * prior) / (due + share)
        due_free = float((base * fresh[span.weekday])[span.holiday].sum())
        came_free = float(counts[span.holiday].sum())
        free = (came_free + share * holiday) / (due_free + share) if span.holiday.any() else 1.0
        moved = np.abs(fresh / fresh.mean() - weekdays).max()
        weekdays = fresh / fresh.mean()
        if moved < 1e-9:
            break
    if luck is None:
        return _Rhythm(weekdays, weekdays[None], free, np.array([free]))
    generator, draws = luck
    drawn = generator.gamma(came + share * prior + 1e-6, size=(draws, 7)) / np.maximum(due + share, 1e-9)
    drawn /= np.maximum(drawn.mean(1, keepdims=True), 1e-9)
    # a week tells by its other days what a holiday would have brought: one of nothing but holidays tells nothing
    pattern = weekdays[span.weekday] * np.where(span.holiday, free, 1.0)
    part = np.bincount(span.week, pattern * span.holiday) / np.maximum(np.bincount(span.week, pattern), 1e-9)
    known = float((of_week * part * (1 - part)).sum()) + share
    off = free * generator.gamma(known, size=draws) / known
    return _Rhythm(weekdays, drawn, free, off if span.holiday.any() else np.ones(draws))


def _hours(counts: Ints, prior: Floats, weight: float, luck: tuple[np.random.Generator, int] | None) -> Floats:
    """Factors of the hours of the day that average to one; draws where luck is given."""
    alpha = counts + weight * prior / 24
    if luck is None:
        return np.asarray(alpha / alpha.mean())
    drawn = luck[0].gamma(alpha + 1e-9, size=(luck[1], 24))
    return np.asarray(drawn / drawn.mean(1, keepdims=True))


class _Others:
    """The rhythm of all other channels, and as how many leads it counts."""

    def __init__(self, counts: Ints, clocks: Ints, span: _Span) -> None:
        self.rhythm = _rhythm(counts, span, np.ones(7), 1.0, _FLAT, None)
        self.hours = _hours(clocks, np.ones(24), _FLAT, None)
        self.weight = min(_RHYTHM, _FLAT + float(counts.sum()))
        self.of_hours = min(_RHYTHM, _FLAT + float(clocks.sum()))


def _channel(
    counts: Ints,
    clocks: Ints | None,
    span: _Span,
    others: _Others,
    draws: int,
    luck: np.random.Generator,
) -> ChannelArrivals:
    rhythm = _rhythm(counts, span, others.rhythm.weekdays, others.rhythm.holidays, others.weight, (luck, draws))
    of_days = rhythm.of_days(span)
    weeks = span.by_week(counts.astype(float))
    exposure: Floats = np.maximum(span.by_week(of_days), 1e-6)
    months: Floats = np.stack([span.by_week(of_days * (span.month == m)) for m in range(12)], 1) / exposure[:, None]
    shape = season_and_trend(weeks, exposure, months, span.years, span.days, draws, luck)
    expected = shape.per_day * exposure * shape.factors
    state = levels(weeks, expected, AHEAD, draws, luck, shape.free)
    level = shape.per_day * MONTH_DAYS
    hours = np.ones(24), np.ones((draws, 24))
    if clocks is not None:
        prior = others.hours, others.of_hours
        hours = _hours(clocks, *prior, None), _hours(clocks, *prior, (luck, draws))
    return ChannelArrivals(
        cases=int(counts.sum()),
        leads_per_month=float(level * state.level),
        leads_per_month_draws=level * shape.level_draws * state.level_draws,
        weekdays=rhythm.weekdays,
        weekday_draws=rhythm.weekday_draws,
        hours=hours[0],
        hour_draws=hours[1],
        holidays=rhythm.holidays,
        holiday_draws=rhythm.holiday_draws,
        seasonality=shape.season,
        season_draws=shape.season_draws,
        trend_per_year=float(np.expm1(shape.trend)),
        trend_draws=np.expm1(shape.trend_draws),
        cv=state.cv,
        cv_draws=state.cv_draws,
        memory=state.memory,
        memory_draws=state.memory_draws,
        weeks=weeks,
        of_days=exposure,
        expected=expected,
        levels=state,
    )


def _common(channels: list[ChannelArrivals], resampling: Resampling) -> tuple[float, Floats]:
    """Share of the bursts' variance that channels have in common, with draws over resampled weeks.

    It is 0 unless two channels have bursts beyond chance.
    """
    channels = [each for each in channels if len(each.cv_draws) and np.quantile(each.cv_draws, 0.05) > _BURST]
    if len(channels) < 2:
        return 0.0, np.zeros(resampling.draws)
    left = np.stack([each.weeks / np.maximum(each.expected, 1e-9) - 1 for each in channels])
    cv = np.array([each.cv for each in channels])
    own = np.outer(cv, cv)
    pairs = np.triu_indices(len(channels), 1)
    # pairs count by what they tell: the product of what is no chance of counting in both
    noise = np.array([float(np.var(each)) for each in left])
    weight = own[pairs] / np.maximum(np.outer(noise, noise)[pairs], 1e-12)

    def share(of: Floats) -> float:
        covariance = (of @ of.T / of.shape[1])[pairs]
        total = float(weight @ own[pairs])
        return float(np.clip(weight @ covariance / total, 0.0, 1.0)) if total > 1e-12 else 0.0

    luck = resampling.generator("arrivals common", 0)
    drawn = [share(left[:, luck.integers(0, left.shape[1], left.shape[1])]) for _ in range(resampling.draws)]
    return share(left), np.array(drawn)


def _figures(name: str, of: ChannelArrivals, timed: bool, span: _Span) -> dict[str, Figure]:
    out: dict[str, Figure] = {}

    def add(key: str, value: float, draws: Floats, method: str, unit: str = "") -> None:
        out[f"{name}.{key}"] = Figure(f"{name}.{key}", float(value), draws, of.cases, method, unit)

    add("leads_per_month", of.leads_per_month, of.leads_per_month_draws, LEVEL)
    add("bursts.cv", of.cv, of.cv_draws, LEVEL)
    add("bursts.memory", of.memory, of.memory_draws, LEVEL)
    for n in range(7):
        add(f"weekdays.{n}", of.weekdays[n], of.weekday_draws[:, n], RHYTHM)
    if span.holiday.any():
        add("holidays", of.holidays, of.holiday_draws, RHYTHM)
    if timed:
        for n in range(24):
            add(f"hours.{n}", of.hours[n], of.hour_draws[:, n], RHYTHM)
    if np.any(of.seasonality != 1):
        for n in range(12):
            add(f"seasonality.{n + 1}", of.seasonality[n], of.season_draws[:, n], SEASON)
    if np.any(of.trend_draws):
        add("trend_per_year", of.trend_per_year, of.trend_draws, SEASON)
    else:
        kept = say("estimator-short-for-trend")
        out[f"{name}.trend_per_year"] = Figure(f"{name}.trend_per_year", 0.0, cases=of.cases, kept=kept)
    return out
