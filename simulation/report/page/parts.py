"""The parts of the appendix but for their charts, in the order in which an owner asks.

The statistics behind the answer; all what-ifs; the structures as they are drawn; side by side; why: where leads are
lost, who is idle and who overloaded, what hand-offs and turnover cost; the way there from today's people; how bad and
how good a year may get; what a director and an accountant hold the year against; every parameter with its source.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simulation.analysis.budget import against_budget, against_plan
from simulation.analysis.history import check_of
from simulation.analysis.horizon import LATE
from simulation.analysis.quantiles import Proportion, proportion_interval
from simulation.expected import budgeted_payroll
from simulation.report.assumption_table import assumptions_grid, place_words
from simulation.report.grid import Cell, Grid, Row
from simulation.report.money_tables import (
    break_even_grid,
    budget_grid,
    budget_reports,
    channels_grid,
    control_grid,
    plan_grid,
    processes_grid,
    steady_grid,
    weak_link_grid,
)
from simulation.report.numbers import NOTHING
from simulation.report.page.blocks import Block, Bullets, Part, Words
from simulation.report.reading import Reading
from simulation.report.result_tables import difference_grids, interval_line, load_grid, lost_grid
from simulation.report.staff_tables import role_grid, staff_grid, staff_lines
from simulation.report.what_if_table import what_ifs_grid
from simulation.study.compare.best_words import lines
from simulation.study.transition.answer import Transition
from simulation.version import __version__


def statistics(reading: Reading) -> Part:
    """The statistics behind the answer, and what must be known before it is believed."""
    t = reading.texts
    part = Part("statistics", t("page-statistics"))
    comparison = reading.comparison
    if comparison is not None:
        pieces = {key: t.again(piece) for key, piece in comparison.verdict.pieces.items() if piece}
        pieces.pop("assumptions", None)
        part.blocks.append(Words(" ".join(pieces.values())))
        part.blocks += [Words(t.again(each.text), "caution") for each in comparison.cautions]
        assumptions = [t.again(each) for each in comparison.verdict.assumptions]
        if assumptions:
            part.blocks.append(Bullets(assumptions, t("page-hangs-on")))
    else:
        part.blocks.append(Words(t("page-no-comparison")))
    if reading.result.precision is not None:
        part.blocks.append(Words(t.again(reading.result.precision.text), "note"))
    part.blocks.append(Words(_simulated(reading), "note"))
    return part


def what_ifs(reading: Reading) -> Part:
    """Every what-if that the answer was put to."""
    part = Part("what-ifs", reading.texts("page-all-what-ifs"))
    if reading.best is not None and reading.best.firm is not None:
        part.blocks.append(what_ifs_grid(reading.best.firm, reading.texts))
    return part


def as_drawn(reading: Reading) -> Part:
    """The structures as they are drawn, where the answer is about something better; their own year, weak links."""
    t = reading.texts
    part = Part("drawn", t("page-as-drawn"))
    best = reading.best
    if best is not None and best.changed:
        part.blocks.append(Bullets([t.again(each) for each in lines(best)], t("page-costs")))
        rows = [*_payroll(reading), *reading.measures(BRINGS)]
        part.blocks.append(Grid("", reading.header, rows, t("page-interval-note")))
    part.blocks += _history(reading)
    part.blocks += weak_links(reading)
    return part


def _history(reading: Reading) -> list[Block]:
    """How well the model gives the owner's own last year again."""
    check = check_of(reading.result)
    if check is None:
        return [Words(reading.texts("page-no-history"), "note")]
    t = reading.texts
    text = f"{t.again(check.headline)} {t.again(check.verdict)}"
    return [Words(t("page-own-year", title=check.title, text=text))]


def _simulated(reading: Reading) -> str:
    experiment, runs = reading.result.scenario.experiment, reading.result.runs
    return reading.texts(
        "page-simulated",
        years=runs.finished,
        months=experiment.months,
        start=f"{experiment.start:%d.%m.%Y}" if reading.texts.language == "ru" else str(experiment.start),
        level=reading.percent(reading.result.level),
        begin=reading.texts(f"page-begin-{experiment.begin}"),
    )


BRINGS = (
    "revenue",
    "gross_margin",
    "payroll",
    "costs",
    "profit",
    "profit_with_end_value",
    "deals",
    "orders",
    "customers_end",
    "win_rate",
    "open_share",
)


DECIDE = ("profit", "profit_with_end_value", "revenue", "deals")
"""Measures of the differences beside the deciding one; the terminal and the workbook have more."""


