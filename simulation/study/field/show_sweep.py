"""A sweep in the terminal, as charts, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings.points import PointTable
from simulation.report.findings.showing import Showing, sentences
from simulation.report.page.blocks import Bullets, Grid, Part, Words, picture
from simulation.report.plot import field, sweeps
from simulation.report.terminal import printed
from simulation.study.field.show import field_grid, lines
from simulation.study.field.sweep import Sweep
from simulation.study.field.sweep_words import ordered
from simulation.study.points import Point
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType

MOST_PRINTED = 30
"""Points that the terminal lists."""
MOST_ROWS = 200
"""Points that the page lists; all stand in the CSV file."""


def terminal(found: Sweep, width: int, t: Texts) -> Iterable[RenderableType]:
    """Sentences, then what happens at each point where they are few."""
    yield Text(found.scenario.provenance.title, style="bold")
    yield from lines(found, t)
    if found.is_field:
        yield Text()
        yield from printed(field_grid(field.field_of(found), t), width)
    elif len(found.points) <= MOST_PRINTED:
        yield Text()
        yield from printed(replace(_grid(found, t), title="", note=""), width)


def charts(found: Sweep, words: Texts) -> dict[str, Figure]:
    """One variable: lines; a grid of two: the field; else a scatter for each structure against the baseline."""
    if len(found.variables) == 1:
        return {"sweep": sweeps.along(found, words)}
    if found.is_field:
        return {"sweep": field.draw(field.field_of(found), words)}
    others = found.terms.others
    return {"sweep" if len(others) == 1 else name: sweeps.scatter(found, name, words) for name in others}


def part(found: Sweep, words: Texts) -> Part:
    """The sweep on the page."""
    said = sentences(found, words)
    made = Part("sweep", words("sweep-title"), [Words(said[0], "lead")])
    if said[1:]:
        made.blocks.append(Bullets(said[1:]))
    made.blocks += [
        picture(figure, " ".join(said[:2]), _caption(found, words)) for figure in charts(found, words).values()
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


SHOWING = Showing(terminal, charts, part)
