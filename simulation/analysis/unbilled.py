"""Work that is late and orders that are not billed: what a structure leaves undone while its figures look well."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.orders import BEFORE_THE_BILL
from simulation.analysis.summaries import Summary
from simulation.texts import Percent, say

NOTED = 0.05
"""Share of the revenue that waits to be billed at the end, from which it is said above the verdict."""
MANY = 10.0
"""From so many times the revenue on, waiting orders are no share of it any more."""
DATED = ("qualify", "sell", "serve", "paperwork", "collect", "upsell", "care")
"""Activities that may have a due time, in the order of a client's way."""
LATE = (
    "ordered_revenue",
    "cancelled_revenue",
    "billed_share",
    "billing_days",
    "unbilled",
    "unbilled_end",
    "unbilled_revenue",
    "unbilled_revenue_end",
    *(f"{family}.{activity}" for activity in BEFORE_THE_BILL for family in ("unbilled_revenue_end", "unbilled_days")),
    "overdue",
    *(f"overdue.{activity}" for activity in DATED),
    "overdue_end",
    *(f"overdue_end.{activity}" for activity in DATED),
)
"""The measures of late and unbilled work, in the order of a table."""


def unbilled_cautions(cases: Mapping[str, Case], summaries: Mapping[str, Mapping[str, Summary]]) -> list[Caution]:
    """Cautions where orders worth more than NOTED of the revenue wait to be billed at the end.

    Args:
        cases: the structures.
        summaries: summaries of the measures of each.
    """
    found = []
    for name, case in cases.items():

        def mean(measure: str, structure: str = name) -> float:
            summary = summaries[structure].get(measure)
            return math.nan if summary is None else summary.mean

        left, revenue = mean("unbilled_revenue_end"), mean("revenue")
        if not left > NOTED * max(revenue, 0.0):
            continue
        parts = {activity: mean(f"unbilled_revenue_end.{activity}") for activity in BEFORE_THE_BILL}
        activity = max(parts, key=lambda each: parts[each])
        days = mean(f"unbilled_days.{activity}")
        share = left / revenue if revenue > 0 else math.inf
        text = say(
            "caution-unbilled",
            structure=case.title,
            share=Percent(min(share, MANY)),
            all="yes" if share > MANY else "no",
            activity=activity,
            whole="yes" if parts[activity] == left else "no",
            days=max(1, round(days)),
        )
        figures = {"unbilled_revenue_end": left, "revenue": revenue, "days": days}
        found.append(Caution("unbilled", text, (name,), figures))
    return found
