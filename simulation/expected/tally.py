"""What some leads or customers bring a month, as one flat table, so that tallies can be scaled and added."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Key = tuple[Any, ...]
"""Name of a flow, then what it is told apart by: ('hours', role, activity), ('deals', channel), ..."""


class Tally(defaultdict[Key, float]):
    """Flows a month by name; missing ones are zero. Linear in the rate of what comes in."""

    def __init__(self) -> None:
        super().__init__(float)

    def add(self, other: Tally, factor: float = 1.0) -> None:
        """Add another tally, so many times."""
        for key, value in other.items():
            self[key] += factor * value

    def work(self, role: str, activity: str, pieces: float, hours: float) -> None:
        """Count pieces of work of a role, and the effective hours that they take together."""
        self[("pieces", role, activity)] += pieces
        self[("hours", role, activity)] += hours

    def of(self, name: str, *where: str) -> float:
        """One flow."""
        return self.get((name, *where), 0.0)

    def sum(self, name: str) -> float:
        """A flow over everything that it is told apart by."""
        return sum(value for key, value in self.items() if key[0] == name)
