"""No test reads or fills the user's own store; a test of the store names one of its own."""

import base64
import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from simulation.floor.choice import FLOOR, chosen

os.environ["SALES_SIM_STORE"] = "off"
os.environ.setdefault("SALES_SIM_SEARCH", "none")  # a test of the search asks for it
os.environ.setdefault(FLOOR, chosen())  # of a floor that was asked for nothing is said

EMPTY = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    "png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    ),
}
"""Pictures of one point."""


@pytest.fixture
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts of a result are neither drawn nor painted, which takes most of a page's time: for tests of anything else.

    One that is marked `painted` gets them whole all the same. Findings are drawn, and pictured as one point.
    """
    if request.node.get_closest_marker("painted") is None:
        leave_out_painting(monkeypatch)


def leave_out_painting(patch: pytest.MonkeyPatch) -> None:
    """Pictures of one point instead of charts; those of a result are not drawn either."""
    from matplotlib.figure import Figure

    from simulation.report import files
    from simulation.report.plot import gallery

    def empty(*_: object, **__: object) -> Figure:
        return Figure()

    def saved(_: Figure, file: Path | BinaryIO, *, format: str, **__: object) -> None:
        if isinstance(file, Path):
            file.write_bytes(EMPTY[format])
        else:
            file.write(EMPTY[format])

    patch.setattr(Figure, "savefig", saved)
    for name, chart in gallery.CHARTS.items():
        patch.setitem(gallery.CHARTS, name, replace(chart, draw=empty))
    for name in ("profit", "break_evens", "staffing"):
        patch.setattr(files, name, empty)
