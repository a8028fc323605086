"""The picture of the same years: a dot for each possible year, at the difference of two structures in it.

Letters stand beside the drawing as text of the page, so that they are as large on a phone as elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.app.look import Look
from simulation.texts import Amount, Texts

WIDE, HIGH = 640, 150
RADIUS = 5.0
FLOOR = HIGH - 12
BINS = 52


@dataclass(frozen=True)
class Dot:
    """A year in the drawing: its place, and whether the other structure did better in it ('other'), or worse."""

    x: float
    y: float
    r: float
    side: str


@dataclass(frozen=True)
class Strip:
    """The years of one structure against the baseline.

    Attributes:
        other, baseline: titles of the two.
        dots: one for each year.
        zero: where both earn the same.
        mean: where the mean difference is.
        better, worse: years in which the other one did better, and worse.
        winner: 'other', 'base' or '' while it is open.
        low, high: ends of the drawing, in words.
    """

    other: str
    baseline: str
    dots: tuple[Dot, ...]
    zero: float
    mean: float
    better: int
    worse: int
    winner: str
    low: str
    high: str


def strips(look: Look, t: Texts) -> list[Strip]:
    """The drawing of a look: a strip for each structure besides the baseline."""
    if look.baseline not in look.values or len(look.values) < 2:
        return []
    base = look.values[look.baseline]
    found = []
    for name, values in look.values.items():
        if name == look.baseline:
            continue
        less = [a - b for a, b in zip(values, base, strict=True) if math.isfinite(a - b)]
        winner = ""
        if look.told and look.best in (name, look.baseline):
            winner = "other" if look.best == name else "base"
        found.append(_strip(less, t.title(look.titles[name]), t.title(look.titles[look.baseline]), winner, look, t))
    return found


def _strip(less: Sequence[float], other: str, baseline: str, winner: str, look: Look, t: Texts) -> Strip:
    low, high = min([0.0, *less]), max([0.0, *less])
    end = _nice(max(-low, high)) or 1.0
    low, high = -end, end

    def place(value: float) -> float:
        return RADIUS * 2 + (value - low) / (high - low) * (WIDE - 4 * RADIUS)

    stacks: dict[int, int] = {}
    tallest = max(_heights(less, low, high).values(), default=1)
    step = min(2 * RADIUS + 1, (FLOOR - 10) / max(tallest, 1))
    radius = min(RADIUS, max(step / 2, 1.5))
    dots = []
    for value in less:
        column = _column(value, low, high)
        stack = stacks.get(column, 0)
        stacks[column] = stack + 1
        x = place(low + (column + 0.5) / BINS * (high - low))
        dots.append(Dot(round(x, 1), round(FLOOR - 3 - radius - stack * step, 1), round(radius, 1), _side(value)))
    mean = sum(less) / len(less) if less else 0.0
    said = (t.written(Amount(each, look.unit, look.currency)) for each in (end, end))
    return Strip(
        other,
        baseline,
        tuple(dots),
        place(0.0),
        place(mean),
        sum(each > 0 for each in less),
        sum(each < 0 for each in less),
        winner,
        *said,
    )


def _side(value: float) -> str:
    return "other" if value > 0 else "base" if value < 0 else "same"


def _column(value: float, low: float, high: float) -> int:
    return min(BINS - 1, max(0, int((value - low) / (high - low) * BINS)))


def _heights(values: Sequence[float], low: float, high: float) -> dict[int, int]:
    found: dict[int, int] = {}
    for value in values:
        column = _column(value, low, high)
        found[column] = found.get(column, 0) + 1
    return found


def _nice(value: float) -> float:
    """The next larger one of 1, 1.5, 2, 3, 5, 7.5 and ten times some power of ten, so that the scale jumps seldom."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * each for each in (1, 1.5, 2, 3, 5, 7.5, 10) if power * each >= value)
