"""The staffing chart: positions, people and ramped people over the months, with who leaves and who comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.comparison import Result
from simulation.report.charts import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]
BAND = (0.1, 0.9)
"""Quantiles over the years between which the band of people employed lies."""
LEFT, CAME = "#D55E00", "#009E73"


def staffing_chart(result: Result, structure: str | None = None, ax: Axes | None = None) -> Axes:
    """Staffing of a structure over the months.

    A step line for the positions, a line for the people employed with the band of four years out of five, a dashed
    line for those who are ramped, and bars for newcomers and leavers a month.

    Args:
        result: a result or a comparison.
        structure: the structure; the first when None.
        ax: axes to draw upon; those of a new figure when None.

    Returns:
        The axes.

    Raises:
        KeyError: there is no such structure.
    """
    name = result.structures[0] if structure is None else structure
    if name not in result.structures:
        raise KeyError(f"{name!r} is not a structure; there are {', '.join(result.structures)}")
    axes = _axes(ax)
    colour = COLOURS[result.structures.index(name) % len(COLOURS)]
    at = np.arange(result.scenario.experiment.months) + 0.5
    positions, people, ramped = (_table(result, name, measure) for measure in ("positions", "headcount", "ramped"))
    low, high = np.quantile(people, BAND, axis=0)
    axes.fill_between(at, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.step(np.arange(len(at) + 1), _steps(positions.mean(axis=0)), where="post", color="black", linewidth=1.2)
    axes.plot(at, people.mean(axis=0), color=colour, linewidth=2.2)
    axes.plot(at, ramped.mean(axis=0), color=colour, linewidth=1.8, linestyle="--")
    leavers, hires = (_table(result, name, measure).mean(axis=0) for measure in ("leavers", "hires"))
    axes.bar(at - 0.18, hires, 0.36, color=CAME, edgecolor="black", linewidth=0.4)
    axes.bar(at + 0.18, leavers, 0.36, color=LEFT, edgecolor="black", linewidth=0.4, hatch="////")
    axes.set_title(result.titles[name])
    axes.set_xlim(0, len(at))
    apart = next(step for step in (1, 2, 3, 6, 12, 24, len(at)) if len(at) <= 12 * step)  # the same months each year
    ticks = np.arange(0, len(at), apart)
    axes.set_xticks(ticks + 0.5, _labels(result, ticks))
    axes.set_ylim(0, None)
    axes.set_ylabel("people")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    return axes


def staffing_charts(result: Result) -> Figure:
    """Staffing of every structure over the months, on the same scale, with a legend below."""
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    count = len(result.structures)
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    figure = Figure(figsize=(6.5 * columns, 1.2 + 3.1 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False)
    for number, panel in enumerate(panels.flat):
        if number < count:
            staffing_chart(result, result.structures[number], panel)
            if number % columns:
                panel.set_ylabel("")
        else:
            panel.set_axis_off()
    share = f"{BAND[1] - BAND[0]:.0%}".replace("%", " %")
    grey = "#555555"
    figure.legend(
        handles=[
            Line2D([], [], color="black", linewidth=1.2, label="positions"),
            Line2D([], [], color=grey, linewidth=2.2, label="people employed, mean"),
            Patch(facecolor=grey, alpha=0.2, label=f"{share} of the years"),
            Line2D([], [], color=grey, linewidth=1.8, linestyle="--", label="ramped: 90 % of a practised colleague"),
            Patch(facecolor=CAME, edgecolor="black", linewidth=0.4, label="newcomers a month"),
            Patch(facecolor=LEFT, edgecolor="black", linewidth=0.4, hatch="////", label="leavers a month"),
        ],
        loc="outside lower center",
        ncols=3 if columns > 1 else 2,
        frameon=False,
    )
    done = result.runs.finished
    figure.suptitle(
        f"{result.scenario.provenance.title}: staffing, {done} {'replication' if done == 1 else 'replications'}",
        fontweight="bold",
    )
    return figure


def _table(result: Result, structure: str, measure: str) -> Floats:
    """A column of the months, shape (years, months)."""
    runs = result.runs
    rows = runs.months[runs.months["structure"] == structure]
    values = rows[measure].to_numpy(dtype=np.float64)
    return values.reshape(-1, result.scenario.experiment.months)


def _labels(result: Result, ticks: NDArray[np.int64]) -> list[str]:
    """Names of the months at the ticks; the first one of each year carries the year."""
    months = [result.runs.months["month"].iloc[tick] for tick in ticks]
    years = [0, *(month.year for month in months)]
    return [
        f"{month:%b\n%Y}" if month.year != before else f"{month:%b}"
        for month, before in zip(months, years, strict=False)
    ]


def _steps(values: Floats) -> Floats:
    return np.append(values, values[-1])


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=(7, 4), layout="constrained").add_subplot()
