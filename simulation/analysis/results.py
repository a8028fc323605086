"""What comes out: a result with its summaries, and a comparison with differences, verdict and cautions.

Here too: columns of the months as arrays: every possible year as a path over the months.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.assumptions import acting_assumptions
from simulation.analysis.cases import Case, Runs, measure_names, worlds_of
from simulation.analysis.cautions import (
    Caution,
    Regime,
    planned_cautions,
    regime_of,
    trust_cautions,
    vacancy_cautions,
)
from simulation.analysis.doubt import drawn_doubt, more_records
from simulation.analysis.fairness import fairness_cautions, run_cautions
from simulation.analysis.horizon import end_value_caution, horizon_cautions, unbilled_cautions
from simulation.analysis.intervals import PairedDifference
from simulation.analysis.measure_words import is_bare
from simulation.analysis.precision import PrecisionReport
from simulation.analysis.proportion import bare_caution, proportion_cautions
from simulation.analysis.summaries import (
    Summary,
    Table,
    aligned,
    difference,
    difference_frame,
    month_frame,
    summarise,
    summary_frame,
)
from simulation.analysis.unknown import one_of, unknown
from simulation.analysis.verdict import Verdict, judge, structural_assumptions
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import channel_titles
from simulation.texts import joined
from simulation.written.shown import Shown
from simulation.written.spelled import spelled

if TYPE_CHECKING:
    import pandas as pd


@spelled
@dataclass(frozen=True, repr=False)
class Result(Shown):
    """What the replications say of each structure.

    Attributes:
        cases: the structures by name, in their order.
        runs: the replications as tidy frames.
        level: level of the intervals.
        precision: what narrow intervals took, where they were asked for.
    """

    cases: Mapping[str, Case]
    runs: Runs
    level: float
    precision: PrecisionReport | None = field(default=None, kw_only=True)

    def __repr__(self) -> str:
        """What was simulated, in a line."""
        years = f"{self.runs.finished} replications"
        return f"{type(self).__name__}({self.scenario.title!r}: {', '.join(self.cases)}; {years})"

    @property
    def scenario(self) -> Scenario:
        """The (first) scenario."""
        return next(iter(self.cases.values())).scenario

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of the structures, each once: more than one where they stand in several files."""
        return tuple({id(case.scenario): case.scenario for case in self.cases.values()}.values())

    @property
    def structures(self) -> tuple[str, ...]:
        """Names of the structures, in their order."""
        return tuple(self.cases)

    @property
    def titles(self) -> dict[str, str]:
        """Names of the structures in sentences."""
        return {name: case.title for name, case in self.cases.items()}

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures, as columns of ``runs.replications``."""
        return tuple(c for c in self.runs.replications.columns if c not in ("structure", "replication"))

    @property
    def bare(self) -> bool:
        """Whether no scenario has a line of costs: profit is then no more than the margin after pay."""
        return is_bare(case.scenario for case in self.cases.values())

    @cached_property
    def values(self) -> Table:
        """Every measure by structure and replication, aligned by year."""
        return aligned(self.runs.replications, worlds_of(self.cases))

    @cached_property
    def summaries(self) -> dict[str, dict[str, Summary]]:
        """Summary of every measure by structure."""
        return {name: summarise(self.values, name, self.measures, self.level) for name in self.cases}

    @cached_property
    def regimes(self) -> dict[str, Regime]:
        """Load per role and regime by structure."""
        return {name: regime_of(case, self.summaries[name]) for name, case in self.cases.items()}

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What must be known before the figures are believed: orders that are not billed, inputs that are drawn."""
        return (*trust_cautions(self.cases), *unbilled_cautions(self.cases, self.summaries), *self._of_draws())

    def _of_draws(self) -> Iterator[Caution]:
        """How much of the doubt about each structure is ignorance of its drawn inputs."""
        for name, case in self.cases.items():
            if case.scenario.inputs is not None:
                measure = case.scenario.experiment.measure
                years = self.runs.values(name, measure)
                text = drawn_doubt(years, case.scenario.inputs.rows, measure, case.scenario, case.title)
                yield Caution("drawn", text, (name,))

    def mean(self, structure: str, measure: str) -> float:
        """Mean of a measure over the years; NaN where it is undefined in all of them, or the structure has none.

        Raises:
            UnknownName: there is no such structure or measure; the nearest is named.
        """
        found = self.summaries[one_of("structure", structure, self.cases)].get(measure)
        if found is None and measure not in {*self.measures, *measure_names(list(self.cases.values()))}:
            raise unknown("measure", measure, self.measures)
        return math.nan if found is None or found.n == 0 else found.mean

    def process_title(self, process: str) -> str:
        """Name of a process in sentences, as the first scenario that has it gives it."""
        titles = [
            each.scenario.market.processes[process].title
            for each in self.cases.values()
            if process in each.scenario.market.processes
        ]
        return next(filter(None, titles), process)

    def channel_title(self, channel: str) -> str:
        """Name of a channel in sentences, as the first scenario that has it gives it."""
        for case in self.cases.values():
            titles = channel_titles(case.scenario.market)
            if channel in titles:
                return titles[channel]
        return channel

    def table(self) -> pd.DataFrame:
        """One row per structure and measure: structure, measure, title, unit, fields of ``Summary``."""
        return summary_frame(self.summaries)

    def by_month(self, measure: str) -> pd.DataFrame:
        """A column of ``runs.months`` by structure and month, with the fields of ``Summary``."""
        return month_frame(self.runs.months, measure, self.level)

    def to_dict(self) -> dict[str, Any]:
        """Plain values: title, currency, seed, replications done, months, structures.<name>.measures, cautions."""
        scenario = self.scenario
        return {
            "title": scenario.title,
            "currency": scenario.currency,
            "seed": self.runs.seed,
            "replications": self.runs.finished,
            "replications_requested": self.runs.requested,
            "replications_failed": len(self.runs.failures),
            "partial": self.runs.partial,
            "months": scenario.experiment.months,
            "level": self.level,
            **({"precision": self.precision.to_dict()} if self.precision is not None else {}),
            "structures": {
                name: {
                    "title": self.cases[name].title,
                    "measures": {measure: asdict(summary) for measure, summary in measures.items()},
                    "regime": asdict(self.regimes[name]) | {"text": self.regimes[name].text},
                }
                for name, measures in self.summaries.items()
            },
            "cautions": [
                {"code": each.code, "structures": list(each.structures), "text": each.text} for each in self.cautions
            ],
        }


