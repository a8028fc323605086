"""People's own hours: shifts of a role, named seats of a structure, and the terms of each position that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulation.scenario.office_hours import CalendarSpec, Day, Span, Week
from simulation.scenario.people import Activity
from simulation.written.base import FIRST_DAY, Block, key, required
from simulation.written.quantities import Amount, Count, NonNegative

if TYPE_CHECKING:
    from simulation.scenario.scenario import Scenario
    from simulation.scenario.structures import Role, Structure

FIXED = "fixed-week"


class Shift(Block):
    """A part of a role's positions that works hours of its own."""

    people: Count = required("Positions that work them: the next ones of the role.", ge=1, changes=FIXED)
    hours: Span | None = key(None, "Hours of the day; null: the role's.", changes=FIXED)
    week: Week | None = key(None, "Days of the week; null: the role's.", changes=FIXED)


class NamedSeat(Block):
    """A position of the first day that has a name, and what is known of who sits there.

    Whoever follows after somebody has left has the hours and the pay of the position, not what was practised.
    """

    name: str = required("Name in event logs, no other position's.", min_length=1, changes=FIXED)
    role: str = required("The role: rows of a role are its first positions, in their order.", changes=FIXED)
    hours: Span | None = key(None, "Hours of the day; null: those of the role or its shift.", changes=FIXED)
    week: Week | None = key(None, "Days of the week; null: those of the role or its shift.", changes=FIXED)
    base: Amount | None = key(
        None,
        "Base pay a month, which a raise of the role's does not reach; null: the role's, in proportion to the fullest "
        "week in the role.",
        changes=True,
    )
    hired: Day | None = key(
        None,
        "Date of hire, the first day at the latest, from which tenure follows; null: drawn from `people.tenure`.",
        changes=FIRST_DAY,
    )
    repetitions: dict[Activity, NonNegative] = key(
        {}, "Repetitions so far by activity; those not named follow from the tenure.", changes=FIRST_DAY
    )


@dataclass(frozen=True)
class Terms:
    """What holds for one position of a role.

    Attributes:
        name: given to it; '' where none is.
        calendar: its own working time; None: the office's, or the first hours of each day (`hours_per_week`).
        share: of the role's base pay and bonus, and of a head's hours for the others.
        base: base pay a month where it is stated, whatever the role's.
        row: of the structure's named positions; -1 where it has none.
        hired: date of hire of who sits there on the first day; None: drawn.
        repetitions: known ones so far, by activity.
    """

    name: str = ""
    calendar: CalendarSpec | None = None
    share: float = 1.0
    base: float | None = None
    row: int = -1
    hired: dt.date | None = None
    repetitions: Mapping[str, float] = field(default_factory=dict)

    def base_of(self, base: float) -> float:
        """Base pay a month where the role's is so much."""
        return base * self.share if self.base is None else self.base

    @property
    def known(self) -> bool:
        """Whether anything is known of who sits there on the first day."""
        return self.hired is not None or bool(self.repetitions)


AS_ALL = Terms()
"""A position in a role without hours of its own and without names."""


@dataclass(frozen=True)
class Positions:
    """The terms of a role's positions: of the first ones, and of any further one."""

    first: Sequence[Terms] = ()
    further: Terms = AS_ALL

    def of(self, ordinal: int) -> Terms:
        """Those of a position by its ordinal in the role, from 0."""
        return self.first[ordinal] if ordinal < len(self.first) else self.further

    def up_to(self, headcount: int) -> list[Terms]:
        """Those of so many positions."""
        return [self.of(n) for n in range(headcount)]

    @property
    def alike(self) -> bool:
        """Whether nothing differs from what the role says."""
        return not self.first and self.further is AS_ALL


_PLAIN = Positions()


def positions(calendar: CalendarSpec, structure: Structure, name: str) -> Positions:
    """The terms of the positions of a role.

    Its named rows come first, then further positions of its shifts. Base pay is stated for the fullest week in the
    role; whoever works fewer hours is paid in proportion, unless the row says what.
    """
    role = structure.roles[name]
    rows = [row for row in structure.staff if row.role == name]
    if not rows and not has_own_hours(role):
        return _PLAIN
    shifts = [shift for shift in role.shifts for _ in range(shift.people)]
    found: list[tuple[NamedSeat | None, CalendarSpec | None]] = []
    for n in range(max(len(rows), len(shifts), role.headcount)):
        row, shift = (rows[n] if n < len(rows) else None), (shifts[n] if n < len(shifts) else None)
        layers = [layer for layer in (row, shift, role) if layer is not None]
        hours = next((layer.hours for layer in layers if layer.hours is not None), None)
        week = next((layer.week for layer in layers if layer.week is not None), None)
        found.append((row, _own(calendar, hours, week)))
    further = _own(calendar, role.hours, role.week)
    full = max((_week(calendar, own) for _, own in found), default=_week(calendar, further))
    return Positions(
        tuple(
            Terms(
                name=row.name if row else "",
                calendar=own,
                share=_week(calendar, own) / full,
                base=row.base if row else None,
                row=structure.staff.index(row) if row else -1,
                hired=row.hired if row else None,
                repetitions={activity: made for activity, made in row.repetitions.items()} if row else {},
            )
            for row, own in found
        ),
        Terms(calendar=further, share=min(1.0, _week(calendar, further) / full)),
    )


def known_terms(scenario: Scenario, name: str, support: bool = False) -> list[Terms]:
    """What holds for each position of a structure that works on leads and customers (or of the support roles).

    Whoever comes from today's structure brings the date of hire and the repetitions that are known there.
    """

    def of(structure: str) -> list[Terms]:
        spec = scenario.structures[structure]
        return [
            terms
            for role, each in spec.roles.items()
            if each.support == support
            for terms in positions(scenario.calendar, spec, role).up_to(each.headcount)
        ]

    found, experiment = of(name), scenario.experiment
    if experiment.begin == "today" and not support:
        today = of(experiment.today or next(iter(scenario.structures)))
        found[: len(today)] = [
            own if own.known or not before.known else replace(own, hired=before.hired, repetitions=before.repetitions)
            for own, before in zip(found, today, strict=False)
        ]
    return found


def has_own_hours(role: Role) -> bool:
    """Whether a role's positions work other hours than the office."""
    return role.hours is not None or role.week is not None or bool(role.shifts)


def in_shifts(structure: Structure) -> bool:
    """Whether any of a structure's positions work other hours than the office."""
    return any(row.hours is not None or row.week is not None for row in structure.staff) or any(
        has_own_hours(role) for role in structure.roles.values()
    )


def _own(calendar: CalendarSpec, hours: str | None, week: Week | None) -> CalendarSpec | None:
    """None where what is written is the office's time: whoever works it opens the doors with all others."""
    own = calendar.own(hours, week)
    return None if own == calendar else own


def _week(calendar: CalendarSpec, own: CalendarSpec | None) -> float:
    return (calendar if own is None else own).hours_per_week
