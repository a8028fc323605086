"""Records drawn by numpy from laws that are known, without the simulator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.records import Records, table

START = date(2025, 1, 6)  # a Monday
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Made:
    """Records, and what nobody sees of them: shape (deals,)."""

    records: Records
    end: Floats
    """Hours since the start at which each deal ends, after the records too."""
    won: NDArray[np.bool_]


@dataclass(frozen=True)
class Way:
    """A stage: share, and mean and sigma of the lognormal times to a yes and to a no, hours."""

    share: float
    yes: float = 120.0
    no: float = 200.0
    sigma: float = 0.8
    silent: float = 0.0
    expires: float = np.inf


def moments(hours: Floats) -> NDArray[np.datetime64]:
    """Times of hours since the start; NaT for those that are not finite."""
    known = np.isfinite(hours)
    times = np.datetime64(START, "s") + (np.where(known, hours, 0.0) * 3600).astype("timedelta64[s]")
    return np.where(known, times, np.datetime64("NaT", "s"))


def made(
    rng: np.random.Generator,
    deals: int,
    ways: Sequence[Way] = (Way(0.3),),
    days: int = 364,
    channels: Sequence[tuple[str, float, float]] = (("site", 1.0, 0.0),),
    created: Floats | None = None,
    history: bool = True,
    shift: tuple[float, float] = (np.inf, 0.0),
    since: int | None = None,
) -> Made:
    """Records of deals that pass stages.

    Args:
        rng: of all luck.
        deals: how many.
        ways: the stages, called a, b, c ...
        days: from the first day until the records end.
        channels: name, share and shift of the log-odds of a yes at each stage.
        created: hours; evenly spread when None.
        history: whether entries are recorded.
        shift: hour from which on decisions have other log-odds, and by how much.
        since: day before which closings, and what was closed, are not recorded.
    """
    end_of_records = days * 24.0
    created = np.sort(rng.uniform(0, end_of_records, deals)) if created is None else np.sort(created)
    code = rng.choice(len(channels), deals, p=[share for _, share, _ in channels])
    odds = np.array([each for _, _, each in channels])[code]
    now, alive, end = created.copy(), np.ones(deals, bool), np.full(deals, np.inf)
    rows, stages, times = [], [], []
    for number, way in enumerate(ways):
        here = np.flatnonzero(alive)
        rows.append(here)
        stages.append(np.full(len(here), number))
        times.append(now[here].copy())
        logit = np.log(way.share / (1 - way.share)) + odds[here] + shift[1] * (now[here] >= shift[0])
        yes = rng.random(len(here)) < 1 / (1 + np.exp(-logit))
        mean = np.where(yes, way.yes, way.no)
        took = mean * np.exp(way.sigma * rng.standard_normal(len(here)) - way.sigma**2 / 2)
        took[~yes & (rng.random(len(here)) < way.silent)] = np.inf
        yes &= took <= way.expires
        now[here] += np.minimum(took, way.expires)
        end[here[~yes]] = now[here[~yes]]
        alive[here[~yes]] = False
    won = alive
    end[won] = now[won]
    shut = end < end_of_records
    kept = np.ones(deals, bool) if since is None else end >= since * 24.0
    number = np.cumsum(kept) - 1
    names = np.array([chr(ord("a") + n) for n in range(len(ways))], object)
    row, stage, time = (np.concatenate(each) for each in (rows, stages, times))
    there = (time < end_of_records) & kept[row]
    order = np.lexsort((stage[there], time[there], row[there]))
    status = np.where(shut, np.where(won, "won", "lost"), "open").astype(object)
    records = Records(
        as_of=START + timedelta(days=days),
        deals=table(
            "deals",
            {
                "deal": np.arange(kept.sum()),
                "created": moments(created)[kept],
                "closed": moments(np.where(shut, end, np.inf))[kept],
                "status": status[kept],
                "channel": np.array([name for name, _, _ in channels], object)[code][kept],
                "amount": np.round(np.exp(10 + 0.8 * rng.standard_normal(deals)))[kept],
            },
        ),
        entries=table(
            "entries",
            {
                "deal": number[row[there]][order],
                "stage": names[stage[there]][order],
                "entered": moments(time[there])[order],
            }
            if history
            else {},
        ),
        stages=tuple(names) if history else (),
    )
    return Made(records, end[kept], won[kept])
