"""The commented scenario that a newcomer starts from."""

from __future__ import annotations

from importlib.resources import files

from simulation.texts import Phrase, Verbatim, joined, lines, worded

COMMENT = "# @"
"""What stands in the file before the key of a comment."""


def starter_text() -> Phrase:
    """YAML of a small complete scenario with comments in any language; it loads as it is and fits about a screen."""
    text = files("simulation.intake").joinpath("starter.yaml").read_text("utf-8")
    return lines(_line(*each.partition(COMMENT)) for each in text.splitlines())


def _line(yaml: str, mark: str, key: str) -> str:
    return joined((Verbatim(f"{yaml}# "), worded(key)), "") if mark else yaml
