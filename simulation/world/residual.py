"""Residual life: how long something that is under way at a random moment still takes."""

from __future__ import annotations

from functools import lru_cache
from math import inf

import numpy as np

from simulation.world.streams import Floats
from simulation.written.distributions import Distribution
from simulation.written.laws import shares_below, spread


def residual(law: Distribution, which: Floats, where: Floats, limit: float = inf, only: bool = False) -> Floats:
    """Residual times of a renewal process in equilibrium with intervals from `law`.

    The interval that covers a random moment is picked in proportion to its length, and the moment lies anywhere in it
    (Cox 1962, Renewal Theory, ch. 5), so the mean is E[T^2] / 2 E[T].

    Args:
        law: law of the intervals, with a finite mean.
        which: uniforms that pick the interval.
        where: uniforms that place the moment in it, of the same shape.
        limit: longer intervals are cut off at it.
        only: or there are none of them.
    """
    if law.is_constant:
        return min(law.mean, limit) * where  # infinite where it never happens
    lengths, weights = _by_length(law.model_dump_json(), limit, only)
    return np.interp(which, weights, lengths) * where


def still(law: Distribution, ages: Floats, where: Floats, limit: float = inf) -> Floats:
    """Times that intervals from `law` still take which have lasted so long, and are no longer than the limit.

    Args:
        law: law of the intervals.
        ages: hours so far.
        where: uniforms that pick the interval among the longer ones, of the same shape.
        limit: longer intervals are left out.
    """
    past, most = shares_below(law, ages), shares_below(law, np.full(len(ages), limit))
    return np.maximum(law.quantile(np.clip(past + where * (most - past), 1e-15, 1 - 1e-15)) - ages, 0.0)


@lru_cache(maxsize=64)
def _by_length(law: str, limit: float, only: bool) -> tuple[Floats, Floats]:
    """Interval lengths in order, and their cumulated share of all time."""
    lengths = spread(Distribution.model_validate_json(law), limit, only)
    return lengths, np.cumsum(lengths) / np.sum(lengths)
