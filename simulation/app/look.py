"""What years show, as the page needs it: plain values and phrases, which are drawn without knowing a simulation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.texts import Phrase
from simulation.texts.values import Unit

LOOKS = (4, 8, 16, 32, 64)
"""Years after which a look is taken, and at the last one."""


def next_look(years: int, total: int) -> int:
    """At how many years is looked after so many."""
    return next((each for each in LOOKS if years < each < total), total)


@dataclass(frozen=True)
class Look:
    """What so many years show.

    Attributes:
        years: that are finished.
        total: that there will be.
        measure: that decides; its unit and the currency of money.
        titles: of the structures.
        values: the measure by structure, one for each year, the same year at the same place; NaN where it has none.
        means: of them.
        best: structure with the best mean; '' where there is none.
        baseline: structure that the others are compared with.
        told: whether the best one is told apart.
        act: as in `analysis.plain`.
        said: headline, how sure, what next; none where nothing is compared.
        failed: years that failed.
        low, high: joint interval of the best one's lead.
    """

    years: int
    total: int
    measure: str
    unit: Unit
    currency: str
    titles: Mapping[str, str]
    values: Mapping[str, Sequence[float]]
    means: Mapping[str, float]
    best: str
    baseline: str
    told: bool
    act: str
    said: tuple[Phrase, ...]
    failed: int
    low: float = math.nan
    high: float = math.nan

    @property
    def last(self) -> bool:
        """Whether no more years will come."""
        return self.years + self.failed >= self.total


@dataclass(frozen=True)
class Against:
    """A variant beside another one, each with the structure that does best in it.

    Attributes:
        name: of the variant.
        best: title of that structure.
        means: the measure by title of the structure.
        mean: of the best one.
        difference: its best less the best of the first variant, in the same years; low and high are its joint interval.
        sure: whether it is told apart.
        same: whether both are equal in every year.
    """

    name: str
    best: str
    means: Mapping[str, float]
    mean: float
    difference: float
    low: float
    high: float
    sure: bool
    same: bool


@dataclass(frozen=True)
class Beside:
    """Variants side by side, the first one is what the others are held against.

    Attributes:
        years: so far.
        total: that there will be.
        measure: that decides, with its unit and the currency of money.
        variants: side by side.
    """

    years: int
    total: int
    measure: str
    unit: Unit
    currency: str
    variants: tuple[Against, ...]

    @property
    def last(self) -> bool:
        """Whether no more years will come."""
        return self.years >= self.total
