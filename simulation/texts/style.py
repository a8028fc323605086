"""How a language writes numbers, by Babel's locale data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol, get_group_symbol

NOTHING = "–"
GAP = "\N{NO-BREAK SPACE}"
ENGLISH_GAPS = True
"""English pages are read where a comma is the decimal point: '1,250' is 1.25 there. So English numbers have a gap
between thousands and before %, as the SI brochure (section 5.4.4) has it, and not the comma of Babel's locale."""
BEYOND = 1e21
"""Numbers from here on are written as powers of ten: nobody counts so many digits, and decimals hold 28 at most."""


@dataclass(frozen=True)
class Style:
    """The numbers of a language.

    Attributes:
        language: code, such as 'ru'.
        locale: Babel's locale.
    """

    language: str
    locale: Locale

    def number(self, value: float, decimals: int = 0, signed: bool = False) -> str:
        """A number with a gap between thousands; '–' for NaN, '∞' for infinity; never a minus before zero."""
        if math.isnan(value):
            return NOTHING
        sign = "+" if signed and value > 0 else ""
        if math.isinf(value):
            return "-∞" if value < 0 else f"{sign}∞"
        rounded = float(f"{value:.{decimals}f}")
        if rounded == 0.0:
            rounded, sign = 0.0, ""
        if abs(rounded) >= BEYOND:
            power = math.floor(math.log10(abs(rounded)))
            return f"{sign}{self.number(rounded / 10.0**power, 1)}·10^{power}"
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return sign + self._gaps(format_decimal(rounded, pattern, self.locale, decimal_quantization=False))

    def shortest(self, value: float) -> str:
        """A number along an axis: as few digits as it has, six at most."""
        text = f"{value:.6g}"
        if "e" in text:
            text = f"{float(text):.0f}"
        _, _, fraction = text.partition(".")
        return self.number(value, len(fraction))

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share as a percentage."""
        return f"{self.number(100.0 * share, decimals)} %"

    def currency(self, code: str) -> str:
        """The sign of a currency where the language has one for it, else its code; in English its code (ISO 4217)."""
        return get_currency_symbol(code, self.locale) if code and self.language != "en" else code

    def _gaps(self, text: str) -> str:
        if self.language == "en" and ENGLISH_GAPS:
            return text.replace(get_group_symbol(self.locale), GAP)
        return text


@lru_cache
def style(language: str) -> Style:
    """How a language writes numbers.

    Raises:
        babel.UnknownLocaleError: there is no such language.
    """
    return Style(language, Locale.parse(language))
