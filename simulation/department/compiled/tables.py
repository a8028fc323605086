"""What leads are like, as the kernel reads it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, partial
from typing import NamedTuple, overload
from weakref import WeakKeyDictionary

from simulation.department.blueprint import Blueprint
from simulation.department.compiled.luck import Floats, Luck, whole_of
from simulation.department.compiled.order import real, whole
from simulation.department.compiled.readings import Reading, reading
from simulation.department.lead_table import Column, LeadTable, LeadTables, Lots
from simulation.department.rules import Rules, Version
from simulation.floor.choice import Kernel
from simulation.scenario.scenario import Scenario
from simulation.world import Stock, World


class Drawn(Sequence[float]):
    """A column that the kernel draws number by number; it is made as a list when somebody in Python reads it.

    Attributes:
        name: of the stream.
        laws: what makes its numbers of uniforms.
        which: by lead, which of the laws is its own; None: the first.
    """

    def __init__(
        self,
        stock: Stock,
        name: str,
        laws: list[Lots | None],
        make: Callable[[], Column],
        which: list[int] | None = None,
    ) -> None:
        self._stock, self._make = stock, make
        self.name, self.laws, self.which = name, laws, which

    @cached_property
    def made(self) -> Column:
        """All its numbers; a stock keeps and extends them."""
        return self._make()

    def __len__(self) -> int:
        return len(self._stock)

    def __bool__(self) -> bool:
        return True  # also where no lead is known yet

    @overload
    def __getitem__(self, i: int) -> float: ...
    @overload
    def __getitem__(self, i: slice) -> Sequence[float]: ...
    def __getitem__(self, i: int | slice) -> float | Sequence[float]:
        return self.made[i]


class CompiledTable(LeadTable):
    """What the leads of a channel are like, with columns that nobody makes unless Python reads them."""

    def column(self, name: str, law: Lots | None = None, variant: Hashable = "") -> Column:
        """A column of the stock; one that is there already is read, not drawn anew."""
        if self.stock.has(name, variant):
            return super().column(name, law, variant)
        return Drawn(self.stock, name, [law], partial(super().column, name, law, variant))

    def mixed(self, columns: list[Column], which: list[int]) -> Column:
        """One column of several of one stream."""
        drawn = [column for column in columns if isinstance(column, Drawn)]
        if len(drawn) < len(columns):
            made = [column.made if isinstance(column, Drawn) else column for column in columns]
            return super().mixed(made, which)
        laws = [column.laws[0] for column in drawn]
        mix = super().mixed
        return Drawn(self.stock, drawn[0].name, laws, lambda: mix([column.made for column in drawn], which), which)


class CompiledTables(LeadTables):
    """The tables of all channels; the kernel has each as soon as it is made."""

    kind = CompiledTable

    def __init__(self, rules: Rules, world: World, blueprint: Blueprint, kernel: Kernel, luck: Luck) -> None:
        super().__init__(rules, world, blueprint)
        self._kernel, self._luck = kernel, luck
        luck.tables, luck.reload = self.all, self._reload

    def of(self, channel: str, what: str = "") -> LeadTable:
        """Luck and rates of a channel's new leads, or of those there on the first day (`what`)."""
        table = super().of(channel, what)
        if len(self._luck.rows) < len(self.all):
            self._make()
        return table

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on products, stages and rules are as the scenario has them."""
        super().adopt(scenario, version)
        for table in self.all:
            _PREPARED.pop(table, None)
            self._load(table)

    def replace(self, channel: str, what: str, table: LeadTable) -> None:
        """New leads of a channel are of another kind from now on."""
        super().replace(channel, what, table)
        self._make()
        rows = self._luck.rows
        self._kernel.replaced(rows[self._first[(channel, what)]], rows[table])
        if table.found:
            self._kernel.table_of_channel(table.channel, rows[table])

    def _make(self) -> None:
        rows = self._luck.rows
        for table in self.all[len(rows) :]:
            rows[table] = self._kernel.table(self._luck.stock(table.stock), table.channel)
            self._load(table)
            if table.found:
                self._kernel.table_of_channel(table.channel, rows[table])

    def _reload(self, table: LeadTable) -> None:
        if table not in _PREPARED or _PREPARED[table].rows is not None:
            self._load(table)

    def _load(self, table: LeadTable) -> None:
        known = _PREPARED.get(table)
        if known is None or known.rows not in (None, len(table.stock)):
            known = _PREPARED[table] = _prepared(table)
        row = self._luck.rows[table]
        self._kernel.columns(row, *known.columns)
        for number, step in enumerate(known.steps):
            self._kernel.step(row, number, *step)


Given = Floats | tuple[object, list[Reading], object] | None
"""A column as `Kernel.columns` takes it."""


class Prepared(NamedTuple):
    """What the kernel takes of a table: for `Kernel.columns`, and by step for `Kernel.step`.

    `rows`: of how many leads; None: it holds for any, since the kernel draws them all.
    """

    columns: tuple[object, ...]
    steps: list[tuple[object, ...]]
    rows: int | None


_PREPARED: WeakKeyDictionary[LeadTable, Prepared] = WeakKeyDictionary()


def _prepared(table: LeadTable) -> Prepared:
    """What the kernel takes of a table: for `Kernel.columns`, and by step for `Kernel.step`."""
    stock = table.stock

    drawn = table.products is None

    def column(values: Column | None) -> Given:
        nonlocal drawn
        if values is None:
            return None
        if not isinstance(values, Drawn):
            drawn = False
            return stock.array(values)
        which = None if values.which is None else whole_of(stock, values.which)
        return stock.keys(values.name), [reading(law) for law in values.laws], which

    ways = (
        whole(table.process),
        whole(table.entry),
        whole(table.first),
        whole([each is not None for each in table.frailty]),
    )
    columns = (
        table.product,
        -1 if table.classes is None else table.classes,
        None if table.products is None else whole_of(stock, table.products),
        ways,
        real(table.true_positive),
        real(table.false_positive),
        real(table.trends),
        [column(each) for each in table.deal],
        column(table.leave),
        column(table.patience),
        column(table.late),
        column(table.at_once),
        column(table.fit),
    )
    steps: list[tuple[object, ...]] = []
    for step in range(len(table.work)):
        clocks, tries = table.clocks[step], table.tries[step]
        by_step = (table.work, table.decision, table.questions, table.thinking, table.patience_of)
        times = None
        if clocks is not None:
            lost, silent, remind = column(clocks.lost), column(clocks.silent), column(clocks.remind)
            times = (lost, silent, clocks.share, clocks.expires, clocks.every, remind)
        reach = None
        if tries is not None:
            luck = stock.keys(tries.luck.name)
            reach = (column(tries.work), tries.probability, tries.every, float(tries.most), luck)
        steps.append(
            (
                [column(each[step] or None) for each in by_step],
                real(table.odds[step]),
                real(table.question_of[step]),
                times,
                reach,
            )
        )
    return Prepared(columns, steps, None if drawn else len(stock))
