"""What the replications say of each structure: means with intervals, and how far single years lie apart.

Here too: differences between structures, replication by replication, and how they are read together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import describe
from simulation.analysis.intervals import PairedDifference, mean_interval, paired_difference, unpaired_difference
from simulation.analysis.quantiles import quantiles

if TYPE_CHECKING:
    import pandas as pd


Floats = NDArray[np.float64]

COLUMNS = (
    "structure",
    "baseline",
    "measure",
    "mean",
    "low",
    "high",
    "joint_low",
    "joint_high",
    "sd",
    "n",
    "share_of_years_better",
    "share_of_years_better_low",
    "share_of_years_better_high",
    "share_of_years_tied",
    "confidence_mean_better",
    "gain_from_pairing",
    "paired",
    "family",
)
"""Columns of a frame of differences: structure less baseline, in the unit of the measure."""


@dataclass(frozen=True)
class Table:
    """Measures of several structures by replication, aligned: row i is the same possible year everywhere.

    Attributes:
        columns: values by (structure, measure), one per replication; NaN where a year is missing or
            undefined.
        worlds: the world of each structure: those with the same one met the same years and are paired.
    """

    columns: Mapping[tuple[str, str], Floats]
    worlds: Mapping[str, int]
    years: int

    def of(self, structure: str, measure: str) -> Floats:
        """A measure by replication; NaN where the structure has no such measure."""
        found = self.columns.get((structure, measure))
        return np.full(self.years, np.nan) if found is None else found

    def paired(self, a: str, b: str) -> bool:
        """Whether two structures met the same years."""
        return self.worlds[a] == self.worlds[b]


def aligned(replications: pd.DataFrame, worlds: Mapping[str, int]) -> Table:
    """The table of a frame of replications (`Runs.replications`), by structure and measure."""
    numbers = np.unique(replications["replication"].to_numpy())
    columns: dict[tuple[str, str], Floats] = {}
    names = [name for name in replications.columns if name not in ("structure", "replication")]
    for structure, rows in replications.groupby("structure", sort=False):
        places = np.searchsorted(numbers, rows["replication"].to_numpy())
        for name in names:
            values = np.full(len(numbers), np.nan)
            values[places] = rows[name].to_numpy(dtype=np.float64)
            columns[(str(structure), name)] = values
    return Table(columns, worlds, len(numbers))


def difference(table: Table, a: str, b: str, measure: str, level: float, family: int) -> PairedDifference:
    """Structure a less structure b in a measure, with pointwise and joint intervals.

    Structures that met different years are compared by Welch's interval; then no share of years and no gain
    from pairing exists (NaN), and `n` is the smaller number of years.
    """
    first, second, up = table.of(a, measure), table.of(b, measure), describe(measure).upwards
    if table.paired(a, b):
        return paired_difference(first, second, level=level, family=family, higher_is_better=up)
    apart = unpaired_difference(first, second, level=level, family=family, higher_is_better=up)
    n = min(apart.n_a, apart.n_b)
    return PairedDifference(
        mean=apart.mean,
        low=apart.low,
        high=apart.high,
        joint_low=apart.joint_low,
        joint_high=apart.joint_high,
        sd=apart.standard_error * math.sqrt(n),
        n=n,
        share_of_years_better=math.nan,
        share_of_years_better_low=math.nan,
        share_of_years_better_high=math.nan,
        share_of_years_tied=math.nan,
        confidence_mean_better=apart.confidence_mean_better,
        gain_from_pairing=math.nan,
        level=level,
        family=family,
    )


def difference_frame(
    table: Table,
    structures: Iterable[str],
    baseline: str,
    measures: Iterable[str],
    level: float,
    family_of: Callable[[str], int],
) -> pd.DataFrame:
    """Every structure less the baseline in every measure, one row each, with the columns of ``COLUMNS``.

    `family_of` says with how many comparisons the joint interval of a measure holds together.
    """
    import pandas as pd

    rows = []
    names = list(measures)
    for structure in structures:
        if structure == baseline:
            continue
        for measure in names:
            found = difference(table, structure, baseline, measure, level, family_of(measure))
            values = {name: getattr(found, name) for name in COLUMNS if hasattr(found, name)}
            rows.append(
                {"structure": structure, "baseline": baseline, "measure": measure}
                | values
                | {"paired": table.paired(structure, baseline)}
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


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
