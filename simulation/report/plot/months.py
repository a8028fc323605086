"""Charts month by month: revenue against the plan, cash, work and waiting, customers.

Here too: staffing: positions, people and ramped people over the months, with who leaves and who comes.
"""

from __future__ import annotations

import warnings
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.break_even import break_even as break_even_of
from simulation.analysis.budget import against_plan
from simulation.analysis.quantiles import band, told
from simulation.analysis.results import Floats, Result, paths
from simulation.report.plot.style import (
    BAND,
    GREY,
    INNER,
    axes_of,
    band_words,
    empty,
    end_labels,
    finished,
    headline,
    legend_below,
    literal,
    look,
    month_axis,
    new_figure,
    numbered,
    of_years,
    panels_of,
    rows_for,
    scale_for,
    title_of,
    with_interval,
    words,
)
from simulation.texts import Percent, Texts
from simulation.texts.values import Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


PLANNED = {"revenue": "money", "profit": "money", "deals": "number"}


@of_years
def revenue_against_plan(
    result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """What is planned (revenue, profit or deals), summed from the first month on, as a fan of the simulated years.

    The wide band holds nine years of ten (of fewer than 19 years all of them), the narrow one half of them, the line is
    the middle year; the plan is dashed.

    Raises:
        KeyError: there is no such structure.
    """
    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    seen = look(result, name)
    plan = against_plan(result, name)
    column = "revenue" if plan is None else plan.measure
    axes = axes_of(ax, 4.2)
    years = np.cumsum(paths(result, name, column), axis=1)
    target = None if plan is None else np.cumsum(plan.by_month)
    at = month_axis(axes, result, t, name) + 0.5  # a sum is reached at the month's end
    scale = scale_for(result, PLANNED[column], years if target is None else np.append(years, target), t)  # type: ignore[arg-type]
    _fan(axes, at, years, seen.colour)
    low, high = band(years[:, -1], BAND)
    labels = [(float(np.median(years[:, -1])), t("chart-middle-year"), seen.ink)]
    if len(years) > 1:
        good, bad = ("good", "bad") if told(len(years), BAND[0]) else ("best", "worst")
        labels += [(float(high), t(f"chart-{good}-year"), GREY), (float(low), t(f"chart-{bad}-year"), GREY)]
    if target is not None:
        axes.plot(at, target, color="black", linewidth=1.6, linestyle="--")
        labels.append((float(target[-1]), t("chart-plan"), "black"))
    numbered(axes.yaxis, scale, t(f"chart-{column}-so-far"))
    axes.set_xlim(0, len(at) + 0.02)
    end_labels(axes, labels)
    title = title_of(result, name, t)
    if plan is not None:
        title = t("chart-plan-met", structure=title, share=with_interval(t, plan.whole.met))
    return finished(axes, title)


def _fan(ax: Axes, at: Floats, years: Floats, colour: str) -> None:
    for ends, alpha in ((BAND, 0.18), (INNER, 0.32)):
        low, high = band(years, ends)
        ax.fill_between(at, low, high, color=colour, alpha=alpha, linewidth=0)
    ax.plot(at, np.median(years, axis=0), color=colour, linewidth=2.2)


@of_years
def cash(result: Result, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Cash at the end of each month: the mean of every structure with the band of nine years of ten.

    A mark on the line: the month by whose end the middle year has paid its capital back for good.
    """
    t = words(result, lang)
    axes = _lines(result, "cash_balance", "money", axes_of(ax, 4.2), t, t("chart-cash-axis"))
    axes.axhline(0, color="black", linewidth=1)
    marked = False
    for name in result.structures:
        month = break_even_of(result, name).paid_back
        if np.isfinite(month) and month > 1:  # in the first month: nothing had to be paid back
            height = float(paths(result, name, "cash_balance").mean(axis=0)[int(month) - 1])
            axes.plot([month - 0.5], [height], "o", color=look(result, name).colour, markeredgecolor="black", zorder=5)
            marked = True
    return finished(axes, t("chart-cash-paid-back" if marked else "chart-cash", band=band_words(result, t)))


@of_years
def customers(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Customers at the end of each month with the band of nine years of ten; below, those won and lost a month."""
    t = words(result, lang)
    figure = new_figure(5.6) if fig is None else fig
    bases = [paths(result, name, f"customers_{end}") for name in result.structures for end in ("begin", "end")]
    if not any(base.any() for base in bases):
        empty(figure.add_subplot(), t("chart-no-customers"))
        return figure
    above, below = figure.subplots(2, 1, height_ratios=(2, 1))
    _lines(result, "customers_end", "number", above, t, t("chart-customers-axis"))
    finished(above, t("chart-customers", band=band_words(result, t)))
    flows = []
    for name in result.structures:
        seen = look(result, name)
        at = month_axis(below, result, t, name)
        begin, end, lost = (_mean(result, name, f"customers_{each}") for each in ("begin", "end", "lost"))
        won = end - begin + lost
        shared = {"color": seen.colour, "linestyle": seen.line, "linewidth": 1.8}
        size = 4 if len(at) <= 24 else 0  # marks of longer runs would hide their lines
        below.plot(at, won, marker="^", markersize=size, **shared)
        below.plot(at, -lost, marker="v", markersize=size, **shared)
        flows += [*won, *-lost]
    below.axhline(0, color="black", linewidth=0.8)
    numbered(below.yaxis, scale_for(result, "number", flows, t), t("chart-a-month"), 4)
    finished(below, t("chart-won-and-lost"))
    return figure


@of_years
def workload(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Share of the time present at work by month, and below it how much work waits at the end of each month."""
    t = words(result, lang)
    figure = new_figure(5.8) if fig is None else fig
    above, below = figure.subplots(2, 1)
    _lines(result, "utilisation", "share", above, t, t("chart-utilisation-axis"), (0, 1.02))
    finished(above, t("chart-utilisation", band=band_words(result, t)))
    _lines(result, "waiting_end", "number", below, t, t("chart-waiting-axis"), (0, None))
    finished(below, t("chart-waiting", band=band_words(result, t)))
    return figure


def _mean(result: Result, structure: str, column: str) -> Floats:
    return np.asarray(paths(result, structure, column).mean(axis=0), dtype=np.float64)


def _lines(
    result: Result,
    column: str,
    unit: Unit,
    ax: Axes,
    t: Texts,
    label: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> Axes:
    """The mean of a column by month, a line for each structure with its band, named at the end."""
    ends, everything = [], []
    for name in result.structures:
        seen, years = look(result, name), paths(result, name, column)
        at = month_axis(ax, result, t, name)
        with warnings.catch_warnings():  # a month in which it is undefined in every year leaves a gap
            warnings.simplefilter("ignore", RuntimeWarning)
            mean = np.nanmean(years, axis=0)
            low, high = band(years, BAND)
        # its edge has the line of the structure, so that bands can be told apart in grey
        area = ax.fill_between(at, low, high, facecolor=(seen.colour, 0.15), edgecolor=(seen.colour, 0.5))
        area.set(linestyle=seen.line, linewidth=0.7)
        ax.plot(at, mean, color=seen.colour, linestyle=seen.line, linewidth=2.2)
        known = mean[np.isfinite(mean)]
        if len(known):
            ends.append((float(known[-1]), title_of(result, name, t), seen.ink))
        everything += [*low, *high]
    if not ends:
        return empty(ax, t("chart-undefined"))
    numbered(ax.yaxis, scale_for(result, unit, everything, t), label)
    ax.set_ylim(*limits)
    end_labels(ax, ends)
    return ax


STAFF_BAND = (0.1, 0.9)
"""Quantiles over the years between which the band of people employed lies."""
LEFT, CAME = "#555555", "#FFFFFF"
"""Of the bars: no colour that a structure has."""


@of_years
def staffing_of(result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Staffing of a structure over the months.

    A step line for the positions, a line for the people employed with the band of four years out of five, a dashed
    line for those who are ramped, and bars for newcomers and leavers a month.

    Args:
        result: a result or a comparison.
        structure: the structure; the first when None.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Returns:
        The axes.

    Raises:
        KeyError: there is no such structure.
    """
    name = result.structures[0] if structure is None else structure
    t, colour = words(result, lang), look(result, name).colour
    axes = axes_of(ax)
    at = month_axis(axes, result, t, name, 12 if ax is None else 6)
    positions, people, ramped = (paths(result, name, measure) for measure in ("positions", "headcount", "ramped"))
    low, high = band(people, STAFF_BAND)
    axes.fill_between(at, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.step(np.arange(len(at) + 1), _steps(positions.mean(axis=0)), where="post", color="black", linewidth=1.2)
    axes.plot(at, people.mean(axis=0), color=colour, linewidth=2.2)
    axes.plot(at, ramped.mean(axis=0), color=colour, linewidth=1.8, linestyle="--")
    leavers, hires = (paths(result, name, measure).mean(axis=0) for measure in ("leavers", "hires"))
    axes.bar(at - 0.18, hires, 0.36, color=CAME, edgecolor="black", linewidth=0.4)
    axes.bar(at + 0.18, leavers, 0.36, color=LEFT, edgecolor="black", linewidth=0.4)
    axes.set_ylim(0, None)
    numbered(axes.yaxis, scale_for(result, "number", people, t), t("chart-people"))
    return finished(axes, fill(title_of(result, name, t), 46))


@of_years
def staffing(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Staffing of every structure over the months, on the same scale, with a legend below."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    t = words(result, lang)
    count = len(result.structures)
    figure = new_figure(1.5 + 2.9 * rows_for(count)) if fig is None else fig
    panels = panels_of(figure, count, sharey=True)
    for number, (panel, name) in enumerate(zip(panels, result.structures, strict=True)):
        staffing_of(result, name, panel, lang)
        if number % 2:
            panel.set_ylabel("")
    known = told(result.runs.finished, STAFF_BAND[0])
    share = t("chart-share-of-years", share=Percent(STAFF_BAND[1] - STAFF_BAND[0])) if known else t("chart-all-years")
    handles: list[Line2D | Patch] = [
        Line2D([], [], color="black", linewidth=1.2, label=t("chart-positions")),
        Line2D([], [], color=GREY, linewidth=2.2, label=t("chart-employed")),
        Patch(facecolor=GREY, alpha=0.2, label=share),
        Line2D([], [], color=GREY, linewidth=1.8, linestyle="--", label=t("chart-ramped")),
        Patch(facecolor=CAME, edgecolor="black", linewidth=0.4, label=t("chart-newcomers")),
        Patch(facecolor=LEFT, edgecolor="black", linewidth=0.4, label=t("chart-leavers")),
    ]
    legend_below(figure, handles, [str(handle.get_label()) for handle in handles])
    title = literal(t.title(result.scenario.provenance.title))
    headline(figure, t("chart-staffing", title=title, years=result.runs.finished))
    return figure


def _steps(values: Floats) -> Floats:
    return np.append(values, values[-1])
