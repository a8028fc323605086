"""What every table of a result needs: the result, the language, and how its numbers are written."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import Comparison
from simulation.analysis.measure_words import measure_title
from simulation.analysis.quantiles import Floats, Proportion, year_quantile
from simulation.analysis.results import Result
from simulation.report.grid import Cell, Row
from simulation.report.numbers import NOTHING, Scale, scale_of
from simulation.report.output_folder import LeftOut
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import role_titles
from simulation.study.compare.best import AtBest
from simulation.study.transition.answer import Transition
from simulation.study.weak_link.answer import WeakLink
from simulation.texts import Percent, Texts
from simulation.texts.values import Unit


@dataclass(frozen=True)
class Reading:
    """A result as a report reads it.

    Attributes:
        result: what was simulated.
        texts: the language.
        links: weak links by structure, where they were asked for.
        transitions: the way from today to each structure, where there is one.
        command: the command line that made the result.
        date: day on which it was made, as text.
        left: takes what cannot be made.
        best: each structure at its best, where that was looked for.
    """

    result: Result
    texts: Texts
    links: Mapping[str, WeakLink] = field(default_factory=dict)
    transitions: Mapping[str, Transition] = field(default_factory=dict)
    command: Sequence[str] = ()
    date: str = ""
    left: LeftOut = field(default_factory=LeftOut)
    best: AtBest | None = None

    @property
    def comparison(self) -> Comparison | None:
        """The result, where structures were compared."""
        return self.result if isinstance(self.result, Comparison) else None

    @property
    def structures(self) -> tuple[str, ...]:
        """Names of the structures, in their order."""
        return self.result.structures

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of the structures, each once."""
        return self.result.scenarios

    def title(self, structure: str) -> str:
        """Name of a structure in the language of the page, where it is a preset's."""
        return self.texts.title(self.result.titles[structure])

    def role(self, structure: str, role: str) -> str:
        """Name of a role."""
        return self.texts.title(role_titles(self.result.cases[structure].structure)[role])

    @property
    def header(self) -> list[str]:
        """Header of a table with a column per structure."""
        return ["", *(self.title(name) for name in self.structures)]

    def scale(self, unit: Unit, values: Sequence[float], widths: Sequence[float] = ()) -> Scale:
        """A scale for numbers that are read together."""
        return scale_of(unit, values, widths, self.result.scenario.currency, self.texts.language)

    def percent(self, share: float) -> str:
        """A share."""
        return NOTHING if math.isnan(share) else self.texts.written(Percent(share))

    def measure_title(self, measure: str) -> str:
        """Title of a measure in the language of the report."""
        return measure_title(self.texts, measure, bare=self.result.bare)

    def mean(self, structure: str, measure: str) -> float:
        """Mean of a measure; NaN where it is not defined."""
        return self.result.mean(structure, measure)

    def defined(self, structure: str, measure: str) -> bool:
        """Whether a measure has a value in any year of a structure."""
        found = self.result.summaries[structure].get(measure)
        return found is not None and found.n > 0 and not math.isnan(found.mean)

    def tells(self, measure: str) -> bool:
        """Whether a measure says anything: a reason for which nobody ever left does not."""
        return any(self.defined(name, measure) and self.mean(name, measure) != 0 for name in self.structures)

    def scale_of_all(self, measures: Sequence[str]) -> Scale:
        """One scale for measures of the same unit under all structures."""
        found = [each[name] for each in self.result.summaries.values() for name in measures if name in each]
        unit = describe(measures[0]).unit if measures else "share"
        return self.scale(unit, [each.mean for each in found], [(each.high - each.low) / 2 for each in found])

    def measures(self, names: Sequence[str], titles: Mapping[str, str] | None = None) -> list[Row]:
        """A row per measure, a column per structure: mean and interval; without those that no structure has."""
        rows = []
        for name in names:
            if any(self.defined(each, name) for each in self.structures):
                scale = self.scale_of_all([name])
                label = (titles or {}).get(name) or self.measure_title(name)
                rows.append(self.row(label, lambda each, n=name, s=scale: self.stated(each, n, s), scale.unit))  # type: ignore[misc]
        return rows

    def sections(self, sections: Mapping[str, Sequence[str]]) -> list[Row]:
        """Rows of measures under headings; names of measures by the key of their heading."""
        rows: list[Row] = []
        for key, names in sections.items():
            found = self.measures(names)
            rows += [Row(self.texts(key)), *found] if found else []
        return rows

    def stated(self, structure: str, measure: str, scale: Scale) -> Cell:
        """A measure's mean and its interval."""
        if not self.defined(structure, measure):
            return Cell(NOTHING)
        found, known = self.result.summaries[structure][measure], describe(measure)
        low, high = known.possible(found.low, found.high)
        note = scale.interval(low, high) if math.isfinite(high) and found.sd > 0 else ""
        return Cell(scale.text(found.mean), note, value=found.mean, low=low, high=high, kind=known.unit)

    def number(self, value: float, scale: Scale, kind: Unit = "money", *, signed: bool = False, note: str = "") -> Cell:
        """A number of a scale."""
        return Cell(scale.text(value, signed), note, value=value, kind=kind)

    def quantile(self, values: Floats, q: float, scale: Scale, signed: bool = False) -> Cell:
        """A quantile of years with its interval; where so few years cannot tell it, the extreme one, called so."""
        found = year_quantile(values, q, self.result.level)
        if found.n == 0:
            return Cell(NOTHING)
        text = scale.text(found.value, signed=signed)
        if not found.known:
            key = "page-extreme-low" if q < 0.5 else "page-extreme-high"
            return Cell(text, self.texts(key, years=found.years_needed))
        return Cell(text, scale.interval(found.low, found.high, signed=signed))

    def years(self, row: Mapping[Any, Any]) -> Cell:
        """A share of years in which a structure is better, with its interval."""
        share, low, high = (float(row[f"share_of_years_better{end}"]) for end in ("", "_low", "_high"))
        found = self.share(Proportion(share, low, high, 0))
        # equal in every year: nothing of it is chance
        return replace(found, note="") if row["share_of_years_tied"] == 1.0 else found

    def share(self, found: Proportion) -> Cell:
        """A share with its interval."""
        if math.isnan(found.share):
            return Cell(NOTHING, kind="share")
        note = f"{self.percent(found.low)} … {self.percent(found.high)}"
        return Cell(self.percent(found.share), note, value=found.share, low=found.low, high=found.high, kind="share")

    def row(self, label: str, cell: Callable[[str], str | Cell], unit: str = "") -> Row:
        """A row with a cell per structure."""
        found = [cell(name) for name in self.structures]
        return Row(label, [each if isinstance(each, Cell) else Cell(each) for each in found], unit)