@spelled
@dataclass(frozen=True, repr=False)
class Comparison(Result):
    """Structures against each other, and the verdict.

    Attributes:
        baseline: the structure that the others are compared with.
        measure: the measure that decides the verdict.
        over_inputs: how sure the choice is over the ranges of the inputs, where they were sampled; the verdict says it
            in place of 'given these inputs'.
    """

    baseline: str
    measure: str
    over_inputs: str = ""
    kind: ClassVar[str] = "comparison"

    @property
    def verdict_measures(self) -> tuple[str, ...]:
        """Measures read together for the verdict: the deciding one, profit with and without end value."""
        return tuple(dict.fromkeys((self.measure, "profit", "profit_with_end_value")))

    @property
    def verdict_pairs(self) -> int:
        """Pairs of structures, of which the verdict may name any."""
        return max(1, len(self.cases) * (len(self.cases) - 1) // 2)

    @property
    def family(self) -> int:
        """Comparisons with the baseline that are read together: structures times verdict measures."""
        return max(1, len(self.cases) - 1) * len(self.verdict_measures)

    def family_of(self, measure: str) -> int:
        """Comparisons with the baseline that a joint interval of this measure holds together with.

        Those of the verdict measures, and for any other measure its own besides: (structures - 1) times
        (verdict measures + 1). So each may be read beside the verdict; two of the others do not hold together.
        """
        return max(1, len(self.cases) - 1) * self._measures_with(measure)

    def _measures_with(self, measure: str) -> int:
        """Measures read together where this one is read beside the verdict."""
        return len({*self.verdict_measures, measure})

    def differences(self, measure: str | None = None) -> pd.DataFrame:
        """Every structure less the baseline, one row per structure and measure.

        Columns: ``summaries.COLUMNS``. ``low`` and ``high`` hold for one comparison alone, ``joint_low``
        and ``joint_high`` together over structures and verdict measures, and this measure where it is none of
        them (``family_of``). Raises KeyError for an unknown measure.
        """
        if measure is None:
            return self._all_differences
        if measure not in self.measures:
            raise unknown("measure", measure, self.measures)
        rows = self._all_differences
        return rows[rows["measure"] == measure].reset_index(drop=True)

    @cached_property
    def _all_differences(self) -> pd.DataFrame:
        return difference_frame(self.values, self.cases, self.baseline, self.measures, self.level, self.family_of)

    def pair(self, a: str, b: str, measure: str | None = None) -> PairedDifference:
        """Structure a less structure b; joint over all pairs, the verdict measures and this one: any may be asked for.

        Raises KeyError for an unknown structure or measure.
        """
        for name in (a, b):
            if name not in self.cases:
                raise unknown("structure", name, self.cases)
        family = self.verdict_pairs * self._measures_with(measure or self.measure)
        return difference(self.values, a, b, measure or self.measure, self.level, family)

    @cached_property
    def verdict(self) -> Verdict:
        """Which structure is best by the measure, how sure that is, and what it hangs on."""
        found = judge(
            self.values,
            self.titles,
            self.measure,
            level=self.level,
            measures_read=len(self.verdict_measures),
            assumptions=(
                *structural_assumptions({name: case.structure for name, case in self.cases.items()}, self.titles),
                *acting_assumptions(self.cases),
            ),
            currency=self.scenario.currency,
            sampled=bool(self.over_inputs or self._drawn),
            bare=self.bare,
        )
        given = self.over_inputs
        if found.rival and self._drawn and not given:
            years = self.runs.values(found.best, self.measure) - self.runs.values(found.rival, self.measure)
            given = drawn_doubt(years, max(self._drawn), self.measure, self.scenario)
            if more := more_records(years, self.scenario):
                given = joined((given, more))
        return replace(found, pieces={**found.pieces, "given": given}) if given else found

    @property
    def _drawn(self) -> set[int]:
        """Rows of drawn inputs of the scenarios."""
        return {each.scenario.inputs.rows for each in self.cases.values() if each.scenario.inputs is not None}

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What must be known before the verdict is believed: fairness, what is planned, vacancies, horizon."""
        family = len(self.verdict_measures)
        return (
            *trust_cautions(self.cases),
            *run_cautions(self.runs),
            *proportion_cautions(self.cases, self.values),
            *([bare_caution()] if self.bare else []),
            *fairness_cautions(self.cases, self.baseline, self.values),
            *unbilled_cautions(self.cases, self.summaries),
            *planned_cautions(self.cases),
            *vacancy_cautions(self.cases, self.summaries),
            *end_value_caution(self.values, self.titles, self.measure, self.level, family, self.bare),
            *horizon_cautions(
                self.runs.months, self.values.worlds, self.titles, self.measure, self.level, family, self.bare
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """As ``Result.to_dict``, with comparison.baseline, comparison.differences and verdict."""
        rows = self.differences()
        kept = [name for name in rows.columns if name not in ("structure", "baseline", "measure")]
        differences: dict[str, dict[str, Any]] = {}
        for structure, measure, *values in rows[["structure", "measure", *kept]].itertuples(index=False, name=None):
            differences.setdefault(structure, {})[measure] = dict(zip(kept, values, strict=True))
        verdict = self.verdict
        return super().to_dict() | {
            "comparison": {"baseline": self.baseline, "differences": differences},
            "verdict": {
                "measure": verdict.measure,
                "best": verdict.best,
                "confidence": verdict.confidence,
                "text": verdict.text,
                "told_apart": verdict.told_apart,
                "rival": verdict.rival,
                "contenders": list(verdict.contenders),
                "replications_needed": verdict.replications_needed,
                "assumptions": list(verdict.assumptions),
            },
        }


Floats = NDArray[np.float64]


def paths(result: Result, structure: str, column: str) -> Floats:
    """A column of ``runs.months`` of a structure, shape (years, months); undefined values are NaN.

    Raises:
        KeyError: there is no such structure or column.
    """
    if structure not in result.cases:
        raise unknown("structure", structure, result.cases)
    months = result.runs.months
    if column not in months:
        raise unknown("measure", column, months.columns.drop(["structure", "replication", "month"]))
    rows = months[months["structure"] == structure]
    count = result.cases[structure].scenario.experiment.months
    return np.asarray(rows[column].to_numpy(dtype=np.float64).reshape(-1, count))
