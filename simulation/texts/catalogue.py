"""The catalogue of a language: texts by key, filled in with values; and phrases, English that can be said again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number

from simulation.texts.values import (
    SCALES,
    Amount,
    Count,
    Day,
    Inside,
    Interval,
    Meaning,
    Month,
    Percent,
    Shortest,
    Style,
    Sure,
    Term,
    Verbatim,
    decimals_of,
    percent_decimals,
    style,
)

LANGUAGES = ("en", "ru")
JOINED = ""
"""Key of phrases that are put together from others."""
LONG = 1_000
"""Letters of a value from which on it is put in afterwards: Fluent's runtime refuses values of more than 2 500."""
HERE = Path(__file__).parent
ENTRY = re.compile(r"^(?=-?[a-zA-Z][\w-]* *=)", re.MULTILINE)
"""Where a text begins in a file."""
NAME = re.compile(r"-?[a-zA-Z][\w-]*")
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?=\s|$)")
"""A full stop behind an abbreviation that ends with one (дн.), which is written once; three dots stay."""
REFERENCE = re.compile(r"\{\s*(-?[a-z][\w-]*)")
"""Another text that a text is put together from."""


def files_of(language: str) -> list[Path]:
    """The files of a language: its catalogue, and what kinds of study have in their own folders."""
    return sorted([*(HERE / language).glob("*.ftl"), *HERE.parent.glob(f"study/*/{language}.ftl")])


def language_of(locale: str) -> str:
    """The language of a locale ('ru_RU', 'ru-RU'): one that there is a catalogue of, English for any other."""
    code = re.split(r"[-_]", locale)[0].lower()
    return code if code in LANGUAGES else "en"


