"""Filter: who qualifies passes unfit leads, which burn the hours of those who sell, and drops good ones.

Fit is hidden until a lead has gone all the way. How often the decision is right goes with proficiency.
"""

from __future__ import annotations

from simulation.mechanisms.mechanism import Mechanism
from simulation.written.base import Block, Neutral, key
from simulation.written.distributions import WorkingDistribution
from simulation.written.odds import shifted
from simulation.written.quantities import Share

MECHANISM = Mechanism(
    "filter",
    "filter",
    ("department.leads.LeadFlow.qualified", "department.lead_table.LeadTable"),
    "mechanisms.filter.passed",
    measures=("qualified", "lost.<reason>"),
)
SHARPNESS = key(
    0, "Log-odds of a right decision rise by filter * ln p (activity `qualify`).", neutral=Neutral("filter", 0)
)
"""The key of what proficiency changes."""


class Qualification(Block):
    """Sorting of leads by hidden fit, at the first contact."""

    work: WorkingDistribution = key(
        {"gamma": {"mean": "30 min", "cv": 0.7}}, "Work of qualifying one lead.", changes=True
    )
    true_positive: Share = key(
        0.9,
        "Share of fit leads that pass, by a person of proficiency 1.",
        changes=True,
        neutral=Neutral("filter", 1),
        drives={"conversion": "+2", "qualified": "+2"},
    )
    false_positive: Share = key(
        0.1,
        "Share of unfit leads that pass, by a person of proficiency 1.",
        changes=True,
        neutral=Neutral("filter", 0),
        drives={"qualified": "+3"},
    )


def passed(rules: Qualification | None, fit: float, sharp: float = 0.0) -> tuple[float, float]:
    """Shares of leads that are fit and pass, and that are unfit and pass; all pass where there are no rules.

    Args:
        rules: how leads are qualified.
        fit: share of them that could buy.
        sharp: added to the log-odds of a right decision.
    """
    if rules is None:
        return fit, 1 - fit
    return fit * shifted(rules.true_positive, sharp), (1 - fit) * shifted(rules.false_positive, -sharp)


def fit_of_passed(rules: Qualification | None, fit: float) -> float:
    """Share of fit leads among those that a person of proficiency 1 has passed (Bayes)."""
    if rules is None:
        return fit
    good, bad = passed(rules, fit)
    return good / (good + bad) if good + bad > 0 else fit
