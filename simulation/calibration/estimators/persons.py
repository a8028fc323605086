"""Who the people of the records are, in one order, so that draws of every estimator resample the same ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimates import Resampling
from simulation.calibration.records import UNKNOWN, Records

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def people_of(records: Records) -> Ints:
    """Numbers of all people that the records name, rising."""
    named = [
        records.staff["person"],
        records.activities["person"],
        records.calls["person"],
        records.deals["owner"],
        records.entries["owner"],
        records.leads["owner"],
    ]
    found = np.unique(np.concatenate([np.asarray(each, np.int64) for each in named]))
    return np.asarray(found[found != UNKNOWN])


def weights_of(people: Ints, rows: Ints, resampling: Resampling) -> Floats:
    """How often each row counts in each draw, by its person; shape (draws, rows). People are resampled whole."""
    place = np.searchsorted(people, rows)
    drawn = [resampling.weights("people", len(people), draw)[place] for draw in range(resampling.draws)]
    return np.asarray(drawn, float).reshape(resampling.draws, len(rows))


def each_draw(people: Ints, rows: Ints, resampling: Resampling) -> Iterator[Floats]:
    """The same one draw after the other, where rows are too many to be held for all draws at once."""
    place = np.searchsorted(people, rows)
    for draw in range(resampling.draws):
        yield resampling.weights("people", len(people), draw)[place].astype(float)
