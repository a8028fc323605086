"""What a verdict hangs on although every structure shares it: figures that act in some structures and not in others.

The loss in hand-offs acts only where work passes between roles, and learning by repetitions favours whoever does fewer
things; both are among the least measured inputs (facts with source: the scenario reference).
"""

from __future__ import annotations

from collections.abc import Mapping

from simulation.analysis.cases import Case
from simulation.analysis.phrases import listed, percent
from simulation.scenario.structures import Structure

CORE = ("qualify", "sell", "serve")  # what a lead and the customer it becomes go through


def acting_assumptions(cases: Mapping[str, Case]) -> tuple[str, ...]:
    """The shared figures that act in some of the structures only, in words; nothing for a single structure."""
    if len(cases) < 2:
        return ()
    passing = [case for case in cases.values() if passes_work_on(case.structure)]
    found: list[str] = []
    if passing and len(passing) < len(cases):
        terms = passing[0].structure.hand_off or passing[0].scenario.hand_off
        losses = []
        if terms.lead.loss > 0:
            losses.append(f"{percent(terms.lead.loss)} of the leads")
        if terms.customer.loss > 0:
            losses.append(f"{percent(terms.customer.loss)} of the customers")
        if losses:
            who = listed([case.title for case in passing])
            found.append(f"a hand-off between roles loses {listed(losses)} ({who})")
    if _breadths(cases) and _learns(cases):
        found.append("whoever does an activity more often does it better (learning by repetitions)")
    return tuple(found)


def passes_work_on(structure: Structure) -> bool:
    """Whether a lead or customer has to pass from one role to another: no role does all that the department does."""
    done = [{duty.activity for duty in role.activities} for role in structure.roles.values() if not role.support]
    core = set(CORE) & set().union(*done)
    return not any(core <= activities for activities in done)


def _breadths(cases: Mapping[str, Case]) -> bool:
    """Whether the structures' roles do differently many activities."""
    breadths = {
        max(len({duty.activity for duty in role.activities}) for role in case.structure.roles.values())
        for case in cases.values()
    }
    return len(breadths) > 1


def _learns(cases: Mapping[str, Case]) -> bool:
    """Whether proficiency grows with repetitions and changes anything in the core activities."""
    for case in cases.values():
        for activity in CORE:
            learning = getattr(case.scenario.people.learning, activity)
            if learning.start != learning.mastery and any(learning.effects.model_dump().values()):
                return True
    return False
