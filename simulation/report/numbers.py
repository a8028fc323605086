"""Numbers as people read them: one scale and one precision for what is read together.

A row of a table, or an axis, gets a `Scale` made from all its numbers, so that 4.82 stands beside 4.61 and
not beside 4 612 340. How many decimals are shown follows from how sure the numbers are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.analysis.catalogue import Unit

NOTHING = "–"
MOST_DECIMALS = 3


@dataclass(frozen=True)
class Style:
    """How a language writes numbers."""

    decimal: str
    thousands: str
    thousand: str
    million: str
    billion: str


STYLES: dict[str, Style] = {
    "en": Style(".", "\N{NO-BREAK SPACE}", "k", "mln", "bln"),
    "ru": Style(",", "\N{NO-BREAK SPACE}", "тыс.", "млн", "млрд"),
}


def style_of(locale: str) -> Style:
    """The style of a locale ('en', 'ru', 'ru_RU'); English for a language that is not there."""
    return STYLES.get(locale.replace("-", "_").partition("_")[0].lower(), STYLES["en"])


@dataclass(frozen=True)
class Scale:
    """How the numbers of one row are written.

    Attributes:
        factor: what a number is multiplied with before it is written.
        unit: unit in words, '' for none.
        decimals: digits after the decimal point.
        style: how the language writes numbers.
    """

    factor: float
    unit: str
    decimals: int
    style: Style

    def text(self, value: float, signed: bool = False) -> str:
        """A number of the row without its unit; '–' where it is undefined.

        Args:
            value: the number, in the unit used inside.
            signed: whether a plus stands before what is above zero.
        """
        return plain(value * self.factor, self.decimals, self.style, signed)

    def interval(self, low: float, high: float, signed: bool = False) -> str:
        """'4.61 … 5.03', or '' where there is none."""
        if math.isnan(low) or math.isnan(high):
            return ""
        return f"{self.text(low, signed)} … {self.text(high, signed)}"

    def with_unit(self, value: float, signed: bool = False) -> str:
        """The number and its unit: '4.82 mln RUB', '35 %'."""
        text = self.text(value, signed)
        return f"{text} {self.unit}" if self.unit and text != NOTHING else text


def plain(value: float, decimals: int = 0, style: Style = STYLES["en"], signed: bool = False) -> str:
    """A number with thousands separators; '–' for NaN, '∞' for infinity; never a minus before zero."""
    if math.isnan(value):
        return NOTHING
    sign = "+" if signed and value > 0 else ""
    if math.isinf(value):
        return "-∞" if value < 0 else f"{sign}∞"
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text, sign = text.lstrip("-"), ""
    return sign + _in_style(text, style)


def compact(value: float, style: Style = STYLES["en"]) -> str:
    """A number along an axis: as few digits as it has, six at most."""
    return _in_style(f"{value:,.6g}", style)


def scale_of(
    unit: Unit,
    values: Iterable[float],
    widths: Iterable[float] = (),
    currency: str = "",
    locale: str = "en",
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
    style = style_of(locale)
    numbers = [abs(value) for value in values if math.isfinite(value)]
    largest = max(numbers, default=0.0)
    factor, words = _factor_and_words(unit, largest, currency, style)
    spread = [width * factor for width in widths if math.isfinite(width) and width > 0]
    if spread:
        decimals = min(_digits_after_the_point(max(spread), 2), _digits_after_the_point(largest * factor or 1.0, 4))
    else:
        decimals = _digits_after_the_point(largest * factor, 3) if largest else 0
    if all(number * factor == round(number * factor) for number in numbers) and not spread:
        decimals = 0
    return Scale(factor, words, decimals, style)


def one(unit: Unit, value: float, currency: str = "", locale: str = "en", signed: bool = False) -> str:
    """One number by itself with its unit: '4.82 mln RUB', '35.2 %', '1.5 h', '45 min'."""
    return scale_of(unit, [value], (), currency, locale).with_unit(value, signed)


def _in_style(text: str, style: Style) -> str:
    """A number that Python wrote with commas and a point."""
    whole, point, fraction = text.partition(".")
    return whole.replace(",", style.thousands) + point.replace(".", style.decimal) + fraction


def _factor_and_words(unit: Unit, largest: float, currency: str, style: Style) -> tuple[float, str]:
    match unit:
        case "money":
            for divisor, word, limit in (
                (1e9, style.billion, 1e9),
                (1e6, style.million, 1e6),
                (1e3, style.thousand, 1e4),
            ):
                if largest >= limit:
                    return 1 / divisor, f"{word} {currency}".strip()
            return 1.0, currency
        case "share":
            return 100.0, "%"
        case "hours" | "working hours":
            return (60.0, "min") if 0 < largest < 1 else (1.0, "h")
        case "days":
            return 1.0, "days"
        case "number":
            return 1.0, ""


def _digits_after_the_point(size: float, significant: int) -> int:
    """Decimals that show so many significant digits of a size."""
    return min(max(significant - 1 - math.floor(math.log10(size)), 0), MOST_DECIMALS)
