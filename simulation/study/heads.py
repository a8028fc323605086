"""Who can be counted more or fewer: the roles that sell and serve, and their headcounts."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.scenario.scenario import Scenario
from simulation.scenario.search import is_counted
from simulation.texts import worded

__all__ = ["headcounts", "in_proportion", "is_counted"]


def headcounts(scenario: Scenario, structure: str) -> dict[str, int]:
    """Headcount of every role that may be counted otherwise, in the order of the structure."""
    roles = scenario.structures[structure].roles
    return {name: role.headcount for name, role in roles.items() if is_counted(role)}


def in_proportion(heads: Mapping[str, int], people: int) -> dict[str, int]:
    """So many people in the proportions of others, by largest remainder (Hamilton); nobody's role is emptied.

    Args:
        heads: headcounts whose proportions are kept; roles without people stay without.
        people: how many there are to be.
    """
    whole = sum(heads.values())
    filled = [name for name, count in heads.items() if count]
    if whole == 0 or people < len(filled):
        raise ValueError(worded("heads-few", people=people, filled=len(filled)))
    share = {name: people * heads[name] / whole for name in filled}
    made = {name: max(1, int(share[name])) for name in filled}
    # largest remainder first; where the least of one each took too many, the largest roles give back
    while sum(made.values()) < people:
        made[max(filled, key=lambda n: share[n] - made[n])] += 1
    while sum(made.values()) > people:
        made[max((n for n in filled if made[n] > 1), key=lambda n: made[n] - share[n])] -= 1
    return {name: made.get(name, 0) for name in heads}
