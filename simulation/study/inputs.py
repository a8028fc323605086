"""Inputs that nobody has measured: which they are, how far each may lie off, and who says so.

A scenario states ranges beside its values (``{value: 0.15, range: [0.05, 0.40], source: …}``). Those inputs that no
owner can give, and that every comparison of structures hangs on, are varied even where the scenario says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.places import held
from simulation.scenario.scenario import Scenario
from simulation.study.variation import DIALS, Variable, VariationError, variable
from simulation.texts import worded
from simulation.written.base import Plausible

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Input:
    """An uncertain input.

    Attributes:
        variable: what it is.
        low, high: the ends of its range, in the unit used inside.
        value: what the scenario has.
        source: where value or range comes from, or ''.
        given: who states the range: the scenario, this program (facts), or the user.
    """

    variable: Variable
    low: float
    value: float
    high: float
    source: str = ""
    given: Literal["scenario", "facts", "user"] = "scenario"

    @property
    def name(self) -> str:
        """Its path, or the name of its dial."""
        return self.variable.name

    def quantile(self, u: Floats | float) -> Floats:
        """Values whose probability of being exceeded is 1 - u: a triangular law over the range, its mode the value.

        The least that a range and a best guess say (a flat law would ignore the guess). Johnson (1997), The
        Statistician 46(3): the triangular law in place of the beta law.

        Args:
            u: probabilities, any shape.
        """
        share = np.asarray(u, dtype=np.float64)
        width = self.high - self.low
        if width <= 0:
            return np.full_like(share, self.value)
        peak = (self.value - self.low) / width
        rising = self.low + width * np.sqrt(share * peak)
        falling = self.high - width * np.sqrt((1.0 - share) * (1.0 - peak))
        values: Floats = np.where(share < peak, rising, falling)
        return np.round(values) if self.variable.whole else values


def plausible(scenario: Scenario) -> dict[str, Plausible]:
    """The ranges of what every comparison hangs on, by path or dial: facts of the schema's keys, not of a structure."""
    found = {name: dial.plausible for name, dial in DIALS.items() if dial.plausible is not None}
    for place, _ in held(scenario):
        if place.facts.plausible is not None and place.path == place.pattern:
            found[place.path] = place.facts.plausible
    return dict(sorted(found.items(), key=lambda each: each[1].rank))


def inputs_of(scenario: Scenario, structures: Sequence[str] | None = None) -> tuple[Input, ...]:
    """The uncertain inputs of a scenario: those that state a range, in the order of the file, then the facts'.

    Args:
        scenario: the scenario, loaded from a file or text.
        structures: names; ranges inside of other structures are left out. All when None.
    """
    wanted = set(scenario.structures if structures is None else structures)
    found: dict[str, Input] = {}
    for path, figure in scenario.provenance.figures.items():
        if figure.range is None or _of_another(path, wanted):
            continue
        try:
            what = variable(scenario, path)
            low, high = (float(end) for end in figure.range)
        except (VariationError, TypeError, ValueError):
            continue  # a range of something that is no number, such as a list
        if math.isfinite(low) and math.isfinite(high) and low < high:
            found[path] = Input(what, low, min(max(what.current, low), high), high, figure.source)
    for name, (_, low, high, source) in plausible(scenario).items():
        if name not in found:
            what = variable(scenario, name)
            # a value outside of the usual range is its own end of it
            ends = min(float(low), what.current), max(float(high), what.current)
            found[name] = Input(what, ends[0], what.current, ends[1], source, "facts")
    return tuple(found.values())


def _of_another(path: str, wanted: set[str]) -> bool:
    """Whether a path lies inside of a structure that is not asked for, or says what is planned or printed only."""
    steps = path.split(".")
    return steps[0] in ("plan", "history", "experiment", "search") or (
        steps[0] == "structures" and steps[1] not in wanted
    )


def chosen(scenario: Scenario, names: Sequence[str], every: Sequence[Input]) -> tuple[Input, ...]:
    """The inputs of these names; one without a range is refused.

    Raises:
        VariationError: there is no such input; the nearest is named.
    """
    by_name = {each.name: each for each in every}
    for name in names:
        if name not in by_name:
            variable(scenario, name)  # a name that does not exist is told so
            raise VariationError(worded("input-no-range", name=name))
    return tuple(by_name[name] for name in names)
