"""Break-even: costs and revenue against volume, with the simulated years."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.break_even import break_even as break_even_of
from simulation.analysis.break_even import by_year
from simulation.analysis.quantiles import band
from simulation.analysis.results import Result
from simulation.report.plot.style import (
    BAND,
    GREY,
    axes_of,
    band_words,
    empty,
    end_labels,
    finished,
    headline,
    literal,
    look,
    new_figure,
    numbered,
    of_years,
    panels_of,
    scale_for,
    title_of,
    words,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@of_years
def break_even(result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Costs and revenue of the whole time against revenue, the break-even, and each simulated year as a dot.

    Fixed costs are the level line, all costs rise from it by the variable share, revenue is the diagonal; they cross at
    the break-even. A dot is a year: its revenue and all its costs; below the diagonal it ends with a profit. The band
    holds nine years of ten, of fewer than 19 years all of them.

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
    if not sold.any():
        return finished(empty(axes, t("chart-no-sales")), fill(title_of(result, name, t), 46), grid="")
    known = [*sold, found.revenue] if np.isfinite(found.revenue) else [*sold, *spent]
    most = 1.15 * max(known)
    scale = scale_for(result, "money", [most], t)
    volume = np.array([0.0, most])
    colour = look(result, name).colour
    axes.plot(volume, volume, color=colour, linewidth=2.2)
    costs = found.fixed + found.variable_share * volume
    axes.plot(volume, costs, color=GREY, linewidth=2.2, linestyle="--")
    axes.axhline(found.fixed, color=GREY, linewidth=1, linestyle=":")
    if len(sold) > 1:
        low, high = band(sold, BAND)
        axes.axvspan(float(low), float(high), color=colour, alpha=0.12, linewidth=0)
    axes.scatter(sold, spent, s=22, color="black", alpha=0.6, edgecolors="white", linewidths=0.5, zorder=3)
    if np.isfinite(found.revenue):
        at = found.revenue
        axes.plot([at], [at], marker="D", color="black", markersize=7)
        axes.plot([at, at], [0, at], color="black", linewidth=0.8, linestyle=":")
        said = t("chart-break-even-at", revenue=scale.with_unit(at))
    else:
        said = t("chart-no-break-even")
    axes.set_xlim(0, most)
    axes.set_ylim(0, most)
    numbered(axes.xaxis, scale, t("chart-revenue"), 5)
    numbered(axes.yaxis, scale, t("chart-revenue-and-costs"), 5)
    ends = (
        (most, "revenue", look(result, name).ink),
        (costs[-1], "all-costs", GREY),
        (found.fixed, "fixed-costs", GREY),
    )
    end_labels(axes, [(float(height), wrapped(t(f"chart-{key}"), 10), ink) for height, key, ink in ends])
    return finished(axes, f"{fill(title_of(result, name, t), 46)}\n{fill(literal(said), 46)}", grid="")


@of_years
def break_evens(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Break-even of every structure."""
    t = words(result, lang)
    count = len(result.structures)
    figure = new_figure(4.2 if count == 1 else 3.6 * -(-count // 2) + 0.6) if fig is None else fig
    for panel, name in zip(panels_of(figure, count), result.structures, strict=True):
        break_even(result, name, panel, lang)
    title = literal(result.scenario.title)
    headline(figure, t("chart-break-even", title=title, years=result.runs.finished, band=band_words(result, t)))
    return figure
