"""One style for all charts: colours, lines, labels, numbers along axes, and how a chart begins and ends.

A structure has the same colour, line and hatch in every chart of a result, by its place in it, so that a chart can be
read in grey too. Colours are those of Okabe and Ito (2008), which colour-blind readers tell apart.

Here too: a chart as a file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, BinaryIO, ParamSpec, TypeVar
from warnings import catch_warnings, filterwarnings

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.quantiles import Proportion, share_phrase, told
from simulation.analysis.results import Result
from simulation.analysis.unknown import unknown
from simulation.report.numbers import Scale, compact, scale_of
from simulation.scenario.calendar import add_months
from simulation.texts import Texts, language_of, shortened, texts
from simulation.texts.values import Unit

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation


Floats = NDArray[np.float64]
Given = ParamSpec("Given")
Drawn = TypeVar("Drawn")
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D1F", "#000000")
"""Okabe and Ito, in the order of use; their yellow, which no thin line can have on white, is a brown here."""
INK = ("#00507D", "#8A5A00", "#00694C", "#97476F", "#23688F", "#A34700", "#6B5215", "#000000")
"""The same darkened, for letters: a contrast of 4.5 to 1 with white and more."""
LINES = ("-", "--", "-.", ":")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++", "oo", "**")
GREY = "#555555"
BAND, INNER = (0.05, 0.95), (0.25, 0.75)
"""Quantiles of the years between which bands lie."""
NAME = 24
"""Letters of a line of a name beside an axis or a line."""
LONGEST_TITLE, LONGEST_TEXT = 160, 300
"""Letters of a structure's name in a chart, and of any other text; nothing could be drawn beside longer ones."""
WIDTH = 9.0
"""Inches: the width of a page."""


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn for.

    Attributes:
        width: inches.
        columns: panels beside each other, at most.
        letters: size of the smallest letters, points; 0 where every size will do.
        line: letters of a line over the whole width.
        taller: times the height of a wide sheet: names in more lines take more room.
    """

    width: float
    columns: int
    letters: float
    line: int
    taller: float = 1.0


DESK = Sheet(WIDTH, 2, 0.0, 108)
PHONE = Sheet(4.3, 1, 9.6, 42, 1.2)
"""4.3 inches shown on the 366 pixels that a phone of 390 leaves: 9.6 points are 11.3 pixels there."""
_SHEET: ContextVar[Sheet] = ContextVar("sheet", default=DESK)


def sheet() -> Sheet:
    """What charts are drawn for now."""
    return _SHEET.get()


@contextmanager
def drawn_for(wanted: Sheet) -> Iterator[None]:
    """Charts inside are drawn for another sheet."""
    before = _SHEET.set(wanted)
    try:
        yield
    finally:
        _SHEET.reset(before)


def rows_for(count: int) -> int:
    """Rows of so many panels."""
    return -(-count // sheet().columns)


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
        raise unknown("structure", structure, result.structures)
    n = result.structures.index(structure)
    hatch = HATCHES[n % len(HATCHES)]
    if sheet().letters:  # what is drawn smaller has fewer lines
        hatch = hatch[: (len(hatch) + 1) // 2]
    return Look(COLOURS[n % len(COLOURS)], INK[n % len(INK)], LINES[n % len(LINES)], hatch)


def words(result: Result, lang: str | None) -> Texts:
    """The language of a chart: as asked for, else that of the scenario's locale."""
    return texts(lang or language_of(result.scenario.locale))


def title_of(result: Result, structure: str, t: Texts) -> str:
    """Name of a structure, in the chart's language where a preset gives it; nothing in it is read as a formula."""
    return literal(shortened(t.title(result.titles[structure]), LONGEST_TITLE))


def band_words(result: Result, t: Texts) -> str:
    """Which years the band of a chart holds: nine of ten, or all where too few were played to tell."""
    return t("chart-band-nine" if told(result.runs.finished, BAND[0]) else "chart-band-all")


def with_interval(t: Texts, found: Proportion) -> str:
    """A share of years with its interval."""
    return t.again(share_phrase(found))


