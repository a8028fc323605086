"""The neutral settings of the mechanisms, which each key says itself (`neutral`), applied to a scenario.

A mechanism is one of the ways in which a structure can make a difference: hand-offs, practice, pooling and so
on. It is neutral when it favours no structure over another; its neutral values are set in every structure of a
scenario. With all of them neutral any two structures that do all the work, given time, win the same leads with the same
hours, which tests/properties/test_neutrality.py holds. What an intervention sets on its date holds from then on all the
same, unless `interventions` are neutral too. The split into roles itself cannot be switched off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulation.scenario.places import held, places
from simulation.scenario.scenario import Scenario
from simulation.written.tree import join

Settings = dict[str, object]

NEUTRAL: tuple[str, ...] = tuple(dict.fromkeys(each.facts.neutral.mechanism for each in places() if each.facts.neutral))
"""The mechanisms, in the order of the schema."""


def neutralise(scenario: Scenario, *names: str) -> Scenario:
    """A new scenario with mechanisms neutral: those named, or all of them without a name.

    Raises:
        ValueError: there is no mechanism of such a name.
        AttributeError: the scenario was not loaded from a file or text.
    """
    return scenario.replace(settings(scenario, *(names or NEUTRAL)))


def settings(scenario: Scenario, *names: str) -> Settings:
    """The values at dotted paths that make mechanisms neutral in every structure of a scenario.

    Raises:
        ValueError: there is no mechanism of such a name.
    """
    for name in names:
        if name not in NEUTRAL:
            raise ValueError(f"there is no mechanism {name!r}; there are {', '.join(NEUTRAL)}")
    return {path: value for mechanism, path, value in _all(scenario) if mechanism in names}


def _all(scenario: Scenario) -> Iterator[tuple[str, str, object]]:
    """Mechanism, path and neutral value of every key that a scenario has; null is nothing to make neutral."""
    for place, now in held(scenario):
        neutral = place.facts.neutral
        if neutral is None or now is None or (neutral.mechanism == "care" and not _anybody_calls(scenario)):
            continue
        paths = [join(place.path, name) for name in now] if isinstance(now, Mapping) else [place.path]
        for path in paths:
            yield neutral.mechanism, path, neutral.value


def _anybody_calls(scenario: Scenario) -> bool:
    """Whether any role has `care` among its activities; where none has, the key is not at work."""
    roles = [role for structure in scenario.structures.values() for role in structure.roles.values()]
    return any(duty.activity == "care" for role in roles for duty in role.activities)
