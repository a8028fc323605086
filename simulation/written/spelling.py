"""Numbers in words: what stands in front of a unit, and the error that says what may be written instead."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from simulation.texts import Phrase, Verbatim, joined, worded
from simulation.written.errors import beside

_SPACES = "\u00a0\u202f\u2009"
_NUMBER = r"[-+]?(?:\d[\d.,_]*(?:\s\d{3}(?!\d)[\d.,]*)*|\.\d+)(?:e[-+]?\d+)?"
_WHOLE = re.compile(rf"\s*({_NUMBER})\s*", re.IGNORECASE)
_OFFICE = r"working|office|рабоч(?:ий|ая|ее|их|его|ие|ую|ей)"
_TERM = re.compile(rf"\s*(?:(?:and|и)\s+|,\s*)?({_NUMBER})\s*(?:({_OFFICE})\s+)?([^\W\d_]*)\.?\s*", re.IGNORECASE)
_SUFFIXED = re.compile(rf"\s*({_NUMBER})\s*([^\W\d_]+|%)\.?\s*", re.IGNORECASE)
_PER = r"/|\ba\b|\ban\b|\bper\b|\beach\b|\bв\b|\bза\b"
_RATE = re.compile(rf"\s*({_NUMBER})\s*(?:{_PER}|)\s*([^\W\d_]+)\.?\s*", re.IGNORECASE)
_CURRENCIES = {
    "RUB": "₽ р руб рубль рубля рублей rub rur",
    "USD": "$ долл доллар доллара долларов usd",
    "EUR": "€ евро eur",
    "GBP": "£ gbp",
    "CNY": "¥ юань юаня юаней cny",
    "KZT": "₸ тенге тг kzt",
    "BYN": "br byn",
    "UAH": "₴ грн гривна гривны гривен uah",
    "UZS": "сум сумов uzs",
}
CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
"""ISO code by the sign or word that people write with an amount."""
_CURRENCY = "|".join(sorted((re.escape(word) for word in CURRENCY_OF), key=len, reverse=True))
_BEFORE = re.compile(rf"\s*({_CURRENCY}|(?-i:[A-Z]{{3}})\b)\.?\s*(?=[-+\d.])", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=[\d\s.\w])(?<![A-Za-zА-Яа-яЁё])({_CURRENCY}|(?-i:[A-Z]{{3}}))\.?\s*$", re.IGNORECASE)
_LONGEST = 200
_REMEMBERED = 4096
"""Texts whose numbers are remembered: a study reads the same scenario again and again, with one value changed."""


class QuantityError(ValueError):
    """A value that cannot be read; it knows what is allowed, examples, and the nearest valid word.

    Attributes:
        reason: what is wrong with the value, without what is allowed.
        allowed: what may be written, in words.
        examples: texts that would be accepted.
        suggestion: nearest valid word to a misspelled one, or None.
        inner: dotted path of the wrong part inside the value ('lognormal.mean'), or ''.
    """

    def __init__(
        self,
        reason: str,
        allowed: str = "",
        examples: tuple[str, ...] = (),
        suggestion: str | None = None,
        inner: str = "",
    ) -> None:
        """Notes the parts."""
        self.reason = reason
        self.allowed = allowed
        self.examples = examples
        self.suggestion = suggestion
        self.inner = inner
        super().__init__(reason)

    def __str__(self) -> str:
        """All parts in one line."""
        return str(self.phrase)

    @property
    def phrase(self) -> Phrase:
        """All parts, for any language."""
        what = joined((Verbatim(self.inner), self.reason), ": ") if self.inner else self.reason
        return beside(what, self.allowed, ", ".join(map(quoted, self.examples)), self.suggestion or "")


def quoted(value: object) -> str:
    """A value as an error shows it: texts in quotes, dates as they are written, long ones cut short."""
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def names(groups: Mapping[str, float]) -> dict[str, float]:
    """One entry per word of each key: ``{'min minute': 1}`` becomes ``{'min': 1, 'minute': 1}``."""
    return {name: unit for words, unit in groups.items() for name in words.split()}


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name nearest to a misspelled one, or None."""
    if not name:
        return None
    found = difflib.get_close_matches(name.lower(), {k.lower(): k for k in known}, n=1, cutoff=cutoff)
    return {k.lower(): k for k in known}[found[0]] if found else None


