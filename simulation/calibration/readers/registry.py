"""Numbers for people, customers and deals: who has one name in several files has one number; no name is kept."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.readers.raw import Column
from simulation.calibration.readers.words import plain
from simulation.calibration.records import UNKNOWN

Numbers = NDArray[np.int64]


def in_order(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different codes in the order in which they first stand; -1 is left out."""
    if not len(codes):
        return codes
    first = np.full(int(codes.max()) + 2, len(codes), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # the last that is written is the first that stands there
    there = np.flatnonzero(first[:-1] < len(codes))
    return there[np.argsort(first[there], kind="stable")]


class Registry:
    """Numbers from 0 in the order of first appearance."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, column: Column) -> Numbers:
        """A number for each row; UNKNOWN where nobody is named."""
        return self._told(column, new=True)

    def number(self, name: str) -> int:
        """The number of one name."""
        return self._numbers.setdefault(plain(name), len(self._numbers))

    def known(self, column: Column) -> Numbers:
        """The same, UNKNOWN too where somebody is named who has no number yet."""
        return self._told(column, new=False)

    def _told(self, column: Column, new: bool) -> Numbers:
        values = np.full(len(column.words) + 1, UNKNOWN, np.int64)
        for code in in_order(column.codes):
            name = plain(str(column.words[code]))
            if new:
                self._numbers.setdefault(name, len(self._numbers))
            values[code] = self._numbers.get(name, UNKNOWN)
        result: Numbers = values[column.codes]
        return result

    @property
    def names(self) -> frozenset[str]:
        """Names that no kept word may tell: those with letters, and not too short to mean anything."""
        return frozenset(name for name in self._numbers if len(name) > 3 and re.search(r"[^\W\d_]{3}", name))


class Customers(Registry):
    """Customers by name, by id or by both, which then belong together."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0
        self._with_id: set[int] = set()

    def __len__(self) -> int:
        return self._next

    def of_both(self, ids: Column, names: Column) -> Numbers:
        """A number for each row from its id, its name, or both; UNKNOWN where neither stands."""
        width = len(names.words) + 1
        pairs = (ids.codes + 1) * width + names.codes + 1
        distinct, where = np.unique(pairs, return_inverse=True)
        numbers = np.full(len(distinct), UNKNOWN, np.int64)
        first = np.full(len(distinct), len(pairs), np.int64)
        np.minimum.at(first, where, np.arange(len(pairs)))
        for place in np.argsort(first, kind="stable"):
            one, other = divmod(int(distinct[place]), width)
            identity = plain(str(ids.words[one - 1])) if one else ""
            name = plain(str(names.words[other - 1])) if other else ""
            numbers[place] = self._number(identity, name)
        result: Numbers = numbers[where]
        return result

    def _number(self, identity: str, name: str) -> int:
        if not identity and not name:
            return UNKNOWN
        known = self._numbers
        if identity and identity in known:
            number = known[identity]
        elif name and name in known and not (identity and known[name] in self._with_id):
            number = known[name]
        else:
            number, self._next = self._next, self._next + 1
        if identity:
            known[identity] = number
            self._with_id.add(number)
        if name:
            known.setdefault(name, number)
        return number
