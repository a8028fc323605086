"""What is asked of a pair of structures: by how much they differ in a measure, and what that may hang on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import Measure
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.inputs import Input, chosen, inputs_of
from simulation.study.lab import Case, Lab
from simulation.study.terms import Terms, measure_term, terms
from simulation.study.variation import Variable, VariationError, parse_range
from simulation.texts import Amount, Interval, Percent, Term, worded

Floats = NDArray[np.float64]


def value_of(what: Variable, value: float, currency: str = "") -> Amount | Percent:
    """A value of an input for a sentence, with the second figure of a small one: 0.25, 0.13 h."""
    found = what.amount(value, currency)
    small = isinstance(found, Amount) and found.unit != "money" and abs(found.value) < 10
    if isinstance(found, Amount) and small and not math.isclose(10 * found.value, round(10 * found.value)):
        return replace(found, more=1)
    return found


@dataclass(frozen=True)
class Question:
    """Two structures, the measure that decides, and the inputs that may be otherwise.

    Attributes:
        scenario: what is studied.
        terms: who is compared with whom, by what and how sure; differences are other less baseline.
        inputs: what may be otherwise, and how far.
    """

    scenario: Scenario
    terms: Terms
    inputs: tuple[Input, ...]

    @property
    def baseline(self) -> str:
        """The structure that the other is compared with."""
        return self.terms.baseline

    @property
    def other(self) -> str:
        """The other structure."""
        return self.terms.pair[1]

    @property
    def structures(self) -> tuple[str, str]:
        """Both structures, the baseline first."""
        return self.terms.pair

    @property
    def measure(self) -> str:
        """The measure that decides."""
        return self.terms.measure

    @property
    def level(self) -> float:
        """Of the intervals."""
        return self.terms.level

    @property
    def known(self) -> Measure:
        """What is known of the measure."""
        return self.terms.known

    @property
    def sign(self) -> float:
        """1 where a higher value is better, -1 where a lower one is."""
        return self.terms.sign

    def title(self, structure: str) -> str:
        """Name of a structure in sentences."""
        return structure_titles(self.scenario)[structure]

    def winner(self, difference: float) -> str:
        """The structure that is ahead at a difference; '' where neither is."""
        if difference == 0 or np.isnan(difference):
            return ""
        return self.other if difference * self.sign > 0 else self.baseline

    def amount(self, value: float) -> Amount:
        """A value of the measure, or a difference, for a sentence."""
        return Amount(value, self.known.unit, self.scenario.currency)

    def interval(self, low: float, high: float) -> Interval:
        """Two differences on one scale."""
        return Interval(low, high, self.known.unit, self.scenario.currency)

    @property
    def named(self) -> Term:
        """The measure inside a sentence."""
        return measure_term(self.measure)

    def differences(self, lab: Lab, scenarios: Sequence[Scenario], numbers: Sequence[int]) -> Floats:
        """The other less the baseline in every year of every variant, shape (scenarios, numbers)."""
        cases = [Case(each, name) for each in scenarios for name in self.structures]
        values = lab.measure(cases, numbers, [self.measure])[:, :, 0].reshape(len(scenarios), 2, len(numbers))
        found: Floats = values[:, 1] - values[:, 0]
        return found

    def paired(self, first: Floats, second: Floats | float = 0.0, family: int = 1) -> PairedDifference:
        """How one set of differences differs from another in the same years, or from nothing."""
        return paired_difference(
            first,
            np.broadcast_to(np.asarray(second, dtype=np.float64), first.shape),
            level=self.level,
            family=family,
            higher_is_better=self.sign > 0,
        )

    def to_dict(self) -> dict[str, Any]:
        """What was asked, as plain values."""
        return {
            "title": self.scenario.provenance.title,
            "seed": self.scenario.experiment.seed,
            "currency": self.scenario.currency,
            "months": self.scenario.experiment.months,
            "baseline": self.baseline,
            "other": self.other,
            "measure": self.measure,
            "unit": self.known.unit,
            "level": self.level,
        }


def asked(
    scenario: Scenario,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    inputs: Sequence[str] | None = None,
    level: float | None = None,
) -> Question:
    """The question that somebody asks.

    Args:
        scenario: what is studied.
        structures: two names; the scenario's own where it has just two. So are baseline, measure and level as for
            `terms`.
        baseline: which of them the other is compared with.
        measure: that decides.
        inputs: names of uncertain inputs, or ``PATH=low:high``; all when None.
        level: of the intervals.

    Raises:
        UnknownName, TermsError: as `terms`; there are not just two structures.
        VariationError: an input that cannot be varied.
    """
    agreed = terms(scenario, structures, baseline, measure, level=level, pair=True)
    return Question(scenario, agreed, wanted_inputs(scenario, agreed.structures, inputs))


def wanted_inputs(
    scenario: Scenario, structures: Sequence[str], wanted: Sequence[str] | None = None
) -> tuple[Input, ...]:
    """Uncertain inputs: all that have a range, or those named; ``PATH=low:high`` gives a range.

    Raises:
        VariationError: one cannot be varied, or has no range.
    """
    every = inputs_of(scenario, structures)
    if wanted is None:
        return every
    found: dict[str, Input] = {}
    for text in wanted:
        if "=" in text:
            given = parse_range(scenario, text)
            if given.low == given.high:
                raise VariationError(worded("one-value", text=repr(text)))
            what = given.variable
            value = min(max(what.current, given.low), given.high)
            found[what.name] = Input(what, given.low, value, given.high, given="user")
        else:
            found[text] = chosen(scenario, [text], every)[0]
    if not found:
        raise VariationError(worded("no-input"))
    return tuple(found.values())
