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
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are made and not painted, which takes most of the time of a page: for tests of anything else.

    One that is marked `painted` gets them whole all the same.
    """
    if request.node.get_closest_marker("painted") is None:
        leave_out_painting(monkeypatch)


def leave_out_painting(patch: pytest.MonkeyPatch) -> None:
    """Pictures of one point instead of charts."""
    from matplotlib.figure import Figure

    def saved(_: Figure, file: Path | BinaryIO, *, format: str, **__: object) -> None:
        if isinstance(file, Path):
            file.write_bytes(EMPTY[format])
        else:
            file.write(EMPTY[format])

    patch.setattr(Figure, "savefig", saved)
