"""How an explanation is shown: a table of its parts, a waterfall, and both on the page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, sentences
from simulation.report.grid import Column
from simulation.report.numbers import Scale, scale_of
from simulation.report.page.blocks import Block, Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot.style import figure_of
from simulation.report.plot.waterfall import waterfall
from simulation.report.terminal import tables
from simulation.study.explain.finding import Bar, Explanation
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: Explanation, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, the bars as a table, what it says, what it took."""
    made = _grid(found, t)
    yield Text(f"{found.scenario.title}: {made.title}", "bold")
    yield Text()
    yield from tables(replace(made, title=""), width)
    yield Text()
    for said in sentences(found, t):
        yield Text(said)
    yield Text()
    yield Text(made.note)
    yield Text(_effort(found, t))


def charts(found: Explanation, t: Texts) -> dict[str, Figure]:
    """The waterfall, and what the finding on uncertain inputs draws is its own."""
    return {"explanation": figure_of(waterfall(found, lang=t.language))}


def part(found: Explanation, t: Texts) -> Part:
    """The part of the page: what it says, the waterfall, every bar with its meaning."""
    said = sentences(found, t)
    pair = _pair(found, t)
    blocks: list[Block] = [
        Words(said[0], "lead"),
        Bullets(said[1:]),
        picture(charts(found, t)["explanation"], t("explanation-alt", **pair), t("explanation-caption")),
        _grid(found, t),
        Words(_effort(found, t), "note"),
    ]
    return Part("explanation", t("explanation-title"), blocks)


SHOWING = Showing(terminal=terminal, charts=charts, part=part)


def _grid(found: Explanation, t: Texts) -> Grid:
    """Every bar with its meaning."""
    scale = _scale(found, t)
    rows = [_row(each, scale, t) for each in (*found.bars, found.left, found.whole)]
    header: list[str | Column] = [
        t("explanation-mechanism"),
        t("explanation-part-of"),
        t("explanation-told"),
        Column(t("explanation-means"), roomy=True),
    ]
    note = t("explanation-note", level=Percent(found.level))
    return Grid(t("explanation-table", **_pair(found, t)), header, rows, note)


def _row(each: Bar, scale: Scale, t: Texts) -> Row:
    told = "" if each.key == "whole" else t("explanation-yes" if each.told else "explanation-no")
    cells = (
        Cell(scale.text(each.mean, signed=True), _interval(each, scale), strong=each.told or each.key == "whole"),
        Cell(told, words=True),
        Cell(t.again(each.meaning), words=True),
    )
    return Row(_capital(t.again(each.title)), cells, scale.unit)


def _scale(found: Explanation, t: Texts) -> Scale:
    """One scale for all parts."""
    bars = [*found.bars, found.left, found.whole]
    widths = [each.half_width for each in bars if math.isfinite(each.half_width)]
    return scale_of(found.unit, [each.mean for each in bars], widths, found.scenario.currency, t.language)


def _interval(each: Bar, scale: Scale) -> str:
    """'−0.31 … 1.20'; '' where a single block of years has none."""
    if not (math.isfinite(each.joint_low) and math.isfinite(each.joint_high)):
        return ""
    return scale.interval(each.joint_low, each.joint_high, signed=True)


def _pair(found: Explanation, t: Texts) -> dict[str, str]:
    first, second = (t.title(name) for name in found.titles)
    return {"first": first, "second": second}


def _effort(found: Explanation, t: Texts) -> str:
    reached = "yes" if found.reached is None or found.reached else "no"
    return t("explanation-effort", years=found.years, runs=found.runs, simulated=found.simulated, reached=reached)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
