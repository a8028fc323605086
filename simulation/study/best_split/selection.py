"""Which of several systems has the best mean, from paired samples, with a stated probability of being right.

The fully sequential procedure KN of Kim & Nelson (2001), A fully sequential procedure for indifference-zone selection
in simulation, ACM TOMACS 11(3), 251-273. It takes the variances of the *differences*, so common random numbers make it
quicker, and it is valid for them (procedures that allocate by the variances of single systems, such as OCBA, assume
independent ones). Limits on further measures are decided as in Andradottir & Kim (2010), Fully sequential procedures
for comparing constrained systems via simulation, Naval Research Logistics 57(5), 403-421, by their procedure F_B beside
the comparison; an undecided system may be beaten by one that keeps all limits.

What is guaranteed, for normal years: with probability ``level`` at least, the selected system is the best one,
wherever the best is ahead of all others by the indifference zone or more and every system is further from each limit
than that limit's tolerance. The error is divided by Bonferroni: without limits all of it goes to the comparisons, one
share for each other system; with limits half of it, and the other half to the decisions about limits. Systems are
looked at after rounds of several replications, which makes wrong eliminations rarer than looking after each one (the
boundary is missed by a walk that is seen at fewer times: Jennison, Johnstone & Turnbull 1982, cited there).

Nothing here simulates: a function gives the values of systems for replication numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.texts import Digits, worded

Floats = NDArray[np.float64]
Values = Callable[[Sequence[int], Sequence[int]], Floats]
"""Systems and replication numbers to values, shape (systems, numbers, 1 + limits): the measure that decides first."""

FIRST = 20
"""Replications of every system before the first look; they give the variances."""
STEP = 10
"""Replications between two looks."""
MOST_LOST = 100
"""Failed or undefined years that a search bears, or twice as many as there are others, before it gives up."""
UNDEFINED = "select-undefined"


class SelectionError(ValueError):
    """Nothing can be selected: the values are undefined."""


@dataclass(frozen=True)
class Limit:
    """What the mean of a further measure must keep.

    Attributes:
        at_least: whether it must not be below the bound; else it must not be above.
        bound: the limit.
        tolerance: nearer to the bound than that, it may be decided either way; above 0.
        shares: whether values are 0 or 1, so that the variance at the bound is known.
    """

    at_least: bool
    bound: float
    tolerance: float
    shares: bool = False


Fate = Literal["selected", "open", "beaten", "breaks"]


@dataclass
class System:
    """What became of one system.

    Attributes:
        fate: selected; open (neither beaten nor selected when the search ended); beaten by another one; or it breaks
            a limit.
        by: the system that beat it, or the limit that it breaks.
        n: replications that it got, without years that were dropped.
        given: replications that it got.
        met: by limit: whether it keeps it, None while undecided.
    """

    fate: Fate = "open"
    by: int | None = None
    n: int = 0
    given: int = 0
    met: list[bool | None] = field(default_factory=list)

    @property
    def feasible(self) -> bool:
        """Whether it is known to keep every limit."""
        return all(each is True for each in self.met)


Ended = Literal["alone", "zone", "cap", "none"]


@dataclass(frozen=True)
class Selection:
    """What a search brings.

    Attributes:
        best: the selected system; None where none keeps the limits.
        ended: why it ended: all others were beaten ('alone'), the indifference zone was reached with several left that
            are equally good ('zone'), the cap on replications was reached ('cap'), or no system keeps the limits
            ('none').
        systems: what became of each.
        remaining: systems that were still in the search when it ended, the selected one among them.
        level: the probability of a correct selection, which holds unless `ended` is 'cap'.
        indifference: the indifference zone.
    """

    best: int | None
    ended: Ended
    systems: tuple[System, ...]
    remaining: tuple[int, ...]
    level: float
    indifference: float

    @property
    def used(self) -> int:
        """Replications of all systems together."""
        return sum(each.given for each in self.systems)

    @property
    def longest(self) -> int:
        """The most replications that one system got."""
        return max(each.given for each in self.systems)

    @property
    def brute_force(self) -> int:
        """Replications if every system had got as many as the longest."""
        return self.longest * len(self.systems)


Watch = Callable[[Sequence[int], "int | None"], None]
"""Told before each round: systems that are left, and the one ahead so far."""


def select(
    values: Values,
    systems: int,
    *,
    indifference: float,
    level: float = 0.95,
    limits: Sequence[Limit] = (),
    first: int = FIRST,
    step: int = STEP,
    most: int | None = None,
    higher: bool = True,
    start: int = 0,
    watch: Watch | None = None,
) -> Selection:
    """Selects the system with the best mean among those that keep the limits.

    Args:
        values: gives the values; the same numbers are the same years for all systems. A year that is NaN in any
            measure of any system that is still in the search is dropped for all.
        systems: how many there are.
        indifference: the smallest difference that matters, in the unit of the measure; above 0.
        level: probability of a correct selection.
        limits: what further measures must keep, in the order in which ``values`` gives them.
        first: replications before the first look, at least 2.
        step: replications between two looks.
        most: most replications of each system; no cap when None.
        higher: whether higher means are better.
        start: number of the first replication.
        watch: told before each round.

    Raises:
        ValueError: an argument that makes no sense.
        SelectionError: the values are undefined in nearly all years.
    """
    _check(systems, indifference, level, first, step, most, limits)
    if systems == 1 and not limits:
        only = System("selected")
        return Selection(0, "alone", (only,), (0,), level, indifference)
    search = _Search(values, systems, indifference, level, tuple(limits), first, step, most, higher, start, watch)
    return search.run()


def _check(
    systems: int, indifference: float, level: float, first: int, step: int, most: int | None, limits: Sequence[Limit]
) -> None:
    if systems < 1:
        raise ValueError(worded("select-nothing"))
    if not indifference > 0 or not math.isfinite(indifference):
        raise ValueError(worded("select-indifference", indifference=Digits(f"{indifference:g}")))
    if not 0 < level < 1:
        raise ValueError(worded("level-between", level=Digits(f"{level:g}")))
    if first < 2 or step < 1:
        raise ValueError(worded("select-first", first=first, step=step))
    if most is not None and most < first:
        raise ValueError(worded("select-cap", most=most, first=first))
    for each in limits:
        if not each.tolerance > 0:
            raise ValueError(worded("select-tolerance", tolerance=Digits(f"{each.tolerance:g}")))


class _Search:
    """One run of the procedure."""

    def __init__(
        self,
        values: Values,
        systems: int,
        indifference: float,
        level: float,
        limits: tuple[Limit, ...],
        first: int,
        step: int,
        most: int | None,
        higher: bool,
        start: int,
        watch: Watch | None,
    ) -> None:
        self._values, self._delta, self._level, self._limits = values, indifference, level, limits
        self._first, self._step, self._most, self._next, self._watch = first, step, most, start, watch
        self._sign = 1.0 if higher else -1.0
        self._systems = [System(met=[None] * len(limits)) for _ in range(systems)]
        self._in = list(range(systems))
        self._sums = np.zeros((systems, 1 + len(limits)))
        self._n = 0
        self._given = 0
        self._variance: Floats = np.zeros((systems, systems))  # of differences, from the first replications
        self._spread: Floats = np.zeros((systems, len(limits)))
        self._h2, self._h2_limit = 0.0, 0.0

    def run(self) -> Selection:
        """Rounds until one system is left, none, or nothing can be told any more."""
        block = self._first_stage()
        self._prepare(block)
        while True:
            self._decide_limits()
            self._beat()
            ended = self._ended()
            if ended is not None:
                return self._selection(ended)
            count = self._step if self._most is None else min(self._step, self._most - self._given)
            self._add(self._draw(count))
            self._lost(self._n)

    # --- replications -----------------------------------------------------------------------------------------------

    def _draw(self, count: int) -> Floats:
        """The next years of the systems left: complete ones, shape (systems left, years, measures)."""
        if self._watch is not None:
            self._watch(tuple(self._in), self._leader() if self._n else None)
        numbers = range(self._next, self._next + count)
        self._next += count
        self._given += count
        block = np.asarray(self._values(self._in, numbers), dtype=np.float64)
        for system in self._in:
            self._systems[system].given += count
        complete: Floats = block[:, ~np.isnan(block).any(axis=(0, 2)), :]
        return complete

    def _first_stage(self) -> Floats:
        blocks: list[Floats] = []
        found = 0
        while found < self._first and (self._most is None or self._given < self._most):
            left = math.inf if self._most is None else self._most - self._given
            blocks.append(self._draw(int(min(self._first - found, left))))
            found += blocks[-1].shape[1]
            self._lost(found)
        if found < 2:
            raise SelectionError(worded(UNDEFINED))
        return np.concatenate(blocks, axis=1)

    def _lost(self, found: int) -> None:
        if self._given - found > max(MOST_LOST, 2 * found):
            raise SelectionError(worded(UNDEFINED))

    def _prepare(self, block: Floats) -> None:
        """Variances of the first years, and how far a mean may fall behind."""
        n = block.shape[1]
        centred = block[:, :, 0] - block[:, :, 0].mean(axis=1, keepdims=True)
        for system in range(len(self._systems)):
            self._variance[system] = np.sum((centred - centred[system]) ** 2, axis=1) / (n - 1)
        for number, limit in enumerate(self._limits):
            own = block[:, :, 1 + number].var(axis=1, ddof=1)
            # twenty years that all met their plan do not show that it is met always: at the bound the variance is known
            self._spread[:, number] = np.maximum(own, limit.bound * (1 - limit.bound)) if limit.shares else own
        alpha = 1.0 - self._level
        k, limits = len(self._systems), len(self._limits)
        compared = alpha / 2 if limits else alpha
        self._h2 = _h2(compared / max(k - 1, 1), n)
        if limits:
            self._h2_limit = _h2(alpha / 2 / (k * limits), n)
        self._add(block)

    def _add(self, block: Floats) -> None:
        self._n += block.shape[1]
        self._sums[self._in] += block.sum(axis=1)
        for system in self._in:
            self._systems[system].n = self._n

    # --- decisions --------------------------------------------------------------------------------------------------

    def _decide_limits(self) -> None:
        for number, limit in enumerate(self._limits):
            for system in list(self._in):
                one = self._systems[system]
                if one.met[number] is not None:
                    continue
                gap = self._sums[system, 1 + number] - self._n * limit.bound
                gap = gap if limit.at_least else -gap
                room = self._h2_limit * self._spread[system, number] / (2 * limit.tolerance)
                room = max(0.0, room - self._n * limit.tolerance / 2)
                if gap >= room:
                    one.met[number] = True
                elif gap <= -room:
                    one.met[number] = False
                    one.fate, one.by = "breaks", number
                    self._in.remove(system)

    def _beat(self) -> None:
        """Leaves out systems whose mean has fallen too far behind that of one that keeps all limits."""
        rivals = [each for each in self._in if self._systems[each].feasible]
        means = self._means()
        for system in list(self._in):
            for rival in rivals:
                if rival == system:
                    continue
                behind = means[rival] - means[system]
                if behind > self._room(system, rival):
                    one = self._systems[system]
                    one.fate, one.by = "beaten", rival
                    self._in.remove(system)
                    break

    def _room(self, one: int, other: int) -> float:
        """How far a mean may fall behind another one's: W of Kim & Nelson (2001), c = 1."""
        r, delta = self._n, self._delta
        return max(0.0, delta / (2 * r) * (self._h2 * self._variance[one, other] / delta**2 - r))

    def _means(self) -> Floats:
        means: Floats = self._sign * self._sums[:, 0] / max(self._n, 1)
        return means

    def _leader(self) -> int | None:
        """The best mean among those left; those that may break a limit come after those that keep all."""
        if not self._in:
            return None
        means = self._means()
        return max(self._in, key=lambda each: (self._systems[each].feasible, means[each], -each))

    def _ended(self) -> Ended | None:
        if not self._in:
            return "none"
        feasible = [each for each in self._in if self._systems[each].feasible]
        if len(self._in) == 1 and feasible:
            return "alone"
        if len(feasible) == len(self._in) and all(
            self._room(one, other) == 0.0 for one in self._in for other in self._in if one != other
        ):
            return "zone"  # equal means, and no more replications would tell them apart
        if self._most is not None and self._given >= self._most:
            return "cap"
        return None

    def _selection(self, ended: Ended) -> Selection:
        best = self._leader()
        if best is not None:
            self._systems[best].fate = "selected"
        return Selection(best, ended, tuple(self._systems), tuple(self._in), self._level, self._delta)


def _h2(error: float, n: int) -> float:
    """h² = 2cη(n - 1) with η = ((2·error)^(-2/(n-1)) - 1)/2 and c = 1 (Kim & Nelson 2001, step 0)."""
    eta = 0.5 * ((2.0 * min(error, 0.5)) ** (-2.0 / (n - 1)) - 1.0)
    return 2.0 * eta * (n - 1)
