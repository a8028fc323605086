"""A check: what must not fall below zero in the mean of the same possible years, and whether it does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulation.validation.sense.changes import Variant
from simulation.validation.sense.years import Laboratory, Years

Floats = NDArray[np.float64]
FARTHEST = 3.0
"""Standard errors by which a mean may lie on the wrong side (Student's law makes them more where years are few): where
nothing is changed at all, one check in 740 would."""

EXACT_YEARS = 2
"""Years of an expectation that is met to the last bit or not at all: chance does not come in."""


@dataclass(frozen=True)
class Check:
    """One expectation of one department.

    Attributes:
        family: the heading under which it stands.
        what: what is compared with what, in words.
        variants: the departments that are compared, in the order in which `margin` takes their years.
        margin: years of each variant to the figure of each year that must not be below zero in the mean.
        unit: of the figure: 'money', or 'orders'.
        exact: whether it must not be below zero in any single year, to the last bit.
    """

    family: str
    what: str
    variants: tuple[Variant, ...]
    margin: Callable[..., Floats]
    unit: str = "money"
    exact: bool = False


@dataclass(frozen=True)
class Finding:
    """What came of a check.

    Attributes:
        check: the check.
        mean: of the figure that must not be below zero.
        error: its standard error.
        lowest: of the years.
        years: how many.
        revenue: mean revenue of the first variant, money: what the figure is large or small against.
        usual: standard error of such expectations of the department, root mean square; and its degrees of freedom.
    """

    check: Check
    mean: float
    error: float
    lowest: float
    years: int
    revenue: float
    usual: tuple[float, int] | None = None

    @property
    def least(self) -> float:
        """The lowest mean that chance may bring where the true one is zero.

        Few years say little of how far chance goes; with those of all expectations of a kind they say more.
        """
        allowed = student(self.years - 1) * self.error
        if self.usual is not None:
            error, degrees = self.usual
            allowed = min(allowed, student(degrees) * max(self.error, error))
        return -allowed - 1e-9 * abs(self.revenue)

    @property
    def holds(self) -> bool:
        """Whether the expectation is met, as far as can be told."""
        return self.lowest >= 0 if self.check.exact else self.mean >= self.least


def student(degrees: int) -> float:
    """Standard errors that are exceeded as rarely as `FARTHEST` by a normal mean (Student 1908)."""
    from scipy.stats import t

    return float(t.ppf(NormalDist().cdf(FARTHEST), degrees))


def together(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of one department, with the usual error of those under the same heading."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        if not each.check.exact:
            kinds.setdefault((each.check.family, each.check.unit), []).append(each)
    usual = {
        kind: (math.sqrt(sum(each.error**2 for each in found) / len(found)), sum(each.years - 1 for each in found))
        for kind, found in kinds.items()
    }
    return [replace(each, usual=usual.get((each.check.family, each.check.unit))) for each in findings]


def looked_at_again(findings: Sequence[Finding], laboratory: Laboratory) -> list[Finding]:
    """What was not met in few years, held in the many more of a laboratory instead: chance breaks some of thousands."""
    return [each if each.holds or each.check.exact else held(each.check, laboratory) for each in findings]


def held(check: Check, laboratory: Laboratory) -> Finding:
    """Hold a department against an expectation, in the years of a laboratory."""
    most = EXACT_YEARS if check.exact else None
    seen: list[Years] = [laboratory.observe(*variant, most) for variant in check.variants]
    margins = check.margin(*seen)
    count = len(margins)
    return Finding(
        check=check,
        mean=float(margins.mean()),
        error=float(margins.std(ddof=1)) / math.sqrt(count),
        lowest=float(margins.min()),
        years=count,
        revenue=float(seen[0].revenue.mean()),
    )
