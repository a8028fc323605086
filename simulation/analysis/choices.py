"""Choices that a director can change on Monday and that differ between structures: order, ownership, new work."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Literal

from simulation.analysis.cases import Case
from simulation.analysis.cautions import Caution
from simulation.analysis.naming import work
from simulation.scenario.people import ACTIVITIES, DISCRETIONARY, Activity
from simulation.scenario.structures import Role, Structure
from simulation.texts import Phrase, say

SHOWN = 3
"""Differences in the order of work that are named."""
_NEVER_OWNED = {"meet", "coach", "train", *DISCRETIONARY}


def choice_cautions(cases: Mapping[str, Case], baseline: str) -> list[Caution]:
    """Cautions where structures differ from the baseline in the order of work, in ownership or in who gets new work.

    Only of work that is done in both, and of two activities only where somebody does both of them in each.
    """
    base, found = cases[baseline], []
    for name, case in cases.items():
        if name == baseline:
            continue
        pairs = _turned(case.structure, base.structure)
        if pairs:
            orders = [say("work-before", first=work(first), then=work(then)) for first, then in pairs[:SHOWN]]
            text = say(
                "caution-order",
                structure=case.title,
                baseline=base.title,
                orders=orders,
                more="yes" if len(pairs) > SHOWN else "no",
            )
            found.append(Caution("order", text, (name, baseline)))
        rules = [_by_activity(each.structure, _rules) for each in (case, base)]
        works = [work(a) for a in ACTIVITIES if a in rules[0] and a in rules[1] and rules[0][a] != rules[1][a]]
        if works:
            text = say("caution-due", structure=case.title, baseline=base.title, works=works)
            found.append(Caution("order", text, (name, baseline)))
        found += _settled("ownership", ("personal", "team"), case, base)
        found += _settled("new_work", ("assigned", "shared"), case, base)
    return found


def _turned(one: Structure, other: Structure) -> list[tuple[str, str]]:
    """Pairs of activities that the first structure does in this order and the second one the other way round."""
    mine, theirs = _orders(one), _orders(other)
    return [pair for pair in mine if pair not in theirs and pair[::-1] in theirs and pair[::-1] not in mine]


def _orders(structure: Structure) -> dict[tuple[str, str], None]:
    """Pairs of activities (before, after) as the roles with people prefer them."""
    found: dict[tuple[str, str], None] = {}
    for role in structure.roles.values():
        if role.headcount:
            found |= dict.fromkeys(combinations(dict.fromkeys(duty.activity for duty in role.activities), 2))
    return found


def _settled(
    code: Literal["ownership", "new_work"], values: tuple[str, str], case: Case, base: Case
) -> Iterable[Caution]:
    """A caution for each way round in which work is settled differently."""
    mine, theirs = (_by_activity(each.structure, lambda role, _: getattr(role, code)) for each in (case, base))
    for here, there in (values, values[::-1]):
        works: list[Phrase] = [work(a) for a in ACTIVITIES if mine.get(a) == {here} and theirs.get(a) == {there}]
        if works:
            first, second = (case, base) if here == values[0] else (base, case)
            text = say(f"caution-{code.replace('_', '-')}", one=first.title, other=second.title, works=works)
            yield Caution(code, text, (case.name, base.name))


def _rules(role: Role, activity: Activity) -> tuple[float, bool, float]:
    """When work of an activity is due, whether the newest comes first, hours kept for it."""
    return role.due.get(activity, math.inf), activity in role.newest_first, role.protected.get(activity, 0.0)


def _by_activity(structure: Structure, settled: Callable[[Role, Activity], object]) -> dict[str, set[object]]:
    """How work of each activity that waits for somebody is settled in the roles with people."""
    found: dict[str, set[object]] = {}
    for role in structure.roles.values():
        for duty in role.activities if role.headcount else ():
            if duty.activity not in _NEVER_OWNED:
                found.setdefault(duty.activity, set()).add(settled(role, duty.activity))
    return found
