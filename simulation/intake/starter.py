"""The commented scenario that a newcomer starts from."""

from __future__ import annotations

import re
from importlib.resources import files

from simulation.texts import Phrase, Verbatim, joined, lines, worded

COMMENT = "# @"
"""What stands in the file before the key of a comment."""
WORD = re.compile(r"<([a-z-]+)>")
"""The key of a value that is a text."""


def starter_text() -> Phrase:
    """YAML of a small complete scenario in any language; it loads as it is and fits about a screen."""
    text = files("simulation.intake").joinpath("starter.yaml").read_text("utf-8")
    return lines(_line(*each.partition(COMMENT)) for each in text.splitlines())


def _line(yaml: str, mark: str, key: str) -> str:
    parts = [worded(part) if n % 2 else Verbatim(part) for n, part in enumerate(WORD.split(yaml))]
    return joined([*parts, Verbatim("# "), worded(key)] if mark else parts, "")
