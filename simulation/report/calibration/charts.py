"""Charts of a back-test: the weeks that were forecast beside those that came, and where they lay in the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.calibration.backtest import Backtest
from simulation.report.plot.style import BAND, COLOURS, GREY, INNER, finished, literal, new_figure
from simulation.texts import Day, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def weeks(found: Backtest, lang: str = "en") -> Figure:
    """Wins by week after each date: bands of 50 and 90 % of the possible years, their mean, and what came."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    t = texts(lang)
    figure = new_figure(4.2)
    every = figure.subplots(1, len(found.splits), sharey=True, squeeze=False)[0]
    for place, (axes, split) in enumerate(zip(every, found.splits, strict=True)):
        wins = split.forecast.wins
        number = np.arange(1, wins.shape[1] + 1)
        for (low, high), alpha in ((BAND, 0.2), (INNER, 0.35)):
            lower, upper = np.quantile(wins, [low, high], axis=0)
            axes.fill_between(number, lower, upper, color=COLOURS[0], alpha=alpha, linewidth=0)
        axes.plot(number, wins.mean(axis=0), color=COLOURS[0], linewidth=1.5, label=t("calibration-chart-forecast"))
        came = split.came.wins[0]
        axes.plot(number, came, "o", color="black", markersize=5, label=t("calibration-chart-came"))
        mean = float(split.weeks.wins.mean())
        axes.axhline(mean, color=GREY, linestyle=":", linewidth=1.5, label=t("calibration-chart-last-weeks"))
        axes.set_xlabel(t("calibration-chart-week"))
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: t.style.shortest(value)))
        if place == 0:
            axes.set_ylabel(t("calibration-chart-wins"))
            axes.legend(fontsize=8, loc="upper left")
        finished(axes, literal(t.written(Day(split.day))))
    return figure


def places(found: Backtest, lang: str = "en") -> Figure:
    """Where the weeks that came lay among the forecast years: even where the forecast is right."""
    from matplotlib.ticker import FuncFormatter

    t = texts(lang)
    figure = new_figure(3.0)
    axes = figure.subplots()
    score = found.scores["weekly_wins"]
    edges = np.linspace(0, 1, len(score.histogram) + 1)
    axes.bar(edges[:-1], score.histogram, np.diff(edges), align="edge", color=COLOURS[0], edgecolor="white")
    axes.axhline(score.cases / len(score.histogram), color=GREY, linestyle="--", linewidth=1.5)
    axes.set_xlabel(t("calibration-chart-place"))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: t.style.shortest(value)))
    axes.set_ylabel(t("calibration-chart-weeks"))
    finished(axes, literal(t("calibration-chart-places")))
    return figure
