"""A chart as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from warnings import catch_warnings, filterwarnings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 200


def save(figure: Figure, path: Path | BinaryIO, kind: str, dpi: int = DPI) -> None:
    """Saves a chart as 'png' (so many dots an inch) or 'svg'; the same figure gives the same file.

    Letters of an SVG are outlines, so that it looks alike everywhere. Letters that the font lacks (a title in Chinese)
    are boxes, and no word about each of them: tables and page have the title in full.

    Raises:
        OSError: the file cannot be written.
    """
    from matplotlib import rc_context

    with catch_warnings(), rc_context({"svg.fonttype": "path", "svg.hashsalt": "sales"}):
        filterwarnings("ignore", message="Glyph .* missing from")
        metadata = {"Date": None, "Creator": None} if kind == "svg" else None
        figure.savefig(path, format=kind, dpi=dpi, metadata=metadata)
