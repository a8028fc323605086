"""How a choice under uncertain inputs is shown: what it says, what each input is worth, and charts of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, sentences
from simulation.report.numbers import percent, plain, scale_of
from simulation.report.page.blocks import Block, Bullets, Cell, Grid, Part, Row, Words, picture
from simulation.report.plot import uncertainty as plot
from simulation.report.plot.style import figure_of
from simulation.report.terminal import printed
from simulation.study.sensitivity.show import input_label, range_of
from simulation.study.uncertainty.finding import Uncertainty
from simulation.texts import Percent, Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType

ROWS = 10
"""Inputs in the terminal; the files have all."""


def terminal(found: Uncertainty, width: int, t: Texts) -> Iterable[RenderableType]:
    """What it says, and the inputs that it is worth most to know."""
    yield Text()
    yield Text(t("uncertainty-title"), "bold")
    for said in sentences(found, t):
        yield Text(said)
    yield Text()
    made = grid_of(found, t)
    yield from printed(replace(made, rows=made.rows[:ROWS]), width)


def charts(found: Uncertainty, t: Texts) -> dict[str, Figure]:
    """The law of the difference over the inputs, and what each input is worth."""
    return {
        "uncertainty": plot.law(found, lang=t.language),
        "worth": figure_of(plot.worth(found, lang=t.language)),
    }


def part(found: Uncertainty, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    drawn = charts(found, t)
    blocks: list[Block] = [
        Words(said[0], "lead"),
        Bullets(said[1:]),
        picture(drawn["uncertainty"], t("uncertainty-alt-law")),
        picture(drawn["worth"], t("uncertainty-alt-worth")),
        grid_of(found, t),
    ]
    return Part("uncertainty", t("uncertainty-title"), blocks)


SHOWING = Showing(terminal=terminal, charts=charts, part=part)


def grid_of(found: Uncertainty, t: Texts) -> Grid:
    """What each input is worth."""
    asked = found.question
    values = [edge for each in found.measurements for edge in (each.worth.value, each.worth.high)]
    scale = scale_of(asked.known.unit, values, (), asked.scenario.currency, t.language)
    rows = []
    for each in found.measurements:
        interval = scale.interval(each.worth.low, each.worth.high)
        cells = [
            Cell(range_of(asked, each.input, t), words=True),
            Cell(scale.text(each.worth.value), interval, strong=each.shown),
            Cell(plain(100.0 * each.fall, 1, t.language)),
            Cell(percent(each.explains, t.language)),
            Cell(t("uncertainty-yes" if each.shown else "uncertainty-no"), words=True),
        ]
        name = input_label(each.input, t)
        rows.append(Row(name, cells, path=name == each.input.name))
    worth = t("uncertainty-column-worth")
    header = ["", t("uncertainty-column-range"), f"{worth}, {scale.unit}" if scale.unit else worth]
    header += [t(f"uncertainty-column-{name}") for name in ("fall", "explains", "shown")]
    note = t("uncertainty-inputs-note", level=Percent(found.level))
    return Grid(t("uncertainty-inputs"), header, rows, note, folded=len(rows) > ROWS)
