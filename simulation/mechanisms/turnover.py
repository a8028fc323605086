"""Turnover: who leaves, by tenure and by what presses on people.

Hazard = law by tenure (``tenure_law``) x overload x missed earnings x contagion x spikes. Each factor is one under
the usual pressure, under which the turnover of a scenario is stated, so that leavers are not counted twice.
"""

from __future__ import annotations

from math import expm1, log
from typing import Self

from pydantic import model_validator

from simulation.mechanisms.contagion import CONTAGION, STRONGEST
from simulation.mechanisms.mechanism import Mechanism
from simulation.mechanisms.probation import Probation
from simulation.mechanisms.tenure_forms import TenureForm, WeibullForm, from_records
from simulation.mechanisms.tenure_law import TenureLaw, weibull
from simulation.texts import worded
from simulation.written.adding import added_up
from simulation.written.base import Block, Neutral, key
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Elapsed, NonNegative, PerYear, Positive, Share

MECHANISM = Mechanism(
    "turnover",
    "turnover",
    ("department.attrition.Reviews.look", "department.attrition.Reviews.integrate"),
    "expected.spending.newcomers_a_year",
    measures=("leavers", "leavers_stated", "turnover_cost"),
)


class Turnover(Block):
    """How people leave: a hazard by tenure, times factors that are one under the usual pressure."""

    per_year: PerYear = key(
        0,
        "Leavers of all kinds a year for each filled position, in the long run and under the usual pressure "
        "(`usual_overload`, `usual_missed`); 0: nobody leaves. A role may have its own.",
        neutral=Neutral("turnover", 0),
        drives={"leavers": "+2"},
    )
    early: Positive = key(
        1.5,
        "How likely a newcomer is to quit within the first 3 months, as a multiple of what a constant hazard with the "
        "same mean would give; 1: constant hazard. Read by the law `weibull` only.",
        "judgement: months 0-3 high, then lower",
    )
    law: TenureForm = key(
        {"kind": "weibull"},
        "Form of the law by which people stay: `weibull` with `early` and the trial time beside it; from records, the "
        "trial time inside (then `probation.failure` is 0): `lognormal`, `piecewise` or `table`. A role may have its "
        "own.",
        "judgement",
    )
    overload: NonNegative = key(
        0.5,
        "Rise of the hazard of somebody who is fully loaded over one who is not overloaded at all (0.5: half as much "
        "again); linear from `overload_from` on; 0 is off.",
        "judgement: 0-1",
        le=STRONGEST,
        drives={"leavers": "+3"},
    )
    overload_from: Share = key(
        0.9,
        "Share of the present time on work that others asked for (no prospecting, no care), over four weeks, from "
        "which it is overload.",
        lt=1,
    )
    usual_overload: Share = key(
        0.1,
        "Mean overload where such a turnover was counted: 0 from `overload_from` down, 1 fully loaded. So much of it "
        "leaves the hazard as stated, more raises and less lowers it. The same for all structures, so that none is "
        "excused for its own.",
        "judgement: one person in ten fully loaded at a time; 0-0.3",
    )
    missed_earnings: NonNegative = key(
        1,
        "Rise of the hazard per share of the on-target pay that was missed over the last twelve weeks; 0 is off.",
        "judgement: 0-2",
        le=STRONGEST,
    )
    usual_missed: Share = key(
        0.05,
        "Share of the on-target pay that people missed on average where such a turnover was counted; so much of it "
        "leaves the hazard as stated.",
        "judgement: .9 of a variable part of .4; 0-.25 (attainment of quotas .47-.65: Xactly 2019, Forrester)",
    )
    contagion: NonNegative = CONTAGION
    notice: Elapsed = key("14 days", "From giving notice to leaving.", "Labour Code of Russia, art. 80: two weeks")

    @model_validator(mode="after")
    def _one_level(self) -> Self:
        if self.law.per_year is not None and self.per_year > 0:
            raise MisfitError(Misfit("per_year", worded("tenure-two-levels"), None, worded("allowed-zero")))
        return self

    def tenures(self, per_year: float, probation: Probation | None, own: TenureForm | None = None) -> TenureLaw | None:
        """The hazard of quitting by tenure of a role with so many leavers a year; None where nobody leaves.

        Args:
            per_year: leavers of all kinds a year for each filled position.
            probation: trial time, or None.
            own: the role's own form of the law; None: the people's.

        Raises:
            ValueError: there is no such law.
        """
        form = self.law if own is None else own
        if isinstance(form, WeibullForm):
            return weibull(per_year, self.early, probation)
        return from_records(form, per_year)

    def overload_factor(self, load: float) -> float:
        """Factor on the hazard of somebody who spends so much of the present time on what others asked for."""
        pressure = max(0.0, min(1.0, load) - self.overload_from) / (1.0 - self.overload_from)
        return against_usual(self.overload, pressure, self.usual_overload)

    def missed_factor(self, got: float, due: float) -> float:
        """Factor on the hazard of somebody who got so much of the on-target pay that was due."""
        missed = max(0.0, 1.0 - got / due) if due > 0 else 0.0
        return against_usual(self.missed_earnings, missed, self.usual_missed)


TURNOVER_PER_YEAR = key(
    None,
    "Leavers a year for each filled position; null: the people's.",
    changes=True,
    neutral=Neutral("turnover", 0),
    drives={"leavers": "+1"},
)
"""The key of a role."""
TURNOVER_LAW = key(None, "Form of the law by which people of this role stay; null: the people's.", changes=True)
"""The key of a role."""


def against_usual(strength: float, pressure: float, usual: float) -> float:
    """Factor on the hazard: one under the usual pressure, above it under more and below it under less."""
    return (1.0 + strength * pressure) / (1.0 + strength * usual)


def added(factors: tuple[float, ...]) -> list[float]:
    """What each factor adds to a hazard of one; together they add their product less one.

    The product is divided in proportion to the logarithms of the factors (logarithmic mean, Ang 2005).
    """
    logs = [log(factor) for factor in factors]
    whole = added_up(logs)
    weight = expm1(whole) / whole if abs(whole) > 1e-12 else 1.0
    return [weight * each for each in logs]
