"""The splits that were searched, and profit against payroll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.report.numbers import Scale, scale_of
from simulation.report.plot.comparison import measure_title
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    INK,
    LINES,
    axes_of,
    clear,
    end_labels,
    figure_of,
    finished,
    headline,
    literal,
    new_figure,
    numbered,
    wrapped,
)
from simulation.study.best_split import Again, BestSplit, FrontierPoint, OneSearch, Tried
from simulation.texts import Percent, Texts, language_of, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 15
"""Splits of a structure that are drawn; the best by their mean."""
LETTERS = 46
"""Letters of a line of a split's name."""
MARKS = ("o", "s", "^", "D", "v", "P")


def splits(found: BestSplit, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """The measure of each split with its interval, the best ones on top; the range that is as good is shaded.

    Args:
        found: what the search brought.
        fig: figure to draw upon; a new one when None.
        lang: language of the words.

    Returns:
        The figure: a panel for each structure in which there was something to search.
    """
    t = texts(lang or language_of(found.scenario.locale))
    shown = [one for one in found.searches if len(one.tried) > 1] or list(found.searches)
    heights = [1.0 + 0.36 * len(_rows(found, one)) for one in shown]
    figure = new_figure(0.9 + sum(heights)) if fig is None else fig
    grid = figure.add_gridspec(len(shown), 1, height_ratios=heights)
    scale = _scale(found, [each for one in shown for each in _values(found, one)], t)
    first: Axes | None = None
    for n, one in enumerate(shown):
        axes = figure.add_subplot(grid[n], sharex=first)
        first = first or axes
        _panel(axes, found, one, scale, t, n)
    headline(figure, t("chart-splits", title=literal(found.scenario.title), years=found.fresh))
    _key(figure, found, t)
    return figure


def frontier(found: BestSplit, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """The measure against budgeted payroll for the best split of each size, with the probability of meeting the plan.

    Args:
        found: a search by payroll.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        ValueError: sizes were not searched.
    """
    if not found.frontier:
        raise ValueError("there is no frontier: the search was for one size only (give it a payroll)")
    t = texts(lang or language_of(found.scenario.locale))
    axes = axes_of(ax, 5.0)
    values = [value for p in found.frontier for value in (p.mean.low, p.mean.mean, p.mean.high)]
    scale = _scale(found, values, t)
    pay = scale_of("money", [p.candidate.payroll for p in found.frontier], (), found.scenario.currency, t.language)
    ends = []
    names = list(dict.fromkeys(p.structure for p in found.frontier))
    for n, structure in enumerate(names):
        points = sorted((p for p in found.frontier if p.structure == structure), key=lambda p: p.candidate.payroll)
        colour, ink = COLOURS[n % len(COLOURS)], INK[n % len(INK)]
        x = [p.candidate.payroll for p in points]
        y = np.array([p.mean.mean for p in points])
        away = np.array([[p.mean.mean - p.mean.low for p in points], [p.mean.high - p.mean.mean for p in points]])
        style = {"color": colour, "linestyle": LINES[n % len(LINES)], "marker": MARKS[n % len(MARKS)]}
        axes.errorbar(x, y, yerr=np.nan_to_num(away), capsize=3, elinewidth=1, markersize=7, **style)  # type: ignore[arg-type]
        _labels(axes, points, found, ink, t)
        ends.append((float(y[-1]), literal(t.title(found.titled(structure))), ink))
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.08 * (high - low), high + 0.1 * (high - low))
    left, right = axes.get_xlim()
    axes.set_xlim(left, right + 0.02 * (right - left))
    end_labels(axes, ends)
    numbered(axes.xaxis, pay, t("chart-budgeted-payroll"))
    numbered(axes.yaxis, scale, measure_title(t, found.measure.name))
    met = any(p.plan_met == p.plan_met for p in found.frontier)
    return finished(axes, t("chart-frontier-plan" if met else "chart-frontier", years=found.fresh))


def _labels(axes: Axes, points: Sequence[FrontierPoint], found: BestSplit, ink: str, t: Texts) -> None:
    """People, and how often the plan is met: above the highest line at a payroll, below the lowest, else nothing."""
    for point in points:
        rivals = _beside(point, found)
        above, below = all(point.mean.mean >= each for each in rivals), all(point.mean.mean <= each for each in rivals)
        if not above and not below:
            continue
        text = "-".join(str(count) for count in point.candidate.heads.values())
        if point.plan_met == point.plan_met:
            text = f"{text}\n{t.written(Percent(point.plan_met))}"
        end = point.mean.high if above else point.mean.low
        end = end if np.isfinite(end) else point.mean.mean
        axes.annotate(
            text,
            (point.candidate.payroll, end),
            xytext=(0, 5 if above else -5),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            color=ink,
            fontsize=8,
            bbox=clear(),
        )


def _beside(point: FrontierPoint, found: BestSplit) -> list[float]:
    """Heights of the other structures' lines at the payroll of a point."""
    heights = []
    for structure in {p.structure for p in found.frontier} - {point.structure}:
        line = sorted((p.candidate.payroll, p.mean.mean) for p in found.frontier if p.structure == structure)
        x, y = zip(*line, strict=True)
        heights.append(float(np.interp(point.candidate.payroll, x, y)))
    return heights


def _panel(axes: Axes, found: BestSplit, one: OneSearch, scale: Scale, t: Texts, place: int) -> None:
    rows = _rows(found, one)
    again = {id(each.candidate): each for each in one.again}
    colour = COLOURS[place % len(COLOURS)]
    labels, good_rows = [], []
    for row, each in enumerate(rows):
        fresh = again.get(id(each.candidate))
        mean = fresh.mean if fresh is not None else each.mean
        good = fresh is not None and fresh.good
        if np.isfinite(mean.low):
            axes.plot([mean.low, mean.high], [row, row], color=colour if fresh else GREY, linewidth=2 if good else 1.2)
        face = colour if good else "white"
        edge = colour if fresh is not None else GREY
        mark = "D" if each.candidate is one.winner else "o"
        axes.plot([mean.mean], [row], mark, color=edge, markerfacecolor=face, markersize=8 if mark == "D" else 6)
        labels.append(wrapped(literal(_name(each, t)), LETTERS))
        if good:
            good_rows.append(row)
    if one.again:
        best, zone = one.again[0].mean.mean, found.indifference
        ends = (best - zone, best) if found.higher_is_better else (best, best + zone)
        axes.axvspan(*ends, color="black", alpha=0.1, linewidth=0)
    axes.set_yticks(range(len(rows)), labels)
    for row in good_rows:
        axes.get_yticklabels()[row].set_fontweight("bold")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    numbered(axes.xaxis, scale, measure_title(t, found.measure.name))
    left_out = len(one.tried) - len(rows)
    title = literal(t.title(one.title))
    if left_out or one.ruled_out:
        title = t("chart-splits-left-out", structure=title, more=left_out, out=len(one.ruled_out))
    finished(axes, title, grid="x")


def _rows(found: BestSplit, one: OneSearch) -> list[Tried]:
    """The best splits by their mean, the winner on top."""
    up = -1.0 if found.higher_is_better else 1.0
    fresh: dict[int, Again] = {id(each.candidate): each for each in one.again}

    def order(each: Tried) -> tuple[bool, float]:
        again = fresh.get(id(each.candidate))
        return each.candidate is not one.winner, up * (again.mean if again is not None else each.mean).mean

    return sorted(one.tried, key=order)[:MOST_ROWS]


def _values(found: BestSplit, one: OneSearch) -> list[float]:
    return [value for each in _rows(found, one) for value in (each.mean.low, each.mean.high)]


def _name(each: Tried, t: Texts) -> str:
    """The split, its options on a line of their own."""
    return t.again(each.candidate.phrase).replace(" (", "\n(", 1)


def _scale(found: BestSplit, values: Sequence[float], t: Texts) -> Scale:
    known = [value for value in values if np.isfinite(value)]
    return scale_of(found.measure.unit, known, (), found.scenario.currency, t.language)


def _key(figure: Figure, found: BestSplit, t: Texts) -> None:
    """What the marks mean, below."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    from simulation.report.plot.style import legend_below

    colour = COLOURS[0]
    unit = scale_of(found.measure.unit, [found.indifference], (), found.scenario.currency, t.language)
    handles = [
        Line2D([], [], color=colour, marker="D", markersize=8),
        Line2D([], [], color=colour, marker="o", markersize=6),
        Line2D([], [], color=colour, marker="o", markersize=6, markerfacecolor="white"),
        Line2D([], [], color=GREY, marker="o", markersize=6, markerfacecolor="white"),
        Patch(facecolor="black", alpha=0.1),
    ]
    labels = [t(f"chart-splits-{key}") for key in ("best", "good", "worse", "searched")]
    legend_below(figure, handles, [*labels, t("chart-splits-zone", zone=unit.with_unit(found.indifference))])


def figure_of_frontier(found: BestSplit, lang: str) -> Figure:
    """The frontier as a figure of its own."""
    return figure_of(frontier(found, lang=lang))
