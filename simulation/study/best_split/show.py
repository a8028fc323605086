"""How the best split is shown: tables of what was measured again and of the whole search, and two charts.

Here too: the splits that were searched, and profit against payroll.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from rich.text import Text

from simulation.analysis.measure_words import is_bare, measure_title
from simulation.analysis.quantiles import Proportion, share_phrase
from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING, Scale, scale_of
from simulation.report.page.blocks import Block, Part, Words, picture
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    INK,
    LINES,
    axes_of,
    clear,
    empty,
    end_labels,
    figure_of,
    finished,
    headline,
    literal,
    new_figure,
    numbered,
    with_interval,
    wrapped,
)
from simulation.report.terminal import printed
from simulation.study.best_split.candidates import Candidate
from simulation.study.best_split.finding import Again, BestSplit, FrontierPoint, OneSearch, Tried
from simulation.study.best_split.words import measure_term
from simulation.texts import Amount, Percent, Texts, language_of, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: BestSplit, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, what was measured again, the frontier, what it says."""
    yield Text(f"{t.title(found.scenario.title)}: {_asked(found, t)}", "bold")
    yield Text()
    scale = _scale(found, t)
    yield from printed(_fresh_grid(found, scale, t), width)
    yield Text()
    if found.frontier:
        yield from printed(_frontier_grid(found, scale, t), width)
        yield Text()
    for said in sentences(found, t):
        yield Text(said)


def charts(found: BestSplit, t: Texts) -> dict[str, Figure]:
    """Every split with its interval; profit against payroll where sizes were searched."""
    drawn = {"splits": splits(found, lang=t.language)}
    if found.frontier:
        drawn["frontier"] = figure_of_frontier(found, t.language)
    return drawn


