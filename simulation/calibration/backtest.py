"""How far a forecast may be trusted: refitted at earlier dates and held against what came.

At each split the records are cut (`Records.until`), everything is estimated again, and the weeks that followed are
simulated from the deals that were open then. The forecasts are scored beside two baselines that need no model
(`baselines`). A director reads one sentence of it: trust the level, the direction, or neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.adapt import facts_of
from simulation.calibration.assemble import Judged
from simulation.calibration.baselines import Baseline, by_age, last_weeks
from simulation.calibration.estimates import Resampling
from simulation.calibration.estimators.spells import first_day
from simulation.calibration.facts import Facts
from simulation.calibration.forecast import Weeks, came, months_of, simulated
from simulation.calibration.pilot import corrected
from simulation.calibration.records import Records
from simulation.calibration.scoring import LEVELS, Score, intervals, joined_draws, score, skill
from simulation.calibration.sources import Files, needed, records_from
from simulation.calibration.trust import NEAR, by_luck, not_worse, trusted
from simulation.texts import Day, Percent, Phrase, joined, say, worded

Floats = NDArray[np.float64]

SPLITS, HORIZON, YEARS = 4, "8w", 100
LEAST_WEEKS = 13
"""Weeks of records before the first split."""
FIGURES = ("wins", "open_wins", "new_wins", "value", "open_end", "cycle_p50", "cycle_p90", "busy")
"""Totals of the weeks after a split that are scored, beside the wins of each week and of each channel."""
Fit = Callable[[Records, Resampling], Facts]
Told = Callable[[Phrase, int, int], None]


@dataclass(frozen=True)
class Split:
    """One earlier date: what was forecast, and what came.

    Attributes:
        day: nothing on or after it was visible.
        forecast: in each possible year.
        came: in the records.
        weeks: baseline of the last eight weeks.
        ages: baseline of the conversion by age.
    """

    day: date
    forecast: Weeks
    came: Weeks
    weeks: Baseline
    ages: Baseline


@dataclass(frozen=True)
class Backtest:
    """What a back-test found.

    Attributes:
        splits: by date.
        horizon: weeks after each.
        scores: by figure: `weekly_wins` over all weeks and splits, totals of `FIGURES`, and `channel:NAME`.
        baselines: scores of the weekly wins by the name of the baseline, 'last_weeks' and 'by_age'.
        trust: 'level', 'direction' or 'neither'.
        missed: mean share by which the wins of the weeks were missed.
        left_out: splits at which nothing could be fitted, and why.
    """

    splits: tuple[Split, ...]
    horizon: int
    scores: Mapping[str, Score]
    baselines: Mapping[str, Score]
    trust: str
    missed: float
    left_out: tuple[Phrase, ...] = ()

    @property
    def sentence(self) -> Phrase:
        """How far the forecast may be trusted, in words for a director."""
        return say(
            f"calibration-trust-{self.trust}",
            dates=len(self.splits),
            weeks=self.horizon,
            missed=Percent(self.missed),
            rules="yes" if self.rules_as_good else "no",
        )

    @property
    def rules_as_good(self) -> bool:
        """Whether a rule without a model told the weeks at least as well."""
        weekly = self.scores["weekly_wins"]
        return any(not skill(weekly, each) > 0 for each in self.baselines.values())

    @property
    def by_chance(self) -> float:
        """Share by which the wins after a split would be missed on average if the forecast were true."""
        drawn = [total(each.forecast, "wins") for each in self.splits]
        off = [np.abs(each - each.mean()).mean() / each.mean() for each in drawn if each.mean() > 0]
        return float(np.mean(off)) if off else float("nan")

    @property
    def sentences(self) -> tuple[Phrase, ...]:
        """The verdict and what it rests on."""
        weekly = self.scores["weekly_wins"]
        better = [
            say(f"calibration-baseline-{name.replace('_', '-')}", **against(skill(weekly, each)))
            for name, each in self.baselines.items()
        ]
        few = [] if self.trust == "level" or not self.by_chance > NEAR else [_few(self.by_chance)]
        return (
            self.sentence,
            *few,
            say("calibration-covered", share=Percent(weekly.coverage[2]), weeks=weekly.cases),
            joined(better),
            *self.left_out,
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "trust": self.trust,
            "missed": self.missed,
            "sentence": str(self.sentence),
            "horizon_weeks": self.horizon,
            "splits": [
                {
                    "day": each.day.isoformat(),
                    **{name: _row(each, name) for name in FIGURES},
                    "weekly_wins": {
                        "came": each.came.wins[0].tolist(),
                        "mean": each.forecast.wins.mean(axis=0).tolist(),
                        **_ends(each.forecast.wins),
                    },
                }
                for each in self.splits
            ],
            "scores": {name: _scored(each) for name, each in self.scores.items()},
            "baselines": {name: _scored(each) for name, each in self.baselines.items()},
            "left_out": [str(each) for each in self.left_out],
        }


def _ends(draws: Floats) -> dict[str, list[float]]:
    low, high = intervals(draws, LEVELS[-1])
    return {"low": low.tolist(), "high": high.tolist()}


def _few(by_chance: float) -> Phrase:
    return say("calibration-few-wins", chance=Percent(by_chance), near=Percent(NEAR))


def _scored(each: Score) -> dict[str, Any]:
    return {
        "cases": each.cases,
        "crps": each.crps,
        "bias": each.bias,
        "coverage": {f"{level:.0%}": share for level, share in zip(LEVELS, each.coverage, strict=True)},
        "interval_score": {f"{level:.0%}": width for level, width in zip(LEVELS, each.width, strict=True)},
        "pit_histogram": list(each.histogram),
    }


def _row(split: Split, name: str) -> dict[str, float]:
    drawn, happened = total(split.forecast, name), total(split.came, name)
    if not np.isfinite(drawn).any():
        return {"came": float(happened[0]), "mean": float("nan"), "low": float("nan"), "high": float("nan")}
    low, high = intervals(drawn[np.isfinite(drawn)], LEVELS[-1])
    return {"came": float(happened[0]), "mean": float(np.nanmean(drawn)), "low": float(low[0]), "high": float(high[0])}


def against(saved: float) -> dict[str, Any]:
    """What a text says of the share of a rule's error that a forecast saves: how much, and whether it is worse."""
    return {"saved": Percent(abs(saved)), "worse": "yes" if saved < 0 else "no"}


