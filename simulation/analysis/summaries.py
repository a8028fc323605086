"""What the replications say of each structure: means with intervals, and how far single years lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.differences import Table
from simulation.analysis.intervals import mean_interval
from simulation.analysis.quantiles import Floats, quantiles

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure of one structure over the replications.

    Attributes:
        mean: mean over the years.
        low: lower end of the mean's interval (pointwise).
        high: its upper end.
        sd: standard deviation between years.
        p05: a year out of twenty is lower (the worst one where fewer than 19 years were played).
        p50: the middle year.
        p95: a year out of twenty is higher.
        p05_low, p05_high: interval of p05; NaN where no year marks an end. Likewise of p50 and p95.
        n: years in which the measure is defined.
    """

    mean: float
    low: float
    high: float
    sd: float
    p05: float
    p50: float
    p95: float
    n: int
    p05_low: float
    p05_high: float
    p50_low: float
    p50_high: float
    p95_low: float
    p95_high: float


def summarise(table: Table, structure: str, measures: Iterable[str], level: float) -> dict[str, Summary]:
    """Summary of each measure of a structure, in its unit; measures that it does not have are left out."""
    result = {}
    for name in measures:
        if (structure, name) not in table.columns:
            continue
        result[name] = summary_of(table.of(structure, name), level)
    return result


def summary_of(values: Floats, level: float) -> Summary:
    """Summary of the values of one measure, one per year."""
    found, spread = mean_interval(values, level), quantiles(values, level)
    of = spread.p05.flat("p05") | spread.p50.flat("p50") | spread.p95.flat("p95")
    return Summary(mean=found.mean, low=found.low, high=found.high, sd=found.sd, n=found.n, **of)


def summary_frame(summaries: Mapping[str, Mapping[str, Summary]]) -> pd.DataFrame:
    """One row per structure and measure: structure, measure, title, unit, and the fields of ``Summary``."""
    import pandas as pd

    rows = [
        {"structure": structure, "measure": name, "title": describe(name).title, "unit": describe(name).unit}
        | asdict(summary)
        for structure, measures in summaries.items()
        for name, summary in measures.items()
        if summary.n > 0
    ]
    return pd.DataFrame(rows, columns=["structure", "measure", "title", "unit", *Summary.__dataclass_fields__])


def month_frame(months: pd.DataFrame, measure: str, level: float) -> pd.DataFrame:
    """A column of `Runs.months` by structure and month: structure, month, and the fields of ``Summary``.

    Raises KeyError for a column that the frame does not have.
    """
    import pandas as pd

    rows = []
    for (structure, month), group in months.groupby(["structure", "month"], sort=False)[measure]:
        found = summary_of(group.to_numpy(dtype=np.float64), level)
        rows.append({"structure": structure, "month": month} | asdict(found))
    return pd.DataFrame(rows, columns=["structure", "month", *Summary.__dataclass_fields__])