class Texts:
    """All texts in one language.

    Attributes:
        language: 'en' or 'ru'.
        style: how it writes numbers.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.style: Style = style(language)
        self._bundle = FluentBundle([language], use_isolating=False)
        self._unread: dict[str, str] = {}  # a text is parsed when it is asked for: parsing all takes half a second
        for path in files_of(language):
            for entry in ENTRY.split(path.read_text(encoding="utf-8")):
                if name := NAME.match(entry):
                    self._unread.setdefault(name[0], entry)

    def __contains__(self, key: str) -> bool:
        self._read(key)
        return bool(self._bundle.has_message(key))

    def _read(self, key: str) -> None:
        """Parse a text and those that it is put together from."""
        entry = self._unread.pop(key, None)
        if entry is not None:
            self._bundle.add_resource(FluentResource(entry))
            for other in REFERENCE.findall(entry):
                self._read(other)

    def __call__(self, key: str, /, **values: Any) -> str:
        """A text, filled in.

        Args:
            key: of the text.
            values: by the names in the text. Whole numbers choose the plural. Amounts, percentages and dates are
                written as the language does, phrases said in it, sequences listed, and titles that the presets give
                (Hunter) translated.

        Raises:
            KeyError: there is no such text.
            ValueError: a value is missing.
        """
        if key not in self:
            raise KeyError(f"there is no text {key!r} in {self.language!r}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(f"the text {key!r} is empty in {self.language!r}")
        filled = {name: self._value(v) for name, v in values.items()}
        long = {name: v for name, v in filled.items() if isinstance(v, str) and len(v) > LONG}
        marks = {name: f"\ue000{name}\ue001" for name in long}
        text, errors = self._bundle.format_pattern(pattern, filled | marks)
        if errors:
            raise ValueError(f"text {key!r} in {self.language!r}: {'; '.join(map(str, errors))}")
        made = str(text)
        for name, mark in marks.items():
            made = made.replace(mark, long[name])
        return TWO_STOPS.sub(".", made) if ".." in made else made

    def marked(self, key: str, mark: str) -> bool:
        """Whether a text bears a mark, an attribute of Fluent (`.many = yes`)."""
        return key in self and mark in self._bundle.get_message(key).attributes

    def again(self, phrase: str) -> str:
        """A phrase in this language; any other text as it is, titles that the presets give translated."""
        key = getattr(phrase, "key", None)
        if key is None:
            return str(phrase) if isinstance(phrase, Verbatim) else self.title(phrase)
        values: Mapping[str, Any] = phrase.values  # type: ignore[attr-defined]
        if key == JOINED:
            return str(values["between"]).join(self.again(part) for part in values["parts"])
        return self(key, **values)

    def title(self, name: str) -> str:
        """A title from a preset (Hunter, Hunter (six)) in this language; any other as it is."""
        key = title_key(name)
        if key in self:
            return self(key)
        end = name.rfind(" (") if name.endswith(")") else -1
        while end > 0:  # what tells it apart from an equal one stands behind it
            key = title_key(name[:end])
            if key in self:
                return f"{self(key)}{name[end:]}"
            end = name.rfind(" (", 0, end)
        return name

    def written(self, value: Any) -> str:
        """A value as this language writes it: `Amount`, `Percent`, …; others as `str` does."""
        match value:
            case Amount():
                return self._amount(value)
            case Interval():
                return self._interval(value)
            case Percent():
                return self._percent(value)
            case Sure():
                return self._sure(value.confidence, value.bound)
            case Count():
                return self.style.number(value.rounded)
            case Shortest():
                return self.style.shortest(value.value)
            case Term():
                name = self(value.key) if value.key in self else value.english
                return _small(name)
            case Meaning():
                known = self.language != "en" and value.key in self
                return self(value.key, stage="").replace(" «»", "").rstrip(".") if known else value.english
            case Inside():
                said = self.again(value.text)
                return _small(said)
            case Day():
                return str(format_date(value.date, "d MMMM y", self.style.locale))
            case Month():
                return str(format_date(value.date, "LLL y", self.style.locale))
            case str():
                return self.again(value)
            case Sequence():
                return self.listed(value)
        return str(value)

    def listed(self, items: Iterable[Any]) -> str:
        """'a', 'a and b', 'a, b and c'."""
        names = [self.written(item) for item in items]
        if len(names) < 2:
            return "".join(names)
        # they are written already: no title may be looked for in them again
        return self("list-last", items=Verbatim(", ".join(names[:-1])), last=Verbatim(names[-1]))

    def _value(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            return fluent_number(value, useGrouping=False)
        return value if isinstance(value, float) else self.written(value)

    def _amount(self, amount: Amount) -> str:
        value, more = amount.value, amount.more
        if not math.isfinite(value):
            return self("undefined") if math.isnan(value) else ("∞" if value > 0 else "-∞")
        match amount.unit:
            case "money":
                number, word = self._scaled(value, more)
                return " ".join(part for part in (number, word, self.style.currency(amount.currency)) if part)
            case "share":
                return self._percent(Percent(value, more))
            case "hours" | "working hours":
                return f"{self.style.number(value, 1 + more)} {self('unit-hours')}"
            case "days":
                return f"{self.style.number(value, 1 + more)} {self('unit-days')}"
        return self.style.number(value, more + (0 if abs(value) >= 100 or value == int(value) else 1))

    def _interval(self, interval: Interval) -> str:
        low, high = (Amount(v, interval.unit, interval.currency) for v in (interval.low, interval.high))
        return self("from-to", low=low, high=high)

    def _scaled(self, value: float, more: int) -> tuple[str, str]:
        for scale, name in SCALES:
            if abs(value) >= scale:
                return self.style.number(value / scale, decimals_of(value / scale) + more), self(f"unit-{name}")
        return self.style.number(value, more), ""

    def _percent(self, value: Percent) -> str:
        share = value.share
        if not math.isfinite(share):
            return "–" if math.isnan(share) else "∞"
        decimals = percent_decimals(share, value.more)
        if 0 < share < 1 and round(100 * share, decimals) in (0.0, 100.0) and not math.isclose(share, round(share)):
            decimals = value.more + 1
            if round(100 * share, decimals) in (0.0, 100.0):
                low = share < 0.5
                return f"{'<' if low else '>'} {self.style.percent(0.001 if low else 0.999, 1)}"
        return self.style.percent(share, decimals)

    def _sure(self, confidence: float, bound: bool) -> str:
        if confidence > 0.999:
            return self("sure-over", share=self.style.percent(0.999, 1))
        if confidence < 0.001:
            return self("sure-under", share=self.style.percent(0.001, 1))
        decimals = 1 if confidence >= 0.99 or confidence < 0.01 else 0
        return self("sure-at-least" if bound else "sure-about", share=self.style.percent(confidence, decimals))


def shortened(text: str, letters: int) -> str:
    """A text of at most so many letters, where there is no room for more: its beginning and an ellipsis."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _small(text: str) -> str:
    """A text with its first letter small, if it begins with no abbreviation."""
    return text if text[:2].isupper() and text[1:2].isalpha() else text[:1].lower() + text[1:]


