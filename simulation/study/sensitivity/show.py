"""How sensitivity is shown: a table of the inputs, a chart, and both on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, sentences
from simulation.report.numbers import Scale, percent, scale_of
from simulation.report.page.blocks import Block, Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot import sensitivity as plot
from simulation.report.plot.style import figure_of
from simulation.report.reading import measure_title
from simulation.report.terminal import printed
from simulation.study.inputs import Input
from simulation.study.question import Question, value_of
from simulation.study.sensitivity.answer import Sensitivity
from simulation.study.sensitivity.morris import Morris
from simulation.study.sensitivity.sobol import Sobol
from simulation.study.sensitivity.tornado import End, Tornado
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType

ROWS = 15
"""Inputs in the terminal; the files have all."""


def terminal(found: Sensitivity, width: int, t: Texts) -> Iterable[RenderableType]:
    """Heading, the inputs that move the difference most, and what it says."""
    made = grid_of(found, t)
    yield Text(f"{found.scenario.provenance.title}: {made.title}", "bold")
    yield Text()
    yield from printed(replace(made, title="", rows=made.rows[:ROWS]), width)
    yield Text()
    for said in sentences(found, t):
        yield Text(said)


def charts(found: Sensitivity, t: Texts) -> dict[str, Figure]:
    """The chart of the method."""
    match found:
        case Tornado():
            return {"tornado": figure_of(plot.tornado(found, lang=t.language))}
        case Morris():
            return {"morris": figure_of(plot.morris(found, lang=t.language))}
    return {"sobol": figure_of(plot.sobol(found, lang=t.language))}


def part(found: Sensitivity, t: Texts) -> Part:
    """The part of the page: what it says, the chart, all inputs."""
    said = sentences(found, t)
    [(name, figure)] = charts(found, t).items()
    blocks: list[Block] = [
        Words(said[0], "lead"),
        Bullets(said[1:]),
        picture(figure, t(f"sensitivity-alt-{name}")),
        grid_of(found, t),
    ]
    return Part("sensitivity", t("sensitivity-title"), blocks)


SHOWING = Showing(terminal=terminal, charts=charts, part=part)


def grid_of(found: Sensitivity, t: Texts) -> Grid:
    """A row for each input."""
    level = Percent(found.question.level)
    match found:
        case Tornado():
            columns: Sequence[str] = ("range", "low", "high", "years", "flips")
            rows, note = _tornado_rows(found, t), t("sensitivity-note-tornado", level=level)
        case Morris():
            columns = ("range", "size", "mu", "sigma", "floor")
            rows, note = _morris_rows(found, t), t("sensitivity-note-effects", level=level)
        case _:
            columns = ("range", "first", "total")
            rows, note = _sobol_rows(found, t), t("sensitivity-note-shares", level=level)
    header = ["", *(t(f"sensitivity-column-{name}") for name in columns)]
    return Grid(_heading(found.question, t), header, rows, note, folded=len(rows) > ROWS)


def _tornado_rows(found: Tornado, t: Texts) -> list[Row]:
    asked = found.question
    values = [end.difference.mean for bar in found.bars for end in bar.ends]
    scale = _scale(asked, [found.base.mean, *values], t)

    def cell(end: End) -> Cell:
        difference = end.difference
        interval = scale.interval(difference.joint_low, difference.joint_high, signed=True)
        return Cell(scale.text(difference.mean, signed=True), interval, strong=end.flips)

    rows = []
    for bar in found.bars:
        flips = t("sensitivity-yes" if bar.flips else "sensitivity-no")
        years = Cell(str(bar.years))
        cells = [Cell(range_of(asked, bar.input, t), words=True), cell(bar.low), cell(bar.high), years]
        rows.append(Row(input_label(bar.input, t), [*cells, Cell(flips, words=True)], scale.unit, _is_path(bar.input)))
    return rows


def _morris_rows(found: Morris, t: Texts) -> list[Row]:
    asked = found.question
    scale = _scale(asked, [each.size for each in found.effects], t)
    rows = []
    for each in found.effects:
        cells = [
            Cell(range_of(asked, each.input, t), words=True),
            Cell(scale.text(each.size), f"± {scale.text(each.error)}", strong=each.shown),
            Cell(scale.text(each.mu, signed=True)),
            Cell(scale.text(each.sigma)),
            Cell(scale.text(each.floor)),
        ]
        rows.append(Row(input_label(each.input, t), cells, scale.unit, _is_path(each.input)))
    return rows


def _sobol_rows(found: Sobol, t: Texts) -> list[Row]:
    rows = []
    for each in found.indices:
        cells = [Cell(range_of(found.question, each.input, t), words=True)]
        for share, error in ((each.first, each.first_error), (each.total, each.total_error)):
            cells.append(Cell(percent(share, t.language), f"± {percent(error, t.language)}", strong=each.shown))
        rows.append(Row(input_label(each.input, t), cells, "", _is_path(each.input)))
    return rows


def range_of(asked: Question, each: Input, t: Texts) -> str:
    """'5 % … 40 %'."""
    currency = asked.scenario.currency
    return " … ".join(t.written(value_of(each.variable, value, currency)) for value in (each.low, each.high))


def input_label(each: Input, t: Texts) -> str:
    """Name of an input in a table."""
    text = t.again(each.variable.title)
    return text if _is_path(each) else text[:1].upper() + text[1:]


def _is_path(each: Input) -> bool:
    return str(each.variable.title) == each.name and "." in each.name


def _heading(asked: Question, t: Texts) -> str:
    return t("sensitivity-table", measure=measure_title(t, asked.measure), **plot.pair(asked, t))


def _scale(asked: Question, values: Sequence[float], t: Texts) -> Scale:
    return scale_of(asked.known.unit, values, (), asked.scenario.currency, t.language)
