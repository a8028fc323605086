"""What a measure is: its name, title, unit, meaning and direction."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.texts.values import Unit

__all__ = ["Measure", "Unit"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a run.

    Attributes:
        name: key in frames and files.
        title: name in tables.
        unit: of its values; a share is 0..1, money is in the scenario's currency.
        meaning: what exactly is counted.
        higher_is_better: the direction; None where neither direction is good by itself.
    """

    name: str
    title: str
    unit: Unit
    meaning: str
    higher_is_better: bool | None = None

    @property
    def upwards(self) -> bool:
        """Whether a higher value wins; so it does where neither direction is good by itself."""
        return self.higher_is_better is not False

    def possible(self, low: float, high: float) -> tuple[float, float]:
        """An interval without the values that the measure cannot take: below 0, a share above 1.

        Money may be below zero unless it is paid, sold or owed; attainment of a plan has no bounds.
        """
        family = self.name.partition(".")[0]
        if family in _UNBOUNDED or (self.unit == "money" and self.name not in _NEVER_BELOW_ZERO):
            return low, high
        bounded = self.unit == "share" and family not in _BEYOND_ONE
        return max(low, 0.0), min(high, 1.0) if bounded else high


_NEVER_BELOW_ZERO = {
    *("average_deal", "revenue", "new_revenue", "repeat_revenue", "distributor_revenue"),
    *("payroll", "costs", "cost_of_goods", "receivables_end", "administrator_cost"),
    *("ordered_revenue", "cancelled_revenue", "unbilled_revenue", "unbilled_revenue_end"),
    *("unbilled_revenue_end.serve", "unbilled_revenue_end.paperwork"),
    *("turnover_cost.separation", "turnover_cost.recruiting", "turnover_cost.training"),
}
"""Measures in money that cannot be negative."""

_UNBOUNDED = {"plan_attainment", "growth", "leavers_raised"}
"""Measures that may lie anywhere."""

_BEYOND_ONE = {"turnover_rate", "head_load", "revenue_cv", "revenue_cv_chance", "revenue_cv_equal"}
"""Shares that may lie above one."""
