"""One style for all charts: colours, lines, labels, numbers along axes, and how a chart begins and ends.

A structure has the same colour, line and hatch in every chart of a result, by its place in it, so that a chart can be
read in grey too. Colours are those of Okabe and Ito (2008), which colour-blind readers tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.results import Result
from simulation.report.numbers import Scale, compact, scale_of
from simulation.scenario.calendar import add_months
from simulation.texts import Texts, language_of, texts
from simulation.texts.values import Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

Floats = NDArray[np.float64]
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D1F", "#000000")
"""Okabe and Ito, in the order of use; their yellow, which no thin line can have on white, is a brown here."""
INK = ("#00507D", "#8A5A00", "#00694C", "#97476F", "#23688F", "#A34700", "#6B5215", "#000000")
"""The same darkened, for letters: a contrast of 4.5 to 1 with white and more."""
LINES = ("-", "--", "-.", ":")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++", "oo", "**")
GREY = "#555555"
BAND, INNER = (0.05, 0.95), (0.25, 0.75)
"""Quantiles of the years between which bands lie."""
LONGEST = 74
"""Letters of a line of a title."""
WIDTH = 9.0
"""Inches: the width of a page."""


@dataclass(frozen=True)
class Look:
    """How a structure is drawn everywhere.

    Attributes:
        colour: of areas and lines.
        ink: of letters.
        line: style of lines.
        hatch: of bars.
    """

    colour: str
    ink: str
    line: str
    hatch: str


def look(result: Result, structure: str) -> Look:
    """How a structure of a result is drawn.

    Raises:
        KeyError: there is no such structure.
    """
    if structure not in result.structures:
        raise KeyError(f"{structure!r} is not a structure; there are {', '.join(result.structures)}")
    n = result.structures.index(structure)
    return Look(COLOURS[n % len(COLOURS)], INK[n % len(INK)], LINES[n % len(LINES)], HATCHES[n % len(HATCHES)])


def words(result: Result, lang: str | None) -> Texts:
    """The language of a chart: as asked for, else that of the scenario's locale."""
    return texts(lang or language_of(result.scenario.locale))


def title_of(result: Result, structure: str, t: Texts) -> str:
    """Name of a structure, in the chart's language where a preset gives it; nothing in it is read as a formula."""
    return literal(t.title(result.titles[structure]))


def literal(text: str) -> str:
    """Text of a scenario as matplotlib has to be given it: a dollar begins no formula."""
    return text.replace("$", r"\$")


def axes_of(ax: Axes | None, height: float = 4.0, width: float = WIDTH) -> Axes:
    """The axes to draw upon; those of a new figure when None."""
    return new_figure(height, width).add_subplot() if ax is None else ax


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """A figure of its own, in inches; nothing global is touched."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def figure_of(ax: Axes) -> Figure:
    """The figure that axes stand on."""
    found = ax.get_figure()
    while not hasattr(found, "savefig"):
        found = found.figure  # type: ignore[union-attr]
    return found  # type: ignore[return-value]


def scale_for(result: Result, unit: Unit, values: Sequence[float] | Floats, t: Texts) -> Scale:
    """The scale of an axis that holds values."""
    known = np.asarray(values, dtype=float).ravel()
    return scale_of(unit, known[np.isfinite(known)].tolist(), (), result.scenario.currency, t.language)


def numbered(axis: Axis, scale: Scale, label: str, most: int = 6) -> None:
    """Readable numbers along an axis and its name with the unit."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(most))
    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value * scale.factor, scale.language)))
    axis.set_label_text(literal(f"{label}, {scale.unit}") if scale.unit else literal(label))


def finished(ax: Axes, title: str = "", grid: str = "y") -> Axes:
    """No frame that says nothing, a light grid, the title on the left."""
    ax.spines[["top", "right"]].set_visible(False)
    if grid:
        ax.grid(axis=grid, alpha=0.3)  # type: ignore[arg-type]
        ax.set_axisbelow(True)
    if title:
        ax.set_title(fill(title, LONGEST), loc="left", fontsize=11)
    return ax


def month_axis(ax: Axes, result: Result, t: Texts, structure: str | None = None) -> Floats:
    """Months along the axis below, named; returns their middles."""
    case = result.cases[structure or result.structures[0]]
    start, count = case.scenario.experiment.start, case.scenario.experiment.months
    apart = next(step for step in (1, 2, 3, 6, 12, 24, count) if count <= 12 * step)
    labels, before = [], 0
    ticks = list(range(0, count, apart))
    from babel.dates import format_date

    for tick in ticks:
        day = add_months(start, tick)
        name = format_date(day, "LLL", t.style.locale)
        labels.append(f"{name}\n{day.year}" if day.year != before else name)
        before = day.year
    ax.set_xticks([tick + 0.5 for tick in ticks], labels)
    ax.set_xlim(0, count)
    return np.arange(count, dtype=np.float64) + 0.5


def empty(ax: Axes, text: str) -> Axes:
    """Says in words that there is nothing to draw."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", color=GREY, wrap=True)
    ax.set_axis_off()
    return ax


def end_labels(ax: Axes, labels: Sequence[tuple[float, str, str]], room: float = 0.055) -> list[Text]:
    """Names at the right ends of lines, moved apart where they would overlap.

    Args:
        ax: the axes; their limits must be set already.
        labels: height, text and colour of each.
        room: height of a line of letters as a share of the height of the axes.
    """
    low, high = ax.get_ylim()
    size = (high - low) or 1.0
    order = sorted(range(len(labels)), key=lambda n: labels[n][0])
    at = [min(max((labels[n][0] - low) / size, 0.0), 1.0) for n in order]
    lines = [labels[n][1].count("\n") + 1 for n in order]
    apart = [room * (one + two) / 2 for one, two in zip(lines, lines[1:], strict=False)]
    for n in range(1, len(at)):
        at[n] = max(at[n], at[n - 1] + apart[n - 1])
    over = max(0.0, (at[-1] if at else 0.0) - 1.0)
    at = [each - over for each in at]
    for n in range(len(at) - 2, -1, -1):
        at[n] = min(at[n], at[n + 1] - apart[n])
    made: list[Text] = []
    for n, height in zip(order, at, strict=True):
        _, text, colour = labels[n]
        place = {"xycoords": "axes fraction", "xytext": (6, 0), "textcoords": "offset points"}
        made.append(ax.annotate(text, (1.0, height), va="center", ha="left", color=colour, fontsize=9, **place))  # type: ignore[arg-type]
    return made
