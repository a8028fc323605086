"""How the kernel makes a law's numbers out of uniforms: the very steps of `written.laws`, to the bit."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.department.lead_table import Below, Lots
from simulation.written.inverse import InverseTable

Floats = NDArray[np.float64]

AS_IT_IS, CONSTANT, TABLED, EVEN, TRIANGULAR, OF_A_LIST, WEIGHED, BELOW = range(8)
"""Kinds of laws, as in `floor.layout`."""


class Reading(NamedTuple):
    """A law as `floor.draws.quantile` reads it. Parameters that a kind does not have are 0 or None.

    Attributes:
        kind: one of the kinds above.
        squarings: of a table.
        low: least value; of a constant, the value; of a flag, the share below which it is 1.
        mode: where a triangle has its peak.
        high: greatest value.
        scale: what a table's numbers are multiplied by.
        values: coefficients of a table, shape (2 * SIDE, DEGREE + 1); or the values of a list, in order.
        reached: sums of the weights of a list up to each value.
    """

    kind: int
    squarings: int = 0
    low: float = 0.0
    mode: float = 0.0
    high: float = 0.0
    scale: float = 1.0
    values: Floats | None = None
    reached: Floats | None = None


UNIFORM = Reading(AS_IT_IS)


@lru_cache(maxsize=1024)
def reading(law: Lots | None) -> Reading:
    """How numbers of a law are made; None: they are the uniforms."""
    if law is None:
        return UNIFORM
    if isinstance(law, Below):
        return Reading(BELOW, low=law.share)
    if isinstance(law, InverseTable):
        return Reading(TABLED, law.squarings, values=law.coefficients)
    if law.is_constant:
        return Reading(CONSTANT, low=law.mean)
    if (found := law.inverse) is not None:
        table, scale = found
        return Reading(TABLED, table.squarings, scale=scale, values=table.coefficients)
    if law.low is not None and law.high is not None:
        if law.mode is None:
            return Reading(EVEN, low=law.low, high=law.high)
        return Reading(TRIANGULAR, low=law.low, mode=law.mode, high=law.high)
    values = np.asarray(law.values, np.float64)
    if law.weights is None:
        return Reading(OF_A_LIST, values=np.sort(values))
    order = np.argsort(values, kind="stable")
    return Reading(WEIGHED, values=values[order], reached=np.cumsum(np.asarray(law.weights, np.float64)[order]))
