"""A laboratory of formulas: profit follows from the scenario and the year by a rule, so that every answer is known.

Profit of every structure: 5 mln, the luck of the year (the same for all), and some luck of its own. The functional one
earns ``churn - loss in a hand-off`` mln more, so that it ties with the others where a hand-off loses as many leads as
customers leave in a year.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.scenario import Scenario
from simulation.sense.loader import load_text
from simulation.study.lab import Case, Lab

Floats = NDArray[np.float64]

TEXT = """\
version: 1
title: Formulas
experiment: {months: 12, replications: 40, seed: 11}
market:
  channels: {site: {kind: inbound, leads_per_month: 90}}
  products: {service: {deal: 60 k, gross_margin: 25 %}}
  customers: {churn_per_year: 0.2}
structures:
  universal: {preset: universal, title: Universal, roles: {universal: {headcount: 6, pay: {base: 35 k}}}}
  functional:
    preset: functional
    title: Functional
    roles:
      hunter: {headcount: 2, pay: {base: 35 k}}
      closer: {headcount: 2, pay: {base: 35 k}}
      farmer: {headcount: 2, pay: {base: 35 k}}
hand_off: {lead: {loss: 0.3}}
"""
THIRD = """\
  pool: {preset: universal, title: Pool, roles: {universal: {headcount: 6, pay: {base: 35 k}}}}
hand_off:"""

Rule = Callable[[Scenario, str], float]


def scenario(three: bool = False, text: str = TEXT) -> Scenario:
    """The scenario, with a third structure on request."""
    return load_text(text.replace("hand_off:", THIRD) if three else text, "formulas.yaml")


def usual(made_for: Scenario, structure: str) -> float:
    """How much more than the universals a structure earns: nothing where a hand-off loses as much as a year's churn."""
    if structure == "functional":
        return 1e6 * (made_for.market.customers.churn_per_year - made_for.hand_off.lead.loss)
    return 0.0


@dataclass
class Formulas(Lab):
    """Gives values by a rule and counts what was asked for.

    Attributes:
        rule: scenario and structure to the expected profit beyond that of the universals.
        noise: sd of what a structure has for itself in a year, of each scenario anew.
        failing: years that fail under the last structure.
        asked: cases of each call, and the numbers.
    """

    rule: Rule = usual
    noise: float = 30e3
    failing: frozenset[int] = frozenset()
    asked: list[tuple[tuple[Case, ...], tuple[int, ...]]] = field(default_factory=list)

    def measure(self, cases: Sequence[Case], numbers: Sequence[int], measures: Sequence[str]) -> Floats:
        """Profit alone, by the rule."""
        assert list(measures) == ["profit"]
        self.asked.append((tuple(cases), tuple(numbers)))
        values = np.empty((len(cases), len(numbers), 1))
        for n, case in enumerate(cases):
            last = list(case.scenario.structures)[-1]
            mean = 5e6 + self.rule(case.scenario, case.structure)
            for k, number in enumerate(numbers):
                shared = np.random.default_rng([number, 1]).normal() * 1e6
                own = np.random.default_rng([number, *case.structure.encode(), round(mean)]).normal() * self.noise
                values[n, k] = mean + shared + own
                if number in self.failing and case.structure == last:
                    values[n, k] = np.nan
        return values

    @property
    def runs(self) -> int:
        """Runs asked for."""
        return sum(len(cases) * len(numbers) for cases, numbers in self.asked)
