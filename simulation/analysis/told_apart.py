"""Two amounts of a sentence, with as many digits as it takes to see that they differ."""

from __future__ import annotations

from simulation.texts import Amount, texts
from simulation.texts.values import Unit

MOST_DIGITS = 6
"""Most digits that are added to tell two amounts apart."""


def told_apart_amounts(first: float, second: float, unit: Unit, currency: str = "") -> tuple[Amount, Amount]:
    """Two values of a measure, with as many digits as it takes to see that they differ."""
    write = texts("en").written
    for more in range(MOST_DIGITS + 1):
        both = Amount(first, unit, currency, more), Amount(second, unit, currency, more)
        if first == second or write(both[0]) != write(both[1]):
            return both
    return Amount(first, unit, currency), Amount(second, unit, currency)
