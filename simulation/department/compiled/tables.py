"""What leads are like, as the kernel reads it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from simulation.department.blueprint import Blueprint
from simulation.department.compiled.luck import Floats, Luck, kept_of
from simulation.department.compiled.order import real, whole
from simulation.department.lead_table import Column, LeadTable, LeadTables
from simulation.department.rules import Rules, Version
from simulation.floor.choice import Kernel
from simulation.scenario.scenario import Scenario
from simulation.world import World


class CompiledTables(LeadTables):
    """The tables of all channels; the kernel has each as soon as it is made."""

    def __init__(self, rules: Rules, world: World, blueprint: Blueprint, kernel: Kernel, luck: Luck) -> None:
        super().__init__(rules, world, blueprint)
        self._kernel, self._luck = kernel, luck
        luck.tables, luck.reload = self.all, self._load

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

    def _load(self, table: LeadTable) -> None:
        known = _PREPARED.get(table)
        if known is None or known[0] != len(table.stock):
            known = _PREPARED[table] = len(table.stock), _prepared(table)
        columns, steps = known[1]
        row = self._luck.rows[table]
        self._kernel.columns(row, *columns)
        for number, step in enumerate(steps):
            self._kernel.step(row, number, *step)


Prepared = tuple[tuple[object, ...], list[tuple[object, ...]]]
_PREPARED: WeakKeyDictionary[LeadTable, tuple[int, Prepared]] = WeakKeyDictionary()
"""What the kernel takes of a table, and of how many leads."""


def _prepared(table: LeadTable) -> Prepared:
    """What the kernel takes of a table: for `Kernel.columns`, and by step for `Kernel.step`."""
    stock = table.stock

    def column(values: Column | None) -> Floats | None:
        return None if values is None else stock.array(values)

    ways = (
        whole(table.process),
        whole(table.entry),
        whole(table.first),
        whole([each is not None for each in table.frailty]),
    )
    columns = (
        table.product,
        -1 if table.classes is None else table.classes,
        None if table.products is None else kept_of(stock).whole(table.products),
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
        reach = None if tries is None else (column(tries.work), tries.probability, tries.every, float(tries.most))
        steps.append(
            (
                [column(each[step] or None) for each in by_step],
                real(table.odds[step]),
                real(table.question_of[step]),
                times,
                reach,
            )
        )
    return columns, steps