def side_by_side(reading: Reading) -> Part:
    """Who is in each structure, what it costs and what it brings."""
    t = reading.texts
    rows = [
        reading.row(t("page-who"), lambda name: Cell(_headcounts(reading, name), words=True)),
        *_payroll(reading),
        *reading.measures(BRINGS),
        *_kept(reading),
    ]
    part = Part("structures", t("page-structures"))
    part.blocks.append(Grid(t("page-structures-table"), reading.header, rows, t("page-interval-note")))
    part.blocks += _differences(reading)
    return part


def _headcounts(reading: Reading, structure: str) -> str:
    roles = reading.result.cases[structure].structure.roles
    return ", ".join(
        f"{role.headcount} × {reading.role(structure, name)}" for name, role in roles.items() if role.headcount
    )


def _payroll(reading: Reading) -> list[Row]:
    cases = reading.result.cases
    planned = {name: budgeted_payroll(cases[name].scenario, cases[name].key) for name in reading.structures}
    scale = reading.scale("money", list(planned.values()))
    return [reading.row(reading.texts("page-payroll-planned"), lambda name: scale.text(planned[name]), scale.unit)]


def _kept(reading: Reading) -> list[Row]:
    """Shares of years in which the plan is met and the budget is kept."""
    t, rows = reading.texts, []
    plans = {name: against_plan(reading.result, name) for name in reading.structures}
    if any(plans.values()):

        def met(name: str) -> Cell:
            plan = plans[name]
            if plan is None:
                return Cell(NOTHING)
            return reading.share(plan.whole.met)

        first = next(plan for plan in plans.values() if plan is not None)
        scale = reading.scale("number" if first.measure == "deals" else "money", [first.whole.target])
        label = t("page-plan-met", target=scale.with_unit(first.whole.target), measure=t(f"page-of-{first.measure}"))
        rows.append(reading.row(label, met))
    budgets = {name: against_budget(reading.result, name) for name in reading.structures}
    if any(row.planned for each in budgets.values() for row in each.rows if row.table != "roles"):

        def kept(name: str) -> Cell:
            return reading.share(budgets[name].total.over.rest)

        rows.append(reading.row(t("page-budget-kept"), kept))
    return rows


def _differences(reading: Reading) -> list[Grid | Words]:
    """Each structure against the baseline, in money and in years."""
    grids = difference_grids(reading, DECIDE)
    notes = filter(None, (reading.texts("page-differences-note"), interval_line(reading)))
    return [*grids, Words(" ".join(notes), "note")] if grids else []


FUNNEL = (
    "leads",
    "answered",
    "qualified",
    "won_leads",
    "win_rate",
    "win_rate_arrived",
    "open_share",
    "cycle_days",
    "average_deal",
)
ANSWERS = ("answered_within_15min", "answered_within_1h", "answered_within_1d", "response_working_hours")


def why(reading: Reading) -> Part:
    """What makes the difference."""
    t = reading.texts
    part = Part("why", t("page-why"))
    part.blocks.append(Grid(t("page-funnel"), reading.header, reading.measures((*FUNNEL, *ANSWERS))))
    part.blocks += [each for each in (lost_grid(reading),) if each.rows]
    late = reading.measures(LATE)
    if late:
        part.blocks.append(Grid(t("page-late"), reading.header, late, t("page-late-note")))
    part.blocks.append(load_grid(reading))
    part.blocks.append(Bullets([t.again(each.text) for each in reading.result.regimes.values()], t("page-turns-on")))
    part.blocks.append(Grid(t("page-hand-offs"), reading.header, _hand_offs(reading), t("page-hand-offs-note")))
    part.blocks += [each for each in (staff_grid(reading), role_grid(reading)) if each.rows]
    said = list(staff_lines(reading))
    if said:
        part.blocks.append(Bullets(said))
    return part


def _hand_offs(reading: Reading) -> list[Row]:
    """How often work passes on and what is lost by it, leads and, at an average deal's margin, money."""
    t = reading.texts
    rows = reading.measures(("hand_offs", "lost.hand_off"), {"lost.hand_off": t("page-lost-in-hand-offs")})
    worth = {name: _worth_of_lost(reading, name) for name in reading.structures}
    if any(value > 0 for value in worth.values()):
        scale = reading.scale("money", [value for value in worth.values() if math.isfinite(value)])
        rows.append(reading.row(t("page-hand-offs-cost"), lambda name: scale.text(worth[name]), scale.unit))
    return rows


