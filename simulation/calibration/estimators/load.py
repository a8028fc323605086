"""The load of a department found from what can be seen of it, instead of guessed.

With an activity log the load is the hours that others asked for over the hours at work (`estimate`); what a log does
not show, as the time lost at changes of work, is not in it. Without one,
waiting tells it: how many leads are answered within a day, how many are lost because nobody came, how long they wait. A
scenario is made for each of several loads, the closed form (`answering`) says where to look, simulated years say what
would be seen at each (`study.lab`), and the load is that at which the years look like the records (`find`): a simulated
method of moments (McFadden 1989; Gourieroux and Monfort 1996) with the whole law of the moments over years. Shares are
taken as log-odds, times as logarithms; at each load the moments of one year are normal around a smooth mean, with the
covariance of the years about it, over the part of a year that was seen, plus the error with which they were seen:

    log L(load) = -1/2 (d' V^-1 d + log |V|),   d = observed - mean(load),   V = years(load) / part + error^2

All loads of `BETWEEN` are as likely before. Draws are of that posterior; how far the moments identify the load is one
less the width of its interval of 90 % over that of the loads before. Where they hardly do (below `LEAST_TOLD`), the
report says so, and the interval is wide. Moments that no load gives (chi-squared, 1 %) are said too: then something
else in the scenario is not as it is in the department.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, LEVEL, Estimate, Figure, Resampling
from simulation.calibration.estimators.answering import answered_within
from simulation.calibration.estimators.fitting import chance
from simulation.calibration.estimators.presence import Presence
from simulation.calibration.estimators.work_times import ALL
from simulation.calibration.records import Records
from simulation.scenario.people import DISCRETIONARY
from simulation.scenario.scenario import Scenario
from simulation.study.lab import Case, Lab
from simulation.texts import Phrase, worded

Floats = NDArray[np.float64]
BETWEEN = (0.3, 1.1)
"""Loads that a department may have: below nobody would keep so many people, above leads are lost faster than won."""
POINTS, YEARS = 9, 24
"""Loads that are simulated, and years of each."""
LEAST_TOLD = 0.3
_FINE = 401
_ENOUGH = 7
"""Loads from which on some are tried where the closed form points, and not evenly."""
_EDGE = 0.005
"""Nearest that a share comes to none or all before its log-odds are taken."""
WITHIN = "answered_within_1d"
UNANSWERED = "share_unanswered"
"""Leads lost because nobody answered or came in time, of all leads."""
_PARTS = ("lost.unanswered", "lost.waited", "lost.hand_off", "lost.leaver")


@dataclass(frozen=True)
class Moment:
    """One thing that was seen.

    Attributes:
        measure: name of a measure of simulated years, or `UNANSWERED`.
        value: as it was seen.
        error: standard error of the value, in its own unit.
        kind: how it is taken: 'share' as log-odds, 'time' as logarithm.
    """

    measure: str
    value: float
    error: float = 0.0
    kind: Literal["share", "time"] = "share"

    @property
    def taken(self) -> tuple[float, float]:
        """The value as it is taken, and its error."""
        value = float(_taken(np.array([self.value]), self.kind)[0])
        if self.kind == "time":
            return value, self.error / max(self.value, 1e-9)
        share = min(max(self.value, _EDGE), 1 - _EDGE)
        return value, self.error / (share * (1 - share))


@dataclass(frozen=True)
class Load:
    """The load that was found.

    Attributes:
        value: median of what is left possible.
        draws: of it, shape (draws,).
        told: how far the moments identify it: 0, not at all, to 1, to the point.
        fits: whether some load gives the moments.
        expected: what simulated years show at the value, by measure.
        years: simulated years that it rests on.
        notes: what a reader must know.
    """

    value: float
    draws: Floats
    told: float
    fits: bool
    expected: Mapping[str, float]
    years: int
    notes: tuple[Phrase, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of 90 %."""
        low, high = np.quantile(self.draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return float(low), float(high)

    @property
    def identified(self) -> bool:
        """Whether the moments tell enough of it to go before a judgement."""
        return self.told >= LEAST_TOLD and self.fits


def find(
    make: Callable[[float], Scenario],
    structure: str,
    seen: Sequence[Moment],
    *,
    part: float = 1.0,
    resampling: Resampling | None = None,
    lab: Lab | None = None,
    points: int = POINTS,
    years: int = YEARS,
    between: tuple[float, float] = BETWEEN,
) -> Load:
    """The load at which simulated years look like what was seen.

    Args:
        make: a scenario in which the busiest role has a load (`expected.workload`, hours asked for over capacity).
        structure: the structure of today in it.
        seen: the moments; at least one.
        part: of a year for which they were seen.
        resampling: for the draws.
        lab: where years are simulated.
        points: loads that are tried, ends included.
        years: of each.
        between: the loads that are possible.

    Raises:
        ValueError: nothing was seen.
        RuntimeError: every year failed.
    """
    if not seen:
        raise ValueError(worded("people-load-nothing-seen"))
    resampling, lab = resampling or Resampling(), lab or Lab()
    loads = _places(make, structure, seen, between, points)
    cases = [Case(make(float(load)), structure) for load in loads]
    names = [name for each in seen for name in (_PARTS if each.measure == UNANSWERED else (each.measure,))]
    names = [*dict.fromkeys([*names, "leads"])]
    values = lab.measure(cases, range(years), names)
    found = np.stack([_taken(_of(each.measure, values, names), each.kind) for each in seen], axis=-1)
    if not np.isfinite(found).any():
        raise RuntimeError(worded("every-failed"))
    observed, errors = (np.array(each) for each in zip(*(each.taken for each in seen), strict=True))
    fine = np.linspace(*between, _FINE)
    means, spreads = _smooth(loads, found, fine)
    logs = np.empty(_FINE)
    off = np.empty(_FINE)
    for k in range(_FINE):
        covariance = spreads[k] / max(part, 1e-3) + np.diag(errors**2) + 1e-6 * np.eye(len(seen))
        d = observed - means[k]
        off[k] = float(d @ np.linalg.solve(covariance, d))
        logs[k] = -0.5 * (off[k] + float(np.linalg.slogdet(covariance)[1]))
    likely = np.exp(logs - logs.max())
    summed = np.cumsum(likely)
    summed /= summed[-1]
    uniform = np.array([resampling.generator("load", r).random() for r in range(resampling.draws)])
    draws = np.interp(uniform, summed, fine)
    low, value, high = np.interp([(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2], summed, fine)
    told = max(1 - float(high - low) / (LEVEL * (between[1] - between[0])), 0.0)
    fits = bool(chance(max(len(seen), 1), float(off.min())) > 0.01)
    place = int(np.argmin(np.abs(fine - value)))
    expected = {each.measure: _back(means[place, k], each.kind) for k, each in enumerate(seen)}
    notes = _notes(float(low), float(high), told, fits, float(value), between)
    return Load(float(value), draws, told, fits, expected, len(loads) * years, notes)


def closed_form(
    make: Callable[[float], Scenario], structure: str, share: float, between: tuple[float, float] = BETWEEN
) -> float:
    """The load at which the closed form (`waiting`) has this share of the leads answered within a day; NaN: nobody is.

    Where no load has it, the nearest one.
    """
    loads = np.linspace(*between, 7)
    told = np.array([answered_within(make(float(load)), structure) for load in loads])
    if not np.isfinite(told).all():
        return math.nan
    return float(np.interp(-share, np.maximum.accumulate(-told), loads))


def estimate(records: Records, resampling: Resampling, presence: Estimate, work: Estimate) -> Estimate:
    """The load by role from an activity log; kept, with `moments_of` the way to it, where there is none.

    Args:
        records: of the department.
        resampling: of the bootstrap.
        presence: what `presence.estimate` found.
        work: what `work_times.estimate` found.

    Returns:
        Figures `load` (of all roles) and `load.ROLE`.
    """
    weeks = {key.removeprefix("week."): each for key, each in work.figures.items() if key.startswith("week.")}
    model = presence.model
    if not weeks or not isinstance(model, Presence):
        why = worded("people-load-no-log")
        return Estimate("load", {"load": Figure("load", math.nan, kept=why)}, (why,))
    figures: dict[str, Figure] = {}
    roles = [name for name in weeks if "." not in name]
    busy = {
        role: [each for name, each in weeks.items() if name.startswith(f"{role}.") and not _unasked(name)]
        for role in roles
    }
    heads = {role: presence.figures["heads" if role == ALL else f"heads.{role}"] for role in roles}
    week = model.office.hours_per_week * _worked_share(records)
    for role in (*roles, "") if len(roles) > 1 else roles:
        mine = roles if role == "" else [role]
        hours = [each for name in mine for each in busy[name]]
        seats = [heads[name] for name in mine]
        if not hours or sum(each.value for each in seats) <= 0:
            continue
        value = sum(each.value for each in hours) / (sum(each.value for each in seats) * week)
        drawn = _summed(hours) / np.maximum(_summed(seats) * week, 1e-9)
        key = "load" if role == "" or len(roles) == 1 else f"load.{role}"
        cases = sum(each.cases for each in hours)
        figures[key] = Figure(key, value, drawn, cases, "people-method-logged", "share")
    if len(roles) == 1 and "load" in figures and roles[0] != ALL:
        figures[f"load.{roles[0]}"] = Figure(
            f"load.{roles[0]}",
            figures["load"].value,
            figures["load"].draws,
            figures["load"].cases,
            "people-method-logged",
        )
    return Estimate("load", figures)


def moments_of(records: Records) -> tuple[Moment, ...]:
    """What the records show of waiting: leads answered within a day, and leads lost because nobody came."""
    found = []
    first = _first_contact(records)
    if len(first) >= LEAST_FOR_SHARE:
        share = float((first <= 24).mean())
        found.append(Moment(WITHIN, share, math.sqrt(max(share * (1 - share), 0.01) / len(first))))
    deals = records.deals
    since = pd.Timestamp(records.since) if records.since is not None else deals["created"].min()
    own = deals[(deals["created"] >= since) & (deals["status"] != "open")]
    lost = own[(own["status"] == "lost") & (own["reason"].fillna("") != "")]
    if len(lost) >= LEAST_DEALS:
        nobody = lost["reason"].str.lower().str.contains("|".join(NOBODY), regex=True)
        share = float(nobody.sum()) / len(own)
        found.append(Moment(UNANSWERED, share, math.sqrt(max(share * (1 - share), 0.01) / len(own))))
    return tuple(found)


NOBODY = (
    r"no contact",
    r"unanswered",
    r"not answered",
    r"too late",
    r"не связал",
    r"не ответил[иа]? клиенту",
    r"не обработан",
)
"""Parts of the reasons that say that nobody of the department came, or came too late."""


def _first_contact(records: Records) -> Floats:
    """Hours from each lead's creation to the first work on it; infinite for those that got none in a day or more."""
    deals, rows = records.deals, records.activities
    end = pd.Timestamp(records.as_of) - pd.Timedelta(days=1)
    since = pd.Timestamp(records.since) if records.since is not None else deals["created"].min()
    if records.leads.empty and (rows["case"] >= 0).sum() >= LEAST_DEALS:
        begun = rows[rows["case"] >= 0].groupby("case")["started"].min()
        own = deals[(deals["created"] >= since) & (deals["created"] < end)]
        hours = (own["deal"].map(begun) - own["created"]).dt.total_seconds() / 3600
        return np.asarray(hours.fillna(math.inf), np.float64)
    leads = records.leads
    own = leads[(leads["created"] >= since) & (leads["created"] < end)]
    hours = ((own["closed"] - own["created"]).dt.total_seconds() / 3600).where(own["status"] == "qualified")
    return np.asarray(hours.fillna(math.inf), np.float64)


def _unasked(name: str) -> bool:
    return name.split(".", 1)[1] in DISCRETIONARY


def _worked_share(records: Records) -> float:
    """Days with work over working days of the calendar: holidays of all are no hours at work."""
    days = records.activities["completed"].dropna().dt.normalize().drop_duplicates()
    if len(days) < 2:
        return 1.0
    weekday = days.dt.day_of_week
    usual = weekday.isin(weekday.value_counts().head(5).index)
    span = ((days.max() - days.min()).days + 1) / 7 * min(weekday.nunique(), 5)
    return float(min(usual.sum() / max(span, 1.0), 1.0))


def _summed(figures: Sequence[Figure]) -> Floats:
    drawn = [each.draws if each.draws is not None else np.array(each.value) for each in figures]
    return np.asarray(np.sum(np.broadcast_arrays(*drawn), axis=0), np.float64)


def _places(
    make: Callable[[float], Scenario], structure: str, seen: Sequence[Moment], between: tuple[float, float], points: int
) -> Floats:
    """Loads to simulate: half of them evenly, half of them where the closed form gives the share seen within a day."""
    low, high = between
    share = next((each for each in seen if each.measure == WITHIN), None)
    if share is None or points < _ENOUGH:
        return np.linspace(low, high, points)
    even = np.linspace(low, high, points - points // 2)
    middle = closed_form(make, structure, share.value, between)
    if math.isnan(middle):
        return np.linspace(low, high, points)
    near = np.clip(middle + np.linspace(-0.12, 0.12, points // 2), low, high)
    return np.unique(np.round(np.concatenate([even, near]), 3))


def _of(measure: str, values: Floats, names: Sequence[str]) -> Floats:
    """A moment of each year; shape (loads, years)."""
    if measure != UNANSWERED:
        return values[..., names.index(measure)]
    lost = np.nansum(values[..., [names.index(name) for name in _PARTS]], axis=-1)
    return np.asarray(lost / np.maximum(values[..., names.index("leads")], 1.0))


def _taken(values: Floats, kind: str) -> Floats:
    if kind == "time":
        return np.asarray(np.log(np.maximum(values, 1e-6)))
    shares = np.clip(values, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(shares / (1 - shares)))


def _back(value: float, kind: str) -> float:
    return math.exp(value) if kind == "time" else 1 / (1 + math.exp(-value))


def _smooth(loads: Floats, found: Floats, fine: Floats) -> tuple[Floats, Floats]:
    """Means and covariances of the moments of one year over loads: between those simulated in straight lines.

    Means are smoothed over three neighbouring loads where luck is larger than the bend; covariances are of one load.
    """
    means = np.nanmean(found, axis=1)
    error = np.nanvar(found, axis=1) / found.shape[1]
    smooth = means.copy()
    for k in range(1, len(loads) - 1):
        share = (loads[k] - loads[k - 1]) / (loads[k + 1] - loads[k - 1])
        line = (1 - share) * means[k - 1] + share * means[k + 1]
        wide = (1 - share) ** 2 * error[k - 1] + share**2 * error[k + 1]
        bend = np.maximum((means[k] - line) ** 2 - wide - error[k], 0.0)
        weight = (wide + bend) / (wide + bend + error[k] + 1e-12)
        smooth[k] = weight * means[k] + (1 - weight) * line
    moments = found.shape[2]
    spread = np.empty((len(loads), moments, moments))
    for k in range(len(loads)):
        rows = found[k][np.isfinite(found[k]).all(axis=1)]
        spread[k] = np.cov(rows.T).reshape(moments, moments) if len(rows) > 1 else np.eye(moments)
    curve = np.column_stack([np.interp(fine, loads, smooth[:, j]) for j in range(moments)])
    flat = spread.reshape(len(loads), -1)
    wide = np.column_stack([np.interp(fine, loads, flat[:, j]) for j in range(flat.shape[1])])
    return curve, wide.reshape(len(fine), moments, moments)


def _notes(
    low: float, high: float, told: float, fits: bool, value: float, between: tuple[float, float]
) -> tuple[Phrase, ...]:
    said = {"low": f"{100 * low:.0f}", "high": f"{100 * high:.0f}", "value": f"{100 * value:.0f}"}
    if not fits:
        return (worded("people-load-misfit", **said),)
    if told < LEAST_TOLD:
        return (worded("people-load-hardly", **said),)
    return (worded("people-load-found", **said),)
