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
from simulation.calibration.estimators.competing import NO_PLACE, YES_PLACE, Choice, Fit, P, chosen, fit
from simulation.calibration.estimators.counting import (
    Counts,
    cases_of,
    cells_of,
    counted,
    expiry,
    halved,
    merged,
    merging,
    total,
)
from simulation.calibration.estimators.incidence import Incidence, aalen_johansen
from simulation.calibration.estimators.laws import FAMILIES, variation
from simulation.calibration.estimators.mixture import Mixture
from simulation.calibration.estimators.seen import LEAST_FOR_CLOCK, as_seen, seen_ends
from simulation.calibration.estimators.spells import OPEN, WHOLE, Spells, closed_with_dates, spells
from simulation.calibration.estimators.waiting import Waiting, taken_apart
from simulation.calibration.records import Records
from simulation.texts import Day, Phrase, say

Floats = NDArray[np.float64]
NAME = "stages"
ALL = ""
"""Key of all channels together."""
UNEVEN = 0.35
"""Coefficient of variation of a mean time from which on it is not known: of a few answers of which one came at once and
the next after a week-end, no bootstrap tells how far off their mean is."""
_LEAST_ENDS = 4  # of each kind from which on both have laws of their own: a quick no and a slow yes are not alike
_AT_RISK = 4
"""Spells at risk below which a counted incidence is left to the law."""
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

    @property
    def pipelines(self) -> tuple[tuple[str, ...], ...]:
        """The stages of each pipeline, in their order."""
        ends = [n + 1 for n in range(len(self.stages)) if self.spells.is_last(n)]
        return tuple(self.stages[first:end] for first, end in zip([0, *ends], ends, strict=False))


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
        notes.append(say("estimator-late-entry", day=Day(found.since.date())))
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
    times, cell, entry_cell = cells_of(of)
    by_channel = [counted(of, of.channel == n, times, cell, entry_cell, weights) for n in range(len(of.channels))]
    fine = total(by_channel)
    limit = expiry(times, fine.no[:, 0], fine.yes[:, 0])
    first = merging(times, limit)
    coarse = [merged(each, first) for each in by_channel]
    together = total(coarse)
    ends = np.array([fine.yes[:, 0].sum(), fine.no[:, 0].sum()])
    choice, told = _fit(together, limit, ends)
    best = choice.best
    fitted, fitted_draws = _at_share(best.value(told), choice.draws(told), fine, told is together)
    clocks = {ALL: _clocks(fine, *as_seen(fine, fitted, fitted_draws))}
    own = [_own(each, best, limit) if told is together else None for each in coarse]
    shrunk = _shrinking(own, resampling, name)
    all_of = clocks[ALL]
    for n, channel in enumerate(of.channels):
        if cases_of(by_channel[n]) < LEAST_FOR_SHARE or len(of.channels) == 1:
            continue
        mine = own[n] or best
        data = coarse[n] if own[n] is not None or told is together else halved(coarse[n])
        value, draws = _at_share(mine.value(data), mine.draws(data), by_channel[n], data is coarse[n])
        once, kept, luck = shrunk[n]
        if own[n] is not None:
            value, draws = as_seen(by_channel[n], value, draws)
        told_by = [seen_ends(by_channel[n], end) and own[n] is not None for end in ("yes", "no")]
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


def _log_mean(mixture: Mixture, end: str) -> Floats:
    """Logarithm of the mean of a law, without those at once."""
    family = mixture.yes_law if end == "yes" else mixture.no_law
    return np.log(laws.mean(family, getattr(mixture, f"{end}_place"), getattr(mixture, f"{end}_width")))


def _fit(counts: Counts, limit: float, ends: Floats) -> tuple[Choice, Counts]:
    """The laws of a stage and the counts they are of; where hardly anybody says yes (or no), one law for both."""
    if not len(counts.times):
        counts = _placeholder(counts)
    if ends.min() >= _LEAST_ENDS:
        return chosen(counts, expires=limit), counts
    pooled = halved(counts)
    tried = [fit(pooled, (family, family)) for family in FAMILIES]
    return Choice(min(tried, key=lambda found: found.aic), ()), pooled


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
    cases = np.array([clocks[channel].cases for channel in channels], float)
    worth = cases
    if resampling.draws > 1:
        spread = np.array([float(np.var(clocks[channel].draws.share)) for channel in channels])
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
        # a yes and a no wait for the same seller: few of one kind look even only until one of them has met a week-end
        uneven = max(float(variation(value.yes_law, value.yes_width)), float(variation(value.no_law, value.no_width)))
        for end, count, family, means, width in (
            ("yes", each.yes, value.yes_law, (value.mean_yes(), draws.mean_yes()), "yes_width"),
            ("no", each.no, value.no_law, (value.mean_no(), draws.mean_no()), "no_width"),
        ):
            cv, cvs = (variation(family, getattr(mixture, width)) for mixture in (value, draws))
            least = max(LEAST_FOR_CLOCK, math.ceil((uneven / UNEVEN) ** 2))
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
