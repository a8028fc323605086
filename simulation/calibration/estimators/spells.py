"""Records as spells of risk: how long each deal was in each stage, and how that ended.

A deal passes the stages of its pipeline in their order. What it did is taken from the entries that raise it: going
back and coming again changes nothing, and a stage that was jumped over was passed in no time, so that the shares of
all stages multiply to that of the deal. A spell ends with a yes when the deal goes on or is won, with a no when it is
lost, and is cut off where the records end. Spells that began before the records are complete enter late, those that
ended before are left out, because lost ones among them were never written down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimators.incidence import aalen_johansen
from simulation.calibration.records import Records

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OPEN, YES, NO = 0, 1, 2
WHOLE = "deal"
"""The one stage where records tell no history: from the creation of a deal until it is won or lost."""
ELSEWHERE = ""
"""The channel of deals whose channel is not known."""
_HOUR = np.timedelta64(3600, "s")
_TOO_FEW_EARLY = 5.0
"""Ends that complete records would hold before the first that they do: the first end of a process comes when its
intensity adds up to an exponential variable of mean 1, so that more than this has a chance below 0.7 %."""
_AT_ONE_MOMENT = 3
"""Spells that began in the same second from which on they were entered together."""


@dataclass(frozen=True)
class Spells:
    """Spells of all stages: one row each, columns of equal length."""

    stages: tuple[str, ...]
    channels: tuple[str, ...]
    """Names of the channels, the most frequent first."""
    stage: Ints
    channel: Ints
    deal: Ints
    """Row of `records.deals` that the spell belongs to."""
    begun: NDArray[np.datetime64]
    entry: Floats
    """Age at which the spell came under observation, hours; 0 where it was seen from its start."""
    age: Floats
    """Age at which it ended or was cut off, hours."""
    end: NDArray[Any]
    """OPEN, YES or NO."""
    since: pd.Timestamp | None
    """From when on ends are recorded, where that is later than the first deal."""
    pipeline: tuple[int, ...] = ()
    """Number of the pipeline that each stage belongs to, whose stages stand in a row; one for all where it is empty."""

    def is_last(self, stage: int) -> bool:
        """Whether a yes at a stage wins the deal: none of its pipeline comes after it."""
        return stage + 1 == len(self.stages) or (
            bool(self.pipeline) and self.pipeline[stage + 1] != self.pipeline[stage]
        )

    @property
    def whole(self) -> bool:
        """Whether deals are one stage."""
        return self.stages == (WHOLE,)

    def where(self, kept: NDArray[np.bool_]) -> Spells:
        """Some of the rows."""
        columns = {
            name: getattr(self, name)[kept] for name in ("stage", "channel", "deal", "begun", "entry", "age", "end")
        }
        return replace(self, **columns)


def closed_with_dates(records: Records) -> int:
    """How many deals are won or lost on a known date."""
    deals = records.deals
    return int((deals["status"].isin(("won", "lost")) & deals["closed"].notna() & deals["created"].notna()).sum())


def channel_codes(deals: pd.DataFrame) -> tuple[tuple[str, ...], Ints]:
    """Channels, the most frequent first, and the number of each deal's."""
    codes, names = pd.factorize(deals["channel"].fillna(ELSEWHERE), sort=True)
    order = np.argsort(-np.bincount(codes, minlength=len(names)), kind="stable")
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    return tuple(str(names[n]) for n in order), place[codes]


def order_of_stages(records: Records) -> tuple[str, ...]:
    """Stages in the order in which deals pass them: as the records say, else by the mean place of their entries."""
    if records.stages:
        return records.stages
    entries = records.entries
    place = entries.groupby("deal").cumcount() - (entries.groupby("deal")["stage"].transform("size") - 1) / 2
    return tuple(place.groupby(entries["stage"]).mean().sort_values(kind="stable").index)


def spells(records: Records, whole: bool = False) -> Spells:
    """The spells of records: by stage where there is a history (and `whole` does not forbid it), else by deal.

    Deals that were closed on a day before they were created tell nothing of clocks and are left out.
    """
    deals = records.deals
    end = deals["status"].map({"won": YES, "lost": NO}).fillna(OPEN).to_numpy(np.int64)
    created, closed = (deals[name].to_numpy("datetime64[s]") for name in ("created", "closed"))
    channels, channel = channel_codes(deals)
    known = ~np.isnat(created) & ((end == OPEN) | (closed >= created.astype("datetime64[D]")))
    moment = np.datetime64(pd.Timestamp(records.as_of), "s")
    until = np.where(end == OPEN, moment, closed)
    if whole or not records.has_history:
        rows = np.flatnonzero(known).astype(np.int64)
        names: tuple[str, ...] = (WHOLE,)
        of: tuple[int, ...] = (0,)
        stage, begun, ended, how = np.zeros(len(rows), np.int64), created[rows], until[rows], end[rows]
    else:
        names, of, rows, stage, begun, ended, how = _passed(records, known, until, end)
    age = np.maximum((ended - begun) / _HOUR, 0.0)
    found = Spells(names, channels, stage, channel[rows], rows, begun, np.zeros(len(rows)), age, how, None, of)
    return _observed(found, records)


