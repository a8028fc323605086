"""Whether sellers differ, and whether newcomers sell less: only where a test against chance finds it.

Of a seller's n closed deals the share p that its channels and quarters would win on average is expected (so the mix of
leads is taken into account). If sellers do not differ, his wins are binomial; if they do, beta-binomial with the same
mean and a correlation c between his deals (Skellam 1948). Twice the difference of the log likelihoods is held against
half a chi-squared law (c is at its bound; Self and Liang 1987) and, as the negative control, against the same statistic
with the owners of the deals shuffled within channel and quarter (`SHUFFLES` times): both must find a difference at 5 %.
Then sellers' log-odds have a standard deviation s with s^2 = c / (p (1 - p)) (first order), and the talent that a
scenario has is s over the effect of proficiency on the log-odds of conversion. Else: no evidence, the default stays.

Where work is divided by stages, whoever owns a deal at its end is told by the stage and not by how well he sells. Of
roles that a list of staff has, those that win next to nothing hand deals on and are left out, and the others are
compared within their role. Where somebody has won nothing though `HANDS_ON` wins were to be expected of him, deals are
handed on unseen: nothing is said of differences.

The ramp: newcomers' wins against those of people with more than a year, in the same channels and quarters, by logistic
score (Mantel and Haenszel 1959). It can be told apart from what leads newcomers are given only where leads are given
out without regard of tenure: tenures shuffled within channel and quarter must give amounts as different as there are
(5 %), else the default stays and the note says so. It stands where the test finds it and 95 % of the resamples of
people have it: few newcomers may be worse sellers, and not because they are new.

Figures: `log_odds_sd`, `talent.sd`; `ramp.1`, `ramp.2`, `ramp.3` (log-odds of the first 3, 3 to 6, 6 to 12 months
against later).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import betaln, chdtri

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators.fitting import chance
from simulation.calibration.estimators.persons import each_draw, people_of
from simulation.calibration.estimators.presence import roles_of
from simulation.calibration.records import UNKNOWN, Records
from simulation.mechanisms.specialisation import LearningByActivity
from simulation.texts import Amount, Phrase, worded

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHUFFLES = 499
LEVEL = 0.05
LEAST_SELLERS = 3
HANDS_ON = 10.0
"""Expected wins from which on nobody has none by chance (e^-10)."""
NEXT_TO_NOTHING = 0.1
"""Share won of a role's deals, over that of all, below which it hands deals on."""
EDGES = (3.0, 6.0, 12.0)
"""Months of tenure at which the ramp's steps end."""
_MONTH = 30.4375
_GRID = np.concatenate([[0.0], np.geomspace(1e-4, 0.5, 60)])
"""Correlations between a seller's deals that are tried."""


