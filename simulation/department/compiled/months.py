"""What the compiled floor writes down: figures of the months, and the record's columns at the end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np

from simulation.department.columns import Columns
from simulation.department.compiled.luck import Luck
from simulation.department.compiled.people import _number, has_place
from simulation.department.lead_table import LeadTables
from simulation.department.months import Months, PastDue
from simulation.department.record import (
    REASONS,
    CustomerColumns,
    LeadColumns,
    LogRow,
    OrderColumns,
    SaleColumns,
)
from simulation.department.workforce import Workforce
from simulation.floor.choice import Kernel, layouts
from simulation.scenario.people import ACTIVITIES
from simulation.world import Stock

LEFT = ("", "churn", "hand_off", "leaver")
"""Why a customer has left, by the kernel's number."""
OUTCOMES = (
    "done",
    "interrupted",
    "customer has left",
    "bought more",
    "declined",
    "nothing found",
    "found",
    "goes on",
    "won",
    "not reached",
)
"""How a piece of work ended, by the kernel's number; behind them the reasons of a loss."""


class CompiledMonths(Months):
    """Figures of the months."""

    kernel: Kernel

    def _close_floor(self, edge: float) -> None:
        """The part of the figures that the floor has."""
        kernel, places = self.kernel, len(self._workforce.places)
        for place in self._workforce.places[kernel.places :]:
            has_place(kernel, place)
        work = np.empty((3, places, len(ACTIVITIES)))
        waiting, qualified = np.empty(len(ACTIVITIES)), np.empty(1 + max(c.number for c in self._workforce.crews))
        people = [_number(person) for person in self._workforce.people]
        customers = kernel.close_month(edge, people, work, waiting, qualified)
        for kept, rows in zip((self.busy, self.repetitions, self.waited), work, strict=True):
            kept.append(rows)  # type: ignore[arg-type]
        self.qualified_by.append(qualified)  # type: ignore[arg-type]
        self.waiting.append(waiting)  # type: ignore[arg-type]
        self.customers_at.append(customers)

    def past_due(self, now: float) -> list[PastDue]:
        """Work that waits past its due time."""
        found = self.kernel.past_due(now).items()
        return [PastDue(now, role, activity, pieces) for (role, activity), pieces in found]


class Names(Sequence[str]):
    """Names of leads, made when asked for: few readers want them."""

    def __init__(self, stocks: Sequence[Stock], of: Any, i: Any) -> None:
        """`of` and `i`: of which of the stocks each lead is, and which one there."""
        self._stocks, self._of, self._i = list(stocks), of, i

    def __len__(self) -> int:
        return len(self._i)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return self._stocks[self._of[index]].uid(int(self._i[index]))


@lru_cache(maxsize=16)
def _kind_of(table: str) -> np.dtype[np.void]:
    """What a row of a table of the kernel is, by the name of the field."""
    size, fields = layouts()[table]
    return np.dtype(
        {
            "names": list(fields),
            "formats": [form for form, _ in fields.values()],
            "offsets": [at for _, at in fields.values()],
            "itemsize": size,
        }
    )