def part(found: BestSplit, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    drawn = charts(found, t)
    scale = _scale(found, t)
    blocks: list[Block] = [Words(_asked(found, t)), *begun(said)]
    blocks.append(picture(drawn["splits"], t("splits-alt"), t("splits-caption", years=found.fresh)))
    if "frontier" in drawn:
        blocks.append(picture(drawn["frontier"], t("frontier-alt"), t("frontier-caption", years=found.fresh)))
    blocks.append(_fresh_grid(found, scale, t))
    blocks.append(_search_grid(found, scale, t))
    return Part("best-split", t("best-split-title"), blocks)


SHOWING = Showing(terminal, part, charts)


def _asked(found: BestSplit, t: Texts) -> str:
    """What was searched, in one line."""
    measure = measure_term(found)
    currency = found.scenario.currency
    if found.heads is not None:
        asked = t("best-split-heads", measure=measure, count=found.heads)
    elif found.payroll is not None:
        asked = t("best-split-payroll", measure=measure, payroll=Amount(found.payroll, "money", currency))
    else:
        asked = t("best-split-same", measure=measure, baseline=t.title(found.titled(found.baseline)))
    limits = [t.again(each.phrase) for each in found.constraints]
    return t("best-split-limited", asked=asked, limits=limits) if limits else asked


def _scale(found: BestSplit, t: Texts) -> Scale:
    """One scale for all values of the measure."""
    every = [mean for one in found.searches for mean in (*(a.mean for a in one.again), *(b.mean for b in one.tried))]
    means = [mean for mean in every if mean.n]
    widths = [(mean.high - mean.low) / 2 for mean in means if math.isfinite(mean.high)]
    return scale_of(found.measure.unit, [mean.mean for mean in means], widths[:1], found.scenario.currency, t.language)


def _money(found: BestSplit, t: Texts) -> Scale:
    pay = [each.candidate.payroll for one in found.searches for each in one.tried]
    return scale_of("money", pay, (), found.scenario.currency, t.language)


def _verdict(each: Again, t: Texts) -> str:
    if each.behind is None:
        return t("split-is-best")
    return t("split-is-good" if each.good else "split-is-behind")


def _state(each: Tried, t: Texts) -> str:
    if each.breaks is not None:
        return t("split-state-breaks", limit=each.breaks.phrase)
    return t(f"split-state-{each.state}")


def _header(found: BestSplit, t: Texts, scale: Scale) -> str:
    measure = measure_title(t, found.measure.name, bare=is_bare([found.scenario]))
    return f"{measure}, {scale.unit}" if scale.unit else measure


def _met(found: Proportion, t: Texts) -> str:
    return t.again(share_phrase(found)) if found.n else NOTHING


def _behind(each: Again, scale: Scale) -> Cell:
    if each.behind is None:
        return Cell("")
    return Cell(scale.text(each.behind.mean), scale.interval(each.behind.joint_low, each.behind.joint_high))


def _frontier_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """The best of each size."""
    money = _money(found, t)
    header = [t("frontier-sizes"), f"{t('split-payroll')}, {money.unit}", _header(found, t, scale), t("split-plan-met")]
    rows = []
    for point in found.frontier:
        name = f"{t.title(found.titled(point.structure))}: {t.again(point.candidate.phrase)}"
        mean = Cell(scale.text(point.mean.mean), scale.interval(point.mean.low, point.mean.high))
        rows.append(Row(name, [Cell(money.text(point.candidate.payroll)), mean, Cell(_met(point.plan_met, t))]))
    return _planned(found, Grid("", header, rows), 3)


def _planned(found: BestSplit, grid: Grid, column: int) -> Grid:
    """A table without its column of the plan where there is no plan."""
    if found.scenario.plan is not None:
        return grid
    rows = [replace(row, cells=[*row.cells[: column - 1], *row.cells[column:]]) for row in grid.rows]
    return replace(grid, header=[*grid.header[:column], *grid.header[column + 1 :]], rows=rows)


def _fresh_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """What was measured again, by structure."""
    rows: list[Row] = []
    for one in found.searches:
        rows.append(Row(t.title(one.title)))
        for each in one.again:
            cells = [
                Cell(scale.text(each.mean.mean), scale.interval(each.mean.low, each.mean.high), each.behind is None),
                _behind(each, scale),
                Cell(_met(each.plan_met, t)),
                Cell(_verdict(each, t), words=True),
            ]
            rows.append(Row(t.again(each.candidate.phrase), cells))
    header = [t("split-split"), _header(found, t, scale), t("split-behind"), t("split-plan-met"), t("split-verdict")]
    note = t("split-fresh-note", years=found.fresh, level=Percent(found.level))
    return _planned(found, Grid(t("split-fresh-table"), header, rows, note), 3)


def _search_grid(found: BestSplit, scale: Scale, t: Texts) -> Grid:
    """Every split of the search."""
    money = _money(found, t)
    up = -1.0 if found.higher_is_better else 1.0
    rows: list[Row] = []
    for one in found.searches:
        rows.append(Row(t.title(one.title)))
        for each in sorted(one.tried, key=lambda tried: up * tried.mean.mean if tried.mean.n else -math.inf):
            cells = [
                Cell(money.text(each.candidate.payroll)),
                Cell(str(each.years) if each.years else NOTHING),
                Cell(scale.text(each.mean.mean), scale.interval(each.mean.low, each.mean.high)),
                Cell(_met(each.plan_met, t)),
                Cell(_state(each, t), words=True),
            ]
            rows.append(Row(t.again(each.candidate.phrase), cells))
        for out in one.ruled_out:
            empty = [Cell(NOTHING), Cell(NOTHING), Cell(NOTHING)]
            reason = Cell(t("split-state-ruled-out", reason=out.reason), words=True)
            rows.append(Row(t.again(out.candidate.phrase), [Cell(money.text(out.candidate.payroll)), *empty, reason]))
    header = [
        t("split-split"),
        f"{t('split-payroll')}, {money.unit}",
        t("split-years"),
        _header(found, t, scale),
        t("split-plan-met"),
        t("split-state"),
    ]
    return Grid(t("split-search-table"), header, rows, t("split-search-note"), folded=True)


MOST_ROWS = 15
"""Splits of a structure that are drawn; the best by their mean."""
LETTERS = 46
"""Letters of a line of a split's name."""
MARKS = ("o", "s", "^", "D", "v", "P")


def splits(found: BestSplit, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """How far each split is behind the best one of its structure in the same years, the nearest on top.

    Differences in the same years, because the years of a search are few: its splits met better or worse ones.

    Returns:
        The figure: a panel for each structure in which there was something to search.
    """
    t = texts(lang or language_of(found.scenario.locale))
    shown = [one for one in found.searches if len(one.tried) > 1 and one.winner is not None]
    if not shown:
        figure = new_figure(1.5) if fig is None else fig
        empty(figure.add_subplot(), t("chart-splits-nothing"))
        return figure
    rows = [_rows(found, one) for one in shown]
    heights = [1.0 + 0.36 * len(each) for each in rows]
    figure = new_figure(0.9 + sum(heights)) if fig is None else fig
    grid = figure.add_gridspec(len(shown), 1, height_ratios=heights)
    ends = [value for each in rows for row in each for value in (row.low, row.high)]
    scale = _chart_scale(found, [*ends, found.indifference], t)
    for n, one in enumerate(shown):
        _panel(figure.add_subplot(grid[n]), found, one, rows[n], scale, t)
    headline(figure, t("chart-splits", title=literal(t.title(found.scenario.title))))
    _key(figure, found, t)
    return figure


def frontier(found: BestSplit, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """The measure against budgeted payroll for the best split of each size, with the probability of meeting the plan.

    Raises:
        ValueError: sizes were not searched.
    """
    if not found.frontier:
        raise ValueError("there is no frontier: the search was for one size only (give it a payroll)")
    t = texts(lang or language_of(found.scenario.locale))
    axes = axes_of(ax, 5.0)
    values = [value for p in found.frontier for value in (p.mean.low, p.mean.mean, p.mean.high)]
    scale = _chart_scale(found, values, t)
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
    numbered(axes.yaxis, scale, measure_title(t, found.measure.name, bare=is_bare([found.scenario])))
    met = any(p.plan_met.n for p in found.frontier)
    return finished(axes, t("chart-frontier-plan" if met else "chart-frontier", years=found.fresh))


def _labels(axes: Axes, points: Sequence[FrontierPoint], found: BestSplit, ink: str, t: Texts) -> None:
    """People, and how often the plan is met: above the highest line at a payroll, below the lowest, else nothing."""
    for point in points:
        rivals = _beside(point, found)
        above, below = all(point.mean.mean >= each for each in rivals), all(point.mean.mean <= each for each in rivals)
        if not above and not below:
            continue
        text = "-".join(str(count) for count in point.candidate.heads.values())
        if point.plan_met.n:
            text = f"{text}\n{with_interval(t, point.plan_met)}"
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


@dataclass(frozen=True)
class _Row:
    """A split as it is drawn: its difference from the best one, upwards better.

    Attributes:
        candidate: the split.
        mean, low, high: split less winner; the interval is joint in fresh years, else pointwise.
        fresh: whether it comes from fresh years.
        good: whether it is as good as the best for all that is known.
    """

    candidate: Candidate
    mean: float
    low: float
    high: float
    fresh: bool
    good: bool


def _panel(axes: Axes, found: BestSplit, one: OneSearch, rows: Sequence[_Row], scale: Scale, t: Texts) -> None:
    colour = COLOURS[0]
    for row, each in enumerate(rows):
        edge = colour if each.fresh else GREY
        axes.plot([each.low, each.high], [row, row], color=edge, linewidth=2 if each.good else 1.2)
        mark = "D" if each.candidate is one.winner else "o"
        face = colour if each.good else "white"
        axes.plot([each.mean], [row], mark, color=edge, markerfacecolor=face, markersize=8 if mark == "D" else 6)
    axes.axvspan(-found.indifference, 0.0, color="black", alpha=0.1, linewidth=0)
    axes.axvline(0.0, color="black", linewidth=1)
    axes.set_yticks(range(len(rows)), [wrapped(literal(_name(each, t)), LETTERS) for each in rows])
    for label, each in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_fontweight("bold" if each.good else "normal")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    numbered(
        axes.xaxis,
        scale,
        t("chart-splits-axis", measure=measure_title(t, found.measure.name, bare=is_bare([found.scenario]))),
    )
    left_out = len(one.tried) - len(rows)
    title = literal(t.title(one.title))
    if left_out or one.ruled_out:
        title = t("chart-splits-left-out", structure=title, more=left_out, out=len(one.ruled_out))
    finished(axes, title, grid="x")


def _rows(found: BestSplit, one: OneSearch) -> list[_Row]:
    """The splits nearest to the best, that one first; those that break a constraint are left out."""
    again = {id(each.candidate): each for each in one.again}
    sign = -1.0 if found.higher_is_better else 1.0
    rows = []
    for each in one.tried:
        fresh = again.get(id(each.candidate))
        behind = fresh.behind if fresh is not None else each.behind
        if each.state == "breaks":
            continue
        if behind is None:
            rows.append(_Row(each.candidate, 0.0, 0.0, 0.0, True, True))
            continue
        low, high = (behind.joint_low, behind.joint_high) if fresh is not None else (behind.low, behind.high)
        low, high = sorted((sign * low, sign * high))
        good = fresh is not None and fresh.good
        rows.append(_Row(each.candidate, sign * behind.mean, low, high, fresh is not None, good))
    rows.sort(key=lambda row: (row.candidate is not one.winner, sign * row.mean))
    return rows[:MOST_ROWS]


def _name(each: _Row, t: Texts) -> str:
    """The split, its options on a line of their own."""
    return t.again(each.candidate.phrase).replace(" (", "\n(", 1)


def _chart_scale(found: BestSplit, values: Sequence[float], t: Texts) -> Scale:
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
    labels = [t(f"chart-splits-{key}", years=found.fresh) for key in ("best", "good", "worse", "searched")]
    legend_below(figure, handles, [*labels, t("chart-splits-zone", zone=unit.with_unit(found.indifference))])


def figure_of_frontier(found: BestSplit, lang: str) -> Figure:
    """The frontier as a figure of its own."""
    return figure_of(frontier(found, lang=lang))
