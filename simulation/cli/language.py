"""The language of remarks, mistakes, prompts and help: known before the command line is parsed.

That of `--lang` wherever it stands, else that of the terminal's locale. Results are in that of `--lang` or of the
scenario. Texts are parsed when they are said.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.texts import Texts

_spoken = ["en"]


def speak(arguments: Sequence[str]) -> None:
    """Speaks the language of a command line from now on."""
    _spoken[0] = language_asked(arguments, os.environ)


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for, else that of the locale; English where there is no catalogue of it."""
    from simulation.texts import language_of

    for number, each in enumerate(arguments):
        name, _, value = each.partition("=")
        if each == "--":
            break
        if name == "--lang":
            return language_of(value or "".join(arguments[number + 1 : number + 2]))
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return language_of(environment[variable])
    name = locale.getlocale()[0] or ""  # Windows has none of them, and says 'Russian_Russia'
    return language_of(locale.normalize(name.partition("_")[0]))


def words() -> Texts:
    """The texts in the language that is spoken."""
    from simulation.texts import texts

    return texts(_spoken[0])


def spoken(text: str) -> str:
    """A text as it is said: phrases in the language that is spoken, others as they are."""
    from simulation.texts import Phrase

    return words().again(text) if isinstance(text, Phrase) else text
