"""A run as bytes and back: names once for all runs that share them, numbers as they are, to the last bit."""

from __future__ import annotations

import hashlib
import json
import zlib

import numpy as np

from simulation.analysis.runs import Run

_FLOAT = np.dtype("<f8")


def layout_of(run: Run) -> str:
    """Names of what a run holds, as text: measures, then columns by month and the number of months."""
    months = len(next(iter(run.months.values()))) if run.months else 0
    return json.dumps([list(run.measures), list(run.months), months], separators=(",", ":"))


def packed(run: Run) -> bytes:
    """The numbers of a run in the order of its layout, compressed."""
    measures = np.array(list(run.measures.values()), dtype=_FLOAT)
    months = [np.asarray(column, dtype=_FLOAT) for column in run.months.values()]
    return zlib.compress(b"".join([measures.tobytes(), *(column.tobytes() for column in months)]), 6)


def opened(body: bytes, layout: str, structure: str) -> Run:
    """The run again.

    Raises:
        ValueError: the bytes do not fit the layout.
    """
    names, columns, months = json.loads(layout)
    try:
        numbers = np.frombuffer(zlib.decompress(body), dtype=_FLOAT)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(numbers) != len(names) + len(columns) * months:
        raise ValueError("another length than its layout")
    values = numbers[len(names) :].reshape(len(columns), months).astype(np.float64)
    return Run(
        structure,
        dict(zip(names, numbers[: len(names)].tolist(), strict=True)),
        dict(zip(columns, values, strict=True)),
    )


def checksum(*parts: object) -> bytes:
    """Sixteen bytes that change with any of the parts."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        whole.update(len(data).to_bytes(8, "little"))
        whole.update(data)
    return whole.digest()
