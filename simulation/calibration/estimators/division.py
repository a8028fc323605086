"""Who does which stages today: the share of the entries into each stage that people of each role own.

Needs a list of staff with two roles or more, and a history that names an owner at each stage. Where a deal keeps one
owner along all its stages (a table of deals knows the last one only), roles cannot be told apart by stages, whatever
the counts by stage look like: closers own the deals that are old. So first it is asked how often the role changes on
the way; only then the shares are read. A role does a stage of which its people own `LEAST_PART`, and each stage is done
by who owns most of it. Shares of the last half year, where it holds enough, else of all days; draws are of the deals.

Figures: `share.ROLE.STAGE`; the model is a `Division`, None where nothing can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import resampled
from simulation.calibration.estimators.presence import roles_of
from simulation.calibration.estimators.spells import order_of_stages
from simulation.calibration.records import UNKNOWN, Records
from simulation.texts import Phrase, worded

NAME = "division"
WAY = "people-method-owners"
LEAST_PART = 0.2
"""Share of a stage's entries from which on it is a role's work, and no deputising."""
LEAST_CHANGES = 0.1
"""Share of deals of two stages or more on whose way the owner's role changes, from which on roles divide stages."""
CUSTOMERS, FINDING = ("serve", "collect", "upsell"), "prospect"
"""What a log of work calls looking after customers, and finding leads."""
DAYS = 182
"""Days before the end that tell how it is today."""
AFTER_WORDS = ("farm", "account", "service", "support", "success", "фермер", "аккаунт", "сопровожд", "сервис", "клиент")
"""Parts of a role's name that say that it looks after customers, whom no history of deals shows."""


@dataclass(frozen=True)
class Role:
    """What people of one role do.

    Attributes:
        name: as the list of staff has it.
        people: of them on the last day.
        stages: that they do, in order.
        prospects: whether they make calls to find leads.
        serves: whether they look after customers.
    """

    name: str
    people: int
    stages: tuple[str, ...]
    prospects: bool = False
    serves: bool = False


@dataclass(frozen=True)
class Division:
    """The roles that divide the work today, in the order of their first stages; of after-sales alone last."""

    roles: tuple[Role, ...]


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Roles and their stages; None is the model where the records do not tell, and the notes say why."""
    staff = records.staff
    listed = [name for name in staff["role"].unique().tolist() if name]
    if len(listed) < 2:
        return Estimate(NAME)
    rows = _owned(records)
    if len(rows) < LEAST_DEALS:
        return _untold(worded("people-division-no-owners", roles=sorted(listed)))
    late = rows[rows["entered"] >= pd.Timestamp(records.as_of) - pd.Timedelta(days=DAYS)]
    rows = late if late.groupby("stage").size().reindex(rows["stage"].unique()).ge(LEAST_FOR_SHARE).all() else rows
    names = sorted(rows["role"].unique().tolist())
    if len(names) == 1:
        return _untold(worded("people-division-alike", roles=names))
    several = rows.groupby("deal")["role"].agg(["size", "nunique"])
    several = several[several["size"] >= 2]
    if len(several) < LEAST_FOR_SHARE or (several["nunique"] > 1).mean() < LEAST_CHANGES:
        return _untold(worded("people-division-one-owner", roles=names))
    stages = [name for name in order_of_stages(records) if (rows["stage"] == name).sum() >= LEAST_FOR_SHARE]
    rows = rows[rows["stage"].isin(stages)]
    place = {name: n for n, name in enumerate(stages)}
    number = {name: n for n, name in enumerate(names)}
    cell = rows["stage"].map(place).to_numpy(np.int64) * len(names) + rows["role"].map(number).to_numpy(np.int64)
    row_of = pd.Series(np.arange(len(records.deals)), index=records.deals["deal"].to_numpy())
    case = rows["deal"].map(row_of).to_numpy(np.int64)
    counts = resampled.counts(cell, case, len(stages) * len(names), resampled.deals(resampling, records))
    counts = counts.reshape(len(stages), len(names), -1)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-9)
    does = shares[:, :, 0] >= LEAST_PART
    does[np.arange(len(stages)), shares[:, :, 0].argmax(axis=1)] = True
    taking = does.any(axis=0)
    figures = {
        key: Figure(key, float(shares[s, r, 0]), shares[s, r, 1:], int(counts[s, :, 0].sum()), WAY, "share")
        for s, stage in enumerate(stages)
        for r, role in enumerate(names)
        if taking[r] and counts[s, r, 0] > 0
        for key in [f"share.{role}.{stage}"]
    }
    if all(does[:, r].all() for r in np.flatnonzero(taking)):
        alike = worded("people-division-alike", roles=[names[r] for r in np.flatnonzero(taking)])
        return Estimate(NAME, figures, (alike,))
    heads = _heads(records)
    callers, servers = _by_log(records)
    made = [
        Role(name, heads.get(name, 0), tuple(np.array(stages, object)[does[:, r]]), name in callers, name in servers)
        for r, name in enumerate(names)
        if taking[r]
    ]
    made.sort(key=lambda role: (place[role.stages[0]], place[role.stages[-1]]))
    beside = [name for name in listed if name not in {each.name for each in made} and heads.get(name, 0)]
    made += [
        Role(name, heads[name], (), name in callers, name in servers or not servers and _after(name))
        for name in beside
        if name in callers or name in servers or (not servers and _after(name))
    ]
    left = [name for name in beside if name not in {each.name for each in made}]
    parts = [worded("people-division-role", role=each.name, stages=list(each.stages)) for each in made if each.stages]
    notes = [worded("people-division-found", roles=parts)]
    if left:
        notes.append(worded("people-division-left-out", roles=left))
    return Estimate(NAME, figures, tuple(notes), Division(tuple(made)))


def _untold(why: Phrase) -> Estimate:
    return Estimate(NAME, notes=(why,))


def _owned(records: Records) -> pd.DataFrame:
    """Entries into stages with the role of who owned the deal there; columns deal, stage, entered, role."""
    rows = records.entries[records.entries["owner"] != UNKNOWN]
    person = np.unique(rows["owner"].to_numpy(np.int64))
    role = dict(zip(person.tolist(), roles_of(records, person), strict=True))
    rows = rows.assign(role=rows["owner"].map(role).fillna(""))
    return rows.loc[rows["role"] != "", ["deal", "stage", "entered", "role"]]


def _heads(records: Records) -> Mapping[str, int]:
    """People of each role who are there on the last day."""
    there = records.staff[records.staff["left"].isna()]
    return {str(name): int(count) for name, count in there.groupby("role")["person"].nunique().items() if name}


def _by_log(records: Records) -> tuple[set[str], set[str]]:
    """Roles that make calls to find leads, and roles that look after customers: by calls and the log of work."""
    callers, servers = (
        records.calls["person"],
        records.activities.loc[records.activities["activity"].isin(CUSTOMERS), "person"],
    )
    finders = records.activities.loc[records.activities["activity"] == FINDING, "person"]

    def most(people: pd.Series) -> set[str]:
        known = people[people != UNKNOWN].to_numpy(np.int64)
        names = pd.Series(roles_of(records, known)) if len(known) else pd.Series([], dtype=object)
        parts = names[names != ""].value_counts(normalize=True)
        return {str(name) for name, part in parts.items() if part >= LEAST_PART}

    return most(callers if len(callers) else finders), most(servers)


def _after(name: str) -> bool:
    return any(word in name.casefold() for word in AFTER_WORDS)
