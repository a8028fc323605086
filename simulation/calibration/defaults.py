"""Facts where too few deals are closed: stages with the program's defaults, marked, beside what can be estimated.

Below `LEAST_DEALS` closed deals no share and no clock is told. Which stages there are, how leads come, who is there and
what is open is in the records all the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.calibration.estimates import Figure, Resampling
from simulation.calibration.estimators.spells import OPEN, channel_codes, closed_with_dates, spells
from simulation.calibration.facts import Clock, OpenDeals, StageFacts
from simulation.calibration.records import Records, days_between
from simulation.texts import Phrase, say, worded

WON, WON_RANGE = 0.22, (0.10, 0.35)
"""Share of the leads that are won: default of the program and its range (`scenario.stages.default_stages`)."""
CYCLE = 45.0
"""Days from the first stage to a deal: the default's."""
SPREAD = 0.7


def refusal(records: Records) -> Phrase | None:
    """Why nothing can be said at all: nothing is closed, or nothing is won; None where something can."""
    closed = closed_with_dates(records)
    if not closed:
        return worded("reading-only-open", count=len(records.deals))
    if not (records.deals["status"] == "won").any():
        return worded("reading-only-lost", count=len(records.deals))
    return None


def kept(records: Records) -> Phrase:
    """That a default stands there, and of how many closed deals."""
    return say("calibration-too-few", count=closed_with_dates(records))


def default_stages(records: Records, resampling: Resampling) -> tuple[StageFacts, ...]:
    """The stages of the records with default shares and clocks.

    The share of all stages together is the default one, with draws over its judged range, each stage with its root; the
    days of a sale are shared out evenly.
    """
    names = spells(records).stages
    why = kept(records)
    luck = np.array([resampling.generator("default share", r).random() for r in range(resampling.draws)])
    low, high = WON_RANGE
    drawn = low + (high - low) * luck
    made = []
    for name in names:
        share = Figure(f"{name}.share", WON ** (1 / len(names)), drawn ** (1 / len(names)), 0, kept=why)
        mean = Figure(f"{name}.gap_yes.mean", CYCLE / len(names), None, 0, kept=why)
        made.append(StageFacts(name, share, Clock(mean, Figure(f"{name}.gap_yes.cv", SPREAD, None, 0, kept=why))))
    return tuple(made)


def channels_of(records: Records) -> tuple[str, ...]:
    """Channels of the deals, the most frequent first."""
    return channel_codes(records.deals)[0]


def open_deals(records: Records) -> list[OpenDeals]:
    """Open deals one by one, with their stage and the days in it."""
    found = spells(records)
    mine = found.where(found.end == OPEN)
    rows = records.deals.iloc[mine.deal]
    since = days_between(rows["created"], pd.Timestamp(records.as_of))
    return [
        OpenDeals(
            found.channels[channel],
            found.stages[stage],
            float(age) / 24.0,
            float(amount) if amount > 0 else None,
            since=float(came),
        )
        for stage, channel, age, amount, came in zip(
            mine.stage, mine.channel, mine.age, rows["amount"].to_numpy(np.float64), since, strict=True
        )
    ]
