"""Doubt about a year, divided between ignorance of the inputs and chance.

The variance of what the inputs alone would do is what the means of the points vary by, less what chance adds to that:
the estimator of the analysis of variance (Sun, Apley & Staum 2011, Operations Research 59(4): few years at many points
use the effort best).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import describe
from simulation.analysis.measure_words import is_bare, measure_term
from simulation.scenario.scenario import Scenario
from simulation.texts import Amount, Percent, Phrase, say

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

RESAMPLES = 1000
"""Resamples of the points for an interval."""


@dataclass(frozen=True)
class Parts:
    """Variances of a difference, by where they come from.

    Attributes:
        ignorance: of its mean, because the inputs are not known: Var E[D|x].
        chance: of a year around that mean, because nobody knows the year: E Var[D|x].
        share: of the ignorance in both; NaN where nothing varies.
        low: lower end of its interval.
        high: upper end.
    """

    ignorance: float
    chance: float
    share: float
    low: float
    high: float


def parts(values: Floats, level: float, seed: int) -> Parts:
    """Variance of differences divided between ignorance and chance; the interval by resampling points.

    Args:
        values: shape (points, years), at least two of each, nothing undefined.
        level: of the interval.
        seed: of the resampling.
    """
    years = values.shape[1]
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    ignorance, chance = _components(means[None], within[None], years)
    picks = np.random.default_rng(seed).integers(len(means), size=(RESAMPLES, len(means)))
    drawn = _share(*_components(means[picks], within[picks], years))
    share = float(_share(ignorance, chance)[0])
    if np.isnan(share):
        return Parts(0.0, 0.0, share, share, share)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Parts(float(ignorance[0]), float(chance[0]), share, min(float(low), share), max(float(high), share))


def _components(means: Floats, within: Floats, years: int) -> tuple[Floats, Floats]:
    chance = within.mean(axis=1)
    return np.maximum(means.var(axis=1, ddof=1) - chance / years, 0.0), chance


def _share(ignorance: Floats, chance: Floats) -> Floats:
    whole = ignorance + chance
    with np.errstate(invalid="ignore"):
        return np.where(whole > 0, ignorance / np.where(whole > 0, whole, 1.0), np.nan)


def parts_by_row(years: pd.Series[float], rows: int, level: float, seed: int) -> Parts | None:
    """The same of replications in a line whose inputs are drawn: replication r has row r modulo the rows.

    Args:
        years: differences or values by replication.
        rows: of the drawn inputs.
        level: of the interval.
        seed: of the resampling.

    Returns:
        None where fewer than two rows have two years each, and what a row brings cannot be told from chance.
    """
    first = int(years.index.min()) if len(years) else 0
    each = int(years.index.max() + 1 - first) // rows if len(years) else 0
    if each < 2:
        return None
    values: Floats = np.asarray(years.reindex(range(first, first + each * rows)), dtype=np.float64)
    values = values.reshape(each, rows).T
    whole = values[np.isfinite(values).all(axis=1)]  # rows of which no year failed
    return parts(whole, level, seed) if len(whole) > 1 else None


def divided(doubt: Parts, amount: Callable[[float], Amount]) -> Phrase:
    """How much of the doubt about a year's difference is chance and how much ignorance, in words."""
    return say("uncertainty-doubt", **_figures(doubt, amount))


def drawn_doubt(years: pd.Series[float], rows: int, measure: str, scenario: Scenario, structure: str = "") -> Phrase:
    """The same of replications with drawn inputs, about a difference or, where one is named, about a structure."""
    found = parts_by_row(years, rows, scenario.experiment.level, scenario.experiment.seed)
    if found is None or math.isnan(found.share):
        return say("drawn-not-told", rows=rows, years=2 * rows)

    def amount(value: float) -> Amount:
        return Amount(value, describe(measure).unit, scenario.currency)

    if structure:
        named = measure_term(measure, bare=is_bare([scenario]))
        return say("drawn-doubt", structure=structure, measure=named, **_figures(found, amount))
    return divided(found, amount)


def more_records(years: pd.Series[float], scenario: Scenario) -> Phrase | None:
    """How much of the doubt twice as many records would take away; None where inputs are from none, or it is not told.

    The variance of an estimate falls with the number of its cases, so that ignorance of what was estimated halves.
    """
    if scenario.inputs is None or not scenario.inputs.trust:
        return None
    found = parts_by_row(years, scenario.inputs.rows, scenario.experiment.level, scenario.experiment.seed)
    if found is None or math.isnan(found.share):
        return None
    return say("doubt-more-records", share=Percent(found.share / 2), most=Percent(found.share))


def _figures(doubt: Parts, amount: Callable[[float], Amount]) -> dict[str, Amount | Percent]:
    return {
        "chance": Percent(1.0 - doubt.share),
        "ignorance": Percent(doubt.share),
        "low": Percent(doubt.low),
        "high": Percent(doubt.high),
        "luck": amount(math.sqrt(doubt.chance)),
        "inputs": amount(math.sqrt(doubt.ignorance)),
    }
