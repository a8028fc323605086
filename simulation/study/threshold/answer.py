"""Threshold: the value of a variable at which the better of two structures changes, with an interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.lab import Case, Lab
from simulation.study.points import scenarios_at
from simulation.study.question import chosen, inputs_of
from simulation.study.terms import Terms, number, terms
from simulation.study.threshold.curve import Crossing, Curves
from simulation.study.threshold.roots import Point, Roots, find_roots
from simulation.study.threshold.words import looking, sentences
from simulation.study.variation import Variable, VariationError, parse_range, variable
from simulation.texts import Digits, Phrase, worded

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

PRECISION = 0.05
"""Half-width of the interval at which replications stop, as a share of the range."""
MOST_WHOLE = 60
"""Whole numbers of a range that are told apart one by one; a longer one is searched as if there were values between."""


@dataclass(frozen=True)
class Question:
    """A threshold that is asked for, with everything that can be checked before a year is simulated.

    Attributes:
        scenario: what is varied.
        variable: what of it.
        low, high: the range, in the unit used inside.
        terms: two structures, the measure, the most replications, and the level.
        precision: half-width of the interval at which replications stop, as a share of the range.
    """

    scenario: Scenario
    variable: Variable
    low: float
    high: float
    terms: Terms
    precision: float = PRECISION

    @property
    def other(self) -> str:
        """The structure that the baseline is subtracted from."""
        return self.terms.pair[1]

    @property
    def by_number(self) -> bool:
        """Whether the answer is two neighbouring whole numbers."""
        return self.variable.whole and self.high - self.low <= MOST_WHOLE

    def answer(self, lab: Lab) -> Threshold:
        """Looks for it."""
        missing: set[int] = set()
        roots = find_roots(
            self._curves(lab, missing),
            self.low,
            self.high,
            level=self.terms.level,
            precision=self.precision * (self.high - self.low),
            most=self.terms.replications,
            whole=self.by_number,
            told=lambda guess: _tell(lab, self, guess),
        )
        return Threshold(self, roots, len(missing))

    def _curves(self, lab: Lab, missing: set[int]) -> Curves:
        """Differences, other less baseline, above zero where the other one is better; years without one are noted."""
        made: dict[float, Scenario] = {}
        up = self.terms.sign

        def curves(values: Sequence[float], numbers: Sequence[int]) -> Floats:
            new = [value for value in values if value not in made]
            made.update(zip(new, scenarios_at(self.scenario, [self.variable], [(v,) for v in new]), strict=True))
            cases = [Case(made[value], name) for value in values for name in self.terms.pair]
            found = lab.measure(cases, numbers, [self.terms.measure])[:, :, 0]
            differences: Floats = up * (found[1::2] - found[0::2]).T
            missing.update(n for n, row in zip(numbers, differences, strict=True) if np.isnan(row).any())
            return differences

        return curves


@dataclass(frozen=True)
class Threshold:
    """Where the better of two structures changes.

    Attributes:
        question: what was asked.
        roots: changes of sign of the difference, which is above zero where the other structure is better than the
            baseline.
        failed: years that failed, or gave no value of the measure, somewhere; they are left out there.
    """

    question: Question
    roots: Roots
    failed: int = 0
    kind: ClassVar[str] = "threshold"

    @property
    def scenario(self) -> Scenario:
        """What was varied."""
        return self.question.scenario

    @property
    def outcome(self) -> Literal["none", "flat", "crossings"]:
        """'crossings', 'none' (one is better in the whole range) or 'flat' (nowhere told apart)."""
        return self.roots.outcome

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """Where the better structure changes or may change, ascending."""
        return self.roots.crossings

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of the structures in sentences."""
        return structure_titles(self.scenario, self.question.terms.structures)

    def winner(self, sign: int) -> str:
        """Name of the structure that is better where the difference has a sign; '' for 0."""
        return {1: self.question.other, -1: self.question.terms.baseline}.get(sign, "")

    @cached_property
    def curve(self) -> tuple[Point, ...]:
        """Other less baseline in the measure's own unit, by value, with intervals at each value alone."""
        if self.question.terms.higher:
            return self.roots.points
        return tuple(Point(p.value, -p.mean, -p.high, -p.low, p.replications) for p in self.roots.points)

    @cached_property
    def sentences(self) -> Sequence[Phrase]:
        """What it says, the most important first."""
        return sentences(self)

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values for a JSON file."""
        asked = self.question
        return {
            "variable": asked.variable.name,
            "current": asked.variable.current,
            "low": asked.low,
            "high": asked.high,
            "structures": list(asked.terms.structures),
            "baseline": asked.terms.baseline,
            "measure": asked.terms.measure,
            "level": asked.terms.level,
            "precision": asked.precision,
            "outcome": self.outcome,
            "better": self.winner(self.roots.sign) or None,
            "sure": number(self.roots.confidence),
            "crossings": [self._row(each) for each in self.crossings],
            "curve": [_point(each) for each in self.curve],
            "replications": self.roots.replications,
            "failed_years": self.failed,
        }

    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The curve, a row for each value looked at; 'crossings': a row for each change."""
        import pandas as pd

        return {
            "": pd.DataFrame([_point(each) for each in self.curve]),
            "crossings": pd.DataFrame([self._row(each) for each in self.crossings], columns=list(_COLUMNS)),
        }

    def _row(self, found: Crossing) -> dict[str, Any]:
        values = (
            found.value,
            found.low,
            found.high,
            found.open_low,
            found.open_high,
            self.winner(found.before) or None,
            self.winner(found.after) or None,
            found.certain,
            found.precise,
            found.replications,
        )
        return dict(zip(_COLUMNS, values, strict=True))


