"""Laws of how often customers buy and when they leave, by maximum likelihood with gradients.

A customer buys at a rate of its own, gamma-distributed between customers, and is there until it leaves:

    pareto  its hazard of leaving is its own too, gamma-distributed: Pareto/NBD (Schmittlein, Morrison, Colombo 1987)
    drop    it may leave with each purchase after the first, with a beta-distributed probability: BG/NBD (Fader, Hardie,
            Lee 2005)
    stay    nobody leaves: NBD (Ehrenberg 1959)

Purchases come at random (k = 1), or more regularly: every k-th beat of a Poisson process is one, so that intervals are
gamma of coefficient of variation 1 / sqrt(k) (Chatfield and Goodhardt 1973; Platzer and Reutterer 2016; BG/CNBD-k:
Reutterer, Platzer, Schroeder 2021). With beats at a gamma rate of shape r and rate a, x purchases after the first and
none for v days after the last, seen for u days in all, the rate integrated out:

    M(x, v, u) = sum over j < k of G(r + k x + j) v^j / j! (a + u)^-(r + k x + j)

and with the last purchase at t, seen until T (days since the first), but for what does not depend on the law
L = a^r / G(r) times

    pareto  S(T) M(x, T - t, T) + integral over u from t to T of f(u) M(x, u - t, u), S(u) = (b / (b + u))^s, f = -S'
    drop    B(p, q + x) / B(p, q) M(x, T - t, T) + [x > 0] B(p + 1, q + x - 1) / B(p, q) G(r + k x) (a + t)^-(r + k x)
    stay    M(x, T - t, T)

Of customers who were there before the records begin, the first purchase that is seen is any one, after l days without:
the beats before it and the size bias of being seen are in the law of their rate, which is gamma of shapes r + 1 + i,
i < k, weighted by l^i / i!, and rate a + l. Who leaves late is among them more often: in a base that has come evenly
the density of a hazard z is that of new customers over z, gamma of shape s - 1 and rate b + l; with a probability p of
leaving it is that over p and over the rate, so that the shapes are p - 1 and r + i, and the first purchase that is seen
may have been the last. For shapes below one a base has no such law without an oldest customer; s^2 / (1 + s) stands for
s - 1.

Parameters are the scenario's: purchases a year and their coefficient of variation between customers, the hazard a year
and its own, or the probability of leaving and its own. Leaving is all leaving, also because of waiting or with a seller
who left.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, digamma, expit, gammaln, logit

from simulation.calibration.estimators.fitting import Terms, most_likely, refitter

Floats = NDArray[np.float64]
YEAR_DAYS = 365.25
KINDS = ("pareto", "drop", "stay")
MOST_REGULAR = 4
_POINTS = 24
_LEAST_SHAPE, _MOST_SHAPE = math.log(0.04), math.log(400.0)
"""Bounds of the shapes: coefficients of variation from 5, the most that a scenario takes, down to 0.05: all alike."""
_ALIKE = math.log(300.0)
_LOGS = 0.2  # of a step of the days is one of the sum of the logarithms


@dataclass(frozen=True)
class Histories:
    """What each customer has bought so far; shape (customers,) each."""

    repeats: Floats
    """Purchases after the first."""
    last: Floats
    """Days from the first purchase to the last one; 0 where there is no repeat."""
    seen: Floats
    """Days from the first purchase to the end of the records."""
    lead: Floats
    """Days from the records' begin to the first purchase of those who were there before; NaN for new customers."""
    logs: Floats
    """Sum of the logarithms of the intervals, days."""

    def __len__(self) -> int:
        return len(self.repeats)

    @property
    def before(self) -> NDArray[np.bool_]:
        """Whether each was a customer before the records begin."""
        return ~np.isnan(self.lead)

    def taken(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Histories:
        """Those of some customers."""
        return Histories(*(getattr(self, name)[rows] for name in ("repeats", "last", "seen", "lead", "logs")))


@dataclass(frozen=True)
class Law:
    """A fitted law.

    Attributes:
        kind: 'pareto', 'drop' or 'stay'.
        regular: k, beats a purchase.
        theta: log shape of the rate, log purchases a day; then log shape and log hazard a day ('pareto'), or logit of
            the probability of leaving and log of both beta shapes together ('drop').
        log_likelihood: of the customers it was fitted to.
    """

    kind: str
    regular: int
    theta: Floats
    log_likelihood: float = math.nan

    @property
    def aic(self) -> float:
        """Akaike's criterion; k counts as a parameter."""
        return 2 * (len(self.theta) + (self.regular > 1)) - 2 * self.log_likelihood

    @property
    def rate(self) -> tuple[float, float]:
        """Shape r and rate a (days) of the gamma law of the beats."""
        shape, mean = np.exp(self.theta[:2])
        return float(shape), float(shape / mean / self.regular)

    @property
    def leaving(self) -> tuple[float, float]:
        """Shape and rate (days) of the gamma law of the hazard ('pareto'), or both beta shapes ('drop')."""
        if self.kind == "pareto":
            shape, hazard = np.exp(self.theta[2:])
            return float(shape), float(shape / hazard)
        share, size = float(expit(self.theta[2])), math.exp(self.theta[3])
        return share * size, (1 - share) * size

    def rate_shape(self, known: Histories) -> Floats:
        """Shape of the law of each customer's beats, before those since the last purchase are known."""
        older = known.before & (self.kind != "drop")
        return np.asarray(self.rate[0] + older + self.regular * known.repeats)

    def rates(self, known: Histories) -> tuple[Floats, Floats]:
        """Expected purchases a day of each customer while it is there, and the shape of what is known of it."""
        shape, lead = self.rate_shape(known), np.where(known.before, known.lead, 0.0)
        return np.asarray(shape / (self.rate[1] + lead + known.seen) / self.regular), shape

    def leaving_of(self, known: Histories) -> tuple[Floats, Floats]:
        """Shapes (and rate, days, of 'pareto') of each customer's way to leave, given that it is still there."""
        one, two = self.leaving
        own = np.where(known.before, one**2 / (1 + one), one)
        if self.kind == "pareto":
            return own, two + np.nan_to_num(known.lead) + known.seen
        return own, two + known.repeats + known.before

    @property
    def figures(self) -> dict[str, float]:
        """As a scenario writes them, rates a year."""
        found = {"orders_per_year": math.exp(self.theta[1]) * YEAR_DAYS, "order_rate_cv": _cv(self.theta[0])}
        churn = {"churn_per_year": 0.0, "churn_cv": 0.0, "drop_out.probability": 0.0, "drop_out.cv": 0.0}
        if self.kind == "pareto":
            churn["churn_per_year"] = math.exp(self.theta[3]) * YEAR_DAYS
            churn["churn_cv"] = _cv(self.theta[2])
        elif self.kind == "drop":
            share, size = float(expit(self.theta[2])), math.exp(self.theta[3])
            churn["drop_out.probability"] = share
            churn["drop_out.cv"] = math.sqrt((1 - share) / (share * (size + 1)))
        return found | {"order_every.cv": self.regular**-0.5} | churn

    def there(self, known: Histories) -> Floats:
        """Probability that each customer has not left by the end of the records; shape (customers,)."""
        return terms_of(self, known)[2]


BOUNDS = {
    "pareto": [(_LEAST_SHAPE, _MOST_SHAPE), (-16.0, 3.0), (_LEAST_SHAPE, _MOST_SHAPE), (-16.0, 1.0)],
    "drop": [(_LEAST_SHAPE, _MOST_SHAPE), (-16.0, 3.0), (-9.0, 3.0), (-3.0, 9.0)],
    "stay": [(_LEAST_SHAPE, _MOST_SHAPE), (-16.0, 3.0)],
}


@dataclass(frozen=True)
class Cells:
    """Customers of one history together, which is all that a likelihood needs."""

    known: Histories
    cell: NDArray[np.int64]
    """Cell of each customer."""
    logs: Floats
    """Of each customer, the sum of the logarithms of its intervals, days."""
    repeats: Floats

    @classmethod
    def of(cls, known: Histories, most: int = 20_000, *, intervals: bool = False) -> Cells:
        """The cells of customers; times are rounded ever more coarsely until there are at most so many cells.

        Where `intervals` tell, customers of a cell have about the same (`Histories.logs`, the mean of the cell).
        """
        step = 0.05
        while True:
            times = (known.last, known.seen, np.where(known.before, known.lead, -step))
            told = [np.rint(known.logs / (_LOGS * step))] if intervals else []
            rows = np.column_stack([known.repeats, *(np.rint(each / step) for each in times), *told])
            kept, cell = np.unique(rows, axis=0, return_inverse=True)
            if len(kept) <= most or step > 30:
                break
            step *= 2
        last = kept[:, 1] * step
        seen, lead = np.maximum(kept[:, 2] * step, np.maximum(last, 1e-3)), kept[:, 3] * step
        cell = np.asarray(cell).ravel()
        logs = np.bincount(cell, known.logs, len(kept)) / np.bincount(cell, minlength=len(kept)) * intervals
        joined = Histories(kept[:, 0], last, seen, np.where(lead < 0, np.nan, lead), logs)
        return cls(joined, cell, known.logs, known.repeats)

    def weights(self, each: Floats | None = None) -> Floats:
        """Weight of each cell from that of each customer, once each when None; shape (cells,)."""
        return np.bincount(self.cell, weights=each, minlength=len(self.known)).astype(float)

    def fit(self, kind: str, regular: int = 1, each: Floats | None = None) -> Law:
        """The most likely law of a kind with k = `regular`, each customer counted so often (once when None)."""
        weights, law = self.weights(each), Law(kind, regular, np.empty(0))
        begins = _begins(kind, self.known, weights)
        theta, likely = most_likely(self._terms(law), begins, BOUNDS[kind], weights)
        return Law(kind, regular, theta, likely + self._constant(regular, each))

    def _terms(self, law: Law) -> Terms:
        """Of the parameters of such a law."""
        return lambda theta: terms_of(replace(law, theta=theta), self.known)[:2]

    def _constant(self, regular: int, each: Floats | None) -> float:
        """What the intervals themselves add to the log likelihood: nothing at random, else what tells k."""
        own = (regular - 1) * self.logs - math.lgamma(regular) * self.repeats
        return float(own.sum() if each is None else each @ own)

    def best(self) -> Law:
        """The law that Akaike's criterion prefers, of all kinds and degrees of regularity."""
        laws = [self.fit(kind) for kind in KINDS]
        law = min(laws, key=lambda law: law.aic)
        for regular in range(2, MOST_REGULAR + 1):
            more = self.fit(law.kind, regular)
            if more.aic >= law.aic:
                break
            law = more
        others = [self.fit(kind, law.regular) for kind in KINDS if kind != law.kind] if law.regular > 1 else []
        return min([law, *others], key=lambda law: law.aic)

    def again(self, law: Law) -> Callable[[Floats], Law]:
        """Refits a law with customers counted otherwise: Newton's steps from it, with its own curvature."""
        refit = refitter(self._terms(law), law.theta, BOUNDS[law.kind], self.weights())

        def refitted(each: Floats) -> Law:
            theta, likely = refit(self.weights(each))
            return replace(law, theta=theta, log_likelihood=likely + self._constant(law.regular, each))

        return refitted


def _cv(log_shape: float) -> float:
    """Coefficient of variation of a gamma law; so near the bound of its shape all are alike."""
    return 0.0 if log_shape > _ALIKE else math.exp(-log_shape / 2)


@lru_cache
def _legendre() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    return (nodes + 1) / 2, weights / 2


def _powers(times: Floats, most: int) -> list[Floats]:
    """Logarithms of t^j / j! for j below `most`; -inf where t is 0 and j is not."""
    with np.errstate(divide="ignore"):
        logs = np.log(times)
    return [np.zeros_like(logs), *(j * logs - math.lgamma(j + 1) for j in range(1, most))]


def _folded(front: Sequence[Floats], tail: Sequence[Floats]) -> list[Floats]:
    """Coefficients of the product of two such series, in logarithms."""
    if len(front) == 1:
        return list(tail)
    found: list[Floats | None] = [None] * (len(front) + len(tail) - 1)
    for i, one in enumerate(front):
        for j, two in enumerate(tail):
            both, before = one + two, found[i + j]
            found[i + j] = both if before is None else np.logaddexp(before, both)
    return [each for each in found if each is not None]


def _series(shape: Floats, log_rate: Floats, terms: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """Log of sum over n of G(shape + n) c_n rate^-(shape + n), and its slopes by the shape and by the rate."""
    ground = gammaln(shape) - shape * log_rate
    by_shape = digamma(shape)
    if len(terms) == 1:
        return ground + terms[0], by_shape - log_rate, -shape * np.exp(-log_rate)
    rise, slopes, values = np.zeros_like(log_rate), [by_shape], [ground + terms[0]]
    for n in range(1, len(terms)):
        rise = rise + np.log(shape + n - 1) - log_rate
        slopes.append(slopes[-1] + 1 / (shape + n - 1))
        values.append(ground + rise + terms[n])
    most = np.max(values, axis=0)
    shares = [np.exp(value - most) for value in values]
    total = np.sum(shares, axis=0)
    by_r = sum(share * slope for share, slope in zip(shares, slopes, strict=True)) / total - log_rate
    mean = shape + sum(n * share for n, share in enumerate(shares)) / total
    return most + np.log(total), np.asarray(by_r), np.asarray(-mean * np.exp(-log_rate))


def terms_of(law: Law, known: Histories) -> tuple[Floats, Floats, Floats]:
    """Log likelihood of each customer without what no law changes, its gradient, and the probability of being there."""
    if known.before.any() and not known.before.all():
        value, slope, there = np.empty(len(known)), np.empty((len(known), len(law.theta))), np.empty(len(known))
        for rows in (known.before, ~known.before):
            value[rows], slope[rows], there[rows] = terms_of(law, known.taken(rows))
        return value, slope, there
    k, x, last, seen = law.regular, known.repeats, known.last, known.seen
    r, a = law.rate
    older = len(known) > 0 and bool(known.before.all())
    lead = known.lead if older else np.zeros(len(x))
    front = _powers(lead, k) if older else [np.zeros(len(x))]
    biased = float(older and law.kind != "drop")
    shape = r + biased + k * x
    ground = _series(np.full(len(x), r + biased), np.log(a + lead), front)
    stays = _series(shape, np.log(a + lead + seen), _folded(front, _powers(seen - last, k)))
    if law.kind == "stay":
        value, there, rest = stays[0], np.ones(len(x)), np.empty((len(x), 0))
        by_r, by_a = stays[1], stays[2]
    elif law.kind == "drop":
        left = _series(shape, np.log(a + lead + last), front)
        value, there, by_r, by_a, rest = _drop(law, x, stays, left, older)
    else:
        value, there, by_r, by_a, rest = _pareto(law, shape, lead, front, last, seen, stays, older)
    of_r, of_a = r * (by_r - ground[1]), a * (by_a - ground[2])
    return value - ground[0], np.column_stack([of_r + of_a, -of_a, rest]), there


_Series = tuple[Floats, Floats, Floats]
_Parts = tuple[Floats, Floats, Floats, Floats, Floats]


def _of_a_base(shape: float, older: bool) -> tuple[float, float]:
    """The shape among customers of a base instead of new ones, and its slope."""
    return (shape**2 / (1 + shape), (shape**2 + 2 * shape) / (1 + shape) ** 2) if older else (shape, 1.0)


def _drop(law: Law, x: Floats, stays: _Series, left: _Series, older: bool) -> _Parts:
    share, size = float(expit(law.theta[2])), math.exp(law.theta[3])
    bare, q = share * size, (1 - share) * size
    p, steep = _of_a_base(bare, older)
    x = x + older  # of those the first purchase that is seen is an order, which may end it
    back = np.maximum(x, 1.0)
    here = betaln(p, q + x) + stays[0]
    away = np.where(x > 0, betaln(p + 1, q + back - 1) + left[0], -np.inf)
    both = np.logaddexp(here, away)
    there = np.exp(here - both)
    gone = 1 - there
    whole, ground = digamma(p + q + x), digamma(p + q)  # of both beta functions
    of_p = there * digamma(p) + gone * digamma(p + 1) - whole - digamma(p) + ground
    of_q = there * digamma(q + x) + gone * digamma(q + back - 1) - whole - digamma(q) + ground
    slide, of_p = share * (1 - share) * size, steep * of_p
    rest = np.column_stack([slide * (of_p - of_q), bare * of_p + q * of_q])
    by_r, by_a = there * stays[1] + gone * left[1], there * stays[2] + gone * left[2]
    return both - betaln(p, q), there, by_r, by_a, rest


def _pareto(
    law: Law, shape: Floats, lead: Floats, front: list[Floats], last: Floats, seen: Floats, stays: _Series, older: bool
) -> _Parts:
    a = law.rate[1]
    new, bare = law.leaving
    s, steep = _of_a_base(new, older)
    b = bare + lead
    nodes, weights = _legendre()
    # in w = log(a + u) - log(a + last) the integrand is smooth; far out nothing is left of it
    low = a + lead + last
    wide = np.minimum(np.log(a + lead + seen) - np.log(low), 40 / np.maximum(shape - 1, 0.1))
    w = wide[:, None] * nodes
    log_au = np.log(low)[:, None] + w
    since = low[:, None] * np.expm1(w)  # days since the last purchase
    u = last[:, None] + since
    tail = _folded([each[:, None] for each in front], _powers(since, law.regular))
    quiet, slope_r, slope_a = _series(shape[:, None], log_au, tail)
    log_bu, log_b = np.log(b[:, None] + u), np.log(b)
    with np.errstate(divide="ignore"):
        parts = (math.log(s) + s * log_b + np.log(wide))[:, None] - (s + 1) * log_bu + log_au + quiet + np.log(weights)
    log_bT = np.log(b + seen)
    alive = s * (log_b - log_bT) + stays[0]
    most = np.maximum(parts.max(axis=1), alive)
    share, there = np.exp(parts - most[:, None]), np.exp(alive - most)
    total = there + share.sum(axis=1)
    there, share = there / total, share / total[:, None]
    gone = 1 - there
    by_r = there * stays[1] + (share * slope_r).sum(axis=1)
    by_a = there * stays[2] + (share * slope_a).sum(axis=1)
    of_s = there * (log_b - log_bT) + gone * (1 / s + log_b) - (share * log_bu).sum(axis=1)
    of_b = s / b - there * s / (b + seen) - (s + 1) * (share / (b[:, None] + u)).sum(axis=1)
    by_s, by_b = new * steep * of_s, bare * of_b
    return most + np.log(total), there, by_r, by_a, np.column_stack([by_s + by_b, -by_b])


def _begins(kind: str, known: Histories, weights: Floats) -> list[Floats]:
    """Where the search begins: the mean rate, and a few guesses of how soon customers leave."""
    days = float(weights @ known.seen)
    rate = math.log(max(float(weights @ known.repeats), 1.0) / max(days, 1.0))
    if kind == "stay":
        return [np.array([0.0, rate])]
    long = math.log(2 / max(float(known.seen.max(initial=1.0)), 1.0))
    if kind == "pareto":
        return [np.array([0.0, rate + more, 0.0, long + less]) for more, less in ((0.3, -0.5), (1.0, 1.0))]
    return [np.array([0.0, rate + 0.3, float(logit(share)), 1.0]) for share in (0.1, 0.4)]
