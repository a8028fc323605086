"""How an explanation is shown: a table of its parts, a waterfall, and both on the page.

Here too: a waterfall: from the mean of one structure to that of another, a step for each part of the difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

from simulation.analysis.measure_words import is_bare, measure_title
from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.numbers import Scale, scale_of
from simulation.report.page.blocks import Block, Part, Words, picture
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    HATCHES,
    INK,
    NAME,
    axes_of,
    figure_of,
    finished,
    legend_below,
    literal,
    numbered,
    wrapped,
)
from simulation.report.terminal import tables
from simulation.study.explain.finding import Bar, Explanation
from simulation.texts import Percent, Texts, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: Explanation, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, the bars as a table, what it says, what it took."""
    made = _grid(found, t)
    yield Text(f"{t.title(found.scenario.title)}: {made.title}", "bold")
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
    pair = _pair(found.to_the_one_ahead, t)
    blocks: list[Block] = [
        *begun(said),
        picture(charts(found, t)["explanation"], t("explanation-alt", **pair), t("explanation-caption")),
        _grid(found, t),
        Words(_effort(found, t), "note"),
    ]
    return Part("explanation", t("explanation-title"), blocks)


SHOWING = Showing(terminal, part, charts)


def _grid(found: Explanation, t: Texts) -> Grid:
    """Every bar with its meaning, of the one ahead less the other."""
    found = found.to_the_one_ahead
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


TALL = 0.62
"""Height of a bar; the distance between two is 1."""
UP, DOWN = 0, 1
"""Places of the looks of steps up and down among the colours and hatches."""
LETTERS = NAME + 10
"""Letters of a line of a mechanism's name."""


def waterfall(found: Explanation, ax: Axes | None = None, lang: str = "en") -> Axes:
    """The parts of a difference as steps, the largest first, what is left when all are neutral last.

    A filled step can be told from zero, a hollow one cannot; steps down are hatched. The thin line is the interval of
    the step, which holds for all of them together.
    """
    t, found = texts(lang), found.to_the_one_ahead
    bars = [*found.bars, found.left]
    axes = axes_of(ax, 1.9 + 0.42 * (len(bars) + 2))
    scale = scale_of(found.unit, [*found.means, found.whole.mean], (), found.scenario.currency, t.language)
    starts = found.means[0] + np.concatenate([[0.0], np.cumsum([each.mean for each in bars])])
    rows = len(bars) + 1
    for n, (each, start) in enumerate(zip(bars, starts[:-1], strict=True)):
        _step(axes, each, float(start), rows - 1 - n, scale)
    for n in range(rows):
        axes.plot([starts[n]] * 2, [rows - n + TALL / 2, rows - 1 - n - TALL / 2], color=GREY, linewidth=0.8)
    names = [_name(t.title(found.titles[0]), t), *(_name(t.again(each.title), t) for each in bars)]
    names.append(_name(t.title(found.titles[1]), t))
    for y, value in ((rows, found.means[0]), (0, found.means[1])):
        axes.plot([value], [y], "D", color="black", markersize=7)
        _number(axes, y, scale.text(value), "bold")
    axes.set_yticks(range(rows, -1, -1), names)
    for label, n in zip(axes.get_yticklabels(), range(rows + 1), strict=True):
        label.set_fontweight("bold" if n in (0, rows) else "normal")
    axes.set_ylim(-0.7, rows + 0.6)
    axes.margins(x=0.06)
    measure = measure_title(t, found.measure, bare=is_bare([found.scenario]))
    numbered(axes.xaxis, scale, measure)
    first, second = (literal(t.title(name)) for name in found.titles)
    _legend(axes, t, second)
    title = t("explanation-chart", first=first, second=second, measure=measure[:1].lower() + measure[1:])
    return finished(axes, title, grid="x")


def _step(axes: Axes, each: Bar, start: float, y: int, scale: Scale) -> None:
    """One step with its interval and its number."""
    look = UP if each.mean >= 0 else DOWN
    axes.barh(
        y,
        each.mean,
        left=start,
        height=TALL,
        facecolor=COLOURS[look] if each.told else "white",
        edgecolor=INK[look],
        linewidth=1.2,
        hatch=HATCHES[look] or None,
        zorder=2,
    )
    if np.isfinite(each.joint_low) and np.isfinite(each.joint_high):
        ends = [start + each.joint_low, start + each.joint_high]
        axes.plot(ends, [y, y], color="black", linewidth=1.1, zorder=3, solid_capstyle="butt")
        axes.plot(ends, [y, y], "|", color="black", markersize=6, zorder=3)
    _number(axes, y, scale.text(each.mean, signed=True), "bold" if each.told else "normal")


def _number(axes: Axes, y: int, text: str, weight: str) -> None:
    """A number in the column on the right of the axes, where nothing else stands."""
    at = (1.065, y)
    axes.annotate(
        text,
        at,
        xycoords=("axes fraction", "data"),
        ha="right",
        va="center",
        fontsize=9,
        fontweight=weight,
        annotation_clip=False,
    )


def _legend(axes: Axes, t: Texts, second: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Patch | Line2D] = [
        Patch(facecolor=COLOURS[look], edgecolor=INK[look], hatch=HATCHES[look] or None) for look in (UP, DOWN)
    ]
    handles.append(Patch(facecolor="white", edgecolor=GREY))
    handles.append(Line2D([], [], color="black", marker="|", linewidth=1.3))
    labels = [t(f"explanation-{key}", name=second) for key in ("more", "less", "unclear", "interval")]
    legend_below(figure_of(axes), handles, labels)


def _name(text: str, t: Texts) -> str:
    """A name beside the axis, its first letter a capital."""
    return wrapped(literal(text[:1].upper() + text[1:]), LETTERS)
