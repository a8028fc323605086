"""The leads of a channel with their own luck: columns by lead, series by lead and ordinal.

A lead's attribute is keyed by where the lead comes from (channel, strip) and its ordinal there, never by when it is
used. Columns are plain Python lists, which the dynamics index; those of outbound channels grow on demand in place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
        self.arrivals: list[float] = list(arrivals)
        self._strips = list(strips)
        self._strip_of = strip_of
        self._ordinals = ordinals
        self._columns: dict[tuple[str, str], tuple[list[float], Transform | None]] = {}
        self._series: dict[tuple[str, int], NDArray[np.float64]] = {}

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
        self._series.clear()
        for (name, _), (column, transform) in self._columns.items():
            fresh = self._gather(name, 1)[have:]
            column.extend((transform(fresh) if transform else fresh).tolist())

    def uid(self, i: int) -> str:
        """Name of lead i, the same under every structure."""
        return f"{self.channel}/{self._strips[self._strip_of[i]]}/{self._ordinals[i]}"

    def column(self, name: str, transform: Transform | None = None, variant: str = "") -> list[float]:
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

    def _gather(self, name: str, width: int) -> Floats:
        """`width` numbers for each lead, from its strip's stream at its ordinal; shape (leads * width,)."""
        out = np.empty((len(self), width))
        for number, strip in enumerate(self._strips):
            chosen = self._strip_of == number
            ordinals = self._ordinals[chosen]
            if len(ordinals):
                full = self._streams.uniforms(
                    f"lead/{self.channel}/{strip}/{name}", (int(ordinals.max()) + 1) * width
                )
                out[chosen] = full.reshape(-1, width)[ordinals]
        return out.reshape(-1)


class Draws:
    """One customer's numbers of one series through `transform`: `next()` in order, `at(n)` by ordinal."""

    __slots__ = ("_i", "_name", "_next", "_rows", "_stock", "_transform")

    def __init__(self, stock: Stock, name: str, i: int, transform: Transform) -> None:
        self._stock = stock
        self._name = name
        self._i = i
        self._transform = transform
        self._rows: list[list[float]] = []
        self._next = 0

    def at(self, ordinal: int) -> float:
        """The value of an ordinal."""
        block, place = divmod(ordinal, BLOCK)
        rows = self._rows
        while len(rows) <= block:
            rows.append(self._transform(self._stock.series(self._name, self._i, len(rows))).tolist())
        return rows[block][place]

    def next(self) -> float:
        """The next ordinal's value, from 0 on."""
        self._next += 1
        return self.at(self._next - 1)
