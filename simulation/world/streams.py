"""Named random streams: each number is a pure function of (seed, replication, stream name, ordinal).

The structure's name is in no key, so structures are paired; adding a stream moves no other. Which streams there are:
`stream_map`.
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
