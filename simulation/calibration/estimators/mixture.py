"""A stage as competing risks: a share says yes, each after a time of its own law, and the others say no or never do.

As the model has it (docs/model.md, 'Yes, no and silence'): with the share p, laws F of the times to a yes and to a no,
the share s of the others who never say so and the age x at which a deal is closed, a deal is open at t with chance
S(t) = p (1 - F_yes(t)) + (1 - p)(s + (1 - s)(1 - F_no(t))). `competing` fits it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.estimators import laws
from simulation.calibration.estimators.laws import Family
from simulation.written.distributions import Distribution

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mixture:
    """The fitted mixture. Numbers are arrays of one shape: () for the estimate, (draws,) for its draws."""

    yes_law: Family
    no_law: Family
    share: Floats
    """Of all: who say yes, at once or, where nothing expires before, later."""
    yes_place: Floats
    yes_width: Floats
    no_place: Floats
    no_width: Floats
    yes_at_once: Floats
    """Of those who say yes, at once."""
    no_at_once: Floats
    """Of those who say no, at once."""
    silent: Floats
    """Of those who do not say yes: never say so."""
    expires: float = math.inf
    """Age at which those without an answer are closed, hours."""

    def survivals(self, hours: Floats | float) -> tuple[Floats, Floats]:
        """Shares of those who say yes, and of the others, who have not answered by ages; they broadcast with the draws.

        At age 0 those are left who do not answer at once.
        """
        yes = (1 - self.yes_at_once) * laws.survival(self.yes_law, self.yes_place, self.yes_width, hours)
        no = (1 - self.no_at_once) * laws.survival(self.no_law, self.no_place, self.no_width, hours)
        return yes, self.silent + (1 - self.silent) * no

    def still_open(self, hours: Floats | float) -> Floats:
        """Share that is open at an age: neither won nor lost nor expired."""
        yes, no = self.survivals(hours)
        return np.where(np.asarray(hours) >= self.expires, 0.0, self.share * yes + (1 - self.share) * no)

    def yes_by(self, hours: Floats | float) -> Floats:
        """Share that has said yes by an age."""
        return np.asarray(self.share * (1 - self.survivals(np.minimum(hours, self.expires))[0]))

    def no_by(self, hours: Floats | float) -> Floats:
        """Share that has said no, or was closed without an answer, by an age."""
        return np.asarray(1 - self.yes_by(hours) - self.still_open(hours))

    @property
    def observed_share(self) -> Floats:
        """Share that says yes before it expires: what counting would find."""
        return self.yes_by(math.inf) if self.expires < math.inf else self.share

    def still_yes(self, age: Floats | float) -> Floats:
        """Chance that a deal that is open at an age says yes in time."""
        left = self.still_open(age)
        return np.where(left > 1e-12, (self.observed_share - self.yes_by(age)) / np.maximum(left, 1e-12), 0.0)

    def mean_yes(self) -> Floats:
        """Mean time to a yes, hours, those at once among them."""
        return np.asarray((1 - self.yes_at_once) * laws.mean(self.yes_law, self.yes_place, self.yes_width))

    def mean_no(self) -> Floats:
        """Mean time to a no that is said, hours."""
        return np.asarray((1 - self.no_at_once) * laws.mean(self.no_law, self.no_place, self.no_width))

    def until_yes(self, points: int = 100) -> Distribution:
        """Law of the time to a yes for a scenario: the fitted law; with those at once as `empirical` with weights."""
        return _written(self.yes_law, float(self.yes_place), float(self.yes_width), float(self.yes_at_once), points)

    def until_no(self, points: int = 100) -> Distribution:
        """Law of the time to a no for a scenario, in the same form."""
        return _written(self.no_law, float(self.no_place), float(self.no_width), float(self.no_at_once), points)

    def beside(self, draws: Mixture) -> Mixture:
        """The estimate and its draws in one, shape (1 + draws,)."""
        size = np.shape(draws.share)[0]
        both = {name: np.r_[getattr(self, name), np.broadcast_to(getattr(draws, name), (size,))] for name in NUMBERS}
        return replace(draws, **fields(both))

    def row(self, draw: int) -> Mixture:
        """One of the draws."""
        values = {name: np.asarray(getattr(self, name)) for name in NUMBERS}
        return replace(self, **fields({name: v[draw] if v.ndim else v for name, v in values.items()}))


NUMBERS = ("share", "yes_place", "yes_width", "no_place", "no_width", "yes_at_once", "no_at_once", "silent")
"""Fields of a mixture that differ by draw."""


def mixed(kept: Mixture, other: Mixture, rows: NDArray[np.bool_]) -> Mixture:
    """Draws of one mixture, some of them taken from another and told in the laws of the first."""
    values = {name: np.where(rows, getattr(other, name), getattr(kept, name)) for name in NUMBERS}
    for law, mine, end in ((other.yes_law, kept.yes_law, "yes"), (other.no_law, kept.no_law, "no")):
        if law != mine:
            place, width = getattr(other, f"{end}_place"), getattr(other, f"{end}_width")
            told = laws.with_moments(mine, laws.mean(law, place, width), laws.variation(law, width))
            for name, value in zip((f"{end}_place", f"{end}_width"), told, strict=True):
                values[name] = np.where(rows, value, getattr(kept, name))
    return replace(kept, **fields(values))


def fields(values: Mapping[str, Floats]) -> Any:
    """Values of fields, of a type that `replace` takes for any field."""
    return dict(values)


def _written(family: Family, place: float, width: float, at_once: float, points: int) -> Distribution:
    if at_once < 0.005:
        return laws.distribution(family, place, width)
    if at_once > 0.995:
        return Distribution.constant(0.0)
    levels = (np.arange(points) + 0.5) / points
    times = laws.quantile(family, place, width, levels)
    times *= float(laws.mean(family, place, width)) / max(float(times.mean()), 1e-12)
    return Distribution.empirical([0.0, *times.tolist()], [at_once, *np.full(points, (1 - at_once) / points).tolist()])
