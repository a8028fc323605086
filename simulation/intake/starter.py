"""The commented scenario that a newcomer starts from."""

from __future__ import annotations

from importlib.resources import files


def starter_text() -> str:
    """YAML of a small complete scenario with comments; it loads as it is and fits about a screen."""
    return files("simulation.intake").joinpath("starter.yaml").read_text("utf-8")
