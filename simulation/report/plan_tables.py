"""The plan as tables: the target in parts, the funnel that it takes, the people, and what is short."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.finance.budget import month_edges
from simulation.finance.plan import Week, month_names, weeks
from simulation.finance.planning import STAGE, BottomUp, Step
from simulation.finance.spans import first_day
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING, Scale, scale_of
from simulation.report.terminal import apart, printed
from simulation.scenario.scenario import Scenario
from simulation.scenario.targets import month_targets
from simulation.scenario.titles import role_titles, structure_titles
from simulation.texts import Texts
from simulation.texts.values import Unit


def plan_report(scenario: Scenario, plans: Mapping[str, BottomUp], t: Texts, width: int) -> list[RenderableType]:
    """Everything about a plan: the target in parts, then each structure."""
    first = next(iter(plans.values()))
    parts: list[RenderableType] = [_heading(scenario, first, t), *_drawn(parts_grid(scenario, first, t), width)]
    if said := so_far(scenario, first, t):
        parts.append(Text(said))
    titles = structure_titles(scenario)
    for name, found in plans.items():
        parts.append(Text(t.title(titles[name]), style="bold"))
        parts += [*_drawn(funnel_grid(scenario, found, t), width), *_drawn(people_grid(scenario, found, t), width)]
        parts.append(Group(*(Text(line) for line in _verdict(scenario, found, t))))
    return apart([*parts, Text(t("plan-note"))])


def _drawn(grid: Grid, width: int) -> list[RenderableType]:
    return [Group(*printed(grid, width))]


def step_title(step: Step, t: Texts) -> str:
    """The name of a step in a language; stages are named as the scenario does."""
    if step.key.startswith(STAGE):
        return t("plan-step-stage", stage=t.title(step.key.removeprefix(STAGE)))
    return t(f"plan-step-{step.key}")


def _unit(found: BottomUp) -> Unit:
    return "number" if found.plan.measure == "deals" else "money"


def _scale(scenario: Scenario, found: BottomUp, values: list[float], t: Texts) -> Scale:
    return scale_of(_unit(found), values, (), scenario.currency, t.language)


def _heading(scenario: Scenario, found: BottomUp, t: Texts) -> Text:
    target = _scale(scenario, found, [found.plan.target], t).with_unit(found.plan.target)
    measure = t(f"page-of-{found.plan.measure}")
    return Text(t("plan-heading", title=t.title(scenario.title), target=target, measure=measure), "bold")


def parts_grid(scenario: Scenario, found: BottomUp, t: Texts) -> Grid:
    """The target by quarter, month and week of the run; weeks that are over as result of target, the rest corrected."""
    targets = month_targets(found.plan, first_day(scenario), month_edges(scenario))
    split = weeks(scenario, found.plan)
    months = range(len(targets))
    quarters = {m: float(sum(targets[m : m + 3])) for m in months if m % 3 == 0}
    kind = _unit(found)
    scale = _scale(scenario, found, [*quarters.values()], t)
    small = _scale(scenario, found, [week.corrected for week in split], t)
    most = max(week.week for week in split) + 1

    def cell(value: float) -> Cell:
        return Cell(scale.text(value), value=value, kind=kind)

    rows = []
    for month, name in enumerate(month_names(scenario)):
        own = [_week(week, small, kind, t) for week in split if week.month == month]
        quarter = cell(quarters[month]) if month in quarters else Cell("")
        rows.append(Row(name, [quarter, cell(float(targets[month])), *own, *[Cell("")] * (most - len(own))]))
    columns = [t("plan-quarter"), t("plan-month")]
    if scale.unit:
        columns = [t("plan-in", name=name, unit=scale.unit) for name in columns]
    header = [t("plan-target"), *columns, *(t("plan-week", number=n + 1) for n in range(most))]
    note = t("plan-weeks-note")
    return Grid("", header, rows, f"{t('plan-weeks-in', unit=small.unit)}\n{note}" if small.unit else note)


def _week(week: Week, scale: Scale, kind: Unit, t: Texts) -> Cell:
    text = scale.text(week.corrected)
    if week.result is not None:
        text = t("plan-of", result=scale.text(week.result), target=text)
    return Cell(text, value=week.corrected, kind=kind)


def so_far(scenario: Scenario, found: BottomUp, t: Texts) -> str:
    """What the results of the weeks that are over come to, and what they leave; '' without any."""
    split = weeks(scenario, found.plan)
    done = [week for week in split if week.result is not None]
    if not done:
        return ""
    brought, planned = sum(week.result or 0.0 for week in done), sum(week.target for week in done)
    scale = _scale(scenario, found, [brought, planned], t)
    attained = t("plan-attained", share=_whole(brought / planned, t)) if planned > 0 else ""
    shown = {"brought": scale.with_unit(brought), "planned": scale.with_unit(planned), "attained": attained}
    said = [t("plan-so-far", weeks=len(done), **shown)]
    last = done[-1].month
    left = [week for week in split if week.month == last and week.result is None]
    rest = sum(week.corrected for week in left)
    if left:
        before = sum(week.target for week in left)
        values = {"weeks": len(left), "month": month_names(scenario)[last], "rest": scale.with_unit(rest)}
        if before > 0:
            said.append(t("plan-left-over", share=_whole(rest / before - 1, t, signed=True), **values))
        else:
            said.append(t("plan-left", **values))
    if found.plan.rolling:
        coming = [week for week in split if week.result is None and week.month > last]
        if coming:
            said.append(t("plan-coming", amount=scale.with_unit(sum(week.corrected for week in coming))))
    return " ".join(said)


def _whole(share: float, t: Texts, signed: bool = False) -> str:
    """A share in whole per cent."""
    return f"{t.style.number(100 * share, 0, signed)} %"


def funnel_grid(scenario: Scenario, found: BottomUp, t: Texts) -> Grid:
    """The target and each step down to the attempts: needed, and what the present people make at best."""
    target, kind = found.plan.target, _unit(found)
    scale = _scale(scenario, found, [target, found.reachable], t)

    def amounts(year: float, best: float) -> list[Cell]:
        return [Cell(scale.text(each), value=each, kind=kind) for each in (year, year / 12, best)]

    brought = amounts(found.brought, math.nan)
    rows = [
        Row(t("plan-step-target"), amounts(target, found.reachable), scale.unit),
        Row(t("plan-step-brought"), [*brought[:2], Cell("")], scale.unit),
    ]
    for step in found.steps:
        rows.append(
            Row(step_title(step, t), [_number(each, t) for each in (step.needed, step.needed / 12, step.present)])
        )
    header = [t("plan-funnel"), t("plan-needed-a-year"), t("plan-a-month"), t("plan-at-best")]
    return Grid("", header, rows)


def people_grid(scenario: Scenario, found: BottomUp, t: Texts) -> Grid:
    """The people of each role: their hours, how many are needed and there, and their part of the target."""
    number = t.style.number
    titles = role_titles(scenario.structures[found.structure])
    shares = [need.share * found.plan.target for need in found.roles]
    each_person = [share / need.present for share, need in zip(shares, found.roles, strict=True) if need.present]
    scale = _scale(scenario, found, [*shares, *each_person], t)
    rows = []
    for need, each in zip(found.roles, shares, strict=True):
        part = scale.with_unit(each) if each else NOTHING
        if need.present and each:
            part = t("plan-per-person", part=part, each=scale.text(each / need.present))
        cells = [
            Cell(number(need.hours), value=need.hours, kind="hours"),
            Cell(number(need.a_person), value=need.a_person, kind="hours"),
            Cell(_whole(need.effective, t), value=need.effective, kind="share"),
            Cell(number(need.needed, 1), value=need.needed),
            Cell(number(need.present, 0 if need.present == round(need.present) else 1), value=need.present),
            Cell(part, words=True),
        ]
        rows.append(Row(t.title(titles[need.role]), cells))
    keys = ("people", "hours", "a-person", "effective", "needed", "present", "part")
    return Grid("", [t(f"plan-{key}") for key in keys], rows)


def _verdict(scenario: Scenario, found: BottomUp, t: Texts) -> list[str]:
    """What the people cost, and whether the plan can be met."""
    money = scale_of("money", [found.payroll, found.payroll_budget], (), scenario.currency, t.language)
    payroll, budget = money.with_unit(found.payroll), money.with_unit(found.payroll_budget)
    said = [t("plan-payroll", payroll=payroll, budget=budget)]
    if found.possible:
        return [*said, t("plan-possible")]
    return [*said, *(t("plan-short", what=each) for each in found.shortages)]


def _number(value: float, t: Texts) -> Cell:
    return Cell("∞" if math.isinf(value) else t.style.number(value, 0 if value >= 20 else 1), value=value)