class CompiledColumns(Columns):
    """What the kernel has to tell at the end."""

    def __init__(
        self, kernel: Kernel, luck: Luck, tables: LeadTables, workforce: Workforce, end: float, names: Any, logs: bool
    ) -> None:
        self._kernel, self._luck = kernel, luck
        self._tables = tables
        self._workforce = workforce
        self._end = end
        self._steps, self._stages, self._channels = names
        self._logs = logs

    def _rows(self, name: str) -> Any:
        """A table of the kernel, by the name of the field."""
        return np.frombuffer(self._kernel.written(name)[0], _kind_of(name))

    def pieces_of_work(self) -> int:
        """Pieces of work done: one for every job, and one for every stretch of attempts."""
        return int(self._kernel.repetitions()) + int(self._kernel.stretches)

    def leads(self) -> LeadColumns:
        """One row per lead."""
        leads, tables, ints = self._rows("leads"), self._tables.all, np.int64
        of, i, product = leads["table"].astype(ints), leads["i"].astype(ints), leads["product"].astype(ints)
        arrived, size = leads["arrived"].copy(), leads["size"].copy()
        self._kernel.sizes(size)
        entered = np.empty((len(leads), 1 + self._stages))
        self._kernel.came_into(entered)
        initial = np.array([table.initial for table in tables], bool)[of]
        fit = np.ones(len(leads), bool)
        for number, table in enumerate(tables):
            if table.fit is not None:
                mine = np.flatnonzero(of == number)
                fit[mine] = table.stock.array(table.fit)[i[mine]] != 0
        step = np.frombuffer(self._kernel.written("steps")[0], np.int32).astype(ints)
        return LeadColumns(
            uid=Names([table.stock for table in tables], of, i),
            channel=np.array([table.channel for table in tables], ints)[of],
            product=product,
            arrived=arrived,
            initial=initial,
            found=np.array([table.found for table in tables], bool)[of],
            fit=fit,
            answered=leads["answered"].copy(),
            qualified=leads["qualified"].copy(),
            stage=np.maximum(step - 1, 0),
            entered=entered,
            state=leads["state"].astype(ints),
            reason=leads["reason"].astype(ints),
            in_vain=leads["in_vain"].astype(bool),
            closed=leads["closed"].copy(),
            size=size,
            hand_offs=leads["hand_offs"].astype(ints),
        )

    def sales(self) -> SaleColumns:
        """One row per sale."""
        sales, ints = self._rows("sales"), np.int64
        return SaleColumns(
            time=sales["time"].copy(),
            kind=sales["kind"].astype(ints),
            lead=sales["lead"].astype(ints),
            customer=sales["customer"].astype(ints),
            channel=sales["channel"].astype(ints),
            product=sales["product"].astype(ints),
            seat=sales["place"].astype(ints),
            revenue=sales["revenue"].copy(),
            margin=sales["margin"].copy(),
            paid=sales["paid"].copy(),
        )

    def orders(self) -> OrderColumns:
        """One row per order of a customer."""
        orders = self._rows("placed")
        return OrderColumns(
            placed=orders["placed"].copy(),
            worked=orders["worked"].copy(),
            billed=orders["billed"].copy(),
            worth=orders["worth"].copy(),
            customer=orders["customer"].astype(np.int64),
        )

    def customers(self) -> CustomerColumns:
        """One row per customer."""
        customers, ints = self._rows("customers"), np.int64
        until = customers["until"].copy()
        order_size = np.empty(len(until))
        self._kernel.order_sizes(np.where(np.isnan(until), self._end, until), order_size)
        return CustomerColumns(
            uid=Names(self._luck.stocks, customers["stock"].astype(ints), customers["i"].astype(ints)),
            channel=customers["channel"].astype(ints),
            product=customers["product"].astype(ints),
            initial=customers["initial"].astype(bool),
            since=customers["since"].copy(),
            until=until,
            reason=[LEFT[reason] for reason in customers["reason"].tolist()],
            order_size=order_size,
        )

    def events(self) -> list[LogRow]:
        """The event log, where it is kept."""
        if not self._logs:
            return []
        names = [person.name for person in self._workforce.all_workers]
        numbers = [_number(person) for person in self._workforce.all_workers]
        by_number = dict(zip(numbers, names, strict=True))
        crews = {crew.row: crew.name for crew in self._workforce.crews}
        lost = [f"lost: {reason}" for reason in REASONS]
        outcomes = [*OUTCOMES, *lost]
        rows = []
        for row in self._rows("log").tolist():
            start, end, overdue, kind, stock, i, step, person, crew, outcome = row
            if kind < 0:
                case, activity = f"{self._channels[stock]}/found/{i}", "prospect"
            else:
                case = "" if stock < 0 else self._luck.stocks[stock].uid(i)
                activity = self._steps[step]
            rows.append(LogRow(case, activity, by_number[person], crews[crew], start, end, outcomes[outcome], overdue))
        return rows
