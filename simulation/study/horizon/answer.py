"""Whether a longer or shorter run, or the value of what is there at its end, would change the winner.

Here too: what the winner hangs on in time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from simulation.analysis.cautions import Caution
from simulation.analysis.comparison import compare
from simulation.analysis.horizon import SUMMED
from simulation.analysis.results import Comparison
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab, years_of
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd


def horizon(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    level: float | None = None,
    replications: int | None = None,
    lab: Lab | None = None,
) -> Horizon:
    """What the winner hangs on in time.

    Args:
        scenario: the scenario, its months in it.
        structures: names; all when None.
        baseline: the structure that the others are compared with; as `terms` has it when None.
        measure: that decides; profit is added up for one that is no sum of months.
        level: of the intervals; the scenario's when None.
        replications: years of each structure; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there.
        TermsError: fewer than two structures.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    asked = {"structures": structures, "baseline": baseline, "measure": measure, "level": level}
    lab = lab or Lab()
    return Horizon(years_of(lab.whole(say("progress-horizon"), compare, scenario, **asked, replications=replications)))


CODES = ("end_value", "horizon", "horizon_hint")


@dataclass(frozen=True)
class Horizon:
    """Structures month by month, and where another stretch of time has another winner.

    Attributes:
        comparison: the whole run.
    """

    comparison: Comparison
    kind: ClassVar[str] = "horizon"

    @property
    def scenario(self) -> Scenario:
        """What was studied."""
        return self.comparison.scenario

    @property
    def by(self) -> str:
        """What is added up over the months: the measure that decides, profit for one that is no sum of months."""
        return self.comparison.measure if self.comparison.measure in SUMMED else "profit"

    @cached_property
    def changes(self) -> tuple[Caution, ...]:
        """Where another horizon, or the value of what is there at its end, has another winner."""
        return tuple(each for each in self.comparison.cautions if each.code in CODES)

    @cached_property
    def cumulated(self) -> pd.DataFrame:
        """Mean of what each structure has brought by the end of each month: a row a month, a column a structure."""
        months = self.comparison.runs.months
        means = months.pivot_table(index="month", columns="structure", values=self.by, aggfunc="mean")
        return means[list(self.comparison.structures)].cumsum()

    @property
    def sentences(self) -> Sequence[Phrase]:
        """What would change the winner, or that nothing does."""
        said: list[Any] = [each.text for each in self.changes]
        return said or [say("horizon-same", months=self.scenario.experiment.months)]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        return {
            "measure": self.by,
            "months": self.scenario.experiment.months,
            "level": self.comparison.level,
            "replications": self.comparison.runs.finished,
            "changes": [
                {"code": each.code, "structures": list(each.structures), "figures": dict(each.figures)}
                for each in self.changes
            ],
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """A row for each month and structure: what it has brought by its end, on average."""
        rows = self.cumulated.reset_index().melt("month", var_name="structure", value_name=self.by)
        return {"": rows}
