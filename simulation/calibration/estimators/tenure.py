"""How long people stay: from a list of staff with the days on which they came and left.

Kaplan and Meier's curve with delayed entry, and laws with censoring of which Akaike's criterion chooses (`staying`);
people are resampled whole. Whoever was hired before the list begins is seen only if he stayed until then: he counts
from the tenure that he had (delayed entry). The list begins with the records (`since`), unless it knows people who left
before; without `since` it is whole, unless fewer than by chance (1 in 100) left before the first leaver that it has, at
the rate of those after. A list that has only those employed today is length-biased: nobody in it ever left, long
tenures are over-represented, and no share can be told from it.

Figures: `stay.6`, `stay.12`, `stay.24` (share still there after so many months), `per_year` (leavers a year for each
position in the long run, one over the mean of the law), the parameters of the law (`hazard.K` a year and `until.K` in
months, `mean` in months and `cv`, or `scale` in months and `shape`), and `per_year.ROLE` where roles differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_FOR_SHARE, LEVEL, Estimate, Figure, Resampling
from simulation.calibration.estimators import staying
from simulation.calibration.estimators.fitting import chance
from simulation.calibration.estimators.persons import people_of, weights_of
from simulation.calibration.estimators.predictive import Check, band
from simulation.calibration.estimators.staying import Spells, Stay
from simulation.calibration.records import Records
from simulation.texts import Day, Phrase, worded

Floats = NDArray[np.float64]
MONTH_DAYS = 30.4375
MONTHS = (6.0, 12.0, 24.0)
LEAST_LEAVERS = 5
"""Leavers below which the default stays, beside `LEAST_FOR_SHARE` people."""
_UNLIKELY = 0.01
_LEAST_WINDOW = 90.0
"""Days that a list without a begin must have leavers for, for a begin to be read from them."""
TABLE = (1.0, 2.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0, 36.0, 48.0, 60.0)
"""Tenures of the table as which a Weibull law is written, months."""


@dataclass(frozen=True)
class Tenure:
    """The fitted law, and what it rests on.

    Attributes:
        curve: draws of Kaplan and Meier's curve at `MONTHS`, shape (draws, 3).
        delayed: whether people are counted from the tenure that they had when the list begins.
    """

    spells: Spells
    person: NDArray[np.int64]
    law: Stay
    draws: tuple[Stay, ...]
    curve: Floats
    delayed: bool
    resampling: Resampling
    checks: tuple[Check, ...]

    def form(self, law: Stay | None = None) -> dict[str, Any]:
        """The law as `people.turnover.law` of a scenario, at its own level; of a draw where one is given."""
        law = law or self.law
        if law.kind == "lognormal":
            cv = math.sqrt(math.expm1(math.exp(2 * law.theta[1])))
            return {"kind": "lognormal", "own_level": True, "mean": f"{law.mean:.6g} months", "cv": cv}
        if law.kind == "weibull":
            stays = [float(each) for each in law.stays(np.array(TABLE))]
            seen = [k for k, each in enumerate(stays) if each > 1e-9 and (k == 0 or each < stays[k - 1] < 1)] or [0]
            at = [f"{TABLE[k]:g} months" for k in seen]
            return {"kind": "table", "own_level": True, "at": at, "stay": [stays[k] for k in seen]}
        until = [f"{cut:g} months" for cut in law.cuts]
        return {"kind": "piecewise", "own_level": True, "until": until, "hazards": [12 * float(h) for h in law.theta]}

    def band(self, months: float, people: int | None = None) -> tuple[float, float]:
        """The band of 90 % in which the share still there lies: of the truth, or of so many other people's curve.

        A group of others has luck of its own, which is added: they are drawn from the records as often.
        """
        at = np.array([months])
        people_here, place = np.unique(self.person, return_inverse=True)
        own = np.array([self.resampling.weights("band", len(people_here), r)[place] for r in range(len(self.curve))])
        drawn = staying.kaplan_meier(self.spells, at, own.astype(float))[:, 0]
        if people is not None:
            whole = float(staying.kaplan_meier(self.spells, at, np.ones((1, len(place))))[0, 0])
            rngs = [self.resampling.generator("tenure fold", r) for r in range(len(self.curve))]
            picked = [rng.integers(0, len(people_here), people) for rng in rngs]
            others = np.array([np.bincount(each, minlength=len(people_here))[place] for each in picked])
            drawn = np.clip(drawn - whole + staying.kaplan_meier(self.spells, at, others.astype(float))[:, 0], 0, 1)
        low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return float(low), float(high)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """How long people stay; the default stays below `LEAST_FOR_SHARE` people or `LEAST_LEAVERS` leavers."""
    staff = records.staff[records.staff["hired"].notna()]
    spells, begin, cut = spells_of(records)
    leavers, people = int(spells.left.sum()), staff["person"].nunique()
    keys = (*(f"stay.{months:g}" for months in MONTHS), "per_year")
    if people < LEAST_FOR_SHARE or leavers < LEAST_LEAVERS:
        if people and not leavers:
            why = worded("people-tenure-employed-only", people=people)
        else:
            why = worded("people-tenure-few", people=people, leavers=leavers, least=LEAST_FOR_SHARE, left=LEAST_LEAVERS)
        return Estimate("tenure", {key: Figure(key, math.nan, cases=people, kept=why) for key in keys}, (why,))
    person = staff["person"].to_numpy(np.int64)
    weights = weights_of(people_of(records), person, resampling)
    ones = np.ones((1, len(person)))
    at = np.array(MONTHS)
    curve, whole = staying.kaplan_meier(spells, at, weights), staying.kaplan_meier(spells, at, ones)[0]
    figures: dict[str, Figure] = {}
    for k, months in enumerate(MONTHS):
        key = f"stay.{months:g}"
        if math.isnan(whole[k]):
            figures[key] = Figure(key, math.nan, cases=people, kept=worded("people-tenure-short", months=f"{months:g}"))
        else:
            figures[key] = Figure(key, float(whole[k]), curve[:, k], people, "people-method-kaplan-meier", "share")
    law = staying.candidates(spells)[0]
    draws = tuple(staying.again(law, spells, weights))
    for key, (value, drawn, unit) in _parameters(law, draws).items():
        figures[key] = Figure(key, value, drawn, people, law.name, unit)
    by_role, remark = _roles(staff, spells, weights)
    checks = _checks(law, spells, resampling)
    notes = [worded("people-tenure-law", law=worded(law.name), leavers=leavers, people=people), remark]
    if cut:
        notes.append(worded("people-tenure-delayed", day=Day(begin.date())))
    if any(not check.inside for check in checks):
        notes.append(worded("people-tenure-misfit"))
    model = Tenure(spells, person, law, draws, curve, cut, resampling, checks)
    return Estimate("tenure", figures | by_role, tuple(note for note in notes if note is not None), model)


def spells_of(records: Records) -> tuple[Spells, pd.Timestamp, bool]:
    """Spells of the list of staff, the day from which on it is whole, and whether people enter late."""
    staff = records.staff[records.staff["hired"].notna()]
    end, hired = pd.Timestamp(records.as_of), staff["hired"]
    left = staff["left"].where(staff["left"] < end)
    ended = _months(left.fillna(end) - hired)
    begin = _begin(records, hired, left, end)
    entered = np.zeros(len(staff)) if begin is None else np.maximum(_months(begin - hired), 0.0)
    gone = np.asarray(left.notna(), np.float64)
    long = np.maximum(ended, 0.5 / MONTH_DAYS)
    if begin is not None:  # who left on the day that makes the begin, or before, is not seen
        gone = np.where(long <= entered, 0.0, gone)
        entered = np.minimum(entered, long - 0.1 / MONTH_DAYS)
    return Spells(entered, long, gone), begin if begin is not None else hired.min(), begin is not None


def _months(spans: pd.Series) -> Floats:
    return np.asarray(spans.dt.total_seconds(), np.float64) / (86400 * MONTH_DAYS)


def _begin(records: Records, hired: pd.Series, left: pd.Series, end: pd.Timestamp) -> pd.Timestamp | None:
    """The day from which on the list has everybody who left; None where it is whole."""
    first = left.min()
    if pd.isna(first):
        return None
    if records.since is not None:
        since = pd.Timestamp(records.since)
        return since if not (left < since).any() and (hired < since).any() else None
    if (end - first) / pd.Timedelta(days=1) < _LEAST_WINDOW:
        return None
    stop = left.fillna(end)
    before = np.maximum(_months(stop.clip(upper=first) - hired), 0.0).sum()
    after = np.maximum(_months(stop - hired.clip(lower=first)), 0.0).sum()
    expected = before * (int(left.notna().sum()) - 1) / max(after, 1.0)
    return first if expected > -math.log(_UNLIKELY) else None


def _parameters(law: Stay, draws: tuple[Stay, ...]) -> dict[str, tuple[float, Floats, str]]:
    """Figures of the law: value, draws and unit."""

    def told(each: Stay) -> dict[str, tuple[float, str]]:
        found = {"per_year": (12 / each.mean, "a year")}
        if each.kind == "piecewise":
            found |= {f"hazard.{k + 1}": (12 * float(hazard), "a year") for k, hazard in enumerate(each.theta)}
            found |= {f"until.{k + 1}": (float(cut), "months") for k, cut in enumerate(each.cuts)}
        elif each.kind == "lognormal":
            found |= {"mean": (each.mean, "months"), "cv": (math.sqrt(math.expm1(math.exp(2 * each.theta[1]))), "")}
        else:
            found |= {"scale": (math.exp(each.theta[0]), "months"), "shape": (math.exp(each.theta[1]), "")}
        return found

    drawn = [told(each) for each in draws]
    return {key: (value, np.array([each[key][0] for each in drawn]), unit) for key, (value, unit) in told(law).items()}


def _roles(staff: pd.DataFrame, spells: Spells, weights: Floats) -> tuple[dict[str, Figure], Phrase | None]:
    """Leavers a year by role, where a likelihood-ratio test tells roles apart (rates of Poisson counts)."""
    names, place = np.unique(staff["role"].fillna("").to_numpy(str), return_inverse=True)
    time = spells.ended - spells.entered
    left, long = (np.bincount(place, each, len(names)) for each in (spells.left, time))
    if len(names) < 2 or (long <= 0).any():
        return {}, None
    both = left.sum() / long.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = 2 * float(np.where(left > 0, left * np.log(left / long / both), 0.0).sum())
    if chance(len(names) - 1, gain) > 0.05:
        return {}, worded("people-tenure-roles-alike")
    found = {}
    for k, name in enumerate(names):
        count = int((place == k).sum())
        if name and count >= LEAST_FOR_SHARE and left[k] >= LEAST_LEAVERS:
            own = place == k
            drawn = 12 * (weights[:, own] @ spells.left[own]) / np.maximum(weights[:, own] @ time[own], 1e-9)
            key = f"per_year.{name}"
            found[key] = Figure(key, 12 * left[k] / long[k], drawn, count, "people-method-rate", "a year")
    return found, worded("people-tenure-roles-differ")


def _checks(law: Stay, spells: Spells, resampling: Resampling) -> tuple[Check, ...]:
    """S(6) and S(12) of the records, against the curves of as many people drawn from the law and seen as long.

    Whoever was still there is censored where he was; who left might have been seen until the last of those.
    """
    at = np.array(MONTHS[:2])
    ones = np.ones((1, len(spells.ended)))
    real = staying.kaplan_meier(spells, at, ones)[0]
    grid = np.concatenate([[0.0], np.geomspace(0.03, 2000.0, 2000)])
    spent = law.spent(grid)
    longest = float(spells.ended.max())
    limits = np.where(spells.left > 0, longest, spells.ended)
    drawn = []
    for r in range(max(resampling.draws, 50)):
        rng = resampling.generator("tenure check", r)
        more = np.interp(spells.entered, grid, spent) + rng.exponential(size=len(limits))
        tenure = np.maximum(np.interp(more, spent, grid), spells.entered + 1e-6)
        made = Spells(spells.entered, np.minimum(tenure, limits), (tenure < limits).astype(float))
        drawn.append(staying.kaplan_meier(made, at, ones)[0])
    draws = np.array(drawn)
    told = [k for k in range(len(at)) if not math.isnan(real[k]) and not np.isnan(draws[:, k]).any()]
    return tuple(band("people-check-stay", f"{at[k]:g}", float(real[k]), draws[:, k]) for k in told)
