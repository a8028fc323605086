"""The leads of a channel with their own luck: columns by lead, upsets and series by lead and ordinal.

A lead's attribute is keyed by where the lead comes from (channel, strip) and its ordinal there, never by when it is
used. A column exists as an array and as a plain Python list, which Python indexes faster; those of outbound channels
grow on demand, the lists in place.

What a run may ask any number of is no column: `Stock.upset`, `Numbered.at` and `Series.at` answer by stream, lead and
ordinal, all three integers, and draw what lies near it: some leads in a row of the strip, or 16 ordinals of a lead.
Nothing of that moves when the stock grows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.streams import BLOCK, Floats, Streams
from simulation.written.inverse import InverseTable
from simulation.written.laws import Distribution

Transform = Callable[[Floats], Floats]


class Law(NamedTuple):
    """What makes numbers of a customer's stream out of uniforms; `variant` tells changed laws apart.

    `law` says what `quantile` does, for the compiled floor, which does the same. `one_by_one` gives what makes one
    number of one uniform, the same to the bit; else numbers are made 16 at a time.
    """

    quantile: Transform
    variant: Hashable = ()
    one_by_one: Callable[[], Callable[[float], float]] | None = None
    law: Distribution | InverseTable | None = None

    @classmethod
    def of(cls, law: Distribution, variant: Hashable = ()) -> Law:
        """The quantiles of a distribution."""
        return cls(law.quantile, variant, law.one_by_one, law)


GROW = 64  # finds that are drawn together
_ROW = 64  # customers in a row whose series are drawn together where all are customers
_CROWD = 64  # leads of a strip in a row whose upsets are drawn together


class Upset(IntEnum):
    """Streams of what happens to a lead or customer again and again; the ordinal counts them from 0."""

    HAND_OFF = 0  # a hand-off to another role; the ordinal is the step before which it happens
    DEPARTURE = 1  # somebody leaves who holds the lead
    MOVED = 2  # its owner does its next step no longer
    CUSTOMER_HAND_OFF = 3
    CUSTOMER_DEPARTURE = 4


UPSETS = ("hand_off", "departure", "moved", "customer.hand_off", "customer.departure")


class Of(IntEnum):
    """Streams of a customer's numbers, each through a law of its own.

    The ordinal counts orders, requests, proposals and contacts from 0. From PAPERWORK on it counts sales: 0 is the
    first deal, n the n-th order. Papers have a law for each product: product p has stream PAPERWORK + p.
    """

    ORDER_GAP = 0
    ORDER_WORK = 1
    ORDER_SIZE = 2
    REQUEST_GAP = 3
    REQUEST_WORK = 4
    UPSELL_GAP = 5
    UPSELL_WORK = 6
    UPSELL_DECISION = 7
    CARE_WORK = 8
    PAYMENT = 9
    LATE = 10
    REMINDER = 11
    DROP_OUT = 12
    PAPERWORK = 13


_SERIES = (
    "order.gap",
    "order.work",
    "order.size",
    "request.gap",
    "request.work",
    "upsell.gap",
    "upsell.work",
    "upsell.decision",
    "care.work",
    "payment",
    "late",
    "reminder",
    "drop_out",
    "paperwork",
)


class Forgetful(Protocol):
    """What somebody makes of leads and keeps with them."""

    def forget(self) -> None:
        """Let go of everything."""


class Stock:
    """Leads of one channel in the order of their arrival (or find).

    `strips[i]` names the strip of lead i and `ordinals[i]` its ordinal in the strip; `arrivals[i]` its time in hours
    (empty for finds, which people make).
    """

    def __init__(
        self,
        streams: Streams,
        channel: str,
        strips: Sequence[str],
        strip_of: NDArray[np.int64],
        ordinals: NDArray[np.int64],
        arrivals: Sequence[float] = (),
    ) -> None:
        self._streams = streams
        self.channel = channel
        self.arrivals: list[float] = list(arrivals)
        self._strips = list(strips)
        self._paths = [f"lead/{channel}/{strip}/" for strip in strips]
        self._strip_of = strip_of
        self._ordinals = ordinals
        self._in_a_row = len(strips) == 1 and np.array_equal(ordinals, np.arange(len(ordinals)))
        # then a series is made for many of them at once
        self.all_are_customers = self._in_a_row and tuple(strips) == ("base",)
        # where each lead stands among the numbers of all strips, one strip behind the other, and how many each has
        self._rows: tuple[NDArray[np.int64], list[int]] | None = None
        self._places: list[tuple[int, int]] | None = None  # strip and ordinal of each lead
        self._columns: dict[tuple[str, Hashable], tuple[list[float], Transform | None]] = {}
        # columns put together of others: column, those it is of, and the number of the one that each lead takes
        self._mixed: dict[Hashable, tuple[list[float], list[Sequence[float]], list[int]]] = {}
        self._arrays: dict[Hashable, Floats] = {}
        self._keys: dict[str, NDArray[np.uint64]] = {}
        self.kept: dict[Hashable, Forgetful] = {}  # what others make of these leads, for as long as these are known
        self._upsets = [Numbered(self, UPSETS[what]) for what in Upset]
        self._drawn: dict[tuple[int, Hashable], Series] = {}

    @classmethod
    def of(cls, streams: Streams, channel: str, strip: str, count: int) -> Stock:
        """A stock of one strip with ordinals 0 ... count-1: finds, the first day's pipeline or customers."""
        return cls(streams, channel, [strip], np.zeros(count, np.int64), np.arange(count))

    def __len__(self) -> int:
        return len(self._ordinals)

    def ensure(self, count: int) -> None:
        """Make at least `count` leads known (finds only: one strip, ordinals in a row)."""
        have = len(self)
        if count <= have:
            return
        count = max(count, have + GROW, have + have // 2)
        self._strip_of = np.zeros(count, np.int64)
        self._ordinals = np.arange(count)
        self._rows = self._places = None
        for (name, _), (column, transform) in self._columns.items():
            fresh = self._gather(name, have)
            column.extend((transform(fresh) if transform else fresh).tolist())
        for mixed, columns, which in self._mixed.values():
            mixed.extend(columns[which[i]][i] for i in range(have, count))

    def forget(self) -> None:
        """Let go of everything, what others have made of it too."""
        for made in self.kept.values():
            made.forget()
        vars(self).clear()

    def uid(self, i: int) -> str:
        """Name of lead i, the same under every structure."""
        return f"{self.channel}/{self._strips[self._strip_of[i]]}/{self._ordinals[i]}"

    def has(self, name: str, variant: Hashable = "") -> bool:
        """Whether a column is there: made before, or given by hand."""
        return (name, variant) in self._columns

    def column(self, name: str, transform: Transform | None = None, variant: Hashable = "") -> list[float]:
        """The attribute `name` of every lead: uniforms, or what `transform` makes of them. Kept and extended.

        `variant` tells apart columns that different transforms make of the same numbers.
        """
        known = self._columns.get((name, variant))
        if known is None:
            values = self._gather(name)
            array = transform(values) if transform else values
            known = self._columns[(name, variant)] = (array.tolist(), transform)
            self._arrays[("of", id(known[0]))] = array  # columns live as long as their stock
        return known[0]

    def mixed(self, columns: list[Sequence[float]], which: list[int]) -> list[float]:
        """One column of several of this stock: lead i has what column number `which[i]` has. Kept and extended."""
        key = (id(which), *map(id, columns))  # columns live as long as their stock
        if key not in self._mixed:
            mixed = [columns[number][i] for i, number in enumerate(which)]
            self._mixed[key] = (mixed, columns, which)
        return self._mixed[key][0]

    @property
    def arrived(self) -> Floats:
        """Times of arrival, hours, as an array; empty for finds."""
        return self._kept(("arrived",), len(self.arrivals), lambda: np.array(self.arrivals, float))

    def array(self, column: Sequence[float]) -> Floats:
        """A column of this stock as an array of shape (leads,), the same for all who ask. Do not write into it."""
        return self.stacked([column], 0.0)[0]

    def stacked(self, columns: Sequence[Sequence[float] | None], fill: float) -> Floats:
        """Columns of this stock as one array of shape (columns, leads); None: everybody has the value `fill`."""
        columns = [getattr(column, "made", column) for column in columns]
        key = (fill, *(id(column) for column in columns))  # columns live as long as their stock

        def stack() -> Floats:
            out = np.empty((len(columns), len(self)))
            for row, column in zip(out, columns, strict=True):
                known = self._arrays.get(("of", id(column)))  # of a list that has grown it is too short
                row[:] = fill if column is None else column if known is None or len(known) != len(self) else known
            return out

        return self._kept(key, len(self), stack)

    def _kept(self, key: Hashable, count: int, make: Callable[[], Floats]) -> Floats:
        known = self._arrays.get(key)
        if known is None or known.shape[-1] != count:
            known = self._arrays[key] = make()
        return known

    def place(self, i: int) -> tuple[int, int]:
        """The number of the strip that lead i comes from, and its ordinal there."""
        if self._places is None:
            self._places = list(zip(self._strip_of.tolist(), self._ordinals.tolist(), strict=True))
        return self._places[i]

    def places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
        """Strips and ordinals of all leads; None: one strip alone, and each lead's number is its ordinal."""
        return None if self._in_a_row else (self._strip_of, self._ordinals)

    def keys(self, name: str) -> NDArray[np.uint64]:
        """Keys of the streams of an attribute, one for each strip, shape (strips, 2)."""
        if name not in self._keys:
            self._keys[name] = self._streams.keys([path + name for path in self._paths])
        return self._keys[name]

    def uniforms(self, name: str, strip: int, count: int, page: int = 0, first: int = 0) -> Floats:
        """Numbers of a stream of leads in a row of one strip, see `Streams.uniforms`; shape (count,)."""
        return self._streams.uniforms(self._paths[strip] + name, count, page, first)

    def series(self, name: str, i: int, block: int) -> Floats:
        """Uniforms of ordinals 16*block ... 16*block+15 of the attribute `name` of lead i, shape (16,)."""
        strip, ordinal = self.place(i)
        return self.uniforms(name, strip, BLOCK, block, BLOCK * ordinal)

    def upset(self, what: Upset, i: int, ordinal: int) -> float:
        """Luck of lead i at such an upset, its `ordinal`-th: a uniform."""
        return self._upsets[what].at(i, ordinal)

    def drawn(self, what: int, law: Law) -> Series:
        """Numbers of a customer's stream through a law; kept, because every structure asks for the same."""
        key = (what, law.variant)
        if key not in self._drawn:
            self._drawn[key] = Series(self, what, law)
        return self._drawn[key]

    def _gather(self, name: str, first: int = 0) -> Floats:
        """A number for each lead from `first` on, from its strip's stream at its ordinal; shape (leads - first,)."""
        if self._in_a_row:
            return self.uniforms(name, 0, len(self) - first, first=first)
        if self._rows is None:
            found = [np.flatnonzero(self._strip_of == number) for number in range(len(self._strips))]
            counts = [int(self._ordinals[rows].max()) + 1 if len(rows) else 0 for rows in found]
            self._rows = (np.cumsum([0, *counts[:-1]])[self._strip_of] + self._ordinals, counts)
        rows, counts = self._rows
        drawn = [self.uniforms(name, strip, count) for strip, count in enumerate(counts) if count]
        return np.concatenate([np.empty(0), *drawn])[rows[first:]]


class Numbered:
    """Uniforms of a stream by lead and ordinal; drawn when they are first asked for."""

    __slots__ = ("_crowds", "_stock", "name")

    def __init__(self, stock: Stock, name: str) -> None:
        self._stock, self.name = stock, name
        self._crowds: dict[tuple[int, int, int], list[float]] = {}

    def at(self, i: int, ordinal: int) -> float:
        """Number `ordinal` of lead i."""
        strip, lead = self._stock.place(i)
        key = (ordinal, strip, lead // _CROWD)
        crowd = self._crowds.get(key)
        if crowd is None:
            drawn = self._stock.uniforms(self.name, strip, _CROWD, ordinal, lead // _CROWD * _CROWD)
            crowd = self._crowds[key] = drawn.tolist()
        return crowd[lead % _CROWD]


class Series:
    """Numbers of one stream through one law, by lead and ordinal."""

    __slots__ = ("_first", "_luck", "_name", "_one", "_rows", "_stock", "_stream", "law", "streams", "what")

    def __init__(self, stock: Stock, what: int, law: Law) -> None:
        self.what = what
        self._stock = stock
        self.law = law
        self._name = _SERIES[min(what, Of.PAPERWORK)]
        self._stream = f"customer.{self._name}"
        of_sales = what in (Of.PAYMENT, Of.LATE, Of.REMINDER) or what >= Of.PAPERWORK
        # of the first deal, where there is such a number of it, and of all else
        self.streams = (f"deal.{self._name}" if of_sales else "", self._stream)
        self._rows: list[dict[int, Sequence[float | None]]] = []  # by block, then by lead; None: not yet made
        self._luck: dict[tuple[int, int], tuple[list[float], list[float | None]]] = {}  # of rows made one by one
        self._one: Callable[[float], float] | None = None
        self._first: list[float] | None = None  # of the first deal, by lead

    def at(self, i: int, ordinal: int) -> float:
        """Number `ordinal` of lead i."""
        try:
            value = self._rows[ordinal >> 4][i][ordinal & 15]
        except (IndexError, KeyError):  # the first of its block that is asked for
            value = self._draw(i, ordinal >> 4)[ordinal & 15]
        return self._make(i, ordinal) if value is None else value

    def of_sale(self, i: int, number: int) -> float:
        """Number of sale `number` of lead i: 0 is the first deal, which every lead may come to, n the n-th order."""
        if number:
            return self.at(i, number)
        if self._first is None:
            variant = (self.what, self.law.variant)
            self._first = self._stock.column(self.streams[0], self.law.quantile, variant)
        return self._first[i]

    def _draw(self, i: int, block: int) -> Sequence[float | None]:
        """A row of 16, whose numbers are made or yet to be made."""
        while len(self._rows) <= block:
            self._rows.append({})
        rows = self._rows[block]
        if self._stock.all_are_customers:
            first = i // _ROW * _ROW
            drawn = self._stock.uniforms(self._stream, 0, _ROW * BLOCK, block, BLOCK * first)
            made = np.asarray(self.law.quantile(drawn)).reshape(_ROW, BLOCK).tolist()
            rows.update(zip(range(first, first + _ROW), made, strict=True))
        elif self.law.one_by_one is None:
            rows[i] = self.law.quantile(self._stock.series(self._stream, i, block)).tolist()
        else:
            self._one = self._one or self.law.one_by_one()
            row: list[float | None] = [None] * BLOCK
            self._luck[block, i] = self._stock.series(self._stream, i, block).tolist(), row
            rows[i] = row
        return rows[i]

    def _make(self, i: int, ordinal: int) -> float:
        """A number of a row that is made one by one: most customers order a few times and never sixteen."""
        assert self._one is not None
        luck, row = self._luck[ordinal >> 4, i]
        row[ordinal & 15] = value = self._one(luck[ordinal & 15])
        return value
