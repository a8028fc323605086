"""Break-even: costs and revenue against volume, with the simulated years."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.break_even import break_even as break_even_of
from simulation.analysis.break_even import by_year
from simulation.analysis.results import Result
from simulation.report.plot.style import (
    GREY,
    axes_of,
    finished,
    literal,
    look,
    new_figure,
    scale_for,
    title_of,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def break_even(result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Costs and revenue of the whole time against revenue, the break-even, and each simulated year as a dot.

    Fixed costs are the level line, all costs rise from it by the variable share, revenue is the diagonal; they cross at
    the break-even. A dot is a year: its revenue and all its costs; below the diagonal it ends with a profit. The band
    holds nine years of ten.

    Args:
        result: a result or a comparison.
        structure: the structure; the first one when None.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: there is no such structure.
    """
    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    found = break_even_of(result, name)
    revenue, _, profit, _ = by_year(result, name)
    sold, earned = revenue.sum(axis=1), profit.sum(axis=1)
    spent = sold - earned
    axes = axes_of(ax, 4.8, 6.2)
    known = [*sold, found.revenue] if np.isfinite(found.revenue) else list(sold)
    most = 1.15 * max(known, default=1.0)
    scale = scale_for(result, "money", [most], t)
    volume = np.array([0.0, most])
    colour = look(result, name).colour
    axes.plot(volume * scale.factor, volume * scale.factor, color=colour, linewidth=2.2)
    costs = found.fixed + found.variable_share * volume
    axes.plot(volume * scale.factor, costs * scale.factor, color=GREY, linewidth=2.2, linestyle="--")
    axes.axhline(found.fixed * scale.factor, color=GREY, linewidth=1, linestyle=":")
    if len(sold) > 1:
        low, high = np.quantile(sold, (0.05, 0.95)) * scale.factor
        axes.axvspan(low, high, color=colour, alpha=0.12, linewidth=0)
    axes.scatter(sold * scale.factor, spent * scale.factor, s=10, color="black", alpha=0.5, linewidths=0)
    top = most * scale.factor
    if np.isfinite(found.revenue):
        at = found.revenue * scale.factor
        axes.plot([at], [at], marker="D", color="black", markersize=7)
        axes.annotate(
            literal(t("chart-break-even-at", revenue=scale.with_unit(found.revenue))),
            (at, at),
            xytext=(-8, 10),
            textcoords="offset points",
            ha="right",
        )
    for text, point, shift in (
        (t("chart-revenue"), (top, top), (-34, -6)),
        (t("chart-all-costs"), (top, costs[-1] * scale.factor), (-4, -22)),
        (t("chart-fixed-costs"), (top, found.fixed * scale.factor), (-4, 4)),
    ):
        axes.annotate(text, point, xytext=shift, textcoords="offset points", ha="right")
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.set_xlabel(f"{t('chart-revenue')}, {literal(scale.unit)}")
    axes.set_ylabel(f"{t('chart-revenue-and-costs')}, {literal(scale.unit)}")
    return finished(axes, fill(title_of(result, name, t), 46), grid="")


def break_evens(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Break-even of every structure."""
    t = words(result, lang)
    count = len(result.structures)
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    figure = new_figure(4.6 * rows + 0.6, 6.2 * columns) if fig is None else fig
    panels = figure.subplots(rows, columns, squeeze=False)
    for number, panel in enumerate(panels.flat):
        if number < count:
            break_even(result, result.structures[number], panel, lang)
        else:
            panel.set_axis_off()
    title = literal(result.scenario.title)
    figure.suptitle(t("chart-break-even", title=title, years=result.runs.finished), fontsize=11)
    return figure
