"""What leads are like, as the kernel reads it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, partial
from typing import overload

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
        """A column of the stock."""
        return Drawn(self.stock, name, [law], partial(super().column, name, law, variant))

    def mixed(self, columns: list[Column], which: list[int]) -> Column:
        """One column of several of one stream."""
        drawn = [column for column in columns if isinstance(column, Drawn)]
        laws = [column.laws[0] for column in drawn]
        made = super().mixed
        return Drawn(self.stock, drawn[0].name, laws, lambda: made([column.made for column in drawn], which), which)


class CompiledTables(LeadTables):
    """The tables of all channels; the kernel has each as soon as it is made. `LeadTable.number` is its row there."""

    kind = CompiledTable

    def __init__(self, rules: Rules, world: World, blueprint: Blueprint, kernel: Kernel, luck: Luck) -> None:
        super().__init__(rules, world, blueprint)
        self._arrays: set[int] = set()  # tables with columns that are arrays, which are given anew when the stock grows
        self._kernel, self._luck = kernel, luck
        luck.tables, luck.reload = self.all, self._reload

    def of(self, channel: str, what: str = "") -> LeadTable:
        """Luck and rates of a channel's new leads, or of those there on the first day (`what`)."""
        table = super().of(channel, what)
        self._make()
        return table

    def adopt(self, scenario: Scenario, version: Version) -> None:
        """From now on products, stages and rules are as the scenario has them."""
        super().adopt(scenario, version)
        for table in self.all:
            self._load(table)

    def replace(self, channel: str, what: str, table: LeadTable) -> None:
        """New leads of a channel are of another kind from now on."""
        super().replace(channel, what, table)
        self._make()
        self._kernel.replaced(self._first[(channel, what)].number, table.number)
        if table.found:
            self._kernel.table_of_channel(table.channel, table.number)

    def _make(self) -> None:
        for number in range(self._kernel.tables, len(self.all)):
            table = self.all[number]
            table.number = self._kernel.table(self._luck.stock(table.stock), table.channel)
            self._load(table)
            if table.found:
                self._kernel.table_of_channel(table.channel, table.number)

    def _reload(self, table: LeadTable) -> None:
        if table.number in self._arrays or table.products is not None:
            self._load(table)

    def _load(self, table: LeadTable) -> None:
        kernel, stock = self._kernel, table.stock

        laws: list[Reading] = []

        def column(values: Column | None) -> Floats | tuple[object, int, object] | None:
            if not isinstance(values, Drawn):
                self._arrays |= {table.number} if values is not None else set()
                return None if values is None else stock.array(values)
            first = before + len(laws)
            laws.extend(map(reading, values.laws))
            return stock.keys(values.name), first, None if values.which is None else whole_of(stock, values.which)

        before = kernel.laws([])

        cls = -1 if table.classes is None else table.classes
        ways = (
            whole(table.process),
            whole(table.entry),
            whole(table.first),
            whole([each is not None for each in table.frailty]),
        )
        kernel.columns(
            table.number,
            table.product,
            cls,
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
        for step in range(len(table.work)):
            clocks, tries = table.clocks[step], table.tries[step]
            columns = (table.work, table.decision, table.questions, table.thinking, table.patience_of)
            kernel.step(
                table.number,
                step,
                [column(each[step] or None) for each in columns],
                real(table.odds[step]),
                real(table.question_of[step]),
                None
                if clocks is None
                else (
                    column(clocks.lost),
                    column(clocks.silent),
                    clocks.share,
                    clocks.expires,
                    clocks.every,
                    column(clocks.remind),
                ),
                None
                if tries is None
                else (
                    column(tries.work),
                    tries.probability,
                    tries.every,
                    float(tries.most),
                    stock.keys(tries.luck.name),
                ),
            )
        kernel.laws(laws)
