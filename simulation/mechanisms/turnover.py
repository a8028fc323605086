"""Staffing: how people leave, how positions are filled, how newcomers begin, who leads them."""

from typing import Literal

from simulation.written.base import Block, Neutral, key
from simulation.written.distributions import ElapsedDistribution
from simulation.written.quantities import Amount, Count, Elapsed, NonNegative, PerYear, Positive, Share, Working

EARLY_MONTHS = 3.0
"""Months that count as early in a tenure."""

STRONGEST = 100
"""Most by which a pressure may raise a hazard, times."""


class Turnover(Block):
    """How people leave: a hazard by tenure (Weibull), times factors that are one under the usual pressure."""

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
        "same mean would give; 1: constant hazard.",
        "judgement: months 0-3 high, then lower",
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
    contagion: NonNegative = key(
        0,
        "Rise of the hazard per share of the colleagues who went in the last three months, against what the stated "
        "turnover lets expect of them: leavers bunch, and are not more over the years; 0 is off.",
        "direction: Sunder, Kumar, Goreczny, Maurer 2017; the size is judgement",
        le=STRONGEST,
    )
    notice: Elapsed = key("14 days", "From giving notice to leaving.", "Labour Code of Russia, art. 80: two weeks")


class Recruiting(Block):
    """How a position is filled."""

    time: ElapsedDistribution = key(
        {"lognormal": {"mean": "49 days", "cv": 0.5}},
        "From the begin of the search to the newcomer's first day, elapsed time.",
        "35 working days (30-45 in Russia)",
        neutral=Neutral("recruiting", "0 h"),
    )
    cost: Amount = key(
        0,
        "Cash cost of one hire, money (lost sales are simulated, not counted here).",
        neutral=Neutral("recruiting", 0),
    )
    policy: Literal["react", "buffer", "batch"] = key(
        "react",
        "react: the search begins with the notice; buffer: so many people more than positions are kept, so that "
        "somebody is there when one leaves; batch: searches begin only on fixed dates.",
        neutral=Neutral("recruiting", "react"),
    )
    buffer: Count = key(1, "People kept above the headcount (policy `buffer`).")
    every: Elapsed = key("3 months", "Interval between the dates at which searches begin (policy `batch`).")


class Probation(Block):
    """Trial time: those who cannot do the job are weeded out."""

    months: Positive = key(3, "Length, months.")
    failure: Share = key(
        0.2,
        "Probability of failing.",
        "judgement; SBI: 29 % of leavers are new",
        lt=1,
        neutral=Neutral("probation", 0),
        drives={"leavers": "+4"},
    )
    insight: Share = key(
        0.5, "How well it sees talent: correlation of the verdict with talent in the role's activities; 0 is luck."
    )


class Onboarding(Block):
    """How a newcomer begins; the ramp after that is learning."""

    training_days: NonNegative = key(5, "Training without production, working days.", neutral=Neutral("onboarding", 0))
    mentor: Working = key(
        "2 h",
        "A colleague's hours a week for each newcomer, until probation ends (activity `coach`).",
        neutral=Neutral("onboarding", 0),
    )
    head: Working = key(
        "3 h",
        "The head's hours a week for each newcomer, until probation ends.",
        "40 h of the head in all: vc.ru",
        neutral=Neutral("onboarding", 0),
    )
    cost: Amount = key(0, "Courses, materials, access for one newcomer, money.", neutral=Neutral("onboarding", 0))
    probation: Probation = key({}, "Trial time.")


def kept_above(recruiting: Recruiting) -> int:
    """People kept above the headcount."""
    return recruiting.buffer if recruiting.policy == "buffer" else 0
