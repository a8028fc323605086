"""Attempts: daily calls, whom they reach, what they find; and by how many tries somebody is reached.

Calls of a table by person and day give the attempts of a day of prospecting, the share that reaches somebody and the
share that finds a lead. Calls differ from day to day by more than chance, so days are resampled whole.

Tries at each client (calls that an activity log names with their case, or a list of clients with the number of calls
and whether the last one was a success) give the share reached by each try: of the clients that were tried a k-th time
those for whom it was the last and a success (the discrete hazard; Kaplan and Meier). A scenario has one probability for
every try. Whether that does is told by a likelihood-ratio test against a log-odds that is linear in the logarithm of
the try's number; where it falls or rises, the mean over the first tries up to `most` stands and the note says so.

Figures: `calls_per_day` (of a person on a day with calls), `calls_per_month` (of all people), `reach.probability` (one
call, or one try),
`find_probability` (one call), `reach.most` (tries after which clients are given up: nine tenths of those not reached
had as many at most), `reached.K` (share of clients reached by try K), and `channel.find` (one call: the leads of the
channel that calls bring, by the deals where the table of calls does not count them; `sought` says which it is).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators.fitting import chance, most_likely
from simulation.calibration.records import UNKNOWN, Records
from simulation.texts import Amount, Percent, Phrase, worded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CALLS = ("call", "dial", "attempt", "звон", "дозвон", "попыт")
"""Parts of the names of activities that are tries to reach somebody."""
MONTH_DAYS = 30.4375
SEEKING = ("call", "cold", "outbound", "dial", "telemark", "звон", "холод", "телемарк", "исходящ")
"""Parts of the names of channels whose leads are sought by calls."""
NEAR = 0.15
"""How far the leads of a channel may be from those that the calls found, where its name does not say it."""
SHOWN = 6
"""Tries of which the share reached is told."""


@dataclass(frozen=True)
class Tries:
    """Tries at each client.

    Attributes:
        tries: how many were made; shape (clients,).
        reached: whether the last one was a success.
    """

    tries: Ints
    reached: NDArray[np.bool_]


@dataclass(frozen=True)
class Reached:
    """What tries bring.

    Attributes:
        hazard: share of the clients tried a k-th time who are reached by it; shape (tries,).
        at_risk: clients who were tried so often; shape (tries,).
        probability: of one try, the same for all.
        slope: of the log-odds over the logarithm of the try's number.
        alike: whether the test finds no slope.
        most: tries after which clients are given up.
    """

    hazard: Floats
    at_risk: Ints
    probability: float
    slope: float
    alike: bool
    most: int

    def within(self, tries: int) -> float:
        """Share of clients reached within so many tries, if none is given up before."""
        return float(1 - np.prod(1 - self.hazard[:tries]))


def reached_by(found: Tries) -> Reached:
    """The share reached by each try, and whether one probability does for all of them."""
    longest = int(found.tries.max())
    made = np.bincount(found.tries, minlength=longest + 1)[1:]
    hits = np.bincount(found.tries[found.reached], minlength=longest + 1)[1:]
    at_risk = made[::-1].cumsum()[::-1]
    hazard = hits / np.maximum(at_risk, 1)
    given_up = found.tries[~found.reached]
    most = int(np.quantile(given_up, 0.9, method="higher")) if len(given_up) else longest
    whole = float(hits[:most].sum() / at_risk[:most].sum())
    logs = np.log(np.arange(1, longest + 1))

    def terms(theta: Floats) -> tuple[Floats, Floats]:
        odds = theta[0] + theta[1] * logs
        chance = expit(odds)
        value = hits * odds - at_risk * np.logaddexp(0.0, odds)
        rest = hits - at_risk * chance
        return value, np.column_stack([rest, rest * logs])

    one = np.ones(longest)
    start = np.array([math.log(max(whole, 1e-6) / max(1 - whole, 1e-6)), 0.0])
    theta, likely = most_likely(terms, [start], [(-15.0, 15.0), (-8.0, 8.0)], one)
    _, flat = most_likely(terms, [start], [(-15.0, 15.0), (0.0, 0.0)], one)
    alike = bool(chance(1, 2 * (likely - flat)) > 0.05)
    return Reached(hazard, at_risk, whole, float(theta[1]), alike, most)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Calls a day, whom they reach and find; the default stays below `LEAST_FOR_SHARE` days with calls or clients."""
    figures: dict[str, Figure] = {}
    notes: list[Phrase] = []
    calls = records.calls[records.calls["calls"] > 0]
    if len(calls) >= LEAST_FOR_SHARE and float(calls["calls"].sum()) >= LEAST_DEALS:
        figures |= _daily(calls, resampling)
        told, note = _of_channel(records, calls, resampling, figures)
        figures |= told
        notes.append(note)
    tries = tries_of(records)
    model: Reached | None = None
    if tries is not None and len(tries.tries) >= LEAST_DEALS and tries.reached.sum() >= LEAST_FOR_SHARE:
        model = reached_by(tries)
        figures |= by_try(tries, model, resampling)
        if not model.alike:
            word = "people-attempts-fall" if model.slope < 0 else "people-attempts-rise"
            first, last = (f"{100 * model.hazard[k]:.0f}" for k in (0, min(model.most, SHOWN) - 1))
            notes.append(worded(word, first=first, last=last, tries=min(model.most, SHOWN)))
    if not figures:
        few = worded("people-attempts-few", days=len(calls), least=LEAST_FOR_SHARE)
        keys = ("calls_per_day", "reach.probability", "find_probability")
        return Estimate("attempts", {key: Figure(key, math.nan, cases=len(calls), kept=few) for key in keys}, (few,))
    return Estimate("attempts", figures, tuple(notes), model)


