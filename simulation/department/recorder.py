"""The recorder: closes months while the year runs and builds the record at its end."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from simulation.department.customers import SALE_WIDTH
from simulation.department.record import (
    EXPECTED,
    CustomerColumns,
    LeadColumns,
    OrderColumns,
    Record,
    SaleColumns,
)
from simulation.department.staff import Staff
from simulation.department.steps import CARE, PROSPECT
from simulation.scenario.people import ACTIVITIES
from simulation.written.readers import WEEK

if TYPE_CHECKING:
    from simulation.department.crew import Crew
    from simulation.department.department import Department
    from simulation.department.jobs import Job
    from simulation.department.lead import Lead

Floats = NDArray[np.float64]


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
        self.overdue: list[tuple[float, int, int, int]] = []  # every week: time, role, activity, pieces past due

    def watching(self) -> Generator[float, None, None]:
        """Once a week look at what is past its due time."""
        while True:
            yield WEEK
            now = self._department.env.now
            self.overdue.extend((now, *row) for row in self.past_due(now))

    def past_due(self, now: float) -> list[tuple[int, int, int]]:
        """Work that waits past its due time: role, activity, number of pieces."""
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

        for person in department.all_workers:
            for duty, queue in enumerate(person.own):
                if queue and not person.settled:
                    count(person.crew, person.crew.due[duty], queue)
        for pod in department.blueprint.pods:
            for desk in pod.all_desks():
                crew, duty, _ = desk.readers[0]
                count(crew, crew.due[duty], desk.queue)
        return [(role, activity, number) for (role, activity), number in found.items()]

    def closing(self, edges: list[float]) -> Generator[float, None, None]:
        """Close each month at its end (the last one is closed after the run)."""
        env = self._department.env
        for edge in edges:
            yield edge - env.now
            self.close(edge)

    def close(self, edge: float) -> None:
        """Write down what has been done so far; work in hand counts up to this moment."""
        department = self._department
        busy = []
        places = department.roster.places
        busy = [list(place.busy) for place in places]
        for person in department.people:
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
        queues += [queue for person in department.all_workers for queue in person.own]
        activity_of = department.steps.activity
        for queue in queues:
            for job in queue:
                if job.deadline >= now and job.waiting:
                    counts[activity_of[job.step]] += 1
        counts[CARE] = 0.0
        return counts


def build_record(department: Department) -> Record:
    """The record of a finished run."""
    scenario, world = department.scenario, department.world
    warm = scenario.experiment.warm_up
    edges = world.month_edges
    months = department.months
    staff = Staff(department, edges)
    roles = tuple(department.structure.roles)
    return Record(
        structure=department.name,
        replication=world.replication,
        begin=edges[warm],
        end=edges[-1],
        month_edges=np.array(edges[warm:]),
        channels=tuple(scenario.market.channels),
        products=tuple(scenario.market.products),
        stages=tuple(stage.name for stage in scenario.market.stages),
        roles=roles,
        activities=ACTIVITIES,
        seat_role=np.array([place.role for place in department.roster.places], dtype=np.int64),
        seats=np.array([place.seat.number for place in department.roster.places], dtype=np.int64),
        leads=_leads(department),
        sales=_sales(department),
        customers=_customers(department),
        orders=_orders(department),
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
        activities_done=pieces_of_work(department),
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
        ramped=staff.sampled(2)[:, warm:],
        effective=staff.sampled(3)[:, warm:],
        expected=np.array([department.reviews.expected.get(n, [0.0] * len(EXPECTED)) for n in range(len(roles))]),
        head_load=staff.logged(department.leading.log, 1)[warm:],
        coached=staff.logged(department.leading.log, 2, nothing=1.0)[warm:],
        adoption=staff.logged(department.climate.log, 1, nothing=0.0)[warm:],
        crm_failed=department.climate.failed,
        events=department.log or [],
    )


def pieces_of_work(department: Department) -> int:
    """Pieces of work done: one for every job, and one for every stretch of attempts."""
    places = department.roster.places
    jobs = sum(sum(place.repetitions) - place.repetitions[PROSPECT] for place in places)
    return int(jobs) + sum(place.stretches for place in places)


def _by_place(cumulated: list[list[list[float]]], places: int, warm: int) -> Floats:
    """Monthly amounts, shape (places, activities, months), from cumulated ones by month; later places begin at zero."""
    table = np.zeros((len(cumulated), places, len(ACTIVITIES)))
    for month, rows in enumerate(cumulated):
        if rows:
            table[month, : len(rows)] = rows
    return np.diff(table, axis=0, prepend=0.0)[warm:].transpose(1, 2, 0).copy()


def _overdue(rows: list[tuple[float, int, int, int]], roles: int, edges: Sequence[float]) -> Floats:
    """Mean over each month's weekly looks of the pieces past their due time, shape (roles, activities, months)."""
    out = np.zeros((roles, len(ACTIVITIES), len(edges) - 1))
    looks = np.histogram(np.arange(WEEK, edges[-1], WEEK), edges)[0]
    for time, role, activity, pieces in rows:
        month = int(np.searchsorted(edges, time, side="right")) - 1
        out[role, activity, month] += pieces / looks[month]
    return out


