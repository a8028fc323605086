"""Names for what a key may be: each value, law and parameter by its key, and by its title in every language.

A form shows the titles and takes any of these names; what stands in a scenario is the key. Capitals, 'ё' and spaces
tell no names apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from simulation.texts import LANGUAGES, Phrase, Texts, Verbatim, joined, texts, worded
from simulation.written.laws import OPTIONAL, PARAMETERS
from simulation.written.quantities import told_span
from simulation.written.spelling import nearest

Names = Mapping[str, Sequence[str]]
"""Titles by key, in all languages."""
_NAMED_PART = re.compile(r"\s*([^\W\d_][^\d+\-.]*?)\s*(?:[:=]\s*)?([-+.\d].*)")


def title_of(value: object) -> Phrase | Verbatim:
    """What a value of a key is called; the value itself where it has no title."""
    return _said(value, "activity", "choice")


def law_title(law: str) -> Phrase | Verbatim:
    """What a law is called."""
    return _said(law, "named-law")


def parameter_title(name: str) -> Phrase | Verbatim:
    """What a parameter of a law is called."""
    return _said(name, "parameter")


def _said(value: object, *kinds: str) -> Phrase | Verbatim:
    slug = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")
    key = next((each for kind in kinds if (each := f"{kind}-{slug}") in texts("en")), None)
    return worded(key) if key is not None and slug else Verbatim(value)


def names_of(choices: Iterable[object]) -> Names:
    """The names of values, by value; those that are no texts have none."""
    return {each: in_all_languages(title_of(each)) for each in choices if isinstance(each, str) and each}


def in_all_languages(text: str) -> tuple[str, ...]:
    """A title as each language says it."""
    return tuple(dict.fromkeys(texts(language).again(text) for language in LANGUAGES))


def folded(word: str) -> str:
    """A word without what tells no names apart."""
    return " ".join(word.casefold().replace("ё", "е").split())


def meant(word: str, names: Names) -> str | None:
    """The key that a word names, or None: the key as it stands, else a title, else the key in any capitals."""
    if word in names:
        return word
    bare = folded(word)
    found = (key for key, titles in names.items() if bare in map(folded, titles))
    return next(found, None) or next((key for key in names if bare == folded(key)), None)


def nearest_name(word: str, names: Names) -> str:
    """The title or key that is nearest to a word, or ''."""
    return nearest(word, [title for key, titles in names.items() for title in (*titles, key)]) or ""


LAWS = {law: in_all_languages(law_title(law)) for law in PARAMETERS}
"""The names of laws."""


def in_words(written: Mapping[str, Any], t: Texts) -> str | None:
    """A law with its parameters as a form says it: 'lognormal: mean 49 days; coefficient of variation 0.5'.

    None where a parameter is a list.
    """
    law, inside = next(iter(written.items()))
    if not isinstance(inside, Mapping):
        inside = {PARAMETERS[law][0]: inside}
    if any(isinstance(value, (Mapping, list, tuple)) for value in inside.values()):
        return None
    said = (f"{t.again(parameter_title(name))} {plainly(value, t)}" for name, value in inside.items())
    return f"{t.again(law_title(law))}: {'; '.join(said)}"


def plainly(value: object, t: Texts) -> str:
    """A number with the decimal sign of a language, a time with its units; any other text as it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = f"{value!r}".removesuffix(".0")
        return text.replace(".", ",") if t.language == "ru" and "e" not in text else text
    return t.again(title_of(value) if value == "never" else told_span(str(value)))


class LawError(ValueError):
    """A law in words that is not whole: what is wrong, what is allowed, and the nearest valid name or ''."""

    def __init__(self, told: Phrase, allowed: Phrase, near: str = "") -> None:
        """Notes the parts."""
        self.phrase, self.allowed, self.near = told, allowed, near
        super().__init__(told)


def from_words(text: str) -> dict[str, Any] | None:
    """A law with its parameters from what `in_words` says, in any language; None where no law stands in front.

    Raises:
        LawError: a part has no name of a parameter, or a parameter is lacking.
    """
    front, colon, rest = text.partition(":")
    law = meant(front.strip(), LAWS) if colon else None
    if law is None:
        return None
    names = {name: in_all_languages(parameter_title(name)) for name in PARAMETERS[law]}
    found: dict[str, Any] = {}
    for number, part in enumerate(each.strip() for each in rest.split(";")):
        named = _NAMED_PART.fullmatch(part)
        if named is not None:
            name = meant(named[1], names)
            if name is None:
                told = worded("law-words-part", law=law_title(law), part=repr(named[1]))
                raise LawError(told, titles(names, parameter_title), nearest_name(named[1], names))
            found[name] = named[2].strip()
        elif part and number < len(PARAMETERS[law]):
            found[PARAMETERS[law][number]] = part
    if lacking := [name for name in PARAMETERS[law] if name not in found and name not in OPTIONAL]:
        raise LawError(worded("law-words-lack", law=law_title(law)), titles(lacking, parameter_title))
    return {law: found}


def titles(keys: Iterable[object], title: Callable[[str], str] = title_of) -> Phrase:
    """The titles of keys, as a form has them."""
    return joined((title(str(key)) for key in keys), ", ")
