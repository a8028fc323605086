"""Numbers in plain English, for the sentences of a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.analysis.catalogue import Unit

MOST_DIGITS = 6
"""Most digits that are added to tell two amounts apart."""

_SCALES = ((1e9, "bln"), (1e6, "mln"), (1e3, "thousand"))


def amount(value: float, unit: Unit, currency: str = "", more: int = 0) -> str:
    """A value of a measure: '3.10 mln RUB', '42 %', '1 250', '3.5 h'.

    Args:
        value: the value, in the unit used inside.
        unit: its unit.
        currency: of money.
        more: digits after the point beyond the usual ones.
    """
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    match unit:
        case "money":
            return f"{_scaled(value, more)} {currency}".strip()
        case "share":
            return percent(value, more)
        case "hours" | "working hours":
            return f"{value:.{1 + more}f} h"
        case "days":
            return f"{value:.{1 + more}f} days"
        case "number":
            return _grouped(value, more + (0 if abs(value) >= 100 or value == int(value) else 1))


def told_apart_amounts(first: float, second: float, unit: Unit, currency: str = "") -> tuple[str, str]:
    """Two values of a measure, with as many digits as it takes to see that they differ."""
    for more in range(MOST_DIGITS + 1):
        texts = amount(first, unit, currency, more), amount(second, unit, currency, more)
        if texts[0] != texts[1] or first == second:
            break
    return texts if texts[0] != texts[1] else (amount(first, unit, currency), amount(second, unit, currency))


def percent(share: float, more: int = 0) -> str:
    """A share as '42 %', with one decimal where it is small; '0 %' and '100 %' only where it is exactly so.

    Args:
        share: 0..1, or beyond.
        more: digits after the point beyond the usual ones.
    """
    value = 100.0 * share
    whole = math.isclose(value, round(value), abs_tol=1e-9)
    text = f"{value:.{more + (0 if abs(value) >= 10 or whole else 1)}f}"
    if 0 < share < 1 and not whole and float(text) in (0.0, 100.0):
        text = f"{value:.{more + 1}f}"
        if float(text) in (0.0, 100.0):
            return "< 0.1 %" if share < 0.5 else "> 99.9 %"
    return f"{text} %"


def certainty(confidence: float) -> str:
    """How sure: 'about 87 %', 'over 99.9 %' (never 0 or 100 % from a finite number of years)."""
    if confidence > 0.999:
        return "over 99.9 %"
    if confidence < 0.001:
        return "under 0.1 %"
    return (
        f"about {100.0 * confidence:.1f} %"
        if confidence >= 0.99 or confidence < 0.01
        else f"about {100.0 * confidence:.0f} %"
    )


def listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def rounded_up(count: int) -> str:
    """A number of replications that is only an estimate, to two digits upwards."""
    step = 10 ** max(0, len(str(count)) - 2)
    return _grouped(float(-(-count // step) * step), 0)


def _scaled(value: float, more: int) -> str:
    for scale, word in _SCALES:
        if abs(value) >= scale:
            number = value / scale
            return f"{number:.{_digits(number) + more}f} {word}"
    return f"{value:.{more}f}"


def _digits(value: float) -> int:
    """Decimals that leave three figures."""
    return 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0


def _grouped(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}")
