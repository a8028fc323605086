"""Columns of the months as arrays: every possible year as a path over the months."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown

Floats = NDArray[np.float64]


def paths(result: Result, structure: str, column: str) -> Floats:
    """A column of ``runs.months`` of a structure, shape (years, months); undefined values are NaN.

    Raises:
        KeyError: there is no such structure or column.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    months = result.runs.months
    if column not in months:
        raise KeyError(f"{column!r} is not a column of the months")
    rows = months[months["structure"] == structure]
    count = result.cases[structure].scenario.experiment.months
    return np.asarray(rows[column].to_numpy(dtype=np.float64).reshape(-1, count))
