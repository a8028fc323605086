"""Probabilities along a sale: shifts in log-odds, conversion of a stage, unanswered questions, rates."""

from __future__ import annotations

import math

from simulation.scenario.market import Market
from simulation.written.distributions import Distribution
from simulation.written.readers import MONTH

MOST = 700.0
"""Most that log-odds are shifted by: a probability is 0 or 1 to the last digit there, and e to it still a number."""


MOST_RAISED = 20.0
"""Most that the exponent of e may be in a factor of pace, size or hazard."""


def bounded(shift: float, most: float = MOST) -> float:
    """A shift in log-odds, or another exponent, that is not too large to reckon with."""
    return max(-most, min(most, shift))


def power(base: float, exponent: float) -> float:
    """`base ** exponent` for a base above 0, within what can be reckoned with."""
    if exponent == 1:
        return base
    if abs(raised := exponent * math.log(base)) > MOST_RAISED:
        return math.exp(bounded(raised, MOST_RAISED))
    return float(base**exponent)


def shifted(probability: float, shift: float) -> float:
    """A probability with its log-odds raised by a shift; 0 and 1 stay what they are."""
    if shift == 0 or probability <= 0 or probability >= 1:
        return probability
    return 1 / (1 + (1 - probability) / probability * math.exp(-bounded(shift)))


def per_month(interval: Distribution) -> float:
    """Events a month (730.5 h) of a series with such intervals (hours); 0 for 'never'.

    Raises ValueError for a mean interval of zero.
    """
    if interval.mean <= 0:
        raise ValueError("the mean interval between events must be above 0")
    return MONTH / interval.mean


def stage_passed(market: Market, channel: str, product: str, stage: int, shift: float = 0.0) -> float:
    """Probability that a stage leads on once it is worked: no question ends it, and the lead converts.

    Args:
        market: the market.
        channel: name of the lead's channel (quality in log-odds at every stage).
        product: name of the product (questions; the answer to its price at the last stage).
        stage: index of the stage.
        shift: added to the log-odds (proficiency, information lost).
    """
    spec, good = market.stages[stage], market.products[product]
    odds = market.channels[channel].quality + shift
    if stage == len(market.stages) - 1:
        odds += good.price_response * (good.price - 1) * 100
    answered: float = (1 - spec.question * (1 - market.material.effect)) ** good.questions
    return answered * shifted(spec.conversion, odds)


def passes_qualification(market: Market, channel: str, sharp: float = 0.0) -> tuple[float, float]:
    """Shares of a channel's leads that pass qualification: (fit ones, unfit ones); all without qualification.

    Args:
        market: the market.
        channel: name of the channel.
        sharp: added to the log-odds of a right decision.
    """
    fit = market.channels[channel].fit
    rules = market.qualification
    if rules is None:
        return fit, 1 - fit
    return fit * shifted(rules.true_positive, sharp), (1 - fit) * shifted(rules.false_positive, -sharp)
