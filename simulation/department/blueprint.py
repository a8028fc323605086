"""The blueprint: crews and desks of a department, as the tables of `plan.order_of_work` have them."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from simulation.department.office import Office
from simulation.department.plan.order_of_work import OrderOfWork
from simulation.department.plan.plan import Plan
from simulation.department.steps import PROSPECT
from simulation.department.work import Crew, Desk, Line, Reader, Rule
from simulation.scenario.scenario import Scenario
from simulation.scenario.shifts import in_shifts
from simulation.scenario.structures import Structure


class Pod:
    """One pod's tables: `desks[class][step]` is where new work of the class waits, None where nobody does it."""

    def __init__(self, number: int, crews: list[Crew]) -> None:
        self.number = number
        self.crews = crews
        self.all: list[Desk] = []  # the crews' own, and those that several read
        self.desks: list[list[Desk | None]] = []

    def all_desks(self) -> list[Desk]:
        """Every desk of the pod once."""
        return self.all


class Blueprint:
    """Crews, which the department fills with people, and desks."""

    def __init__(self, plan: Plan, structure: Structure, office: Office) -> None:
        self.steps = plan.steps
        self.channels = tuple(plan.scenario.market.channels)
        self.products = tuple(plan.scenario.market.products)
        self.plan = plan
        self._office = office
        self._in_shifts = in_shifts(structure)
        self.pods = [
            Pod(
                number,
                [
                    Crew(index, name, role, number, ())
                    for index, (name, role) in enumerate(structure.roles.items())
                    if not role.support
                ],
            )
            for number in range(structure.pods)
        ]
        self.draw(plan.scenario)

    def draw(self, scenario: Scenario) -> None:
        """Make all desks, or make them anew when the duties of a structure have changed; crews stay the same."""
        order = self.plan.under(scenario).order
        self.bands = order.bands
        self.classes = len(order.desks.at)  # number of classes
        for pod in self.pods:
            for crew in pod.crews:
                crew.role = scenario.structures[self.plan.structure].roles[crew.name]
            self._furnish(pod, order)

    def class_of(self, channel: int, product: int, size: float) -> int:
        """Class of a lead or customer."""
        band = bisect_right(self.bands, size) if self.bands else 0
        return (channel * len(self.products) + product) * (len(self.bands) + 1) + band

    def _furnish(self, pod: Pod, order: OrderOfWork) -> None:
        """Give a pod its desks, and its crews what they do."""
        duties, desks, levels = order.duties, order.desks, order.levels
        all_ = pod.all = [Desk(self._office) for _ in desks.assigned]
        pod.desks = [[None if desk < 0 else all_[desk] for desk in row] for row in desks.at.tolist()]
        for n, crew in enumerate(pod.crews):
            count = int(duties.count[n])
            crew.duties = order.parts[n]
            crew.personal, crew.assigned = bool(duties.personal[n]), bool(duties.assigned[n])
            crew.cover, crew.most_open = float(duties.cover[n]), float(duties.most_open[n])
            crew.due = duties.due[n, :count].tolist()
            crew.due_by_step = duties.due_by_step[n].tolist()
            crew.newest, crew.entries, crew.due_after_prospecting = (
                frozenset(np.flatnonzero(flags[n]).tolist())
                for flags in (duties.newest, duties.entry, duties.after_prospecting)
            )
            crew.duty_of = duties.does[n].tolist()
            crew.desks = [all_[desk] for desk in duties.desk[n, :count].tolist()]
            crew.prospects = {
                duty: np.flatnonzero(duties.prospects[n, duty]).tolist()
                for duty in np.flatnonzero(duties.activity[n] == PROSPECT).tolist()
            }
            hours = duties.protected_hours[n].tolist()
            crew.protected = [each for each in zip(duties.protected[n].tolist(), hours, strict=True) if each[0] >= 0]
            rows = zip(*(getattr(levels, name)[n].tolist() for name in LINE), strict=True)
            crew.lines = [
                Line(duty, guard, own, tuple(all_[desk] for desk in places if desk >= 0), Rule(most, after))
                for duty, guard, own, places, most, after in rows
                if duty >= 0
            ]
        for number, desk in enumerate(all_):
            desk.in_shifts = self._in_shifts
            desk.assigned, desk.newest = bool(desks.assigned[number]), bool(desks.newest[number])
            desk.calls = bool(desks.calls[number])
            rows = zip(*(getattr(desks, name)[number].tolist() for name in READER), strict=True)
            desk.readers = [
                Reader(pod.crews[crew], duty, None if most < 0 else Rule(most, after))
                for crew, duty, most, after in rows
                if crew >= 0
            ]


LINE = ("duty", "guard", "own", "desk", "helps_from", "helps_after")
READER = ("crew", "duty", "helps_from", "helps_after")
