"""Interventions: what a change costs for a while, and what a new tool brings as people take it up."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf

from pydantic import model_validator

from simulation.mechanisms.mechanism import Mechanism
from simulation.texts import worded
from simulation.written.base import Block, key
from simulation.written.errors import Misfit, MisfitError
from simulation.written.quantities import Amount, Elapsed, NonNegative, Positive, Share

MECHANISM = Mechanism(
    "interventions",
    "other",
    ("department.interventions.Interventions", "department.pace.Pace"),
    "expected.dated.workload",
)
GENTLE = 1e-6
"""A dip below this share of the pace is over."""
MOST = 0.95
"""Share of the pace that changes can take at most."""


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

    def is_open(self, age: float) -> bool:
        """Whether it is felt so many hours after the change."""
        return self.recovery > 0 and self.depth * exp(-age / self.recovery) > GENTLE


class AttritionSpike(Block):
    """People leave more often while a change is new."""

    factor: NonNegative = key(1.2, "Factor on everybody's hazard of leaving.", "judgement: +20 % per open change", ge=1)
    lasts: Elapsed = key("3 weeks", "How long, elapsed time.")

    @model_validator(mode="after")
    def _passes(self) -> AttritionSpike:
        _finite(self, "lasts")
        return self


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

    def adoption(self, hours: float) -> float:
        """Share of use so many hours after the begin of a roll-out that succeeds: a logistic curve to its ceiling."""
        if hours < 0:
            return 0.0
        if self.spread <= 0:
            return self.ceiling if hours >= self.midpoint else 0.0
        return self.ceiling / (1.0 + exp(min(700.0, (self.midpoint - hours) / self.spread)))


def dipped(dips: Sequence[tuple[Dip, float]], now: float, hours: float) -> float:
    """Share of the pace that open changes take, mean over the coming hours.

    `dips` are (dip, time of the change). One dip alone takes depth * exp(-t / recovery); of several the deepest is
    multiplied by (sum / deepest) ** exponent.
    """
    shares = []
    exponent = 1.0
    for dip, since in dips:
        if dip.recovery <= 0 or dip.depth == 0:
            continue
        begin, end = (now - since) / dip.recovery, (now - since + hours) / dip.recovery
        share = dip.depth * (exp(-begin) - exp(-end)) * dip.recovery / hours
        if share > GENTLE:
            shares.append(share)
            exponent = max(exponent, dip.exponent)
    if not shares:
        return 0.0
    deepest = max(shares)
    return min(MOST, deepest * (sum(shares) / deepest) ** exponent)


def _finite(block: Block, *names: str) -> None:
    for name in names:
        if getattr(block, name) == inf:
            raise MisfitError(Misfit(name, worded("must-end"), "never", worded("allowed-finite-time")))
