"""Against the plan: how probable the year's target, each quarter's and the further targets are, and the bad tenth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.quantiles import YearQuantile, year_quantile
from simulation.analysis.results import Result
from simulation.analysis.shares import Proportion, proportion_interval
from simulation.analysis.unknown import unknown
from simulation.finance.budget import month_edges
from simulation.finance.plan import month_targets
from simulation.finance.spans import first_day
from simulation.scenario.money import Plan

Floats = NDArray[np.float64]
BAD = 0.1
"""Share of the years that end worse than a bad one."""
COLUMNS = {"revenue": "revenue", "profit": "profit", "deals": "deals"}


@dataclass(frozen=True)
class Target:
    """A target and how the simulated years stand to it.

    Attributes:
        name: 'plan', 'Q1 ... Qn', or the name of a further target.
        target: in the unit of the plan, for its time.
        mean: reached on average.
        met: share of the years that reach it, with its interval.
        bad: what the worst tenth of the years reaches at most; of fewer than nine years the worst year.
    """

    name: str
    target: float
    mean: float
    met: Proportion
    bad: YearQuantile

    @property
    def bad_tenth(self) -> float:
        """What the worst tenth of the years reaches at most."""
        return self.bad.value

    @property
    def behind(self) -> float:
        """The target less that, nothing where the bad tenth meets it."""
        return max(0.0, self.target - self.bad.value)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""
        plain = {"name": self.name, "target": self.target, "mean": self.mean, "met": asdict(self.met)}
        return plain | self.bad.flat("bad_tenth") | {"bad_tenth_known": self.bad.known, "behind": self.behind}


@dataclass(frozen=True)
class PlanReport:
    """The plan of a structure against the simulated years.

    Attributes:
        structure: its name.
        measure: what is planned.
        whole: the target of the whole run.
        quarters: of each three months of the run.
        targets: the further targets, for the whole run.
        by_month: target of each month, shape (months,).
        past: what the year had brought before the run began, in the unit of the plan.
        remaining: by further target and the plan: what is left of the year's target, and of it each quarter that
            remains: after the months that are over where the year is in progress, else after the first quarter of the
            run on average.
    """

    structure: str
    measure: str
    whole: Target
    quarters: tuple[Target, ...]
    targets: tuple[Target, ...]
    by_month: Floats
    past: float
    remaining: dict[str, tuple[float, float]]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""
        return {
            "measure": self.measure,
            "whole": self.whole.to_dict(),
            "quarters": [each.to_dict() for each in self.quarters],
            "targets": [each.to_dict() for each in self.targets],
            "target_by_month": self.by_month.tolist(),
            "past": self.past,
            "remaining": {name: {"in_all": left, "a_quarter": each} for name, (left, each) in self.remaining.items()},
        }


def against_plan(result: Result, structure: str) -> PlanReport | None:
    """The plan of a structure against its simulated years; None where the scenario has none.

    Targets of a year are taken in proportion for a run of another length, by the seasonal factors of its months.

    Raises:
        KeyError: there is no such structure.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    scenario = result.cases[structure].scenario
    plan = scenario.plan
    if plan is None:
        return None
    rows = result.runs.months[result.runs.months["structure"] == structure]
    count = scenario.experiment.months
    reached = rows[COLUMNS[plan.measure]].to_numpy(dtype=np.float64).reshape(-1, count)

    def targets_of(each: Plan) -> Floats:
        return np.asarray(month_targets(each, first_day(scenario), month_edges(scenario)), dtype=np.float64)

    by_month = targets_of(plan)
    quarters = [
        _target(f"Q{first // 3 + 1}", by_month[first : first + 3], reached[:, first : first + 3], result.level)
        for first in range(0, count, 3)
    ]
    others = {name: targets_of(plan.model_copy(update={"target": amount})) for name, amount in plan.targets.items()}
    further = [_target(name, months, reached, result.level) for name, months in others.items()]
    if plan.past is not None:
        gone, left = 0.0, count / 3  # the targets of the run are what is left already
    else:
        gone = float(reached[:, :3].sum(axis=1).mean()) if len(reached) else np.nan
        left = max(count - 3, 0) / 3
    remaining = {
        name: (float(months.sum()) - gone, (float(months.sum()) - gone) / left if left else np.nan)
        for name, months in {"plan": by_month, **others}.items()
    }
    whole = _target("plan", by_month, reached, result.level)
    past = 0.0 if plan.past is None else plan.past.reached
    return PlanReport(structure, plan.measure, whole, tuple(quarters), tuple(further), by_month, past, remaining)


def _target(name: str, months: Floats, reached: Floats, level: float) -> Target:
    target, years = float(months.sum()), reached.sum(axis=1)
    met = proportion_interval(int((years >= target * (1 - 1e-12)).sum()), len(years), level)
    mean = float(years.mean()) if len(years) else np.nan
    return Target(name, target, mean, met, year_quantile(years, BAD, level))
