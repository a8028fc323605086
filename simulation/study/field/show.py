"""A map in the terminal, as a chart, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings.showing import Showing, sentences
from simulation.report.page.blocks import Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot import field
from simulation.report.plot.field import Field
from simulation.report.terminal import tables
from simulation.scenario.titles import structure_titles
from simulation.study.field.winner_map import WinnerMap
from simulation.study.finding import Finding
from simulation.study.points import Contest, split_text, told
from simulation.texts import Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType

MOST_COLUMNS = 8
"""Columns of a table; of a wider field every second, third, … one is shown."""


def terminal(found: WinnerMap, width: int, t: Texts) -> Iterable[RenderableType]:
    """Sentences, then the winner in each cell."""
    yield Text(found.scenario.provenance.title, style="bold")
    yield from lines(found, t)
    yield Text()
    yield from tables(field_grid(field.field_of(found), t), width)


def lines(found: Finding, words: Texts) -> Iterator[RenderableType]:
    """The sentences of a finding, a paragraph each."""
    for each in sentences(found, words):
        yield Text(each)


def charts(found: WinnerMap, words: Texts) -> dict[str, Figure]:
    """The map."""
    return {"map": field.draw(field.field_of(found), words)}


def part(found: WinnerMap, words: Texts) -> Part:
    """The map on the page."""
    said, shown = sentences(found, words), field.field_of(found)
    made = Part("map", words("map-title"), [Words(said[0], "lead")])
    if said[1:]:
        made.blocks.append(Bullets(said[1:]))
    caption = words("map-caption", numbers=shown.numbers_title(words), unit=shown.scale(words).unit)
    made.blocks += [picture(figure, " ".join(said[:2]), caption) for figure in charts(found, words).values()]
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


SHOWING = Showing(terminal, charts, part)
