"""The catalogue of measures of the business: variation and growth of revenue, cost and worth of a channel's buyers.

Here too: what a measure is: its name, title, unit, meaning and direction.
"""

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


BUSINESS: tuple[Measure, ...] = (
    Measure(
        "revenue_cv",
        "Variation of monthly revenue",
        "share",
        "Coefficient of variation: standard deviation of the months' revenue over their mean.",
        False,
    ),
    Measure(
        "revenue_cv_chance",
        "The same by chance alone",
        "share",
        "What independent sales of these sizes would give in months that are all alike: sqrt((1 + c^2)/n), n sales a "
        "month, c the coefficient of variation of their sizes. Only what lies above is season, growth or management.",
    ),
    Measure(
        "revenue_cv_equal",
        "By chance, sales of equal size",
        "share",
        "1/sqrt(n), n sales a month: the article's small department cannot be steadier.",
    ),
    Measure("revenue_cv.<product>", "Variation of revenue, <product>", "share", "The same of one product.", False),
    Measure("revenue_cv_chance.<product>", "By chance alone, <product>", "share", "The same of one product."),
    Measure("revenue_cv_equal.<product>", "By chance, equal sizes, <product>", "share", "The same of one product."),
    Measure(
        "growth",
        "Growth of revenue",
        "share",
        "Revenue of the last three months over that of the first three, less one; both over the plan's seasonal "
        "factors. Shorter runs: the halves.",
        True,
    ),
    Measure(
        "growth.product.<product>",
        "Growth by <product>",
        "share",
        "The part of the growth that one product made; products add up to `growth`.",
        True,
    ),
    Measure(
        "growth.channel.<channel>",
        "Growth by <channel>",
        "share",
        "The part of the growth that one channel's buyers made; channels add up to `growth`.",
        True,
    ),
    Measure("growth.new", "Growth by first deals", "share", "The part of the growth that first deals made.", True),
    Measure("growth.old", "Growth by old customers", "share", "The part of the growth that orders made.", True),
    Measure(
        "acquisition_cost.<channel>",
        "Cost of a buyer, <channel>",
        "money",
        "What the channel cost and the pay of the hours that won its buyers, over its first deals. Hours of "
        "prospecting belong to outbound channels by their attempts, of qualifying and selling to all by their "
        "qualified leads.",
        False,
    ),
    Measure(
        "lifetime_value.<channel>",
        "Lifetime value of a buyer, <channel>",
        "money",
        "Gross margin, less shares given to the channel, of the first deal and of the orders of a customer's life (one "
        "over the rate at which customers left, at most 60 months); before the cost of serving.",
        True,
    ),
    Measure(
        "payback_months.<channel>",
        "Months until a buyer has paid back, <channel>",
        "number",
        "Months of orders until a buyer's margin has covered the acquisition cost; 0: with the first deal; undefined "
        "in years in which it never does.",
        False,
    ),
    Measure(
        "win_rate.<channel>",
        "Win rate, <channel>",
        "share",
        "The win rate of one channel's leads of the period: won over decided ones, by arrival.",
        True,
    ),
    Measure(
        "process_leads.<process>",
        "Leads, <process>",
        "number",
        "Leads of the period that came to one process; only where leads go through several.",
    ),
    Measure(
        "process_win_rate.<process>",
        "Win rate, <process>",
        "share",
        "The win rate of one process's leads of the period: won over decided ones, by arrival.",
        True,
    ),
    Measure("process_deals.<process>", "Deals, <process>", "number", "First deals of one process.", True),
    Measure(
        "process_revenue.<process>", "Revenue, <process>", "money", "Revenue of one process: deals and orders.", True
    ),
    Measure(
        "process_customers.<process>",
        "Customers at the end, <process>",
        "number",
        "Customers of one process at the end of the period.",
        True,
    ),
    Measure("open_share.<channel>", "Still open, <channel>", "share", "Open leads over all leads of one channel."),
    Measure(
        "profitable_months",
        "Months until profit turns",
        "number",
        "Months from the start until the profits so far add up to their most, after which the department loses money; "
        "the whole period where profit still grows at its end, 0 where there never is any.",
        True,
    ),
    Measure(
        "months_carried",
        "Months that profit carries",
        "number",
        "Months from the start until the profits so far are used up; the whole period where they are not.",
        True,
    ),
)

OF_PRODUCT = {"revenue_cv", "revenue_cv_chance", "revenue_cv_equal"}
OF_CHANNEL = ("win_rate", "open_share", "acquisition_cost", "lifetime_value", "payback_months")
"""Families of measures with one member for each channel, in the order of a table."""
OF_PROCESS = ("process_leads", "process_win_rate", "process_deals", "process_revenue", "process_customers")
"""The same for each process, where leads go through several."""
