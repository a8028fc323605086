"""Charts of the leads: the funnel of each structure, and why leads are lost.

Here too: how soon leads are answered; the funnel that a plan takes: how much of each step is needed, and how much the
present people make.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.analysis.catalogue import REASON_TITLES
from simulation.analysis.replay import replay, response_hours, years_of
from simulation.analysis.results import Result
from simulation.finance.planning import BottomUp, Step
from simulation.report.plan_tables import step_title
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    axes_of,
    empty,
    end_labels,
    figure_of,
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
from simulation.scenario.market import QUALIFY
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.texts import Percent, Texts, language_of, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Passed(NamedTuple):
    """A step of the funnel: how many leads of the period got so far.

    Attributes:
        title: of the step.
        value: how many, mean of the years.
        before: how many came into it.
        open: how many of these are in it still.
    """

    title: str
    value: float
    before: float
    open: float


@of_years
def funnel(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """The leads of the period along the funnel of every structure: how many get past each stage, and what share.

    Leads that are still open are neither won nor lost: the share of a stage is of those decided in it, and the open
    ones stand beside it.
    """
    t = words(result, lang)
    steps = {name: _steps(result, name, t) for name in result.structures}
    rows = max(map(len, steps.values()), default=0)
    figure = new_figure(1.2 + (0.62 if rows < 6 else 0.48) * rows * rows_for(len(steps))) if fig is None else fig
    most = max((result.mean(name, "leads") for name in result.structures), default=0.0)
    if most <= 0:
        empty(figure.add_subplot(), t("chart-no-leads-came"))
        return figure
    alike = len({tuple(each.title for each in found) for found in steps.values()}) == 1
    panels = panels_of(figure, len(steps), sharey=alike)
    for panel, (name, found) in zip(panels, steps.items(), strict=True):
        _funnel(panel, result, name, found, most, lang)
    headline(figure, t("chart-funnel"))
    return figure


def _steps(result: Result, structure: str, t: Texts) -> list[Passed]:
    """The steps of a structure's funnel: come, answered, and past each stage."""
    funnel, count = result.runs.funnel, result.runs.finished
    rows = funnel[(funnel["structure"] == structure) & (funnel["part"] == "new")]
    leads, answered = (result.mean(structure, name) for name in ("leads", "answered"))
    found = [
        Passed(t("chart-step-leads"), leads, math.nan, 0.0),
        Passed(t("chart-step-answered"), answered, leads, 0.0),
    ]
    means = rows.groupby("stage", sort=False)[["entered", "passed", "won", "open"]].sum() / count
    market = result.cases[structure].scenario.market
    ends = {market.process(name).stages[-1].name: name for name in market.sold}
    for stage, entered, passed, won, still in means.itertuples():
        if stage in ends:
            title = t("chart-step-won-leads")
            if len(ends) > 1:
                title = literal(f"{title}: {result.process_title(ends[stage])}")
            found.append(Passed(title, won, entered, still))
        elif stage == QUALIFY:
            found.append(Passed(t("chart-step-qualified"), passed, answered, 0.0))
        else:
            found.append(Passed(literal(t("chart-step-past", stage=stage)), passed, entered, still))
    return found


