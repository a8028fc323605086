"""Dates and months as hours since the start of the simulation, and what is in force when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import Timeline
from simulation.written.readers import MONTH

Floats = NDArray[np.float64]
T = TypeVar("T")


def first_day(scenario: Scenario) -> date:
    """The date of hour 0: the warm-up's first day, or the experiment's where there is none."""
    return scenario.experiment.hour_zero


def hours_of(when: date | None, start: date, otherwise: float) -> float:
    """Hours from the start to a date's midnight; `otherwise` where no date is given."""
    return otherwise if when is None else 24.0 * (when - start).days


def share_of_months(edges: Floats, since: ArrayLike, until: ArrayLike) -> Floats:
    """The share of each month that lies in [since, until), shape (months,); (n, months) for times of shape (n, 1)."""
    inside = np.minimum(edges[1:], until) - np.maximum(edges[:-1], since)
    return np.asarray(np.maximum(inside, 0.0) / (edges[1:] - edges[:-1]), dtype=np.float64)


def stretches(prices: Timeline, value: Callable[[Scenario], T]) -> list[tuple[float, float, T]]:
    """Times from -inf to inf in which a value of the scenario in force stays the same: (since, until, value)."""
    found: list[tuple[float, float, T]] = []
    for since, until, scenario in prices.spans(-inf, inf):
        now = value(scenario)
        if found and found[-1][2] == now:
            found[-1] = (found[-1][0], until, now)
        else:
            found.append((since, until, now))
    return found


def mean_by_month(edges: Floats, prices: Timeline, value: Callable[[Scenario], float]) -> Floats:
    """Mean over each month, by time, of a value of the scenario in force, shape (months,)."""
    found = stretches(prices, value)
    if not any(now for *_, now in found):
        return np.zeros(len(edges) - 1)
    parts = [now * share_of_months(edges, since, until) for since, until, now in found]
    return np.asarray(sum(parts[1:], parts[0]), dtype=np.float64)


def in_force(prices: Timeline, times: ArrayLike, *, before: bool = False) -> NDArray[np.int64]:
    """Index into ``prices.scenarios`` of what is in force at each time; with `before`, just before it."""
    found = np.searchsorted(prices.begins, times, side="left" if before else "right") - 1
    return np.maximum(found, 0)  # the first is in force from the beginning of all times


def month_of(times: ArrayLike, edges: Floats) -> Floats:
    """Times as months since the first edge: 0 at the first edge, 1 at the second, linear between.

    Beyond the edges a month has its mean length.
    """
    t = np.asarray(times, dtype=np.float64)
    inside = np.interp(t, edges, np.arange(len(edges), dtype=np.float64))
    before = np.minimum(t - edges[0], 0.0) / MONTH
    after = np.maximum(t - edges[-1], 0.0) / MONTH
    return np.asarray(inside + before + after, dtype=np.float64)
