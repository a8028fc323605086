"""Figures that no firm has: cautions above the verdict, since the inputs are then the first thing to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.summaries import Table
from simulation.texts import Amount, Percent, Phrase, joined, say

Floats = NDArray[np.float64]

TIMES = 5.0
"""Times the plan from which revenue is out of proportion."""
KEPT = 0.5
"""Share of the revenue from which profit is."""
YEARS = 20
"""Years of which every one may meet a plan by chance where they are fewer."""


def proportion_cautions(cases: Mapping[str, Case], table: Table) -> list[Caution]:
    """A caution for each structure that brings many times its plan, or keeps half of its revenue as profit."""
    found = []
    for name, case in cases.items():
        said = list(_out_of_proportion(table, name, profit=case.scenario.budget.has_costs))
        if said:
            text = say("caution-proportion", structure=case.title, what=joined(said, ", "))
            found.append(Caution("proportion", text, (name,)))
    return found


def bare_caution() -> Caution:
    """The budget has no line of costs."""
    return Caution("bare", say("caution-bare"))


def _out_of_proportion(table: Table, name: str, *, profit: bool) -> Iterator[Phrase]:
    attained = _known(table, name, "plan_attainment")
    if len(attained) and attained.mean() >= TIMES:
        yield say("proportion-plan", times=Amount(float(attained.mean())))
    elif len(attained) >= YEARS and attained.min() >= 1.0:
        yield say("proportion-always", years=len(attained))
    earned, revenue = _known(table, name, "profit"), _known(table, name, "revenue")
    if profit and len(revenue) and revenue.mean() > 0 and earned.mean() > KEPT * revenue.mean():
        yield say("proportion-profit", share=Percent(float(earned.mean() / revenue.mean())))


def _known(table: Table, name: str, measure: str) -> Floats:
    values = table.of(name, measure)
    known: Floats = values[~np.isnan(values)]
    return known
