"""Proficiency of one person in one activity, what it changes, and the skills that people begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, log, log2

from simulation.expected import practice, practised, steady
from simulation.mechanisms.ramp import at
from simulation.mechanisms.specialisation import Learning
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.structures import Role, Structure
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


def working_seats(structure: Structure) -> list[tuple[str, Role]]:
    """Role of each working seat, in the order of the structure."""
    return [(name, role) for name, role in structure.roles.items() if not role.support for _ in range(role.headcount)]


def repetitions_at_start(scenario: Scenario, structure: str, role: str, seat: int, months: float) -> dict[str, float]:
    """Repetitions that somebody who is there on the first day has made, by activity.

    `mature`: over its tenure in the work of its present role; `today`: in the role that the same seat has in the
    structure people come from; `new`: none.

    Args:
        scenario: the scenario that the run begins with.
        structure: the structure.
        role: the person's role in it.
        seat: number of the seat among the working ones.
        months: tenure.
    """
    begin = scenario.experiment.begin
    if begin == "new":
        return {}
    source = structure
    if begin == "today":
        source = scenario.experiment.today or next(iter(scenario.structures))
        before = working_seats(scenario.structures[source])
        role = before[seat][0] if seat < len(before) else ""
    monthly = practice(scenario, source)
    return {activity: rate * months for activity, rate in monthly.get(role, {}).items()}


def skills_of(
    scenario: Scenario,
    role: Role,
    talents: Floats,
    past: Mapping[str, float],
    kept: Sequence[Skill | None] | None = None,
) -> list[Skill | None]:
    """Skills of one person in a role, by activity; None where proficiency has no effect or the activity is not done.

    Args:
        scenario: the scenario in force.
        role: the role.
        talents: the person's talent, shape (activities,).
        past: repetitions made before, by activity.
        kept: skills from another role: what was learned there is kept, also for activities that the new role lacks.
    """
    people = scenario.people
    done = {duty.activity for duty in role.activities}
    row: list[Skill | None] = []
    for number, activity in enumerate(ACTIVITIES):
        learning: Learning = role.learning.get(activity) or getattr(people.learning, activity)
        talent = float(talents[number])
        before = None if kept is None else kept[number]
        if activity not in done:
            row.append(before)
        elif learning.changes_nothing and 0.0 not in role.ramp.get(activity, ()):
            row.append(None)
        elif activity in role.ramp:
            row.append(Ramp(learning, role.ramp[activity], talent, people.availability))
        elif learning.start == learning.mastery == 1 and people.talent.sd == 0:
            row.append(None)
        elif before is not None and before.learning == learning and not isinstance(before, Ramp):
            row.append(before)
        else:
            repetitions = past.get(activity, 0.0) if before is None else before.repetitions
            row.append(Skill(learning, talent, repetitions, people.availability))
    return row


def standards_of(scenario: Scenario, structure: str, role: str) -> dict[str, tuple[float, float]]:
    """Share of a working role's hours and the practised colleague's proficiency, by activity; the shares add to one.

    A role without work in the closed form (nobody sits in it yet) shares its time equally among its activities.
    """
    plan = steady(scenario, structure)
    levels = practised(scenario, structure, plan)[role]
    hours = {name: plan.roles[role].hours.get(name, 0.0) for name in levels}
    if not any(hours.values()):
        hours = dict.fromkeys(levels, 1.0)
    total = sum(hours.values())
    return {activity: (value / total, levels[activity]) for activity, value in hours.items() if value > 0}
