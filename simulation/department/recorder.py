"""The recorder: builds the record of a finished run."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isnan
from operator import attrgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.department.attrition import Sample
from simulation.department.department import Department
from simulation.department.employees import Spell
from simulation.department.hours import overlap
from simulation.department.months import PastDue
from simulation.department.office import Office
from simulation.department.record import (
    EXPECTED,
    Record,
    StaffColumns,
    VacancyColumns,
)
from simulation.department.steps import ACTIVITY
from simulation.scenario.people import ACTIVITIES
from simulation.written.readers import WEEK

Floats = NDArray[np.float64]
TRAIN = ACTIVITY["train"]


def build_record(department: Department) -> Record:
    """The record of a finished run."""
    scenario, world = department.rules.scenario, department.world
    warm = scenario.experiment.warm_up
    edges = world.month_edges
    months = department.months
    staff, columns = Staff(department, edges), department.columns
    samples = department.reviews.sampled

    def sampled(what: str) -> Floats:
        return staff.sampled(samples, what)

    roles = tuple(department.rules.structure.roles)
    return Record(
        structure=department.rules.name,
        replication=world.replication,
        begin=edges[warm],
        end=edges[-1],
        month_edges=np.array(edges[warm:]),
        channels=tuple(scenario.market.channels),
        products=tuple(scenario.market.products),
        stages=tuple(stage.name for stage in scenario.market.sale),
        roles=roles,
        activities=ACTIVITIES,
        seat_role=np.array([place.role for place in department.workforce.places], dtype=np.int64),
        seats=np.array([place.seat.number for place in department.workforce.places], dtype=np.int64),
        leads=columns.leads(),
        sales=columns.sales(),
        customers=columns.customers(),
        orders=columns.orders(),
        busy=_by_place(months.busy, staff.places, warm) + staff.training_hours()[:, :, warm:],
        repetitions=_by_place(months.repetitions, staff.places, warm),
        waited=_by_place(months.waited, staff.places, warm),
        present=staff.present_hours()[:, warm:],
        attempts=np.diff(np.array(months.attempts), axis=0, prepend=0.0)[warm:].T.copy(),
        waiting=np.array(months.waiting)[warm:].T.copy(),
        overdue=_overdue(months.overdue, len(roles), edges)[:, :, warm:],
        overdue_end=_overdue_end(months.past_due(edges[-1]), len(roles)),
        customers_at=np.array(months.customers_at, dtype=float)[warm:],
        qualified_by=_pad(np.diff(np.array(months.qualified_by), axis=0, prepend=0.0)[warm:].T, len(roles)),
        activities_done=columns.pieces_of_work(),
        distributor_exits=np.array(
            [
                exit_ if exit_ is not None and exit_ < edges[-1] else np.nan
                for exit_ in (department.distributor_exit(name) for name in scenario.market.channels)
            ]
        ),
        staff=staff.spells(),
        vacancies=staff.vacancies(),
        positions=staff.positions()[:, warm:],
        staffed=staff.staffed()[:, warm:],
        training=staff.in_training()[:, warm:],
        ramped=sampled("ramped")[:, warm:],
        effective=sampled("effective")[:, warm:],
        expected=np.array([department.reviews.expected.get(n, [0.0] * len(EXPECTED)) for n in range(len(roles))]),
        head_load=staff.logged(department.leading.log, "load")[warm:],
        coached=staff.logged(department.leading.log, "coached", nothing=1.0)[warm:],
        adoption=staff.logged(department.pace.log, "used", nothing=0.0)[warm:],
        crm_failed=department.pace.failed,
        events=columns.events(),
    )


def _by_place(cumulated: list[list[list[float]]], places: int, warm: int) -> Floats:
    """Monthly amounts, shape (places, activities, months), from cumulated ones by month; later places begin at zero."""
    table = np.zeros((len(cumulated), places, len(ACTIVITIES)))
    for month, rows in enumerate(cumulated):
        if len(rows):
            table[month, : len(rows)] = rows
    return np.diff(table, axis=0, prepend=0.0)[warm:].transpose(1, 2, 0).copy()


def _overdue(rows: list[PastDue], roles: int, edges: Sequence[float]) -> Floats:
    """Mean over each month's weekly looks of the pieces past their due time, shape (roles, activities, months)."""
    out = np.zeros((roles, len(ACTIVITIES), len(edges) - 1))
    if not rows:
        return out
    looks = np.histogram(np.arange(WEEK, edges[-1], WEEK), edges)[0]
    time, role, activity, pieces = zip(*rows, strict=True)
    month = np.searchsorted(edges, time, side="right") - 1
    np.add.at(out, (role, activity, month), np.array(pieces) / looks[month])
    return out


