"""What the record says of the staff: spells, searches, and people by role and month."""

from __future__ import annotations

from math import inf, isnan
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.department.presence import overlap
from simulation.department.record import StaffColumns, VacancyColumns
from simulation.department.steps import ACTIVITY
from simulation.scenario.people import ACTIVITIES

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.seats import Spell

Floats = NDArray[np.float64]
TRAIN = ACTIVITY["train"]


class Staff:
    """The staff of a finished run, by months between `edges` (hours)."""

    def __init__(self, department: Department, edges: list[float]) -> None:
        self._department = department
        self._roster = department.roster
        self._edges = edges
        self._roles = len(department.structure.roles)
        between = department.office.between
        self._full = np.array([between(a, b) for a, b in zip(edges, edges[1:], strict=False)])
        self.places = len(self._roster.places)

    def spells(self) -> StaffColumns:
        """One row per person and role."""
        spells = self._roster.spells
        ints = np.int64
        return StaffColumns(
            seat=np.array([s.employee.seat.number for s in spells], dtype=ints),
            hire=np.array([s.employee.hire for s in spells], dtype=ints),
            place=np.array([s.place.number for s in spells], dtype=ints),
            role=np.array([s.place.role for s in spells], dtype=ints),
            hired=np.array([s.employee.hired for s in spells], dtype=float),
            begin=np.array([s.begin for s in spells], dtype=float),
            end=np.array([s.end for s in spells], dtype=float),
            reason=np.array([s.reason for s in spells], dtype=ints),
            notice=np.array([s.notice for s in spells], dtype=float),
            trained=np.array([max(s.begin, s.employee.trained) for s in spells], dtype=float),
            proficient=np.array([s.proficient for s in spells], dtype=float),
            short=np.array([s.short for s in spells], dtype=float),
        )

    def vacancies(self) -> VacancyColumns:
        """One row per search."""
        searches = self._roster.searches
        return VacancyColumns(
            seat=np.array([s.seat.number for s in searches], dtype=np.int64),
            role=np.array([s.role for s in searches], dtype=np.int64),
            opened=np.array([s.opened for s in searches], dtype=float),
            searched=np.array([s.searched for s in searches], dtype=float),
            filled=np.array([s.filled for s in searches], dtype=float),
        )

    # --- hours ------------------------------------------------------------------------------------------------

    def present_hours(self) -> Floats:
        """Working hours present, shape (places, months): calendar less empty seats, absences and training."""
        out = np.zeros((self.places, len(self._full)))
        between = self._department.office.between
        end = self._edges[-1]
        for spell in self._roster.spells:
            row = out[spell.place.number]
            begin, until = max(spell.begin, spell.employee.trained), _end(spell)
            if begin <= 0.0 and until >= end:
                row += self._full
            else:
                self._add(row, begin, until, 1.0)
            for a, b in overlap(spell.employee.absences, begin, until):
                for month, low, high in self._months(a, b):
                    row[month] -= between(low, high)
        return out

    def training_hours(self) -> Floats:
        """Working hours in training, shape (places, activities, months)."""
        out = np.zeros((self.places, len(ACTIVITIES), len(self._full)))
        for spell in self._roster.spells:
            if spell.employee.trained > spell.begin:
                self._add(out[spell.place.number, TRAIN], spell.begin, min(spell.employee.trained, _end(spell)), 1.0)
        return out

    def _add(self, row: Floats, begin: float, end: float, sign: float) -> None:
        between = self._department.office.between
        for month, low, high in self._months(begin, end):
            row[month] += sign * between(low, high)

    def _months(self, begin: float, end: float) -> list[tuple[int, float, float]]:
        """The months that [begin, end) lies in, with its part in each."""
        edges = self._edges
        return [
            (month, max(begin, a), min(end, b))
            for month, (a, b) in enumerate(zip(edges, edges[1:], strict=False))
            if begin < min(b, end) and end > a
        ]

    # --- people -----------------------------------------------------------------------------------------------

    def positions(self) -> Floats:
        """Mean number of positions, shape (roles, months), without those kept above the headcount."""
        index = {name: n for n, name in enumerate(self._department.structure.roles)}
        spans = []
        for seat in self._roster.seats:
            if seat.spare:
                continue
            ends = [since for since, _ in seat.history[1:]] + [inf if isnan(seat.closed) else seat.closed]
            spans += [(index[role], since, end) for (since, role), end in zip(seat.history, ends, strict=True)]
        return self._mean(spans)

    def staffed(self) -> Floats:
        """Mean number of people employed, shape (roles, months)."""
        return self._mean([(spell.place.role, spell.begin, _end(spell)) for spell in self._roster.spells])

    def in_training(self) -> Floats:
        """Mean number of them in training, shape (roles, months)."""
        return self._mean(
            [
                (spell.place.role, spell.begin, min(spell.employee.trained, _end(spell)))
                for spell in self._roster.spells
                if spell.employee.trained > spell.begin
            ]
        )

    def _mean(self, spans: list[tuple[int, float, float]]) -> Floats:
        out = np.zeros((self._roles, len(self._full)))
        if not spans:
            return out
        role = np.array([span[0] for span in spans])
        edges = np.array(self._edges)
        begin = np.array([span[1] for span in spans])[:, None]
        end = np.array([span[2] for span in spans])[:, None]
        inside = np.maximum(np.minimum(end, edges[1:]) - np.maximum(begin, edges[:-1]), 0.0) / np.diff(edges)
        np.add.at(out, role, inside)
        return out

    # --- what is looked at every week ---------------------------------------------------------------------------

    def sampled(self, column: int) -> Floats:
        """Mean over a month's reviews of a column of `Reviews.sampled`, shape (roles, months)."""
        rows = np.array(self._department.reviews.sampled, dtype=float).reshape(-1, 4)
        out = np.zeros((self._roles, len(self._full)))
        for role in range(self._roles):
            mine = rows[rows[:, 1] == role]
            out[role] = self.logged([(row[0], row[column]) for row in mine], 1, nothing=0.0)
        return out

    def logged(self, log: object, column: int, nothing: float = np.nan) -> Floats:
        """Mean over each month of a column of (time, ...) rows; a month without rows has the last value before it."""
        rows = np.array(log, dtype=float)
        out = np.full(len(self._full), nothing)
        if len(rows) == 0:
            return out
        month = np.searchsorted(np.array(self._edges), rows[:, 0], side="right") - 1
        last = nothing
        for number in range(len(out)):
            inside = rows[(month == number) & ~np.isnan(rows[:, column]), column]
            if len(inside):
                out[number] = inside.mean()
                last = inside[-1]
            else:
                out[number] = last
        return out


def _end(spell: Spell) -> float:
    return inf if isnan(spell.end) else spell.end