@dataclass(frozen=True)
class Differences:
    """What the test found.

    Attributes:
        correlation: between deals of one seller, 0 where the most likely is none.
        statistic: twice the gain of the log likelihood.
        p_law, p_shuffled: chance of as much where sellers do not differ.
        at_most: upper bound (95 %) of the standard deviation of the log-odds.
    """

    correlation: float
    statistic: float
    p_law: float
    p_shuffled: float
    sd: float
    at_most: float

    @property
    def found(self) -> bool:
        """Whether both tests find a difference."""
        return max(self.p_law, self.p_shuffled) < LEVEL


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Differences and ramp of those who sell."""
    deals = records.deals
    closed = deals[deals["status"].isin(("won", "lost")) & deals["closed"].notna() & (deals["owner"] != UNKNOWN)]
    closed = _closing(closed.assign(role=roles_of(records, closed["owner"].to_numpy(np.int64))))
    own = closed.groupby("owner")["deal"].transform("size") >= LEAST_FOR_SHARE
    known = closed[own]
    sellers = int(known["owner"].nunique())
    notes: list[Phrase] = []
    if len(closed) < LEAST_DEALS or sellers < LEAST_SELLERS:
        few = worded("people-sellers-few", sellers=sellers, least=LEAST_FOR_SHARE, needed=LEAST_SELLERS)
        keys = ("log_odds_sd", "talent.sd", "ramp")
        return Estimate("sellers", {key: Figure(key, math.nan, cases=len(closed), kept=few) for key in keys}, (few,))
    won = _won(known)
    strata = strata_of(known)
    owner = known["owner"].to_numpy(np.int64)
    told = differences(owner, won, strata, resampling.generator("sellers", 0))
    figures: dict[str, Figure] = {}
    effect = LearningByActivity().sell.effects.conversion
    without = _without_wins(owner, won, strata)
    if told.found and without:
        why = worded("people-sellers-hand-on", sellers=without)
        figures |= {key: Figure(key, math.nan, cases=sellers, kept=why) for key in ("log_odds_sd", "talent.sd")}
        notes.append(why)
    elif told.found:
        weights = each_draw(people_of(records), owner, resampling)
        drawn = np.array([_spread(owner, won, strata, each) for each in weights])
        way = "people-method-beta-binomial"
        figures["log_odds_sd"] = Figure("log_odds_sd", told.sd, drawn, sellers, way)
        figures["talent.sd"] = Figure("talent.sd", told.sd / effect, drawn / effect, sellers, way)
        notes.append(worded("people-sellers-differ", sellers=sellers, sd=Amount(told.sd, more=1)))
    else:
        why = worded("people-sellers-alike", sellers=sellers, sd=Amount(told.at_most, more=1))
        figures |= {key: Figure(key, math.nan, cases=sellers, kept=why) for key in ("log_odds_sd", "talent.sd")}
        notes.append(why)
    ramp, remark = _ramp(records, closed, resampling)
    return Estimate("sellers", figures | ramp, (*notes, remark), told)


def _won(deals: pd.DataFrame) -> Floats:
    return np.asarray(deals["status"] == "won", np.float64)


def _closing(closed: pd.DataFrame) -> pd.DataFrame:
    """The deals of roles that close them."""
    won = pd.Series(_won(closed), closed.index)
    own = won.groupby(closed["role"]).transform("mean")
    return closed[own >= NEXT_TO_NOTHING * won.mean()]


def _without_wins(owner: Ints, won: Floats, strata: Ints) -> int:
    """How many have won nothing though `HANDS_ON` wins were to be expected of each."""
    _, place = np.unique(owner, return_inverse=True)
    n, y, p = _sums(place, won, _expected(won, strata))
    return int(((y == 0) & (n * p >= HANDS_ON)).sum())


def strata_of(deals: pd.DataFrame) -> Ints:
    """Channel, quarter of the creation and, where it is known, role of the owner of each deal, as a number."""
    quarter = deals["created"].dt.to_period("Q").astype(str)
    role = deals["role"].fillna("").astype(str) if "role" in deals else ""
    return np.asarray(pd.factorize(deals["channel"].fillna("").astype(str) + "\0" + quarter + "\0" + role)[0], np.int64)


def differences(owner: Ints, won: Floats, strata: Ints, rng: np.random.Generator) -> Differences:
    """The test of differences between owners, with its negative control.

    Args:
        owner: of each closed deal, shape (deals,).
        won: 1 where it was won.
        strata: what deals are alike, but for the owner.
        rng: for the shuffles.
    """
    expected = _expected(won, strata)
    _, place = np.unique(owner, return_inverse=True)
    n, y, p = _sums(place, won, expected)
    likely = _likelihoods(n, y, p)
    best = int(np.argmax(likely))
    statistic = max(2 * float(likely[best] - likely[0]), 0.0)
    above = 0
    for mixed in _shuffled(place, won, strata, rng):
        shuffled = _likelihoods(n, mixed, p)
        above += max(2 * float(shuffled.max() - shuffled[0]), 0.0) >= statistic - 1e-9
    mean = float(won.mean())
    inside = np.flatnonzero(2 * (likely[best] - likely) <= chdtri(1, 0.10))
    p_law = float(chance(1, statistic) / 2) if statistic > 0 else 1.0
    found, most = (_sd(float(_GRID[k]), mean) for k in (best, int(inside.max())))
    return Differences(float(_GRID[best]), statistic, p_law, (above + 1) / (SHUFFLES + 1), found, most)


def _shuffled(place: Ints, won: Floats, strata: Ints, rng: np.random.Generator) -> Floats:
    """Wins of each owner with owners shuffled within strata, shape (shuffles, owners).

    How many deals of a stratum each owner has stays, and with it what is expected of him; his wins among them are
    multivariate hypergeometric, which needs no million deals to be put in another order.
    """
    owners = int(place.max()) + 1
    held = np.bincount(strata * owners + place, minlength=(int(strata.max()) + 1) * owners).reshape(-1, owners)
    hits = np.bincount(strata, won, minlength=len(held)).astype(np.int64)
    mixed = np.zeros((SHUFFLES, owners))
    for of, count in zip(held, hits, strict=True):
        mixed += rng.multivariate_hypergeometric(of, int(count), size=SHUFFLES, method="marginals")
    return mixed


def _sd(correlation: float, mean: float) -> float:
    return math.sqrt(correlation / max(mean * (1 - mean), 1e-9))


def _expected(won: Floats, strata: Ints, weights: Floats | None = None) -> Floats:
    """Share won in each deal's stratum, drawn a little to that of all: small strata tell little."""
    each = np.ones(len(won)) if weights is None else weights
    whole = float(each @ won) / max(float(each.sum()), 1e-9)
    hits, count = np.bincount(strata, each * won), np.bincount(strata, each)
    return np.asarray(((hits + 2 * whole) / (count + 2))[strata])


def _sums(place: Ints, won: Floats, expected: Floats) -> tuple[Floats, Floats, Floats]:
    n = np.bincount(place).astype(float)
    return n, np.bincount(place, won).astype(float), np.clip(np.bincount(place, expected) / n, 1e-6, 1 - 1e-6)


