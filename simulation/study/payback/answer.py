"""When one structure has earned what it cost more than another, from a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from simulation.analysis.comparison import compare
from simulation.analysis.payback import payback
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Lab, years_of
from simulation.study.payback.finding import PaidBack
from simulation.study.terms import terms


def paid_back(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: Literal["cash", "profit"] = "cash",
    level: float | None = None,
    replications: int | None = None,
    lab: Lab | None = None,
) -> PaidBack:
    """When the other of two structures has paid back against the baseline (`analysis.payback`).

    Args:
        scenario: the scenario, its months in it.
        structures: two names; the scenario's own where it has just two.
        baseline: the structure without what is to pay back; as `terms` has it when None.
        measure: what is added up, month by month.
        level: of the intervals; the scenario's when None.
        replications: years; the scenario's when None.
        lab: where it is simulated; one of its own when None.

    Raises:
        UnknownName: a structure that is not there.
        TermsError: the structures are not two.
        RuntimeError: every year failed.
        KeyboardInterrupt: it was stopped.
    """
    agreed = terms(scenario, structures, baseline, None, replications, level, pair=True)
    lab = lab or Lab()
    found = years_of(
        lab.whole(
            "pay-back",
            compare,
            scenario,
            agreed.structures,
            baseline=agreed.baseline,
            level=agreed.level,
            replications=agreed.replications,
        )
    )
    return PaidBack(found, payback(found, agreed.pair[1], agreed.baseline, measure=measure))
