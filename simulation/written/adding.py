"""Sums that are the same on every Python, and in compiled code."""

from __future__ import annotations

from collections.abc import Iterable


def added_up(numbers: Iterable[float]) -> float:
    """One number after the other; `sum` carries what rounding loses along from Python 3.12 on."""
    total = 0.0
    for number in numbers:
        total += number
    return total
