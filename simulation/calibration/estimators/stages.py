"""Share of yes and both clocks of each stage and channel, and of a whole deal where there is no history.

Shares by Aalen–Johansen (`incidence`); what was still open at the oldest age is split as the fitted mixture says, and
small channels are shrunk to the mean of the stage by a beta-binomial law (`shrinkage`). Clocks by a mixture of
competing risks (`mixture`) whose laws are chosen by AIC for all channels of a stage together; a channel has its own
share and its own mean time to a yes, which is what a scenario can say of it, shrunk too.

Times run on the calendar, from the entry into a stage until it is left: the customer's thinking and whatever the deal
waited for the seller (`waiting` tells them apart where there is a log of work).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.estimates import LEAST_DEALS, LEAST_FOR_SHARE, Estimate, Figure, Resampling
from simulation.calibration.estimators import laws, resampled, shrinkage
from simulation.calibration.estimators.incidence import Incidence, aalen_johansen
from simulation.calibration.estimators.laws import FAMILIES, Family, variation
from simulation.calibration.estimators.mixture import (
    NO_PLACE,
    YES_PLACE,
    Choice,
    Counts,
    Fit,
    Mixture,
    P,
    chosen,
    expiry,
    fit,
)
from simulation.calibration.estimators.spells import NO, OPEN, WHOLE, YES, Spells, closed_with_dates, spells
from simulation.calibration.estimators.waiting import Waiting, taken_apart
from simulation.calibration.records import Records
from simulation.texts import Phrase, say

Floats = NDArray[np.float64]
NAME = "stages"
ALL = ""
"""Key of all channels together."""
LEAST_FOR_CLOCK = 10
"""Ends of one kind below which its clock's default stays."""
UNEVEN = 0.35
"""Coefficient of variation of a mean time from which on it is not known: of a few answers of which one came at once and
the next after a week-end, no bootstrap tells how far off their mean is."""
_FEW_AT_RISK = 5
"""Spells at risk below which the end of an incidence is the law's."""
_LITTLE, _MISFIT = 0.03, 0.3
"""A law whose coefficient of variation is so far (of its logarithm) from the one seen gets that, where but little is
not seen."""
AT_ONCE = 1 / 60
"""Answers within a minute are of no time: what a program or a click did, hours."""
_EXACT = 1500  # distinct ages of a stage up to which no two are put together
_FINE, _COARSE = 2e-3, 1e-2  # widths of the cells beyond that: of the incidence, and of the likelihood
_AT_RISK = 12
"""Spells at risk below which a counted incidence is noise."""
_AGES = np.concatenate([[0.0], np.geomspace(1.0, 24 * 365 * 6, 240)])
"""Ages, hours, at which the incidences are kept."""
SHARE = "estimator-aalen-johansen"
CLOCK = "estimator-mixture"
WAIT = "estimator-log-of-work"


@dataclass(frozen=True)
class Clocks:
    """What is known of one stage, of one channel or (`ALL`) of all together.

    `value.share` and each of `draws.share` are the shares to simulate with (Aalen–Johansen, shrunk). The laws are in
    `value.until_yes()` and `until_no()`; draw r in `draws.row(r)`.
    """

    value: Mixture
    draws: Mixture
    incidence: Incidence
    """Aalen–Johansen at the ages `incidence.times`: as the records are, then each draw. Not shrunk."""
    cases: int
    yes: int
    no: int
    oldest: float
    """The age, hours, up to which ends were seen and enough were at risk: beyond it the mixture alone speaks."""

    @property
    def open(self) -> int:
        """Spells that were cut off."""
        return self.cases - self.yes - self.no


