"""Who wins in one set of years, and how sure that is: the comparison that sweep and map repeat at each point."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.catalogue import Measure
from simulation.analysis.intervals import (
    Interval,
    PairedDifference,
    mean_interval,
    paired_difference,
    share_interval,
)
from simulation.scenario.scenario import Scenario
from simulation.scenario.titles import structure_titles
from simulation.study.lab import PLAN_MET
from simulation.study.question import measured
from simulation.texts import Amount, Term

Floats = NDArray[np.float64]


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
        """Whether a higher value is better."""
        return self.known.higher_is_better is not False

    @property
    def pairs(self) -> int:
        """Pairs of structures."""
        return len(self.structures) * (len(self.structures) - 1) // 2

    @property
    def others(self) -> tuple[str, ...]:
        """The structures without the baseline."""
        return tuple(name for name in self.structures if name != self.baseline)


def terms(
    scenario: Scenario,
    structures: Sequence[str] | None = None,
    baseline: str | None = None,
    measure: str | None = None,
    replications: int | None = None,
    level: float | None = None,
) -> Terms:
    """The terms of a comparison, what is None as the scenario says.

    Raises:
        KeyError: a structure or measure that is not there.
        ValueError: fewer than two structures, no replication, or a level outside (0, 1).
    """
    given = set(scenario.structures if structures is None else structures)
    for name in given - set(scenario.structures):
        raise KeyError(f"{name!r} is not a structure; there are {', '.join(scenario.structures)}")
    names = tuple(name for name in scenario.structures if name in given)
    if len(names) < 2:
        raise ValueError("a comparison needs two structures")
    stated = scenario.experiment
    base = baseline or (stated.baseline if stated.baseline in names else names[0])
    if base not in names:
        raise KeyError(f"{base!r} is not among the structures compared: {', '.join(names)}")
    years = stated.replications if replications is None else replications
    if years < 1:
        raise ValueError(f"a comparison needs a replication, not {years}")
    sure = stated.level if level is None else level
    if not 0 < sure < 1:
        raise ValueError(f"a level is above 0 and below 1, not {sure:g}")
    return Terms(names, base, measured(measure or stated.measure).name, years, sure)


@dataclass(frozen=True)
class Contest:
    """What the same years say of several structures.

    Attributes:
        means: the measure under each structure, with its pointwise interval.
        differences: each structure less the baseline; joint intervals hold for all pairs and all looks.
        best: the structure with the best mean; '' where no year finished.
        rival: the one that is hardest to tell apart from the best; '' where there is none.
        lead: best less rival; None where there is none.
        told_apart: whether the best differs from every other one with joint confidence.
        sure: how sure it is that the best mean is the best: for two structures and one look exactly, else at least
            this much (one less the sum of the doubts, times the looks: Bonferroni).
        contenders: the best and those that cannot be told apart from it.
        years: compared; one that failed under any structure is left out for all.
        looks: how often the same comparison could have been ended.
    """

    means: Mapping[str, Interval]
    differences: Mapping[str, PairedDifference]
    best: str
    rival: str
    lead: PairedDifference | None
    told_apart: bool
    sure: float
    contenders: tuple[str, ...]
    years: int
    looks: int = 1

    @property
    def winner(self) -> str:
        """The structure that is told apart as the best, '' where that is open."""
        return self.best if self.told_apart else ""


def contest(values: Floats, found: Terms, looks: int = 1) -> Contest:
    """Compares structures year by year.

    Args:
        values: shape (structures, years); NaN where a year failed or the measure is undefined.
        found: what is compared.
        looks: how often this comparison may be looked at before it is believed; the doubt is shared out (Bonferroni).
    """
    kept = values[:, ~np.isnan(values).any(axis=0)]
    rows = dict(zip(found.structures, kept, strict=True))
    up, family = found.higher, found.pairs * looks

    def less(one: str, other: str) -> PairedDifference:
        return paired_difference(rows[one], rows[other], level=found.level, family=family, higher_is_better=up)

    means = {name: mean_of(found.measure, row, found.level) for name, row in rows.items()}
    differences = {name: less(name, found.baseline) for name in found.others}
    years = kept.shape[1]
    if years == 0:
        return Contest(means, differences, "", "", None, False, 0.0, found.structures, 0, looks)
    best = (max if up else min)(found.structures, key=lambda name: means[name].mean)
    against = {name: less(best, name) for name in found.structures if name != best}
    rival = min(against, key=lambda name: _sureness(against[name]))
    doubt = sum(1.0 - _sureness(each) for each in against.values())
    contenders = (best, *(name for name, each in against.items() if not each.told_apart))
    sure = max(0.0, 1.0 - doubt * looks)
    return Contest(
        means, differences, best, rival, against[rival], len(contenders) == 1, sure, contenders, years, looks
    )


def mean_of(name: str, values: Floats, level: float) -> Interval:
    """Mean of a measure over the years with its interval; years that meet the plan are counted: Wilson's."""
    return share_interval(values, level) if name == PLAN_MET else mean_interval(values, level)


def _sureness(found: PairedDifference) -> float:
    return 0.0 if math.isnan(found.confidence_mean_better) else found.confidence_mean_better


def titles_of(scenario: Scenario, names: Sequence[str]) -> dict[str, str]:
    """Names of structures in sentences."""
    return structure_titles(scenario, names)


def measure_term(name: str) -> Term:
    """A measure inside of a sentence."""
    return Term(f"measure-{name.replace('_', '-').replace('.', '-')}", measured(name).title.lower())


def amount_of(measure: str, value: float, currency: str) -> Amount:
    """A value of a measure for a sentence."""
    return Amount(value, measured(measure).unit, currency)


def finite(value: float) -> float | None:
    """A number for a file; None for what is undefined or unbounded."""
    return float(value) if math.isfinite(value) else None


def as_dict(found: Contest) -> dict[str, Any]:
    """Plain values of a contest."""
    return {
        "best": found.best or None,
        "told_apart": found.told_apart,
        "sure": finite(found.sure),
        "contenders": list(found.contenders),
        "years": found.years,
        "means": {name: _ends(each) for name, each in found.means.items()},
        "differences": {
            name: _ends(each) | {"joint_low": finite(each.joint_low), "joint_high": finite(each.joint_high)}
            for name, each in found.differences.items()
        },
    }


def _ends(found: Interval | PairedDifference) -> dict[str, float | None]:
    return {"mean": finite(found.mean), "low": finite(found.low), "high": finite(found.high)}
