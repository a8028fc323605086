"""Values of a text that each language writes in its own way."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

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
