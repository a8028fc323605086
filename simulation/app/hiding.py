"""What a copy without pay leaves out: figures by their path, and amounts of them in titles that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, product_titles, role_titles, structure_titles

HIDDEN = re.compile(r"\.pay\.|^budget\.|^people\.recruiting\.cost|^people\.onboarding\.cost")
"""Figures that a copy without pay leaves out."""
LEFT_OUT = "…"
MONTHS = 12
"""An amount of a month is hidden as one of a year, too."""
LEAST_BARE = 10
"""A bare number from here on may mean thousands."""

_THOUSAND = r"тыс(?:яч\w*)?\.?(?:\s?р\.?(?!\w))?|т\.?\s?р\.?(?!\w)|т(?!\w)\.?|thousands?|grand|[kк](?![^\W\d_])"
_MILLION = r"млн\.?|миллион\w*|mln|millions?|[mм](?![^\W\d_])"
_MONEY = r"₽|руб\w*\.?|р\.?(?!\w)|rub|\$|€|£|usd|eur|%"
_TOKEN = re.compile(
    r"(?:[$€£₽]\s*)?(?<![\d.,])(?P<number>\d+(?:[\s\u00a0\u202f\u2009.,'’_]\d{3}(?!\d))*(?:[.,]\d+)?)"
    rf"(?:[\s\u00a0-]*(?P<scale>{_THOUSAND}|{_MILLION}))?(?:[\s\u00a0]*(?P<money>{_MONEY}))?",
    re.IGNORECASE,
)
_WORDS = (
    r"од(?:ин|на|ну)|дв[ае]|тр[ие]|четыр\w*|пят\w*|шест\w*|сем\w*|вос[еь]м\w*|девя\w*|десят\w*|\w+надцать|двадцать|тридцать"
    r"|сорок|сто|двести|триста|пол(?:тор\w*|миллиона)"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|a|half|and"
)
_SPELLED = re.compile(
    rf"\b(?:(?:{_WORDS})[\s-]+)+(?:тысяч\w*|тыс\b\.?|миллион\w*|млн\b\.?|thousand|million|grand)(?:\s*(?:{_MONEY}))?",
    re.IGNORECASE,
)


def hidden(path: str) -> bool:
    """Whether a copy without pay leaves a figure out."""
    return HIDDEN.search(path) is not None


def amounts(scenario: Scenario) -> frozenset[float]:
    """All figures that a copy without pay leaves out; shares as shares."""
    return frozenset(abs(value) for value in _numbers(scenario.model_dump(), "") if value)


def without(text: str, amounts: Iterable[float]) -> str:
    """A text without amounts, in any of the ways in which people write them.

    Args:
        text: what somebody wrote.
        amounts: what must not stand there; rounded to thousands and as a year's it must not, either.
    """
    known = sorted({a for each in amounts for a in (each, each * MONTHS)})

    def put(found: re.Match[str]) -> str:
        return LEFT_OUT if any(_near(value, half, known) for value, half in _readings(found)) else found[0]

    return _TOKEN.sub(put, _SPELLED.sub(LEFT_OUT, text))


def _near(value: float, half: float, known: Iterable[float]) -> bool:
    return any(abs(value - each) <= half + 1e-9 * each for each in known)


def _readings(found: re.Match[str]) -> Iterator[tuple[float, float]]:
    """What a number may mean, with half of its last place."""
    scale, money = (found["scale"] or "").lower(), (found["money"] or "").lower()
    factor = 1.0
    if scale:
        factor = 1e6 if re.fullmatch(_MILLION, scale, re.IGNORECASE) else 1e3
    for text in dict.fromkeys((re.sub(r"\D", "", found["number"]), _decimal(found["number"]))):
        if not text:
            continue
        value, places = float(text), len(text.partition(".")[2])
        if money == "%":
            yield value / 100, 0.0
        elif scale:
            yield value * factor, 0.5 * factor * 10.0**-places
        else:
            yield value, 0.0 if value < LEAST_BARE and not money else 0.5 * 10.0**-places if value >= 1e3 else 0.0
            if value >= LEAST_BARE:
                yield value * 1e3, 0.0


def _decimal(number: str) -> str:
    """A number whose last sign is a decimal one; '' where it cannot be."""
    text = re.sub(r"[\s\u00a0\u202f\u2009'’_]", "", number).replace(",", ".")
    return text if text.count(".") == 1 else ""


def _numbers(value: Any, path: str) -> Iterator[float]:
    """Numbers below places that are hidden."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _numbers(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _numbers(each, path)
    elif not hidden(f"{path}."):
        return
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield float(value)
    elif isinstance(value, str):  # a change on a date, as it was written
        for found in _TOKEN.finditer(value):
            yield from (number for number, _ in _readings(found))


def without_amounts(scenario: Scenario) -> Scenario:
    """The same department whose titles say no amount of pay; where nothing else is left of one, its number stands."""
    known = amounts(scenario)
    values: dict[str, str] = {}
    for group in _titles(scenario):
        said: set[str] = set()
        for number, (path, title) in enumerate(group.items(), 1):
            made = without(title, known)
            if made == title:
                said.add(title)
                continue
            bare = made.strip(f" {LEFT_OUT}.,()-")
            made = made if bare and made not in said else f"{bare or LEFT_OUT} {number}"
            values[path] = made
            said.add(made)
    return scenario.replace(values) if values else scenario


def _titles(scenario: Scenario) -> Iterator[Mapping[str, str]]:
    """What is shown of a department and somebody may have written, by the path where it can be put right."""
    market = scenario.market
    yield {"title": scenario.provenance.title}
    titles = structure_titles(scenario)
    yield {f"structures.{name}.title": title for name, title in titles.items()}
    for name, structure in scenario.structures.items():
        yield {f"structures.{name}.roles.{role}.title": title for role, title in role_titles(structure).items()}
    yield {f"market.channels.{name}.title": title for name, title in channel_titles(market).items()}
    yield {f"market.products.{name}.title": title for name, title in product_titles(market).items()}
