"""How good a forecast was: intervals, draws and ranks held against what came.

A forecast is draws of what may come, shape (draws,) or (draws, cases); what came has the shape of a case. All scores
are in the unit of what is forecast, and smaller is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVELS = (0.5, 0.8, 0.9)
"""Levels of the intervals that are scored."""
BINS = 10
"""Of the histogram of ranks."""


def crps(draws: Floats, came: Floats) -> Floats:
    """Continuous ranked probability score of each case: mean |x - y| less half the mean |x - x'| of two draws.

    Gneiting and Raftery 2007 (JASA 102, 359-378), equation 21; the mean over pairs of different draws, by ranks, is the
    fair estimate of an ensemble of few (Ferro 2014, QJRMS 140, 1917-1923). A forecast that is one number scores its
    absolute error.

    Args:
        draws: shape (draws, cases).
        came: shape (cases,).
    """
    draws, came = _two(draws), np.atleast_1d(np.asarray(came, np.float64))
    count = len(draws)
    far = np.abs(draws - came).mean(axis=0)
    if count == 1:
        return np.asarray(far, np.float64)
    ranks = 2.0 * np.arange(1, count + 1) - count - 1.0
    apart = 2.0 * (ranks[:, None] * np.sort(draws, axis=0)).sum(axis=0) / (count * (count - 1))
    return np.asarray(far - 0.5 * apart, np.float64)


def intervals(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Central intervals of the draws, by case: quantiles of half of what the level leaves on each side.

    What comes lies below the k-th of n draws of its law with chance k / (n + 1), so that is the level which the k-th
    draw stands for (Hyndman and Fan 1996, American Statistician 50, 361-365, definition 6); the usual quantiles
    of sixty draws would hold 87 in 100 and not 90.
    """
    low, high = np.quantile(_two(draws), [(1 - level) / 2, (1 + level) / 2], axis=0, method="weibull")
    return np.asarray(low, np.float64), np.asarray(high, np.float64)


def covered(draws: Floats, came: Floats, level: float) -> NDArray[np.bool_]:
    """Whether the interval of a level holds what came, by case; its ends belong to it."""
    low, high = intervals(draws, level)
    came = np.atleast_1d(np.asarray(came, np.float64))
    return np.asarray((low <= came) & (came <= high), np.bool_)


def interval_score(draws: Floats, came: Floats, level: float) -> Floats:
    """Width of the interval and a penalty for what lies outside, by case (Gneiting and Raftery 2007, equation 43)."""
    low, high = intervals(draws, level)
    came = np.atleast_1d(np.asarray(came, np.float64))
    beside = np.maximum(low - came, 0.0) + np.maximum(came - high, 0.0)
    return np.asarray(high - low + 2.0 / (1.0 - level) * beside, np.float64)


def ranks(draws: Floats, came: Floats, rng: np.random.Generator) -> Floats:
    """Where what came lies among the draws, from 0 to 1: uniform where the forecast is right (Dawid 1984).

    Between equal counts the place is drawn, or whole numbers would pile up (Czado, Gneiting and Held 2009, Biometrics
    65, 1254-1261: the randomised transform).
    """
    draws, came = _two(draws), np.atleast_1d(np.asarray(came, np.float64))
    below, same = (draws < came).mean(axis=0), (draws == came).mean(axis=0)
    return np.asarray(below + rng.uniform(size=came.shape) * same, np.float64)


def histogram(places: Floats, bins: int = BINS) -> NDArray[np.int64]:
    """How many ranks lie in each of equal bins from 0 to 1."""
    return np.histogram(places, bins=bins, range=(0.0, 1.0))[0].astype(np.int64)


@dataclass(frozen=True)
class Score:
    """How good the forecasts of one figure were over its cases.

    Attributes:
        cases: number of cases.
        crps: mean score, in the unit of the figure.
        coverage: share of cases inside of the interval, by level of `LEVELS`.
        width: mean score of the intervals, by level.
        bias: sum of the means over the sum of what came, less 1; NaN where nothing came.
        histogram: ranks in `BINS` equal bins.
    """

    cases: int
    crps: float
    coverage: tuple[float, ...]
    width: tuple[float, ...]
    bias: float
    histogram: tuple[int, ...]


def score(draws: Floats, came: Floats, seed: int = 1) -> Score:
    """All scores of a figure; cases in which nothing can be said of what came (NaN) are left out.

    Args:
        draws: shape (draws, cases).
        came: shape (cases,).
        seed: of the places between equal counts.
    """
    draws, came = _two(draws), np.atleast_1d(np.asarray(came, np.float64))
    known = np.isfinite(came) & np.isfinite(draws).all(axis=0)
    draws, came = draws[:, known], came[known]
    if not len(came):
        nothing = (float("nan"),) * len(LEVELS)
        return Score(0, float("nan"), nothing, nothing, float("nan"), (0,) * BINS)
    whole = float(came.sum())
    return Score(
        cases=len(came),
        crps=float(crps(draws, came).mean()),
        coverage=tuple(float(covered(draws, came, level).mean()) for level in LEVELS),
        width=tuple(float(interval_score(draws, came, level).mean()) for level in LEVELS),
        bias=float(draws.mean(axis=0).sum() / whole - 1.0) if whole else float("nan"),
        histogram=tuple(histogram(ranks(draws, came, np.random.default_rng(seed))).tolist()),
    )


def skill(ours: Score, theirs: Score) -> float:
    """Share of another forecast's score that ours saves; below zero where the other one is better."""
    return 1.0 - ours.crps / theirs.crps if theirs.crps > 0 else float("nan")


def joined_draws(parts: Sequence[Floats]) -> Floats:
    """Draws of several forecasts side by side, shape (draws, cases); the fewest draws decide."""
    least = min(len(each) for each in parts)
    return np.concatenate([_two(each)[:least] for each in parts], axis=1)


def _two(draws: Floats) -> Floats:
    draws = np.asarray(draws, np.float64)
    return draws[:, None] if draws.ndim == 1 else draws
