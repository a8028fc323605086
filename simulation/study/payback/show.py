"""A pay-back in the terminal, as a chart, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report.findings import Showing, sentences
from simulation.report.page.blocks import Block, Part, Words, picture
from simulation.report.plot.style import axes_of, figure_of, finished, literal, look, numbered, scale_for
from simulation.study.payback.answer import PaidBack
from simulation.texts import Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: PaidBack, width: int, t: Texts) -> Iterable[RenderableType]:
    """When, in words."""
    yield Text(f"{t.title(found.scenario.provenance.title)}: {t('payback-title')}", "bold")
    yield from (Text(each) for each in sentences(found, t))


def charts(found: PaidBack, t: Texts) -> dict[str, Figure]:
    """The cumulated difference month by month, with the interval of its mean."""
    curve, seen = found.payback.curve, look(found.comparison, found.payback.with_)
    axes = axes_of(None)
    scale = scale_for(found.comparison, "money", curve["mean"].tolist(), t)
    axes.fill_between(curve["number"], curve["low"], curve["high"], color=seen.colour, alpha=0.25, linewidth=0)
    axes.plot(curve["number"], curve["mean"], color=seen.colour, linestyle=seen.line)
    axes.axhline(0, color="black", linewidth=1)
    axes.set_xlabel(t("payback-months"))
    numbered(axes.yaxis, scale, t("payback-cumulated"))
    return {"payback": figure_of(finished(axes, literal(t("payback-title"))))}


def part(found: PaidBack, t: Texts) -> Part:
    """The part of the page."""
    said = sentences(found, t)
    blocks: list[Block] = [
        Words(said[0], "lead"),
        *(picture(each, " ".join(said)) for each in charts(found, t).values()),
    ]
    return Part("payback", t("payback-title"), blocks)


SHOWING = Showing(terminal, part, charts)
