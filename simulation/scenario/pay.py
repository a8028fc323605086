"""What people of a role are paid: base, commission with its tiers, quota, draw and clawback, bonus."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from simulation.texts import Digits, worded
from simulation.written.base import Block, Neutral, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Count, NonNegative, Positive, Share

Floats = NDArray[np.float64]
Period = Literal["month", "quarter", "year"]
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


class Tier(Block):
    """From which attainment on the commission has which factor."""

    above: NonNegative = required("Attainment from which it counts.")
    factor: NonNegative = required("Factor on the commission.")


class Commission(Block):
    """Variable pay on what the person closes or serves."""

    share: Share = key(0, "Share of the revenue or margin.", neutral=Neutral("payroll", 0))
    of: Literal["revenue", "margin"] = key("revenue", "What the share is of.")
    on: Literal["deals", "orders", "both"] = key("both", "First deals (who closed), orders (who served), or both.")
    every: Period = key(
        "month",
        "The time whose attainment counts and after which it is paid, of the months of the run; who leaves before is "
        "paid on leaving.",
    )
    threshold: NonNegative = key(0, "Attainment of the time's plan below which nothing is paid.")
    accelerator: Positive = key(1, "Factor on the commission of a month above its plan: one marginal tier from 1 on.")
    tiers: tuple[Tier, ...] = key(
        (), "Tiers of attainment in rising order; below the first one the factor is 1. In place of `accelerator`."
    )
    tiers_are: Literal["marginal", "cliff"] = key(
        "marginal",
        "marginal: a tier's factor is for what lies above it; cliff: for all of that time's commission.",
        needs="tiers",
    )
    attainment_of: Literal["department", "person"] = key(
        "department", "Whose attainment counts: the department's of its plan, or the person's of the `quota`."
    )
    quota: Annotated[Amount, Field(gt=0)] | None = key(
        None, "What a person shall sell a month, money of what the share is of; needed where the person's counts."
    )
    quota_ramp: tuple[Share, ...] = key(
        (), "Shares of the quota in the first, second, ... month after joining; the whole quota afterwards."
    )
    cap: Amount | None = key(
        None, "Most commission of a person a month (`every: quarter`: three times as much a quarter)."
    )
    draw: Amount = key(0, "Advance on commission: what a person is paid at least a month of it.")
    draw_recovered: bool = key(
        True,
        "true: later commission pays the advance back, as long as the person stays; false: a guarantee, which only the "
        "commission of the same time (`every`) pays back.",
        needs="draw",
    )
    clawback_months: Count = key(
        0,
        "Commission on a deal is taken back from later commission when the customer leaves within so many months.",
        needs="share",
    )
    repeat_months: Count | None = key(
        None,
        "Orders bring commission for so many months after the first deal (customers of the first day are older); null: "
        "as long as the customer stays.",
        needs="share",
    )

    @field_validator("tiers")
    @classmethod
    def _rising(cls, tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
        if any(low.above >= high.above for low, high in zip(tiers, tiers[1:], strict=False)):
            raise MisfitError(Misfit("", worded("tiers-rising"), None, worded("allowed-tiers")))
        return tiers

    @model_validator(mode="after")
    def _sense(self) -> Commission:
        if self.tiers and self.accelerator != 1:
            raise MisfitError(
                Misfit("accelerator", worded("tiers-and-accelerator"), None, worded("allowed-one-of-two-keys"))
            )
        if self.attainment_of == "person" and self.quota is None:
            raise MisfitError(Misfit("quota", worded("person-needs-quota"), None, worded("allowed-quota")))
        if self.attainment_of == "department" and (self.quota is not None or self.quota_ramp):
            raise MisfitError(Misfit("attainment_of", worded("quota-of-person"), None, worded("allowed-attainment-of")))
        if self.cap is not None and self.cap < self.draw:
            message = worded("cap-below-draw", draw=Digits(f"{self.draw:.12g}"))
            raise MisfitError(Misfit("cap", message, self.cap, f">= {self.draw:.12g}"))
        return self

    @property
    def judged(self) -> bool:
        """Whether attainment may change what is paid."""
        return self.threshold > 0 or self.accelerator != 1 or any(tier.factor != 1 for tier in self.tiers)

    def factor(self, attainment: Floats) -> Floats:
        """What the commission of a time is multiplied by at its attainment (1: just on plan), of the same shape."""
        steps = self.tiers or ((Tier(above=1, factor=self.accelerator),) if self.accelerator != 1 else ())
        factor = np.ones_like(attainment)
        before = 1.0
        for step in steps:
            if self.tiers_are == "cliff":
                factor = np.where(attainment >= step.above, step.factor, factor)
            else:
                above = np.maximum(attainment - step.above, 0.0)
                factor += (step.factor - before) * np.divide(
                    above, attainment, out=np.zeros_like(above), where=above > 0
                )
            before = step.factor
        return np.where(attainment < self.threshold, 0.0, factor)


class Bonus(Block):
    """A fixed sum for each person when the plan is met."""

    amount: Amount = key(0, "Bonus of each person, gross, money.")
    every: Period = key("quarter", "How often; of the months of the run.")
    attainment: NonNegative = key(1, "Attainment of the plan of that time from which it is paid.")


class Pay(Block):
    """Pay of one person in the role."""

    base: Amount = key(0, "Base pay a month, gross, money.", neutral=Neutral("payroll", 0))
    commission: Commission = key({}, "Variable pay.")
    bonus: Bonus = key({}, "Bonus for a plan that is met.")
    vacation: Literal["base", "average"] = key(
        "base",
        "Pay of vacation days: base, or average, so that commission and bonus go on in them too (Russia).",
    )
    per_lead: Amount = key(
        0,
        "Paid for each lead that the role qualifies and passes (outsourced call centre).",
        neutral=Neutral("payroll", 0),
    )
