"""What an answer needs besides years, got ready while workers play them: this process would only wait for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.analysis.cases import Case

APART = 10
"""Years between two of the pieces, so that workers have enough in hand while one is got ready."""
MODULES = ("pandas", "simulation.report.tables", "simulation.report.summary")
OF_A_FOLDER = ("simulation.report.files", "simulation.report.page.write", "matplotlib.figure")
"""Modules that take longest to load, of every answer and of one that is written into a folder."""


class Meanwhile:
    """Does one piece after the other when it is told of finished years.

    What goes wrong here is done again where it is wanted, and told there.

    Args:
        pieces: what is got ready, in the order in which it is wanted.
    """

    def __init__(self, pieces: Sequence[Callable[[], object]]) -> None:
        self._left = iter(pieces)
        self._next = APART

    def update(self, done: int) -> None:
        """So many years are done."""
        if done < self._next:
            return
        self._next = done + APART
        if (piece := next(self._left, None)) is not None:
            with suppress(Exception):
                piece()


def of_comparison(cases: Collection[Case], folder: bool) -> Meanwhile:
    """For a comparison: modules, and what the closed form says of each structure."""
    modules = (*MODULES, *(OF_A_FOLDER if folder else ()))
    return Meanwhile([*(partial(import_module, name) for name in modules), *_planned(cases)])


def _planned(cases: Collection[Case]) -> Iterator[Callable[[], object]]:
    from simulation.analysis.cautions import splits_each
    from simulation.expected.splits import better_split

    for case in cases:
        yield partial(better_split, case.scenario, case.key, splits_each(len(cases)))
