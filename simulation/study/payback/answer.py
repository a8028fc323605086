"""When one structure has earned what it cost more than another, from a scenario.

Here too: when one structure has paid back against another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from simulation.analysis.break_even import Payback, payback
from simulation.analysis.comparison import compare
from simulation.analysis.results import Comparison
from simulation.analysis.unknown import one_of
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab, years_of
from simulation.study.terms import number, terms
from simulation.texts import Phrase, say

if TYPE_CHECKING:
    import pandas as pd

Added = Literal["cash", "profit"]
"""What is added up, month by month."""


def paid_back(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: Added = "cash",
    level: float | None = None,
    replications: int | None = None,
    lab: Lab | None = None,
) -> PaidBack:
    """When the other of two structures has paid back against the baseline (`analysis.break_even`).

    Args:
        scenario: the scenario, its months in it.
        structures: two names; the scenario's own where it has just two.
        baseline: the structure without what is to pay back; as `terms` has it when None.
        measure: what is added up, month by month.
        level: of the intervals; the scenario's when None.
        replications: years; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        UnknownName: a structure or a measure that is not there.
        TermsError: the structures are not two.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    one_of("measure", measure, get_args(Added))
    agreed = terms(scenario, structures, baseline, None, replications, level, pair=True)
    lab = lab or Lab()
    found = years_of(
        lab.whole(
            say("progress-payback"),
            compare,
            scenario,
            agreed.structures,
            baseline=agreed.baseline,
            level=agreed.level,
            replications=agreed.replications,
        )
    )
    return PaidBack(found, payback(found, agreed.pair[1], agreed.baseline, measure=measure))


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
