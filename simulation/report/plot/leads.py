"""Charts of the leads: the funnel of each structure, and why leads are lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.catalogue import REASON_TITLES
from simulation.analysis.results import Result
from simulation.report.plot.style import (
    axes_of,
    empty,
    finished,
    headline,
    look,
    new_figure,
    numbered,
    of_years,
    panels_of,
    scale_for,
    title_of,
    words,
    wrapped,
)
from simulation.texts import Percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEPS = ("leads", "answered", "qualified", "won_leads")
"""Measures of the steps of the funnel: of the leads of the period, those that got so far."""


@of_years
def funnel(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """The leads of the period along the funnel of every structure: how many get so far, and what share of the former.

    Leads that are still open are neither won nor lost: the share of the won is of those qualified and decided, and the
    open ones stand beside it.

    Args:
        result: a result or a comparison.
        fig: figure to draw upon; a new one when None.
        lang: language of the words.
    """
    t = words(result, lang)
    figure = new_figure(1.2 + 0.62 * len(STEPS) * -(-len(result.structures) // 2)) if fig is None else fig
    most = max((result.mean(name, "leads") for name in result.structures), default=0.0)
    if most <= 0:
        empty(figure.add_subplot(), t("chart-no-leads-came"))
        return figure
    panels = panels_of(figure, len(result.structures), sharey=True)
    for panel, name in zip(panels, result.structures, strict=True):
        _funnel(panel, result, name, most, lang)
    headline(figure, t("chart-funnel"))
    return figure


def _funnel(ax: Axes, result: Result, structure: str, most: float, lang: str | None) -> None:
    t, seen = words(result, lang), look(result, structure)
    values = [result.mean(structure, name) for name in STEPS]
    at = np.arange(len(STEPS))[::-1]
    ax.barh(at, values, 0.72, color=seen.colour, hatch=seen.hatch, edgecolor="white", linewidth=0.5)
    for n, (y, value) in enumerate(zip(at, values, strict=True)):
        text = t.style.number(value, 0 if value >= 20 or value == 0 else 1)
        still = result.mean(structure, "open_qualified") if STEPS[n] == "won_leads" else 0.0
        if n and values[n - 1] > still and math.isfinite(value):
            share = Percent(value / (values[n - 1] - still))
            number = t.style.number(still, 0 if still >= 10 else 1)
            text += f"  ({t('chart-of-decided', share=share, open=number) if still > 0 else t.written(share)})"
        ax.annotate(text, (value, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(at, [t(f"chart-step-{name.replace('_', '-')}") for name in STEPS])
    ax.set_xlim(0, most * 1.45)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    finished(ax, fill(title_of(result, structure, t), 40), grid="")


@of_years
def lost_leads(result: Result, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Leads lost by reason, a bar for each structure, the most frequent reason first."""
    t = words(result, lang)
    lost: Mapping[str, list[float]] = {
        reason: [result.mean(name, f"lost.{reason}") for name in result.structures] for reason in REASON_TITLES
    }
    found = {reason: values for reason, values in lost.items() if any(value > 0 for value in values)}
    count = len(result.structures)
    axes = axes_of(ax, 1.2 + max(1, len(found)) * ((0.22 if count < 4 else 0.17) * count + 0.16))
    if not found:
        return empty(axes, t("chart-nothing-lost"))
    order = sorted(found, key=lambda reason: max(v for v in found[reason] if not math.isnan(v)))
    height = 0.8 / count
    for n, name in enumerate(result.structures):
        seen = look(result, name)
        at = np.arange(len(order)) + 0.4 - height * (n + 0.5)
        values = [found[reason][n] for reason in order]
        axes.barh(
            at,
            values,
            height,
            color=seen.colour,
            hatch=seen.hatch,
            edgecolor="white",
            linewidth=0.5,
            label=wrapped(title_of(result, name, t), 40),
        )
        for y, value in zip(at, values, strict=True):
            if math.isfinite(value):
                text = t.style.number(value, 0 if value >= 10 or value == 0 else 1)
                axes.annotate(text, (value, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(range(len(order)), [t(f"reason-{reason.replace('_', '-')}") for reason in order])
    axes.margins(x=0.08)
    numbered(axes.xaxis, scale_for(result, "number", np.array(list(found.values())), t), t("chart-leads-of-the-period"))
    if count > 1:
        axes.legend(frameon=False, loc="lower right")
    return finished(axes, t("chart-lost"), grid="x")
