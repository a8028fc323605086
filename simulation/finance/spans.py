"""Dates and months as hours since the start of the simulation."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.scenario.calendar import add_months
from simulation.scenario.readers import MONTH
from simulation.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def first_day(scenario: Scenario) -> date:
    """The date of hour 0: the warm-up's first day, or the experiment's where there is none."""
    experiment = scenario.experiment
    return add_months(experiment.start, -experiment.warm_up)


def hours_of(when: date | None, start: date, otherwise: float) -> float:
    """Hours from the start to a date's midnight; `otherwise` where no date is given."""
    return otherwise if when is None else 24.0 * (when - start).days


def share_of_months(edges: Floats, since: float, until: float) -> Floats:
    """The share of each month that lies in [since, until), shape (months,)."""
    inside = np.minimum(edges[1:], until) - np.maximum(edges[:-1], since)
    return np.maximum(inside, 0.0) / np.diff(edges)


def month_of(times: ArrayLike, edges: Floats) -> Floats:
    """Times as months since the first edge: 0 at the first edge, 1 at the second, linear between.

    Beyond the edges a month has its mean length.
    """
    t = np.asarray(times, dtype=np.float64)
    inside = np.interp(t, edges, np.arange(len(edges), dtype=np.float64))
    before = np.minimum(t - edges[0], 0.0) / MONTH
    after = np.maximum(t - edges[-1], 0.0) / MONTH
    return np.asarray(inside + before + after, dtype=np.float64)
