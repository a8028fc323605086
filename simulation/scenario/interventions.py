"""Interventions: what changes on a date, and what the change itself costs for a while."""

from __future__ import annotations

import contextlib
import math
from datetime import date
from typing import Any, Literal

from pydantic import ValidationInfo, field_validator, model_validator

from simulation.mechanisms.interventions import AttritionSpike, Crm, Dip
from simulation.scenario.office_hours import dotted_day
from simulation.texts import worded
from simulation.written.base import Block, key, required
from simulation.written.quantities import Amount, Count, Elapsed
from simulation.written.readers import YEAR, parse_elapsed
from simulation.written.spelling import QuantityError, quoted

_FAR = 100
"""Years: no run is as long."""


class Move(Block):
    """People go from one role to another and keep what they have learned."""

    role: str = required("The role they leave.")
    to: str = required("The role they go to.")
    people: Count = key(1, "How many positions, with the people in them (longest in the firm first).")


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
            value = dotted_day(value)
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