@dataclass(frozen=True)
class StagesModel:
    """Clocks by stage and channel. Of a channel with too few spells those of all channels stand there.

    For a scenario: `conversion` of a stage is `of[stage, ALL].value.share`, `thinking` its `until_yes()`,
    `thinking_lost` its `until_no()`, `silent` and `expires` its fields of these names; `Differs` of a channel is
    share and `until_yes()` of `of[stage, channel]`. Draw r: the same of `.draws.row(r)`.
    """

    stages: tuple[str, ...]
    channels: tuple[str, ...]
    of: Mapping[tuple[str, str], Clocks]
    deal: Mapping[str, Clocks]
    """The same of whole deals, from creation to the end, by channel."""
    spells: Spells
    worked: Mapping[tuple[str, str], Clocks]
    """The same of the customer's part alone, of deals that were worked on, where there is a log of work; else empty:
    `conversion`, `thinking` and `thinking_lost` without any waiting for the seller."""
    unanswered: Mapping[str, float]
    """By stage, share of the spells that were lost before any work; empty without a log."""
    since: pd.Timestamp | None

    @property
    def whole(self) -> bool:
        """Whether there is no history: one stage."""
        return self.stages == (WHOLE,)


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Shares and clocks of stages and channels; the model is a `StagesModel`, None where too few deals are closed."""
    closed = closed_with_dates(records)
    if closed < LEAST_DEALS:
        kept = say("estimator-few-deals", count=closed, least=LEAST_DEALS)
        return Estimate(NAME, {f"{WHOLE}.share": Figure(f"{WHOLE}.share", np.nan, kept=kept)}, (kept,))
    found = spells(records)
    weights = resampled.deals(resampling, records)
    figures: dict[str, Figure] = {}
    notes: list[Phrase] = []
    of: dict[tuple[str, str], Clocks] = {}
    for number, name in enumerate(found.stages):
        mine = found.where(found.stage == number)
        clocks = _stage(mine, weights, resampling, name)
        of |= {(name, channel): each for channel, each in clocks.items()}
        figures |= _figures(name, clocks, mine)
    deal = {channel: of[WHOLE, channel] for channel in (ALL, *found.channels)} if found.whole else {}
    if not found.whole:
        together = spells(records, whole=True)
        deal = _stage(together, weights, resampling, WHOLE)
        figures |= _figures(WHOLE, deal, together)
    apart = taken_apart(found, records)
    worked: dict[tuple[str, str], Clocks] = {}
    unanswered: dict[str, float] = {}
    if apart is not None:
        for number, name in enumerate(found.stages):
            mine = apart.customer.where(apart.customer.stage == number)
            of_stage = found.stage == number
            if np.count_nonzero(mine.end != OPEN) < LEAST_FOR_SHARE:
                continue
            clocks = _stage(mine, weights, resampling, f"{name[:12]} worked")
            worked |= {(name, channel): each for channel, each in clocks.items()}
            figures |= _figures(f"{name}.worked", clocks, mine)
            figures |= _waits(name, apart, of_stage, found.deal, weights)
            unanswered[name] = figures[f"{name}.unanswered"].value
    if found.since is not None:
        notes.append(say("estimator-late-entry", day=found.since.date()))
    model = StagesModel(
        found.stages,
        found.channels,
        MappingProxyType(of),
        MappingProxyType(dict(deal)),
        found,
        MappingProxyType(worked),
        MappingProxyType(unanswered),
        found.since,
    )
    return Estimate(NAME, MappingProxyType(figures), tuple(notes), model)


def _stage(of: Spells, weights: NDArray[np.uint8], resampling: Resampling, name: str) -> dict[str, Clocks]:
    """Clocks of one stage: of all channels, and of each."""
    times, cell, entry_cell = _cells(of)
    by_channel = [_counts(of, of.channel == n, times, cell, entry_cell, weights) for n in range(len(of.channels))]
    fine = _total(by_channel)
    limit = expiry(times, fine.no[:, 0], fine.yes[:, 0])
    merged = _merging(times, limit)
    coarse = [_merge(each, merged) for each in by_channel]
    together = _total(coarse)
    ends = np.array([fine.yes[:, 0].sum(), fine.no[:, 0].sum()])
    choice, told = _fit(together, limit, ends)
    best = choice.best
    fitted, fitted_draws = _at_share(best.value(told), choice.draws(told), fine, told is together)
    clocks = {ALL: _clocks(fine, *_as_seen(fine, fitted, fitted_draws))}
    own = [_own(each, best, limit) if told is together else None for each in coarse]
    shrunk = _shrinking(own, resampling, name)
    all_of = clocks[ALL]
    for n, channel in enumerate(of.channels):
        if cases_of(by_channel[n]) < LEAST_FOR_SHARE or len(of.channels) == 1:
            continue
        mine = own[n] or best
        data = coarse[n] if own[n] is not None or told is together else _halved(coarse[n])
        value, draws = _at_share(mine.value(data), mine.draws(data), by_channel[n], data is coarse[n])
        once, kept, luck = shrunk[n]
        if own[n] is not None:
            value, draws = _as_seen(by_channel[n], value, draws)
        told_by = [_seen_ends(by_channel[n], end) and own[n] is not None for end in ("yes", "no")]
        value = _about(value, all_of.value, fitted, told_by, once)
        draws = _about(draws, all_of.draws, fitted_draws, told_by, kept, luck)
        clocks[channel] = _clocks(by_channel[n], value, draws)
    _shrink_shares(clocks, resampling, name)
    return clocks | {channel: clocks[ALL] for channel in of.channels if channel not in clocks}


def _about(
    own: Mixture,
    seen: Mixture,
    fitted: Mixture,
    told: Sequence[bool],
    kept: Floats | float,
    luck: Floats | float = 0.0,
) -> Mixture:
    """A channel's laws about those of all channels: their widths, and means that differ as its own do.

    Args:
        own: the channel's.
        seen: those of all channels, with the means that were seen.
        fitted: those of all channels as they were fitted.
        told: whether the means of the channel's yes and no are those that were seen, too.
        kept: part that is kept of how the time to a yes differs.
        luck: what is added to it.
    """
    own_yes, own_no = (
        _log_mean(own, end) - _log_mean(seen if by_sight else fitted, end)
        for end, by_sight in zip(("yes", "no"), told, strict=True)
    )
    return replace(
        own,
        yes_place=seen.yes_place + kept * own_yes + luck,
        no_place=seen.no_place + own_no,
        yes_width=seen.yes_width,
        no_width=seen.no_width,
    )


def _seen_ends(counts: Counts, end: str) -> bool:
    """Whether enough ends of a kind were seen for their mean."""
    return bool(getattr(counts, end)[:, 0].sum() >= LEAST_FOR_CLOCK)


def _log_mean(mixture: Mixture, end: str) -> Floats:
    """Logarithm of the mean of a law, without those at once."""
    family = mixture.yes_law if end == "yes" else mixture.no_law
    return np.log(laws.mean(family, getattr(mixture, f"{end}_place"), getattr(mixture, f"{end}_width")))


def _as_seen(counts: Counts, value: Mixture, draws: Mixture) -> tuple[Mixture, Mixture]:
    """Mixtures whose laws are stretched to the mean times that the incidences have, in the records and in each draw.

    No law of two parameters fits a clock that holds nights and week-ends; its form is the likelihood's, its mean that
    of Aalen–Johansen: up to the age at which few are still observed, beyond it as the law goes on. Where the form is
    far off, as of answers within minutes or after a night, its width is that of what was seen too.
    """
    if not len(counts.times):
        return value, draws
    found = aalen_johansen(counts.times, counts.yes, counts.no, counts.censored, counts.entered)
    last = _followed(counts, value.expires)
    if last < 0:
        return value, draws
    age, still = float(counts.times[last]), found.open[last]
    for end, incidence in (("yes", found.yes), ("no", found.no)):
        if not _seen_ends(counts, end):
            continue
        steps = np.diff(incidence[: last + 1], axis=0, prepend=0.0)
        family = value.yes_law if end == "yes" else value.no_law
        seen = [
            _moments(mixture, end, counts.times[: last + 1], steps[:, which], still[which], age)
            for mixture, which in ((value, slice(0, 1)), (draws, slice(1, None)))
        ]
        fitted = float(laws.variation(family, getattr(value, f"{end}_width")))
        misfit = seen[0].beyond < _LITTLE and abs(math.log(max(float(seen[0].cv[0]), 1e-3) / fitted)) > _MISFIT
        value = _told(value, end, family, seen[0].mean[0], seen[0].cv[0] if misfit else None)
        draws = _told(draws, end, family, seen[1].mean, seen[1].cv if misfit else None)
    return value, draws


@dataclass(frozen=True)
class _Seen:
    """Moments of the times to an end, those at once left out, shape (draws,)."""

    mean: Floats
    cv: Floats
    beyond: float
    """Share of the ends that come after the age up to which they were seen."""


def _moments(mixture: Mixture, end: str, times: Floats, steps: Floats, still: Floats, age: float) -> _Seen:
    """Moments of the incidence up to an age, and of the law beyond it."""
    later, beyond = _beyond(mixture, end, age)
    rest = still * later
    after = times > 0
    mass = steps[after].sum(0) + rest
    first = (times[after] @ steps[after] + rest * beyond) / np.maximum(mass, 1e-12)
    second = (times[after] ** 2 @ steps[after] + rest * beyond**2) / np.maximum(mass, 1e-12)
    cv = np.sqrt(np.maximum(second / np.maximum(first, 1e-12) ** 2 - 1, 1e-4))
    return _Seen(first, cv, float((rest / np.maximum(mass, 1e-12))[0]) if len(mass) else 0.0)


def _told(mixture: Mixture, end: str, family: Family, mean: Floats, cv: Floats | None) -> Mixture:
    """The mixture with a law of one end that has this mean, and this coefficient of variation where one is given."""
    place, width = np.asarray(getattr(mixture, f"{end}_place")), np.asarray(getattr(mixture, f"{end}_width"))
    known = np.asarray(mean) > 0
    safe = np.where(known, mean, 1.0)
    if cv is None:
        moved = place + np.log(safe / laws.mean(family, place, width)), width
    else:
        moved = laws.with_moments(family, safe, cv)
    place, width = (np.where(known, new, old) for new, old in zip(moved, (place, width), strict=True))
    if end == "yes":
        return replace(mixture, yes_place=place, yes_width=width)
    return replace(mixture, no_place=place, no_width=width)


def _followed(counts: Counts, expires: float) -> int:
    """The last time up to which an incidence is to be trusted; -1: none.

    The last end where most of those who were there so long have ended; else where enough are still observed.
    """
    ends, censored, entered = ((each[:, 0]) for each in (counts.yes + counts.no, counts.censored, counts.entered))
    leaving = ends + censored
    risk = leaving.sum() - (np.cumsum(leaving) - leaving) - (entered.sum() - np.cumsum(entered))
    there = np.flatnonzero((risk >= max(_FEW_AT_RISK, 0.01 * leaving.sum())) & (counts.times < expires))
    if not len(there):
        return -1
    last = int(there[-1])
    if ends[last:].sum() >= 0.5 * leaving[last:].sum():
        return int(np.flatnonzero((ends > 0) & (counts.times < expires))[-1])
    return last


def _beyond(mixture: Mixture, end: str, age: float) -> tuple[Floats, Floats]:
    """Of those open at an age: which share ends so later, and at which mean age, as the laws go on."""
    family = mixture.yes_law if end == "yes" else mixture.no_law
    place, width = getattr(mixture, f"{end}_place"), getattr(mixture, f"{end}_width")
    if age <= 0:
        return np.ones_like(np.asarray(place)), np.asarray(laws.mean(family, place, width))
    ages = age * np.geomspace(1.0, 300.0, 200)[:, None]
    tail = laws.survival(family, place, width, ages)
    beyond = age + np.trapezoid(tail, ages, axis=0) / np.maximum(tail[0], 1e-12)
    yes, no = mixture.survivals(age)
    said = mixture.share * yes if end == "yes" else (1 - mixture.share) * (no - mixture.silent)
    open_then = np.maximum(mixture.share * yes + (1 - mixture.share) * no, 1e-12)
    return np.clip(said / open_then, 0.0, 1.0), np.where(tail[0] > 1e-9, beyond, age)


def _fit(counts: Counts, limit: float, ends: Floats) -> tuple[Choice, Counts]:
    """The laws of a stage and the counts they are of; where hardly anybody says yes (or no), one law for both."""
    if not len(counts.times):
        counts = _placeholder(counts)
    if ends.min() >= LEAST_FOR_CLOCK:
        return chosen(counts, expires=limit), counts
    pooled = _halved(counts)
    tried = [fit(pooled, (family, family)) for family in FAMILIES]
    return Choice(min(tried, key=lambda found: found.aic), ()), pooled


def _halved(counts: Counts) -> Counts:
    """Ends without their kind: half of each end is a yes."""
    both = (counts.yes + counts.no) / 2
    return replace(counts, yes=both, no=both)


def _at_share(value: Mixture, draws: Mixture, counts: Counts, own: bool) -> tuple[Mixture, Mixture]:
    """A mixture whose laws are of both kinds of ends gets the share of the ends that were a yes."""
    if own:
        return value, draws
    yes, no = counts.yes.sum(0), counts.no.sum(0)
    share = (yes + 0.5) / (yes + no + 1)
    return replace(value, share=np.asarray(share[0])), replace(draws, share=share[1:])


def _waits(
    name: str, apart: Waiting, mine: NDArray[np.bool_], deal: NDArray[np.int64], weights: NDArray[np.uint8]
) -> dict[str, Figure]:
    """How long deals of a stage wait for the seller (mean hours on the calendar), and how many are lost so."""
    waited, lost = mine & ~np.isnan(apart.wait), mine & apart.unanswered
    w = np.column_stack([np.ones(len(deal)), weights[deal]])
    mean = (w[waited] * apart.wait[waited, None]).sum(0) / np.maximum(w[waited].sum(0), 1)
    share = w[lost].sum(0) / np.maximum(w[waited].sum(0) + w[lost].sum(0), 1)
    count = int(waited.sum() + lost.sum())
    return {
        f"{name}.wait.mean": Figure(f"{name}.wait.mean", float(mean[0]), mean[1:], int(waited.sum()), WAIT, "hours"),
        f"{name}.unanswered": Figure(f"{name}.unanswered", float(share[0]), share[1:], count, WAIT),
    }


def _placeholder(counts: Counts) -> Counts:
    """Counts of a stage that everybody passes in no time: a law with next to no weight, so that it has one."""
    row = np.full((1, counts.yes.shape[1]), 1e-6)
    return Counts(np.array([1.0]), row, row, row * 0, row * 0, counts.at_once_yes, counts.at_once_no, counts.from_start)


def _own(counts: Counts, best: Fit, limit: float) -> Fit | None:
    """A channel's own share and places of both laws, the rest as of all channels; None where it has too few."""
    if counts.yes[:, 0].sum() + counts.no[:, 0].sum() < LEAST_FOR_SHARE:
        return None
    free = [P]
    if counts.yes[:, 0].sum() >= LEAST_FOR_CLOCK and best.covariance[YES_PLACE, YES_PLACE] > 0:
        free.append(YES_PLACE)
    if counts.no[:, 0].sum() >= LEAST_FOR_CLOCK and best.covariance[NO_PLACE, NO_PLACE] > 0:
        free.append(NO_PLACE)
    return fit(counts, best.families, best.silence, limit, best.theta, free)


