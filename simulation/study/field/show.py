"""How a sweep and a map are shown: in the terminal, as charts, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, begun, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import Scale, scale_of
from simulation.report.page.blocks import Part, picture
from simulation.report.plot import field, sweeps
from simulation.report.plot.field import Field, differences_scale
from simulation.report.terminal import printed, tables
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.field.sweep import Sweep
from simulation.study.field.winner_map import WinnerMap
from simulation.study.field.words import ordered
from simulation.study.kind import Finding
from simulation.study.points import Contest, Point, split_text, told
from simulation.study.terms import Terms
from simulation.study.variation import Variable
from simulation.texts import Percent, Sure, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


MOST_COLUMNS = 8
"""Columns of a table; of a wider field every second, third, … one is shown."""


def print_map(found: WinnerMap, width: int, t: Texts) -> Iterable[RenderableType]:
    """Sentences, then the winner in each cell."""
    yield Text(t.title(found.scenario.provenance.title), style="bold")
    yield from lines(found, t)
    yield Text()
    yield from tables(field_grid(field.field_of(found), t), width)


def lines(found: Finding, words: Texts) -> Iterator[RenderableType]:
    """The sentences of a finding, a paragraph each."""
    for each in sentences(found, words):
        yield Text(each)


def draw_map(found: WinnerMap, words: Texts) -> dict[str, Figure]:
    """The map."""
    return {"map": field.draw(field.field_of(found), words)}


def map_part(found: WinnerMap, words: Texts) -> Part:
    """The map on the page."""
    said, shown = sentences(found, words), field.field_of(found)
    made = Part("map", words("map-title"), begun(said))
    caption = words("map-caption", numbers=shown.numbers_title(words), unit=shown.scale(words).unit)
    made.blocks += [picture(figure, " ".join(said[:2]), caption) for figure in draw_map(found, words).values()]
    made.blocks.append(field_grid(shown, words))
    if any(found.borders[n].crossed for n in (0, 1)):
        made.blocks.append(_borders(found, words))
    if found.resplit:
        made.blocks.append(_splits(found, words))
    return made


def field_grid(shown: Field, words: Texts) -> Grid:
    """The winner in each cell as a table."""
    columns, heights = _columns(shown, words), _heights(shown, words)
    scale = shown.scale(words)
    rows = [
        Row(height, [_cell(shown, shown.cells[row * shown.shape[1] + n].contest, words) for n, _ in columns])
        for row, height in heights
    ]
    x, y = (words.again(each.variable.title) for each in (shown.x, shown.y))
    title = words("map-table", numbers=shown.numbers_title(words), unit=scale.unit)
    corner = words("map-table-corner", x=x, y=y)
    return Grid(title, [corner, *(name for _, name in columns)], rows, words("map-table-note", x=x, y=y))


def _cell(shown: Field, found: Contest, words: Texts) -> Cell:
    if not found.best:
        return Cell("–", words=True)
    titles = structure_titles(shown.scenario, shown.terms.structures)
    name = words.title(titles[found.best])
    number = shown.scale(words).text(shown.number(found), signed=len(shown.terms.others) == 1)
    return Cell(name if found.told_apart else f"? {name}", number, strong=found.told_apart, words=True)


def _columns(shown: Field, words: Texts) -> list[tuple[int, str]]:
    """Places along x and their values."""
    amounts = told(shown.x.variable, shown.x.values, shown.scenario.currency)
    return [(n, words.written(amounts[n])) for n in field.even(len(amounts), MOST_COLUMNS)]


def _heights(shown: Field, words: Texts) -> list[tuple[int, str]]:
    """Rows from above: the highest value of y first, as in the chart."""
    amounts = told(shown.y.variable, shown.y.values, shown.scenario.currency)
    return [(n, words.written(amounts[n])) for n in reversed(range(len(amounts)))]


def _borders(found: WinnerMap, words: Texts) -> Grid:
    """Where the one ahead changes, line by line."""
    along, across = (found.x, found.y) if found.border.along == "x" else (found.y, found.x)
    currency, titles = found.scenario.currency, found.titles
    heights = told(across.variable, across.values, currency)
    rows = []
    for height, line in zip(heights, found.border.lines, strict=True):
        for one in line:
            at = told(along.variable, [*along.values, one.at], currency)[-1]
            ends = [
                "–" if end is None else words.written(told(along.variable, [*along.values, end], currency)[-1])
                for end in (one.low, one.high)
            ]
            change = words("map-borders-from-to", before=titles[one.before], after=titles[one.after])
            cells = [Cell(change, words=True), Cell(words.written(at)), Cell(f"{ends[0]} … {ends[1]}")]
            rows.append(Row(words.written(height), cells))
    header = [
        words.again(across.variable.title),
        *(words(f"map-borders-{name}") for name in ("change", "at", "between")),
    ]
    return Grid(words("map-borders-table", x=words.again(along.variable.title)), header, rows)


def _splits(found: WinnerMap, words: Texts) -> Grid:
    """The splits that were chosen, by cell."""
    shown = field.field_of(found)
    columns = _columns(shown, words)
    rows = [
        Row(
            height,
            [
                Cell("; ".join(split_text(heads) for heads in found.row(row)[n].splits.values() if len(heads) > 1))
                for n, _ in columns
            ],
        )
        for row, height in _heights(shown, words)
    ]
    x, y = (words.again(each.variable.title) for each in (found.x, found.y))
    corner = words("map-table-corner", x=x, y=y)
    return Grid(words("map-splits-table"), [corner, *(name for _, name in columns)], rows, folded=True)


MAP = Showing(print_map, map_part, draw_map)


MOST_PRINTED = 30
"""Points that the terminal lists."""
MOST_ROWS = 200
"""Points that the page lists; all stand in the CSV file."""


def print_sweep(found: Sweep, width: int, t: Texts) -> Iterable[RenderableType]:
    """Sentences, then what happens at each point where they are few."""
    yield Text(t.title(found.scenario.provenance.title), style="bold")
    yield from lines(found, t)
    if found.is_field:
        yield Text()
        yield from printed(field_grid(field.field_of(found), t), width)
    elif len(found.points) <= MOST_PRINTED:
        yield Text()
        yield from printed(replace(_grid(found, t), title="", note=""), width)


def draw_sweep(found: Sweep, words: Texts) -> dict[str, Figure]:
    """One variable: lines; a grid of two: the field; else a scatter for each structure against the baseline."""
    if len(found.variables) == 1:
        return {"sweep": sweeps.along(found, words)}
    if found.is_field:
        return {"sweep": field.draw(field.field_of(found), words)}
    others = found.terms.others
    return {"sweep" if len(others) == 1 else name: sweeps.scatter(found, name, words) for name in others}


def sweep_part(found: Sweep, words: Texts) -> Part:
    """The sweep on the page."""
    said = sentences(found, words)
    made = Part("sweep", words("sweep-title"), begun(said))
    made.blocks += [
        picture(figure, " ".join(said[:2]), _caption(found, words)) for figure in draw_sweep(found, words).values()
    ]
    if found.is_field:
        made.blocks.append(field_grid(field.field_of(found), words))
    made.blocks.append(_grid(found, words))
    return made


def _grid(found: Sweep, words: Texts) -> Grid:
    """What happens at each point, the first of them."""
    table = PointTable(found.scenario, found.variables, _points(found), found.terms, words)
    title = words("sweep-grid-title" if len(found.variables) == 1 else "sweep-points-title")
    note = table.note
    if len(found.points) > MOST_ROWS:
        note = f"{note} {words('sweep-more-points', shown=MOST_ROWS, points=len(found.points))}"
    return Grid(title, table.header, table.rows(MOST_ROWS), note, folded=len(found.variables) > 1)


def _points(found: Sweep) -> list[Point]:
    return ordered(found) if len(found.variables) == 1 else list(found.points)


def _caption(found: Sweep, words: Texts) -> str:
    titles, base = found.titles, found.terms.baseline
    if len(found.variables) == 1:
        return words("sweep-one-caption", level=Percent(found.terms.level), baseline=titles[base])
    if found.is_field:
        return field_caption(found, words)
    return words("sweep-scatter-caption")


def field_caption(found: Sweep, words: Texts) -> str:
    """What the field shows."""
    shown = field.field_of(found)
    return words("map-caption", numbers=shown.numbers_title(words), unit=shown.scale(words).unit)


SWEEP = Showing(print_sweep, sweep_part, draw_sweep)


class PointTable:
    """The rows of points in a language.

    Attributes:
        means: scale of the means.
        less: scale of the differences.
    """

    def __init__(
        self, scenario: Scenario, variables: Sequence[Variable], points: Sequence[Point], agreed: Terms, texts: Texts
    ) -> None:
        """Scales are made for all points together."""
        self._scenario, self._variables, self._points, self._terms, self._t = scenario, variables, points, agreed, texts
        self.titles = structure_titles(scenario, agreed.structures)
        means = [each for point in points for each in point.contest.means.values()]
        unit = agreed.known.unit
        widths = [(each.high - each.low) / 2 for each in means]
        self.means: Scale = scale_of(unit, [each.mean for each in means], widths, scenario.currency, texts.language)
        self.less: Scale = differences_scale(scenario, agreed, points, texts)

    @property
    def header(self) -> list[str]:
        """Titles of the columns, that of the labels first."""
        t, base = self._t, self._terms.baseline
        less = [t("sweep-header-difference", one=self.titles[n], other=self.titles[base]) for n in self._terms.others]
        units = [self.means.unit] * len(self.titles) + [self.less.unit] * len(less)
        names = [*(t.title(self.titles[name]) for name in self._terms.structures), *less]
        return [
            self.label_title,
            *(f"{name}, {unit}" if unit else name for name, unit in zip(names, units, strict=True)),
            t("sweep-header-winner"),
            t("sweep-header-sure"),
        ]

    @property
    def label_title(self) -> str:
        """What the labels are."""
        return "; ".join(self._t.again(each.title) for each in self._variables)

    @property
    def labels(self) -> list[str]:
        """The values of each point."""
        columns = [
            told(what, [point.values[n] for point in self._points], self._scenario.currency)
            for n, what in enumerate(self._variables)
        ]
        return ["; ".join(self._t.written(column[k]) for column in columns) for k in range(len(self._points))]

    def winner(self, found: Contest) -> str:
        """Who is better, or that it is open and who is ahead."""
        if found.told_apart:
            return self._t.title(self.titles[found.best])
        return self._t("sweep-open-cell")

    def sure(self, found: Contest) -> str:
        """How sure it is."""
        known = found.told_apart or found.looks == 1
        return self._t.written(Sure(found.confidence, bound=self._bound(found))) if known and found.best else "–"

    def _bound(self, found: Contest) -> bool:
        return found.looks > 1 or self._terms.pairs > 1

    def cells(self, point: Point) -> list[Cell]:
        """The cells of a point, without its label."""
        found = point.contest
        made = [
            Cell(
                self.means.text(found.means[name].mean),
                self.means.interval(found.means[name].low, found.means[name].high),
            )
            for name in self._terms.structures
        ]
        for name in self._terms.others:
            less = found.differences[name]
            interval = self.less.interval(less.joint_low, less.joint_high, signed=True)
            made.append(Cell(self.less.text(less.mean, signed=True), interval, strong=less.told_apart))
        ahead = "" if found.told_apart or not found.best else self._t("sweep-ahead", structure=self.titles[found.best])
        made.append(Cell(self.winner(found), ahead, words=True))
        made.append(Cell(self.sure(found)))
        return made

    def rows(self, most: int) -> list[Row]:
        """The rows of the page, the first so many points."""
        return [
            Row(label, self.cells(point)) for label, point in list(zip(self.labels, self._points, strict=True))[:most]
        ]

    @property
    def note(self) -> str:
        """What the intervals are."""
        return self._t("sweep-unit-note", level=Percent(self._terms.level))