def _digits(text: str) -> float | None:
    """A written number as a float: spaces and commas as thousands separators, a comma also as decimal sign.

    A single comma before exactly three digits (``25,000``) could be either and is not read.
    """
    text = re.sub(r"[\s_]", "", text)
    if "," in text:
        if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+\.\d+|[-+]?\d{1,3}(,\d{3}){2,}", text):
            text = text.replace(",", "")
        elif re.fullmatch(r"[-+]?0,\d+|[-+]?\d+,(\d{1,2}|\d{4,})", text):
            text = text.replace(",", ".")
        else:
            return None
    try:
        return float(text)
    except ValueError:
        return None


def _clean(value: str) -> str | None:
    """The text with ordinary spaces only, or None when it is too long to be a number."""
    if len(value) > _LONGEST:
        return None
    return re.sub(f"[{_SPACES}]", " ", value)


def maybe_number(value: object) -> float | None:
    """The number in ``value`` (int, float, or a text with nothing but a number), or None; bool is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        try:
            return None if math.isnan(value) else float(value)
        except OverflowError:
            return None
    return _whole_number(value) if isinstance(value, str) and len(value) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _whole_number(text: str) -> float | None:
    cleaned = _clean(text)
    found = None if cleaned is None else _WHOLE.fullmatch(cleaned)
    return None if found is None else _digits(found[1])


def number(value: object, allowed: str, examples: tuple[str, ...]) -> float:
    """The finite number in ``value``; raises ``QuantityError`` with what is allowed (the key of a text)."""
    result = maybe_number(value)
    if result is None or not math.isfinite(result):
        comma = isinstance(value, str) and re.search(r"\d,\d{3}(?!\d)", value)
        told = worded("not-a-number-comma" if comma else "not-a-number", value=quoted(value))
        raise QuantityError(told, worded(allowed), examples)
    return result


def scaled_number(value: object, multiples: Mapping[str, float], allowed: str, examples: tuple[str, ...]) -> float:
    """A number that may carry one of the words of ``multiples``; raises ``QuantityError`` otherwise."""
    if (plain_number := maybe_number(value)) is None and isinstance(value, str):
        text = _clean(value)
        if text is not None and (found := _SUFFIXED.fullmatch(text)):
            amount, word = _digits(found[1]), found[2].lower()
            if word not in multiples:
                near = nearest(word, multiples)
                told = worded("read-unknown-unit", value=quoted(value), name=repr(found[2]))
                raise QuantityError(told, worded(allowed), examples, near)
            if amount is not None and math.isfinite(amount):
                factor = multiples[word]
                return amount / round(1 / factor) if factor < 1 else amount * factor
    return number(value if plain_number is None else plain_number, allowed, examples)


def without_currency(text: str, known: Iterable[str] = ()) -> tuple[str, str]:
    """An amount without the sign or name of its currency, and the ISO code of that ('' where none is written).

    Args:
        text: what was written, such as '60 тыс. руб.' or '$ 1,200'.
        known: words that are no currency (multiples such as 'mln').
    """
    for pattern in (_BEFORE, _BEHIND):
        found = pattern.search(text) if pattern is _BEHIND else pattern.match(text)
        if found is not None and found[1].lower() not in known:
            rest = text[: found.start()] + text[found.end() :] if pattern is _BEHIND else text[found.end() :]
            return rest.strip(), CURRENCY_OF.get(found[1].lower(), found[1].upper())
    return text, ""


def terms(text: str) -> tuple[tuple[float, str, str], ...] | None:
    """``'1 h 30 min'`` as ``((1, '', 'h'), (30, '', 'min'))``; the middle says 'working' where written.

    None where the text is not a row of numbers with units.
    """
    return _terms(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _terms(text: str) -> tuple[tuple[float, str, str], ...] | None:
    cleaned = _clean(text)
    position, result = 0, list[tuple[float, str, str]]()
    while cleaned and position < len(cleaned):
        found = _TERM.match(cleaned, position)
        amount = _digits(found[1]) if found else None
        if found is None or amount is None or not math.isfinite(amount):
            return None
        result.append((amount, (found[2] or "").lower(), found[3].lower()))
        position = found.end()
    return tuple(result) or None


def rate(value: object) -> tuple[float | None, str]:
    """``'60 a month'`` as (60, 'month'); (None, '') where the text is not a number with a period."""
    text = _clean(value) if isinstance(value, str) else None
    if text is not None and (found := _RATE.fullmatch(text)):
        return _digits(found[1]), found[2].lower()
    return None, ""


def plain(value: float) -> str:
    """A number without a needless '.0'."""
    return str(int(value)) if value == int(value) else repr(value)
