"""Named random streams: each number is a pure function of (seed, replication, stream name, entity, ordinal).

The structure's name is in no key, so structures are paired; adding a stream moves no other. Which streams there are:
`stream_map`. How a number is made, so that anybody can make it alone: docs/randomness.md, "One number".

A stream is a book of pages of numbers, each of them a block of the counter-based generator Philox4x64-10 (Salmon,
Moraes, Dror and Shaw 2011), so that none has to be drawn to have another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST = 2.0**-54
"""What is drawn instead of 0, where a quantile may be infinite."""
BLOCK = 16
"""Ordinals of an entity that stand side by side in streams of series."""


def key_of(seed: int, replication: int, name: str) -> tuple[int, int]:
    """The key of a stream: the two halves of BLAKE2b of 'SEED/REPLICATION/NAME', as little-endian numbers.

    Python's own `hash` is salted per process.
    """
    return _halves(hashlib.blake2b(f"{seed}/{replication}/{name}".encode(), digest_size=16).digest())


def _halves(digest: bytes) -> tuple[int, int]:
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


class Streams:
    """All streams of one replication.

    Attributes:
        keyed: whether a number follows from its key and place, so that others may draw it too; not so where numbers are
            given by hand.
    """

    keyed = True

    def __init__(self, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication
        self._digests: dict[str, bytes] = {}  # of the streams asked for so far
        self._begin = hashlib.blake2b(f"{seed}/{replication}/".encode(), digest_size=16)
        self._philox = np.random.Philox(key=0)
        self._random = np.random.Generator(self._philox).random
        # one generator that is given key and counter for each request: to make one takes as long as 3 000 numbers
        self._place: dict[str, tuple[int, ...]] = {}
        empty = {"buffer": [0] * 4, "buffer_pos": 4, "has_uint32": 0, "uinteger": 0}
        self._state: Any = {"bit_generator": "Philox", "state": self._place} | empty

    @property
    def asked(self) -> frozenset[str]:
        """Names of the streams that were asked for."""
        return frozenset(self._digests)

    def key(self, name: str) -> tuple[int, int]:
        """The key of the named stream."""
        return _halves(self._digest(name))

    def keys(self, names: Sequence[str]) -> NDArray[np.uint64]:
        """Keys of streams, shape (names, 2)."""
        return np.frombuffer(b"".join(map(self._digest, names)), "<u8").astype(np.uint64).reshape(-1, 2)

    def _digest(self, name: str) -> bytes:
        digest = self._digests.get(name)
        if digest is None:
            whole = self._begin.copy()
            whole.update(name.encode())
            digest = self._digests[name] = whole.digest()
        return digest

    def uniforms(self, name: str, count: int, page: int = 0, first: int = 0) -> Floats:
        """Uniforms in (0, 1) of the named stream: numbers `first` ... `first + count - 1` of a page, shape (count,).

        In a plain stream the page is the ordinal and the number the entity, so that a request is a column of entities.
        In a stream of series number 16 x entity + ordinal mod 16 of page ordinal div 16, so that a request is entities
        in a row with 16 ordinals of each.
        """
        skipped = first & 3
        self._place["key"] = self.key(name)
        self._place["counter"] = (first >> 2, page, 0, 0)  # numpy counts on before it makes a block, so from 1
        self._philox.state = self._state
        drawn = self._random(count + skipped)
        np.maximum(drawn, LEAST, out=drawn)
        return drawn[skipped:]
