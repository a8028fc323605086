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
    figure_grids,
    figures_grid,
    left_out_grid,
    main_grid,
    scores_grid,
    splits_grid,
    stages_grid,
    unknown_grid,
    unknown_short,
)
from simulation.report.page.blocks import Block, Bullets, Part, Words, picture
from simulation.report.page.write import rendered_page
from simulation.report.terminal import printed
from simulation.texts import Day, Texts, texts

if TYPE_CHECKING:
    from rich.console import RenderableType

CAUTIONS = ("calibration-few", "calibration-broken")
"""Sentences that stand apart, above everything."""
SHOWN = 14
"""Figures that the terminal shows."""


def calibration_page(found: Calibration, language: str = "en") -> str:
    """The page of a calibration: HTML that needs no other file.

    Raises:
        ValueError: there is no such language.
    """
    t = texts(language)
    said, remarks = ([t.again(each) for each in some] for some in (found.headlines, found.remarks))
    cautions = [each.key in CAUTIONS for each in found.headlines]
    lead = cautions.index(False)
    kinds = ["lead" if n == lead else "caution" if caution else "plain" for n, caution in enumerate(cautions)]
    told = [Words(each, kind) for each, kind in zip(said, kinds, strict=True)]
    titles = {key: t(f"calibration-{key}") for key in ("figures", "unknown", "remarks")}
    parts = [
        Part("calibration", t("calibration-page-said"), [*told, main_grid(found, t)]),
        Part("figures", titles["figures"], [Words(t("calibration-figures-words")), stages_grid(found, t)]),
        Part("unknown", titles["unknown"], [unknown_short(found, t)]),
    ]
    appendix = [
        Part("figures", titles["figures"], [Words(t("calibration-figures-words")), *figure_grids(found, t)]),
        Part("unknown", titles["unknown"], [unknown_grid(found, t)]),
    ]
    if found.tested is not None:
        parts.insert(1, backtest_part(found.tested, t))
        appendix.insert(0, backtest_details(found.tested, t))
    if remarks:
        parts.append(Part("remarks", titles["remarks"], [Bullets(remarks)]))
        appendix.append(Part("remarks", titles["remarks"], [Bullets(remarks)]))
    if found.records.left_out:
        appendix.append(Part("left-out", t("calibration-left-out-table"), [left_out_grid(found, t)]))
    files = ", ".join(found.records.files)
    return rendered_page(t("calibration-page-title"), files, t, parts, _today(t), appendix)


def backtest_page(found: Backtest, language: str = "en") -> str:
    """The page of a back-test.

    Raises:
        ValueError: there is no such language.
    """
    t = texts(language)
    front, details = backtest_part(found, t), [backtest_details(found, t)]
    return rendered_page(t("calibration-backtest-title"), "", t, [front], _today(t), details)


def backtest_part(found: Backtest, t: Texts) -> Part:
    """How far the forecast may be trusted, with the weeks that were forecast."""
    said = [t.again(each) for each in found.sentences]
    blocks: list[Block] = [
        Words(said[0], "lead"),
        *(Words(each) for each in said[1:]),
        picture(charts.weeks(found, t.language), t("calibration-alt-weeks")),
    ]
    return Part("backtest", t("calibration-backtest-title"), blocks)


def backtest_details(found: Backtest, t: Texts) -> Part:
    """Each date, the scores, and where what came lay among the forecast years."""
    blocks: list[Block] = [
        splits_grid(found, t),
        scores_grid(found, t),
        picture(charts.places(found, t.language), t("calibration-alt-places")),
    ]
    return Part("backtest", t("calibration-backtest-details"), blocks)


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
