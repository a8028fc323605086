"""The horizon in the terminal, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.analysis.catalogue import describe
from simulation.analysis.measure_words import measure_title
from simulation.report.findings import Showing, begun, printed, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import scale_of
from simulation.report.page.blocks import Part
from simulation.study.horizon.answer import Horizon
from simulation.texts import Month, Texts

if TYPE_CHECKING:
    from rich.console import RenderableType


def terminal(found: Horizon, width: int, t: Texts) -> Iterable[RenderableType]:
    """What would change the winner, and what each structure has brought month by month."""
    return printed(part(found, t), width)


def part(found: Horizon, t: Texts) -> Part:
    """The part of the page."""
    said, rows = sentences(found, t), found.cumulated
    blocks = begun(said)
    values = rows.to_numpy().ravel().tolist()
    scale = scale_of(describe(found.by).unit, values, (), found.scenario.currency, t.language)
    measure = measure_title(t, found.by, bare=found.comparison.bare)
    header = [t("horizon-month"), *(t.title(found.comparison.titles[name]) for name in rows.columns)]
    table = [
        Row(t.written(Month(month.date())), [Cell(scale.text(value)) for value in row])
        for month, row in zip(rows.index, rows.to_numpy().tolist(), strict=True)
    ]
    title = t("horizon-table", measure=f"{measure}, {scale.unit}" if scale.unit else measure)
    blocks.append(Grid(title, header, table))
    return Part("horizon", t("horizon-title"), blocks)


SHOWING = Showing(terminal, part)
