"""The leads of a channel with their own luck: columns by lead, series by lead and ordinal.

A lead's attribute is keyed by where the lead comes from (channel, strip) and its ordinal there, never by when it is
used. Columns are plain Python lists, which the dynamics index; those of outbound channels grow on demand in place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.world.streams import Floats, Streams

Transform = Callable[[Floats], Floats]
BLOCK = 16  # ordinals of a customer's series that are drawn together
GROW = 64  # finds that are drawn together


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
        self.all_are_customers = tuple(strips) == ("base",)  # then a series is made for all of them at once
        self.arrivals: list[float] = list(arrivals)
        self._strips = list(strips)
        self._strip_of = strip_of
        self._ordinals = ordinals
        self._parts: list[tuple[str, NDArray[np.intp], NDArray[np.int64], int]] | None = None  # rows by strip
        self._columns: dict[tuple[str, Hashable], tuple[list[float], Transform | None]] = {}
        self._series: dict[tuple[str, int], NDArray[np.float64]] = {}
        self._rows: dict[tuple[str, Hashable, int], dict[int, list[float]]] = {}

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
        self._parts = None
        self._series.clear()
        for (name, _), (column, transform) in self._columns.items():
            fresh = self._gather(name, 1)[have:]
            column.extend((transform(fresh) if transform else fresh).tolist())

    def uid(self, i: int) -> str:
        """Name of lead i, the same under every structure."""
        return f"{self.channel}/{self._strips[self._strip_of[i]]}/{self._ordinals[i]}"

    def column(self, name: str, transform: Transform | None = None, variant: Hashable = "") -> list[float]:
        """The attribute `name` of every lead: uniforms, or what `transform` makes of them. Kept and extended.

        `variant` tells apart columns that different transforms make of the same numbers.
        """
        known = self._columns.get((name, variant))
        if known is None:
            values = self._gather(name, 1)
            known = ((transform(values) if transform else values).tolist(), transform)
            self._columns[(name, variant)] = known
        return known[0]

    def series(self, name: str, i: int, block: int) -> Floats:
        """Uniforms of ordinals 16*block ... 16*block+15 of the attribute `name` of lead i, shape (16,)."""
        drawn = self._series.get((name, block))
        if drawn is None:
            drawn = self._gather(f"{name}/{block}", BLOCK).reshape(-1, BLOCK)
            self._series[(name, block)] = drawn
        return drawn[i]

    def row(self, name: str, i: int, block: int, transform: Transform, variant: Hashable = "") -> list[float]:
        """The series' block as values; kept, because every structure asks for the same.

        `variant` tells apart what different transforms make of the same numbers.
        """
        rows = self._rows.get((name, variant, block))
        if rows is None:
            rows = self._rows[(name, variant, block)] = {}
        row = rows.get(i)
        if row is None:
            if self.all_are_customers:
                self.series(name, i, block)
                drawn = self._series[(name, block)]
                rows.update(enumerate(transform(drawn.reshape(-1)).reshape(-1, BLOCK).tolist()))
                row = rows[i]
            else:
                row = rows[i] = transform(self.series(name, i, block)).tolist()
        return row

    def _gather(self, name: str, width: int) -> Floats:
        """`width` numbers for each lead, from its strip's stream at its ordinal; shape (leads * width,)."""
        if self._parts is None:
            self._parts = []
            for number, strip in enumerate(self._strips):
                rows = np.flatnonzero(self._strip_of == number)
                if len(rows):
                    ordinals = self._ordinals[rows]
                    self._parts.append((strip, rows, ordinals, int(ordinals.max()) + 1))
        out = np.empty((len(self), width))
        for strip, rows, ordinals, count in self._parts:
            drawn = self._streams.uniforms(f"lead/{self.channel}/{strip}/{name}", count * width)
            out[rows] = drawn.reshape(-1, width)[ordinals]
        return out.reshape(-1)


def numbers(stock: Stock, name: str, i: int, transform: Transform, variant: Hashable = ()) -> Iterator[float]:
    """One customer's numbers of one series through `transform`, ordinals 0, 1, 2, ...; `variant` as for `Stock.row`."""
    block = 0
    while True:
        yield from stock.row(name, i, block, transform, variant)
        block += 1