def literal(text: str) -> str:
    """Text of a scenario as matplotlib has to be given it: a dollar begins no formula, and panels keep their room."""
    return shortened(text, LONGEST_TEXT).replace("$", r"\$")


def wrapped(text: str, letters: int = NAME) -> str:
    """Text in lines of at most so many letters; longer words are broken, ends of lines in it stay.

    On a narrow sheet what would fill half a line of a wide one has half a line too, whatever is longer a whole one.
    """
    if sheet().letters:
        letters = sheet().line if letters > DESK.line // 2 else min(letters, sheet().line // 2 - 2)
    return "\n".join(fill(line, letters) for line in text.split("\n"))


def clear() -> dict[str, object]:
    """The box of a number that may lie upon a line: it stays readable."""
    return {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8}


def axes_of(ax: Axes | None, height: float = 4.0, width: float | None = None) -> Axes:
    """The axes to draw upon; those of a new figure when None."""
    return new_figure(height, width).add_subplot() if ax is None else ax


def new_figure(height: float, width: float | None = None) -> Figure:
    """A figure of its own, in inches, as wide as the sheet where nothing is said; nothing global is touched."""
    from matplotlib.figure import Figure

    size = min(width or WIDTH, sheet().width), height * sheet().taller
    return Figure(figsize=size, layout="constrained")


def headline(figure: Figure, text: str) -> None:
    """What a figure of several panels shows, on its left."""
    figure.suptitle(text, x=0.01, ha="left", fontsize=11 if sheet().letters else 12, wrap=True)


