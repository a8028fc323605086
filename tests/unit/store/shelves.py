"""Runs and stores for the tests of the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulation.analysis.runs import Run
from simulation.store import Store

PRINTS = {"pair": "a" * 32, "other": "b" * 32}


def run(structure: str = "pair", number: int = 0, **measures: float) -> Run:
    """A run whose numbers tell its structure and number."""
    values = {"profit": number + 0.1, "revenue": len(structure) / 3, **measures}
    months = {"cash": np.array([number, np.nan, -0.0]), "leads": np.array([1e-300, 5.0, 1.7e308])}
    return Run(
        structure, values, months, weeks={"deals": np.arange(4.0) + number}, funnel={"won": np.array([0.1, np.nan])}
    )


def filled(path: Path, numbers: int = 20, **options: Any) -> Path:
    """A store with so many replications of both structures, closed."""
    with Store(path, **options) as store:
        for number in range(numbers):
            store.keep(PRINTS, 1, number, [run(name, number) for name in PRINTS], "Hand-made")
    return path


def taken(path: Path, numbers: int = 20, **options: Any) -> dict[int, Mapping[str, Run]]:
    """What a store has of that."""
    with Store(path, **options) as store:
        return dict(store.find(PRINTS, 1, range(numbers)))


def same(one: Run, other: Run) -> bool:
    """Whether two runs are the same to the last bit, in the same order."""
    return (
        one.structure == other.structure
        and list(one.measures) == list(other.measures)
        and [list(table) for table in one.tables] == [list(table) for table in other.tables]
        and np.array(list(one.measures.values())).tobytes() == np.array(list(other.measures.values())).tobytes()
        and all(
            column.tobytes() == theirs[name].tobytes() and column.dtype == theirs[name].dtype
            for ours, theirs in zip(one.tables, other.tables, strict=True)
            for name, column in ours.items()
        )
    )
