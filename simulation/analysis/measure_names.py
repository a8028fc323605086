"""Every measure that runs have, by name."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.analysis.cases import Case
from simulation.analysis.catalogue import MEASURES, REASON_TITLES
from simulation.finance.accounts import ACCOUNTS
from simulation.scenario.people import ACTIVITIES


def measure_names(cases: Sequence[Case]) -> list[str]:
    """Every measure that a run of these structures has, by name; those of a role for each role there is."""
    members: dict[str, list[str]] = {
        "<role>": list(dict.fromkeys(role for case in cases for role in case.structure.roles)),
        "<activity>": list(ACTIVITIES),
        "<reason>": list(REASON_TITLES),
        "<product>": list(dict.fromkeys(name for case in cases for name in case.scenario.market.products)),
        "<channel>": list(dict.fromkeys(name for case in cases for name in case.scenario.market.channels)),
        "<account>": [account.name for account in ACCOUNTS],
    }
    names = list(MEASURES)
    for placeholder, words in members.items():
        names = [full for name in names for full in dict.fromkeys([name.replace(placeholder, word) for word in words])]
    return names
