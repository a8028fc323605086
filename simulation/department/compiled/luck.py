"""Luck for the kernel: places, keys and laws with which it draws, and what it cannot draw by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from simulation.department.compiled.readings import Reading, reading
from simulation.department.lead_table import LeadTable
from simulation.department.prospecting import OutboundChannel
from simulation.floor.choice import Kernel
from simulation.world import Stock, World
from simulation.world.stock import GROW, UPSETS, Law, Series

Floats = NDArray[np.float64]

ATTEMPTS, FRAILTY, MORE_FINDS, SERIES, FINDS, BY_LAW = range(6)
"""What the kernel asks, as in `floor.luck`."""


_WHOLE: WeakKeyDictionary[Stock, dict[int, NDArray[np.int32]]] = WeakKeyDictionary()


def whole_of(stock: Stock, column: Sequence[int]) -> NDArray[np.int32]:
    """A column of integers of a stock, as an array."""
    known = _WHOLE.setdefault(stock, {})
    if id(column) not in known or len(known[id(column)]) != len(stock):  # columns live as long as their stock
        known[id(column)] = np.array(column, np.int32)
    return known[id(column)]


_NEEDED: WeakKeyDictionary[World, dict[tuple[str, float], Floats]] = WeakKeyDictionary()


def needed_of(world: World, channel: str, chance: float, find: int) -> Floats:
    """Attempts that the first finds of a channel need, at least up to one of them."""
    known = _NEEDED.setdefault(world, {})
    key = (channel, chance)
    if key not in known or len(known[key]) <= find:
        count = GROW * (1 + find // GROW)
        known[key] = np.array([world.attempts_to_find(channel, n, chance) for n in range(count)], float)
    return known[key]


class Told(NamedTuple):
    """A series as `Kernel.series` takes it: keys of the first deal's stream and of the others, and the law."""

    series: Series
    first: NDArray[np.uint64] | None
    later: NDArray[np.uint64] | None
    law: Reading


class _Series(dict[int, tuple[list[Law], list[Told]]]):
    """Series of a stock, by the laws of a process. They know their stock: kept anywhere else, both would stay."""

    KEY = "series of the kernel"

    def forget(self) -> None:
        """Let go of everything."""
        self.clear()


def series_of(stock: Stock, laws: list[Law]) -> list[Told]:
    """All series of a process's customers, of a stock; the same for all structures."""
    known = stock.kept.get(_Series.KEY)
    if not isinstance(known, _Series):
        known = stock.kept[_Series.KEY] = _Series()
    if id(laws) not in known:  # with the laws beside it, so that their id stays their own
        told = []
        for what, law in enumerate(laws):
            series = stock.drawn(what, law)
            assert series.law.law is not None
            first, later = (stock.keys(name) if name else None for name in series.streams)
            told.append(Told(series, first, later, reading(series.law.law)))
        known[id(laws)] = laws, told
    return known[id(laws)][1]


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
        self._known: dict[int, int] = {}

    def stock(self, stock: Stock) -> int:
        """The number of a stock in the kernel."""
        if stock not in self._numbers:
            places = stock.places()
            strips, ordinals = (None, None) if places is None else (each.astype(np.int32) for each in places)
            self._numbers[stock] = self.kernel.stock(len(stock), strips, ordinals, [stock.keys(n) for n in UPSETS])
            self.stocks.append(stock)
        return self._numbers[stock]

    def asked(self, what: int, a: int, b: int, c: int, d: int) -> Floats | None:
        """What the kernel asks: an array, or None where it finds what it wants where it looked for it."""
        if what == ATTEMPTS:
            channel = self.channels[a]
            again = (c,) if c else ()
            needed = self._world.attempts_to_find(channel.name, b, channel.spec.find_probability, *again)
            return np.array([needed], float)
        elif what == FRAILTY:
            frailty = self.tables[a].frailty[b]
            assert frailty is not None
            return np.array([frailty.rate(c), frailty.drop_out(c), frailty.churn(c)], float)
        elif what == SERIES:
            self._new_series(a, b)
        elif what == BY_LAW:
            return np.array([self.by_law(a, b)])
        elif what == FINDS:
            channel = self.channels[a]
            self.kernel.needed(a, needed_of(self._world, channel.name, channel.spec.find_probability, b))
        elif what == MORE_FINDS:
            self._more_finds(a, b)
        return None

    def _new_series(self, process: int, number: int) -> None:
        """Let the kernel have all series of a process's customers, of a stock."""
        rows, known = [], self._known
        for told in series_of(self.stocks[number], self.laws[process]):
            series = id(told.series)  # stocks keep their series
            if series not in known:
                known[series] = self.kernel.series(number, told.first, told.later, told.law)
            rows.append(known[series])
        self.kernel.set_series(process, number, rows)

    def _more_finds(self, number: int, count: int) -> None:
        stock = self.tables[number].stock
        stock.ensure(count)
        self.kernel.stock_grows(self._numbers[stock], len(stock))
        for table in self.tables:
            if table.stock is stock:
                self.reload(table)
