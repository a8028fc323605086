"""Charts of the money: break-even as costs and revenue against volume, with the simulated years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.break_even import break_even, by_year
from simulation.analysis.results import Result
from simulation.report.charts import COLOURS
from simulation.report.numbers import scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COSTS = "#555555"


def break_even_chart(result: Result, structure: str | None = None, ax: Axes | None = None) -> Axes:
    """Costs and revenue of the whole time against revenue, the break-even, and each simulated year as a dot.

    Fixed costs are the level line, all costs rise from it by the variable share, revenue is the diagonal; they cross at
    the break-even. A dot is a year: its revenue and all its costs; below the diagonal it ends with a profit. The band
    holds nine years of ten.

    Args:
        result: a result or a comparison.
        structure: the structure; the first one when None.
        ax: axes to draw upon; those of a new figure when None.

    Raises:
        KeyError: there is no such structure.
    """
    name = result.structures[0] if structure is None else structure
    found = break_even(result, name)
    revenue, _, profit, _ = by_year(result, name)
    sold, earned = revenue.sum(axis=1), profit.sum(axis=1)
    spent = sold - earned
    axes = _axes(ax)
    known = [*sold, found.revenue] if np.isfinite(found.revenue) else list(sold)
    most = 1.15 * max(known, default=1.0)
    scenario = result.scenario
    scale = scale_of("money", [most], (), scenario.currency, scenario.locale)
    volume = np.array([0.0, most])
    colour = COLOURS[result.structures.index(name) % len(COLOURS)]
    axes.plot(volume * scale.factor, volume * scale.factor, color=colour, linewidth=2.2)
    costs = found.fixed + found.variable_share * volume
    axes.plot(volume * scale.factor, costs * scale.factor, color=COSTS, linewidth=2.2, linestyle="--")
    axes.axhline(found.fixed * scale.factor, color=COSTS, linewidth=1, linestyle=":")
    if len(sold) > 1:
        low, high = np.quantile(sold, (0.05, 0.95)) * scale.factor
        axes.axvspan(low, high, color=colour, alpha=0.12, linewidth=0)
    axes.scatter(sold * scale.factor, spent * scale.factor, s=10, color="black", alpha=0.5, linewidths=0)
    top = most * scale.factor
    if np.isfinite(found.revenue):
        at = found.revenue * scale.factor
        axes.plot([at], [at], marker="D", color="black", markersize=7)
        axes.annotate(
            f"break-even {scale.with_unit(found.revenue)}",
            (at, at),
            xytext=(-8, 10),
            textcoords="offset points",
            ha="right",
        )
    for words, point, shift in (
        ("revenue", (top, top), (-34, -6)),
        ("all costs", (top, costs[-1] * scale.factor), (-4, -22)),
        ("fixed costs", (top, found.fixed * scale.factor), (-4, 4)),
    ):
        axes.annotate(words, point, xytext=shift, textcoords="offset points", ha="right")
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    axes.set_title(result.titles[name])
    axes.set_xlabel(f"revenue, {scale.unit}")
    axes.set_ylabel(f"revenue and costs, {scale.unit}")
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def break_even_charts(result: Result) -> Figure:
    """Break-even of every structure."""
    from matplotlib.figure import Figure

    count = len(result.structures)
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    figure = Figure(figsize=(6.2 * columns, 4.6 * rows + 0.6), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False)
    for number, panel in enumerate(panels.flat):
        if number < count:
            break_even_chart(result, result.structures[number], panel)
        else:
            panel.set_axis_off()
    years = result.runs.finished
    figure.suptitle(
        f"{result.scenario.title}: break-even; a dot is one of {years} possible years, the band nine of ten"
    )
    return figure


def _axes(ax: Axes | None) -> Axes:
    from matplotlib.figure import Figure

    return Figure(figsize=(6.2, 4.8), layout="constrained").subplots() if ax is None else ax
