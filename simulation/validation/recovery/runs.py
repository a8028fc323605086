"""Exports of a kind of scenario, and how often the intervals that estimators give hold the truth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulation.calibration.estimates import LEVEL, Estimate, Figure, Resampling
from simulation.calibration.records import Records
from simulation.validation.recovery.estimating import estimated
from simulation.validation.recovery.kinds import Kind

BAND = (0.85, 0.95)
"""Coverage that is aimed at."""


@dataclass
class Recovered:
    """One figure over the exports of a kind.

    Attributes:
        key: 'estimate/figure'.
        truth: its true value; where each export has one of its own, such as what came later, their mean.
        values: what was found, an export each.
        held: whether the interval of each held the truth.
        truths: those of the exports, where each has one of its own.
        widths: of the intervals.
        kept: how many exports kept the default.
    """

    key: str
    truth: float = math.nan
    truths: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    kept: int = 0

    def add(self, figure: Figure | None, own: float | None = None) -> None:
        """What one export gave; None: nothing. `own` is what is true of this export alone."""
        if figure is None or figure.kept is not None or figure.draws is None:
            self.kept += 1
            return
        if own is not None:
            self.truths.append(own)
            self.truth = float(np.mean(self.truths))
        truth = self.truth if own is None else own
        low, high = figure.interval
        self.values.append(figure.value)
        self.held.append(low <= truth <= high)
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
        found = np.array(self.values) - (np.array(self.truths) if self.truths else 0.0)
        return float(np.std(found, ddof=1) / len(self.values) ** 0.5) / (abs(self.truth) or 1.0)

    @property
    def breadth(self) -> float:
        """Mean width of the intervals by that of one that has the spread of what was found."""
        found = np.array(self.values) - (np.array(self.truths) if self.truths else 0.0)
        if len(self.values) < 3 or not (spread := float(np.std(found, ddof=1))):
            return math.nan
        return float(np.mean(self.widths)) / (2 * 1.645 * spread)

    @property
    def sure(self) -> bool:
        """Whether the coverage lies in the band, chance allowed for: two standard errors of so many exports."""
        slack = 2 * math.sqrt(LEVEL * (1 - LEVEL) / max(len(self.held), 1))
        return not self.held or BAND[0] - slack <= self.coverage <= BAND[1] + slack


def recover(
    kind: Kind,
    truth: Mapping[str, float],
    exports: Iterable[int],
    draws: int = 200,
    each: Callable[[int, Records, Mapping[str, Estimate]], None] | None = None,
) -> dict[str, Recovered]:
    """What is found of each true figure, export by export.

    Args:
        kind: the scenario and what is to be found in it.
        truth: true values by 'estimate/figure'.
        exports: numbers of the possible years.
        draws: of each bootstrap.
        each: told of each export with its records and estimates.
    """
    found = {key: Recovered(key, value) for key, value in truth.items()}
    for number in exports:
        made, later = kind.records(number)
        estimates = estimated(made, kind.estimators, Resampling(1 + number, draws))
        for key in truth:
            found[key].add(_figure(estimates, key))
        for key, value in later.items():
            found.setdefault(key, Recovered(key)).add(_figure(estimates, key), value)
        if each is not None:
            each(number, made, estimates)
    return found


def _figure(estimates: Mapping[str, Estimate], key: str) -> Figure | None:
    name, _, figure = key.partition("/")
    return estimates[name].figures.get(figure) if name in estimates else None


def families(found: Iterable[Recovered]) -> dict[str, list[Recovered]]:
    """Figures by what they are: the estimate, and the last parts of the name, without stage and channel."""
    groups: dict[str, list[Recovered]] = defaultdict(list)
    for each in found:
        name, _, figure = each.key.partition("/")
        groups[f"{name}/{_kind_of(figure)}"].append(each)
    return dict(groups)


def _kind_of(figure: str) -> str:
    parts = [part for part in figure.split(".") if not part.isdigit()]
    whole = parts[-1] in ("mean", "cv", "at_once", "memory") or parts[0] == "open"
    return ".".join(parts[-2:]) if whole else parts[-1]
