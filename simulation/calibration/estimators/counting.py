"""Spells counted by their age, in the records as they are and in each draw; and the age at which deals expire."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimators import resampled
from simulation.calibration.estimators.spells import NO, OPEN, YES, Spells

Floats = NDArray[np.float64]
AT_ONCE = 1 / 60
"""Answers within a minute are of no time: what a program or a click did, hours."""
_EXACT = 1500  # distinct ages of a stage up to which no two are put together
_FINE, _COARSE = 2e-3, 1e-2  # widths of the cells beyond that: of the incidence, and of the likelihood
_NIGHT = 4
"""Steps of a quarter of a day in a row without anybody that a heap may have inside: a night, and the hours after it."""


@dataclass(frozen=True)
class Counts:
    """Weighted numbers of spells at each time: columns are the records as they are and then each draw.

    `times` are above 0, rising, shape (times,); the arrays of shape (times, 1 + draws). Those who answered at once
    stand beside: `at_once_yes`, `at_once_no` and `from_start` (all who were seen from their start), shape (1 + draws,).
    """

    times: Floats
    yes: Floats
    no: Floats
    censored: Floats
    entered: Floats
    at_once_yes: Floats
    at_once_no: Floats
    from_start: Floats

    def first(self) -> Counts:
        """The records as they are, without the draws."""
        names = ("yes", "no", "censored", "entered", "at_once_yes", "at_once_no", "from_start")
        return Counts(self.times, **{name: getattr(self, name)[..., :1] for name in names})

    def __add__(self, other: Counts) -> Counts:
        names = ("yes", "no", "censored", "entered", "at_once_yes", "at_once_no", "from_start")
        return Counts(self.times, **{name: getattr(self, name) + getattr(other, name) for name in names})


def cells_of(of: Spells) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Distinct ages of a stage, 0 first, and the cells of each spell's age and entry (0: seen from the start)."""
    age = np.where(of.age <= AT_ONCE, 0.0, of.age)
    both = np.concatenate([[0.0], age, of.entry])
    times, cell = np.unique(both, return_inverse=True)
    if len(times) > _EXACT:
        step = np.where(both > 0, np.round(np.log(np.maximum(both, 1e-9)) / _FINE), -(2**40)).astype(np.int64)
        steps, cell = np.unique(step, return_inverse=True)
        times = np.where(steps > -(2**40), np.exp(np.clip(steps * _FINE, -30, 30)), 0.0)
    age_cell, entry_cell = np.split(cell[1:], 2)
    # whoever enters is at risk of what comes after it, were it in the same cell
    return times, age_cell, np.where(of.entry > 0, np.minimum(entry_cell, np.maximum(age_cell - 1, 0)), 0)


def counted(
    of: Spells,
    mine: NDArray[np.bool_],
    times: Floats,
    cell: NDArray[np.int64],
    entry: NDArray[np.int64],
    weights: NDArray[np.uint8],
) -> Counts:
    """Counts of some of the spells; at time 0 are those who answered at once."""

    def count(which: NDArray[np.bool_], cells: NDArray[np.int64]) -> Floats:
        return resampled.counts(cells[which], of.deal[which], len(times), weights)

    late = mine & (entry > 0)
    yes, no = count(mine & (of.end == YES), cell), count(mine & (of.end == NO), cell)
    censored, entered = count(mine & (of.end == OPEN), cell), count(late, entry)
    seen = (yes + no + censored).sum(0) - entered.sum(0) - censored[0]
    return Counts(times, yes, no, censored, entered, yes[0], no[0], seen)


def total(counts: list[Counts]) -> Counts:
    """Counts of several channels together."""
    found = counts[0]
    for each in counts[1:]:
        found = found + each
    return found


def merging(times: Floats, limit: float) -> NDArray[np.int64]:
    """First cells of the wider ones in which the likelihood counts, one of them at the expiry; 0 is left out."""
    steps = np.round(np.log(times[1:]) / _COARSE)
    begins = np.r_[True, (np.diff(steps) > 0) | ((times[1:-1] < limit) & (times[2:] >= limit))]
    return 1 + np.flatnonzero(begins) if len(steps) else np.zeros(0, np.int64)


