"""Signs that steer instead of being read: no page, chart or terminal can show them."""

from __future__ import annotations

import unicodedata

_KINDS = ("Cc", "Cs")
"""Control characters (C0, DEL and C1: escape sequences begin with them) and halves of letters (lone surrogates)."""
_NEVER = "\ufffe\uffff"
"""What XML forbids besides."""
_READ = "\n\t"


def steers(sign: str) -> bool:
    """Whether a sign is no letter, space or mark, but a command. Spaces that do not break and joiners are read."""
    return (unicodedata.category(sign) in _KINDS and sign not in _READ) or sign in _NEVER


def readable(text: str) -> str:
    """A text with U+FFFD in the place of every sign that steers."""
    return "".join("\ufffd" if steers(sign) else sign for sign in text)
