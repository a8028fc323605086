"""Break-even by formula and as simulated, and the month in which the department has paid back its capital.

When something pays back: the cumulated difference of two structures, month by month, in the same years.

A CRM, an administrator, a reorganisation: two structures that differ in nothing else, with it and without it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.intervals import mean_interval
from simulation.analysis.quantiles import Proportion, Quantiles, proportion_interval, quantiles, share_phrase
from simulation.analysis.results import Result
from simulation.analysis.runs import Runs
from simulation.analysis.unknown import unknown
from simulation.finance.lines import line_column
from simulation.texts import Phrase, Term, say

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
            return say("payback-never-differ", measure=Term(f"month-{self.measure}", self.measure))
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
        UnknownName: there is no such structure or column.
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
        raise unknown("measure", measure, runs.months.columns.drop(["structure", "replication", "month"]))
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


VARIABLE = ("cost_of_goods", "commission", "vacation_pay", "channel_share", "per_lead_pay")
"""Accounts that go with what is sold."""


@dataclass(frozen=True)
class BreakEven:
    """When a structure covers its costs.

    By formula: fixed costs over the margin ratio, from the means of the simulated years.

    Attributes:
        structure: its name.
        fixed: fixed costs of the whole time, money: all that does not go with sales.
        variable_share: variable costs over revenue.
        margin_ratio: one minus it: what is left of each unit of revenue.
        revenue: revenue of the whole time at which profit is nothing, money; infinite where nothing is left of a sale.
        revenue_a_month: the same a month.
        units: sales (first deals, orders, distributors' orders) at which profit is nothing.
        month: month of the run in which the mean revenue so far reaches `revenue`, NaN where it does not: from then on
            the period is profitable.
        safety: share by which mean revenue lies above the break-even (below zero: under it).
        profit_months: month from whose end on the profits so far are above nothing for good, infinite: never; of the
            good, the middle and the bad year, with their intervals.
        profit_share: share of years that end with a profit.
        paid_back_months: month from whose end on cash has paid for the capital for good; as above.
        paid_back_share: share of years that do within the horizon.
        months: months of the run.
    """

    structure: str
    fixed: float
    variable_share: float
    margin_ratio: float
    revenue: float
    revenue_a_month: float
    units: float
    month: float
    safety: float
    profit_months: Quantiles
    profit_share: Proportion
    paid_back_months: Quantiles
    paid_back_share: Proportion
    months: int

    @property
    def paid_back(self) -> float:
        """Month by whose end the middle year has paid for the capital for good; infinite: never."""
        return self.paid_back_months.p50.value

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""
        plain = asdict(self)
        for name, months in (("profit_month", "profit_months"), ("paid_back", "paid_back_months")):
            del plain[months]
            found: Quantiles = getattr(self, months)
            plain |= found.p50.flat(name) | found.p05.flat(f"{name}_p05") | found.p95.flat(f"{name}_p95")
        return plain


def break_even(result: Result, structure: str) -> BreakEven:
    """Break-even of a structure.

    Raises:
        KeyError: there is no such structure.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    rows = result.runs.months[result.runs.months["structure"] == structure]
    count = result.cases[structure].scenario.experiment.months
    revenue, variable, profit, cash = by_year(result, structure)
    mean_revenue, mean_variable = float(revenue.sum(axis=1).mean()), float(variable.sum(axis=1).mean())
    fixed = mean_revenue - mean_variable - float(profit.sum(axis=1).mean())
    share = mean_variable / mean_revenue if mean_revenue > 0 else math.nan
    ratio = 1.0 - share
    needed = fixed / ratio if ratio > 0 else math.inf
    sold = result.summaries[structure]
    sales = sum(sold[name].mean for name in ("deals", "orders", "distributor_orders"))
    so_far = np.cumsum(revenue.mean(axis=0))
    reached = np.flatnonzero(so_far >= needed)
    turning = [stays_above(np.cumsum(year)) for year in profit]
    paying = [stays_above(np.cumsum(year)) for year in cash]
    years = len(rows) // count
    return BreakEven(
        structure=structure,
        fixed=fixed,
        variable_share=share,
        margin_ratio=ratio,
        revenue=needed,
        revenue_a_month=needed / count,
        units=sales * needed / mean_revenue if mean_revenue > 0 else math.inf,
        month=_within(so_far, needed, int(reached[0])) if len(reached) else math.nan,
        safety=mean_revenue / needed - 1.0 if 0 < needed < math.inf else math.nan,
        profit_months=quantiles(turning, result.level, whole=True),
        profit_share=proportion_interval(sum(math.isfinite(m) for m in turning), years, result.level),
        paid_back_months=quantiles(paying, result.level, whole=True),
        paid_back_share=proportion_interval(sum(math.isfinite(m) for m in paying), years, result.level),
        months=count,
    )


def by_year(result: Result, structure: str) -> tuple[Floats, Floats, Floats, Floats]:
    """Revenue, variable costs, profit and cash by year and month, money, each of shape (years, months).

    Variable are the cost of goods, commission with its vacation pay and contributions, shares given to channels, fees
    per lead, and the budget's lines by deal or lead.
    """
    case = result.cases[structure]
    rows = result.runs.months[result.runs.months["structure"] == structure]
    budget, count = case.scenario.budget, case.scenario.experiment.months

    def table(values: pd.Series[float] | Floats) -> Floats:
        return np.asarray(values, dtype=np.float64).reshape(-1, count)

    variable = sum((table(rows[f"account.{name}"]) for name in VARIABLE), np.zeros((len(rows) // count, count)))
    moving_pay = table(rows["account.commission"]) + table(rows["account.vacation_pay"])
    variable += budget.contribution_rate * moving_pay
    for name in ("direct", "indirect", "other"):
        for line in getattr(budget, name).lines:
            column = line_column(name, line.name)
            if line.per in ("deal", "lead") and column in rows:
                variable += table(rows[column].fillna(0.0))
    return table(rows["revenue"]), variable, table(rows["profit"]), table(rows["cash"])


def _within(so_far: Floats, needed: float, month: int) -> float:
    """Month at whose part the sum is reached: 3.5 is the middle of the fourth."""
    before = float(so_far[month - 1]) if month else 0.0
    made = float(so_far[month]) - before
    return month + ((needed - before) / made if made > 0 else 1.0)
