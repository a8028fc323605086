"""A sweep: each structure along one variable, or the difference over each of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.report.numbers import Scale, scale_of
from simulation.report.plot.field import axis_title, differences_scale, look_of, titled
from simulation.report.plot.style import (
    GREY,
    Floats,
    finished,
    headline,
    legend_below,
    literal,
    new_figure,
    numbered,
    panels_of,
    rows_for,
    sheet,
    wrapped,
)
from simulation.study.field.sweep import Sweep
from simulation.study.field.words import ordered
from simulation.study.points import told
from simulation.study.variation import Variable
from simulation.texts import Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

APART = 0.085
"""Share of an axis that two of its values are apart at least, so that their names do not touch."""
FIFTHS = 5
MARKERS = "o^sDvP*X"
"""By place of the structure, so that dots can be told from each other in grey."""


def along(found: Sweep, t: Texts) -> Figure:
    """One variable: means of the structures with their intervals, below them the differences from the baseline."""
    points, what = ordered(found), found.variables[0]
    x = np.array([point.values[0] for point in points])
    figure = new_figure(6.4)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    means = [point.contest.means for point in points]
    currency, unit = found.scenario.currency, found.terms.known.unit
    scale = scale_of(unit, [each.mean for row in means for each in row.values()], (), currency, t.language)
    for name in found.terms.structures:
        rows = np.array([(row[name].mean, row[name].low, row[name].high) for row in means])
        _band(upper, x, rows, found, name)
    numbered(upper.yaxis, scale, titled(found.terms, found.scenario, t))
    for name in found.terms.others:
        less = [point.contest.differences[name] for point in points]
        _band(lower, x, np.array([(each.mean, each.joint_low, each.joint_high) for each in less]), found, name)
        seen = look_of(found.terms, name)
        faces = [seen.colour if each.told_apart else "white" for each in less]
        heights = [each.mean for each in less]
        lower.scatter(x, heights, s=42, c=faces, edgecolors=seen.ink, linewidths=1.4, zorder=4)
    lower.axhline(0.0, color="black", linewidth=1)
    title = found.titles[found.terms.baseline]
    numbered(lower.yaxis, differences_scale(found.scenario, found.terms, points, t), _of_baseline(title, t), 5)
    _values_along(lower, what, x, found.scenario.currency, t)
    lower.set_xlabel(literal(axis_title(what, t)))
    finished(upper, wrapped(literal(_title(found, what, t)), 92))
    finished(lower)
    _legend(figure, found, t)
    return figure


def _of_baseline(title: str, t: Texts) -> str:
    return wrapped(t("sweep-panel-difference", baseline=title), 20)


def _title(found: Sweep, what: Variable, t: Texts) -> str:
    measure = titled(found.terms, found.scenario, t)
    said = t("sweep-one-title", measure=measure, variable=what.title)
    return f"{t.title(found.scenario.provenance.title)}. {said}"


def _band(axes: Axes, x: Floats, rows: Floats, found: Sweep, name: str) -> None:
    """A line with the band of its intervals, which has an edge so that it is seen in grey."""
    seen = look_of(found.terms, name)
    axes.plot(x, rows[:, 0], color=seen.colour, linestyle=seen.line, linewidth=2, zorder=3)
    if np.isfinite(rows[:, 1:]).any():
        ends = np.where(np.isfinite(rows), rows, np.nan)
        axes.fill_between(x, ends[:, 1], ends[:, 2], facecolor=seen.colour, alpha=0.18, linewidth=0)
        for n in (1, 2):
            axes.plot(x, ends[:, n], color=seen.colour, linestyle=seen.line, linewidth=0.6)


def _values_along(axes: Axes, what: Variable, x: Floats, currency: str, t: Texts) -> None:
    """The values of the design along the axis, as many as have room."""
    room = APART * (x.max() - x.min())
    kept: list[float] = []
    for value in x.tolist():
        if not kept or value - kept[-1] >= room:
            kept.append(value)
    axes.set_xticks(kept, [literal(t.written(each)) for each in told(what, kept, currency)])


def _legend(figure: Figure, found: Sweep, t: Texts) -> None:
    from matplotlib.lines import Line2D

    handles = []
    labels = []
    for name in found.terms.structures:
        seen = look_of(found.terms, name)
        handles.append(Line2D([], [], color=seen.colour, linestyle=seen.line, linewidth=2))  # type: ignore[arg-type]
        labels.append(literal(t.title(found.titles[name])))
    handles.append(Line2D([], [], color=GREY, marker="o", linestyle="", markerfacecolor="white"))
    labels.append(t("sweep-marks"))
    legend_below(figure, handles, labels)


def scatter(found: Sweep, name: str, t: Texts) -> Figure:
    """Several variables: the difference of a structure from the baseline over each of them, a dot for each point."""
    less = [point.contest.differences[name] for point in found.points]
    at = np.array([point.values for point in found.points])
    heights = np.array([each.mean for each in less])
    rows = rows_for(len(found.variables))
    figure = new_figure(1.5 + 2.7 * rows)
    scale = differences_scale(found.scenario, found.terms, found.points, t)
    base = found.terms.baseline
    ahead = [_ahead(found, name, each.mean) for each in less]
    for n, (axes, what) in enumerate(
        zip(panels_of(figure, len(found.variables), sharey=True), found.variables, strict=True)
    ):
        for structure in (name, base):
            mine = np.array([each == structure for each in ahead], dtype=bool)
            seen = look_of(found.terms, structure)
            faces = [seen.colour if one.told_apart else "white" for one, own in zip(less, mine, strict=True) if own]
            marker = MARKERS[found.terms.structures.index(structure) % len(MARKERS)]
            axes.scatter(at[mine, n], heights[mine], s=26, c=faces, edgecolors=seen.ink, marker=marker, linewidths=1)
        middle, trend = _trend(at[:, n], heights)
        axes.plot(middle, trend, color="black", linestyle="--", linewidth=1.5)
        axes.axhline(0.0, color="black", linewidth=1)
        _few_values(axes, what, at[:, n], found.scenario.currency, t)
        axes.set_xlabel(wrapped(literal(axis_title(what, t)), 40))
        numbered(axes.yaxis, scale, "" if n % sheet().columns else _axis(found, name, scale, t), 5)
        if n % sheet().columns:
            axes.set_ylabel("")
        finished(axes)
    one, other = found.titles[name], found.titles[base]
    title = t(
        "sweep-scatter-title", measure=titled(found.terms, found.scenario, t), one=one, other=other, points=len(less)
    )
    headline(figure, wrapped(literal(f"{t.title(found.scenario.provenance.title)}. {title}"), 92))
    _scatter_legend(figure, found, name, t)
    return figure


def _ahead(found: Sweep, name: str, difference: float) -> str:
    return name if (difference > 0) == found.terms.higher else found.terms.baseline


def _axis(found: Sweep, name: str, scale: Scale, t: Texts) -> str:
    return wrapped(t("sweep-less", one=found.titles[name], other=found.titles[found.terms.baseline]), 30)


def _trend(x: Floats, y: Floats) -> tuple[list[float], list[float]]:
    """Means over fifths of the range; fifths without points are left out."""
    edges = np.linspace(x.min(), x.max(), FIFTHS + 1)
    place = np.clip(np.searchsorted(edges, x, side="right") - 1, 0, FIFTHS - 1)
    kept = [n for n in range(FIFTHS) if np.isfinite(y[place == n]).any()]
    return [float((edges[n] + edges[n + 1]) / 2) for n in kept], [float(np.nanmean(y[place == n])) for n in kept]


def _few_values(axes: Axes, what: Variable, x: Floats, currency: str, t: Texts) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = float(x.min()), float(x.max())
    ticks = [float(v) for v in MaxNLocator(4, integer=what.whole).tick_values(low, high) if low <= v <= high]
    axes.set_xticks(ticks, [literal(t.written(each)) for each in told(what, ticks, currency)])


def _scatter_legend(figure: Figure, found: Sweep, name: str, t: Texts) -> None:
    from matplotlib.lines import Line2D

    handles: list[Line2D] = []
    labels: Sequence[str] = []
    for structure in (name, found.terms.baseline):
        seen = look_of(found.terms, structure)
        marker = MARKERS[found.terms.structures.index(structure) % len(MARKERS)]
        handles.append(Line2D([], [], color=seen.colour, markeredgecolor=seen.ink, marker=marker, linestyle=""))
        labels = [*labels, literal(t("map-legend-better", structure=found.titles[structure]))]
    handles.append(Line2D([], [], color=GREY, marker="o", linestyle="", markerfacecolor="white"))
    handles.append(Line2D([], [], color="black", linestyle="--"))
    legend_below(figure, handles, [*labels, t("sweep-not-told"), t("sweep-trend")])
