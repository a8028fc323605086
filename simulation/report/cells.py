"""Cells and rows that the tables of the report share: a mean with its interval, on one scale a row."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rich.table import Table

from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import Result
from simulation.report.grid import aligned, side_by_side
from simulation.report.numbers import NOTHING, Scale, scale_of


def section_tables(result: Result, sections: Mapping[str, Sequence[str]], width: int) -> list[Table]:
    """Mean and interval of measures, a column per structure.

    Args:
        result: what was simulated.
        sections: names of measures by the title of their section.
        width: characters of a line; structures that do not fit beside each other follow in further tables.
    """
    titles = result.titles
    rows = [
        (section, name)
        for section, names in sections.items()
        for name in names
        if any(defined(result, structure, name) for structure in titles)
    ]
    scales = {name: scale_of_measure(result, name) for _, name in rows}
    cells = {
        structure: aligned([mean_and_interval(result, structure, name, scales[name]) for _, name in rows])
        for structure in titles
    }
    labelled = [(section, (describe(name).title, scales[name].unit)) for section, name in rows]
    return side_by_side(titles, labelled, cells, width)


def defined(result: Result, structure: str, measure: str) -> bool:
    """Whether a measure has a value in any year of a structure."""
    found = result.summaries[structure].get(measure)
    return found is not None and found.n > 0


def scale_of_measure(result: Result, measure: str) -> Scale:
    """One scale for a measure under all structures."""
    return scale_of_all(result, [measure])


def scale_of_all(result: Result, measures: Sequence[str]) -> Scale:
    """One scale for measures of the same unit under all structures."""
    found = [each[name] for each in result.summaries.values() for name in measures if name in each]
    scenario = result.scenario
    return scale_of(
        describe(measures[0]).unit if measures else "share",
        [each.mean for each in found],
        [(each.high - each.low) / 2 for each in found],
        scenario.currency,
        scenario.locale,
    )


def mean_and_interval(result: Result, structure: str, measure: str, scale: Scale) -> tuple[str, str]:
    """A measure's mean and its interval as texts."""
    found = result.summaries[structure].get(measure)
    if found is None or found.n == 0:
        return NOTHING, ""
    if math.isinf(found.high) or found.sd == 0:
        return scale.text(found.mean), ""
    return scale.text(found.mean), scale.interval(*describe(measure).possible(found.low, found.high))
