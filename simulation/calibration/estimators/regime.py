"""Is it one regime? 'stable', 'drifting', or 'broken' at a date.

Four subjects, each as weekly scores with the information that chance gives them (`change`):

- conversion: decisions of the week less their chances, given stage, channel and time in stage (so that neither a
  change of pace nor deals that are not decided yet look like one of conversion); all stages together and each;
- arrivals: leads of the week less those that its days let expect, all together and of the large channels;
- clocks: days from creation to the win, on the logarithm of a day and more, of the deals won in the week, less the mean
  of their channel; weeks in which long ones cannot have been won yet are left out. Waiting for a free seller, which
  comes and goes with the load that the scenario makes, is but a small part of it;
- amounts: logarithms of won deals of the week less the mean of their channel.

Within a subject the smallest p counts, corrected for the number of series (Bonferroni, half of the level for all
together), between subjects Holm 1979 at 5 %. A
change counts when it is also large enough to matter (`LEAST_STEP`): with many deals anything is certain. It is a break
when a step tells more than a straight drift and, of arrivals, than a wave of the year. Beside it stand, for the page,
conversions of fully observed cohorts by month with the trend test of Cochran and Armitage, and quarters of clocks and
amounts.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from simulation.calibration.estimates import Estimate, Figure, Resampling
from simulation.calibration.estimators.amounts import by_quarter
from simulation.calibration.estimators.arrivals import ArrivalsModel
from simulation.calibration.estimators.arrivals import estimate as estimate_arrivals
from simulation.calibration.estimators.change import Change, change
from simulation.calibration.estimators.spells import OPEN, YES, Spells, channel_codes, recorded_since, spells
from simulation.calibration.records import Records
from simulation.texts import Day, Phrase, say

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Verdict = Literal["stable", "drifting", "broken"]
Subject = Literal["conversion", "arrivals", "clocks", "amounts"]
SUBJECTS: tuple[Subject, ...] = ("conversion", "arrivals", "clocks", "amounts")
NAME = "regime"
METHOD = "estimator-change"
Luck = Callable[[str], np.random.Generator]
"""Of a series by its name."""
LEVEL = 0.05
LEAST_STEP = 0.15
"""Relative change (of odds, rates, times or sums) below which a change does not matter for a decision."""
LEAST_SERIES = 60
"""Cases below which a series is not looked at."""
_CHANNELS = 4  # large channels whose arrivals are looked at beside all together
_BINS = 12  # classes of time in stage within which decisions are alike
_MOST = 200_000  # spells; of more a part is enough
_HOUR = np.timedelta64(3600, "s")


@dataclass(frozen=True)
class Finding:
    """What one series shows."""

    subject: Subject
    of: str
    """Stage or channel; '' where all are taken together."""
    change: Change
    day: dt.date
    """Monday of the first week after its step."""
    factor: float
    """After the step over before it: odds of a yes, leads, days to the win (and one), sums."""
    drift: float
    """The same from the beginning to the end along a straight line."""


@dataclass(frozen=True)
class RegimeModel:
    """The verdict and what it rests on.

    When it is 'broken', fit again to `dataclasses.replace(records, since=model.day)`: estimators then take earlier
    deals as entering late, or leave them out; and widen what is told.
    """

    verdict: Verdict
    day: dt.date | None
    subject: Subject | None
    """Which subject the verdict is about; None when stable."""
    findings: tuple[Finding, ...]
    p: Mapping[Subject, float]
    """By subject: the smaller p of step and drift, corrected for the number of series within it."""
    cohorts: pd.DataFrame
    """By month of creation: deals, won, share; only cohorts that are fully observed."""
    cohort_p: float
    """Of the trend of the cohorts' shares; NaN where there are fewer than three."""
    quarters: pd.DataFrame
    """By quarter: median days to the end of deals that ended, and count, median, mean of the amounts of won ones."""