def _overdue_end(rows: list[PastDue], roles: int) -> Floats:
    out = np.zeros((roles, len(ACTIVITIES)))
    for row in rows:
        out[row.role, row.activity] = row.pieces
    return out


def _pad(table: Floats, rows: int) -> Floats:
    out = np.zeros((rows, table.shape[1]))
    out[: len(table)] = table
    return out


class _Timed(Protocol):
    """A row of a log."""

    @property
    def time(self) -> float:
        """Hours."""


class Staff:
    """The staff of a finished run, by months between `edges` (hours)."""

    def __init__(self, department: Department, edges: list[float]) -> None:
        self._department = department
        self._workforce = department.workforce
        self._edges = edges
        self._roles = len(department.rules.structure.roles)
        between = department.office.between
        self._full = np.array([between(a, b) for a, b in zip(edges, edges[1:], strict=False)])
        self.places = len(self._workforce.places)

    def spells(self) -> StaffColumns:
        """One row per person and role."""
        spells = self._workforce.spells
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
            named=np.array([s.terms.row for s in spells], dtype=ints),
            share=np.array([s.terms.share for s in spells], dtype=float),
        )

    def vacancies(self) -> VacancyColumns:
        """One row per search."""
        searches = self._workforce.searches
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
        end = self._edges[-1]
        for spell in self._workforce.spells:
            row, office = out[spell.place.number], spell.office
            begin, until = max(spell.begin, spell.employee.trained), _end(spell)
            if begin <= 0.0 and until >= end and office is self._department.office:
                row += self._full
            else:
                self._add(row, begin, until, office)
            for a, b in overlap(spell.employee.absences, begin, until):
                for month, low, high in self._months(a, b):
                    row[month] -= office.between(low, high)
        return out

    def training_hours(self) -> Floats:
        """Working hours in training, shape (places, activities, months)."""
        out = np.zeros((self.places, len(ACTIVITIES), len(self._full)))
        for spell in self._workforce.spells:
            if spell.employee.trained > spell.begin:
                until = min(spell.employee.trained, _end(spell))
                self._add(out[spell.place.number, TRAIN], spell.begin, until, spell.office)
        return out

    def _add(self, row: Floats, begin: float, end: float, office: Office) -> None:
        for month, low, high in self._months(begin, end):
            row[month] += office.between(low, high)

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
        index = {name: n for n, name in enumerate(self._department.rules.structure.roles)}
        spans = []
        for seat in self._workforce.seats:
            if seat.spare:
                continue
            ends = [since for since, _ in seat.history[1:]] + [inf if isnan(seat.closed) else seat.closed]
            spans += [(index[role], since, end) for (since, role), end in zip(seat.history, ends, strict=True)]
        return self._mean(spans)

    def staffed(self) -> Floats:
        """Mean number of people employed, shape (roles, months)."""
        return self._mean([(spell.place.role, spell.begin, _end(spell)) for spell in self._workforce.spells])

    def in_training(self) -> Floats:
        """Mean number of them in training, shape (roles, months)."""
        return self._mean(
            [
                (spell.place.role, spell.begin, min(spell.employee.trained, _end(spell)))
                for spell in self._workforce.spells
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

    def sampled(self, samples: Sequence[Sample], what: str) -> Floats:
        """Mean over a month's reviews of something that a `Sample` holds, shape (roles, months)."""
        rows: list[list[_Timed]] = [[] for _ in range(self._roles)]
        for sample in samples:
            rows[sample.role].append(sample)
        return np.array([self.logged(each, what, nothing=0.0) for each in rows]).reshape(self._roles, -1)

    def logged(self, log: Sequence[_Timed], what: str, nothing: float = np.nan) -> Floats:
        """Mean over each month of what rows with a time hold; a month without rows has the last value before it."""
        edges, months = self._edges, len(self._full)
        out, last, month = np.full(months, nothing), nothing, 0
        total, count = 0.0, 0
        for time, value in map(attrgetter("time", what), log):
            while month < months and time >= edges[month + 1]:
                out[month] = total / count if count else last
                month, total, count = month + 1, 0.0, 0
            if value == value:
                total, count, last = total + value, count + 1, value
        for rest in range(month, months if len(log) else month):
            out[rest] = total / count if count else last
            total, count = 0.0, 0
        return out


def _end(spell: Spell) -> float:
    return inf if isnan(spell.end) else spell.end
