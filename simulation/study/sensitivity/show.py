"""How sensitivity is shown: a table of the inputs, a chart, and both on the page.

Here too: what the answer hangs on: a tornado, elementary effects, shares of the variance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.text import Text

from simulation.analysis.measure_words import measure_title
from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import Scale, percent, scale_of
from simulation.report.page.blocks import Block, Part, picture
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    HATCHES,
    INK,
    axes_of,
    clear,
    figure_of,
    finished,
    legend_below,
    literal,
    numbered,
    spread,
    wrapped,
)
from simulation.report.terminal import printed
from simulation.study.question import Input, Question, value_of
from simulation.study.sensitivity.answer import Sensitivity
from simulation.study.sensitivity.ranges import Index, Morris, Sobol
from simulation.study.sensitivity.tornado import Bar, End, Tornado
from simulation.texts import Percent, Texts, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import RenderableType


ROWS = 15
"""Inputs in the terminal; the files have all."""


def terminal(found: Sensitivity, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, the inputs that move the difference most, and what it says."""
    made = grid_of(found, t)
    yield Text(f"{t.title(found.scenario.provenance.title)}: {made.title}", "bold")
    yield Text()
    yield from printed(replace(made, title="", rows=made.rows[:ROWS]), width)
    yield Text()
    for said in sentences(found, t):
        yield Text(said)


def charts(found: Sensitivity, t: Texts) -> dict[str, Figure]:
    """The chart of the method."""
    match found:
        case Tornado():
            return {"tornado": figure_of(tornado(found, lang=t.language))}
        case Morris():
            return {"morris": figure_of(morris(found, lang=t.language))}
    return {"sobol": figure_of(sobol(found, lang=t.language))}


def part(found: Sensitivity, t: Texts) -> Part:
    """The part of the page: what it says, the chart, all inputs."""
    said = sentences(found, t)
    [(name, figure)] = charts(found, t).items()
    blocks: list[Block] = [*begun(said), picture(figure, t(f"sensitivity-alt-{name}")), grid_of(found, t)]
    return Part("sensitivity", t("sensitivity-title"), blocks)


SHOWING = Showing(terminal, part, charts)


def grid_of(found: Sensitivity, t: Texts) -> Grid:
    """A row for each input."""
    level = Percent(found.question.level)
    match found:
        case Tornado():
            columns: Sequence[str] = ("range", "low", "high", "years", "flips")
            rows, note = _tornado_rows(found, t), t("sensitivity-note-tornado", level=level)
        case Morris():
            columns = ("range", "size", "mu", "sigma", "floor")
            rows, note = _morris_rows(found, t), t("sensitivity-note-effects", level=level)
        case _:
            columns = ("range", "first", "total", "chance")
            rows, note = _sobol_rows(found, t), t("sensitivity-note-shares", level=level)
    header = ["", *(t(f"sensitivity-column-{name}") for name in columns)]
    return Grid(_heading(found.question, t), header, rows, note, folded=len(rows) > ROWS)


def _tornado_rows(found: Tornado, t: Texts) -> list[Row]:
    asked = found.question
    values = [end.difference.mean for bar in found.bars for end in bar.ends]
    scale = _scale(asked, [found.base.mean, *values], t)

    def cell(end: End) -> Cell:
        difference = end.difference
        interval = scale.interval(difference.joint_low, difference.joint_high, signed=True)
        return Cell(scale.text(difference.mean, signed=True), interval, strong=end.flips)

    rows = []
    for bar in found.bars:
        flips = t("sensitivity-yes" if bar.flips else "sensitivity-no")
        years = Cell(str(bar.years))
        cells = [Cell(range_of(asked, bar.input, t), words=True), cell(bar.low), cell(bar.high), years]
        rows.append(Row(input_label(bar.input, t), [*cells, Cell(flips, words=True)], scale.unit, _is_path(bar.input)))
    return rows


