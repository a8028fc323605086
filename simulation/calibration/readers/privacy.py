"""Words that are kept are words of the trade: no names, telephones, addresses, nothing that was written freely."""

from __future__ import annotations

import re
from collections.abc import Collection

from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.words import plain

MOST_WORDS = 300
"""Different words of a column up to which it is a list to choose from, whatever its length."""
MOST_SHARE = 0.2
"""Share of rows with a word of their own above which a column is free text, where there are more than `FEW` words."""
FEW = 25
LONGEST = 80
"""Letters of a word that is chosen from a list."""
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?:\+?\d[\s().-]*){9,}")
_LINK = re.compile(r"https?://|www\.|t\.me/", re.IGNORECASE)


def is_free(column: Column) -> bool:
    """Whether what stands in a column was written freely, instead of chosen from a list."""
    filled = int(column.filled.sum())
    used = column.different
    if used > MOST_WORDS:
        return True
    long = sum(len(word) > LONGEST for word in column.words)
    if long > max(2, 0.1 * len(column.words)):
        return True
    return used > FEW and used > MOST_SHARE * filled


def tells(word: str, names: Collection[str]) -> bool:
    """Whether a word tells who somebody is or how to reach him.

    Args:
        word: as it stands in a file.
        names: of people and customers, as `words.plain` makes them.
    """
    if _MAIL.search(word) or _PHONE.search(word) or _LINK.search(word) or len(word) > LONGEST:
        return True
    bare = plain(word)
    if bare in names:
        return True
    parts = re.findall(r"[^\W\d_]+", bare)
    return any(" ".join(parts[at : at + length]) in names for length in (2, 3) for at in range(len(parts) - length + 1))


def masked(text: str, longest: int = 24) -> str:
    """The shape of a text without what it says: letters become x, digits 0."""
    shown = "".join("x" if sign.isalpha() else "0" if sign.isdigit() else sign for sign in text[:longest])
    return shown if len(text) <= longest else f"{shown}…"
