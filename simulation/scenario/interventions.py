"""Interventions: what changes on a date, and what the change itself costs for a while."""

from __future__ import annotations

import contextlib
import math
from datetime import date
from typing import Any, Literal

from pydantic import ValidationInfo, field_validator, model_validator

from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Count, Elapsed, NonNegative, Positive, Share
from simulation.written.readers import YEAR, parse_elapsed
from simulation.written.spelling import QuantityError, quoted

_FAR = 100
"""Years: no run is as long."""


class Dip(Block):
    """Productivity lost while people get used to a change.

    One change open alone slows all work by `depth * exp(-t / recovery)`, so that `depth * recovery` hours of work of
    each person are lost in all. Of several open changes the deepest is multiplied by
    (sum of all / deepest) ** exponent: with 1 they add up; above 1 many at once cost more than one after the other.
    """

    depth: Share = key(0.05, "Share of the working pace lost on the first day.", lt=1)
    recovery: Elapsed = key("3 weeks", "Time constant of the recovery, elapsed time.")
    exponent: Positive = key(1.3, "How changes that are open at the same time add up; 1: they just add.", ge=1)

    @model_validator(mode="after")
    def _recovers(self) -> Dip:
        _finite(self, "recovery")
        return self


class AttritionSpike(Block):
    """People leave more often while a change is new."""

    factor: NonNegative = key(1.2, "Factor on everybody's hazard of leaving.", "judgement: +20 % per open change", ge=1)
    lasts: Elapsed = key("3 weeks", "How long, elapsed time.")

    @model_validator(mode="after")
    def _passes(self) -> AttritionSpike:
        _finite(self, "lasts")
        return self


class Move(Block):
    """People go from one role to another and keep what they have learned."""

    role: str = required("The role they leave.")
    to: str = required("The role they go to.")
    people: Count = key(1, "How many positions, with the people in them (longest in the firm first).")


class Crm(Block):
    """Roll-out of a CRM: adoption follows a logistic curve to its ceiling; the effects follow the adoption."""

    ceiling: Share = key(
        0.6, "Share of use that is reached in the end.", "fewer than 40 % of firms exceed 90 %: CSO 2006"
    )
    midpoint: Elapsed = key("3 months", "Time after which half of the ceiling is reached, elapsed time.")
    spread: Elapsed = key("1 month", "Scale of the logistic curve: 73 % of the ceiling one scale after the midpoint.")
    failure: Share = key(
        0.35, "Probability that the roll-out fails: then nobody ever uses it.", "reports of 18-70 %, customerthink.com"
    )
    abandoned_after: Elapsed = key("6 months", "When a failed roll-out is given up, and its licences are cancelled.")
    paperwork: Share = key(
        0.1, "Share of the work on papers saved at full use.", "judgement; the article's claim is 1/3"
    )
    answer: Share = key(0.1, "Share of the work of the first contact saved at full use: leads are answered sooner.")
    service: Share = key(0.1, "Share of the work on orders and requests saved: a seller keeps more customers.")
    hand_off: Share = key(0.1, "Share of the losses in hand-offs avoided at full use.")
    departure: Share = key(0, "Share of the losses with a leaver avoided at full use.")
    setup: Amount = key(0, "Cost of the roll-out, once, money.")
    licence: Amount = key(0, "Licence of each position a month, money.")

    @model_validator(mode="after")
    def _is_taken_up(self) -> Crm:
        _finite(self, "midpoint", "spread")
        return self


class Change(Block):
    """One change."""

    title: str = key("", "What it is, for reports.")
    set: dict[str, Any] = key(
        {},
        "Values by dotted path of what may change during a run; inside a structure paths may begin at the structure.",
    )
    move: tuple[Move, ...] = key((), "People who change roles.")
    crm: Crm | None = key(None, "Roll-out of a CRM; null: none.")
    cost: Amount = key(0, "Cost of the change, once, money.")


class Intervention(Change):
    """A change at a date, or a list of changes, one at a time from that date on."""

    at: date | Elapsed = required("Date, or time after the first day of the experiment; of the first one in a list.")
    every: Literal["week", "two weeks", "month", "quarter", "year"] | None = key(
        None, "Pace of a list of `changes`: one of them each time; null: all at `at`."
    )
    changes: tuple[Change, ...] = key((), "Changes, each with its own dip and spike.")
    dip: Dip | None = key(None, "Productivity lost with each change; null: none.")
    attrition_spike: AttritionSpike | None = key(None, "Leaving after each change; null: no more than usual.")

    @field_validator("at", mode="before")
    @classmethod
    def _at_a_time(cls, value: object, info: ValidationInfo) -> object:
        """A date or an elapsed time that is not too far away, told as one mistake and not as two."""
        if isinstance(value, str):
            with contextlib.suppress(ValueError):
                value = date.fromisoformat(value)
        if isinstance(value, date):
            if 1900 <= value.year <= 2500:
                return value
            raise QuantityError(worded("date-too-far", value=value), allowed=worded(_WHEN))
        try:
            hours = parse_elapsed(value, info.context if isinstance(info.context, dict) else None)
        except QuantityError as error:
            reason = error.reason
            if getattr(reason, "key", "") == "read-not-a-duration":
                reason = worded("read-no-date-no-duration", value=quoted(value))
            raise QuantityError(reason, allowed=worded(_WHEN), suggestion=error.suggestion) from None
        if hours == math.inf:
            raise QuantityError(worded("change-never-comes"), allowed=worded(_WHEN))
        if hours > _FAR * YEAR:
            raise QuantityError(worded("years-too-far", value=value, far=_FAR), allowed=worded(_WHEN))
        return value

    @model_validator(mode="after")
    def _either_one_or_a_list(self) -> Intervention:
        own = bool(self.set or self.move or self.crm is not None or self.cost)
        if self.changes and own:
            raise ValueError(worded("change-list-or-one"))
        if not self.changes and not own and self.dip is None and self.attrition_spike is None:
            raise ValueError(worded("change-nothing"))
        if self.every is not None and not self.changes:
            raise ValueError(worded("every-needs-changes"))
        return self


_WHEN = "allowed-when"


def _finite(block: Block, *names: str) -> None:
    for name in names:
        if getattr(block, name) == math.inf:
            raise MisfitError(Misfit(name, worded("must-end"), "never", worded("allowed-finite-time")))
