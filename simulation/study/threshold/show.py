"""A threshold in the terminal, as a chart, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, sentences
from simulation.report.page.blocks import Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot.field import axis_title, titled
from simulation.report.plot.threshold import draw, scale, segments
from simulation.report.terminal import printed
from simulation.study.threshold.answer import Threshold
from simulation.study.threshold.roots import Point
from simulation.study.threshold.words import values_told
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: Threshold, width: int, t: Texts) -> Iterable[RenderableType]:
    """What it says, then the difference at each value looked at."""
    yield Text(f"{found.scenario.provenance.title}: {axis_title(found.question.variable, t)}", style="bold")
    for said in sentences(found, t):
        yield Text(said)
    yield Text()
    yield from printed(_grid(found, t), width)


def charts(found: Threshold, words: Texts) -> dict[str, Figure]:
    """The difference against the value."""
    return {"threshold": draw(found, words)}


def part(found: Threshold, words: Texts) -> Part:
    """The part of the page: what it says, the chart, the values looked at."""
    said = sentences(found, words)
    pair = {
        "other": words.title(found.titles[found.question.other]),
        "base": words.title(found.titles[found.question.terms.baseline]),
        "measure": titled(found.question.terms, words),
        "what": found.question.variable.title,
    }
    title = f"{words('threshold-title')}: {words.again(found.question.variable.title)}"
    made = Part("threshold", title, [Words(said[0], "lead")])
    if said[1:]:
        made.blocks.append(Bullets(said[1:]))
    made.blocks += [
        picture(draw(found, words), words("threshold-alt", **pair)),
        _grid(found, words),
    ]
    return made


def _grid(found: Threshold, t: Texts) -> Grid:
    """The values looked at: value, difference with its interval, years, and who is better there if that is told."""
    asked = found.question
    shown = scale(found, t)
    unit = f", {shown.unit}" if shown.unit else ""
    with_interval = t("threshold-column-difference", unit=unit, level=Percent(asked.terms.level))
    header = (t("threshold-column-value"), with_interval, t("threshold-column-years"), t("threshold-column-better"))
    values = values_told(asked.variable, [point.value for point in found.curve], found.scenario.currency)
    rows = []
    for value, point in zip(values, found.curve, strict=True):
        cells = (
            Cell(shown.text(point.mean, signed=True), shown.interval(point.low, point.high, signed=True)),
            Cell(str(point.replications)),
            Cell(_better(found, point, t), words=True),
        )
        rows.append(Row(t.written(value), cells))
    return Grid(t("threshold-table"), header, rows, folded=True)


def _better(found: Threshold, point: Point, t: Texts) -> str:
    """Who is better at a value, by the stretch of the range that it lies in."""
    for begin, end, sign in segments(found):
        if begin <= point.value <= end and sign:
            return t.title(found.titles[found.winner(sign)])
    return t("threshold-open-here")


SHOWING = Showing(terminal, charts, part)