def _passed(
    records: Records, known: NDArray[np.bool_], until: NDArray[np.datetime64], end: NDArray[Any]
) -> tuple[tuple[str, ...], tuple[int, ...], Ints, Ints, NDArray[np.datetime64], NDArray[np.datetime64], NDArray[Any]]:
    """Stages, the pipeline of each, and of each spell the row of its deal, stage, beginning, end and how it ended."""
    order = order_of_stages(records)
    lines, line_of, first, last, line = _pipelines(records, order)
    numbers = records.deals["deal"].to_numpy(np.int64)
    entries = records.entries
    by_number = np.argsort(numbers, kind="stable")
    place = np.minimum(np.searchsorted(numbers[by_number], entries["deal"]), len(numbers) - 1)
    row = by_number[place]
    rank = line_of(entries["stage"], line[row])
    entered = entries["entered"].to_numpy("datetime64[s]")
    kept = (numbers[row] == entries["deal"].to_numpy()) & (rank >= 0) & ~np.isnat(entered)
    kept &= known[row]
    row, rank, entered = row[kept], rank[kept], entered[kept]
    in_order = np.lexsort((rank, entered, row))
    row, rank, entered = row[in_order], rank[in_order], entered[in_order]
    highest = np.maximum.accumulate(row * np.int64(len(lines) + 1) + rank)
    raises = np.r_[True, highest[1:] > highest[:-1]] if len(row) else np.zeros(0, bool)
    row, rank, entered = row[raises], rank[raises], entered[raises]
    starts = np.r_[True, row[1:] != row[:-1]] if len(row) else np.zeros(0, bool)
    ends = np.r_[starts[1:], True] if len(row) else np.zeros(0, bool)
    left = np.where(
        ends, until[row], np.r_[entered[1:], entered[:0]] if len(row) < 2 else np.r_[entered[1:], entered[-1:]]
    )
    how = np.where(ends, end[row], YES)
    # jumped over: between the stage before (or the first of the pipeline) and this one, and after the last when won
    before = np.where(starts, first[line[row]] - 1, np.r_[0, rank[:-1]] if len(row) else rank)
    jumped = rank - before - 1
    over = np.where(ends & (end[row] == YES), last[line[row]] - rank, 0)
    extra = np.repeat(np.arange(len(row)), jumped)
    beyond = np.repeat(np.arange(len(row)), over)
    step = np.arange(len(extra)) - np.repeat(np.cumsum(jumped) - jumped, jumped)
    further = np.arange(len(beyond)) - np.repeat(np.cumsum(over) - over, over)
    stage = np.concatenate([rank, (before + 1)[extra] + step, rank[beyond] + 1 + further])
    begun = np.concatenate([entered, entered[extra], left[beyond]])
    ended = np.concatenate([left, entered[extra], left[beyond]])
    ended_how = np.concatenate([how, np.full(len(extra) + len(beyond), YES)])
    of = tuple(np.repeat(np.arange(len(first)), last - first + 1).tolist())
    return lines, of, np.concatenate([row, row[extra], row[beyond]]), stage, begun, ended, ended_how


def _pipelines(
    records: Records, order: Sequence[str]
) -> tuple[tuple[str, ...], Callable[[pd.Series, Ints], Ints], Ints, Ints, Ints]:
    """Stages of all pipelines in a row, who finds the number of one, first and last of each, each deal's pipeline."""
    entries = records.entries
    names, line_of_deal = np.unique(records.deals["pipeline"].fillna("").to_numpy(str), return_inverse=True)
    place = {stage: n for n, stage in enumerate(order)}
    code = entries["stage"].map(place).fillna(-1).to_numpy(np.int64)
    numbers = records.deals["deal"].to_numpy(np.int64)
    by_number = np.argsort(numbers, kind="stable")
    row = by_number[np.minimum(np.searchsorted(numbers[by_number], entries["deal"]), max(len(numbers) - 1, 0))]
    line = line_of_deal[row]
    there = np.zeros((len(names), len(order)), bool)
    there[line[code >= 0], code[code >= 0]] = True
    if len(names) == 1:
        there[0] = True
    twice = there.sum(0) > 1
    number = np.full(there.shape, -1, np.int64)
    number[there] = np.arange(there.sum())
    labels = tuple(
        f"{names[n]}: {order[s]}" if twice[s] and names[n] else order[s]
        for n, s in zip(*np.nonzero(there), strict=True)
    )
    size = there.sum(1)
    last = np.cumsum(size) - 1

    def find(stage: pd.Series, of: Ints) -> Ints:
        code = stage.map(place).fillna(-1).to_numpy(np.int64)
        return np.where(code >= 0, number[of, np.maximum(code, 0)], -1)

    return labels, find, last - size + 1, last, line_of_deal


