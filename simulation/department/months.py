"""Months that close: cumulated figures at the end of each, and weekly looks at what is past its due time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.blueprint import Blueprint
from simulation.department.customers import Customers
from simulation.department.leads import LeadFlow
from simulation.department.office import Office
from simulation.department.prospecting import OutboundChannel
from simulation.department.rules import Rules
from simulation.department.steps import CARE
from simulation.department.work import Crew, Job
from simulation.department.workforce import Workforce
from simulation.scenario.people import ACTIVITIES
from simulation.written.readers import WEEK


class PastDue(NamedTuple):
    """Pieces of work that wait past their due time, at a weekly look."""

    time: float
    role: int
    activity: int
    pieces: int


class Months:
    """Cumulated figures at the end of each month."""

    def __init__(
        self,
        rules: Rules,
        office: Office,
        blueprint: Blueprint,
        workforce: Workforce,
        outbound: Mapping[str, OutboundChannel],
        flow: LeadFlow,
        customers: Customers,
    ) -> None:
        self._rules = rules
        self._env = office.env
        self._office = office
        self._blueprint = blueprint
        self._steps = blueprint.steps
        self._workforce = workforce
        self._outbound = outbound
        self._flow = flow
        self._customers = customers
        self.busy: list[list[list[float]]] = []
        self.repetitions: list[list[list[float]]] = []
        self.waited: list[list[list[float]]] = []
        self.attempts: list[list[float]] = []
        self.qualified_by: list[list[float]] = []
        self.waiting: list[list[float]] = []
        self.customers_at: list[int] = []
        self.overdue: list[PastDue] = []  # every week

    def watching(self) -> ProcessGenerator:
        """Once a week look at what is past its due time."""
        while True:
            yield self._env.timeout(WEEK)
            self.overdue.extend(self.past_due(self._env.now))

    def past_due(self, now: float) -> list[PastDue]:
        """Work that waits past its due time."""
        finish = self._office.clock.finish
        found: dict[tuple[int, int], int] = {}

        def count(crew: Crew, hours: float, queue: deque[Job]) -> None:
            for job in queue:
                if job.ready + hours > now or finish(job.ready, hours) > now:
                    break  # the queue stands in the order of readiness
                if job.deadline >= now and job.waiting:
                    key = crew.number, self._steps.activity[job.step]
                    found[key] = found.get(key, 0) + 1

        for person in self._workforce.all_workers:
            for duty, queue in enumerate(person.own):
                if queue and not person.settled:
                    count(person.crew, person.crew.due[duty], queue)
        for pod in self._blueprint.pods:
            for desk in pod.all_desks():
                reader = desk.readers[0]
                count(reader.crew, reader.crew.due[reader.duty], desk.queue)
        return [PastDue(now, role, activity, pieces) for (role, activity), pieces in found.items()]

    def closing(self, edges: list[float]) -> ProcessGenerator:
        """Close each month at its end (the last one is closed after the run)."""
        env = self._env
        for edge in edges:
            yield env.timeout(edge - env.now)
            self.close(edge)

    def close(self, edge: float) -> None:
        """Write down what has been done so far; work in hand counts up to this moment."""
        self._close_floor(edge)
        self.attempts.append(
            [
                float(self._outbound[name].attempts) if name in self._outbound else 0.0
                for name in self._rules.scenario.market.channels
            ]
        )

    def _close_floor(self, edge: float) -> None:
        """The part of the figures that the floor has."""
        places = self._workforce.places
        busy = [list(place.busy) for place in places]
        for person in self._workforce.people:
            activity, rest = person.unfinished(edge)
            busy[person.place.number][activity] -= rest
        self.busy.append(busy)
        self.repetitions.append([list(place.repetitions) for place in places])
        self.waited.append([list(place.waited) for place in places])
        self.qualified_by.append(list(self._flow.qualified_by))
        self.waiting.append(self._waiting(edge))
        self.customers_at.append(self._customers.close_month(edge))

    def _waiting(self, now: float) -> list[float]:
        """Pieces of work that wait, by activity; neither those whose patience has ended nor what nobody asked for."""
        counts = [0.0] * len(ACTIVITIES)
        queues = [desk.queue for pod in self._blueprint.pods for desk in pod.all_desks()]
        queues += [queue for person in self._workforce.all_workers for queue in person.own]
        activity_of = self._steps.activity
        for queue in queues:
            for job in queue:
                if job.deadline >= now and job.waiting:
                    counts[activity_of[job.step]] += 1
        counts[CARE] = 0.0
        return counts