def estimate(records: Records, resampling: Resampling, arrivals: Estimate | None = None) -> Estimate:
    """Whether the records are of one regime; the model is a `RegimeModel`.

    Args:
        records: the records.
        resampling: seed of the series under no change.
        arrivals: what `arrivals.estimate` found in the same records; estimated when None.
    """
    known = arrivals or estimate_arrivals(records, resampling)

    def luck(series: str) -> np.random.Generator:
        # each series has its own, so that what is true of one does not hang on the others
        return resampling.generator(f"regime {series}", 0)

    found: list[Finding] = []
    found += _conversion(records, luck)
    if isinstance(known.model, ArrivalsModel):
        found += _arrivals(known.model, luck)
    found += _clocks(records, luck)
    found += _amounts(records, luck)
    verdict, best = _verdict(found)
    cohorts, cohort_p = by_cohort(records)
    p = {subject: min(_p(found, subject, "step")[0], _p(found, subject, "drift")[0]) for subject in SUBJECTS}
    day = best.day if best is not None and verdict == "broken" else None
    model = RegimeModel(
        verdict, day, None if best is None else best.subject, tuple(found), p, cohorts, cohort_p, _quarters(records)
    )
    figures: dict[str, Figure] = {}
    for subject in SUBJECTS:
        mine = [each for each in found if each.subject == subject]
        if mine:
            strongest = min(mine, key=lambda each: min(each.change.step_p, each.change.drift_p))
            key = f"{subject}.factor"
            figures[key] = Figure(key, strongest.factor, None, len(mine), METHOD)
    said = _said(verdict, best) if found else say("estimator-regime-untold")
    return Estimate(NAME, figures, (said,), model)


def _verdict(found: list[Finding]) -> tuple[Verdict, Finding | None]:
    """Holm over the subjects, for steps and for drifts; the change that gains most says which of both it is."""
    candidates: list[tuple[float, Verdict, Finding]] = []
    for kind in ("step", "drift"):
        best = sorted((_p(found, subject, kind) for subject in SUBJECTS), key=lambda each: each[0])
        for place, (p, of) in enumerate(best):
            if of is None or p * (len(SUBJECTS) - place) > LEVEL:
                break
            change = of.change
            told: Verdict = "broken" if change.stepped else "drifting"
            size = of.factor if told == "broken" else of.drift
            if abs(math.log(max(size, 1e-9))) >= math.log1p(LEAST_STEP):
                candidates.append((max(change.step_gain, change.drift_gain), told, of))
    if not candidates:
        return "stable", None
    _, verdict, of = max(candidates, key=lambda each: (each[1] == "broken", each[0]))
    return verdict, of


def _p(found: list[Finding], subject: str, kind: str) -> tuple[float, Finding | None]:
    """Smallest p of a subject's series, corrected for their number, and whose it is.

    Half of the level is for all together, the other half for the single stages or channels (weighted Bonferroni).
    """
    mine = [each for each in found if each.subject == subject]
    if not mine:
        return 1.0, None
    single = sum(1 for each in mine if each.of)
    alone = single in (0, len(mine))

    def corrected(each: Finding) -> float:
        share = max(single, 1) if each.of else 1
        return float(getattr(each.change, f"{kind}_p")) * share * (1 if alone else 2)

    best = min(mine, key=lambda each: (corrected(each), -getattr(each.change, f"{kind}_gain")))
    return min(1.0, corrected(best)), best


def _said(verdict: Verdict, of: Finding | None) -> Phrase:
    if of is None:
        return say("estimator-regime-stable")
    what, whose = say(f"estimator-regime-{of.subject}"), of.of or say("estimator-regime-all")
    if verdict == "drifting":
        return say(
            "estimator-regime-drifting",
            what=what,
            of=whose,
            percent=round(100 * (of.drift - 1)),
        )
    return say(
        "estimator-regime-broken",
        what=what,
        of=whose,
        day=Day(of.day),
        percent=round(100 * (of.factor - 1)),
    )


def _finding(subject: Subject, of: str, series: pd.DataFrame, first: np.datetime64, luck: Luck) -> list[Finding]:
    """The finding of a series with columns score and information by number of the week."""
    weeks = np.arange(series.index.min(), series.index.max() + 1)
    whole = series.reindex(weeks, fill_value=0.0)
    shown = change(whole["score"].to_numpy(), whole["information"].to_numpy(), luck(f"{subject} {of}"))
    if shown is None:
        return []
    day = (first + np.timedelta64(int(7 * (weeks[0] + shown.step_week)), "D")).astype(dt.date)
    return [Finding(subject, of, shown, day, math.exp(_held(shown.step)), math.exp(_held(shown.drift)))]