def _shrinking(own: list[Fit | None], resampling: Resampling, name: str) -> list[tuple[float, Floats, Floats]]:
    """How much of a channel's own place of the time to a yes is kept, in each draw too, and the draw's luck beside it.

    A channel's own place counts as far as channels differ beyond chance; the luck is what a posterior has beside the
    resampled estimate: kept (1 - kept) of its variance.
    """
    known = [n for n, each in enumerate(own) if each is not None and each.covariance[YES_PLACE, YES_PLACE] > 0]
    fits = [each for n in known if (each := own[n]) is not None]
    variances = np.array([each.covariance[YES_PLACE, YES_PLACE] for each in fits])
    luck = resampling.generator(f"{name[:20]} clock", 0)
    places = np.array([each.theta[YES_PLACE] for each in fits])
    spread = shrinkage.spreads(places, variances, luck, resampling.draws) ** 2
    none = np.zeros(resampling.draws)
    found = [(0.0, none, none)] * len(own)
    for n, variance in zip(known, variances, strict=True):
        kept = spread / (spread + variance)
        beside = np.sqrt(kept * (1 - kept) * variance) * luck.standard_normal(resampling.draws)
        found[n] = float(kept.mean()) if len(kept) else 0.0, kept, beside
    return found


def _shrink_shares(clocks: dict[str, Clocks], resampling: Resampling, name: str) -> None:
    """Channels' shares shrunk to that of all (beta-binomial), in place.

    A share counts as so many cases as a counted one would have that spreads as its draws do.
    """
    channels = [channel for channel in clocks if channel != ALL]
    if not channels:
        return
    mean, means = float(clocks[ALL].value.share), np.asarray(clocks[ALL].draws.share)
    shares = np.array([float(clocks[channel].value.share) for channel in channels])
    spread = np.array([float(np.var(clocks[channel].draws.share)) for channel in channels])
    cases = np.array([clocks[channel].cases for channel in channels], float)
    worth = np.minimum(np.maximum(shares * (1 - shares), 1e-4) / np.maximum(spread, 1e-9), cases)
    luck = resampling.generator(f"{name[:20]} share", 0)
    middle = min(max(mean, 1e-3), 1 - 1e-3)
    alike = shrinkage.concentrations(worth * shares, worth, middle, luck, max(resampling.draws, 50))
    for n, channel in enumerate(channels):
        kept = worth[n] / (worth[n] + alike)
        value = float(kept.mean())
        kept = kept[: resampling.draws]
        # wider than the posterior, kept (1 - kept), because one channel may lie far from the mean for good
        beside = np.sqrt((np.sqrt(kept) - kept**2) * middle * (1 - middle) / worth[n])
        of = clocks[channel]
        drawn = kept * of.draws.share + (1 - kept) * means + beside * luck.standard_normal(len(kept))
        clocks[channel] = replace(
            of,
            value=replace(of.value, share=np.asarray(value * shares[n] + (1 - value) * mean)),
            draws=replace(of.draws, share=np.clip(drawn, 0.0, 1.0)),
        )


