"""The funnel that a plan takes: how much of each step is needed, and how much the present people make."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.finance.planning import BottomUp, Step
from simulation.report.plan_tables import step_title
from simulation.report.plot.style import (
    COLOURS,
    GREY,
    axes_of,
    empty,
    finished,
    literal,
    wrapped,
)
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.texts import language_of, texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
    title = literal(t("chart-plan-funnel", title=scenario.title, structure=structure))
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
