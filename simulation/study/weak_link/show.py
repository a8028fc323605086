"""Weak links in the terminal, as charts, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.report.findings import Showing, printed
from simulation.report.page.blocks import Part, picture
from simulation.report.page.parts import weak_links
from simulation.report.plot.comparison import weak_link
from simulation.report.plot.style import figure_of
from simulation.report.reading import Reading
from simulation.study.weak_link.answer import WeakLinks
from simulation.texts import Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: WeakLinks, width: int, t: Texts) -> Iterable[RenderableType]:
    """What each change adds, and which is the weak link."""
    return printed(_part(found, t), width)


def charts(found: WeakLinks, t: Texts) -> dict[str, Figure]:
    """What each change of a structure adds, a chart for each structure."""
    return {name: figure_of(weak_link(found.result, each, lang=t.language)) for name, each in found.links.items()}


def part(found: WeakLinks, t: Texts) -> Part:
    """The part of the page."""
    made = _part(found, t)
    for each, figure in zip(found.sentences, charts(found, t).values(), strict=True):
        made.blocks.append(picture(figure, t.again(each)))
    return made


def _part(found: WeakLinks, t: Texts) -> Part:
    return Part("weak-link", t("weak-link-title"), weak_links(Reading(found.result, t, links=found.links)))


SHOWING = Showing(terminal, part, charts)
