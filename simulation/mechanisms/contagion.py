"""Contagion: leaving is catching. Who went over the last three months, against those whom the turnover let expect.

Somebody's hazard is multiplied by (1 + strength x share of the colleagues who went) / (1 + strength x share expected).
Colleagues are the other positions of the department: one's own predecessor is none, so that one of few is not unsettled
by himself. Expected is the integral of the hazards as they are stated, of the very people who were there: their own
lengths of service, empty positions and roles' own turnover are in it. What went less what was expected is then nothing
on average, and so is what contagion adds, for a department of two as for one of a hundred: leavers bunch, and are not
more over the years. Where something else makes more people leave than stated, contagion adds to it.
"""

from __future__ import annotations

from collections import defaultdict, deque

from simulation.written.base import key
from simulation.written.readers import MONTH

STRONGEST = 100
"""Most by which a pressure may raise a hazard, times."""
CONTAGION = key(
    0,
    "Rise of the hazard per share of the colleagues who went in the last three months, against what the stated "
    "turnover lets expect of them: leavers bunch, and are not more over the years; 0 is off.",
    "direction: Sunder, Kumar, Goreczny, Maurer 2017; the size is judgement",
    le=STRONGEST,
)
"""The key of the turnover."""
MEMORY = 3 * MONTH
"""Hours over which colleagues' leaving is felt."""


class Contagion:
    """What is remembered, by position: in pieces from one look to the next, so that both sides cover the same time."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[float, dict[int, float], dict[int, float]]] = deque()  # since, went, expected
        self._begin(0.0)
        self.recall(0.0)

    def _begin(self, now: float) -> None:
        self._since = now
        self._going: dict[int, float] = defaultdict(float)
        self._due: dict[int, float] = defaultdict(float)

    def expect(self, seat: int, share: float) -> None:
        """So much of somebody was expected to go from a seat."""
        self._due[seat] += share

    def goes(self, seat: int) -> None:
        """Somebody goes from a seat."""
        self._going[seat] += 1.0

    def recall(self, now: float) -> None:
        """Close the piece of time that ends now, forget what is too long ago, and add up what is left."""
        pieces = self._pieces
        if now > self._since:
            pieces.append((self._since, self._going, self._due))
            self._begin(now)
        while pieces and pieces[0][0] < now - MEMORY:
            pieces.popleft()
        self._went: dict[int, float] = defaultdict(float)
        self._expected: dict[int, float] = defaultdict(float)
        for _, going, due in pieces:
            for seat, number in going.items():
                self._went[seat] += number
            for seat, number in due.items():
                self._expected[seat] += number
        self._all = sum(self._went.values()), sum(self._expected.values())

    def factor(self, seat: int, colleagues: int, strength: float) -> float:
        """Factor on the hazard of whoever sits in a seat, as of the last ``recall``.

        Args:
            seat: the position.
            colleagues: other positions that there were over the last three months.
            strength: rise of the hazard per share of the colleagues who went.
        """
        if colleagues <= 0:
            return 1.0
        went = max(0.0, self._all[0] - self._went.get(seat, 0.0))
        expected = max(0.0, self._all[1] - self._expected.get(seat, 0.0))
        return (1.0 + strength * went / colleagues) / (1.0 + strength * expected / colleagues)
