"""Tables of a calibration: figures, what no record tells, the back-test, the rows that were left out."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from simulation.calibration.backtest import FIGURES, Backtest, total
from simulation.calibration.calibrate import Calibration
from simulation.calibration.estimates import Figure
from simulation.calibration.scoring import LEVELS, Score, intervals, skill
from simulation.calibration.unknowable import Unknown
from simulation.report.calibration.words import figure_words, span_words, unit_words
from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.numbers import plain
from simulation.texts import Amount, Day, Percent, Texts

MOST = 60
"""Figures that a table shows; `calibration.json` has all."""
SMALLEST = 1.0
"""Money below which knowing something is worth nothing."""


def digits(value: float) -> int:
    """Decimals at which a number has three digits that count."""
    if not math.isfinite(value) or value == 0:
        return 0
    return int(min(max(2 - math.floor(math.log10(abs(value))), 0), 4))


def number(value: float, t: Texts) -> str:
    """A number with three digits that count; a dash where there is none."""
    return plain(value, digits(value), t.language) if math.isfinite(value) else "–"


def figures_grid(found: Calibration, t: Texts) -> Grid:
    """Every estimated figure with its interval, cases and way; defaults that stay are named with their reason."""
    deals = found.records.deals
    channels = deals["channel"].dropna().unique().tolist()
    rows = [_figure(figure_words(name, t, channels, found.records.stages), each, t) for name, each in _ordered(found)]
    header: list[str | Column] = [
        t("calibration-column-figure"),
        t("calibration-column-value"),
        t("calibration-column-range"),
        t("calibration-column-cases"),
        Column(t("calibration-column-method"), roomy=True),
    ]
    note = t("calibration-figures-note", count=len(rows)) if len(rows) > MOST else ""
    return Grid(t("calibration-figures"), header, rows[:MOST], note, folded=len(rows) > 25)


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


def _figure(name: str, figure: Figure, t: Texts) -> Row:
    low, high = figure.interval
    way = t.again(figure.way)
    if figure.kept is not None:
        cells = [Cell("–"), Cell(""), Cell(str(figure.cases)), Cell(t.again(figure.kept), words=True)]
        return Row(name, cells)
    span = f"{number(low, t)} … {number(high, t)}" if low != high else ""
    cells = [Cell(number(figure.value, t), strong=True), Cell(span), Cell(str(figure.cases)), Cell(way, words=True)]
    return Row(name, cells, unit=unit_words(figure.unit, t))


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
        saved = t("calibration-saved", share=Percent(skill(weekly, each)))
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
