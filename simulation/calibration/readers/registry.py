"""Numbers for people, customers and deals: who has one name in several files has one number; no name is kept."""

from __future__ import annotations

import re
from functools import lru_cache

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
        self._next = 0

    def __len__(self) -> int:
        return self._next

    def of(self, column: Column) -> Numbers:
        """A number for each row; UNKNOWN where nobody is named."""
        return self._told(column, new=True)

    def number(self, name: str) -> int:
        """The number of one name."""
        name = plain(name)
        if name not in self._numbers:
            self._numbers[name] = self._new(name)
        return self._numbers[name]

    def _new(self, name: str) -> int:
        """The number of a name that has none yet."""
        return self._count()

    def _count(self) -> int:
        """The next number."""
        self._next += 1
        return self._next - 1

    def known(self, column: Column) -> Numbers:
        """The same, UNKNOWN too where somebody is named who has no number yet."""
        return self._told(column, new=False)

    def _told(self, column: Column, new: bool) -> Numbers:
        values = np.full(len(column.words) + 1, UNKNOWN, np.int64)
        for code in in_order(column.codes):
            name = plain(str(column.words[code]))
            if new and name not in self._numbers:
                self._numbers[name] = self._new(name)
            values[code] = self._numbers.get(name, UNKNOWN)
        result: Numbers = values[column.codes]
        return result

    @property
    def names(self) -> frozenset[str]:
        """Names that no kept word may tell: those with letters, and not too short to mean anything."""
        return frozenset(name for name in self._numbers if len(name) > 3 and re.search(r"[^\W\d_]{3}", name))


class People(Registry):
    """People by name: the same words in another order, with or without the father's name, or with initials, are one.

    'Сергеева Анна Петровна' of a list of staff is 'Анна Сергеева' and 'Сергеева А. П.' of a CRM, as long as nobody
    else could be meant.
    """

    def _new(self, name: str) -> int:
        parts = _words(name)
        if len(parts) > 1 and len(self._numbers) < MOST_PEOPLE:
            fits: dict[int, bool] = {}
            for known, number in self._numbers.items():
                fits[number] = fits.get(number, True) and _one(parts, _words(known))
            same = [number for number, one in fits.items() if one]
            if len(same) == 1:
                return same[0]
        return self._count()


MOST_PEOPLE = 500
"""Names beyond which nobody looks who else is meant: that is no department."""


@lru_cache(maxsize=10_000)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name; none where numbers are in it, which tell people apart."""
    return () if re.search(r"\d", name) else tuple(re.findall(r"[^\W\d_]+", name))


def _one(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: all words of the shorter one are in the longer one, some as initials."""
    short, long = sorted((some, others), key=len)
    if len(short) < 2:
        return False
    left = list(long)
    whole = 0
    for word in sorted(short, key=len, reverse=True):
        match = next((each for each in left if each == word), None)
        whole += match is not None and len(word) > 1
        if match is None:
            match = next((each for each in left if min(len(each), len(word)) == 1 and each[0] == word[0]), None)
        if match is None:
            return False
        left.remove(match)
    return whole > 0


class Customers(Registry):
    """Customers by name, by id or by both, which then belong together."""

    def __init__(self) -> None:
        super().__init__()
        self._with_id: set[int] = set()

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
            number = self._count()
        if identity:
            known[identity] = number
            self._with_id.add(number)
        if name:
            known.setdefault(name, number)
        return number
