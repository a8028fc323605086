"""Named random streams: each number is a pure function of (seed, replication, stream name, ordinal).

The map of streams (a name is a path; `*` stands for a key of the scenario or a number):

| stream | ordinal | number |
|---|---|---|
| `arrivals/CHANNEL/STRIP/gap` | candidate | unit-exponential gap to the next candidate of the strip |
| `arrivals/CHANNEL/STRIP/height` | candidate | place of the candidate inside the strip (thinning) |
| `arrivals/CHANNEL/month` | month | gamma factor of an overdispersed month |
| `lead/CHANNEL/STRIP/COLUMN` | candidate, or find of the channel | one attribute of the lead (see `stock`) |
| `lead/CHANNEL/STRIP/SERIES/BLOCK` | 16 x lead + ordinal in the block | an attribute of a customer's n-th order |
| `finds/CHANNEL/attempts` | find | attempts that the find needs |
| `distributor/CHANNEL/exit` | 0 | unit-exponential threshold of walking away |
| `people/HIRE/WHAT` | seat | tenure, talent (by activity, and common), threshold, recruiting, probation |
| `absence/SEAT/HIRE/WHAT` | spell or part | vacation and sick spells |
| `lead/CHANNEL/STRIP/departure/BLOCK` | 16 x lead + ordinal in the block | the n-th holder of an open lead leaves |
| `lead/CHANNEL/STRIP/customer.departure/BLOCK` | likewise | the n-th holder of a customer leaves |
| `crm/failure` | CRM roll-out of the structure | luck of the roll-out |

STRIP is a number for arrivals, `found` for outbound finds, `pipeline` and `base` for what is there on the first day.
The structure's name is in no key, so structures are paired; adding a stream moves no other.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def digest(name: str) -> int:
    """A stable 128-bit number for a stream's name (Python's own `hash` is salted per process)."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=16).digest(), "little")


class Stream:
    """Uniform numbers in (0, 1), by ordinal; longer requests extend what shorter ones gave."""

    __slots__ = ("_drawn", "_generator")

    def __init__(self, seed: int, replication: int, name: str) -> None:
        entropy = np.random.SeedSequence([seed, replication, digest(name)])
        self._generator = np.random.Generator(np.random.PCG64(entropy))
        self._drawn: Floats = np.empty(0)

    def uniforms(self, count: int) -> Floats:
        """The first `count` numbers, shape (count,). Do not write into them."""
        have = len(self._drawn)
        if count > have:
            more = self._generator.random(max(count - have, min(have, 1 << 16)))
            # random() can return exactly 0, where a quantile may be infinite.
            np.maximum(more, 2.0**-54, out=more)
            self._drawn = np.concatenate((self._drawn, more)) if have else more
        return self._drawn[:count]


class Streams:
    """All streams of one replication, made when first asked for."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self._streams: dict[str, Stream] = {}

    def uniforms(self, name: str, count: int) -> Floats:
        """The first `count` uniforms in (0, 1) of the named stream, shape (count,)."""
        stream = self._streams.get(name)
        if stream is None:
            stream = self._streams[name] = Stream(self.seed, self.replication, name)
        return stream.uniforms(count)
