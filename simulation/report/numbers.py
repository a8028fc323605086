"""Numbers as people read them: one scale and one precision for what is read together.

A row of a table, or an axis, gets a `Scale` made from all its numbers, so that 4.82 stands beside 4.61 and
not beside 4 612 340. How many decimals are shown follows from how sure the numbers are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from simulation.texts import Percent, Texts, language_of, texts
from simulation.texts.values import Unit

NOTHING = "–"
MOST_DECIMALS = 3


@dataclass(frozen=True)
class Scale:
    """How the numbers of one row are written.

    Attributes:
        factor: what a number is multiplied with before it is written.
        unit: unit in words, '' for none.
        decimals: digits after the decimal point.
        language: of the numbers and words.
    """

    factor: float
    unit: str
    decimals: int
    language: str = "en"

    def text(self, value: float, signed: bool = False) -> str:
        """A number of the row without its unit; '–' where it is undefined.

        Args:
            value: the number, in the unit used inside.
            signed: whether a plus stands before what is above zero.
        """
        return plain(value * self.factor, self.decimals, self.language, signed)

    def interval(self, low: float, high: float, signed: bool = False) -> str:
        """'4.61 … 5.03', or '' where there is none."""
        return between(low, high, lambda end: self.text(end, signed))

    def with_unit(self, value: float, signed: bool = False) -> str:
        """The number and its unit: '4.82 mln RUB', '35 %'."""
        text = self.text(value, signed)
        return f"{text} {self.unit}" if self.unit and text != NOTHING else text


def between(low: float, high: float, text: Callable[[float], str]) -> str:
    """'4.61 … 5.03'; an end that is infinite stays open ('… 5.03'); '' where there is no interval."""
    if math.isnan(low) or math.isnan(high) or (math.isinf(low) and math.isinf(high)):
        return ""
    return f"{text(low) if math.isfinite(low) else ''} … {text(high) if math.isfinite(high) else ''}".strip()


def plain(value: float, decimals: int = 0, language: str = "en", signed: bool = False) -> str:
    """A number with thousands separators; '–' for NaN, '∞' for infinity; never a minus before zero."""
    return texts(language).style.number(value, decimals, signed)


def percent(share: float, language: str = "en") -> str:
    """A share as '42 %', with one decimal where it is small; '0 %' and '100 %' only where it is exactly so."""
    return texts(language).written(Percent(share))


def sure(confidence: float, language: str = "en") -> str:
    """A confidence, never quite 0 or 1 from a finite number of years; nothing where all years are equal."""
    if math.isnan(confidence) or confidence == 0.5:
        return NOTHING
    if confidence < 0.001:
        return f"< {percent(0.001, language)}"
    return f"> {percent(0.999, language)}" if confidence > 0.999 else percent(confidence, language)


def listed(names: Iterable[str], language: str = "en") -> str:
    """'a', 'a and b', 'a, b and c'."""
    return texts(language).listed(names)


def compact(value: float, language: str = "en") -> str:
    """A number along an axis: as few digits as it has, six at most."""
    return texts(language).style.shortest(value)


def scale_of(
    unit: Unit, values: Iterable[float], widths: Iterable[float] = (), currency: str = "", locale: str = "en"
) -> Scale:
    """The scale in which numbers are read together.

    Args:
        unit: what the numbers are.
        values: all numbers of the row, in the unit used inside (money, share 0..1, hours).
        widths: half-widths of their intervals; the widest shows two digits, as long as the largest number has no
            more than four. Without any, the largest number shows three.
        currency: currency of money, ISO code.
        locale: language of the numbers.

    Returns:
        The scale; undefined and infinite numbers have no say in it.
    """
    words_of = texts(language_of(locale))
    numbers = [abs(value) for value in values if math.isfinite(value)]
    largest = max(numbers, default=0.0)
    factor, words = _factor_and_words(unit, largest, currency, words_of)
    spread = [width * factor for width in widths if math.isfinite(width) and width > 0]
    if spread:
        decimals = min(_digits_after_the_point(max(spread), 2), _digits_after_the_point(largest * factor or 1.0, 4))
    else:
        decimals = _digits_after_the_point(largest * factor, 3) if largest else 0
    if all(number * factor == round(number * factor) for number in numbers) and not spread:
        decimals = 0
    return Scale(factor, words, decimals, words_of.language)


def one(unit: Unit, value: float, currency: str = "", locale: str = "en", signed: bool = False) -> str:
    """One number by itself with its unit: '4.82 mln RUB', '35.2 %', '1.5 h', '45 min'."""
    return scale_of(unit, [value], (), currency, locale).with_unit(value, signed)


def _factor_and_words(unit: Unit, largest: float, currency: str, words: Texts) -> tuple[float, str]:
    match unit:
        case "money":
            sign = words.style.currency(currency)
            for divisor, key, limit in (
                (1e9, "unit-billions", 1e9),
                (1e6, "unit-millions", 1e6),
                (1e3, "unit-thousands-short", 1e4),
            ):
                if largest >= limit:
                    return 1 / divisor, f"{words(key)} {sign}".strip()
            return 1.0, sign
        case "share":
            return 100.0, "%"
        case "hours" | "working hours":
            return (60.0, words("unit-minutes")) if 0 < largest < 1 else (1.0, words("unit-hours"))
        case "days":
            return 1.0, words("unit-days")
        case "number":
            return 1.0, ""


def _digits_after_the_point(size: float, significant: int) -> int:
    """Decimals that show so many significant digits of a size."""
    return min(max(significant - 1 - math.floor(math.log10(size)), 0), MOST_DECIMALS)
