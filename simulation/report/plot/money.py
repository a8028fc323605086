"""Charts of the money: from revenue to profit, and what a buyer of each channel costs and is worth.

Here too: break-even: costs and revenue against volume, with the simulated years.
"""

from __future__ import annotations

import math
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.break_even import break_even as break_even_of
from simulation.analysis.break_even import by_year
from simulation.analysis.quantiles import band
from simulation.analysis.results import Result
from simulation.finance.ledger import ACCOUNTS
from simulation.report.plot.style import (
    BAND,
    GREY,
    axes_of,
    band_words,
    clear,
    empty,
    end_labels,
    finished,
    headline,
    legend_below,
    literal,
    look,
    new_figure,
    numbered,
    of_years,
    panels_of,
    rows_for,
    scale_for,
    sheet,
    title_of,
    words,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


GAINED = "#AAAAAA"
SMALL = 0.01
"""Accounts below this share of the revenue are drawn together."""
FAMILIES = ("acquisition_cost", "lifetime_value", "payback_months")


@of_years
def money_waterfall(
    result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """From revenue to profit, account by account: means over the years of the whole time.

    Raises:
        KeyError: there is no such structure.
    """
    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    seen = look(result, name)
    revenue, taken = _accounts(result, name)
    profit = result.summaries[name]["profit"].mean
    steps = [(t("chart-revenue"), revenue, True), *((t.title(title), -amount, False) for title, amount in taken)]
    small = revenue - sum(amount for _, amount in taken) - profit
    if abs(small) > 1e-6 * max(1.0, abs(revenue)):
        steps.append((t("chart-other-costs"), -small, False))
    steps.append((t("chart-profit") if profit >= 0 else t("chart-loss"), profit, True))
    axes = axes_of(ax, 0.34 * len(steps) + 1.2)
    scale = scale_for(result, "money", [step[1] for step in steps], t)
    level = 0.0
    for n, (_, amount, whole) in enumerate(steps):
        y = len(steps) - 1 - n
        begin = 0.0 if whole else level
        colour = seen.colour if whole else GREY if amount < 0 else GAINED
        hatch = seen.hatch if whole else ""
        axes.barh(y, amount, 0.7, left=begin, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5)
        level = begin + amount
        edge = max(begin, begin + amount)
        text = scale.text(amount, signed=not whole)
        axes.annotate(text, (edge, y), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, bbox=clear())
        if n + 1 < len(steps):
            axes.plot([level, level], [y - 0.35, y - 0.65], color=GREY, linewidth=0.8)
    axes.set_yticks(range(len(steps)), [literal(step[0][:1].upper() + step[0][1:]) for step in reversed(steps)])
    axes.axvline(0, color="black", linewidth=1)
    axes.margins(x=0.1)
    numbered(axes.xaxis, scale, t("chart-mean-of-years"))
    return finished(axes, t("chart-waterfall", structure=title_of(result, name, t)), grid="x")


def _accounts(result: Result, structure: str) -> tuple[float, list[tuple[str, float]]]:
    """Revenue, and what is spent on each account that is not small (title, amount), in the order of the accounts."""
    found = result.summaries[structure]
    revenue = found["revenue"].mean
    rows = []
    for account in ACCOUNTS:
        value = found.get(f"account.{account.name}")
        if value is None or account.group == "revenue":
            continue
        if abs(value.mean) >= SMALL * abs(revenue) and value.mean:
            rows.append((account.title, abs(value.mean)))
    return revenue, rows


@of_years
def channel_economics(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """What winning a buyer of each channel costs, what a buyer is worth, and the months until one covers the other."""
    t = words(result, lang)
    channels = list(
        dict.fromkeys(name.partition(".")[2] for name in result.measures if name.startswith(f"{FAMILIES[0]}."))
    )
    if not any(math.isfinite(result.mean(s, f"{FAMILIES[0]}.{c}")) for s in result.structures for c in channels):
        channels = []
    rows = rows_for(len(FAMILIES)) if sheet().letters else 1
    tall = (1.3 if rows == 1 else 0.9) + max(1, len(channels)) * (0.24 * len(result.structures) + 0.2)
    figure = new_figure(rows * tall) if fig is None else fig
    if not channels:
        empty(figure.add_subplot(), t("chart-no-channels"))
        return figure
    panels = figure.subplots(rows, len(FAMILIES) // rows, sharey=rows == 1)
    count = len(result.structures)
    height = 0.8 / count
    for panel, family in zip(panels, FAMILIES, strict=True):
        values = np.array([[result.mean(s, f"{family}.{c}") for s in result.structures] for c in channels])
        unit = "number" if family == "payback_months" else "money"
        scale = scale_for(result, unit, values, t)  # type: ignore[arg-type]
        for n, name in enumerate(result.structures):
            seen = look(result, name)
            at = np.arange(len(channels))[::-1] + 0.4 - height * (n + 0.5)
            drawn = np.where(np.isfinite(values[:, n]), values[:, n], 0.0)
            panel.barh(
                at,
                drawn,
                height,
                color=seen.colour,
                hatch=seen.hatch,
                edgecolor="white",
                linewidth=0.5,
                label=title_of(result, name, t),
            )
            for y, value, width in zip(at, values[:, n], drawn, strict=True):
                text = t("chart-never") if math.isinf(value) else "–" if math.isnan(value) else scale.text(value)
                panel.annotate(text, (width, y), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8)
        numbered(panel.xaxis, scale, t(f"chart-{family.replace('_', '-')}-axis"), 4)
        known = values[np.isfinite(values)]
        panel.set_xlim(1.3 * known.min(initial=0.0), 1.3 * known.max(initial=0.0) or 1.0)
        finished(panel, t(f"chart-{family.replace('_', '-')}"), grid="x")
    names = [wrapped(literal(t.title(result.channel_title(c)))) for c in channels]
    for panel in panels if rows > 1 else panels[:1]:
        panel.set_yticks(np.arange(len(channels))[::-1], names)
    if count > 1:
        handles, labels = panels[0].get_legend_handles_labels()
        legend_below(figure, handles, labels)
    return figure


@of_years
def break_even(result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Costs and revenue of the whole time against revenue, the break-even, and each simulated year as a dot.

    Fixed costs are the level line, all costs rise from it by the variable share, revenue is the diagonal; they cross at
    the break-even. A dot is a year: its revenue and all its costs; below the diagonal it ends with a profit. The band
    holds nine years of ten, of fewer than 19 years all of them.

    Raises:
        KeyError: there is no such structure.
    """
    t = words(result, lang)
    name = result.structures[0] if structure is None else structure
    found = break_even_of(result, name)
    revenue, _, profit, _ = by_year(result, name)
    sold, earned = revenue.sum(axis=1), profit.sum(axis=1)
    spent = sold - earned
    axes = axes_of(ax, 4.8, 6.2)
    if not sold.any():
        return finished(empty(axes, t("chart-no-sales")), fill(title_of(result, name, t), 46), grid="")
    known = [*sold, found.revenue] if np.isfinite(found.revenue) else [*sold, *spent]
    most = 1.15 * max(known)
    scale = scale_for(result, "money", [most], t)
    volume = np.array([0.0, most])
    colour = look(result, name).colour
    axes.plot(volume, volume, color=colour, linewidth=2.2)
    costs = found.fixed + found.variable_share * volume
    axes.plot(volume, costs, color=GREY, linewidth=2.2, linestyle="--")
    axes.axhline(found.fixed, color=GREY, linewidth=1, linestyle=":")
    if len(sold) > 1:
        low, high = band(sold, BAND)
        axes.axvspan(float(low), float(high), color=colour, alpha=0.12, linewidth=0)
    axes.scatter(sold, spent, s=22, color="black", alpha=0.6, edgecolors="white", linewidths=0.5, zorder=3)
    if np.isfinite(found.revenue):
        at = found.revenue
        axes.plot([at], [at], marker="D", color="black", markersize=7)
        axes.plot([at, at], [0, at], color="black", linewidth=0.8, linestyle=":")
        said = t("chart-break-even-at", revenue=scale.with_unit(at))
    else:
        said = t("chart-no-break-even")
    axes.set_xlim(0, most)
    axes.set_ylim(0, most)
    numbered(axes.xaxis, scale, t("chart-revenue"), 5)
    numbered(axes.yaxis, scale, t("chart-revenue-and-costs"), 5)
    ends = (
        (most, "revenue", look(result, name).ink),
        (costs[-1], "all-costs", GREY),
        (found.fixed, "fixed-costs", GREY),
    )
    end_labels(axes, [(float(height), wrapped(t(f"chart-{key}"), 10), ink) for height, key, ink in ends])
    return finished(axes, f"{fill(title_of(result, name, t), 46)}\n{fill(literal(said), 46)}", grid="")


@of_years
def break_evens(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Break-even of every structure."""
    t = words(result, lang)
    count = len(result.structures)
    figure = new_figure(4.2 if count == 1 else 3.6 * rows_for(count) + 0.6) if fig is None else fig
    for panel, name in zip(panels_of(figure, count), result.structures, strict=True):
        break_even(result, name, panel, lang)
    title = literal(t.title(result.scenario.title))
    headline(figure, t("chart-break-even", title=title, years=result.runs.finished, band=band_words(result, t)))
    return figure
