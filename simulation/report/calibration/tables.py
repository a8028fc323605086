"""Tables of a calibration: figures, what no record tells, the back-test, the rows that were left out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from simulation.calibration.backtest import FIGURES, Backtest, against, total
from simulation.calibration.calibrate import Calibration
from simulation.calibration.estimates import Figure
from simulation.calibration.estimators.spells import WHOLE
from simulation.calibration.scoring import LEVELS, Score, intervals, skill
from simulation.calibration.unknowable import Unknown
from simulation.report.calibration.words import figure_words, span_words, unit_words
from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.numbers import plain
from simulation.texts import Amount, Day, Percent, Texts, Verbatim

MOST = 60
"""Figures that a table shows; `calibration.json` has all."""
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("leads", ("arrivals", "attempts")),
    ("stages", ("stages", "pipeline")),
    ("money", ("amounts", "customers")),
    ("people", ("presence", "division", "load", "work", "sellers", "tenure")),
    ("regime", ("regime",)),
)
"""Tables of figures, with the estimators whose figures stand in each."""
MAIN = {
    "stages.deal.share": "won",
    "stages.deal.gap_yes.mean": "cycle",
    "amounts.amount.mean": "size",
    "pipeline.open.count": "open",
    "pipeline.open.wins.13_weeks": "ahead",
    "presence.heads": "people",
    "load.load": "load",
    "customers.orders_per_year": "orders",
}
"""Figures that stand in front, where they were estimated."""
CHANNELS = 4
"""Channels whose leads stand in front."""
STAGES = 8
"""Stages that stand in front."""
SHARES = re.compile(
    r".*\.(share|silent|unanswered|at_once|heaped|common|memory|probability|find_probability|find|load|stay\.\d+)"
    r"|(load|division)\..*|attempts\.reached\.\d+"
)
"""Keys of figures that are shares: told in per cent."""
LONG = 48.0
"""Hours from which on a time is told in days."""
SMALLEST = 1.0
"""Money below which knowing something is worth nothing."""


def digits(value: float) -> int:
    """Decimals at which a number has three digits that count."""
    if not math.isfinite(value) or value == 0:
        return 0
    whole = value == round(value) and abs(value) < 1e6
    return 0 if whole else int(min(max(2 - math.floor(math.log10(abs(value))), 0), 4))


def number(value: float, t: Texts) -> str:
    """A number with three digits that count; a dash where there is none."""
    return plain(value, digits(value), t.language) if math.isfinite(value) else "–"


def figures_grid(found: Calibration, t: Texts) -> Grid:
    """Every estimated figure with its interval, cases and way; defaults that stay are named with their reason."""
    return _grid(found, list(_ordered(found)), t("calibration-figures"), t)


def figure_grids(found: Calibration, t: Texts) -> list[Grid]:
    """The same, a table for each topic."""
    every = list(_ordered(found))
    grids = []
    for topic, names in TOPICS:
        mine = [each for name in names for each in every if each[0].startswith(f"{name}.")]
        mine.sort(key=lambda each: each[1].kept is not None)
        if mine:
            grids.append(_narrow(found, mine, t(f"calibration-topic-{topic}"), t))
    return grids


def _narrow(found: Calibration, figures: Sequence[tuple[str, Figure]], title: str, t: Texts) -> Grid:
    """A table with the way and the cases below the interval, for a page that may be a phone's."""
    wide = _grid(found, figures, title, t)
    rows = []
    for row in wide.rows:
        value, span, cases, way = row.cells
        note = t("calibration-way", way=Verbatim(way.text), cases=Verbatim(cases.text))
        kept = value.text == "–"
        rows.append(
            replace(row, cells=[value, Cell(way.text, words=True) if kept else replace(span, note=note, words=True)])
        )
    return replace(wide, header=wide.header[:3], rows=rows)


def _grid(found: Calibration, figures: Sequence[tuple[str, Figure]], title: str, t: Texts) -> Grid:
    rows = [_figure(_words(found, name, t), each, t, name) for name, each in figures]
    header: list[str | Column] = [
        t("calibration-column-figure"),
        t("calibration-column-value"),
        t("calibration-column-range"),
        t("calibration-column-cases"),
        Column(t("calibration-column-method"), roomy=True),
    ]
    note = t("calibration-figures-note", count=len(rows)) if len(rows) > MOST else ""
    return Grid(title, header, rows[:MOST], note, folded=len(rows) > 25)


