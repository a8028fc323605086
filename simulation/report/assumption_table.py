"""Every value of a scenario as a table: what it is called, how large, from where; in words of the language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulation.report.grid import Cell, Column, Grid, Row
from simulation.report.numbers import scale_of
from simulation.report.reading import Reading
from simulation.scenario import describe as describe_scenario
from simulation.scenario.path_words import words_for
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, product_titles, role_titles, structure_titles
from simulation.texts import Phrase, Texts
from simulation.written.quantities import SPANS, told_span

_SPAN = re.compile(rf"\d[\d.]* ({'|'.join(sorted(SPANS, key=len, reverse=True))})(?!\w)")
"""A time as it is written."""
_LAW = re.compile(r"(mean|cv|shape) (.+)")
"""A parameter of a law as it is written."""
_NUMBER = re.compile(r"[\d.]+")
_DECIMAL = re.compile(r"-?[\d ]*\d\.\d+( %)?")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9]+")


def assumptions_grid(reading: Reading, scenarios: Sequence[Scenario]) -> Grid:
    """Every value of the scenarios: its path, value, unit, range, source, and where it stands."""
    t = reading.texts
    rows = []
    for scenario in scenarios:
        names = _titles(scenario)
        for row, figure in describe_scenario.sourced(scenario):
            ends = figure.range if figure is not None and figure.range is not None else None
            low, high = ends or (math.nan, math.nan)
            limits = " … ".join(_limit(reading, end, row.unit) for end in ends) if ends else ""
            source = t.title(figure.source) if figure is not None else ""
            value = _value(t, row, names)
            unit = t.again(describe_scenario.told(row.unit))
            if row.unit == scenario.currency:
                unit = scale_of("money", [1.0], (), scenario.currency, t.language).unit
            origin = _origin(t, row.origin)
            said = [Cell(text, words=True) for text in (row.path, value, unit, limits, source, origin)]
            said[3] = replace(said[3], low=low, high=high)
            rows.append(Row(t.title(scenario.provenance.title), said))
    keys = ("scenario", "value-of", "value", "unit", "", "source", "stands-in")
    header = [Column(t(f"book-{key}") if key else "", ends=not key) for key in keys]
    return Grid(t("book-assumptions"), header, rows)


def _value(t: Texts, row: describe_scenario.Shown, names: Mapping[str, str]) -> str:
    """A value for reading, in words of the language: times, laws, what one of a few may be, what has a title."""
    if isinstance(row.value, Phrase):
        return t.again(row.value)
    text = row.value.strip()
    if row.unit.endswith(" time"):
        text = _SPAN.sub(lambda found: t.again(told_span(found[0])), text)
    whole = _said(t, text, names)
    if whole != text:
        return whole
    parts = text.split(", ")
    said = [_said(t, each, names) for each in parts]
    between = "; " if any(_decimal(t, each) != each for each in parts) else ", "  # 1,1; 0,9
    return between.join(said)


def _decimal(t: Texts, text: str) -> str:
    """A number with the decimal sign of the language; any other text as it is."""
    return text.replace(".", ",") if t.language != "en" and _DECIMAL.fullmatch(text) else text


def _said(t: Texts, text: str, names: Mapping[str, str]) -> str:
    """A word of a value in the language: the title of what is called so, one of a few values, a parameter of a law."""
    if text in names:
        return t.title(names[text])
    for key in (f"activity-{text}", f"value-{_NOT_IN_KEYS.sub('-', text)}"):
        if key in t:
            return t(key)
    if (law := _LAW.fullmatch(text)) is not None:
        number = t.style.shortest(float(law[2])) if _NUMBER.fullmatch(law[2]) else law[2]
        return t(f"value-law-{law[1]}", value=number)
    return t.title(_decimal(t, text))


def _titles(scenario: Scenario) -> dict[str, str]:
    """Titles of whatever a value of the scenario may name."""
    roles = {name: title for each in scenario.structures.values() for name, title in role_titles(each).items()}
    processes = {name: each.title for name, each in scenario.market.processes.items() if each.title}
    sold = {**channel_titles(scenario.market), **product_titles(scenario.market)}
    return {**processes, **roles, **structure_titles(scenario), **sold}


def place_words(scenario: Scenario, path: str, t: Texts) -> str:
    """What a value is called: by the title of its key, or of the nearest around it that has one."""
    path = path.partition(".set.")[0]
    while path:
        if (found := words_for(scenario, path)) is not None:
            return t.again(found)
        path = path.rpartition(".")[0]
    return ""


def _origin(t: Texts, text: str) -> str:
    """Where a value stands: a file by its name, a preset by its title."""
    if text.partition(":")[0] == describe_scenario.RECORDS:
        return t("value-of-records")
    kind, _, name = text.partition(" ")
    if kind == "preset":
        return t("value-of-preset", name=t.title(name.replace("_", " ")))
    return t.again(describe_scenario.told(text)) if "/" not in text else text.rpartition("/")[2]


def _limit(reading: Reading, end: float, unit: str) -> str:
    """An end of a range: a share as a percentage, a time in hours."""
    t = reading.texts
    if unit == "share":
        return reading.percent(end)
    text = t.style.shortest(end)
    return f"{text} {t('unit-hours')}" if unit.endswith("time") else text
