"""Explicit ramps: proficiency by month of tenure, where a role states it instead of learning by repetitions.

That a newcomer is slow because a beginner is emerges from the learning curves. Flattening them takes specialists'
repetitions away too, so it cannot be switched off by itself and is part of specialisation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import OF_PEOPLE, Neutral, key

Floats = NDArray[np.float64]

MECHANISM = Mechanism(
    "ramp",
    "ramp",
    ("department.skills.Ramp.at_tenure", "department.staffing.Staffing.begin"),
    "expected.proficiency.mastery",
    measures=("ramp_share", "ramp_months.<role>"),
)
RAMP = key(
    {},
    "Explicit ramp instead of learning by repetitions: proficiency by month of tenure, the last one stays; in "
    "months of 0 % a newcomer takes none of that work.",
    changes=OF_PEOPLE,
    neutral=Neutral("ramp", (1,)),
)
"""The key of a role, by activity."""


def at(ramp: Sequence[float], months: float) -> float:
    """Proficiency at a tenure, months."""
    return ramp[min(int(months + 1e-9), len(ramp) - 1)]


def at_each(ramp: Sequence[float], months: Floats) -> Floats:
    """Proficiency at each of many tenures, months."""
    return np.asarray(ramp)[np.minimum(months, len(ramp) - 1).astype(int)]


def mean(ramp: Sequence[float], begin: Floats, months: Floats) -> Floats:
    """Mean proficiency over so many months from each tenure on; the last one where it is no time at all."""
    whole = _climbed(np.asarray(ramp), begin + months) - _climbed(np.asarray(ramp), begin)
    return np.asarray(np.divide(whole, months, out=np.full(len(months), ramp[-1]), where=months > 0))


def of_those_who_can(ramp: Sequence[float], tenures: Floats) -> tuple[float, float]:
    """Mean proficiency of those who can do the work already, and their share; of the first who will where nobody can.

    Without anybody who can the share is one: somebody has to do the work.
    """
    levels = at_each(ramp, tenures)
    can = levels[levels > 0] if levels.any() else np.asarray([next(p for p in ramp if p > 0)])
    return float(can.mean()), len(can) / len(levels) if levels.any() else 1.0


def _climbed(steps: Floats, months: Floats) -> Floats:
    """Integral of a ramp by months of tenure, from the first day to a tenure."""
    before = np.concatenate([[0.0], np.cumsum(steps)])
    whole = np.clip(np.floor(months), 0, len(steps) - 1).astype(int)
    return np.asarray(before[whole] + (months - whole) * steps[whole])
