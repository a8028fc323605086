"""Against the budget: per line and month what was planned, what was simulated, and how probable overspending is.

Here too: against the plan: how probable the year's target, each quarter's and the further targets are, and the bad
tenth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.cases import Case
from simulation.analysis.intervals import mean_interval
from simulation.analysis.quantiles import Proportion, YearQuantile, proportion_interval, share_phrase, year_quantile
from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown
from simulation.finance.budget import PlannedLine, month_edges, planned_lines
from simulation.finance.ledger import ACCOUNTS
from simulation.finance.lines import line_column
from simulation.finance.spans import first_day
from simulation.scenario.money import Plan
from simulation.scenario.targets import month_targets
from simulation.texts import Percent, Phrase, Term, joined, say
from simulation.texts.catalogue import title_key

if TYPE_CHECKING:
    import pandas as pd


Floats = NDArray[np.float64]
NOT_PLANNED = "not in the budget"
SPENDING = tuple(
    account.name
    for account in ACCOUNTS
    if account.group in ("payroll", "costs") and account.name not in ("direct", "indirect", "other", "depreciation")
)
"""Accounts of spending that are no table of the budget."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget against the simulated years.

    Attributes:
        table: 'capital', 'direct', 'indirect', 'other'; 'roles': pay that the roles plan; 'not in the budget'.
        name: of the line, or title of the account.
        planned: money of the whole time.
        mean, low, high: simulated spending with the interval of its mean, money.
        sd: standard deviation between the years, money; its square is the variance.
        over: share of the years in which more was spent than planned, with its interval.
        planned_by_month: money, shape (months,).
        simulated_by_month: mean over the years, money, shape (months,).
        low_by_month, high_by_month: interval of each month's mean by itself, money, shape (months,).
        over_by_month: share of the years in which each month cost more than planned, with its interval.
        sd_by_month: standard deviation between the years, money, shape (months,).
    """

    table: str
    name: str
    planned: float
    mean: float
    low: float
    high: float
    sd: float
    over: Proportion
    planned_by_month: Floats
    simulated_by_month: Floats
    low_by_month: Floats
    high_by_month: Floats
    over_by_month: tuple[Proportion, ...]
    sd_by_month: Floats


@dataclass(frozen=True)
class BudgetReport:
    """The budget of a structure against the simulated years: a row for each line, then the total of all."""

    structure: str
    rows: tuple[BudgetRow, ...]
    total: BudgetRow
    months: tuple[str, ...]
    years: int

    @property
    def text(self) -> Phrase:
        """What it says, in words."""
        unplanned = [row for row in self.rows if row.table == NOT_PLANNED and row.mean > 0]
        over = share_phrase(self.total.over)
        if not unplanned:
            return say("budget-over", share=over, years=self.years)
        missing = sum(row.mean for row in unplanned) / self.total.mean if self.total.mean else 0.0
        names = [Term(title_key(row.name), row.name) for row in sorted(unplanned, key=lambda row: -row.mean)]
        listed = joined([say("term", name=name) for name in names], ", ")
        return say("budget-missing", share=over, years=self.years, missing=Percent(missing), names=listed)

    def frame(self) -> pd.DataFrame:
        """One row per line and month: table, line, month, planned, simulated, low, high, sd, over, over_low, over_high.

        `over` is the share of years that spend more in the month than planned, with its interval.
        """
        import pandas as pd

        rows = [
            {
                "table": row.table,
                "line": row.name,
                "month": month,
                "planned": row.planned_by_month[n],
                "simulated": row.simulated_by_month[n],
                "low": row.low_by_month[n],
                "high": row.high_by_month[n],
                "sd": row.sd_by_month[n],
                "over": row.over_by_month[n].share,
                "over_low": row.over_by_month[n].low,
                "over_high": row.over_by_month[n].high,
            }
            for row in (*self.rows, self.total)
            for n, month in enumerate(self.months)
        ]
        return pd.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for `summary.json`."""

        def plain(row: BudgetRow) -> dict[str, Any]:
            return {
                "table": row.table,
                "line": row.name,
                "planned": row.planned,
                "mean": row.mean,
                "low": row.low,
                "high": row.high,
                "variance": row.sd**2,
                "probability_over": row.over.share,
                "probability_over_low": row.over.low,
                "probability_over_high": row.over.high,
                "planned_by_month": row.planned_by_month.tolist(),
                "simulated_by_month": row.simulated_by_month.tolist(),
                "low_by_month": row.low_by_month.tolist(),
                "high_by_month": row.high_by_month.tolist(),
                "variance_by_month": (row.sd_by_month**2).tolist(),
                "probability_over_by_month": [each.share for each in row.over_by_month],
                "probability_over_low_by_month": [each.low for each in row.over_by_month],
                "probability_over_high_by_month": [each.high for each in row.over_by_month],
            }

        return {"lines": [plain(row) for row in self.rows], "total": plain(self.total), "text": self.text}


