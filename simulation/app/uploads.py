"""Files that somebody sends: read in memory, never by their name; what would read another file is refused."""

from __future__ import annotations

import re

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_sent


def called(name: str) -> str:
    """The name of a file as it is shown: without folders and odd signs."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(each for each in base if each.isprintable())[-80:] or "file"


def scenario_in(content: bytes, name: str) -> tuple[Scenario, str]:
    """The scenario in a file that was sent, and what the file is called.

    Raises:
        ScenarioError: there is none in it, or it asks for another file.
    """
    name = called(name)
    return load_sent(content, name), name