def _funnel(ax: Axes, result: Result, structure: str, steps: list[Passed], most: float, lang: str | None) -> None:
    t, seen = words(result, lang), look(result, structure)
    at = np.arange(len(steps))[::-1]
    values = [step.value for step in steps]
    ax.barh(at, values, 0.72, color=seen.colour, hatch=seen.hatch, edgecolor="white", linewidth=0.5)
    for y, (_, value, before, still) in zip(at, steps, strict=True):
        text = t.style.number(value, 0 if value >= 20 or value == 0 else 1)
        if before > still and math.isfinite(value):
            share = Percent(value / (before - still))
            number = t.style.number(still, 0 if still >= 10 else 1)
            said = t("chart-of-decided", share=share, open=number) if still > 0 and not sheet().letters else ""
            text += f"  ({said or t.written(share)})"
        ax.annotate(text, (value, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    ax.set_yticks(at, [wrapped(step.title, 24) for step in steps])
    behind = 1.9 if sheet().letters else 2.3 if any(step.open > 0 for step in steps) else 1.45
    ax.set_xlim(0, most * behind)  # room for what stands behind a bar
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
    axes.set_yticks(range(len(order)), [wrapped(t(f"reason-{name.replace('_', '-')}"), 50) for name in order])
    axes.margins(x=0.08)
    numbered(axes.xaxis, scale_for(result, "number", np.array(list(found.values())), t), t("chart-leads-of-the-period"))
    if count > 1 and sheet().letters and ax is None:
        legend_below(figure_of(axes), *axes.get_legend_handles_labels())
    elif count > 1:
        axes.legend(frameon=False, loc="lower right")
    return finished(axes, t("chart-lost"), grid="x")


TICKS = ((5 / 60, "5-min"), (0.25, "15-min"), (1.0, "1-hour"), (4.0, "4-hours"), (24.0, "1-day"), (72.0, "3-days"))
LAST = (168.0, "1-week")
STEPS = 200
"""Steps of a curve on a narrow sheet."""


def response_times(result: Result, years: int = 2, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Share of the leads that came by themselves and were answered within a time, over some replayed years.

    The curves end below 100 % by the leads that nobody answered in time.

    Args:
        result: a result or a comparison.
        years: possible years to replay, at most.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.
    """
    from matplotlib.ticker import FuncFormatter, NullLocator

    t = words(result, lang)
    axes = axes_of(ax, 4.0)
    ends = []
    for name in result.structures:
        seen = look(result, name)
        waited = np.sort(np.concatenate([response_hours(replay(result, name, n)) for n in years_of(result, years)]))
        if not len(waited):
            continue
        known = waited[np.isfinite(waited)]
        share = np.arange(1, len(known) + 1) / len(waited)
        if sheet().letters and len(known) > STEPS:  # more cannot be seen there
            at = np.linspace(0, len(known) - 1, STEPS).astype(int)
            known, share = known[at], share[at]
        axes.step(
            np.maximum(known, TICKS[0][0]), share, where="post", color=seen.colour, linestyle=seen.line, linewidth=2.2
        )
        within = float(np.mean(waited <= LAST[0]))
        ends.append((within, title_of(result, name, t), seen.ink))
    if not ends:
        return empty(axes, t("chart-no-leads"))
    axes.set_xscale("log")
    axes.set_xlim(TICKS[0][0], LAST[0])
    axes.set_ylim(0, 1.0)
    axes.xaxis.set_minor_locator(NullLocator())
    ticks = (*TICKS, LAST)[:: 2 if sheet().letters else 1]
    axes.set_xticks([hours for hours, _ in ticks], [t(f"chart-{key}") for _, key in ticks])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: t.written(Percent(value))))
    axes.set_xlabel(t("chart-response-axis"))
    axes.set_ylabel(t("chart-answered-axis"))
    end_labels(axes, ends)
    return finished(axes, t("chart-response"))


NO_PART = ("orders", "inside")
"""Steps of a plan that no lead passes."""
MEETINGS = "meetings"


def plan_funnel(scenario: Scenario, found: BottomUp, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """The funnel of a plan from the attempts down to the deals: needed beside what the present people make at best.

    Numbers a year on a logarithmic axis, which holds thousands of calls and a few deals.

    Args:
        scenario: the scenario.
        found: what the plan takes under one of its structures (``simulation.finance.planning.bottom_up``).
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words; that of the scenario's locale when None.

    Raises:
        KeyError: the scenario has no such structure.
    """
    from matplotlib.ticker import FuncFormatter, NullFormatter

    t = texts(lang or language_of(scenario.locale))
    steps = [step for step in reversed(found.steps) if step.key not in NO_PART and _largest(step) > 0]
    steps.sort(key=lambda step: step.key == MEETINGS)  # beside the way of a lead, so below it
    axes = axes_of(ax, 0.55 * max(2, len(steps)) + 1.6)
    structure = t.title(structure_titles(scenario)[found.structure])
    title = literal(t("chart-plan-funnel", title=t.title(scenario.title), structure=structure))
    if not steps:
        return empty(finished(axes, title), t("chart-no-leads-planned"))
    bars = (("needed", 0.2, COLOURS[0], ""), ("present", -0.2, GREY, "////"))
    for key, shift, colour, hatch in bars:
        values = [getattr(step, key) for step in steps]
        at = [len(steps) - 1 - n + shift for n in range(len(steps))]
        # a step that can never be met has no end, a logarithmic axis no nothing: neither has a bar, both have a number
        drawn = [value if 0 < value < math.inf else math.nan for value in values]
        axes.barh(at, drawn, 0.38, color=colour, hatch=hatch, edgecolor="white", linewidth=0.5)
    least = min(value for step in steps for value in (step.needed, step.present) if 0 < value < math.inf)
    axes.set_xscale("log")
    axes.set_xlim(left=least / 2)
    shortest = min(range(len(steps)), key=lambda n: _largest(steps[n]))  # there is room for words beside its bars
    for key, shift, _, _ in bars:
        for n, step in enumerate(steps):
            value = getattr(step, key)
            text = t.style.number(value, 0 if value >= 20 or value == 0 else 1)
            if n == shortest:
                text += f"   {t(f'chart-plan-{key}')}"
            place = (value if 0 < value < math.inf else least / 2, len(steps) - 1 - n + shift)
            axes.annotate(text, place, xytext=(4, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_yticks(range(len(steps)), [wrapped(literal(step_title(step, t)), 30) for step in reversed(steps)])
    axes.margins(x=0.12)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: t.style.shortest(value)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(t("chart-plan-axis"))
    return finished(axes, title, grid="x")


def _largest(step: Step) -> float:
    return max(step.needed, step.present)
