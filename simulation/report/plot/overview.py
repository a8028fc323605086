"""What each structure costs and brings, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.results import Result
from simulation.report.plot.style import (
    finished,
    legend_below,
    literal,
    look,
    new_figure,
    numbered,
    of_years,
    scale_for,
    title_of,
    words,
)
from simulation.report.reading import measure_title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = ("revenue", "gross_margin", "payroll", "costs", "profit")


@of_years
def overview(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Revenue, margin, payroll, other costs and profit of each structure: means with their intervals, on one scale."""
    t = words(result, lang)
    count = len(result.structures)
    figure = new_figure(1.4 + len(SHOWN) * (0.2 * count + 0.22)) if fig is None else fig
    ax = figure.add_subplot()
    height = 0.8 / count
    means = np.array([[result.mean(name, measure) for measure in SHOWN] for name in result.structures])
    scale = scale_for(result, "money", means, t)
    for n, name in enumerate(result.structures):
        seen = look(result, name)
        at = np.arange(len(SHOWN))[::-1] + 0.4 - height * (n + 0.5)
        found = [result.summaries[name][measure] for measure in SHOWN]
        halves = np.array([(each.high - each.low) / 2 for each in found])
        values = np.array([each.mean for each in found])
        ax.barh(
            at,
            values,
            height,
            color=seen.colour,
            hatch=seen.hatch,
            edgecolor="white",
            linewidth=0.5,
            label=title_of(result, name, t),
            xerr=np.where(np.isfinite(halves), halves, 0.0),
            error_kw={"elinewidth": 1.4, "capsize": 3},
        )
        for y, value, half in zip(at, values, halves, strict=True):
            edge = max(value, 0.0) + (half if np.isfinite(half) else 0.0)
            text = literal(scale.text(value))
            ax.annotate(text, (edge, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_yticks(np.arange(len(SHOWN))[::-1], [measure_title(t, measure) for measure in SHOWN])
    ax.axvline(0, color="black", linewidth=1)
    ax.margins(x=0.1)
    numbered(ax.xaxis, scale, t("chart-mean-of-years"))
    if count > 1:
        legend_below(figure, *ax.get_legend_handles_labels())
    finished(ax, t("chart-overview"), grid="x")
    return figure