def _clocks(counts: Counts, value: Mixture, draws: Mixture) -> Clocks:
    """A group's clocks, the shares by Aalen–Johansen; what is open at the oldest age is split as the mixture says."""
    found = aalen_johansen(counts.times, counts.yes, counts.no, counts.censored, counts.entered)
    last = float(counts.times[-1]) if len(counts.times) else 0.0
    share, left = found.yes[-1], found.open[-1]
    observed = np.concatenate([[value.observed_share], np.broadcast_to(draws.observed_share, len(share) - 1)])
    ever = np.concatenate([[value.share], np.broadcast_to(draws.share, len(share) - 1)])
    rest = np.concatenate([[value.still_yes(last)], np.broadcast_to(draws.still_yes(last), len(share) - 1)])
    shares = np.clip((share + left * rest) * ever / np.maximum(observed, 1e-12), 0.0, 1.0)
    shares = np.where(observed > 0, shares, share)
    leaving = (counts.yes + counts.no + counts.censored - counts.entered)[:, 0]
    risk = np.cumsum(leaving[::-1])[::-1] + counts.entered[:, 0]
    ended = np.flatnonzero((counts.yes + counts.no)[:, 0] * (risk >= _AT_RISK))
    yes, no, still = found.at(_AGES)
    return Clocks(
        replace(value, share=np.asarray(shares[0])),
        replace(draws, share=shares[1:]),
        Incidence(_AGES, yes, no, still),
        int(cases_of(counts)),
        int(counts.yes[:, 0].sum()),
        int(counts.no[:, 0].sum()),
        float(counts.times[ended[-1]]) if len(ended) else 0.0,
    )


