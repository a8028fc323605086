"""Columns of the record that the floor has: leads, sales, orders and customers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from simulation.department.customers import Customers, Sale
from simulation.department.lead_table import LeadTables
from simulation.department.leads import Lead, LeadFlow
from simulation.department.record import CustomerColumns, LeadColumns, LogRow, OrderColumns, SaleColumns
from simulation.department.steps import PROSPECT
from simulation.department.workforce import Workforce

Floats = NDArray[np.float64]


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


class Columns:
    """What the object floor has to tell at the end."""

    def __init__(
        self,
        flow: LeadFlow,
        customers: Customers,
        tables: LeadTables,
        workforce: Workforce,
        end: float,
        log: list[LogRow] | None,
    ) -> None:
        self._flow = flow
        self._customers = customers
        self._tables = tables
        self._workforce = workforce
        self._end = end
        self._log = log

    def pieces_of_work(self) -> int:
        """Pieces of work done: one for every job, and one for every stretch of attempts."""
        places = self._workforce.places
        jobs = sum(sum(place.repetitions) - place.repetitions[PROSPECT] for place in places)
        return int(jobs) + sum(place.stretches for place in places)

    def events(self) -> list[LogRow]:
        """The event log, where it is kept."""
        return self._log or []

    def leads(self) -> LeadColumns:
        """One row per lead."""
        leads = self._flow.leads

        def column(name: str, kind: type) -> NDArray[Any]:
            return np.fromiter(map(attrgetter(name), leads), kind, len(leads))

        size = column("size", float)
        unsold = np.flatnonzero(np.isnan(size)).tolist()
        size[unsold] = [leads[row].table.size(leads[row].product, leads[row].i, leads[row].arrived) for row in unsold]
        tables = self._tables.all
        for number, table in enumerate(tables):
            table.number = number
        of = column("table.number", np.int64)
        fits = any(table.fit is not None for table in tables)
        mixed = any(table.products is not None for table in tables)
        arrived, step = column("arrived", float), column("step", np.int64)
        initial = np.array([table.initial for table in tables], bool)[of]
        return LeadColumns(
            uid=Names(leads),
            channel=np.array([table.channel for table in tables], np.int64)[of],
            product=column("product", np.int64) if mixed else np.array([t.product for t in tables], np.int64)[of],
            arrived=arrived,
            initial=initial,
            found=np.array([table.found for table in tables], bool)[of],
            fit=np.array([lead.table.fit is None or bool(lead.table.fit[lead.i]) for lead in leads], bool)
            if fits
            else np.ones(len(leads), bool),
            answered=column("answered", float),
            qualified=column("qualified", float),
            stage=np.maximum(step - 1, 0),
            entered=self._entered(arrived, initial, step),
            state=column("state", np.int64),
            reason=column("reason", np.int64),
            in_vain=column("in_vain", np.bool_),
            closed=column("closed", float),
            size=size,
            hand_offs=column("hand_offs", np.int64),
        )

    def _entered(self, arrived: Floats, initial: NDArray[np.bool_], step: NDArray[np.int64]) -> Floats:
        """When each lead came into each step, shape (leads, steps); NaN: never, or before the first day.

        Whoever took time to say no stood at the next step meanwhile, and never came into it. One of the first day that
        did so was in the step that had lost it when the days began.
        """
        entered = np.full((len(arrived), len(self._flow.came)), np.nan)
        first = np.array([lead.table.first[lead.product] for lead in self._flow.leads], np.int64)
        entered[np.flatnonzero(~initial), first[~initial]] = arrived[~initial]
        for number, (rows, times) in enumerate(self._flow.came):
            entered[np.frombuffer(rows, np.int64), number] = np.frombuffer(times, np.float64)
        entered[np.arange(entered.shape[1]) > step[:, None]] = np.nan
        lost = np.flatnonzero(initial & np.isnan(entered).all(axis=1))
        entered[lost, step[lost]] = arrived[lost]
        return entered

    def sales(self) -> SaleColumns:
        """One row per sale."""
        sales = self._customers.sales
        width = len(Sale._fields)
        table = np.fromiter(chain.from_iterable(sales), float, len(sales) * width).reshape(-1, width)
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
            paid=np.array(self._customers.paid, dtype=float),
        )

    def orders(self) -> OrderColumns:
        """One row per order of a customer."""
        orders = self._customers.orders
        return OrderColumns(
            placed=np.array([order.placed for order in orders], dtype=float),
            worked=np.array([order.worked for order in orders], dtype=float),
            billed=np.array([order.billed for order in orders], dtype=float),
            worth=np.array([order.worth for order in orders], dtype=float),
            customer=np.array([order.customer for order in orders], dtype=np.int64),
        )

    def customers(self) -> CustomerColumns:
        """One row per customer."""
        customers = self._customers.customers
        order_size = self._customers.order_size
        end = self._end
        return CustomerColumns(
            uid=[customer.stock.uid(customer.i) for customer in customers],
            channel=np.array([customer.channel for customer in customers], dtype=np.int64),
            product=np.array([customer.product for customer in customers], dtype=np.int64),
            initial=np.array([customer.initial for customer in customers], dtype=bool),
            since=np.array([customer.since for customer in customers], dtype=float),
            until=np.array([customer.until for customer in customers], dtype=float),
            reason=[customer.reason for customer in customers],
            order_size=np.array(
                [order_size(c, c.until if c.until == c.until else end) for c in customers], dtype=float
            ),
        )
