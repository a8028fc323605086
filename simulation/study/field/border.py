"""The border on a map: where along a line of cells one structure gets ahead of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.study.points import Point, crossing


@dataclass(frozen=True)
class Crossing:
    """A change of who is ahead between two neighbouring cells of a line.

    Attributes:
        before, after: who is ahead by the means on either side, told apart or not.
        at: where their means are equal, by straight interpolation.
        low, high: the nearest cells on either side in which the winner is told apart (`before` on the low side,
            `after` on the high side): as far as the cells can tell, the border lies between them. None where there is
            no such cell.
    """

    before: str
    after: str
    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Border:
    """All changes of who is ahead along the lines of one direction.

    Attributes:
        along: the variable that changes along a line, 'x' or 'y'; the other one tells the lines apart.
        lines: crossings by line, the lines in ascending order.
    """

    along: Literal["x", "y"]
    lines: tuple[tuple[Crossing, ...], ...]

    @property
    def crossed(self) -> int:
        """Lines along which the leader changes."""
        return sum(bool(line) for line in self.lines)


def border(along: Literal["x", "y"], lines: Sequence[Sequence[Point]]) -> Border:
    """The border along lines of cells, each in ascending order of the variable that changes along it."""
    return Border(along, tuple(_crossings(line, 0 if along == "x" else 1) for line in lines))


def _crossings(line: Sequence[Point], place: int) -> tuple[Crossing, ...]:
    found = []
    for n, (here, there) in enumerate(zip(line, line[1:], strict=False)):
        one, two = here.contest, there.contest
        if not one.best or not two.best or one.best == two.best:
            continue
        before, after = one.best, two.best
        gaps = [each.means[before].mean - each.means[after].mean for each in (one, two)]
        at = crossing((here.values[place], there.values[place]), (gaps[0], gaps[1]))
        if at is None:
            continue
        low = next((each.values[place] for each in reversed(line[: n + 1]) if each.contest.winner == before), None)
        high = next((each.values[place] for each in line[n + 1 :] if each.contest.winner == after), None)
        found.append(Crossing(before, after, at, low, high))
    return tuple(found)
