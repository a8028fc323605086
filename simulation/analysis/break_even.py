"""Break-even by formula and as simulated, and the month in which the department has paid back its capital."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.payback import stays_above
from simulation.analysis.quantiles import Quantiles, quantiles
from simulation.analysis.results import Result
from simulation.analysis.shares import Proportion, proportion_interval
from simulation.analysis.unknown import unknown
from simulation.finance.statements import line_column

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
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
