"""Work that is late and orders that are not billed: what a structure leaves undone while its figures look well."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.summaries import Summary
from simulation.scenario.readers import DAY
from simulation.texts import Percent, say

NOTED = 0.05
"""Share of the revenue that waits to be billed at the end, from which it is said above the verdict."""
DATED = ("qualify", "sell", "serve", "paperwork", "collect", "upsell", "care")
"""Activities that may have a due time, in the order of a client's way."""
LATE = (
    "ordered_revenue",
    "billed_share",
    "unbilled_revenue",
    "unbilled_revenue_end",
    "unbilled_end",
    "overdue",
    *(f"overdue.{activity}" for activity in DATED),
    "overdue_end",
)
"""The measures of late and unbilled work, in the order of a table."""
BEFORE_THE_BILL = ("serve", "paperwork")


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
        waits = {activity: mean(f"wait.{activity}") for activity in BEFORE_THE_BILL}
        known = {activity: hours for activity, hours in waits.items() if not math.isnan(hours)}
        slowest = max(known, key=lambda activity: known[activity], default="")
        share = left / revenue if revenue > 0 else math.inf
        text = say(
            "caution-unbilled",
            structure=case.title,
            share=Percent(min(share, 10.0)),
            all="yes" if share > 10.0 else "no",
            activity=slowest or "none",
            days=round(known.get(slowest, 0.0) / DAY),
        )
        figures = {"unbilled_revenue_end": left, "revenue": revenue}
        found.append(Caution("unbilled", text, (name,), figures))
    return found
