"""Values as somebody would type them, in each language: what is written here reads as the same number again."""

from __future__ import annotations

import math

from simulation.texts import Texts
from simulation.written.quantities import Quantity


def text_of(quantity: Quantity, value: float, t: Texts) -> str:
    """A value of a quantity as somebody would type it in a language."""
    if quantity.unit.startswith("share"):
        return f"{_digits(100 * value, t)} %"
    if quantity.clock:
        return _span(value, quantity.clock == "working", t)
    if quantity.unit == "money":
        return _grouped(value, t)
    return _digits(value, t)


def roughly(quantity: Quantity, value: float, t: Texts) -> str:
    """A value that is known roughly, in two figures and in the unit that suits it."""
    if quantity.unit.startswith("share"):
        return f"{_digits(float(f'{100 * value:.2g}'), t)} %"
    if quantity.clock:
        units = [("min", 1 / 60, 2.0), ("h", 1.0, 48.0), ("day", 24.0, 60 * 24.0), ("month", 730.5, math.inf)]
        if quantity.clock == "working":
            units = [("min", 1 / 60, 2.0), ("h", 1.0, math.inf)]
        unit, hours = next((unit, hours) for unit, hours, most in units if abs(value) < most)
        amount = float(f"{value / hours:.2g}")
        return f"{_digits(amount, t)} {t(f'app-short-{unit}', amount=amount)}"
    rough = float(f"{value:.2g}")
    return _grouped(rough, t) if quantity.unit == "money" else _digits(rough, t)


def _digits(value: float, t: Texts) -> str:
    text = f"{value:.10g}"
    if "e" in text:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if t.language == "ru" else text


def _grouped(value: float, t: Texts) -> str:
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    text = text.replace(",", " ")
    return text.replace(".", ",") if t.language == "ru" else text


def _span(hours: float, working: bool, t: Texts) -> str:
    """Time in the unit in which it is shortest to say."""
    if hours == 0:
        return "0"
    units = [("min", 1 / 60), ("h", 1.0)] if working else [("min", 1 / 60), ("h", 1.0), ("day", 24.0), ("month", 730.5)]
    best = units[0]
    for unit in units:
        if hours >= unit[1] * 0.999 and (_short(hours / unit[1]) or not _short(hours / best[1])):
            best = unit
    amount = float(f"{hours / best[1]:.10g}")
    return f"{_digits(amount, t)} {t(f'app-short-{best[0]}', amount=amount)}"


def _short(value: float) -> bool:
    return math.isclose(value, round(value, 2), rel_tol=1e-9)
