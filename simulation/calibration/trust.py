"""How far forecasts may be trusted: by what they missed, by rules without a model, and by what may be chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.scoring import LEVELS, crps, intervals

Floats = NDArray[np.float64]

NEAR, WIDE = 0.15, 0.35
"""Share by which the wins may be missed where the level, or the direction, is still worth something."""
LEAST_COVERED = 0.8
"""Share of the weeks that have to lie inside of the intervals of 90 %."""
BY_CHANCE = 0.05
"""Probability from which on a miss may well be chance."""
_PLAYED = 2_000  # times that what comes is drawn


def not_worse(ours: Floats, theirs: Floats, happened: Floats) -> bool:
    """Whether a rule's forecasts of the weeks are not better than ours beyond chance (Diebold and Mariano 1995).

    The mean difference of the weekly scores against its standard error.
    """
    ahead = crps(ours, happened) - crps(theirs, happened)
    error = float(ahead.std(ddof=1)) / np.sqrt(len(ahead)) if len(ahead) > 1 else 0.0
    return bool(ahead.mean() <= error)


def trusted(covered: float, better: Sequence[bool], missed: float, luck: tuple[float, float] = (0.0, 0.0)) -> str:
    """'level' where wins are missed by little, weeks covered, no rule better; 'direction' where less holds.

    Args:
        covered: share of the weeks inside of the intervals of 90 %.
        better: whether each rule is not better.
        missed: mean share by which the wins are missed.
        luck: how likely a true forecast lies so far off, and covers so few weeks (`by_luck`): what may well be chance
            is no reason not to trust.
    """
    if missed <= NEAR and covered >= LEAST_COVERED and all(better):
        return "level"
    near, held = missed <= WIDE or luck[0] > BY_CHANCE, covered >= LEAST_COVERED or luck[1] > BY_CHANCE
    return "direction" if near and (any(better) or held) else "neither"


def by_luck(forecasts: Sequence[tuple[Floats, Floats]], covered: float) -> tuple[float, float]:
    """Chance that forecasts which are true lie so far from the wins that came, and hold so few of the weeks.

    Each possible year of a forecast is taken for what came, those of different dates apart from one another (a test by
    simulation; Besag and Clifford 1989, Biometrika 76, 633-642). Far is the mean distance of the wins of all weeks from
    what was expected, in standard deviations.

    Args:
        forecasts: drawn wins by week, shape (years, weeks), and those that came, shape (weeks,), of each date.
        covered: share of the weeks inside of the intervals of 90 %.
    """
    rng = np.random.default_rng(len(forecasts))
    off, inside, seen = np.zeros(_PLAYED), np.zeros(_PLAYED), 0.0
    for wins, came in forecasts:
        drawn = wins.sum(axis=1)
        played = rng.integers(0, len(drawn), _PLAYED)
        far = np.abs(np.append(drawn[played], came.sum()) - drawn.mean()) / max(float(drawn.std()), 1e-9)
        low, high = intervals(wins, LEVELS[-1])
        off, seen = off + far[:-1], seen + float(far[-1])
        inside += ((low <= wins[played]) & (wins[played] <= high)).mean(axis=1) / len(forecasts)
    return float((off >= seen - 1e-9).mean()), float((inside <= covered + 1e-9).mean())
