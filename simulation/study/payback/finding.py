"""When one structure has paid back against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from simulation.analysis.payback import Payback
from simulation.analysis.results import Comparison
from simulation.scenario.scenario import Scenario
from simulation.study.terms import number
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class PaidBack:
    """The pay-back of the other structure against the baseline.

    Attributes:
        comparison: both structures.
        payback: when it has paid back.
    """

    comparison: Comparison
    payback: Payback
    kind: ClassVar[str] = "payback"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.comparison.scenario

    @property
    def sentences(self) -> Sequence[Phrase]:
        """When, on average, and in how many years."""
        titles, found = self.comparison.titles, self.payback
        pair = {"structure": titles[found.with_], "baseline": titles[found.without]}
        return [say("payback-of", **pair, text=found.text)]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file; months are null where they are beyond the horizon."""
        found = self.payback
        return {
            "structure": found.with_,
            "baseline": found.without,
            "measure": found.measure,
            "level": found.level,
            "replications": found.years,
            "since": found.since,
            "horizon": found.horizon,
            "months": number(found.months),
            "low": number(found.low),
            "high": number(found.high),
            "share_of_years": number(found.share.share),
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each month: the cumulated difference, money."""
        return {"": self.payback.curve}
