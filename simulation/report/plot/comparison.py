"""A measure under each structure, and how the same year differs between two.

Here too: what each structure costs and brings, side by side; the weak link: what one more person, or one more point
of conversion, adds to profit.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.measure_words import measure_title
from simulation.analysis.quantiles import proportion_interval
from simulation.analysis.results import Comparison, Result
from simulation.analysis.unknown import unknown
from simulation.report.numbers import Scale
from simulation.report.plot.style import (
    GREY,
    Floats,
    axes_of,
    clear,
    empty,
    finished,
    headline,
    legend_below,
    literal,
    look,
    new_figure,
    numbered,
    of_years,
    scale_for,
    sheet,
    title_of,
    with_interval,
    words,
    wrapped,
)
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


HALF = 24
"""Letters of a line that stands in one half of the picture of the same years, beside another one."""
MOST_DOTS = 300
"""Years drawn as dots; of more, an even choice stands for all."""


@of_years
def measure(result: Result, name: str = "profit", ax: Axes | None = None, lang: str | None = None) -> Axes:
    """A measure under each structure: a dot per year, the mean and its interval.

    Args:
        result: a result or a comparison.
        name: name of the measure.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: the measure is not there.
    """
    if name not in result.measures:
        raise unknown("measure", name, result.measures)
    t = words(result, lang)
    axes = axes_of(ax, 1.4 + 0.8 * len(result.structures))
    values = [_known(result.values.of(structure, name)) for structure in result.structures]
    scale = _scale(result, name, values, t)
    for row, (structure, years) in enumerate(zip(result.structures, values, strict=True)):
        seen = look(result, structure)
        shown = np.sort(years)
        if len(shown) > MOST_DOTS:
            shown = shown[np.linspace(0, len(shown) - 1, MOST_DOTS).astype(int)]
        # a fixed pattern spreads the dots over the height, so that a result always gives the same chart
        height = 0.12 + 0.24 * (np.arange(len(shown)) * 0.6180339887 % 1.0)
        axes.plot(shown, row + height, ".", color=seen.colour, alpha=0.6, markersize=6, markeredgewidth=0)
        found = result.summaries[structure].get(name)
        if found is None or found.n == 0:
            continue
        if np.isfinite(found.low):
            ends = describe(name).possible(found.low, found.high)
            axes.plot(ends, [row, row], color=seen.colour, linewidth=5, solid_capstyle="butt", alpha=0.6)
        axes.plot([found.mean], [row], "D", color=seen.colour, markersize=7, markeredgecolor="white")
        axes.annotate(
            literal(scale.with_unit(found.mean)),
            (found.mean, row),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    axes.set_yticks(range(len(values)), [wrapped(title_of(result, each, t)) for each in result.structures])
    axes.set_ylim(len(values) - 0.4, -0.5)
    title = measure_title(t, name, bare=result.bare)
    numbered(axes.xaxis, scale, title)
    return finished(axes, t("chart-measure", measure=title, level=Percent(result.level)), grid="x")


def difference(
    comparison: Comparison,
    structure: str | None = None,
    name: str | None = None,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """How a structure differs from the baseline in the same year: a histogram, its mean and interval.

    Args:
        comparison: the comparison.
        structure: the structure; the first that is not the baseline when None.
        name: name of the measure; the one that decides when None.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: the structure or measure is not there.
        ValueError: the two did not live through the same years.
    """
    name = name or comparison.measure
    base = comparison.baseline
    if structure is None:
        structure = next(each for each in comparison.structures if each != base)
    found = comparison.pair(structure, base, name)
    if not comparison.values.paired(structure, base):
        raise ValueError(f"{structure} and {base} did not live through the same years")
    from matplotlib.ticker import MaxNLocator

    t = words(comparison, lang)
    axes = axes_of(ax, 3.6)
    years = _known(comparison.values.of(structure, name) - comparison.values.of(base, name))
    scale = _scale(comparison, name, [years], t)
    counts, bounds = np.histogram(years, _edges(years))
    middle = (bounds[:-1] + bounds[1:]) / 2
    bars = axes.bar(middle, counts, np.diff(bounds), color=GREY, edgecolor="white")
    for bar, value in zip(bars, middle, strict=True):
        if value != 0.0:  # years that are all equal have one bar around zero, which is nobody's
            seen = look(comparison, structure if _better(name, value) else base)
            bar.set_facecolor(seen.colour)
            bar.set_hatch(seen.hatch)
    axes.axvline(0.0, color="black", linewidth=1)
    axes.axvline(found.mean, color="black", linewidth=2, linestyle="--")
    if np.isfinite(found.low):
        axes.axvspan(found.low, found.high, color="black", alpha=0.2, linewidth=0)
    titles = {each: title_of(comparison, each, t) for each in (structure, base)}
    axes.set_ylim(0, max(counts.max(initial=1), 1) * 1.6)
    for side, better in ((-1, _better(name, -1.0)), (1, _better(name, 1.0))):
        count, ahead = int((years * side > 0).sum()), fill(titles[structure if better else base], 26)
        share = with_interval(t, proportion_interval(count, len(years), comparison.level))
        said = t("chart-better-in", structure=ahead, share=share)
        if sheet().letters:
            said = t("chart-better-years", structure=wrapped(ahead, 20), count=count, years=len(years))
        axes.text(
            0.5 + 0.48 * side,
            0.97,
            said,
            transform=axes.transAxes,
            va="top",
            ha="left" if side < 0 else "right",
            color="black",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "pad": 2},
        )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(t("chart-years"))
    label = t("chart-difference-in", measure=measure_title(t, name, bare=comparison.bare))
    numbered(axes.xaxis, scale, label)
    dashed = t("chart-dashed", level=Percent(found.level))
    more = f"\n{fill(dashed, 34)}" if sheet().letters else f" {dashed}"
    axes.xaxis.label.set_text(f"{axes.get_xlabel()}{more}")
    return finished(axes, t("chart-less", one=titles[structure], other=titles[base]), grid="x")


@of_years
def profit(result: Result, name: str | None = None, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """The measure that decides under each structure, below it the differences from the baseline year by year.

    Args:
        result: a comparison; of a result of single structures, without differences.
        name: name of the measure; that of the verdict, or profit, when None.
        fig: figure to draw upon; a new one when None.
        lang: language of the words.

    Returns:
        The figure: a panel for the structures and one for each structure that met the baseline's years.
    """
    t = words(result, lang)
    comparison = result if isinstance(result, Comparison) else None
    name = name or (comparison.measure if comparison else "profit")
    others = [] if comparison is None else _paired(comparison)
    heights = [1.2 + 0.7 * len(result.structures), *(2.7 for _ in others)]
    figure = new_figure(0.5 + sum(heights)) if fig is None else fig
    grid = figure.add_gridspec(len(heights), 1, height_ratios=heights)
    measure(result, name, figure.add_subplot(grid[0]), lang)
    for row, structure in enumerate(others, 1):
        assert comparison is not None
        difference(comparison, structure, name, figure.add_subplot(grid[row]), lang)
    title = t(
        "chart-possible-years",
        title=literal(t.title(result.scenario.provenance.title)),
        years=result.runs.finished,
        months=result.scenario.experiment.months,
    )
    headline(figure, title)
    return figure


@of_years
def same_years(comparison: Comparison, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """The best less its rival in each of the same years, a dot per year; below them the mean and its interval.

    Args:
        comparison: a comparison of structures that met the same years.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.
    """
    t = words(comparison, lang)
    verdict, name = comparison.verdict, comparison.measure
    found = comparison.pair(verdict.best, verdict.rival, name)
    years = np.sort(_known(comparison.values.of(verdict.best, name) - comparison.values.of(verdict.rival, name)))
    axes = axes_of(ax, 2.0)
    scale = _scale(comparison, name, [years], t)
    shown = years[np.linspace(0, len(years) - 1, MOST_DOTS).astype(int)] if len(years) > MOST_DOTS else years
    edges = _edges(shown)
    place = np.clip(np.digitize(shown, edges) - 1, 0, len(edges) - 2)
    height = np.array([int((place[:n] == place[n]).sum()) for n in range(len(shown))], dtype=float)
    most = max(height.max(initial=0.0), 3.0)
    middle = (edges[:-1] + edges[1:])[place] / 2
    size = float(np.clip(90 / (most + 1), 2.5, 9.0))
    for structure, better in ((verdict.best, True), (verdict.rival, False)):
        seen = look(comparison, structure)
        mine = np.array([each != 0.0 and _better(name, each) == better for each in shown], dtype=bool)
        axes.plot(middle[mine], height[mine], "o", color=seen.colour, markersize=size, markeredgewidth=0)
    axes.plot(middle[shown == 0.0], height[shown == 0.0], "o", color=GREY, markersize=size, markeredgewidth=0)
    axes.axvline(0.0, color="black", linewidth=1)
    if np.isfinite(found.low):
        axes.plot([found.low, found.high], [-0.13 * most] * 2, color="black", linewidth=4, solid_capstyle="butt")
    axes.plot([found.mean], [-0.13 * most], "D", color="black", markersize=6, markeredgecolor="white")
    lines = 2
    for side in (-1, 1):
        structure = verdict.best if _better(name, float(side)) else verdict.rival
        said = t(
            "chart-better-years",
            structure=title_of(comparison, structure, t),
            count=int((years * side > 0).sum()),
            years=len(years),
        )
        said = wrapped(said, HALF)
        lines = max(lines, said.count("\n") + 1)
        ink = look(comparison, structure).ink
        anchor = "right" if side > 0 else "left"
        axes.text(0.5 + 0.5 * side, 1.0, said, transform=axes.transAxes, va="top", ha=anchor, color=ink)
    axes.set_ylim(-0.28 * most, most * (1.15 + 0.2 * lines))
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    numbered(axes.xaxis, scale, t("chart-difference-in", measure=measure_title(t, name, bare=comparison.bare)))
    title = t(
        "chart-same-years", one=title_of(comparison, verdict.best, t), other=title_of(comparison, verdict.rival, t)
    )
    return finished(axes, title, grid="")


def _paired(comparison: Comparison) -> list[str]:
    base = comparison.baseline
    return [each for each in comparison.structures if each != base and comparison.values.paired(each, base)]


def _known(values: Floats) -> Floats:
    return values[~np.isnan(values)]


def _better(name: str, value: float) -> bool:
    """Whether a difference of this sign is a gain."""
    return (value > 0) == (describe(name).upwards)


def _edges(years: Floats) -> Floats:
    """Edges of a histogram with zero among them, so that no bar holds both gains and losses."""
    low, high = (min(years.min(), 0.0), max(years.max(), 0.0)) if len(years) else (0.0, 0.0)
    if low == high:
        return np.array([-0.5, 0.5])
    width = (high - low) / min(30, max(6, int(1.5 * np.sqrt(len(years)))))
    return np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width


def _scale(result: Result, name: str, values: list[Floats], t: Texts) -> Scale:
    everything = np.concatenate(values) if values else np.empty(0)
    return scale_for(result, describe(name).unit, everything, t)


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
    ax.set_yticks(np.arange(len(SHOWN))[::-1], [measure_title(t, each, bare=result.bare) for each in SHOWN])
    ax.axvline(0, color="black", linewidth=1)
    ax.margins(x=0.1)
    numbered(ax.xaxis, scale, t("chart-mean-of-years"))
    if count > 1:
        legend_below(figure, *ax.get_legend_handles_labels())
    finished(ax, t("chart-overview"), grid="x")
    return figure


@of_years
def weak_link(result: Result, found: WeakLink, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """What each link of a structure adds to profit: means with the interval that holds for all links together.

    A filled mark can be told from nothing, a hollow one cannot. People stand above, points of conversion below, the
    one that adds most first.

    Args:
        result: the result that the links were made from.
        found: the links of one of its structures (``simulation.study.weak_link.answer.weak_link``).
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: the result has no such structure.
    """
    t, seen = words(result, lang), look(result, found.structure)
    links = [*found.people, *found.conversions]
    axes = axes_of(ax, 1.3 + 0.42 * max(2, len(links)))
    title = t("chart-weak-link", structure=title_of(result, found.structure, t), level=Percent(result.level))
    if not links:
        return empty(finished(axes, title), t("chart-no-links"))
    ends = [(link.difference.joint_low, link.difference.joint_high) for link in links]
    scale = scale_for(result, "money", [link.difference.mean for link in links], t)
    names = []
    for n, (link, (low, high)) in enumerate(zip(links, ends, strict=True)):
        y, mean = len(links) - 1 - n, link.difference.mean
        if np.isfinite(low) and np.isfinite(high):
            axes.plot([low, high], [y, y], color=seen.colour, linewidth=3, solid_capstyle="butt", alpha=0.7)
        face = seen.colour if link.difference.told_apart else "white"
        axes.plot([mean], [y], "D", color=face, markeredgecolor=seen.ink, markersize=8, markeredgewidth=1.5)
        text = literal(scale.text(mean, signed=True))
        axes.annotate(text, (mean, y), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=9, bbox=clear())
        key = "page-one-more" if link.kind == "person" else "page-one-point"
        names.append(wrapped(literal(t(key, name=t.title(link.name))), 34))
    axes.set_yticks(range(len(links)), list(reversed(names)))
    if found.people and found.conversions:
        axes.axhline(len(found.conversions) - 0.5, color="black", linewidth=0.5, linestyle=":")
    axes.set_ylim(-0.5, len(links) - 0.3)
    axes.axvline(0, color="black", linewidth=1)
    axes.margins(x=0.08)
    numbered(axes.xaxis, scale, t("chart-adds-to-profit"))
    return finished(axes, title, grid="x")
