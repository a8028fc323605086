"""The terms of a study: who is compared with whom, by which measure, in how many years, and how sure.

Every study asks `terms`, which asks the one rule of `analysis.comparison`; a study adds the number of its years and the
measures that only a laboratory has. Here stands, too, what is known of a measure and how it is said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.business_catalogue import Measure
from simulation.analysis.catalogue import describe
from simulation.analysis.comparison import compared
from simulation.analysis.intervals import Interval, mean_interval, share_interval
from simulation.analysis.measure_words import is_bare, measure_term
from simulation.analysis.unknown import TermsError
from simulation.scenario.scenario import Scenario
from simulation.study.lab import PLAN_MET
from simulation.texts import Amount, Term, worded

Floats = NDArray[np.float64]

_PLAN_MET = Measure(PLAN_MET, "Plan met", "share", "Share of the years that meet their plan.")


@dataclass(frozen=True)
class Terms:
    """What is compared, by what, in how many years, and how sure a winner has to be.

    Attributes:
        structures: names, in the order of the scenario.
        baseline: the one that is subtracted from the others.
        measure: the measure that decides.
        replications: years of each structure (the most, where their number is found on the way).
        level: of the intervals.
    """

    structures: tuple[str, ...]
    baseline: str
    measure: str
    replications: int
    level: float

    @property
    def known(self) -> Measure:
        """What is known of the measure."""
        return measured(self.measure)

    @property
    def higher(self) -> bool:
        """Whether a higher value is better; upwards where the measure has no direction."""
        return self.known.upwards

    @property
    def sign(self) -> float:
        """1 where a higher value is better, -1 where a lower one is."""
        return 1.0 if self.higher else -1.0

    @property
    def pairs(self) -> int:
        """Pairs of structures."""
        return len(self.structures) * (len(self.structures) - 1) // 2

    @property
    def others(self) -> tuple[str, ...]:
        """The structures without the baseline."""
        return tuple(name for name in self.structures if name != self.baseline)

    @property
    def baseline_first(self) -> tuple[str, ...]:
        """The structures, the baseline first."""
        return (self.baseline, *self.others)

    @property
    def pair(self) -> tuple[str, str]:
        """Of two structures the baseline and the other one; differences are other less baseline."""
        other, *more = self.others
        assert not more
        return self.baseline, other


def terms(
    scenario: Scenario,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    level: float | None = None,
    *,
    pair: bool = False,
    plan_met: bool = True,
) -> Terms:
    """The terms of a study, what is None as the scenario says.

    Args:
        scenario: what is studied.
        structures: names; all when None. Without a baseline here and in the scenario, the first named is it.
        baseline: the one that the others are compared with.
        measure: the measure that decides.
        replications: years of each structure.
        level: of the intervals.
        pair: whether the study is about just two structures.
        plan_met: whether it may be about the share of the years that meet their plan.

    Raises:
        UnknownName: a structure, a baseline or a measure that is not there; the nearest one is named.
        TermsError: too few or too many structures, no replication, or a level outside (0, 1).
    """
    further = (PLAN_MET,) if plan_met else ()
    agreed = compared(
        {"": scenario}, structures, baseline, measure, level, exactly=2 if pair else None, further=further
    )
    years = scenario.experiment.replications if replications is None else replications
    if years < 1:
        raise TermsError(worded("no-replication", years=years), "replications")
    return Terms(tuple(agreed.cases), agreed.baseline, agreed.measure, years, agreed.level)


def measured(name: str) -> Measure:
    """What is known of a measure: those of the catalogue, and whether the plan is met.

    Raises:
        UnknownName: there is no such measure.
    """
    return _PLAN_MET if name == PLAN_MET else describe(name)


def mean_of(name: str, values: Floats, level: float) -> Interval:
    """Mean of a measure over the years with its interval; years that meet the plan are counted: Wilson's."""
    return share_interval(values, level) if name == PLAN_MET else mean_interval(values, level)


def term_of(name: str, scenario: Scenario) -> Term:
    """A measure of a scenario inside of a sentence."""
    return measure_term(measured(name), bare=is_bare([scenario]))


def amount_of(measure: str, value: float, currency: str) -> Amount:
    """A value of a measure for a sentence."""
    return Amount(value, measured(measure).unit, currency)


def number(value: float) -> float | None:
    """A value for a file: None where it is infinite or undefined."""
    return float(value) if math.isfinite(value) else None
