"""A threshold in the terminal, as a chart, and as a part of the page.

Here too: a threshold: the difference between two structures against a value, and who is better on each side.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import Scale, scale_of
from simulation.report.page.blocks import Part, picture
from simulation.report.plot.field import axis_title, look_of, tinted, titled
from simulation.report.plot.style import GREY, clear, finished, legend_below, literal, new_figure, numbered, wrapped
from simulation.report.terminal import printed
from simulation.study.threshold.answer import Threshold
from simulation.study.threshold.roots import Point
from simulation.study.threshold.words import interval_told, values_told
from simulation.texts import Amount, Percent, Texts

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: Threshold, width: int, t: Texts) -> Iterable[RenderableType]:
    """What it says, then the difference at each value looked at."""
    yield Text(f"{t.title(found.scenario.provenance.title)}: {axis_title(found.question.variable, t)}", style="bold")
    for said in sentences(found, t):
        yield Text(said)
    yield Text()
    yield from printed(_grid(found, t), width)


def charts(found: Threshold, words: Texts) -> dict[str, Figure]:
    """The difference against the value."""
    return {"threshold": draw(found, words)}


def part(found: Threshold, words: Texts) -> Part:
    """The part of the page: what it says, the chart, the values looked at."""
    said = sentences(found, words)
    pair = {
        "other": words.title(found.titles[found.question.other]),
        "base": words.title(found.titles[found.question.terms.baseline]),
        "measure": titled(found.question.terms, found.question.scenario, words),
        "what": found.question.variable.title,
    }
    title = f"{words('threshold-title')}: {words.again(found.question.variable.title)}"
    made = Part("threshold", title, begun(said))
    made.blocks += [picture(draw(found, words), words("threshold-alt", **pair)), _grid(found, words)]
    return made


def _grid(found: Threshold, t: Texts) -> Grid:
    """The values looked at: value, difference with its interval, years, and who is better there if that is told."""
    asked = found.question
    shown = scale(found, t)
    unit = f", {shown.unit}" if shown.unit else ""
    level = Percent(asked.terms.level)
    with_interval = t("threshold-column-difference", unit=unit, level=level)
    header = (t("threshold-column-value"), with_interval, t("threshold-column-years"), t("threshold-column-better"))
    values = values_told(asked.variable, [point.value for point in found.curve], found.scenario.currency)
    rows = []
    for value, point in zip(values, found.curve, strict=True):
        cells = (
            Cell(shown.text(point.mean, signed=True), shown.interval(point.low, point.high, signed=True)),
            Cell(str(point.replications)),
            Cell(_better(found, point, t), words=True),
        )
        rows.append(Row(t.written(value), cells))
    return Grid(t("threshold-table"), header, rows, t("threshold-how-to-read", level=level), folded=True)


def _better(found: Threshold, point: Point, t: Texts) -> str:
    """Who is better at a value, by the stretch of the range that it lies in."""
    for begin, end, sign in segments(found):
        if begin <= point.value <= end and sign:
            return t.title(found.titles[found.winner(sign)])
    return t("threshold-open-here")


SHOWING = Showing(terminal, part, charts)


ROOM = 0.012
"""Share of the range that a letter takes in the strip of winners."""


def draw(found: Threshold, t: Texts) -> Figure:
    """The mean difference with its band, the zero line, each threshold with its interval, and a strip of winners."""
    figure = new_figure(4.8)
    upper, strip = figure.subplots(2, 1, sharex=True, height_ratios=(11, 1))
    asked = found.question
    _difference(upper, found, t)
    _crossings(upper, found, t)
    _strip(strip, found, t)
    base, other = (t.title(found.titles[name]) for name in (asked.terms.baseline, asked.other))
    numbered(
        upper.yaxis,
        scale(found, t),
        wrapped(t("threshold-chart-axis", measure=titled(asked.terms, asked.scenario, t), other=other, base=base), 44),
    )
    title = t("threshold-chart", what=axis_title(asked.variable, t), other=other, base=base)
    finished(upper, wrapped(literal(f"{t.title(found.scenario.provenance.title)}. {title}"), 92))
    upper.tick_params(axis="x", length=0, labelbottom=False)
    _values_along(strip, found, t)
    strip.set_xlabel(wrapped(literal(axis_title(asked.variable, t)), 80))
    _legend(figure, found, t)
    return figure


def scale(found: Threshold, t: Texts) -> Scale:
    """Of the differences."""
    means = [point.mean for point in found.curve]
    return scale_of(found.question.terms.known.unit, means, (), found.scenario.currency, t.language)


def _difference(axes: Axes, found: Threshold, t: Texts) -> None:
    curve = [point for point in found.curve if np.isfinite(point.mean)]
    x = [point.value for point in curve]
    sure = [point for point in curve if np.isfinite(point.low) and np.isfinite(point.high)]
    at, low, high = ([getattr(p, key) for p in sure] for key in ("value", "low", "high"))
    axes.fill_between(at, low, high, color=GREY, alpha=0.18, linewidth=0)
    for edge in (low, high):
        axes.plot(at, edge, color=GREY, linewidth=0.6)
    axes.plot(x, [point.mean for point in curve], color="black", linewidth=1.8, zorder=3)
    axes.plot(x, [point.mean for point in curve], "o", color="black", markersize=4, zorder=3, clip_on=False)
    axes.axhline(0.0, color="black", linewidth=1)
    axes.margins(y=0.12)
    current = found.question.variable.current
    if found.question.low <= current <= found.question.high:
        axes.plot([current], [0.0], transform=axes.get_xaxis_transform(), clip_on=False, **_NOW)  # type: ignore[arg-type]


_NOW = {"marker": "^", "color": "black", "markersize": 9, "linestyle": "", "zorder": 6}


def _crossings(axes: Axes, found: Threshold, t: Texts) -> None:
    asked = found.question
    width = asked.high - asked.low
    for n, each in enumerate(found.crossings):
        axes.axvspan(each.low, each.high, facecolor="0.88", edgecolor=GREY, linewidth=0.6, zorder=0.5)
        axes.plot([each.low, each.high], [0.0, 0.0], color="black", linewidth=5, solid_capstyle="butt", zorder=4)
        if not each.certain or each.value is None:
            continue
        axes.axvline(each.value, color="black", linewidth=1, linestyle="--")
        axes.plot([each.value], [0.0], "D", color="white", markeredgecolor="black", markersize=8, zorder=5)
        share = (each.value - asked.low) / width
        side = "left" if share < 0.5 else "right"
        axes.annotate(
            literal(_root_text(found, each.low, each.value, each.high, t)),
            (each.value, 0.97 - 0.1 * n),
            xycoords=("data", "axes fraction"),
            xytext=(8 if side == "left" else -8, 0),
            textcoords="offset points",
            ha=side,
            va="top",
            fontsize=10,
            fontweight="bold",
            bbox={**clear(), "alpha": 1.0},
            zorder=7,
        )


def _root_text(found: Threshold, low: float, value: float, high: float, t: Texts) -> str:
    asked = found.question
    if asked.by_number:
        one, two = values_told(asked.variable, [value - 0.5, value + 0.5], found.scenario.currency)
        return f"{t.written(one)} – {t.written(two)}"
    told = [t.written(each) for each in interval_told(asked.variable, low, value, high, found.scenario.currency)]
    return f"{told[1]} ({told[0]} – {told[2]})"


def segments(found: Threshold) -> list[tuple[float, float, int]]:
    """The range in order: begin, end and the sign of the difference there, 0 where it cannot be told."""
    asked = found.question
    if found.outcome == "none":
        return [(asked.low, asked.high, found.roots.sign)]
    if found.outcome == "flat":
        return [(asked.low, asked.high, 0)]
    made: list[tuple[float, float, int]] = []
    begin = asked.low
    for each in found.crossings:
        made += [(begin, each.low, each.before), (each.low, each.high, 0)]
        begin = each.high
    made.append((begin, asked.high, found.crossings[-1].after))
    return [each for each in made if each[1] > each[0]]


def pale(colour: str) -> tuple[float, float, float]:
    """A colour upon which letters can be read."""
    return tinted(colour, 0.35)


def _strip(axes: Axes, found: Threshold, t: Texts) -> None:
    """Who is better along the range."""
    from matplotlib.patches import Rectangle

    asked = found.question
    width = asked.high - asked.low
    for begin, end, sign in segments(found):
        box = {"xy": (begin, 0.0), "width": end - begin, "height": 1.0, "linewidth": 0.8}
        name = found.winner(sign)
        if not name:
            axes.add_patch(Rectangle(**box, facecolor="white", edgecolor=GREY))  # type: ignore[arg-type]
            text = t("threshold-legend-doubt")
            if len(text) * ROOM * width <= end - begin:
                axes.text((begin + end) / 2, 0.48, text, ha="center", va="center", fontsize=10, color=GREY)
            continue
        seen = look_of(asked.terms, name)
        axes.add_patch(Rectangle(**box, facecolor=pale(seen.colour), edgecolor=seen.ink, hatch=seen.hatch))  # type: ignore[arg-type]
        text = t("threshold-better", winner=t.title(found.titles[name]))
        if len(text) * ROOM * width <= end - begin:
            axes.text(
                (begin + end) / 2,
                0.48,
                literal(text),
                ha="center",
                va="center",
                fontsize=10,
                color=seen.ink,
                bbox=clear(),
            )
    axes.set_xlim(asked.low, asked.high)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)


def _values_along(axes: Axes, found: Threshold, t: Texts) -> None:
    from matplotlib.ticker import MaxNLocator

    asked = found.question
    factor, unit = _unit(found, t)
    locator = MaxNLocator(7, integer=asked.variable.whole, steps=[1, 2, 2.5, 5, 10])
    steps = [v for v in locator.tick_values(asked.low / factor, asked.high / factor)]
    ticks = [float(v) for v in steps if asked.low - 1e-9 <= v * factor <= asked.high + 1e-9]
    if unit is not None:
        names = [f"{t.style.shortest(v)} {unit}".strip() for v in ticks]
    else:
        names = [t.written(v) for v in values_told(asked.variable, ticks, found.scenario.currency)]
    axes.set_xticks([v * factor for v in ticks], [literal(name) for name in names])


def _unit(found: Threshold, t: Texts) -> tuple[float, str | None]:
    """In what values are read along the axis, one unit for all, and what it is called; None where they name it."""
    asked = found.question
    if not asked.variable.quantity.clock:
        plain = isinstance(asked.variable.amount(asked.high), Amount) and asked.variable.quantity.unit != "money"
        return 1.0, "" if plain else None
    if asked.high < 1:
        return 1 / 60, t("unit-minutes")
    if asked.variable.quantity.clock == "elapsed" and asked.high >= 48:
        return 24.0, t("unit-days")
    return 1.0, t("unit-hours")


def _legend(figure: Figure, found: Threshold, t: Texts) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    asked = found.question
    level = Percent(asked.terms.level)
    handles: list[Artist] = [Line2D([], [], color="black", marker="o", markersize=4, linewidth=1.8)]
    labels = [t("threshold-legend-curve", level=level)]
    if any(each.certain for each in found.crossings):
        handles.append(Line2D([], [], color="black", linewidth=4, marker="D", markersize=7, markerfacecolor="white"))
        labels.append(t("threshold-legend-root", level=level))
    shown = segments(found)
    if any(sign == 0 for _, _, sign in shown):
        handles.append(Patch(facecolor="white", edgecolor=GREY))
        labels.append(t("threshold-legend-doubt"))
    for name in dict.fromkeys(found.winner(sign) for _, _, sign in shown if sign):
        seen = look_of(asked.terms, name)
        handles.append(Patch(facecolor=pale(seen.colour), edgecolor=seen.ink, hatch=seen.hatch))
        labels.append(literal(t("threshold-better", winner=t.title(found.titles[name]))))
    if asked.low <= asked.variable.current <= asked.high:
        handles.append(Line2D([], [], **_NOW))  # type: ignore[arg-type]
        labels.append(t("threshold-legend-now"))
    legend_below(figure, handles, labels)
