"""Counts and sums of what has a moment, by period between edges (hours): numbers of a year's record, all at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def count(times: Floats, edges: Floats) -> Floats:
    """How many times fall into each period [edge, next edge); NaN falls into none."""
    inside = np.searchsorted(edges, times, side="right")
    return np.bincount(inside, minlength=len(edges) + 1)[1 : len(edges)].astype(np.float64)


def how_many(rows: Mask) -> float:
    """How many rows a mask has."""
    return float(np.count_nonzero(rows))


def share_of(rows: Mask) -> float:
    """Share of the rows that a mask has; NaN where there are none."""
    return float(np.count_nonzero(rows) / len(rows)) if len(rows) else float("nan")


def bins_of(times: Floats, edges: Floats) -> Ints:
    """How many of the edges lie at each time or before it; all of them where the time is NaN."""
    return np.searchsorted(edges, times, side="right")


def counted(rows: list[Mask], bins: Ints, edges: Floats) -> Floats:
    """For each mask how many of its rows fall into each period, shape (masks, periods)."""
    return all_counted(rows, bins, edges)[:, 1:-1].astype(np.float64)


def all_counted(rows: list[Mask], bins: Ints, edges: Floats) -> Ints:
    """As ``counted``, with those before the first edge and those after the last."""
    size = len(edges) + 1
    return np.array([np.bincount(bins[row], minlength=size) for row in rows])


_BLOCK = 65536
"""So many values `numpy.histogram` adds at a time; the last digit of longer sums hangs on it."""


def sums(times: Floats, edges: Floats, *weights: Floats) -> list[Floats]:
    """Sums of each of the weights by period, as `numpy.histogram` has them; times are sorted once for all."""
    if len(times) > _BLOCK:
        return [np.histogram(times, edges, weights=each)[0] for each in weights]
    order = np.argsort(times)
    ordered = times[order]
    ends = np.concatenate((ordered.searchsorted(edges[:-1], "left"), ordered.searchsorted(edges[-1:], "right")))
    return [np.diff(np.concatenate(((0.0,), each[order].cumsum()))[ends]) for each in weights]
