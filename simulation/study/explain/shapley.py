"""Shapley values: a whole divided among them by what each adds, on average over all orders of joining.

Pure: what a coalition is worth comes from a function, a coalition is a bit mask. With few players every coalition is
asked for and the values are exact in every year. With more, orders are sampled (Castro, Gomez & Tejada 2009, Computers
& Operations Research 36(5)) in antithetic pairs, an order and its reverse (Mitchell, Cooper, Frank & Holmes 2022, JMLR
23(43)). All coalitions of an order are asked for in the same possible year, so the parts of a year add up exactly to
what all are worth less what nobody is worth.

One player may have to come before all others, because they are about what it brings; then only orders that begin with
it count (Faigle & Kern 1992, International Journal of Game Theory 21: the value under precedence constraints).

An order and its reverse belong to two years and not to one: a year more tells more than a second order of the same
year, because years differ more than orders do, and it costs the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Asked = tuple[int, int]
"""A coalition as a bit mask (player n is in it where bit n is set), and the number of a year."""
Worth = Callable[[Sequence[Asked]], Floats]
"""What coalitions are worth in years, in the order asked; NaN where it is not known."""

EXACT = 4
"""With so many players or fewer all coalitions are asked for: 16 in place of the 5 along one order of 4."""

ROUNDING = 1e-9
"""Steps that small beside what coalitions are worth are sums of the same money in another order."""


@dataclass(frozen=True)
class Parts:
    """What was found, by blocks: independent of each other, each unbiased.

    A block is two years, one with an order and one with its reverse; where the values are exact, one year.

    Attributes:
        parts: what each player adds, shape (blocks, players).
        none: what nobody is worth, shape (blocks,).
        whole: what all are worth, shape (blocks,); none plus the parts, to rounding.
        years: of each block.
        exact: whether all coalitions were asked for.
        failed: blocks left out because a value in them is not known.
    """

    parts: Floats
    none: Floats
    whole: Floats
    years: tuple[tuple[int, ...], ...]
    exact: bool
    failed: int = 0

    @property
    def bars(self) -> Floats:
        """The parts, and last what nobody is worth: they add up to the whole; shape (blocks, players + 1)."""
        return np.column_stack([self.parts, self.none])

    @property
    def count(self) -> int:
        """Years in it."""
        return sum(len(years) for years in self.years)


def is_exact(players: int, leads: bool = False) -> bool:
    """Whether all coalitions of so many players are asked for; `leads` as in `decompose`."""
    return players - leads <= EXACT


def decompose(
    worth: Worth,
    players: int,
    years: int,
    *,
    leads: bool = False,
    seed: int = 0,
    first: int = 16,
    step: int = 8,
    enough: Callable[[Parts], bool] | None = None,
) -> Parts:
    """Divides what all players are worth, less what nobody is worth, among them.

    Args:
        worth: what coalitions are worth; asked for many at once.
        players: how many there are.
        years: numbers from 0 are asked for, so many at most; one more where orders are sampled and it is odd.
        leads: whether the last of the players joins before all others, in every order.
        seed: of the orders.
        first: years before ``enough`` is asked for the first time: an interval from few years is no guide.
        step: years before it is asked again.
        enough: whether what was found is enough; all years are asked for when None.

    Returns:
        The parts by block; blocks with an unknown value are left out.
    """
    size = 1 if is_exact(players, leads) else 2
    blocks = -(-years // size)
    found = Parts(np.empty((0, players)), np.empty(0), np.empty(0), (), is_exact(players, leads))
    begin = 0
    while begin < blocks:
        end = blocks if enough is None else min(blocks, begin + -(-(step if begin else first) // size))
        found = _with(found, worth, range(begin, end), players, leads, seed)
        begin = end
        if enough is not None and enough(found):
            break
    return found


def order_of(players: int, block: int, seed: int) -> tuple[int, ...]:
    """The order in which players join in a block; the same whenever it is asked for."""
    return tuple(np.random.default_rng([seed, block]).permutation(players).tolist())


def along(order: Sequence[int]) -> tuple[int, ...]:
    """The coalitions that an order goes through, from nobody to all."""
    masks = [0]
    for player in order:
        masks.append(masks[-1] | 1 << player)
    return tuple(masks)


def added(order: Sequence[int], worths: Floats) -> Floats:
    """What each player adds where they join in an order.

    Args:
        order: of the players.
        worths: of the coalitions along it, shape (players + 1,).

    Returns:
        By player, shape (players,).
    """
    steps = np.diff(worths)
    steps[np.abs(steps) <= ROUNDING * np.abs(worths).max()] = 0.0
    parts = np.empty(len(order))
    parts[list(order)] = steps
    return parts


def exact(worths: Floats) -> Floats:
    """Shapley values from the worth of every coalition (Shapley 1953).

    Args:
        worths: by bit mask, shape (2**players,).

    Returns:
        By player, shape (players,).
    """
    players = len(worths).bit_length() - 1
    weights = [factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)]
    parts = np.zeros(players)
    for player in range(players):
        for mask in range(len(worths)):
            if not mask >> player & 1:
                parts[player] += weights[mask.bit_count()] * (worths[mask | 1 << player] - worths[mask])
    return parts


def _with(found: Parts, worth: Worth, blocks: range, players: int, leads: bool, seed: int) -> Parts:
    """What was found, and some blocks more; all that they need is asked for at once."""
    asked: list[Asked] = []
    walks = [list(_walks(players, block, leads, seed)) for block in blocks]
    for block in walks:
        asked += [(mask, year) for year, _, masks in block for mask in masks]
    worths = iter(np.asarray(worth(asked), dtype=np.float64))
    rows, years, failed = [], [], 0
    for block in walks:
        made = []
        for _, order, masks in block:
            values = np.array([next(worths) for _ in masks])
            parts = _exact(values, leads) if order is None else added(order, values)
            made.append([*parts, values[0], values[-1]])
        row = np.mean(made, axis=0)
        if np.isfinite(row).all():
            rows.append(row)
            years.append(tuple(year for year, _, _ in block))
        else:
            failed += 1
    table = np.array(rows).reshape(-1, players + 2)
    return Parts(
        np.vstack([found.parts, table[:, :players]]),
        np.concatenate([found.none, table[:, players]]),
        np.concatenate([found.whole, table[:, players + 1]]),
        (*found.years, *years),
        found.exact,
        found.failed + failed,
    )


def _exact(values: Floats, leads: bool) -> Floats:
    """By player, from the coalitions of `_walks`."""
    return np.append(exact(values[1:]), values[1] - values[0]) if leads else exact(values)


def _walks(
    players: int, block: int, leads: bool, seed: int
) -> Iterator[tuple[int, tuple[int, ...] | None, Sequence[int]]]:
    """Year, order and coalitions of each walk of a block."""
    others, before = (players - 1, (players - 1,)) if leads else (players, ())
    if is_exact(players, leads):
        alone = [0] if leads else []
        yield block, None, [*alone, *(mask | leads << others for mask in range(2**others))]
        return
    order = order_of(others, block, seed)
    for year, each in ((2 * block, order), (2 * block + 1, order[::-1])):
        yield year, (*before, *each), along((*before, *each))
