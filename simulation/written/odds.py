"""Log-odds and powers that stay within what can be reckoned with."""

from __future__ import annotations

import math

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
