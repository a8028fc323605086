"""A comparison on one screen of the terminal: the answer in plain words, one table, and where the rest is."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.analysis.catalogue import describe
from simulation.analysis.results import Comparison
from simulation.report.answer import Answer, answer_of
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING
from simulation.report.reading import Reading
from simulation.report.result_tables import history_lines
from simulation.report.tables import heading
from simulation.report.terminal import apart, tables
from simulation.study.compare.best import AtBest
from simulation.texts import language_of, texts

ROWS = (
    "profit",
    "profit_with_end_value",
    "revenue",
    "plan_attainment",
    "payroll",
    "deals",
    "orders",
    "answered_within_1d",
    "customers_end",
    "unbilled_revenue_end",
    "leavers",
    "utilisation",
)
"""Measures of the table; the one that decides stands above them, where it is none of them in place of the last."""
MOST = 3
"""Structures that stand beside each other; of more those that the answer names: the best, its rival, the baseline."""


def summary(
    comparison: Comparison,
    width: int,
    language: str | None = None,
    files: Sequence[Path] = (),
    page: Path | None = None,
    best: AtBest | None = None,
) -> list[RenderableType]:
    """A comparison on one screen.

    Args:
        comparison: what was compared.
        width: characters of a line.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        files: those of the scenarios, for the commands that are named.
        page: the page that was written, where one was.
        best: each structure at its best, where that was looked for: the answer is then about the best.
    """
    t = texts(language or language_of(comparison.scenario.locale))
    found = answer_of(comparison, best)
    drawn, reading = Reading(comparison, t), Reading(found.shown, t)
    comparison = found.shown
    for names in beside(comparison):
        table = tables(main_table(reading, names, drawn if found.at_best else None), width)
        if len(table) == 1:
            break
    left = len(comparison.structures) - len(names)
    return apart(
        [heading(drawn), _answer(drawn, found), Group(*table), _more(drawn, reading, found, left, files, page)]
    )


def beside(comparison: Comparison) -> list[list[str]]:
    """Structures that may stand beside each other, most of them first: all, those that the answer names, the pair."""
    verdict, names = comparison.verdict, list(comparison.structures)
    fewer = ({comparison.baseline, verdict.best, verdict.rival}, {verdict.best, verdict.rival})
    some = [[name for name in names if name in kept] for kept in fewer if verdict.rival]
    return [*([names] if len(names) <= MOST or not some else []), *some]


def _answer(drawn: Reading, found: Answer) -> Text:
    """The cautions that come first, and the answer; of each structure's best, what it is and what it is worth."""
    t, comparison = drawn.texts, drawn.comparison
    assert comparison is not None
    text = Text()
    for caution in found.cautions:
        text.append(f"{t('page-caution')} ", style="bold yellow")
        text.append(f"{t.again(caution.text)}\n", style="not bold")
    for line in history_lines(comparison, t)[:1]:
        text.append(f"{t.again(line)}\n", style="not bold")
    text.append(f"{t.again(found.title)}: {t.again(found.headline)}", style="bold")
    said: list[str | None] = [found.sure, found.firm, found.next, found.measure, *found.costs, found.drawn]
    said.append(comparison.over_inputs)
    if comparison.precision is not None:
        said.append(comparison.precision.text)
    return text.append("".join(f"\n{t.again(each)}" for each in said if each), style="not bold")


def main_table(reading: Reading, shown: Sequence[str], drawn: Reading | None) -> Grid:
    """Means of the main measures, and the difference between the best and its rival; what decides as drawn too."""
    comparison, t = reading.comparison, reading.texts
    assert comparison is not None
    pair = (comparison.verdict.best, comparison.verdict.rival) if comparison.verdict.rival else None
    names = _measures(reading, comparison.measure)
    if drawn is not None:
        names = names[: len(ROWS) - 1]
    rows = [_row(reading, comparison, name, shown, pair) for name in names]
    if drawn is not None and drawn.comparison is not None:
        before = _row(drawn, drawn.comparison, comparison.measure, shown, pair)
        rows.insert(1, replace(before, label=t("at-best-row-drawn")))
    header = ["", *(reading.title(name) for name in shown)]
    return Grid("", [*header, t("summary-difference")] if pair else header, rows)


def _measures(reading: Reading, deciding: str) -> list[str]:
    names = dict.fromkeys((deciding, *ROWS))
    return [name for name in names if any(reading.defined(each, name) for each in reading.structures)][: len(ROWS)]


def _row(
    reading: Reading, comparison: Comparison, measure: str, shown: Sequence[str], pair: tuple[str, str] | None
) -> Row:
    unit = describe(measure).unit
    means = [comparison.mean(name, measure) for name in shown]
    found = comparison.pair(*pair, measure) if pair else None
    known = found is not None and found.n > 1 and found.high > found.low
    half = [(found.high - found.low) / 2] if found is not None and known else []
    scale = reading.scale(unit, [*means, *([found.mean] if found is not None else [])], half)
    cells = [Cell(scale.text(mean), strong=measure == comparison.measure, value=mean, kind=unit) for mean in means]
    if found is None:
        return Row(reading.measure_title(measure), cells, scale.unit)
    if found.n == 0:
        return Row(reading.measure_title(measure), [*cells, Cell(NOTHING)], scale.unit)
    interval = scale.interval(found.low, found.high, signed=True) if known else ""
    upwards = describe(measure).higher_is_better
    told = known and (found.low > 0 or found.high < 0) and upwards is not None
    tone = ("good" if (found.mean > 0) == upwards else "bad") if told else ""
    difference = Cell(scale.text(found.mean, signed=True), interval, tone=tone, value=found.mean, kind=unit)
    return Row(reading.measure_title(measure), [*cells, difference], scale.unit)


def _more(drawn: Reading, reading: Reading, found: Answer, left: int, files: Sequence[Path], page: Path | None) -> Text:
    """Where the rest is."""
    comparison, t = drawn.comparison, reading.texts
    assert comparison is not None and reading.comparison is not None
    path = shlex.join(map(str, files)) or t("summary-scenario")
    verdict, rest = reading.comparison.verdict, []
    if verdict.rival:
        pair = {"one": reading.title(verdict.best), "other": reading.title(verdict.rival)}
        rest.append(t("summary-interval", **pair, level=reading.percent(comparison.level)))
    if left:
        rest.append(t("summary-others", count=left))
    if found.others:
        rest.append(t("summary-cautions", count=found.others))
    rest.append(t("summary-details", file=path))
    rest.append(t("summary-page-written", page=str(page)) if page is not None else t("summary-page", file=path))
    return Text("\n".join(rest))