def against_budget(result: Result, structure: str) -> BudgetReport:
    """The budget of a structure against its simulated years.

    Lines that plan the same account (the pay of several roles) are one row. An account on which money is spent and
    which no line plans is a row of its own, planned at nothing; base pay that no line plans is planned by the roles.
    Capital counts when it is paid, not by depreciation.

    Raises:
        KeyError: there is no such structure.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    case = result.cases[structure]
    level = result.level
    months = result.runs.months[result.runs.months["structure"] == structure]
    count = case.scenario.experiment.months
    years = len(months) // count

    def simulated(columns: Iterable[str]) -> Floats:
        there = [column for column in columns if column in months]
        if not there:
            return np.zeros((years, count))
        values = months[there].fillna(0.0).sum(axis=1).to_numpy(dtype=np.float64)
        return values.reshape(years, count)

    planned = planned_lines(case.scenario, case.key)
    rows: list[BudgetRow] = []
    whole = np.zeros((years, count))
    for table, name, account, lines in _grouped(planned):
        columns = [f"account.{account}"] if account else [line_column(table, name)]
        spent = simulated(columns)
        whole += spent
        rows.append(_row(table, name, sum((line.by_month for line in lines), np.zeros(count)), spent, level))
    for account in SPENDING:
        if any(line.account == account for line in planned):
            continue
        if account == "base_pay":
            rows.insert(
                0, _row("roles", TITLES[account], _roles_pay(case, count), simulated(["account.base_pay"]), level)
            )
            whole += simulated(["account.base_pay"])
            continue
        spent = simulated([f"account.{account}"])
        if np.abs(spent).max(initial=0.0) > 0:
            whole += spent
            rows.append(_row(NOT_PLANNED, TITLES[account], np.zeros(count), spent, level))
    budget = sum((row.planned_by_month for row in rows), np.zeros(count))
    total = _row("", "All", budget, whole, level)
    names = tuple(str(month)[:7] for month in months["month"].iloc[:count])
    return BudgetReport(structure, tuple(rows), total, names, years)


def _roles_pay(case: Case, months: int) -> Floats:
    """Base pay of every position, as the roles have it at the start, money by month."""
    return np.full(months, sum(role.pay.base * role.headcount for role in case.structure.roles.values()))


TITLES = {account.name: account.title for account in ACCOUNTS}


def _grouped(planned: list[PlannedLine]) -> list[tuple[str, str, str | None, list[PlannedLine]]]:
    """Lines of one account, or of one name in a table, together: table, name, account, lines."""
    groups: dict[tuple[str, str], list[PlannedLine]] = {}
    for line in planned:
        groups.setdefault(("", line.account) if line.account else (line.table, line.name), []).append(line)
    found = []
    for lines in groups.values():
        first = lines[0]
        name = first.name if first.account is None or len(lines) == 1 else _together(first.account, lines)
        found.append((first.table, name, first.account, lines))
    return found


def _together(account: str, lines: list[PlannedLine]) -> str:
    return f"{TITLES[account]} ({', '.join(line.name for line in lines)})"


def _row(table: str, name: str, planned: Floats, spent: Floats, level: float) -> BudgetRow:
    years = spent.sum(axis=1)
    found = mean_interval(years, level)
    slack = ROUNDING * max(1.0, float(np.abs(planned).max(initial=0.0)))
    over = proportion_interval(int((years > planned.sum() + slack * len(planned)).sum()), len(years), level)
    count = len(spent)
    by_month = [mean_interval(month, level) for month in spent.T] if count else []
    return BudgetRow(
        table=table,
        name=name,
        planned=float(planned.sum()),
        mean=found.mean,
        low=found.low,
        high=found.high,
        sd=found.sd,
        over=over,
        planned_by_month=planned,
        simulated_by_month=spent.mean(axis=0) if count else planned * np.nan,
        low_by_month=np.array([each.low for each in by_month]) if count else planned * np.nan,
        high_by_month=np.array([each.high for each in by_month]) if count else planned * np.nan,
        over_by_month=tuple(
            proportion_interval(int(number), count, level) for number in (spent > planned + slack).sum(axis=0)
        ),
        sd_by_month=spent.std(axis=0, ddof=1) if count > 1 else np.full(len(planned), np.nan),
    )


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
