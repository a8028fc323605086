"""A field of two variables: who is better in each cell, how sure that is, and where there is no difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.measure_words import is_bare, measure_title
from simulation.report.numbers import Scale, scale_of
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    HATCHES,
    INK,
    LINES,
    Floats,
    Look,
    clear,
    finished,
    legend_below,
    literal,
    new_figure,
    wrapped,
)
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.field.sweep import Sweep
from simulation.study.field.winner_map import WinnerMap
from simulation.study.points import Contest, Point, told
from simulation.study.terms import Terms
from simulation.study.variation import Range, Variable
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PALE, FULL = 0.18, 0.62
"""How much of a structure's colour a cell has: where it is open, and where the structure is told apart."""
MOST_WRITTEN = 64
"""Cells that have their numbers in them; more would be too small for letters."""
MOST_ACROSS = 8
"""The same for the cells of a row."""
MOST_TICKS = 9
FINE = 8
"""Steps from cell to cell in which the line of no difference is drawn."""


@dataclass(frozen=True)
class Field:
    """What is drawn.

    Attributes:
        scenario: what was varied.
        x, y: variables and their values, ascending.
        cells: row by row, y ascending.
        terms: what is compared.
    """

    scenario: Scenario
    x: Range
    y: Range
    cells: tuple[Point, ...]
    terms: Terms

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.y.values), len(self.x.values)

    def number(self, found: Contest) -> float:
        """What is written into a cell: for two structures the difference from the baseline, else the best's lead."""
        others = self.terms.others
        if len(others) == 1:
            return found.differences[others[0]].mean
        return found.difference.mean if found.difference else float("nan")

    def numbers_title(self, t: Texts) -> str:
        """What those numbers are."""
        titles = structure_titles(self.scenario, self.terms.structures)
        if len(self.terms.others) > 1:
            return t("map-numbers-lead")
        one, other = titles[self.terms.others[0]], titles[self.terms.baseline]
        return t("map-numbers-difference", one=one, other=other)

    def scale(self, t: Texts) -> Scale:
        """The scale of the numbers."""
        return differences_scale(self.scenario, self.terms, self.cells, t)


def field_of(found: WinnerMap | Sweep) -> Field:
    """The field of a map, or of a sweep over a grid of two variables.

    Raises:
        ValueError: the sweep is no such grid.
    """
    if isinstance(found, WinnerMap):
        return Field(found.scenario, found.x, found.y, found.cells, found.terms)
    if not found.is_field:
        raise ValueError("only a grid of two variables can be drawn as a field")
    x, y = (
        Range(what, tuple(sorted({point.values[n] for point in found.points})))
        for n, what in enumerate(found.variables)
    )
    cells = tuple(sorted(found.points, key=lambda point: (point.values[1], point.values[0])))
    return Field(found.scenario, x, y, cells, found.terms)


def differences_scale(scenario: Scenario, agreed: Terms, points: Sequence[Point], t: Texts) -> Scale:
    """One scale for all differences of all points."""
    less = [each for point in points for each in point.contest.differences.values()]
    return scale_of(
        agreed.known.unit,
        [each.mean for each in less],
        [(each.joint_high - each.joint_low) / 2 for each in less],
        scenario.currency,
        t.language,
    )


def look_of(agreed: Terms, name: str) -> Look:
    """How a structure is drawn: by its place among those compared."""
    n = agreed.structures.index(name)
    return Look(COLOURS[n % len(COLOURS)], INK[n % len(INK)], LINES[n % len(LINES)], HATCHES[n % len(HATCHES)])


def tinted(colour: str, share: float) -> tuple[float, float, float]:
    """A colour mixed with white."""
    from matplotlib.colors import to_rgb

    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(colour))
    return red, green, blue


