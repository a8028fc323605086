"""Whether a longer or shorter run, or the value of what is there at its end, would change the winner."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.analysis.comparison import compare
from simulation.scenario.scenario import Scenario
from simulation.study.horizon.finding import Horizon
from simulation.study.lab import Lab, years_of


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
    return Horizon(years_of(lab.whole("horizon", compare, scenario, **asked, replications=replications)))
