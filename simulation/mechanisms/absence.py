"""Absence: vacations and sick spells. Who covers for whom emerges from ownership; a universal's clients wait."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.quantities import NonNegative, Positive
from simulation.written.readers import DAY, YEAR

Uniforms = Callable[[str, int], NDArray[np.float64]]
"""Luck by its name: as many uniform numbers as are asked for, the same at every call."""
Spells = list[tuple[float, float]]
"""Times away (from, to), hours."""

MECHANISM = Mechanism(
    "absence",
    "absence",
    (
        "world.people.Crowd.absences",
        "department.person.Person.lives_through",
        "department.person.Person.hand_to_colleagues",
    ),
    "mechanisms.absence.Absence.presence",
    measures=("utilisation",),
)
YEAR_DAYS = YEAR / DAY


class Absence(Block):
    """When people are away."""

    vacation_days: NonNegative = key(
        28,
        "Planned vacation, calendar days a year.",
        "Labour Code of Russia: 28 calendar days",
        neutral=Neutral("absence", 0),
    )
    vacation_part_days: Positive = key(14, "Length of one part of the vacation, calendar days.")
    sick_days: NonNegative = key(
        8, "Mean sick days a year, calendar days.", "judgement: 8-10 days", neutral=Neutral("absence", 0)
    )
    sick_spell_days: Positive = key(5, "Mean length of one sick spell, calendar days (exponential).")

    @property
    def presence(self) -> float:
        """Share of the working time at which a person is there, after vacation and sick days."""
        return (1 - min(self.vacation_days / YEAR_DAYS, 1.0)) * (1 - min(self.sick_days / YEAR_DAYS, 1.0))

    def drawn(self, end: float, luck: Uniforms) -> Spells:
        """Times away that begin before `end`, in the order in which they begin; they may overlap."""
        return sorted(self._vacation(end, luck) + self._sickness(end, luck))

    def _vacation(self, end: float, luck: Uniforms) -> Spells:
        """Each year is cut into as many windows as the vacation has parts; each part begins anywhere in its window."""
        if self.vacation_days == 0:
            return []
        parts = max(1, round(self.vacation_days / self.vacation_part_days))
        length = min(self.vacation_days / parts, YEAR_DAYS / parts)
        window = YEAR_DAYS / parts
        count = int(end / DAY / window) + 1
        begins = np.floor(np.arange(count) * window + luck("vacation", count) * (window - length))
        return [(b * DAY, (b + length) * DAY) for b in begins.tolist() if b * DAY < end]

    def _sickness(self, end: float, luck: Uniforms) -> Spells:
        """Alternating renewal: exponential time in health, exponential spell, so that the mean days a year come out."""
        if self.sick_days == 0:
            return []
        share = self.sick_days / YEAR_DAYS
        healthy = self.sick_spell_days * (1 - share) / share
        count = 8
        while True:
            gaps = (-np.log(luck("sick.gap", count)) * healthy).tolist()
            lengths = (-np.log(luck("sick.length", count)) * self.sick_spell_days).tolist()
            spells: Spells = []
            at = 0.0
            for gap, length in zip(gaps, lengths, strict=True):
                begin = at + gap
                if begin * DAY >= end:
                    return spells
                at = begin + length
                spells.append((begin * DAY, at * DAY))
            count *= 2


def from_then_on(spells: Spells, since: float) -> Spells:
    """Of spells in the order in which they begin those that do so at `since` or later, without overlap."""
    merged: Spells = []
    for begin, back in spells:
        if begin < since:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], back))
        else:
            merged.append((begin, back))
    return merged


COVER = key(0, "Efficiency of colleagues on an absent owner's work; 0: it waits.", changes=True)
"""The key of a role."""
