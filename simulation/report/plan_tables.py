"""The plan as tables: the target in parts, the funnel that it takes, the people, and what is short."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simulation.finance.budget import month_edges
from simulation.finance.plan import month_targets
from simulation.finance.planning import BottomUp
from simulation.finance.spans import first_day
from simulation.finance.weeks import month_names, weeks
from simulation.report.numbers import Scale, plain, scale_of
from simulation.report.terminal import _empty as plain_table
from simulation.report.terminal import _settled as settled
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import role_titles, structure_titles

OUTSIDE = "Weeks are those of the month, from its first day on."
AT_BEST = (
    "At best: what the people and leads that are there make when nobody waits and nobody leaves. Effective: what "
    "turnover and ramp leave of a position."
)


def plan_report(scenario: Scenario, plans: Mapping[str, BottomUp]) -> list[RenderableType]:
    """Everything about a plan: the target in parts, then each structure."""
    first = next(iter(plans.values()))
    parts: list[RenderableType] = [_heading(scenario, first), parts_table(scenario, first), Text(OUTSIDE)]
    if said := so_far(scenario, first):
        parts.append(Text(said))
    titles = structure_titles(scenario)
    for name, found in plans.items():
        title = titles[name]
        parts += [
            Text(title, style="bold"),
            _funnel(scenario, found),
            _people(scenario, found),
            _verdict(scenario, found),
        ]
    parts.append(Text(AT_BEST))
    return [each for part in parts for each in (part, Text())][:-1]


def _scale(scenario: Scenario, found: BottomUp, values: list[float]) -> Scale:
    unit = "number" if found.plan.measure == "deals" else "money"
    return scale_of(unit, values, (), scenario.currency, scenario.locale)  # type: ignore[arg-type]


def _heading(scenario: Scenario, found: BottomUp) -> Text:
    scale = _scale(scenario, found, [found.plan.target])
    return Text(
        f"{scenario.title}: plan of {scale.with_unit(found.plan.target)} of {found.plan.measure} a year", "bold"
    )


def parts_table(scenario: Scenario, found: BottomUp) -> Table:
    """The target by quarter, month and week of the run; weeks that are over as result of target, the rest corrected."""
    targets = month_targets(found.plan, first_day(scenario), month_edges(scenario))
    split = weeks(scenario, found.plan)
    months = range(len(targets))
    quarters = {m: float(sum(targets[m : m + 3])) for m in months if m % 3 == 0}
    scale = _scale(scenario, found, [*quarters.values()])
    small = _scale(scenario, found, [week.corrected for week in split])
    most = max(week.week for week in split) + 1
    table = plain_table(
        "Target", f"quarter, {scale.unit}", f"month, {scale.unit}", *(f"week {w + 1}" for w in range(most))
    )
    for month, name in enumerate(month_names(scenario)):
        table.add_row(
            name,
            scale.text(quarters[month]) if month in quarters else "",
            scale.text(float(targets[month])),
            *(
                small.text(week.corrected)
                if week.result is None
                else f"{small.text(week.result)} of {small.text(week.corrected)}"
                for week in split
                if week.month == month
            ),
        )
    table.caption = f"weeks in {small.unit}" if small.unit else None
    table.caption_justify = "left"
    return settled(table)


def so_far(scenario: Scenario, found: BottomUp) -> str:
    """What the results of the weeks that are over come to, and what they leave; '' without any."""
    split = weeks(scenario, found.plan)
    done = [week for week in split if week.result is not None]
    if not done:
        return ""
    brought, planned = sum(week.result or 0.0 for week in done), sum(week.target for week in done)
    scale = _scale(scenario, found, [brought, planned])
    attained = f" ({brought / planned:.0%})" if planned > 0 else ""
    text = f"So far {scale.with_unit(brought)} of {scale.with_unit(planned)} planned for {len(done)} weeks{attained}."
    last = done[-1].month
    left = [week for week in split if week.month == last and week.result is None]
    rest = sum(week.corrected for week in left)
    if left:
        text += f" The {len(left)} weeks left of {month_names(scenario)[last]} have {scale.with_unit(rest)} to bring"
        before = sum(week.target for week in left)
        text += f", {rest / before - 1:+.0%} against the plan." if before > 0 else "."
    if found.plan.rolling:
        coming = [week for week in split if week.result is None and week.month > last]
        if coming:
            text += f" The months after it: {scale.with_unit(sum(week.corrected for week in coming))}."
    return text


def _funnel(scenario: Scenario, found: BottomUp) -> Table:
    table = plain_table("What it takes", "needed a year", "a month", "at best a year")
    scale = _scale(scenario, found, [found.plan.target, found.reachable])
    unit = f" {scale.unit}" if scale.unit else ""
    table.add_row(
        "target", scale.text(found.plan.target) + unit, scale.text(found.plan.target / 12), scale.text(found.reachable)
    )
    table.add_row(
        "of it orders of the present base", scale.text(found.brought) + unit, scale.text(found.brought / 12), ""
    )
    for step in found.steps:
        table.add_row(step.name, _number(step.needed), _number(step.needed / 12), _number(step.present))
    return settled(table)


def _people(scenario: Scenario, found: BottomUp) -> Table:
    table = plain_table(
        "People",
        "hours a month",
        "of a position",
        "effective",
        "needed",
        "present",
        "part of the target",
    )
    titles = role_titles(scenario.structures[found.structure])
    shares = [need.share * found.plan.target for need in found.roles]
    each_person = [share / need.present for share, need in zip(shares, found.roles, strict=True) if need.present]
    scale = _scale(scenario, found, [*shares, *each_person])
    for need in found.roles:
        each = need.share * found.plan.target
        per_person = f", {scale.text(each / need.present)} a person" if need.present and each else ""
        table.add_row(
            titles[need.role],
            plain(need.hours),
            plain(need.a_person),
            f"{need.effective:.0%}",
            plain(need.needed, 1),
            plain(need.present, 0 if need.present == round(need.present) else 1),
            f"{scale.with_unit(each)}{per_person}" if each else "–",
        )
    return settled(table)


def _verdict(scenario: Scenario, found: BottomUp) -> Group:
    money = scale_of("money", [found.payroll, found.payroll_budget], (), scenario.currency, scenario.locale)
    budget = (
        f"Payroll of the people needed: {money.with_unit(found.payroll)} a year, "
        f"budget {money.with_unit(found.payroll_budget)}."
    )
    if found.possible:
        return Group(
            Text(budget),
            Text("The plan can be met, if nobody waits and nothing varies; `compare` says how probable it is."),
        )
    return Group(Text(budget), *(Text(f"Short: {each}.") for each in found.shortages))


def _number(value: float) -> str:
    if math.isinf(value):
        return "∞"
    return plain(value, 0 if value >= 20 else 1)
