"""Proficiency of one person in one activity, what it changes, and the skills that people begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, log, log2

from simulation.department.plan.people import BY_TENURE, NO_EFFECT, NOT_DONE, Curves
from simulation.mechanisms.ramp import at
from simulation.mechanisms.specialisation import Learning
from simulation.scenario.people import ACTIVITIES
from simulation.world.streams import Floats
from simulation.written.odds import MOST_RAISED, bounded, power


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
        self._plain = learning.effects.only_speed
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
        self.set(at(self._by_month, months) * self.talent)


def skills_of(
    curves: Curves,
    availability: float,
    role: int,
    talents: Floats,
    past: Mapping[str, float],
    kept: Sequence[Skill | None] | None = None,
) -> list[Skill | None]:
    """Skills of one person in a role, by activity; None where proficiency has no effect or the activity is not done.

    Args:
        curves: how things are learned under the scenario in force.
        availability: share of working time that is free for the activities.
        role: number of the role in the structure.
        talents: the person's talent, shape (activities,).
        past: repetitions made before, by activity.
        kept: skills from another role: what was learned there is kept, also for activities that the new role lacks.
    """
    row: list[Skill | None] = []
    for number, kind in enumerate(curves.kind[role].tolist()):
        talent = float(talents[number])
        before = None if kept is None else kept[number]
        if kind == NOT_DONE:
            row.append(before)
        elif kind == NO_EFFECT:
            row.append(None)
        elif kind == BY_TENURE:
            row.append(Ramp(curves.curve(role, number), curves.ramp(role, number), talent, availability))
        elif before is not None and before.learning == curves.curve(role, number) and not isinstance(before, Ramp):
            row.append(before)
        else:
            repetitions = past.get(ACTIVITIES[number], 0.0) if before is None else before.repetitions
            row.append(Skill(curves.curve(role, number), talent, repetitions, availability))
    return row


def at_tenure(skills: Sequence[Skill | None], months: float) -> bool:
    """Explicit ramps go by months of tenure; whether the person can do more kinds of work than before."""
    ramps = [skill for skill in skills if isinstance(skill, Ramp)]
    before = [skill.able for skill in ramps]
    for skill in ramps:
        skill.at_tenure(months)
    return any(skill.able and not able for skill, able in zip(ramps, before, strict=True))
