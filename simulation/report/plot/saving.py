"""A chart as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 200


def save(figure: Figure, path: Path | BinaryIO, kind: str) -> None:
    """Saves a chart as 'png' (200 dots an inch) or 'svg'; the same figure gives the same file.

    Letters of an SVG are outlines, so that it looks alike everywhere.

    Raises:
        OSError: the file cannot be written.
    """
    from matplotlib import rc_context

    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "sales"}):
        metadata = {"Date": None, "Creator": None} if kind == "svg" else None
        figure.savefig(path, format=kind, dpi=DPI, metadata=metadata)
