"""Weights of the bootstrap as one matrix, and counts of cells under every draw at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from simulation.calibration.estimates import Resampling
from simulation.calibration.records import Records

Floats = NDArray[np.float64]
_BLOCK = 25  # draws that are multiplied together, so that a million deals need no gigabytes


@lru_cache(maxsize=2)
def matrix(resampling: Resampling, kind: str, cases: int) -> NDArray[np.uint8]:
    """How often each case stands in each draw (column), shape (cases, draws). Do not write into it."""
    weights = np.empty((cases, resampling.draws), np.uint8)
    for draw in range(resampling.draws):
        weights[:, draw] = np.minimum(resampling.weights(kind, cases, draw), 255)
    return weights


def deals(resampling: Resampling, records: Records) -> NDArray[np.uint8]:
    """How often each row of `records.deals` stands in each draw (column); rows that have met the same stand together.

    What happens to a deal is no business of its own: it waits while its seller is away, as all his deals do. So what is
    drawn is all deals of one owner that came in one month (Davison and Hinkley 1997, 3.8: cases of a cluster), where
    nobody is named those of a week, and single deals only where fewer than `LEAST_CLUSTERS` would be left.
    """
    cluster = together(records)
    return matrix(resampling, "deals", int(cluster.max()) + 1 if len(cluster) else 0)[cluster]


LEAST_CLUSTERS = 30
"""Clusters below which a bootstrap of them knows too little of their spread."""


def together(records: Records) -> NDArray[np.int64]:
    """The cluster of each row of `records.deals`, numbered from 0."""
    created, owner = records.deals["created"], records.deals["owner"].to_numpy()
    months, weeks = (created.to_numpy("datetime64[D]").astype(f"datetime64[{unit}]") for unit in ("M", "W"))
    one = np.zeros(len(owner), np.int64) - 1
    for who in (owner, one):
        when = np.where(who >= 0, months.astype(np.int64), weeks.astype(np.int64))
        _, cluster = np.unique(np.column_stack([who, when]), axis=0, return_inverse=True)
        if len(cluster) and cluster.max() + 1 >= LEAST_CLUSTERS:
            return np.asarray(cluster.reshape(-1), np.int64)
    return np.arange(len(owner))


def counts(cell: NDArray[np.int64], case: NDArray[np.int64], cells: int, weights: NDArray[np.uint8]) -> Floats:
    """Weighted numbers of rows by cell: as they are, then in each draw; shape (cells, 1 + draws).

    Args:
        cell: the cell of each row.
        case: the case whose weight each row has.
        cells: how many cells there are.
        weights: of `matrix`.
    """
    found = np.empty((cells, 1 + weights.shape[1]))
    found[:, 0] = np.bincount(cell, minlength=cells)
    if not weights.shape[1]:
        return found
    once, place = np.unique(case, return_inverse=True)
    rows = sparse.csr_matrix((np.ones(len(cell), np.float32), (cell, place)), shape=(cells, len(once)))
    for first in range(0, weights.shape[1], _BLOCK):
        block = weights[once, first : first + _BLOCK].astype(np.float32)
        found[:, 1 + first : 1 + first + block.shape[1]] = rows @ block
    return found
