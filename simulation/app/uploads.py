"""Files that somebody sends: read in memory, never by their name; what would read another file is refused."""

from __future__ import annotations

import re

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_sent
from simulation.written.source import held, seen_to_be_short


def called(name: str) -> str:
    """The name of a file as it is shown: without folders and odd signs."""
    base = re.split(r"[\\/]", name)[-1]
    return "".join(each for each in base if each.isprintable())[-80:] or "file"


def kept_name(number: int, name: str) -> str:
    """The name under which an export is kept in a folder of the server's own: letters, digits and one ending."""
    stem, dot, ending = called(name).rpartition(".")
    tidy = re.sub(r"[^\w-]+", "_", stem if dot else ending).strip("_")[:60] or "export"
    return f"{number}-{tidy}.{re.sub(r'[^a-z0-9]', '', ending.lower())[:5]}" if dot else f"{number}-{tidy}"


def scenarios_in(content: bytes, name: str) -> tuple[list[Scenario], str]:
    """The scenarios in a file that was sent, of which a page may hold several, and what the file is called.

    Raises:
        ScenarioError: there is none in it, or it asks for another file.
    """
    name = called(name)
    seen_to_be_short(content, name)
    return [load_sent(content, each) for each in held(content, name)], name
