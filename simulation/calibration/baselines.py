"""What anybody could forecast without a model: the weeks go on as they were, and each lead converts as its age says.

Both are laws, not numbers, so that they are scored as the forecast is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimators.spells import recorded_since
from simulation.calibration.records import Records, days_between

Floats = NDArray[np.float64]

BEFORE = 8
"""Weeks whose mean goes on."""
OLDEST = 104
"""Weeks of age from which on all leads are alike."""


@dataclass(frozen=True)
class Baseline:
    """A forecast of weeks.

    Attributes:
        wins: drawn wins by week, shape (draws, weeks).
        open_wins: of them from leads that were open at the split; None where the baseline does not tell them apart.
        open_end: drawn open leads at the end, shape (draws,); None where it says nothing of them.
    """

    wins: Floats
    open_wins: Floats | None = None
    open_end: Floats | None = None


def weekly(moments: pd.Series[pd.Timestamp], until: pd.Timestamp, weeks: int) -> NDArray[np.int64]:
    """How many moments lie in each of the last weeks before one, shape (weeks,)."""
    back = days_between(moments.dropna(), until) / 7
    place = np.floor(back[(back > 0) & (back <= weeks)] - 1e-9).astype(np.int64)
    return np.bincount(np.clip(place, 0, weeks - 1), minlength=weeks)[::-1]


def last_weeks(records: Records, weeks: int, draws: int, rng: np.random.Generator) -> Baseline:
    """The mean of the last eight weeks goes on: negative binomial with their mean and variance, at least Poisson.

    The mean itself is known as well as eight weeks tell it: it is drawn too, one for each forecast.
    """
    deals = records.deals
    won = deals.loc[deals["status"] == "won", "closed"]
    counts = weekly(won, pd.Timestamp(records.as_of), BEFORE)
    level = _levels(counts, draws, rng)
    return Baseline(_counts(np.repeat(level[:, None], weeks, axis=1), counts, rng), open_end=_open_now(records, draws))


def by_age(records: Records, weeks: int, draws: int, rng: np.random.Generator) -> Baseline:
    """Each lead is won or lost in the next week with the share of those of its age who were; as many come as lately.

    The age is counted in weeks since a lead came, all stages and channels together. Hazards are those of all leads in
    the records, seen from the records' first complete day on.
    """
    deals, now = records.deals, pd.Timestamp(records.as_of)
    created = deals["created"]
    ended = deals["closed"].where(deals["status"] != "open", now)
    since = recorded_since(records)
    first = created if since is None else created.where(created > pd.Timestamp(since), pd.Timestamp(since))
    enters = np.clip(days_between(created, first) / 7, 0, None)
    leaves = np.clip(days_between(created, ended) / 7, 0, None)
    seen = np.isfinite(enters) & np.isfinite(leaves) & (leaves >= enters)
    bins = np.arange(OLDEST + 1)
    # weeks of age spent under observation, whole ones and parts
    at_risk = np.array(
        [np.clip(np.minimum(leaves[seen], a + 1) - np.maximum(enters[seen], a), 0, 1).sum() for a in bins]
    )
    age = np.minimum(leaves, OLDEST).astype(np.int64)
    hazards = {}
    for status in ("won", "lost"):
        of = seen & (deals["status"] == status).to_numpy()
        events = np.bincount(age[of], minlength=OLDEST + 1)
        hazards[status] = _hazards(events, at_risk)
    still = deals["status"] == "open"
    ages = np.clip(days_between(created[still], now) / 7, 0, OLDEST).astype(np.int64)
    there = np.bincount(ages, minlength=OLDEST + 1).astype(np.float64)
    come = weekly(created, now, BEFORE)
    level = float(come.mean())
    old, new = np.zeros(weeks), np.zeros(weeks)
    groups = {"old": there, "new": np.zeros(OLDEST + 1)}
    for week in range(weeks):
        for name, group in groups.items():
            if name == "new":
                group[0] += level / 2  # those of this week are here for half of it on average
            both = hazards["won"] + hazards["lost"]
            ends = -np.expm1(-both)  # in a week at these rates
            won = group * ends * hazards["won"] / np.maximum(both, 1e-12)
            (old if name == "old" else new)[week] = won.sum()
            left = group * (1 - ends)
            moved = np.zeros_like(left)
            moved[1:] = left[:-1]
            moved[-1] += left[-1]
            if name == "new":
                moved[1] += level / 2
            groups[name] = moved
    ends_open = sum(group.sum() for group in groups.values())
    old_draws = rng.poisson(old, (draws, weeks)).astype(np.float64)
    new_draws = rng.poisson(new, (draws, weeks)).astype(np.float64)
    return Baseline(old_draws + new_draws, old_draws, rng.poisson(ends_open, draws).astype(np.float64))


def _hazards(events: NDArray[np.int64], at_risk: Floats) -> Floats:
    """Ends for each week at risk by age, smoothed by the ages beside where few were at risk."""
    found = np.zeros(len(events))
    for age in range(len(events)):
        near = 0
        while at_risk[max(age - near, 0) : age + near + 1].sum() < 30 and near < len(events):
            near += 1
        span = slice(max(age - near, 0), age + near + 1)
        risk = at_risk[span].sum()
        found[age] = events[span].sum() / risk if risk > 0 else 0.0
    return found


def _levels(counts: NDArray[np.int64], draws: int, rng: np.random.Generator) -> Floats:
    mean, error = counts.mean(), np.sqrt(max(counts.var(ddof=1), counts.mean()) / len(counts))
    return np.asarray(np.maximum(rng.normal(mean, error, draws), 0.05))


def _counts(levels: Floats, counts: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    mean, variance = counts.mean(), counts.var(ddof=1)
    if variance <= mean or mean == 0:
        return rng.poisson(levels).astype(np.float64)
    shape = mean**2 / (variance - mean)
    return rng.poisson(levels * rng.gamma(shape, 1 / shape, levels.shape)).astype(np.float64)


def _open_now(records: Records, draws: int) -> Floats:
    return np.full(draws, float((records.deals["status"] == "open").sum()))
