"""How a choice under uncertain inputs is shown: what it says, what each input is worth, and charts of both.

Here too: how sure a choice is over uncertain inputs and years, and what it is worth to know the inputs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

from simulation.analysis.measure_words import measure_title
from simulation.analysis.quantiles import proportion_interval
from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import percent, plain, scale_of
from simulation.report.page.blocks import Block, Part, picture
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    HATCHES,
    INK,
    axes_of,
    figure_of,
    finished,
    literal,
    new_figure,
    numbered,
    with_interval,
    wrapped,
)
from simulation.report.terminal import printed
from simulation.study.sensitivity.show import input_label, input_name, range_of
from simulation.study.uncertainty.finding import Uncertainty
from simulation.texts import Percent, Texts, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import RenderableType


ROWS = 10
"""Inputs in the terminal; the files have all."""


def terminal(found: Uncertainty, width: int, t: Texts) -> Iterable[RenderableType]:
    """What it says, and the inputs that it is worth most to know."""
    yield Text()
    yield Text(t("uncertainty-title"), "bold")
    for said in sentences(found, t):
        yield Text(said)
    yield Text()
    made = grid_of(found, t)
    yield from printed(replace(made, rows=made.rows[:ROWS]), width)


def charts(found: Uncertainty, t: Texts) -> dict[str, Figure]:
    """The law of the difference over the inputs, and what each input is worth."""
    return {"uncertainty": law(found, lang=t.language), "worth": figure_of(worth(found, lang=t.language))}


def part(found: Uncertainty, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    drawn = charts(found, t)
    blocks: list[Block] = [
        *begun(said),
        picture(drawn["uncertainty"], t("uncertainty-alt-law")),
        picture(drawn["worth"], t("uncertainty-alt-worth")),
        grid_of(found, t),
    ]
    return Part("uncertainty", t("uncertainty-title"), blocks)


SHOWING = Showing(terminal, part, charts)


def grid_of(found: Uncertainty, t: Texts) -> Grid:
    """What each input is worth."""
    asked = found.question
    values = [edge for each in found.measurements for edge in (each.worth.value, each.worth.high)]
    scale = scale_of(asked.known.unit, values, (), asked.scenario.currency, t.language)
    rows = []
    for each in found.measurements:
        interval = scale.interval(each.worth.low, each.worth.high)
        cells = [
            Cell(range_of(asked, each.input, t), words=True),
            Cell(scale.text(each.worth.value), interval, strong=each.shown),
            Cell(plain(100.0 * each.fall, 1, t.language)),
            Cell(percent(each.explains, t.language)),
            Cell(t("uncertainty-yes" if each.shown else "uncertainty-no"), words=True),
        ]
        name = input_label(each.input, t)
        rows.append(Row(name, cells, path=name == each.input.name))
    worth = t("uncertainty-column-worth")
    header = ["", t("uncertainty-column-range"), f"{worth}, {scale.unit}" if scale.unit else worth]
    header += [t(f"uncertainty-column-{name}") for name in ("fall", "explains", "shown")]
    note = t("uncertainty-inputs-note", level=Percent(found.level))
    return Grid(t("uncertainty-inputs"), header, rows, note, folded=len(rows) > ROWS)


MOST_BARS = 8


def law(found: Uncertainty, fig: Figure | None = None, lang: str = "en") -> Figure:
    """The difference as the inputs alone would make it, and how the doubt about a year is divided."""
    t = texts(lang)
    figure = new_figure(4.9) if fig is None else fig
    above, below = figure.subplots(2, 1, height_ratios=[4.0, 0.8])
    _histogram(above, found, t)
    _doubt(below, found, t)
    return figure


def _histogram(axes: Axes, found: Uncertainty, t: Texts) -> None:
    asked = found.question
    values = asked.sign * found.true_gains
    scale = scale_of(asked.known.unit, values.tolist(), (), asked.scenario.currency, t.language)
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    width = (high - low) / 24 or 1.0
    edges = np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width
    if len(edges) < 2:
        edges = np.array([-0.5, 0.5])
    counts, _ = np.histogram(values, edges)
    places = {found.best: 0, found.rival: 1}
    middles = (edges[:-1] + edges[1:]) / 2
    for middle, count, step in zip(middles, counts, np.diff(edges), strict=True):
        look = places[asked.winner(float(middle)) or found.best]
        axes.bar(middle, count, step, facecolor=COLOURS[look], edgecolor="white", hatch=HATCHES[look] or None)
    axes.axvline(0.0, color="black", linewidth=1.2)
    axes.axvline(found.difference.mean, color="black", linewidth=2, linestyle="--")
    axes.set_ylim(0, max(counts.max(initial=1), 1) * 1.4)
    for side in (-1, 1):
        share = proportion_interval(int((values * side > 0).sum()), len(values), found.level)
        name = t.title(asked.title(asked.winner(float(side))))
        axes.text(
            0.5 + 0.48 * side,
            0.97,
            literal(t("uncertainty-chart-better", structure=name, share=with_interval(t, share))),
            transform=axes.transAxes,
            va="top",
            ha="left" if side < 0 else "right",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "pad": 2},
        )
    axes.set_ylabel(t("uncertainty-chart-points"))
    numbered(
        axes.xaxis,
        scale,
        t("uncertainty-chart-axis", measure=measure_title(t, found.measure, bare=asked.bare)),
    )
    best, rival = (t.title(asked.title(name)) for name in (found.best, found.rival))
    title = t("uncertainty-chart-law", best=best, rival=rival, points=found.points)
    finished(axes, wrapped(literal(title), 90))


def _doubt(axes: Axes, found: Uncertainty, t: Texts) -> None:
    """One bar: chance and ignorance."""
    share = found.doubt.share
    axes.set_axis_off()
    if np.isnan(share):
        return
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.6, 1.3)
    axes.text(0.0, 1.0, t("uncertainty-chart-doubt"), fontsize=11, va="center")
    parts = ((0.0, 1.0 - share, "chance", 2), (1.0 - share, share, "ignorance", 3))
    for begin, length, key, look in parts:
        axes.barh(0.3, length, left=begin, height=0.7, facecolor=COLOURS[look], edgecolor="black", hatch=HATCHES[look])
        text = t(f"uncertainty-chart-{key}", share=Percent(length))
        left = begin == 0.0
        axes.text(0.0 if left else 1.0, -0.35, text, ha="left" if left else "right", va="center")


def worth(found: Uncertainty, ax: Axes | None = None, lang: str = "en") -> Axes:
    """What it is worth to know each input before choosing, the dearest above; filled where told from nothing."""
    t, asked = texts(lang), found.question
    shown = found.measurements[:MOST_BARS]
    axes = axes_of(ax, 1.9 + 0.5 * len(shown))
    values = [edge for each in shown for edge in (each.worth.value, each.worth.high)]
    scale = scale_of(asked.known.unit, values, (), asked.scenario.currency, t.language)
    for n, each in enumerate(shown):
        y = len(shown) - 1 - n
        face = COLOURS[0] if each.shown else "white"
        axes.barh(y, each.worth.value, height=0.6, facecolor=face, edgecolor=INK[0], linewidth=1.2, zorder=2)
        axes.plot([each.worth.low, each.worth.high], [y, y], color="black", linewidth=1.2, zorder=3)
        axes.plot([each.worth.low, each.worth.high], [y, y], "|", color="black", markersize=6, zorder=3)
        axes.annotate(
            literal(scale.text(each.worth.value)),
            (1.0, y),
            xytext=(4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=9,
            fontweight="bold" if each.shown else "normal",
            color="black" if each.shown else GREY,
            annotation_clip=False,
        )
    axes.set_yticks(range(len(shown) - 1, -1, -1), [input_name(each.input, t) for each in shown])
    axes.set_ylim(-0.6, len(shown) - 0.4)
    axes.set_xlim(left=0)
    measure = measure_title(t, found.measure, bare=asked.bare)
    numbered(axes.xaxis, scale, t("uncertainty-chart-worth-axis", measure=measure))
    value = t.written(asked.amount(found.everything.value))
    title = t("uncertainty-chart-worth", level=Percent(found.level))
    return finished(axes, wrapped(literal(f"{title}\n{t('uncertainty-chart-worth-all', worth=value)}"), 90), grid="x")
