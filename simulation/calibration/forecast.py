"""Weeks ahead of a calibrated scenario: simulated from its open deals on, each possible year with a row of the draws.

What came of them is counted in the records in the same way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.analysis.cases import replicate_one
from simulation.calibration.assemble import Assembled
from simulation.calibration.estimators.work_times import pieces_of
from simulation.calibration.facts import Facts
from simulation.calibration.records import Records, days_between
from simulation.calibration.writer import NOW
from simulation.department.record import LOST, REASONS, WON, Record
from simulation.scenario.inputs import FEWEST
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load
from simulation.world import World

Floats = NDArray[np.float64]

WEEK_HOURS = 168.0
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True)
class Weeks:
    """What happened in some weeks, in each possible year of a forecast, or once in the records.

    Attributes:
        wins: won deals, shape (years, weeks).
        open_wins: of them those that were open at the begin.
        value: money of the won deals, shape (years, weeks); NaN where amounts are not known.
        open_end: open deals at the end, shape (years,).
        cycles: days from coming to the deal of each won one, a list for each year.
        busy: hours of work of all people, shape (years,); NaN where nobody knows.
        by_channel: wins of all weeks by channel, shape (years,) each.
    """

    wins: Floats
    open_wins: Floats
    value: Floats
    open_end: Floats
    cycles: tuple[Floats, ...]
    busy: Floats
    by_channel: Mapping[str, Floats]

    def cycle(self, level: float) -> Floats:
        """A quantile of the days to a deal, shape (years,); NaN where nothing was won."""
        return np.array([np.quantile(each, level) if len(each) else np.nan for each in self.cycles])


def months_of(weeks: int) -> int:
    """Whole months that hold so many weeks, whenever they begin."""
    return int(np.ceil((7 * weeks + 3) / 28.0 - 1e-9)) if weeks < 4 else int(np.ceil(7 * weeks / 30.0 + 0.15))


def simulated(
    made: Assembled, facts: Facts, weeks: int, years: int, on_done: Callable[[int], None] | None = None
) -> Weeks:
    """Possible weeks from the first day of a scenario on, as they work now.

    Args:
        made: the scenario; its horizon holds the weeks.
        facts: that it was made of, with each open deal in a row of its own.
        weeks: how many.
        years: possible years; each takes a row of the draws.
        on_done: told how many are done.
    """
    rows = max(years, FEWEST)  # every row of a table is looked at: no more of them than there are years
    made = replace(made, columns={path: values[:rows] for path, values in made.columns.items()})
    with tempfile.TemporaryDirectory() as folder:
        made.write(lambda name: Path(folder) / name)
        scenario = load(Path(folder) / "scenario.yaml")
    channels = {key: name for name, key in made.names.items()}
    ages, opening = ages_of(facts, made), openings(scenario)
    told: list[Weeks] = []
    for number in range(years):
        record, _ = replicate_one(scenario, NOW, number, events=False)
        told.append(counted(record, weeks, channels, ages, opening))
        if on_done is not None:
            on_done(number + 1)
    return Weeks(
        wins=np.concatenate([each.wins for each in told]),
        open_wins=np.concatenate([each.open_wins for each in told]),
        value=np.concatenate([each.value for each in told]),
        open_end=np.concatenate([each.open_end for each in told]),
        cycles=tuple(each.cycles[0] for each in told),
        busy=np.concatenate([each.busy for each in told]),
        by_channel={name: np.concatenate([each.by_channel[name] for each in told]) for name in channels.values()},
    )


def ages_of(facts: Facts, made: Assembled) -> dict[str, Floats]:
    """Days since each open deal came, by key of its channel, in the order in which the scenario has them."""
    known = {each.name for each in facts.stages}
    found: dict[str, list[float]] = {}
    for each in facts.open:
        if each.stage in known:
            found.setdefault(made.names[each.channel], []).extend([each.since] * each.count)
    return {key: np.array(values) for key, values in found.items()}


def openings(scenario: Scenario) -> Callable[[Floats], Floats]:
    """From hours to the same where the office is open, else to its next opening."""
    calendar = World(scenario, 0).calendar
    opens, closes = np.array(calendar.opens), np.array(calendar.closes)

    def opening(hours: Floats) -> Floats:
        known = np.isfinite(hours) & (hours <= closes[-1])
        at = np.where(known, hours, 0.0)
        return np.where(known, np.maximum(at, opens[np.searchsorted(closes, at, side="left")]), hours)

    return opening


def counted(
    record: Record,
    weeks: int,
    channels: Mapping[str, str],
    ages: Mapping[str, Floats],
    opening: Callable[[Floats], Floats] = np.asarray,
) -> Weeks:
    """The weeks of one possible year.

    Args:
        record: of it.
        weeks: how many.
        channels: names in the records by key.
        ages: days since each open deal came, by key of its channel.
        opening: from hours to the next opening; a no of a night or day off is recorded then.
    """
    leads, end = record.leads, weeks * WEEK_HOURS
    by_hand = (leads.state == LOST) & (leads.reason != REASONS.index("expired"))
    closed = np.where(by_hand, opening(leads.closed), leads.closed)
    won = np.flatnonzero((leads.state == WON) & (leads.closed < end))
    week = np.minimum((leads.closed[won] / WEEK_HOURS).astype(np.int64), weeks - 1)
    old = leads.initial[won]
    since = np.zeros(len(leads.arrived))
    for number, key in enumerate(record.channels):
        mine = np.flatnonzero(leads.initial & (leads.channel == number))
        if key in ages:
            since[mine] = ages[key][: len(mine)]
    open_end = (leads.arrived < end) & ~(closed < end)
    cycles = (leads.closed[won] - leads.arrived[won]) / 24.0 + since[won]
    hours = np.diff(record.month_edges)
    inside = np.clip((end - record.month_edges[:-1]) / hours, 0.0, 1.0)
    return Weeks(
        wins=np.bincount(week, minlength=weeks)[None].astype(np.float64),
        open_wins=np.bincount(week[old], minlength=weeks)[None].astype(np.float64),
        value=np.bincount(week, leads.size[won], minlength=weeks)[None].astype(np.float64),
        open_end=np.array([float(open_end.sum())]),
        cycles=(cycles[np.isfinite(cycles)],),
        busy=np.array([float((record.busy.sum(axis=(0, 1)) * inside).sum())]),
        by_channel={
            channels[key]: np.array([float((leads.channel[won] == number).sum())])
            for number, key in enumerate(record.channels)
            if key in channels
        },
    )


def came(records: Records, split: pd.Timestamp, weeks: int) -> Weeks:
    """What the records show of the weeks after a split, in the same terms."""
    deals = records.deals
    end = split + pd.Timedelta(days=7 * weeks)
    won = deals[(deals["status"] == "won") & (deals["closed"] >= split) & (deals["closed"] < end)]
    week = np.minimum((-days_between(won["closed"], split) / 7).astype(np.int64), weeks - 1)
    old = (won["created"] < split).to_numpy()
    amounts = won["amount"].to_numpy(np.float64)
    known = len(amounts) > 0 and bool(np.isfinite(amounts).mean() > 0.9)
    open_end = (deals["created"] < end) & ~((deals["status"] != "open") & (deals["closed"] < end))
    pieces = pieces_of(records)
    done = pieces.done
    inside = (done >= split.to_datetime64()) & (done < end.to_datetime64())
    busy = float(pieces.hours[inside].sum()) if inside.any() else np.nan
    names = sorted(set(deals["channel"]))
    return Weeks(
        wins=np.bincount(week, minlength=weeks)[None].astype(np.float64),
        open_wins=np.bincount(week[old], minlength=weeks)[None].astype(np.float64),
        value=(
            np.bincount(week, np.nan_to_num(amounts, nan=float(np.nanmean(amounts))), weeks)[None].astype(np.float64)
            if known
            else np.full((1, weeks), np.nan)
        ),
        open_end=np.array([float(open_end.sum())]),
        cycles=(days_between(won["created"], won["closed"]),),
        busy=np.array([busy]),
        by_channel={name: np.array([float((won["channel"] == name).sum())]) for name in names},
    )
