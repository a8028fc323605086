"""Exports of a kind of scenario, and how often the intervals that estimators give hold the truth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulation.calibration.estimates import LEVEL, Estimate, Figure, Resampling
from simulation.calibration.exporting import records_of
from simulation.calibration.records import Records
from simulation.scenario.scenario import Scenario

Estimator = Callable[[Records, Resampling], Estimate]
BAND = (0.85, 0.95)
"""Coverage that is aimed at."""


@dataclass
class Recovered:
    """One figure over the exports of a kind.

    Attributes:
        key: 'estimate/figure'.
        truth: its true value.
        values: what was found, an export each.
        held: whether the interval of each held the truth.
        widths: of the intervals.
        kept: how many exports kept the default.
    """

    key: str
    truth: float
    values: list[float] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    kept: int = 0

    def add(self, figure: Figure | None) -> None:
        """What one export gave; None: nothing."""
        if figure is None or figure.kept is not None or figure.draws is None:
            self.kept += 1
            return
        low, high = figure.interval
        self.values.append(figure.value)
        self.held.append(low <= self.truth <= high)
        self.widths.append(high - low)

    @property
    def coverage(self) -> float:
        """Share of the intervals that hold the truth; NaN where there are none."""
        return float(np.mean(self.held)) if self.held else math.nan

    @property
    def bias(self) -> float:
        """Mean of what was found less the truth, in shares of the truth; as it is where that is 0."""
        return float(np.mean(self.values) - self.truth) / (abs(self.truth) or 1.0) if self.values else math.nan

    @property
    def error(self) -> float:
        """Standard error of the bias."""
        if len(self.values) < 2:
            return math.nan
        return float(np.std(self.values, ddof=1) / len(self.values) ** 0.5) / (abs(self.truth) or 1.0)

    @property
    def sure(self) -> bool:
        """Whether the coverage lies in the band, chance allowed for: two standard errors of so many exports."""
        slack = 2 * math.sqrt(LEVEL * (1 - LEVEL) / max(len(self.held), 1))
        return not self.held or BAND[0] - slack <= self.coverage <= BAND[1] + slack


def recover(
    scenario: Scenario,
    structure: str,
    truth: Mapping[str, float],
    estimators: Mapping[str, Estimator],
    exports: Iterable[int],
    draws: int = 200,
    each: Callable[[int, Records, Mapping[str, Estimate]], None] | None = None,
    records: Callable[[Scenario, str, int], Records] = records_of,
) -> dict[str, Recovered]:
    """What is found of each true figure, export by export.

    Args:
        scenario: the scenario.
        structure: whose records they are.
        truth: true values by 'estimate/figure'.
        estimators: by name of their estimate.
        exports: numbers of the possible years.
        draws: of each bootstrap.
        each: told of each export with its records and estimates.
        records: what makes the records.
    """
    found = {key: Recovered(key, value) for key, value in truth.items()}
    for number in exports:
        made = records(scenario, structure, number)
        resampling = Resampling(1 + number, draws)
        estimates = {name: estimator(made, resampling) for name, estimator in estimators.items()}
        for key, one in found.items():
            name, _, figure = key.partition("/")
            one.add(estimates[name].figures.get(figure) if name in estimates else None)
        if each is not None:
            each(number, made, estimates)
    return found


def families(found: Iterable[Recovered]) -> dict[str, list[Recovered]]:
    """Figures by what they are: the estimate, and the last parts of the name, without stage and channel."""
    groups: dict[str, list[Recovered]] = defaultdict(list)
    for each in found:
        name, _, figure = each.key.partition("/")
        parts = figure.split(".")
        groups[f"{name}/{'.'.join(parts[-2:]) if parts[-1] in ('mean', 'cv', 'at_once') else parts[-1]}"].append(each)
    return dict(groups)
