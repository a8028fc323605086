"""Amounts as they are written: spaces of every width, signs of currencies, decimal commas and points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers.raw import Column

Decimals = Literal["point", "comma"]
DECIMALS: tuple[Decimals, ...] = ("point", "comma")
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u2006\ufeff\u200b'’`"))
_MINUS = {ord("−"): "-", ord("–"): "-"}
_NUMBER = re.compile(r"([-+]?)([^\d.,+-]{0,5})([-+]?)((?:\d[\d.,]*)|(?:[.,]\d+))(\D{0,8})")
CURRENCIES = {
    "₽": "RUB", "р": "RUB", "р.": "RUB", "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "rub": "RUB", "rur": "RUB",
    "российский рубль": "RUB", "рубль": "RUB", "$": "USD", "us$": "USD", "usd": "USD", "доллар сша": "USD",
    "€": "EUR", "eur": "EUR", "евро": "EUR", "£": "GBP", "gbp": "GBP", "₸": "KZT", "kzt": "KZT", "тенге": "KZT",
    "₴": "UAH", "uah": "UAH", "грн": "UAH", "грн.": "UAH", "гривна": "UAH", "byn": "BYN", "kč": "CZK", "czk": "CZK",
    "zł": "PLN", "pln": "PLN", "chf": "CHF", "¥": "JPY", "jpy": "JPY", "cny": "CNY", "₺": "TRY", "try": "TRY",
}  # fmt: skip
"""Currencies by the signs and words that stand beside amounts."""


def currency(word: str) -> str:
    """ISO code of a currency, as a column of currencies or a sign names it; the word itself where it is not known."""
    plain = word.strip().lower()
    return CURRENCIES.get(plain, plain.upper() if re.fullmatch(r"[a-z]{3}", plain) else word.strip())


@dataclass(frozen=True)
class Amounts:
    """The amounts of a column.

    Attributes:
        values: shape (words,); NaN where no number stands.
        unread: shape (words,): something stands there that is no number.
        signs: shape (words,): ISO code of the currency that stands beside it, '' where none does.
        doubtful: commas or points were taken for thousands though they might be decimal signs.
    """

    values: NDArray[np.float64]
    unread: NDArray[np.bool_]
    signs: NDArray[np.object_]
    doubtful: bool


def amounts(column: Column, given: Decimals | None = None, typed: bool = False) -> Amounts:
    """The amounts of a column's words; which sign is the decimal one comes from the whole column.

    Args:
        column: the column.
        given: the decimal sign that the user said.
        typed: it comes from a workbook: a point is the decimal sign, where the cell is a number.
    """
    count = len(column.words)
    signs = np.full(count, "", dtype=object)
    bare: list[str] = []
    negative = np.zeros(count, np.bool_)
    for number, word in enumerate(column.words):
        text = word.translate(_SPACES)
        if text.isdigit():
            bare.append(text)
            continue
        text = text.translate(_MINUS)
        if text.startswith("(") and text.endswith(")"):  # as accountants write what is below zero
            text = "-" + text[1:-1]
        found = _NUMBER.fullmatch(text)
        if found is None:
            bare.append("?" if text not in ("", "-") else "")
            continue
        beside = found[2] or found[5]
        negative[number] = "-" in (found[1], found[3])
        if beside:
            known = CURRENCIES.get(beside.lower())
            if known is None and not re.fullmatch(r"[A-Za-z]{3}", beside):
                bare.append("?")
                continue
            signs[number] = known or beside.upper()
        bare.append(found[4])
    decimal, doubtful = (given, False) if given else _decimal(bare, typed)
    texts = [_with_point(text, decimal) if text else "nan" for text in bare]
    try:
        values = np.array([float(text) for text in texts], np.float64)
    except ValueError:
        values = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(float)
    values = np.where(negative, -values, values)
    empty = np.array([not text for text in bare], np.bool_)
    finite = np.isfinite(values) & (np.abs(values) < 1e15)
    return Amounts(np.where(finite, values, np.nan), ~finite & ~empty, signs, doubtful)


def _with_point(text: str, decimal: Decimals) -> str:
    """A number with a point for its decimal sign and no other; '?' where the other sign does not part thousands."""
    other = "." if decimal == "comma" else ","
    if other in text:
        whole = text.partition("," if decimal == "comma" else ".")[0]
        if not _THREES[other].fullmatch(whole):
            return "?"
        text = text.replace(other, "")
    return text.replace(",", ".")


_THREES = {sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",."}


def _decimal(texts: list[str], typed: bool) -> tuple[Decimals, bool]:
    """The decimal sign of a column, and whether that is a guess."""
    marked = {text for text in texts if "," in text or "." in text}
    if typed and not any("," in text for text in marked):
        return "point", False
    both = [text for text in marked if "," in text and "." in text]
    if both:
        return ("comma" if both[0].rfind(",") > both[0].rfind(".") else "point"), False
    points, commas = ([text for text in marked if sign in text] for sign in ".,")
    if any(not _THREES[","].fullmatch(text) for text in commas):
        return "comma", False
    if any(not _THREES["."].fullmatch(text) for text in points):
        return "point", False
    # every sign has three digits behind it: thousands
    once = any(text.count(",") + text.count(".") == 1 for text in marked)
    return ("comma" if points and not commas else "point"), once
