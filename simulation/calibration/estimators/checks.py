"""Predictive checks: what each fit would have made of the same weeks and deals, beside what was there.

A check is good when what was observed lies within 95 % of what the fit draws (Gelman, Meng and Stern 1996). They are
few and plain, after the measures by which simulated processes are held against logs (Chapela-Campa et al. 2023):
variance beside mean of the weekly counts by channel, deals that are open by age and stage, decisions by their time in
stage, and amounts at their quantiles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimates import Estimate, Resampling
from simulation.calibration.estimators.amounts import AmountsModel
from simulation.calibration.estimators.arrivals import ArrivalsModel, ChannelArrivals
from simulation.calibration.estimators.laws import survival
from simulation.calibration.estimators.spells import NO, OPEN, YES
from simulation.calibration.estimators.stages import ALL, StagesModel

Floats = NDArray[np.float64]
DRAWS = 400
_MOST = 2000  # amounts beyond which no more are drawn: chance is small then
WEEK = 168.0
AGES = (1.0, 2.0, 4.0, 8.0, 13.0, 26.0)
"""Ages, weeks, up to which open deals are counted."""


@dataclass(frozen=True)
class Check:
    """One check."""

    what: str
    """'weeks.dispersion', 'open.by_age', 'clock.yes', 'clock.no' or 'amounts'."""
    of: str
    """Stage or channel."""
    at: float
    """Age in weeks, or quantile; NaN where there is none."""
    observed: float
    expected: float
    low: float
    high: float

    @property
    def good(self) -> bool:
        """Whether the fit would make what was observed."""
        return self.low <= self.observed <= self.high


def checks(estimates: Sequence[Estimate], resampling: Resampling) -> tuple[Check, ...]:
    """The checks of all fits among some estimates, whose models say what they are of."""
    luck = resampling.generator("checks", 0)
    found: list[Check] = []
    for each in estimates:
        model = each.model
        if isinstance(model, StagesModel):
            found += _open_by_age(model) + _clocks(model)
        elif isinstance(model, ArrivalsModel):
            found += [_dispersion(name, of, luck) for name, of in model.channels.items()]
        elif isinstance(model, AmountsModel):
            found += _amounts(model, luck)
    return tuple(found)


def _dispersion(name: str, of: ChannelArrivals, luck: np.random.Generator) -> Check:
    """Variance beside mean of the weekly counts, season and trend taken out, and of counts that the fit draws."""
    expected = of.expected
    cvs, memories = (d if len(d) else np.array([v]) for d, v in ((of.cv_draws, of.cv), (of.memory_draws, of.memory)))
    row = luck.integers(0, len(cvs), DRAWS)
    level = luck.standard_normal((DRAWS, len(expected)))
    level = 1 + of.levels.step * np.cumsum(level, axis=1)
    level += 1 - level.mean(1, keepdims=True)
    cv, memory = np.maximum(cvs[row], 1e-6), memories[row]
    burst = luck.standard_normal((DRAWS, len(expected)))
    for week in range(1, len(expected)):
        burst[:, week] = memory * burst[:, week - 1] + np.sqrt(1 - memory**2) * burst[:, week]
    sigma = np.sqrt(np.log1p(cv**2))[:, None]
    rate = expected * np.maximum(level, 0.05) * np.exp(sigma * burst - sigma**2 / 2)
    drawn = luck.poisson(rate)

    def ratio(counts: Floats) -> Floats:
        scale = counts.sum(-1, keepdims=True) / expected.sum()
        return np.asarray(((counts - scale * expected) ** 2 / np.maximum(scale * expected, 1e-9)).mean(-1))

    values = ratio(drawn)
    low, high = np.quantile(values, [0.025, 0.975])
    return Check(
        "weeks.dispersion", name, math.nan, float(ratio(of.weeks)), float(values.mean()), float(low), float(high)
    )


def _open_by_age(model: StagesModel) -> list[Check]:
    """Deals that are open now by time in stage, and those that the mixture lets expect of all that ever entered."""
    found = []
    spells = model.spells
    end = (spells.begun + (spells.age * 3600).astype("timedelta64[s]"))[spells.end == OPEN]
    if not len(end):
        return []
    now = end.max()
    since_begun = (now - spells.begun) / np.timedelta64(3600, "s")
    for stage, name in enumerate(model.stages):
        mine = spells.stage == stage
        mixture = model.of[name, ALL].value
        left = np.asarray(mixture.still_open(since_begun[mine]))
        entry = spells.entry[mine]
        at_entry = np.where(entry > 0, mixture.still_open(entry), 1.0)
        chance = np.clip(left / np.maximum(at_entry, 1e-12), 0.0, 1.0)
        still = spells.end[mine] == OPEN
        low_age = 0.0
        for age in (*AGES, math.inf):
            inside = (since_begun[mine] >= low_age * WEEK) & (since_begun[mine] < age * WEEK)
            low_age = age
            if not inside.any():
                continue
            mean, spread = float(chance[inside].sum()), float((chance[inside] * (1 - chance[inside])).sum()) ** 0.5
            room = 1.96 * spread + 0.5
            seen = float(still[inside].sum())
            found.append(Check("open.by_age", name, age, seen, mean, max(mean - room, 0.0), mean + room))
    return found


def _clocks(model: StagesModel) -> list[Check]:
    """Shares of the answers that came by the fitted median and nine tenths of their law, among fully seen spells."""
    found = []
    spells = model.spells
    for stage, name in enumerate(model.stages):
        value = model.of[name, ALL].value
        for kind, end, family, place, width, at_once in (
            ("yes", YES, value.yes_law, value.yes_place, value.yes_width, value.yes_at_once),
            ("no", NO, value.no_law, value.no_place, value.no_width, value.no_at_once),
        ):
            incidence = model.of[name, ALL].incidence
            counted = (incidence.yes if kind == "yes" else incidence.no)[:, 0]
            last = np.searchsorted(incidence.times, model.of[name, ALL].oldest, side="right") - 1
            n = int((spells.end[spells.stage == stage] == end).sum())
            if n < 20 or last < 1 or counted[last] <= 0 or at_once > 0.9:
                continue
            seen = (counted[1 : last + 1] - counted[0]) / max(counted[last] - counted[0], 1e-12)
            ages = incidence.times[1 : last + 1]
            law = 1 - survival(family, float(place), float(width), ages)
            law = law / max(float(law[-1]), 1e-12)
            for level in (0.5, 0.9):
                where = min(int(np.searchsorted(law, level)), len(law) - 1)
                room = 1.96 * math.sqrt(level * (1 - level) / n) + 0.02
                share = float(law[where])
                found.append(Check(f"clock.{kind}", name, level, float(seen[where]), share, share - room, share + room))
    return found


def _amounts(model: AmountsModel, luck: np.random.Generator) -> list[Check]:
    """Quantiles of the amounts, and those of as many from the law."""
    law = model.distribution()
    n = min(len(model.values), _MOST)
    drawn = np.sort(law.quantile(luck.uniform(1e-9, 1 - 1e-9, (DRAWS, n))), axis=1)
    values = np.sort(model.values)[np.arange(n) * len(model.values) // n]
    found = []
    for level in (0.1, 0.5, 0.9):
        place = min(int(level * n), n - 1)
        low, high = np.quantile(drawn[:, place], [0.025, 0.975])
        observed = float(values[place])
        found.append(Check("amounts", "", level, observed, float(drawn[:, place].mean()), float(low), float(high)))
    return found