def legend_below(figure: Figure, handles: Sequence[Artist], labels: Sequence[str]) -> None:
    """What the looks mean, below all panels, in as many columns as the page has room for."""
    names = [wrapped(label, 40 if not sheet().letters else sheet().line + DESK.line) for label in labels]
    longest = max(len(line) for name in names for line in name.split("\n"))
    columns = max(1, min(3, len(names), sheet().line // (longest + 10)))
    figure.legend(handles, names, loc="outside lower center", ncols=columns, frameon=False)


def panels_of(figure: Figure, count: int, sharey: bool = False) -> list[Axes]:
    """Panels for so many structures, two beside each other, on a figure; a place that is left over stays white."""
    columns = min(sheet().columns, count)
    panels = figure.subplots(-(-count // columns), columns, squeeze=False, sharey=sharey)
    for panel in panels.flat[count:]:
        panel.set_axis_off()
    return list(panels.flat[:count])


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

    narrow = sheet().letters > 0 and getattr(axis, "axis_name", "") == "x"
    axis.set_major_locator(MaxNLocator(min(most, 4) if narrow else most))
    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value * scale.factor, scale.language)))
    said = literal(f"{label}, {scale.unit}") if scale.unit else literal(label)
    axis.set_label_text(wrapped(said, sheet().line) if sheet().letters else said)


def finished(ax: Axes, title: str = "", grid: str = "y") -> Axes:
    """No frame that says nothing, a light grid, the title on the left."""
    ax.spines[["top", "right"]].set_visible(False)
    if grid:
        ax.grid(axis=grid, alpha=0.3)  # type: ignore[arg-type]
        ax.set_axisbelow(True)
    place = ax.get_subplotspec()
    if title and sheet().letters and place is not None and place.get_gridspec().nrows * place.get_gridspec().ncols == 1:
        headline(figure_of(ax), title)  # letters beside the axes leave a title above them too little room
    elif title:
        ax.set_title(title, loc="left", fontsize=11, wrap=True)
    return ax


def month_axis(ax: Axes, result: Result, t: Texts, structure: str | None = None, most: int = 12) -> Floats:
    """Months along the axis below, so many of them named at most; returns their middles."""
    case = result.cases[structure or result.structures[0]]
    start, count = case.scenario.experiment.start, case.scenario.experiment.months
    most = min(most, 6) if sheet().letters else most
    apart = next(step for step in (1, 2, 3, 6, 12, 24, 60, count) if count <= most * step)
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


def of_years(chart: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """A chart of simulated years: without any, it says so in words upon what it is given."""
    signature = inspect.signature(chart)

    @wraps(chart)
    def drawn(*args: Given.args, **kwargs: Given.kwargs) -> Drawn:
        given = signature.bind(*args, **kwargs).arguments
        result = next(iter(given.values()))
        if result.runs.finished:
            return chart(*args, **kwargs)
        said = words(result, given.get("lang"))("chart-no-years")
        if "fig" not in signature.parameters:
            return empty(axes_of(given.get("ax")), said)  # type: ignore[return-value]
        figure: Figure = given.get("fig") or new_figure(4.0)
        empty(figure.add_subplot(), said)
        return figure  # type: ignore[return-value]

    return drawn


def end_labels(ax: Axes, labels: Sequence[tuple[float, str, str]], size: float = 9.0) -> list[Annotation]:
    """Names at the right ends of lines, moved apart where they would overlap; one that was moved keeps a thin line.

    Args:
        ax: the axes; their limits must be set already.
        labels: height, text and colour of each.
        size: of the letters, points.
    """
    low, high = ax.get_ylim()
    whole = (high - low) or 1.0
    # before the layout is made the axes are a little lower than after it, so that letters get room enough
    figure = figure_of(ax)
    tall = 72.0 * ax.get_position().height * figure.get_figheight() / (1.25 * size)  # lines of letters
    names = [wrapped(text) for _, text, _ in labels]
    ends = [min(max((height - low) / whole, 0.0), 1.0) for height, _, _ in labels]
    places = spread(ends, [(name.count("\n") + 1.0) / tall for name in names])
    made = []
    for end, at, name, (_, _, colour) in zip(ends, places, names, labels, strict=True):
        away = abs(at - end) > 0.5 / tall
        line = {"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 1} if away else None
        made.append(
            ax.annotate(
                name,
                (1.0, end),
                (1.03 if away else 1.012, at),
                xycoords="axes fraction",
                va="center",
                ha="left",
                color=colour,
                fontsize=size,
                arrowprops=line,
                annotation_clip=False,
            )
        )
    return made


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of labels as near to where they are wanted as they can stand, none upon another.

    Args:
        wanted: middles, 0 the lower end of the axes and 1 the upper one.
        heights: of the labels, in the same measure.

    Returns:
        The middles, in the order given; the lowest may come below 0 where there is too little room for all.
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    at = [wanted[n] for n in order]
    apart = [(heights[one] + heights[two]) / 2 for one, two in zip(order, order[1:], strict=False)]
    groups = [[n] for n in range(len(at))]
    merged = True
    while merged:  # neighbours that touch become one block around the middle of what they want
        merged = False
        for n in range(len(groups) - 1):
            first, second = groups[n][-1], groups[n + 1][0]
            if at[second] - at[first] < apart[first] - 1e-9:
                block = groups[n] + groups.pop(n + 1)
                groups[n] = block
                steps = [sum(apart[block[0] : k]) for k in block]
                begin = sum(wanted[order[k]] - step for k, step in zip(block, steps, strict=True)) / len(block)
                begin = min(max(begin, 0.0), 1.0 - steps[-1])
                for k, step in zip(block, steps, strict=True):
                    at[k] = begin + step
                merged = True
                break
    found = [0.0] * len(at)
    for n, place in zip(order, at, strict=True):
        found[n] = place
    return found


DPI = 200


def save(figure: Figure, path: Path | BinaryIO, kind: str, dpi: int = DPI, *, letters: bool = False) -> None:
    """Saves a chart as 'png' (so many dots an inch) or 'svg'; the same figure gives the same file.

    Letters of an SVG are outlines, so that it looks alike everywhere, if they are not asked for as letters. Letters
    that the font lacks (a title in Chinese) are boxes, and no word about each of them: tables and page have the title
    in full.

    Raises:
        OSError: the file cannot be written.
    """
    from matplotlib import rc_context

    with catch_warnings(), rc_context({"svg.fonttype": "none" if letters else "path", "svg.hashsalt": "sales"}):
        filterwarnings("ignore", message="Glyph .* missing from")
        metadata = {"Date": None, "Creator": None} if kind == "svg" else None
        figure.savefig(path, format=kind, dpi=dpi, metadata=metadata)
