"""Records drawn from known laws, for the tests of estimators of customers and people."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimators.buying import Histories
from simulation.calibration.records import Records, table

Floats = NDArray[np.float64]
AS_OF = dt.date(2026, 1, 1)


def histories(
    rng: np.random.Generator,
    customers: int,
    *,
    rate: tuple[float, float],
    hazard: tuple[float, float] | None = None,
    leaves: tuple[float, float] | None = None,
    regular: int = 1,
    seen: tuple[float, float] = (200.0, 700.0),
    before: bool = False,
) -> Histories:
    """What customers bought whose rates (and hazards) are gamma of a shape and mean a day, and who leave by a beta law.

    With `before` they have come evenly in the ten years before the records begin, and only those who buy are seen.
    """
    rows: list[tuple[float, ...]] = []
    while len(rows) < customers:
        end = rng.uniform(*seen)
        own = rng.gamma(rate[0], rate[1] / rate[0])
        life = np.inf if hazard is None else rng.exponential(1 / rng.gamma(hazard[0], hazard[1] / hazard[0]))
        chance = 0.0 if leaves is None else rng.beta(*leaves)
        now = -rng.uniform(0, 3650) if before else 0.0
        over, bought = now + life, [] if before else [0.0]
        if over < 0:
            continue
        while True:
            now += rng.gamma(regular, 1 / (regular * own))
            if now > min(end, over):
                break
            if now > 0:
                bought.append(now)
            if rng.random() < chance:
                break
        if bought:
            logs = float(np.log(np.diff(bought)).sum())
            first, last = bought[0], bought[-1]
            rows.append((len(bought) - 1, last - first, end - first, first if before else np.nan, logs))
    return Histories(*np.array(rows).T)


def staff(
    rng: np.random.Generator, people: int, months: Floats, *, since: dt.date | None = None, told: bool = True
) -> Records:
    """A list of people hired evenly over five years, who stay so many months; with `since` nobody who left before."""
    end = pd.Timestamp(AS_OF)
    hired = end - pd.to_timedelta(np.round(rng.uniform(0, 5 * 365, people)), unit="D")
    left = hired + pd.to_timedelta(np.round(months * 30.4375), unit="D")
    rows = pd.DataFrame({"person": np.arange(people), "role": "seller", "hired": hired, "left": left})
    rows["left"] = rows["left"].where(rows["left"] < end)
    if since is not None:
        rows = rows[rows["left"].isna() | (rows["left"] >= pd.Timestamp(since))]
    columns = {str(name): rows[name].to_numpy() for name in rows}
    return Records(as_of=AS_OF, since=since if told else None, staff=table("staff", columns))


def log(rows: list[tuple[int, str, str, str, int]]) -> Records:
    """An activity log of (case, activity, started, completed, person)."""
    case, activity, started, completed, person = zip(*rows, strict=True)
    columns = {
        "case": np.array(case),
        "activity": np.array(activity, object),
        "started": pd.to_datetime(list(started)).to_numpy(),
        "completed": pd.to_datetime(list(completed)).to_numpy(),
        "person": np.array(person),
    }
    return Records(as_of=AS_OF, activities=table("activities", columns))
