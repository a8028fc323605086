"""Charts for a proposal: a measure under each structure, and how the same year differs between two.

Every chart takes a result, draws upon the axes it is given (or upon a new figure) and returns them; nothing
is shown or saved here. Colours are those of Okabe and Ito (2008), which colour-blind readers tell apart, and
no chart hangs on colour alone.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import Comparison, Result
from simulation.analysis.phrases import percent
from simulation.report.numbers import Scale, compact, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
"""The palette of Okabe and Ito, in the order of use."""

MOST_DOTS = 300
"""Years drawn as dots; of more, an even choice stands for all."""


def structures_chart(result: Result, measure: str = "profit", ax: Axes | None = None) -> Axes:
    """A measure under each structure: a dot per year, the mean and its interval.

    Args:
        result: a result or a comparison.
        measure: name of the measure.
        ax: axes to draw upon; those of a new figure when None.

    Returns:
        The axes.

    Raises:
        KeyError: the measure is not there.
    """
    if measure not in result.measures:
        raise KeyError(f"{measure!r} is not among the measures of this result")
    axes = _axes(ax)
    values = [_known(result.values.of(name, measure)) for name in result.structures]
    scale = _scale(result, measure, values)
    for row, (name, years) in enumerate(zip(result.structures, values, strict=True)):
        colour = COLOURS[row % len(COLOURS)]
        shown = np.sort(years)
        if len(shown) > MOST_DOTS:
            shown = shown[np.linspace(0, len(shown) - 1, MOST_DOTS).astype(int)]
        # a fixed pattern spreads the dots over the height, so that a result always gives the same chart
        height = 0.12 + 0.24 * (np.arange(len(shown)) * 0.6180339887 % 1.0)
        axes.plot(shown, row + height, ".", color=colour, alpha=0.4, markersize=5, markeredgewidth=0)
        found = result.summaries[name].get(measure)
        if found is None or found.n == 0:
            continue
        if np.isfinite(found.low):
            axes.plot(
                describe(measure).possible(found.low, found.high),
                [row, row],
                color=colour,
                linewidth=5,
                solid_capstyle="butt",
                alpha=0.6,
            )
        axes.plot([found.mean], [row], "D", color=colour, markersize=7, markeredgecolor="white")
        axes.annotate(
            scale.with_unit(found.mean),
            (found.mean, row),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    axes.set_yticks(range(len(values)), [result.titles[name] for name in result.structures])
    axes.set_ylim(len(values) - 0.4, -0.5)
    axes.set_title(f"{describe(measure).title}: mean, {percent(result.level)} interval, and each {_period(result)}")
    _finish(axes, axes.xaxis, scale, describe(measure).title)
    return axes


def difference_chart(
    comparison: Comparison, structure: str | None = None, measure: str | None = None, ax: Axes | None = None
) -> Axes:
    """How a structure differs from the baseline in the same year: a histogram, its mean and interval.

    Args:
        comparison: the comparison.
        structure: the structure; the first that is not the baseline when None.
        measure: name of the measure; the one that decides when None.
        ax: axes to draw upon; those of a new figure when None.

    Returns:
        The axes.

    Raises:
        KeyError: the structure or measure is not there.
        ValueError: the two did not live through the same years.
    """
    measure = measure or comparison.measure
    if structure is None:
        structure = next(name for name in comparison.structures if name != comparison.baseline)
    found = comparison.pair(structure, comparison.baseline, measure)
    if not comparison.values.paired(structure, comparison.baseline):
        raise ValueError(f"{structure} and {comparison.baseline} did not live through the same years")
    from matplotlib.ticker import MaxNLocator

    axes = _axes(ax)
    years = _known(comparison.values.of(structure, measure) - comparison.values.of(comparison.baseline, measure))
    scale = _scale(comparison, measure, [years])
    counts, bounds = np.histogram(years, _edges(years))
    middle = (bounds[:-1] + bounds[1:]) / 2
    colours = dict(zip(comparison.structures, itertools.cycle(COLOURS)))
    ahead = [colours[structure if _better(measure, value) else comparison.baseline] for value in middle]
    axes.bar(middle, counts, np.diff(bounds), color=ahead, edgecolor="white")
    axes.axvline(0.0, color="black", linewidth=1)
    axes.axvline(found.mean, color="black", linewidth=2, linestyle="--")
    if np.isfinite(found.low):
        axes.axvspan(found.low, found.high, color="black", alpha=0.2, linewidth=0)
    titles = comparison.titles
    title = f"{titles[structure]} less {titles[comparison.baseline]}"
    same = f"the same {_period(comparison)} under each"
    # what does not fit on one line above half a page stands on two
    axes.set_title(f"{title}, {same}" if len(title) + len(same) < 60 else f"{title},\n{same}")
    axes.set_ylim(0, max(counts.max(initial=1), 1) * 1.35)
    for side, better in ((-1, _better(measure, -1.0)), (1, _better(measure, 1.0))):
        name = structure if better else comparison.baseline
        share = float(np.mean(years * side > 0)) if len(years) else 0.0
        axes.text(
            0.5 + 0.48 * side,
            0.97,
            f"{titles[name]} better\nin {percent(share)} of the {_period(comparison)}s",
            transform=axes.transAxes,
            va="top",
            ha="left" if side < 0 else "right",
            color="black",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "pad": 2},
        )
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(f"{_period(comparison)}s")
    _finish(axes, axes.xaxis, scale, f"Difference in {describe(measure).title.lower()}")
    legend = f"(dashed: mean, grey: its {percent(found.level)} interval)"
    axes.xaxis.label.set_text(f"{axes.get_xlabel()} {legend}")
    return axes


def comparison_chart(comparison: Comparison, measure: str | None = None) -> Figure:
    """The picture of a comparison: the measure under each structure, beside it the differences year by year.

    Args:
        comparison: the comparison.
        measure: name of the measure; the one that decides when None.

    Returns:
        A figure with one panel for the structures and one for each difference from the baseline.
    """
    from matplotlib.figure import Figure

    measure = measure or comparison.measure
    others = [
        name
        for name in comparison.structures
        if name != comparison.baseline and comparison.values.paired(name, comparison.baseline)
    ]
    rows = max(1, len(others))
    figure = Figure(figsize=(13, 1.4 + 2.9 * rows), layout="constrained")
    grid = figure.add_gridspec(rows, 2 if others else 1)
    structures_chart(comparison, measure, figure.add_subplot(grid[:, 0]))
    for row, name in enumerate(others):
        difference_chart(comparison, name, measure, figure.add_subplot(grid[row, 1]))
    done, months = comparison.runs.finished, comparison.scenario.experiment.months
    years = (
        f"{done} {'replication' if done == 1 else 'replications'} of {months} {'month' if months == 1 else 'months'}"
    )
    figure.suptitle(f"{comparison.scenario.provenance.title}: {years}", fontweight="bold")
    return figure


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=(7, 4), layout="constrained").add_subplot()


def _known(values: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    return values[~np.isnan(values)]


def _period(result: Result) -> str:
    """What one replication is."""
    return "year" if result.scenario.experiment.months == 12 else "replication"


def _better(measure: str, difference: float) -> bool:
    """Whether a difference of this sign is a gain."""
    return (difference > 0) == (describe(measure).higher_is_better is not False)


def _edges(years: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    """Edges of a histogram with zero among them, so that no bar holds both gains and losses."""
    low, high = (min(years.min(), 0.0), max(years.max(), 0.0)) if len(years) else (0.0, 0.0)
    if low == high:
        return np.array([-0.5, 0.5])
    width = (high - low) / min(30, max(6, int(1.5 * np.sqrt(len(years)))))
    return np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width


def _scale(result: Result, measure: str, values: list[np.typing.NDArray[np.float64]]) -> Scale:
    scenario = result.scenario
    everything = np.concatenate(values) if values else np.empty(0)
    return scale_of(describe(measure).unit, everything.tolist(), (), scenario.currency, scenario.locale)


def _finish(axes: Axes, axis: Axis, scale: Scale, label: str) -> None:
    """Readable numbers along an axis, its name with the unit, no frame that says nothing."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(6))
    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value * scale.factor, scale.language)))
    axis.set_label_text(f"{label}, {scale.unit}" if scale.unit else label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", alpha=0.3)