_COLUMNS = (
    "value",
    "low",
    "high",
    "open_low",
    "open_high",
    "better_below",
    "better_above",
    "certain",
    "precise",
    "replications",
)


def _point(found: Point) -> dict[str, Any]:
    return {
        "value": found.value,
        "difference": number(found.mean),
        "low": number(found.low),
        "high": number(found.high),
        "replications": found.replications,
    }


def question(
    scenario: Scenario,
    name_or_range: str,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    level: float | None = None,
    replications: int | None = None,
    precision: float | None = None,
) -> Question:
    """A threshold to ask for; everything is checked, nothing simulated.

    Args:
        scenario: the scenario.
        name_or_range: what is varied: ``PATH``, whose range the scenario or the facts state, or ``PATH=low:high``.
        structures: the two structures; may be None where the scenario has no more than two.
        baseline: the one that the other is compared with; as `terms` has it when None.
        measure: the measure that decides; the scenario's when None.
        level: of the interval; the scenario's when None.
        replications: years at the most, from 10; when None the scenario's, or 10 where that has fewer.
        precision: half-width of the interval at which replications stop, as a share of the range, above 0.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there.
        VariationError: a name, a range or a value that cannot be varied.
        ValueError: not exactly two structures (``TermsError``), or a number out of bounds.
    """
    text = name_or_range.strip()
    if "=" in text:
        given = parse_range(scenario, text)
        what, low, high = given.variable, given.low, given.high
    else:
        what = variable(scenario, text)
        try:
            stated = chosen(scenario, [text], inputs_of(scenario, structures))[0]
        except VariationError:
            raise VariationError(worded("threshold-no-range", text=text)) from None
        low, high = stated.low, stated.high
    if not what.rounded(low) < what.rounded(high):
        raise VariationError(worded("threshold-ends-equal", name=what.name))
    found = terms(scenario, structures, baseline, measure, replications, level, pair=True)
    if replications is None and found.replications < LEAST:
        found = replace(found, replications=LEAST)
    if found.replications < LEAST:
        raise ValueError(worded("threshold-few", least=LEAST, replications=found.replications))
    share = PRECISION if precision is None else precision
    if not 0 < share < 1:
        raise ValueError(worded("threshold-precision", share=Digits(f"{share:g}")))
    made = Question(scenario, what, what.rounded(low), what.rounded(high), found, share)
    for end in (made.low, made.high):  # a value that is not allowed is told before anything is simulated
        scenarios_at(scenario, [what], [(end,)])
    return made


LEAST = 10
"""Replications that a search needs at least."""


def threshold(
    scenario: Scenario,
    name_or_range: str,
    *,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    level: float | None = None,
    replications: int | None = None,
    precision: float | None = None,
    lab: Lab | None = None,
) -> Threshold:
    """The value at which the better of two structures changes, with an interval, or that there is none in the range.

    The same possible years are replayed at every value; `roots` says how the value is found.

    Args:
        scenario: the scenario.
        name_or_range: as for `question`; so are structures, baseline, measure, level, replications and precision.
        structures: the two structures.
        baseline: the one that the other is compared with.
        measure: the measure that decides.
        level: of the interval.
        replications: years at the most.
        precision: half-width at which they stop, as a share of the range.
        lab: simulates; a new one when None.

    Raises:
        UnknownName, VariationError, ValueError: as `question`.
    """
    asked = question(
        scenario,
        name_or_range,
        structures=structures,
        baseline=baseline,
        measure=measure,
        level=level,
        replications=replications,
        precision=precision,
    )
    return asked.answer(lab or Lab())


def _tell(lab: Lab, asked: Question, guess: float | None) -> None:
    lab.what, lab.leader = looking(asked.variable, guess, asked.low, asked.high, asked.scenario.currency), ""
