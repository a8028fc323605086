"""The recorder: closes months while the year runs and builds the record at its end."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from simulation.department.customers import SALE_WIDTH
from simulation.department.record import CustomerColumns, LeadColumns, Record, SaleColumns
from simulation.department.steps import PROSPECT
from simulation.scenario.people import ACTIVITIES

if TYPE_CHECKING:
    from simulation.department.department import Department
    from simulation.department.leads import Lead

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
        for person in department.people:
            hours = list(person.busy)
            activity, rest = person.unfinished(edge)
            hours[activity] -= rest
            busy.append(hours)
        self.busy.append(busy)
        self.repetitions.append([list(person.repetitions) for person in department.people])
        self.waited.append([list(person.waited) for person in department.people])
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
        """Pieces of work that wait, by activity; those whose patience has ended are not counted."""
        department = self._department
        counts = [0.0] * len(ACTIVITIES)
        desks = {
            id(desk): desk
            for pod in department.blueprint.pods
            for desk in [
                *(desk for crew in pod.crews for desk in crew.desks),
                *(desk for row in pod.desks for desk in row if desk is not None),
            ]
        }
        queues = [desk.queue for desk in desks.values()]
        queues += [queue for person in department.people for queue in person.own]
        activity_of = department.steps.activity
        for queue in queues:
            for job in queue:
                if job.deadline >= now:
                    counts[activity_of[job.step]] += 1
        return counts


def build_record(department: Department) -> Record:
    """The record of a finished run."""
    scenario, world = department.scenario, department.world
    warm = scenario.experiment.warm_up
    edges = world.month_edges
    months = department.months
    seats = len(department.seat_role)
    shape = (len(edges) - 1, len(department.people), len(ACTIVITIES))
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
        seat_role=np.array(department.seat_role, dtype=np.int64),
        leads=_leads(department),
        sales=_sales(department),
        customers=_customers(department),
        busy=_by_seat(months.busy, shape, warm, seats),
        repetitions=_by_seat(months.repetitions, shape, warm, seats),
        waited=_by_seat(months.waited, shape, warm, seats),
        present=department.present_hours(edges)[:, warm:],
        attempts=np.diff(np.array(months.attempts), axis=0, prepend=0.0)[warm:].T.copy(),
        waiting=np.array(months.waiting)[warm:].T.copy(),
        customers_at=np.array(months.customers_at, dtype=float)[warm:],
        qualified_by=_pad(np.diff(np.array(months.qualified_by), axis=0, prepend=0.0)[warm:].T, len(roles)),
        activities_done=pieces_of_work(department),
        distributor_exits=np.array(
            [
                exit_ if exit_ is not None and exit_ < edges[-1] else np.nan
                for exit_ in (department.distributor_exit(name) for name in scenario.market.channels)
            ]
        ),
        events=department.log or [],
    )


def pieces_of_work(department: Department) -> int:
    """Pieces of work done: one for every job, and one for every stretch of attempts."""
    jobs = sum(sum(person.repetitions) - person.repetitions[PROSPECT] for person in department.people)
    return int(jobs) + sum(person.stretches for person in department.people)


def _by_seat(cumulated: list[list[list[float]]], shape: tuple[int, int, int], warm: int, seats: int) -> Floats:
    """Monthly amounts, shape (seats, activities, months), from cumulated ones by month; support seats are zero."""
    table = np.array(cumulated, dtype=float).reshape(shape)
    monthly = np.diff(table, axis=0, prepend=0.0)[warm:]
    out = np.zeros((seats, shape[2], monthly.shape[0]))
    out[: shape[1]] = monthly.transpose(1, 2, 0)
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
    tables = list(department.tables.values())
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
