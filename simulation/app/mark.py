"""Where the answer flips, as the page needs it: plain values and phrases."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.texts import Phrase


@dataclass(frozen=True)
class Mark:
    """An input, and the value from which on the other structure is ahead.

    Attributes:
        path: of the input, or the name of a dial.
        title: of it.
        now: its value, in the unit used inside.
        low, high: ends of its range.
        at: where the answer flips; None where it does not between the ends.
        best, rival: titles of who is ahead now, and behind the flip.
    """

    path: str
    title: Phrase
    now: float
    low: float
    high: float
    at: float | None
    best: str
    rival: str