def tries_of(records: Records) -> Tries | None:
    """Tries by case of an activity log; None where it names none.

    The last one reached the customer where something else than a try follows it, or the deal was won.
    """
    rows = records.activities[records.activities["case"] != UNKNOWN]
    rows = rows[rows["completed"].notna()]
    name = rows["activity"].astype(str).str.lower()
    call = np.zeros(len(rows), bool)
    for part in CALLS:
        call |= name.str.contains(part, regex=False).to_numpy(bool)
    if not call.any():
        return None
    case, at = rows["case"].to_numpy(np.int64), rows["completed"].to_numpy("datetime64[s]").astype(np.int64)
    cases, counts = np.unique(case[call], return_counts=True)
    place = np.searchsorted(cases, case)
    known = (place < len(cases)) & (cases[np.minimum(place, len(cases) - 1)] == case)
    last = np.full(len(cases), np.iinfo(np.int64).min)
    np.maximum.at(last, place[call & known], at[call & known])
    after = np.zeros(len(cases), bool)
    other = known & ~call
    after[place[other][at[other] >= last[place[other]]]] = True
    won = records.deals.loc[records.deals["status"] == "won", "deal"].to_numpy(np.int64)
    return Tries(counts.astype(np.int64), after | np.isin(cases, won))


def by_try(found: Tries, model: Reached, resampling: Resampling) -> dict[str, Figure]:
    """Figures of the tries; clients are resampled."""
    clients = len(found.tries)
    longest = len(model.hazard)
    code = found.tries * 2 + found.reached
    drawn = np.empty((resampling.draws, 2 + SHOWN))
    for draw in range(resampling.draws):
        weights = resampling.weights("tries", clients, draw).astype(float)
        counts = np.bincount(code, weights, 2 * longest + 2).reshape(-1, 2)[1:]
        at_risk = counts.sum(axis=1)[::-1].cumsum()[::-1]
        hazard = counts[:, 1] / np.maximum(at_risk, 1e-9)
        drawn[draw, 0] = counts[: model.most, 1].sum() / at_risk[: model.most].sum()
        given = counts[:, 0].cumsum()
        drawn[draw, 1] = np.searchsorted(given, 0.9 * given[-1]) + 1 if given[-1] > 0 else model.most
        drawn[draw, 2:] = np.resize(hazard, SHOWN) if longest >= SHOWN else np.pad(hazard, (0, SHOWN - longest))
    way = "people-method-tries"
    figures = {
        "reach.probability": Figure("reach.probability", model.probability, drawn[:, 0], clients, way, "share"),
        "reach.most": Figure("reach.most", float(model.most), drawn[:, 1], clients, way),
    }
    for k in range(min(SHOWN, longest)):
        if model.at_risk[k] >= LEAST_FOR_SHARE:
            key = f"reached.{k + 1}"
            figures[key] = Figure(key, float(model.hazard[k]), drawn[:, 2 + k], int(model.at_risk[k]), way, "share")
    return figures