def _worth_of_lost(reading: Reading, structure: str) -> float:
    """Leads lost in hand-offs times the share of decided qualified leads that are won times a first deal's margin."""
    lost, won = reading.mean(structure, "lost.hand_off"), reading.mean(structure, "won_leads")
    decided = reading.mean(structure, "qualified") - reading.mean(structure, "open_qualified")
    revenue = reading.mean(structure, "revenue")
    margin, deal = reading.mean(structure, "gross_margin"), reading.mean(structure, "average_deal")
    if not (decided > 0 and revenue > 0):
        return math.nan
    return lost * won / decided * deal * margin / revenue


def weak_links(reading: Reading) -> list[Block]:
    """What one more person, or one more point of conversion, adds to profit, where it was asked for."""
    if not reading.links:
        return []
    t = reading.texts
    said = [f"{reading.title(name)}: {t.again(each.text)}" for name, each in reading.links.items()]
    return [weak_link_grid(reading), Bullets(said)]


def way_there(reading: Reading) -> Part:
    """What it costs to get to each structure from the people of today."""
    t = reading.texts
    part = Part("transition", t("page-transition"))
    comparison = reading.comparison
    if reading.transitions and comparison is not None:
        today = reading.title(comparison.baseline)
        part.blocks.append(Words(t("page-transition-lead", today=today)))
        for name, found in reading.transitions.items():
            part.blocks += [Words(transition_sentence(reading, name, found)), people_grid(reading, name, found)]
        part.blocks.append(Words(t("page-transition-note"), "note"))
    else:
        begin = reading.result.scenario.experiment.begin
        part.blocks.append(Words(t("page-transition-inside") if begin == "today" else t("page-transition-none")))
    return part


def transition_sentence(reading: Reading, structure: str, found: Transition) -> str:
    """What the way from today to a structure costs, and what comes of its years."""
    t = reading.texts
    cost, ahead = found.difference, found.ahead
    scale = reading.scale("money", [cost.mean, ahead.mean, found.begun_today], [(cost.high - cost.low) / 2])
    return t(
        "page-transition-cost",
        structure=reading.title(structure),
        cost=scale.with_unit(cost.mean, signed=True),
        interval=scale.interval(cost.low, cost.high, signed=True),
        ahead=scale.with_unit(ahead.mean, signed=True),
        years=found.years,
        months=reading.result.scenario.experiment.months,
    )


def people_grid(reading: Reading, structure: str, found: Transition) -> Grid:
    """People by role now and then, with the months until they have practised it."""
    t = reading.texts
    rows = []
    for role, (_, then, now) in found.positions.items():
        if not then and not now:
            continue
        ramp = found.ramps.get(role, math.nan)
        months = NOTHING if math.isnan(ramp) else "∞" if math.isinf(ramp) else t.style.number(ramp, 1)
        rows.append(Row(reading.role(structure, role), [Cell(str(now)), Cell(str(then)), Cell(months)]))
    header = ["", t("page-now"), t("page-then"), t("page-ramp")]
    return Grid(t("page-transition-people", structure=reading.title(structure)), header, rows)


QUANTILES = (0.05, 0.1, 0.5, 0.9, 0.95)


def months(reading: Reading) -> Part:
    """Revenue, cash, staff and customers month by month: pictures only."""
    return Part("months", reading.texts("page-months"))


def risk(reading: Reading) -> Part:
    """The distribution of the year's profit, the differences in the same years, the plan in the bad tenth."""
    t = reading.texts
    part = Part("risk", t("page-risk"))
    part.blocks.append(profits_grid(reading))
    if reading.comparison is not None:
        part.blocks += _paired(reading)
    part.blocks += [each for each in (plan_grid(reading),) if each.rows]
    return part


def profits_grid(reading: Reading, names: Sequence[str] | None = None) -> Grid:
    """How profit is spread over the years: a column for each of the structures, all of them when None."""
    rows = _profits(reading)
    at = [n for n, each in enumerate(reading.structures) if names is None or each in names]
    rows = [replace(row, cells=[row.cells[n] for n in at]) for row in rows]
    header = ["", *(reading.header[1 + n] for n in at)]
    return Grid(reading.texts("page-risk-profit"), header, rows)