def draw(field: Field, t: Texts) -> Figure:
    """The map of the winner.

    Colour and hatch say who is told apart as better; pale cells with a question mark are open, in the colour of the
    one ahead. A thick line shows where the means are equal. Values stand in the order of the cells, evenly apart.
    """
    rows, columns = field.shape
    figure = new_figure(float(np.clip(2.3 + 0.62 * rows, 3.8, 9.0)))
    axes = figure.add_subplot()
    scale = field.scale(t)
    written = rows * columns <= MOST_WRITTEN and columns <= MOST_ACROSS
    for n, cell in enumerate(field.cells):
        _cell(axes, field, cell.contest, (n % columns, n // columns), scale if written else None, t)
    drawn = _zero(axes, field)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(-0.5, rows - 0.5)
    currency = field.scenario.currency
    for axis, values in ((axes.xaxis, field.x), (axes.yaxis, field.y)):
        places = even(len(values.values), MOST_TICKS)
        amounts = told(values.variable, values.values, currency)
        axis.set_ticks(places, [literal(t.written(amounts[n])) for n in places])
        axis.set_label_text(literal(axis_title(values.variable, t)))
    axes.tick_params(length=0)
    finished(axes, _title(field, t), grid="")
    axes.spines[["left", "bottom"]].set_visible(False)
    _legend(figure, field, drawn, t)
    return figure


def even(count: int, most: int) -> list[int]:
    """Places of so many in even steps, the first among them."""
    return list(range(0, count, -(-count // most)))


def axis_title(what: Variable, t: Texts) -> str:
    """What a variable is called along an axis."""
    name = t.again(what.title)
    return name[:1].upper() + name[1:] if " " in name or "." not in name else name


def _title(field: Field, t: Texts) -> str:
    what = t(
        "map-chart-title", title=t.title(field.scenario.provenance.title), measure=lower(field.terms, field.scenario, t)
    )
    rows, columns = field.shape
    if rows * columns > MOST_WRITTEN or columns > MOST_ACROSS:
        return wrapped(literal(what), 92)
    scale = field.scale(t)
    numbers = t("map-chart-numbers", numbers=field.numbers_title(t), unit=scale.unit)
    return f"{wrapped(literal(what), 92)}\n{wrapped(literal(numbers), 92)}"


def titled(agreed: Terms, scenario: Scenario, t: Texts) -> str:
    """The measure, as a language that has a name for it calls it, else in English."""
    return measure_title(t, agreed.known, bare=is_bare([scenario]))


def lower(agreed: Terms, scenario: Scenario, t: Texts) -> str:
    """The measure inside of a sentence."""
    name = titled(agreed, scenario, t)
    return name[:1].lower() + name[1:]


def _cell(axes: Axes, field: Field, found: Contest, at: tuple[int, int], scale: Scale | None, t: Texts) -> None:
    from matplotlib.patches import Rectangle

    seen = look_of(field.terms, found.best) if found.best else None
    face = tinted(seen.colour, FULL if found.told_apart else PALE) if seen else (1.0, 1.0, 1.0)
    hatch = seen.hatch if seen and found.told_apart else ""
    corner = (at[0] - 0.5, at[1] - 0.5)
    axes.add_patch(Rectangle(corner, 1, 1, facecolor=face, edgecolor="white", hatch=hatch, linewidth=1.5))
    if scale is None:
        if not found.told_apart:
            axes.text(*at, "?", ha="center", va="center", fontsize=7)
        return
    number = literal(scale.text(field.number(found), signed=len(field.terms.others) == 1))
    if not found.best:
        text = "–"
    elif found.told_apart:
        text = f"{number}\n{t.written(Percent(found.confidence))}"
    else:
        text = f"?\n{number}"
    axes.text(*at, text, ha="center", va="center", fontsize=8, bbox=clear() | {"alpha": 0.95}, zorder=5)


def _zero(axes: Axes, field: Field) -> bool:
    """Draws where the best mean passes from one structure to another; whether there is such a place."""
    rows, columns = field.shape
    if rows < 2 or columns < 2:
        return False
    x, y = (np.linspace(0, count - 1, FINE * (count - 1) + 1) for count in (columns, rows))
    sign = 1.0 if field.terms.higher else -1.0
    means = {name: sign * _between(field, name, x, y) for name in field.terms.structures}
    drawn = False
    # of two structures one line shows both sides
    for name in field.terms.structures if len(means) > 2 else field.terms.others:
        lead = means[name] - np.max([each for other, each in means.items() if other != name], axis=0)
        known = lead[np.isfinite(lead)]
        if len(known) and known.min() < 0 < known.max():
            axes.contour(
                x, y, np.ma.masked_invalid(lead), levels=[0.0], colors="black", linewidths=2.5, linestyles="-", zorder=3
            )
            drawn = True
    return drawn


def _between(field: Field, name: str, x: Floats, y: Floats) -> Floats:
    """Means of a structure at places between the cells, by straight interpolation along both axes."""
    rows, columns = field.shape
    known = np.array([cell.contest.means[name].mean for cell in field.cells]).reshape(rows, columns)
    wide = np.array([np.interp(x, np.arange(columns), row) for row in known])
    return np.array([np.interp(y, np.arange(rows), column) for column in wide.T]).T


def _legend(figure: Figure, field: Field, drawn: bool, t: Texts) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    titles = structure_titles(field.scenario, field.terms.structures)
    handles: list[Patch | Line2D] = []
    labels = []
    for name in field.terms.structures:
        seen = look_of(field.terms, name)
        handles.append(Patch(facecolor=tinted(seen.colour, FULL), hatch=seen.hatch, edgecolor="white"))
        labels.append(literal(t("map-legend-better", structure=titles[name])))
    if any(not cell.contest.told_apart for cell in field.cells):
        handles.append(Patch(facecolor=tinted("#000000", PALE), edgecolor=GREY))
        labels.append(f"? {t('map-legend-open')}")
    if drawn:
        handles.append(Line2D([], [], color="black", linewidth=2.5))
        labels.append(t("map-legend-zero"))
    legend_below(figure, handles, labels)
