"""Probabilities along a sale: conversion of a stage, unanswered questions, qualification, rates."""

from __future__ import annotations

from simulation.mechanisms import filter
from simulation.scenario.market import Market
from simulation.written.distributions import Distribution
from simulation.written.odds import shifted
from simulation.written.readers import MONTH


def per_month(interval: Distribution) -> float:
    """Events a month (730.5 h) of a series with such intervals (hours); 0 for 'never'.

    Raises ValueError for a mean interval of zero.
    """
    if interval.mean <= 0:
        raise ValueError("the mean interval between events must be above 0")
    return MONTH / interval.mean


def stage_passed(market: Market, channel: str, product: str, stage: int, shift: float = 0.0) -> float:
    """Probability that a stage leads on once it is begun: the customer is reached, says yes, and does in time.

    As `stage_converts`, whose arguments it takes.
    """
    market = market.way(channel, product)
    late = 1.0 if stage == len(market.stages) - 1 else market.stages[stage].in_time
    reach = market.stages[stage].reach
    return (1.0 if reach is None else reach.reached) * late * stage_converts(market, channel, product, stage, shift)


def stage_converts(market: Market, channel: str, product: str, stage: int, shift: float = 0.0) -> float:
    """Probability that a customer who is reached says yes to a stage, sooner or later.

    No question ends it, and the lead converts.

    Args:
        market: the market.
        channel: name of the lead's channel (quality in log-odds at every stage).
        product: name of the product (questions; the answer to its price at the last stage).
        stage: index of the stage among those of the process that such leads go through.
        shift: added to the log-odds (proficiency, information lost).
    """
    market = market.way(channel, product)
    spec, good = market.stages[stage], market.products[product]
    odds = market.channels[channel].quality + shift
    if stage == len(market.stages) - 1:
        odds += good.buying
    answered: float = (1 - spec.question * (1 - market.material.effect)) ** good.questions
    return answered * shifted(spec.conversion, odds)


def passes_qualification(market: Market, channel: str, product: str, sharp: float = 0.0) -> tuple[float, float]:
    """Shares of a channel's leads for a product that pass qualification: (fit ones, unfit ones); all without it.

    Args:
        market: the market.
        channel: name of the channel.
        product: name of the product.
        sharp: added to the log-odds of a right decision.
    """
    return filter.passed(market.way(channel, product).qualification, market.channels[channel].fit, sharp)
