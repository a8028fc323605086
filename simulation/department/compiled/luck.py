"""Luck for the kernel: columns and blocks of the World as arrays, kept for all structures that share the World."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from simulation.department.lead_table import LeadTable
from simulation.department.prospecting import OutboundChannel
from simulation.floor.choice import Kernel
from simulation.world import Stock, World
from simulation.world.stock import BLOCK as WIDTH
from simulation.world.stock import GROW, Law, Series, Upset

Floats = NDArray[np.float64]

UPSET, BLOCK, ROW, FIRST_OF_SALE, ATTEMPTS, REACH, FRAILTY, MORE_FINDS, SERIES, MORE_BLOCKS, FINDS, BY_LAW = range(12)
"""What the kernel asks, as in `floor.luck`."""


class Kept:
    """What was drawn of a stock of leads, as arrays."""

    def __init__(self, stock: Stock) -> None:
        self._rows = len(stock)
        self._upsets: dict[tuple[int, int], Floats] = {}
        self.blocks: dict[int, dict[int, Floats]] = {}  # by series
        self._firsts: dict[int, Floats] = {}
        self._whole: dict[int, NDArray[np.int32]] = {}
        self._series: list[Series] = []  # kept, so that their ids stay their own

    def upset(self, stock: Stock, what: int, ordinal: int) -> Floats:
        """Luck of all leads at an upset."""
        key = (what, ordinal)
        if key not in self._upsets:
            upset, which = stock.upset, Upset(what)
            self._upsets[key] = np.array([upset(which, i, ordinal) for i in range(len(stock))])
        return self._upsets[key]

    def block(self, stock: Stock, series: Series, block: int) -> Floats:
        """A block of a series, shape (leads, 16); NaN: nobody has asked for the lead's yet."""
        known = self.blocks.get(id(series))
        if known is None:
            self._series.append(series)
            known = self.blocks[id(series)] = {}
        if block not in known:
            if stock.all_are_customers:
                rows = range(len(stock))
                known[block] = np.array([[series.at(i, WIDTH * block + k) for k in range(WIDTH)] for i in rows])
            else:
                known[block] = np.full((len(stock), WIDTH), np.nan)
        return known[block]

    def first(self, stock: Stock, series: Series) -> Floats:
        """Numbers of first deals of all leads."""
        if id(series) not in self._firsts:
            self._series.append(series)
            self._firsts[id(series)] = np.array([series.of_sale(i, 0) for i in range(len(stock))])
        return self._firsts[id(series)]

    def whole(self, column: Sequence[int]) -> NDArray[np.int32]:
        """A column of integers."""
        if id(column) not in self._whole:
            self._whole[id(column)] = np.array(column, np.int32)
        return self._whole[id(column)]


_KEPT: WeakKeyDictionary[Stock, Kept] = WeakKeyDictionary()


def kept_of(stock: Stock) -> Kept:
    """What was drawn of a stock; nothing of what it was before it grew."""
    known = _KEPT.get(stock)
    if known is None or known._rows != len(stock):
        known = _KEPT[stock] = Kept(stock)
    return known


_NEEDED: WeakKeyDictionary[World, dict[tuple[str, float], Floats]] = WeakKeyDictionary()


def needed_of(world: World, channel: str, chance: float, find: int) -> Floats:
    """Attempts that the first finds of a channel need, at least up to one of them."""
    known = _NEEDED.setdefault(world, {})
    key = (channel, chance)
    if key not in known or len(known[key]) <= find:
        count = GROW * (1 + find // GROW)
        known[key] = np.array([world.attempts_to_find(channel, n, chance) for n in range(count)], float)
    return known[key]


class Luck:
    """Answers what the kernel asks in the middle of an event."""

    kernel: Kernel

    def __init__(self, world: World) -> None:
        self._world = world
        self.stocks: list[Stock] = []
        self.tables: list[LeadTable] = []
        self.rows: dict[LeadTable, int] = {}  # of tables in the kernel
        self.laws: list[list[Law]] = []  # by process, then by stream
        self.channels: dict[int, OutboundChannel] = {}
        self.reload: Callable[[LeadTable], None] = lambda _: None  # sees that the kernel has a table's columns
        self.by_law: Callable[[int, int], float] = lambda law, back: 0.0  # what only the host can reckon
        self._numbers: dict[Stock, int] = {}
        self._series: list[tuple[int, Series]] = []
        self._known: dict[int, int] = {}

    def stock(self, stock: Stock) -> int:
        """The number of a stock in the kernel."""
        if stock not in self._numbers:
            self._numbers[stock] = self.kernel.stock(len(stock))
            self.stocks.append(stock)
        return self._numbers[stock]

    def asked(self, what: int, a: int, b: int, c: int, d: int) -> Floats | None:
        """What the kernel asks: an array, or None where it finds what it wants where it looked for it."""
        if what == ROW:
            number, series = self._series[a]
            row, first = kept_of(self.stocks[number]).block(self.stocks[number], series, b)[c], WIDTH * b
            at = series.at
            row[:] = [at(c, first + k) for k in range(WIDTH)]
        elif what == BLOCK:
            number, series = self._series[a]
            return kept_of(self.stocks[number]).block(self.stocks[number], series, b)
        elif what == UPSET:
            return kept_of(self.stocks[a]).upset(self.stocks[a], b, c)
        elif what == FIRST_OF_SALE:
            number, series = self._series[a]
            return kept_of(self.stocks[number]).first(self.stocks[number], series)
        elif what == ATTEMPTS:
            channel = self.channels[a]
            again = (c,) if c else ()
            needed = self._world.attempts_to_find(channel.name, b, channel.spec.find_probability, *again)
            return np.array([needed], float)
        elif what == FRAILTY:
            frailty = self.tables[a].frailty[b]
            assert frailty is not None
            return np.array([frailty.rate(c), frailty.drop_out(c), frailty.churn(c)], float)
        elif what == REACH:
            tries = self.tables[a].tries[b]
            assert tries is not None
            return np.array([tries.luck.at(i, c) for i in range(len(self.tables[a].stock))])
        elif what == SERIES:
            self._new_series(a, b)
        elif what == MORE_BLOCKS:
            self.kernel.more_blocks(a, 2 * b + 8)
        elif what == BY_LAW:
            return np.array([self.by_law(a, b)])
        elif what == FINDS:
            channel = self.channels[a]
            self.kernel.needed(a, needed_of(self._world, channel.name, channel.spec.find_probability, b))
        elif what == MORE_FINDS:
            self._more_finds(a, b)
        return None

    def _new_series(self, process: int, number: int) -> None:
        """Let the kernel have all series of a process's customers, of a stock, with what was drawn of them."""
        stock = self.stocks[number]
        kept, rows = kept_of(stock), []
        for what, law in enumerate(self.laws[process]):
            series = stock.drawn(what, law)
            known = self._known.get(id(series))
            if known is None:
                known = self._known[id(series)] = self.kernel.series(number, 8)
                self._series.append((number, series))
                for block, drawn in kept.blocks.get(id(series), {}).items():
                    self.kernel.block(known, block, drawn)
            rows.append(known)
        self.kernel.set_series(process, number, rows)

    def _more_finds(self, number: int, count: int) -> None:
        stock = self.tables[number].stock
        stock.ensure(count)
        self.kernel.stock_grows(self._numbers[stock], len(stock))
        for table in self.tables:
            if table.stock is stock:
                self.reload(table)