def title_key(name: str) -> str:
    """The key under which the title of a preset is translated; what holds a Cyrillic letter has none in a catalogue.

    Left out, those letters would make 'Универсальная (department_of_ten)' the title of that scenario.
    """
    words = re.sub(r"[^a-z0-9\u0400-\u04ff]+", "-", name.lower()).strip("-")
    return f"title-{words}"


@lru_cache
def texts(language: str) -> Texts:
    """The texts of a language.

    Raises:
        ValueError: there is no catalogue of it.
    """
    if language not in LANGUAGES:
        raise ValueError(f"there are no texts in {language!r}; allowed: {', '.join(LANGUAGES)}")
    return Texts(language)


class Phrase(str):
    """English text with the key and the values that it was made from.

    Attributes:
        key: in the catalogues.
        values: what was filled in; a phrase among them is said in the other language too.
    """

    key: str
    values: Mapping[str, Any]

    def __new__(cls, text: str, key: str, values: Mapping[str, Any]) -> Phrase:
        """A text that was made from a key and values."""
        made = super().__new__(cls, text)
        made.key, made.values = key, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Phrase, (str(self), self.key, self.values)


def say(key: str, /, **values: Any) -> Phrase:
    """The English text of a key, which a report can say again in another language.

    Raises:
        KeyError: there is no such text.
        ValueError: the text needs a value that is not there.
    """
    return Phrase(texts("en")(key, **values), key, values)


def joined(parts: Iterable[str], between: str = " ") -> Phrase:
    """Phrases one after the other, each of which another language can say again; empty ones are left out."""
    kept = tuple(part for part in parts if part)
    return Phrase(between.join(kept), JOINED, {"parts": kept, "between": between})


def lines(parts: Iterable[str]) -> Phrase:
    """Phrases and texts that stay as they are, each with an end of line behind it; empty lines too."""
    kept = (*(verbatim(part) for part in parts), Verbatim(""))
    return Phrase("\n".join(kept), JOINED, {"parts": kept, "between": "\n"})


def worded(key: str, /, **values: Any) -> Phrase:
    """A phrase about what somebody wrote or did: texts among its values are names or were typed, and stay as they are.

    Raises:
        KeyError: there is no such text.
        ValueError: the text needs a value that is not there.
    """
    return say(key, **{name: verbatim(value) for name, value in values.items()})


def verbatim(value: Any) -> Any:
    """A value of a phrase that no language may take for a title: numbers, days and phrases stay, others are texts.

    Of an exception it is what it says.
    """
    if isinstance(value, BaseException):
        return phrase_of(value)
    if isinstance(value, (list, tuple)):
        return [verbatim(each) for each in value]
    if isinstance(value, (Phrase, Verbatim, Meaning, Day, Shortest, Amount, Percent)) or (
        isinstance(value, int) and not isinstance(value, bool)
    ):
        return value
    return Verbatim(value)


def phrase_of(error: BaseException) -> str:
    """What an exception says, as a phrase where it has one: its `phrase`, or its first argument."""
    told = getattr(error, "phrase", None) or (error.args[0] if error.args else "")
    if isinstance(told, Phrase):
        return told
    return Verbatim(told if type(error) is KeyError else error)  # a KeyError by itself would put it in quotation marks
