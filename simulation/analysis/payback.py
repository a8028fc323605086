"""When something pays back: the cumulated difference of two structures, month by month, in the same years.

A CRM, an administrator, a reorganisation: two structures that differ in nothing else, with it and without it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.intervals import mean_interval
from simulation.analysis.quantiles import Quantiles, quantiles
from simulation.analysis.results import Result
from simulation.analysis.runs import Runs
from simulation.analysis.shares import Proportion, proportion_interval, share_phrase
from simulation.analysis.unknown import unknown
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
ROUNDING = 1e-9
"""Amounts of a month that differ by this share are the same money in another order."""


@dataclass(frozen=True)
class Payback:
    """When one structure has earned what it cost more than another.

    Months are counted from the first one in which the two differ in any year (`since`): 1 is that month itself. A
    structure has paid back in the month from whose end on its cumulated difference is never below zero again;
    infinite: not within the horizon.

    Attributes:
        with_: the structure with what is to pay back.
        without: the structure without it.
        measure: the monthly column that is cumulated.
        since: number of the first month in which the two differ, from 1; None where they never do.
        horizon: months from then until the end.
        months: when the mean of all years has paid back.
        low: when it may have at the earliest: until then the mean's interval lies below zero.
        high: when it has at the latest: from then on the mean's interval lies above zero.
        by: months by which a year out of twenty has paid back, half of them, nineteen of twenty, with their intervals;
            infinite where too few years have.
        share: share of years that pay back within the horizon, with its interval.
        years: years compared.
        level: level of the intervals.
        curve: one row per month: month (first day), number (from `since`), mean, low, high of the cumulated
            difference, money.
    """

    with_: str
    without: str
    measure: str
    since: int | None
    horizon: int
    months: float
    low: float
    high: float
    by: Quantiles
    share: Proportion
    years: int
    level: float
    curve: pd.DataFrame

    @property
    def text(self) -> Phrase:
        """What it says, in words."""
        if self.years == 0:
            return say("payback-no-years")
        if self.since is None:
            return say("payback-never-differ", measure=self.measure)
        values = {"share": share_phrase(self.share), "years": self.years, "horizon": self.horizon}
        if math.isinf(self.months):
            early = "" if math.isinf(self.low) else say("payback-early", month=f"{self.low:.0f}")
            return say("payback-not", early=early, **values)
        late = say("payback-beyond") if math.isinf(self.high) else f"{self.high:.0f}"
        level = f"{self.level:.0%}"
        return say("payback-in", month=f"{self.months:.0f}", level=level, low=f"{self.low:.0f}", high=late, **values)


def payback(
    runs: Result | Runs, with_: str, without: str, *, measure: str = "cash", level: float | None = None
) -> Payback:
    """When a structure has paid back against another, in the same possible years.

    The interval is that of the month in which the cumulated mean crosses zero: its ends are the months at which
    the upper and the lower end of the mean's interval (Student's t, each month by itself) come and stay above zero.

    Args:
        runs: a comparison, another result, or the replications themselves.
        with_: the structure with what is to pay back.
        without: the structure without it.
        measure: a column of ``Runs.months`` that adds up over months: cash or profit.
        level: level of the intervals; that of the result, or 95 %, when None.

    Raises:
        KeyError: there is no such structure or column.
        ValueError: the two structures did not meet the same years.
    """
    if isinstance(runs, Result):
        for name in (with_, without):
            if name not in runs.cases:
                raise unknown("structure", name, runs.cases)
        if not runs.values.paired(with_, without):
            raise ValueError(f"{with_!r} and {without!r} did not meet the same years, so no year can pay back")
        level = runs.level if level is None else level
        runs = runs.runs
    level = 0.95 if level is None else level
    if measure not in runs.months.columns:
        raise KeyError(f"{measure!r} is not a column of the months")
    first, second = _table(runs, with_, measure), _table(runs, without, measure)
    years = first.index.intersection(second.index)
    gain = _gain(first.loc[years].to_numpy(dtype=np.float64), second.loc[years].to_numpy(dtype=np.float64))
    differs = np.flatnonzero((gain != 0).any(axis=0))
    begin = int(differs[0]) if len(differs) else 0
    cumulated, starts = np.cumsum(gain, axis=1)[:, begin:], first.columns.to_numpy()[begin:]
    curve = _curve(cumulated, starts, level)
    paid = [stays_above(row) for row in cumulated]
    in_time = sum(math.isfinite(month) for month in paid)
    known = len(years) > 0
    return Payback(
        with_=with_,
        without=without,
        measure=measure,
        since=begin + 1 if len(differs) else None,
        horizon=len(starts),
        months=stays_above(curve["mean"].to_numpy()) if known else math.nan,
        low=stays_above(curve["high"].to_numpy()) if known else math.nan,
        high=stays_above(curve["low"].to_numpy()) if known else math.nan,
        by=quantiles(paid, level, whole=True),
        share=proportion_interval(in_time, len(years), level),
        years=len(years),
        level=level,
        curve=curve,
    )


def _table(runs: Runs, structure: str, measure: str) -> pd.DataFrame:
    """A structure's column: a row for each year, a column for each month."""
    if structure not in runs.structures:
        raise unknown("structure", structure, runs.structures)
    rows = runs.months[runs.months["structure"] == structure]
    return rows.pivot(index="replication", columns="month", values=measure)


def _gain(first: Floats, second: Floats) -> Floats:
    """First less second; what differs by rounding only is the same."""
    gain = first - second
    gain[np.abs(gain) <= ROUNDING * np.maximum(np.abs(first), np.abs(second))] = 0.0
    return gain


def _curve(cumulated: Floats, starts: NDArray[np.generic], level: float) -> pd.DataFrame:
    import pandas as pd

    found = [mean_interval(column, level) for column in cumulated.T]
    return pd.DataFrame(
        {
            "month": starts,
            "number": np.arange(1, len(starts) + 1),
            "mean": [each.mean for each in found],
            "low": [each.low for each in found],
            "high": [each.high for each in found],
        }
    )


def stays_above(cumulated: Floats) -> float:
    """Number, from 1, of the month from whose end on the cumulated amount is never below zero; infinite: none."""
    below = np.flatnonzero(~(cumulated >= 0))
    if not len(below):
        return 1.0
    return float(below[-1] + 2) if below[-1] + 1 < len(cumulated) else math.inf
