"""What leads are like, as the kernel reads it."""

from __future__ import annotations

from simulation.department.blueprint import Blueprint
from simulation.department.compiled.luck import Floats, Luck, whole_of
from simulation.department.compiled.order import real, whole
from simulation.department.lead_table import Column, LeadTable, LeadTables
from simulation.department.rules import Rules, Version
from simulation.floor.choice import Kernel
from simulation.scenario.scenario import Scenario
from simulation.world import World


class CompiledTables(LeadTables):
    """The tables of all channels; the kernel has each as soon as it is made. `LeadTable.number` is its row there."""

    def __init__(self, rules: Rules, world: World, blueprint: Blueprint, kernel: Kernel, luck: Luck) -> None:
        super().__init__(rules, world, blueprint)
        self._kernel, self._luck = kernel, luck
        luck.tables, luck.reload = self.all, self._load

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

    def _load(self, table: LeadTable) -> None:
        kernel, stock = self._kernel, table.stock

        def column(values: Column | None) -> Floats | None:
            return None if values is None else stock.array(values)

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