def _observed(found: Spells, records: Records) -> Spells:
    """Spells as they could be seen: those from before ends were recorded enter late, earlier ends are left out."""
    since = recorded_since(records)
    ended = found.begun + (found.age * 3600).astype("timedelta64[s]")
    if since is None or not np.any(found.begun < since):
        return found
    entry = np.maximum((since - found.begun) / _HOUR, 0.0)
    early = found.begun < since
    seen = ~early | ((ended >= since) & (found.age > entry) & ~_moved_in(found.begun, early))
    late = replace(found, entry=entry, since=pd.Timestamp(since))
    return late.where(seen)


def recorded_since(records: Records) -> np.datetime64 | None:
    """From when on all ends, and with them all deals, are in the records; None: from the first row on.

    What the records say of themselves, or the day of their first end, where complete records would hold earlier ones.
    """
    since = None if records.since is None else np.datetime64(pd.Timestamp(records.since), "s")
    deals = records.deals
    shut = (deals["status"] != "open") & deals["closed"].notna()
    if shut.any():
        # midnight before the first end, so that it is among what is seen
        first = (
            deals.loc[shut, "closed"].to_numpy("datetime64[s]").min().astype("datetime64[D]").astype("datetime64[s]")
        )
        if (since is None or first > since) and _begins_late(records, first):
            return first
    return since


def first_day(records: Records) -> date:
    """The day from which on the records tell everything: `recorded_since`, else the day of the first deal."""
    since, created = recorded_since(records), records.deals["created"].dropna()
    if since is not None:
        return pd.Timestamp(since).date()
    return pd.Timestamp(created.min()).date() if len(created) else records.as_of


def _moved_in(begun: NDArray[np.datetime64], early: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Spells from before the records whose beginning is that of many.

    They are cards of the day on which a CRM was filled, of which nobody knows since when they are.
    """
    clock = (begun - begun.astype("datetime64[D]")).astype(np.int64)
    if not np.any(clock):
        return np.zeros(len(begun), bool)  # dates without times: many are alike by nature
    moments, which, many = np.unique(begun[early], return_inverse=True, return_counts=True)
    found = np.zeros(len(begun), bool)
    found[early] = (many >= _AT_ONE_MOMENT)[which]
    return found


def _begins_late(records: Records, first: np.datetime64) -> bool:
    """Whether ends are missing before the first recorded one: see `_TOO_FEW_EARLY`."""
    deals = records.deals
    created, closed = (deals[name].to_numpy("datetime64[s]") for name in ("created", "closed"))
    shut = ((deals["status"] != "open") & deals["closed"].notna()).to_numpy()
    known = ~np.isnat(created) & (shut | (deals["status"] == "open").to_numpy())
    early = created[known & (created < first)]
    if not len(early):
        return False
    moment = np.datetime64(pd.Timestamp(records.as_of), "s")
    begun = created[known]
    age = np.maximum((np.where(shut, closed, moment)[known] - begun) / _HOUR, 0.0)
    entry = np.maximum((first - begun) / _HOUR, 0.0)
    seen = age > entry
    seen |= begun >= first
    times, cell = np.unique(np.concatenate([age[seen], entry[seen]]), return_inverse=True)
    n = int(seen.sum())
    of_end, of_entry = cell[:n], cell[n:]

    def column(cells: Ints) -> Floats:
        return np.bincount(cells, minlength=len(times)).astype(float)[:, None]

    ended = shut[known][seen]
    late = entry[seen] > 0
    found = aalen_johansen(
        times, column(of_end[ended]), np.zeros((len(times), 1)), column(of_end[~ended]), column(of_entry[late])
    )
    still = found.at((first - early) / _HOUR)[2][:, 0]
    return bool(-np.log(np.maximum(still, 1e-12)).sum() > _TOO_FEW_EARLY)
