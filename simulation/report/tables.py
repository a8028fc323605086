"""A result in the terminal: everything about it in the order in which it is read, the verdict last."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.analysis.budget import against_budget
from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import Comparison, Result
from simulation.analysis.measure_words import is_bare, measure_title
from simulation.report import money_tables as money
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import scale_of
from simulation.report.output_folder import LeftOut
from simulation.report.reading import Reading
from simulation.report.result_tables import (
    SECTIONS,
    difference_grids,
    history_lines,
    interval_line,
    load_grid,
    lost_grid,
    measures_grid,
)
from simulation.report.staff_tables import role_grid, staff_grid, staff_lines
from simulation.report.terminal import apart, printed, tables
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Day, Percent, language_of, say, texts


def report(
    result: Result,
    width: int,
    links: Mapping[str, WeakLink] | None = None,
    left: LeftOut | None = None,
    language: str | None = None,
) -> list[RenderableType]:
    """Everything about a result: the verdict stands last, above the prompt.

    Args:
        result: a result, or a comparison.
        width: characters of a line.
        links: weak links by structure, where they were asked for.
        left: takes what cannot be made; an error ends the report when None.
        language: 'en' or 'ru'; that of the scenario's locale when None.
    """
    reading = _reading(result, links, language)
    grids: dict[str, Callable[[], Sequence[Grid]]] = {
        "measures": lambda: [measures_grid(reading)],
        "differences": lambda: difference_grids(reading),
        "load": lambda: [load_grid(reading)],
        "lost leads": lambda: [lost_grid(reading)],
        "staff": lambda: [staff_grid(reading), role_grid(reading)],
        "money": lambda: [
            money.plan_grid(reading),
            money.break_even_grid(reading),
            money.budget_grid(reading),
            money.control_grid(reading),
            money.steady_grid(reading),
            money.channels_grid(reading),
            money.processes_grid(reading),
        ],
        "weak link": lambda: [money.weak_link_grid(reading)],
    }
    lines: dict[str, Callable[[], Sequence[str]]] = {
        "differences": lambda: list(filter(None, [interval_line(reading)])),
        "load": lambda: [reading.texts.again(regime.text) for regime in result.regimes.values()],
        "staff": lambda: list(staff_lines(reading)),
        "money": lambda: _budgets(reading),
        "weak link": lambda: _weak_links(reading),
    }

    def tables_of(name: str) -> list[RenderableType]:
        made = [Group(*printed(each, width)) for each in grids[name]() if each.rows]
        return [*made, *(Text(line) for line in lines.get(name, list)())]

    makers: dict[str, Callable[[], list[RenderableType]]] = {name: partial(tables_of, name) for name in grids}
    makers |= {
        "sources": lambda: [Text(_sources(reading))],
        "precision": lambda: _precision(reading),
        "own year": lambda: [Text(line) for line in history_lines(result, reading.texts)],
        "verdict": lambda: _judged(reading),
    }
    return apart([heading(reading), *_parts(makers, left)])


def report_again(
    result: Result, links: Mapping[str, WeakLink], left: LeftOut, width: int, language: str | None = None
) -> list[RenderableType]:
    """What came to a result after its report was printed: weak links, and the verdict over the inputs' ranges."""
    reading = _reading(result, links, language)
    makers: dict[str, Callable[[], list[RenderableType]]] = {}
    if links:
        lines = [Text(line) for line in _weak_links(reading)]
        makers["weak link"] = lambda: [Group(*printed(money.weak_link_grid(reading), width)), *lines]
    if isinstance(result, Comparison) and result.over_inputs:
        makers["verdict"] = lambda: _judged(reading)
    return apart(_parts(makers, left))


def _reading(result: Result, links: Mapping[str, WeakLink] | None, language: str | None) -> Reading:
    return Reading(result, texts(language or language_of(result.scenario.locale)), links or {})


