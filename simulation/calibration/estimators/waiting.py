"""Whose time it was: of each time in stage, how long a deal waited for the seller and how long for the customer.

Where there is a log of work, a spell ends its wait for the seller with the first piece of work on the deal that begins
in it, and is the customer's from the end of that piece on: what a scenario calls `thinking` and `thinking_lost`. A no
before any work was lost waiting (`patience`, unanswered). Shares of the customer's part are of deals that were worked
on, which is what `conversion` of a stage means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimators.spells import NO, OPEN, YES, Spells
from simulation.calibration.records import Records

Floats = NDArray[np.float64]
_HOUR = np.timedelta64(3600, "s")
LEAST_WORKED = 0.5
"""Share of the spells that ended of which the log must have work; with less it is no log of this work."""


@dataclass(frozen=True)
class Waiting:
    """Spells taken apart; columns of the length of `spells` are by its rows."""

    wait: Floats
    """Hours from the entry to the first work; NaN where there was none until the spell's end."""
    unanswered: NDArray[np.bool_]
    """Lost before any work."""
    customer: Spells
    """The customer's part of the spells that were worked on (or jumped over): ages from the end of the first work."""


def taken_apart(of: Spells, records: Records) -> Waiting | None:
    """The spells of `spells.spells` taken apart; None without a history or a log that has their work."""
    log = records.activities
    if of.whole or log.empty or not len(of.deal):
        return None
    numbers = records.deals["deal"].to_numpy(np.int64)
    order = np.argsort(numbers, kind="stable")
    case = log["case"].to_numpy(np.int64)
    row = order[np.minimum(np.searchsorted(numbers[order], case), len(numbers) - 1)]
    started, completed = (log[name].to_numpy("datetime64[s]") for name in ("started", "completed"))
    started = np.where(np.isnat(started), completed, started)
    moment = np.datetime64(pd.Timestamp(records.as_of), "s")
    kept = (numbers[row] == case) & ~np.isnat(started) & (started < moment)
    row, started, completed = row[kept], started[kept], completed[kept]
    by_time = np.lexsort((started, row))
    row, started, completed = row[by_time], started[by_time], completed[by_time]
    if not len(row):
        return None
    ended = of.begun + np.round(of.age * 3600).astype("timedelta64[s]")
    place = np.searchsorted(_keys(row, started), _keys(of.deal, of.begun), side="left")
    inside = np.minimum(place, len(row) - 1)
    found = (place < len(row)) & (row[inside] == of.deal) & (started[inside] <= ended)
    jumped = (of.age == 0) & (of.end == YES) & (of.entry == 0)
    shut = (of.end != OPEN) & ~jumped
    if found[shut].mean() < LEAST_WORKED if shut.any() else True:
        return None
    wait = np.where(found, (started[inside] - of.begun) / _HOUR, np.nan)
    unanswered = ~found & (of.end == NO)
    # a yes without recorded work is the customer's as a whole; work that goes on has no customer's part yet
    done = np.where(found, completed[inside], of.begun)
    thinking = (found & ~np.isnat(done) & (done <= ended)) | (~found & (of.end == YES))
    part = of.where(thinking)
    begun, end = done[thinking], ended[thinking]
    passed = (begun - of.begun[thinking]) / _HOUR
    customer = replace(
        part, begun=begun, age=np.maximum((end - begun) / _HOUR, 0.0), entry=np.maximum(part.entry - passed, 0.0)
    )
    return Waiting(wait, unanswered, customer.where(customer.age >= customer.entry))


def _keys(row: NDArray[np.int64], time: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Numbers in the order of rows and, within a row, of times."""
    return np.asarray(row.astype(np.int64) * 2**36 + time.astype("datetime64[s]").astype(np.int64))
