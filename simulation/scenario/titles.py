"""Names in sentences: the title that somebody or a preset gave, else the key; equal ones are told apart by the key.

Two structures of one preset have the same title; a table whose columns are both called 'Universal' says nothing. So
whoever shows a structure, role, channel or product takes its name from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from simulation.texts import LANGUAGES, texts

if TYPE_CHECKING:
    from simulation.scenario.market import Market
    from simulation.scenario.scenario import Scenario
    from simulation.scenario.structures import Structure


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by key, those that are equal in any language with the key behind them: 'Universal (six)'.

    Where the keys differ in capitals alone, the place in the list stands behind them too: 'Universal (Six) (2)'.
    """
    return dict(_told_apart(tuple(titles.items())))


@lru_cache(maxsize=256)
def _told_apart(titles: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    found = {key: title or key for key, title in titles}
    marks = {key: key for key, _ in titles}
    for _ in titles:  # what somebody wrote may be just what another one becomes
        counts = Counter(form for title in found.values() for form in _forms(title))
        alike = {key for key, title in found.items() if any(counts[form] > 1 for form in _forms(title))}
        if not alike:
            break
        found |= {key: f"{found[key]} ({marks[key]})" for key in alike}
        marks |= {key: str(number) for number, (key, _) in enumerate(titles, 1) if key in alike}
    return tuple(found.items())


def _forms(title: str) -> set[tuple[str, str]]:
    """How a title is written in each language, by language; capitals tell nothing apart."""
    return {(language, texts(language).title(title).strip().casefold()) for language in LANGUAGES}


def structure_titles(scenario: Scenario, names: Sequence[str] | None = None) -> dict[str, str]:
    """Names of a scenario's structures in sentences, by key; all of them, or these ones in this order."""
    every = told_apart({name: each.title for name, each in scenario.structures.items()})
    return every if names is None else {name: every[name] for name in names}


def role_titles(structure: Structure) -> dict[str, str]:
    """Names of a structure's roles in sentences, by key."""
    return told_apart({name: each.title for name, each in structure.roles.items()})


def channel_titles(market: Market) -> dict[str, str]:
    """Names of the channels in sentences, by key."""
    return told_apart({name: each.title for name, each in market.channels.items()})


def product_titles(market: Market) -> dict[str, str]:
    """Names of the products in sentences, by key."""
    return told_apart({name: each.title for name, each in market.products.items()})
