"""Worlds that a process keeps: what is luck alone is drawn once for all structures and cases that meet it.

A World depends on its seed, its number and on what `identity.world_print` names, not on structures; two scenarios that
agree in that meet the same one, in a later call too.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections import OrderedDict
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

import numpy as np
from pydantic import BaseModel

from simulation.analysis.identity import world_print
from simulation.scenario.calendar import WorkingCalendar
from simulation.scenario.scenario import Scenario
from simulation.world import World

ROOM = 128 * 2**20
"""Bytes that the Worlds of a process may take together; the last one is there however large it is."""

_ALIKE = 0.05
"""Part by which the leads of two Worlds may differ that are taken to be of one size."""
_NO_PART = (type, ModuleType, FunctionType, BuiltinFunctionType, BaseModel, WorkingCalendar)
"""What a World refers to and does not own."""
_PLAIN = (float, int, str, bytes, bool)


class Worlds:
    """The Worlds asked for last, as many as there is room for; one that is forgotten can be used no more.

    Args:
        room: bytes.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._there: OrderedDict[tuple[str, int, int], World] = OrderedDict()
        self._sizes: dict[str, int] = {}  # of one World, by what it depends on: years differ little in it
        self._measured: list[tuple[int, int]] = []  # leads of Worlds, and their bytes

    def __len__(self) -> int:
        return len(self._there)

    def of(self, scenario: Scenario, number: int) -> World:
        """The World of a replication of a scenario; the same one for every scenario that shares it."""
        key = (world_print(scenario), scenario.experiment.seed, number)
        if key not in self._there:
            self._make_room()
            self._there[key] = World(scenario, number)
        self._there.move_to_end(key)
        return self._there[key]

    def clear(self) -> None:
        """Forgets all of them."""
        for world in self._there.values():
            world.forget()
        self._there.clear()

    def _make_room(self) -> None:
        """Forgets the oldest, until there is room for one more like the last."""
        if not self._there:
            return
        last = next(reversed(self._there))
        if last[0] not in self._sizes:  # by now everybody has used it: it grows while it is used
            self._sizes[last[0]] = self._size_of(self._there[last])
        taken = sum(self._sizes.get(of, 0) for of, *_ in self._there)
        while self._there and taken + self._sizes[last[0]] > self._room:
            oldest, world = self._there.popitem(last=False)
            taken -= self._sizes.get(oldest[0], 0)
            world.forget()

    def _size_of(self, world: World) -> int:
        """Bytes of a World; those of one that has about as many leads, since to look through it takes half a year."""
        leads = world.leads_so_far
        for others, size in self._measured:
            if abs(leads - others) <= _ALIKE * others:
                return size
        self._measured.append((leads, bytes_of(world)))
        return self._measured[-1][1]


def bytes_of(world: World) -> int:
    """Bytes that a World takes, about: its columns and whatever holds them."""
    seen: set[int] = set()
    left: list[Any] = [world]
    found = 0
    while left:
        each = left.pop()
        if id(each) in seen or isinstance(each, _NO_PART):
            continue
        seen.add(id(each))
        found += sys.getsizeof(each)
        if isinstance(each, np.ndarray):
            found += 0 if each.base is None else each.nbytes  # what owns its numbers has them in its size
        elif isinstance(each, list) and each and isinstance(each[0], _PLAIN):
            found += len(each) * sys.getsizeof(each[0])
        else:
            left.extend(gc.get_referents(each))
    return found


_OF_THREAD = threading.local()


def world_of(scenario: Scenario, number: int) -> World:
    """The World of a replication, from those that this thread keeps: a World grows and is no two threads' own."""
    if not hasattr(_OF_THREAD, "worlds"):
        _OF_THREAD.worlds = Worlds()
    worlds: Worlds = _OF_THREAD.worlds
    return worlds.of(scenario, number)


def forget(room: int = ROOM) -> None:
    """Lets go of the Worlds that this thread keeps.

    Args:
        room: bytes for those that it keeps from now on.
    """
    worlds: Worlds | None = getattr(_OF_THREAD, "worlds", None)
    if worlds is not None:
        worlds.clear()
    _OF_THREAD.worlds = Worlds(room)
