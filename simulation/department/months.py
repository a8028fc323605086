"""Months that close: cumulated figures at the end of each, and weekly looks at what is past its due time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from simpy.events import ProcessGenerator

from simulation.department.steps import CARE
from simulation.scenario.people import ACTIVITIES
from simulation.scenario.readers import WEEK

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.work import Crew, Job


class PastDue(NamedTuple):
    """Pieces of work that wait past their due time, at a weekly look."""

    time: float
    role: int
    activity: int
    pieces: int


class Months:
    """Cumulated figures at the end of each month."""

    def __init__(self, department: Department) -> None:
        self._department = department
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
            yield self._department.env.timeout(WEEK)
            self.overdue.extend(self.past_due(self._department.env.now))

    def past_due(self, now: float) -> list[PastDue]:
        """Work that waits past its due time."""
        department = self._department
        finish = department.office.clock.finish
        found: dict[tuple[int, int], int] = {}

        def count(crew: Crew, hours: float, queue: deque[Job]) -> None:
            for job in queue:
                if job.ready + hours > now or finish(job.ready, hours) > now:
                    break  # the queue stands in the order of readiness
                if job.deadline >= now and job.waiting:
                    key = crew.number, department.steps.activity[job.step]
                    found[key] = found.get(key, 0) + 1

        for person in department.workforce.all_workers:
            for duty, queue in enumerate(person.own):
                if queue and not person.settled:
                    count(person.crew, person.crew.due[duty], queue)
        for pod in department.blueprint.pods:
            for desk in pod.all_desks():
                reader = desk.readers[0]
                count(reader.crew, reader.crew.due[reader.duty], desk.queue)
        return [PastDue(now, role, activity, pieces) for (role, activity), pieces in found.items()]

    def closing(self, edges: list[float]) -> ProcessGenerator:
        """Close each month at its end (the last one is closed after the run)."""
        env = self._department.env
        for edge in edges:
            yield env.timeout(edge - env.now)
            self.close(edge)

    def close(self, edge: float) -> None:
        """Write down what has been done so far; work in hand counts up to this moment."""
        department = self._department
        busy = []
        places = department.workforce.places
        busy = [list(place.busy) for place in places]
        for person in department.workforce.people:
            activity, rest = person.unfinished(edge)
            busy[person.place.number][activity] -= rest
        self.busy.append(busy)
        self.repetitions.append([list(place.repetitions) for place in places])
        self.waited.append([list(place.waited) for place in places])
        self.attempts.append(
            [
                float(department.outbound[name].attempts) if name in department.outbound else 0.0
                for name in department.scenario.market.channels
            ]
        )
        self.qualified_by.append(list(department.flow.qualified_by))
        self.waiting.append(self._waiting(edge))
        self.customers_at.append(department.customers.close_month(edge))

    def _waiting(self, now: float) -> list[float]:
        """Pieces of work that wait, by activity; neither those whose patience has ended nor what nobody asked for."""
        department = self._department
        counts = [0.0] * len(ACTIVITIES)
        queues = [desk.queue for pod in department.blueprint.pods for desk in pod.all_desks()]
        queues += [queue for person in department.workforce.all_workers for queue in person.own]
        activity_of = department.steps.activity
        for queue in queues:
            for job in queue:
                if job.deadline >= now and job.waiting:
                    counts[activity_of[job.step]] += 1
        counts[CARE] = 0.0
        return counts
