"""What an estimator finds: figures with intervals and sources, joint draws of them, and what it could not tell.

An estimator is a function `estimate(records, resampling) -> Estimate`. It fits once on the records as they are, and
once for each draw of the bootstrap with the weights that `Resampling` gives, so that row r of every estimator belongs
to the same resampled leads, people and customers: rows of different estimators are joint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.texts import Phrase, say, texts

LEAST_DEALS = 40
"""Closed deals with dates below which the default stays (RECORDS.md)."""
LEAST_FOR_SHARE = 20
"""Cases below which a share's default stays (RECORDS.md)."""
DRAWS = 200
LEVEL = 0.90
"""Level of the intervals of estimated figures."""


@dataclass(frozen=True)
class Resampling:
    """Weights of the bootstrap, the same for every estimator that asks for the same kind of case.

    Kinds: 'deals' (leads and deals by row of `deals`), 'people', 'customers', 'days'.
    """

    seed: int = 1
    draws: int = DRAWS

    def weights(self, kind: str, cases: int, draw: int) -> NDArray[np.int64]:
        """How often each of `cases` cases stands in the resample of a draw; shape (cases,), adding up to `cases`."""
        key = np.frombuffer(kind.encode().ljust(16, b"\0")[:16], np.uint32)
        rng = np.random.default_rng([self.seed, draw, *key.tolist()])
        return np.bincount(rng.integers(0, cases, cases), minlength=cases) if cases else np.zeros(0, np.int64)

    def generator(self, purpose: str, draw: int) -> np.random.Generator:
        """A generator of its own for a purpose and draw, for laws that are drawn instead of resampled."""
        key = np.frombuffer(purpose.encode().ljust(32, b"\0")[:32], np.uint32)
        return np.random.default_rng([self.seed, draw, 7, *key.tolist()])


@dataclass(frozen=True)
class Figure:
    """One figure: its value, its draws and where it comes from; or that the default stays, and why."""

    key: str
    """Name of the figure within its estimate: 'share', 'gap_yes.mean' and so on, dotted by what it belongs to."""
    value: float
    draws: NDArray[np.float64] | None = None
    """Shape (draws,): the figure in each resample; None where it was not estimated."""
    cases: int = 0
    """How many cases it rests on."""
    method: str = ""
    """Key of the text that names the estimator ('Aalen–Johansen')."""
    unit: str = ""
    kept: Phrase | None = None
    """Why the default stays, where it does."""

    @property
    def way(self) -> str:
        """What the estimator is called: a phrase, or the method itself where no text has its key; '' without one."""
        return say(self.method) if self.method and self.method in texts("en") else self.method

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of 90 % from the draws: quantiles of 5 and 95 %; the value itself where nothing was drawn."""
        if self.draws is None or not len(self.draws):
            return self.value, self.value
        low, high = np.nanquantile(self.draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return float(low), float(high)


@dataclass(frozen=True)
class Estimate:
    """What one estimator found, for the page, the scenario and the draws."""

    name: str
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[Phrase, ...] = ()
    """What a reader must know: too few cases, no evidence, a default that stays."""
    model: Any = None
    """The fitted model, for checks, back-test and whoever builds the scenario."""
