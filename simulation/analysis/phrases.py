"""Numbers in plain English, for the sentences of a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.analysis.catalogue import Unit

_SCALES = ((1e9, "bln"), (1e6, "mln"), (1e3, "thousand"))


def amount(value: float, unit: Unit, currency: str = "") -> str:
    """A value of a measure: '3.10 mln RUB', '42 %', '1 250', '3.5 h'."""
    if not math.isfinite(value):
        return "undefined" if math.isnan(value) else ("∞" if value > 0 else "-∞")
    match unit:
        case "money":
            return f"{_scaled(value)} {currency}".strip()
        case "share":
            return percent(value)
        case "hours" | "working hours":
            return f"{value:.1f} h"
        case "days":
            return f"{value:.1f} days"
        case "number":
            return _grouped(value, 0 if abs(value) >= 100 or value == int(value) else 1)


def percent(share: float) -> str:
    """A share as '42 %', with one decimal where it is small; an exact 0 or 1 without."""
    value = 100.0 * share
    return f"{value:.0f} %" if abs(value) >= 10 or math.isclose(value, round(value), abs_tol=1e-9) else f"{value:.1f} %"


def certainty(confidence: float) -> str:
    """How sure: 'about 87 %', 'over 99.9 %' (never 100 % from a finite number of years)."""
    if confidence > 0.999:
        return "over 99.9 %"
    return f"about {100.0 * confidence:.1f} %" if confidence >= 0.99 else f"about {100.0 * confidence:.0f} %"


def listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def rounded_up(count: int) -> str:
    """A number of replications that is only an estimate, to two digits upwards."""
    step = 10 ** max(0, len(str(count)) - 2)
    return _grouped(float(-(-count // step) * step), 0)


def _scaled(value: float) -> str:
    for scale, word in _SCALES:
        if abs(value) >= scale:
            number = value / scale
            return f"{number:.{_digits(number)}f} {word}"
    return f"{value:.0f}"


def _digits(value: float) -> int:
    """Decimals that leave three figures."""
    return 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0


def _grouped(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}")
