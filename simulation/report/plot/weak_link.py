"""The weak link: what one more person, or one more point of conversion, adds to profit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.results import Result
from simulation.report.plot.style import (
    axes_of,
    clear,
    empty,
    finished,
    literal,
    look,
    numbered,
    of_years,
    scale_for,
    title_of,
    words,
    wrapped,
)
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@of_years
def weak_link(result: Result, found: WeakLink, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """What each link of a structure adds to profit: means with the interval that holds for all links together.

    A filled mark can be told from nothing, a hollow one cannot. People stand above, points of conversion below, the
    one that adds most first.

    Args:
        result: the result that the links were made from.
        found: the links of one of its structures (``simulation.study.weak_link.answer.weak_link``).
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Raises:
        KeyError: the result has no such structure.
    """
    t, seen = words(result, lang), look(result, found.structure)
    links = [*found.people, *found.conversions]
    axes = axes_of(ax, 1.3 + 0.42 * max(2, len(links)))
    title = t("chart-weak-link", structure=title_of(result, found.structure, t), level=Percent(result.level))
    if not links:
        return empty(finished(axes, title), t("chart-no-links"))
    ends = [(link.difference.joint_low, link.difference.joint_high) for link in links]
    scale = scale_for(result, "money", [link.difference.mean for link in links], t)
    names = []
    for n, (link, (low, high)) in enumerate(zip(links, ends, strict=True)):
        y, mean = len(links) - 1 - n, link.difference.mean
        if np.isfinite(low) and np.isfinite(high):
            axes.plot([low, high], [y, y], color=seen.colour, linewidth=3, solid_capstyle="butt", alpha=0.7)
        face = seen.colour if link.difference.told_apart else "white"
        axes.plot([mean], [y], "D", color=face, markeredgecolor=seen.ink, markersize=8, markeredgewidth=1.5)
        text = literal(scale.text(mean, signed=True))
        axes.annotate(text, (mean, y), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=9, bbox=clear())
        key = "page-one-more" if link.kind == "person" else "page-one-point"
        names.append(wrapped(literal(t(key, name=t.title(link.name))), 34))
    axes.set_yticks(range(len(links)), list(reversed(names)))
    if found.people and found.conversions:
        axes.axhline(len(found.conversions) - 0.5, color="black", linewidth=0.5, linestyle=":")
    axes.set_ylim(-0.5, len(links) - 0.3)
    axes.axvline(0, color="black", linewidth=1)
    axes.margins(x=0.08)
    numbered(axes.xaxis, scale, t("chart-adds-to-profit"))
    return finished(axes, title, grid="x")
