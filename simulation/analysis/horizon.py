"""Whether a longer or shorter horizon, or the value of what is there at its end, would change the winner.

Here too: work that is late and orders that are not billed: what a structure leaves undone while its figures look
well.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.measure_words import measure_term
from simulation.analysis.orders import BEFORE_THE_BILL
from simulation.analysis.summaries import Summary, Table, aligned, difference
from simulation.texts import Percent, say

if TYPE_CHECKING:
    import pandas as pd


YEAR = 12  # months
TAIL = 3  # months that show where the result is heading
SUMMED = ("profit", "revenue", "gross_margin", "deals")
"""Measures whose year is the sum of its months."""


def end_value_caution(
    table: Table, titles: Mapping[str, str], measure: str, level: float, family: int, bare: bool = False
) -> list[Caution]:
    """A caution where profit with the end value has another winner than profit.

    It is given only for a verdict in one of the two: others do not pretend to be the whole truth about money.
    """
    other = {"profit": "profit_with_end_value", "profit_with_end_value": "profit"}.get(measure)
    if other is None:
        return []
    here, there = _best(table, titles, measure), _best(table, titles, other)
    if here is None or there is None or here == there:
        return []
    found = difference(table, there, here, other, level, family)
    text = say(
        "caution-end-value",
        measure=measure_term(measure, bare=bare),
        here=titles[here],
        other=measure_term(other, bare=bare),
        there=titles[there],
        sure=found.told_apart,
    )
    return [Caution("end_value", text, (here, there), {"difference": found.mean})]


def horizon_cautions(
    months: pd.DataFrame,
    worlds: Mapping[str, int],
    titles: Mapping[str, str],
    measure: str,
    level: float,
    family: int,
    bare: bool = False,
) -> list[Caution]:
    """Cautions where the first year, or the last months, have another winner than the whole horizon.

    A horizon beyond a year is held against its first twelve months. A shorter one cannot show the future;
    where another structure is ahead, beyond chance, in the last three months, the order would change if they
    went on.

    Args:
        months: one row per structure, replication and month (`Runs.months`).
        worlds: the world of each structure (`summaries.Table`).
        titles: names of the structures in sentences.
        measure: the verdict's measure; profit is taken for one that is no sum of months.
        level: level of the intervals.
        family: comparisons read together.
        bare: whether no scenario has a line of costs.
    """
    by = measure if measure in SUMMED else "profit"
    if not len(months):
        return []
    starts = np.unique(months["month"].to_numpy())
    whole = _summed(months, by, worlds)
    winner = _best(whole, titles, by)
    if winner is None:
        return []
    if len(starts) > YEAR:
        first = _summed(months[months["month"] < starts[YEAR]], by, worlds)
        early = _best(first, titles, by)
        if early is None or early == winner:
            return []
        found = difference(first, early, winner, by, level, family)
        text = say(
            "caution-horizon",
            measure=measure_term(by, bare=bare),
            year=YEAR,
            early=titles[early],
            months=len(starts),
            winner=titles[winner],
            sure=found.told_apart,
        )
        return [Caution("horizon", text, (early, winner), {"months": float(len(starts)), "difference": found.mean})]
    if len(starts) < 2 * TAIL:
        return []
    last = _summed(months[months["month"] >= starts[-TAIL]], by, worlds)
    late = _best(last, titles, by)
    if late is None or late == winner or not difference(last, late, winner, by, level, family).told_apart:
        return []
    text = say(
        "caution-horizon-hint",
        months=len(starts),
        winner=titles[winner],
        measure=measure_term(by, bare=bare),
        tail=TAIL,
        late=titles[late],
        longer=3 * YEAR,
    )
    return [Caution("horizon_hint", text, (winner, late), {"months": float(len(starts))})]


def _summed(months: pd.DataFrame, measure: str, worlds: Mapping[str, int]) -> Table:
    sums = months.groupby(["structure", "replication"], sort=False)[measure].sum().reset_index()
    return aligned(sums, worlds)


def _best(table: Table, titles: Mapping[str, str], measure: str) -> str | None:
    """The structure with the highest mean (every measure asked for here is better when higher)."""
    means = {}
    for name in titles:
        values = table.of(name, measure)
        values = values[~np.isnan(values)]
        if len(values):
            means[name] = float(values.mean())
    return max(means, key=lambda name: means[name]) if means else None


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
    """Cautions where orders worth more than NOTED of the revenue wait to be billed at the end."""
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