def merged(counts: Counts, first: NDArray[np.int64]) -> Counts:
    """The same in wider cells without those at once, each at its weighted mean age as the records are."""
    if not len(first):
        empty = np.zeros((0, counts.yes.shape[1]))
        return replace(counts, times=np.zeros(0), yes=empty, no=empty, censored=empty, entered=empty)
    merged = {
        name: np.add.reduceat(getattr(counts, name), first, axis=0) for name in ("yes", "no", "censored", "entered")
    }
    last = np.r_[first[1:], len(counts.times)] - 1
    return replace(counts, times=np.sqrt(counts.times[first] * counts.times[last]), **merged)


def halved(counts: Counts) -> Counts:
    """Ends without their kind: half of each end is a yes."""
    both = (counts.yes + counts.no) / 2
    return replace(counts, yes=both, no=both)


def cases_of(counts: Counts) -> float:
    """Number of spells in the counts, those that were cut off among them."""
    return float((counts.yes + counts.no + counts.censored)[:, 0].sum())


def expiry(times: Floats, no: Floats, yes: Floats) -> float:
    """Age at which deals are closed without an answer, where many nos stand at one age and hardly any end after it.

    A window about an age must hold a tenth of all nos and ten of them, six times as many as windows of its width beside
    it, and hardly anything (a fiftieth of all ends) may come after it. Where the days are counted from the last work
    on a deal and not from its entry, the nos are spread by nights and week-ends: the narrowest window that holds is
    taken, from half a day to both sides (or a hundredth of the age) up to three days or a twentieth.
    """
    total = no.sum()
    if total < 20:
        return math.inf
    own = times[no > 0]
    ended = no + yes
    summed = [np.concatenate([[0.0], np.cumsum(each)]) for each in (no, ended)]

    def between(which: int, low: Floats, high: Floats) -> Floats:
        """How many ends lie in [low, high]."""
        counted = summed[which]
        return counted[np.searchsorted(times, high, "right")] - counted[np.searchsorted(times, low, "left")]

    for days, part in ((0.5, 0.01), (1.0, 0.02), (2.0, 0.03), (3.0, 0.05)):
        half = np.maximum(part * own, 24.0 * days)
        inside = between(0, own - half, own + half)
        beside = (between(0, own - 3 * half, own + 3 * half) - inside) / 2
        after = ended.sum() - between(1, np.zeros(len(own)), own + half)
        found = (own > 3 * half) & (inside >= np.maximum(max(0.1 * total, 10.0), 6 * beside))
        found &= after <= 0.02 * ended.sum()
        if found.any():
            best = int(np.argmax(np.where(found, inside, -1.0)))
            return _begin_of_heap(times, no, float(own[best]), float(half[best]))
    return math.inf


def _begin_of_heap(times: Floats, no: Floats, inside: float, half: float) -> float:
    """Where a heap about an age begins: at the one moment at which most of it stands, else where it first is dense.

    Args:
        times: ages.
        no: how many said no at each.
        inside: an age inside the heap.
        half: half the width of its window.
    """
    near = np.flatnonzero((np.abs(times - inside) <= half) & (no > 0))
    if no[near].max() >= 0.5 * no[near].sum():
        return float(times[near[np.argmax(no[near])]])
    step = max(0.0025 * inside, 6.0)
    reach = max(half, 72.0, 0.05 * inside)
    usual = 3 * float(no[(times >= inside - 3 * reach) & (times < inside - reach)].sum()) * step / (2 * reach)
    begin, sparse = inside, 0
    for place in range(int(reach / step)):
        below = (times >= inside - (place + 1) * step) & (times < inside - place * step) & (no > 0)
        if no[below].sum() > usual:
            begin, sparse = float(times[below][0]), 0
        elif (sparse := sparse + 1) >= _NIGHT:
            break
    return begin