def _words(found: Calibration, name: str, t: Texts) -> str:
    channels = found.records.deals["channel"].dropna().unique().tolist()
    return figure_words(name, t, channels, found.records.stages)


def main_grid(found: Calibration, t: Texts) -> Grid:
    """The figures that an owner asks for first: leads of the largest channels, the whole way, sizes, people."""
    figures = found.figures
    rates = [name for name in figures if re.fullmatch(r"arrivals\..*\.leads_per_month", name)]
    rates.sort(key=lambda name: -np.nan_to_num(figures[name].value))
    named = {name: _words(found, name, t) for name in rates[:CHANNELS]}
    named |= {name: t(f"calibration-main-{key}") for name, key in MAIN.items() if name in figures}
    rows = [_figure(said, figures[name], t, name) for name, said in named.items() if figures[name].kept is None]
    header = ["", t("calibration-column-value"), t("calibration-column-range")]
    return Grid("", header, [replace(row, cells=row.cells[:2]) for row in rows])


def stages_grid(found: Calibration, t: Texts) -> Grid:
    """Stage by stage: who goes on, and how long those take, with their intervals."""
    figures, rows = found.estimates["stages"].figures, []
    for stage in found.facts.stages[:STAGES]:
        name = t("calibration-name-whole") if stage.name == WHOLE and WHOLE not in found.records.stages else stage.name
        cells = []
        for key in ("share", "gap_yes.mean"):
            figure = figures.get(f"{stage.name}.{key}")
            if figure is None or figure.kept is not None:
                cells.append(Cell("–"))
                continue
            value, span, unit = _told(f"stages.{key}", figure, t)
            cells.append(Cell(f"{value} {unit_words(unit, t)}".strip(), span, strong=key == "share"))
        rows.append(Row(name, cells))
    header = [t("calibration-column-stage"), *(t(f"calibration-column-{key}") for key in ("goes-on", "yes"))]
    return Grid("", header, rows)


def unknown_short(found: Calibration, t: Texts) -> Grid:
    """What no record tells, and what knowing it is worth."""
    whole = unknown_grid(found, t)
    rows = [replace(row, cells=row.cells[:2]) for row in whole.rows]
    return Grid("", whole.header[:3], rows)


def _ordered(found: Calibration) -> Iterator[tuple[str, Figure]]:
    """Figures that were estimated, those of the rhythm of days and hours last, then the defaults that stay.

    What may have changed stands first only where it did: chance has a strongest change, too.
    """
    every = list(found.figures.items())
    regime = found.estimates.get("regime")
    changed = regime is not None and regime.model is not None and regime.model.verdict != "stable"
    minor = ("weekdays.", "hours.", "seasonality.", "season.", *(() if changed else ("regime.",)))
    for kept, small in ((False, False), (False, True), (True, False), (True, True)):
        for name, each in every:
            if (each.kept is not None) is kept and any(part in name for part in minor) is small:
                yield name, each


def _told(key: str, figure: Figure, t: Texts) -> tuple[str, str, str]:
    """A figure, its interval and its unit as they are written: shares in per cent, long times in days."""
    low, high = figure.interval
    factor, unit = 1.0, figure.unit
    if SHARES.fullmatch(key):
        value, *ends = (t.written(Percent(each)) for each in (figure.value, low, high))
        return value, f"{ends[0]} … {ends[1]}" if ends[0] != ends[1] else "", ""
    if unit == "hours" and abs(figure.value) >= LONG:
        factor, unit = 1 / 24, "days"
    value, *ends = (number(factor * each, t) for each in (figure.value, low, high))
    return value, f"{ends[0]} … {ends[1]}" if low != high else "", unit


def _figure(name: str, figure: Figure, t: Texts, key: str = "") -> Row:
    way = t.again(figure.way)
    if figure.kept is not None:
        cells = [Cell("–"), Cell(""), Cell(str(figure.cases)), Cell(t.again(figure.kept), words=True)]
        return Row(name, cells)
    value, span, unit = _told(key, figure, t)
    cells = [Cell(value, strong=True), Cell(span), Cell(str(figure.cases)), Cell(way, words=True)]
    return Row(name, cells, unit=unit_words(unit, t))