def cases_of(counts: Counts) -> float:
    """Number of spells in the counts, those that were cut off among them."""
    return float((counts.yes + counts.no + counts.censored)[:, 0].sum())


def _cells(of: Spells) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Distinct ages of a stage, 0 first, and the cells of each spell's age and entry (0: seen from the start)."""
    age = np.where(of.age <= AT_ONCE, 0.0, of.age)
    both = np.concatenate([[0.0], age, of.entry])
    times, cell = np.unique(both, return_inverse=True)
    if len(times) > _EXACT:
        step = np.where(both > 0, np.round(np.log(np.maximum(both, 1e-9)) / _FINE), -(2**40)).astype(np.int64)
        steps, cell = np.unique(step, return_inverse=True)
        times = np.where(steps > -(2**40), np.exp(np.clip(steps * _FINE, -30, 30)), 0.0)
    age_cell, entry_cell = np.split(cell[1:], 2)
    # whoever enters is at risk of what comes after it, were it in the same cell
    return times, age_cell, np.where(of.entry > 0, np.minimum(entry_cell, np.maximum(age_cell - 1, 0)), 0)


def _counts(
    of: Spells,
    mine: NDArray[np.bool_],
    times: Floats,
    cell: NDArray[np.int64],
    entry: NDArray[np.int64],
    weights: NDArray[np.uint8],
) -> Counts:
    """Counts of some of the spells; at time 0 are those who answered at once."""

    def count(which: NDArray[np.bool_], cells: NDArray[np.int64]) -> Floats:
        return resampled.counts(cells[which], of.deal[which], len(times), weights)

    late = mine & (entry > 0)
    yes, no = count(mine & (of.end == YES), cell), count(mine & (of.end == NO), cell)
    censored, entered = count(mine & (of.end == OPEN), cell), count(late, entry)
    seen = (yes + no + censored).sum(0) - entered.sum(0) - censored[0]
    return Counts(times, yes, no, censored, entered, yes[0], no[0], seen)