def _profits(reading: Reading) -> list[Row]:
    t = reading.texts
    years = {name: _known(reading.result.values.of(name, "profit")) for name in reading.structures}
    scale = reading.scale("money", [abs(float(v)) for each in years.values() for v in each])
    rows = []
    for q in QUANTILES:
        label = t("page-quantile-middle") if q == 0.5 else t("page-quantile", share=reading.percent(q))
        rows.append(
            reading.row(
                label,
                lambda name, q=q: reading.quantile(years[name], q, scale),  # type: ignore[misc]
                scale.unit,
            )
        )
    level = reading.result.level
    rows.append(reading.row(t("page-loss"), lambda name: reading.share(_share_below(years[name], level))))
    cash = {name: _known(reading.result.values.of(name, "cash_low")) for name in reading.structures}
    lowest = reading.scale("money", [abs(float(v)) for each in cash.values() for v in each])
    rows.append(reading.row(t("page-cash-low"), lambda name: reading.quantile(cash[name], 0.1, lowest), lowest.unit))
    return rows


def _share_below(values: np.ndarray, level: float) -> Proportion:
    return proportion_interval(int((values < 0).sum()), len(values), level)


def _known(values: np.ndarray) -> np.ndarray:
    return np.asarray(values)[np.isfinite(values)]


def _paired(reading: Reading) -> list[Grid]:
    comparison = reading.comparison
    assert comparison is not None
    t = reading.texts
    found = []
    for name in comparison.structures:
        if name == comparison.baseline or not comparison.values.paired(name, comparison.baseline):
            continue
        values = _known(comparison.values.of(name, "profit") - comparison.values.of(comparison.baseline, "profit"))
        if not len(values):
            continue
        scale = reading.scale("money", [float(abs(v)) for v in values])
        cells = [reading.quantile(values, q, scale, signed=True) for q in QUANTILES]
        header = [
            "",
            *(
                t("page-quantile-middle") if q == 0.5 else t("page-quantile", share=reading.percent(q))
                for q in QUANTILES
            ),
        ]
        title = t("page-less", one=reading.title(name), other=reading.title(comparison.baseline))
        found.append(Grid(t("page-risk-difference"), header, [Row(title, cells, scale.unit)]))
    return found


def control(reading: Reading) -> Part:
    """What a director and an accountant hold the year against."""
    t = reading.texts
    part = Part("control", t("page-control"), [control_grid(reading)])
    reports = budget_reports(reading)
    if reports:
        said = [f"{reading.title(name)}: {t.again(report.text)}" for name, report in reports.items()]
        part.blocks += [budget_grid(reading), Bullets(said)]
    part.blocks.append(break_even_grid(reading))
    part.blocks += [
        each for each in (channels_grid(reading), processes_grid(reading), steady_grid(reading)) if each.rows
    ]
    return part


def inputs(reading: Reading) -> Part:
    """Assumptions and how to reproduce the page: figures that say where they come from, then all other values."""
    t = reading.texts
    part = Part("inputs", t("page-inputs"), [Words(t("page-inputs-lead"))])
    header = ["", *(t(f"page-input-{key}") for key in ("value", "unit", "range", "source"))]
    for scenario in reading.scenarios:
        name = t.title(scenario.provenance.title)
        sourced: list[Row] = []
        others: list[Row] = []
        for row in assumptions_grid(reading, [scenario]).rows:
            path, *values, source, origin = row.cells
            # a default is judgement until somebody measures it
            where = source if source.text else Cell(t("page-judgement", where=origin.text), words=True)
            own = sourced if source.text or values[-1].text else others
            own.append(Row(place_words(scenario, path.text, t), [*values, where]))
        if sourced:
            part.blocks.append(Grid(t("page-inputs-sourced", name=name), header, sourced))
        if others:
            part.blocks.append(Grid(t("page-inputs-others", name=name), header, _gathered(others), folded=True))
    part.blocks.append(Words(_again(reading), "note"))
    return part


def _gathered(rows: Sequence[Row]) -> list[Row]:
    """Rows of one key with one value in one: 'pay on vacation (Hunter, Functional; Closer, Functional)'."""
    places: dict[tuple[str, ...], list[str]] = {}
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        title, _, place = row.label.partition(" (")
        said = (title, *(cell.text for cell in row.cells))
        first.setdefault(said, row)
        places.setdefault(said, []).append(place.removesuffix(")"))
    found = []
    for said, row in first.items():
        named = [each for each in dict.fromkeys(places[said]) if each]
        found.append(replace(row, label=f"{said[0]} ({'; '.join(named)})" if named else said[0]))
    return found


def _again(reading: Reading) -> str:
    runs = reading.result.runs
    command = shlex.join(["python", *reading.command]) if reading.command else ""
    return reading.texts(
        "page-reproduce",
        command=command or "–",
        seed=str(runs.seed),
        years=runs.finished,
        version=__version__,
        date=reading.date,
    )
