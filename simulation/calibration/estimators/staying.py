"""Laws of how long people stay, with people who are still there and people whom the records begin to see late.

Likelihood of a spell that is seen from the tenure e on and ends at t, or still goes on: f(t) / S(e), or S(t) / S(e).
Kaplan and Meier's curve with delayed entry has at each tenure with leavers those at risk who had entered before it and
not gone (Tsai, Jewell and Wang 1987). Where hardly anybody is at risk yet, a leaver tells nothing of those to come: the
curve leaves out tenures with fewer than two at risk as long as more come later (after Lai and Ying 1991).
Times are months.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from simulation.calibration.estimators.fitting import most_likely, refitter

Floats = NDArray[np.float64]
CUTS: tuple[tuple[float, ...], ...] = ((), (3,), (12,), (3, 12), (3, 12, 36), (6, 24))
"""Tenures at which the hazard may change."""
_HALF_LOG_2PI = 0.5 * math.log(2 * math.pi)
_BOUNDS = {
    "lognormal": [(-3.0, 9.0), (math.log(0.05), math.log(2.0))],
    "weibull": [(-3.0, 9.0), (math.log(0.2), math.log(5.0))],
}
"""Of the place (months, logarithm) and the width or shape (logarithm), as far as a scenario can write them."""


@dataclass(frozen=True)
class Spells:
    """Spells of employment; shape (spells,) each, months."""

    entered: Floats
    """Tenure from which on it is seen."""
    ended: Floats
    left: Floats
    """1 where it ended, 0 where it was still going on."""


@dataclass(frozen=True)
class Stay:
    """A fitted law.

    Attributes:
        kind: 'piecewise' (without cuts: exponential), 'lognormal' or 'weibull'.
        theta: hazards a month of the pieces; or place and logarithm of the width (lognormal: mu, sigma; Weibull: log
            scale, shape).
        cuts: tenures at which the pieces end.
    """

    kind: str
    theta: Floats
    cuts: tuple[float, ...] = ()
    log_likelihood: float = math.nan

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * len(self.theta) - 2 * self.log_likelihood

    @property
    def name(self) -> str:
        """Key of its name."""
        return f"people-stay-{'exponential' if self.kind == 'piecewise' and not self.cuts else self.kind}"

    def spent(self, months: Floats) -> Floats:
        """Cumulated hazard at tenures."""
        if self.kind == "piecewise":
            return np.asarray(_exposed(np.zeros_like(months), months, self.cuts) @ self.theta)
        place, width = self.theta[0], math.exp(self.theta[1])
        with np.errstate(divide="ignore"):
            logs = np.log(months)
        if self.kind == "weibull":
            return np.asarray(np.exp(width * (logs - place)))
        return np.asarray(-log_ndtr((place - logs) / width))

    def stays(self, months: Floats) -> Floats:
        """Share of those hired who are still there at tenures."""
        return np.asarray(np.exp(-self.spent(months)))

    @property
    def mean(self) -> float:
        """Mean tenure, months; infinite where nobody leaves in the end."""
        if self.kind == "lognormal":
            return math.exp(self.theta[0] + math.exp(2 * self.theta[1]) / 2)
        if self.kind == "weibull":
            return math.exp(self.theta[0]) * math.gamma(1 + math.exp(-self.theta[1]))
        edges = np.array([0.0, *self.cuts])
        there = self.stays(edges)
        if self.theta[-1] <= 0:
            return math.inf
        total = float(there[-1] / self.theta[-1])
        for k, hazard in enumerate(self.theta[:-1]):
            long = edges[k + 1] - edges[k]
            total += float((there[k] - there[k + 1]) / hazard if hazard > 0 else there[k] * long)
        return total


def kaplan_meier(spells: Spells, at: Floats, weights: Floats) -> Floats:
    """Share still there at tenures in each draw; NaN beyond the last one that is seen.

    Args:
        spells: of the people.
        at: tenures, shape (times,).
        weights: of the spells in each draw, shape (draws, spells).

    Returns:
        Shape (draws, times).
    """
    gone = np.unique(spells.ended[spells.left > 0])
    entered, ended = np.argsort(spells.entered, kind="stable"), np.argsort(spells.ended, kind="stable")

    def before(order: NDArray[np.intp], times: Floats, values: Floats, side: Literal["left", "right"]) -> Floats:
        """Weight of those whose time lies before each of the times."""
        summed = np.concatenate([np.zeros((len(values), 1)), values[:, order].cumsum(axis=1)], axis=1)
        return np.asarray(summed[:, np.searchsorted(times[order], gone, side)])

    # who enters at a tenure is at risk after it, but for tenure 0
    there = before(entered, np.where(spells.entered > 0, spells.entered, -1.0), weights, "left")
    risk = there - before(ended, spells.ended, weights, "left")
    left = weights * spells.left
    died = before(ended, spells.ended, left, "right") - before(ended, spells.ended, left, "left")
    more = np.flip(np.maximum.accumulate(np.flip(risk, axis=1), axis=1), axis=1)
    counts = (risk >= 2) | (risk >= more)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.where(counts & (risk > 0), 1 - died / risk, 1.0)
    curve = np.concatenate([np.ones((len(weights), 1)), np.cumprod(np.clip(steps, 0.0, 1.0), axis=1)], axis=1)
    found = curve[:, np.searchsorted(gone, at, side="right")]
    last = np.where(weights > 0, spells.ended, 0.0).max(axis=1, initial=0.0)
    return np.asarray(np.where((at <= last[:, None]) | (found == 0), found, np.nan))


def candidates(spells: Spells) -> list[Stay]:
    """The laws, each at its most likely, the best first by Akaike's criterion; at least one person left."""
    ones = np.ones(len(spells.ended))
    found = [law for cuts in CUTS if (law := _pieces(spells, cuts, ones)) is not None]
    for kind, bounds in _BOUNDS.items():
        middle = math.log(max(float(np.median(spells.ended)), 1.0))
        begins = [np.array([middle + more, 0.0]) for more in (0.0, 1.0)]
        theta, likely = most_likely(_terms(kind, spells), begins, bounds, ones)
        found.append(Stay(kind, theta, (), likely))
    return sorted(found, key=lambda law: law.aic)


