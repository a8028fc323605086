"""Keys in what is said to an owner: each with its title in front, so that nobody has to know what `most_open` means.

Texts name keys in backticks. Where one title goes with a key of that name, wherever it stands, the title is said and
the key follows in brackets; of `key: value` the value is titled too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from simulation.scenario.people import ACTIVITIES
from simulation.scenario.places import places
from simulation.texts import Phrase, Texts, texts
from simulation.written.choices import title_of

_NAMED = re.compile(r"(?P<before>команда |\()?`(?P<key>[a-z_]+)(?:: (?P<value>[\w ]+))?`(?P<after> ?\()?(?P<end>\))?")
_BESIDE = re.compile(r" ?\(`[^`]*`\)")
_QUOTED = re.compile(r"`([^`]*)`")
_TRUTH = {"true": "xlsx-yes", "false": "xlsx-no"}


def with_titles(said: str, t: Texts) -> str:
    """What was said with the title of each key in front of it."""

    def titled(found: re.Match[str]) -> str:
        title = _titles(t.language).get(found["key"])
        explained = found["after"] or found["before"] == "команда " or (found["before"] and found["end"])
        if title is None or explained:
            return found[0]
        value = found["value"]
        if value is not None:
            meant = title_of(value)
            title += (
                f": {t(_TRUTH[value]) if value in _TRUTH else t.again(meant) if isinstance(meant, Phrase) else value}"
            )
        key = found["key"] if value is None else f"{found['key']}: {value}"
        return f"{found['before'] or ''}«{title}» (`{key}`){found['end'] or ''}"

    return _NAMED.sub(titled, said)


def without_keys(said: str, t: Texts) -> str:
    """What was said with titles in place of keys, for who does not write any; a key without one stands as a name."""
    named = _BESIDE.sub("", with_titles(said, t))
    return _QUOTED.sub(r"«\1»", named)


@cache
def _titles(language: str) -> Mapping[str, str]:
    """The titles of keys by name, of those that have the same wherever they stand."""
    t = texts(language)
    found: dict[str, set[str]] = {}
    for place in places():
        if place.text in t:
            found.setdefault(place.key, set()).add(t(place.text, stage="").replace(" «»", ""))
    alone = {key: next(iter(titles)) for key, titles in found.items() if len(titles) == 1}
    return alone | {name: t(f"activity-{name}") for name in ACTIVITIES}
