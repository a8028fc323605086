"""The page of a calibration or of a back-test, and what the terminal shows of either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.calibration.backtest import Backtest
from simulation.calibration.calibrate import Calibration
from simulation.report.calibration import charts
from simulation.report.calibration.tables import (
    figures_grid,
    left_out_grid,
    scores_grid,
    splits_grid,
    unknown_grid,
)
from simulation.report.page.blocks import Block, Part, Words, picture
from simulation.report.page.write import rendered_page
from simulation.report.terminal import printed
from simulation.texts import Day, Texts, texts

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 14
"""Figures that the terminal shows."""


def calibration_page(found: Calibration, language: str = "en") -> str:
    """The page of a calibration: HTML that needs no other file.

    Raises:
        ValueError: there is no such language.
    """
    t = texts(language)
    said = [t.again(each) for each in found.sentences]
    parts = [
        Part("calibration", t("calibration-page-said"), [Words(said[0], "lead"), *(Words(each) for each in said[1:])]),
        Part("figures", t("calibration-figures"), [Words(t("calibration-figures-words")), figures_grid(found, t)]),
        Part("unknown", t("calibration-unknown"), [unknown_grid(found, t)]),
    ]
    if found.tested is not None:
        parts.insert(1, backtest_part(found.tested, t))
    if found.records.left_out:
        parts.append(Part("left-out", t("calibration-left-out-table"), [left_out_grid(found, t)]))
    files = ", ".join(found.records.files)
    return rendered_page(t("calibration-page-title"), files, t, parts, _today(t))


def backtest_page(found: Backtest, language: str = "en") -> str:
    """The page of a back-test.

    Raises:
        ValueError: there is no such language.
    """
    t = texts(language)
    return rendered_page(t("calibration-backtest-title"), "", t, [backtest_part(found, t)], _today(t))


def backtest_part(found: Backtest, t: Texts) -> Part:
    """How far the forecast may be trusted, with charts and scores."""
    said = [t.again(each) for each in found.sentences]
    blocks: list[Block] = [
        Words(said[0], "lead"),
        *(Words(each) for each in said[1:]),
        picture(charts.weeks(found, t.language), t("calibration-alt-weeks")),
        splits_grid(found, t),
        scores_grid(found, t),
        picture(charts.places(found, t.language), t("calibration-alt-places")),
    ]
    return Part("backtest", t("calibration-backtest-title"), blocks)


def terminal(found: Calibration, width: int, language: str = "en") -> Iterable[RenderableType]:
    """What a calibration says, its first figures and what no record tells."""
    t = texts(language)
    for each in found.sentences:
        yield Text(t.again(each))
    grid = figures_grid(found, t)
    yield from printed(replace(grid, rows=grid.rows[:SHOWN], note=""), width)
    yield from printed(unknown_grid(found, t), width)


def backtest_terminal(found: Backtest, width: int, language: str = "en") -> Iterable[RenderableType]:
    """What a back-test says, date by date, and its scores."""
    t = texts(language)
    yield from printed(splits_grid(found, t), width)
    yield from printed(scores_grid(found, t), width)
    for each in found.sentences:
        yield Text(t.again(each))


def _today(t: Texts) -> str:
    return t.written(Day(datetime.now(UTC).date()))
