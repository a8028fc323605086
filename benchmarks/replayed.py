"""A task that plays one year and gives it back again and again, so that what is left to measure is its way."""

from __future__ import annotations

import time
from typing import Any

from simulation.analysis import executor

KEPT: list[Any] = []
"""Of this process: what the first task brought."""
PLAY = executor._task


def task(bundle: Any, how: Any) -> Any:
    """In place of ``executor._task``: the same arguments, a result of the same kind and size."""
    began = time.perf_counter()
    if not KEPT:
        KEPT.append(PLAY(bundle, how).outcomes[0][1])
    for packed in bundle.scenarios:
        executor._opened(packed)
    runs = sum(len(names) for _, _, names, _ in bundle.jobs)
    took = time.perf_counter() - began
    return executor._Done([(place, KEPT[0]) for place, *_ in bundle.jobs], runs, took)
