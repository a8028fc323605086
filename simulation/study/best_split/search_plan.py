"""What `optimise` is asked to search: checked, enumerated and screened before anything is simulated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.analysis.against import baseline_of
from simulation.analysis.cases import cases_of
from simulation.analysis.measure import Measure
from simulation.expected import budgeted_payroll
from simulation.scenario.scenario import Scenario
from simulation.study.best_split.candidates import Candidate, Rule, RuledOut, SearchError, candidates
from simulation.study.best_split.constraints import Constraint, amount_of, known_measure, parse_constraint
from simulation.study.best_split.screening import screened
from simulation.study.lab import PLAN_MET
from simulation.texts import worded

FRESH = 100
"""Fresh years of the final comparison."""
FRESH_FROM = 1_000_000
"""Number of the first fresh year: beyond every number that a search may use."""
SHARE = 0.02
"""The indifference zone: of the baseline's budgeted payroll, or of the pilot's best mean."""


@dataclass(frozen=True)
class Plan:
    """What is searched, all checked: nothing of it can be wrong any more.

    Attributes:
        scenario, measure, baseline, heads, payroll, constraints, level: as in `BestSplit`.
        splits: by structure: those to simulate, and those ruled out.
        indifference: the zone; None: found by a pilot.
        most: most replications of a split; None: no cap.
    """

    scenario: Scenario
    measure: Measure
    baseline: str
    heads: int | None
    payroll: float | None
    constraints: tuple[Constraint, ...]
    level: float
    splits: Mapping[str, tuple[list[Candidate], list[RuledOut]]]
    indifference: float | None
    most: int | None

    @property
    def measures(self) -> tuple[str, ...]:
        """What is measured: the one that decides, those of the constraints, and whether the plan is met."""
        met = [PLAN_MET] if self.scenario.plan is not None else []
        return (self.measure.name, *(each.measure.name for each in self.constraints), *met)

    @property
    def searches(self) -> int:
        """Searches that can be wrong: one for each structure, and one for each constraint left out in it."""
        open_ = sum(1 for kept, _ in self.splits.values() if len(kept) > 1 or self.constraints)
        return max(1, open_ * (1 + len(self.constraints)))


def planned(
    scenario: Scenario,
    *,
    structures: Sequence[str] | None = None,
    heads: int | None = None,
    payroll: float | None = None,
    measure: str | None = None,
    constraints: Sequence[str] = (),
    level: float = 0.95,
    indifference: float | str | None = None,
    baseline: str | None = None,
    replications: int | None = None,
    fresh: int = FRESH,
) -> Plan:
    """What `optimise` will search, checked, without simulating; arguments and errors as there.

    One structure is enough, and the baseline may stand outside of those that are searched: it says whose payroll is
    kept. Which of two differences is printed says the result: the better less the other.
    """
    names = list(cases_of({"": scenario}, structures or None))
    base = baseline_of(cases_of({"": scenario}, None), None, baseline)  # whose payroll is kept: any of the scenario
    if heads is not None and payroll is not None:
        raise SearchError(worded("heads-and-payroll-both"))
    if heads is not None and heads < 1:
        raise SearchError(worded("heads-none", heads=heads))
    if payroll is not None and not (payroll > 0 and math.isfinite(payroll)):
        raise SearchError(worded("payroll-nobody", payroll=f"{payroll:g}"))
    if not 0 < level < 1:
        raise SearchError(worded("level-none", level=f"{level:g}"))
    if replications is not None and not 2 <= replications < FRESH_FROM:
        raise SearchError(worded("cap-none", replications=replications, fresh_from=FRESH_FROM - 1))
    if fresh < 2:
        raise SearchError(worded("fresh-none", fresh=fresh))
    what = known_measure(scenario, measure)
    cost = budgeted_payroll(scenario, base)
    limits = tuple(parse_constraint(scenario, text, cost) for text in constraints)
    zone = None if indifference is None else amount_of(what, indifference, scenario)
    if zone is None and what.unit == "money":
        zone = SHARE * cost if cost > 0 else None
    if zone is not None and not (zone > 0 and math.isfinite(zone)):
        raise SearchError(worded("indifference-none", zone=f"{zone:g}"))
    found = candidates(scenario, names, Rule(heads, payroll, base))
    splits = {name: screened(each) for name, each in found.items()}
    return Plan(scenario, what, base, heads, payroll, limits, level, splits, zone, replications)
