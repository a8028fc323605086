"""No test reads or fills the user's own store; a test of the store names one of its own."""

import base64
import os
from pathlib import Path
from typing import BinaryIO

import pytest

os.environ["SALES_SIM_STORE"] = "off"

EMPTY = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    "png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    ),
}
"""Pictures of one point."""


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are made and not painted, which takes nine tenths of the time of a page: for tests of anything else."""
    from matplotlib.figure import Figure

    def saved(_: Figure, file: Path | BinaryIO, *, format: str, **__: object) -> None:
        if isinstance(file, Path):
            file.write_bytes(EMPTY[format])
        else:
            file.write(EMPTY[format])

    monkeypatch.setattr(Figure, "savefig", saved)
