"""What goes wrong in a CRM, planted on purpose: records → records with a fault, and what was done, for the truth.

Which deals are hit follows from a seed. `FAULTS` has them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from simulation.calibration.records import Records

SHARE = 0.05
"""Share of the deals that a fault hits."""
RENAMED = "{} (new)"
"""What a stage is called after the names have changed."""


@dataclass(frozen=True)
class Planted:
    """Records with faults.

    Attributes:
        records: what the CRM has now.
        told: what was done, by the name of the fault.
    """

    records: Records
    told: Mapping[str, Any]


def duplicates(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """Some deals stand twice in the list."""
    deals = records.deals
    hit = _hit(deals, rng)
    twice = np.sort(np.r_[np.arange(len(deals)), hit])
    return replace(records, deals=deals.iloc[twice].reset_index(drop=True)), _numbers(deals, hit)


def re_entered(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """Some deals are moved back to the stage before, and forward again, within their time in a stage."""
    entries = records.entries.copy()
    entries["until"] = entries.groupby("deal")["entered"].shift(-1)
    ends = records.deals.drop_duplicates("deal").set_index("deal")["closed"]
    until = entries["until"].fillna(entries["deal"].map(ends)).fillna(pd.Timestamp(records.as_of))
    before = entries.groupby("deal")["stage"].shift(1)
    can = np.flatnonzero(before.notna() & (until - entries["entered"] > pd.Timedelta(hours=3)))
    hit = np.sort(rng.choice(can, min(len(can), max(1, round(SHARE * len(records.deals)))), replace=False))
    length = (until - entries["entered"]).iloc[hit]
    back, again = entries.iloc[hit].copy(), entries.iloc[hit].copy()
    back["stage"] = before.iloc[hit]
    back["entered"] = (back["entered"] + length / 3).dt.floor("s")
    again["entered"] = (again["entered"] + length * 2 / 3).dt.floor("s")
    made = pd.concat([entries, back, again]).sort_values(["deal", "entered"], kind="stable")
    made = made.drop(columns="until").reset_index(drop=True)
    made["entered"] = made["entered"].astype("datetime64[s]")
    return replace(records, entries=made), entries["deal"].iloc[hit].tolist()


def overwritten(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """Some closed deals were touched in bulk at the end of a quarter, and that day overwrote their closing date."""
    deals = records.deals.copy()
    closed = np.flatnonzero(deals["closed"].notna())
    hit = closed[_hit(deals.iloc[closed], rng)]
    last = pd.Timestamp(records.as_of) - pd.Timedelta(hours=7)
    later = (deals["closed"].iloc[hit] + pd.offsets.QuarterEnd(1)).dt.normalize() + pd.Timedelta(hours=17)
    deals.loc[deals.index[hit], "closed"] = later.clip(upper=last).astype("datetime64[s]")
    return replace(records, deals=deals), _numbers(deals, hit)


def closed_before_created(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """Some deals were typed in after they had been closed: they are closed before they were created."""
    deals = records.deals.copy()
    closed = np.flatnonzero(deals["closed"].notna())
    hit = closed[_hit(deals.iloc[closed], rng)]
    rows = deals.index[hit]
    deals.loc[rows, "closed"] = deals.loc[rows, "created"] - pd.to_timedelta(rng.integers(1, 20, len(hit)), unit="D")
    return replace(records, deals=deals), _numbers(deals, hit)


def renamed_stages(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """In the middle of the records the stages get other names: what comes after has the new ones."""
    first = records.entries["entered"].min()
    at = (first + (pd.Timestamp(records.as_of) - first) / 2).normalize()
    entries, deals = records.entries.copy(), records.deals.copy()
    later = entries["entered"] >= at
    named = [RENAMED.format(stage) if new else stage for stage, new in zip(entries["stage"], later, strict=True)]
    entries["stage"] = pd.Series(named, entries.index, dtype=object)
    known = entries.groupby("deal")["stage"].last().to_dict()
    there = [known.get(deal, stage) for deal, stage in zip(deals["deal"], deals["stage"], strict=True)]
    deals["stage"] = pd.Series(there, deals.index, dtype=object)
    names = (*records.stages, *(RENAMED.format(stage) for stage in records.stages))
    return replace(records, entries=entries, deals=deals, stages=names), {"at": str(at.date())}


def lost_month(records: Records, rng: np.random.Generator) -> tuple[Records, Any]:
    """The deals that came in one month, and all that was done in it, are not there."""
    months = records.deals["created"].dt.to_period("M")
    among = sorted(months[months >= pd.Period(records.since or records.deals["created"].min(), "M")].unique())
    month = among[int(rng.integers(1, max(2, len(among) - 1))) % len(among)]

    def but(table: pd.DataFrame, column: str) -> pd.DataFrame:
        return table[table[column].dt.to_period("M") != month].reset_index(drop=True)

    deals = but(records.deals, "created")
    entries = but(records.entries, "entered")
    return replace(
        records,
        deals=deals,
        entries=entries[entries["deal"].isin(deals["deal"])].reset_index(drop=True),
        activities=but(records.activities, "completed"),
        calls=but(records.calls, "day"),
        orders=but(records.orders, "placed"),
        leads=but(records.leads, "created"),
    ), {"month": str(month)}


Fault = Callable[[Records, np.random.Generator], tuple[Records, Any]]
FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "duplicates": duplicates,
        "re-entered": re_entered,
        "overwritten": overwritten,
        "closed-first": closed_before_created,
        "renamed": renamed_stages,
        "lost-month": lost_month,
    }
)
"""Every fault by the name that `--faults` knows it by."""


def planted(records: Records, faults: Sequence[str], seed: int = 1) -> Planted:
    """Plant faults one after the other, in the order of `FAULTS`, duplicates last.

    Raises:
        KeyError: there is no such fault.
    """
    for name in faults:
        if name not in FAULTS:
            raise KeyError(name)
    told = {}
    for number, (name, fault) in enumerate([*FAULTS.items()][1:] + [("duplicates", duplicates)]):
        if name in faults:
            records, told[name] = fault(records, np.random.default_rng([seed, number]))
    return Planted(records, told)


def _hit(deals: pd.DataFrame, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Places of the deals that are hit."""
    return np.sort(rng.choice(len(deals), min(len(deals), max(1, round(SHARE * len(deals)))), replace=False))


def _numbers(deals: pd.DataFrame, places: np.ndarray[Any, np.dtype[np.int64]]) -> list[int]:
    return [int(number) for number in deals["deal"].iloc[places]]
