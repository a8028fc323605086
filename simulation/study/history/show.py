"""The own year in the terminal, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.report.findings import Showing, sentences
from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import scale_of
from simulation.report.page.blocks import Block, Part, Words
from simulation.report.result_tables import history_report
from simulation.study.history.answer import OwnYear
from simulation.texts import Texts, language_of, texts

if TYPE_CHECKING:
    from rich.console import RenderableType


def terminal(found: OwnYear, width: int, t: Texts) -> Iterable[RenderableType]:
    """Everything about the year."""
    return history_report(
        found.check, found.scenario.provenance.title, t or texts(language_of(found.scenario.locale)), width
    )


def part(found: OwnYear, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    rows = []
    for row in found.check.rows:
        scale = scale_of(row.unit, [row.given, row.mean], [(row.high - row.low) / 2], found.check.currency, t.language)
        cells = [
            Cell(scale.text(row.given)),
            Cell(scale.text(row.mean)),
            Cell(scale.interval(row.p05, row.p95)),
            Cell(t("history-yes" if row.inside else "history-no"), strong=not row.inside, words=True),
        ]
        rows.append(Row(t.again(row.title), cells, scale.unit))
    header = [
        t(f"history-{name}", span=found.check.span)
        for name in ("number-column", "yours", "simulated", "nine-of-ten", "fit")
    ]
    blocks: list[Block] = [
        Words(said[0], "lead"),
        *(Words(each) for each in said[1:]),
        Grid(t("history-title"), header, rows),
    ]
    return Part("history", t("history-title"), blocks)


SHOWING = Showing(terminal, part)
