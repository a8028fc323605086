"""Values of a text that each language writes in its own way, and how each writes them, by Babel's locale data."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol, get_group_symbol

Unit = Literal["number", "money", "share", "hours", "working hours", "days"]


@dataclass(frozen=True)
class Amount:
    """A value of a measure: '3.10 mln RUB', '42 %', '1 250', '3.5 h'.

    Attributes:
        value: in the unit used inside (money, share 0..1, hours).
        unit: what it is.
        currency: of money, ISO code.
        more: digits after the point beyond the usual ones.
    """

    value: float
    unit: Unit = "number"
    currency: str = ""
    more: int = 0


@dataclass(frozen=True)
class Interval:
    """Two values of a measure on one scale: '0.64 to 1.02 mln RUB'."""

    low: float
    high: float
    unit: Unit = "number"
    currency: str = ""


@dataclass(frozen=True)
class Percent:
    """A share as a percentage, with one decimal where it is small; '0 %' and '100 %' only where it is exactly so."""

    share: float
    more: int = 0


@dataclass(frozen=True)
class Sure:
    """How sure something is: 'about 87 %', 'over 99.9 %' (never 0 or 100 % from a finite number of years).

    Attributes:
        confidence: 0..1.
        bound: whether it is at least so sure.
    """

    confidence: float
    bound: bool = False


@dataclass(frozen=True)
class Count:
    """A whole number that is only an estimate, to two digits upwards: 'about 1 300'."""

    value: int

    @property
    def rounded(self) -> int:
        """To two digits upwards."""
        step = 10 ** max(0, len(str(self.value)) - 2)
        return -(-self.value // step) * step


@dataclass(frozen=True)
class Shortest:
    """A number with as few digits as it has, six at most: '0.5', '12'."""

    value: float


@dataclass(frozen=True)
class Day:
    """A date: '2 March 2026'."""

    date: dt.date


@dataclass(frozen=True)
class Month:
    """A month: 'Mar 2026'."""

    date: dt.date


@dataclass(frozen=True)
class Term:
    """A name inside a sentence, its first letter small.

    Attributes:
        key: under which other languages have it.
        english: what it is in English, and in languages that do not have it.
    """

    key: str
    english: str


class Verbatim(str):
    """What somebody has typed, or a name: the same in every language, even where a preset gives such a title."""


@dataclass(frozen=True)
class Meaning:
    """What a key of a scenario means: in English its description, in other languages its title.

    Attributes:
        key: of the title.
        english: the description.
    """

    key: str
    english: str


@dataclass(frozen=True)
class Inside:
    """A text inside a sentence, its first letter small."""

    text: str


SCALES = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"))


def decimals_of(value: float) -> int:
    """Decimals that leave three figures."""
    return 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0


def percent_decimals(share: float, more: int = 0) -> int:
    """Decimals of a percentage: one where it is small."""
    value = 100.0 * share
    whole = math.isclose(value, round(value), abs_tol=1e-9)
    return more + (0 if abs(value) >= 10 or whole else 1)


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
