"""Stages of a sale: tries, work, thinking, and the clocks of a yes, a no and silence."""

from math import ceil, inf
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from simulation.mechanisms.reach import REACH, Reach
from simulation.mechanisms.response import PATIENCE_OF_A_STAGE
from simulation.texts import worded
from simulation.written.base import NAME, Block, key, required
from simulation.written.distributions import Distribution, ElapsedDistribution, WorkingDistribution
from simulation.written.errors import Misfit, MisfitError
from simulation.written.laws import share_below
from simulation.written.quantities import Elapsed, NonNegative, Share

FIXED_PROCESS = "fixed-process"
"""Why a process is not named anew during a run."""


class Remind(Block):
    """What a lead whose customer is silent asks for, again and again, until it is closed."""

    every: Annotated[Elapsed, Field(gt=0)] = key("2 weeks", "From one reminder to the next, elapsed time.")
    work: WorkingDistribution = key("10 min", "Work of one reminder, working time; of all to a lead the same.")


class Stage(Block):
    """One stage of a sale: tries to reach the customer, work, then the customer's thinking, then the next stage."""

    name: str = required("Name of the stage.", changes=NAME)
    work: WorkingDistribution = required(
        "The seller's work, working time.", changes=True, drives={"finds": "-3", "calls": "-2", "deals": "-5"}
    )
    thinking: ElapsedDistribution = key(
        "0 h",
        "The customer's thinking after this stage, before the next can begin, elapsed time.",
        changes=True,
        drives={"cycle_days": "+1", "open": "+2", "open_first_day": "+2", "deals_first_day": "-3"},
    )
    conversion: Share = key(
        1,
        "Base probability that the stage leads on to the next (or to the deal).",
        changes=True,
        drives={
            "conversion": "+1",
            "deals": "+1",
            "lost": "-1",
            "deals_first_day": "+2",
            "lost_first_day": "-3",
            "customers_won": "+3",
            "customers_end": "+3",
            "revenue": "+6",
        },
    )
    thinking_lost: Literal["same"] | ElapsedDistribution | None = key(
        None,
        "Time from the end of this stage's work until the customer says no, elapsed time; null: at once; same: the law "
        "of `thinking`.",
        changes=True,
        drives={"open": "+1", "open_first_day": "+3", "lost_first_day": "-2"},
    )
    silent: Share = key(
        0,
        "Share of those lost at this stage who never say so: they stay open until they expire.",
        changes=True,
        drives={"open": "+3", "open_first_day": "+4", "lost_first_day": "-4"},
    )
    expires: Annotated[Elapsed, Field(gt=0)] = key(
        "never",
        "Elapsed time from the end of this stage's work after which a lead is closed whose customer has not answered.",
        changes=True,
        drives={"cycle_days": "+3", "open": "+4", "open_first_day": "+5", "lost_first_day": "-5"},
    )
    remind: Remind | None = key(
        None,
        "Reminders while a customer is silent: work of whoever has the lead, or of the team, which changes nothing.",
        changes=True,
    )
    reach: Reach | None = REACH
    patience: ElapsedDistribution = PATIENCE_OF_A_STAGE
    question: Share = key(0, "Probability that a question left unanswered ends it; lowered by material.", changes=True)
    meetings: NonNegative = key(
        0,
        "Meetings or video calls with the client that its work holds, on average; the plan counts them.",
        changes="fixed-meetings",
    )

    @property
    def until_no(self) -> Distribution | None:
        """Law of the time until the customer says no; None: at once."""
        law = self.thinking if self.thinking_lost == "same" else self.thinking_lost
        return None if law is None or (law.is_constant and law.mean == 0) else law

    def lost_law(self, last: bool) -> Distribution | None:
        """The same of a stage in its place: after the last one nobody thinks about a yes whose law could be taken."""
        return None if last and self.thinking_lost == "same" else self.until_no

    @property
    def in_time(self) -> float:
        """Share of those who will say yes who do so before the lead expires."""
        return share_below(self.thinking, self.expires)

    def reminders(self, left: float) -> float:
        """Reminders to a customer who never says no, where there are so many hours until the end of the run."""
        if self.remind is None:
            return 0.0
        often = self.expires / self.remind.every
        return left / self.remind.every if self.expires == inf else max(0, ceil(often) - 1)


def _names_differ(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    names = [stage.name for stage in stages]
    twice = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        why = worded("stages-same-name")
        raise MisfitError(Misfit(f"{twice}.name", why, names[twice], worded("allowed-other-name")))
    return stages


Stages = Annotated[tuple[Stage, ...], AfterValidator(_names_differ)]
"""The stages of one process, in order."""


class Differs(Block):
    """What differs at a stage for the leads of one channel or product; null: as the stage has it."""

    work: WorkingDistribution | None = key(None, "The seller's work instead, working time.", changes=True)
    thinking: ElapsedDistribution | None = key(None, "The customer's thinking instead, elapsed time.", changes=True)
    conversion: Share | None = key(None, "Base probability that the stage leads on instead.", changes=True)


def default_stages() -> tuple[dict[str, object], ...]:
    """Five stages of the article: 0.22 of the fit qualified leads are won, in 45 days and 8 h of work a deal.

    The 0.22 counts unanswered questions and the patience that ends before the doors open; what waits for a
    free person is lost on top (`docs/calibration.md`).
    """
    rows = (
        ("contact", "15 min", "5 days", 0.88, 0),
        ("needs", "30 min", "9 days", 0.83, 1),
        ("proposal", "1 h", "13 days", 0.78, 1),
        ("objections", "40 min", "14 days", 0.75, 0),
        ("closing", "45 min", "0 h", 0.79, 0),
    )
    return tuple(
        {
            "name": name,
            "work": {"gamma": {"mean": work, "cv": 0.7}},
            "thinking": {"lognormal": {"mean": thinking, "cv": 0.7}} if thinking != "0 h" else "0 h",
            "conversion": conversion,
            "patience": {"exponential": "14 days"},
            "question": 0.05,
            "meetings": meetings,
        }
        for name, work, thinking, conversion, meetings in rows
    )
