"""The firm's own last year against simulated ones, as a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from simulation.analysis.history import HistoryCheck
from simulation.scenario.scenario import Scenario
from simulation.study.terms import number
from simulation.texts import Phrase

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("key", "title", "unit", "given", "mean", "low", "high", "p05", "p95", "inside", "far")


@dataclass(frozen=True)
class OwnYear:
    """How well the simulation gives the own year again.

    Attributes:
        scenario: has the year under `history`.
        check: number by number.
    """

    scenario: Scenario
    check: HistoryCheck
    kind: ClassVar[str] = "history"

    @property
    def sentences(self) -> Sequence[Phrase]:
        """The first number, then whether the year fits."""
        return [self.check.headline, self.check.verdict]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "structure": self.check.structure,
            "replications": self.check.years,
            "fits": self.check.fits,
            "numbers": {row.key: number(row.mean) for row in self.check.rows},
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each number of the year; 'months': revenue by month, where it was given."""
        import pandas as pd

        def frame(rows: Sequence[Any]) -> pd.DataFrame:
            return pd.DataFrame([[getattr(row, name) for name in COLUMNS] for row in rows], columns=list(COLUMNS))

        found = {"": frame(self.check.rows)}
        return found | ({"months": frame(self.check.months)} if self.check.months else {})
