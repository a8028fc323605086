"""Weights of the bootstrap as one matrix, and counts of cells under every draw at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from simulation.calibration.estimates import Resampling

Floats = NDArray[np.float64]
_BLOCK = 25  # draws that are multiplied together, so that a million deals need no gigabytes


@lru_cache(maxsize=2)
def matrix(resampling: Resampling, kind: str, cases: int) -> NDArray[np.uint8]:
    """How often each case stands in each draw (column), shape (cases, draws). Do not write into it."""
    weights = np.empty((cases, resampling.draws), np.uint8)
    for draw in range(resampling.draws):
        weights[:, draw] = np.minimum(resampling.weights(kind, cases, draw), 255)
    return weights


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