def again(law: Stay, spells: Spells, weights: Floats) -> list[Stay]:
    """The law fitted anew in each draw; weights of shape (draws, spells)."""
    if law.kind == "piecewise":
        made = [_pieces(spells, law.cuts, each) for each in weights]
        return [law if each is None else each for each in made]
    bounds = _BOUNDS[law.kind]
    refit = refitter(_terms(law.kind, spells), law.theta, bounds, np.ones(len(spells.ended)))
    return [Stay(law.kind, *_swapped(refit(each))) for each in weights]


def _swapped(found: tuple[Floats, float]) -> tuple[Floats, tuple[float, ...], float]:
    return found[0], (), found[1]


def _exposed(entered: Floats, ended: Floats, cuts: tuple[float, ...]) -> Floats:
    """Time in each piece; shape (spells, pieces)."""
    low, high = np.array([0.0, *cuts]), np.array([*cuts, math.inf])
    return np.asarray(np.clip(np.minimum(ended[:, None], high) - np.maximum(entered[:, None], low), 0.0, None))


def _pieces(spells: Spells, cuts: tuple[float, ...], weights: Floats) -> Stay | None:
    """Leavers over time in each piece; None where the last has no leaver, or one no time."""
    time = weights @ _exposed(spells.entered, spells.ended, cuts)
    piece = np.searchsorted(cuts, spells.ended, side="left") if cuts else np.zeros(len(spells.ended), np.intp)
    left = np.bincount(piece, weights * spells.left, len(cuts) + 1)
    if left[-1] <= 0 or (time <= 0).any():
        return None
    hazards = left / time
    likely = float((left[left > 0] * np.log(hazards[left > 0])).sum() - left.sum())
    return Stay("piecewise", hazards, cuts, likely)


def _terms(kind: str, spells: Spells) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Log likelihood of each spell, and its gradient."""
    end = np.log(np.maximum(spells.ended, 1e-4))
    begun = spells.entered > 0
    begin = np.log(np.where(begun, spells.entered, 1.0))

    def weibull(theta: Floats) -> tuple[Floats, Floats]:
        shape = math.exp(theta[1])
        z, y = shape * (end - theta[0]), shape * (begin - theta[0])
        late, early = np.exp(np.minimum(z, 50)), np.where(begun, np.exp(np.minimum(y, 50)), 0.0)
        value = spells.left * (theta[1] + z - end) - late + early
        by_place = -shape * (spells.left - late + early)
        by_shape = spells.left * (1 + z) - late * z + early * y
        return value, np.column_stack([by_place, by_shape])

    def lognormal(theta: Floats) -> tuple[Floats, Floats]:
        sigma = math.exp(theta[1])
        z, y = (end - theta[0]) / sigma, (begin - theta[0]) / sigma
        there, entered = log_ndtr(-z), log_ndtr(-y)
        density = -0.5 * z * z - theta[1] - end - _HALF_LOG_2PI
        mills = np.exp(-0.5 * z * z - _HALF_LOG_2PI - there)  # hazard of the standard normal
        started = np.where(begun, np.exp(-0.5 * y * y - _HALF_LOG_2PI - entered), 0.0)
        value = np.where(spells.left > 0, density, there) - np.where(begun, entered, 0.0)
        slope = np.where(spells.left > 0, z, mills)  # of the value by -z
        by_place = (slope - started) / sigma
        by_width = np.where(spells.left > 0, z * z - 1, mills * z) - started * y
        return value, np.column_stack([by_place, by_width])

    return weibull if kind == "weibull" else lognormal
