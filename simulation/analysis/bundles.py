"""Jobs in bundles, as long as a worker should be busy: handing over a year of a few milliseconds costs as much as it.

A bundle is lost as a whole when the program is killed, so that it stays short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

SECONDS = 0.2
"""What a bundle should take. Handing one over takes a millisecond or two."""
_LEAST = 1e-6
"""Seconds that a run takes at least."""
_ROUNDS = 2
"""Bundles that each worker should still get of what is left: else one would work on while the others have nothing."""


class Bundles:
    """Bundles of jobs that stand in a row; each is made when it is asked for, by how long earlier ones took.

    The first hold one job each: nobody knows yet how long one takes.

    Args:
        runs: of each job (a structure in a year).
        workers: how many share them.
        seconds: that a bundle should take.
    """

    def __init__(self, runs: Sequence[int], workers: int, seconds: float = SECONDS) -> None:
        self._runs = runs
        self._workers = workers
        self._seconds = seconds
        self._each: float | None = None
        self._lock = Lock()

    def took(self, runs: int, seconds: float) -> None:
        """Takes notice of how long a bundle of so many runs took; what is long ago counts for little."""
        each = seconds / max(runs, 1)
        with self._lock:
            # the first of a worker opens the scenario and works out what all its years share
            self._each = each if self._each is None else min(each, (self._each + each) / 2)

    def __iter__(self) -> Iterator[range]:
        """Places in the row, bundle by bundle. May be taken from by other threads than the one that calls `took`."""
        at, count = 0, len(self._runs)
        while at < count:
            with self._lock:
                room = 0.0 if self._each is None else self._seconds / max(self._each, _LEAST)
            end, most = at + 1, at + max(1, (count - at) // (_ROUNDS * self._workers))
            runs = self._runs[at]
            while end < most and runs + self._runs[end] <= room:
                runs += self._runs[end]
                end += 1
            yield range(at, end)
            at = end