def _morris_rows(found: Morris, t: Texts) -> list[Row]:
    asked = found.question
    scale = _scale(asked, [each.size for each in found.effects], t)
    rows = []
    for each in found.effects:
        cells = [
            Cell(range_of(asked, each.input, t), words=True),
            Cell(scale.text(each.size), f"± {scale.text(each.error)}", strong=each.shown),
            Cell(scale.text(each.mu, signed=True)),
            Cell(scale.text(each.sigma)),
            Cell(scale.text(each.floor)),
        ]
        rows.append(Row(input_label(each.input, t), cells, scale.unit, _is_path(each.input)))
    return rows


def _sobol_rows(found: Sobol, t: Texts) -> list[Row]:
    rows = []
    for each in found.indices:
        cells = [Cell(range_of(found.question, each.input, t), words=True)]
        for share, low, high in _shares(each):
            interval = f"{percent(low, t.language)} … {percent(high, t.language)}"
            cells.append(Cell(percent(share, t.language), interval, strong=each.shown))
        cells.append(Cell(percent(each.floor, t.language)))
        rows.append(Row(input_label(each.input, t), cells, "", _is_path(each.input)))
    return rows


def _shares(each: Index) -> tuple[tuple[float, float, float], ...]:
    """By itself and with others, each with its interval."""
    return (each.first, each.first_low, each.first_high), (each.total, each.total_low, each.total_high)


def range_of(asked: Question, each: Input, t: Texts) -> str:
    """'5 % … 40 %'."""
    currency = asked.scenario.currency
    return " … ".join(t.written(value_of(each.variable, value, currency)) for value in (each.low, each.high))


def input_label(each: Input, t: Texts) -> str:
    """Name of an input in a table."""
    text = t.again(each.variable.title)
    return text if _is_path(each) else text[:1].upper() + text[1:]


def _is_path(each: Input) -> bool:
    return str(each.variable.title) == each.name and "." in each.name


def _heading(asked: Question, t: Texts) -> str:
    return t("sensitivity-table", measure=measure_title(t, asked.measure, bare=asked.bare), **pair(asked, t))


def _scale(asked: Question, values: Sequence[float], t: Texts) -> Scale:
    return scale_of(asked.known.unit, values, (), asked.scenario.currency, t.language)


MOST_BARS = 15
MOST_NAMES = 10
LETTERS = 30
"""Letters of a line of an input's name."""
LOW, HIGH = 0, 1
"""Places of the looks of both ends among the colours and hatches."""
TALL = 0.38
"""Height of a bar; the distance between two inputs is 1."""


def tornado(found: Tornado, ax: Axes | None = None, lang: str = "en") -> Axes:
    """The difference with each input at both ends of its range; the longest bar above.

    A bar goes from the difference with all inputs as they stand to the one at that end, where the input's value stands;
    the thin line is the interval of that change. A star: the winner surely changes.
    """
    t, asked = texts(lang), found.question
    bars = [bar for bar in found.bars if bar.years == found.years][:MOST_BARS]
    axes = axes_of(ax, 2.4 + 0.62 * len(bars))
    base = found.base.mean
    reached = [base + end.effect.mean for bar in bars for end in bar.ends]
    scale = scale_of(asked.known.unit, [base, *reached], (), asked.scenario.currency, t.language)
    for n, bar in enumerate(bars):
        for side, end in ((LOW, bar.low), (HIGH, bar.high)):
            _end(axes, asked, bar, end, side, base, len(bars) - 1 - n, t)
    names = [input_name(bar.input, t) for bar in bars]
    axes.set_yticks(range(len(bars) - 1, -1, -1), names)
    axes.set_ylim(-0.6, len(bars) + 0.25)
    axes.axvline(base, color=GREY, linewidth=1.2, linestyle="--", zorder=1)
    axes.axvline(0.0, color="black", linewidth=1.2, zorder=1)
    low, high = axes.get_xlim()
    room = 0.12 * (high - low)
    axes.set_xlim(low - room, high + room)
    _ahead(axes, asked, t)
    numbered(
        axes.xaxis,
        scale,
        t("sensitivity-chart-axis", measure=measure_title(t, asked.measure, bare=asked.bare)),
    )
    _legend(axes, t, found)
    title = t("sensitivity-chart-tornado", **pair(asked, t))
    return finished(axes, wrapped(literal(title), 90), grid="x")


