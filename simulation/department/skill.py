"""Proficiency of one person in one activity, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log, log2

from simulation.expected.odds import MOST_RAISED, bounded, power
from simulation.scenario.people import Effects, Learning


class Skill:
    """Proficiency p = (start + (mastery - start)(1 - 2^(-n / half_life))) x talent after n repetitions.

    What p changes is kept ready to use: `pace` divides work time (availability included), `shift` is added to the
    log-odds of conversion, `sharp` to those of a right decision, `size` to the log deal size, `hold` divides the
    customers' hazard of leaving, `growth` multiplies an upsell's uplift. Whoever is not `able` (p = 0, the first months
    of an explicit ramp) takes none of that work.
    """

    __slots__ = (
        "_base",
        "_gap",
        "_keep",
        "_mastery",
        "_plain",
        "able",
        "availability",
        "effects",
        "growth",
        "hold",
        "learning",
        "learns",
        "pace",
        "proficiency",
        "sharp",
        "shift",
        "size",
        "talent",
    )

    def __init__(self, learning: Learning, talent: float, repetitions: float, availability: float) -> None:
        self.learning = learning
        self.effects = learning.effects
        self._plain = _only_speed(learning.effects)
        self.shift = self.sharp = self.size = 0.0
        self.hold = self.growth = 1.0
        self.availability = availability
        self.talent = talent
        self._mastery = learning.mastery
        self._base = self._keep = 2.0 ** (-1.0 / learning.half_life)
        self._gap = (learning.mastery - learning.start) * 2.0 ** (-repetitions / learning.half_life)
        self.learns = self._gap != 0.0
        self.set((self._mastery - self._gap) * talent)

    def practise(self) -> None:
        """One more repetition."""
        self._gap *= self._keep
        self.set((self._mastery - self._gap) * self.talent)

    def practise_often(self, repetitions: float) -> None:
        """Many repetitions at once (attempts)."""
        if self.learns:
            self._gap *= self._keep**repetitions
            self.set((self._mastery - self._gap) * self.talent)

    def slow_down(self, speed: float) -> None:
        """Learn at a share of the usual speed from now on: a repetition counts as so much of one."""
        self._keep = self._base if speed == 1.0 else self._base**speed

    @property
    def repetitions(self) -> float:
        """Repetitions that the curve has been climbed by."""
        whole = self._mastery - self.learning.start
        if whole == 0.0 or self._gap == 0.0:
            return 0.0 if whole == 0.0 else inf
        return -self.learning.half_life * log2(self._gap / whole)

    def set_availability(self, availability: float) -> None:
        """Take over a changed share of free time."""
        self.availability = availability
        self.set(self.proficiency)

    def set(self, proficiency: float) -> None:
        """Take over a proficiency and what follows from it."""
        self.proficiency = proficiency
        effects = self.effects
        self.able = proficiency > 0.0
        if not self.able:
            self.pace = 0.0
            return
        self.pace = self.availability * (proficiency if effects.speed == 1 else power(proficiency, effects.speed))
        if self._plain:
            return
        logarithm = log(proficiency)
        shift, sharp, size = effects.conversion * logarithm, effects.filter * logarithm, effects.deal_size * logarithm
        if (
            -MOST_RAISED < shift < MOST_RAISED
            and -MOST_RAISED < sharp < MOST_RAISED
            and -MOST_RAISED < size < MOST_RAISED
        ):
            self.shift, self.sharp, self.size = shift, sharp, size
        else:
            self.shift, self.sharp, self.size = bounded(shift), bounded(sharp), bounded(size, MOST_RAISED)
        if effects.retention:
            self.hold = power(proficiency, effects.retention)
        if effects.growth:
            self.growth = power(proficiency, effects.growth)


class Ramp(Skill):
    """Proficiency by months of tenure instead of repetitions: one value a month, the last one stays."""

    __slots__ = ("_by_month",)

    def __init__(self, learning: Learning, by_month: Sequence[float], talent: float, availability: float) -> None:
        super().__init__(learning, talent, 0.0, availability)
        self._by_month = by_month
        self.learns = False

    @property
    def steps(self) -> int:
        """Months after which nothing changes any more."""
        return len(self._by_month)

    def at_tenure(self, months: float) -> None:
        """Take over the proficiency of so many months in the job."""
        index = min(int(months + 1e-9), len(self._by_month) - 1)
        self.set(self._by_month[index] * self.talent)


def _only_speed(effects: Effects) -> bool:
    rest = (effects.conversion, effects.filter, effects.deal_size, effects.retention, effects.growth)
    return not any(rest)
