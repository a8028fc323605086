"""Finished runs that a program keeps for itself, where no file keeps them: whole comparisons share their years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulation.analysis.runs import Run

ROOM = 5_000
"""Runs that are kept; a run takes some 25 kB."""


class Memory:
    """A shelf (`analysis.runs.Shelf`) in memory; when it is full, it takes no more.

    Args:
        room: runs.

    Attributes:
        found: runs that were taken from it.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.found = 0
        self._room = room
        self._there: dict[tuple[str, int, int], Run] = {}

    def find(self, prints: Mapping[str, str], seed: int, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
        """What is there: by number and structure."""
        there: dict[int, dict[str, Run]] = {}
        for number in numbers:
            runs = {
                name: run for name, each in prints.items() if (run := self._there.get((each, seed, number))) is not None
            }
            if runs:
                there[number] = runs
                self.found += len(runs)
        return there

    def keep(self, prints: Mapping[str, str], seed: int, number: int, runs: Iterable[Run], title: str = "") -> None:
        """Takes what one replication brought; what is there already stays."""
        for run in runs:
            if len(self._there) < self._room:
                self._there.setdefault((prints[run.structure], seed, number), run)
