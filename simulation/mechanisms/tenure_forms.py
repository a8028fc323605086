"""Forms of the law by which people stay, as a scenario writes them: `people.turnover.law`, and that of a role.

Whatever the form, leavers a year give the scale, unless a law from records states its own level. The lognormal is
stretched in time then; where hazards hold for pieces of the tenure these stay where they are, and all hazards are
multiplied.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.mechanisms.tenure_law import Lognormal, Stepwise, TenureLaw
from simulation.texts import worded
from simulation.written.base import Block, Neutral, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Elapsed, PerYear, Positive, Share
from simulation.written.readers import YEAR

_FORM = "The form of the law."


class WeibullForm(Block):
    """A hazard that falls or rises with the tenure as a power of it; `early` gives the shape."""

    kind: Literal["weibull"] = required(_FORM)

    @property
    def per_year(self) -> float | None:
        """Leavers a year at its own level: it has none."""
        return None


class FromRecords(Block):
    """A law fitted to records of who stayed how long, those who left during their trial time among them."""

    own_level: bool = key(
        False,
        "true: the law also says how many leave, and `per_year` stays 0; a role's `turnover_per_year` goes before it. "
        "false: only its form counts, and leavers a year give the scale.",
        neutral=Neutral("turnover", False),
    )

    def at_own_level(self) -> TenureLaw:
        """The law as it was written."""
        raise NotImplementedError

    def with_mean(self, mean: float) -> TenureLaw:
        """The law of this form with a mean tenure, hours."""
        raise NotImplementedError

    @property
    def per_year(self) -> float | None:
        """Leavers a year at its own level; None where only its form counts."""
        return YEAR / self.at_own_level().mean if self.own_level else None


class LognormalForm(FromRecords):
    """Lognormal tenures: the hazard rises at first and falls with long tenures."""

    kind: Literal["lognormal"] = required(_FORM)
    cv: Positive = required("Standard deviation of the tenures over their mean.", le=100)
    mean: Elapsed | None = key(None, "Mean tenure; read only with `own_level`.", gt=0, needs="own_level")

    @model_validator(mode="after")
    def _level(self) -> Self:
        if self.own_level and (self.mean is None or math.isinf(self.mean)):
            raise MisfitError(Misfit("mean", worded("tenure-mean"), None, worded("allowed-finite-time")))
        return self

    def at_own_level(self) -> TenureLaw:
        """With the mean that was written."""
        assert self.mean is not None
        return Lognormal(self.mean, self.cv)

    def with_mean(self, mean: float) -> TenureLaw:
        """Stretched in time."""
        return Lognormal(mean, self.cv)


class PiecewiseForm(FromRecords):
    """A hazard for each piece of the tenure."""

    kind: Literal["piecewise"] = required(_FORM)
    until: tuple[Elapsed, ...] = required("Tenures at which the pieces end, rising; the last piece has no end.")
    hazards: tuple[PerYear, ...] = required(
        "Leavers a year for each of those who are in the piece, one more than `until`; with `own_level: false` only "
        "their ratios count.",
        min_length=1,
    )

    @model_validator(mode="after")
    def _pieces(self) -> Self:
        _rising(self.until, "until")
        if len(self.hazards) != len(self.until) + 1:
            pieces = len(self.until) + 1
            why = worded("tenure-pieces", hazards=len(self.hazards), pieces=pieces)
            raise MisfitError(
                Misfit("hazards", why, None, worded("allowed-list-of", values=worded("lengths", values=pieces)))
            )
        if not 0 < self.hazards[-1] < math.inf or math.inf in self.hazards:
            raise MisfitError(Misfit("hazards", worded("tenure-last"), None, worded("allowed-hazards")))
        return self

    def at_own_level(self) -> Stepwise:
        """With the hazards that were written."""
        return Stepwise(self.until, tuple(hazard / YEAR for hazard in self.hazards))

    def with_mean(self, mean: float) -> TenureLaw:
        """All hazards multiplied."""
        return self.at_own_level().with_mean(mean)


class TableForm(FromRecords):
    """Shares who stay, as Kaplan and Meier's curve shows them; the hazard is constant between two tenures."""

    kind: Literal["table"] = required(_FORM)
    at: tuple[Elapsed, ...] = required("Tenures, rising; beyond the last the hazard before it goes on.", min_length=1)
    stay: tuple[Share, ...] = required("Share of those hired who are still there at each of the tenures, falling.")

    @model_validator(mode="after")
    def _shares(self) -> Self:
        _rising(self.at, "at")
        if len(self.stay) != len(self.at):
            why = worded("tenure-table", shares=len(self.stay), tenures=len(self.at))
            raise MisfitError(
                Misfit("stay", why, None, worded("allowed-list-of", values=worded("lengths", values=len(self.at))))
            )
        before = (1.0, *self.stay)
        if any(now > last for last, now in zip(before, self.stay, strict=False)):
            raise MisfitError(Misfit("stay", worded("tenure-stay-rises"), None, worded("allowed-stay")))
        if not 0 < before[-1] < before[-2]:
            raise MisfitError(Misfit("stay", worded("tenure-stay-last"), None, worded("allowed-stay")))
        return self

    def at_own_level(self) -> Stepwise:
        """With the shares that were written."""
        times, stays = (0.0, *self.at), (1.0, *self.stay)
        hazards = [math.log(stays[n] / stays[n + 1]) / (times[n + 1] - times[n]) for n in range(len(self.at))]
        return Stepwise(self.at[:-1], tuple(hazards))

    def with_mean(self, mean: float) -> TenureLaw:
        """All hazards multiplied: every share to one power."""
        return self.at_own_level().with_mean(mean)


TenureForm = Annotated[WeibullForm | LognormalForm | PiecewiseForm | TableForm, Field(discriminator="kind")]


@lru_cache(maxsize=1024)
def from_records(form: LognormalForm | PiecewiseForm | TableForm, per_year: float) -> TenureLaw | None:
    """The law of a form under which so many leave a year; None where nobody leaves.

    Raises:
        ValueError: nobody quits so soon that so many could leave.
    """
    return form.with_mean(YEAR / per_year) if per_year > 0 else None


def _unlike(name: str, why: str, count: int) -> MisfitError:
    """A list of another length than the one beside it asks for."""
    return MisfitError(Misfit(name, why, None, worded("allowed-list-of", values=worded("lengths", values=count))))


def _rising(tenures: tuple[float, ...], name: str) -> None:
    before = (0.0, *tenures)
    if any(now <= last for last, now in zip(before, tenures, strict=False)) or math.inf in tenures:
        raise MisfitError(Misfit(name, worded("tenure-rising", name=name), None, worded("allowed-rising")))