def unknown_grid(found: Calibration, t: Texts) -> Grid:
    """What no record tells, what knowing it is worth, and how to measure it in two weeks."""
    currency = found.facts.currency or "RUB"
    rows = []
    for each in found.unknown:
        span = span_words(each.low, each.high, t)
        worth, upto = _worth(each, currency, t)
        cells = [Cell(span, words=True), Cell(worth, upto, words=True), Cell(t.again(each.how), words=True)]
        rows.append(Row(t.again(each.title), cells))
    header = ["", *(t(f"calibration-column-{name}") for name in ("judged", "worth", "measure"))]
    return Grid(t("calibration-unknown"), header, rows, t("calibration-unknown-note"))


def _worth(each: Unknown, currency: str, t: Texts) -> tuple[str, str]:
    """What knowing it is worth, and at most; in words where nothing was simulated for it or where it turns nothing."""
    if each.worth is None:
        return t("calibration-worth-unasked"), ""
    high = 0.0 if each.worth_high is None else each.worth_high
    upto = t("calibration-at-most", amount=Amount(high, "money", currency)) if high >= SMALLEST else ""
    nothing = each.worth < SMALLEST
    return t("calibration-worth-nothing") if nothing else t.written(Amount(each.worth, "money", currency)), upto


def splits_grid(found: Backtest, t: Texts) -> Grid:
    """Of each date what was forecast and what came."""
    rows = []
    for split in found.splits:
        rows.append(Row(t.written(Day(split.day))))
        for name in FIGURES:
            drawn, came = total(split.forecast, name), float(total(split.came, name)[0])
            if not np.isfinite(drawn).any() or not math.isfinite(came):
                continue
            low, high = (float(each[0]) for each in intervals(drawn[np.isfinite(drawn)], LEVELS[-1]))
            mean = float(np.nanmean(drawn))
            inside = low <= came <= high
            cells = [
                Cell(number(came, t)),
                Cell(number(mean, t)),
                Cell(f"{number(low, t)} … {number(high, t)}"),
                Cell(t("calibration-inside" if inside else "calibration-outside"), strong=not inside, words=True),
            ]
            rows.append(Row(f"  {_title(name, t)}", cells))
    header = ["", *(t(f"calibration-column-{name}") for name in ("came", "forecast", "nine-of-ten", "fits"))]
    return Grid(t("calibration-splits-table"), header, rows)


def scores_grid(found: Backtest, t: Texts) -> Grid:
    """How good the forecasts were, figure by figure, and those of the baselines."""
    weekly = found.scores["weekly_wins"]
    rows = [_scored(_title(name, t), each, t) for name, each in found.scores.items() if each.cases]
    for name, each in found.baselines.items():
        saved = t("calibration-saved", **against(skill(weekly, each)))
        rows.append(_scored(f"{t(_key('rule', name))} ({saved})", each, t))
    levels = [t("calibration-column-covered", level=Percent(level)) for level in LEVELS]
    header = ["", t("calibration-column-crps"), t("calibration-column-bias"), *levels]
    return Grid(t("calibration-scores"), header, rows, t("calibration-scores-note"))


def _title(name: str, t: Texts) -> str:
    if name.startswith("channel:"):
        return t("calibration-figure-channel", channel=name.partition(":")[2] or "–")
    return t(_key("figure", name))


def _key(kind: str, name: str) -> str:
    return f"calibration-{kind}-{name.replace('_', '-')}"


def _scored(title: str, each: Score, t: Texts) -> Row:
    bias = t.written(Percent(each.bias)) if math.isfinite(each.bias) else "–"
    cells = [Cell(number(each.crps, t)), Cell(bias), *(Cell(t.written(Percent(share))) for share in each.coverage)]
    return Row(title, cells)


def left_out_grid(found: Calibration, t: Texts) -> Grid:
    """Rows that were not read, by file and reason."""
    rows = [
        Row(each.file, [Cell(t.again(each.reason), words=True), Cell(str(each.count)), Cell(_lines(each.lines))])
        for each in found.records.left_out
    ]
    header = ["", *(t(f"calibration-column-{name}") for name in ("reason", "rows", "lines"))]
    return Grid(t("calibration-left-out-table"), header, rows, folded=len(rows) > 10)


def _lines(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines[:8])) + (", …" if len(lines) > 8 else "")
