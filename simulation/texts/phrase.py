"""A text in English that can be said again in another language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulation.texts.catalogue import JOINED, texts
from simulation.texts.values import Verbatim


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
    """A value of a phrase that no language may take for a title: whole numbers and phrases stay, others are texts.

    Of an exception it is what it says.
    """
    if isinstance(value, BaseException):
        return phrase_of(value)
    if isinstance(value, (list, tuple)):
        return [verbatim(each) for each in value]
    if isinstance(value, (Phrase, Verbatim)) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return Verbatim(value)


def phrase_of(error: BaseException) -> str:
    """What an exception says, as a phrase where it has one: its `phrase`, or its first argument."""
    told = getattr(error, "phrase", None) or (error.args[0] if error.args else "")
    if isinstance(told, Phrase):
        return told
    return Verbatim(told if type(error) is KeyError else error)  # a KeyError by itself would put it in quotation marks