def _end(axes: Axes, asked: Question, bar: Bar, end: End, side: int, base: float, row: int, t: Texts) -> None:
    y = row + (TALL / 2 if side == LOW else -TALL / 2)
    look: dict[str, Any] = {"facecolor": COLOURS[side], "edgecolor": INK[side], "hatch": HATCHES[side] or None}
    axes.barh(y, end.effect.mean, left=base, height=TALL, linewidth=0.8, zorder=2, **look)
    ends = base + np.array([end.effect.joint_low, end.effect.joint_high])
    outer = base + end.effect.mean
    right = end.effect.mean >= 0
    if np.isfinite(ends).all():
        axes.plot(ends, [y, y], color="black", linewidth=1, zorder=3)
        axes.plot(ends, [y, y], "|", color="black", markersize=4, zorder=3)
        outer = float(ends.max() if right else ends.min())
    value = t.written(value_of(bar.input.variable, end.value, asked.scenario.currency))
    axes.annotate(
        literal(f"{value} ★" if end.flips else value),
        (outer, y),
        xytext=(5 if right else -5, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        fontsize=8,
        fontweight="bold" if end.flips else "normal",
        bbox=clear(),
        zorder=4,
    )


def _ahead(axes: Axes, asked: Question, t: Texts) -> None:
    """Who is ahead on either side of zero."""
    low, high = axes.get_xlim()
    top = axes.get_ylim()[1]
    for side, ends in ((-1, (low, min(0.0, high))), (1, (max(0.0, low), high))):
        if ends[1] - ends[0] < 0.12 * (high - low):
            continue
        name = t.title(asked.title(asked.winner(float(side))))
        text = t("sensitivity-chart-ahead", structure=name)
        text = f"← {text}" if side < 0 else f"{text} →"
        at, where = (ends[1], "right") if side < 0 else (ends[0], "left")
        letters = max(12, int(70 * (ends[1] - ends[0]) / (high - low)))
        axes.annotate(
            wrapped(literal(text), letters),
            (at, top),
            xytext=(5 * side, -3),
            textcoords="offset points",
            ha=where,
            va="top",
            fontsize=9,
            bbox=clear(),
            zorder=5,
        )


def _legend(axes: Axes, t: Texts, found: Tornado) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Patch | Line2D] = [
        Patch(facecolor=COLOURS[side], edgecolor=INK[side], hatch=HATCHES[side] or None) for side in (LOW, HIGH)
    ]
    handles.append(Line2D([], [], color=GREY, linestyle="--", linewidth=1.2))
    handles.append(Line2D([], [], color="black", marker="|", linewidth=1))
    labels = [t("sensitivity-chart-low"), t("sensitivity-chart-high"), t("sensitivity-chart-stands")]
    labels.append(t("sensitivity-chart-interval", level=Percent(found.question.level)))
    if any(bar.flips for bar in found.bars):
        handles.append(Line2D([], [], linestyle="none"))
        labels.append(t("sensitivity-chart-flips"))
    legend_below(figure_of(axes), handles, labels)


