"""People as tables: seats of the first day, how things are learned, and who the n-th hire of each seat is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.department.plan.table import Flags, Floats, Ints, column, padded
from simulation.expected import practice
from simulation.mechanisms.specialisation import Effects, Learning
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import AS_ALL, known_terms
from simulation.scenario.structures import Role, Structure, recruiting_of
from simulation.world import World
from simulation.written.readers import MONTH

NOT_DONE, NO_EFFECT, LEARNED, BY_TENURE = range(4)
"""How an activity is learned in a role: it is none of the role's; nothing follows from proficiency; by repetitions; by
months of tenure."""


@dataclass(frozen=True)
class Curves:
    """How each role's activities are learned under one scenario: its own curve, or that of all.

    p = start + (mastery - start) (1 - 2^(-n / half_life)) after n repetitions, or one value a month of tenure.
    """

    kind: Ints = column("role activity", "0: not done, 1: without effect, 2: by repetitions, 3: by months of tenure")
    start: Floats = column("role activity", "proficiency of a beginner")
    mastery: Floats = column("role activity", "proficiency after very many repetitions")
    half_life: Floats = column("role activity", "repetitions until half of the way is made", "repetitions")
    speed: Floats = column("role activity", "work time is divided by p ** speed")
    conversion: Floats = column("role activity", "log-odds of conversion rise by this times ln p", "log-odds")
    deal_size: Floats = column("role activity", "log deal size rises by this times ln p")
    filter: Floats = column("role activity", "log-odds of a right decision rise by this times ln p", "log-odds")
    retention: Floats = column("role activity", "the hazard of leaving is divided by p ** retention")
    growth: Floats = column("role activity", "an upsell's uplift is multiplied by p ** growth")
    months: Ints = column("role activity", "months of an explicit ramp; 0: none", "months")
    by_month: Floats = column("role activity month", "proficiency in each month of tenure; NaN: beyond the ramp")

    @classmethod
    def of(cls, scenario: Scenario, roles: dict[str, Role]) -> Curves:
        """Those of a structure's roles."""
        curves = [
            [role.learning.get(a) or getattr(scenario.people.learning, a) for a in ACTIVITIES]
            for role in roles.values()
        ]
        ramps = [[role.ramp.get(a, ()) for a in ACTIVITIES] for role in roles.values()]
        kinds = [
            [_kind(scenario, role, a, curve) for a, curve in zip(ACTIVITIES, row, strict=True)]
            for role, row in zip(roles.values(), curves, strict=True)
        ]

        def each(name: str) -> Floats:
            return np.array([[float(getattr(curve, name)) for curve in row] for row in curves])

        def effect(name: str) -> Floats:
            return np.array([[float(getattr(curve.effects, name)) for curve in row] for row in curves])

        return cls(
            kind=np.array(kinds, np.int64),
            start=each("start"),
            mastery=each("mastery"),
            half_life=each("half_life"),
            **{name: effect(name) for name in Effects.model_fields},
            months=np.array([[len(ramp) for ramp in row] for row in ramps], np.int64),
            by_month=padded([[list(ramp) for ramp in row] for row in ramps], np.nan, float, axes=3),
        )

    def curve(self, role: int, activity: int) -> Learning:
        """One learning curve."""
        return self._made[role][activity]

    @cached_property
    def _made(self) -> list[list[Learning]]:
        effects = [getattr(self, name).tolist() for name in Effects.model_fields]
        curves = [self.start.tolist(), self.mastery.tolist(), self.half_life.tolist()]

        def curve(role: int, activity: int) -> Learning:
            start, mastery, half_life = (column[role][activity] for column in curves)
            changed = dict(zip(Effects.model_fields, (column[role][activity] for column in effects), strict=True))
            return Learning.model_construct(
                start=start, mastery=mastery, half_life=half_life, effects=Effects.model_construct(None, **changed)
            )

        return [[curve(role, activity) for activity in range(len(ACTIVITIES))] for role in range(len(self.kind))]

    def ramp(self, role: int, activity: int) -> tuple[float, ...]:
        """Proficiency by months of tenure."""
        return tuple(self.by_month[role, activity, : int(self.months[role, activity])].tolist())


def _kind(scenario: Scenario, role: Role, activity: str, curve: Learning) -> int:
    ramp = role.ramp.get(activity)  # type: ignore[call-overload]
    if not any(duty.activity == activity for duty in role.activities):
        return NOT_DONE
    if curve.changes_nothing and 0.0 not in (ramp or ()):
        return NO_EFFECT
    if ramp is not None:
        return BY_TENURE
    return NO_EFFECT if curve.start == curve.mastery == 1 and scenario.people.talent.sd == 0 else LEARNED


