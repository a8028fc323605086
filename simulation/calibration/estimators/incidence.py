"""Cumulative incidence of two ends, a yes and a no, with censoring and delayed entry: Aalen and Johansen 1978.

dF_j(t) = S(t-) d_j(t) / Y(t) and S(t) = S(t-) (1 - d(t) / Y(t)), where d_j are the ends of kind j at t, d all of them
and Y those at risk: entered before t and neither ended nor censored before it. Ties need no jitter: ends of both kinds
at one moment share the same Y and S(t-), who is censored at t is at risk at t, and who enters at t is so only after it
(at age 0 everybody is at risk from the start).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Incidence:
    """Both incidences and survival at the times of a group, shape (times, draws); the first column is as it is."""

    times: Floats
    yes: Floats
    no: Floats
    open: Floats

    def at(self, hours: Floats) -> tuple[Floats, Floats, Floats]:
        """Incidence of yes and no and what is open, just after the given ages; each of shape (ages, draws)."""
        place = np.searchsorted(self.times, hours, side="right")
        start = np.zeros((1, self.yes.shape[1]))
        yes, no, still = (
            np.vstack([s, v])[place] for s, v in ((start, self.yes), (start, self.no), (start + 1, self.open))
        )
        return yes, no, still


def aalen_johansen(times: Floats, yes: Floats, no: Floats, censored: Floats, entered: Floats) -> Incidence:
    """The incidences from numbers at each time.

    Args:
        times: distinct, rising, shape (times,).
        yes: ends with a yes at each time, shape (times, draws), weights allowed.
        no: ends with a no.
        censored: censorings.
        entered: entries into observation at each age above 0; those who are seen from the start are not among them.
    """
    ends = yes + no
    leaving = ends + censored
    late = entered.sum(0)
    # those seen from the start, who have not left before t, and those who came later but before it
    risk = leaving.sum(0) - late - (np.cumsum(leaving, 0) - leaving) + (np.cumsum(entered, 0) - entered)
    few = np.zeros(risk.shape, bool)
    if np.any(entered):
        # Lai and Ying 1991: where only a few have entered yet one end would close everything
        few = (risk < np.maximum(leaving.sum(0), 1.0) ** 0.25) & (np.arange(len(times))[:, None] < risk.argmax(0))
    safe = np.where((risk > 0) & ~few, risk, np.inf)
    hazard = np.minimum(ends / safe, 1.0)
    after = np.cumprod(1 - hazard, 0)
    before = np.vstack([np.ones((1, after.shape[1])), after[:-1]])
    return Incidence(times, np.cumsum(before * yes / safe, 0), np.cumsum(before * no / safe, 0), after)