def morris(found: Morris, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Size of the effect of each input against its spread; filled where it can be told from chance."""
    t, asked = texts(lang), found.question
    axes = axes_of(ax, 5.6)
    sizes = [each.size for each in found.effects]
    spreads = [each.sigma for each in found.effects]
    scale = scale_of(asked.known.unit, [*sizes, *spreads], (), asked.scenario.currency, t.language)
    high = 1.1 * max(max(sizes), 1e-12)
    tall = 1.12 * max(*spreads, 1e-12)
    axes.set_xlim(0, high)
    axes.set_ylim(0, tall)
    far = max(high, tall)
    axes.plot([0, far], [0, far], color=GREY, linewidth=1, linestyle="--", label=t("sensitivity-chart-equal"))
    floors = [each.floor for each in found.effects if np.isfinite(each.floor)]
    if floors:
        axes.axvspan(0, float(np.median(floors)), color="black", alpha=0.12, label=t("sensitivity-chart-floor"))
    for each in found.effects:
        face = COLOURS[0] if each.shown else "white"
        axes.plot([each.size], [each.sigma], "o", color=face, markeredgecolor=INK[0], markersize=6, zorder=3)
    _names(axes, found, t)
    numbered(axes.xaxis, scale, t("sensitivity-chart-size"))
    numbered(axes.yaxis, scale, t("sensitivity-chart-sigma"))
    handles, labels = axes.get_legend_handles_labels()
    legend_below(figure_of(axes), handles, labels)
    title = t("sensitivity-chart-morris", **pair(asked, t))
    return finished(axes, wrapped(literal(title), 80), grid="both")


def _names(axes: Axes, found: Morris, t: Texts) -> None:
    """Names of the largest effects in a column on the right, each with a line to its point."""
    named = found.effects[:MOST_NAMES]
    names = [wrapped(literal(_words(each.input, t)), LETTERS) for each in named]
    tall = 72.0 * axes.get_position().height * figure_of(axes).get_figheight() / (1.25 * 9.0)
    ends = [each.sigma / axes.get_ylim()[1] for each in named]
    places = spread(ends, [(name.count("\n") + 1.3) / tall for name in names])
    for each, name, place in zip(named, names, places, strict=True):
        axes.annotate(
            name,
            (each.size, each.sigma),
            (1.03, place),
            textcoords="axes fraction",
            va="center",
            ha="left",
            fontsize=9,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3},
            annotation_clip=False,
        )


def sobol(found: Sobol, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Shares of the inputs in the variance of the difference, by themselves and together with others."""
    t, asked = texts(lang), found.question
    shown = found.indices[:MOST_BARS]
    axes = axes_of(ax, 2.2 + 0.62 * len(shown))
    for n, each in enumerate(shown):
        y = len(shown) - 1 - n
        for side, (share, low, high) in enumerate(_shares(each)):
            at = y + (TALL / 2 if side == 0 else -TALL / 2)
            label = t("sensitivity-chart-first" if side == 0 else "sensitivity-chart-total") if n == 0 else None
            look: dict[str, Any] = {"facecolor": COLOURS[side], "edgecolor": INK[side], "hatch": HATCHES[side] or None}
            axes.barh(at, share, height=TALL, linewidth=0.8, zorder=2, label=label, **look)
            axes.plot([low, high], [at, at], color="black", linewidth=1, marker="|", markersize=4, zorder=3)
    axes.set_yticks(range(len(shown) - 1, -1, -1), [input_name(each.input, t) for each in shown])
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xlim(left=0)
    numbered(axes.xaxis, Scale(100.0, "%", 0, t.language), t("sensitivity-chart-share"))
    handles, labels = axes.get_legend_handles_labels()
    legend_below(figure_of(axes), handles, labels)
    title = t("sensitivity-chart-sobol", **pair(asked, t))
    return finished(axes, wrapped(literal(title), 80), grid="x")


def pair(asked: Question, t: Texts) -> dict[str, str]:
    """Names of both structures."""
    return {"other": t.title(asked.title(asked.other)), "baseline": t.title(asked.title(asked.baseline))}


def input_name(each: Input, t: Texts) -> str:
    """Name of an input beside an axis."""
    return wrapped(literal(_words(each, t)), LETTERS)


def _words(each: Input, t: Texts) -> str:
    """Its name, its first letter a capital; a path may be broken after a dot."""
    text = t.again(each.variable.title)
    if " " in text or len(text) <= LETTERS:
        return text if text == each.name else text[:1].upper() + text[1:]
    lines = [""]
    for step in text.split("."):
        if lines[-1] and len(lines[-1]) + len(step) > LETTERS - 1:
            lines.append("")
        lines[-1] += f"{step}."
    return "\n".join(lines)[:-1]
