"""What customers buy, drawn from a law: those of today ahead, given their histories, and new ones from the start."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from simulation.calibration.estimators.buying import Histories, Law
from simulation.calibration.estimators.unlike import Mixed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def ahead(law: Law | Mixed, known: Histories, days: float, rng: np.random.Generator) -> Ints:
    """Purchases of each customer in so many days, drawn given its history; shape (customers,)."""
    if isinstance(law, Mixed):
        which, drawn = law.drawn(known, rng), np.zeros(len(known), np.int64)
        for number, one in enumerate(law.laws):
            drawn[which == number] = ahead(one, known.taken(which == number), days, rng)
        return drawn
    a = law.rate[1]
    k, lead = law.regular, np.where(known.before, known.lead, 0.0)
    shape, rate = law.rate_shape(known), a + lead + known.seen
    beats = _beats_since(shape, rate, known.seen - known.last, k, rng)
    each = rng.gamma(shape + beats) / rate
    time = np.full(len(known), days)
    if law.kind == "pareto":
        s, b = law.leaving_of(known)
        time = np.minimum(time, rng.exponential(1 / np.maximum(rng.gamma(s) / b, 1e-300)))
    counts = (beats + rng.poisson(np.minimum(each * time, 1e9))) // k
    if law.kind == "drop":
        chance = rng.beta(*law.leaving_of(known))
        counts = np.minimum(counts, rng.geometric(np.clip(chance, 1e-12, 1.0)))
    return np.asarray(np.where(rng.random(len(known)) < law.there(known), counts, 0), np.int64)


def from_the_start(law: Law | Mixed, seen: Floats, rng: np.random.Generator) -> Ints:
    """Repeat purchases of new customers in the time for which each is seen, drawn from the law."""
    if isinstance(law, Mixed):
        which, drawn = rng.choice(len(law.shares), len(seen), p=law.shares), np.zeros(len(seen), np.int64)
        for number, each in enumerate(law.laws):
            drawn[which == number] = from_the_start(each, seen[which == number], rng)
        return drawn
    r, a = law.rate
    time = seen
    if law.kind == "pareto":
        s, b = law.leaving
        time = np.minimum(seen, rng.exponential(1 / np.maximum(rng.gamma(s, 1 / b, len(seen)), 1e-300)))
    counts = rng.poisson(np.minimum(rng.gamma(r, 1 / a, len(seen)) * time, 1e9)) // law.regular
    if law.kind == "drop":
        p, q = law.leaving
        counts = np.minimum(counts, rng.geometric(np.clip(rng.beta(p, q, len(seen)), 1e-12, 1.0)))
    return np.asarray(counts, np.int64)


def _beats_since(shape: Floats, rate: Floats, quiet: Floats, k: int, rng: np.random.Generator) -> Ints:
    """Beats since the last purchase, fewer than k, given that none was one."""
    if k == 1:
        return np.zeros(len(shape), np.int64)
    with np.errstate(divide="ignore"):
        logs = [gammaln(shape + j) - gammaln(shape) - math.lgamma(j + 1) for j in range(k)]
        odds = np.column_stack([one + (j * np.log(quiet / rate) if j else 0.0) for j, one in enumerate(logs)])
    shares = np.exp(odds - odds.max(axis=1, keepdims=True)).cumsum(axis=1)
    return np.asarray((rng.random(len(shape))[:, None] * shares[:, -1:] > shares).sum(axis=1), np.int64)