def _held(log: float) -> float:
    return min(max(log, -5.0), 5.0)


def _weeks(times: NDArray[np.datetime64]) -> tuple[np.datetime64, Ints]:
    """The Monday before the first moment, and the number of each moment's week from it on."""
    day = times.astype("datetime64[D]")
    first = day.min()
    first = first - np.timedelta64((first.astype(dt.date)).weekday(), "D")
    return first, ((day - first).astype(np.int64)) // 7


def _by_week(week: Ints, score: Floats, information: Floats) -> pd.DataFrame:
    return pd.DataFrame({"score": score, "information": information}).groupby(week).sum()


def _sampled(of: Spells, luck: Luck) -> Spells:
    if len(of.deal) <= _MOST:
        return of
    kept = np.zeros(len(of.deal), bool)
    kept[luck("spells").choice(len(of.deal), _MOST, replace=False)] = True
    return of.where(kept)


def _conversion(records: Records, luck: Luck) -> list[Finding]:
    """Decisions less their chances given stage, channel and class of time in stage, by week of the decision."""
    of = spells(records)
    of = _sampled(of.where(of.end != OPEN), luck)
    if len(of.deal) < LEAST_SERIES:
        return []
    score, information = np.zeros((2, len(of.deal)))
    for stage in range(len(of.stages)):
        rows = np.flatnonzero(of.stage == stage)
        if not len(rows):
            continue
        yes = (of.end[rows] == YES).astype(float)
        size = min(_BINS, max(1, len(rows) // 40))
        rank = np.argsort(np.argsort(of.age[rows], kind="stable"), kind="stable")
        chance = _chances(yes, rank * size // len(rows), of.channel[rows])
        score[rows], information[rows] = yes - chance, chance * (1 - chance)
    first, week = _weeks(of.begun + (of.age * 3600).astype("timedelta64[s]"))
    found = _finding("conversion", "", _by_week(week, score, information), first, luck)
    for stage, name in enumerate(of.stages):
        rows = np.flatnonzero((of.stage == stage) & (information > 0))
        if len(of.stages) > 1 and len(rows) >= LEAST_SERIES:
            found += _finding("conversion", name, _by_week(week[rows], score[rows], information[rows]), first, luck)
    return found


def _chances(yes: Floats, by_age: Ints, by_channel: Ints) -> Floats:
    """Chance of a yes by class of age and channel: two factors on the log-odds, by scoring."""
    ages, channels = int(by_age.max()) + 1, int(by_channel.max()) + 1
    a, c = np.zeros(ages), np.zeros(channels)
    for _ in range(25):
        moved = 0.0
        for effect, code in ((a, by_age), (c, by_channel)):
            p = special.expit(a[by_age] + c[by_channel])
            top = np.bincount(code, yes - p, minlength=len(effect))
            low = np.bincount(code, p * (1 - p), minlength=len(effect))
            # half a case of doubt keeps classes without a yes finite
            step = np.clip((top - 0.05 * effect) / (low + 0.05), -1.5, 1.5)
            effect += step
            moved = max(moved, float(np.abs(step).max()))
        if moved < 1e-4:
            break
    return np.asarray(special.expit(a[by_age] + c[by_channel]))


def _arrivals(model: ArrivalsModel, luck: Luck) -> list[Finding]:
    """Leads of whole weeks less those that their weekdays and holidays let expect at the mean level."""
    first = model.first + dt.timedelta(days=(7 - model.first.weekday()) % 7)
    large = sorted(model.channels, key=lambda name: -model.channels[name].cases)
    found: list[Finding] = []

    def look(names: list[str], of: str) -> None:
        counts = np.sum([model.channels[name].weeks for name in names], axis=0)
        days = np.sum([model.channels[name].of_days * model.channels[name].weeks.sum() for name in names], axis=0)
        due = days * counts.sum() / max(days.sum(), 1e-9)
        series = pd.DataFrame({"score": counts - due, "information": due})
        found.extend(_finding("arrivals", of, series, np.datetime64(first), luck))

    if sum(model.channels[name].cases for name in large) >= LEAST_SERIES:
        look(large, "")
    if len(large) > 1:
        for name in large[:_CHANNELS]:
            if model.channels[name].cases >= LEAST_SERIES:
                look([name], name)
    return found


def _clocks(records: Records, luck: Luck) -> list[Finding]:
    """Days to the win of the deals won in each week, beside the mean of their channel."""
    of = spells(records, whole=True)
    # of deals from before the records only the slow ones are there
    of = of.where((of.end == YES) & (of.entry == 0))
    if len(of.deal) < LEAST_SERIES:
        return []
    closed = of.begun + (of.age * 3600).astype("timedelta64[s]")
    warm = of.begun.min() + np.timedelta64(int(float(np.quantile(of.age, 0.95)) * 3600), "s")
    of, closed = of.where(closed >= warm), closed[closed >= warm]
    if len(of.deal) < LEAST_SERIES:
        return []
    return _of_logs("clocks", np.log1p(of.age / 24), of.channel, closed, luck)


def _amounts(records: Records, luck: Luck) -> list[Finding]:
    deals = records.deals
    rows = (deals["status"] == "won") & (deals["amount"] > 0) & deals["closed"].notna()
    since = recorded_since(records)
    closed = deals["closed"].to_numpy("datetime64[s]")
    kept = rows.to_numpy() & ((closed >= since) if since is not None else True)
    if kept.sum() < LEAST_SERIES:
        return []
    logs = np.log(deals["amount"].to_numpy(float)[kept])
    return _of_logs("amounts", logs, channel_codes(deals)[1][kept], closed[kept], luck)


def _of_logs(subject: Subject, logs: Floats, code: Ints, times: NDArray[np.datetime64], luck: Luck) -> list[Finding]:
    """The finding of logarithms at times, each beside the mean of its channel."""
    left = logs - (np.bincount(code, logs) / np.maximum(np.bincount(code), 1))[code]
    variance = float(np.var(left))
    if variance <= 1e-12:
        return []
    first, week = _weeks(times)
    return _finding(subject, "", _by_week(week, left / variance, np.full(len(left), 1 / variance)), first, luck)


def by_cohort(records: Records) -> tuple[pd.DataFrame, float]:
    """Shares won within a time, by month of creation, of months all of whose deals have been seen so long.

    The time is that within which nine tenths of the closed deals ended. The second value is the p of the trend
    (Cochran 1954, Armitage 1955), NaN where there are fewer than three such months.
    """
    of = spells(records, whole=True)
    of = of.where(of.entry == 0)
    ended = of.end != OPEN
    empty = pd.DataFrame({"deals": [], "won": [], "share": []})
    if ended.sum() < LEAST_SERIES:
        return empty, math.nan
    within = float(np.quantile(of.age[ended], 0.9))
    moment = np.datetime64(pd.Timestamp(records.as_of), "s")
    month = pd.Series(pd.DatetimeIndex(of.begun).to_period("M"))
    last = moment - np.timedelta64(int(within * 3600), "s")
    complete = month.dt.end_time.to_numpy() <= last
    won = (of.end == YES) & (of.age <= within)
    table = pd.DataFrame({"deals": 1, "won": won.astype(int)}).groupby(month.to_numpy())[["deals", "won"]].sum()
    table = table[table.index.isin(set(month[complete]))]
    table["share"] = table["won"] / table["deals"]
    if len(table) < 3:
        return table, math.nan
    n, k = table["deals"].to_numpy(float), table["won"].to_numpy(float)
    x = np.arange(len(table)) - np.average(np.arange(len(table)), weights=n)
    p = k.sum() / n.sum()
    spread = p * (1 - p) * float((n * x * x).sum())
    if spread <= 0:
        return table, 1.0
    return table, float(special.erfc(abs(float((k * x).sum())) / math.sqrt(2 * spread)))


def _quarters(records: Records) -> pd.DataFrame:
    deals = records.deals
    rows = deals[deals["closed"].notna() & deals["created"].notna()]
    days = (rows["closed"] - rows["created"]).dt.total_seconds() / 86400
    median = days.groupby(rows["closed"].dt.to_period("Q")).median().rename("days")
    return pd.concat([median, by_quarter(records)], axis=1)
