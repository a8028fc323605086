"""Keys that somebody gave and nothing reads, for the key beside them that they go with is 0 or not given."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.scenario.places import held
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import changes
from simulation.sense.sense_warning import SenseWarning
from simulation.texts import worded
from simulation.written.tree import join


def unread(scenario: Scenario) -> Iterator[SenseWarning]:
    """One finding for each such key; none where a change on a date or drawn inputs give what it goes with."""
    places = list(held(scenario))
    values = {place.path: value for place, value in places}
    given = {path for name in scenario.structures for change in changes(scenario, name) for path in change.settings}
    given |= set(scenario.inputs.columns) if scenario.inputs is not None else set()
    for place, value in places:
        needs = place.facts.needs
        if not needs or value is None or value == place.block.model_fields[place.key].default:
            continue
        beside = join(place.path.removesuffix(f".{place.key}"), needs)
        above = {beside[:n] for n, letter in enumerate(beside) if letter == "."} | {beside}
        if not values[beside] and not above & given:
            yield SenseWarning(place.path, worded("sense-unread", other=needs))
