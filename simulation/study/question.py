"""What is asked of a pair of structures: by how much they differ in a measure, and what that may hang on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import Measure, describe
from simulation.analysis.intervals import PairedDifference, paired_difference
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.inputs import Input, chosen, inputs_of
from simulation.study.lab import PLAN_MET, Case, Lab
from simulation.study.variation import Variable, VariationError, parse_range
from simulation.texts import Amount, Interval, Percent, Term

Floats = NDArray[np.float64]

_PLAN_MET = Measure(PLAN_MET, "Plan met", "share", "Share of the years that meet their plan.")


def measured(name: str) -> Measure:
    """What is known of a measure: those of the catalogue, and whether the plan is met.

    Raises:
        KeyError: there is no such measure.
    """
    return _PLAN_MET if name == PLAN_MET else describe(name)


def number(value: float) -> float | None:
    """A value for a file: None where it is infinite or undefined."""
    return float(value) if np.isfinite(value) else None


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
        baseline: the structure that the other is compared with.
        other: the other structure; differences are other less baseline.
        measure: the measure that decides.
        level: of the intervals.
        inputs: what may be otherwise, and how far.
    """

    scenario: Scenario
    baseline: str
    other: str
    measure: str
    level: float
    inputs: tuple[Input, ...]

    @property
    def structures(self) -> tuple[str, str]:
        """Both structures, the baseline first."""
        return self.baseline, self.other

    @cached_property
    def known(self) -> Measure:
        """What is known of the measure."""
        return measured(self.measure)

    @property
    def sign(self) -> float:
        """1 where a higher value is better, -1 where a lower one is."""
        return -1.0 if self.known.higher_is_better is False else 1.0

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
        key = f"measure-{self.measure.replace('_', '-').replace('.', '-')}"
        return Term(key, self.known.title.lower())

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
) -> Question:
    """The question that somebody asks.

    Args:
        scenario: what is studied.
        structures: two names; the scenario's own where it has just two.
        baseline: which of them the other is compared with; the experiment's, else the first.
        measure: that decides; the experiment's when None.
        inputs: names of uncertain inputs, or ``PATH=low:high``; all when None.

    Raises:
        ValueError: there are not just two structures (``VariationError`` for an input that cannot be varied).
        KeyError: an unknown structure or measure.
    """
    names = list(dict.fromkeys(structures or scenario.structures))
    for name in names + ([baseline] if baseline else []):
        if name not in scenario.structures:
            raise KeyError(f"{name!r} is not a structure; there are {', '.join(scenario.structures)}")
    if baseline and structures and baseline not in names:
        names.insert(0, baseline)
    if len(names) != 2:
        raise ValueError(f"two structures are compared, not {len(names)}: {', '.join(names)}")
    wanted = baseline or scenario.experiment.baseline
    first = wanted if wanted in names else names[0]
    decides = measure or scenario.experiment.measure
    measured(decides)
    other = next(name for name in names if name != first)
    return Question(scenario, first, other, decides, scenario.experiment.level, wanted_inputs(scenario, names, inputs))


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
                raise VariationError(f"{text!r} has one value only; allowed: PATH=low:high")
            what = given.variable
            value = min(max(what.current, given.low), given.high)
            found[what.name] = Input(what, given.low, value, given.high, given="user")
        else:
            found[text] = chosen(scenario, [text], every)[0]
    if not found:
        raise VariationError("no input is named")
    return tuple(found.values())
