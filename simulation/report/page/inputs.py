"""The last part: every parameter with its value and source, and how to get the same result again."""

from __future__ import annotations

import shlex

from simulation.report.page.blocks import Cell, Grid, Part, Row, Words
from simulation.report.reading import Reading
from simulation.scenario import describe
from simulation.scenario.scenario import Scenario
from simulation.version import __version__


def inputs(reading: Reading) -> Part:
    """Assumptions and how to reproduce the page."""
    t = reading.texts
    part = Part("inputs", t("page-inputs"))
    scenarios = {id(case.scenario): case.scenario for case in reading.result.cases.values()}
    part.blocks.append(Words(t("page-inputs-lead")))
    for scenario in scenarios.values():
        sourced, others = _rows(reading, scenario)
        name = scenario.provenance.title
        header = ["", *(t(f"page-input-{key}") for key in ("value", "unit", "range", "source"))]
        if sourced:
            part.blocks.append(Grid(t("page-inputs-sourced", name=name), header, sourced))
        if others:
            part.blocks.append(Grid(t("page-inputs-others", name=name), header, others, folded=True))
    part.blocks.append(Words(_again(reading), "note"))
    return part


def _rows(reading: Reading, scenario: Scenario) -> tuple[list[Row], list[Row]]:
    """Figures that say where they come from, and all other values."""
    figures = scenario.provenance.figures
    sourced: list[Row] = []
    others: list[Row] = []
    for row in describe.show(scenario):
        figure = figures.get(row.path)
        limits = ""
        if figure is not None and figure.range is not None:
            limits = " … ".join(_limit(reading, end, row.unit) for end in figure.range)
        source = figure.source if figure is not None and figure.source else ""
        cells = [
            Cell(row.value.strip(), words=True),
            Cell(row.unit, words=True),
            Cell(limits, words=True),
            Cell(source or _origin(reading, row.origin), words=True),
        ]
        (sourced if source or limits else others).append(Row(row.path, cells, path=True))
    return sourced, others


def _limit(reading: Reading, end: float, unit: str) -> str:
    """An end of a range: a share as a percentage, a time in hours."""
    t = reading.texts
    if unit == "share":
        return reading.percent(end)
    text = t.style.shortest(end)
    return f"{text} {t('unit-hours')}" if unit.endswith("time") else text


def _origin(reading: Reading, origin: str) -> str:
    """Where a value without a source stands; a default is judgement until somebody measures it."""
    t = reading.texts
    return t("page-judgement", where=origin)


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
