"""Customers who differ in how regularly they buy: some at random, others every second, third or fourth beat.

Where all are taken to be as regular as one another, those who buy at random and pause are taken for gone, and those who
buy like clockwork for still there. So each customer has its own k (`buying`) with shares w_k between customers, the law
of the rates of purchases and of leaving being the same for all: L = sum over k of w_k L_k, with what the intervals
themselves tell of k in L_k. It is the Pareto/GGG of Platzer and Reutterer (2016, Marketing Science 35, 779-799) with a
law of k on whole numbers. Akaike's criterion says whether it is needed (`best`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from simulation.calibration.estimators.buying import BOUNDS, KINDS, MOST_REGULAR, Cells, Histories, Law, terms_of
from simulation.calibration.estimators.fitting import Terms, most_likely, refitter

Floats = NDArray[np.float64]
_CELLS = 5_000
"""Cells of customers at most: a likelihood is that of four laws."""
_ODDS = (-8.0, 8.0)


@dataclass(frozen=True)
class Mixed:
    """A fitted law of customers of whom each has a regularity of its own.

    Attributes:
        kind: as in `Law`.
        theta: that of `Law`, then the logarithms of the shares of k = 2, 3, 4 by that of k = 1.
        log_likelihood: of the customers it was fitted to.
    """

    kind: str
    theta: Floats
    log_likelihood: float = math.nan

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * len(self.theta) - 2 * self.log_likelihood

    @property
    def shares(self) -> Floats:
        """Shares of the customers with k = 1, 2, 3, 4."""
        odds = np.r_[0.0, self.theta[1 - MOST_REGULAR :]]
        return np.exp(odds - logsumexp(odds))

    @property
    def laws(self) -> tuple[Law, ...]:
        """The law of those with each k."""
        return tuple(Law(self.kind, k, self.theta[: 1 - MOST_REGULAR]) for k in range(1, MOST_REGULAR + 1))

    @property
    def figures(self) -> dict[str, float]:
        """As a scenario writes them; intervals vary as those of all customers do around their own means."""
        every = float(self.shares @ [1 / law.regular for law in self.laws]) ** 0.5
        return self.laws[0].figures | {"order_every.cv": every}

    def among(self, known: Histories) -> Floats:
        """Probability of each k, given what a customer has bought; shape (customers, k)."""
        parts = np.column_stack([_part(law, known)[0] for law in self.laws]) + np.log(self.shares)
        return np.asarray(np.exp(parts - logsumexp(parts, axis=1, keepdims=True)))

    def there(self, known: Histories) -> Floats:
        """Probability that each customer has not left by the end of the records; shape (customers,)."""
        return (self.among(known) * np.column_stack([law.there(known) for law in self.laws])).sum(axis=1)

    def rates(self, known: Histories) -> tuple[Floats, Floats]:
        """Expected purchases a day of each customer while it is there, and the shape of what is known of it."""
        of = np.array([law.rates(known) for law in self.laws])  # [k, mean or shape, customer]
        mean, shape = np.einsum("ck,kmc->mc", self.among(known), of)
        return mean, shape

    def drawn(self, known: Histories, rng: np.random.Generator) -> NDArray[np.int64]:
        """A k of each customer, drawn given what it has bought, counted from 0."""
        reached = self.among(known).cumsum(axis=1)
        return np.asarray((rng.random(len(known))[:, None] * reached[:, -1:] >= reached).sum(axis=1), np.int64)

    @classmethod
    def fit(cls, cells: Cells, kind: str, begin: Law) -> Self:
        """The most likely law of a kind, looked for from that of customers who are alike on.

        Args:
            cells: of customers, with their intervals (`Cells.of(..., intervals=True)`).
            kind: of the law.
            begin: a law of this kind.
        """
        begins = [np.r_[begin.theta, np.zeros(MOST_REGULAR - 1)]]
        theta, likely = most_likely(_terms(cells.known, kind), begins, _bounds(kind), cells.weights())
        return cls(kind, theta, likely)

    def again(self, cells: Cells) -> Callable[[Floats], Mixed]:
        """Refits with customers counted otherwise, as `Cells.again`."""
        refit = refitter(_terms(cells.known, self.kind), self.theta, _bounds(self.kind), cells.weights())

        def refitted(each: Floats) -> Mixed:
            theta, likely = refit(cells.weights(each))
            return replace(self, theta=theta, log_likelihood=likely)

        return refitted


def best(known: Histories) -> tuple[Law | Mixed, Callable[[Floats], Law | Mixed]]:
    """The law that Akaike's criterion prefers, of customers alike or not, and how it is refitted to other weights."""
    cells = Cells.of(known)
    alike = cells.best()
    fine = Cells.of(known, _CELLS, intervals=True)
    mixed = min((Mixed.fit(fine, kind, cells.fit(kind, alike.regular)) for kind in KINDS), key=lambda each: each.aic)
    if mixed.aic < alike.aic:
        return mixed, mixed.again(fine)
    return alike, cells.again(alike)


def _bounds(kind: str) -> list[tuple[float, float]]:
    return [*BOUNDS[kind], *((_ODDS,) * (MOST_REGULAR - 1))]


def _part(law: Law, known: Histories) -> tuple[Floats, Floats, Floats]:
    """Log likelihood of each customer under one k, with what its intervals tell of it; the gradient; being there."""
    value, slope, there = terms_of(law, known)
    return value + (law.regular - 1) * known.logs - math.lgamma(law.regular) * known.repeats, slope, there


def _terms(known: Histories, kind: str) -> Terms:
    def terms(theta: Floats) -> tuple[Floats, Floats]:
        law = Mixed(kind, theta)
        parts = [_part(each, known)[:2] for each in law.laws]
        shares = law.shares
        logs = np.array([value for value, _ in parts]) + np.log(shares)[:, None]
        both = np.asarray(logsumexp(logs, axis=0))
        own = np.exp(logs - both)  # [k, customer]
        slope = sum(each[:, None] * of for each, (_, of) in zip(own, parts, strict=True))
        return both, np.column_stack([slope, (own - shares[:, None])[1:].T])

    return terms
