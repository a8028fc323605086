"""Inputs that are drawn together: a table of values, one row a possible truth, one column a path of the scenario.

Replication r lives with row r modulo the number of rows, the same under every structure (`amending.drawn`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import NonNegative

FEWEST = 20
"""Rows without which nothing is said of the doubt."""


def _table(given: Mapping[str, Any] | str) -> Mapping[str, Any] | str:
    """Columns of one length as tuples; the loader has put the table in the place of a file's name."""
    columns = {} if isinstance(given, str) else given
    if not columns:
        raise MisfitError(Misfit("", worded("draws-empty"), None, worded("allowed-draws")))
    found = []
    counts = {path: len(each) if isinstance(each, (list, tuple)) else 1 for path, each in columns.items()}
    rows = max(counts.values())
    for path, count in counts.items():
        if count < max(rows, FEWEST):
            message = worded("draws-few", rows=count) if rows < FEWEST else worded("draws-uneven", rows=count)
            found.append(Misfit(path, message, count, worded("allowed-rows", fewest=max(rows, FEWEST))))
    if found:
        raise MisfitError(found[:1] if rows < FEWEST else found)
    return {path: tuple(each) for path, each in columns.items()}


class Inputs(Block):
    """Inputs that nobody knows, drawn together: a sample of their joint law."""

    draws: Annotated[dict[str, Any] | str, AfterValidator(_table)] = required(
        "A table of drawn inputs: a CSV or Parquet file beside the scenario (columns are dotted paths, one row a "
        "draw), or a list of values by path. Replication r lives with row r modulo the rows, the same under every "
        "structure; closed-form numbers keep the values as written."
    )
    trust: Literal["", "untested", "level", "direction", "neither"] = key(
        "",
        "How far a back-test of the records that the inputs were estimated from lets one trust forecasts, which is "
        "said above a verdict: their level, their direction, neither; untested: from records that were not held "
        "against their past; empty: not from records.",
    )
    missed: NonNegative | None = key(
        None, "Share by which that back-test missed the wins of the weeks after each date, on average."
    )
    undivided: bool = key(
        False,
        "Whether the records know no stages, so that nothing is known of how people could divide them: said above a "
        "verdict.",
    )

    @property
    def columns(self) -> Mapping[str, tuple[Any, ...]]:
        """Values as written by dotted path."""
        assert not isinstance(self.draws, str)
        return self.draws

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return len(next(iter(self.columns.values())))

    def row(self, number: int) -> dict[str, Any]:
        """Values by path of a replication."""
        place = number % self.rows
        return {path: values[place] for path, values in self.columns.items()}