def _overdue_end(rows: list[tuple[int, int, int]], roles: int) -> Floats:
    out = np.zeros((roles, len(ACTIVITIES)))
    for role, activity, pieces in rows:
        out[role, activity] = pieces
    return out


def _pad(table: Floats, rows: int) -> Floats:
    out = np.zeros((rows, table.shape[1]))
    out[: len(table)] = table
    return out


class Names(Sequence[str]):
    """Names of the leads, made when asked for: few readers want them."""

    def __init__(self, leads: list[Lead]) -> None:
        self._leads = leads

    def __len__(self) -> int:
        return len(self._leads)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [lead.case() for lead in self._leads[index]]
        return self._leads[index].case()


def _leads(department: Department) -> LeadColumns:
    leads = department.flow.leads

    def column(name: str, kind: type) -> NDArray[Any]:
        return np.fromiter(map(attrgetter(name), leads), kind, len(leads))

    size = column("size", float)
    unsold = np.flatnonzero(np.isnan(size)).tolist()
    size[unsold] = [leads[row].table.deal[leads[row].product][leads[row].i] for row in unsold]
    tables = department.all_tables
    for number, table in enumerate(tables):
        table.number = number
    of = column("table.number", np.int64)
    fits = any(table.fit is not None for table in tables)
    mixed = any(table.products is not None for table in tables)
    return LeadColumns(
        uid=Names(leads),
        channel=np.array([table.channel for table in tables], np.int64)[of],
        product=column("product", np.int64) if mixed else np.array([t.product for t in tables], np.int64)[of],
        arrived=column("arrived", float),
        initial=np.array([table.initial for table in tables], bool)[of],
        found=np.array([table.found for table in tables], bool)[of],
        fit=np.array([lead.table.fit is None or bool(lead.table.fit[lead.i]) for lead in leads], bool)
        if fits
        else np.ones(len(leads), bool),
        answered=column("answered", float),
        qualified=column("qualified", float),
        stage=np.maximum(column("step", np.int64) - 1, 0),
        state=column("state", np.int64),
        reason=column("reason", np.int64),
        closed=column("closed", float),
        size=size,
        hand_offs=column("hand_offs", np.int64),
    )


def _sales(department: Department) -> SaleColumns:
    sales = department.customers.sales
    table = np.fromiter(chain.from_iterable(sales), float, len(sales) * SALE_WIDTH).reshape(-1, SALE_WIDTH)
    time, kind, lead, customer, channel, product, seat, revenue, margin = table.T.copy()
    ints = np.int64
    return SaleColumns(
        time=time,
        kind=kind.astype(ints),
        lead=lead.astype(ints),
        customer=customer.astype(ints),
        channel=channel.astype(ints),
        product=product.astype(ints),
        seat=seat.astype(ints),
        revenue=revenue,
        margin=margin,
        paid=np.array(department.customers.paid, dtype=float),
    )


def _orders(department: Department) -> OrderColumns:
    table = np.array(department.customers.orders, dtype=float).reshape(-1, 5)
    placed, worked, billed, worth, customer = table.T.copy()
    return OrderColumns(placed, worked, billed, worth, customer.astype(np.int64))


def _customers(department: Department) -> CustomerColumns:
    customers = department.customers.customers
    order_size = department.customers.order_size
    end = department.world.end
    return CustomerColumns(
        uid=[customer.stock.uid(customer.i) for customer in customers],
        channel=np.array([customer.channel for customer in customers], dtype=np.int64),
        product=np.array([customer.product for customer in customers], dtype=np.int64),
        initial=np.array([customer.initial for customer in customers], dtype=bool),
        since=np.array([customer.since for customer in customers], dtype=float),
        until=np.array([customer.until for customer in customers], dtype=float),
        reason=[customer.reason for customer in customers],
        order_size=np.array([order_size(c, c.until if c.until == c.until else end) for c in customers], dtype=float),
    )