def _total(counts: list[Counts]) -> Counts:
    found = counts[0]
    for each in counts[1:]:
        found = found + each
    return found


def _merging(times: Floats, limit: float) -> NDArray[np.int64]:
    """First cells of the wider ones in which the likelihood counts, one of them at the expiry; 0 is left out."""
    steps = np.round(np.log(times[1:]) / _COARSE)
    begins = np.r_[True, (np.diff(steps) > 0) | ((times[1:-1] < limit) & (times[2:] >= limit))]
    return 1 + np.flatnonzero(begins) if len(steps) else np.zeros(0, np.int64)


def _merge(counts: Counts, first: NDArray[np.int64]) -> Counts:
    """The same in wider cells without those at once, each at its weighted mean age as the records are."""
    if not len(first):
        empty = np.zeros((0, counts.yes.shape[1]))
        return replace(counts, times=np.zeros(0), yes=empty, no=empty, censored=empty, entered=empty)
    merged = {
        name: np.add.reduceat(getattr(counts, name), first, axis=0) for name in ("yes", "no", "censored", "entered")
    }
    last = np.r_[first[1:], len(counts.times)] - 1
    return replace(counts, times=np.sqrt(counts.times[first] * counts.times[last]), **merged)


def _figures(name: str, clocks: Mapping[str, Clocks], of: Spells) -> dict[str, Figure]:
    """Figures of a stage: of all channels, and what differs by channel."""
    out: dict[str, Figure] = {}

    def add(key: str, value: Floats, draws: Floats, cases: int, method: str, unit: str = "") -> None:
        drawn = np.array(np.broadcast_to(draws, np.shape(clocks[ALL].draws.share)), float)
        out[key] = Figure(key, float(value), drawn, cases, method, unit)

    def keep(key: str, value: float, cases: int, least: int) -> None:
        out[key] = Figure(key, value, cases=cases, kept=say("estimator-few-cases", count=cases, least=least))

    for channel, each in clocks.items():
        key = f"{name}.{channel}" if channel else name
        shared = bool(channel) and each is clocks[ALL]
        cases = int((of.channel == of.channels.index(channel)).sum()) if shared else each.cases
        if channel and (len(of.channels) == 1 or not cases):
            continue
        if shared or cases < LEAST_FOR_SHARE:
            keep(f"{key}.share", float(each.value.share), cases, LEAST_FOR_SHARE)
            continue
        value, draws = each.value, each.draws
        add(f"{key}.share", value.share, draws.share, each.cases, SHARE)
        for end, count, family, means, width in (
            ("yes", each.yes, value.yes_law, (value.mean_yes(), draws.mean_yes()), "yes_width"),
            ("no", each.no, value.no_law, (value.mean_no(), draws.mean_no()), "no_width"),
        ):
            cv, cvs = (variation(family, getattr(mixture, width)) for mixture in (value, draws))
            least = max(LEAST_FOR_CLOCK, math.ceil((float(cv) / UNEVEN) ** 2))
            if count < least:
                keep(f"{key}.gap_{end}.mean", float(means[0]), count, least)
                if not channel and count >= LEAST_FOR_CLOCK:
                    keep(f"{key}.gap_{end}.cv", float(cv), count, least)
                continue
            add(f"{key}.gap_{end}.mean", means[0], means[1], count, CLOCK, "hours")
            if not channel:
                add(f"{key}.gap_{end}.cv", cv, cvs, count, CLOCK)
                now, nows = (getattr(mixture, f"{end}_at_once") for mixture in (value, draws))
                add(f"{key}.gap_{end}.at_once", now, nows, count, CLOCK)
        if not channel and np.any(np.asarray(value.silent) > 0):
            add(f"{key}.silent", value.silent, draws.silent, each.cases, CLOCK)
        if not channel and value.expires < np.inf:
            out[f"{key}.expires"] = Figure(f"{key}.expires", value.expires, None, each.no, CLOCK, "hours")
    return out
