"""Specialisation: repetitions of an activity raise speed, conversion, deal size and retention.

No role is faster by decree: who does fewer activities repeats each more often. That a newcomer is slow comes from the
same curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from simulation.mechanisms.filter import SHARPNESS
from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Facts, Neutral, key
from simulation.written.odds import bounded, power
from simulation.written.quantities import NonNegative, Positive

Floats = NDArray[np.float64]

MECHANISM = Mechanism(
    "specialisation",
    "specialisation",
    ("department.skills.Skill.set", "department.skills.Skill.practise", "department.skills.skills_of"),
    "mechanisms.specialisation.mastery_of",
    measures=("months_to_proficiency.<role>",),
)
LEAST = 1e-3
"""Proficiency of people who are taken to do nothing yet: work is divided by it."""


class Effects(Block):
    """What proficiency p changes. Each is an exponent or a coefficient of ln p, and 0 is neutral."""

    speed: NonNegative = key(1, "Work time is divided by p ** speed.")
    conversion: NonNegative = key(0, "Log-odds of conversion (and of an upsell) rise by conversion * ln p.")
    deal_size: NonNegative = key(0, "Log deal size rises by deal_size * ln p (activity `sell`).")
    filter: NonNegative = SHARPNESS
    retention: NonNegative = key(0, "The customers' own hazard of leaving is divided by p ** retention (`serve`).")
    growth: NonNegative = key(0, "An upsell's uplift is multiplied by p ** growth (activity `upsell`).")

    @property
    def only_speed(self) -> bool:
        """Whether proficiency changes nothing but the pace."""
        return not (self.conversion or self.filter or self.deal_size or self.retention or self.growth)


_GAIN = "judgement: together they make a gain of .15 (0-.30; Staats & Gino 2012), docs/calibration.md"


class Learning(Block):
    """Proficiency by repetitions n: start + (mastery - start) * (1 - 2 ** (-n / half_life)), times talent."""

    start: Positive = key(
        0.5,
        "Proficiency of a beginner; 1 is the person for whom the market's figures hold.",
        _GAIN,
        neutral=Neutral("specialisation", 1),
    )
    mastery: Positive = key(
        1.2, "Proficiency after very many repetitions.", _GAIN, neutral=Neutral("specialisation", 1)
    )
    half_life: Positive = key(200, "Repetitions after which half of the way to mastery is made.", _GAIN)
    effects: Effects = key({}, "What proficiency changes.")

    @property
    def changes_nothing(self) -> bool:
        """Whether proficiency has no effect."""
        return self.effects.only_speed and not self.effects.speed

    def after(self, repetitions: Floats) -> Floats:
        """Proficiency after so many repetitions."""
        return self._without(np.exp2(-repetitions / self.half_life))

    def mean_over(self, repetitions: Floats, monthly: float, months: Floats) -> Floats:
        """Mean proficiency over coming months of people with so many repetitions, at a pace of so many more a month."""
        fallen = np.log(2.0) * monthly * months / self.half_life
        kept = np.divide(-np.expm1(-fallen), fallen, out=np.ones(len(months)), where=fallen > 1e-9)
        return self._without(np.exp2(-repetitions / self.half_life) * kept)

    def _without(self, missing: Floats) -> Floats:
        return np.asarray(self.mastery - (self.mastery - self.start) * missing)


def _makes_the_plan(rank: int) -> dict[str, Facts]:
    """Facts of the curve of an activity by which a newcomer makes the plan: how soon it is learned, how it begins."""
    return {
        "half_life": Facts(drives={"months_until_plan": f"+{rank}"}),
        "start": Facts(drives={"months_until_plan": f"-{rank + 4}"}),
    }


class LearningByActivity(Block):
    """One learning curve per activity; the same whatever the role."""

    prospect: Learning = key({"half_life": 2000}, "Attempts of prospecting.", _GAIN, inside=_makes_the_plan(4))
    qualify: Learning = key(
        {"half_life": 150, "effects": {"speed": 1, "filter": 1}}, "Qualifying leads.", _GAIN, inside=_makes_the_plan(3)
    )
    sell: Learning = key(
        {"half_life": 200, "effects": {"speed": 1, "conversion": 0.2, "deal_size": 0.1}},
        "Stages of sales.",
        _GAIN,
        inside=_makes_the_plan(1),
    )
    serve: Learning = key(
        {"half_life": 250, "effects": {"speed": 1, "retention": 0.3}},
        "Orders and requests.",
        _GAIN,
        inside=_makes_the_plan(2),
    )
    upsell: Learning = key(
        {"half_life": 30, "effects": {"speed": 1, "conversion": 0.2, "growth": 0.3}},
        "Proposals to customers.",
        _GAIN,
    )
    collect: Learning = key({"half_life": 50}, "Reminders of payment.", _GAIN)
    paperwork: Learning = key({"half_life": 100}, "Papers.", _GAIN)
    care: Learning = key({"half_life": 100}, "Contacts with own customers that nobody asked for.", _GAIN)
    meet: Learning = key({"start": 1, "mastery": 1, "half_life": 1}, "Meetings; nothing to learn.")
    coach: Learning = key({"start": 1, "mastery": 1, "half_life": 1}, "Showing newcomers the work; nothing to learn.")
    train: Learning = key({"start": 1, "mastery": 1, "half_life": 1}, "A newcomer's training; nothing to learn.")


@dataclass(frozen=True)
class Mastery:
    """What the people of a role are worth in one activity, against a person of proficiency 1.

    Attributes:
        proficiency: mean proficiency p.
        pace: work time is divided by it.
        odds: added to the log-odds of conversion.
        sharp: added to the log-odds of a right decision.
        size: factor on the deal size.
        hold: the customers' own hazard of leaving is divided by it.
        growth: factor on an upsell's uplift.
    """

    proficiency: float = 1.0
    pace: float = 1.0
    odds: float = 0.0
    sharp: float = 0.0
    size: float = 1.0
    hold: float = 1.0
    growth: float = 1.0


def mastery_of(proficiency: float, effects: Effects, part: float = 1.0) -> Mastery:
    """What people of a mean proficiency are worth, by the effects of proficiency; `part`: who can do it at all."""
    p = max(proficiency, LEAST)
    logarithm = log(p)
    return Mastery(
        proficiency=p * part,
        pace=power(p, effects.speed) * part,
        odds=bounded(effects.conversion * logarithm),
        sharp=bounded(effects.filter * logarithm),
        size=power(p, effects.deal_size),
        hold=power(p, effects.retention),
        growth=power(p, effects.growth),
    )