def _likelihoods(n: Floats, y: Floats, p: Floats, weights: Floats | None = None) -> Floats:
    """Log likelihood of owners' wins at each correlation of `_GRID`, but for binomial coefficients."""
    size = (1 - _GRID[1:]) / _GRID[1:]
    a, b = size[:, None] * p, size[:, None] * (1 - p)
    mixed = betaln(y + a, n - y + b) - betaln(a, b)
    alone = y * np.log(p) + (n - y) * np.log1p(-p)
    each = np.vstack([alone, mixed])
    return np.asarray(each.sum(axis=1) if weights is None else each @ weights)


def _spread(owner: Ints, won: Floats, strata: Ints, weights: Floats) -> float:
    """Standard deviation of sellers' log-odds with people counted by the weights of their deals."""
    if not weights.sum() > 0:  # a resample of people without anybody who sells
        return math.nan
    _, first, place = np.unique(owner, return_index=True, return_inverse=True)
    n, y, p = _sums(place, won, _expected(won, strata, weights))
    likely = _likelihoods(n, y, p, weights[first])
    return _sd(float(_GRID[int(np.argmax(likely))]), float(np.average(won, weights=weights)))


def _ramp(records: Records, closed: pd.DataFrame, resampling: Resampling) -> tuple[dict[str, Figure], Phrase]:
    """Log-odds by tenure, where the way in which leads are given out lets it be told."""

    def kept(why: Phrase) -> tuple[dict[str, Figure], Phrase]:
        return {"ramp": Figure("ramp", math.nan, cases=0, kept=why)}, why

    hired = records.staff[records.staff["hired"].notna()].groupby("person")["hired"].max()
    begun = hired.reindex(closed["owner"]).set_axis(closed.index)
    months = (closed["created"] - begun).dt.total_seconds().to_numpy(float) / (86400 * _MONTH)
    known = months >= 0
    months, deals = months[known], closed[known]
    step = np.searchsorted(EDGES, months, side="right")
    newcomers = int((step < len(EDGES)).sum())
    if newcomers < LEAST_DEALS or (step == len(EDGES)).sum() < LEAST_DEALS:
        return kept(worded("people-ramp-few", deals=newcomers, least=LEAST_DEALS))
    won, strata = _won(deals), strata_of(deals)
    if not _given_alike(deals, step < len(EDGES), strata, resampling.generator("ramp", 0)):
        return kept(worded("people-ramp-assigned"))
    gain, odds = _by_step(won, strata, step)
    if chance(len(EDGES), gain) >= LEVEL or odds[0] >= 0:
        return kept(worded("people-ramp-none"))
    weights = each_draw(people_of(records), deals["owner"].to_numpy(np.int64), resampling)
    drawn = np.array([_by_step(won, strata, step, each)[1] for each in weights])
    if np.quantile(drawn[:, 0], 1 - LEVEL) >= 0:  # a few newcomers who are as they are, and not because they are new
        return kept(worded("people-ramp-none"))
    figures = {}
    for k in range(len(EDGES)):
        key, count = f"ramp.{k + 1}", int((step == k).sum())
        if count >= LEAST_FOR_SHARE:
            figures[key] = Figure(key, float(odds[k]), drawn[:, k], count, "people-method-score")
    return figures, worded("people-ramp-found", odds=Amount(float(odds[0]), more=1))


def _by_step(won: Floats, strata: Ints, step: Ints, weights: Floats | None = None) -> tuple[float, Floats]:
    """A score statistic of all steps before the last, and the log-odds of each against it; one Newton step."""
    each = np.ones(len(won)) if weights is None else weights
    p = _expected(won, strata, weights)
    score, info = np.zeros(len(EDGES) + 1), np.zeros(len(EDGES) + 1)
    np.add.at(score, step, each * (won - p))
    np.add.at(info, step, each * p * (1 - p))
    own = score / np.maximum(info, 1e-9)
    gain = float((score**2 / np.maximum(info, 1e-9)).sum())
    return gain, own[:-1] - own[-1]


def _given_alike(deals: pd.DataFrame, new: NDArray[np.bool_], strata: Ints, rng: np.random.Generator) -> bool:
    """Whether newcomers are given leads of the same amounts as others in the same channel and quarter."""
    amount = deals["amount"].to_numpy(float)
    usable = np.isfinite(amount) & (amount > 0)
    if usable.sum() < LEAST_DEALS:
        return False
    ranks = pd.Series(np.log(amount[usable])).groupby(strata[usable]).rank(pct=True).to_numpy(float) - 0.5
    fresh, cells = new[usable].astype(float), strata[usable]

    def apart(mask: Floats) -> float:
        return abs(float(mask @ ranks))

    real = apart(fresh)
    order = np.argsort(cells, kind="stable")
    above = 0
    for _ in range(199):
        mixed = np.empty_like(fresh)
        mixed[order] = fresh[np.lexsort((rng.random(len(fresh)), cells))]
        above += apart(mixed) >= real - 1e-9
    return (above + 1) / 200 >= LEVEL
