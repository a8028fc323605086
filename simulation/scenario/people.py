"""People: what they learn, how they differ, when they are away, what switching and hand-offs cost."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from simulation.mechanisms.absence import Absence
from simulation.mechanisms.coaching import Coaching
from simulation.mechanisms.departure import Departure
from simulation.mechanisms.hiring import Recruiting
from simulation.mechanisms.onboarding import Onboarding
from simulation.mechanisms.specialisation import LearningByActivity
from simulation.mechanisms.switching import GROUPS, LOST, each_in_one_group
from simulation.mechanisms.talent import Talent
from simulation.mechanisms.turnover import Turnover
from simulation.written.base import OF_PEOPLE, Block, Neutral, Plausible, key
from simulation.written.distributions import ElapsedDistribution
from simulation.written.quantities import Share, Working

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
