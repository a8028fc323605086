"""What a measure is called, in sentences and above tables: in one place for all commands, pages and charts.

Where no line of costs is written, what is left is no profit: rent, programs and all that a firm pays besides are
missing. It is called the margin after pay then.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulation.analysis.business_catalogue import Measure
from simulation.analysis.catalogue import describe
from simulation.scenario.scenario import Scenario
from simulation.texts import Term, Texts, texts

BARE = ("profit", "profit_with_end_value")
"""Measures that are called otherwise where a scenario has no line of costs."""


def is_bare(scenarios: Iterable[Scenario]) -> bool:
    """Whether no scenario has a line of costs: profit is then no more than the margin after pay."""
    return not any(each.budget.has_costs for each in scenarios)


def measure_key(name: str, *, bare: bool) -> str:
    """The key of a measure's title; `bare`: of scenarios without any line of costs."""
    key = f"measure-{name.replace('_', '-').replace('.', '-')}"
    return f"{key}-bare" if bare and name in BARE else key


def measure_term(measure: str | Measure, *, bare: bool) -> Term:
    """A measure inside a sentence; a name is one of the catalogue.

    Raises:
        KeyError: no measure has that name.
    """
    known = describe(measure) if isinstance(measure, str) else measure
    key = measure_key(known.name, bare=bare)
    return Term(key, (texts("en")(key) if key.endswith("-bare") else known.title).lower())


def measure_title(t: Texts, measure: str | Measure, *, bare: bool) -> str:
    """Title of a measure in a language, English where it has none; a name is one of the catalogue.

    Raises:
        KeyError: no measure has that name.
    """
    key = measure_key(measure if isinstance(measure, str) else measure.name, bare=bare)
    if key in t:
        return t(key)
    return describe(measure).title if isinstance(measure, str) else measure.title
