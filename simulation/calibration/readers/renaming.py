"""Stages that got another name: found by when the one ends and the other begins, and by what comes before and after.

A pair is joined where the new name begins when the old one ends, at the same place of a sale, where no other name fits
either of them, and where deals come from the same stages and go on to the same ones (the other pairs joined too: all
stages may have got new names on one day). Where one of these fails, it is noticed and left as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

FEWEST = 20
"""Rows of a stage below which nothing is said of its name."""
NEAR_DAYS = 21
"""Days between the last row with the old name and the first one with the new."""
_DAY = np.timedelta64(1, "D")
_SURE = 30
"""Days of the records at either end that tell that a name was not there, or is not any more."""
APART = 0.25
"""Total variation distance between where deals come from, or go to, up to which two stages are the same."""
LUCK = 1.5
"""How often the distance that chance alone gives is added to it."""


@dataclass(frozen=True)
class Pair:
    """A stage that seems to have got another name.

    Attributes:
        old, new: its names.
        day: of the first row with the new one.
    """

    old: str
    new: str
    day: date


def candidates(entries: pd.DataFrame, end: np.datetime64) -> Iterator[Pair]:
    """Two stages of which one ends where the other begins, at the same place of the sale."""
    spans = entries.groupby("stage")["entered"].agg(["min", "max", "size"])
    begin = entries["entered"].min()
    position = entries.groupby("deal").cumcount()
    middle = {str(stage): float(place) for stage, place in position.groupby(entries["stage"]).median().items()}
    spans = spans[spans["size"] >= FEWEST]
    for old, was in spans.iterrows():
        if end - was["max"] < _SURE * _DAY:
            continue
        for new, now in spans.iterrows():
            between = (now["min"] - was["max"]) / _DAY
            if old == new or now["min"] - begin < _SURE * _DAY or not -3 <= between <= NEAR_DAYS:
                continue
            if abs(middle[str(old)] - middle[str(new)]) <= 0.5:
                yield Pair(str(old), str(new), now["min"].date())


def joined(entries: pd.DataFrame, end: np.datetime64, known: Collection[str]) -> tuple[Pair, ...]:
    """The pairs that are one stage.

    Args:
        entries: rows in the order of deal and time: deal, stage, entered.
        end: of the records.
        known: names of which the user has said what they are.
    """
    if entries.empty:
        return ()
    found = [each for each in candidates(entries, end) if each.old not in known]
    olds, news = ([getattr(each, side) for each in found] for side in ("old", "new"))
    found = [each for each in found if olds.count(each.old) == 1 and news.count(each.new) == 1]
    while found:  # without a pair that does not fit its neighbours have other names
        names = {each.old: each.new for each in found}
        distances = {each: _apart(entries, each, names) for each in found}
        worst = max(found, key=lambda each: distances[each])
        if distances[worst] <= APART:
            break
        found.remove(worst)
    return tuple(found)


def renamed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """A table with the new names of stages."""
    return frame.assign(stage=frame["stage"].map(lambda each: names.get(each, each)).astype(object))


def without_repeats(entries: pd.DataFrame) -> pd.DataFrame:
    """Rows without those in which a deal comes into the stage in which it is, as when cards are moved to a new name."""
    again = entries.duplicated(["deal", "stage"]) & (entries["deal"] == entries["deal"].shift())
    again &= entries["stage"] == entries["stage"].shift()
    return entries[~again].reset_index(drop=True)


def _apart(entries: pd.DataFrame, pair: Pair, names: Mapping[str, str]) -> float:
    """How far what comes before and after a stage differs between its names, beyond chance; total variation."""
    deal, stage = entries["deal"].to_numpy(), entries["stage"].map(lambda each: names.get(each, each)).to_numpy(object)
    mine = entries["stage"].to_numpy(object)
    same = np.append(deal[1:] == deal[:-1], False)
    after = np.where(same, np.append(stage[1:], ""), "")
    before = np.append("", np.where(same[:-1], stage[:-1], ""))
    found = 0.0
    for beside in (before, after):
        counts = []
        for name in (pair.old, pair.new):
            rows = (mine == name) & (beside != pair.new)  # cards moved from the one name to the other
            if beside is after:  # what is still in the stage has no next one yet
                rows &= beside != ""
            counts.append(pd.Series(beside[rows]).value_counts())
        old, new = counts
        if min(old.sum(), new.sum()) < FEWEST / 2:
            continue
        shares = pd.concat([old / old.sum(), new / new.sum()], axis=1).fillna(0.0)
        mean = (old.add(new, fill_value=0.0) / (old.sum() + new.sum())).to_numpy(float)
        # mean of |difference| of two binomial shares, sqrt(2 / pi) of its standard deviation
        luck = 0.5 * float(np.sqrt(2 / np.pi * mean * (1 - mean) * (1 / old.sum() + 1 / new.sum())).sum())
        distance = 0.5 * float((shares.iloc[:, 0] - shares.iloc[:, 1]).abs().sum())
        found = max(found, distance - LUCK * luck)
    return found
