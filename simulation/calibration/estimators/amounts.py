"""Sizes of deals: lognormal, or as they are where they stand in heaps; by outcome and channel; their drift.

Amounts of won deals above 0 count. Where a tenth of them stand at sums that occur again and again, or where a lognormal
law does not fit (Lilliefors' distance of the logarithms at 1 %), the law is empirical: the sums themselves with their
frequencies, or the means of equal parts of them, which keeps the mean. A channel's factor is the mean of its logarithms
beside that of all, shrunk (`shrinkage.spreads`). The drift is the slope of the logarithm over the date of closing,
channels held, by least squares; it stays 0 where it is no wider than chance and the records are shorter than a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from simulation.calibration.estimates import LEAST_DEALS, Estimate, Figure, Resampling
from simulation.calibration.estimators import resampled, shrinkage
from simulation.calibration.estimators.spells import channel_codes, recorded_since
from simulation.calibration.records import Records
from simulation.texts import say
from simulation.written.distributions import Distribution

Floats = NDArray[np.float64]
NAME = "amounts"
METHOD, EMPIRICAL = "estimator-lognormal", "estimator-heaped"
LEAST_OF_CHANNEL = 10
"""Won deals of a channel below which its deals are as large as all."""
HEAP = 5
"""Deals of one sum that make it a heap, at least; and one in a hundred."""
HEAPED = 0.1
_POINTS = 200
_BLOCK = 25  # draws that are weighed together
_YEAR = 365.25 * 86400


@dataclass(frozen=True)
class AmountsModel:
    """Sizes of won deals.

    `distribution()` is the law for `products.*.deal` (today's level where they drift), `factors` a channel's
    `deal_size`, `drift` the growth a year (`deal_trend_per_year`), each with draws; draw r of the law is that of
    `distribution()` scaled by `mean_draws[r] / mean`.
    """

    values: Floats
    """Amounts of won deals, each at the level of the last day."""
    mean: float
    mean_draws: Floats
    cv: float
    cv_draws: Floats
    heaped: float
    """Share that stands in heaps."""
    lognormal: bool
    """Whether the law is lognormal, else empirical."""
    factors: Mapping[str, float]
    factor_draws: Mapping[str, Floats]
    drift: float
    drift_draws: Floats
    lost_to_won: float
    """Mean amount of lost deals as a factor of that of won ones; NaN where lost ones have none."""

    def distribution(self) -> Distribution:
        """The law for a scenario."""
        if self.lognormal:
            return Distribution.lognormal(self.mean, self.cv)
        values, counts = np.unique(self.values, return_counts=True)
        if len(values) <= _POINTS:
            return Distribution.empirical(values.tolist(), counts.tolist())
        heap = counts >= max(HEAP, 0.01 * counts.sum())
        rest = np.repeat(values[~heap], counts[~heap])
        parts = [part for part in np.array_split(rest, _POINTS - int(heap.sum())) if len(part)]
        means = [float(part.mean()) for part in parts]
        return Distribution.empirical(
            [*values[heap].tolist(), *means], [*counts[heap].tolist(), *(float(len(part)) for part in parts)]
        )


def estimate(records: Records, resampling: Resampling) -> Estimate:
    """Sizes of won deals; the model is an `AmountsModel`, None where fewer than 40 won deals have an amount.

    Figures: `amount.mean`, `amount.cv`, `amount.heaped`, `amount.drift` (growth a year), `amount.lost_to_won`, and
    `amount.CHANNEL.factor`.
    """
    deals = records.deals
    sized = (deals["amount"] > 0).to_numpy() & deals["closed"].notna().to_numpy()
    since = recorded_since(records)
    if since is not None:
        sized &= deals["closed"].to_numpy("datetime64[s]") >= since
    won = np.flatnonzero(sized & (deals["status"] == "won").to_numpy())
    lost = np.flatnonzero(sized & (deals["status"] == "lost").to_numpy())
    if len(won) < LEAST_DEALS:
        kept = say("estimator-few-amounts", count=len(won), least=LEAST_DEALS)
        return Estimate(NAME, {"amount.mean": Figure("amount.mean", np.nan, cases=len(won), kept=kept)}, (kept,))
    weights = resampled.deals(resampling, records)
    amount = deals["amount"].to_numpy(float)
    logs = np.log(amount[won])
    channels, code = channel_codes(deals)
    years = (deals["closed"].to_numpy("datetime64[s]") - np.datetime64(records.as_of, "s")).astype(float) / _YEAR
    slopes = np.concatenate([_slopes(years[won], logs, code[won], w) for w in _columns(weights, won)])
    drift = _drift(slopes, years[won])
    today = np.exp(logs - drift[0] * years[won])
    heaped = _heaped(amount[won])
    smooth = heaped < HEAPED and _lognormal(np.log(today))
    found, first = [], 0
    for w in _columns(weights, won):
        here = logs[:, None] - drift[first : first + w.shape[1]] * years[won][:, None]
        level = _mean(np.exp(here), w)
        found.append((level, _variation(here, level, w, smooth), *_by_channel(here, code[won], w, len(channels))))
        first += w.shape[1]
    level, cv, size, own = (np.concatenate(each, axis=-1) for each in zip(*found, strict=True))
    figures: dict[str, Figure] = {}

    def add(key: str, values: Floats, cases: int, method: str, unit: str = "") -> None:
        figures[key] = Figure(key, float(values[0]), np.asarray(values[1:], float), cases, method, unit)

    method = METHOD if smooth else EMPIRICAL
    add("amount.mean", level, len(won), method, records.currency)
    add("amount.cv", cv, len(won), method)
    figures["amount.heaped"] = Figure("amount.heaped", heaped, None, len(won), EMPIRICAL)
    if np.any(drift):
        add("amount.drift", np.expm1(drift), len(won), METHOD)
    else:
        figures["amount.drift"] = Figure("amount.drift", 0.0, cases=len(won), kept=say("estimator-no-drift"))
    ratio = np.nan
    if len(lost) >= LEAST_OF_CHANNEL:
        away, before = (
            np.concatenate([_mean(amount[rows][:, None], w) for w in _columns(weights, rows)]) for rows in (lost, won)
        )
        add("amount.lost_to_won", away / before, len(lost), method)
        ratio = float(away[0] / before[0])
    factors = _factors(
        own, size, float(np.var(np.log(today))), np.bincount(code[won], minlength=len(channels)), resampling
    )
    for n, channel in enumerate(channels):
        key = f"amount.{channel}.factor"
        cases = int((code[won] == n).sum())
        if len(channels) > 1 and cases >= LEAST_OF_CHANNEL:
            add(key, factors[n], cases, METHOD)
        elif len(channels) > 1:
            kept = say("estimator-few-cases", count=cases, least=LEAST_OF_CHANNEL)
            figures[key] = Figure(key, 1.0, cases=cases, kept=kept)
    model = AmountsModel(
        today if drift[0] else amount[won],
        float(level[0]),
        level[1:],
        float(cv[0]),
        cv[1:],
        heaped,
        smooth,
        MappingProxyType({channel: float(factors[n, 0]) for n, channel in enumerate(channels)}),
        MappingProxyType({channel: factors[n, 1:] for n, channel in enumerate(channels)}),
        float(np.expm1(drift[0])),
        np.expm1(drift[1:]),
        ratio,
    )
    return Estimate(NAME, MappingProxyType(figures), (), model)


def by_quarter(records: Records) -> pd.DataFrame:
    """Won deals by quarter of closing: columns count, median, mean, mean of the logarithm."""
    deals = records.deals
    rows = deals[(deals["status"] == "won") & (deals["amount"] > 0) & deals["closed"].notna()]
    quarter = rows["closed"].dt.to_period("Q")
    amounts = rows["amount"]
    grouped = amounts.groupby(quarter)
    return pd.DataFrame(
        {
            "count": grouped.size(),
            "median": grouped.median(),
            "mean": grouped.mean(),
            "log": np.log(amounts).groupby(quarter).mean(),
        }
    )


def _variation(logs: Floats, level: Floats, w: Floats, smooth: bool) -> Floats:
    """Coefficient of variation under each column of weights: of a lognormal law where that fits, else of the moments.

    The moments of a law with a long tail lie low in most samples, and a bootstrap of them is too sure.
    """
    if smooth:
        middle = _mean(logs, w)
        return np.sqrt(np.expm1(_mean((logs - middle) ** 2, w) * w[:, 0].sum() / max(w[:, 0].sum() - 1, 1.0)))
    return np.sqrt(np.maximum(_mean(np.exp(2 * logs), w) / level**2 - 1, 0.0))


def _mean(values: Floats, weights: Floats) -> Floats:
    """Weighted means, shape (1 + draws,)."""
    return np.asarray((values * weights).sum(0) / np.maximum(weights.sum(0), 1e-12))


def _columns(weights: NDArray[np.uint8], rows: NDArray[np.int64]) -> Iterator[Floats]:
    """Weights of rows, a few columns at a time so that many deals fit into memory: the records', then each draw's."""
    for first in range(0, 1 + weights.shape[1], _BLOCK):
        drawn = weights[rows, max(first - 1, 0) : first - 1 + _BLOCK].astype(float)
        yield drawn if first else np.column_stack([np.ones(len(rows)), drawn])


def _drift(slopes: Floats, years: Floats) -> Floats:
    """Slopes as is and in each draw; 0 where the records do not tell them."""
    spread = float(np.std(slopes[1:])) if len(slopes) > 1 else 0.0
    if np.ptp(years) < 1.0 or abs(slopes[0]) < 2 * spread:
        return np.zeros(len(slopes))
    return slopes


def _slopes(years: Floats, logs: Floats, code: NDArray[np.int64], weights: Floats) -> Floats:
    """Slope of the logarithm a year within channels, under each column of weights."""
    centred = []
    for values in (years, logs):
        sums = np.stack([(values[:, None] * weights)[code == n].sum(0) for n in range(code.max() + 1)])
        size = np.stack([weights[code == n].sum(0) for n in range(code.max() + 1)])
        centred.append(values[:, None] - (sums / np.maximum(size, 1e-12))[code])
    x, y = centred
    return np.asarray((weights * x * y).sum(0) / np.maximum((weights * x * x).sum(0), 1e-12))


def _by_channel(logs: Floats, code: NDArray[np.int64], weights: Floats, channels: int) -> tuple[Floats, Floats]:
    """Weights of each channel and its mean logarithm beside that of all, shape (channels, columns)."""
    size = np.stack([weights[code == n].sum(0) for n in range(channels)])
    middle = (logs * weights).sum(0) / np.maximum(weights.sum(0), 1e-12)
    sums = np.stack([((logs - middle) * weights)[code == n].sum(0) for n in range(channels)])
    return size, sums / np.maximum(size, 1e-12)


def _heaped(amounts: Floats) -> float:
    _, counts = np.unique(amounts, return_counts=True)
    return float(counts[counts >= max(HEAP, 0.01 * len(amounts))].sum() / len(amounts))


def _lognormal(logs: Floats) -> bool:
    """Whether the logarithms may be normal: Lilliefors' test at 1 % (Dallal and Wilkinson 1986: 1.035 / sqrt(n))."""
    n = len(logs)
    spread = float(np.std(logs, ddof=1))
    if spread <= 1e-9:
        return False
    place = special.ndtr((np.sort(logs) - logs.mean()) / spread)
    steps = np.arange(1, n + 1) / n
    distance = float(np.max(np.maximum(steps - place, place - steps + 1 / n)))
    return distance * (n**0.5 - 0.01 + 0.85 / n**0.5) < 1.035


def _factors(own: Floats, size: Floats, spread: float, cases: NDArray[np.int64], resampling: Resampling) -> Floats:
    """Sizes of channels' deals beside all, shrunk, whose mean over the deals is 1; shape (channels, 1 + draws)."""
    known = cases >= LEAST_OF_CHANNEL
    variance = spread / np.maximum(cases, 1.0)
    luck = resampling.generator("amounts", 0)
    draws = own.shape[1] - 1
    differing = shrinkage.spreads(own[known, 0], variance[known], luck, draws) ** 2
    found = np.zeros(own.shape)
    for n in np.flatnonzero(known):
        kept = differing / (differing + variance[n])
        found[n, 0] = (float(kept.mean()) if draws else 0.0) * own[n, 0]
        beside = np.sqrt(kept * (1 - kept) * variance[n]) * luck.standard_normal(draws)
        found[n, 1:] = kept * own[n, 1:] + beside
    factors = np.exp(found)
    return np.asarray(factors / ((factors * size).sum(0) / size.sum(0)))
