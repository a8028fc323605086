"""Ways to run a structure: a split of its people and policies of its choices, as something that can be simulated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.expected import budgeted_payroll
from simulation.expected.payroll import PAYROLL_TOLERANCE
from simulation.scenario.choices import Policy, policies
from simulation.scenario.scenario import Scenario
from simulation.scenario.search import POLICIES, ChoiceName
from simulation.study.lab import Case
from simulation.study.variation import headcounts
from simulation.written.errors import ScenarioError

ORDER: tuple[ChoiceName, ...] = ("overflow", *(name for name in POLICIES if name != "overflow"))
"""Choices in the order in which they are settled: who helps before what comes first."""


@dataclass(frozen=True)
class Way:
    """One way to run a structure.

    Attributes:
        heads: headcount of each role that is counted.
        chosen: policy by choice, of those that are not as drawn.
    """

    heads: tuple[tuple[str, int], ...]
    chosen: tuple[tuple[ChoiceName, str], ...] = ()

    def choosing(self, choice: ChoiceName, policy: str | None) -> Way:
        """The same with another policy; None: as drawn."""
        rest = {name: each for name, each in self.chosen if name != choice}
        if policy is not None:
            rest[choice] = policy
        return replace(self, chosen=tuple((name, rest[name]) for name in ORDER if name in rest))

    def with_heads(self, heads: Mapping[str, int]) -> Way:
        """The same with other people."""
        return replace(self, heads=tuple(heads.items()))


@dataclass
class Ways:
    """The ways to run one structure of a scenario.

    Attributes:
        scenario: as it is drawn.
        structure: its name.
        payroll: budgeted payroll that is kept, money a year.
    """

    scenario: Scenario
    structure: str
    payroll: float
    _values: dict[Way, dict[str, Any] | None] = field(default_factory=dict, repr=False)
    _made: dict[tuple[tuple[str, str], ...], Scenario] = field(default_factory=dict, repr=False)
    _cases: dict[Way, Case | None] = field(default_factory=dict, repr=False)

    @property
    def drawn(self) -> Way:
        """As the scenario has it."""
        return Way(tuple(headcounts(self.scenario, self.structure).items()))

    def values(self, way: Way) -> dict[str, Any] | None:
        """What the way sets, by path of the scenario; None where the scenario cannot have it."""
        if way not in self._values:
            self._values[way] = self._settled(way)
        return self._values[way]

    def policies(self, way: Way) -> dict[ChoiceName, list[Policy]]:
        """What may be chosen where the other choices are as the way has them."""
        made = self._with(self.values(way) or {})
        search = self.scenario.search.get(self.structure)
        return policies(made.structures[self.structure], search.choices if search is not None else None)

    def case(self, way: Way) -> Case | None:
        """What is simulated; None where it is no way: refused by the scenario, or dearer than the payroll."""
        if way not in self._cases:
            self._cases[way] = self._case(way)
        return self._cases[way]

    def _case(self, way: Way) -> Case | None:
        values = self.values(way)
        if values is None:
            return None
        made = self._with(values)
        drawn = self.drawn
        if way.heads != drawn.heads:
            payroll = budgeted_payroll(made, self.structure)
            if not abs(payroll - self.payroll) <= PAYROLL_TOLERANCE * self.payroll * (1 + 1e-9):
                return None
        return Case(made, self.structure)

    def splits(self, way: Way) -> Iterator[Way]:
        """The same with one person moved from a role to another."""
        search = self.scenario.search.get(self.structure)
        ranges = dict(search.roles) if search is not None else {}
        heads = dict(way.heads)
        for giver, there in heads.items():
            for taker, count in heads.items():
                if giver == taker or (taker not in ranges and dict(self.drawn.heads)[taker] == 0):
                    continue
                least = ranges[giver][0] if giver in ranges else 1
                most = ranges[taker][1] if taker in ranges else there + count
                if there - 1 >= least and count + 1 <= most:
                    yield way.with_heads({**heads, giver: there - 1, taker: count + 1})

    def _settled(self, way: Way) -> dict[str, Any] | None:
        prefix = f"structures.{self.structure}"
        values: dict[str, Any] = {}
        for role, count in way.heads:
            if dict(self.drawn.heads)[role] != count:
                values[f"{prefix}.roles.{role}.headcount"] = count
        try:
            for choice, name in way.chosen:
                offered = policies(self._with(values).structures[self.structure]).get(choice, [])
                settings = next((each.settings for each in offered if each.name == name), {})
                values |= {f"{prefix}.{path}": value for path, value in settings.items()}
            self._with(values)
        except ScenarioError:
            return None
        return values

    def _with(self, values: Mapping[str, Any]) -> Scenario:
        key = tuple((path, repr(value)) for path, value in values.items())
        if key not in self._made:
            self._made[key] = self.scenario.varied(values) if values else self.scenario
        return self._made[key]
