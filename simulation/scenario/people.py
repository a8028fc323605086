"""People: what they learn, how they differ, when they are away, what switching and hand-offs cost."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from simulation.mechanisms.absence import Absence
from simulation.mechanisms.coaching import Coaching
from simulation.mechanisms.departure import Departure
from simulation.mechanisms.filter import SHARPNESS
from simulation.mechanisms.hiring import Recruiting
from simulation.mechanisms.onboarding import Onboarding
from simulation.mechanisms.switching import GROUPS, LOST, each_in_one_group
from simulation.mechanisms.turnover import Turnover
from simulation.written.base import OF_PEOPLE, Block, Facts, Neutral, Plausible, key
from simulation.written.distributions import ElapsedDistribution
from simulation.written.quantities import NonNegative, Positive, Share, Working

Activity = Literal[
    "prospect", "qualify", "sell", "serve", "upsell", "collect", "paperwork", "meet", "coach", "train", "care"
]
ACTIVITIES: tuple[Activity, ...] = (
    "prospect",
    "qualify",
    "sell",
    "serve",
    "upsell",
    "collect",
    "paperwork",
    "meet",
    "coach",
    "train",
    "care",
)
DISCRETIONARY: tuple[Activity, ...] = ("prospect", "care")
"""Work that nobody asked for: it fills the time that is left, and nobody is overloaded by it."""


class Effects(Block):
    """What proficiency p changes. Each is an exponent or a coefficient of ln p, and 0 is neutral."""

    speed: NonNegative = key(1, "Work time is divided by p ** speed.")
    conversion: NonNegative = key(0, "Log-odds of conversion (and of an upsell) rise by conversion * ln p.")
    deal_size: NonNegative = key(0, "Log deal size rises by deal_size * ln p (activity `sell`).")
    filter: NonNegative = SHARPNESS
    retention: NonNegative = key(0, "The customers' own hazard of leaving is divided by p ** retention (`serve`).")
    growth: NonNegative = key(0, "An upsell's uplift is multiplied by p ** growth (activity `upsell`).")


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


class Talent(Block):
    """How people differ: a lognormal vector with mean 1, one entry per activity."""

    sd: NonNegative = key(
        0.1,
        "Standard deviation of the logarithm of talent; 0 makes all people alike.",
        neutral=Neutral("talent", 0),
        plausible=Plausible(9, 0, 0.25, "judgement"),
    )
    correlation: Share = key(0.5, "Correlation of the logarithms between activities.")


class People(Block):
    """What is true of the people in every structure."""

    learning: LearningByActivity = key({}, "Learning curves.", changes=OF_PEOPLE)
    talent: Talent = key({}, "How people differ.", changes=OF_PEOPLE)
    absence: Absence = key({}, "When people are away.", changes="fixed-absences")
    tenure: ElapsedDistribution = key(
        {"exponential": "18 months"},
        "Time in the firm on the first day, by seat.",
        "18 months counts as a normal tenure in Russia (dzen.ru/a/aTW0upTn005xMpbN, a consultant's blog)",
        changes="fixed-tenure",
    )
    switching: Working = LOST
    switching_groups: Annotated[tuple[tuple[Activity, ...], ...], AfterValidator(each_in_one_group)] = GROUPS
    availability: Share = key(
        0.85,
        "Share of the working time that is free for the activities.",
        "judgement: .75-.90 of the paid hours",
        gt=0,
        changes=True,
        neutral=Neutral("availability", 1),
        drives={"calls": "+4"},
        plausible=Plausible(5, 0.75, 0.90, "judgement"),
    )
    turnover: Turnover = key({}, "How people leave.", changes=True)
    recruiting: Recruiting = key({}, "How positions are filled.", changes=True)
    onboarding: Onboarding = key({}, "How newcomers begin.", changes=True)
    departure: Departure = key({}, "What a leaver takes along.", changes=True)
    coaching: Coaching = key({}, "What people lose to whom the head has no time to give.", changes=True)