@dataclass(frozen=True)
class Hires:
    """Who the n-th hire of each seat is; hire 0 is there on the first day. Drawn hire by hire, for all structures.

    Absences are those of somebody who has always been there: row `first[s]` up to `first[s + 1]` are seat s's.
    """

    threshold: Floats = column("seat", "hazard at which the person gives notice")
    talent: Floats = column("seat activity", "talent, mean 1")
    first: Ints = column("edge", "first row of each seat's absences, and after the last one")
    begin: Floats = column("absence", "begin of an absence", "hours")
    end: Floats = column("absence", "its end", "hours")

    @classmethod
    def of(cls, world: World, hire: int, seats: int) -> Hires:
        """Those of the first seats."""
        crowd = world.crowd
        spells = [crowd.absences(seat, world.end, hire) for seat in range(seats)]
        rows = [spell for each in spells for spell in each]
        return cls(
            threshold=np.array([crowd.threshold(seat, hire) for seat in range(seats)]),
            talent=np.array([crowd.talent_of(seat, hire) for seat in range(seats)]).reshape(seats, len(ACTIVITIES)),
            first=np.cumsum([0, *map(len, spells)]),
            begin=np.array([begin for begin, _ in rows], float),
            end=np.array([end for _, end in rows], float),
        )


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
    monthly = _practised(scenario, source)
    return {activity: rate * months for activity, rate in monthly.get(role, {}).items()}


def _practised(scenario: Scenario, structure: str) -> dict[str, dict[str, float]]:
    """Repetitions a month by role and activity, worked out once for all replications."""
    key = (id(scenario), structure)
    known = _PRACTICE.get(key)
    if known is None:
        if len(_PRACTICE) > 64:
            _PRACTICE.clear()
        known = _PRACTICE[key] = scenario, practice(scenario, structure)
    return known[1]


_PRACTICE: dict[tuple[int, str], tuple[Scenario, dict[str, dict[str, float]]]] = {}
"""By scenario, which is kept so that its id stays its own."""

SUPPORT_LUCK = 1000
"""First number in the World of the seats of support roles: the same people in every structure."""


@dataclass(frozen=True)
class Seats:
    """Positions of the first day: working ones, those of support roles, and those kept above the headcount."""

    role: Ints = column("seat", "index of the role in the structure")
    luck: Ints = column("seat", "its number in the World")
    pod: Ints = column("seat", "its pod")
    spare: Flags = column("seat", "whether it is kept above the headcount")
    hired: Floats = column("seat", "when whoever is there was hired, 0 or before; NaN: nobody is there", "hours")
    talent: Floats = column("seat activity", "talent, mean 1; 1 in support roles")
    repetitions: Floats = column("seat activity", "made before the first day", "repetitions")

    @classmethod
    def of(cls, scenario: Scenario, name: str, world: World) -> Seats:
        """Those of a structure."""
        structure = scenario.structures[name]
        roles = list(structure.roles.values())
        begin = scenario.experiment.begin
        working = [n for n, role in enumerate(roles) if not role.support for _ in range(role.headcount)]
        support = [n for n, role in enumerate(roles) if role.support for _ in range(role.headcount)]
        above = [recruiting_of(scenario.people, role).spare if role.headcount else 0 for role in roles]
        spare = [n for n, more in enumerate(above) for _ in range(more)]
        known = len(working)
        if begin == "today":
            today = scenario.experiment.today or next(iter(scenario.structures))
            known = min(known, len(working_seats(scenario.structures[today])))
        role_of = [*working, *support, *spare]
        helps = [roles[n].support for n in role_of]
        luck = [SUPPORT_LUCK + sum(helps[:k]) if h else k - sum(helps[:k]) for k, h in enumerate(helps)]
        first_spare = len(working) + len(support)
        empty = [
            known <= k < len(working) or (k >= max(known, first_spare) and begin == "today")
            for k in range(len(role_of))
        ]
        known_of = [*known_terms(scenario, name), *known_terms(scenario, name, support=True), *[AS_ALL] * len(spare)]
        first = scenario.experiment.hour_zero
        empty = [nobody and terms.hired is None for nobody, terms in zip(empty, known_of, strict=True)]
        if luck and begin != "new" and not scenario.people.tenure.is_constant:
            world.crowd.tenure(max(luck) + 1)  # at one go
        hired = [
            np.nan
            if nobody
            else _hired(scenario, world, number)
            if terms.hired is None
            else 24.0 * (terms.hired - first).days
            for nobody, number, terms in zip(empty, luck, known_of, strict=True)
        ]
        talents = world.crowd.talent(len(helps) - sum(helps))
        talent = np.ones((len(role_of), len(ACTIVITIES)))
        past = np.zeros((len(role_of), len(ACTIVITIES)))
        names = list(structure.roles)
        for k, n in enumerate(role_of):
            if not helps[k]:
                talent[k] = talents[luck[k]]
                if not empty[k]:
                    made = repetitions_at_start(scenario, name, names[n], luck[k], -hired[k] / MONTH)
                    made |= known_of[k].repetitions
                    past[k] = [made.get(activity, 0.0) for activity in ACTIVITIES]
        return cls(
            role=np.array(role_of, np.int64),
            luck=np.array(luck, np.int64),
            pod=np.array([role_of[:k].count(n) % structure.pods for k, n in enumerate(role_of)], np.int64),
            spare=np.arange(len(role_of)) >= first_spare,
            hired=np.array(hired, float),
            talent=talent,
            repetitions=past,
        )


def _hired(scenario: Scenario, world: World, seat: int) -> float:
    """When somebody who is there on the first day was hired, hours."""
    people = scenario.people
    if scenario.experiment.begin == "new":
        return 0.0
    if people.tenure.is_constant:
        return -people.tenure.mean
    return -float(world.crowd.tenure(seat + 1)[seat])
