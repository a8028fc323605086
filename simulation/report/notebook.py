"""How values show themselves in a notebook: the answer in words and one table, in the language of the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulation.analysis.cases import cases_of
from simulation.analysis.plain import people_of, plain
from simulation.analysis.results import Comparison, Result
from simulation.analysis.verdict import Verdict
from simulation.report.grid import Cell, Grid, Row
from simulation.report.page.blocks import Block, Words
from simulation.report.page.write import templates
from simulation.report.reading import Reading
from simulation.report.result_tables import measures_grid
from simulation.report.summary import beside, main_table
from simulation.scenario.channels import Channel
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles, structure_titles
from simulation.texts import Texts, language_of, texts

MEASURES = 12
"""Rows of the table of a result."""


def html(value: Any) -> str:
    """A value as HTML for a notebook.

    Args:
        value: a scenario, result, comparison or verdict.

    Raises:
        TypeError: it is none of them.
    """
    if isinstance(value, Scenario):
        t = texts(language_of(value.locale))
        return _rendered(t, t.title(value.title), _scenario(value, t))
    if isinstance(value, Verdict):
        t = texts("en")
        return _rendered(t, t("page-verdict"), [Words(t.again(value.text))])
    if isinstance(value, Result):
        t = texts(language_of(value.scenario.locale))
        reading = Reading(value, t)
        blocks = _comparison(reading, value) if isinstance(value, Comparison) else _result(reading)
        return _rendered(t, t.title(value.scenario.title), blocks)
    raise TypeError(f"a {type(value).__name__} has no form of its own in a notebook")


def _comparison(reading: Reading, comparison: Comparison) -> list[Block]:
    """Cautions that come first, the answer, and the table that the terminal shows."""
    t, found = reading.texts, plain(comparison)
    cautions = [Words(t.again(each.text), "caution") for each in comparison.cautions if each.first]
    pair = beside(comparison)[0]
    said = [Words(t.again(found.headline), "lead"), Words(t.again(found.sure)), Words(t.again(found.next))]
    return [*cautions, *said, main_table(reading, pair, None)]


def _result(reading: Reading) -> list[Block]:
    """The first measures of each structure."""
    grid = measures_grid(reading)
    return [replace(grid, rows=grid.rows[:MEASURES])]


def _scenario(scenario: Scenario, t: Texts) -> list[Block]:
    """Who sells under each structure, and where the leads come from."""
    titles = structure_titles(scenario)
    people = Grid(
        "",
        [t("notebook-structure"), t("notebook-people")],
        [Row(t.title(titles[name]), [_words(people_of_structure(scenario, name, t))]) for name in scenario.structures],
    )
    channels = channel_titles(scenario.market)
    rows = [Row(t.title(channels[name]), [_words(_leads(each, t))]) for name, each in scenario.market.channels.items()]
    return [people, Grid("", [t("notebook-channel"), t("notebook-leads")], rows)]


def people_of_structure(scenario: Scenario, name: str, t: Texts) -> str:
    """Heads by role of a structure, in words."""
    return t.again(people_of(cases_of({"": scenario}, [name])[name]))


def _leads(channel: Channel, t: Texts) -> str:
    leads = getattr(channel, "leads_per_month", None)
    return t("notebook-found") if leads is None else f"{leads:g}"


def _words(text: str) -> Cell:
    return Cell(text, words=True)


def _rendered(t: Texts, title: str, blocks: Sequence[Block]) -> str:
    environment, _ = templates(t)
    values = {"t": t, "language": t.language, "title": title, "blocks": blocks}
    return str(environment.get_template("notebook.html").render(values))