def weeks_of(horizon: str | int) -> int:
    """Weeks of a horizon: '8w', '8 weeks', '2 months' or a plain number of weeks.

    Raises:
        ValueError: it is none, or less than one week or more than a year.
    """
    found = re.fullmatch(r"\s*(\d+)\s*(w|weeks?|m|months?)?\s*", str(horizon))
    weeks = 0
    if found:
        weeks = int(found[1]) if (found[2] or "w")[0] == "w" else round(int(found[1]) * 52 / 12)
    if not 1 <= weeks <= 52:
        raise ValueError(worded("calibration-horizon", horizon=repr(str(horizon))))
    return weeks


def split_days(records: Records, splits: int, weeks: int) -> list[date]:
    """Days at which the records are cut: a horizon apart back from the end, closer where the records are short.

    Raises:
        ValueError: fewer than thirteen weeks would be left before the first one.
    """
    first = first_day(records)
    last = records.as_of - timedelta(days=7 * weeks)
    earliest = first + timedelta(days=7 * LEAST_WEEKS)
    if last < earliest:
        raise ValueError(
            worded("calibration-short", weeks=weeks, least=LEAST_WEEKS, since=Day(first), until=Day(records.as_of))
        )
    step = min(7 * weeks, (last - earliest).days // max(splits - 1, 1))
    days = [last - timedelta(days=step * back) for back in range(splits)]
    return sorted(set(days))


def backtested(
    records: Records,
    fit: Fit,
    *,
    splits: int = SPLITS,
    horizon: str | int = HORIZON,
    judged: Judged | None = None,
    years: int = YEARS,
    seed: int = 1,
    on_done: Told | None = None,
) -> Backtest:
    """Refit at earlier dates, simulate what followed, and score it.

    Args:
        records: all of them.
        fit: from records to facts.
        splits: earlier dates.
        horizon: weeks after each, such as '8w'.
        judged: what the records do not tell.
        years: possible years at each split.
        seed: of all luck.
        on_done: told what is done, how much of it, and of how much.

    Raises:
        ValueError: too few records, or none of the dates could be fitted.
    """
    weeks = weeks_of(horizon)
    if splits < 1:
        raise ValueError(worded("calibration-splits", splits=splits))
    days = split_days(records, splits, weeks)
    found: list[Split] = []
    left_out: list[Phrase] = []
    for number, day in enumerate(days):

        def done(count: int, number: int = number, day: date = day) -> None:
            if on_done is not None:
                on_done(say("calibration-progress-split", day=Day(day)), number * years + count, len(days) * years)

        done(0)
        try:
            found.append(_split(records, day, fit, weeks, judged or Judged(), years, seed, done))
        except ValueError as error:
            left_out.append(say("calibration-split-left-out", day=Day(day), why=str(error)))
    if not found:
        raise ValueError(left_out[0] if left_out else worded("calibration-splits", splits=splits))
    return judged_by(tuple(found), weeks, tuple(left_out), seed)


def _split(
    records: Records,
    day: date,
    fit: Fit,
    weeks: int,
    judged: Judged,
    years: int,
    seed: int,
    done: Callable[[int], None],
) -> Split:
    known = records.until(day)
    facts = fit(known, Resampling(seed=seed))
    made, _ = corrected(facts, judged, months=months_of(weeks), rounds=2, seed=seed, weeks_only=True)
    rng = np.random.default_rng([seed, day.toordinal()])
    return Split(
        day,
        simulated(made, facts, weeks, years, done),
        came(records, pd.Timestamp(day), weeks),
        last_weeks(known, weeks, years, rng),
        by_age(known, weeks, years, rng),
    )


def total(weeks: Weeks, name: str) -> Floats:
    """A figure of all weeks together, shape (years,)."""
    match name:
        case "wins" | "open_wins" | "value":
            return np.asarray(getattr(weeks, name).sum(axis=1), np.float64)
        case "new_wins":
            return np.asarray((weeks.wins - weeks.open_wins).sum(axis=1), np.float64)
        case "cycle_p50" | "cycle_p90":
            return weeks.cycle(0.5 if name == "cycle_p50" else 0.9)
    return np.asarray(getattr(weeks, name), np.float64)


def judged_by(splits: tuple[Split, ...], weeks: int, left_out: tuple[Phrase, ...] = (), seed: int = 1) -> Backtest:
    """The scores of splits, and how far they let one trust."""
    happened = np.concatenate([each.came.wins[0] for each in splits])
    scores = {"weekly_wins": score(joined_draws([each.forecast.wins for each in splits]), happened, seed)}
    for name in FIGURES:
        drawn = joined_draws([_known(total(each.forecast, name)) for each in splits])
        scores[name] = score(drawn, np.array([total(each.came, name)[0] for each in splits]), seed)
    for channel in sorted({name for each in splits for name in each.forecast.by_channel}):
        drawn = joined_draws([_of(each.forecast, channel) for each in splits])
        scores[f"channel:{channel}"] = score(drawn, np.array([_of(each.came, channel)[0] for each in splits]), seed)
    baselines = {
        "last_weeks": score(joined_draws([each.weeks.wins for each in splits]), happened, seed),
        "by_age": score(joined_draws([each.ages.wins for each in splits]), happened, seed),
    }
    misses = [
        abs(total(each.forecast, "wins").mean() / total(each.came, "wins")[0] - 1.0)
        for each in splits
        if total(each.came, "wins")[0] > 0
    ]
    missed = float(np.mean(misses)) if misses else float("nan")
    drawn = joined_draws([each.forecast.wins for each in splits])
    rules = [joined_draws([getattr(each, name).wins for each in splits]) for name in ("weeks", "ages")]
    covered_share = scores["weekly_wins"].coverage[2]
    better = [not_worse(drawn, each, happened) for each in rules]
    trust = trusted(
        covered_share,
        better,
        missed,
        by_luck([(each.forecast.wins, each.came.wins[0]) for each in splits], covered_share),
    )
    return Backtest(splits, weeks, scores, baselines, trust, missed, left_out)


def _known(drawn: Floats) -> Floats:
    """Years without a value take the median of the others; all NaN where there is none."""
    return np.where(np.isfinite(drawn), drawn, np.nanmedian(drawn)) if np.isfinite(drawn).any() else drawn


def _of(weeks: Weeks, channel: str) -> Floats:
    return weeks.by_channel.get(channel, np.zeros(len(weeks.wins)))


def backtest(
    records_or_files: Files,
    splits: int = SPLITS,
    horizon: str | int = HORIZON,
    **more: Any,
) -> Backtest:
    """How far a forecast from these records may be trusted.

    Args:
        records_or_files: records, or files as `calibrate` takes them.
        splits: earlier dates at which everything is fitted again.
        horizon: weeks after each, such as '8w'.
        **more: `as_of` and `mapping` of files, `judged`, `years`, `seed`, `on_done`.

    Raises:
        ValueError: too few records.
        ImportError: a package of the extra `calibrate` is not installed.
    """
    needed()
    as_of, mapping = more.pop("as_of", None), more.pop("mapping", None)
    records = records_from(records_or_files, as_of, mapping)
    return backtested(records, facts_of, splits=splits, horizon=horizon, **more)
