"""The open pipeline: what deals that are open now will still bring, given their stage and their time in it.

A deal of age a in stage k has not answered yet; it says yes within t with the conditional incidence
(F_yes(a + t) - F_yes(a)) / S(a), and then passes the later stages with their own incidences, so that its chance to be
won within t is the convolution of all of them (a semi-Markov process; Andersen, Borgan, Gill, Keiding 1993, IV.4).
Incidences are Aalen–Johansen's, scaled to the shrunk share of the channel; beyond the oldest age at which an end was
seen, and where only a few are left, those of the fitted mixture. Wins of one deal are Bernoulli, so that a draw of the
wins by week is multinomial; the draws of the incidences bring the uncertainty of what is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from simulation.calibration.estimates import Estimate, Figure, Resampling
from simulation.calibration.estimators.spells import OPEN
from simulation.calibration.estimators.stages import ALL, Clocks, StagesModel
from simulation.calibration.estimators.stages import estimate as estimate_stages
from simulation.calibration.records import Records

Floats = NDArray[np.float64]
NAME = "pipeline"
METHOD = "estimator-conditional-incidence"
DAY = 24.0
WEEK = 7
WEEKS = 26
"""How far ahead it is told."""
_TOLD = (4, 8, 13, 26)
_OWN = 300  # spells of a channel from which on its own incidence is used, and not that of all scaled to its share
_NONE = 1e-9


@dataclass(frozen=True)
class OpenDeals:
    """Open deals one by one, shape (deals,)."""

    deal: NDArray[np.int64]
    """Rows of `records.deals`."""
    stage: NDArray[np.int64]
    channel: NDArray[np.int64]
    age: Floats
    """Time in the stage so far, hours."""
    chance: Floats
    """Chance to be won at all."""


@dataclass(frozen=True)
class PipelineModel:
    """Expected wins of the deals that are open at `as_of`, by week ahead.

    `expected` has shape (weeks,), `expected_draws` (draws, weeks): means under each draw of the incidences. `draws`
    holds numbers of wins, shape (draws, weeks): those that a forecast's intervals come from. `open_left` and
    `open_left_draws` are the means of how many of them are still open after each week. `by_channel` are the expected
    wins of each channel's. For a scenario, `deals` (stage, channel, age) is `market.initial.pipeline`.
    """

    deals: OpenDeals
    expected: Floats
    expected_draws: Floats
    draws: NDArray[np.int64]
    open_left: Floats
    open_left_draws: Floats
    by_channel: Mapping[str, Floats]


def estimate(records: Records, resampling: Resampling, known: Estimate | None = None) -> Estimate:
    """Expected wins of open deals by week ahead.

    Args:
        records: the records.
        resampling: of the draws.
        known: what `stages.estimate` found in the same records; estimated when None.

    Returns:
        Figures `open.count`, `open.wins.N_weeks` with draws of the number (not only of its mean), and
        `open.left.N_weeks`, for N of 4, 8, 13 and 26; the model is a `PipelineModel`, None without one of the stages.
    """
    known = known or estimate_stages(records, resampling)
    model = known.model
    if not isinstance(model, StagesModel):
        return Estimate(NAME, {}, known.notes)
    return _forecast(model, resampling)


def _forecast(model: StagesModel, resampling: Resampling) -> Estimate:
    days = WEEKS * WEEK
    spells = model.spells.where(model.spells.end == OPEN)
    count = len(spells.deal)
    won, shut = np.zeros((2, days + 1, 1 + resampling.draws))
    chance = np.zeros(count)
    by_channel: dict[str, Floats] = {}
    for number, channel in enumerate(model.channels):
        mine = spells.channel == number
        if not mine.any():
            continue
        before = won[:, 0].copy()
        onward = np.ones((2, days + 1, 1 + resampling.draws))  # won and closed by a day since the entry into a stage
        ever = 1.0
        for stage in range(len(model.stages) - 1, -1, -1):
            if model.spells.is_last(stage):  # of a pipeline
                onward, ever = np.ones_like(onward), 1.0
            table = _Table(model.of[model.stages[stage], ALL], model.of[model.stages[stage], channel])
            rows = np.flatnonzero(mine & (spells.stage == stage))
            if len(rows):
                yes, no = table.from_now(spells.age[rows], days)
                won += _convolved(yes, onward[0])
                shut += _convolved(yes, onward[1]) + no
                chance[rows] = table.chances(spells.age[rows]) * ever
            yes, no = table.from_entry(days)
            onward = np.stack([_convolved(yes, onward[0]), _convolved(yes, onward[1]) + no])
            ever *= float(model.of[model.stages[stage], channel].value.observed_share)
        by_channel[channel] = np.diff((won[:, 0] - before)[::WEEK])
    weekly = np.diff(won[::WEEK], axis=0).T
    left = count - shut[WEEK::WEEK].T
    numbers = _numbers(weekly[1:], count, resampling)
    deals = OpenDeals(spells.deal, spells.stage, spells.channel, spells.age, chance)
    found = PipelineModel(deals, weekly[0], weekly[1:], numbers, left[0], left[1:], MappingProxyType(by_channel))
    return Estimate(NAME, MappingProxyType(_figures(found, count)), (), found)


class _Table:
    """Incidences of one stage and channel by age, shape (ages, 1 + draws): counted as far as can be, then fitted."""

    def __init__(self, every: Clocks, own: Clocks) -> None:
        counted = own if own.cases >= _OWN or own is every else every
        self.ages = counted.incidence.times
        mixture = own.value.beside(own.draws)
        share = mixture.observed_share
        seen = counted.incidence
        # clocks are those of all, the share is the channel's: what is lost grows as what is won shrinks
        last = np.searchsorted(self.ages, counted.oldest, side="right") - 1
        total = counted.value.beside(counted.draws).observed_share
        of_yes = share / np.maximum(total, 1e-9)
        of_no = (1 - share) / np.maximum(1 - total, 1e-9)
        yes, no = np.minimum(seen.yes * of_yes, 1.0), np.minimum(seen.no * of_no, 1.0)
        here = np.maximum(1 - yes[last] - no[last], 0.0)
        later = self.ages[last + 1 :, None]
        rest = mixture.still_open(self.ages[last])
        ahead = here / np.maximum(rest, 1e-12) * (rest > 1e-12)
        yes[last + 1 :] = yes[last] + ahead * (mixture.yes_by(later) - mixture.yes_by(self.ages[last]))
        no[last + 1 :] = no[last] + ahead * (mixture.no_by(later) - mixture.no_by(self.ages[last]))
        if own.value.expires < np.inf:
            # counted into the nights and week-ends over which deals expire; whoever is left does so next
            no[last + 1 :] = np.where(rest > 1e-12, no[last + 1 :], 1 - yes[last])
        self.yes, self.no = yes, no
        self.open = np.maximum(1 - yes - no, 0.0)

    def from_entry(self, days: int) -> tuple[Floats, Floats]:
        """What is said yes in each day since the entry (the first of no time), and the nos until then."""
        at = np.arange(days + 1) * DAY
        yes = self._at(self.yes, at)
        return np.diff(yes, axis=0, prepend=0), self._at(self.no, at)

    def from_now(self, ages: Floats, days: int) -> tuple[Floats, Floats]:
        """The same of deals that have been open so long, added up; who is older than anybody could be is closed."""
        yes, no = np.zeros((2, days + 1, self.yes.shape[1]))
        once, count = np.unique(np.round(ages / DAY), return_counts=True)
        for age, many in zip(once, count, strict=True):
            at = (age + np.arange(days + 1)) * DAY
            left = self._at(self.open, at[:1])
            scale = np.where(left > _NONE, many / np.maximum(left, _NONE), 0.0)
            found = self._at(self.yes, at)
            yes[1:] += np.diff(found, axis=0) * scale
            lost = self._at(self.no, at)
            no += (lost - lost[0]) * scale + np.where(left > _NONE, 0.0, many)
        return yes, no

    def chances(self, ages: Floats) -> Floats:
        """Chance to say yes at all of deals of such ages, as the records are."""
        yes, left = self._at(self.yes, ages)[:, 0], self._at(self.open, ages)[:, 0]
        return np.where(left > _NONE, np.clip((self.yes[-1, 0] - yes) / np.maximum(left, _NONE), 0.0, 1.0), 0.0)

    def _at(self, values: Floats, hours: NDArray[Any]) -> Floats:
        """Values at ages, in a straight line between those that are kept; shape (hours, draws)."""
        place = np.clip(np.searchsorted(self.ages, hours, side="right") - 1, 0, len(self.ages) - 2)
        part = np.clip((hours - self.ages[place]) / (self.ages[place + 1] - self.ages[place]), 0.0, 1.0)[:, None]
        return np.asarray(values[place] * (1 - part) + values[place + 1] * part)


def _convolved(yes: Floats, onward: Floats) -> Floats:
    """By each day: said yes on some day, and then so far; what is said in a day is said in its middle."""
    days = len(yes)
    # a yes within day j, (j - 1, j], leaves half a day of it: the mean of both ends
    half = np.vstack([(onward[1:] + onward[:-1]) / 2, onward[-1:]])
    size = fft.next_fast_len(2 * days - 2, True)
    found = fft.irfft(fft.rfft(yes[1:], size, axis=0) * fft.rfft(half, size, axis=0), size, axis=0)[: days - 1]
    return np.asarray(yes[0] * onward + np.vstack([np.zeros((1, onward.shape[1])), found]))


def _numbers(weekly: Floats, count: int, resampling: Resampling) -> NDArray[np.int64]:
    """Numbers of wins by week, shape (draws, weeks): each deal is won in one week or in none."""
    if not count:
        return np.zeros(weekly.shape, np.int64)
    shares = np.maximum(weekly, 0.0) / count
    shares = np.column_stack([shares, np.maximum(1 - shares.sum(1), 0.0)])
    shares /= shares.sum(1, keepdims=True)
    drawn = [resampling.generator("open deals", n).multinomial(count, row) for n, row in enumerate(shares)]
    return np.array(drawn, np.int64).reshape(len(weekly), weekly.shape[1] + 1)[:, :-1]


def _figures(found: PipelineModel, count: int) -> dict[str, Figure]:
    out = {"open.count": Figure("open.count", float(count), None, count, METHOD)}
    for weeks in _TOLD:
        key = f"open.wins.{weeks}_weeks"
        drawn = found.draws[:, :weeks].sum(1).astype(float)
        out[key] = Figure(key, float(found.expected[:weeks].sum()), drawn, count, METHOD)
        key = f"open.left.{weeks}_weeks"
        out[key] = Figure(key, float(found.open_left[weeks - 1]), found.open_left_draws[:, weeks - 1], count, METHOD)
    return out
