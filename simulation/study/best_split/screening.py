"""What cannot work, by the closed form alone, so that nothing is simulated for it.

Two rules, both careful: the closed form knows no waiting, no learning by doing and no turnover, so it may only say
what is out of the question. A split is ruled out where work of the sale or of customers is done by nobody, or where
the people of a role would have more than `FAR` times the hours of work that they have time for, and a split that
costs no more has everybody at no more than 1/`FAR` of that. Hours are the least that any split of the structure makes
(what hunters find depends on how many they are), without prospecting, upselling, coaching and changes of activity, and
only of work that no other role may do, not even as a help.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulation.analysis.naming import people_phrase, role_title
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.study.best_split.candidates import Candidate, RuledOut
from simulation.texts import Amount, say

FAR = 2.0
"""Times that the load of a role may lie above what another split of the same money reaches."""
LEFT_OUT = {"prospect", "care", "upsell", "coach", "train", "meet"}
"""Activities that can be left without breaking anything."""

Hours = Mapping[str, float]


def screened(splits: Sequence[Candidate]) -> tuple[list[Candidate], list[RuledOut]]:
    """The splits of one structure that are worth simulating, and the others with the reason."""
    own = [_own_hours(each) for each in splits]
    least = _least(splits, own)
    loads = [_loads(each, hours, least[each.options]) for each, hours in zip(splits, own, strict=True)]
    worst = [max(each.values(), default=0.0) for each in loads]
    kept, out = [], []
    for n, split in enumerate(splits):
        idle = [role for role, load in loads[n].items() if math.isinf(load)]
        if idle:
            title = role_title(split.spec, idle[0])
            out.append(RuledOut(split, say("ruled-nobody", role=title)))
            continue
        # of no more money: what costs more than the split may be better for that reason
        cheap = [worst[k] for k, other in enumerate(splits) if other.payroll <= split.payroll * (1 + PAYROLL_TOLERANCE)]
        reachable = max(1.0, min(cheap))
        if worst[n] > FAR * reachable:
            role = max(loads[n], key=lambda each: loads[n][each])
            people = people_phrase(role_title(split.spec, role), split.spec.roles[role].headcount)
            out.append(RuledOut(split, say("ruled-overload", people=people, times=Amount(loads[n][role]))))
            continue
        kept.append(split)
    return kept, out


def _own_hours(split: Candidate) -> Hours:
    """Hours a month by role of what nobody else may do."""
    roles = split.spec.roles
    found = {}
    for name, load in split.flows.roles.items():
        beside = [role for other, role in roles.items() if other != name and role.headcount]
        others = {duty.activity for role in beside for duty in role.activities} | LEFT_OUT
        found[name] = sum(hours for activity, hours in load.hours.items() if activity not in others)
    return found


def _least(splits: Sequence[Candidate], hours: Sequence[Hours]) -> dict[tuple[str, ...], dict[str, float]]:
    """The least hours of each role by options: what there is to do whoever else there is."""
    least: dict[tuple[str, ...], dict[str, float]] = {}
    for split, own in zip(splits, hours, strict=True):
        mine = least.setdefault(split.options, {})
        for role, value in own.items():
            if math.isfinite(value):
                mine[role] = min(mine.get(role, math.inf), value)
    return least


def _loads(split: Candidate, hours: Hours, least: Mapping[str, float]) -> dict[str, float]:
    """Load by role: infinite where there is work and nobody to do it."""
    loads = {}
    for role, load in split.flows.roles.items():
        work = min(hours[role], least.get(role, math.inf))
        if hours[role] > 0 and load.headcount == 0:
            loads[role] = math.inf
        elif load.capacity > 0:
            loads[role] = work / load.capacity
    return loads
