"""What goes wrong in a CRM and can be seen in its records: named, or refused where nothing can be learned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_FOR_SHARE
from simulation.calibration.readers import renaming
from simulation.calibration.readers.moments import Times
from simulation.calibration.readers.problems import refuse
from simulation.texts import Day, Percent, Phrase, Verbatim, say, worded

FEWEST = 20
"""Cases below which chance alone may look like a fault."""
GAP_DAYS = 20
"""Days without a row from which on something may be missing: longer than any holidays."""
EXPECTED = 20.0
"""Rows that a gap would have had at the usual pace; by chance there are none once in e^20 times."""
STRAY, AROUND = 0.12, 28
"""Share of the usual rows of a gap that may stand in it by mistake; days on both sides that tell what is usual."""
CROWD = 0.1
"""Share of all deals with one and the same day of closing from which on that day looks like an import."""
SAME_SECOND, SAME_SHARE = 12, 0.01
"""Deals, and share of all, with one and the same second from which on they were changed in bulk: what waits for the
opening of a Monday is less."""
DAY = np.timedelta64(1, "D")


def refused(
    file: str, deals: pd.DataFrame, entries: pd.DataFrame, allow: Collection[str], as_of: np.datetime64
) -> None:
    """Refuses records with no closed deal, no won deal, no date of closing, or a stage that nobody leaves.

    Raises:
        RecordsError: nothing can be learned from them.
    """
    if deals.empty:
        return
    if "one-sided" not in allow:
        status = deals["status"]
        if not (status != "open").any():
            refuse(file, worded("reading-only-open", count=len(deals)), allowed=worded("reading-allowed-closed"))
        if not (status == "won").any():
            refuse(file, worded("reading-only-lost", count=len(deals)), allowed=worded("reading-allowed-won"))
    ended = deals["status"] != "open"
    if ended.any() and deals.loc[ended, "closed"].isna().all():
        refuse(file, worded("reading-no-closings", count=int(ended.sum())), allowed=worded("reading-allowed-closings"))
    if "stuck" not in allow:
        for stage, count, days in stuck(deals, entries, as_of):
            told = worded("reading-stuck", stage=stage, count=count, days=days)
            refuse(file, told, allowed=worded("reading-allowed-stuck", stage=stage))


def stuck(deals: pd.DataFrame, entries: pd.DataFrame, as_of: np.datetime64) -> Iterator[tuple[str, int, int]]:
    """Stages that many have entered long ago and nobody has left: name, how many are there, days of the median."""
    if entries.empty:
        return
    last = ~entries.duplicated("deal", keep="last").to_numpy()
    still = pd.Series(deals["status"].to_numpy() == "open", index=deals["deal"]).reindex(entries["deal"]).to_numpy()
    stays = last & (still == True)  # noqa: E712  (unknown deals are neither)
    entered, stage = entries["entered"].to_numpy(), entries["stage"].to_numpy()
    waited = _days(as_of, entered)
    left = ~stays
    gaps = _days(np.append(entered[1:], entered[-1:]), entered)
    usual = float(np.median(gaps[~last])) if (~last).any() else 0.0
    for name in pd.unique(stage):
        mine = stage == name
        count = int((mine & stays).sum())
        if count >= FEWEST and not (mine & left).any():
            days = float(np.median(waited[mine]))
            if days > max(30.0, 5 * usual):
                yield str(name), count, int(days)


def _days(later: Any, sooner: Any) -> NDArray[np.float64]:
    """Days between moments."""
    return np.asarray((later - sooner) / DAY, np.float64)


def noticed(
    file: str, deals: pd.DataFrame, entries: pd.DataFrame, stages: Sequence[str], wide: bool, as_of: np.datetime64
) -> list[Phrase]:
    """Remarks on what looks wrong.

    Args:
        file: name for the remarks.
        deals: table of the records.
        entries: table of the records.
        stages: their order.
        wide: the stages were columns of the list, in which a later entry overwrites an earlier one.
        as_of: the end of the records.
    """
    notes: list[Phrase] = []
    if not entries.empty:
        notes += _entered_again(file, entries)
        notes += _names_changed(file, entries, as_of)
        if wide:
            notes += _overwritten(file, entries, stages)
    notes += _at_once(file, deals)
    won = int((deals["status"] == "won").sum())
    if won >= LEAST_FOR_SHARE and not (deals["status"] == "lost").any():
        notes.append(worded("reading-only-won", file=file, count=won))
    times = deals["created"].to_numpy()
    moves = entries["entered"].to_numpy()
    notes += _missing(file, times if len(times) or not len(moves) else moves)
    return notes


def _entered_again(file: str, entries: pd.DataFrame) -> list[Phrase]:
    again = entries.duplicated(["deal", "pipeline", "stage"])
    count = int(entries.loc[again, "deal"].nunique())
    if not count:
        return []
    share = Percent(count / max(int(entries["deal"].nunique()), 1))
    return [say("reading-note-again", file=Verbatim(file), count=count, share=share)]


def _overwritten(file: str, entries: pd.DataFrame, stages: Sequence[str]) -> list[Phrase]:
    """In a list with a column a stage, a deal that came back has a late date in an early stage."""
    place = entries["stage"].map({stage: number for number, stage in enumerate(stages)}).to_numpy()
    deal, when = entries["deal"].to_numpy(), entries["entered"].to_numpy()
    back = (deal[1:] == deal[:-1]) & (place[1:] < place[:-1]) & (when[1:] > when[:-1])
    count = len(np.unique(deal[1:][back]))
    if count < max(2, 0.005 * entries["deal"].nunique()):
        return []
    return [worded("reading-note-overwritten", file=file, count=count)]


def _names_changed(file: str, entries: pd.DataFrame, as_of: np.datetime64) -> list[Phrase]:
    """Stages that seem to have got another name and were not joined."""
    return [
        say(
            "reading-note-renamed",
            file=Verbatim(file),
            old=Verbatim(each.old),
            new=Verbatim(each.new),
            day=Day(each.day),
        )
        for each in renaming.candidates(entries, as_of)
    ]


def _at_once(file: str, deals: pd.DataFrame) -> list[Phrase]:
    """Many deals with one moment of closing or of creation: an import or a clean-up overwrote when it really was."""
    notes = []
    for column, closing in (("closed", True), ("created", False)):
        times = deals[column].dropna()
        if len(times) < 2 * FEWEST:
            continue
        days = times.dt.normalize()
        seconds = times[times != days].value_counts()
        crowds = seconds[seconds >= max(SAME_SECOND, SAME_SHARE * len(times))]
        by_day = days.value_counts()
        if int(by_day.iloc[0]) >= max(FEWEST, CROWD * len(days), 6 * float(by_day.median())) and len(by_day) >= 10:
            count, day = int(by_day.iloc[0]), Day(by_day.index[0].date())
        elif len(crowds):
            count, day = int(crowds.sum()), Day(crowds.index[0].date())
        else:
            continue
        if closing:
            notes.append(say("reading-note-closed-at-once", file=Verbatim(file), count=count, day=day))
        else:
            notes.append(say("reading-note-created-at-once", file=Verbatim(file), count=count, day=day))
    return notes


def _missing(file: str, times: Times) -> list[Phrase]:
    """Gaps in which many rows would have been, those among them in which a few stray rows stand."""
    known = np.sort(times[~np.isnat(times)])
    if len(known) < 2 * FEWEST:
        return []
    gaps = _days(known[1:], known[:-1])
    long = np.flatnonzero(gaps >= GAP_DAYS)
    rest = float((known[-1] - known[0]) / DAY) - float(gaps[long].sum())
    pace = len(known) / rest if rest > 0 else 0.0
    found = [(known[gap], known[gap + 1], pace * float(gaps[gap]), 0) for gap in long if pace * gaps[gap] >= EXPECTED]
    found += [each for each in _thin(known) if not any(one[0] < each[1] and each[0] < one[1] for one in found)]
    return [
        say(
            "reading-note-missing",
            file=Verbatim(file),
            first=Day(pd.Timestamp(first).date()),
            last=Day(pd.Timestamp(last).date()),
            count=int(round(count)),
            strays=strays,
        )
        for first, last, count, strays in sorted(found)
    ]


def _thin(known: Times) -> list[tuple[np.datetime64, np.datetime64, float, int]]:
    """Spans of days with a few stray rows: the row before and the one after, the rows that are usual and those there.

    Such rows have a wrong date, as deals do that are closed before they were created: alone they would break a gap into
    two short ones. What is usual is the smaller pace of both sides, so that neither a slow beginning nor an end counts.
    """
    day = known.astype("datetime64[D]")
    place = (day - day[0]).astype(np.int64)
    summed = np.concatenate([[0], np.cumsum(np.bincount(place))])
    days = len(summed) - 1
    if days < GAP_DAYS + 2 * AROUND:
        return []
    pace = float(np.median(np.diff(summed[::7]))) / 7
    thin = np.flatnonzero(summed[GAP_DAYS:] - summed[:-GAP_DAYS] <= STRAY * pace * GAP_DAYS)
    found = []
    for span in np.split(thin, np.flatnonzero(np.diff(thin) > GAP_DAYS) + 1) if len(thin) else ():
        begin, end = int(span[0]), int(span[-1]) + GAP_DAYS
        # where fewest are for its length: the windows reach into usual days
        less = summed[begin : end + 1] - 0.5 * pace * np.arange(end - begin + 1)
        most = np.maximum.accumulate(less)
        end = begin + int(np.argmin(less - most))
        begin += int(np.argmax(less[: end - begin + 1]))
        if begin < AROUND or days - end < AROUND:
            continue
        sides = (summed[begin] - summed[begin - AROUND], summed[end + AROUND] - summed[end])
        usual = min(sides) / AROUND * (end - begin)
        if usual >= EXPECTED and summed[end] - summed[begin] <= STRAY * usual:
            before, after = known[summed[begin] - 1], known[summed[end]]
            found.append((before, after, float(usual), int(summed[end] - summed[begin])))
    return found
