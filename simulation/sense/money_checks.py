"""Sense of budget and plan: totals that do not add up, dates and results outside of the run, what is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from simulation.expected import Workload
from simulation.expected.spending import forgotten
from simulation.scenario.calendar import add_months
from simulation.scenario.money import BudgetTable
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import timeline
from simulation.sense.sense_warning import SenseWarning, in_digits
from simulation.texts import Verbatim, joined, worded


def money_oddities(scenario: Scenario, flows: dict[str, Workload]) -> Iterator[SenseWarning]:
    """What looks wrong in the budget and the plan, from the closed-form work of each structure."""
    yield from _budget(scenario)
    yield from _dates(scenario)
    yield from _results(scenario)
    yield from _forgotten(scenario, flows)


def _budget(scenario: Scenario) -> Iterator[SenseWarning]:
    first = scenario.experiment.baseline or next(iter(scenario.structures))
    seats = {
        sum(role.headcount for role in now.structures[first].roles.values() if not role.outsourced)
        for now in timeline(scenario, first).scenarios
    }
    for name in ("capital", "direct", "indirect", "other"):
        table: BudgetTable = getattr(scenario.budget, name)
        if table.printed_total is None:
            continue
        path = f"budget.{name}.printed_total"
        if any(line.per in ("lead", "deal") for line in table.lines):
            message = worded("printed-by-leads")
            yield SenseWarning(path, message)
            continue
        if len(seats) > 1 and any(line.per == "seat" for line in table.lines):
            message = worded("printed-by-seats")
            yield SenseWarning(path, message)
            continue
        heads = max(seats)
        rows = sum(line.price * line.quantity * (heads if line.per == "seat" else 1) for line in table.lines)
        difference = table.printed_total - rows
        if abs(difference) > 0.005:
            message = worded(
                "printed-differs",
                printed_total=in_digits(table.printed_total),
                rows=in_digits(rows),
                difference=in_digits(difference),
            )
            yield SenseWarning(path, message)


def _dates(scenario: Scenario) -> Iterator[SenseWarning]:
    """Lines of the budget that fall into no simulated month: wrong, unless a year's budget is run for a part of it."""
    experiment = scenario.experiment
    begin, end = experiment.start, add_months(experiment.start, experiment.months)
    year = add_months(experiment.start, max(12, experiment.months))
    for table in ("capital", "direct", "indirect", "other"):
        for index, line in enumerate(getattr(scenario.budget, table).lines):
            late = line.start is not None and line.start >= end
            early = line.until is not None and line.until <= begin
            if late or early:
                key = "start" if late else "until"
                message = worded("line-outside", name=repr(line.name), begin=begin, end=end)
                in_the_year = late and line.start is not None and line.start < year
                level: Literal["error", "warning"] = "warning" if in_the_year else "error"
                yield SenseWarning(f"budget.{table}.lines.{index}.{key}", message, level)


def _results(scenario: Scenario) -> Iterator[SenseWarning]:
    """Results of weeks that the run does not have, or with a gap before them."""
    if scenario.plan is None or not scenario.plan.results:
        return
    start, months = scenario.experiment.start, scenario.experiment.months
    weeks = {}
    for month in range(months):
        first, after = add_months(start, month), add_months(start, month + 1)
        weeks[f"{first:%Y-%m}"] = -(-(after - first).days // 7)
    names = list(weeks)
    results = scenario.plan.results
    last = max((names.index(name) for name in results if name in weeks), default=-1)
    for name in dict.fromkeys([*results, *names[:last]]):
        path, given = f"plan.results.{name}", len(results.get(name, ()))
        if name not in weeks:
            yield SenseWarning(path, worded("result-no-month", names=names[0], names2=names[-1]), "error")
        elif given > weeks[name]:
            yield SenseWarning(path, worded("results-many", given=given, weeks=weeks[name]), "error")
        elif given < weeks[name] and names.index(name) < last:
            message = worded("results-few", given=given, weeks=weeks[name])
            where = path if name in results else "plan.results"
            yield SenseWarning(where, joined((Verbatim(name), message), ": "), "error")


def _forgotten(scenario: Scenario, flows: dict[str, Workload]) -> Iterator[SenseWarning]:
    """What no line plans, at the most that a structure is expected to spend on it."""
    most: dict[str, float] = {}
    for name in scenario.structures:
        for account, amount in forgotten(scenario, name, flows[name]).items():
            most[account] = max(amount, most.get(account, 0.0))
    if most:
        each = {name.replace("_", "-"): in_digits(round(amount)) for name, amount in most.items()}
        listed = joined((worded(f"forgotten-{name}", amount=amount) for name, amount in each.items()), ", ")
        message = worded("budget-forgotten", listed=listed, most=next(iter(most)))
        yield SenseWarning("budget", message)