def sought(records: Records) -> str | None:
    """The channel whose leads are found by calls: the only one that is called so, else the only one with as many leads.

    None where none is, or several are.
    """
    calls = records.calls[records.calls["calls"] > 0]
    if calls.empty:
        return None
    deals = records.deals
    during = deals[(deals["created"] >= calls["day"].min()) & (deals["channel"] != "")]
    counts = during["channel"].value_counts()
    called = [str(name) for name in counts.index if any(part in str(name).casefold() for part in SEEKING)]
    if len(called) == 1:
        return called[0]
    found = float(calls["leads"].sum()) if calls["leads"].notna().all() else math.nan
    near = [str(name) for name, count in counts.items() if abs(count - found) <= NEAR * found]
    return near[0] if not called and len(near) == 1 and found >= LEAST_FOR_SHARE else None


def _of_channel(
    records: Records, calls: pd.DataFrame, resampling: Resampling, daily: dict[str, Figure]
) -> tuple[dict[str, Figure], Phrase]:
    """The share of calls that bring a lead of their channel."""
    name = sought(records)
    if name is None:
        return {}, worded("people-attempts-no-channel")
    figure = daily["find_probability"]
    if figure.kept is not None:
        deals = records.deals
        first = calls["day"].min()
        mine = deals[(deals["channel"] == name) & (deals["created"] >= first)]
        days = int((calls["day"].max() - first).days) + 1
        day = (mine["created"] - first).dt.days.to_numpy(np.int64)
        leads = np.bincount(day[day < days], minlength=days).astype(float)
        if leads.sum() < LEAST_FOR_SHARE:
            few = worded("people-share-few", cases=int(leads.sum()), least=LEAST_FOR_SHARE)
            return {}, few
        made = np.bincount((calls["day"] - first).dt.days.to_numpy(np.int64), calls["calls"].to_numpy(float), days)
        drawn = np.array([resampling.weights("days", days, draw) for draw in range(resampling.draws)], float)
        drawn = drawn.reshape(-1, days)
        draws = drawn @ leads / np.maximum(drawn @ made, 1e-9)
        cases = int(made.sum())
        value = float(leads.sum() / made.sum())
        figure = Figure("channel.find", value, draws, cases, "people-method-calls-deals", "share")
    made_a_month = Amount(round(daily["calls_per_month"].value))
    note = worded("people-attempts-channel", channel=name, calls=made_a_month, share=Percent(figure.value))
    return {"channel.find": replace(figure, key="channel.find")}, note


def _daily(calls: pd.DataFrame, resampling: Resampling) -> dict[str, Figure]:
    """Figures of the table by person and day."""
    day = (calls["day"] - calls["day"].min()).dt.days.to_numpy(np.int64)
    days = int(day.max()) + 1
    each = {name: calls[name].fillna(0.0).to_numpy(float) for name in ("calls", "reached", "leads")}
    sums = {name: np.bincount(day, values, days) for name, values in each.items()}
    rows = np.bincount(day, minlength=days).astype(float)
    drawn = np.array([resampling.weights("days", days, draw) for draw in range(resampling.draws)], float)
    drawn = drawn.reshape(-1, days)
    made = np.maximum(drawn @ sums["calls"], 1e-9)
    total = float(sums["calls"].sum())
    way = "people-method-calls"
    key = "calls_per_day"
    found = {key: Figure(key, total / len(calls), made / np.maximum(drawn @ rows, 1e-9), len(calls), way)}
    key, months = "calls_per_month", days / MONTH_DAYS
    found[key] = Figure(key, total / months, made / months, len(calls), way)
    for key, name in (("reach.probability", "reached"), ("find_probability", "leads")):
        known = int(calls[name].notna().sum())
        hits = float(sums[name].sum())
        if known < len(calls) or hits < LEAST_FOR_SHARE:
            few = worded("people-share-few", cases=int(hits), least=LEAST_FOR_SHARE)
            found[key] = Figure(key, math.nan, cases=int(hits), kept=few)
        else:
            found[key] = Figure(key, hits / total, drawn @ sums[name] / made, int(total), way, "share")
    return found
