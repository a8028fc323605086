"""Firms that are shipped with the program, to begin from."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import simulation
from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load, load_text
from simulation.texts import say
from simulation.written.errors import Problem, ScenarioError

STARTER = "starter"
FIRST = ("department_of_ten", "it_integrator", "wholesale", "retail", "one_off_sales", "counter_and_contracts")
"""In the order in which they are offered; others are for readers of the papers. Each has a title and a line of its own
in the catalogues (`app-firm-NAME`, `app-firm-NAME-about`)."""


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the shipped scenarios lie: beside the program, in a checkout."""
    return Path(simulation.__file__).resolve().parents[1] / "scenarios"


def names() -> list[str]:
    """Names of the shipped firms, the starter first."""
    return [STARTER, *(name for name in FIRST if (folder() / f"{name}.yaml").is_file())]


def opened(name: str) -> Scenario:
    """A shipped firm.

    Raises:
        ScenarioError: there is none of the name.
    """
    if name not in names():
        raise ScenarioError(Problem("", None, "", say("app-no-firm")))
    return _opened(name)


@lru_cache(maxsize=16)
def _opened(name: str) -> Scenario:
    if name == STARTER:
        from simulation.intake.starter import starter_text

        return load_text(starter_text(), STARTER)
    return load(folder() / f"{name}.yaml")
