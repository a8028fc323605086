"""A comparison on one screen of the terminal: the answer in plain words, one table, and where the rest is."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from simulation.analysis.catalogue import describe
from simulation.analysis.plain import plain
from simulation.analysis.results import Comparison
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING
from simulation.report.reading import Reading
from simulation.report.result_tables import history_lines
from simulation.report.tables import heading
from simulation.report.terminal import apart, tables
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
CAUTIONS = 2
"""Cautions that stand above the answer; of the others it is said how many there are."""


def summary(
    comparison: Comparison, width: int, language: str | None = None, file: Path | None = None, page: Path | None = None
) -> list[RenderableType]:
    """A comparison on one screen.

    Args:
        comparison: what was compared.
        width: characters of a line.
        language: 'en' or 'ru'; that of the scenario's locale when None.
        file: the scenario's file, for the commands that are named.
        page: the page that was written, where one was.
    """
    reading = Reading(comparison, texts(language or language_of(comparison.scenario.locale)))
    shown = _shown(comparison)
    for names in shown:
        table = tables(_table(reading, names), width)
        if len(table) == 1:
            break
    left = len(comparison.structures) - len(names)
    return apart([heading(reading), _answer(reading), Group(*table), _more(reading, left, file, page)])


def _shown(comparison: Comparison) -> list[list[str]]:
    """Structures that may stand beside each other, most of them first: all, those that the answer names, the pair."""
    verdict, names = comparison.verdict, list(comparison.structures)
    fewer = ({comparison.baseline, verdict.best, verdict.rival}, {verdict.best, verdict.rival})
    some = [[name for name in names if name in kept] for kept in fewer if verdict.rival]
    return [*([names] if len(names) <= MOST or not some else []), *some]


def _answer(reading: Reading) -> Text:
    """The cautions that come first, and the answer."""
    t, comparison = reading.texts, reading.comparison
    assert comparison is not None
    text = Text()
    first = [each for each in comparison.cautions if each.first]
    for caution in first[:CAUTIONS]:
        text.append(f"{t('page-caution')} ", style="bold yellow")
        text.append(f"{t.again(caution.text)}\n", style="not bold")
    for line in history_lines(comparison, t)[:1]:
        text.append(f"{t.again(line)}\n", style="not bold")
    found = plain(comparison)
    text.append(f"{t('page-verdict')}: {t.again(found.headline)}", style="bold")
    text.append(f"\n{t.again(found.sure)}\n{t.again(found.next)}", style="not bold")
    if comparison.over_inputs:
        text.append(f"\n{t.again(comparison.over_inputs)}", style="not bold")
    if comparison.precision is not None:
        text.append(f"\n{t.again(comparison.precision.text)}", style="not bold")
    return text


def _table(reading: Reading, shown: Sequence[str]) -> Grid:
    """Means of the main measures, and the difference between the best and its rival."""
    comparison, t = reading.comparison, reading.texts
    assert comparison is not None
    verdict = comparison.verdict
    pair = bool(verdict.rival)
    rows = [_row(reading, comparison, name, shown, pair) for name in _measures(reading, comparison.measure)]
    header = ["", *(reading.title(name) for name in shown)]
    if not pair:
        return Grid("", header, rows)
    return Grid("", [*header, t("summary-difference")], rows)


def _measures(reading: Reading, deciding: str) -> list[str]:
    names = dict.fromkeys((deciding, *ROWS))
    return [name for name in names if any(reading.defined(each, name) for each in reading.structures)][: len(ROWS)]


def _row(reading: Reading, comparison: Comparison, measure: str, shown: Sequence[str], pair: bool) -> Row:
    verdict, unit = comparison.verdict, describe(measure).unit
    means = [comparison.mean(name, measure) for name in shown]
    found = comparison.pair(verdict.best, verdict.rival, measure) if pair else None
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


def _more(reading: Reading, left: int, file: Path | None, page: Path | None) -> Text:
    """Where the rest is."""
    comparison, t = reading.comparison, reading.texts
    assert comparison is not None
    path = shlex.quote(str(file)) if file is not None else t("summary-scenario")
    others = len([each for each in comparison.cautions if each.first][CAUTIONS:])
    others += len([each for each in comparison.cautions if not each.first])
    verdict, lines = comparison.verdict, []
    if verdict.rival:
        pair = {"one": reading.title(verdict.best), "other": reading.title(verdict.rival)}
        lines.append(t("summary-interval", **pair, level=reading.percent(comparison.level)))
    if left:
        lines.append(t("summary-others", count=left))
    if others:
        lines.append(t("summary-cautions", count=others))
    lines.append(t("summary-details", file=path))
    lines.append(t("summary-page-written", page=str(page)) if page is not None else t("summary-page", file=path))
    return Text("\n".join(lines))