def heading(reading: Reading) -> Text:
    """What was simulated, in two lines."""
    t, runs, experiment = reading.texts, reading.result.runs, reading.result.scenario.experiment
    titles = dict.fromkeys(t.title(each.provenance.title) for each in reading.scenarios)
    text = Text("; ".join(titles), style="bold")
    said = t(
        "table-simulated",
        months=experiment.months,
        start=str(experiment.start) if t.language == "en" else t.written(Day(experiment.start)),
        years=runs.finished,
        seed=str(runs.seed),
        begin=t(f"table-begin-{experiment.begin}"),
    )
    text.append(f"\n{said}", style="not bold")
    if runs.finished > 1:
        text.append(f" {t('table-means', level=Percent(reading.result.level))}", style="not bold")
    return text


def year_table(
    scenario: Scenario,
    replication: int,
    values: Mapping[str, Mapping[str, float]],
    width: int,
    language: str | None = None,
) -> Group:
    """The main measures of one possible year, a column per structure."""
    t = texts(language or language_of(scenario.locale))
    rows = []
    for name in (name for names in SECTIONS.values() for name in names):
        found = [each.get(name, math.nan) for each in values.values()]
        if any(math.isfinite(value) for value in found):
            known = describe(name)
            scale = scale_of(known.unit, found, (), scenario.currency, t.language)
            cells = [Cell(scale.text(value), value=value, kind=known.unit) for value in found]
            rows.append(Row(measure_title(t, name, bare=is_bare([scenario])), cells, scale.unit))
    title = Text(
        t(
            "table-year",
            title=t.title(scenario.provenance.title),
            year=str(replication),
            seed=str(scenario.experiment.seed),
        ),
        "bold",
    )
    header = ["", *(t.title(each) for each in structure_titles(scenario, list(values)).values())]
    return Group(title, *tables(Grid("", header, rows), width))


def verdict_text(reading: Reading) -> Text:
    """The verdict and what must be known before it is believed."""
    assert reading.comparison is not None
    text = caution_text(reading, first=True)
    text.append(f"{reading.texts('page-verdict')}: ", style="bold")
    text.append(reading.texts.again(reading.comparison.verdict.text), style="not bold")
    after = caution_text(reading, first=False)
    return text.append("\n").append(after) if after else text


def caution_text(reading: Reading, first: bool) -> Text:
    """The cautions that stand above the verdict, each on a line, or those below it."""
    text = Text()
    for caution in [each for each in reading.result.cautions if each.first is first]:
        text.append(f"{reading.texts('page-caution')} ", style="bold yellow")
        text.append(f"{reading.texts.again(caution.text)}\n", style="not bold")
    if not first:
        text.rstrip()
    return text


def _sources(reading: Reading) -> str:
    """How many figures of the scenario say where they come from."""
    figures = reading.result.scenario.provenance.figures.values()
    named = sum(bool(figure.source) for figure in figures)
    ranges = sum(figure.range is not None for figure in figures)
    return reading.texts("table-sources", named=str(named), ranges=str(ranges))


def _precision(reading: Reading) -> list[RenderableType]:
    found = reading.result.precision
    return [] if found is None else [Text(reading.texts.again(found.text))]


def _budgets(reading: Reading) -> list[str]:
    said = {name: against_budget(reading.result, name).text for name in money.budget_reports(reading)}
    return [f"{reading.title(name)}: {reading.texts.again(text)}" for name, text in said.items()]


def _weak_links(reading: Reading) -> list[str]:
    return [f"{reading.title(name)}: {reading.texts.again(each.text)}" for name, each in reading.links.items()]


def _judged(reading: Reading) -> list[RenderableType]:
    """The verdict with its cautions; of single structures what must be known of them."""
    if reading.comparison is not None:
        return [verdict_text(reading)]
    return [caution_text(reading, first=True)] if reading.result.cautions else []


def _parts(makers: Mapping[str, Callable[[], list[RenderableType]]], left: LeftOut | None) -> list[RenderableType]:
    """What these make; one that fails is left out."""
    parts: list[RenderableType] = []
    for name, make in makers.items():
        with left.part(say("left-out-table", name=name)) if left is not None else nullcontext():
            parts += make()
    return parts
