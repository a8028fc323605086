"""A task that plays one year and gives it back again and again, so that what is left to measure is its way."""

from __future__ import annotations

from typing import Any

from simulation.analysis import executor

KEPT: list[Any] = []
"""Of this process: what the first task brought."""
PLAY = executor._task


def task(place: int, packed: bytes, names: tuple[str, ...], *rest: Any) -> tuple[int, Any]:
    """In place of ``executor._task``: the same arguments, a result of the same kind and size."""
    if not KEPT:
        KEPT.append(PLAY(place, packed, names, *rest)[1])
    executor._opened(packed)
    return place, KEPT[0]
