"""How soon leads are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.replay import replay, response_hours, years_of
from simulation.analysis.results import Result
from simulation.report.plot.style import axes_of, empty, end_labels, finished, look, title_of, words
from simulation.texts import Percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TICKS = ((5 / 60, "5-min"), (0.25, "15-min"), (1.0, "1-hour"), (4.0, "4-hours"), (24.0, "1-day"), (72.0, "3-days"))
LAST = (168.0, "1-week")


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
    axes.set_xticks([hours for hours, _ in (*TICKS, LAST)], [t(f"chart-{key}") for _, key in (*TICKS, LAST)])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: t.written(Percent(value))))
    axes.set_xlabel(t("chart-response-axis"))
    axes.set_ylabel(t("chart-answered-axis"))
    end_labels(axes, ends)
    return finished(axes, t("chart-response"))
