"""Customers who differ, as a few kinds with weights: sums over them are integrals over the laws of their differences.

Points and weights of a gamma law are Gauss-Legendre ones on the scale on which half of the measure is people and half
is what they have of the quantity, so that neither the many with little nor the few with much are missed.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulation.expected.office_time import Floats
from simulation.expected.old_customers import listed_in
from simulation.scenario.duties import LeadClass
from simulation.scenario.market import Market
from simulation.written.distributions import Distribution
from simulation.written.readers import YEAR

_FEW, _POINTS, _MORE, _WIDE = 16, 24, 48, 2.0
"""Points of a gamma law beside a beta law, by itself, and where its coefficient of variation is above the last figure.

Survival is right to 0.001, the orders before a customer drops out to 1 % where half of them would never do so.
"""
_CHANCES = 12
_STEPS = 512  # sizes in a band
_AGES, _PLACES, _HAZARDS = 8, 8, 48  # of listed customers: groups by age, points of a posterior law, groups by hazard


class Kind(NamedTuple):
    """Customers of one kind, beside the mean new customer."""

    weight: float = 1.0  # share among new customers
    there: float = 1.0  # share among those of the first day
    rate: float = 1.0  # factor on how often they order
    churn: float = 1.0  # factor on their own hazard of leaving
    drop_out: float = 0.0  # probability of leaving after an order
    size: float = 1.0  # factor on the size of their orders


ALIKE = (Kind(),)


def kinds(market: Market, lead: LeadClass, factor: float = 1.0) -> tuple[Kind, ...]:
    """The kinds of customers of a class, whose sizes are `factor` times those of deals; as many for every class."""
    market = market.way(lead.channel, lead.product)
    spec = market.customers
    if spec.alike:
        return ALIKE
    band = (lead.low, lead.high) if spec.size_rate_correlation else (0.0, math.inf)
    deal = market.products[lead.product].deal.scaled(
        market.channels[lead.channel].deal_size * market.products[lead.product].price * factor
    )
    drop = spec.drop_out
    return _kinds(
        (spec.order_rate_cv, spec.size_rate_correlation, spec.churn_cv),
        (drop.probability, drop.cv, drop.shapes if drop.probability > 0 and drop.cv > 0 else None),
        (spec.churn_per_year / YEAR, 1 / spec.order_every.mean, market.initial.oldest),
        (deal.model_dump_json() if spec.size_rate_correlation else "", *band),
    )


def listed_kinds(market: Market, lead: LeadClass) -> tuple[Kind, ...]:
    """The kinds of those of the first day whom a list has, given their orders so far; as many for every class of sizes.

    Where orders end nothing, groups of about the same age with the points of a hazard of each; else groups of about the
    same hazard of dropping out.
    """
    spec, (known, there, sizes) = market.way(lead.channel, lead.product).customers, listed_in(market, lead)
    rows, mean = len(there), float(there @ sizes) / max(float(there.sum()), 1e-300)
    if not rows:
        return ()
    there, sizes = there / max(float(there.sum()), 1e-300), sizes / (mean or 1.0)
    shape = spec.order_rate_cv**-2 if spec.order_rate_cv > 0 else math.inf
    rates = (shape + known.orders) / (shape + known.expected(spec)) if shape < math.inf else np.ones(rows)
    drop = spec.drop_out
    if drop.probability == 0:
        passed = known.age * spec.churn_per_year / YEAR
        fades = 1 / (1 + spec.churn_cv**2 * passed)
        points, weights = gamma_points(spec.churn_cv)
        most = _AGES if spec.churn_cv > 0 else 1
        return tuple(
            Kind(0.0, share * float(w), rate, fade * float(z), 0.0, worth / rate if rate > 0 else 1.0)
            for share, rate, fade, worth in _groups(there, (fades, rates, fades, rates * sizes), most)
            for z, w in zip(points, weights, strict=True)
        )
    from simulation.written.special import betaincinv, gammaincinv

    u = (np.arange(_PLACES) + 0.5) / _PLACES
    often, chances = rates[:, None], np.full((rows, 1), drop.probability)
    if shape < math.inf:
        often = gammaincinv(shape + known.orders[:, None], u)
        often *= (rates / often.mean(axis=1))[:, None]
    if drop.cv > 0:
        a, b = drop.shapes
        chances = betaincinv(a, b + known.orders[:, None], u)
        chances *= (a / (a + b + known.orders) / chances.mean(axis=1))[:, None]
    many, likely = (
        np.broadcast_to(each, (rows, often.shape[1], chances.shape[1])).ravel()
        for each in (often[:, :, None], chances[:, None, :])
    )
    times = len(many) // rows
    weights, worths, hazards = np.repeat(there, times) / times, many * np.repeat(sizes, times), many * likely
    return tuple(
        Kind(0.0, share, rate, 1.0, min(1.0, hazard / rate), worth / rate) if rate > 0 else Kind(0.0, share)
        for share, rate, hazard, worth in _groups(weights, (hazards, many, hazards, worths), _HAZARDS)
    )


def _groups(weights: Floats, values: tuple[Floats, ...], most: int) -> list[tuple[float, ...]]:
    """Groups of about the same weight of those next to each other by the first value: share, means of the others."""
    order = np.argsort(values[0], kind="stable")
    reached = np.cumsum(weights[order])
    place = (reached - weights[order] / 2) / max(float(reached[-1]), 1e-300)
    group = np.minimum(place * most, most - 1).astype(np.int64)
    shares = np.bincount(group, weights[order], most)
    sums = [np.bincount(group, (weights * value)[order], most) for value in values[1:]]
    return [
        (float(share), *(float(each[n] / share) if share > 0 else 0.0 for each in sums))
        for n, share in enumerate(shares)
    ]


@lru_cache(maxsize=256)
def _kinds(
    spread: tuple[float, float, float],
    drop: tuple[float, float, tuple[float, float] | None],
    hazards: tuple[float, float, float],
    deal: tuple[str, float, float],
) -> tuple[Kind, ...]:
    (rate_cv, correlation, churn_cv), (churn, rate, oldest) = spread, hazards
    rates, shares = gamma_points(rate_cv, _MORE if drop[0] == 0 or rate_cv > _WIDE else _FEW)
    shares, sizes = _sized(rates, shares, rate_cv, correlation, deal)
    if drop[0] == 0:  # who orders often and who leaves soon are independent: the mean of the rates will do
        mean = float(shares @ rates)
        size = float(shares @ (rates * sizes)) / mean
        factors, weights = gamma_points(churn_cv)
        there = weights * presence(churn * factors, 0.0, oldest)
        there /= there.sum()
        return tuple(
            Kind(float(w), float(t), mean, float(z), 0.0, size) for w, t, z in zip(weights, there, factors, strict=True)
        )
    chances, parts = (np.array([drop[0]]), np.ones(1)) if drop[2] is None else _beta_points(*drop[2])
    weights = np.outer(parts, shares)
    there = weights * presence(rate * np.outer(chances, rates), 0.0, oldest)
    there /= there.sum()
    return tuple(
        Kind(float(weights[p, r]), float(there[p, r]), float(rates[r]), 1.0, float(chances[p]), float(sizes[r]))
        for p in range(len(chances))
        for r in range(len(rates))
    )


@lru_cache(maxsize=64)
def gamma_points(cv: float, most: int = _MORE) -> tuple[Floats, Floats]:
    """Points and weights of a gamma law of mean 1."""
    if cv == 0:
        return np.ones(1), np.ones(1)
    from simulation.written.special import gammainc, gammaincinv

    k = cv**-2
    nodes, weights = np.polynomial.legendre.leggauss(min(most, _MORE if cv > _WIDE else _POINTS))
    v = (nodes + 1) / 2
    low, high = gammaincinv(k, v) / k, gammaincinv(k + 1, v) / k
    for _ in range(80):
        middle = (low + high) / 2
        below = (gammainc(k, k * middle) + gammainc(k + 1, k * middle)) / 2 < v
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    x = (low + high) / 2
    people = weights / (1 + x)
    people /= people.sum()
    return np.asarray(x / float(people @ x)), np.asarray(people)


def _beta_points(a: float, b: float) -> tuple[Floats, Floats]:
    """Points and weights of a beta law, closer together where it is small: those who stay longest order most."""
    from simulation.written.special import betaincinv

    nodes, weights = np.polynomial.legendre.leggauss(_CHANCES)
    v = (nodes + 1) / 2
    return np.asarray(betaincinv(a, b, v * v)), np.asarray(weights * v)


def presence(hazard: Floats, cv: float, oldest: float) -> Floats:
    """Mean time that one is there in its first hours up to `oldest`, at a hazard with a gamma factor of mean 1.

    The integral of the mean survival (1 + cv^2 h t)^(-1 / cv^2), exp(-h t) where the cv is 0.
    """
    ahead = np.maximum(np.asarray(hazard, float) * oldest, 1e-12)
    return np.asarray(oldest * area(ahead, cv) / ahead)


def area(ahead: Floats, cv: float) -> Floats:
    """Integral of the mean survival over the accumulated mean hazard, from 0."""
    if cv == 0:
        return np.asarray(-np.expm1(-ahead))
    c = cv * cv
    grown = np.log1p(c * ahead)
    power = 1 - 1 / c
    return np.asarray(grown / c if abs(power) < 1e-9 else np.expm1(power * grown) / (c - 1))


def _sized(
    rates: Floats, shares: Floats, cv: float, correlation: float, deal: tuple[str, float, float]
) -> tuple[Floats, Floats]:
    """Shares of the rates among customers of a band of sizes, and the mean size of each beside that of the band."""
    if not correlation or cv == 0:
        return shares, np.ones(len(rates))
    from simulation.written.special import gammainc, ndtr, ndtri

    law, low, high = deal
    size = Distribution.model_validate_json(law)
    k, rest = cv**-2, math.sqrt(1 - correlation**2)
    u = (np.arange(_STEPS) + 0.5) / _STEPS
    own = ndtri(np.clip(gammainc(k, k * rates), 1e-15, 1 - 1e-15))
    sizes = size.quantile(ndtr(correlation * own[:, None] + rest * ndtri(u)[None, :]).ravel()).reshape(len(rates), -1)
    inside = (sizes >= low) & (sizes < high)
    if not inside.any():
        return shares, np.ones(len(rates))
    chance = inside.mean(axis=1)
    mean = np.where(chance > 0, (sizes * inside).mean(axis=1) / np.where(chance > 0, chance, 1.0), 0.0)
    shares = shares * chance / float(shares @ chance)
    whole = float(shares @ mean)
    return np.asarray(shares), np.asarray(mean / whole) if whole > 0 else np.ones(len(rates))  # deals for nothing
